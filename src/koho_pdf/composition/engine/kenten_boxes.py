"""Kenten in the engine's boxes: which cells have a mark; the marks of a line are vector shapes, never text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from koho_pdf.composition.engine.leaf import Leaf
from koho_pdf.composition.paragraph.emphasis import Point, outline, pen, takes_mark

_HEAD = 0.88  # em: from the baseline to the head of the em box (JIS X 4051's model, as every face here is drawn)
_ABOVE = 0.2  # em: from the top of the letter or reading below to the middle of a mark
_RUBY = 0.5  # em: a mark stands above the reading (CSS Text Decoration 4, 5.4), in what is left of the line gap
_CLEAR = 0.4  # em: the room in which a mark is drawn whole


def is_emphasised(leaf: Leaf) -> bool:
    """Whether a text has marks."""
    return bool(leaf.box.style["text_emphasis_style"] != "none")


def marked(leaf: Leaf, texts: Sequence[str]) -> list[int]:
    """The cells of a leaf that have a mark."""
    if not is_emphasised(leaf):
        return []
    cells = range(leaf.first, leaf.first + len(leaf.glyphs))
    return [cell for cell in cells if takes_mark(texts[cell])]


def draw(stream: Any, box: Any) -> None:
    """Draw the marks of a text box (``koho_marks``: their middles, from its left edge)."""
    from weasyprint.draw.color import get_color

    style = box.style
    fill, shape = style["text_emphasis_style"].split()
    em, upright = float(style["font_size"]), style["writing_mode"] == "vertical-rl"
    if shape == "auto":
        shape = "sesame" if upright else "circle"  # CSS Text Decoration 4, 5.1
    above, scale = _HEAD + _ABOVE, 1.0
    if box.koho_below_reading:
        left = max(0.1, box.margin_height() / em - 1 - _RUBY)
        above, scale = _HEAD + _RUBY + left / 2, min(1.0, left / _CLEAR)
    y = box.position_y + box.baseline - above * em
    line, color = pen(fill), get_color(style, "color")
    start, curves = outline(shape)
    with stream.artifact(), stream.stacked():
        stream.set_color(color, stroke=line is not None)
        if line is not None:
            stream.set_line_width(line * em)
        for middle in box.koho_marks:
            x = box.position_x + middle

            def at(point: Point, x: float = x) -> tuple[float, float]:
                # A vertical line lies on its side while it is drawn, so upright marks are turned back.
                right, down = (point[1], -point[0]) if upright else point
                return x + right * em * scale, y + down * em * scale

            stream.move_to(*at(start))
            for one, other, end in curves:
                stream.curve_to(*at(one), *at(other), *at(end))
            stream.close()
            if line is None:
                stream.fill()
            else:
                stream.stroke()
