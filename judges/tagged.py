"""A tagged PDF as a reader of tags has it, through pikepdf alone: the structure tree with the words of its content.

ISO 32000-1: 14.6 (marked content), 14.7 (structure), 14.8 (tagged PDF), 9.10 (characters).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from judges.painted import Marked, Painting, content_of


@dataclass(slots=True, eq=False)
class Words:
    """One piece of marked content that an element holds: what it says, and what of the page it paints."""

    page: int
    marked: Marked

    @property
    def text(self) -> str:
        """What it says to whoever reads tags."""
        return self.marked.text


@dataclass(slots=True, eq=False)
class Annotation:
    """An annotation that an element holds (OBJR, 14.7.4.3)."""

    page: int
    annotation: pikepdf.Object


@dataclass(slots=True, eq=False)
class Element:
    """A structure element: its own type (``raw``) and what its role map makes of it (``kind``), and what it holds, in
    order; ``at`` is its object, for what else it says."""

    raw: str
    kind: str
    at: pikepdf.Object
    kids: list[Element | Words | Annotation] = field(default_factory=list)

    def walk(self) -> Iterator[Element | Words | Annotation]:
        """The element and all below it, in the order in which they are read."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()
            else:
                yield kid

    def every(self, *kinds: str) -> list[Element]:
        """The elements of these types at and below it."""
        return [each for each in self.walk() if isinstance(each, Element) and each.kind in kinds]

    def words(self) -> list[Words]:
        """The marked content below it, in reading order."""
        return [each for each in self.walk() if isinstance(each, Words)]

    @property
    def text(self) -> str:
        """What all of it says."""
        return "".join(each.text for each in self.words())

    def given(self, key: str) -> str:
        """What the element says of itself in a key (Alt, ActualText, Lang, T), or nothing."""
        return str(self.at.get(key, ""))

    def attribute(self, name: str) -> Any:
        """An attribute of any owner (14.7.5), or None."""
        owned: Any = self.at.get("/A", [])
        for each in owned if isinstance(owned, pikepdf.Array) else [owned]:
            if isinstance(each, pikepdf.Dictionary) and name in each:
                return each[name]
        return None


@dataclass(slots=True, eq=False)
class Tagged:
    """A tagged PDF, open: its top elements, its pages as they are painted, and what no element holds."""

    pdf: pikepdf.Pdf
    top: list[Element]
    pages: list[list[Painting]]
    lost: list[tuple[int, Marked]]

    def walk(self) -> Iterator[Element | Words | Annotation]:
        """Everything in reading order."""
        for each in self.top:
            yield from each.walk()

    def every(self, *kinds: str) -> list[Element]:
        """All elements of these types, in reading order."""
        return [each for top in self.top for each in top.every(*kinds)]


def read_tagged(pdf: pikepdf.Pdf) -> Tagged:
    """The PDF's structure; a file without one has no elements, and all its marked content is lost."""
    number_of: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    tree: Any = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    painted = [content_of(page) for page in pdf.pages]
    held: dict[tuple[int, tuple[int, int], int], Marked] = {}
    for number, (_, marked) in enumerate(painted):
        held |= {(number, each.stream, each.mcid): each for each in marked if each.mcid is not None}
    seen = set()
    roles = {str(key): str(value) for key, value in tree.get("/RoleMap", {}).items()}

    def kind(raw: str) -> str:
        passed = set()
        while raw in roles and raw not in passed:
            passed.add(raw)
            raw = roles[raw]
        return raw.lstrip("/")

    def read(at: Any, page: int) -> Element:
        page = number_of.get(at.Pg.objgen, page) if "/Pg" in at else page
        element = Element(str(at.S).lstrip("/"), kind(str(at.S)), at)
        for kid in _several(at.get("/K", [])):
            stream, on = (0, 0), page
            if isinstance(kid, pikepdf.Dictionary):
                on = number_of.get(kid.Pg.objgen, page) if "/Pg" in kid else page
                if kid.get("/Type") == "/OBJR":
                    element.kids.append(Annotation(on, kid.Obj))
                    continue
                if kid.get("/Type") != "/MCR":
                    element.kids.append(read(kid, page))
                    continue
                stream, kid = (kid.Stm.objgen if "/Stm" in kid else stream), kid.MCID
            if (on, stream, int(kid)) in held:
                seen.add((on, stream, int(kid)))
                element.kids.append(Words(on, held[on, stream, int(kid)]))
        return element

    top = [read(each, 0) for each in _several(tree.get("/K", []))]
    lost = [(number, marked) for (number, stream, mcid), marked in held.items() if (number, stream, mcid) not in seen]
    return Tagged(pdf, top, [paintings for paintings, _ in painted], lost)


def open_tagged(path: Path) -> Tagged:
    """A file's structure; its pdf stays open as long as this is kept."""
    return read_tagged(pikepdf.open(path))


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else [value]
