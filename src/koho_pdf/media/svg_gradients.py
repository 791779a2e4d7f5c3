"""Gradients of an SVG, each with everything that it takes from others (SVG 2, 14.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from koho_pdf.media.line_art import SVG
from koho_pdf.media.path_data import length, transform
from koho_pdf.media.svg_styles import colour, current_of, referred, share

GRADIENTS: Mapping[str, tuple[str, ...]] = {
    "linearGradient": ("x1", "y1", "x2", "y2"),
    "radialGradient": ("cx", "cy", "r", "fx", "fy", "fr"),
}


def gradient(
    element: Element,
    made: Element,
    by_id: Mapping[str, Element],
    styles: Mapping[Element, Mapping[str, str]],
    current: str,
) -> Iterator[Element]:
    """Set the attributes of the new gradient ``made``, and return its stops. Raises ``Undrawable``."""
    line = [element]
    while (more := by_id.get(referred(line[-1]))) is not None:
        if more in line or more.tag.rpartition("}")[2] not in GRADIENTS:
            break
        line.append(more)
    told = {name: value for each in reversed(line) for name, value in each.attrib.items()}
    for name in GRADIENTS[made.tag]:
        if name in told:
            percent = told[name].strip().endswith("%")
            value = length(told[name].strip().rstrip("%"), 0)
            made.set(name, f"{value:g}{'%' if percent else ''}")
    if told.get("gradientUnits") == "userSpaceOnUse":
        made.set("gradientUnits", "userSpaceOnUse")
    if told.get("spreadMethod") in ("reflect", "repeat"):
        made.set("spreadMethod", told["spreadMethod"])
    if turned := told.get("gradientTransform"):
        made.set("gradientTransform", transform(turned))
    for stop in next((found for each in line if (found := each.findall(f"{{{SVG}}}stop"))), []):
        said = styles.get(stop, {})
        shown, alpha = colour(said.get("stop-color", "black"), current_of(said, current))
        alpha *= share(said.get("stop-opacity", "1"))
        new = Element("stop", {"offset": f"{share(stop.get('offset', '0')):g}", "stop-color": shown})
        if alpha < 1:
            new.set("stop-opacity", f"{alpha:g}")
        yield new
