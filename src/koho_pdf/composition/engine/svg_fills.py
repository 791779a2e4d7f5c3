"""Seam ``SVG.set_graphical_state``: a shape without an outline does not say how outlines look.

Before each shape the engine writes how lines are dashed, ended and joined (ISO 32000-1, 8.4.3), although most shapes of
a drawing are only filled: nearly half of the operators on a page with art, which are then read again by whatever
finishes and inspects the file.
"""

from __future__ import annotations

from typing import Any


def without_lines(plain: Any) -> Any:
    """Set the colour of a plain fill and nothing else, if there is no outline."""

    def set_fill(svg: Any, node: Any, font_size: float, context: Any = None) -> Any:
        from weasyprint.svg import alpha_value, color

        source, fill = node.get_paint("fill", context)
        if source or any(node.get_paint("stroke", context)):
            return plain(svg, node, font_size, context=context)
        if fill:
            shown = color(fill)
            shown.alpha *= alpha_value(node.get("fill-opacity", 1))
            svg.stream.set_color(shown)
        return fill, None

    return set_fill
