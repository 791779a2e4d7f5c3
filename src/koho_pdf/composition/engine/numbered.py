"""Numbers of lists as HTML writes them (``ol start``, ``reversed``, ``type``; ``li value``; HTML 4.4.5, 4.4.8).

The engine reads them only with every other presentational hint of HTML. Browsers count by them, so paper must too.
"""

from __future__ import annotations

import re
from typing import Any

_KINDS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_NUMBER = re.compile(r"\s*(-?\d{1,9})")


def count(document: Any) -> None:
    """Write the numbering of HTML lists as CSS; a list's own ``style`` has priority."""
    for each in document.iter("ol"):
        items = [child for child in each if child.tag == "li"]
        back = "reversed" in each.attrib
        start = _number(each.get("start"))
        if start is None and back:
            start = len(items)
        if start is not None:
            _put(each, f"counter-reset: list-item {start + 1 if back else start - 1}")
        if kind := _KINDS.get(each.get("type", "")):
            _put(each, f"list-style-type: {kind}")
        for item in items:
            if (value := _number(item.get("value"))) is not None:
                _put(item, f"counter-increment: none; counter-set: list-item {value}")
            elif back:
                _put(item, "counter-increment: list-item -1")


def _number(text: str | None) -> int | None:
    found = _NUMBER.match(text or "")
    return int(found[1]) if found else None


def _put(element: Any, style: str) -> None:
    element.set("style", f"{style}; {element.get('style', '')}")
