"""Kenten (圏点, JLREQ 3.3.9; CSS Text Decoration 4, 5): which characters take a mark, and its shape.

Shapes are cubic curves in em of the character they stand over, from the mark's middle, y downwards.
"""

from __future__ import annotations

import unicodedata

Point = tuple[float, float]
Outline = tuple[Point, tuple[tuple[Point, Point, Point], ...]]

_SYMBOLS_AMONG_PUNCTUATION = "#%‰‱٪؉؊&⁊@§¶⁂＃％＆＠﹟﹠﹪﹫"  # CSS Text Decoration 4, 5.1
_ROUND = 0.5523  # of a radius: handles of a quarter circle
_RADII = {"dot": 0.09, "circle": 0.13}
_PEN = 0.03  # em: the line of open shapes
# A drop falling from upper left to lower right, as ﹅ is drawn.
_SESAME: Outline = (
    (-0.1, -0.13),
    (
        ((-0.02, -0.11), (0.1, -0.04), (0.1, 0.06)),
        ((0.1, 0.11), (0.07, 0.13), (0.04, 0.13)),
        ((-0.02, 0.13), (-0.03, 0.04), (-0.1, -0.13)),
    ),
)


def takes_mark(character: str) -> bool:
    """Whether a character takes a mark: not spaces, controls and punctuation, except signs that are read out."""
    first = character[0]
    return unicodedata.category(first)[0] not in "ZCP" or first in _SYMBOLS_AMONG_PUNCTUATION


def outline(shape: str) -> Outline:
    """The outline of a ``dot``, ``circle`` or ``sesame``: its first point, then curves (two handles and an end)."""
    if shape == "sesame":
        return _SESAME
    r = _RADII[shape]
    k = r * _ROUND
    return (r, 0), (
        ((r, k), (k, r), (0, r)),
        ((-k, r), (-r, k), (-r, 0)),
        ((-r, -k), (-k, -r), (0, -r)),
        ((k, -r), (r, -k), (r, 0)),
    )


def pen(fill: str) -> float | None:
    """The width of the line an ``open`` shape is drawn with, in em; None for ``filled`` ones."""
    return _PEN if fill == "open" else None
