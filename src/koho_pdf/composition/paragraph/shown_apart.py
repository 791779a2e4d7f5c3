"""Cuts a vertical line into pieces, so that readers of a PDF find its words in order and each character in its place.

Found by trying PDFium: content with ActualText is one box, cut into slices across; a gap above a tenth of an em is a
space unless ActualText says otherwise; a piece of one glyph begins a line; of lines that begin beside each other the
left one is read first, unless something lower stands between them. So a character before a wide gap is a piece of its
own, with a blank that reaches to the next one, and ActualText for itself alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """The characters from ``first`` up to ``end``; a single one has a blank and ActualText."""

    first: int
    end: int

    @property
    def said(self) -> bool:
        """Whether it is one character, with ActualText."""
        return self.end - self.first == 1


def pieces(gaps: Sequence[float], room: float, *, more: bool = False) -> list[Piece]:
    """The pieces of a line of ``len(gaps)`` characters.

    ``gaps`` are the extra widths after each character; the last one counts if there is ``more`` on the line. ``room``
    is the widest gap that readers do not take for a space.
    """
    count = len(gaps)
    wide = [gap > room for gap in gaps[:-1]] + [more and gaps[-1] > room]
    found: list[Piece] = []
    first = 0
    for at in range(count):
        if wide[at]:
            found += [Piece(first, at)] * (first < at) + [Piece(at, at + 1)]
            first = at + 1
    found += [Piece(first, count)] * (first < count)
    if not more and len(found) == 1 and count > 1:  # the next line may begin beside this one
        last = max(count - 2, 1)
        return [Piece(0, last), Piece(last, count)]
    return found
