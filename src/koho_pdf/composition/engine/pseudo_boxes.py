"""Seams ``marker_to_box``, ``first_letter_to_box``: what ``::marker`` and ``::first-letter`` of a layout's CSS make.

The engine gives the words of a list's sign (``content``) the style of the box that holds them, with its place, and then
stops at them. And it makes a first letter anew each time that a line is laid out again (in columns, in turned text),
and of whatever comes first: a sign, a picture, a forced break, a base with its reading. Here it is made once, of a
letter.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from koho_pdf.composition.engine.ruby_boxes import is_reading
from koho_pdf.composition.engine.warichu_boxes import is_warichu
from koho_pdf.composition.mutters import NOT_SET, NOT_SUNK

_LETTER = "::first-letter"


def with_own_style(original: Any) -> Any:
    """Give a list's sign a style of its own, apart from that of its words; and none where CSS asks for none, for which
    the engine sets the usual one (CSS Lists 3, 3.2)."""

    def marker_to_box(element: Any, state: Any, parent_style: Any, style_for: Any, *more: Any) -> Iterator[Any]:
        style = style_for(element, "marker")
        if style is not None and style.cascaded.get("content", ("",))[0] == ("none",):
            return
        for box in original(element, state, parent_style, style_for, *more):
            shared = box.style
            if any(child.style is shared for child in box.children):
                box.style = shared.copy()
                shared["position"] = "static"
            yield box

    return marker_to_box


def once(original: Any) -> Any:
    """Make the first letter of a text once, if there is one."""

    def first_letter_to_box(box: Any, skip_stack: Any, style: Any) -> Any:
        from weasyprint.formatting_structure.boxes import InlineBox, TextBox

        if not style or not box.children:
            return skip_stack
        children = list(box.children)
        before = 0
        while before < len(children) - 1 and children[before].is_absolutely_positioned():
            before += 1
        first = children[before]
        tag = first.element_tag or ""
        if _LETTER in tag or tag.endswith("::marker"):
            return skip_stack
        if isinstance(first, InlineBox):
            if any(is_reading(child) for child in first.children) or is_warichu(first):
                words = "".join(each.text for each in first.descendants() if hasattr(each, "text"))
                logging.getLogger("weasyprint").warning("%s%s", NOT_SET, words)
                return skip_stack
        elif not isinstance(first, TextBox) or not first.text.strip(" \n"):
            return skip_stack  # a picture, a break: no letter comes first (CSS Pseudo-Elements 4, 2.2)
        if skip_stack:
            ((at, inner),) = skip_stack.items()
            skip_stack = {at - before: inner} if at >= before else None
        if style.get("float", "none") != "none" and box.style["writing_mode"] != "horizontal-tb":
            logging.getLogger("weasyprint").warning("%s%s", NOT_SUNK, getattr(first, "text", ""))
            style["float"] = "none"  # lines of turned text do not run around it
        box.children = children[before:]
        skip_stack = original(box, skip_stack, style)
        box.children = [*children[:before], *box.children]
        return {at + before: inner for at, inner in skip_stack.items()} if skip_stack else skip_stack

    return first_letter_to_box
