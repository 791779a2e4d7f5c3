"""The folder of a site on disk: writes each file whole or not at all, writes only what differs, and removes only our
own files.

``.koho-site`` lists the files that were written. It may list too many files but never too few, so a killed run leaves a
usable site, and the next run finds everything that must be removed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import error
from koho_pdf.platform.locks import locked

_LIST = ".koho-site"
_PART = ".koho-part"
_SECOND = 1_000_000_000


class SiteFolder:
    """An open folder of a site; ``written`` counts changed files, ``removed`` removed ones."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        known = folder / _LIST
        self._before = set(known.read_text(encoding="utf-8").splitlines()) if known.is_file() else set[str]()
        self._now: set[str] = set()
        self.written = self.removed = 0

    def announce(self, names: set[str]) -> None:
        """List the files that will be there, before the first one is written."""
        self._before |= names
        self._replace(_LIST, "".join(f"{name}\n" for name in sorted(self._before)).encode())

    def put(self, name: str, content: bytes) -> None:
        """Write the file ``name`` (relative, with slashes), unless it already has this content."""
        self._now.add(name)
        path = self._folder / name
        if not (path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content):
            self._replace(name, content)
            self.written += 1

    def copy(self, name: str, source: Path) -> bool:
        """Copy ``source``, unless size and time are already the same. Returns whether it was copied."""
        self._now.add(name)
        path, wanted = self._folder / name, source.stat()
        if self._is_of(path, wanted) and path.stat().st_size == wanted.st_size:
            return False
        part = self._part(name)
        shutil.copyfile(source, part)
        self._finish(part, path, wanted.st_mtime_ns)
        return True

    def follows(self, name: str, source: Path, after: int = 0) -> bool:
        """Whether ``name`` was made from ``source`` as it is now, with ``put_made`` and the same ``after``."""
        path = self._folder / name
        return path.is_file() and path.stat().st_mtime_ns == source.stat().st_mtime_ns + after * _SECOND

    def keep(self, name: str) -> None:
        """Keep the file ``name`` as it is."""
        self._now.add(name)

    def text(self, name: str) -> str:
        """The text of a file from an earlier run; "" if there is none."""
        path = self._folder / name
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""

    def has(self, name: str) -> bool:
        """Whether a file from an earlier run is there."""
        return name in self._before and (self._folder / name).is_file()

    def put_made(self, name: str, content: bytes, source: Path, after: int = 0) -> None:
        """Write a file made from ``source``, and set its time to the source's time plus ``after`` seconds, so that
        ``follows`` can tell changed copies from plain ones.
        """
        self._now.add(name)
        part = self._part(name)
        part.write_bytes(content)
        self._finish(part, self._folder / name, source.stat().st_mtime_ns + after * _SECOND)

    def finish(self) -> None:
        """Remove files of earlier runs that were not written or kept this time, and empty folders."""
        for name in sorted(self._before - self._now):
            path = self._folder / name
            if path.is_file() and path.resolve().is_relative_to(self._folder.resolve()):
                path.unlink()
                self.removed += 1
            for folder in list(path.parents)[: len(Path(name).parts) - 1]:
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()
        self._replace(_LIST, "".join(f"{name}\n" for name in sorted(self._now)).encode())

    def _is_of(self, path: Path, wanted: os.stat_result) -> bool:
        return path.is_file() and path.stat().st_mtime_ns == wanted.st_mtime_ns

    def _part(self, name: str) -> Path:
        part = self._folder / f"{name}{_PART}"
        part.parent.mkdir(parents=True, exist_ok=True)
        return part

    def _finish(self, part: Path, path: Path, time: int) -> None:
        os.utime(part, ns=(time, time))
        part.replace(path)
        self.written += 1

    def _replace(self, name: str, content: bytes) -> None:
        part = self._part(name)
        part.write_bytes(content)
        part.replace(self._folder / name)


@contextmanager
def site_folder(folder: Path) -> Iterator[SiteFolder]:
    """The folder to write a site to; one run at a time.

    Raises ArchiveError: ``site-folder-taken`` when it holds files and is not a site of ours, ``site-not-written``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not any((folder / each).is_file() for each in (_LIST, f"{_LIST}{_PART}")):
            raise ArchiveError(
                error(
                    "site-folder-taken",
                    f"{folder} には、サイトではないファイルがあります。何も書きませんでした。",
                    hint="空のフォルダーか、前にサイトを作ったフォルダーを --out で示してください。",
                )
            )
        with locked(folder):
            for part in sorted(folder.rglob(f"*{_PART}")):
                part.unlink()  # of a killed run
            yield SiteFolder(folder)
    except OSError as fault:
        raise ArchiveError(
            error(
                "site-not-written",
                f"サイト {folder} に書けません（{fault.strerror or fault}）。",
                hint="ディスクの空きと、フォルダーに書き込めるかを確かめて、もう一度実行してください。",
            )
        ) from fault
