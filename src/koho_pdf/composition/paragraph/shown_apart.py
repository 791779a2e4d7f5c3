"""How a vertical line is shown in pieces, so that readers of a PDF find its words in order and each character where it
stands.

Learnt from PDFium: what carries ActualText is one box, cut into slices across; a gap above a tenth of an em is a space
unless ActualText says otherwise; a piece of one glyph begins a line; and of lines that begin beside each other the
left one is read first, unless something stands lower between them. So a character before a wide gap is a piece of its
own, with a blank that reaches to the next one, and ActualText of itself alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """The characters from ``first`` up to ``end``; one by itself has a blank, and is said (ActualText)."""

    first: int
    end: int

    @property
    def said(self) -> bool:
        """Whether it is one character."""
        return self.end - self.first == 1


def pieces(gaps: Sequence[float], room: float, *, more: bool = False) -> list[Piece]:
    """The pieces of a line of ``len(gaps)`` characters.

    ``gaps`` are after each character, as wide as what they exceed its advance; the last one counts if there is ``more``
    on the line. ``room`` is the widest that is no space to readers.
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
