"""Seams for gradients: shadings keep the inks they are written in (``device-cmyk``), in CSS and in SVG.

The engine takes every colour for red, green, blue and alpha: with inks it fails at a gradient in CSS, and writes three
components for one in SVG. Here a stop of a gradient in inks is an ``Ink``, and a shading has as many components as its
function (ISO 32000-1, 8.7.4.5.1). White, black and greys among inks become black ink; other RGB colours are told
(``gradient-not-in-inks``). A stop's opacity is a soft mask (ISO 32000-1, 11.6.5.3).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from tinycss2.color5 import Color, parse_color

from koho_pdf.composition.engine.inked_pages import shade_in_inks
from koho_pdf.composition.mutters import MIXED

_HAIR = 0.01  # CSS pixels by which sums of lengths may differ


class Ink(Color):  # type: ignore[misc]
    """A stop in process inks that answers like the engine's colours: ``[:3]`` gives its (four) inks,
    ``[3]`` its alpha.
    """

    def __init__(self, inks: Iterable[float], alpha: float) -> None:
        super().__init__("device-cmyk", inks, alpha)

    def __getitem__(self, key: Any) -> Any:
        return (self.coordinates, self.alpha)[(slice(None, 3), 3).index(key)]

    def to(self, space: str) -> Ink:
        """Returns itself: inks must not be converted."""
        return Ink(self.coordinates, self.alpha)


def inks_among(colours: Sequence[Any]) -> Sequence[Any]:
    """The colours of a gradient: all as ``Ink`` if any is in inks, otherwise unchanged."""
    if not any(_is_inks(colour) for colour in colours):
        return colours
    return [_ink(colour) for colour in colours]


def _is_inks(colour: Any) -> bool:
    return bool(getattr(colour, "space", None) == "device-cmyk")


def _ink(colour: Any) -> Ink:
    if _is_inks(colour):
        return Ink(colour.coordinates, colour.alpha)
    if colour == "currentcolor":
        colour = parse_color("black")  # the engine's value for a stop without a place
    if colour.alpha == 0:
        return Ink((0, 0, 0, 0), 0)  # takes the inks of its neighbour
    light = colour.to("srgb").coordinates
    if max(light) - min(light) > 1e-6:
        logging.getLogger("weasyprint").warning("%s%s", MIXED, colour)
    return Ink((0, 0, 0, 1 - light[0]), colour.alpha)


def of_inks(init: Any) -> Any:
    """Keep a gradient's colours in the inks they are written in."""

    def init_of_inks(gradient: Any, color_stops: Any, repeating: bool, color_hints: Any) -> None:
        colours = inks_among([colour for colour, _ in color_stops])
        places = [place for _, place in color_stops]
        init(gradient, list(zip(colours, places, strict=True)), repeating, color_hints)

    return init_of_inks


def average_of_inks(average: Any) -> Any:
    """The average colour of a repetition too short to be drawn (CSS Images 3, 3.6.1), weighted by place and opacity."""

    def average_color(colors: Any, positions: Any) -> Any:
        if not isinstance(colors[0], Ink):
            return average(colors, positions)
        if positions[0] == positions[-1]:
            positions = range(len(colors))
        steps = [after - before for before, after in pairwise(positions)]
        weights = [(before + after) / 2 for before, after in zip([0, *steps], [*steps, 0], strict=True)]
        opacity = [weight * colour.alpha for weight, colour in zip(weights, colors, strict=True)]
        inks = [
            sum(share * ink for share, ink in zip(opacity, plate, strict=True)) / (sum(opacity) or 1)
            for plate in zip(*(colour.coordinates for colour in colors), strict=True)
        ]
        return Ink(inks, sum(opacity) / sum(weights))

    return average_color


def drawn_gradient(svg: Any, node: Any, gradient: Any, font_size: float, opacity: float, stroke: bool) -> bool:
    """Make a gradient (SVG 2, 14.2) the colour of the next fill or stroke; returns whether there is a gradient. It is a
    shading pattern (ISO 32000-1, 8.7.4.3), with stops that are not premultiplied; with opacity, a masked tile as large
    as the node. The engine's own tile of one unit is painted only by some readers, and not at all when turned.
    """
    from weasyprint.svg.bounding_box import is_valid_bounding_box
    from weasyprint.svg.utils import alpha_value, color, size

    places: list[float] = []
    for stop in gradient:
        places.append(max(places[-1] if places else 0, size(stop.get("offset"), font_size, 1)))
    colours = list(inks_among([color(stop.get("stop-color", "black")) for stop in gradient]))
    for stop, colour in zip(gradient, colours, strict=True):
        colour.alpha *= alpha_value(stop.get("stop-opacity", 1)) * opacity
    stream, box = svg.stream, svg.calculate_bounding_box(node, font_size, stroke)
    on_page = gradient.get("gradientUnits") == "userSpaceOnUse"
    if not colours or not is_valid_bounding_box(box) or (0 in box[2:] and not on_page):
        return False
    if places[0] == places[-1]:
        stream.set_color(colours[-1], stroke)
        return True
    matrix, shading = _laid_out(svg, gradient, font_size, box, on_page, places, colours)
    if min(colour.alpha for colour in colours) == 1:
        shade = shading(stream, [colour.coordinates for colour in colours])
        del stream._resources["Shading"][shade.id]  # it stands in the pattern itself
        pattern = stream.add_pattern(0, 0, 1, 1, 1, 1, matrix @ stream.ctm)
        stream._resources["Pattern"][pattern.id] = _shading_pattern(shade, pattern.extra["Matrix"])
    else:
        # Poppler paints a tile that is enlarged only in part: the tile is as large as it stands on the page.
        corners = [
            stream.ctm.transform_point(x, y) for x in (box[0], box[0] + box[2]) for y in (box[1], box[1] + box[3])
        ]
        (left, right), (top, foot) = ((min(each), max(each)) for each in zip(*corners, strict=True))
        pattern = stream.add_pattern(left, top, right - left, foot - top, right - left, foot - top, type(stream.ctm)())
        pattern.transform(*stream.ctm.values)
        group = pattern.add_group(*box)
        mask = group.set_alpha_state(*box)
        for painted, values in (
            (mask, [[colour.alpha] for colour in colours]),
            (group, [colour.coordinates for colour in colours]),
        ):
            painted.transform(*matrix.values)
            painted.paint_shading(shading(painted, values).id)
        pattern.draw_x_object(group.id)
    stream.set_color_space("Pattern", stroke)
    stream.set_color_special(pattern.id, stroke)
    return True


def _laid_out(
    svg: Any, gradient: Any, font_size: float, box: Any, on_page: bool, places: list[float], colours: list[Any]
) -> tuple[Any, Callable[..., Any]]:
    """The gradient's own coordinates, and a function that makes its shading on a stream; ``places`` and ``colours`` are
    complete.
    """
    from weasyprint.matrix import Matrix
    from weasyprint.svg.defs import spread_linear_gradient, spread_radial_gradient
    from weasyprint.svg.utils import size, transform

    matrix = Matrix() if on_page else Matrix(box[2], 0, 0, box[3], box[0], box[1])
    if turned := gradient.get("gradientTransform"):
        matrix = transform(turned, "0 0", font_size, svg.inner_diagonal) @ matrix
    across, down, aslant = (svg.inner_width, svg.inner_height, svg.inner_diagonal) if on_page else (1, 1, 1)

    def length(name: str, default: Any, of: float) -> float:
        return float(size(gradient.get(name, default), font_size, of))

    spread = gradient.get("spreadMethod", "pad")
    for end, place in ((0, 0.0), (len(places), 1.0)) if spread != "pad" else ():
        places.insert(end, place)
        colours.insert(end, colours[min(end, len(colours) - 1)])
    if gradient.tag == "linearGradient":
        line = length("x1", 0, across), length("y1", 0, down), length("x2", "100%", across), length("y2", 0, down)
        kind, laid = 2, spread_linear_gradient(spread, places, colours, *line, box, matrix)
    else:
        x, y, radius = length("cx", "50%", across), length("cy", "50%", down), length("r", "50%", aslant)
        circles = length("fx", x, across), length("fy", y, down), length("fr", 0, aslant), x, y, radius
        kind, laid = 3, spread_radial_gradient(spread, places, colours, *circles, *box[2:], matrix)
    places[:], colours[:], coords = laid
    ends = places[0], places[-1]

    def shading(stream: Any, values: list[Any]) -> Any:
        steps = [stream.create_interpolation_function((0, 1), one, next_, 1) for one, next_ in pairwise(values)]
        function = stream.create_stitching_function(ends, len(steps) * (0, 1), places[1:-1], steps)
        space = "DeviceGray" if len(values[0]) == 1 else None
        return stream.add_shading(kind, ends, coords, spread == "pad", function, space)

    return matrix, shading


def _shading_pattern(shading: Any, matrix: Any) -> Any:
    import pydyf

    pattern = pydyf.Dictionary({"Type": "/Pattern", "PatternType": 2, "Matrix": matrix, "Shading": shading})
    pattern.extra = {}  # the engine looks for resources here; there are none
    return pattern


def drawn_once(draw_background_image: Any) -> Any:
    """Draw a gradient that fills its box only once: a second tile would begin at the edge and show as a hairline."""

    def draw_once(stream: Any, layer: Any, style: Any) -> None:
        if isinstance(getattr(layer, "image", None), _gradient()) and 0 not in layer.size:
            beyond = (
                painted - place - least
                for painted, place, least in zip(
                    layer.painting_area, layer.position, layer.positioning_area, strict=False
                )
            )
            spans = zip(beyond, layer.painting_area[2:], layer.size, strict=True)
            if all(start >= -_HAIR and start + long <= whole + _HAIR for start, long, whole in spans):
                layer = layer._replace(repeat=("no-repeat", "no-repeat"))
        draw_background_image(stream, layer, style)

    return draw_once


def _gradient() -> Any:
    from weasyprint.images import Gradient

    return Gradient


_SPACES = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}


def shaded(add_shading: Any) -> Any:
    """Give a shading as many components as its function returns."""

    def add_shading_of_function(
        stream: Any, shading_type: int, domain: Any, coords: Any, extend: bool, function: Any, color_space: Any = None
    ) -> Any:
        shade_in_inks(function)
        first = function["Functions"][0]
        if color_space == "DeviceGray":  # a soft mask: its luminosity is the grey itself, not that of grey in inks
            stream.extra["Group"]["CS"] = "/DeviceGray"
        return add_shading(stream, shading_type, domain, coords, extend, function, _SPACES[len(first["C0"])])

    return add_shading_of_function
