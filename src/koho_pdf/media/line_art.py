"""A drawing of lines and areas (a logo) from any kind of file: its content is safe to show, and its colours are known.

It is a tree of SVG with few elements (``svg``, ``g``, shapes, gradients, ``clipPath``) and few attributes. Its colours
are ``#rrggbb`` of a screen or ``device-cmyk(c m y k)`` of a press, each from 0 to 1.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, tostring

SVG = "http://www.w3.org/2000/svg"
COLOURS = ("fill", "stroke", "stop-color")
MOST_BYTES = 5_000_000
MOST_ELEMENTS = 20_000
MOST_POINTS = 200_000
DEEPEST = 40
FARTHEST = 1e6
"""The largest number in a drawing: larger lengths do not occur in print, and sums of them lose precision."""

Why = Literal[
    "broken", "unsafe", "too-complex", "without-size", "text", "picture", "effects", "outside", "locked", "pages",
    "spot", "empty",
]  # fmt: skip


class Undrawable(Exception):
    """The file is not a printable drawing: ``what`` in it is the reason, in words."""

    def __init__(self, why: Why, what: str = "") -> None:
        super().__init__(why, what)
        self.why, self.what = why, what


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, its size in CSS pixels, the parts left out without changing its look (``script``), and the spot
    colours that process colours replace.
    """

    root: Element
    width: float
    height: float
    left_out: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()

    @property
    def colours(self) -> tuple[str, ...]:
        """Every colour in it, each once, in order."""
        return tuple(dict.fromkeys(value for _, _, value in _coloured(self.root)))

    def written(self, shown: Callable[[str], str] = lambda colour: colour) -> bytes:
        """As an SVG file; ``shown`` converts each colour."""
        root = copy.deepcopy(self.root)
        for element, name, value in list(_coloured(root)):
            element.set(name, shown(value))
        root.set("width", f"{self.width:g}")
        root.set("height", f"{self.height:g}")
        root.set("xmlns", SVG)
        return tostring(root, encoding="unicode").encode() + b"\n"


def _coloured(root: Element) -> Iterator[tuple[Element, str, str]]:
    for element in root.iter():
        for name in COLOURS:
            value = element.get(name, "")
            if value.startswith(("#", "device-cmyk(")):
                yield element, name, value


def inks_of(colour: str) -> tuple[float, float, float, float] | None:
    """The four inks (0 to 1) of a press colour; None for a screen colour."""
    if not colour.startswith("device-cmyk("):
        return None
    cyan, magenta, yellow, black = (float(each) for each in colour[12:-1].split())
    return cyan, magenta, yellow, black


def of_inks(inks: tuple[float, ...]) -> str:
    """Four inks, each from 0 to 1, as a drawing writes them."""
    return f"device-cmyk({' '.join(f'{min(1.0, max(0.0, round(ink, 4))):g}' for ink in inks)})"


def of_light(red: float, green: float, blue: float) -> str:
    """A screen colour, each part from 0 to 1, as a drawing writes it."""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in (red, green, blue))
