"""How many characters each article of a region may be longer (あと23字), or must be shorter (12字超過): exactly.

An article is made deeper by whole lines of its last running paragraph until the region does not hold all its articles
any more; the line filler says how many characters these lines are (``composition.paragraph.copyfit``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from koho_pdf.composition.document import Block, deeper
from koho_pdf.composition.rows import HAIR, in_lines
from koho_pdf.layout.regions import Region
from koho_pdf.plan.filling import filled, over


@dataclass(frozen=True, slots=True)
class ArticleUse:
    """An article of a region: its ``depth`` in mm and in ``lines`` of the region's grid (0: none), and how many
    ``characters`` more fit at the end of its last running paragraph while the region still holds all its articles;
    below 0 so many must go from there, and then it holds them. None if that cannot be said: there is no such paragraph,
    it does not make the article deeper line by line (it stands beside a picture), or its first line would have to go.
    """

    id: str
    depth: float
    lines: int
    characters: int | None


@dataclass(frozen=True, slots=True)
class Regional:
    """A region that keeps articles whole."""

    region: Region

    def room(self, depth: float) -> float:
        """What an article of that depth takes, in mm."""
        return in_lines(depth, self.region.line)

    def holds(self, rooms: Sequence[float]) -> bool:
        """Whether all articles fit; columns that are level are no deeper than filled ones."""
        region = self.region
        depths = [each.depth for each in region.stretches]
        return over(rooms, filled(rooms, region.gap, depths), region.gap, depths) <= HAIR


def uses_of(ids: Sequence[str], blocks: Sequence[Block], regional: Regional) -> tuple[ArticleUse, ...]:
    """Every article of a region, in order."""
    rooms, line = [regional.room(each.depth) for each in blocks], regional.region.line
    return tuple(
        ArticleUse(id_, room, round(room / line) if line else 0, _characters(place, blocks, rooms, regional))
        for place, (id_, room) in enumerate(zip(ids, rooms, strict=True))
    )


def _characters(place: int, blocks: Sequence[Block], rooms: Sequence[float], regional: Regional) -> int | None:
    """How many characters more (fewer below 0) an article may have."""
    block = blocks[place]
    running = block.running
    if running is None:
        return None

    lines = _lines(place, block.depth, running.lines, running.ending.lines, tuple(rooms), regional)
    if lines >= 0:
        return running.ending.most(lines)
    gone = None if lines == _ALL else running.ending.fewest(-lines)
    return None if gone is None else -gone


_ALL = -1_000_000
"""To cut all lines but the first is not enough."""


@lru_cache(maxsize=8192)
def _lines(
    place: int, depth: float, heights: tuple[float, ...], of: int, rooms: tuple[float, ...], regional: Regional
) -> int:
    """How many lines more an article may have, or below 0 how many must go. A session asks again and again."""

    def holds(lines: int) -> bool:
        room = regional.room(depth + deeper(heights, lines))
        return regional.holds([*rooms[:place], room, *rooms[place + 1 :]])

    if holds(0):
        lines = 0
        while holds(lines + 1):
            lines += 1
        return lines
    return next((-lines for lines in range(1, of) if holds(-lines)), _ALL)
