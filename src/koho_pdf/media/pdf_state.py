"""The graphics state of a PDF drawing, and its matrices (ISO 32000-1, 8.3 and 8.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from koho_pdf.media.line_art import FARTHEST, Undrawable
from koho_pdf.media.pdf_colours import GREY, Space

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class State:
    """The graphics state (ISO 32000-1, 8.4); ``into`` is the group that is drawn into."""

    into: Element
    ctm: Matrix
    fill: str = "device-cmyk(0 0 0 1)"
    stroke: str = "device-cmyk(0 0 0 1)"
    fill_space: Space = GREY
    stroke_space: Space = GREY
    fill_alpha: float = 1
    stroke_alpha: float = 1
    width: float = 1
    cap: int = 0
    join: int = 0
    miter: float = 10
    dash: tuple[float, ...] = ()
    phase: float = 0
    invisible: bool = False
    depth: int = 0

    def having(self, **changes: Any) -> State:
        """The state with some of it changed."""
        return replace(self, **changes)


def number(told: Any) -> float:
    """A number within limits. Raises ``Undrawable``."""
    value = float(told)
    if not abs(value) <= FARTHEST:
        raise Undrawable("broken", "大きすぎる数")
    return value


def matrix_of(told: Any) -> Matrix:
    """Six numbers as a matrix. Raises ``Undrawable``."""
    a, b, c, d, e, f = (number(each) for each in told)
    return a, b, c, d, e, f


def product(one: Matrix, other: Matrix) -> Matrix:
    """``one`` then ``other`` (8.3.4)."""
    a, b, c, d, e, f = one
    k, m, n, o, p, q = other
    return a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q


def inverse(matrix: Matrix) -> Matrix:
    """The inverse matrix. Raises ``Undrawable``."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if not area:
        raise Undrawable("broken", "PDF の変形")
    return d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area


def applied(matrix: Matrix, point: tuple[float, float]) -> tuple[float, float]:
    """The place of a point after the matrix."""
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def written(matrix: Matrix) -> str:
    """As SVG writes it."""
    return f"matrix({' '.join(f'{value + 0.0:.8g}' for value in matrix)})"


def turn(made: Element, matrix: Matrix) -> None:
    """Set an element's transform."""
    if matrix != UNIT:
        made.set("transform", written(matrix))
