"""How a line gives way (追込み) and how it is widened (JLREQ 3.8.3, 3.8.4): what each of its spaces gives or takes."""

from __future__ import annotations

from itertools import pairwise

from koho_pdf.composition.classes import LATINS, Kind
from koho_pdf.composition.paragraph import HAIR, Cell, Paragraph

WIDEST = 0.5
"""In em: a gap that opens further is a hole."""
_NO_GAP_BEFORE = frozenset({Kind.CLOSING, Kind.MIDDLE_DOT, Kind.DIVIDING, Kind.LATIN_CLOSING, Kind.LATIN_STOP})
_NO_GAP_AFTER = frozenset({Kind.OPENING, Kind.LATIN_OPENING})


def squeezed(paragraph: Paragraph, first: int, last: int, over: float) -> list[float]:
    """What each space gives, turn by turn: word spaces, punctuation, quarter ems (JLREQ 3.8.3)."""
    grown = [0.0] * (last - first)
    for turn in (0, 1, 2):
        spaces = zip(paragraph.akis[first:last], paragraph.gives[first:last], strict=True)
        gives = [give if aki.turn == turn else 0.0 for aki, give in spaces]
        share = min(1.0, over / sum(gives)) if sum(gives) else 0.0
        grown = [step - share * give for step, give in zip(grown, gives, strict=True)]
        over -= share * sum(gives)
    return grown


def widened(paragraph: Paragraph, first: int, last: int, room: float) -> tuple[list[float], float]:
    """What each space takes: word spaces and quarter ems up to half an em, then every gap alike (JLREQ 3.8.4); and what
    that is of every gap, in em."""
    spaces = zip(paragraph.akis[first:last], paragraph.ems[first:last], strict=True)
    takes = [aki.takes * em for aki, em in spaces]
    share = min(1.0, room / sum(takes)) if sum(takes) else 0.0
    grown = [share * take for take in takes]
    room -= share * sum(takes)
    if room > HAIR:
        cells = paragraph.cells[first : last + 1]
        opening = [_opens(before, after) for before, after in pairwise(cells)]
        if room > WIDEST * cells[0].em * sum(opening):  # few gaps: better beside brackets too than one wide hole
            opening = [_opens_at_need(before, after) for before, after in pairwise(cells)]
        if not any(opening):
            opening = [not cell.tied for cell in cells[:-1]]
        share = room / sum(opening) if any(opening) else 0.0
        grown = [step + share * opens for step, opens in zip(grown, opening, strict=True)]
        return grown, share / cells[0].em if any(opening) else float("inf")
    return grown, 0.0


def _opens_at_need(before: Cell, after: Cell) -> bool:
    """Whether a gap may open where a line has no other: anywhere but within words and numbers."""
    return not before.tied and before.advance > 0 and not (before.kind in LATINS and after.kind in LATINS)


def _opens(before: Cell, after: Cell) -> bool:
    """Whether a plain gap may open between two characters: not within words, nor on the ink side of brackets."""
    if not _opens_at_need(before, after):
        return False
    if before.kind is Kind.PREFIX or after.kind is Kind.POSTFIX:
        return False
    return before.kind not in _NO_GAP_AFTER and after.kind not in _NO_GAP_BEFORE
