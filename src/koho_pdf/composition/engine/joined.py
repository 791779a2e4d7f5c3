"""Seam ``Page.paint``: what a page wrote becomes one text as soon as it is drawn. The operators of an issue of 24 pages
are a quarter of a million objects, and the engine would keep them all until the last page is drawn."""

from __future__ import annotations

from typing import Any


def at_once(paint: Any) -> Any:
    """Draw a page, and join its operators but the last, at which the engine still looks."""

    def paint_page(page: Any, stream: Any, scale: float = 1) -> None:
        import pydyf

        paint(page, stream, scale)
        *written, last = stream.stream or [b""]
        if written:
            stream.stream[:] = b"\n".join(map(pydyf._to_bytes, written)), last

    return paint_page
