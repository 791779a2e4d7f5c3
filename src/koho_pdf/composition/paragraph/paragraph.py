"""A paragraph as its lines see it: cells, what lies between each and the next, and a line of them.

All lengths are in one unit, whatever the caller's is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from koho_pdf.composition.paragraph.breaks import End
from koho_pdf.composition.paragraph.classes import SPACES, Kind
from koho_pdf.composition.paragraph.spacing import LATIN_TURN, SOLID, Aki, between, blank_after, blank_before

_WORD_SPACE = (0.2, 0.5)  # em: the least and the most a word space becomes (JLREQ 3.8.3, 3.8.4)
HAIR = 1e-6
"""What sums of lengths may differ by."""
HANGING = frozenset({Kind.FULL_STOP, Kind.COMMA})
"""What may stand outside the measure (ぶら下げ)."""
LAST_LINE = 2
"""How many characters a last line has at least, punctuation not counted, where its paragraph lets it."""


class Cell(NamedTuple):
    """A character as a line sees it: its ``advance``, the ``em`` of its type, its class, and its ties to the next.

    ``ends`` tells how well a line may end after it (``breaks.End``; 0, not at all), ``tied`` that no space may ever
    open after it (――, numbers, the base of a ruby). ``full`` says that a sign of punctuation really occupies a full
    em, so that its blank half can be taken away; ``extra`` is space that always follows it. ``lead`` and ``trail``
    are what it keeps from a line's head and end (its reading goes beyond it, or a border is around it); ``firm``,
    in em, is what the space after it may not give away (a reading is over it). A line must end after a cell that is
    ``forced`` (a ``br``), and is then as a last line. What ``opens`` or ``closes`` a box of its own is flush in it,
    as at a line's head or end.
    """

    kind: Kind
    advance: float
    em: float
    ends: int
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

    ``width`` is where the ink of the last one ends; it is beyond the measure where punctuation hangs. ``opened`` is by
    how much every plain gap of it was widened to fill the measure, in em.
    """

    first: int
    end: int
    places: tuple[float, ...]
    width: float
    opened: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The cells of a paragraph, and what lies between each and the next (one less than the cells).

    Measured once, since a paragraph may be asked for the same lines again and again (columns are balanced by trying):
    ``heads`` lie before each cell's ink at a line's head, ``inks`` end it from its place at a line's end, ``steps``
    lead from each place to the next at normal spaces, ``gives`` is how far each space gives way. ``least`` is how many
    characters its last line has at least; ``lines`` remembers what was filled.
    """

    cells: tuple[Cell, ...]
    akis: tuple[Aki, ...]
    ems: tuple[float, ...]
    heads: tuple[float, ...]
    inks: tuple[float, ...]
    steps: tuple[float, ...]
    gives: tuple[float, ...]
    least: int
    lines: dict[tuple[int, float, bool, bool], Line]

    @classmethod
    def of(cls, cells: Sequence[Cell], *, autospace: bool = True, least: int = LAST_LINE) -> Paragraph:
        """``autospace``: whether Latin gets its quarter em beside Japanese (CSS Text 4, 8.5)."""
        kept = tuple(cells)  # one object may stand for many characters: each, and each two, are measured once
        edges = {id(cell): (cell.head - cell.lead, cell.advance - cell.tail + cell.trail) for cell in kept}
        gaps: dict[tuple[int, int], tuple[Aki, float, float, float]] = {}
        between = []
        for before, after in pairwise(kept):
            key = id(before), id(after)
            if key not in gaps:
                gaps[key] = _gap(before, after, autospace)
            between.append(gaps[key])
        heads, inks = zip(*[edges[id(cell)] for cell in kept], strict=True) if kept else ((), ())
        akis, ems, steps, gives = zip(*between, strict=True) if between else ((), (), (), ())
        return cls(kept, akis, ems, heads, inks, steps, gives, least, {})


def _gap(before: Cell, after: Cell, autospace: bool) -> tuple[Aki, float, float, float]:
    """What lies between two cells: its space, the em of that, the step from place to place, how far it gives way."""
    if before.kind is Kind.SPACE:
        aki = _word_space(before)
    else:
        first = Kind.OBJECT if before.closes else before.kind
        then = Kind.OBJECT if after.opens else after.kind
        aki = _aki(first, before.full, before.tied, then, after.full, autospace, before.firm)
    em = before.em if before.em == after.em else _em(before, after)
    step = before.advance - before.tail + aki.normal * em - after.head + before.extra
    return aki, em, step, aki.gives * em


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


def content_widths(paragraph: Paragraph) -> tuple[float, float]:
    """The min-content and max-content widths (CSS Sizing 3): the longest part that is better whole, and the longest
    line of those that forced breaks make."""
    longest = widest = start = head = 0.0
    places = list(accumulate(paragraph.steps, initial=-paragraph.heads[0]))
    for cell, place, ink in zip(paragraph.cells, places, paragraph.inks, strict=True):
        longest = max(longest, place + ink - start)
        widest = max(widest, place + ink - head) if cell.kind is not Kind.SPACE else widest
        start = place + ink if cell.ends == End.FREELY else start
        head = place if cell.forced else head
    return longest, widest


def last_set(paragraph: Paragraph, first: int, end: int) -> int:
    """The last cell of a line that is not a space at its end."""
    last = end - 1
    while last > first and paragraph.cells[last].kind in SPACES:
        last -= 1
    return last
