"""Seams ``element_to_box`` and ``build_formatting_structure``: a page (or a measured article) composed without the
others.

In its HTML the others are empty elements with ``data-elsewhere``: every selector of CSS still finds them, but they make
no boxes. What is composed has ``data-here``. Both say what they are: ``page`` or ``block``. A page alone is the page of
the whole only if nothing reaches from one to another, which is looked at here: a counter or a quotation that goes on,
something beside the pages or around them, a page that does not begin on a new sheet.
"""

from __future__ import annotations

from typing import Any

ELSEWHERE, HERE = "data-elsewhere", "data-here"
_FORCED = ("page", "always")
_SIDES = ("padding_top", "padding_bottom", "border_top_width", "border_bottom_width", "margin_top", "margin_bottom")


class Alone:
    """Whether what one composition composes alone is as in the whole: it ``holds`` until something speaks against."""

    def __init__(self) -> None:
        self.holds = True
        self._before: Any = None  # the style of the page before, as the document has them

    def passed(self, style: Any, kind: str) -> None:
        """A page begins on a new sheet, because it says so or the one before it does."""
        if kind == "page":
            before, self._before = self._before, style
            self.holds &= before is None or style["break_before"] in _FORCED or before["break_after"] in _FORCED
            self.holds &= style["float"] == "none" and style["position"] in ("static", "relative")

    def look(self, root: Any) -> None:
        """Around the pages are boxes that hold them and nothing else, and that take no room of their own."""
        if self._before is None:
            return
        box = root
        while not _is_here(box):
            inside = [each for each in getattr(box, "children", ()) if _is_something(each)]
            if not (len(inside) == 1 or (inside and all(map(_is_here, inside)))) or not _is_plain(box):
                self.holds = False
                return
            box = inside[0]


def _is_here(box: Any) -> bool:
    return box.element is not None and HERE in box.element.attrib


def _is_something(box: Any) -> bool:
    return bool(box.text.strip()) if hasattr(box, "text") else True


def _is_plain(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import BlockBox

    style = box.style
    placed = style["position"] != "static" or style["float"] != "none" or style["transform"]
    columns = (style["column_count"], style["column_width"]) != ("auto", "auto")
    high = style["height"] != "auto" or _length(style["min_height"])
    return type(box) is BlockBox and not (placed or columns or high or any(_length(style[side]) for side in _SIDES))


def _length(value: Any) -> bool:
    return value != "auto" and bool(getattr(value, "value", value))


def apart(original: Any) -> Any:
    """Make no boxes for what is composed elsewhere."""

    def element_to_box(element: Any, style_for: Any, *more: Any) -> Any:
        kind = element.get(HERE)
        alone: Alone | None = getattr(style_for.font_config, "koho_alone", None)
        if alone is None or (kind is None and element.get(ELSEWHERE) is None):
            return original(element, style_for, *more)
        alone.passed(style_for(element), kind or element.get(ELSEWHERE))
        if kind is None:
            return []
        before = _state(more)
        made = original(element, style_for, *more)
        alone.holds &= _state(more) == before
        return made

    return element_to_box


def _state(more: Any) -> str:
    """Quotations and counters where an element begins: the engine changes them in place."""
    quotes, counters, *_ = more[-1]
    return repr((quotes, counters))


def looked_at(original: Any) -> Any:
    """Look at the boxes around a page that is composed alone."""

    def build_formatting_structure(*arguments: Any) -> Any:
        root = original(*arguments)
        if alone := getattr(root.style.font_config, "koho_alone", None):
            alone.look(root)
        return root

    return build_formatting_structure
