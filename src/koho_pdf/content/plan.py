"""The page plan (台割) of an issue: which page types follow each other, and which articles stand in their regions.

pages:
  - cover
  - notices: {main: [shakai, radio]}
  - {page: notices, inks: kc, main: [nishin]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from koho_pdf.content.values.written import Written
from koho_pdf.manuscript.scalar import Node

PAGE, INKS = "page", "inks"


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page: its type, the ids of the articles in each region in order, and the inks if it names some.

    ``field`` is its place in the manuscript; that of a region is ``places[region]``.
    """

    type: str
    regions: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str]
    field: str
    inks: str = ""


@dataclass(frozen=True, slots=True)
class Plan(Written):
    """All pages, in order."""

    pages: tuple[PlannedPage, ...]
    source: str = ""  # nothing in words: it is a setting that no page prints

    def numbers(self) -> dict[str, int]:
        """The number of the page on which each article stands, by its id, from 1."""
        found: dict[str, int] = {}
        for number, page in enumerate(self.pages, 1):
            for ids in page.regions.values():
                for id_ in ids:
                    found.setdefault(id_, number)
        return found


def lists_in(pages: Node | None, path: str) -> Iterator[tuple[str, list[Node]]]:
    """The lists of articles in a plan as it is written, each with its path."""
    for number, page in enumerate(pages if isinstance(pages, list) else []):
        for place, node in regions_in(page, f"{path}.{number}"):
            if isinstance(node, list):
                yield place, node


def regions_in(page: Node, path: str) -> Iterator[tuple[str, Node]]:
    """The regions of a page as it is written, each with its path."""
    if not isinstance(page, dict):
        return
    if PAGE not in page and len(page) == 1:
        ((name, inner),) = page.items()
        for region, node in inner.items() if isinstance(inner, dict) else ():
            yield f"{path}.{name}.{region}", node
        return
    for name, node in page.items():
        if name not in (PAGE, INKS):
            yield f"{path}.{name}", node
