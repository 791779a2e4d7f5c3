"""Lengths and rectangles on a page, in the units of the trade.

Everything inside koho-pdf is in millimetres, measured from the top left corner of the trimmed page (仕上り); points
appear only where a PDF is read or written, Q and H (1 Q = 1 H = 0.25 mm, JIS Z 8305) only where type is spoken of.
"""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_Q = 0.25
PT_PER_MM = 72 / 25.4
PX_PER_MM = 96 / 25.4


def pt(millimetres: float) -> float:
    """Millimetres to PDF points (ISO 32000-1, 8.3.2.3: 1/72 inch)."""
    return millimetres * PT_PER_MM


def mm_from_px(pixels: float) -> float:
    """CSS pixels (1/96 inch) to millimetres."""
    return pixels / PX_PER_MM


def px_from_mm(millimetres: float) -> float:
    """Millimetres to CSS pixels (1/96 inch)."""
    return millimetres * PX_PER_MM


def q_from_px(pixels: float) -> float:
    """CSS pixels to Q, the size of type (級数)."""
    return mm_from_px(pixels) / MM_PER_Q


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle in millimetres; x grows to the right, y downwards, from the trim's top left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def grown(self, margin: float) -> Rect:
        """The rectangle with ``margin`` mm more (or, negative, less) on every side."""
        return Rect(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def moved(self, across: float, down: float) -> Rect:
        """The rectangle so far to the right and downwards."""
        return Rect(self.x + across, self.y + down, self.width, self.height)

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def shared(self, other: Rect) -> float:
        """The area in which both lie, in square millimetres."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0.0, across) * max(0.0, down)

    def rounded(self, digits: int = 2) -> Rect:
        """The rectangle to ``digits`` decimals of a millimetre, for files that are read by people."""
        return Rect(*(round(value, digits) + 0.0 for value in (self.x, self.y, self.width, self.height)))
