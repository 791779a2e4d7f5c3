"""Tables: read from what Excel saves, every fault told with its line of the CSV, in words, and public or not."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kinds import brochure
from tests.kinds.brochure import MANUSCRIPT

from koho_pdf.content.check import check
from koho_pdf.content.outline import Part, outline
from koho_pdf.content.public import public_manuscript, tables_of
from koho_pdf.content.values.inline import escape
from koho_pdf.content.values.table_cells import CELL_LIMIT, COLUMNS_LIMIT, ROWS_LIMIT
from koho_pdf.content.values.table_files import read_cells
from koho_pdf.content.values.tables import Table
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.manuscript.reader import read

BUDGET = '事業,予算額\r\n道路の{整備|せいび},"1,200万円"\r\n,△30\r\n'
PLACE = "          - 港の広場"
FILE = "tables/yosan.csv"


@pytest.fixture
def with_table(folder: Path) -> str:
    """The brochure's manuscript with a table in its first part, and the table beside it."""
    (folder / "tables").mkdir()
    (folder / FILE).write_bytes(BUDGET.encode())
    table = f"        table:\n          file: {FILE}\n          caption: おもな事業\n          row_heads: true\n"
    first = MANUSCRIPT.index("        points:")
    return MANUSCRIPT[:first] + table + MANUSCRIPT[first:]


def issue_of(folder: Path, text: str) -> Any:
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    tree = read(folder / "issue.yaml", folder.parents[1])
    return check(tree, brochure.model(), folder=folder, layouts=("brochure",)).issue


def table_of(folder: Path, text: str) -> Table:
    found: Table | None = issue_of(folder, text).chapters[0].parts[0].table
    assert found is not None
    return found


def refused(folder: Path, text: str) -> tuple[Finding, ...]:
    with pytest.raises(ManuscriptError) as refusal:
        issue_of(folder, text)
    assert all(found.hint and found.where.field for found in refusal.value.findings)
    return refusal.value.findings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_what_excel_saves_is_read(folder: Path, with_table: str, encoding: str, line_end: str) -> None:
    around = BUDGET.replace("\r\n", line_end) + f",{line_end}{line_end}"  # Excel leaves empty rows
    (folder / FILE).write_bytes(around.encode(encoding))
    table = table_of(folder, with_table)
    assert [cell.plain for cell in table.head] == ["事業", "予算額"]
    assert [[cell.plain for cell in row] for row in table.body] == [["道路の整備", "1,200万円"], ["", "△30"]]
    assert table.figures == (False, True)
    assert table.cells.csv().decode() == BUDGET


def test_what_a_budget_says_in_the_place_of_a_figure_stands_right_as_figures_do(folder: Path, with_table: str) -> None:
    written = "事業,増減,場所\r\n道路,44.3％,港\r\n祭り,皆増,－\r\n橋,△20.0％,山\r\n市場,－0.4％,皆減\r\n"
    (folder / FILE).write_bytes(written.encode())
    assert table_of(folder, with_table).figures == (False, True, False)
    written = "会計,予算額,場所\r\n一般会計,318億4,000万円,3階\r\n特別会計,１兆2億円,1億円の森5\r\n".replace(
        "4,000", "4000"
    )
    (folder / FILE).write_bytes(written.encode())
    assert table_of(folder, with_table).figures == (False, True, False)


FAULTS = {
    "no such file": (None, "table-missing", None),
    "nothing": (b"", "table-empty", None),
    "a head alone": ("事業,予算額\n".encode(), "table-empty", None),
    "an empty head": ("事業,\nあ,い\n".encode(), "table-empty", 1),
    "a cell too many": ("事業,予算額\nあ,1\nい,1,200\n".encode(), "table-rows-differ", 3),
    "a cell too few": ("事業,予算額\n\nあ\n".encode(), "table-rows-differ", 3),
    "too many columns": ((",".join("あ" * (COLUMNS_LIMIT + 1)) + "\n").encode(), "table-too-large", 1),
    "too many rows": (("事業\n" + "あ\n" * (ROWS_LIMIT + 1)).encode(), "table-too-large", None),
    "too many bytes": (b"a\n" * 500_001, "table-too-large", None),
    "a workbook": (b"PK\x03\x04\x14\0", "not-a-table", None),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1", "not-a-table", None),
    "UTF-16": ("事業\t予算額\n".encode("utf-16"), "not-a-table", None),
    "EUC-JP": ("事業,予算額\nあいう,えお\n".encode("euc_jp"), "not-a-table", None),
    "a broken byte": ("事業,予算額\nあ,い".encode() + b"\xff\n", "not-a-table", 2),
    "tabs": ("事業\t予算額\nあ\t1\n".encode(), "not-a-table", 1),
    "an open quote": ('事業,予算額\nあ,"1\n'.encode(), "not-a-table", 2),
    "a quote within": ('事業,予算額\nあ,"1"円\n'.encode(), "not-a-table", 2),
    "lines in a cell": ('事業,予算額\n"あ\nい",1\n'.encode(), "table-cell", 2),
    "a long cell": (("事業\n" + "あ" * (CELL_LIMIT + 1)).encode(), "table-cell", 2),
    "an open mark": ("事業,予算額\nあ,**1\n".encode(), "mark-not-closed", 2),
    "a control character": ("事業,予算額\nあ,1\x07\n".encode(), "control-character", 2),
}


@pytest.mark.parametrize(("content", "code", "line"), FAULTS.values(), ids=FAULTS)
def test_every_fault_is_told_where_it_stands(
    folder: Path, with_table: str, content: bytes | None, code: str, line: int | None
) -> None:
    (folder / FILE).unlink()
    if content is not None:
        (folder / FILE).write_bytes(content)
    (found,) = refused(folder, with_table)
    own = "content/issue/" + ("issue.yaml" if content is None else FILE)
    assert (found.code, found.where.file) == (code, own)
    assert found.where.field == "chapters.0.parts.0.table.file"
    assert found.where.line == (
        line if content is not None else with_table.split("\n").index(f"          file: {FILE}") + 1
    )


@pytest.mark.parametrize(
    ("name", "code", "offer"),
    [
        ("../yosan.csv", "table-outside", ""),
        ("/etc/passwd", "table-outside", ""),
        ("tables/away.csv", "table-outside", ""),
        ("tables", "not-a-table", ""),
        ("tables/Yosan.csv", "table-name-differs", FILE),
        ("tables/yosann.csv", "table-missing", FILE),
    ],
)
def test_only_a_file_of_the_issue_by_its_own_name_is_read(
    folder: Path, tmp_path: Path, with_table: str, name: str, code: str, offer: str
) -> None:
    (tmp_path / "away.csv").write_text(BUDGET, encoding="utf-8")
    (folder / "tables/away.csv").symlink_to(tmp_path / "away.csv")
    (found,) = refused(folder, with_table.replace(FILE, name))
    assert found.code == code
    assert offer in found.hint


def test_several_faults_are_told_at_once(folder: Path, with_table: str) -> None:
    (folder / FILE).write_text("事業,予算額\nあ\n**い,1\nう,《《2\n", encoding="utf-8")
    found = refused(folder, with_table)
    assert [(each.code, each.where.line) for each in found] == [
        ("table-rows-differ", 2),
        ("mark-not-closed", 3),
        ("mark-not-closed", 4),
    ]


def test_a_table_in_words_says_each_value_after_its_head(folder: Path, with_table: str) -> None:
    assert list(table_of(folder, with_table).sentences()) == [
        "おもな事業",
        "道路の整備、予算額 1,200万円。",
        "空欄、予算額 △30。",
    ]
    plain = table_of(folder, with_table.replace("          row_heads: true\n", "          note: 見込みです。\n"))
    assert list(plain.sentences())[1:] == [
        "事業 道路の整備、予算額 1,200万円。",
        "事業 空欄、予算額 △30。",
        "見込みです。",
    ]


def test_its_words_belong_to_its_article_and_its_rows_to_the_outline(folder: Path, with_table: str) -> None:
    issue = issue_of(folder, with_table)
    article = next(each for each in articles_of(issue) if each.key == "chapter-1-1")
    assert article.paragraphs[-2:] == ("道路の整備、予算額 1,200万円。", "空欄、予算額 △30。")

    def every(part: Part) -> list[Part]:
        return [part, *(below for each in part.parts for below in every(each))]

    (table,) = (each for each in every(outline(issue)) if each.label == "表")
    assert table.words == "おもな事業"
    assert [row.words for row in table.parts] == list(article.paragraphs[-2:])
    assert all(row.listed for row in table.parts)


@pytest.mark.parametrize("marked", [True, False])
def test_the_public_manuscript_and_its_tables_make_the_public_issue_again(
    folder: Path, tmp_path: Path, with_table: str, marked: bool
) -> None:
    mark = "        table:\n          media: [print]\n" if marked else "        table:\n"
    issue = issue_of(folder, with_table.replace("        table:\n", mark))
    again = tmp_path / "content" / "again"
    again.mkdir()
    tables = tables_of(issue_of(folder, public_manuscript(issue)))
    for cells in tables:
        (again / cells.file).parent.mkdir()
        (again / cells.file).write_bytes(cells.csv())
    assert [cells.file for cells in tables] == ([] if marked else [FILE])
    made = issue_of(again, public_manuscript(issue))
    assert public_manuscript(made) == public_manuscript(issue)
    assert [cells.csv() for cells in tables_of(made)] == [cells.csv() for cells in tables]


_WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["C", "Z", "M"]), min_size=1)


@given(st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(_WORDS, min_size=wide, max_size=wide), min_size=2)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_words_come_back_as_they_were(tmp_path: Path, rows: list[list[str]]) -> None:
    rows = [[word[: CELL_LIMIT // 2] for word in row] for row in rows[:ROWS_LIMIT]]
    written = io.StringIO(newline="")
    csv.writer(written).writerows([escape(word) for word in row] for row in rows)
    (tmp_path / "a.csv").write_bytes(written.getvalue().encode())
    cells = read_cells(tmp_path, "a.csv", "a")
    assert [[cell.plain for cell in row] for row in (cells.head, *cells.rows)] == rows
