"""Numbers, boxes and matrices from a PDF that may have anything in their place."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
Edges = tuple[float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FARTHEST = 1e7  # pt; a page is at most 14,400 units (ISO 32000-1, annex C)


def number(value: object) -> float:
    """The value as a finite number of plausible size on paper; 0 for anything else."""
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, ArithmeticError):
        return 0.0
    if -_FARTHEST < found < _FARTHEST:
        return found
    return max(-_FARTHEST, min(_FARTHEST, found)) if isfinite(found) else 0.0


def numbers(values: Iterable[object]) -> list[float]:
    """The values (a list or similar) as numbers; quick in the usual case that all are numbers."""
    try:
        found = [float(each) for each in values]  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, ArithmeticError):
        return [number(each) for each in values]
    return found if sum(map(abs, found)) < _FARTHEST else [number(each) for each in values]


def edges(value: object) -> Edges | None:
    """A rectangle (7.9.5) as left, bottom, right, top; None if it is not an array of four."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    x0, y0, x1, y1 = numbers(value)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def matrix(value: object) -> Matrix:
    """A matrix of six numbers; the identity for anything else."""
    if not isinstance(value, pikepdf.Array) or len(value) != 6:
        return IDENTITY
    a, b, c, d, e, f = numbers(value)
    return a, b, c, d, e, f


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first`` and then ``then`` (8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def bounds(box: Edges, by: Matrix) -> Edges:
    """The upright rectangle around a transformed one."""
    a, b, c, d, e, f = by
    left, bottom, right, top = box
    xs = (a * left + c * bottom + e, a * left + c * top + e, a * right + c * bottom + e, a * right + c * top + e)
    ys = (b * left + d * bottom + f, b * left + d * top + f, b * right + d * bottom + f, b * right + d * top + f)
    return min(xs), min(ys), max(xs), max(ys)


def common(first: Edges, second: Edges) -> Edges | None:
    """The common part of two rectangles, if any; a line without width counts."""
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    right, top = min(first[2], second[2]), min(first[3], second[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None
