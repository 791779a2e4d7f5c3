"""How a line is narrowed (追込み) and widened (JLREQ 3.8.3, 3.8.4): what each of its spaces gives or takes."""

from __future__ import annotations

from itertools import pairwise

from koho_pdf.composition.paragraph.classes import LATINS, Kind
from koho_pdf.composition.paragraph.paragraph import HAIR, Cell, Paragraph

WIDEST = 0.5
"""In em: a gap that opens further is a hole."""
_LETTERS = 0.5  # em: letters of a word alone on a line are not pulled further apart; the line stays short
LOOSE = 0.6
"""In em: if every gap of a line opens further, the eye does not accept it."""
_NO_GAP_BEFORE = frozenset({Kind.CLOSING, Kind.MIDDLE_DOT, Kind.DIVIDING, Kind.LATIN_CLOSING, Kind.LATIN_STOP})
_NO_GAP_AFTER = frozenset({Kind.OPENING, Kind.LATIN_OPENING})
_CLOSE = frozenset({Kind.CLOSING, Kind.COMMA, Kind.FULL_STOP})


def squeezed(paragraph: Paragraph, first: int, last: int, over: float) -> list[float]:
    """How much each space gives, turn by turn: word spaces, punctuation, quarter ems (JLREQ 3.8.3)."""
    grown = [0.0] * (last - first)
    for turn in (0, 1, 2):
        spaces = zip(paragraph.akis[first:last], paragraph.gives[first:last], strict=True)
        gives = [give if aki.turn == turn else 0.0 for aki, give in spaces]
        share = min(1.0, over / sum(gives)) if sum(gives) else 0.0
        grown = [step - share * give for step, give in zip(grown, gives, strict=True)]
        over -= share * sum(gives)
    return grown


def widened(paragraph: Paragraph, first: int, last: int, room: float) -> tuple[list[float], float]:
    """How much each space takes: word spaces and quarter ems up to half an em, then all gaps equally (JLREQ 3.8.4); and
    how much plain gaps open, in em. Spaces that have reached half an em wait until the plain gaps are as wide, so that
    no gap is a wider hole than another; gaps before 、 and 。 open like all others. If nothing may open, the second
    value is infinite; then, or if the letters of a word would be torn apart, the line stays short.
    """
    ems = paragraph.ems[first:last]
    takes = [aki.takes * em for aki, em in zip(paragraph.akis[first:last], ems, strict=True)]
    grown, room = _shared([0.0] * len(takes), takes, room)
    if room <= HAIR:
        return grown, 0.0
    cells = paragraph.cells[first : last + 1]
    opening, opened = [_opens(before, after) for before, after in pairwise(cells)], 0.0
    if any(takes):
        plain = [WIDEST * em * (opens and not take) for opens, take, em in zip(opening, takes, ems, strict=True)]
        grown, left = _shared(grown, plain, room)
        opened, room = WIDEST * (room - left) / sum(plain) if any(plain) else 0.0, left
        if room <= HAIR:
            return grown, opened
    for more in (_opens_at_need, _opens_at_last):  # few gaps: opening beside brackets too is better than one wide hole
        if room > WIDEST * cells[0].em * sum(opening):
            opening = [more(before, after) for before, after in pairwise(cells)]
    words = not any(opening)
    if words:
        opening = [not cell.tied for cell in cells[:-1]]
    if not any(opening):
        return grown, float("inf")
    share = room / sum(opening)
    if words and share > _LETTERS * cells[0].em:
        return grown, share / cells[0].em
    return [step + share * opens for step, opens in zip(grown, opening, strict=True)], opened + share / cells[0].em


def _shared(grown: list[float], takes: list[float], room: float) -> tuple[list[float], float]:
    """The room shared among gaps, each up to its most, and the rest of it."""
    whole = sum(takes)
    share = min(1.0, room / whole) if whole else 0.0
    return [step + share * take for step, take in zip(grown, takes, strict=True)], room - share * whole


def _opens_at_last(before: Cell, after: Cell) -> bool:
    """Whether a gap may open if a line has hardly any others: anywhere except within words and numbers."""
    return not before.tied and before.advance > 0 and not (before.kind in LATINS and after.kind in LATINS)


def _opens_at_need(before: Cell, after: Cell) -> bool:
    """Whether a gap may open if a line has few: beside brackets too, but not between closed-up marks (。」)."""
    closed = (before.kind in _CLOSE and after.kind in _CLOSE) or before.kind is after.kind is Kind.OPENING
    return _opens_at_last(before, after) and not closed


def _opens(before: Cell, after: Cell) -> bool:
    """Whether a plain gap may open between two characters: not within words, nor on the ink side of brackets."""
    if not _opens_at_need(before, after):
        return False
    if before.kind is Kind.PREFIX or after.kind is Kind.POSTFIX:
        return False
    return before.kind not in _NO_GAP_AFTER and after.kind not in _NO_GAP_BEFORE
