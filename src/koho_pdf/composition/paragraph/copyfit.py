"""How much longer or shorter the end of a paragraph may become: its lines are filled again, nothing is composed.

Kanji are put behind its last character, or its last cells are cut. Lines never look further ahead than the next one
(``line``), so only the last lines are filled. All lengths are in the caller's unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from koho_pdf.composition.paragraph.breaks import End
from koho_pdf.composition.paragraph.classes import Kind
from koho_pdf.composition.paragraph.line import Cell, Paragraph, fill

_AHEAD = 3  # lines: a last line and the one before it depend on the end of the text; one more begins before them
_FURTHER = 2  # lines: those after them are full of kanji and all alike
_BEYOND = 8  # cells: a line takes in no more than that beyond its natural end when the text ends there


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a paragraph: its ``cells`` with the ``characters`` of each, the same with two kanji behind them
    (``longer``), the length of its first and of its other lines, and how they are set (see ``line.fill``,
    ``Paragraph.of``). It must not be cut before cells in ``bound`` (within a word, or the base of a reading). ``ends``
    are where its lines end, as filled.
    """

    cells: tuple[Cell, ...]
    longer: tuple[Cell, ...]
    characters: tuple[int, ...]
    measures: tuple[float, float]
    justify: bool
    hanging: bool
    autospace: bool
    least: int
    bound: frozenset[int] = frozenset()
    ends: tuple[int, ...] = field(init=False)
    _known: dict[int, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ends", self._ends(self.cells, 0))

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return len(self.ends)

    def most(self, lines: int) -> int:
        """The most kanji behind its last character with which it takes no more than so many further lines (0: none). A
        session asks again and again."""
        if lines not in self._known:
            self._known[lines] = self._most(lines)
        return self._known[lines]

    def _most(self, lines: int) -> int:
        kanji = self.longer[-2]
        step = max(kanji.advance + kanji.extra, kanji.advance / 10)  # with its 字間
        if step <= 0:  # text of no size, which is told elsewhere: any number of characters fits
            return 0
        full = self._ends((kanji,) * (int(self.measures[1] / step) + 4), 1)[0]
        tried = min(lines, _FURTHER)
        from_line, first = self._start(self.lines)
        behind = self._ends(self._with((tried + 2) * (full + 2), first), from_line)
        fits = max(0, first + behind[self.lines + tried - from_line - 1] - len(self.cells))
        while fits and self._lines_with(fits) > self.lines + tried:
            fits -= 1
        while self._lines_with(fits + 1) <= self.lines + tried:
            fits += 1
        return fits + (lines - tried) * full

    def fewest(self, lines: int) -> int | None:
        """The fewest characters that must go from its end so that it takes so many lines fewer; None if all would."""
        left = self.lines - lines
        if left < 1:
            return None
        from_line, first = self._start(left)
        for end in range(min(len(self.cells), self.ends[left - 1] + _BEYOND), first, -1):
            if end in self.bound:
                continue
            cut = (*self.cells[first : end - 1], self.cells[end - 1]._replace(ends=End.FREELY))
            if from_line + len(self._ends(cut, from_line)) <= left:
                return sum(self.characters[end:])
        return None

    def _lines_with(self, kanji: int) -> int:
        """Its lines with so many kanji behind it."""
        from_line, first = self._start(self.lines)
        return from_line + len(self._ends(self._with(kanji, first), from_line)) if kanji else self.lines

    def _with(self, kanji: int, first: int) -> tuple[Cell, ...]:
        """Its cells from ``first`` on with so many kanji behind them, one at least."""
        return (*self.longer[first:-2], *[self.longer[-2]] * (kanji - 1), self.longer[-1])

    def _start(self, lines: int) -> tuple[int, int]:
        """From which line on, and from which cell on, so many of its lines must be filled again."""
        from_line = max(0, lines - _AHEAD)
        first = self.ends[from_line - 1] if from_line else 0
        return from_line, _after_spaces(self.cells, first)

    def _ends(self, cells: Sequence[Cell], from_line: int) -> tuple[int, ...]:
        """Where lines of these cells end; the first is line ``from_line`` of the paragraph."""
        paragraph = Paragraph.of(cells, autospace=self.autospace, least=self.least)
        at, ends = 0, list[int]()
        while at < len(cells):
            measure = self.measures[bool(from_line + len(ends))]
            ends.append(fill(paragraph, at, measure, justify=self.justify, hanging=self.hanging).end)
            at = _after_spaces(cells, ends[-1])
        return tuple(ends)


def _after_spaces(cells: Sequence[Cell], at: int) -> int:
    """The first cell of the line after one that ends at ``at``: spaces do not begin a line."""
    while at < len(cells) and cells[at].kind is Kind.SPACE and not cells[at].forced:
        at += 1
    return at
