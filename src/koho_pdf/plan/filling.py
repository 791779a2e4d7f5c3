"""Articles fill columns in order, none of them divided: arithmetic in mm, which knows no engine.

A column that a keep-out cuts is several stretches (``layout.stretches``), filled one after the other like columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from koho_pdf.composition.rows import HAIR
from koho_pdf.layout.stretches import Stretch


def filled(heights: Sequence[float], gap: float, depths: Sequence[float]) -> tuple[tuple[int, ...], ...]:
    """Which of the articles (by number) stand in each of the columns of these depths, with ``gap`` between two.

    A column that is too shallow for an article is passed over. What is left when all columns are full stands in the
    last one and reaches out of it; so does an article deeper than all that are left, where it stands.
    """
    columns: list[list[int]] = [[] for _ in depths]
    at, used = 0, 0.0
    for number, height in enumerate(heights):
        if used + (gap if columns[at] else 0.0) + height > depths[at] + HAIR:
            later = range(at + 1, len(depths))
            best = next((each for each in later if height <= depths[each] + HAIR), None)
            if best is None and later and columns[at]:
                best = max(later, key=lambda each: depths[each])
            if best is not None:
                at, used = best, 0.0
        used += height + (gap if columns[at] else 0.0)
        columns[at].append(number)
    return tuple(map(tuple, columns))


def levelled(heights: Sequence[float], gap: float, stretches: Sequence[Stretch]) -> tuple[tuple[int, ...], ...]:
    """As ``filled``, with the columns as alike in height as the order of the articles allows."""
    runs = [(first, end) for end in range(1, len(heights) + 1) for first in range(end)]
    tops = {each.top for each in stretches}
    reaches = sorted({top + _used(heights[first:end], gap) for first, end in runs for top in tops})
    deepest = max(each.foot for each in stretches)
    for reach in (each for each in reaches if each <= deepest + HAIR):
        depths = [max(0.0, min(each.foot, reach) - each.top) for each in stretches]
        columns = filled(heights, gap, depths)
        if over(heights, columns, gap, depths) <= HAIR:
            return columns
    return filled(heights, gap, [each.depth for each in stretches])


def over(heights: Sequence[float], columns: Sequence[Sequence[int]], gap: float, depths: Sequence[float]) -> float:
    """How far articles reach out of the columns, in mm; 0 if they do not."""
    return max((reach - depth for reach, depth in zip(used(heights, columns, gap), depths, strict=True)), default=0.0)


def used(heights: Sequence[float], columns: Sequence[Sequence[int]], gap: float) -> tuple[float, ...]:
    """How much of each column is used, in mm."""
    return tuple(_used([heights[each] for each in column], gap) for column in columns)


def _used(heights: Sequence[float], gap: float) -> float:
    return sum(heights) + gap * max(0, len(heights) - 1)
