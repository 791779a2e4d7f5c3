"""The rows of an article that is composed on a strip: lines of text, and boxes that no column divides (``rows``).

A plain block is divided between its children and lines, a table between its rows (``table_rows``); pictures, flex and
grid boxes, blocks of a given height and turned ones are not. What floats goes with the row that follows it, what is
placed absolutely with that beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from math import inf
from typing import Any

from koho_pdf.composition.engine.footnotes import area_of, called, edge_of, height_of, is_area
from koho_pdf.composition.engine.table_rows import Again, has_free_rows, head_of, is_of_table
from koho_pdf.composition.fonts.turned import stands_upright
from koho_pdf.composition.rows import ALWAYS, NEVER, Row
from koho_pdf.geometry import mm_from_px

_NEAR = 0.01  # CSS pixels
_FORCED = ("column", "page", "always", "left", "right", "recto", "verso", "all")
Path = tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A row with its place on the strip (CSS pixels) and its box, below all boxes around it; the head rows of its table
    if they are ``again`` above it where it begins a column."""

    row: Row
    top: float
    height: float
    path: Path
    again: Again | None = None


@dataclass(slots=True, eq=False)
class Strip:
    """The rows of a strip; its ``parts`` (rows, and what is out of the flow) in the order of the words, each with the
    row that it goes with; the first and last row in each box, by the box's ``id``; and the footnotes of each row.
    """

    box: Any
    found: list[Found] = field(default_factory=list)
    parts: list[tuple[Path, int]] = field(default_factory=list)
    reach: dict[int, tuple[int, int]] = field(default_factory=dict)
    notes: dict[int, tuple[Any, ...]] = field(default_factory=dict)


def read_rows(box: Any) -> Strip:
    """The rows in a composed box."""
    strip = Strip(box)
    boxes: list[Path] = []
    _read(box, (), strip, boxes)
    floats = [(host, path[-1]) for path, host in strip.parts if path[-1].is_floated()]
    floats += [(number, each) for number, path in enumerate(boxes) for each in _floats_in(path[-1])]
    strip.found = [_with_head(number, _found(number, boxes, floats), boxes) for number in range(len(boxes))]
    strip.parts = [(path, _beside(path, host, strip)) for path, host in strip.parts]
    _with_notes(strip)
    return strip


def _with_notes(strip: Strip) -> None:
    """Find the footnotes of each row."""
    if (area := area_of(strip.box)) is None:
        return
    for number, each in enumerate(strip.found):
        if notes := called(each.path[-1], area):
            strip.notes[number] = notes
            row = each.row._replace(notes=height_of(notes), edge=edge_of(area))
            strip.found[number] = replace(each, row=row)


def _read(box: Any, path: Path, strip: Strip, boxes: list[Path]) -> None:
    from weasyprint.formatting_structure.boxes import LineBox

    began = len(strip.parts)
    for child in (each for each in box.children if path or not is_area(each)):
        inner = (*path, child)
        first, parts = len(boxes), len(strip.parts)
        if not isinstance(child, LineBox) and not child.is_in_normal_flow():
            strip.parts.append((inner, first))
        elif _is_divided(child):
            _read(child, inner, strip, boxes)
            if len(boxes) > first:
                strip.reach[id(child)] = first, len(boxes) - 1
            else:  # nothing in it that shows
                strip.parts[parts:] = [(inner, first)]
        else:
            strip.parts.append((inner, first))
            boxes.append(inner)
    for number in range(began, len(strip.parts)):  # what is out of the flow behind the last row
        inner, host = strip.parts[number]
        strip.parts[number] = inner, max(0, min(host, len(boxes) - 1))


def _beside(path: Path, host: int, strip: Strip) -> int:
    """The row that something goes with: what is placed absolutely with that beside which it stands, in its own box."""
    box = path[-1]
    if not box.is_absolutely_positioned() or not strip.found:
        return host
    first, last = strip.reach.get(id(path[-2]) if len(path) > 1 else 0, (0, len(strip.found) - 1))
    above = [number for number in range(first, last + 1) if strip.found[number].top <= box.position_y + _NEAR]
    return above[-1] if above else first


def _is_divided(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import BlockBox

    if is_of_table(box):
        return True
    style = box.style
    plain = type(box) is BlockBox and not stands_upright(box) and (not box.is_table_wrapper or has_free_rows(box))
    sized = style["height"] != "auto" or box.max_height != inf or box.min_height not in (0, "auto")
    columns = (style["column_count"], style["column_width"]) != ("auto", "auto")
    return bool(plain and not sized and not columns and not style["transform"] and style["overflow"] == "visible")


def _floats_in(box: Any) -> list[Any]:
    from weasyprint.formatting_structure.boxes import LineBox

    return [each for each in box.descendants() if each.is_floated()] if isinstance(box, LineBox) else []


def _found(number: int, boxes: Sequence[Path], floats: Sequence[tuple[int, Any]]) -> Found:
    from weasyprint.formatting_structure.boxes import LineBox

    path = boxes[number]
    box = path[-1]
    line = isinstance(box, LineBox)
    top, height = _extent(box)
    before = boxes[number - 1] if number else ()
    after = boxes[number + 1] if number + 1 < len(boxes) else ()
    opened, closed = path[_common(path, before) :], path[_common(path, after) :]
    foot = max((_foot(each) for each in closed if _is_kept(each)), default=top + height) - top - height
    if not after:
        foot = max([foot, *(_foot(each) - top - height for _, each in floats)])
    else:
        next_top = _extent(after[-1])[0]
        cut = any(host <= number and _foot(each) > next_top + _NEAR for host, each in floats)
    parent = path[-2] if len(path) > 1 else None
    row = Row(
        mm_from_px(height),
        mm_from_px(top - (sum(_extent(before[-1])) if before else 0.0)),
        mm_from_px(top - min((each.border_box_y() for each in opened if _is_kept(each)), default=top)),
        mm_from_px(foot),
        line,
        _paragraph(boxes, number) if line else 0,
        (parent.style["orphans"], parent.style["widows"]) if line and parent is not None else (1, 1),
        (NEVER if cut else _keep(path, closed, after)) if after else 0,
        sum(_is_avoided(each, "inside") for each in path[:-1]),
        any(each.style["column_span"] == "all" for each in path if not isinstance(each, LineBox)),
    )
    return Found(row, top, height, path)


def _with_head(number: int, found: Found, boxes: Sequence[Path]) -> Found:
    """A row of a table, which keeps together with what belongs to it."""
    kept, again = head_of(number, boxes)
    row = found.row
    if kept:
        row = row._replace(keep=NEVER)
    if again:
        row = row._replace(cells=True, head=mm_from_px(again.height))
    return replace(found, row=row, again=again)


def _extent(box: Any) -> tuple[float, float]:
    """Top and height of a row on the strip."""
    from weasyprint.formatting_structure.boxes import LineBox, TableRowBox

    if isinstance(box, LineBox | TableRowBox):
        return float(box.position_y), float(box.height)
    return float(box.border_box_y()), float(box.border_height())


def _foot(box: Any) -> float:
    return float(box.border_box_y() + box.border_height())


def _common(path: Path, other: Path) -> int:
    """How many boxes around two rows are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(path, other, strict=False)))


def _is_kept(box: Any) -> bool:
    """Whether a box has something of its own above or below its rows, which no column cuts off."""
    from weasyprint.formatting_structure.boxes import LineBox

    if isinstance(box, LineBox):
        return False
    edges = box.padding_top, box.border_top_width, box.padding_bottom, box.border_bottom_width
    return any(edges) or bool(box.style["block_step_size"])


def _paragraph(boxes: Sequence[Path], number: int) -> int:
    """The number of a line's paragraph: that of its first line, from 1."""
    while number and boxes[number - 1][:-1] == boxes[number][:-1]:
        number -= 1
    return number + 1


def _keep(path: Path, closed: Path, after: Path) -> int:
    """How many boxes ask that no column ends between a row and the next."""
    opened = after[len(path) - len(closed) :]
    asks = [each.style["break_after"] for each in closed] + [each.style["break_before"] for each in opened]
    if any(each in _FORCED for each in asks):
        return ALWAYS
    around = path[: len(path) - len(closed)]
    edges = any(_is_avoided(each, "after") for each in closed) + any(_is_avoided(each, "before") for each in opened)
    return edges + sum(_is_avoided(each, "inside") for each in around)


def _is_avoided(box: Any, where: str) -> bool:
    return box.style[f"break_{where}"] in ("avoid", "avoid-column", "avoid-page")
