"""The rows of a CSV file, as Excel and open data save it (RFC 4180): UTF-8 with or without a mark, and Shift_JIS as
Windows writes it (CP932), which Japanese Excel saves.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from koho_pdf.content.values.table_cells import BLANKS, Row
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.encoding import composed, other_encoding
from koho_pdf.manuscript.refusal import Refusal

_SAVE_AS = "Excel の「名前を付けて保存」で、ファイルの種類に「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。"


def csv_rows(raw: bytes, name: str) -> Iterator[Row]:
    """Each row with any words, without blanks around its cells. Raises ``Refusal``: not-a-table."""
    reader = csv.reader(io.StringIO(_decoded(raw, name), newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            where = Where(file=name, line=line)
            cells = [cell.strip(BLANKS) for cell in record]
            if any("\t" in cell for cell in cells):
                raise Refusal(no_table("コンマではなく、タブで区切られています", where))
            if any(cells):
                yield Row(cells, where)
            line = reader.line_num + 1
    except csv.Error:
        raise Refusal(no_table('引用符 " の開きと閉じが合いません', Where(file=name, line=line))) from None


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
