"""Seams ``line_box_verticality`` and ``draw_inline_level``: readings and kenten stand above a line without making it
higher.

Readings take their height from the base's type when the line is levelled, and are drawn after the line: a copied line
is its text, then its readings. Kenten are drawn after it too, since an artifact may not stand inside marked content
(ISO 14289-1, 7.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from koho_pdf.composition.engine import kenten_boxes

_HEAD, _FOOT = 0.88, 0.12  # em: the em boxes of base and reading, from the baseline; the reading stands on the base


def reading(box: Any) -> Any:
    """Take a laid-out reading out of its line's height and drawing."""
    box.koho_reading, box.is_in_normal_flow = True, _never
    return box


def _never() -> bool:
    return False


def _is_reading(box: Any) -> bool:
    return "koho_reading" in getattr(box, "__dict__", ())


def levelled(original: Any) -> Any:
    """Level a line, then the readings above it."""

    def line_box_verticality(line: Any) -> Any:
        edges = original(line)
        if "koho_above" in line.__dict__:
            _level(line, None)
        return edges

    return line_box_verticality


def _level(box: Any, base: Any) -> Any:
    """Set each reading on the text before it; returns the last text. The lines of an inline block are level."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox

    for child in box.children if isinstance(box, (InlineBox, LineBox)) else ():
        if _is_reading(child):
            (text,) = child.children
            head = base.position_y + base.baseline - _HEAD * base.style["font_size"]
            baseline = head - _FOOT * text.style["font_size"]
            text.position_y, child.position_y = baseline - text.baseline, baseline - child.baseline
        elif hasattr(child, "text"):
            child.position_y += child.__dict__.get("koho_below", 0.0)  # a line of a warichu
            base = child
        else:
            base = _level(child, base)
    return base


class Drawing:
    """Replaces ``draw_inline_level``, which calls itself for the content of a line."""

    def __init__(self, original: Any) -> None:
        self._original, self._inside = original, False

    def __call__(self, stream: Any, page: Any, box: Any, *more: Any, **named: Any) -> None:
        from weasyprint.formatting_structure.boxes import LineBox
        from weasyprint.stacking import StackingContext

        if self._inside and _is_reading(box):
            return
        outer, whole = self._inside, not self._inside or isinstance(box, LineBox)
        self._inside = not isinstance(box, StackingContext)  # which holds lines of its own
        try:
            self._original(stream, page, box, *more, **named)
        finally:
            self._inside = outer
        if whole and not isinstance(box, StackingContext):
            for above in list(_above(box)):
                if _is_reading(above):
                    self._original(stream, page, above)
                else:
                    kenten_boxes.draw(stream, above)


def _above(box: Any) -> Iterator[Any]:
    """The readings and the texts with kenten of a line, or of a part that is drawn by itself. A line inside it (such as
    ``::first-line``) has already drawn its own.
    """
    from weasyprint.formatting_structure.boxes import LineBox

    for child in getattr(box, "children", ()):
        if _is_reading(child) or getattr(child, "koho_marks", None):
            yield child
        elif not isinstance(child, LineBox):
            yield from _above(child)
