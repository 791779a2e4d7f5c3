"""Regions that text runs through one after the other (``flow: columns``, ``overflow``), filled with their articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from koho_pdf.composition.document import Block
from koho_pdf.composition.rows import HAIR, Row, in_lines, lengthened, tops
from koho_pdf.content.plan import Plan
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.planned import Column, Piece
from koho_pdf.layout.regions import NEXT, Region
from koho_pdf.plan.fitting import ArticleUse
from koho_pdf.plan.flowing import Band, Fill, Frame, Part, flowed


class Reach(NamedTuple):
    """A region of the plan: its page from 1, its name."""

    page: int
    region: Region


@dataclass(frozen=True, slots=True)
class Thread:
    """Regions that text runs through in order, with the articles (by id) that are planned in each."""

    reaches: tuple[Reach, ...]
    ids: tuple[tuple[str, ...], ...]

    def frames(self) -> list[Frame]:
        """The regions as rooms for text."""
        frames, before = [], None
        for _, region in self.reaches:
            head = region.line if before and before.overflow and before.overflow.continued else 0.0
            foot = region.line if region.overflow and region.overflow.says else 0.0
            frames.append(Frame(region.depth, region.columns, region.gap, region.line, region.level, head, foot))
            before = region
        frames[-1] = replace(frames[-1], foot=0.0)
        return frames


def threads(plan: Plan, layout: Layout, known: Mapping[str, object]) -> tuple[Thread, ...]:
    """Every region of the plan in which text runs on, each in one thread."""
    places = {
        (number, name): Reach(number, region)
        for number, page in enumerate(plan.pages, 1)
        if page.type in layout.page_types
        for name, region in layout.page_types[page.type].regions.items()
        if region.flow == "columns"
    }
    onward: dict[tuple[int, str], tuple[int, str]] = {}
    for place, (_, region) in places.items():
        follows = _follows(place, region, places)
        if follows and follows not in onward.values():
            onward[place] = follows
    made = []
    for place in (each for each in places if each not in onward.values()):
        through = [place]
        while through[-1] in onward:
            through.append(onward[through[-1]])
        ids = tuple(
            tuple(each for each in plan.pages[number - 1].regions.get(name, ()) if each in known)
            for number, name in through
        )
        made.append(Thread(tuple(places[each] for each in through), ids))
    return tuple(made)


def _follows(place: tuple[int, str], region: Region, places: Mapping[tuple[int, str], Reach]) -> tuple[int, str] | None:
    """The region in which text of a region goes on, if there is one."""
    if region.overflow is None:
        return None
    if region.overflow.to != NEXT:
        there = (place[0], region.overflow.to)
        return there if there in places else None
    later = (
        each
        for each, (_, other) in places.items()
        if each[0] > place[0] and each[1] == place[1] and other.takes_from(region)
    )
    return next(later, None)


@dataclass(frozen=True, slots=True)
class Flowed:
    """A thread that is filled: what stands in each of its regions, and each article's use, region by region."""

    columns: tuple[tuple[Column, ...], ...]
    fills: tuple[Fill, ...]
    uses: tuple[tuple[ArticleUse, ...], ...]
    last: str


def flow(thread: Thread, blocks: Mapping[str, Block], titles: Mapping[str, str]) -> Flowed:
    """The articles of a thread in the columns of its regions."""
    ids = [id_ for each in thread.ids for id_ in each]
    planned = [number for number, each in enumerate(thread.ids) for _ in each]
    rows = [blocks[id_].rows if id_ in blocks else () for id_ in ids]
    frames = thread.frames()
    fills = flowed(rows, planned, frames)
    columns = []
    for number, (fill, (_, region)) in enumerate(zip(fills, thread.reaches, strict=True)):
        columns.append(_columns(number, fill, region, thread, ids, rows, titles))
    line = thread.reaches[0].region.line
    uses, place = [], 0
    for each in thread.ids:
        uses.append(tuple(_use(place + at, id_, rows, planned, frames, blocks, line) for at, id_ in enumerate(each)))
        place += len(each)
    return Flowed(tuple(columns), fills, tuple(uses), ids[-1] if ids else "")


def _columns(
    number: int,
    fill: Fill,
    region: Region,
    thread: Thread,
    ids: Sequence[str],
    rows: Sequence[Sequence[Row]],
    titles: Mapping[str, str],
) -> tuple[Column, ...]:
    """What a region's template prints: its columns with their pieces, and the words that lead on and back."""
    found: list[Column] = []
    for band in fill.bands:
        for at, parts in enumerate(band.columns):
            if parts:
                found.append(_column(band, at, parts, region, ids, rows))
    before = thread.reaches[number - 1]
    comes = before.region.overflow.continued if before.region.overflow and fill.comes is not None else ""
    if comes and fill.comes is not None:
        words = comes.format(page=before.page, title=titles.get(ids[fill.comes], ""))
        found[0] = replace(found[0], pieces=(Piece("", region.line, words=words, back=True), *found[0].pieces))
    goes = region.overflow.says if region.overflow and fill.goes is not None else ""
    if goes and fill.goes is not None:
        words = goes.format(page=thread.reaches[number + 1].page, title=titles.get(ids[fill.goes], ""))
        last, band = found[-1], fill.bands[-1]
        foot = int((region.depth - band.top) / region.line + HAIR) * region.line - region.line
        end = replace(last.pieces[-1], room=foot - band.columns[last.number][-1].top)
        found[-1] = replace(last, pieces=(*last.pieces[:-1], end, Piece("", region.line, words=words)))
    return tuple(found)


def _column(
    band: Band, at: int, parts: Sequence[Part], region: Region, ids: Sequence[str], rows: Sequence[Sequence[Row]]
) -> Column:
    pieces = []
    for number, part in enumerate(parts):
        below = parts[number + 1].top if number + 1 < len(parts) else in_lines(part.bottom, region.line)
        end = part.end if part.end < len(rows[part.article]) else None
        pieces.append(Piece(ids[part.article], below - part.top, part.first, end))
    return Column(tuple(pieces), at, band.top, band.spans)


def _use(
    place: int,
    id_: str,
    rows: Sequence[Sequence[Row]],
    planned: Sequence[int],
    frames: Sequence[Frame],
    blocks: Mapping[str, Block],
    line: float,
) -> ArticleUse:
    own = rows[place]
    depth = in_lines(tops(own, line)[-1] + own[-1].height + own[-1].foot, line) if own else 0.0
    return ArticleUse(
        id_, depth, round(depth / line) if line else 0, _characters(place, blocks.get(id_), rows, planned, frames)
    )


def _characters(
    place: int, block: Block | None, rows: Sequence[Sequence[Row]], planned: Sequence[int], frames: Sequence[Frame]
) -> int | None:
    """How many characters more (fewer below 0) an article may have, with which the regions hold all articles."""
    if block is None or (running := block.running) is None or not running.paragraph:
        return None

    def holds(lines: int) -> bool:
        longer = lengthened(rows[place], running.paragraph, lines)
        plain = [replace(each, level=False) for each in frames]
        return not any(each.over for each in flowed([*rows[:place], longer, *rows[place + 1 :]], planned, plain))

    if holds(0):
        lines = 0
        while holds(lines + 1):
            lines += 1
        return running.ending.most(lines)
    cut = next((lines for lines in range(1, running.ending.lines) if holds(-lines)), 0)
    gone = running.ending.fewest(cut) if cut else None
    return None if gone is None else -gone
