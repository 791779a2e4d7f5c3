"""Seams ``columns_layout``, ``block_box_layout``: columns are laid out once.

To find out how high columns are, the engine lays all of them out at the place of the first, throws them away, and lays
them out again, each at its own place. Here the tried column is moved there instead. It is laid out again if anything
but its place is different, or if its layout changed something around it: a footnote, a running element, a box that is
placed absolutely.
"""

from __future__ import annotations

from typing import Any

from koho_pdf.composition.engine.laid_out import around


def trying(original: Any) -> Any:
    """Remember the tried columns of a box until it is laid out."""

    def columns_layout(context: Any, *given: Any) -> Any:
        outer = context.__dict__.get("koho_tried")
        context.koho_tried = {}
        try:
            return original(context, *given)
        finally:
            context.koho_tried = outer

    return columns_layout


def moved(original: Any) -> Any:
    """Move a tried column to its place, or lay it out."""

    def block_box_layout(
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool,
        absolute_boxes: list[Any],
        fixed_boxes: list[Any],
        adjoining_margins: Any,
        first_letter_style: Any,
        first_line_style: Any,
        *more: Any,
        **named: Any,
    ) -> Any:
        def laid_out() -> Any:
            lists = absolute_boxes, fixed_boxes, adjoining_margins, first_letter_style, first_line_style
            return original(
                context, box, bottom_space, skip_stack, containing_block, page_is_empty, *lists, *more, **named
            )

        tried = context.__dict__.get("koho_tried")
        if tried is None or not box.is_column or adjoining_margins or first_letter_style or first_line_style:
            return laid_out()
        before = around(context, absolute_boxes, fixed_boxes)
        given = round(bottom_space, 6), repr(skip_stack), page_is_empty, box.width, box.position_y
        key = id(box.children[0]), *given, repr(before)
        if key in tried:
            result = tried.pop(key)
            result[0].translate(box.position_x - result[0].position_x)
            return result
        result = laid_out()
        if result[0] is not None and around(context, absolute_boxes, fixed_boxes) == before:
            tried[key] = result
        return result

    return block_box_layout
