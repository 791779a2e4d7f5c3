"""How deep blocks are on the pages: how far the lines of an element follow each other, where it asks (``data-block``).

A vertical block is laid out as a horizontal one that is turned, so its depth is its height there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from koho_pdf.geometry import mm_from_px


def depths(pages: Iterable[Any]) -> dict[str, float]:
    """The depth in mm of every block that asks for it, by the name it gives; of one over several pages the sum."""
    found: dict[str, float] = {}
    for page in pages:
        for box in _boxes(page._page_box):
            element = box.element
            name = element.get("data-block") if element is not None and "::" not in (box.element_tag or "") else None
            if name:
                found[name] = found.get(name, 0.0) + mm_from_px(float(box.border_height()))
    return found


def _boxes(box: Any) -> Iterator[Any]:
    """A box and all in it; one that is placed absolutely stands behind a placeholder."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)
