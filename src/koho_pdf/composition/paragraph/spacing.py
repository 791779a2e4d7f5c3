"""The space between two characters of a line (JLREQ 3.1.2-3.1.6, 3.2.5): how much it is, and how much it can give.

Full-width punctuation is thought of as half an em of ink and half an em of space: an opening bracket has its space
before it, a closing bracket, comma or full stop after it, a middle dot a quarter on each side. The space between two
neighbours is then one number, not a sum; at the head and the end of a line it is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from koho_pdf.composition.paragraph.classes import LATIN_MARKS, PUNCTUATION, Kind

_SPACE_AFTER = frozenset({Kind.CLOSING, Kind.COMMA, Kind.FULL_STOP})
_SOLID_BESIDE = LATIN_MARKS | {Kind.PREFIX, Kind.POSTFIX, Kind.OBJECT}


@dataclass(frozen=True, slots=True)
class Aki:
    """The space between two characters in em: its natural width, its least and its most, and its turn.

    Lines give way in the order of ``turn`` (JLREQ 3.8.3): 0 word spaces, 1 punctuation, 2 the quarter em between
    Japanese and Latin; 3 never gives way. Spaces that ``grows`` marks take part in the first round of expansion.
    """

    normal: float
    least: float
    most: float
    turn: int = 3

    @property
    def gives(self) -> float:
        """How far it can be narrowed, in em."""
        return self.normal - self.least

    @property
    def takes(self) -> float:
        """How far it can be widened, in em."""
        return self.most - self.normal


SOLID = Aki(0, 0, 0)
"""ベタ: nothing between the two."""
_HALF = Aki(0.5, 0, 0.5, 1)
_FULL_STOP = Aki(0.5, 0.5, 0.5)
_QUARTER_DOT = Aki(0.25, 0, 0.25, 1)
_DOT_AND_BRACKET = Aki(0.25, 0.25, 0.25)
LATIN_TURN = 2
_LATIN = Aki(0.25, 0.125, 0.5, LATIN_TURN)


_BLANK_BEFORE = {Kind.OPENING: 0.5, Kind.MIDDLE_DOT: 0.25}
_BLANK_AFTER = {Kind.CLOSING: 0.5, Kind.COMMA: 0.5, Kind.FULL_STOP: 0.5, Kind.MIDDLE_DOT: 0.25}


def blank_before(kind: Kind) -> float:
    """The empty part of a full-width sign's own em on its head side, in em."""
    return _BLANK_BEFORE.get(kind, 0.0)


def blank_after(kind: Kind) -> float:
    """The empty part of a full-width sign's own em on its end side, in em."""
    return _BLANK_AFTER.get(kind, 0.0)


@cache
def between(before: Kind, after: Kind) -> Aki:
    """The space between two neighbours on a line (JLREQ appendix B, table 1)."""
    if Kind.SPACE in (before, after) or Kind.IDEOGRAPHIC_SPACE in (before, after):
        return SOLID if before is not Kind.FULL_STOP else _FULL_STOP
    if before in _SPACE_AFTER:
        if after in _SPACE_AFTER:
            return SOLID
        if after is Kind.MIDDLE_DOT:
            return _DOT_AND_BRACKET
        return _FULL_STOP if before is Kind.FULL_STOP and after is not Kind.OPENING else _HALF
    if after is Kind.OPENING:
        if before is Kind.OPENING:
            return SOLID
        return _DOT_AND_BRACKET if before is Kind.MIDDLE_DOT else _HALF
    if Kind.MIDDLE_DOT in (before, after):
        if before is Kind.MIDDLE_DOT and after is Kind.MIDDLE_DOT:
            return Aki(0.5, 0.25, 0.5, 1)
        return _DOT_AND_BRACKET if before is Kind.OPENING else _QUARTER_DOT
    if before is Kind.OPENING or before in PUNCTUATION or after in PUNCTUATION:
        return SOLID
    if not _SOLID_BESIDE.isdisjoint((before, after)):
        return SOLID
    return _LATIN if (before is Kind.LATIN) is not (after is Kind.LATIN) else SOLID
