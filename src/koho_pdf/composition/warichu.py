"""Warichu (割注, JLREQ 3.4): a note in two lines of half size within a line of text, folded anew on each line it is on.

What is left of a note stands whole on its line if it fits there, as even as may be. If not, the line takes what fills
both its lines up to the measure, and the rest goes on in the next line. All lengths are in one unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from koho_pdf.composition.line import Cell, Line, Paragraph, opens
from koho_pdf.composition.line import fill as fill_line

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Annotated:
    """The cells of a paragraph with ``notes`` in it, each from its first cell up to its end; ``lines`` remembers."""

    cells: tuple[Cell, ...]
    notes: tuple[Span, ...]
    autospace: bool
    lines: dict[tuple[int, float, bool, bool], Line] = field(default_factory=dict)

    def whole(self, first: int = 0) -> Paragraph:
        """The paragraph with what every note has from ``first`` on folded in one piece."""
        return Paragraph.of(self._folded(first), autospace=self.autospace)

    def fill(self, first: int, measure: float, *, justify: bool, hanging: bool) -> Line:
        """As ``line.fill``; where ``places`` step back within a note, its second line begins."""
        key = first, measure, justify, hanging
        if key not in self.lines:
            self.lines[key] = self._filled(*key)
        return self.lines[key]

    def _filled(self, first: int, measure: float, justify: bool, hanging: bool) -> Line:
        paragraph = self.whole(first)
        line = fill_line(paragraph, first, measure, justify=justify, hanging=hanging)
        split = next(((max(start, first), end) for start, end in self.notes if end > max(first, line.end)), None)
        if split is None:
            return line
        start, end = split
        room = measure - sum(paragraph.steps[first:start], -paragraph.heads[first])
        turn, stop = _filling(self.cells, start, end, room, free=False)
        if not stop and line.end > start:  # a word longer than the measure is cut where it must be
            turn, stop = _filling(self.cells, start, end, room, free=True)
        if not stop:
            return line
        cells = self._folded(first)[:start] + _fold(self.cells[start:stop], turn - start, room if justify else 0.0)
        cells[-1] = cells[-1]._replace(ends=True)
        return fill_line(Paragraph.of(cells, autospace=self.autospace), first, measure, justify=justify)

    def _folded(self, first: int) -> list[Cell]:
        cells = list(self.cells)
        for start, end in ((max(note[0], first), note[1]) for note in self.notes if note[1] > first):
            cells[start:end] = _fold(cells[start:end], _even(cells[start:end]), 0.0)
        return cells


def _even(cells: Sequence[Cell]) -> int:
    """Where the second line begins: as even as may be; of equal ways the longer first line (JLREQ 3.4.2)."""
    ends = list(accumulate(cell.advance for cell in cells))
    ways = [number for number, cell in enumerate(cells, 1) if cell.ends or number == len(cells)]
    return min(ways, key=lambda turn: (round(max(ends[turn - 1], ends[-1] - ends[turn - 1]), 6), -turn))


def _filling(cells: Sequence[Cell], start: int, end: int, room: float, *, free: bool) -> Span:
    """Where the second line of a part begins and where the part ends, if two lines of ``room`` are filled; zeros where
    none may end. No single character is left for the next line. ``free`` lets lines end anywhere.
    """
    turn = _reach(cells, start, end - (2 if free else 3), room, free=free)
    stop = _reach(cells, turn, end - (1 if free else 2), room, free=free) if turn else 0
    return (turn, stop) if stop else (0, 0)


def _reach(cells: Sequence[Cell], start: int, end: int, room: float, *, free: bool) -> int:
    """Up to where cells from ``start`` on fit into ``room``, 0 if none do; ``free``: at least one does."""
    ends = accumulate(cell.advance for cell in cells[start:end])
    fitting = [
        number for number, width in enumerate(ends, start) if width <= room + 1e-6 and (free or cells[number].ends)
    ]
    return fitting[-1] + 1 if fitting else start + 1 if free and start < end else 0


def _fold(cells: Sequence[Cell], turn: int, width: float) -> list[Cell]:
    """A part in two lines, tied together, the second from ``turn`` on; both are spaced to ``width`` if they can be."""
    upper, lower = _spaced(cells[:turn], width), _spaced(cells[turn:], width)
    ends = [sum(cell.advance + cell.extra for cell in line) for line in (upper, lower)]
    rest = max(width, *ends) - ends[bool(lower)]
    if lower:
        upper[-1] = upper[-1]._replace(extra=upper[-1].extra - ends[0])
    folded = [cell._replace(full=False, tied=True, ends=False) for cell in upper + lower]
    last = folded[-1]
    folded[-1] = last._replace(
        tied=False, ends=cells[-1].ends, extra=cells[-1].extra + rest, trail=cells[-1].trail + rest
    )
    return folded


def _spaced(cells: Sequence[Cell], width: float) -> list[Cell]:
    """One line of a part, its gaps opened alike up to ``width``."""
    gaps = [opens(before, after) for before, after in pairwise(cells)]
    lacking = width - sum(cell.advance for cell in cells)
    share = lacking / sum(gaps) if any(gaps) and lacking > 0 else 0.0
    return [cell._replace(extra=share * gap) for cell, gap in zip(cells, [*gaps, False], strict=True)] if cells else []
