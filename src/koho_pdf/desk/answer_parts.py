"""What the process of an issue tells the server of pages, places and findings: plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from koho_pdf.composition.document import Placed
from koho_pdf.findings import Finding
from koho_pdf.geometry import Rect
from koho_pdf.manuscript.paths import above
from koho_pdf.manuscript.scalar import Block, Scalar, Tree


def told_box(placed: Placed) -> dict[str, Any]:
    """A field on a page; lengths in mm from the trim's top left."""
    told: dict[str, Any] = {"field": placed.field, "page": placed.page, "box": _rect(placed.box)}
    if placed.pieces:
        told["pieces"] = [_rect(each) for each in placed.pieces]
    if slot := placed.slot:
        told |= {"slot": slot.name, "left": slot.left, "lines": slot.lines, "lines_used": slot.lines_used}
    return told


def told_finding(found: Finding, tree: Tree | None) -> dict[str, Any]:
    """A finding with its key, and with its ``span`` where it is about words of a text: the path of the text, and from
    which character on how many."""
    told: dict[str, Any] = {"key": list(found.key), **asdict(found), "severity": str(found.severity)}
    if found.where.box:
        told["where"]["box"] = _rect(found.where.box)
    if tree and (span := _span(found, tree)):
        told["span"] = span
    return told


def _span(found: Finding, tree: Tree) -> Mapping[str, Any] | None:
    where = found.where
    if not where.field or not where.line or not where.column:
        return None
    path = where.field.partition("#")[0]
    text = tree.at(path)
    while path and not isinstance(text, Scalar):
        path = above(path)  # of a paragraph the text around it
        text = tree.at(path)
    if not isinstance(text, Scalar):
        return None
    start = _place(text, where.line, where.column)
    if found.words and not text.startswith(found.words, max(start, 0)):
        start = text.find(found.words)  # quotes within quotes stand twice in the file
    length = len(found.words) or where.length or 0
    return {"path": path, "start": start, "length": length} if 0 <= start <= len(text) and length else None


def _place(text: Scalar, line: int, column: int) -> int:
    """The number of a character by its line and column in the file; below 0 if it is not in the text."""
    if not isinstance(text, Block):
        return column - text.begins if line == text.line else -1
    before = 0
    for number, words in enumerate(text.split("\n")):
        at, begins = text.place(number)
        if at == line:
            return before + column - begins
        before += len(words) + 1
    return -1


def _rect(rect: Rect) -> list[float]:
    return [round(each, 2) for each in (rect.x, rect.y, rect.width, rect.height)]
