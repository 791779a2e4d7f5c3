"""A table whose rows stand in the manuscript: the same table as out of a file; every mistake at its own cell."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest
from tests.conftest import read_structure, swap
from tests.kinds import quiz
from tests.kinds.conftest import HEAD, City, Kinds

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.content.public import public_manuscript, tables_of
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.pipeline import Build
from koho_pdf.release.releasing import archival_pdf
from koho_pdf.workspace.sources import source_of
from koho_pdf.workspace.workspace import open_workspace

ROWS = """\
table:
  caption: 予算
  row_heads: true
  rows:
    - [事業, 予算額]
    - ["道路の{整備|せいび}", "1,200万円"]
    - ["", △30]
"""


@pytest.fixture
def city(kind: Kinds) -> City:
    return kind("table: {type: table}")


def test_it_is_the_same_table_as_out_of_a_file(city: City) -> None:
    table = city.issue(ROWS).table
    assert list(table.sentences()) == ["予算", "道路の整備、予算額 1,200万円。", "空欄、予算額 △30。"]
    assert table.figures == (False, True)
    assert [cell.field for row in (table.head, *table.body) for cell in row][:3] == [
        "table.rows.0.0",
        "table.rows.0.1",
        "table.rows.1.0",
    ]
    (article,) = articles_of(city.issue(ROWS))
    assert article.tables == (table,)
    (cells,) = tables_of(city.issue(ROWS))
    assert cells.csv_name == "tables/table.csv"
    assert cells.csv().decode() == '事業,予算額\r\n道路の{整備|せいび},"1,200万円"\r\n,△30\r\n'


def test_written_back_it_reads_the_same(city: City) -> None:
    issue = city.issue(ROWS)
    assert "- - 事業\n" in public_manuscript(issue)
    assert list(city.again(issue).table.sentences()) == list(issue.table.sentences())


def told(city: City, rows: str) -> list[tuple[str, int | None, str | None]]:
    return [(each.code, each.where.line, each.where.field) for each in city.told(f"table:\n  caption: 予算\n{rows}")]


FIRST = HEAD.count("\n") + 3  # the line after ``caption``


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("", [("missing-field", FIRST - 2, "table.rows")]),
        ("  rows: []\n", [("table-rows", FIRST, "table.rows")]),
        ("  rows: 事業\n", [("table-rows", FIRST, "table.rows")]),
        ("  rows:\n    - [事業]\n", [("table-empty", FIRST, "table.rows")]),
        ("  rows:\n    - [事業, '']\n    - [あ, い]\n", [("table-empty", FIRST + 1, "table.rows.0")]),
        (
            "  rows:\n    - [事業, 額]\n    - [あ, 1,200万円]\n    - い\n    - [う, '**え']\n    - [お, {a: b}]\n",
            [
                ("number-cut", FIRST + 2, "table.rows.1.2"),
                ("table-rows-differ", FIRST + 2, "table.rows.1"),
                ("table-rows", FIRST + 3, "table.rows.2"),
                ("mark-not-closed", FIRST + 4, "table.rows.3.1"),
                ("not-text", FIRST + 5, "table.rows.4.1.a"),
            ],
        ),
        ("  rows:\n    - [あ]\n    - [い]\n  sheet: 予算\n", [("table-twice", FIRST, "table.rows")]),
    ],
)
def test_every_mistake_is_told_at_its_own_cell(
    city: City, rows: str, found: list[tuple[str, int | None, str | None]]
) -> None:
    assert told(city, rows) == found
    assert all(each.hint for each in city.told(f"table:\n  caption: 予算\n{rows}"))


def test_a_table_is_in_one_place(city: City) -> None:
    (city.folder / "a.csv").write_text("あ\nい\n", encoding="utf-8")
    assert [code for code, *_ in told(city, "  file: a.csv\n  rows:\n    - [あ]\n    - [い]\n")] == ["table-twice"]


def test_too_many_rows_are_told(city: City) -> None:
    rows = "".join(f"    - [{number}]\n" for number in range(502))
    assert told(city, f"  rows:\n{rows}") == [("table-too-large", FIRST, "table.rows")]


def test_what_was_probably_meant_otherwise_is_told_with_its_place(city: City) -> None:
    (found,) = city.told("table:\n  caption: 予算\n  rows:\n    - [事業]\n    - [＊＊全額＊＊]\n")
    assert (found.code, found.where.line, found.where.field) == ("wide-mark", FIRST + 2, "table.rows.1.0")


KIND = """\
format: 1
title: 表の号
front: true
called: "{title}"
cover: {id: top, of: [hours, fees]}
fields:
  title: {type: text, title: 題名, role: title}
  hours: {type: table, title: 時間}
  fees: {type: table, title: 使用料}
"""
MANUSCRIPT = """\
layout: quiz
date: 令和9年7月1日
title: 施設のあんない
hours:
  caption: 開館時間
  row_heads: true
  rows:
    - [施設, 時間]
    - ["{鰊|にしん}番屋", 9時から]
fees:
  caption: 使用料
  file: tables/fees.xlsx
"""
PAGES = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title>{% include "about.html" %}
<style>{{ stylesheet }}</style></head><body>{% from "table.html" import table %}
<section class="page"><h1 class="place title" data-slot="title" data-field="title">{{ issue.title|inline }}</h1>
<div class="place lead">{% call(words) table(issue.hours) %}{{ words|inline }}{% endcall %}
{% call(words) table(issue.fees) %}{{ words|inline }}{% endcall %}</div></section></body></html>
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, proved: Callable[..., Build]) -> tuple[Path, Build]:
    """An issue with a table of each sort, in every edition that reads them otherwise."""
    root = tmp_path_factory.mktemp("tables")
    issue = quiz.make(root, MANUSCRIPT)
    layout = root / "layouts" / "quiz"
    (root / "layouts" / "_kinds" / "quiz" / "kind.yaml").write_text(KIND, encoding="utf-8")
    (layout / "layout.html").write_text(PAGES, encoding="utf-8")
    (layout / "web.html").write_text(PAGES, encoding="utf-8")
    swap(layout / "layout.yaml", "pages: 2\n", "pages: 1\n")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["広さ", "額"], ["大ホール", 12000], ["会議室", -800]):
        sheet.append(row)
    for number in (2, 3):
        sheet.cell(number, 2).number_format = '#,##0"円";"△ "#,##0"円"'
    (issue / "tables").mkdir()
    book.save(issue / "tables" / "fees.xlsx")
    return issue, proved(root, quiz.NAME, ("screen", "web", "large", "text", "data"))


HOURS, FEES = (
    [["施設", "時間"], ["鰊番屋", "9時から"]],
    [["広さ", "額"], ["大ホール", "12,000円"], ["会議室", "△800円"]],
)


def test_every_edition_has_both_tables(made: tuple[Path, Build]) -> None:
    _, build = made
    assert build.findings == ()
    with pypdfium2.PdfDocument(build.files["screen.pdf"]) as pdf:
        words = pdf[0].get_textpage().get_text_range()
    assert all(cell in words.replace("\u0002", "") for cell in ("大ホール", "12,000円", "△800円", "9時から"))
    for edition in ("screen", "large"):
        with pikepdf.open(io.BytesIO(build.files[f"{edition}.pdf"])) as pdf:
            told = read_structure(pdf).every("Table")
            rows = [[[cell.text for cell in row.every("TH", "TD")] for row in each.every("TR")] for each in told]
        assert rows[1] == FEES
        assert rows[0][0] == HOURS[0]
    page = build.files["web/index.html"].decode()
    assert page.count("<table>") == 2
    assert "△800円" in page
    heard = build.files[f"text/{quiz.NAME}.txt"].decode().split("\n")
    assert "〔2行目〕広さ 会議室、額 マイナス800円。" in heard
    assert "〔1行目〕鰊（にしん）番屋、時間 9時から。" in heard
    (article,) = json.loads(build.files["data/issue.json"])["articles"]
    assert [[each["heads"], *each["rows"]] for each in article["tables"]] == [HOURS, FEES]


def test_the_archival_pdf_has_both_as_csv_and_no_workbook(made: tuple[Path, Build]) -> None:
    issue, build = made
    with pikepdf.open(io.BytesIO(archival_pdf(build, issue))) as pdf:
        inside = {str(each.UF): each.EF.F.read_bytes() for each in pdf.Root.AF}
    assert set(inside) == {"issue.yaml", "issue.json", "tables/hours.csv", "tables/fees.xlsx.Sheet.csv"}
    assert list(csv.reader(io.StringIO(inside["tables/fees.xlsx.Sheet.csv"].decode(), newline=""))) == FEES
    assert b"file: tables/fees.xlsx.Sheet.csv" in inside["issue.yaml"]


def test_a_release_keeps_the_workbook_as_it_is(made: tuple[Path, Build]) -> None:
    issue, build = made
    workspace = open_workspace(issue.parents[1])
    faces = read_faces(workspace.fonts, workspace.root)
    kept = source_of(issue, workspace, build.layout, workspace.city.press, faces)
    file = issue / "tables" / "fees.xlsx"
    assert kept[f"content/{quiz.NAME}/tables/fees.xlsx"] == file.read_bytes()
