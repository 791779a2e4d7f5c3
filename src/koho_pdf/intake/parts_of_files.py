"""One received file as the articles in it: a Word file with several headings of the first level, a form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from koho_pdf.intake.form_fields import ANSWER, ITEM
from koho_pdf.intake.labels import likeness
from koho_pdf.intake.received import Cell, Grid, Line, Piece, Received, line_of
from koho_pdf.intake.table_lists import fit_of
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.groups import GroupField, ListField

FORM = re.compile(r"様式[:：][ 　]*(?P<title>[^（(]*)[（(](?P<kind>[a-z0-9-]+)[)）]")
"""The first line of a form that ``koho forms`` made."""

_LEAST, _MOST_ROWS = 3, 100


def parts(received: Received) -> list[tuple[Piece, ...]]:
    """The pieces of each article: one for each heading of the first level, if there are several with text below; one
    for each sheet of a workbook that is no form."""
    sheets = dict.fromkeys(each.sheet for each in received.pieces if isinstance(each, Grid) and each.sheet)
    if len(sheets) > 1 and not received.form:
        by_sheet: dict[str, list[Piece]] = {name: [] for name in sheets}
        last = next(iter(sheets))
        for each in received.pieces:
            last = getattr(each, "sheet", "") or last
            by_sheet.setdefault(last, []).append(each)
        return [tuple(each) for each in by_sheet.values() if each]
    tops = [at for at, each in enumerate(received.pieces) if isinstance(each, Line) and each.level == 1]
    if len(tops) < 2:
        return [received.pieces]
    bounds = [0, *tops[1:], len(received.pieces)]
    found = [received.pieces[begin:end] for begin, end in itertools.pairwise(bounds)]
    if any(len(each) < 2 for each in found):
        return [received.pieces]
    return found


def in_rows(kinds: Sequence[Kind], pieces: Sequence[Piece]) -> tuple[Kind, list[tuple[Piece, ...]]] | None:
    """A table of which each row is an article, of the kind whose fields are the heads of its columns (行事名, 日時,
    場所, 対象, 申込 …), with the pieces of each; what stands around it goes with the first. None if it is no such
    table, if a kind has a list that takes more of its columns, or if most columns are of no kind."""
    grids = [each for each in pieces if isinstance(each, Grid)]
    if len(grids) != 1 or not 2 < len(grids[0].rows) <= _MOST_ROWS:
        return None
    grid = grids[0]
    heads = [cell.plain for cell in grid.rows[0] if cell.plain]
    best, kind = max(((_count(each, heads), each) for each in kinds), key=lambda found: found[0])
    listed = max((_listed(each, grid) for each in kinds), default=0)
    if best < _LEAST or best <= listed or _listed(kind, grid) or (len(kinds) > 1 and best < len(heads) / 2):
        return None
    at = pieces.index(grid)
    rows = [row for row in grid.rows[1:] if any(each.plain for each in row)]
    made: list[tuple[Piece, ...]] = [(replace(grid, rows=(grid.rows[0], row)),) for row in rows]
    made[0] = (*pieces[:at], *made[0], *pieces[at + 1 :])
    return kind, made


def _count(kind: Kind, heads: Sequence[str]) -> int:
    """How many heads are fields of a kind, its heading among them."""
    titles = [each.title for each in kind.fields.values()]
    heading = kind.fields[kind.heading].title if kind.heading else ""
    if not any(likeness(heading, each) >= 0.5 for each in heads):
        return 0
    return sum(max(likeness(title, each) for title in titles) >= 0.5 for each in heads)


def _listed(kind: Kind, grid: Grid) -> int:
    """How many columns a list of a kind takes."""
    lists = [each.of for each in kind.fields.values() if isinstance(each, ListField)]
    fits = [fit_of(grid, each) for each in lists if isinstance(each, GroupField)]
    return max((len(each.columns) for each in fits if each), default=0)


def without_form(received: Received) -> Received:
    """A form with the kind that it is of, and of its words those alone that the department wrote."""
    form = ""
    pieces: list[Piece] = []
    for each in received.pieces:
        rows = each.rows if isinstance(each, Grid) else ((Cell((each,)),),) if isinstance(each, Line) else ()
        found = next((told for row in rows for cell in row if (told := FORM.search(cell.plain))), None)
        form = found["kind"] if found else form
        if not found:
            pieces.append(each)
    if not form:
        return received
    ours = [each for each in received.findings if not (each.code == "received-cell" and each.where.column == _COUNT)]
    return replace(received, pieces=tuple(_filled_in(pieces)), findings=tuple(ours), form=form)


_COUNT = 3
"""The column of an Excel form that counts: a formula, whose result some programs do not save."""


def _filled_in(pieces: Sequence[Piece]) -> list[Piece]:
    """What a department wrote into a form: not its heads, hints, examples and empty rows."""
    made: list[Piece] = []
    for each in pieces:
        if not isinstance(each, Grid):
            if not (isinstance(each, Line) and (each.plain.startswith("※") or _is_title(each, pieces))):
                made.append(each)
        elif head := _answers(each):
            at, (label, answer) = head
            rows = [(_unstarred(row[label]), row[answer]) for row in each.rows[at + 1 :] if row[answer].plain]
            made += [replace(each, rows=tuple(rows))] if rows else []
        elif any(cell.plain for row in each.rows[1:] for cell in row):
            made.append(each)
    return made


def _is_title(line: Line, pieces: Sequence[Piece]) -> bool:
    """Whether a line is the title over a list: the name of its sheet."""
    return any(isinstance(each, Grid) and each.sheet == line.plain for each in pieces) or not line.plain.strip()


def _answers(grid: Grid) -> tuple[int, tuple[int, int]] | None:
    """The row with the heads 項目 and 書くところ, and their columns."""
    for at, row in enumerate(grid.rows[:6]):
        words = [each.plain for each in row]
        if ITEM in words and ANSWER in words:
            return at, (words.index(ITEM), words.index(ANSWER))
    return None


def _unstarred(cell: Cell) -> Cell:
    return replace(cell, lines=(line_of(cell.plain.rstrip("＊")),))
