"""How a PDF's text is lettered: which characters its strings are and how far they go; the arithmetic of its boxes.

ISO 32000-1: 8.3 (matrices), 9.4 (text), 9.7 (fonts), 9.10 (characters). Boxes are left, foot, right, head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class State:
    """What a painting of text depends on (ISO 32000-1, 8.4 and 9.3)."""

    matrix: Matrix = AS_IT_IS
    clip: Box = EVERYWHERE
    font: Any = None
    size: float = 0
    scale: float = 1
    leading: float = 0
    characters: float = 0
    words: float = 0
    mode: int = 0

    def copy(self) -> State:
        return State(*(getattr(self, name) for name in self.__slots__))


class Font:
    """A composite font with codes of two bytes, as ours all are, or a simple one: characters and widths."""

    def __init__(self, font: Any) -> None:
        self._two = font.Subtype == "/Type0"
        self.vertical = self._two and str(font.get("/Encoding", "")).endswith("-V")
        self._text = _characters(font.ToUnicode.read_bytes().decode("latin-1")) if "/ToUnicode" in font else {}
        inner = font.DescendantFonts[0] if self._two else font
        self._default = float(inner.get("/DW", 1000)) if self._two else 0.0
        self._widths = _widths(inner.get("/W", [])) if self._two else {
            int(font.get("/FirstChar", 0)) + at: float(each) for at, each in enumerate(font.get("/Widths", []))
        }  # fmt: skip
        described = inner.get("/FontDescriptor", {})
        self._foot, self._head = float(described.get("/Descent", -200)), float(described.get("/Ascent", 800))

    def shown(self, operand: Any, state: State) -> tuple[str, float]:
        """The characters of a string, or of an array of strings, and how far they go, in text space."""
        said, far = "", 0.0
        for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
            if not isinstance(part, pikepdf.String):
                far -= float(part) / 1000 * state.size * (1 if self.vertical else state.scale)
                continue
            codes = bytes(part)
            step = 2 if self._two else 1
            for at in range(0, len(codes) - step + 1, step):
                code = int.from_bytes(codes[at : at + step], "big")
                said += self._text.get(code, "")
                wide = -1000.0 if self.vertical else self._widths.get(code, self._default)
                spaced = state.characters + (state.words if step == 1 and code == 32 else 0)
                far += (wide / 1000 * state.size + spaced) * (1 if self.vertical else state.scale)
        return said, far

    def box(self, advance: float, state: State, matrix: Matrix) -> Box:
        """The box of a line of text of this length, set with this matrix."""
        if self.vertical:
            return cornered(matrix, (-state.size / 2, min(advance, 0), state.size / 2, 0))
        foot, head = self._foot / 1000 * state.size, self._head / 1000 * state.size
        return cornered(matrix, (min(advance, 0), foot, max(advance, 0), head))


def _characters(cmap: str) -> dict[int, str]:
    """A ToUnicode map (9.10.3): code -> characters."""
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", block):
            found[int(code, 16)] = bytes.fromhex(to).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for code in range(int(low, 16), int(high, 16) + 1):
                found[code] = (int(to, 16) + code - int(low, 16)).to_bytes(len(to) // 2, "big").decode("utf-16-be")
    return found


def _widths(told: Any) -> dict[int, float]:
    """The widths of a CIDFont (9.7.4.3): ``c [w …]`` or ``first last w``."""
    found: dict[int, float] = {}
    rest = list(told)
    while rest:
        first = int(rest.pop(0))
        if isinstance(rest[0], pikepdf.Array):
            found |= {first + at: float(each) for at, each in enumerate(rest.pop(0))}
        else:
            last, wide = int(rest.pop(0)), float(rest.pop(0))
            found |= dict.fromkeys(range(first, last + 1), wide)
    return found


def around(boxes: Sequence[Box]) -> Box | None:
    """The box around boxes; None around none."""
    if not boxes:
        return None
    left, foot, right, head = zip(*boxes, strict=True)
    return min(left), min(foot), max(right), max(head)


def product(one: Sequence[float], other: Sequence[float]) -> Matrix:
    """``one`` then ``other`` (8.3.4)."""
    a, b, c, d, e, f = one
    k, m, n, o, p, q = other
    return a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point in the space that the matrix leads to."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def cornered(matrix: Matrix, box: Sequence[float]) -> Box:
    """The box around a box that a matrix has moved."""
    corners = [moved(matrix, x, y) for x in box[::2] for y in box[1::2]]
    return around([(x, y, x, y) for x, y in corners]) or (0, 0, 0, 0)
