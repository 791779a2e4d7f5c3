"""Text runs on from column to column, and from region to region: arithmetic in mm, which knows no engine.

Columns are filled in order. Each ends after the last row that fits where an end is allowed (``composition.rows``), so
headings stay with their text, and one line of a paragraph never stands alone. Rows that span all columns divide a
region into bands; the columns above them end level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise

from koho_pdf.composition.rows import ALWAYS, HAIR, NEVER, Row, costs, in_lines
from koho_pdf.layout.stretches import Stretch
from koho_pdf.plan.bands import Band, Fill, Frame, Part, foot_of
from koho_pdf.plan.crossings import Articles, Crossings

_KEPT = 3  # lines of room for text below a heading that spans all columns


def flowed(
    articles: Articles, planned: Sequence[int], frames: Sequence[Frame], others: Mapping[int, Articles] | None = None
) -> tuple[Fill, ...]:
    """Articles in frames that follow each other; each begins no earlier than in the frame (by number) that it is
    ``planned`` in. What does not fit stands in the last column, and reaches out of it. ``others`` are the same articles
    at other widths, by the numbers of these.
    """
    deepest = max((frame.deepest for frame in frames), default=0.0)
    sets = {0: articles, **(others or {})}
    texts = {width: _Text([_loosened(rows, deepest) for rows in each]) for width, each in sets.items()}
    crossings = Crossings(sets)
    fills: list[Fill] = []
    at = 0
    for number, frame in enumerate(frames):
        last, text = number + 1 == len(frames), texts[frame.width]
        if number and frame.width != (before := frames[number - 1].width):
            at = crossings.across(at, before, frame.width)
        ahead = next((each for each, of in enumerate(planned) if of > number), len(articles))
        limit = len(text.rows) if last else text.begins[ahead]
        comes = text.article_at(at) if number and at < limit else None
        head = frame.head if comes is not None else 0.0
        bands, end = text.fill(at, limit, frame, head, 0.0, last)
        if end < limit and frame.foot and text.article_at(end) is not None:
            bands, end = text.fill(at, limit, frame, head, frame.foot, last)
        if end < limit and frames[number + 1].width != frame.width:
            end = crossings.last(frame.width, at, end, text.costs)
            bands, _ = text.fill(at, end, frame, head, frame.foot, last) if end > at else ([], at)
        deep = [foot_of(column) - room.depth for band in bands for room, column in band.filled]
        over = max([0.0, *deep])
        goes = text.article_at(end) if end < limit else None
        fills.append(Fill(tuple(bands), frame.columns, over if over > HAIR else 0.0, comes, goes))
        at = end
    return tuple(fills)


def _loosened(rows: Sequence[Row], deepest: float) -> Sequence[Row]:
    """Rows of tables that no column holds undivided may be divided wherever they are: else half a column before them
    would stay empty, to no use."""
    found = list(rows)
    for cells, group in groupby(range(len(rows)), key=lambda number: rows[number].cells):
        table = list(group)
        if cells and rows[table[0]].head + sum(rows[each].above + rows[each].height for each in table) > deepest:
            for each in table:
                row = rows[each]
                found[each] = row._replace(keep=max(0, row.keep - row.within)) if 0 < row.keep < NEVER else row
    return found


class _Text:
    """The rows of articles one after the other."""

    def __init__(self, articles: Sequence[Sequence[Row]]) -> None:
        self.places = [(article, row) for article, rows in enumerate(articles) for row in range(len(rows))]
        self.rows = [row for rows in articles for row in rows]
        self.costs = [cost for rows in articles for cost in (*costs(rows)[:-1], *((0,) if rows else ()))]
        self.begins = [0]
        for rows in articles:
            self.begins.append(self.begins[-1] + len(rows))

    def article_at(self, at: int) -> int | None:
        """The article that is divided before that row, if one is."""
        article, row = self.places[at] if at < len(self.places) else (0, 0)
        return article if row else None

    def fill(self, at: int, limit: int, frame: Frame, head: float, foot: float, last: bool) -> tuple[list[Band], int]:
        """The rows from ``at`` on in a frame, and the row at which it is full; the ``last`` frame takes all."""
        bands: list[Band] = []
        top = 0.0
        while at < limit:
            end = next((each for each in range(at, limit) if self.rows[each].spans != self.rows[at].spans), limit)
            above = 0.0 if bands else head
            if self.rows[at].spans:
                parts = self.parts(at, end, frame, above)
                place = frame.across(top, foot_of(parts))
                if place is None and not last:
                    break
                top = top if place is None else place
                below = in_lines(top + foot_of(parts) + self._space(end, frame), frame.line)
                room = below + _KEPT * frame.line if end < limit else top + foot_of(parts)
                if bands and not last and room > frame.depth + HAIR:
                    break
                bands.append(Band(top, (parts,), (Stretch(0, top, frame.depth - top),), True))
                at, top = end, below
                continue
            if bands and not last and top + _KEPT * frame.line > frame.depth:
                break
            rooms = frame.below(top)
            ends = self._ends(at, end, frame, rooms, above, foot, last)
            if ends[-1] == end and (frame.level if end == limit else True):
                ends = self._levelled(at, ends, frame, rooms, above) or ends
            columns = [
                self.parts(first, until, frame, above if first == at else 0.0) for first, until in pairwise((at, *ends))
            ]
            bands.append(Band(top, tuple(columns), rooms))
            at = ends[-1]
            if at < end:
                break
            top = in_lines(bands[-1].foot + self._space(at, frame), frame.line)
        return bands, at

    def _space(self, at: int, frame: Frame) -> float:
        """The space above a row that begins a band."""
        if at >= len(self.places):
            return 0.0
        return max(0.0, self.rows[at].above - self.rows[at].head) if self.places[at][1] else frame.gap

    def _ends(
        self, at: int, limit: int, frame: Frame, rooms: Sequence[Stretch], head: float, foot: float, last: bool
    ) -> tuple[int, ...]:
        """Where the columns end in their ``rooms``; in the ``last`` frame the last one takes all that is left. One that
        a keep-out leaves too shallow for what comes next is passed over, if a deeper one follows."""
        ends: list[int] = []
        first = at
        for number, room in enumerate(rooms):
            final = number + 1 == len(rooms)
            if at < limit and room.depth > HAIR:
                above, depth = head if at == first else 0.0, room.depth - (foot if final else 0.0)
                end = self._end(at, limit, frame, depth, above)
                deeper = any(each.depth > room.depth + HAIR for each in rooms[number + 1 :])
                at = at if deeper and frame.stretches and self._reach(at, end, frame, above) > depth + HAIR else end
            ends.append(limit if final and last else at)
        return tuple(ends)

    def _reach(self, at: int, end: int, frame: Frame, head: float) -> float:
        """How far down the rows of a column reach with their footnotes."""
        return max(bottom for *_, bottom in self._bottoms(at, end, frame, head))

    def _end(self, at: int, limit: int, frame: Frame, depth: float, head: float) -> int:
        """Where a column ends that begins at a row."""
        best, least = 0, NEVER
        for end, _, bottom in self._bottoms(at, limit, frame, head):
            cost = self.costs[end - 1] if end < limit else 0
            if bottom > depth + HAIR and best:
                break
            if cost >= NEVER:
                continue
            if cost == ALWAYS or bottom > depth + HAIR:
                return end
            if cost <= least:
                best, least = end, cost
        return best or limit

    def _bottoms(self, at: int, limit: int, frame: Frame, head: float) -> Iterator[tuple[int, float, float]]:
        """How far down each row reaches in a column that begins ``head`` below its top with row ``at``; the same with
        the footnotes below it."""
        bottom, line, notes, edge = head, frame.line, 0.0, 0.0
        for place in range(at, limit):
            row = self.rows[place]
            if place == at:
                top = head + row.head
            elif self.places[place][1] == 0:
                top = in_lines(bottom + self.rows[place - 1].foot + frame.gap, line) + row.head
            else:
                top = bottom + row.above
            if line and row.text and abs(row.height - line) < HAIR:
                top = in_lines(top, line)
            bottom = top + row.height
            notes, edge = notes + row.notes, max(edge, row.edge)
            yield place + 1, bottom + row.foot, bottom + row.foot + notes + edge

    def parts(self, at: int, end: int, frame: Frame, head: float) -> tuple[Part, ...]:
        """The rows of one column, article by article."""
        found: list[Part] = []
        begin, top, bottom = at, head, head
        for until, bottom, _ in self._bottoms(at, end, frame, head):
            article, row = self.places[until - 1]
            if until < end and self.places[until][0] == article:
                continue
            first = self.places[begin][1]
            own = self.rows[begin:until]
            notes, edge = sum(each.notes for each in own), max(each.edge for each in own)
            found.append(Part(article, first, row + 1, top, bottom, notes, edge))
            begin, top = until, in_lines(bottom + frame.gap, frame.line)
        return tuple(found)

    def _levelled(
        self, at: int, ends: Sequence[int], frame: Frame, rooms: Sequence[Stretch], head: float
    ) -> tuple[int, ...]:
        """Where columns end that are as alike in depth as their rows and keep-outs allow, and end no worse than at
        ``ends``; nothing if they do not fit.
        """
        end, bad = ends[-1], sum(max(0, self.costs[each - 1]) for each in ends if at < each < ends[-1])
        step, top = frame.line or 1.0, min(each.top for each in rooms)
        reach = top + in_lines(self._reach(at, end, frame, head) / frame.columns, step)
        while reach <= max(each.foot for each in rooms) + HAIR:
            short = [replace(each, depth=max(0.0, min(each.foot, reach) - each.top)) for each in rooms]
            fits = self._ends(at, end, frame, short, head, 0.0, False)[-1] == end
            if fits and (found := self._even(at, end, frame, short, head)) and found[0] <= bad:
                return found[1]
            reach += step
        return ()

    def _even(
        self, at: int, end: int, frame: Frame, rooms: Sequence[Stretch], head: float
    ) -> tuple[int, tuple[int, ...]] | None:
        """Where columns end so that none is deeper than its room and the empty rest is shared evenly, and how bad
        it is that they end there.
        """

        @cache
        def best(begin: int, number: int) -> tuple[tuple[int, float, float], tuple[int, ...]] | None:
            if number == len(rooms):
                return ((0, 0.0, 0.0), ()) if begin == end else None
            reach, found = rooms[number].depth, None
            if begin == end or frame.stretches:  # a room that a keep-out leaves may stay empty
                if rest := best(begin, number + 1):
                    (worse, squares, late), ends = rest
                    found = (worse, squares + reach**2, late), (begin, *ends)
                if begin == end:
                    return found
            for until, _, bottom in self._bottoms(begin, end, frame, head if begin == at else 0.0):
                cost = self.costs[until - 1] if until < end else 0
                if bottom > reach + HAIR:
                    break
                if cost >= NEVER or (rest := best(until, number + 1)) is None:
                    continue
                (worse, squares, late), ends = rest
                key = max(0, cost) + worse, squares + (reach - bottom) ** 2, late - bottom * (len(rooms) - number)
                if found is None or _rounded(key) < _rounded(found[0]):
                    found = key, (until, *ends)
                if cost == ALWAYS:
                    break
            return found

        made = best(at, 0)
        return (made[0][0], made[1]) if made else None


def _rounded(key: tuple[int, float, float]) -> tuple[int, float, float]:
    return key[0], round(key[1], 3), round(key[2], 3)
