"""Left and right pages: what a page's template is told of its own, and its margins (のど, 小口)."""

from __future__ import annotations

from dataclasses import dataclass

from koho_pdf.layout.regions import PageType


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its template sees it: its ``number`` from 1, its ``side`` (left, right), its ``type``."""

    number: int
    side: str
    type: str
    title: str
    first: bool
    last: bool

    @property
    def fore_edge(self) -> str:
        """The side at which it opens (小口): that of a left page is left."""
        return self.side

    @property
    def gutter(self) -> str:
        """The side at which it is bound (のど)."""
        return "right" if self.side == "left" else "left"


def side_of(number: int, binding: str) -> str:
    """Page 1 is a right page where the issue is bound on the left, else a left page."""
    return "right" if (number % 2 == 1) == (binding == "left") else "left"


def margins_of(type_: PageType, side: str) -> str:
    """The margins of a page in CSS, for what a template places itself."""
    if type_.margins is None:
        return ""
    left, right = type_.margins.at(side)
    return (
        f"; --gutter: {type_.margins.gutter:g}mm; --fore-edge: {type_.margins.fore_edge:g}mm"
        f"; --left-margin: {left:g}mm; --right-margin: {right:g}mm"
    )
