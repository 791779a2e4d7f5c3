"""Reads the file beside the manuscript that a table names: CSV, or a sheet of an Excel workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from koho_pdf.content.values.csv_cells import csv_rows, no_table
from koho_pdf.content.values.table_cells import Cells, cells_of, too_large
from koho_pdf.content.values.workbook_cells import BEGINS, SIZE_LIMIT, sheet_rows
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.encoding import FILE_LIMIT
from koho_pdf.manuscript.own_files import Unread, content_of, files_in, nearest, same_name
from koho_pdf.manuscript.refusal import Refusal

_ENDINGS = (".csv", ".xlsx")


def read_cells(folder: Path, name: str, field: str, sheet: str = "", heads: int = 1) -> Cells:
    """The cells of the file ``name`` (with slashes) of the issue in ``folder``, named in ``field``; of a workbook those
    of its ``sheet``; its first row, or first two, are ``heads``.

    Raises ``Refusal``, with the line in the file: table-outside, table-missing, table-name-differs, table-too-large,
    not-a-table, table-sheet, and what ``csv_rows``, ``sheet_rows`` and ``cells_of`` raise.
    """
    try:
        raw = content_of(folder, name, SIZE_LIMIT if name.lower().endswith(".xlsx") else FILE_LIMIT)
    except Unread as fault:
        raise Refusal(_unread(folder, name, fault)) from None
    if raw.startswith(BEGINS):
        chosen, rows = sheet_rows(raw, name, sheet, heads)
        return replace(cells_of(rows, name, field, heads), sheet=chosen)
    if sheet:
        hint = "sheet の行を消してください。シートの名前を書くのは、Excel ブック（.xlsx）のときだけです。"
        raise Refusal(error("table-sheet", f"「{name[-60:]}」に、シートはありません。", Where(), hint))
    return cells_of(csv_rows(raw, name), name, field, heads)


def _unread(folder: Path, name: str, fault: Unread) -> Finding:
    """The reason why a table's file is not read, in words."""
    if fault.why == "outside":
        return error(
            "table-outside",
            f"表「{name[-60:]}」は、号のフォルダーの外にあります。",
            hint="ファイルを issue.yaml と同じフォルダーの中に写して、tables/yosan.csv のように書いてください。",
        )
    if fault.why == "no-file":
        return no_table("ファイルではありません", Where(file=name))
    if fault.why == "too-large":
        return too_large(name, f"{fault.size:,}バイト")
    if there := fault.there or same_name(folder, name, _ENDINGS):
        return error(
            "table-name-differs",
            f"表の名前「{name[-60:]}」の書き方が、ファイルの名前と違います。",
            hint=f"ファイルの名前のとおり「{there}」と書いてください（大文字と小文字、全角と半角も区別します）。",
        )
    if near := nearest(folder, name, _ENDINGS):
        hint = f"「{near}」のことではありませんか。"
    elif names := files_in(folder, _ENDINGS):
        hint = "このフォルダーにある表は " + "、".join(f"「{there}」" for there in names[:5]) + " です。"
    else:
        hint = "CSV か Excel ブック（.xlsx）のファイルを、issue.yaml と同じフォルダーの中に置いてください。"
    return error("table-missing", f"表「{name[-60:]}」がありません。", hint=hint)
