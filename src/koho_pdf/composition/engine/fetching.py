"""Decides what a galley may read: files of its layout, the shared layouts and the issue, and turned faces; never the
network.

Every picture is decoded completely before it is laid out, also the designer's.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache as once
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from koho_pdf.composition.engine import picture_seams
from koho_pdf.composition.mutters import refused
from koho_pdf.composition.pictures.drawn import in_inks, on_screen
from koho_pdf.composition.pictures.picture_notes import notes_on
from koho_pdf.composition.pictures.screen_pictures import shown
from koho_pdf.content.values.picture_files import check_content
from koho_pdf.findings import Finding, Where
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.media.drawings import drawing_of, is_drawing

_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif", ".webp", ".bmp", ".avif", ".jp2", ".jfif", ".heic")
"""Endings of files that are checked as pictures; only JPEG, PNG and TIFF pass."""


def fetcher(galley: Galley, root: Path, cache: Path) -> Any:
    """The engine's reader for a galley; its ``findings`` tell what it refused to read, and what it left out of a
    picture.

    ``root`` is the workspace that findings name files from, ``cache`` a folder for files that can be made again.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    issue = [folder.resolve() for folder in galley.reach[2:]]
    reach = [folder.resolve() for folder in (*galley.reach, cache / "turned")]

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"file"})
            self.findings: list[Finding] = []
            self.files: set[Path] = set()
            self.drawings: dict[str, bytes] = {}  # the issue's, by their address, in the colours of the edition
            self.told: set[str] = set()  # the engine itself will say that it cannot load these
            self._photographs = 0
            self._sound = once(self._is_sound)
            self._noted = once(lambda path: tuple(notes_on(path, galley.press)))

        def _within(self, url: str) -> Path | None:
            parts = urlsplit(url)
            path = Path(os.fsdecode(unquote_to_bytes(parts.path))).resolve()
            within = parts.scheme == "file" and any(map(path.is_relative_to, reach))
            if within:
                self.files.add(path)
            return path if within else None

        def asked(self, url: str) -> None:
            """Note that a page shows this picture, also one that was read for an earlier page."""
            self._within(url)

        def _is_sound(self, path: Path) -> bool:
            """Whether an existing picture is whole; if not, a finding names its file."""
            try:
                found = check_content(path.read_bytes(), path.name)
            except Refusal as refusal:
                self._tell(refusal.findings, path)
                return False
            except OSError:
                return True  # it is missing: the engine says so
            if not any(map(path.is_relative_to, issue)):  # the check has told about the issue's own
                self._tell(found, path)
            return True

        def _tell(self, found: tuple[Finding, ...], path: Path) -> None:
            file = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
            self.findings += [replace(each, where=Where(file)) for each in found]

        def photograph(self, url: str) -> picture_seams.Photograph | None:
            """The picture at this address for printing; None if it is not a picture or cannot be printed."""
            path = self._within(url)
            if galley.edition != "print" or path is None or path.suffix.lower() not in _PICTURES:
                return None
            if not self._sound(path) or not path.is_file():
                return None  # already told, or the engine says so
            self._photographs += 1
            self._tell(self._noted(path), path)
            return picture_seams.Photograph(path, galley.press, cache, self._photographs - 1)

        def _drawn(self, path: Path) -> bytes:
            """A logo in the colours of the edition; of those that a layout brings itself the designer has chosen."""
            drawing = drawing_of(path.read_bytes())
            if galley.edition == "print":
                return in_inks(drawing, galley.press)
            return on_screen(drawing, galley.press.condition.profile)

        def fetch(self, url: str, headers: Any = None) -> Any:
            made = galley.made.get(url.removeprefix("made:"))
            if made is not None:
                return URLFetcherResponse(url, body=made)
            path = self._within(url)
            if path is None:
                self.findings.append(refused(url, galley))
                raise ValueError(url)
            logo = is_drawing(path.name) and any(map(path.is_relative_to, issue))
            if path.suffix.lower() in _PICTURES or logo:
                if not self._sound(path):
                    self.told.add(url)
                    raise ValueError(url)
                if logo:
                    self.drawings[url] = drawn = self._drawn(path)
                    return URLFetcherResponse(f"made:{path.name}", drawn, {"Content-Type": "image/svg+xml"})
                # No "file:" address: from one the engine would embed the file itself, not our version of it.
                return URLFetcherResponse(f"made:{path.name}", body=shown(path, galley.press.condition.profile))
            return super().fetch(url, headers)

    return Fetcher()
