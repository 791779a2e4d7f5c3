"""One received file as the articles in it: a Word file with several headings of the first level, a form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from koho_pdf.intake.received import Cell, Grid, Line, Piece, Received

FORM = re.compile(r"様式[:：][ 　]*(?P<title>[^（(]*)[（(](?P<kind>[a-z0-9-]+)[)）]")
"""The first line of a form that ``koho forms`` made."""


def parts(received: Received) -> list[tuple[Piece, ...]]:
    """The pieces of each article: one for each heading of the first level, if there are several with text below."""
    tops = [at for at, each in enumerate(received.pieces) if isinstance(each, Line) and each.level == 1]
    if len(tops) < 2:
        return [received.pieces]
    bounds = [0, *tops[1:], len(received.pieces)]
    found = [received.pieces[begin:end] for begin, end in itertools.pairwise(bounds)]
    if any(len(each) < 2 for each in found):
        return [received.pieces]
    return found


def without_form(received: Received) -> Received:
    """A form with the kind that it is of; its line about that, its heads and hints are no words of the department."""
    form, _title = "", ""
    pieces: list[Piece] = []
    for each in received.pieces:
        if isinstance(each, Line) and (found := FORM.search(each.plain)):
            form, _title = found["kind"], found["title"]
        elif isinstance(each, Grid):
            kept = []
            for row in each.rows:
                if found := next((told for cell in row if (told := FORM.search(cell.plain))), None):
                    form, _title = found["kind"], found["title"]
                else:
                    kept.append(row)
            pieces += [replace(each, rows=tuple(kept))] if kept else []
        else:
            pieces.append(each)
    if not form:
        return received
    return replace(received, pieces=tuple(_filled_in(pieces)), form=form)


def _filled_in(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a form with what was filled in alone: the columns of counts and examples are ours."""
    made: list[Piece] = []
    for each in pieces:
        if isinstance(each, Grid) and (head := _ours(each)):
            at, columns = head
            rows = [tuple(cell for column, cell in enumerate(row) if column in columns) for row in each.rows[at + 1 :]]
            made.append(replace(each, rows=tuple(_framed(row) for row in rows)))
        elif not (isinstance(each, Line) and each.plain.startswith("※")):
            made.append(each)
    return made


def _framed(row: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(row)


def _ours(grid: Grid) -> tuple[int, list[int]] | None:
    """The row with the heads 項目 and 書くところ, and the columns that count."""
    for at, row in enumerate(grid.rows[:6]):
        words = [each.plain for each in row]
        if "項目" in words and "書くところ" in words:
            return at, [words.index("項目"), words.index("書くところ")]
    return None
