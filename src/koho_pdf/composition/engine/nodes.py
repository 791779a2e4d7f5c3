"""The elements of a structure tree (ISO 32000-1, 14.7) and their contents, before they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Rectangle = tuple[float, float, float, float]


@dataclass(eq=False, slots=True)
class Content:
    """Marked content: its page (from 0) and number there, its text, and where it was drawn (points)."""

    page: int
    number: int
    words: str
    place: Rectangle


@dataclass(eq=False, slots=True)
class Annotation:
    """The annotation of a link on a page."""

    page: int
    drawn: Any


@dataclass(eq=False, slots=True)
class Node:
    """An element of the tree. ``made`` is what it becomes in the file."""

    kind: str
    element: Any = None
    kids: list[Node | Content | Annotation] = field(default_factory=list)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """``Alt``, ``ActualText``, ``Lang``, ``ID``."""
    made: Any = None

    @property
    def nodes(self) -> list[Node]:
        """The elements that it holds."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in reading order."""
        yield self
        for kid in self.nodes:
            yield from kid.walk()

    def contents(self) -> Iterator[Content]:
        """Its drawn contents, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.contents()
            elif isinstance(kid, Content):
                yield kid

    @property
    def words(self) -> str:
        """Its text, without readings and without its printed number."""
        parts = []
        for kid in self.kids:
            if isinstance(kid, Content):
                parts.append(kid.words)
            elif isinstance(kid, Node) and kid.kind not in ("RT", "RP"):
                own = kid.said.get("Alt") or kid.said.get("ActualText")
                parts.append(own or kid.words + (" " if kid.kind == "Lbl" else ""))
        return "".join(parts)

    @property
    def page(self) -> int | None:
        """The page of the first thing in it."""
        for kid in self.kids:
            page = kid.page
            if page is not None:
                return page
        return None
