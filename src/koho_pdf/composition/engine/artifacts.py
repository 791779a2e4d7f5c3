"""Seams ``Stream.marked`` and ``tags._build_box_tree``: what HTML hides from assistive technology is an artifact,
and so is what CSS writes into a page's margins (page numbers, running titles).

The engine would tag art and page furniture as content (ISO 32000-1, 14.8.2.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


def install() -> None:
    """Put the seams in."""
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    Stream.marked = _marked(Stream.marked)
    tags._build_box_tree = _box_tree(tags._build_box_tree)


def hide_descendants(root: Any) -> None:
    """``aria-hidden`` hides everything below an element (WAI-ARIA 1.2, 6.6)."""
    for hidden in root.iterfind(".//*[@aria-hidden='true']"):
        for element in hidden.iter():
            element.set("aria-hidden", "true")


def hide_margins(pages: Sequence[Any]) -> None:
    """Running elements stand in the margins of pages with elements of their own."""
    from weasyprint.formatting_structure.boxes import MarginBox

    for page in pages:
        for margin in page._page_box.children:
            for box in margin.descendants() if isinstance(margin, MarginBox) else ():
                box.koho_in_margin = True


def _is_hidden(box: Any) -> bool:
    if "koho_in_margin" in box.__dict__:
        return True
    return box.element is not None and box.element.get("aria-hidden") == "true"


def _marked(marked: Any) -> Any:
    def marked_or_artifact(stream: Any, box: Any, tag: str) -> Any:
        in_margin = box.element is None  # every other box is an element's, or made for one
        return stream.artifact() if in_margin or _is_hidden(box) else marked(stream, box, tag)

    return marked_or_artifact


def _box_tree(build: Any) -> Any:
    def build_unless_hidden(box: Any, *arguments: Any) -> Iterator[Any]:
        from weasyprint.formatting_structure.boxes import MarginBox

        if not isinstance(box, MarginBox) and not _is_hidden(getattr(box, "_box", box)):
            yield from build(box, *arguments)

    return build_unless_hidden
