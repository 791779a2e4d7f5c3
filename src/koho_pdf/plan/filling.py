"""Articles fill columns in order, none of them divided: arithmetic in mm, which knows no engine."""

from __future__ import annotations

from collections.abc import Sequence

from koho_pdf.composition.rows import HAIR


def filled(heights: Sequence[float], gap: float, depth: float, count: int) -> tuple[tuple[int, ...], ...]:
    """Which of the articles (by number) stand in each of ``count`` columns of the depth, with ``gap`` between two.

    What is left when all columns are full stands in the last one and reaches out of it.
    """
    columns: list[list[int]] = [[] for _ in range(count)]
    at, used = 0, 0.0
    for number, height in enumerate(heights):
        if columns[at] and used + gap + height > depth + HAIR and at + 1 < count:
            at, used = at + 1, 0.0
        used += height + (gap if columns[at] else 0.0)
        columns[at].append(number)
    return tuple(map(tuple, columns))


def levelled(heights: Sequence[float], gap: float, depth: float, count: int) -> tuple[tuple[int, ...], ...]:
    """As ``filled``, with the columns as alike in height as the order of the articles allows."""
    runs = ((first, end) for end in range(1, len(heights) + 1) for first in range(end))
    reaches = sorted({_used(heights[first:end], gap) for first, end in runs})
    for reach in (each for each in reaches if each <= depth + HAIR):
        columns = filled(heights, gap, reach, count)
        if all(_used([heights[each] for each in column], gap) <= reach + HAIR for column in columns):
            return columns
    return filled(heights, gap, depth, count)


def used(heights: Sequence[float], columns: Sequence[Sequence[int]], gap: float) -> tuple[float, ...]:
    """How much of each column is used, in mm."""
    return tuple(_used([heights[each] for each in column], gap) for column in columns)


def _used(heights: Sequence[float], gap: float) -> float:
    return sum(heights) + gap * max(0, len(heights) - 1)
