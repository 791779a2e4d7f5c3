"""Finds where the pictures of an issue stand on laid-out pages, and what cuts each: ``img`` and CSS backgrounds.

It reads the engine's boxes, as ``placing`` does. ``composition.pictures.kept`` checks what may not be cut. Pictures
inside a layout's SVG (``image``) are not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from koho_pdf.composition.pictures.kept import Frame, Standing
from koho_pdf.geometry import PX_PER_MM

_MM = 1 / PX_PER_MM


def standing(pages: Sequence[Any]) -> Iterator[Standing]:
    """Every picture on these pages, in the order of their boxes."""
    for number, page in enumerate(pages, 1):
        yield from _Page(number, page).read(page._page_box, None, ())


class _Page:
    def __init__(self, number: int, page: Any) -> None:
        self._number, self._page_box = number, page._page_box  # which the engine never clips
        self._size = (page.width * _MM, page.height * _MM)

    def read(self, box: Any, matrix: Any, frames: tuple[Frame, ...], field: str = "") -> Iterator[Standing]:
        """The pictures in a box; ``matrix`` is how it is turned, ``frames`` are the boxes that cut off what is outside
        them.
        """
        box = getattr(box, "_box", box)  # an absolutely placed box is reached through a placeholder
        style, is_element = box.style, box.element is not None and "::" not in (box.element_tag or "")
        if style["clip"] and box.is_absolutely_positioned():
            frames = (*frames, _clip(box, matrix))
        if box.transformation_matrix:
            matrix = box.transformation_matrix @ matrix if matrix else box.transformation_matrix
        field = box.element.get("data-field", field) if is_element else field
        if style["visibility"] == "visible" and getattr(box, "background", None):
            yield from self._backgrounds(box, matrix, frames, field)
        if style["overflow"] != "visible" and box is not self._page_box:
            frames = (*frames, _frame(box.rounded_padding_box(), matrix))
        if getattr(box, "replacement", None) is not None and is_element and style["visibility"] == "visible":
            yield from self._replaced(box, matrix, frames, field)
        for child in getattr(box, "children", ()):
            yield from self.read(child, matrix, frames, field)

    def _replaced(self, box: Any, matrix: Any, frames: tuple[Frame, ...], field: str) -> Iterator[Standing]:
        from weasyprint.layout.replaced import replacedbox_layout

        source = box.element.get("src") or box.element.get("data") or ""
        if source and box.width and box.height:
            width, height, x, y = replacedbox_layout(box)
            yield self._standing(source, (x, y, width, height), matrix, frames, field)

    def _backgrounds(self, box: Any, matrix: Any, frames: tuple[Frame, ...], field: str) -> Iterator[Standing]:
        for (kind, source), layer in zip(box.style["background_image"], box.background.layers, strict=False):
            if kind != "url" or layer.image is None:
                continue
            (x, y), (width, height) = layer.position, layer.size
            place = x + layer.positioning_area[0], y + layer.positioning_area[1], width, height
            cut = tuple(_frame(each, matrix) for each in layer.clipped_boxes)
            yield self._standing(source, place, matrix, (*frames, *cut), field)

    def _standing(
        self, source: str, place: tuple[float, ...], matrix: Any, frames: tuple[Frame, ...], field: str
    ) -> Standing:
        x, y, width, height = (each * _MM for each in place)
        return Standing(source, field, self._number, self._size, (x, y, width, height), _values(matrix), frames)


def _frame(rounded: Sequence[Any], matrix: Any) -> Frame:
    x, y, width, height, *radii = rounded
    left_top, right_top, right_bottom, left_bottom = ((across * _MM, down * _MM) for across, down in radii)
    corners = (left_top, right_top, right_bottom, left_bottom)
    return Frame((x * _MM, y * _MM, width * _MM, height * _MM), _values(matrix), corners)


def _clip(box: Any, matrix: Any) -> Frame:
    """The part left by ``clip: rect()``, as the engine draws it."""
    top, right, bottom, left = box.style["clip"]
    ends = (box.border_height(), box.border_width())
    top, right = (0 if each == "auto" else each for each in (top, right))
    bottom, left = (end if each == "auto" else each for each, end in zip((bottom, left), ends, strict=True))
    across, down = sorted((right, left)), sorted((top, bottom))
    x, y = box.border_box_x() + across[0], box.border_box_y() + down[0]
    return _frame((x, y, across[1] - across[0], down[1] - down[0], *4 * ((0, 0),)), matrix)


def _values(matrix: Any) -> tuple[float, ...]:
    """A matrix of the engine's (CSS pixels) in mm."""
    if not matrix:
        return (1, 0, 0, 1, 0, 0)
    a, b, c, d, e, f = matrix.values
    return (a, b, c, d, e * _MM, f * _MM)
