"""The elements of SVG by what a drawing makes of them (SVG 2)."""

from __future__ import annotations

from collections.abc import Mapping

SHAPES: Mapping[str, tuple[str, ...]] = {
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "polyline": (),
    "polygon": (),
    "path": (),
}
SIZES = ("width", "height", "r", "rx", "ry")
GROUPS = ("g", "a", "svg", "symbol", "switch")
UNSEEN = ("title", "desc", "metadata", "defs", "style", "view", "cursor", "font", "font-face", "color-profile")
MOVING = ("animate", "animateColor", "animateMotion", "animateTransform", "set", "discard", "mpath")
TEXTS = ("text", "tspan", "textPath", "tref", "altGlyph", "flowRoot")
