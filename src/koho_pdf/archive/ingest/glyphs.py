"""The glyphs of one page as PDFium finds them: the letters that each drawing stands for, and its cell.

PDFium gives single UTF-16 units. Here units that belong together are joined: the two halves of a character beyond the
BMP, and a character with the signs after it (variation selectors, accents).
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

from koho_pdf.archive.ingest.soundness import family
from koho_pdf.geometry import PT_PER_MM, Rect

UNKNOWN = "\ufffd"
"""The letter of a glyph for which the file gives no letter."""

_BOLD = re.compile(r"bold|heavy|black|ultra|midashi|MB101|-(?:DB|[BEHU]|EB|W[6-9])(?:$|-)", re.IGNORECASE)
_IMPLAUSIBLE = 3  # em: no letter's cell is higher
_Cell = tuple[float, float, float, float]
_ToMm = Callable[[float, float, float, float], Rect]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: the letter the file says it is, its cell in mm from the page's top left, its em in mm.

    ``text`` is one character, with the variation selector or accents that belong to it. ``mapped`` is False if the file
    does not say which letter it is (no ToUnicode; ISO 32000-1, 9.10.2); ``text`` is then PDFium's guess. ``backwards``
    means that it is upside down, or in a line that runs up the page.
    """

    text: str
    box: Rect
    size: float
    font: str
    bold: bool
    mapped: bool
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    """One UTF-16 unit from PDFium: its cell and em in pt, the direction of its line, and the object that draws it."""

    code: int
    cell: _Cell
    along: tuple[float, float]
    em: float
    font: bytes
    mapped: bool
    drawn_by: int


def glyphs_of(
    page: Any, text: Any, count: int, unicode: frozenset[str] = frozenset(), guessed: frozenset[str] = frozenset()
) -> Iterator[Glyph]:
    """The glyphs of a page as it is shown, turned by its /Rotate, without characters that PDFium adds. For a font
    without ToUnicode PDFium gives its codes; they are letters if the font is one of ``unicode``, and no letters if it
    is one of ``guessed``.
    """
    to_mm, turned = shown_on(page)
    fonts: dict[bytes, tuple[str, bool]] = {}
    for letters, unit in _letters(list(_units(text, count))):
        box, em = to_mm(*unit.cell), unit.em / PT_PER_MM
        left, bottom, right, top = unit.cell
        high = (top - bottom if abs(unit.along[0]) >= abs(unit.along[1]) else right - left) / PT_PER_MM
        if high > _IMPLAUSIBLE * em:  # a Type 3 font: its own matrix says how large its type is (9.6.5)
            em = high
        if not 0.2 < em < 2000:
            continue  # too small to be seen, or not a letter
        if unit.font not in fonts:
            named = family(unit.font)
            fonts[unit.font] = (named, bool(_BOLD.search(named)))
        font, bold = fonts[unit.font]
        across, down = turned(*unit.along)
        backwards = min(across, down) < -0.9 * sqrt(across * across + down * down)
        mapped = (unit.mapped or font in unicode) and font not in guessed
        yield Glyph(letters, box, em, font, bold, mapped, backwards)


def _units(text: Any, count: int) -> Iterator[_Unit]:
    import pypdfium2.raw as pdfium

    name, flags, matrix = ctypes.create_string_buffer(256), ctypes.c_int(), pdfium.FS_MATRIX()
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        mapped = pdfium.FPDFText_HasUnicodeMapError(text, index) != 1
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or (mapped and code in (0xA, 0xD, 0x2, 0xAD)):
            continue  # in a font without ToUnicode these are codes of letters (ISO 32000-1, 9.10.2), not breaks
        if mapped and code == 0:  # the sign for a missing character (.notdef): it is seen, but is not a letter
            if not _is_inked(text, index):
                continue
            mapped = False
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        em = pdfium.FPDFText_GetFontSize(text, index) * sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        pdfium.FPDFText_GetFontInfo(text, index, name, 256, flags)
        drawn_by = _address(pdfium.FPDFText_GetTextObject(text, index))
        cell = _cell(text, index, matrix)
        yield _Unit(code, cell, (matrix.a, matrix.b), em, name.value, mapped, drawn_by)


def undrawn(page: Any, text: Any, count: int, hollow: frozenset[str]) -> Iterator[Glyph]:
    """An unknown glyph for each one-letter text that PDFium leaves out because it cannot draw it: its font is in
    ``hollow``, and no face can stand in. In other fonts PDFium leaves out only spaces this way.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    if not hollow:
        return
    to_mm = shown_on(page)[0]
    seen = {_address(pdfium.FPDFText_GetTextObject(text, index)) for index in range(count)}
    name, size, matrix = ctypes.create_string_buffer(256), ctypes.c_float(), pdfium.FS_MATRIX()
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=4):
        pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(drawn.raw), name, 256)
        try:
            left, _, right, _ = drawn.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        if right - left > 0.01 or _address(drawn.raw) in seen or family(name.value) not in hollow:
            continue  # a wider one is the same glyph again, as in shadows
        pdfium.FPDFPageObj_GetMatrix(drawn.raw, matrix)
        pdfium.FPDFTextObj_GetFontSize(drawn.raw, size)
        em = size.value * sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        if 0.2 < em / PT_PER_MM < 2000:
            box = to_mm(matrix.e, matrix.f - 0.12 * em, matrix.e + em, matrix.f + 0.88 * em)
            yield Glyph(UNKNOWN, box, em / PT_PER_MM, family(name.value), False, False)


def _address(thing: Any) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def _is_inked(text: Any, index: int) -> bool:
    left, bottom, right, top = text.get_charbox(index)
    return bool(right > left and top > bottom)


def _letters(units: Sequence[_Unit]) -> Iterator[tuple[str, _Unit]]:
    """Each character with the unit that gives its place; several characters of one drawing (a ligature)
    share its cell.
    """
    last: tuple[str, _Unit] | None = None
    for drawing in _drawings(units):
        letters = _of_drawing([unit.code for unit in drawing])
        for place, letter in enumerate(letters):
            if last and belongs(letter[0]) and drawing[0].drawn_by == last[1].drawn_by:
                last = last[0] + letter, last[1]
                continue
            if last:
                yield last
            last = letter, replace(drawing[0], cell=_slice(drawing[0], place, len(letters)))
    if last:
        yield last


def _drawings(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """The units in groups, one for each drawing; the halves of a character belong together, wherever
    PDFium puts them.
    """
    group: list[_Unit] = []
    for unit in units:
        one = group and unit.drawn_by == group[-1].drawn_by
        if one and unit.cell != group[-1].cell and _is_low(unit.code) and _is_high(group[-1].code):
            left, bottom, right, top = (
                of(pair)
                for of, pair in zip((min, min, max, max), zip(group[-1].cell, unit.cell, strict=True), strict=True)
            )
            group = [replace(each, cell=(left, bottom, right, top)) for each in (*group, unit)]
        elif one and unit.cell == group[-1].cell:
            group.append(unit)
        else:
            if group:
                yield group
            group = [unit]
    if group:
        yield group


def _is_high(code: int) -> bool:
    return 0xD800 <= code < 0xDC00


def _is_low(code: int) -> bool:
    return 0xDC00 <= code < 0xE000


def _of_drawing(codes: Sequence[int]) -> list[str]:
    """The characters of one drawing's UTF-16 units, each with the signs that belong to it. Half a character alone
    cannot be read, and then the rest is unknown too; Ghostscript 10.0 writes such tables.
    """
    try:
        text = "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except ValueError:  # not a code of Unicode, or half a character
        return [UNKNOWN]
    letters: list[str] = []
    for letter in text:
        if letters and belongs(letter):
            letters[-1] += letter
        else:
            letters.append(UNKNOWN if unicodedata.category(letter) == "Cc" else letter)
    return letters


def belongs(letter: str) -> bool:
    """Whether a character belongs to the one before it: a variation selector, an accent, a voicing mark."""
    return unicodedata.category(letter) in ("Mn", "Me")


def _slice(unit: _Unit, place: int, of: int) -> _Cell:
    """The part of a drawing's cell for one of its letters, along the line."""
    if of == 1:
        return unit.cell
    left, bottom, right, top = unit.cell
    across, up = unit.along
    if abs(across) >= abs(up):
        step = (right - left) / of
        at = place if across >= 0 else of - 1 - place
        return left + step * at, bottom, left + step * (at + 1), top
    step = (top - bottom) / of
    at = place if up > 0 else of - 1 - place
    return left, bottom + step * at, right, bottom + step * (at + 1)


def _cell(text: Any, index: int, matrix: Any) -> _Cell:
    """Left, bottom, right, top of a glyph in pt. If one drawing stands for several letters (ActualText; ISO 32000-1,
    14.9.4), PDFium cuts its box into upright slices; in turned text we cut along the line instead.
    """
    cell: _Cell = text.get_charbox(index, loose=True)
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
    """The origin of a glyph's drawing, in pt; None if there is none."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    if pdfium.FPDFText_IsGenerated(text, index) == 1 or not pdfium.FPDFText_GetCharOrigin(text, index, x, y):
        return None
    return x.value, y.value


def shown_on(page: Any) -> tuple[_ToMm, Callable[[float, float], tuple[float, float]]]:
    """From PDFium's page space (pt, y upwards, not turned) to mm from the top left of the page as it is shown: boxes,
    and directions."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
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

    return to_mm, lambda x, y: (a * x + c * y, b * x + d * y)
