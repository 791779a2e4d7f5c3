"""Folds as places to keep clear of: a strip along each fold, as wide on either side as the layout and the shop ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koho_pdf.geometry import Rect
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.keep_outs import ENDLESS, KeepOut
from koho_pdf.layout.regions import PageType
from koho_pdf.press.folds import fold_of


def fold_zones(layout: Layout, types: Sequence[PageType]) -> tuple[KeepOut, ...]:
    """The folds of every page: those at the edges of panels (``Layout.fold``), those of the page ``types`` of a plan.
    Where text may cross them there are none; there are none either if ``fold_margin`` is 0."""
    return tuple(_zones(layout, types)) if layout.fold_margin else ()


def _zones(layout: Layout, types: Sequence[PageType]) -> Iterator[KeepOut]:
    margin = layout.fold_margin
    way = fold_of(layout.fold, len(types) or layout.pages) if layout.fold else None
    for page in range(1, way.pages + 1 if way else 0):
        assert way is not None
        for edge in way.edges(page, layout.binding):
            across = edge in ("top", "bottom")
            yield _strip(page, 0.0, margin, across=across, edge=edge)
    for page, type_ in enumerate(types, 1):
        for place in () if type_.folds_crossed else type_.folds:
            yield _strip(page, place, margin, across=False)
        for place in () if type_.folds_crossed else type_.folds_across:
            yield _strip(page, place, margin, across=True)


def _strip(page: int, place: float, margin: float, *, across: bool, edge: str = "") -> KeepOut:
    strip = Rect(place - margin, -ENDLESS, 2 * margin, 3 * ENDLESS)
    if across:
        strip = Rect(strip.y, strip.x, strip.height, strip.width)
    return KeepOut("折り目", strip, (page,), fold="across" if across else "upright", edge=edge)
