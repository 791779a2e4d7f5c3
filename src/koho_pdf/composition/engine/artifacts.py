"""Seam ``Stream.marked``: three things become artifacts: elements that HTML hides from assistive technology, the
content of page margins (page numbers, running titles), and table heads that are repeated on the next page.

The engine would tag art and page furniture as content (ISO 32000-1, 14.8.2.2). Running heads and feet are marked as
such: in margins by their place, elsewhere by ``data-artifact`` (``Header`` or ``Footer``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

KINDS = ("Header", "Footer")
_MARGINS = tuple(
    f"@{side}-{place}"
    for side, places in (
        ("top", ("left-corner", "left", "center", "right", "right-corner")),
        ("right", ("top", "middle", "bottom")),
        ("bottom", ("left-corner", "left", "center", "right", "right-corner")),
        ("left", ("top", "middle", "bottom")),
    )
    for place in places
)
"""The boxes in the margins of a page (CSS Paged Media 3, 4.2)."""


def hide_descendants(root: Any) -> None:
    """``aria-hidden`` hides everything below an element (WAI-ARIA 1.2, 6.6)."""
    for hidden in root.iterfind(".//*[@aria-hidden='true']"):
        kind = hidden.get("data-artifact")
        for element in hidden.iter():
            element.set("aria-hidden", "true")
            if kind:
                element.set("data-artifact", kind)


def hide_margins(pages: Sequence[Any]) -> None:
    """Hide repeated content: running elements have elements of their own in page margins; table heads and fixed boxes
    are on several pages.
    """
    from weasyprint.formatting_structure.boxes import MarginBox, TableRowGroupBox

    shown: set[Any] = set()
    for page in pages:
        for margin in page._page_box.children:
            for box in margin.descendants() if isinstance(margin, MarginBox) else ():
                box.koho_in_margin = "Header" if margin.at_keyword.startswith("@top") else "Footer"
        groups = [box for box in page._page_box.descendants(placeholders=True) if isinstance(box, TableRowGroupBox)]
        # A fixed box is on every page, and is read on the first.
        fixed = [box for box in page._page_box.descendants(placeholders=True) if box.style["position"] == "fixed"]
        repeated = [group for group in groups if group.is_header or group.is_footer] + fixed
        for again in repeated:
            for box in (again, *again.descendants()) if again.element in shown else ():
                box.koho_in_margin = "Header"
            shown.add(again.element)


def some(original: Any) -> Any:
    """Lay out the margins of a page only if its style has something for one of them."""

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Any:
        styles = (context.style_for(page.page_type, name) for name in _MARGINS)
        if all(style is None or style["content"] in ("normal", "inhibit", "none") for style in styles):
            return ()
        return original(context, page, state)

    return make_margin_boxes


def is_hidden(box: Any) -> bool:
    """Whether a box is an artifact."""
    if "koho_in_margin" in box.__dict__ or box.element is None:  # every box outside margins belongs to an element
        return True
    return bool(box.element.get("aria-hidden") == "true")


def marked_apart(marked: Any) -> Any:
    """Mark what is hidden as an artifact."""

    def marked_or_artifact(stream: Any, box: Any, tag: str) -> Any:
        if not is_hidden(box):
            return marked(stream, box, tag)
        kind = box.__dict__.get("koho_in_margin") or (box.element is not None and box.element.get("data-artifact"))
        return _passed_over(stream, str(kind or ""))

    return marked_or_artifact


@contextmanager
def _passed_over(stream: Any, kind: str) -> Iterator[None]:
    """The artifact's type: a running head or foot, or something repeated or decorative (ISO 32000-1, 14.8.2.2.2)."""
    import pydyf

    if stream._tags is None:
        yield
        return
    said: dict[str, Any] = {"Type": "/Layout"}
    if kind in KINDS:
        side = "Top" if kind == "Header" else "Bottom"
        said = {"Type": "/Pagination", "Subtype": f"/{kind}", "Attached": pydyf.Array([f"/{side}"])}
    stream.begin_marked_content("Artifact", pydyf.Dictionary(said))
    try:
        yield
    finally:
        stream.end_marked_content()
