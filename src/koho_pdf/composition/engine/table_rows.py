"""Tables that columns divide between their rows: the caption and the head rows stay with the first row, and the head
rows are repeated above a row that begins a column.

A table with cells over several rows below its heads is not divided, nor one with a single row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """The head rows of a ``table`` (the group of them, if there is one) that stand above each row of its body: how far
    they reach above it (``height``, CSS pixels), and the number of the table's first row on the strip (``first``)."""

    table: Any
    group: Any
    height: float
    first: int


def is_of_table(box: Any) -> bool:
    """Whether a box in a table that is divided is divided too: the table without its caption, a group of its rows."""
    from weasyprint.formatting_structure.boxes import TableBox, TableRowGroupBox

    return isinstance(box, TableBox | TableRowGroupBox)


def has_free_rows(wrapper: Any) -> bool:
    """Whether the table in a wrapper (with its caption) can be divided between its rows."""
    table = next((child for child in wrapper.children if is_of_table(child)), None)
    if table is None:
        return False
    rows = [(group, row) for group in table.children for row in group.children]
    body = [row for group, row in rows if not group.is_header]
    single = all(cell.rowspan == 1 for row in body for cell in row.children)
    return len(body) > 1 and single and all(row.children for row in body)


def head_of(number: int, boxes: Sequence[Sequence[Any]]) -> tuple[bool, Again | None]:
    """Of a row by its number, all rows with the boxes around them: whether no column ends after it, because it is a
    caption or a head row, or a caption follows; and the head rows that are repeated above it.
    """
    path = boxes[number]
    table = next((box for box in path if is_of_table(box)), None)
    after = boxes[number + 1] if number + 1 < len(boxes) else ()
    if table is None:
        return any(_holds(path, box) for box in after), None
    group = path[[*path].index(table) + 1]
    captioned = bool(after) and table not in after and any(box in path for box in after if box.is_table_wrapper)
    first = next(at for at, each in enumerate(boxes) if table in each)
    if group.is_header:
        return True, None
    heads = table.children[0] if table.children[0].is_header else None
    body = next(row for each in table.children if not each.is_header for row in each.children)
    height = float(body.position_y - heads.children[0].position_y) if heads and heads.children else 0.0
    return captioned, Again(table, heads, height, first)


def _holds(path: Sequence[Any], table: Any) -> bool:
    """Whether a row without a table is the caption of this one: both stand in one wrapper."""
    return is_of_table(table) and len(path) > 1 and path[-2].is_table_wrapper and table in path[-2].children


def headed(table: Any, first: int, again: Again | None, made: Any, copied: Any, move: float) -> Iterator[Any]:
    """The head rows to stand in a copy ``made`` of a table whose rows begin with that number on the strip, moved by
    ``move`` (CSS pixels): none where they stand in it already. The copy knows which rows it lacks."""
    made.column_groups = [copied(each) for each in table.column_groups]
    if again is None or again.table is not table:
        return
    made.skipped_rows = first - again.first
    if again.group is not None:
        heads = copied(again.group)
        heads.translate(0, move)
        yield heads
