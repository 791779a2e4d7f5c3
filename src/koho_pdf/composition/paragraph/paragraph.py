"""A paragraph as its lines see it: cells, the space between each and the next, and a line of cells.

All lengths are in one unit, whatever the caller's is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from koho_pdf.composition.paragraph.breaks import End
from koho_pdf.composition.paragraph.classes import PUNCTUATION, SPACES, Kind
from koho_pdf.composition.paragraph.spacing import LATIN_TURN, SOLID, Aki, between, blank_after, blank_before

_WORD_SPACE = (0.2, 0.5)  # em: the least and the most a word space becomes (JLREQ 3.8.3, 3.8.4)
_FULL_EM = 0.95  # of an em: a character that is narrower is not full-width (proportional faces)
_NOT_TIGHTENED = SPACES | {Kind.OBJECT}
HAIR = 1e-6
"""The allowed rounding error of sums of lengths."""
HANGING = frozenset({Kind.FULL_STOP, Kind.COMMA})
"""The classes that may stand outside the measure (ぶら下げ)."""
LAST_LINE = 2
"""The least number of characters of a last line, not counting punctuation, if its paragraph allows it."""


class Cell(NamedTuple):
    """A character as a line sees it: its ``advance``, the ``em`` of its type, its class, and its ties to the next.
    ``ends`` tells how well a line ends after it (``breaks.End``; 0: not at all), ``tied`` that space must never open
    after it (――, numbers, the base of a ruby). ``full`` says that a punctuation sign really takes a full em, so that
    its blank half can be removed; ``extra`` is space that always follows it. ``lead`` and ``trail`` are its distances
    from a line's head and end (for a longer reading, or a border); ``firm``, in em, is the part of the space after it
    that cannot be taken away (a reading is over it). A line must end after a ``forced`` cell (a ``br``), and is then
    set like a last line. A cell that ``opens`` or ``closes`` a box is flush in it, as at a line's head or end.
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
        """The blank space before its ink."""
        return blank_before(self.kind) * self.em if self.full else 0.0

    @property
    def tail(self) -> float:
        """The blank space after its ink."""
        return blank_after(self.kind) * self.em if self.full else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Cells from ``first`` up to ``end`` (not included), and the beginning of each cell's em from the line's head.
    ``width`` is the end of the last cell's ink; beyond the measure if punctuation hangs. ``opened`` is how much every
    plain gap was widened to fill the measure, in em.
    """

    first: int
    end: int
    places: tuple[float, ...]
    width: float
    opened: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The cells of a paragraph, and the gaps between them (one less than the cells). They are measured once, because
    the same lines may be asked for again and again (columns are balanced by trying): ``heads`` are the blanks before
    each cell's ink at a line's head, ``inks`` the ends of its ink at a line's end, ``steps`` the distances to the next
    cell at normal spaces, ``gives`` how much each space can give way. ``least`` is the least number of characters of
    the last line; ``phrases`` what it costs to end a line after each cell, if lines end at phrases (``phrased.py``);
    ``lines`` remembers filled lines, ``planned`` the ends of those.
    """

    cells: tuple[Cell, ...]
    akis: tuple[Aki, ...]
    ems: tuple[float, ...]
    heads: tuple[float, ...]
    inks: tuple[float, ...]
    steps: tuple[float, ...]
    gives: tuple[float, ...]
    least: int
    phrases: tuple[float, ...]
    lines: dict[tuple[int, float, bool, bool], Line]
    planned: dict[tuple[int, float, bool], int]

    @classmethod
    def of(
        cls, cells: Sequence[Cell], *, autospace: bool = True, least: int = LAST_LINE, phrases: Sequence[float] = ()
    ) -> Paragraph:
        """Measure the cells. ``autospace``: whether Latin gets its quarter em beside Japanese (CSS Text 4, 8.5)."""
        kept = tuple(cells)  # one object may stand for many characters; each object and each pair is measured once
        alone = {id(cell): cell for cell in kept}
        edges = {key: (cell.head - cell.lead, cell.advance - cell.tail + cell.trail) for key, cell in alone.items()}
        gaps: dict[tuple[int, int], tuple[Aki, float, float, float]] = {}
        between = []
        for before, after in pairwise(kept):
            key = id(before), id(after)
            if key not in gaps:
                gaps[key] = _gap(before, after, autospace)
            between.append(gaps[key])
        heads, inks = zip(*[edges[id(cell)] for cell in kept], strict=True) if kept else ((), ())
        akis, ems, steps, gives = zip(*between, strict=True) if between else ((), (), (), ())
        return cls(kept, akis, ems, heads, inks, steps, gives, least, tuple(phrases), {}, {})


def _gap(before: Cell, after: Cell, autospace: bool) -> tuple[Aki, float, float, float]:
    """The gap between two cells: its space, the em it is measured in, the step from place to place, how much it gives
    way.
    """
    if before.kind is Kind.SPACE:
        aki = _word_space(before)
    else:
        first = Kind.OBJECT if before.closes else before.kind
        then = Kind.OBJECT if after.opens else after.kind
        aki = _aki(first, before.full, before.tied, then, after.full, autospace, before.firm)
    em = before.em if before.em == after.em else _em(before, after)
    step = before.advance - before.tail + aki.normal * em - after.head + before.extra
    return aki, em, step, min(aki.gives * em, max(0.0, step))  # no cell is drawn before the one in front of it


def is_tightened(before: Cell, after: Cell) -> bool:
    """Whether ``tracking`` narrows the space between two cells (均等詰め組, JLREQ 2.1.2): where two full-width
    characters stand solid. The spaces of punctuation keep what is theirs (3.1.2), closed-up marks (。」) do not come
    nearer, and nothing is narrowed within ――, …… and numbers, or beside Latin, spaces and pictures.
    """
    if before.tied or not _NOT_TIGHTENED.isdisjoint((before.kind, after.kind)):
        return False
    if before.kind in PUNCTUATION and after.kind in PUNCTUATION:
        return False
    full = all(cell.advance >= _FULL_EM * cell.em for cell in (before, after))
    return full and between(before.kind, after.kind).normal == 0


def _em(before: Cell, after: Cell) -> float:
    """The em of the space between two sizes of type: that of the punctuation, otherwise the larger one."""
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
    """The min-content and max-content widths (CSS Sizing 3): the longest group that is better whole, and the longest
    line between forced breaks.
    """
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
