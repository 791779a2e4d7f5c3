"""Heads of a table in two rows: in the manuscript, in CSV, in merged cells of Excel; what would lose a head is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.kinds.conftest import City, Kinds
from tests.kinds.test_workbooks import FILE, book

from koho_pdf.content.public import tables_of
from koho_pdf.content.values.aligned import rooms

ROWS = [["事業", "予算額", "", "差"], ["", "今年度", "前年度", ""], ["港", "3万円", "2万円", "1万円"]]
CSV = "事業,予算額,,差\r\n,今年度,前年度,\r\n港,3万円,2万円,1万円\r\n"
TOP = "table:\n  caption: 予算\n  row_heads: true\n"
TWO = TOP + "  head_rows: 2\n"
SET = [[("事業", 1, 2), ("予算額", 2, 1), ("差", 1, 2)], [("今年度", 1, 1), ("前年度", 1, 1)]]


@pytest.fixture
def city(kind: Kinds) -> City:
    made = kind("table: {type: table}")
    (made.folder / "tables").mkdir()
    return made


def in_rows(rows: list[list[str]]) -> str:
    lines = ("    - [" + ", ".join(f'"{cell}"' for cell in row) + "]\n" for row in rows)
    return "  rows:\n" + "".join(lines)


def merge(*names: str) -> Callable[[Any, Any], None]:
    def change(book: Any, sheet: Any) -> None:
        for each in names:
            sheet.merge_cells(each)

    return change


def heads_set(table: Any) -> list[list[tuple[str, int, int]]]:
    return [[(head.text.plain, head.across, head.down) for head in row] for row in table.heads_set]


@pytest.mark.parametrize("written", ["rows", "csv", "excel", "excel without merging"])
def test_wherever_they_are_written_they_are_the_same(city: City, written: str) -> None:
    if written == "rows":
        text = TWO + in_rows(ROWS)
    elif written == "csv":
        (city.folder / "tables/a.csv").write_text(CSV, encoding="utf-8")
        text = f"{TWO}  file: tables/a.csv\n"
    else:
        rows = [[cell or None for cell in row] for row in ROWS]
        merged = merge("A1:A2", "B1:C1", "D1:D2") if written == "excel" else merge()
        (city.folder / FILE).write_bytes(book(rows, merged))
        text = f"{TWO}  file: {FILE}\n"
    issue = city.issue(text)
    assert heads_set(issue.table) == SET
    assert list(issue.table.sentences())[1] == "港、予算額 今年度 3万円、予算額 前年度 2万円、差 1万円。"
    assert [head.plain for head in issue.table.head] == ["事業", "今年度", "前年度", "差"]
    (cells,) = tables_of(issue)
    assert cells.csv().decode() == CSV
    (city.folder / cells.csv_name).write_bytes(cells.csv())
    assert heads_set(city.again(issue).table) == SET


def test_an_empty_corner_belongs_to_the_head_below(city: City) -> None:
    rows = [["", "予算額", ""], ["事業", "今年度", "前年度"], ["港", "3", "2"]]
    assert heads_set(city.issue(TWO + in_rows(rows)).table)[0] == [("事業", 1, 2), ("予算額", 2, 1)]
    rows = [["事業", "予算額"], ["", ""], ["港", "3"]]
    assert heads_set(city.issue(TWO + in_rows(rows)).table) == [[("事業", 1, 1), ("予算額", 1, 1)]]


@pytest.mark.parametrize(
    ("head", "rows", "code"),
    [
        (TWO, [["事業", "予算額", ""], ["", "今年度", ""], ["港", "3", "2"]], "table-empty"),
        (TWO, [["", "", "額"], ["", "事業", ""], ["港", "3", "2"]], "table-empty"),
        (TWO, ROWS[:2], "table-empty"),
        (TWO, [ROWS[0], ROWS[1][:3], ROWS[2]], "table-rows-differ"),
        (TOP, ROWS, "table-empty"),
        (TOP + "  head_rows: 3\n", ROWS, "word-not-known"),
        (TOP + "  head_rows: [2]\n", ROWS, "not-text"),
    ],
)
def test_what_would_lose_a_head_is_told(city: City, head: str, rows: list[list[str]], code: str) -> None:
    (found,) = city.told(head + in_rows(rows))
    assert found.code == code and found.hint


@pytest.mark.parametrize(
    ("head", "merged"),
    [(TWO, "B2:C2"), (TWO, "B1:C2"), (TWO, "A3:B3"), (TWO, "A2:A3"), (TOP, "B1:C1")],
)
def test_other_merged_cells_of_excel_are_told(city: City, head: str, merged: str) -> None:
    rows: list[list[Any]] = [
        ["事業", "予算額", None, "差"],
        [None, "今年度", "前年度", None],
        ["港", "3", "2", "1"],
        ["橋", 1, 1, 0],
    ]
    (city.folder / FILE).write_bytes(book(rows, merge(merged)))
    (found,) = city.told(f"{head}  file: {FILE}\n")
    assert found.code == "table-merged"
    assert ("head_rows: 2" in found.hint) is (head == TOP)


@pytest.mark.parametrize(
    ("column", "left"),
    [
        (["12.5％", "△3％", "0.25％", "皆増", "－"], ["5", ".25", "", "", ""]),
        (["12人", "7", "△104人"], ["", "人", ""]),
        (["1.5", "2", "3％"], ["％", ".5％", ".5"]),
        (["1,200", "△30", "(3)"], [")", ")", ""]),
        (["1.5億円", "800万円"], ["", ""]),
        (["１．５", "２"], ["", "．５"]),
        ([], []),
    ],
)
def test_figures_leave_room_for_what_they_lack(column: list[str], left: list[str]) -> None:
    assert list(rooms(column)) == left
