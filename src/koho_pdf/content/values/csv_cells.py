"""Reads a CSV file beside the manuscript into the cells of a table, as Excel and open data save it (RFC 4180).

UTF-8 with or without a mark, and Shift_JIS as Windows writes it (CP932), which Japanese Excel saves. The first row
holds the heads of the columns. Every cell is a text like any other in the manuscript, with the same marks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from koho_pdf.content.values.inline import parse_inline
from koho_pdf.content.values.runs import InlineText
from koho_pdf.content.values.written import Written
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.encoding import FILE_LIMIT, composed, control_character, other_encoding
from koho_pdf.manuscript.own_files import Unread, content_of, files_in, nearest, same_name
from koho_pdf.manuscript.refusal import Refusal

COLUMNS_LIMIT, ROWS_LIMIT, CELL_LIMIT = 20, 500, 500
"""The most columns, rows below the head, and characters of a cell; a page has room for far less."""

_MOST_FINDINGS = 10
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are ZIP archives, .xls is a compound file
_BLANKS = " \u3000\t"
_SAVE_AS = "Excel の「名前を付けて保存」で、ファイルの種類に「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。"


@dataclass(frozen=True, slots=True)
class Cells(Written):
    """The ``file`` as the manuscript names it, the ``head`` of each column, and the ``rows``, each as
    long as the head.
    """

    file: str
    head: tuple[InlineText, ...] = ()
    rows: tuple[tuple[InlineText, ...], ...] = ()

    @property
    def source(self) -> str:  # type: ignore[override]  # what the manuscript says is the file's name
        """The file's name."""
        return self.file

    @property
    def parts(self) -> tuple[InlineText, ...]:
        """Its cells, row by row, those of the head first."""
        return tuple(cell for row in (self.head, *self.rows) for cell in row)

    def csv(self) -> bytes:
        """The cells as the editor wrote them, without Excel's empty cells around them: UTF-8, CRLF (RFC 4180)."""
        written = io.StringIO(newline="")
        csv.writer(written).writerows([cell.source for cell in row] for row in (self.head, *self.rows))
        return written.getvalue().encode()


def read_cells(folder: Path, name: str, field: str) -> Cells:
    """The cells of the file ``name`` (with slashes) of the issue in ``folder``, named in ``field``.

    Raises ``Refusal``, with the line in the file: table-outside, table-missing, table-name-differs, table-too-large,
    not-a-table, table-empty, table-rows-differ, table-cell, and what ``parse_inline`` raises.
    """
    try:
        raw = content_of(folder, name, FILE_LIMIT)
    except Unread as fault:
        raise Refusal(_unread(folder, name, fault)) from None
    found: list[Finding] = []
    rows: list[tuple[InlineText, ...]] = []
    wide = 0
    for line, texts in _records(_decoded(raw, name), name):
        if not rows and len(texts) > COLUMNS_LIMIT:
            raise Refusal(_too_large(name, f"{len(texts)}列"))
        if len(rows) > ROWS_LIMIT:
            raise Refusal(_too_large(name, f"{ROWS_LIMIT}行より多い行"))
        where = Where(file=name, line=line)
        wide = wide or len(texts)
        if len(texts) != wide:
            found.append(_differs(len(texts), wide, where))
        elif not rows and not all(texts):
            found.append(_empty_head(texts.index("") + 1, where))
        cells = [_cell(text, field, where) for text in texts]
        rows.append(tuple(cell for cell in cells if isinstance(cell, InlineText)))
        found += [each for cell in cells if isinstance(cell, list) for each in cell]
        if len(found) >= _MOST_FINDINGS:
            break
    if found:
        raise Refusal(*found[:_MOST_FINDINGS])
    if len(rows) < 2:
        raise Refusal(_empty(name))
    return Cells(name, rows[0], tuple(rows[1:]))


def _decoded(raw: bytes, name: str) -> str:
    if raw.startswith(_WORKBOOKS):
        raise Refusal(_no_table("表計算ソフトのブックのままです", Where(file=name)))
    encoding = other_encoding(raw)
    try:
        if encoding in ("", "Shift_JIS"):
            return composed(raw.decode("cp932" if encoding else "utf-8-sig"))
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        raise Refusal(_no_table("文字として読めないところがあります", Where(file=name, line=line))) from None
    raise Refusal(_no_table(f"文字コードが {encoding} です", Where(file=name)))


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with any words, without blanks around its cells, and the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            cells = [cell.strip(_BLANKS) for cell in record]
            if any("\t" in cell for cell in cells):
                raise Refusal(_no_table("コンマではなく、タブで区切られています", Where(file=name, line=line)))
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise Refusal(_no_table('引用符 " の開きと閉じが合いません', Where(file=name, line=line))) from None


def _cell(text: str, field: str, where: Where) -> InlineText | list[Finding]:
    """One cell as inline text, or what is wrong with it."""
    if "\n" in text or "\r" in text:
        return [_bad_cell("セルの中に改行があります", "セルの中の改行を消して、1行にしてください。", where)]
    if len(text) > CELL_LIMIT:
        why = f"1つのセルに{len(text)}文字あります"
        return [_bad_cell(why, f"セルに書けるのは{CELL_LIMIT}文字までです。短くしてください。", where)]
    if control := control_character(text):
        return [replace(control, where=where, hint="このセルを、キーボードで打ち直してください。")]
    try:
        return InlineText(text, parse_inline(text), field, where.line or 1)
    except Refusal as refusal:
        return [replace(each, where=where) for each in refusal.findings]


def _unread(folder: Path, name: str, fault: Unread) -> Finding:
    """The reason why a table's file is not read, in words."""
    if fault.why == "outside":
        return error(
            "table-outside",
            f"表「{name[-60:]}」は、号のフォルダーの外にあります。",
            hint="ファイルを issue.yaml と同じフォルダーの中に写して、tables/yosan.csv のように書いてください。",
        )
    if fault.why == "no-file":
        return _no_table("ファイルではありません", Where(file=name))
    if fault.why == "too-large":
        return _too_large(name, f"{fault.size:,}バイト")
    if there := fault.there or same_name(folder, name, (".csv",)):
        return error(
            "table-name-differs",
            f"表の名前「{name[-60:]}」の書き方が、ファイルの名前と違います。",
            hint=f"ファイルの名前のとおり「{there}」と書いてください（大文字と小文字、全角と半角も区別します）。",
        )
    if near := nearest(folder, name, (".csv",)):
        hint = f"「{near}」のことではありませんか。"
    elif names := files_in(folder, (".csv",)):
        hint = "このフォルダーにある表は " + "、".join(f"「{there}」" for there in names[:5]) + " です。"
    else:
        hint = "CSV のファイルを issue.yaml と同じフォルダーの中に置いてください。"
    return error("table-missing", f"表「{name[-60:]}」がありません。", hint=hint)


def _no_table(why: str, where: Where) -> Finding:
    return error("not-a-table", f"表を読めません（{why}）。", where, _SAVE_AS)


def _too_large(name: str, size: str) -> Finding:
    return error(
        "table-too-large",
        f"表「{name[-60:]}」が大きすぎます（{size}）。",
        Where(file=name),
        f"{COLUMNS_LIMIT}列、{ROWS_LIMIT}行、{FILE_LIMIT:,}バイトまでです。紙面に載せる分だけにしてください。",
    )


def _empty(name: str) -> Finding:
    return error(
        "table-empty",
        f"表「{name[-60:]}」に中身がありません。",
        Where(file=name),
        "1行目に列の見出し、2行目から中身を書いてください。",
    )


def _empty_head(column: int, where: Where) -> Finding:
    return error(
        "table-empty",
        f"{column}列目の見出しがありません。",
        where,
        "1行目のどの列にも、見出しを書いてください。何もない列は、列ごと消してください。",
    )


def _differs(count: int, wide: int, where: Where) -> Finding:
    return error(
        "table-rows-differ",
        f"この行には列が{count}つあります。1行目は{wide}つです。",
        where,
        '列の数を1行目に合わせてください。コンマのあるセル（1,200万円など）は、全体を " で囲みます。',
    )


def _bad_cell(why: str, hint: str, where: Where) -> Finding:
    return error("table-cell", f"表のセルを印刷できません（{why}）。", where, hint)
