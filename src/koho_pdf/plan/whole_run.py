"""A region that keeps its articles whole (``flow: whole``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from koho_pdf.composition.document import Block
from koho_pdf.composition.rows import HAIR, in_lines
from koho_pdf.layout.planned import Place
from koho_pdf.layout.region_html import Column, Piece
from koho_pdf.layout.regions import Region
from koho_pdf.plan.filling import filled, levelled, used
from koho_pdf.plan.fitting import ArticleUse, Regional, uses_of
from koho_pdf.plan.run import Filled


@dataclass(frozen=True, slots=True)
class WholeRun:
    """One region, and its articles by their ids (``run.Run``)."""

    place: Place
    every: tuple[str, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """The one place."""
        return (self.place,)

    def filled(self, regions: Sequence[Region], blocks: Sequence[Block]) -> Filled:
        """Its articles in columns."""
        (region,) = regions
        rooms = [in_lines(each.depth, region.line) for each in blocks]
        depths = [each.depth for each in region.stretches]
        level = region.level
        stand = levelled(rooms, region.gap, region.stretches) if level else filled(rooms, region.gap, depths)
        reach = used(rooms, stand, region.gap)
        out, at = max((each - depth, at) for at, (each, depth) in enumerate(zip(reach, depths, strict=True)))
        last = self.every[stand[at][-1] if out > HAIR and stand[at] else -1] if self.every else ""
        return Filled((sum(reach),), (out if out > HAIR and last else 0.0,), last, (rooms, stand))

    def columns(
        self, fit: Filled, regions: Sequence[Region], titles: Mapping[str, str]
    ) -> tuple[tuple[Column, ...], ...]:
        """Its columns."""
        rooms, stand = fit.stand
        (region,) = regions
        pieces = (tuple(Piece(self.every[each], rooms[each]) for each in column) for column in stand)
        return (tuple(Column(each, at.column, at.top) for at, each in zip(region.stretches, pieces, strict=True)),)

    def uses(self, regions: Sequence[Region], blocks: Sequence[Block]) -> tuple[tuple[ArticleUse, ...], ...]:
        """Its articles."""
        return (uses_of(self.every, blocks, Regional(regions[0])),)
