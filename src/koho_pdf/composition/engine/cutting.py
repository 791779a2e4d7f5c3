"""Seams ``build_formatting_structure``, ``block_container_layout``: an article in pieces, each in its column.

An element with ``data-piece="nishin 12 40 7.0000"`` shows the rows 12 to 39 of the article ``nishin`` on a grid of 7 mm
(``rows``; without an end it shows all others). The article's HTML stands in the first of them, in whichever column or
page the others are. It is composed once, on an endless strip as wide as the column, and cut there: the lines are those
that were measured, none is lost, and what is one element of HTML stays one in the structure tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import inf
from typing import Any

from koho_pdf.composition.engine import footnotes
from koho_pdf.composition.engine.found_rows import Strip, read_rows
from koho_pdf.composition.engine.table_rows import Again, headed
from koho_pdf.composition.rows import tops
from koho_pdf.geometry import px_from_mm

ATTRIBUTE = "data-piece"
_ACROSS = "data-across"


@dataclass(slots=True, eq=False)
class Source:
    """The boxes of an article before layout; once it is composed, its strips, by their width (CSS pixels) and that
    across all columns."""

    children: list[Any]
    strips: dict[tuple[float, float], Strip] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The rows of an article from ``first`` to before ``end`` (None: to its last), on a grid of that ``line``; all
    columns together are ``across`` wide (mm)."""

    source: Source
    first: int
    end: int | None
    line: float
    across: float


def with_pieces(original: Any) -> Any:
    """Tell every piece where its article's boxes are."""

    def build_formatting_structure(*arguments: Any) -> Any:
        root = original(*arguments)
        sources: dict[str, Source] = {}
        for box in _of(root, ATTRIBUTE):
            name, first, end, line = box.element.get(ATTRIBUTE).split(" ")
            source = sources.setdefault(name, Source(box.children))
            across = float(box.element.get(_ACROSS, "0"))
            box.koho_piece = Piece(source, int(first), int(end) if end != "-" else None, float(line), across)
        for box in _of(root, footnotes.ATTRIBUTE):
            said = [each.split(" ") for each in box.element.get(footnotes.ATTRIBUTE).split(";") if each]
            box.koho_notes = [Piece(sources[name], int(first), int(end), 0.0, 0.0) for name, first, end in said]
        for box in _of(root, _ACROSS):
            if "koho_piece" not in box.__dict__:
                _widen(box, float(box.element.get(_ACROSS)))
        return root

    return build_formatting_structure


def _of(box: Any, attribute: str) -> Iterator[Any]:
    """The boxes of the elements with an attribute."""
    for child in getattr(box, "children", ()):
        if child.element is not None and attribute in child.element.attrib and "::" not in (child.element_tag or ""):
            yield child
        else:
            yield from _of(child, attribute)


def _widen(box: Any, across: float) -> None:
    """Make what spans all columns (``column-span: all``) in a box as wide as they are, in mm."""
    from weasyprint.css.properties import Dimension

    for child in getattr(box, "children", ()):
        if child.style["column_span"] == "all":
            child.style = child.style.copy()
            child.style.update(width=Dimension(px_from_mm(across), "px"), box_sizing="border-box")
        else:
            _widen(child, across)


def cut(original: Any) -> Any:
    """Lay a piece out: the rows that it shows."""

    def block_container_layout(context: Any, box: Any, *more: Any, **named: Any) -> Any:
        piece: Piece | None = box.__dict__.get("koho_piece")
        if notes := box.__dict__.get("koho_notes"):
            return _with_notes(original(context, box, *more, **named), notes)
        if piece is None:
            return original(context, box, *more, **named)
        shape = box.width, piece.across
        strip = piece.source.strips.get(shape)
        if strip is None:
            strip = piece.source.strips[shape] = _composed(original, context, box, piece, *more)
        empty = box.copy_with_children([])
        empty.koho_piece = None
        made, *rest = original(context, empty, *more, **named)
        shown = strip.found[piece.first : piece.end]
        places = zip(shown, tops([each.row for each in shown], piece.line), strict=True)
        moves = {number: px_from_mm(top) - each.top for number, (each, top) in enumerate(places, piece.first)}
        parts = [(path, moves[host]) for path, host in strip.parts if host in moves]
        made.children = list(_cut(parts, 0, strip, moves))
        for child in made.children:
            child.translate(made.content_box_x(), made.content_box_y())
        return made, *rest

    return block_container_layout


def _with_notes(result: Any, pieces: Sequence[Piece]) -> Any:
    """A laid-out element for the footnotes of a column, with the footnotes of these rows."""
    made, *rest = result
    made.children, depth = [], 0.0
    for piece in pieces:  # the rows stand above it in the column, so their strips are composed
        strips = piece.source.strips
        strip = strips[min(strips, key=lambda shape: abs(shape[0] - made.margin_width()))]
        notes = [each for row in range(piece.first, piece.end or 0) for each in strip.notes.get(row, ())]
        own, deep = footnotes.stacked(notes, made.content_box_x(), made.content_box_y() + depth, _copied)
        made.children, depth = [*made.children, *own], depth + deep
    made.height = depth
    return made, *rest


def _composed(original: Any, context: Any, box: Any, piece: Piece, bottom_space: float, *more: Any) -> Strip:
    """The whole article on an endless strip as wide as the piece, its upper left corner at 0, 0."""
    strip = box.copy_with_children(piece.source.children)
    strip.koho_piece = None
    _widen(strip, piece.across)
    strip.style = strip.style.copy()
    strip.style["position"] = "relative"  # what is placed absolutely in an article goes with it
    strip.height, strip.min_height, strip.max_height = "auto", 0, inf
    strip.margin_top = strip.margin_bottom = strip.position_x = strip.position_y = 0
    made, *_ = original(context, strip, bottom_space, None, True, [], [], [], *more[5:])
    return read_rows(made)


def _cut(
    parts: Sequence[tuple[tuple[Any, ...], float]], level: int, strip: Strip, moves: dict[int, float]
) -> Iterator[Any]:
    """Copies of the boxes at one level of the strip, with only those parts in them, each moved."""
    for _, group in groupby(parts, key=lambda part: id(part[0][level])):
        own = list(group)
        (path, move), box = own[0], own[0][0][level]
        if len(path) == level + 1:
            moved = _copied(box)
            moved.translate(0, move)
            yield moved
        else:
            yield _holding(box, list(_cut(own, level + 1, strip, moves)), strip, moves)


def _holding(box: Any, children: list[Any], strip: Strip, moves: dict[int, float]) -> Any:
    """A copy of a box with those children; where it is cut it has no border, padding or margin. A table has its head
    rows again.
    """
    first, last = strip.reach[id(box)]
    shown = [number for number in moves if first <= number <= last]
    made = box.copy_with_children(children)
    foot = box.content_box_y() + box.height
    top, bottom = strip.found[min(shown)], strip.found[max(shown)]
    starts, ends = min(shown) == first, max(shown) == last
    made.remove_decoration(start=not starts, end=not ends)
    made.position_y = box.position_y if starts else top.top
    again = None if starts or min(shown) != min(moves) else top.again
    if again and first <= again.first:  # the table, and what is around it
        made.position_y -= again.height
    if "column_groups" in box.__dict__:
        move = moves[min(shown)] + top.top - again.height - _top_of(again) if again else 0.0
        made.children = [*headed(box, min(shown), again, made, _copied, move), *made.children]
    made.position_y += moves[min(shown)]
    foot = (foot if ends else bottom.top + bottom.height) + moves[max(shown)]
    made.height = max(0.0, foot - made.content_box_y())
    return made


def _top_of(again: Again) -> float:
    """Where the head rows of a table begin on the strip."""
    return float(again.group.children[0].position_y) if again.group is not None else 0.0


def _copied(box: Any) -> Any:
    """A copy of a box and all in it, with the placeholders of what is placed absolutely."""
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        placeholder = AbsolutePlaceholder(_copied(box._box))
        placeholder.set_laid_out_box(placeholder._box)
        return placeholder
    made = box.copy()
    for name in ("children", "column_groups"):
        if name in made.__dict__:
            setattr(made, name, [_copied(child) for child in getattr(box, name)])
    return made
