"""Margins, borders and padding of inline elements: space on a line before their first cell and after their last.

A box that is broken over lines has its edges at its two ends (``box-decoration-break: slice``), or on every line
(``clone``; CSS Fragmentation 3, 6.1). Spaces that hang at a line's end or vanish at its head do not separate an edge
from its word. Brackets and stops are flush with an edge, as with the ends of a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from koho_pdf.composition.engine.leaf import Leaf
from koho_pdf.composition.paragraph.classes import Kind
from koho_pdf.composition.paragraph.line import Cell

Edges = dict[int, tuple[float, float]]


class Edge(NamedTuple):
    """The space at the left and right of an inline element (CSS pixels), and whether each of its lines has it."""

    path: tuple[int, ...]
    left: float
    right: float
    cloned: bool


def edges_of(box: Any, path: tuple[int, ...]) -> Edge | None:
    """The edges of an inline element with resolved percentages; an ``auto`` margin is 0 (CSS 2.1, 10.3.1)."""
    for side in ("left", "right"):
        if getattr(box, f"margin_{side}") == "auto":
            setattr(box, f"margin_{side}", 0)
    left, right = left_of(box), box.margin_right + box.border_right_width + box.padding_right
    cloned = box.style["box_decoration_break"] == "clone"
    has_any = any(
        getattr(box, name)
        for side in ("left", "right")
        for name in (f"margin_{side}", f"border_{side}_width", f"padding_{side}")
    )
    return Edge(path, float(left), float(right), cloned) if has_any else None


def left_of(box: Any) -> float:
    """Margin, border and padding at the left of a box, in CSS pixels."""
    return float(box.margin_left + box.border_left_width + box.padding_left)


def edged(cells: list[Cell], leaves: Sequence[Leaf], edges: Sequence[Edge]) -> Edges:
    """Give the cells the space of the edges, in place; returns the space that follows each of them."""
    found: Edges = {}
    for edge in edges:
        inner = [leaf for leaf in leaves if leaf.path[: len(edge.path)] == edge.path]
        first, end = inner[0].first, inner[-1].end
        head, tail = ends(cells, first, end)
        for number in range(first, end):
            lead = edge.left if edge.cloned or number <= head else 0.0
            trail = edge.right if edge.cloned or number >= tail else 0.0
            cell = cells[number]
            cells[number] = cell._replace(lead=cell.lead + lead, trail=cell.trail + trail)
            _add(found, number, 0.0, trail)
        cells[first], cells[end - 1] = cells[first]._replace(opens=True), cells[end - 1]._replace(closes=True)
        for number, width in ((first - 1, edge.left), (end - 1, edge.right)):
            if number >= 0:
                cells[number] = cells[number]._replace(extra=cells[number].extra + width)
                _add(found, number, width, 0.0)
    return found


def ends(cells: Sequence[Cell], first: int, end: int) -> tuple[int, int]:
    """The first and last cells of an element, from ``first`` up to ``end``, without spaces that a line would drop."""
    head, tail = first, end - 1
    while head < tail and cells[head].kind is Kind.SPACE and not cells[head].forced:
        head += 1
    while tail > head and cells[tail].kind is Kind.SPACE:
        tail -= 1
    return head, tail


def _add(found: Edges, cell: int, after: float, at_end: float) -> None:
    if after or at_end:
        known = found.get(cell, (0.0, 0.0))
        found[cell] = known[0] + after, known[1] + at_end
