"""Forms of every kind: written from kind.yaml, filled in by Excel's and Word's libraries, taken in again."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from tests.conftest import Koho
from tests.intake.sent import KINDS, article, codes, saved, take, workspace
from tests.repository_kinds import KINDS as ALL

from koho_pdf.intake.excel_form import excel_form
from koho_pdf.intake.form_fields import Form, form_of
from koho_pdf.intake.word_form import word_form
from koho_pdf.kinds.kind_file import read_kind

REPOSITORY = Path(__file__).parents[2]
NOTICE = {
    "見出し": "春の市民講座",
    "分類": "催し",
    "本文": "新しいことを始めませんか。\n道具は要りません。",
    "日時": "4月5日（月）午前10時から",
    "場所": "公民館",
    "定員": "20人",
    "問合せ": "社会教育課",
}
SAID = {
    "kind": "notice",
    "heading": "春の市民講座",
    "category": "催し",
    "body": "新しいことを始めませんか。\n\n道具は要りません。",
    "when": "4月5日（月）午前10時から",
    "place": "公民館",
    "capacity": "20人",
    "ask": "社会教育課",
}
DUTY = ["4月4日（日）", "内科系", "みなと医院", "0164-42-0001", "外科系", "港外科", "0164-42-0002"]


def form(kind: str) -> Form:
    return form_of(read_kind(REPOSITORY / "layouts" / "_kinds" / kind, REPOSITORY))


def filled_excel(kind: str, fields: dict[str, str], rows: list[list[str]] | None = None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(excel_form(form(kind))))
    sheet = book.worksheets[0]
    for row in range(5, sheet.max_row + 1):
        label = str(sheet.cell(row, 1).value or "").rstrip("＊")
        if label in fields:
            sheet.cell(row, 2).value = fields[label]
    for number, row_ in enumerate(rows or [], 5):
        for column, value in enumerate(row_, 1):
            book.worksheets[1].cell(number, column).value = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def filled_word(kind: str, fields: dict[str, str], rows: list[list[str]] | None = None) -> bytes:
    """As somebody types into the places of the form."""
    made = docx.Document(io.BytesIO(word_form(form(kind))))
    for row in made.tables[0].rows:
        label = "".join(each.text or "" for each in row._tr.tc_lst[0].iter(qn("w:t"))).rstrip("＊")
        place = next(iter(row._tr.iter(qn("w:sdt"))), None)
        if label in fields and place is not None:
            place.find(qn("w:sdtPr")).remove(place.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr")))
            text = next(place.iter(qn("w:t")))
            text.text, *more = fields[label].split("\n")
            for each in more:
                run = text.getparent()
                run.append(run.makeelement(qn("w:br"), {}))
                run.append(run.makeelement(qn("w:t"), {}))
                run[-1].text = each
    for number, row_ in enumerate(rows or [], 1):
        for column, value in enumerate(row_):
            made.tables[1].rows[number].cells[column].text = value
    return saved(made)


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_notice_comes_back_as_it_was_filled_in(ending: str, tmp_path: Path) -> None:
    fill = filled_excel if ending == "xlsx" else filled_word
    issue = workspace(tmp_path)
    taken = take(issue, f"様式.{ending}", fill("notice", NOTICE))
    assert article(issue, taken) == SAID
    assert "received-unplaced" not in codes(taken)
    assert "received-cell" not in codes(taken)


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_list_comes_back_as_it_was_filled_in(ending: str, tmp_path: Path) -> None:
    fill = filled_excel if ending == "xlsx" else filled_word
    issue = workspace(tmp_path)
    sent = fill(
        "duty-doctors",
        {"見出し": "休日当番医", "添え書き": "電話してから"},
        [DUTY, ["4月11日（日）", "内科系", "北内科", "42-0003"]],
    )
    said = article(issue, take(issue, f"様式.{ending}", sent))
    assert said["kind"] == "duty-doctors"
    assert said["note"] == "電話してから"
    assert "leftover" not in said
    assert said["days"] == [
        {
            "day": "4月4日（日）",
            "offices": [
                {"branch": "内科系", "name": "みなと医院", "telephone": "0164-42-0001"},
                {"branch": "外科系", "name": "港外科", "telephone": "0164-42-0002"},
            ],
        },
        {"day": "4月11日（日）", "offices": [{"branch": "内科系", "name": "北内科", "telephone": "42-0003"}]},
    ]


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_beside_every_label_comes_back(kind: str, ending: str, tmp_path: Path) -> None:
    """Whatever the kind, the example of each field goes where it belongs."""
    from koho_pdf.intake.form_fields import _EXAMPLES

    described = read_kind(REPOSITORY / "layouts" / "_kinds" / kind, REPOSITORY)
    fields = {
        each.label: (
            each.choices
            or (described.fields[each.name].examples or (_EXAMPLES.get(described.fields[each.name].called, "言葉"),))
        )[0]
        for each in form(kind).fields
        if "." not in each.name and described.fields[each.name].called != "picture"
    }
    issue = workspace(tmp_path)
    said = article(issue, take(issue, f"a.{ending}", (filled_excel if ending == "xlsx" else filled_word)(kind, fields)))
    assert said["kind"] == kind
    asked = {each.name: each.label for each in form(kind).fields if each.label in fields}
    assert {name for name in asked if name in said} == set(asked)


@pytest.mark.parametrize("kind", sorted(name for name, each in ALL.items() if not each.front))
def test_every_kind_has_a_form_that_excel_and_word_open(kind: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel_form(form_of(ALL[kind]))))
    assert kind in str(book.worksheets[0]["A1"].value)
    assert kind in docx.Document(io.BytesIO(word_form(form_of(ALL[kind])))).paragraphs[0].text
    assert excel_form(form_of(ALL[kind])) == excel_form(form_of(ALL[kind]))


def test_excel_counts_live_and_word_prints_the_limit() -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel_form(form("notice"))))
    sheet = book.worksheets[0]
    assert [each.value for each in sheet[4]] == ["項目", "書くところ", "字数", "書き方と例"]
    assert sheet["C5"].value == '=LEN(SUBSTITUTE(B5,CHAR(10),""))&"／15字"'
    rules = {str(each.sqref): each.rules[0].formula for each in sheet.conditional_formatting}
    assert rules["C5"] == ['LEN(SUBSTITUTE(B5,CHAR(10),""))>15']
    choices = next(iter(sheet.data_validations.dataValidation))
    assert choices.formula1.startswith('"手続き,税,')
    assert sheet["B5"].number_format == "@", "a text: no 0 is taken from a telephone number"
    table = docx.Document(io.BytesIO(word_form(form("notice")))).tables[0]
    assert "15字まで" in table.rows[1].cells[2].text
    assert "例: マイナンバーカードの日曜窓口" in table.rows[1].cells[2].text


def test_an_empty_form_makes_nothing_up(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    for name, content in (("a.xlsx", excel_form(form("duty-doctors"))), ("a.docx", word_form(form("duty-doctors")))):
        taken = take(issue, name, content)
        assert not taken.articles and codes(taken) == {"received-no-text"}


def test_the_commands(koho: Koho, tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    made = koho("forms", "notice", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert {each.name for each in (tmp_path / "out" / "forms").iterdir()} == {"notice.docx", "notice.xlsx"}
    assert koho("forms", "no-such", folder=tmp_path).returncode == 64
    (tmp_path / "a.docx").write_bytes(filled_word("notice", NOTICE))
    assert koho("intake", issue.name, "a.docx", folder=tmp_path).returncode == 0
    status = koho("intake", issue.name, "--status", "--until", "3月10日（水）", folder=tmp_path).stdout
    assert "届いた  社会教育課  a.docx（a）" in status
    assert "まだ　  税務課" in status
    assert "税務課、市民課　広報担当　様" in status
    assert "「広報みほん」の原稿が、まだ届いていません。3月10日（水）までにお送りください。" in status
    assert "1個のファイル" in koho("intake", issue.name, "--forget", folder=tmp_path).stdout
    assert not (issue / "received").exists()
    assert (issue / "articles" / "a.yaml").is_file()


def test_what_is_written_outside_of_the_places_is_left_over(tmp_path: Path) -> None:
    """In the columns of counts and hints, beside the form, below a label, in rows of their own."""
    issue = workspace(tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(filled_excel("notice", NOTICE)))
    sheet = book.worksheets[0]
    sheet.insert_rows(7)
    sheet["A7"], sheet["B7"], sheet["C9"], sheet["G6"], sheet["D5"] = (
        "余分",
        "足した行",
        "字数の所",
        "欄外",
        "例を消した",
    )
    said = article(issue, take(issue, "様式.xlsx", saved(book)))
    assert said["leftover"].split("\n") == ["余分　足した行", "例を消した", "欄外", "字数の所"]
    made = docx.Document(io.BytesIO(filled_word("notice", NOTICE)))
    made.tables[0].cell(4, 0).add_paragraph("左の列")
    made.tables[0].cell(5, 2).add_paragraph("右の列")
    made.add_paragraph("※ 雨天中止です")
    said = article(issue, take(issue, "様式.docx", saved(made)))
    assert said["leftover"].split("\n") == ["左の列", "右の列"] and "雨天中止" in said["body"]
    assert {name: each for name, each in said.items() if name in ("heading", "when")} == {
        name: each for name, each in SAID.items() if name in ("heading", "when")
    }


def test_a_form_whose_title_is_gone_gives_no_example_to_the_article(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(filled_excel("notice", NOTICE)))
    book.worksheets[0].delete_rows(1)
    said = article(issue, take(issue, "様式.xlsx", saved(book)))
    assert said["heading"] == SAID["heading"]
    assert "例" not in "".join(map(str, said.values()))


def test_each_copied_sheet_of_a_form_is_an_article(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(filled_excel("notice", NOTICE)))
    copy = book.copy_worksheet(book.worksheets[0])
    copy["B5"] = "二枚目の見出し"
    taken = take(issue, "様式.xlsx", saved(book))
    assert [article(issue, taken, at)["heading"] for at in (0, 1)] == [SAID["heading"], "二枚目の見出し"]
    assert article(issue, taken)["when"] == article(issue, taken, 1)["when"] == SAID["when"]
