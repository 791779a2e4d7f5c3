"""The seams of drawings (SVG): their values, fills, and what is drawn once (for the table in ``seams``)."""

from __future__ import annotations

from koho_pdf.composition.engine import drawn_art, svg_fills, svg_values
from koho_pdf.composition.engine.seam import Seam

ART = (
    Seam("pdf.stream:Stream.set_color(self color stroke)", drawn_art.noted_colours, "its colours", "test_drawn_art.py"),
    Seam("svg:color(string)", svg_values.once_read, "a colour is read once", "test_drawn_art.py"),
    Seam("svg:size(string font_size percentage_reference)", svg_values.once_measured, "likewise", "test_drawn_art.py"),
    Seam("svg:parse_url(url)", svg_values.once_parsed, "an address likewise", "test_drawn_art.py"),
    Seam("pdf.stream:pydyf._to_bytes(item)", svg_values.as_written, "numbers written at once", "test_drawn_art.py"),
    Seam("svg.path:point(svg string font_size)", svg_values.of_numbers, "numbers at once", "test_drawn_art.py"),
    Seam(
        "svg:SVG.set_graphical_state(self node font_size context)",
        svg_fills.without_lines,
        "a shape without an outline does not say how outlines look",
        "test_drawn_art.py",
    ),
    Seam(
        "images:SVGImage.draw(self stream concrete_width concrete_height _style)",
        drawn_art.once_drawn,
        "a drawing is read and drawn once, also for another edition",
        "test_drawn_art.py",
    ),
)
