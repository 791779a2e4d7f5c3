"""Seam ``layout.block.block_level_layout_switch``: blocks that take whole lines of the grid (行取り, JLREQ 4.1.5).

``block-step-size: 7mm`` (CSS Rhythmic Sizing 1, 3) makes a block as high as whole steps, its content in the middle, so
that what follows a heading or a picture stands on the line grid again.
"""

from __future__ import annotations

from math import ceil
from typing import Any

_HAIR = 1e-3  # of a step: rounding error allowed in sums of lengths


def steps(height: float, step: float) -> float:
    """The height of the fewest whole steps that hold ``height``."""
    return ceil(height / step - _HAIR) * step


def stepped(layout: Any) -> Any:
    """Make a block as high as whole steps (CSS Rhythmic Sizing, ``block-step-size``)."""

    def block_level_layout_switch(context: Any, box: Any, *more: Any, **named: Any) -> Any:
        made, resume_at, *rest = layout(context, box, *more, **named)
        size = box.style["block_step_size"]
        if made is not None and resume_at is None and size:
            extra = steps(made.margin_height(), size.value) - made.margin_height()
            made.height += extra
            for child in made.children:
                child.translate(dy=extra / 2)
        return made, resume_at, *rest

    return block_level_layout_switch
