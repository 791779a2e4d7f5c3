"""Spreads the last line of a paragraph over its measure if the layout asks: 字取り, 均等割付 (JLREQ 3.1.11 note; CSS
Text 3, 6.3: ``text-align-last: justify``). All lengths are in the caller's unit.
"""

from __future__ import annotations

from itertools import pairwise

from koho_pdf.composition.paragraph.classes import LATINS, SPACES, Kind
from koho_pdf.composition.paragraph.line import Cell, Line, Paragraph

_NOT_BEFORE = frozenset({Kind.CLOSING, Kind.COMMA, Kind.FULL_STOP, Kind.MIDDLE_DOT, Kind.DIVIDING, Kind.POSTFIX})
_NOT_AFTER = frozenset({Kind.OPENING, Kind.PREFIX})
_HAIR = 1e-6


def stretched(paragraph: Paragraph, line: Line, measure: float) -> Line:
    """The line with the same space added between all its characters, words and numbers, so that it fills the measure. A
    line that cannot be spread (one character, one word, one in brackets) or is already full stays as it is.
    """
    cells = paragraph.cells[line.first : line.end]
    last = len(cells) - 1
    while last > 0 and (cells[last].kind in SPACES or cells[last].forced):
        last -= 1
    opening = [_opens(before, after) for before, after in pairwise(cells[: last + 1])]
    room = measure - line.width
    if room <= _HAIR or not any(opening):
        return line
    share, moved, places = room / sum(opening), 0.0, list(line.places)
    for number in range(1, len(places)):
        moved += share if number <= last and opening[number - 1] else 0.0
        places[number] += moved
    return Line(line.first, line.end, tuple(places), measure)


def _opens(before: Cell, after: Cell) -> bool:
    """Whether space may open here: not within words and numbers, nor on the ink side of brackets and stops."""
    if before.tied or (before.kind in LATINS and after.kind in LATINS):
        return False
    return before.kind not in _NOT_AFTER and after.kind not in _NOT_BEFORE
