"""The rows of a CSV file, as Excel and open data save it (RFC 4180): UTF-8 with or without a mark, and Shift_JIS as
Windows writes it (CP932), which Japanese Excel saves.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace

from koho_pdf.content.values.table_cells import BLANKS, Row
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.encoding import composed, other_encoding
from koho_pdf.manuscript.refusal import Refusal

_SAVE_AS = "Excel の「名前を付けて保存」で、ファイルの種類に「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。"


def csv_rows(raw: bytes, name: str) -> Iterator[Row]:
    """Each row with any words, without blanks around its cells. Raises ``Refusal``: not-a-table."""
    text = _decoded(raw, name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, line = _LINE.split(text), 1
    try:
        for record in reader:
            where = Where(file=name, line=line)
            cells = [cell.strip(BLANKS) for cell in record]
            if any("\t" in cell for cell in cells):
                raise Refusal(no_table("コンマではなく、タブで区切られています", where))
            if any(cells):
                alone = reader.line_num == line  # else a cell goes over several lines, which is told
                begins = _begins(lines[line - 1]) if alone else ()
                placed = len(begins) == len(cells)
                yield Row(cells, where, [replace(where, column=each) for each in begins] if placed else ())
            line = reader.line_num + 1
    except csv.Error:
        raise Refusal(no_table('引用符 " の開きと閉じが合いません', Where(file=name, line=line))) from None


_LINE = re.compile("\r\n|\r|\n")
_CELL = re.compile(f'(?:^|,)[{BLANKS}]*(?:"(?:[^"]|"")*"|[^,]*)')


def _begins(line: str) -> tuple[int, ...]:
    """The column, counted from 1, at which the words of each cell of a line begin."""
    return tuple(
        each.end() - len(each[0].lstrip(f",{BLANKS}").removeprefix('"').lstrip(BLANKS)) + 1
        for each in _CELL.finditer(line)
    )


def _decoded(raw: bytes, name: str) -> str:
    encoding = other_encoding(raw)
    try:
        if encoding in ("", "Shift_JIS"):
            return composed(raw.decode("cp932" if encoding else "utf-8-sig"))
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        raise Refusal(no_table("文字として読めないところがあります", Where(file=name, line=line))) from None
    raise Refusal(no_table(f"文字コードが {encoding} です", Where(file=name)))


def no_table(why: str, where: Where, hint: str = _SAVE_AS) -> Finding:
    """The finding about a file that is no table."""
    return error("not-a-table", f"表を読めません（{why}）。", where, hint)
