"""How many of the leaflet's sentences each reader of PDFs takes whole; docs/copying.md.

``make judges`` asks, or ``python -m judges.copying`` nothing else.

No yes or no: a reader that sorts lines by their places may part what we wrote in order, and this says how often.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from judges.cases import LEAFLET, build
from judges.verdict import ROOT, TOOLS, first_line, said_by
from koho_pdf.archive.compare.two_issues import checked_manuscript
from koho_pdf.content.issue import Issue
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.workspace.workspace import open_workspace

EDITIONS = ("screen", "print", "large")
LINE_FEEDS = (1.6, 1.55, 1.5, 1.49, 1.4)  # em
_AS_IT_IS = 28 / 17  # em: the leaflet's body, 17 Q on 28 H

Reader = Callable[[Path], str]


def sentences(issue: Issue) -> list[str]:
    """Every printed sentence, heading and display line of an issue, without readings, each once."""
    said = [
        part
        for article in articles_of(issue)
        for text in ([article.heading] if article.printed_heading else []) + [each.plain for each in article.passages]
        for part in re.findall("[^。]+。?", text)
    ]
    return list(dict.fromkeys(filter(None, map(str.strip, said))))


def parted(sentences: Sequence[str], text: str, readings: Iterable[str] = (), *, spaces: bool = False) -> list[str]:
    """The sentences that are not whole in what a reader took from a PDF; where ``spaces``, also those with a space in
    them that nobody wrote. Readings in brackets behind their word part nothing: the large print writes them so."""
    taken = re.sub(r"[\r\n\f\v]+", "", text) if spaces else _solid(text)
    for reading in readings:
        taken = taken.replace(f"（{reading}）", "")
    return [each for each in sentences if (each if spaces else _solid(each)) not in taken]


def lines_at(source: Path, target: Path, em: float) -> None:
    """The PDF with its lines brought to ``em`` of the body's type: only places change."""
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            moved = []
            for instruction in pikepdf.parse_content_stream(page):
                places: list[Any] = list(instruction.operands)
                if str(instruction.operator) == "Tm":
                    places[5] = float(places[5]) * em / _AS_IT_IS
                moved.append((places, instruction.operator))
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(moved))
        pdf.save(target)


def _solid(text: str) -> str:
    return re.sub(r"\s", "", text)


def _poppler(*how: str) -> Reader:
    return lambda path: said_by("pdftotext", *how, path, "-").stdout


def _pdfium(path: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return "\f".join(page.get_textpage().get_text_bounded() for page in pdf)


def _pdfjs(path: Path) -> str:
    library = TOOLS / "node_modules" / "pdfjs-dist" / "legacy" / "build" / "pdf.mjs"
    done = said_by("node", ROOT / "judges" / "pdfjs.mjs", library, path)
    return "\f".join(json.loads(done.stdout.splitlines()[0])["pages"])


def _mupdf(path: Path) -> str:
    return said_by("mutool", "draw", "-q", "-F", "text", path).stdout


READERS: Mapping[str, Reader] = {
    "Poppler (`pdftotext`)": _poppler(),
    "Poppler, content order (`-raw`)": _poppler("-raw"),
    "PDFium": _pdfium,
    "pdf.js": _pdfjs,
    "MuPDF (`mutool`)": _mupdf,
}


def page(rows: Sequence[str], feeds: Sequence[str], versions: Sequence[str]) -> str:
    """``docs/copying.md``."""
    told = (ROOT / "judges" / "copying.md").read_text(encoding="utf-8")
    return told.format(rows="\n".join(rows), feeds="\n".join(feeds), versions="\n".join(versions))


def write(files: Mapping[str, Path]) -> None:
    """Measure the leaflet's ``EDITIONS``, and write the page."""
    import pypdfium2

    readings = open_workspace(ROOT).city.readings.values()
    wanted = sentences(checked_manuscript(ROOT / LEAFLET, ROOT))
    rows, feeds = [], []
    for edition in EDITIONS:
        for reader, read in READERS.items():
            text = read(files[edition])
            lost, spaced = (parted(wanted, text, readings, spaces=each) for each in (False, True))
            rows.append(f"| `{edition}.pdf` | {reader} | {len(wanted) - len(lost)} of {len(wanted)} "
                        f"| {len(wanted) - len(spaced)} |")  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        feeds += ["  | line feed | whole in Poppler's default order (`screen.pdf`) |", "  | --- | --- |"]
        for em in LINE_FEEDS:
            lines_at(files["screen"], Path(name) / "moved.pdf", em)
            lost = parted(wanted, _poppler()(Path(name) / "moved.pdf"))
            feeds.append(f"  | {em} em | {len(wanted) - len(lost)} of {len(wanted)} |")
    versions = [
        f"- version of Poppler: {first_line(said_by('pdftotext', '-v').stderr).removeprefix('pdftotext version ')}",
        f"- version of PDFium: {pypdfium2.PDFIUM_INFO}",
        f"- version of MuPDF: {first_line(said_by('mutool', '-v').stderr).removeprefix('mutool version ')}",
    ]
    (ROOT / "docs" / "copying.md").write_text(page(rows, feeds, versions), encoding="utf-8")


def main() -> None:
    """The same of files made for it alone."""
    workspace = open_workspace(ROOT)
    with tempfile.TemporaryDirectory() as name:
        files = {edition: Path(name) / f"{edition}.pdf" for edition in EDITIONS}
        for edition, path in files.items():
            assert not build(LEAFLET, edition, workspace, path, None)
        write(files)


if __name__ == "__main__":
    main()
