"""One walk over everything that a page draws (ISO 32000-1, 7.8 to 9): from operators to marks with colours and places.

Forms, patterns, Type 3 glyphs and soft masks are walked where they are used. The cost of a page is limited: see
``limits.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf

from koho_pdf.preflight.pdf.colours import outputs, peaks, space_of
from koho_pdf.preflight.pdf.facts import Group, Mark, Paint, Path, Picture, Shading
from koho_pdf.preflight.pdf.gathered import Gathered
from koho_pdf.preflight.pdf.limits import SLIPS, Fuel
from koho_pdf.preflight.pdf.matrices import Edges, Matrix, bounds, edges, matrix, number, numbers, times
from koho_pdf.preflight.pdf.operators import OPERATORS
from koho_pdf.preflight.pdf.pdf_fonts import Face
from koho_pdf.preflight.pdf.plain import PATH
from koho_pdf.preflight.pdf.rasters import raster_of
from koho_pdf.preflight.pdf.state import Changes, Pen, Side, State

_DEEPEST = 40
_EVERYWHERE: Edges = (-1e7, -1e7, 1e7, 1e7)
_PASSED = {"BDC", "BMC", "BX", "d", "d0", "d1", "DP", "EMC", "ET", "EX", "h", "i", "j", "J", "M", "MP", "ri"}
_PAINTS = {"f": (True, False), "F": (True, False), "f*": (True, False), "n": (False, False)}
_PAINTS |= dict.fromkeys(("S", "s"), (False, True)) | dict.fromkeys(("b", "B", "b*", "B*"), (True, True))
_NUMBERS = {"m": 2, "l": 2, "c": 6, "v": 4, "y": 4, "re": 4}


class Walk:
    """The walk over one page: ``page`` with its ``resources``, clipped to ``media``; results are in ``found``. The
    page's unit is ``unit`` pt long.

    Raises TooHeavy when the page asks for more work than ``fuel`` allows.
    """

    def __init__(
        self, page: pikepdf.Object, resources: pikepdf.Object, media: Edges, fuel: Fuel, unit: float = 1.0
    ) -> None:
        self.found = Gathered()
        self.fuel = fuel
        self.resources = resources
        self._base: Matrix = (unit, 0.0, 0.0, unit, 0.0, 0.0)
        self.state: State = State(self._base, media)
        self.pen: Pen = Pen()
        self.clips = False
        self._path: list[tuple[float, float]] = []
        self._start = (0.0, 0.0)
        self._within: list[tuple[int, int]] = []
        self._seen: set[tuple[int, int]] = set()
        self._whole: Edges | None = None
        self.plain: dict[tuple[object, bytes], Changes] = {}
        self._group(page.get("/Group"), luminosity=False)
        if "/Contents" in page:
            self._run(pikepdf.Page(page))

    @property
    def spaces(self) -> pikepdf.Object | None:
        """The colour spaces that have names here."""
        return self.resources.get("/ColorSpace")

    def resource(self, kind: str, name: Any) -> pikepdf.Object | None:
        """A resource by its name; a missing one is a fault of the content."""
        group = self.resources.get(kind)
        found = group.get(name) if isinstance(group, pikepdf.Dictionary) and isinstance(name, pikepdf.Name) else None
        if found is None:
            self.found.fault(name)
        return found

    def _run(self, content: pikepdf.Page | pikepdf.Object) -> None:
        kept: list[State] = []
        tolerant = 0
        path, self._path = self._path, []
        for name, operands in self.fuel.instructions(content, self.found):
            try:
                if name == PATH:
                    self._follow(*operands)
                elif name in _NUMBERS:
                    self._construct(name, operands)
                elif name == "q":
                    kept.append(self.state.kept())
                elif name in _PAINTS:
                    self._paint(*_PAINTS[name])
                elif name == "Q" and kept:
                    self.state = kept.pop()
                elif name in OPERATORS:
                    OPERATORS[name](self, list(operands))
                elif name == "BI":
                    self._image(operands.iimage.obj)
                elif name in _PASSED:
                    tolerant += {"BX": 1, "EX": -1}.get(name, 0)
                elif tolerant <= 0:
                    self.found.fault(name)
            except RecursionError:
                raise
            except SLIPS:  # a bad instruction does not affect the others
                self.found.fault(name)
        if kept:
            self.found.fault("q")
        self._path = path

    @contextmanager
    def _inside(self, stream: pikepdf.Object) -> Iterator[bool]:
        """Enter a stream inside another; False if it would be inside itself, or too deep."""
        deep = stream.objgen in self._within or len(self._within) >= _DEEPEST
        if deep:
            self.found.fault("Do")
        standing = self.state, self.pen, self.resources, self._whole
        own = stream.get("/Resources")
        self.state, self.pen = self.state.kept(), Pen()
        self.resources = own if isinstance(own, pikepdf.Dictionary) else self.resources
        self._within.append(stream.objgen)
        try:
            yield not deep
        finally:
            self._within.pop()
            self.state, self.pen, self.resources, self._whole = standing

    def _first(self, drawn: pikepdf.Object) -> bool:
        """Whether this is the first time on the page."""
        new = drawn.objgen not in self._seen
        self._seen.add(drawn.objgen)
        return new

    # Paths and what fills them

    def _follow(self, across: list[float], up: list[float], _: int) -> None:
        """The points of a plain path, x and y."""
        a, b, c, d, e, f = self.state.ctm
        if b == c == 0 and across:  # then the box of all is the box of the outermost
            across, up = [min(across), max(across)], [min(up), max(up)]
        self._path += [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(across, up, strict=True)]

    def _construct(self, name: str, operands: Any) -> None:
        values = numbers(operands)
        if len(values) != _NUMBERS[name]:
            self.found.fault(name)
            return
        if name == "re":
            x, y, width, height = values
            values = [x, y, x + width, y, x + width, y + height, x, y + height]
        a, b, c, d, e, f = self.state.ctm
        if len(values) == 2:  # by far the most frequent
            x, y = values
            points = [(a * x + c * y + e, b * x + d * y + f)]
        else:
            points = [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(values[::2], values[1::2], strict=True)]
        if name == "m":
            self._start = points[0]  # a subpath does not exist until something follows (8.5.2.1)
        else:
            self._path += (self._start, *points) if name != "re" else points

    def _paint(self, filled: bool, stroked: bool) -> None:
        points, self._path = self._path, []
        clips, self.clips = self.clips, False
        if not points:
            return
        across, up = zip(*points, strict=True)
        box = (min(across), min(up), max(across), max(up))
        if filled or stroked:
            width = self.state.line_width * self.state.scale if stroked else 0.0
            half = width / 2
            shown = self.state.clipped((box[0] - half, box[1] - half, box[2] + half, box[3] + half))
            if shown:
                self.add(Path, shown, self.state.paint(filled, stroked), round(width, 4))
                self.patterns(shown, filled, stroked)
        if clips:
            self.state.clip = self.state.clipped(box)

    def add(self, kind: Callable[..., Mark], box: Edges, paint: Paint, *more: Any) -> None:
        """Add a mark on the page; in a pattern or a glyph its place is where that is painted. Invisible marks are left
        out.
        """
        if paint.alpha > 0:
            self.found.marks.append((self._whole or box, kind, (paint, *more)))

    def patterns(self, box: Edges, filled: bool, stroked: bool) -> None:
        """Walk the state's patterns in a box that was just painted with them."""
        for side, used in ((self.state.fill, filled), (self.state.stroke, stroked)):
            pattern = side.pattern if used else None
            if pattern is not None and number(pattern.get("/PatternType")) == 2:
                self.shade(pattern.get("/Shading"), box)
            elif isinstance(pattern, pikepdf.Stream) and self._first(pattern):
                self._tile(pattern, side, box)

    def _tile(self, pattern: pikepdf.Object, side: Side, box: Edges) -> None:
        with self._inside(pattern) as inside:
            if inside:
                self._whole = self._whole or box
                self.state = State(times(matrix(pattern.get("/Matrix")), self._base), _EVERYWHERE)
                if number(pattern.get("/PaintType")) == 2:
                    self.state.fill.colour = self.state.stroke.colour = side.colour
                self._run(pattern)

    def shade(self, shading: pikepdf.Object | None, box: Edges | None) -> None:
        """Add a gradient over a box (8.7.4.5)."""
        if not isinstance(shading, pikepdf.Dictionary | pikepdf.Stream):
            self.found.fault("sh")
        elif box is not None:
            space = space_of(shading.get("/ColorSpace"), self.spaces)
            self.found.spots.update(space.spots)
            decode = shading.get("/Decode")
            given = len(decode) // 2 - 2 if isinstance(decode, pikepdf.Array) else 0
            given = outputs(shading.Function) if "/Function" in shading else given
            paint = self.state.paint(True, False)
            tints = tuple(zip(space.plates, peaks(shading.get("/Function")), strict=False))
            self.add(Shading, box, paint, space.ground.family, space.components, given, tints)

    def glyphs(self, face: Face, codes: list[tuple[int, Matrix]], box: Edges) -> None:
        """Walk the glyphs of a Type 3 font, each once on a page."""
        for code, place in codes:
            glyph = face.glyphs.get(code)
            if glyph is None or not self._first(glyph):
                continue
            with self._inside(glyph) as inside:
                if inside:
                    self._whole = self._whole or box
                    self.resources = (
                        face.resources if isinstance(face.resources, pikepdf.Dictionary) else self.resources
                    )
                    self.state.ctm = times(face.space, place)
                    self._run(glyph)

    # XObjects

    def do(self, name: Any) -> None:
        """Draw an XObject by its name."""
        drawn = self.resource("/XObject", name)
        kind = drawn.get("/Subtype") if isinstance(drawn, pikepdf.Stream) else None
        if drawn is None or kind is None:
            return
        if kind == "/Image":
            self._image(drawn)
        elif kind == "/Form":
            self._form(drawn, luminosity=False)
        elif kind == "/PS":
            self.found.forbidden.add("postscript")

    def _form(self, form: pikepdf.Object, luminosity: bool) -> None:
        self.found.form(form)
        with self._inside(form) as inside:
            if inside:
                self._group(form.get("/Group"), luminosity)
                state, base = self.state, self._base
                state.ctm = self._base = times(matrix(form.get("/Matrix")), state.ctm)
                box = edges(form.get("/BBox"))
                state.clip = state.clipped(bounds(box, state.ctm)) if box else state.clip
                try:
                    self._run(form)
                finally:
                    self._base = base

    def mask(self, mask: pikepdf.Object) -> None:
        """Walk a soft mask, once on a page, for its faults and its group; it has no ink."""
        if self._first(mask.G):
            found = self.found
            marks, spots = len(found.marks), set(found.spots)
            try:
                self._form(mask.G, luminosity=mask.get("/S") == "/Luminosity")
            finally:
                del found.marks[marks:]
                found.spots = spots

    def _group(self, group: pikepdf.Object | None, luminosity: bool) -> None:
        if isinstance(group, pikepdf.Dictionary) and group.get("/S") == "/Transparency":
            space = group.get("/CS")
            family = space_of(space, self.spaces).family or "?" if space is not None else ""
            self.found.groups.add(Group(family, luminosity))
            self.found.transparency.add("group")

    def _image(self, image: pikepdf.Object) -> None:
        raster = raster_of(image, self.spaces)
        self.found.image(image, raster)
        a, b, c, d, _, _ = self.state.ctm
        across, up = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        box = self.state.clipped(bounds((0, 0, 1, 1), self.state.ctm))
        if box is None or not across or not up:
            return
        ppi = min(raster.pixels[0] * 72 / across, raster.pixels[1] * 72 / up)
        paint = self.state.paint(True, False)
        if not raster.stencil:
            paint = Paint(None, None, paint.overprint_fill, False, paint.opm, paint.alpha)
        family = "Mask" if raster.stencil else raster.space.ground.family
        wanted = 0 if raster.space.family == "Indexed" else raster.space.components
        data = raster.bits, family, wanted, raster.components, raster.quality
        seen = self.fuel.looked_at(image, raster.pixels) if raster.components else (0.0, 0)
        self.add(Picture, box, paint, raster.pixels, round(ppi, 1), *data, *seen)
