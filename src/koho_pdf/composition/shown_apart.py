"""How a vertical line is shown in pieces, so that readers of a PDF find its words in order and each character where it
stands.

Learnt from PDFium: what carries ActualText is one box, cut into slices across; a gap above a tenth of an em is a space
unless ActualText says otherwise; a piece of one character begins a line; and of lines that begin beside each other the
left one is read first, unless something stands lower between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_LEAST = 2  # characters of a piece


class Piece(NamedTuple):
    """The characters from ``first`` up to ``end``, and whether their text is to be said with them (ActualText)."""

    first: int
    end: int
    said: bool


def pieces(gaps: Sequence[float], room: float, *, more: bool = False) -> list[Piece]:
    """The pieces of a line of ``len(gaps)`` characters; empty where it had better be said as a whole.

    ``gaps`` are after each character but the last, whose does not count, as wide as what they exceed its advance;
    ``room`` is the widest that is no space to readers. ``more``: something follows the line's last character.
    """
    count = len(gaps)
    if count < 2 * _LEAST:
        return []
    wide = [gap > room for gap in gaps[:-1]] + [more]
    found: list[Piece] = []
    first = 0
    for at in range(_LEAST, count - _LEAST + 1):
        said = any(wide[first : at - 1])
        ends = said or wide[at] or (more and at == count - _LEAST)
        if at - first >= _LEAST and not wide[at - 1] and ends:
            found.append(Piece(first, at, said))
            first = at
    if not found and not any(wide):
        return [Piece(0, count - _LEAST, False), Piece(count - _LEAST, count, False)]
    found.append(Piece(first, count, any(wide[first:])))
    return found if len(found) > 1 else []
