"""Which part of a drawn text is seen. A text can be cut at edges, hidden by later fills, or unreadable because other
letters stand in the same place.

A character is seen when the middle of its body is seen: the strokes of a letter fill its body, and it can still be read
when no more than a seventh of it is cut or covered at a side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from math import hypot
from typing import Literal

from koho_pdf.preflight.pdf.matrices import Edges, Matrix, bounds

Why = Literal["", "outside", "clipped", "covered", "invisible", "crowded"]
"""Why a text is not seen: off the trim, cut by a clip, under something opaque, drawn without ink, one with other
letters; empty: it is seen."""

Point = tuple[float, float]

_SIDE = 0.15  # of a glyph's width
_FOOT, _HEAD = 0.02, 0.74  # em above the baseline: the middle of a body that reaches from -0.12 to 0.88
_HAIR = 0.3  # pt
_ALIKE = 1.6  # times as large: a reading, or a large number behind a text, is not part of it
_WORD = 4  # letters: so many large ones behind a text are no ornament, and the text cannot be read
_APART = 0.55  # share of a letter's width and height: two letters nearer than that are one blot
_LINES = 0.75  # share of a letter's height: two lines nearer than that run into each other
_LETTERS = ("L", "N")  # Unicode's categories; marks and frames are meant to stand over others
_STEPS = 8  # parts into which a curve is cut to ask whether a point lies within


class Area:
    """The inside of a path, or of the unit square that a picture fills: ``box`` is its upright rectangle.

    ``even_odd`` is the rule of the operators with a star (8.5.3.3.3), by which borders are drawn: a ring is
    open inside.
    """

    def __init__(self, path: Sequence[tuple[str, Sequence[float]]], ctm: Matrix, *, even_odd: bool = False) -> None:
        self._path, self._ctm, self._even_odd = path, ctm, even_odd

    @classmethod
    def unit(cls, ctm: Matrix) -> Area:
        """The unit square, where a picture is drawn (8.9.5)."""
        return cls([("re", (0.0, 0.0, 1.0, 1.0))], ctm)

    @cached_property
    def box(self) -> Edges:
        """The upright rectangle around it, including the control points of its curves."""
        xs, ys = list[float](), list[float]()
        for name, given in self._path:
            if name == "re":
                xs += (given[0], given[0] + given[2])
                ys += (given[1], given[1] + given[3])
            else:
                xs += given[::2]
                ys += given[1::2]
        return bounds((min(xs), min(ys), max(xs), max(ys)), self._ctm) if xs else (0, 0, 0, 0)

    @cached_property
    def _lines(self) -> list[list[Point]]:
        return list(_polygons(self._path, self._ctm))

    @cached_property
    def upright(self) -> bool:
        """Whether it is an upright rectangle, equal to its box."""
        if len(self._path) > 6 or any(name in "cvy" for name, _ in self._path):
            return False
        left, bottom, right, top = self.box
        corners = {(x, y) for x in (left, right) for y in (bottom, top)}
        return len(self._lines) == 1 and set(self._lines[0]) == corners and len(self._lines[0]) in (4, 5)

    def holds(self, point: Point) -> bool:
        """Whether a point lies within, by the nonzero winding rule (8.5.3.3.2) or the even-odd rule."""
        x, y = point
        winding = crossings = 0
        for line in self._lines:
            for (x0, y0), (x1, y1) in zip(line, (*line[1:], line[0]), strict=True):
                if (y0 <= y) != (y1 <= y) and (x1 - x0) * (y - y0) / (y1 - y0) + x0 > x:
                    winding += 1 if y1 > y0 else -1
                    crossings += 1
        return crossings % 2 == 1 if self._even_odd else winding != 0


class Piece:
    """Glyphs that one operator draws: for each what it says, where it begins and how wide it is, in text space."""

    # One is made for each text operator: thousands.
    __slots__ = ("_glyphs", "_lost", "_placed", "_rise", "_said", "_size", "box")

    def __init__(self, glyphs: Sequence[tuple[str, float, float]], placed: Matrix, size: float, rise: float) -> None:
        self._glyphs, self._placed, self._size, self._rise = glyphs, placed, size, rise
        self._lost: dict[int, Why] = {}
        self._said: tuple[list[Piece], str] | None = None
        first, last = glyphs[0], glyphs[-1]
        ends = (first[1], last[1], first[1] + first[2], last[1] + last[2])
        self.box: Edges = bounds((min(ends), rise - 0.12 * size, max(ends), rise + 0.88 * size), placed)

    @property
    def size(self) -> float:
        """How large the type is on the page, in pt."""
        _, _, c, d, _, _ = self._placed
        return self._size * hypot(c, d)

    @property
    def smallest(self) -> float:
        """The height or width of its em on the page in pt, whichever is less."""
        a, b, c, d, _, _ = self._placed
        return self._size * min(hypot(a, b), hypot(c, d))

    def hide(self, why: Why) -> None:
        """Nothing of it is seen."""
        self._lost = dict.fromkeys(range(len(self._glyphs)), why)

    def cut(self, edges: Edges, why: Why) -> None:
        """Hide what lies outside these edges."""
        if not _within(self.box, edges):
            for number in range(len(self._glyphs)):
                if number not in self._lost and not _within(self._middle(number), edges):
                    self._lost[number] = why

    def cover(self, box: Edges, areas: Sequence[Area]) -> None:
        """Hide what lies within the box and within all of the areas."""
        if self.box[0] > box[2] or self.box[2] < box[0] or self.box[1] > box[3] or self.box[3] < box[1]:
            return
        for number in range(len(self._glyphs)):
            if number in self._lost:
                continue
            left, bottom, right, top = self._middle(number)
            points = [((left + right) / 2, (bottom + top) / 2)]
            points += [(x, y) for x in (left, right) for y in (bottom, top)]
            hidden = [
                box[0] <= x <= box[2] and box[1] <= y <= box[3] and all(area.holds((x, y)) for area in areas)
                for x, y in points
            ]
            if hidden[0] and sum(hidden) > 2:  # the middle and half of the corners: too little is left to read
                self._lost[number] = "covered"

    def show(self, is_seen: Callable[[Point], bool]) -> None:
        """For text in the colour of the paper: show only the characters whose middle is inked."""
        for number in range(len(self._glyphs)):
            left, bottom, right, top = self._middle(number)
            if number not in self._lost and not is_seen(((left + right) / 2, (bottom + top) / 2)):
                self._lost[number] = "invisible"

    def crowd(self) -> None:
        """Hide letters that stand in the same place as the next letter, and that letter too."""
        for number, ((said, at, width), (following, place, other)) in enumerate(pairwise(self._glyphs)):
            apart = place + other / 2 - at - width / 2
            if apart < _APART * min(width, other) and _collide(said, following):
                self._lose(number, number + 1)

    def crowd_with(self, other: Piece) -> None:
        """The same for letters of two texts; where one is much larger, for whole words that stand within each other."""
        least = (1 - _LINES) * min(self.size, other.size)
        mine, its = self.box, other.box
        across = min(mine[2], its[2]) - max(mine[0], its[0])
        if across < least or min(mine[3], its[3]) - max(mine[1], its[1]) < least:
            return
        if not self.size < _ALIKE * other.size < _ALIKE * _ALIKE * self.size:
            if min(len(self._glyphs), len(other._glyphs)) >= _WORD:
                small, large = (self, other) if self.size < other.size else (other, self)
                small._stand_within(large)
            return
        bodies = other._bodies()
        for number, (said, x, y, width, height) in self._bodies():
            for place, (following, u, v, wide, high) in bodies:
                near = abs(x - u) < _APART * min(width, wide) and abs(y - v) < _LINES * min(height, high)
                if near and _collide(said, following):
                    self._lose(number)
                    other._lose(place)

    def _stand_within(self, large: Piece) -> None:
        """Hide the letters whose middle is within that of a much larger one."""
        bodies = large._bodies()
        for number, (said, x, y, _, _) in self._bodies():
            for _, (around, u, v, wide, high) in bodies:
                near = abs(x - u) < _APART * wide / 2 and abs(y - v) < _APART * high / 2
                if near and _collide(said, around):
                    self._lose(number)

    def _lose(self, *numbers: int) -> None:
        for number in numbers:
            self._lost.setdefault(number, "crowded")

    def _bodies(self) -> list[tuple[int, tuple[str, float, float, float, float]]]:
        """For each seen glyph its text, the middle of its em box, and the box's width and height."""
        found = []
        for number, (said, at, width) in enumerate(self._glyphs):
            if self._lost.get(number, "crowded") == "crowded":
                low, high = self._rise - 0.12 * self._size, self._rise + 0.88 * self._size
                box = bounds((at, low, at + width, high), self._placed)
                middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
                found.append((number, (said, *middle, box[2] - box[0], box[3] - box[1])))
        return found

    def _middle(self, number: int) -> Edges:
        _, at, width = self._glyphs[number]
        low, high = self._rise + _FOOT * self._size, self._rise + _HEAD * self._size
        return bounds((at + _SIDE * width, low, at + (1 - _SIDE) * width, high), self._placed)

    def parts(self) -> Iterator[tuple[str, Edges, Why]]:
        """Its text in parts that are seen or not: words, their box, why they are not seen."""
        if self._said is not None:
            pieces, said = self._said
            if not any(piece._lost for piece in pieces):
                if pieces[0] is self:
                    yield said, self.box, ""
                return
        if not self._lost:
            yield "".join([said for said, _, _ in self._glyphs]), self.box, ""
            return
        for why, group in groupby(range(len(self._glyphs)), self._why):
            numbers = list(group)
            boxes = [self._middle(number) for number in numbers]
            box = (
                min(b[0] for b in boxes),
                min(b[1] for b in boxes),
                max(b[2] for b in boxes),
                max(b[3] for b in boxes),
            )
            yield "".join(self._glyphs[number][0] for number in numbers), box, why

    def _why(self, number: int) -> Why:
        return self._lost.get(number, "")

    @staticmethod
    def join(pieces: list[Piece], said: str) -> None:
        """Join pieces that share one text (ActualText), if all of them are seen."""
        for piece in pieces:
            piece._said = (pieces, said)


def _collide(one: str, other: str) -> bool:
    """Whether two glyphs are different letters or figures (the same letter drawn twice is bold or has a shadow)."""
    return one != other and all(said and unicodedata.category(said[0])[0] in _LETTERS for said in (one, other))


def _within(box: Edges, edges: Edges) -> bool:
    return (
        box[0] >= edges[0] - _HAIR
        and box[1] >= edges[1] - _HAIR
        and box[2] <= edges[2] + _HAIR
        and box[3] <= edges[3] + _HAIR
    )


def _polygons(path: Sequence[tuple[str, Sequence[float]]], ctm: Matrix) -> Iterator[list[Point]]:
    """The subpaths of a path, curves as short lines, in the page's own space."""
    a, b, c, d, e, f = ctm

    def seen(x: float, y: float) -> Point:
        return a * x + c * y + e, b * x + d * y + f

    line: list[Point] = []
    for name, given in path:
        points = [seen(*point) for point in zip(given[::2], given[1::2], strict=True)]
        if name in ("m", "re") and line:
            yield line
            line = []
        if name == "re":
            x, y, width, height = given
            yield [seen(x, y), seen(x + width, y), seen(x + width, y + height), seen(x, y + height)]
        elif name in ("m", "l"):
            line += points
        elif name != "h" and line:
            first, *rest = points if name == "c" else ([line[-1], *points] if name == "v" else [*points, points[-1]])
            line += _curve(line[-1], first, *rest)
    if line:
        yield line


def _curve(start: Point, one: Point, other: Point, end: Point) -> Iterator[Point]:
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        u = 1 - t
        weights = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        yield (
            sum(w * p[0] for w, p in zip(weights, (start, one, other, end), strict=True)),
            sum(w * p[1] for w, p in zip(weights, (start, one, other, end), strict=True)),
        )
