"""The SVG to which a PDF's drawing is written: paths, clips, groups, gradients, with a limit on their number."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pikepdf

from koho_pdf.media.line_art import DEEPEST, MOST_ELEMENTS, MOST_POINTS, Undrawable
from koho_pdf.media.pdf_colours import Space, stops_of
from koho_pdf.media.pdf_state import UNIT, Matrix, State, applied, inverse, matrix_of, product, turn, written


class Sheet:
    """The drawing while it is made. ``box`` is the part of the page (left, foot, right, head), ``base`` the matrix from
    the PDF's space to it, ``hidden`` are the hidden layers.
    """

    def __init__(self, box: tuple[float, float, float, float], base: Matrix, hidden: frozenset[Any]) -> None:
        self.box, self.base, self._hidden = box, base, hidden
        self.root = Element("svg")
        self._defs = SubElement(self.root, "defs")
        self._points = self._elements = 0
        self.spots: dict[str, None] = {}

    def finish(self) -> None:
        """Finish the drawing, without empty definitions. Raises ``Undrawable``: empty."""
        if not any(each.tag == "path" for child in self.root if child is not self._defs for each in child.iter()):
            raise Undrawable("empty")
        if not len(self._defs):
            self.root.remove(self._defs)

    def path(self, data: Sequence[str], state: State, *, fills: bool, even_odd: bool, strokes: bool) -> None:
        """Add a painted path."""
        if state.invisible or not data:
            return
        made = self._new("path", state.into)
        made.set("d", "".join(data))
        turn(made, state.ctm)
        made.set("fill", state.fill if fills else "none")
        if fills and even_odd:
            made.set("fill-rule", "evenodd")
        if fills and state.fill_alpha < 1:
            made.set("fill-opacity", f"{state.fill_alpha:g}")
        if strokes:
            a, b, c, d, *_ = state.ctm
            thin = 0.25 / (sqrt(abs(a * d - b * c)) or 1)  # width 0 means the thinnest line
            made.set("stroke", state.stroke)
            made.set("stroke-width", f"{state.width or thin:.6g}")
            made.set("stroke-linecap", ("butt", "round", "square")[state.cap])
            made.set("stroke-linejoin", ("miter", "round", "bevel")[state.join])
            made.set("stroke-miterlimit", f"{state.miter:g}")
            if any(state.dash):
                made.set("stroke-dasharray", " ".join(f"{each:g}" for each in state.dash))
                made.set("stroke-dashoffset", f"{state.phase:g}")
            if state.stroke_alpha < 1:
                made.set("stroke-opacity", f"{state.stroke_alpha:g}")

    def clip(self, data: Sequence[str], state: State, *, even_odd: bool) -> State:
        """The state clipped to a path."""
        if even_odd and sum(each.startswith("M") for each in data) > 1:
            raise Undrawable("effects", "クリップ（奇偶）")
        clip = self._new("clipPath", self._defs)
        clip.set("id", f"d{len(self._defs) - 1}")
        made = self._new("path", clip)
        made.set("d", "".join(data) or "M0 0")
        turn(made, state.ctm)
        return self.group(state, {"clip-path": f"url(#{clip.get('id')})"})

    def group(self, state: State, attributes: dict[str, str]) -> State:
        """The state for drawing into a new group."""
        if state.depth >= DEEPEST - 4:
            raise Undrawable("too-complex", f"入れ子が{DEEPEST}段より深い")
        group = self._new("g", state.into)
        group.attrib.update(attributes)
        return state.having(into=group, depth=state.depth + 1)

    def gradient(self, shading: Any, matrix: Matrix) -> str:
        """A shading as a fill; ``matrix`` leads from its space to that of the path."""
        kind = int(shading.ShadingType)
        if kind not in (2, 3) or [bool(each) for each in shading.get("/Extend", [False, False])] != [True, True]:
            raise Undrawable("effects", "グラデーションメッシュなど")
        stops, space = stops_of(shading)
        self.spot(space)
        made = self._new("linearGradient" if kind == 2 else "radialGradient", self._defs)
        made.set("id", f"d{len(self._defs) - 1}")
        names = ("x1", "y1", "x2", "y2") if kind == 2 else ("fx", "fy", "fr", "cx", "cy", "r")
        told = dict(zip(names, shading.Coords, strict=True))
        for name in sorted(names, key=lambda each: each.startswith("f")):
            made.set(name, f"{float(told[name]):g}")
        made.set("gradientUnits", "userSpaceOnUse")
        if matrix != UNIT:
            made.set("gradientTransform", written(matrix))
        for place, colour in stops:
            stop = self._new("stop", made)
            stop.set("offset", f"{place:g}")
            stop.set("stop-color", "device-cmyk(0 0 0 0)" if colour == "none" else colour)
        return f"url(#{made.get('id')})"

    def pattern(self, pattern: Any, ctm: Matrix) -> str:
        """A shading pattern, which is relative to the page and not to the path."""
        if int(pattern.PatternType) != 2:
            raise Undrawable("effects", "パターン")
        own = matrix_of(pattern.get("/Matrix", UNIT))
        return self.gradient(pattern.Shading, product(product(own, self.base), inverse(ctm)))

    def whole(self, shading: Any, state: State) -> None:
        """Add a shading that fills the whole clip."""
        left, foot, right, head = self.box
        back = product(self.base, inverse(state.ctm))
        corners = [applied(back, each) for each in ((left, foot), (right, foot), (right, head), (left, head))]
        data = "".join(f"{'L' if at else 'M'}{x:.6g} {y:.6g}" for at, (x, y) in enumerate(corners)) + "Z"
        painted = state.having(fill=self.gradient(shading, UNIT))
        self.path([data], painted, fills=True, even_odd=False, strokes=False)

    def is_hidden(self, layer: Any) -> bool:
        """Whether a layer (optional content, 8.11) is hidden."""
        if layer is None or not self._hidden:
            return False
        members = layer.get("/OCGs", layer)
        members = list(members) if isinstance(members, pikepdf.Array) else [members]
        return bool(members) and all(each.objgen in self._hidden for each in members)

    def spot(self, space: Space) -> None:
        """Note a used spot colour."""
        if space.spot:
            self.spots[space.spot] = None

    def points(self, count: int) -> None:
        """Count the numbers of paths."""
        self._points += count
        if self._points > MOST_POINTS:
            raise Undrawable("too-complex", f"点が{MOST_POINTS // 2:,}個より多い")

    def _new(self, tag: str, into: Element) -> Element:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise Undrawable("too-complex", f"部品が{MOST_ELEMENTS:,}個より多い")
        return SubElement(into, tag)
