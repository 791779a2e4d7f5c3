"""The rows of a sheet of an Excel workbook, every number as Excel shows it.

What a reader of Excel does not see, or sees otherwise than one cell beside another, is told and not printed: hidden
rows, columns and sheets, merged cells but those of two rows of heads, formulas without a result.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from koho_pdf.content.values.csv_cells import no_table
from koho_pdf.content.values.number_formats import NotShown, shown, shown_text
from koho_pdf.content.values.table_cells import BLANKS, Row, bad_cell, too_large
from koho_pdf.content.values.workbook import Sheet, Stored, Workbook, column_name, workbook_of
from koho_pdf.content.values.workbook_parts import NoWorkbook
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.encoding import composed
from koho_pdf.manuscript.refusal import Refusal

SIZE_LIMIT = 10_000_000
"""The most bytes of a workbook."""

BEGINS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: .xlsx and .ods are ZIP archives; .xls, and a workbook with a password, a compound file."""

_MOST_FINDINGS = 10
_ROOM = 2000  # rows and columns up to which cells are put in order; more are too many anyway
_SAVE = "Excel で開き、「名前を付けて保存」で「Excel ブック（*.xlsx）」を選んで保存し直してください。"
_COPY = "載せる表だけを新しいブックに写して、そのブックを保存し直してください。"
_WHY = {
    "broken": "Excel ブック（.xlsx）として読めません",
    "macros": "マクロの入ったブックです",
    "too-large": "中身が大きすぎるブックです",
}
_UNSEEN = "印刷するなら「再表示」を選び、しないなら、要る分だけを別のシートに写してください。"


def sheet_rows(raw: bytes, name: str, sheet: str, heads: int = 1) -> tuple[str, Iterator[Row]]:
    """The sheet called ``sheet`` (the only one that Excel shows, if empty), and its rows that hold anything, from the
    first to the last column that does. In two rows of ``heads`` cells may be merged.

    Raises ``Refusal``: not-a-table, table-sheet, table-hidden, table-merged, table-too-large.
    """
    if raw.startswith(BEGINS[2]):
        told = "古い形式（.xls）のブックか、パスワードの付いたブックです"
        raise Refusal(no_table(told, Where(file=name), _SAVE))
    try:
        workbook = workbook_of(raw)
        chosen = _chosen(workbook, name, sheet)
        found = workbook.sheet(chosen)
    except NoWorkbook as fault:
        mend = _COPY if fault.why == "too-large" else _SAVE
        raise Refusal(no_table(_WHY[fault.why], Where(file=name), mend)) from None
    if not found.cells:
        return chosen, iter(())
    area = _Area(
        min(row for row, _ in found.cells),
        max(row for row, _ in found.cells),
        min(column for _, column in found.cells),
        max(column for _, column in found.cells),
    )
    if max(area.last_row - area.first_row, area.last_column - area.first_column) > _ROOM:
        raise Refusal(too_large(name, f"{_cell_name(area.last_row, area.last_column)} まで"))
    if wrong := (*_unseen(found, area, name), *_merged(found, area, name, heads)):
        raise Refusal(*wrong[:_MOST_FINDINGS])
    return chosen, _rows(found, area, name, workbook.from_1904)


@dataclass(frozen=True, slots=True)
class _Area:
    """The rows and columns that hold anything."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def _chosen(workbook: Workbook, name: str, sheet: str) -> str:
    """The name of the sheet to print. Raises ``Refusal``: table-sheet."""
    where = Where(file=name)
    there = "・".join(f"「{each}」" for each in workbook.shown[:12]) or "ありません"
    if sheet and sheet not in workbook.sheets:
        near = [each for each in workbook.shown if _folded(each) == _folded(sheet)]
        meant = f"「{near[0]}」のことではありませんか（全角と半角、空白も区別します）。" if near else ""
        told = f"「{sheet[:40]}」というシートはありません。"
        raise Refusal(error("table-sheet", told, where, f"{meant}見えているシート: {there}"))
    if sheet and sheet not in workbook.shown:
        raise Refusal(error("table-hidden", f"シート「{sheet[:40]}」は隠されています。", where, _UNSEEN))
    if sheet:
        return sheet
    if len(workbook.shown) != 1:
        told = f"シートが{len(workbook.shown)}つあります。" if workbook.shown else "見えているシートがありません。"
        hint = _UNSEEN
        if workbook.shown:
            example = f"「sheet: {workbook.shown[0]}」のように、載せるシートの名前を書いてください。"
            hint = f"file の次の行に{example}シート: {there}"
        raise Refusal(error("table-sheet", told, where, hint))
    return workbook.shown[0]


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _unseen(sheet: Sheet, area: _Area, name: str) -> Iterator[Finding]:
    """Hidden rows and columns among those that hold anything."""
    rows = sorted({row for row, _ in sheet.cells} & sheet.hidden_rows)
    if rows:
        told = f"{_some([str(row) for row in rows])}行目が隠されています（絞り込みで見えない行も）。"
        yield error("table-hidden", told, Where(file=name, line=rows[0]), _UNSEEN)
    used = {column for _, column in sheet.cells}
    columns = [each for each in sorted(used) if any(each in hidden for hidden in sheet.hidden_columns)]
    if columns:
        told = f"{_some([column_name(column) for column in columns])}列が隠されています。"
        yield error("table-hidden", told, Where(file=name, line=area.first_row, column=columns[0]), _UNSEEN)


def _merged(sheet: Sheet, area: _Area, name: str, heads: int) -> Iterator[Finding]:
    """Merged cells among those that hold anything: of two rows of heads none that stand above columns or are two rows
    high."""
    upper, lower = (*sorted({row for row, _ in sheet.cells})[:2], 0, 0)[:2]
    for reference, row, column, last_row, last_column in sheet.merged[:_ROOM]:
        beside = row > area.last_row or last_row < area.first_row
        if beside or column > area.last_column or last_column < area.first_column:
            continue
        of_head = (row, last_row) == (upper, upper) or (row, last_row, last_column) == (upper, lower, column)
        covered = [at for at in sheet.cells if row <= at[0] <= last_row and column <= at[1] <= last_column]
        if heads == 2 and of_head and set(covered) <= {(row, column)}:
            continue
        told = f"セル {reference} が結合されています。"
        hint = "結合を解き、どのセルにも言葉を書いてください。表の題は、原稿の caption に書きます。"
        if heads == 1 and of_head:
            hint += "2行の見出しなら、原稿に head_rows: 2 と書けば、1行目の結合はそのままで載せられます。"
        yield error("table-merged", told, Where(file=name, line=row, column=column), hint)


def _rows(sheet: Sheet, area: _Area, name: str, from_1904: bool) -> Iterator[Row]:
    columns = range(area.first_column, area.last_column + 1)
    for row in range(area.first_row, area.last_row + 1):
        stored = {column: sheet.cells[row, column] for column in columns if (row, column) in sheet.cells}
        if not stored:
            continue
        texts, places, wrong = [], [], []
        for column in columns:
            places.append(Where(file=name, line=row, column=column))
            text = cell_text(stored[column], from_1904) if column in stored else ""
            if isinstance(text, tuple):
                wrong.append(bad_cell(f"{_cell_name(row, column)} は{text[0]}", text[1], places[-1]))
                text = "？"
            texts.append(composed(text).strip(BLANKS))
        yield Row(texts, Where(file=name, line=row), places, tuple(wrong))


def cell_text(stored: Stored, from_1904: bool) -> str | tuple[str, str]:
    """What Excel shows of a cell; or why that is not known, and how to mend it."""
    if not stored.computed:
        return "数式の結果が入っていません", "Excel で開き、上書き保存してください。計算した結果がいっしょに入ります。"
    if stored.type == "e":
        return f"計算の間違い（{stored.text[:12]}）です", "Excel で数式を直し、上書き保存してください。"
    if stored.type == "b":
        return "TRUE" if stored.text == "1" else "FALSE"
    try:
        if stored.type in ("s", "str", "inlineStr"):
            return shown_text(stored.text, stored.format)
        if stored.type == "d":  # a day in words (ISO 8601), which few programs write
            day = datetime.datetime.fromisoformat(stored.text.removesuffix("Z"))
            days = (day - datetime.datetime(1899, 12, 30)).total_seconds() / 86400  # noqa: DTZ001
            return shown(days, stored.format)
        number = float(stored.text)
        if not abs(number) < 1e300:
            raise NotShown(stored.text)
        return shown(number, stored.format, from_1904=from_1904)
    except (ValueError, OverflowError):
        told = "、数や日付の書式が読めません"
        hint = "セルの書式を「文字列」にして、載せるとおりに打ち直してください（または CSV で保存してください）。"
        return told, hint


def _cell_name(row: int, column: int) -> str:
    return f"{column_name(column)}{row}"


def _some(names: Sequence[str]) -> str:
    return "・".join(names[:8]) + ("…" if len(names) > 8 else "")
