"""Regions that text runs through one after the other (``flow: columns``, ``overflow``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from koho_pdf.composition.document import Block, Shape
from koho_pdf.composition.rows import HAIR, Row, in_lines, lengthened, tops
from koho_pdf.layout.planned import Place
from koho_pdf.layout.region_html import Column, Piece
from koho_pdf.layout.regions import Region
from koho_pdf.layout.stretches import Stretch
from koho_pdf.plan.bands import Band, Fill, Frame, Part, foot_of, notes_of
from koho_pdf.plan.fitting import ArticleUse
from koho_pdf.plan.flowing import flowed
from koho_pdf.plan.run import Filled


@dataclass(frozen=True, slots=True)
class TextRun:
    """The regions in order, with the articles that are planned in each, by their ids (``run.Run``)."""

    places: tuple[Place, ...]
    ids: tuple[tuple[str, ...], ...]

    @property
    def every(self) -> tuple[str, ...]:
        """All articles in order."""
        return tuple(id_ for ids in self.ids for id_ in ids)

    @property
    def planned(self) -> list[int]:
        """The region in which each article is planned, by its number."""
        return [number for number, ids in enumerate(self.ids) for _ in ids]

    def filled(self, regions: Sequence[Region], blocks: Sequence[Block]) -> Filled:
        """Its articles in columns, region after region."""
        known = shapes(regions, blocks)
        others = {number: [each.rows_at(shape) for each in blocks] for number, shape in enumerate(known) if number}
        fills = flowed([each.rows for each in blocks], self.planned, _frames(regions, blocks), others)
        last = self.every[-1] if self.every else ""
        return Filled(tuple(each.used for each in fills), tuple(each.over for each in fills), last, (fills, blocks))

    def columns(
        self, fit: Filled, regions: Sequence[Region], titles: Mapping[str, str]
    ) -> tuple[tuple[Column, ...], ...]:
        """The columns of each region, with the words that lead on and back."""
        fills, blocks = fit.stand
        made = []
        for number, region in enumerate(regions):
            fill = fills[number]
            found = [
                self._column(fill, band, room, parts, region, blocks)
                for band in fill.bands
                for room, parts in band.filled
            ]
            if fill.bands:
                self._lead_back(number, fill, regions, found, titles)
                self._lead_on(number, fill, region, found, titles)
            made.append(tuple(found))
        return tuple(made)

    def uses(self, regions: Sequence[Region], blocks: Sequence[Block]) -> tuple[tuple[ArticleUse, ...], ...]:
        """The articles that are planned in each region."""
        frames = [replace(each, level=False) for each in _frames(regions, blocks)]
        made = [
            _use(place, id_, blocks, self.planned, frames, regions[self.planned[place]].line)
            for place, id_ in enumerate(self.every)
        ]
        return tuple(
            tuple(use for use, of in zip(made, self.planned, strict=True) if of == number)
            for number in range(len(self.places))
        )

    def _column(
        self, fill: Fill, band: Band, room: Stretch, parts: Sequence[Part], region: Region, blocks: Sequence[Block]
    ) -> Column:
        pieces, shape = [], _shape(region, blocks)
        for number, part in enumerate(parts):
            below = parts[number + 1].top if number + 1 < len(parts) else in_lines(part.bottom, region.line)
            end = part.end if part.end < len(blocks[part.article].rows_at(shape)) else None
            pieces.append(Piece(self.every[part.article], below - part.top, part.first, end))
        if notes := notes_of(parts):  # they stand at the column's foot (JLREQ 4.2)
            foot = room.depth if band is fill.bands[-1] else min(room.depth, band.foot - room.top)
            foot = max(foot, foot_of(parts))
            pieces[-1] = replace(pieces[-1], room=foot - notes - parts[-1].top)
            called = [f"{self.every[part.article]} {part.first} {part.end}" for part in parts if part.notes]
            pieces.append(Piece("", notes, notes=";".join(called)))
        return Column(tuple(pieces), room.column, room.top, band.spans)

    def _lead_back(
        self, number: int, fill: Fill, regions: Sequence[Region], found: list[Column], titles: Mapping[str, str]
    ) -> None:
        """Put the words that lead back before the first piece, if an article comes from another region."""
        before = regions[number - 1].overflow
        if fill.comes is None or before is None or not before.continued:
            return
        words = before.continued.format(page=self.places[number - 1][0], title=titles.get(self.every[fill.comes], ""))
        lead = Piece("", regions[number].line, words=words, back=True)
        found[0] = replace(found[0], pieces=(lead, *found[0].pieces))

    def _lead_on(self, number: int, fill: Fill, region: Region, found: list[Column], titles: Mapping[str, str]) -> None:
        """Put the words that lead on in the last line of the last column, if an article goes on in another region."""
        if fill.goes is None or region.overflow is None or not region.overflow.says:
            return
        words = region.overflow.says.format(
            page=self.places[number + 1][0], title=titles.get(self.every[fill.goes], "")
        )
        room, column = fill.bands[-1].stretches[-1], fill.bands[-1].columns[-1]
        depth = room.depth - (notes_of(column) if column else 0.0)
        foot = (int(depth / region.line + HAIR) - 1) * region.line
        found.append(Column((Piece("", region.line, words=words),), room.column, room.top + foot))


def shapes(regions: Sequence[Region], blocks: Sequence[Block]) -> tuple[Shape, ...]:
    """The shapes of the columns of these regions, each once, that of the first region first. Articles are composed once
    for each."""
    return tuple(dict.fromkeys(_shape(region, blocks) for region in regions))


def _shape(region: Region, blocks: Sequence[Block]) -> Shape:
    spans = any(row.spans for each in blocks for row in each.rows)
    return round(region.measure, 2), round(region.across, 2) if spans else 0.0


def _frames(regions: Sequence[Region], blocks: Sequence[Block]) -> list[Frame]:
    """The regions as rooms for text."""
    frames, known = [], shapes(regions, blocks)
    for number, region in enumerate(regions):
        before = regions[number - 1].overflow if number else None
        head = region.line if before and before.continued else 0.0
        foot = region.line if region.overflow and region.overflow.says and number + 1 < len(regions) else 0.0
        width = known.index(_shape(region, blocks))
        left = region.stretches if region.is_cut else ()
        room = (region.depth, region.columns, region.gap, region.line, region.level, head, foot, width, left)
        frames.append(Frame(*room))
    return frames


def _use(
    place: int, id_: str, blocks: Sequence[Block], planned: Sequence[int], frames: Sequence[Frame], line: float
) -> ArticleUse:
    own = blocks[place].rows
    notes = sum(row.notes for row in own) + max((row.edge for row in own), default=0.0)
    depth = in_lines(tops(own, line)[-1] + own[-1].height + own[-1].foot + notes, line) if own else 0.0
    left = _characters(place, blocks, planned, frames)
    return ArticleUse(id_, depth, round(depth / line) if line else 0, left)


def _characters(place: int, blocks: Sequence[Block], planned: Sequence[int], frames: Sequence[Frame]) -> int | None:
    """How many characters more (fewer below 0) an article may have, with which the regions hold all articles."""
    running = blocks[place].running
    if running is None or not running.paragraph or any(frame.width for frame in frames):
        return None
    rows: list[Sequence[Row]] = [each.rows for each in blocks]

    def holds(lines: int) -> bool:
        longer = lengthened(rows[place], running.paragraph, lines)
        return not any(each.over for each in flowed([*rows[:place], longer, *rows[place + 1 :]], planned, frames))

    if holds(0):
        lines = 0
        while holds(lines + 1):
            lines += 1
        return running.ending.most(lines)
    own = [row for row in rows[place] if row.paragraph == running.paragraph]
    free = next((number for number, row in enumerate(reversed(own)) if row.notes), len(own))  # no mark goes
    cut = next((lines for lines in range(1, min(running.ending.lines, free + 1)) if holds(-lines)), 0)
    gone = running.ending.fewest(cut) if cut else None
    return None if gone is None else -gone
