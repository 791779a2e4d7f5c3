"""The size of an SVG, in its own units and in CSS pixels (SVG 2, 8)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from koho_pdf.media.line_art import FARTHEST, Undrawable
from koho_pdf.media.path_data import length, numbers

_LARGEST = 4_000.0  # CSS pixels: the most width or height of a drawing by itself; the layout gives it its final size


def view_of(root: Element) -> tuple[float, float, float, float]:
    """Its view box: left, top, width, height. Raises ``Undrawable``: without-size, broken."""
    told = root.get("viewBox")
    box = [0.0, 0.0, _side(root, "width"), _side(root, "height")] if told is None else numbers(told)
    if len(box) != 4 or min(box[2:]) <= 0:
        raise Undrawable("without-size")
    return box[0], box[1], box[2], box[3]


def size_of_root(root: Element, across: float, down: float) -> tuple[float, float]:
    """Its width and height in CSS pixels; if missing or senseless, those of its view box."""
    try:
        width, height = _side(root, "width"), _side(root, "height")
    except Undrawable:
        width = height = 0
    if not (width and height):
        width, height = across, down
    if max(width, height) / min(width, height) > FARTHEST:
        raise Undrawable("without-size")
    shrink = min(1.0, _LARGEST / max(width, height))
    return width * shrink, height * shrink


def _side(root: Element, name: str) -> float:
    """A width or height; 0 if it is missing, or a percentage of something unknown."""
    told = root.get(name, "").strip()
    return 0.0 if not told or told.endswith("%") or told == "auto" else max(0.0, length(told, 0))
