"""What everyone may see of an issue in the archive: its record and the files of a short list, nothing below ``print/``.

The list names what is published, not what is held back. So a file that nobody thought of stays in the archive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.archive.bags.disk_names import TAKEN
from koho_pdf.archive.bags.record import Record
from koho_pdf.archive.bags.register import Box
from koho_pdf.archive.bags.withheld import issue_folders, shown_of
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, warning
from koho_pdf.media.png import size_of

_PUBLISHED = re.compile(
    r"(screen|large|archive|original)\.pdf|pages/p[1-9][0-9]{0,4}\.png|data/issue\.json|text/(?!p[0-9]+\.)[\w.-]+\.txt"
    r"|web/(?!.*\.\.)(?:[\w-][\w.-]*/){0,3}[\w-][\w.-]*",
    re.ASCII,
)
_FOLDERS = ("", "pages", "data", "text", "web")
_NAME = re.compile(r"(?![0-9]{4}$)[0-9A-Za-z][0-9A-Za-z_-]{0,99}", re.ASCII)
_WIDEST = 20_000  # pixels


@dataclass(frozen=True, slots=True)
class Published:
    """An issue as the public sees it: ``files`` by name, page pictures' sizes in pixels by page, and how good the text
    of an old PDF is (``quality.Quality.grade``; "" for our own issues).

    Where anything is ``withheld``, ``covered`` says by name which parts of page pictures are painted over, and ``gone``
    lists the addresses (keys) of articles that are not in the record.
    """

    record: Record
    files: Mapping[str, Path]
    pictures: Mapping[int, tuple[int, int]]
    grade: str
    covered: Mapping[str, tuple[Box, ...]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    withheld: bool = False


def published(archive: Path) -> tuple[tuple[Published, ...], tuple[Finding, ...]]:
    """Every issue of the archive, oldest first; and a finding for each issue that cannot be read or shown
    (``site-name``).
    """
    issues: list[Published] = []
    findings: list[Finding] = []
    for folder in (path for path in issue_folders(archive) if (path / PAYLOAD / "record.json").is_file()):
        if not _NAME.fullmatch(folder.name) or folder.name in TAKEN:
            message = f"保存庫の「{folder.name}」は、この名前ではウェブのアドレスにできません。サイトに出しません。"
            hint = (
                "koho archive remove で除いてから、半角の英数字と - _ の名前でしまい直してください。"
                "4けたの数字だけの名前は、年のページと重なります。"
            )
            findings.append(warning("site-name", message, Where(folder.name), hint))
            continue
        try:
            issues.append(_published(folder))
        except ArchiveError as fault:
            findings += fault.findings
    return tuple(sorted(issues, key=lambda each: (each.record.date, each.record.name))), tuple(findings)


def _published(folder: Path) -> Published:
    shown = shown_of(folder)
    files = {
        name: path
        for name, path in _files(folder.resolve() / PAYLOAD)
        if not shown.withheld or (_page_of(name) and shown.covers.get(_page_of(name)) != ())
    }
    sizes = {page: _size(files[f"pages/p{page}.png"]) for page in _pages(files)}
    pictures = {page: size for page, size in sizes.items() if size}
    covered = {f"pages/p{page}.png": boxes for page, boxes in shown.covers.items() if page in pictures}
    return Published(shown.record, files, pictures, _grade(folder / PAYLOAD), covered, shown.gone, bool(shown.withheld))


def _files(held: Path) -> Iterator[tuple[str, Path]]:
    """The files that are published, by name; links that lead out of the issue are not followed."""
    for below in _FOLDERS:
        found = (held / below).rglob("*") if below == "web" else (held / below).glob("*")
        for path in sorted(found):
            name = path.relative_to(held).as_posix()
            if _PUBLISHED.fullmatch(name) and path.is_file() and path.resolve() == held / name:
                yield name, path


def _pages(files: Mapping[str, Path]) -> list[int]:
    return sorted(filter(None, map(_page_of, files)))


def _page_of(name: str) -> int:
    """The page that a file is the picture of; 0 if it is not a page's picture."""
    return int(name[7:-4]) if name.startswith("pages/") else 0


def _size(picture: Path) -> tuple[int, int] | None:
    """A PNG's width and height (ISO/IEC 15948, 11.2.2); None if it is not a PNG, or too large for a page."""
    with picture.open("rb") as opened:
        size = size_of(opened.read(24))
    return size if size and min(size) > 0 and max(size) <= _WIDEST else None


def _grade(held: Path) -> str:
    try:
        grade = json.loads((held / "quality.json").read_bytes())["grade"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return grade if isinstance(grade, str) else ""
