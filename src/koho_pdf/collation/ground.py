"""The ground of white text: it is seen on ink, and not on paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from koho_pdf.collation.covering import Area, Point
from koho_pdf.media.pdf_operations import steps
from koho_pdf.preflight.pdf.matrices import Edges, Matrix, bounds

_ROW = 12.0  # pt
_FAR = 20_000.0  # pt: no page is higher (ISO 32000-1, C.2)


class Ground:
    """All that was filled on a page so far, read only where white text asks for it; then kept by the rows of the page
    that each fill reaches, in the order of painting."""

    def __init__(self) -> None:
        self._fills: list[_Fill] = []
        self._read = 0
        self._rows: dict[int, list[_Fill]] = {}

    def fill(
        self,
        path: list[bytes] | None,
        ctm: Matrix,
        clip: Edges,
        within: tuple[Area, ...],
        *,
        white: bool,
        even_odd: bool = False,
    ) -> None:
        """Note that a path was filled; an empty path is the unit square of a picture, None the whole clip."""
        self._fills.append(_Fill(path, ctm, clip, within, white=white, even_odd=even_odd))

    def is_inked(self, point: Point) -> bool:
        """Whether the last fill at a point is not white."""
        for fill in self._fills[self._read :]:
            for row in fill.rows():
                self._rows.setdefault(row, []).append(fill)
        self._read = len(self._fills)
        there = self._rows.get(int(point[1] // _ROW), [])
        return next((not fill.white for fill in reversed(there) if fill.holds(point)), False)


class _Fill:
    __slots__ = ("__dict__", "_clip", "_ctm", "_even_odd", "_path", "_within", "white")

    def __init__(
        self,
        path: list[bytes] | None,
        ctm: Matrix,
        clip: Edges,
        within: tuple[Area, ...],
        *,
        white: bool,
        even_odd: bool,
    ) -> None:
        self._path, self._ctm, self._clip, self._within = path, ctm, clip, within
        self.white, self._even_odd = white, even_odd

    @cached_property
    def _area(self) -> Area | None:
        if self._path is None:
            return None
        return (
            Area([step for part in self._path for step in steps(part)], self._ctm, even_odd=self._even_odd)
            if self._path
            else Area.unit(self._ctm)
        )

    @cached_property
    def _box(self) -> Edges:
        """The upright rectangle around the path. It needs no cutting of curves: each pair of numbers is a point."""
        written = b" ".join(self._path or ())
        given = [] if b"re" in written else [*map(float, written.translate(None, b"mlcvyh").split())]
        if not given:
            return self._area.box if self._area else self._clip
        xs, ys = given[::2], given[1::2]
        return bounds((min(xs), min(ys), max(xs), max(ys)), self._ctm)

    def rows(self) -> range:
        """The rows that it may reach; those far beyond any page are left out."""
        below, above = max(self._clip[1], self._box[1], -_FAR), min(self._clip[3], self._box[3], _FAR)
        return range(int(below // _ROW), int(above // _ROW) + 1)

    def holds(self, point: Point) -> bool:
        if not _inside(point, self._clip) or not _inside(point, self._box):
            return False
        areas = (*self._within, self._area) if self._area and not self._area.upright else self._within
        return all(area.holds(point) for area in areas)


def is_white(colour: Sequence[float]) -> bool:
    """Whether a colour of four inks, or of three lights, is that of the paper."""
    return (len(colour) == 4 and not any(colour)) or (len(colour) == 3 and min(colour) >= 1)


def _inside(point: Point, box: Edges) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
