"""Seams ``element_to_box``, ``block_container_layout``: footnotes (``float: footnote``) of articles in columns.

The engine puts footnotes at the foot of the page, and loses those of absolutely placed boxes. An article of a region
keeps its own: they stand in its element with ``data-notes``, behind its last line. If columns divide the article, they
are measured there with its strip (``found_rows``), and each stands at the foot of the column that has its mark
(JLREQ 4.2), in an element whose ``data-notes`` names the rows, as ``data-piece`` does: ``nishin 12 40``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from koho_pdf.geometry import mm_from_px

ATTRIBUTE = "data-notes"
HOLDERS = ("data-block", "data-piece")
_CALL = "::footnote-call"


def kept_in_articles(original: Any) -> Any:
    """Put the footnotes of an article into its own element for them; without footnotes it makes no box."""

    def element_to_box(element: Any, style_for: Any, *more: Any, **named: Any) -> Any:
        if not any(holder in element.attrib for holder in HOLDERS):
            return original(element, style_for, *more, **named)
        footnotes: list[Any] = more[4]
        numbers: list[int] = more[5][1].setdefault("footnote", [0])
        before = len(footnotes)
        numbers.append(0)  # each article counts its own: the same numbers wherever it is composed
        made = original(element, style_for, *more, **named)
        numbers.pop()
        own = footnotes[before:]
        for box in made:
            areas = [child for child in box.children if is_area(child)]
            if own and areas:
                del footnotes[before:]
                areas[0].children = own
                for each in box.descendants():
                    each.footnote = None  # it is laid out where it stands
            else:
                box.children = [child for child in box.children if child not in areas]
        return made

    return element_to_box


def is_area(box: Any) -> bool:
    """Whether a box is the element for an article's footnotes."""
    return box.element is not None and ATTRIBUTE in box.element.attrib and "::" not in (box.element_tag or "")


def is_call(box: Any) -> bool:
    """Whether a box is the mark of a footnote in a text (合印)."""
    return (box.element_tag or "").endswith(_CALL)


def area_of(strip: Any) -> Any | None:
    """The footnotes of a composed strip."""
    return next((child for child in strip.children if is_area(child)), None)


def edge_of(area: Any) -> float:
    """How much room the element for footnotes takes besides them, in mm."""
    return mm_from_px(float(area.margin_height() - area.height)) if area is not None else 0.0


def called(row: Any, area: Any | None) -> tuple[Any, ...]:
    """The composed footnotes whose marks stand in a row of the strip."""
    if area is None:
        return ()
    inside = [row, *row.descendants()] if hasattr(row, "descendants") else [row]
    marks = {each.element for each in inside if is_call(each)}
    return tuple(each for each in area.children if each.element in marks)


def height_of(notes: Sequence[Any]) -> float:
    """How deep footnotes are together, in mm."""
    return mm_from_px(sum(float(each.margin_height()) for each in notes))


def stacked(notes: Sequence[Any], x: float, y: float, copied: Callable[[Any], Any]) -> tuple[list[Any], float]:
    """Copies of footnotes one below the other from a place on (CSS pixels), and how deep they are."""
    made, at = [], y
    for each in notes:
        made.append(copied(each))
        made[-1].translate(x - each.position_x, at - each.position_y)
        at += float(each.margin_height())
    return made, at - y
