"""The stretches of a region's columns that no keep-out meets: arithmetic in mm.

A keep-out takes from a column every line that it meets, all across, however little of the line it covers. What is left
are stretches of whole lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from koho_pdf.geometry import Rect
from koho_pdf.layout.keep_outs import covered

_HAIR = 0.01  # mm: sums of rounded lengths
_LEAST = 1.0  # mm: no article is so shallow


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a column: it begins ``top`` mm after the column's head and is ``depth`` deep, as lines follow each
    other."""

    column: int
    top: float
    depth: float

    @property
    def foot(self) -> float:
        """Where it ends, from the column's head."""
        return self.top + self.depth


def free(number: int, column: Rect, line: float, outs: Sequence[Rect], *, vertical: bool) -> tuple[Stretch, ...]:
    """The stretches of a column (its box on the page) beside ``outs``, in whole lines of the grid (``line`` mm; 0: no
    grid)."""
    whole = column.width if vertical else column.height
    taken = sorted(_taken(column, each, vertical=vertical) for each in outs if covered(column, each))
    if not taken:
        return (Stretch(number, 0.0, whole),)
    found, top = [], 0.0
    for start, end in [*taken, (whole, whole)]:
        foot = floor(start / line + _HAIR) * line if line else start
        if foot - top > max(line, _LEAST) - _HAIR:
            found.append(Stretch(number, top, foot - top))
        top = max(top, ceil(end / line - _HAIR) * line if line else end)
    return tuple(found)


def spread(
    whole: float, columns: int, gutter: float, taken: Sequence[tuple[float, float]]
) -> tuple[float, tuple[float, ...]]:
    """How wide equal columns are in a width (mm), and where each begins, so that none stands in what is ``taken``
    (from, to): as wide as possible. In each part between what is taken they stand from edge to edge; a single one
    stands in the middle, or at the outer edge of the first or last part.
    """
    parts, at = [], 0.0
    for start, end in [*sorted(taken), (whole, whole)]:
        if start - at > _LEAST:
            parts.append((at, start - at))
        at = max(at, end)
    if not taken or not parts:
        wide = (whole - (columns - 1) * gutter) / columns
        return wide, tuple(number * (wide + gutter) for number in range(columns))
    counts = [0] * len(parts)

    def width(part: int, count: int) -> float:
        return (parts[part][1] - (count - 1) * gutter) / count

    for _ in range(columns):
        best = max(range(len(parts)), key=lambda part: (round(width(part, counts[part] + 1), 4), -part))
        counts[best] += 1
    wide = min(width(part, count) for part, count in enumerate(counts) if count)
    starts: list[float] = []
    for part, ((begin, room), count) in enumerate(zip(parts, counts, strict=True)):
        rest = room - count * wide
        if count == 1:
            aside = 0.0 if part == 0 and len(parts) > 1 else rest if part + 1 == len(parts) > 1 else rest / 2
            starts.append(begin + aside)
        starts += [begin + number * (wide + rest / (count - 1)) for number in range(count)] if count > 1 else []
    return wide, tuple(starts)


def _taken(column: Rect, out: Rect, *, vertical: bool) -> tuple[float, float]:
    """From where to where a keep-out takes lines of a column, from its head; lines that run down follow to the left."""
    if vertical:
        start, end = column.right - out.right, column.right - out.x
    else:
        start, end = out.y - column.y, out.bottom - column.y
    return max(start, 0.0), min(end, column.width if vertical else column.height)
