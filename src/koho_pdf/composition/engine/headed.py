"""The heads of a table's cells (ISO 32000-1, 14.8.5.7): which cells a head is for, and which heads a cell has."""

from __future__ import annotations

from typing import Any

from koho_pdf.composition.engine.nodes import Node


def heads(table: Node) -> None:
    """Give every head its ``Scope``, and every other cell its ``Headers``, the row's first: the heads before it (HTML,
    4.9.12.2), or, where its head stands behind it, that one."""
    rows = [row for row in table.walk() if row.kind == "TR"]
    at: dict[tuple[int, int], Node] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.nodes:
            while (number, column) in at:
                column += 1
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - number)
            at |= {(number + y, column + x): cell for y in range(down) for x in range(across)}
            spans: dict[str, int] = {}
            cell.attributes["Table"] = spans
            spans |= {"ColSpan": across} if across > 1 else {}
            spans |= {"RowSpan": down} if down > 1 else {}
            column += across
    columns: dict[int, list[Node]] = {}
    sides: dict[int, dict[Node, int]] = {}
    for (y, x), cell in at.items():
        if cell.kind != "TH":
            continue
        of_row = cell.element.get("scope") in ("row", "rowgroup")
        cell.said["ID"] = ""  # its number in the file, when it has one
        cell.attributes["Table"]["Scope"] = "/Row" if of_row else "/Column"
        if of_row:
            sides.setdefault(y, {}).setdefault(cell, x)
        elif cell not in columns.setdefault(x, []):
            columns[x].append(cell)
    of_cells: dict[Node, list[Node]] = {}
    for (y, x), cell in at.items():
        if cell.kind == "TD":
            found = of_cells.setdefault(cell, [])
            beside = sides.get(y, {})
            before = [head for head, place in beside.items() if place < x]
            found += [head for head in (*(before or beside), *columns.get(x, ())) if head not in found]
    for cell, found in of_cells.items():
        if found:
            cell.attributes["Table"]["Headers"] = found


def _span(cell: Any, name: str) -> int:
    said = cell.element.get(name) or ""
    return max(1, min(int(said), 1000)) if said.isascii() and said.isdigit() else 1
