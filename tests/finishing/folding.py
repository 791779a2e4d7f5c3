"""A sheet of paper that is folded: its panels are read from a finished PDF, and moved as hands would move them.

Lengths are mm, measured on the open sheet from the top left of its inside; the outside is behind it, mirrored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2

from koho_pdf.press.folds import Step

MM = 72 / 25.4
Point = tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """A panel by its place in the grid and on the open sheet, with the page on its inside and on its outside: where the
    page's number and its ``x`` stand. ``ways``: 1, or -1 where it is turned over; ``off`` how far it is moved."""

    row: int
    column: int
    edges: tuple[float, float, float, float]
    inside: tuple[int, Point, Point]
    outside: tuple[int, Point, Point]
    ways: tuple[int, int] = (1, 1)
    off: tuple[float, float] = (0.0, 0.0)
    up: bool = True
    layer: int = 0

    def now(self, point: Point) -> Point:
        """Where a point of the open sheet is now."""
        return point[0] * self.ways[0] + self.off[0], point[1] * self.ways[1] + self.off[1]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom now."""
        left, top, right, bottom = self.edges
        (x, y), (across, down) = self.now((left, top)), self.now((right, bottom))
        return min(x, across), min(y, down), max(x, across), max(y, down)

    @property
    def shows(self) -> tuple[int, Point, Point]:
        """The page that looks up, with its two marks."""
        page, number, cross = self.inside if self.up else self.outside
        return page, self.now(number), self.now(cross)


def fold_lines(page: pikepdf.Page) -> tuple[list[float], list[float]]:
    """The folds by their marks (dashed lines): from the left, and from the top of the trim."""
    left, foot, right, head = (float(edge) for edge in page.TrimBox)
    content = page.Resources.XObject.Marks.read_bytes().decode()
    number = r"(-?[\d.]+)"
    strokes = [
        tuple(map(float, found)) for found in re.findall(rf"\] 0 d {number} {number} m {number} {number} l S", content)
    ]
    for x, y, across, down in strokes:  # outside the bleed
        assert not (left - 8 < min(x, across) and max(x, across) < right + 8 and foot - 8 < y < head + 8 and down == y)
    upright = sorted({round((x - left) / MM, 2) for x, _, across, _ in strokes if x == across})
    level = sorted({round((head - y) / MM, 2) for _, y, _, down in strokes if y == down})
    assert len(strokes) == 2 * (len(upright) + len(level))  # one at each end
    return upright, level


def glyphs(pdf: bytes, side: int) -> list[tuple[str, Point]]:
    """Each character of a side with its middle, from the trim's top left."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        left, _, _, head = (float(edge) for edge in opened.pages[side].TrimBox)
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[side].get_textpage()
        for at in range(text.count_chars()):
            x, y, right, top = text.get_charbox(at)
            said = text.get_text_range(at, 1)
            if said.strip():
                found.append((said, (((x + right) / 2 - left) / MM, (head - (y + top) / 2) / MM)))
    return found


def sheet(pdf: bytes, front: int, back: int) -> tuple[Panel, ...]:
    """The panels of a sheet whose outside is the side ``front`` of a file, and whose inside is ``back``."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        boxes = [[float(edge) / MM for edge in opened.pages[side].TrimBox] for side in (front, back)]
        (width, height), *others = [(round(box[2] - box[0], 2), round(box[3] - box[1], 2)) for box in boxes]
        assert others == [(width, height)]
        (outer, across), (inner, level) = (fold_lines(opened.pages[side]) for side in (front, back))
    assert [round(width - each, 1) for each in reversed(outer)] == [round(each, 1) for each in inner]
    assert across == level
    columns, rows = [*pairwise((0.0, *inner, width))], [*pairwise((0.0, *level, height))]
    behind = [(said, (width - x, y)) for said, (x, y) in glyphs(pdf, front)]
    faces = [(glyphs(pdf, back), columns), (behind, columns)]
    made = []
    for row, (top, bottom) in enumerate(rows):
        for column, (left, right) in enumerate(columns):
            pages = []
            for marks, _ in faces:
                here = [(said, at) for said, at in marks if left < at[0] < right and top < at[1] < bottom]
                number = [(said, at) for said, at in here if said.isdigit()]
                (cross,) = [at for said, at in here if said == "x"]
                pages.append((int("".join(said for said, _ in number)), number[0][1], cross))
            made.append(Panel(row, column, (left, top, right, bottom), pages[0], pages[1]))
    return tuple(made)


def folded(panels: Iterable[Panel], step: Step) -> tuple[Panel, ...]:
    """The sheet after one more fold: along its line, the part on the side of that panel which it names is turned."""
    panels = tuple(panels)
    axis = 1 if step.across else 0
    moves = step.at - 1 if step.first else step.at
    own = next(each for each in panels if (each.row if step.across else each.column) == moves)
    line = own.now((own.edges[2 if step.first else 0], own.edges[3 if step.first else 1]))[axis]
    beyond = own.box[axis] > line - 0.01  # the part lies to the right of (below) the line
    part = [each for each in panels if (each.box[axis] > line - 0.01) == beyond]
    for each in part:
        assert each.box[axis] > line - 0.01 or each.box[axis + 2] < line + 0.01, "paper is torn at the fold"
    towards = step.valley == own.up
    rest = [each for each in panels if each not in part]
    layers = sorted(part, key=lambda each: each.layer, reverse=True)
    start = max(each.layer for each in rest) + 1 if towards else min(each.layer for each in rest) - len(part)
    turned = []
    for number, each in enumerate(layers):
        (across, down), (right, below) = each.ways, each.off
        if step.across:
            ways, off = (across, -down), (right, 2 * line - below)
        else:
            ways, off = (-across, down), (2 * line - right, below)
        turned.append(replace(each, ways=ways, off=off, up=not each.up, layer=start + number))
    return (*rest, *turned)


def seen(panels: Iterable[Panel]) -> list[int]:
    """The pages that somebody sees who looks at it, row by row from the left; each must be upright and not mirrored."""
    panels = tuple(panels)
    top = [
        each
        for each in panels
        if not any(other.layer > each.layer and _overlap(each.box, other.box) for other in panels)
    ]
    for each in top:
        page, number, cross = each.shows
        assert number[0] < cross[0], f"{page} is mirrored or on its head"
        assert number[1] > cross[1], f"{page} is on its head"
    return [each.shows[0] for each in sorted(top, key=lambda each: (round(each.box[1]), round(each.box[0])))]


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > 0.1 and min(one[3], other[3]) - max(one[1], other[1]) > 0.1
