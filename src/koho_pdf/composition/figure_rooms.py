"""Text of a page that is there to be measured alone: the room behind figures of a table."""

from __future__ import annotations

from typing import Any


def is_room(box: Any) -> bool:
    """Whether a text is the room behind a figure of a table (``data-room``): digits that are measured, never shown."""
    of = box.element.attrib.get("data-room") if box.element is not None else None
    return bool(of) and (box.element_tag or "").endswith("::after") and box.style["visibility"] == "hidden"
