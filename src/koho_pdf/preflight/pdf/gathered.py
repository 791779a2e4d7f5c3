"""What a walk over a page collects, before it becomes the page's facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from koho_pdf.preflight.pdf.facts import Font, Group, Mark, Spot
from koho_pdf.preflight.pdf.matrices import Edges, number
from koho_pdf.preflight.pdf.pdf_names import name_of, told
from koho_pdf.preflight.pdf.rasters import Raster, filters_of

_NORMAL = ("Normal", "Compatible")
_PLAIN_TRANSFER = ("Identity", "Default")
Drawn = tuple[Edges, Callable[..., Mark], tuple[Any, ...]]


@dataclass(slots=True)
class Gathered:
    """Marks in the order of painting, with boxes still in pt of the page's own space; everything else unsorted."""

    marks: list[Drawn] = field(default_factory=list)
    groups: set[Group] = field(default_factory=set)
    fonts: set[Font] = field(default_factory=set)
    spots: set[Spot] = field(default_factory=set)
    transparency: set[str] = field(default_factory=set)
    forbidden: set[str] = field(default_factory=set)
    filters: set[str] = field(default_factory=set)
    faults: set[str] = field(default_factory=set)

    def fault(self, what: object) -> None:
        """Note something in the content that cannot be followed: an operator, or a missing resource."""
        if len(self.faults) < 20:
            self.faults.add(told(what)[:30])

    def state(self, changes: pikepdf.Object) -> None:
        """Note what an ExtGState asks for beyond plain ink on paper (table 58)."""
        if any(key in changes and number(changes[key]) < 1 for key in ("/ca", "/CA")):
            self.transparency.add("opacity")
        if isinstance(changes.get("/SMask"), pikepdf.Dictionary):
            self.transparency.add("soft-mask")
        mode = changes.get("/BM")
        modes = list(mode)[:16] if isinstance(mode, pikepdf.Array) else [mode] if mode is not None else []
        if any(name_of(each) not in _NORMAL for each in modes):
            self.transparency.add("blend-mode")
        for key in ("/TR", "/TR2"):
            if key in changes and name_of(changes[key]) not in _PLAIN_TRANSFER:
                self.forbidden.add("transfer-function")
        if "/HTP" in changes:
            self.forbidden.add("halftone-phase")

    def form(self, form: pikepdf.Object) -> None:
        """Note what a form brings from outside the file, and how it is compressed."""
        self._outside(form, ("/Ref", "/OPI", "/PS"))
        self.filters.update(filters_of(form))

    def image(self, image: pikepdf.Object, raster: Raster) -> None:
        """Note what a picture asks for."""
        self.spots.update(raster.space.spots)
        if isinstance(image, pikepdf.Stream):
            self._outside(image, ("/OPI", "/Alternates"))
            self.filters.update(filters_of(image))
        if raster.masked:
            self.transparency.add("soft-mask")

    def _outside(self, stream: pikepdf.Object, keys: tuple[str, ...]) -> None:
        if any(key in stream for key in keys) or "/F" in stream:
            self.forbidden.add("external")
