"""Read an old PDF once into plain facts: where each glyph stands and what the file says it means, page by page.

PDFium reads and draws what ``soundness`` has found to be a PDF that may be opened. The file itself is never touched.
Whether the facts make good text is judged elsewhere.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from pathlib import Path
from typing import Any

from koho_pdf.archive.soundness import family, soundness
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.geometry import PT_PER_MM, Rect

MOST_PAGES = 1000
MOST_GLYPHS = 60_000  # on one page; a newspaper's page has about 15,000
PICTURE_PPI = 100
LONGEST_SIDE = 2400  # pixels of a page picture: a poster is drawn smaller, not refused
_SCAN = 0.5  # from this share of a page on, pictures are taken for the page itself
_BOLD = re.compile(r"bold|heavy|black|ultra|midashi|MB101|-(?:DB|[BEHU]|EB|W[6-9])(?:$|-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: the letter the file says it is, its cell in mm from the page's top left, its em in mm.

    ``mapped`` is False where the file does not say which letter it is (no ToUnicode; ISO 32000-1, 9.10.2), and
    ``text`` is then the reader's guess.
    """

    text: str
    box: Rect
    size: float
    font: str
    bold: bool
    mapped: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in mm, its glyphs in the order of the file, and the text that copying it gives.

    ``pictured`` is the share of the page under pictures, ``paths`` counts drawn shapes, ``hidden`` tells that the
    text is invisible over a picture (the work of an OCR program), ``broken`` that the page could not be opened,
    ``cut`` that it holds more glyphs than are read. ``picture`` is the page as PNG bytes; empty where it is broken.
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


@dataclass(frozen=True, slots=True)
class Reading:
    """All pages; whether the file is damaged, or restricted (encrypted, yet open to all); fonts without ToUnicode."""

    pages: tuple[Page, ...]
    damaged: bool
    restricted: bool
    fonts: tuple[str, ...]


def stand_in(fonts: Path) -> None:
    """Let the faces of a folder, and none of the machine's, stand in for those a PDF does not embed.

    PDFium takes each letter's box from the face it draws; where it has none that is Japanese, the boxes are empty, and
    a line like the one above it counts as the same line drawn twice. For a process in which no PDF is open.
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
        raise ArchiveError(
            error("archive-no-pdf", "PDFではないファイルです。", where, "PDFのファイルを示してください。")
        )
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
        pages = tuple(_page(pdf, index, state.unicode) for index in range(len(pdf)))
    if all(page.broken for page in pages):
        raise ArchiveError(broken(where))
    return Reading(pages, damaged, state.restricted, state.fonts)


def broken(where: Where) -> Finding:
    """The finding about a PDF of which nothing can be read."""
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


def _page(pdf: Any, index: int, unicode: frozenset[str]) -> Page:
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
    glyphs = tuple(_glyphs(page, text, min(count, MOST_GLYPHS), width, height, unicode))
    return Page(
        index + 1,
        width / PT_PER_MM,
        height / PT_PER_MM,
        glyphs,
        text.get_text_range(0, min(count, MOST_GLYPHS)) if count else "",
        pictured,
        len(objects) - len(images),
        pictured >= _SCAN and _all_hidden(text, min(count, MOST_GLYPHS)),
        cut=count > MOST_GLYPHS,
        picture=target.getvalue(),
    )


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


def _glyphs(page: Any, text: Any, count: int, width: float, height: float, unicode: frozenset[str]) -> Iterator[Glyph]:
    """The glyphs of a page as it is shown, turned by its /Rotate; what PDFium made up between them is left out.

    Of a font that says nothing PDFium gives the codes, which are letters where the font is one of ``unicode``.
    """
    import pypdfium2.raw as pdfium

    to_mm = _shown(page, width, height)
    fonts: dict[bytes, tuple[str, bool]] = {}
    name = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    matrix = pdfium.FS_MATRIX()
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        mapped = pdfium.FPDFText_HasUnicodeMapError(text, index) != 1
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or (mapped and code in (0, 0xA, 0xD, 0x2, 0xAD)):
            continue  # of a font that says nothing these are codes of letters (ISO 32000-1, 9.10.2), not breaks
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        left, bottom, right, top = _cell(text, index, matrix)
        em = pdfium.FPDFText_GetFontSize(text, index) * sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        box = to_mm(left, bottom, right, top)
        size = em / PT_PER_MM
        if not (0.2 < size < 2000 and box.width < 20 * size and box.height < 20 * size):
            continue  # too small to be seen, or a box that is no letter's
        pdfium.FPDFText_GetFontInfo(text, index, name, 256, flags)
        if name.value not in fonts:
            shown = family(name.value)
            fonts[name.value] = (shown, bool(_BOLD.search(shown)))
        font, bold = fonts[name.value]
        yield Glyph(_letter(code), box, size, font, bold, mapped or font in unicode)


def _cell(text: Any, index: int, matrix: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a glyph in pt.

    Where several letters stand for one drawing (ActualText; ISO 32000-1, 14.9.4), PDFium cuts its box into upright
    slices; in turned text the slices lie along the line instead.
    """
    cell: tuple[float, float, float, float] = text.get_charbox(index, loose=True)
    if not (cell[2] > cell[0] and cell[3] > cell[1]):
        cell = text.get_charbox(index)
    if abs(matrix.a) > 0.1 * abs(matrix.b) or cell[3] - cell[1] < 4 * (cell[2] - cell[0]):
        return cell
    drawn = _origin(text, index)
    first, last = index, index
    while first > 0 and _origin(text, first - 1) == drawn:
        first -= 1
    while _origin(text, last + 1) == drawn:
        last += 1
    left, right = text.get_charbox(first)[0], text.get_charbox(last)[2]
    step = (cell[3] - cell[1]) / (last + 1 - first)
    if matrix.b < 0:  # downwards
        return left, cell[3] - step * (index + 1 - first), right, cell[3] - step * (index - first)
    return left, cell[1] + step * (index - first), right, cell[1] + step * (index + 1 - first)


def _origin(text: Any, index: int) -> tuple[float, float] | None:
    """Where the drawing of a glyph begins, in pt; None where there is none."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    if pdfium.FPDFText_IsGenerated(text, index) == 1 or not pdfium.FPDFText_GetCharOrigin(text, index, x, y):
        return None
    return x.value, y.value


def _letter(code: int) -> str:
    """A letter by its code; halves of a surrogate pair and control characters are no letters."""
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or code < 0x20 or 0x7F <= code < 0xA0:
        return "\ufffd"
    return chr(code)


def _shown(page: Any, width: float, height: float) -> Callable[[float, float, float, float], Rect]:
    """From PDFium's page space (pt, y upwards, not turned) to mm from the top left of the page as it is shown."""
    import pypdfium2.raw as pdfium

    fine = 20  # device units a point: PDFium gives whole ones

    def corner(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (round(width * fine), round(height * fine))
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        return across.value / fine / PT_PER_MM, down.value / fine / PT_PER_MM

    (x0, y0), (x1, y1), (x2, y2) = corner(0, 0), corner(width, 0), corner(0, height)
    a, b, c, d = (x1 - x0) / width, (y1 - y0) / width, (x2 - x0) / height, (y2 - y0) / height

    def to_mm(left: float, bottom: float, right: float, top: float) -> Rect:
        xs = sorted((x0 + a * left + c * bottom, x0 + a * right + c * top))
        ys = sorted((y0 + b * left + d * bottom, y0 + b * right + d * top))
        return Rect(xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])

    return to_mm
