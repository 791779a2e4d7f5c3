"""One received file as the articles in it: a Word file with several headings of the first level, a form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from koho_pdf.intake.form_fields import ANSWER, COUNT, ITEM, form_of, words_of
from koho_pdf.intake.labels import likeness
from koho_pdf.intake.received import Cell, Grid, Line, Piece, Received, Shown, line_of
from koho_pdf.intake.table_lists import fit_of
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.groups import GroupField, ListField

FORM = re.compile(r"様式[:：][ 　]*(?P<title>[^（(]*)[（(](?P<kind>[a-z0-9-]+)[)）]")
"""The first line of a form that ``koho forms`` made."""

_LEAST, _MOST_ROWS, _LONGEST_TITLE = 3, 100, 30


def parts(received: Received) -> list[tuple[Piece, ...]]:
    """The pieces of each article: one for each heading of the first level, if there are several with text below; one
    for each sheet of a workbook that is no form."""
    asked = [at for at, each in enumerate(received.pieces) if isinstance(each, Grid) and each.asked]
    if len(asked) > 1:
        bounds = [0, *asked[1:], len(received.pieces)]
        return [received.pieces[begin:end] for begin, end in itertools.pairwise(bounds)]
    sheets = dict.fromkeys(each.sheet for each in received.pieces if not isinstance(each, Shown) and each.sheet)
    if len(sheets) > 1 and not received.form:
        by_sheet: dict[str, list[Piece]] = {name: [] for name in sheets}
        last = next(iter(sheets))
        for each in received.pieces:
            last = getattr(each, "sheet", "") or last
            by_sheet.setdefault(last, []).append(each)
        return [tuple(each) for each in by_sheet.values() if each]
    pieces = _tables_joined(received.pieces)
    tops = [at for at, each in enumerate(pieces) if isinstance(each, Line) and each.level == 1]
    bounds = [0, *(tops[1:] if len(tops) > 1 else _tables_apart(pieces)), len(pieces)]
    if len(bounds) < 3:
        return [pieces]
    found: list[tuple[Piece, ...]] = []
    title: tuple[Piece, ...] = ()
    for begin, end in itertools.pairwise(bounds):
        part = pieces[begin:end]
        if len(part) < 2 and not found and not title:
            title = part  # a title over them all
        else:
            found.append((*title, *part))
            title = ()
    return found if len(found) > 1 else [pieces]


def _tables_joined(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Tables with the same heads that follow one another (a table that goes on on the next page) as one."""
    made: list[Piece] = []
    for each in pieces:
        last = made[-1] if made else None
        if isinstance(each, Grid) and isinstance(last, Grid) and _heads(each) and _heads(each) == _heads(last):
            made[-1] = replace(last, rows=last.rows + each.rows[1:])
        else:
            made.append(each)
    return tuple(made)


def _tables_apart(pieces: tuple[Piece, ...]) -> list[int]:
    """Where a table with the same heads as the first begins another article: at the line above it, its title."""
    grids = [at for at, each in enumerate(pieces) if isinstance(each, Grid) and _heads(each)]
    same = [at for at in grids[1:] if _heads(pieces[at]) == _heads(pieces[grids[0]])]
    titled = [at - 1 for at in same if _is_table_title(pieces[at - 1])]
    return titled if len(titled) == len(grids) - 1 and grids[0] else []


def _is_table_title(piece: Piece) -> bool:
    words = piece.plain.strip() if isinstance(piece, Line) else ""
    return (
        0 < len(words) <= _LONGEST_TITLE
        and not words.startswith(("※", "注", "（", "(", "＊", "*"))
        and words[-1] != "。"
    )


def _heads(piece: Piece) -> tuple[str, ...]:
    """The first row of a table with rows below it; nothing of a table of two columns, which may be fields."""
    if not isinstance(piece, Grid) or len(piece.rows) < 2 or len(piece.rows[0]) < 3:
        return ()
    return tuple(each.plain for each in piece.rows[0])


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


def without_form(received: Received, kinds: Mapping[str, Kind]) -> Received:
    """A form with the kind that it is of, and of its words those alone that the department wrote: what stands outside
    of the places to write in is aside."""
    form = ""
    pieces: list[Piece] = []
    for each in received.pieces:
        rows = each.rows if isinstance(each, Grid) else ((Cell((each,)),),) if isinstance(each, Line) else ()
        found = next((told for row in rows for cell in row if (told := FORM.search(cell.plain))), None)
        form = found["kind"] if found else form
        if not found or isinstance(each, Grid):
            pieces.append(each)
    if not form and not any(isinstance(each, Grid) and _answers(each) for each in pieces):
        return received
    asked = [kinds[form]] if form in kinds else kinds.values()
    own = frozenset(word for each in asked for word in words_of(form_of(each)))
    filled = _Filled(own)
    made = tuple(filled.pieces(pieces))
    ours = [
        each
        for each in received.findings
        if not (each.code == "received-cell" and each.where.column in filled.counts) and each.code != "received-look"
    ]
    aside = (*received.aside, *filled.aside)
    return replace(received, pieces=made, findings=tuple(ours), form=form, aside=aside)


@dataclass(slots=True)
class _Filled:
    """What a department wrote into a form: not ``own`` words of it (heads, hints, examples), nor empty rows; lines
    ``aside``, outside of the places to write in; the columns of ``counts``."""

    own: frozenset[str]
    aside: list[Line] = field(default_factory=list)
    counts: set[int] = field(default_factory=set)

    def pieces(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        for each in pieces:
            if isinstance(each, Line):
                if not self._is_own(each.plain) and not _is_title(each, pieces):
                    yield each
            elif isinstance(each, Grid) and (head := _answers(each)):
                yield from self._answered(each, *head)
            elif not isinstance(each, Grid) or any(cell.plain for row in each.rows[1:] for cell in row):
                yield each

    def _answered(self, grid: Grid, at: int, columns: tuple[int, int]) -> Iterator[Piece]:
        label, answer = columns
        words = [cell.plain for cell in grid.rows[at]]
        self.counts |= {grid.rows[at][words.index(COUNT)].column} if COUNT in words else set()
        for row in grid.rows[:at]:
            self._aside(row)
        rows = []
        for row in grid.rows[at + 1 :]:
            first = next((each for each in row[label].lines if self._is_own(each.plain)), None)
            more = [each for each in row[label].lines if each is not first] if first else []
            self.aside += [each for each in more if not self._is_own(each.plain)]
            self._aside([cell for column, cell in enumerate(row) if column not in columns])
            if row[answer].plain:
                rows.append((_unstarred(replace(row[label], lines=(first,)) if first else row[label]), row[answer]))
            elif not first:
                self._aside([row[label]])
        if rows:
            yield replace(grid, rows=tuple(rows), asked=True)

    def _aside(self, cells: Sequence[Cell]) -> None:
        lines = [line for cell in cells if not cell.copied for line in cell.lines]
        self.aside += [each for each in lines if not self._is_own(each.plain)]

    def _is_own(self, text: str) -> bool:
        words = "".join(text.split())
        return words in self.own or bool(_OF_FORM.match(words) or _COUNTED.fullmatch(words) or FORM.fullmatch(text))


_OF_FORM = re.compile(
    "※(?:黄色いところに書いて|「ここに書きます」のところに|1行に1つずつ書いて|1行目に列の見出し|.*（1行に1つずつ）$)"
)
_COUNTED = re.compile("[0-9]+(?:／[0-9]+)?字|")


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
