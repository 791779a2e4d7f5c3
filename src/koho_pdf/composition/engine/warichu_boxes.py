"""Warichu (割注, JLREQ 3.4) in the engine's boxes: which elements are notes, and where their two lines stand."""

from __future__ import annotations

from typing import Any

from koho_pdf.composition.engine.leaf import Leaf
from koho_pdf.composition.engine.ruby_boxes import is_plain

_MIDDLE, _FOOT = 0.38, 0.12  # em: of the em box, from the baseline


def is_warichu(box: Any) -> bool:
    """Whether an inline element is set in two lines."""
    return bool(box.style["warichu"] == "two-lines")


def refused(box: Any, *, in_ruby: bool = False) -> str:
    """The words of the first note below a box that holds more than plain words: an element, kenten or a reading; empty
    if there is none.
    """
    from weasyprint.formatting_structure.boxes import InlineBox

    for child in box.children:
        if not isinstance(child, InlineBox):
            continue
        bare = is_plain(child) and child.style["text_emphasis_style"] == "none" and not in_ruby
        if is_warichu(child) and child.children and not bare:
            return "".join(inner.text for inner in child.descendants() if hasattr(inner, "text"))
        if words := refused(child, in_ruby=in_ruby or child.element_tag == "ruby"):
            return words
    return ""


def rise(leaf: Leaf) -> float:
    """The distance of the baseline of a note's first line above the line's baseline; its two lines are centred in the
    line's em.
    """
    em, note = (float(box.style["font_size"]) for box in (leaf.ancestors[-2], leaf.box))
    return _MIDDLE * em + _FOOT * note
