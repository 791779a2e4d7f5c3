"""Composes a few paragraphs by themselves, and reads from the PDF where each glyph and each shape stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.conftest import BLANK, Matrix, _unicode_of, product

from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.findings import errors_in
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

ROOT = Path(__file__).parents[2]
EM = 12.0  # points
LINE_FEED = 20.0
CSS = f"""
@page {{ size: 595pt 842pt; margin: 72pt }}
html {{ font-family: "BIZ UDGothic"; font-size: {EM}pt; line-height: {LINE_FEED}pt; color: #203040 }}
body, p {{ margin: 0 }}
"""
Composed = Callable[..., Path]


@pytest.fixture
def composed(home: Path, tmp_path: Path) -> Composed:
    """``composed(body, css)``: a screen PDF of some HTML, set without an error."""

    def compose_it(body: str, css: str = "") -> Path:
        folder = ROOT / "layouts" / "policy-leaflet"
        shared = (ROOT / "layouts" / "_shared" / "text.css").read_text(encoding="utf-8")
        html = (
            f'<!doctype html><html lang="ja"><head><title>見本</title><style>{CSS}{shared}{css}</style></head>'
            f"<body>{body}</body></html>"
        )
        galley = Galley("screen", html, folder, (folder,), read_press("offset-coated", ROOT / "press", ROOT))
        document = compose(galley, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), ROOT, home / "cache")
        assert not errors_in(document.findings)
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
        path.write_bytes(document.write())
        return path

    return compose_it


@dataclass(frozen=True)
class Glyph:
    """A glyph of a page, in points from the page's lower left: its text, its edges, its baseline, its em."""

    text: str
    left: float
    right: float
    baseline: float
    em: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Shape:
    """A path that is painted: its edges (of all its points), how it is painted, its colours, its innermost mark."""

    left: float
    right: float
    foot: float
    head: float
    operator: str
    tag: str | None
    fill: tuple[float, ...]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def read_page(path: Path, number: int = 0, *, blanks: bool = False) -> tuple[list[Glyph], list[Shape]]:
    """What the content stream of a page paints, in its order (ISO 32000-1, 8.5 and 9.4).

    ``blanks``: with what fills the gaps between texts.
    """
    with pikepdf.open(path) as pdf:
        glyphs, shapes = _Reader(pdf.pages[number]).read()
    return [glyph for glyph in glyphs if blanks or glyph.text != BLANK], shapes


class _Reader:
    def __init__(self, page: pikepdf.Page) -> None:
        self._page = page
        self._fonts = {name: (_unicode_of(font), _widths(font)) for name, font in page.Resources.Font.items()}
        self._matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self._text: Matrix = self._matrix
        self._font, self._size = "", 0.0
        self._points: list[tuple[float, float]] = []
        self._fill: tuple[float, ...] = ()
        self._marks: list[str] = []
        self._glyphs: list[Glyph] = []
        self._shapes: list[Shape] = []

    def read(self) -> tuple[list[Glyph], list[Shape]]:
        kept: list[tuple[Matrix, tuple[float, ...]]] = []
        for instruction in pikepdf.parse_content_stream(self._page):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator == "q":
                kept.append((self._matrix, self._fill))
            elif operator == "Q":
                self._matrix, self._fill = kept.pop()
            elif operator == "cm":
                self._matrix = product([float(value) for value in operands], self._matrix)
            elif operator in ("BMC", "BDC"):
                self._marks.append(str(operands[0]))
            elif operator == "EMC":
                self._marks.pop()
            elif operator == "Tf":
                self._font, self._size = str(operands[0]), float(operands[1])
            elif operator == "Tm":
                self._text = product([float(value) for value in operands], self._matrix)
            elif operator in ("TJ", "Tj"):
                self._show(operands[0] if operator == "TJ" else operands)
            elif operator in ("m", "l", "c", "re"):
                self._path([float(value) for value in operands], operator)
            elif operator == "rg":
                self._fill = tuple(float(value) for value in operands)
            elif operator in ("f", "f*", "S", "s", "n"):
                self._paint(operator)
        return self._glyphs, self._shapes

    def _show(self, parts: Any) -> None:
        decode, widths = self._fonts[self._font]
        place = 0.0
        for part in parts:
            if not isinstance(part, pikepdf.String):
                place -= float(part) / 1000 * self._size
                continue
            codes = bytes(part)
            for at in range(0, len(codes), 2):
                code = int.from_bytes(codes[at : at + 2], "big")
                width = widths.get(code, 1000) / 1000 * self._size
                scale, left = self._text[0], self._text[0] * place + self._text[4]
                glyph = Glyph(decode[code], left, left + scale * width, self._text[5], scale * self._size)
                self._glyphs.append(glyph)
                place += width

    def _path(self, values: list[float], operator: str) -> None:
        if operator == "re":
            x, y, width, height = values
            values = [x, y, x + width, y + height]
        for x, y in zip(values[::2], values[1::2], strict=True):
            a, b, c, d, e, f = self._matrix
            self._points.append((a * x + c * y + e, b * x + d * y + f))

    def _paint(self, operator: str) -> None:
        if self._points and operator != "n":
            xs, ys = zip(*self._points, strict=True)
            tag = self._marks[-1] if self._marks else None
            self._shapes.append(Shape(min(xs), max(xs), min(ys), max(ys), operator, tag, self._fill))
        self._points = []


def _widths(font: pikepdf.Object) -> dict[int, float]:
    """The widths of a composite font's glyphs in thousandths of an em (ISO 32000-1, 9.7.4.3)."""
    found: dict[int, float] = {}
    entries = list(font.DescendantFonts[0].W)
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            found |= {first + number: float(width) for number, width in enumerate(second)}
        else:
            width = float(entries.pop(0))
            found |= dict.fromkeys(range(first, int(second) + 1), width)
    return found


@dataclass(frozen=True)
class Set:
    """A ruby as it stands on a page: its base and its reading, and the glyphs of the line it is in."""

    base: list[Glyph]
    reading: list[Glyph]

    @property
    def off_middle(self) -> float:
        """How far the reading's middle is from the base's, in points."""
        ends = [(glyphs[0].left + glyphs[-1].right) / 2 for glyphs in (self.base, self.reading)]
        return abs(ends[0] - ends[1])


def lines_of(glyphs: list[Glyph], em: float = EM) -> list[list[Glyph]]:
    """The lines of the text of one size, from the head of the page, each from its head."""
    found: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        if abs(glyph.em - em) < 0.01:
            found.setdefault(round(glyph.baseline, 1), []).append(glyph)
    return [sorted(found[baseline], key=lambda glyph: glyph.left) for baseline in sorted(found, reverse=True)]


def word(glyphs: list[Glyph], text: str, em: float = EM) -> list[Glyph]:
    """The glyphs of the first place where a line of some size says ``text``."""
    for line in lines_of(glyphs, em):
        said = "".join(glyph.text for glyph in line)
        if text in said:
            return line[said.index(text) : said.index(text) + len(text)]
    raise AssertionError(f"{text} is not there")
