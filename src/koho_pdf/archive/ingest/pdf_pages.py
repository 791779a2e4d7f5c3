"""Reads an old PDF once into plain facts, page by page: the place of each glyph, and which letter the file says it is.

PDFium reads and draws files that ``soundness`` has found safe to open. The file itself is never changed. Whether the
facts make good text is judged elsewhere.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from koho_pdf.archive.ingest.glyphs import Glyph, glyphs_of, shown_on, undrawn
from koho_pdf.archive.ingest.ruled import rules_of
from koho_pdf.archive.ingest.soundness import Soundness, soundness
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.geometry import PT_PER_MM, Rect
from koho_pdf.media import jpeg, png, tiff

MOST_PAGES = 1000
MOST_GLYPHS = 60_000  # on one page; a newspaper's page has about 15,000
PICTURE_PPI = 100
LONGEST_SIDE = 2400  # pixels of a page picture: a poster is drawn smaller, not refused
_MOST_PATHS = 5000  # a page with more is a drawing
_SCAN = 0.5  # a page with more than this share under pictures is taken for a scan


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in mm, its glyphs in the order of the file, and the text that copying it gives.

    ``pictured`` is the share of the page under pictures, ``paths`` counts drawn shapes, ``hidden`` tells that the
    text is invisible over a picture (the work of an OCR program), ``broken`` that the page could not be opened, ``cut``
    that it has more glyphs than we read; ``rules`` are drawn lines and edges of boxes, ``frames`` the boxes.
    ``picture`` is the page as PNG bytes; empty if it is broken. ``outside`` are letters beyond its edges, where nobody
    sees them (a printer's notes, discarded text); they are not among the glyphs.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    copied: str = ""
    pictured: float = 0.0
    paths: int = 0
    hidden: bool = False
    broken: bool = False
    cut: bool = False
    picture: bytes = b""
    rules: tuple[Rect, ...] = ()
    frames: tuple[Rect, ...] = ()
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All pages; whether the file is damaged, or restricted (encrypted, yet open to all); fonts without ToUnicode."""

    pages: tuple[Page, ...]
    damaged: bool
    restricted: bool
    fonts: tuple[str, ...]


def stand_in(fonts: Path) -> None:
    """Let the faces of a folder, and none of the machine's, stand in for those a PDF does not embed.

    PDFium takes each letter's box from the face that it draws with. Without a Japanese face the boxes would be empty,
    and a line like the one above it would count as the same line drawn twice. Call it before any PDF is opened.
    """
    import pypdfium2.raw as pdfium

    letters = ctypes.POINTER(ctypes.c_char)
    folder = ctypes.create_string_buffer(os.fsencode(fonts))
    paths = (letters * 2)(ctypes.cast(folder, letters))  # the second, NULL, ends the list
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))


def read_pdf(content: bytes, file: str) -> Reading:
    """The facts of a PDF.

    Raises ArchiveError: ``archive-no-pdf``, ``archive-locked``, ``archive-broken``, ``archive-too-long``.
    """
    import pypdfium2

    where = Where(file=file)
    if b"%PDF-" not in content[:1024]:
        raise ArchiveError(_no_pdf(content, where))
    state = soundness(content, where)
    damaged = state.damaged
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        pdf, damaged = _opened_again(state.mended, where), True
    with pdf:
        if len(pdf) > MOST_PAGES:
            raise ArchiveError(
                error(
                    "archive-too-long",
                    f"{len(pdf)}ページあります。読むのは{MOST_PAGES}ページまでです。",
                    where,
                    "号ごとのPDFに分けてください。",
                )
            )
        pages = tuple(_page(pdf, index, state) for index in range(len(pdf)))
    if all(page.broken for page in pages):
        raise ArchiveError(broken(where))
    return Reading(pages, damaged, state.restricted, state.fonts)


_OTHERS = (
    ((jpeg.START,), "JPEG の写真", "img2pdf 絵.jpg -o 絵.pdf、またはプレビュー・ペイントの「PDFとして印刷」"),
    ((png.START[:4],), "PNG の絵", "img2pdf 絵.png -o 絵.pdf、またはプレビュー・ペイントの「PDFとして印刷」"),
    (
        (*tiff.STARTS, b"II+\0", b"MM\0+"),
        "TIFF の絵",
        "tiff2pdf 絵.tif -o 絵.pdf（何ページでも1つのPDFになります）",
    ),
    ((b"AT&TFORM",), "DjVu の文書", "ddjvu -format=pdf 文書.djvu 文書.pdf"),
    ((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"), "Word などの文書か ZIP", "そのソフトで開いて「PDFとして保存」"),
    ((b"%!PS", b"\xc5\xd0\xd3\xc6"), "PostScript か EPS", "ps2pdf 紙面.ps 紙面.pdf"),
)
"""Other kinds of files that people give us: how such a file begins, what it is, how it becomes a PDF."""


def _no_pdf(content: bytes, where: Where) -> Finding:
    """The finding about a file that is not a PDF, with the way to make one from it if we know its kind."""
    for begins, what, how in _OTHERS:
        if content.startswith(begins):
            hint = f"PDFに直してから入れてください: {how}。文字認識（OCR。例: ocrmypdf）に掛けると、言葉で探せます。"
            return error("archive-no-pdf", f"PDFではなく、{what}です。", where, hint)
    return error("archive-no-pdf", "PDFではないファイルです。", where, "PDFのファイルを示してください。")


def broken(where: Where) -> Finding:
    """The finding about a PDF that cannot be read at all."""
    return error(
        "archive-broken",
        "PDFが壊れていて、1ページも開けません。",
        where,
        "壊れていない控えを探すか、Acrobat などで開いて保存し直せるか試してください。",
    )


def _opened_again(mended: bytes, where: Where) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(mended or b"")
    except (pypdfium2.PdfiumError, ValueError):
        raise ArchiveError(broken(where)) from None


def _page(pdf: Any, index: int, state: Soundness) -> Page:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = pdf[index]
        width, height = page.get_size()
        if not (0 < width < 1e6 and 0 < height < 1e6):
            return Page(index + 1, 0, 0, broken=True)
        target = BytesIO()
        scale = min(PICTURE_PPI / 72, LONGEST_SIDE / max(width, height))
        page.render(scale=scale).to_pil().save(target, "PNG")
        text = page.get_textpage()
    except (pypdfium2.PdfiumError, ValueError, MemoryError, OSError):
        return Page(index + 1, 0, 0, broken=True)
    count = text.count_chars()
    objects = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH], max_depth=4))
    images = [each for each in objects if each.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    pictured = min(1.0, sum(_area(each) for each in images) / (width * height))
    boxes = _boxes(page, [each for each in objects if each.type == pdfium.FPDF_PAGEOBJ_PATH])
    most = min(count, MOST_GLYPHS)
    paper = Rect(0, 0, width / PT_PER_MM, height / PT_PER_MM)
    every = *glyphs_of(page, text, most, state.unicode, state.guessed), *undrawn(page, text, most, state.hollow)
    glyphs = tuple(glyph for glyph in every if _is_on(paper, glyph.box))
    return Page(
        index + 1,
        width / PT_PER_MM,
        height / PT_PER_MM,
        glyphs,
        text.get_text_range(0, most) if count else "",
        pictured,
        len(objects) - len(images),
        pictured >= _SCAN and _all_hidden(text, most),
        cut=count > MOST_GLYPHS,
        picture=target.getvalue(),
        rules=rules_of(boxes),
        frames=tuple(box for box in boxes if min(box.width, box.height) > 2),
        outside="".join(glyph.text for glyph in every if not _is_on(paper, glyph.box)),
    )


def _is_on(paper: Rect, box: Rect) -> bool:
    """Whether any of a letter is on the page."""
    return box.right > 0 and box.x < paper.width and box.bottom > 0 and box.y < paper.height


def _boxes(page: Any, paths: Sequence[Any]) -> list[Rect]:
    """The boxes of drawn shapes in mm; none if there are so many that they are a drawing."""
    import pypdfium2

    if len(paths) > _MOST_PATHS:
        return []
    to_mm = shown_on(page)[0]
    boxes = []
    for path in paths:
        try:
            boxes.append(to_mm(*path.get_bounds()))
        except pypdfium2.PdfiumError:
            continue  # an empty path
    return boxes


def _area(image: Any) -> float:
    left, bottom, right, top = image.get_bounds()
    return float(max(0.0, right - left) * max(0.0, top - bottom))


def _all_hidden(text: Any, count: int) -> bool:
    """Whether every letter is drawn in text rendering mode 3, neither filled nor stroked (ISO 32000-1, 9.3.6)."""
    import pypdfium2.raw as pdfium

    modes = {
        pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        for index in range(count)
        if (drawn := pdfium.FPDFText_GetTextObject(text, index))
    }
    return modes == {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE}
