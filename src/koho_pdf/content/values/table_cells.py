"""The cells of a table, wherever they were written: in the manuscript, in a CSV file, in an Excel workbook.

The first row, or the first two, hold the heads of the columns. Every cell is a text like any other in the manuscript,
with the same marks.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from koho_pdf.content.values.heads import without_head
from koho_pdf.content.values.inline import parse_inline
from koho_pdf.content.values.runs import InlineText
from koho_pdf.content.values.written import Written
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.encoding import FILE_LIMIT, control_character
from koho_pdf.manuscript.refusal import Refusal

COLUMNS_LIMIT, ROWS_LIMIT, CELL_LIMIT = 20, 500, 500
"""The most columns, rows below the head, and characters of a cell; a page has room for far less."""

BLANKS = " \u3000\t"
_MOST_FINDINGS = 10
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/:*?"<>|]')
_SIGN_APART = re.compile("^([△▲])[ \u3000]+(?=[0-9０-９])")


@dataclass(frozen=True, slots=True)
class Cells(Written):
    """The ``file`` as the manuscript names it (empty for rows written there), the ``head`` of each column, and the
    ``rows``, each as long as the head. ``sheet`` is that of a workbook; ``at`` is the place of rows in the manuscript.
    ``over`` is the upper one of two rows of heads (``heads``).
    """

    file: str
    head: tuple[InlineText, ...] = ()
    rows: tuple[tuple[InlineText, ...], ...] = ()
    sheet: str = ""
    at: str = ""
    over: tuple[InlineText, ...] = ()

    @property
    def source(self) -> str:  # type: ignore[override]  # what the manuscript says is the file's name
        """The file's name; that of its CSV for a workbook, of which nothing else is given to everyone."""
        return self.csv_name if self.sheet else self.file

    @property
    def csv_name(self) -> str:
        """The name of these cells as a CSV file of their own."""
        if self.sheet:
            return f"{self.file}.{_NOT_IN_NAMES.sub('-', self.sheet)}.csv"
        return self.file or f"tables/{re.sub('[^A-Za-z0-9]+', '-', self.at).strip('-') or 'rows'}.csv"

    @property
    def parts(self) -> tuple[InlineText, ...]:
        """Its cells, row by row, those of the head first."""
        return tuple(cell for row in self._all for cell in row)

    @property
    def written(self) -> list[list[str]]:
        """The rows as they were written, the head first."""
        return [[cell.source for cell in row] for row in self._all]

    @property
    def _all(self) -> tuple[tuple[InlineText, ...], ...]:
        return (*((self.over,) if self.over else ()), self.head, *self.rows)

    def csv(self) -> bytes:
        """The cells as the editor wrote them, without Excel's empty cells around them: UTF-8, CRLF (RFC 4180)."""
        written = io.StringIO(newline="")
        csv.writer(written).writerows(self.written)
        return written.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of one row, and where each stands, or the whole row if they have one place. ``wrong`` is what is wrong
    with it already."""

    texts: Sequence[str]
    where: Where
    places: Sequence[Where] = ()
    wrong: tuple[Finding, ...] = ()

    def place(self, number: int) -> Where:
        """The place of a cell."""
        return self.places[number] if self.places else self.where


def cells_of(given: Iterable[Row], name: str, field: str, heads: int = 1) -> Cells:
    """The cells of a table called ``name``, with 1 or 2 rows of ``heads``; ``field`` is their place in the manuscript
    where a row says none.

    Raises ``Refusal``: table-too-large, table-empty, table-rows-differ, table-cell, and what ``parse_inline`` raises.
    """
    found: list[Finding] = []
    rows: list[tuple[InlineText, ...]] = []
    wide, upper = 0, None
    for row in given:
        if not wide and len(row.texts) > COLUMNS_LIMIT:
            raise Refusal(too_large(name, f"{len(row.texts)}列", row.where))
        if len(rows) > ROWS_LIMIT:
            raise Refusal(too_large(name, f"{ROWS_LIMIT}行より多い行", replace(row.where, line=None)))
        found += row.wrong
        if not row.texts:  # no row at all
            continue
        first, wide = not wide, wide or len(row.texts)
        if len(row.texts) != wide:
            found.append(_differs(len(row.texts), wide, row.where))
        elif first and heads == 2:
            upper = row
        elif upper or first:
            bare = without_head(upper.texts, row.texts) if upper else row.texts.index("") if "" in row.texts else None
            if bare is not None and not row.wrong and not (upper and upper.wrong):
                found.append(_empty_head(bare + 1, row.where, heads))
            upper = None
        cells = [_cell(text, row.place(number), field) for number, text in enumerate(row.texts)]
        rows.append(tuple(cell for cell in cells if isinstance(cell, InlineText)))
        found += [each for cell in cells if isinstance(cell, list) for each in cell]
        if len(found) >= _MOST_FINDINGS:
            break
    if found:
        raise Refusal(*found[:_MOST_FINDINGS])
    if len(rows) <= heads:
        raise Refusal(_empty(name, heads))
    over = rows[0] if heads == 2 else ()
    return Cells(name, rows[heads - 1], tuple(rows[heads:]), over=over)


def _cell(text: str, where: Where, field: str) -> InlineText | list[Finding]:
    """One cell as inline text, or what is wrong with it."""
    if "\n" in text or "\r" in text:
        return [bad_cell("セルの中に改行があります", "セルの中の改行を消して、1行にしてください。", where)]
    if len(text) > CELL_LIMIT:
        why = f"1つのセルに{len(text)}文字あります"
        return [bad_cell(why, f"セルに書けるのは{CELL_LIMIT}文字までです。短くしてください。", where)]
    if control := control_character(text):
        return [replace(control, where=where, hint="このセルを、キーボードで打ち直してください。")]
    text = _SIGN_APART.sub(r"\1", text)  # Excel's format 「△ 」: as one number it is set together, and said マイナス
    try:
        return InlineText(text, parse_inline(text), where.field or field, where.line or 1, column=where.column)
    except Refusal as refusal:
        return [replace(each, where=where) for each in refusal.findings]


def too_large(name: str, size: str, where: Where | None = None) -> Finding:
    """The finding about a table that is too large."""
    return error(
        "table-too-large",
        f"表{f'「{name[-60:]}」' if name else ''}が大きすぎます（{size}）。",
        where or _of_file(name),
        f"{COLUMNS_LIMIT}列、{ROWS_LIMIT}行、CSV なら {FILE_LIMIT:,}バイトまでです。紙面に載せる分だけにしてください。",
    )


def bad_cell(why: str, hint: str, where: Where) -> Finding:
    """The finding about a cell that cannot be printed."""
    return error("table-cell", f"表のセルを印刷できません（{why}）。", where, hint)


def _of_file(name: str) -> Where:
    return Where(file=name or None)


def _empty(name: str, heads: int) -> Finding:
    return error(
        "table-empty",
        f"表{f'「{name[-60:]}」' if name else ''}に中身がありません。",
        _of_file(name),
        f"{'1行目' if heads == 1 else '1・2行目'}に列の見出し、{heads + 1}行目から中身を書いてください。",
    )


def _empty_head(column: int, where: Where, heads: int) -> Finding:
    return error(
        "table-empty",
        f"{column}列目の見出しがありません。",
        where,
        "1行目のどの列にも、見出しを書いてください。何もない列は、列ごと消してください。"
        if heads == 1
        else "2列以上にかかる見出しの下には、列ごとの見出しを2行目に書いてください。"
        "何もない列は、列ごと消してください。",
    )


def _differs(count: int, wide: int, where: Where) -> Finding:
    hint = '列の数を1行目に合わせてください。コンマのあるセル（1,200万円など）は、全体を " で囲みます。'
    return error("table-rows-differ", f"この行には列が{count}つあります。1行目は{wide}つです。", where, hint)
