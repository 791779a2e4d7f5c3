"""Where every glyph of a PDF stands, whoever made it: the content streams interpreted (ISO 32000-1, 8.3, 9.4).

Only what text needs: matrices, text state, forms. ActualText and tags, which an engine writes itself, are not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

FOOT = 0.12  # of an em: how far the em box reaches below the baseline in the faces compared (JIS faces)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph's text, its size, and its cell (advance x em box) in points from the page's top left, y downwards."""

    page: int
    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Shape:
    """What a painted path covers, in points from the page's top left, y downwards (curves by their handles)."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


def glyphs_of(path: Path) -> list[Glyph]:
    """Every glyph that is shown, in the order it is drawn."""
    return [each for each in drawn(path) if isinstance(each, Glyph)]


def shapes_of(path: Path) -> list[Shape]:
    """Every path that is filled or stroked, in the order it is drawn."""
    return [each for each in drawn(path) if isinstance(each, Shape)]


def drawn(path: Path) -> Iterator[Glyph | Shape]:
    """Every glyph and every painted path, in the order they are drawn."""
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            yield from _Page(number, page).run(page.obj, page.obj.get("/Resources"), _UNIT)


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


class _Font:
    """Codes of a font: their widths and their text."""

    def __init__(self, font: Any) -> None:
        self.wide = font.Subtype == "/Type0"
        self.scale = 0.001
        self.texts = _to_unicode(font)
        self.widths: dict[int, float] = {}
        self.default = 0.0
        if self.wide:
            descendant = font.DescendantFonts[0]
            self.default = float(descendant.get("/DW", 1000))
            entries = list(descendant.get("/W", []))
            while entries:
                first = int(entries.pop(0))
                second = entries.pop(0)
                if isinstance(second, pikepdf.Array):
                    self.widths |= {first + place: float(width) for place, width in enumerate(second)}
                else:
                    width = float(entries.pop(0))
                    self.widths |= dict.fromkeys(range(first, int(second) + 1), width)
        else:
            first = int(font.get("/FirstChar", 0))
            self.widths = {first + place: float(width) for place, width in enumerate(font.get("/Widths", []))}
            if font.Subtype == "/Type3":
                self.scale = float(font.FontMatrix[0])

    def codes(self, text: bytes) -> list[int]:
        return [int.from_bytes(text[at : at + 2]) for at in range(0, len(text), 2)] if self.wide else list(text)

    def width(self, code: int) -> float:
        return self.widths.get(code, self.default) * self.scale


_HEX = r"<\s*([0-9A-Fa-f\s]*)>"


def _to_unicode(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    text = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        found |= {int(code, 16): _text(to) for code, to in re.findall(_HEX + r"\s*" + _HEX, block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for low, high, to in re.findall(_HEX + r"\s*" + _HEX + r"\s*" + _HEX, block):
            start = _text(to)
            for number in range(int(high, 16) - int(low, 16) + 1):
                found[int(low, 16) + number] = start[:-1] + chr(ord(start[-1]) + number)
        for low, _, several in re.findall(_HEX + r"\s*" + _HEX + r"\s*\[(.*?)\]", block, re.DOTALL):
            found |= {int(low, 16) + number: _text(to) for number, to in enumerate(re.findall(_HEX, several))}
    return found


def _text(hexadecimal: str) -> str:
    return bytes.fromhex(re.sub(r"\s", "", hexadecimal)).decode("utf-16-be", "replace")


class _Page:
    def __init__(self, number: int, page: Any) -> None:
        self.number = number
        box = [float(value) for value in page.trimbox]
        self.left, self.top = box[0], box[3]
        self.fonts: dict[Any, _Font] = {}

    def run(self, stream: Any, resources: Any, matrix: Matrix) -> Iterator[Glyph | Shape]:
        points: list[tuple[float, float]] = []
        stack: list[tuple[Matrix, Any, float, float, float, float, float]] = []
        text = line = _UNIT
        font: Any = None
        size, spacing, words, stretch, leading, rise = 0.0, 0.0, 0.0, 1.0, 0.0, 0.0
        instructions: Any = pikepdf.parse_content_stream(stream)
        for operands, operator in instructions:
            match str(operator):
                case "q":
                    stack.append((matrix, font, size, spacing, words, stretch, leading))
                case "Q" if stack:
                    matrix, font, size, spacing, words, stretch, leading = stack.pop()
                case "cm":
                    matrix = _times(_matrix(operands), matrix)
                case "m" | "l" | "c" | "v" | "y":
                    numbers = [float(value) for value in operands]
                    points += [_at(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
                case "re":
                    x, y, width, height = (float(value) for value in operands)
                    points += [_at(matrix, x, y), _at(matrix, x + width, y + height)]
                case "n":
                    points = []
                case "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" if points:
                    xs, ys = [x for x, _ in points], [y for _, y in points]
                    edges = (min(xs) - self.left, self.top - max(ys), max(xs) - self.left, self.top - min(ys))
                    yield Shape(self.number, *edges)
                    points = []
                case "BT":
                    text = line = _UNIT
                case "Tf":
                    font, size = self._font(resources, str(operands[0])), float(operands[1])
                case "Tc":
                    spacing = float(operands[0])
                case "Tw":
                    words = float(operands[0])
                case "Tz":
                    stretch = float(operands[0]) / 100
                case "TL":
                    leading = float(operands[0])
                case "Ts":
                    rise = float(operands[0])
                case "Tm":
                    text = line = _matrix(operands)
                case "Td" | "TD":
                    text = line = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
                    leading = -float(operands[1]) if str(operator) == "TD" else leading
                case "T*":
                    text = line = _times((1, 0, 0, 1, 0, -leading), line)
                case "Tj" | "TJ" if font:
                    items = operands[0] if str(operator) == "TJ" else [operands[0]]
                    for item in items:
                        if not isinstance(item, pikepdf.String):
                            text = _times((1, 0, 0, 1, -float(item) / 1000 * size * stretch, 0), text)
                            continue
                        for code in font.codes(bytes(item)):
                            advance = font.width(code) * size * stretch
                            if shown := font.texts.get(code, ""):
                                yield self._glyph(shown, advance, size, rise, _times(text, matrix))
                            space = words if code == 32 and not font.wide else 0.0
                            text = _times((1, 0, 0, 1, advance + (spacing + space) * stretch, 0), text)
                case "Do":
                    form = resources.XObject[str(operands[0])]
                    if form.Subtype == "/Form":
                        inner = _times(_matrix(form.get("/Matrix", list(_UNIT))), matrix)
                        yield from self.run(form, form.get("/Resources", resources), inner)

    def _font(self, resources: Any, name: str) -> _Font:
        font = resources.Font[name]
        key = font.objgen if font.objgen != (0, 0) else id(font)
        if key not in self.fonts:
            self.fonts[key] = _Font(font)
        return self.fonts[key]

    def _glyph(self, text: str, advance: float, size: float, rise: float, m: Matrix) -> Glyph:
        foot = rise - FOOT * size
        corners = [(x, y) for x in (0.0, advance) for y in (foot, foot + size)]
        xs = [x * m[0] + y * m[2] + m[4] for x, y in corners]
        ys = [x * m[1] + y * m[3] + m[5] for x, y in corners]
        em = abs(size) * (m[2] ** 2 + m[3] ** 2) ** 0.5
        return Glyph(
            self.number, text, em, min(xs) - self.left, self.top - max(ys), max(xs) - self.left, self.top - min(ys)
        )


def _at(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f
