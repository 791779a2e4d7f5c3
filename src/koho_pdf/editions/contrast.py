"""How well text stands out from what is painted under it (WCAG 2.2, 1.4.3), measured on the finished screen PDF.

The pages are drawn once without their text, by the renderer of Chrome; the colour of each text is then compared with
what lies there, a character's width at a time, as a screen shows it and as a copier in grey does (Rec. 601 luma).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

_SCALE = 1.5  # pixels a point
_LARGE, _LARGE_BOLD = 18.0, 14.0  # pt: 24 and 18.66 CSS pixels
_HAIR = 0.05  # pt: the engine rounds sizes by this much
_WIDEST = 1.6  # ems for a character, spaced as wide as any heading is
_MOST = 30  # patches of one text that are looked at
_DEEPEST = 8  # forms within forms
_BOLD = ("bold", "heavy", "black")

Colour = tuple[float, float, float]
"""Red, green, blue from 0 to 255."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its ground: the lowest contrast found, and the contrast it needs (4.5; 3 for large type)."""

    words: str
    page: int
    text: Colour
    ground: Colour
    ratio: float
    grey: bool
    least: float


def pairs(screen: bytes, afar: float | None = None) -> tuple[Pair, ...]:
    """For each text of each page its lowest contrast, on a screen or in grey. Type of ``afar`` pt and more is read from
    afar: there large type needs as much contrast as small type.
    """
    import pypdfium2

    found: list[Pair] = []
    with pypdfium2.PdfDocument(screen) as pdf:
        for number, page in enumerate(pdf, 1):
            reader = page.get_textpage()
            texts = [_Text(drawn, places, reader) for drawn, places in _texts(page.raw, ())]
            for text in texts:
                text.blank()
            picture = page.render(scale=_SCALE).to_pil().convert("RGB")
            for line in _lines(texts):
                measured = [_faintest(text, picture, page.get_height(), number, afar) for text in line]
                if known := [pair for pair in measured if pair]:
                    worst = min(known, key=lambda pair: round(pair.ratio, 2))
                    found.append(replace(worst, words="".join(text.words for text in line)))
            reader.close()
    return tuple(found)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lines(texts: Sequence[_Text]) -> list[list[_Text]]:
    """The texts, with pieces of one vertical line joined, because a vertical line is shown character by character."""
    lines: list[list[_Text]] = []
    for text in texts:
        before = lines[-1][-1] if lines else None
        if before and text.goes_on(before):
            lines[-1].append(text)
        else:
            lines.append([text])
    return lines


def _grey(colour: Colour) -> Colour:
    luma = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
    return luma, luma, luma


def _texts(holder: Any, places: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Every text of a page and of its forms, with the forms' matrices, innermost last."""
    import pypdfium2.raw as pdfium

    count, member = (
        (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
        if places
        else (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
    )
    for number in range(count(holder)):
        drawn = member(holder, number)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield drawn, places
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and len(places) < _DEEPEST:
            place = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(drawn, place)
            yield from _texts(drawn, (*places, place))


class _Text:
    """A text of a page: its words, colour and opacity, size in pt, whether it is bold, and its box on the page."""

    def __init__(self, drawn: Any, places: Sequence[Any], reader: Any) -> None:
        import pypdfium2.raw as pdfium

        self._drawn = drawn
        self.words = self._said(reader)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha)
        self.colour: Colour = (red.value, green.value, blue.value)
        self.opacity = alpha.value / 255
        size, place = ctypes.c_float(), pdfium.FS_MATRIX()
        pdfium.FPDFTextObj_GetFontSize(drawn, size)
        pdfium.FPDFPageObj_GetMatrix(drawn, place)
        self.size = size.value * hypot(place.c, place.d)
        name = ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(drawn), name, 200)
        self.is_bold = any(weight in name.value.decode("utf-8", "replace").lower() for weight in _BOLD)
        edges = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(drawn, *edges)
        left, bottom, right, top = (each.value for each in edges)
        corners = [(x, y) for x in (left, right) for y in (bottom, top)]
        for each in reversed(places):
            corners = [(each.a * x + each.c * y + each.e, each.b * x + each.d * y + each.f) for x, y in corners]
            self.size *= hypot(each.c, each.d)
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        self.box = min(xs), min(ys), max(xs), max(ys)
        most = len(self.words) * self.size
        if self.words and max(xs) - min(xs) > _WIDEST * most:  # with a blank that fills the gap before the next text
            self.box = min(xs), min(ys), min(xs) + most, max(ys)

    def _said(self, reader: Any) -> str:
        import pypdfium2.raw as pdfium

        length = pdfium.FPDFTextObj_GetText(self._drawn, reader.raw, None, 0)
        said = (ctypes.c_ushort * (length // 2 + 1))()
        pdfium.FPDFTextObj_GetText(self._drawn, reader.raw, said, length)
        return bytes(said).decode("utf-16-le", "replace").rstrip("\0").replace("\u2060", "").strip()

    def goes_on(self, before: _Text) -> bool:
        """Whether it continues another text: below it, on the same vertical line, in the same colour."""
        alike = (self.colour, self.opacity) == (before.colour, before.opacity) and abs(self.size - before.size) < _HAIR
        (left, _, right, top), (edge, foot, _, _) = self.box, before.box
        beside = edge - self.size / 2 < left and right < edge + 1.5 * self.size
        return alike and beside and abs(top - foot) < self.size / 2

    def blank(self) -> None:
        """Remove its paint."""
        import pypdfium2.raw as pdfium

        pdfium.FPDFTextObj_SetTextRenderMode(self._drawn, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _faintest(text: _Text, picture: Any, height: float, page: int, afar: float | None) -> Pair | None:
    large = text.size >= (_LARGE_BOLD if text.is_bold else _LARGE) - _HAIR
    least = 3.0 if large and (afar is None or text.size < afar - _HAIR) else 4.5
    worst: Pair | None = None
    for patch in _patches(text, picture.size, height) if text.words and text.opacity else ():
        pixels = picture.crop(patch).resize((1, 1), 4).getpixel((0, 0))  # 4: box filter, the mean
        ground: Colour = (pixels[0], pixels[1], pixels[2])
        red, green, blue = (o * text.opacity + g * (1 - text.opacity) for o, g in zip(text.colour, ground, strict=True))
        for grey in (False, True):
            one, other = (_grey((red, green, blue)), _grey(ground)) if grey else ((red, green, blue), ground)
            ratio = contrast(one, other)
            if worst is None or ratio < worst.ratio - 0.005:
                worst = Pair(text.words, page, text.colour, ground, ratio, grey, least)
    return worst


def _patches(text: _Text, within: tuple[int, int], height: float) -> Iterator[tuple[int, int, int, int]]:
    """Squares of the text's size along it, as pixels from the picture's top left."""
    left, bottom, right, top = text.box
    wide, high = right - left, top - bottom
    count = max(1, min(_MOST, round(max(wide, high) / max(text.size, 1))))
    for number in range(count):
        across = wide >= high
        x0, x1 = (left + wide * number / count, left + wide * (number + 1) / count) if across else (left, right)
        y0, y1 = (bottom, top) if across else (bottom + high * number / count, bottom + high * (number + 1) / count)
        box = (x0 * _SCALE, (height - y1) * _SCALE, x1 * _SCALE, (height - y0) * _SCALE)
        a, b = max(0, int(box[0])), max(0, int(box[1]))
        c, d = min(within[0], int(box[2]) + 1), min(within[1], int(box[3]) + 1)
        if c > a and d > b:
            yield a, b, c, d
