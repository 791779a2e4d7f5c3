"""Page types of a layout (``page_types``), and the regions in which articles stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from koho_pdf.geometry import MM_PER_Q, Rect


@dataclass(frozen=True, slots=True)
class Region:
    """A place for articles on a page: its box in mm from the trim's top left, divided into ``columns`` (段) with
    ``gutter`` mm between them.

    ``flow``: ``whole`` where an article stands in one column undivided, ``columns`` where text runs on from column to
    column. ``gap`` mm stand between articles, ``line_feed`` (H) is that of its grid: an article takes whole lines.
    ``kinds`` are the kinds of articles that may stand in it; any if there are none. In a ``vertical`` one the columns
    lie below each other, and their lines run down and follow each other to the left.
    """

    name: str
    at: Rect
    columns: int = 1
    gutter: float = 0
    flow: str = "whole"
    gap: float = 0
    line_feed: float = 0
    level: bool = False
    vertical: bool = False
    kinds: tuple[str, ...] = ()

    @property
    def measure(self) -> float:
        """The length of a line in mm: the width of a column, or its height where lines run down."""
        return self._part(self.at.height if self.vertical else self.at.width)

    @property
    def depth(self) -> float:
        """How far lines follow each other in one column, in mm."""
        return self.at.width if self.vertical else self.at.height

    @property
    def line(self) -> float:
        """A line of its grid in mm; 0 where it has none."""
        return self.line_feed * MM_PER_Q

    def column(self, number: int) -> Rect:
        """The box of a column, in mm from the region's top left."""
        step = number * (self.measure + self.gutter)
        if self.vertical:
            return Rect(0, step, self.at.width, self.measure)
        return Rect(step, 0, self.measure, self.at.height)

    def _part(self, whole: float) -> float:
        return (whole - (self.columns - 1) * self.gutter) / self.columns


@dataclass(frozen=True, slots=True)
class PageType:
    """A page type: its template is ``pages/<name>.html``; ``inks`` are the sets of inks it may be printed
    in (``koho_pdf.press.page_inks``), any if none."""

    name: str
    title: str
    regions: Mapping[str, Region]
    inks: tuple[str, ...] = ()
