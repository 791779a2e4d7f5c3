"""Seams ``_dispatch`` and ``draw_block_level``: what we turn is painted where it stands among the words around it.

The engine paints whatever has a ``transform`` after all text that has none. Vertical blocks, and what stands upright in
them, have one only because we turn them so; painted late they would be copied and read late, out of the order of the
tree (ISO 32000-1, 14.8.2.3). What a designer turns or places stays as CSS has it.
"""

from __future__ import annotations

from typing import Any


def kept_here(original: Any) -> Any:
    """Keep what is painted of a turned box with the box."""

    def _dispatch(box: Any, page: Any, contexts: list[Any], *more: Any) -> Any:
        from weasyprint.formatting_structure.boxes import InlineBlockBox
        from weasyprint.stacking import StackingContext

        turned = "koho_frame" in box.__dict__ or "koho_upright_in" in box.__dict__
        if not turned or box.style["position"] != "static" or box.is_floated():
            return original(box, page, contexts, *more)
        own: list[Any] = []
        made = original(box, page, own, *more)
        if made is None:  # it has a place of its own in the order: opacity, overflow
            contexts += own
        elif isinstance(box, InlineBlockBox):
            return StackingContext.from_box(box, page)
        else:
            made.koho_here = own
        return made

    return _dispatch


def painted_here(original: Any) -> Any:
    """Paint it after the block's own words, before those of the next block."""

    def draw_block_level(page: Any, stream: Any, blocks: Any) -> None:
        from weasyprint.draw import draw_stacking_context

        for block, inside in blocks.items():
            original(page, stream, {block: inside})
            for context in block.__dict__.get("koho_here", ()):
                draw_stacking_context(stream, context)

    return draw_block_level
