"""Finds lines of text from the places of the glyphs alone: arithmetic, no PDF.

Everything is done in the coordinates of the text: ``u`` runs along a line, ``w`` from line to line. Horizontal text
has u = x, w = y; vertical text has u = y, w = -x (lines follow each other from right to left). So a column of
horizontal text and a 段 of vertical text are the same thing, and one rule reads both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from statistics import median

from koho_pdf.archive.ingest.glyphs import UNKNOWN, Glyph
from koho_pdf.geometry import Rect

UNREAD = "〓"  # the printers' mark for missing type (下駄)
_SPACES = " \u3000\u00a0"
_OVER, _OF_CELL = 0.2, 0.4  # how far a second printing of a glyph is moved: share of its em, of its own cell
_MOST_IN_A_CELL = 64  # per cell of the grid: more glyphs than this on one spot are not text
_LATIN = re.compile(r"[\u0021-\u007e\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line in reading order, its box in mm from the page's top left, its em in mm."""

    text: str
    box: Rect
    size: float
    bold: bool
    vertical: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A box in the coordinates of the text, with its em; ``u`` along the line, ``w`` from line to line."""

    u0: float
    u1: float
    w0: float
    w1: float
    size: float


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page's glyphs, horizontal ones first, otherwise unsorted."""
    once = printed_once(
        [glyph for glyph in glyphs if not (glyph.text.isspace() and glyph.box.width > 1.5 * glyph.size)]
    )
    if not once:
        return []
    vertical = _directions(once)
    return [
        line
        for way in (False, True)
        for line in _lines(
            [glyph for glyph, is_vertical in zip(once, vertical, strict=True) if is_vertical is way], way
        )
    ]


def span_of(box: Rect, size: float, vertical: bool) -> Span:
    """The box in the coordinates of text in this direction."""
    if vertical:
        return Span(box.y, box.bottom, -box.right, -box.x, size)
    return Span(box.x, box.right, box.y, box.bottom, size)


def printed_once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without second printings of the same glyph, as in shadows and imitated bold. A second printing is less
    than half its cell away; so two half-em figures side by side are two glyphs.
    """
    seen: dict[tuple[str, float, int, int], list[Rect]] = defaultdict(list)
    kept: list[Glyph] = []
    for glyph in glyphs:
        box, reach = glyph.box, _OVER * glyph.size
        what = glyph.text, round(glyph.size, 1)
        x, y = int(box.x // reach), int(box.y // reach)
        near = (other for i in (-1, 0, 1) for j in (-1, 0, 1) for other in seen.get((*what, x + i, y + j), ()))
        if glyph.text in _SPACES or not any(_is_over(box, other, reach) for other in near):
            kept.append(glyph)
            seen[(*what, x, y)].append(box)
    return kept


def _is_over(box: Rect, other: Rect, reach: float) -> bool:
    across, down = abs(box.x - other.x), abs(box.y - other.y)
    return across < min(reach, _OF_CELL * box.width) and down < min(reach, _OF_CELL * box.height)


def _directions(glyphs: Sequence[Glyph]) -> list[bool]:
    """For each glyph whether it is in a vertical line, judged by the nearer neighbour and the next
    glyph in the file.
    """
    groups = Groups(len(glyphs))
    votes = [0.0] * len(glyphs)  # above 0: vertical
    across = [span_of(glyph.box, glyph.size, False) for glyph in glyphs]
    down = [span_of(glyph.box, glyph.size, True) for glyph in glyphs]
    right, below = _following(across, 1.1, 1.3), _following(down, 1.1, 1.3)
    for index, (beside, under) in enumerate(zip(right, below, strict=True)):
        far = _pitch(across, index, beside), _pitch(down, index, under)
        if min(far) < 1.3 and not 0.9 < far[0] / far[1] < 1.1:
            votes[index] += 2 if far[1] < far[0] else -2  # the file may go row by row
        votes[index] += (under == index + 1) - (beside == index + 1)
        for other, distance in ((beside, far[0]), (under, far[1])):
            if other is not None and distance < 1.3:
                groups.join(index, other)
    of_group: dict[int, float] = defaultdict(float)
    for index, vote in enumerate(votes):
        of_group[groups.of(index)] += vote
    mostly = sum(votes) > 0
    return [mostly if (vote := of_group[groups.of(index)]) == 0 else vote > 0 for index in range(len(glyphs))]


def _pitch(spans: Sequence[Span], index: int, other: int | None) -> float:
    """The distance from centre to centre along the line, in em; very large if there is no other glyph."""
    if other is None:
        return 99.0
    here, there = spans[index], spans[other]
    return max(0.05, (there.u0 + there.u1 - here.u0 - here.u1) / 2 / here.size)


def _following(spans: Sequence[Span], reach: float, ratio: float) -> list[int | None]:
    """For each span the nearest one that follows on the same line, at most ``reach`` em away and ``ratio`` times as
    large.
    """
    cell = max(median(span.size for span in spans), max(span.size for span in spans) / 20)
    grid: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, span in enumerate(spans):
        place = grid[int(span.u0 // cell), int((span.w0 + span.w1) / 2 // cell)]
        if len(place) < _MOST_IN_A_CELL:
            place.append(index)

    def nearest(index: int) -> int | None:
        here = spans[index]
        start, end = (here.u0 + here.u1) / 2, here.u1 + reach * here.size
        found = [
            other
            for column in range(int(start // cell), int(end // cell) + 1)
            for row in range(int((here.w0 - here.size / 2) // cell), int((here.w1 + here.size / 2) // cell) + 1)
            for other in grid.get((column, row), ())
            if other != index and start <= spans[other].u0 <= end and _in_line(here, spans[other], ratio)
        ]
        return min(found, key=lambda other: (spans[other].u0, other), default=None)

    return [nearest(index) for index in range(len(spans))]


def _in_line(one: Span, other: Span, ratio: float) -> bool:
    """Whether two spans of about the same size are beside each other on one line."""
    shared = min(one.w1, other.w1) - max(one.w0, other.w0)
    narrow = min(one.w1 - one.w0, other.w1 - other.w0)
    small, large = sorted((one.size, other.size))
    near = large <= 1.15 * small or other.u0 - one.u1 <= 0.3 * small  # type of another size only if it touches
    return near and shared >= 0.5 * narrow and large <= ratio * small


def _lines(glyphs: Sequence[Glyph], vertical: bool) -> list[Line]:
    """The lines of glyphs that all have the same direction, anywhere on the page."""
    if not glyphs:
        return []
    spans = [span_of(glyph.box, glyph.size, vertical) for glyph in glyphs]
    backwards = [Span(-span.u1, -span.u0, span.w0, span.w1, span.size) for span in spans]
    groups = Groups(len(glyphs))
    for one, other in [*enumerate(_following(spans, 0.8, 1.6)), *enumerate(_following(backwards, 0.8, 1.6))]:
        if other is not None:
            groups.join(one, other)
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(len(glyphs)):
        members[groups.of(index)].append(index)
    made: list[Line] = []
    for group in members.values():
        order = _in_order(group, spans, vertical)
        text = _text([glyphs[index] for index in order], [spans[index] for index in order], vertical)
        solid = [glyphs[index] for index in order if glyphs[index].text not in _SPACES or not glyphs[index].mapped]
        if text:
            box = reduce(Rect.union, (glyph.box for glyph in solid))
            bold = sum(glyph.bold for glyph in solid) * 2 > len(solid)
            made.append(Line(text, box, median(glyph.size for glyph in solid), bold, vertical))
    return made


def _in_order(group: Sequence[int], spans: Sequence[Span], vertical: bool) -> list[int]:
    """Sorted along the line; in a vertical line, figures that share a cell (縦中横) are sorted from left to right."""
    along = sorted(group, key=lambda index: (spans[index].u0 + spans[index].u1, index))
    if not vertical:
        return along
    cells: list[list[int]] = []
    for index in along:
        last = spans[cells[-1][-1]] if cells else None
        here = spans[index]
        if last and min(last.u1, here.u1) - max(last.u0, here.u0) > 0.6 * (here.u1 - here.u0):
            beside = min(last.w1, here.w1) - max(last.w0, here.w0) < 0.3 * min(last.w1 - last.w0, here.w1 - here.w0)
            if beside:
                cells[-1].append(index)
                continue
        cells.append([index])
    return [index for cell in cells for index in sorted(cell, key=lambda index: -spans[index].w0)]


def _text(glyphs: Sequence[Glyph], spans: Sequence[Span], vertical: bool) -> str:
    """The letters, with spaces between Latin words; a letter that the file does not tell is 〓."""
    text = ""
    for index, glyph in enumerate(glyphs):
        letter = glyph.text if glyph.mapped and glyph.text != UNKNOWN else UNREAD
        gap = spans[index].u0 - spans[index - 1].u1 if index else 0
        if text and gap > 0.2 * glyph.size and _LATIN.match(text[-1]) and _LATIN.match(letter):
            text += " "
        text += letter
    return text.strip(_SPACES + "\t")


class Groups:
    """Groups n things that belong together (union-find)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, index: int) -> int:
        while self._above[index] != index:
            self._above[index] = index = self._above[self._above[index]]
        return index

    def join(self, one: int, other: int) -> None:
        self._above[self.of(other)] = self.of(one)
