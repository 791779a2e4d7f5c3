"""One line at a time (一行コンポーザー): how much text a measure takes, and where on it each character stands.

Lines are composed one by one and never look back or ahead further than one break: an edited article moves no line of
another, and no line above the edit (stable lines beat optimal lines). A line that is a little too long gives way
first (追込み), else its end goes to the next line (追出し) and what is left of it is widened (JLREQ 3.8.2-3.8.4).
All lengths are in one unit, whatever the caller's is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from koho_pdf.composition.classes import NOT_AT_END, NOT_AT_START, SPACES, Kind
from koho_pdf.composition.spacing import LATIN_TURN, SOLID, Aki, between, blank_after, blank_before

_HAIR = 1e-6
_NEARLY_FULL = 0.02  # em: a line that is short by less needs no 追込み
_WIDEST = 0.5  # em: a gap wider than this is a hole
_WORD_SPACE = (0.2, 0.5)  # em: the least and the most a word space becomes (JLREQ 3.8.3, 3.8.4)
_HANGING = frozenset({Kind.FULL_STOP, Kind.COMMA})
_NO_GAP_BEFORE = frozenset({Kind.CLOSING, Kind.COMMA, Kind.FULL_STOP, Kind.MIDDLE_DOT, Kind.DIVIDING})


class Cell(NamedTuple):
    """A character as a line sees it: its ``advance``, the ``em`` of its type, its class, and its ties to the next.

    ``ends`` tells whether a line may end after it, ``tied`` that no space may ever open after it (――, numbers, the
    base of a ruby). ``full`` says that a sign of punctuation really occupies a full em, so that its blank half can be
    taken away; ``extra`` is space that always follows it. ``lead`` and ``trail`` are what it keeps from a line's head
    and end (its reading goes beyond it, or a border is around it); ``firm``, in em, is what the space after it may not
    give away (a reading is over it). A line must end after a cell that is ``forced`` (a ``br``), and is then as a last
    line. What ``opens`` or ``closes`` a box of its own is flush in it, as at a line's head or end.
    """

    kind: Kind
    advance: float
    em: float
    ends: bool
    tied: bool = False
    full: bool = True
    extra: float = 0.0
    lead: float = 0.0
    trail: float = 0.0
    firm: float = 0.0
    forced: bool = False
    opens: bool = False
    closes: bool = False

    @property
    def head(self) -> float:
        """The blank before its ink."""
        return blank_before(self.kind) * self.em if self.full else 0.0

    @property
    def tail(self) -> float:
        """The blank after its ink."""
        return blank_after(self.kind) * self.em if self.full else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Cells from ``first`` up to ``end`` (not included), and where each one's own em begins, from the line's head.

    ``width`` is where the ink of the last one ends; it is beyond the measure where punctuation hangs.
    """

    first: int
    end: int
    places: tuple[float, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The cells of a paragraph, and what lies between each and the next (one less than the cells).

    Measured once, since a paragraph may be asked for the same lines again and again (columns are balanced by trying):
    ``heads`` lie before each cell's ink at a line's head, ``inks`` end it from its place at a line's end, ``steps``
    lead from each place to the next at normal spaces, ``gives`` is how far each space gives way. ``lines`` remembers
    what was filled.
    """

    cells: tuple[Cell, ...]
    akis: tuple[Aki, ...]
    ems: tuple[float, ...]
    heads: tuple[float, ...]
    inks: tuple[float, ...]
    steps: tuple[float, ...]
    gives: tuple[float, ...]
    lines: dict[tuple[int, float, bool, bool], Line]

    @classmethod
    def of(cls, cells: Sequence[Cell], *, autospace: bool = True) -> Paragraph:
        """``autospace``: whether Latin gets its quarter em beside Japanese (CSS Text 4, 8.5)."""
        akis = tuple(
            _word_space(before)
            if before.kind is Kind.SPACE
            else _aki(
                Kind.OBJECT if before.closes else before.kind,
                before.full,
                before.tied,
                Kind.OBJECT if after.opens else after.kind,
                after.full,
                autospace,
                before.firm,
            )
            for before, after in pairwise(cells)
        )
        ems = tuple(before.em if before.em == after.em else _em(before, after) for before, after in pairwise(cells))
        heads = tuple(cell.head - cell.lead for cell in cells)
        inks = tuple(cell.advance - cell.tail + cell.trail for cell in cells)
        steps = tuple(
            before.advance - before.tail + aki.normal * em - after.head + before.extra
            for (before, after), aki, em in zip(pairwise(cells), akis, ems, strict=True)
        )
        gives = tuple(aki.gives * em for aki, em in zip(akis, ems, strict=True))
        return cls(tuple(cells), akis, ems, heads, inks, steps, gives, {})


def _em(before: Cell, after: Cell) -> float:
    """Space beside type of two sizes is that of the punctuation's own, else of the larger."""
    if before.tail:
        return before.em
    return after.em if after.head else max(before.em, after.em)


def _word_space(cell: Cell) -> Aki:
    width = cell.advance / cell.em
    return Aki(0, min(0, _WORD_SPACE[0] - width), max(0, _WORD_SPACE[1] - width), 0)


@cache
def _aki(
    before: Kind, before_full: bool, tied: bool, after: Kind, after_full: bool, autospace: bool, firm: float
) -> Aki:
    if tied or (not before_full and blank_after(before)) or (not after_full and blank_before(after)):
        return SOLID
    aki = between(before, after)
    if firm > aki.least:
        aki = Aki(aki.normal, min(firm, aki.normal), aki.most, aki.turn)
    return SOLID if aki.turn == LATIN_TURN and not autospace else aki


def fill(paragraph: Paragraph, first: int, measure: float, *, justify: bool = True, hanging: bool = False) -> Line:
    """The line that begins with cell ``first``; its ends are flush with ``measure`` unless it is the paragraph's last.

    Without ``justify`` it keeps its natural spaces. With ``hanging``, one full stop or comma may stand outside the
    measure (ぶら下げ, JLREQ 3.8.2). A word that is longer than the measure is cut where it must be.
    """
    key = first, measure, justify, hanging
    if key not in paragraph.lines:
        paragraph.lines[key] = _filled(paragraph, *key)
    return paragraph.lines[key]


def _filled(paragraph: Paragraph, first: int, measure: float, justify: bool, hanging: bool) -> Line:
    end = _end(paragraph, first, measure, justify, hanging)
    places = list(accumulate(paragraph.steps[first : end - 1], initial=-paragraph.heads[first]))
    last = end - 1
    while last > first and paragraph.cells[last].kind in SPACES:
        last -= 1
    width = places[last - first] + paragraph.inks[last]
    hangs = hanging and width > measure + _HAIR and paragraph.cells[last].kind in _HANGING
    room = measure + (paragraph.inks[last] if hangs else 0.0)
    if justify and width > room + _HAIR:
        grown = _squeezed(paragraph, first, last, width - room)
    elif justify and end < len(paragraph.cells) and not paragraph.cells[end - 1].forced and width < room - _HAIR:
        grown = _widened(paragraph, first, last, room - width)
    else:
        return Line(first, end, tuple(places), width)
    moved = 0.0
    for number, step in enumerate([*grown, *[0.0] * (end - 1 - last)], 1):
        moved += step
        places[number] += moved
    return Line(first, end, tuple(places), width + moved)


def content_widths(paragraph: Paragraph) -> tuple[float, float]:
    """The min-content and max-content widths (CSS Sizing 3): the longest unbreakable part, and the longest line of
    those that forced breaks make."""
    longest = widest = start = head = 0.0
    places = list(accumulate(paragraph.steps, initial=-paragraph.heads[0]))
    for cell, place, ink in zip(paragraph.cells, places, paragraph.inks, strict=True):
        longest = max(longest, place + ink - start)
        widest = max(widest, place + ink - head) if cell.kind is not Kind.SPACE else widest
        start = place + ink if cell.ends else start
        head = place if cell.forced else head
    return longest, widest


def _end_with(cells: Sequence[Cell], end: int) -> int:
    """Where a line ends that has cells up to ``end``: a forced break right after them, or after spaces, is its own."""
    beyond = end
    while beyond < len(cells) and cells[beyond].kind is Kind.SPACE:
        beyond += 1
        if cells[beyond - 1].forced:
            return beyond
    return end


def _end(paragraph: Paragraph, first: int, measure: float, justify: bool, hanging: bool) -> int:
    """Where the line ends: 追込み of one more break if its spaces can give that much, else the last break that fits."""
    cells, inks, steps = paragraph.cells, paragraph.inks, paragraph.steps
    natural, gives, room = -paragraph.heads[first], 0.0, measure + _HAIR
    fitting, short = 0, 0.0
    cut, cuts_well = first + 1, False  # where a word longer than the measure is cut
    for place in range(first, len(cells)):
        cell = cells[place]
        if cell.forced:  # what is before it did not fit, or it is alone
            return place + 1 if place == first else fitting or cut
        width = natural if cell.kind in SPACES else natural + inks[place]
        if cell.ends:
            end = _end_with(cells, place + 1)
            if width <= room:
                fitting, short = end, measure - width
                if cells[end - 1].forced:
                    return end
            elif hanging and cell.kind in _HANGING and natural - gives <= room:
                return end
            elif width - gives <= room:
                return fitting if fitting and short <= _NEARLY_FULL * cell.em else end
            elif fitting:
                return fitting
        if not fitting and width <= room:
            well = (
                not cell.tied
                and cell.kind not in NOT_AT_END
                and (place + 1 == len(cells) or cells[place + 1].kind not in NOT_AT_START)
            )
            if well or not cuts_well:
                cut, cuts_well = place + 1, well
        if place + 1 < len(cells):
            natural += steps[place]
            gives += paragraph.gives[place] if justify else 0.0
        if natural - gives > measure + cell.em:
            break
    return fitting or cut


def _squeezed(paragraph: Paragraph, first: int, last: int, over: float) -> list[float]:
    """What each space gives, turn by turn: word spaces, punctuation, quarter ems (JLREQ 3.8.3)."""
    grown = [0.0] * (last - first)
    for turn in (0, 1, 2):
        spaces = zip(paragraph.akis[first:last], paragraph.gives[first:last], strict=True)
        gives = [give if aki.turn == turn else 0.0 for aki, give in spaces]
        share = min(1.0, over / sum(gives)) if sum(gives) else 0.0
        grown = [step - share * give for step, give in zip(grown, gives, strict=True)]
        over -= share * sum(gives)
    return grown


def _widened(paragraph: Paragraph, first: int, last: int, room: float) -> list[float]:
    """What each space takes: word spaces and quarter ems up to half an em, then every gap alike (JLREQ 3.8.4)."""
    spaces = zip(paragraph.akis[first:last], paragraph.ems[first:last], strict=True)
    takes = [aki.takes * em for aki, em in spaces]
    share = min(1.0, room / sum(takes)) if sum(takes) else 0.0
    grown = [share * take for take in takes]
    room -= share * sum(takes)
    if room > _HAIR:
        cells = paragraph.cells[first : last + 1]
        opening = [_opens(before, after) for before, after in pairwise(cells)]
        if room > _WIDEST * cells[0].em * sum(opening):  # few gaps: better beside brackets too than one wide hole
            opening = [_opens_at_need(before, after) for before, after in pairwise(cells)]
        if not any(opening):
            opening = [not cell.tied for cell in cells[:-1]]
        share = room / sum(opening) if any(opening) else 0.0
        grown = [step + share * opens for step, opens in zip(grown, opening, strict=True)]
    return grown


def _opens_at_need(before: Cell, after: Cell) -> bool:
    """Whether a gap may open where a line has no other: anywhere but within words and numbers."""
    return not before.tied and (before.kind is not Kind.LATIN or after.kind is not Kind.LATIN)


def _opens(before: Cell, after: Cell) -> bool:
    """Whether a plain gap may open between two characters: not within words, nor on the ink side of brackets."""
    if not _opens_at_need(before, after):
        return False
    if before.kind is Kind.PREFIX or after.kind is Kind.POSTFIX:
        return False
    return before.kind is not Kind.OPENING and after.kind not in _NO_GAP_BEFORE
