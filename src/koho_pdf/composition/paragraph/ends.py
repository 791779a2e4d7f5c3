"""Decides where a line ends: it takes as much as fits, keeps groups whole, and avoids a last line that is too short.

A line that is a little too long is first narrowed (追込み); otherwise its end goes to the next line (追出し). A group
that is better whole (``breaks.End``) is broken only if the line would otherwise be torn open. A last line does not have
a single character: the line before it takes the character in, or gives some of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from koho_pdf.composition.paragraph.breaks import ONLY_IF_LONGER, End
from koho_pdf.composition.paragraph.classes import NOT_AT_END, NOT_AT_START, PUNCTUATION, SPACES, Kind
from koho_pdf.composition.paragraph.paragraph import HAIR, HANGING, Cell, Paragraph, last_set
from koho_pdf.composition.paragraph.phrased import planned
from koho_pdf.composition.paragraph.spread import LOOSE, widened

_NEARLY_FULL = 0.02  # em: a line that is short by less needs no 追込み
_ACCEPTED = {End.PARTS: 0.2, End.PIECES: 0.3, End.THOUSANDS: 0.5, End.SCALES: 0.3, End.LETTERS: 0.3}
"""For each kind of break: how far every gap of a line may open, in em, before this worse break is taken."""
_HOLE = 3.6  # em: a ragged line that is short by more takes the first part of a date or an amount (1回|100円)
_FEW = 40  # cells: a longer rest is never a short last line
_MUCH = 1.5  # em: a wider cell is not a stray character


def end_of(paragraph: Paragraph, first: int, measure: float, justify: bool, hanging: bool) -> int:
    """The end of the line that begins with cell ``first`` (see ``line.fill``)."""

    def filled(first: int) -> int:
        end = _filling(paragraph, first, measure, justify, hanging)
        return _with_company(paragraph, first, end, measure, justify, hanging)

    if justify or not paragraph.phrases:
        return filled(first)
    if (first, measure, hanging) not in paragraph.planned:
        begin = first
        for end in planned(paragraph, first, measure, hanging, filled):
            paragraph.planned[begin, measure, hanging] = end
            begin = end
    return paragraph.planned[first, measure, hanging]


def _end_with(cells: Sequence[Cell], end: int) -> int:
    """The end of a line with cells up to ``end``: a forced break right after them, or after spaces, belongs to it."""
    beyond = end
    while beyond < len(cells) and cells[beyond].kind is Kind.SPACE:
        beyond += 1
        if cells[beyond - 1].forced:
            return beyond
    return end


def _filling(paragraph: Paragraph, first: int, measure: float, justify: bool, hanging: bool) -> int:
    """Where the line ends: at one more break (追込み) if its spaces can give that much, otherwise at the best break
    that fits.
    """
    cells, inks, steps = paragraph.cells, paragraph.inks, paragraph.steps
    natural, gives, room = -paragraph.heads[first], 0.0, measure + HAIR
    fitting, short = 0, 0.0
    worse: dict[int, tuple[int, float]] = {}  # by badness of the break: the longest line, and how short it is
    cut, cuts_well = first + 1, False  # the cut in a word longer than the measure
    for place in range(first, len(cells)):
        cell = cells[place]
        if cell.forced:  # nothing before it fits, or it is alone
            return place + 1 if place == first else fitting or cut
        width = natural if cell.kind in SPACES else natural + inks[place]
        if cell.ends == End.FREELY:
            end = _end_with(cells, place + 1)
            if width <= room:
                fitting, short = end, measure - width
                worse.clear()
                if cells[end - 1].forced:
                    return end
            elif hanging and cell.kind in HANGING and natural - gives <= room:
                return end
            elif width - gives <= room:
                return fitting if fitting and short <= _NEARLY_FULL * cell.em else end
            elif fitting or worse:
                break
        elif cell.ends and width - gives <= room:
            worse[cell.ends] = place + 1, max(0.0, measure - width)
        if not fitting and width <= room:
            well = not cell.tied and _obeys(cells, place)
            if well or not cuts_well:
                cut, cuts_well = place + 1, well
        if place + 1 < len(cells):
            natural += steps[place]
            gives += paragraph.gives[place] if justify else 0.0
        if natural - gives > measure + cell.em:
            break
    if fitting and not justify and End.PARTS in worse and short > _HOLE * cells[first].em:
        return worse[End.PARTS][0]
    if not worse or (fitting and not justify):
        torn = _torn(paragraph, first, fitting, short, measure) if justify and fitting else 0
        return torn or fitting or cut
    return _best(paragraph, first, measure, (fitting, short), worse)


def _best(
    paragraph: Paragraph, first: int, measure: float, whole: tuple[int, float], worse: dict[int, tuple[int, float]]
) -> int:
    """The best of some ends: a worse one is taken only if a better one would open every gap further than the eye
    accepts. Each is an end and how much its line is short of the measure; ``whole`` is the one that keeps all words
    whole, at 0 if there is none.
    """
    best = whole[0] or worse[min(worse)][0]
    gap = _gap(paragraph, first, *whole) if whole[0] else float("inf")
    for ends in sorted(worse):
        if gap <= _ACCEPTED[End(ends)]:
            break
        end = worse[ends][0]
        if ends in ONLY_IF_LONGER and best != end < len(paragraph.cells) and _fits(paragraph, end, measure, End(ends)):
            break
        opened = _gap(paragraph, first, *worse[ends])
        if opened < gap:
            best, gap = worse[ends][0], opened
    return best


def _gap(paragraph: Paragraph, first: int, end: int, short: float) -> float:
    """How much every plain gap of a line is widened, in em, when the ``short`` length is shared."""
    last = last_set(paragraph, first, end)
    return widened(paragraph, first, last, short)[1] if last > first else float("inf")


def _torn(paragraph: Paragraph, first: int, fitting: int, short: float, measure: float) -> int:
    """Another end for a line that would be torn open before a word longer than any line, such as a long word under one
    reading. That word is cut on the next line anyway, so its beginning fills this line. 0 if the line is not torn open.
    """
    cells, inks = paragraph.cells, paragraph.inks
    if short <= cells[first].em or fitting >= len(cells) or _fits(paragraph, fitting, measure):
        return 0
    if _gap(paragraph, first, fitting, short) <= LOOSE:
        return 0
    end, place = 0, fitting
    width = sum(paragraph.steps[first:fitting]) - paragraph.heads[first]
    while place + 1 < len(cells) and width + inks[place] <= measure + HAIR:
        if _obeys(cells, place):
            end = place + 1
        width += paragraph.steps[place]
        place += 1
    return end


def _obeys(cells: Sequence[Cell], place: int) -> bool:
    """Whether 禁則 allows to cut a word that is longer than the measure after a cell."""
    return cells[place].kind not in NOT_AT_END and (
        place + 1 == len(cells) or cells[place + 1].kind not in NOT_AT_START
    )


def _fits(paragraph: Paragraph, place: int, measure: float, cut: End = End.SCALES) -> bool:
    """Whether the word or number around a place fits on a line of its own: all of an amount, or that part of it in
    which ``cut`` is."""
    cells, first, end = paragraph.cells, place, place
    inside = {End.NEVER, End.LETTERS, cut}
    room = measure + HAIR - paragraph.inks[place]
    while first and room >= 0 and cells[first - 1].ends in inside:
        first -= 1
        room -= paragraph.steps[first]
    while end < len(cells) - 1 and room >= 0 and cells[end].ends in inside:
        end += 1
        room -= paragraph.steps[end - 1]
    return room + paragraph.inks[place] - paragraph.inks[end] + paragraph.heads[first] >= 0


def _with_company(paragraph: Paragraph, first: int, end: int, measure: float, justify: bool, hanging: bool) -> int:
    """Another end if the last line would have too few characters: this line takes them in, or gives some of its own.
    ``end`` stays if both would open gaps that the eye does not accept.
    """
    cells = paragraph.cells
    if paragraph.cells[end - 1].forced or end == len(cells) or (missing := _missing(paragraph, end)) <= 0:
        return end
    stop = next((place + 1 for place in range(end, len(cells)) if cells[place].forced), len(cells))
    last = last_set(paragraph, first, stop)
    width = sum(paragraph.steps[first:last]) - paragraph.heads[first]
    gives = sum(paragraph.gives[first:last]) if justify else 0.0
    hangs = hanging and cells[last].kind in HANGING
    if width + (0.0 if hangs else paragraph.inks[last]) - gives <= measure + HAIR:
        return stop
    worse: dict[int, tuple[int, float]] = {}
    for place in range(end - 2, first, -1):
        missing -= _characters(paragraph, place + 1)
        ends = cells[place].ends
        if ends and ends not in ONLY_IF_LONGER and (missing > 0 or ends not in worse):
            last = last_set(paragraph, first, place + 1)
            short = measure - sum(paragraph.steps[first:last], paragraph.inks[last] - paragraph.heads[first])
            if (short / measure if not justify else _gap(paragraph, first, place + 1, short)) > LOOSE:
                break
            worse[ends] = place + 1, short
            if ends == End.FREELY and missing <= 0:
                break
    whole = worse.pop(End.FREELY, (0, 0.0))
    return _best(paragraph, first, measure, whole, worse) if whole[0] or worse else end


def _missing(paragraph: Paragraph, first: int) -> int:
    """How many characters are missing in a last line that begins with cell ``first``."""
    missing = paragraph.least
    for place in range(first, min(len(paragraph.cells), first + _FEW)):
        if paragraph.cells[place].forced:
            return missing
        missing -= _characters(paragraph, place)
        if missing <= 0:
            return 0
    return missing if first + _FEW >= len(paragraph.cells) else 0


def _characters(paragraph: Paragraph, place: int) -> int:
    """How many characters a cell is on a last line: none if it is punctuation, enough if it is a picture or note."""
    cell = paragraph.cells[place]
    if cell.kind in PUNCTUATION or cell.kind in SPACES or not cell.advance:
        return 0
    return paragraph.least if cell.kind is Kind.OBJECT or cell.advance > _MUCH * cell.em else 1
