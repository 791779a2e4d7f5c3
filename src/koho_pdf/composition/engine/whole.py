"""Seams ``absolute_box_layout``, ``block_container_layout``, ``block_level_layout_switch``: boxes with a fixed place
are not cut.

The engine cuts a box at the page's foot and moves the rest to the next page. But an absolutely placed box, a slot of
fixed height, or a page of a plan, does not go on there: the rest would be lost, or painted over another page. Such
boxes are set as if the page had no foot, so that ``placing`` sees every line that leaves its slot or the page.

The engine knows columns (``columns``) only in normal flow. Elsewhere (absolute, floating, inline-block, a table cell, a
flex or grid item) their content goes into an extra block of columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ENDLESS = 1e6  # CSS pixels: higher than any page
_WHOLE = {"data-slot", "data-page"}
_COLUMNS = ("count", "width", "gap", "fill", "rule_color", "rule_style", "rule_width")


def placed_whole(original: Any) -> Any:
    """Lay an absolutely placed box out as if the page had no foot."""
    return _whole(original, lambda box: True)


def slot_whole(original: Any) -> Any:
    """Lay a slot of fixed height out as if the page had no foot, its columns as high as it."""
    return _sized(_whole(original, _is_slot))


def items_whole(original: Any) -> Any:
    """Lay a slot of items, in a row or a grid, out as if the page had no foot."""
    return _whole(original, _is_slot_of_items)


def _whole(original: Any, is_whole: Any) -> Any:
    def layout(context: Any, box: Any, *more: Any, **named: Any) -> Any:
        if not is_whole(box):
            return original(context, box, *more, **named)
        with _endless(context):
            return original(context, box, *more, **named)

    return layout


@contextmanager
def _endless(context: Any) -> Iterator[None]:
    """A page without a foot, except for the space that footnotes take."""
    kept, context.page_bottom = context.page_bottom, _ENDLESS
    try:
        yield
    finally:
        taken = _ENDLESS - context.page_bottom
        context.page_bottom = kept - taken if taken else kept


def _is_slot(box: Any) -> bool:
    """Whether a box is a slot of fixed height, or a page of a plan; the first box, if an element has several."""
    element = box.element
    return box.height != "auto" and element is not None and not _WHOLE.isdisjoint(element.attrib)


def _is_slot_of_items(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import FlexContainerBox, GridContainerBox

    return isinstance(box, (FlexContainerBox, GridContainerBox)) and _is_slot(box)


def with_columns(original: Any) -> Any:
    """Put the content of a box with columns out of the flow into a block of columns."""

    def build_formatting_structure(*arguments: Any) -> Any:
        root = original(*arguments)
        _hold_columns(root)
        return root

    return build_formatting_structure


def _hold_columns(box: Any) -> None:
    from weasyprint.formatting_structure.boxes import BlockBox, BlockContainerBox

    for child in getattr(box, "children", ()):
        _hold_columns(child)
    asked = (box.style["column_count"], box.style["column_width"]) != ("auto", "auto")
    if not asked or not isinstance(box, BlockContainerBox) or not _is_out_of_flow(box):
        return
    style = box.style.anonymous_style.copy()
    style.update({f"column_{key}": box.style[f"column_{key}"] for key in _COLUMNS})
    box.style = box.style.copy()
    box.style.update(column_count="auto", column_width="auto")
    holder = BlockBox(box.element_tag, style, box.element, box.children)
    holder.koho_holds_columns = True
    box.children = [holder]


def _is_out_of_flow(box: Any) -> bool:
    """Whether the engine lays a box out in a way that ignores columns."""
    from weasyprint.formatting_structure.boxes import BlockLevelBox

    placed = box.is_absolutely_positioned() or box.is_floated() or box.is_flex_item or box.is_grid_item
    return placed or not isinstance(box, BlockLevelBox)


def _sized(original: Any) -> Any:
    """Make the columns of a box of fixed height as high as the box."""

    def block_container_layout(context: Any, box: Any, *more: Any, **named: Any) -> Any:
        from weasyprint.css.properties import Dimension

        inner: Any = box.children[0] if len(box.children) == 1 else None
        if box.height != "auto" and hasattr(inner, "koho_holds_columns"):
            inner.style = inner.style.copy()
            inner.style["height"] = Dimension(box.height, "px")
        return original(context, box, *more, **named)

    return block_container_layout
