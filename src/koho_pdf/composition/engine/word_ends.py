"""Seams ``remove_last_whitespace`` and ``split_text_box``: a text that ends a line remembers the space it ended at.

Such a space takes no room (CSS Text 3, 4.1.2), but a reader that joins two lines must know that two words meet. Tagged
PDFs have it after the line, where it is not seen (``drawing``); our own lines know it themselves (``boxes``).
"""

from __future__ import annotations

from typing import Any


def ended_by_break(line: Any) -> None:
    """Let the last text of a line say that a word ends there."""
    texts = [box for box in line.descendants() if getattr(box, "text", "").strip()]
    if texts:
        texts[-1].koho_space = " "


def remembered(original: Any) -> Any:
    """Remember the space at which the engine ends a line: it takes no room but separates two words."""

    def remove_last_whitespace(context: Any, line: Any) -> None:
        last = line
        while getattr(last, "children", ()):
            last = last.children[-1]
        text = getattr(last, "text", "")
        original(context, line)
        if getattr(last, "text", "") and text != last.text:
            last.koho_space = " "

    return remove_last_whitespace


def parted(original: Any) -> Any:
    """Remember the space at which a text is split."""

    def split_text_box(context: Any, box: Any, width: Any, skip: Any, *more: Any, **named: Any) -> Any:
        made, resume, preserved = original(context, box, width, skip, *more, **named)
        if made is not None and resume is not None:
            taken = box.text.encode()[skip or 0 : resume].decode()
            if taken[len(made.text) :].startswith((" ", "\n")):
                made.koho_space = " "
        return made, resume, preserved

    return split_text_box
