"""Warichu (割注, JLREQ 3.4): a note in two lines of half size within a line of text, folded anew on each line it is on.

If the rest of a note fits on its line, it is set there in two lines that are as even as possible. If not, the line
takes as much as fills two lines up to the measure, and the rest goes on in the next line. For the line around it a part
of a note is one cell; inside it, the rules of any line hold. All lengths are in one unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, takewhile

from koho_pdf.composition.paragraph.breaks import End
from koho_pdf.composition.paragraph.classes import Kind
from koho_pdf.composition.paragraph.line import Cell, Line, Paragraph
from koho_pdf.composition.paragraph.line import fill as fill_line
from koho_pdf.composition.paragraph.paragraph import LAST_LINE

_HAIR = 1e-6
_ENDLESS = 1e9


@dataclass(frozen=True, slots=True)
class _Part:
    """The cells of a note from ``start`` up to ``end`` in one or two lines, and the one cell that stands for them."""

    start: int
    end: int
    lines: tuple[Line, ...]
    cell: Cell


@dataclass(frozen=True, slots=True)
class Annotated:
    """The cells of a paragraph with ``notes`` in it, each from its first cell up to its end; ``lines`` remembers."""

    cells: tuple[Cell, ...]
    notes: tuple[tuple[int, int], ...]
    autospace: bool
    least: int = LAST_LINE
    lines: dict[tuple[int, float, bool, bool], Line] = field(default_factory=dict)

    def whole(self) -> Paragraph:
        """The paragraph with each note in one piece."""
        return self._around(0, len(self.cells), self._parts(0))

    def fill(self, first: int, measure: float, *, justify: bool, hanging: bool) -> Line:
        """As ``line.fill``; if ``places`` step back within a note, its second line begins there."""
        key = first, measure, justify, hanging
        if key not in self.lines:
            self.lines[key] = self._filled(*key)
        return self.lines[key]

    def _filled(self, first: int, measure: float, justify: bool, hanging: bool) -> Line:
        parts = self._parts(first)
        around = self._around(first, len(self.cells), parts)
        line = _within(fill_line(around, 0, measure, justify=justify, hanging=hanging), first, parts)
        fits = self.cells[line.end - 1].ends and line.width <= measure + _HAIR
        split = next((part for part in parts if part.end > line.end or (part.end == line.end and not fits)), None)
        if split is None:
            return line
        before = list(takewhile(lambda part: part is not split, parts))
        room = measure - sum(self._around(first, split.start + 1, [*before, split]).steps, -around.heads[0])
        part = self._filling(split, room, justify=justify, forced=False)
        if part is None and not fits:  # a word longer than the measure is cut
            part = self._filling(split, room, justify=justify, forced=True)
        if part is None:
            return line
        around = self._around(first, part.end, [*before, part])
        return _within(fill_line(around, 0, measure, justify=justify), first, [*before, part])

    def _around(self, first: int, end: int, parts: Sequence[_Part]) -> Paragraph:
        """The cells from ``first`` up to ``end`` with each part as one cell."""
        cells, place = list[Cell](), first
        for part in parts:
            cells += [*self.cells[place : part.start], part.cell]
            place = part.end
        return Paragraph.of(cells + list(self.cells[place:end]), autospace=self.autospace, least=self.least)

    def _parts(self, first: int) -> list[_Part]:
        """The rest of each note from ``first`` on, in one piece."""
        return [self._even(max(start, first), end) for start, end in self.notes if end > first]

    def _even(self, start: int, end: int) -> _Part:
        """The whole note, as even as possible; of equal ways the one with the longer first line (JLREQ 3.4.2)."""
        note = Paragraph.of(_bare(self.cells[start:end]), autospace=self.autospace)
        size = end - start
        turns = [turn for turn in range(1, size + 1) if turn == size or note.cells[turn - 1].ends == End.FREELY]
        ways = [(_natural(note, 0, turn), _natural(note, turn, size)) for turn in turns]
        lines = min(ways, key=lambda way: (round(max(way[0].width, way[1].width), 6), -way[0].end))
        return self._part(start, tuple(line for line in lines if line.places), 0.0)

    def _filling(self, note: _Part, room: float, *, justify: bool, forced: bool) -> _Part | None:
        """The part of a note that fills two lines of ``room``; None if a word would have to be cut, unless ``forced``.
        No single character is left for the next line.
        """
        end = note.end - (1 if forced else 2)
        while end > note.start and not (forced or self.cells[end - 1].ends):
            end -= 1
        if end - note.start < 2 or room <= 0:
            return None
        beyond = self.cells[end]._replace(kind=Kind.IDEOGRAPH, advance=_ENDLESS)
        paragraph = Paragraph.of([*_bare(self.cells[note.start : end]), beyond], autospace=self.autospace)
        upper = fill_line(paragraph, 0, room, justify=justify)
        if upper.end >= end - note.start:
            upper = _natural(paragraph, 0, 1)
        lower = fill_line(paragraph, upper.end, room, justify=justify)
        ends = (paragraph.cells[line.end - 1].ends and line.width <= room + _HAIR for line in (upper, lower))
        return self._part(note.start, (upper, lower), room if justify else 0.0) if forced or all(ends) else None

    def _part(self, start: int, lines: tuple[Line, ...], width: float) -> _Part:
        end = start + lines[-1].end
        first, last = self.cells[start], self.cells[end - 1]
        width = max(width, *(line.width for line in lines))
        cell = Cell(Kind.IDEOGRAPH, width, last.em, last.ends, extra=last.extra, lead=first.lead, trail=last.trail)
        return _Part(start, end, lines, cell._replace(opens=first.opens, closes=last.closes))


def _bare(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a note without the edges of the elements around it; its part has these."""
    return [cell._replace(lead=0.0, trail=0.0, opens=False, closes=False) for cell in cells]


def _natural(paragraph: Paragraph, first: int, end: int) -> Line:
    """These cells on a line at normal spaces."""
    if first == end:
        return Line(first, end, (), 0.0)
    places = tuple(accumulate(paragraph.steps[first : end - 1], initial=-paragraph.heads[first]))
    return Line(first, end, places, places[-1] + paragraph.inks[end - 1])


def _within(line: Line, first: int, parts: Sequence[_Part]) -> Line:
    """A line of cells and parts as one of cells alone."""
    places, begins = list[float](), {part.start: part for part in parts}
    for place in line.places:
        part = begins.get(first + len(places))
        if part is None:
            places.append(place)
        else:
            places += [place + inner for within in part.lines for inner in within.places]
    return Line(first, first + len(places), tuple(places), line.width)
