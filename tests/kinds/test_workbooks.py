"""Tables out of Excel workbooks: cells as Excel shows them, and all that a reader of Excel does not see told."""

from __future__ import annotations

import datetime
import io
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from tests.kinds.conftest import City, Kinds

from koho_pdf.content.public import public_manuscript, tables_of
from koho_pdf.content.values.number_formats import BUILT_IN, NotShown, shown, shown_text

FILE = "tables/yosan.xlsx"
TABLE = f"table:\n  caption: 予算\n  file: {FILE}\n"


@pytest.fixture
def city(kind: Kinds) -> City:
    made = kind("table: {type: table}")
    (made.folder / "tables").mkdir()
    return made


def book(rows: list[list[Any]], change: Callable[[Any, Any], None] = lambda book, sheet: None) -> bytes:
    """A workbook of one sheet, 予算, which ``change`` may change."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "予算"
    for row in rows:
        sheet.append(row)
    change(made, sheet)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def repacked(content: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with other words in one of its parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old_book, zipfile.ZipFile(written, "w") as new_book:
        for name in old_book.namelist():
            text = old_book.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            new_book.writestr(name, text)
    return written.getvalue()


def shared(content: bytes, strings: list[str]) -> bytes:
    """A workbook whose cells, instead of holding these texts themselves, share them, as Excel writes it."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for number, each in enumerate(strings):
        inline = "".join(f"&#{ord(sign)};" for sign in each)
        old = f't="inlineStr"><is><t>{inline}</t></is>'
        content = repacked(content, SHEET, old, f't="s"><v>{number}</v>')
    items = "".join(f"<si><t>{each}</t></si>" for each in strings)
    relation = f'<Relationship Type="{kind}" Target="sharedStrings.xml" Id="rId99"/></Relationships>'
    content = repacked(content, "xl/_rels/workbook.xml.rels", "</Relationships>", relation)
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}">{items}</sst>')
    return written.getvalue()


def rows_of(city: City, content: bytes, more: str = "") -> list[list[str]]:
    (city.folder / FILE).write_bytes(content)
    table = city.issue(TABLE + more).table
    return [[cell.plain for cell in row] for row in (table.head, *table.body)]


ROWS: list[list[Any]] = [["事業", "予算額"], ["道路の整備", 1200], ["公園", -34.5]]
SHEET = "xl/worksheets/sheet1.xml"


def formatted(book: Any, sheet: Any) -> None:
    sheet["B2"].number_format = '#,##0"万円"'
    sheet["B3"].number_format = '0.0;"△ "0.0'


def test_numbers_stand_as_excel_shows_them_and_are_the_same_table_as_a_csv(city: City) -> None:
    assert rows_of(city, book(ROWS, formatted)) == [["事業", "予算額"], ["道路の整備", "1,200万円"], ["公園", "△34.5"]]
    from_book = city.issue(TABLE).table
    (city.folder / "tables/yosan.csv").write_text('事業,予算額\n道路の整備,"1,200万円"\n公園,△34.5\n', encoding="utf-8")
    from_csv = city.issue(TABLE.replace("xlsx", "csv")).table
    assert list(from_book.sentences()) == list(from_csv.sentences())
    assert (from_book.figures, from_book.cells.csv()) == (from_csv.figures, from_csv.cells.csv())


def test_words_of_every_sort_of_cell_are_read(city: City) -> None:
    rows: list[list[Any]] = [
        ["名", "値"],
        ["日", datetime.date(2027, 3, 1)],
        ["真", True],
        ["空", None],
        ["印", "**港**の{朝|あさ}"],
        ["行", "_x0041_号"],
    ]

    def change(made: Any, sheet: Any) -> None:
        sheet["B2"].number_format = '[$-411]ggge"年"m"月"d"日"'
        for number in range(8, 40):
            sheet.cell(number, 7).number_format = "0.0"  # styles without words, far below

    content = book(rows, change)
    assert rows_of(city, content) == [
        ["名", "値"],
        ["日", "令和9年3月1日"],
        ["真", "TRUE"],
        ["空", ""],
        ["印", "港の朝"],
        ["行", "A号"],
    ]
    assert city.issue(TABLE).table.body[3][1].source == "**港**の{朝|あさ}"


def test_a_table_may_begin_anywhere_and_readings_above_words_are_not_words(city: City) -> None:
    content = shared(book([[], [None, "課", "係"], [], [None, "税務", "市民税"]]), ["課", "税務", "市民税"])
    read = "<r><t>税</t></r><r><t>務</t></r><rPh><t>ゼイム</t></rPh>"
    content = repacked(content, "xl/sharedStrings.xml", "<t>税務</t>", read)
    assert rows_of(city, content) == [["課", "係"], ["税務", "市民税"]]


def test_what_excel_worked_out_last_is_printed_and_a_formula_without_it_is_told(city: City) -> None:
    content = book([["数"], ["=SUM(1,2)"]])
    (city.folder / FILE).write_bytes(content)
    (found,) = city.told(TABLE)
    assert (found.code, found.where.file, found.where.line, found.where.column) == ("table-cell", FILE, 2, 1)
    assert "A2" in found.message
    assert found.hint
    worked_out = repacked(content, SHEET, "<v></v>", "<v>3</v>")
    assert rows_of(city, worked_out) == [["数"], ["3"]]


def several(book: Any, sheet: Any) -> None:
    other = book.create_sheet("決算２")
    other.append(["決算"])
    other.append([1])
    book.create_sheet("控え").sheet_state = "hidden"


def hide_row(book: Any, sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = True


def hide_column(book: Any, sheet: Any) -> None:
    sheet.column_dimensions["B"].hidden = True


def merge(book: Any, sheet: Any) -> None:
    sheet.merge_cells("A2:A3")


def wrong_value(book: Any, sheet: Any) -> None:
    sheet["B2"].value, sheet["B3"].number_format = "#REF!", "# ?/?"
    sheet["B2"].data_type = "e"


@pytest.mark.parametrize(
    ("change", "more", "told"),
    [
        (several, "", [("table-sheet", None, "「予算」・「決算２」")]),
        (several, "  sheet: 決算2\n", [("table-sheet", None, "「決算２」のことではありませんか")]),
        (several, "  sheet: 控え\n", [("table-hidden", None, "再表示")]),
        (hide_row, "", [("table-hidden", 2, "再表示")]),
        (hide_column, "", [("table-hidden", 1, "再表示")]),
        (merge, "", [("table-merged", 2, "caption")]),
        (wrong_value, "", [("table-cell", 2, "上書き保存"), ("table-cell", 3, "文字列")]),
    ],
)
def test_what_would_be_printed_otherwise_than_it_is_seen_is_told(
    city: City, change: Callable[[Any, Any], None], more: str, told: list[tuple[str, int | None, str]]
) -> None:
    (city.folder / FILE).write_bytes(book(ROWS, change))
    found = city.told(TABLE + more)
    assert [(each.code, each.where.line) for each in found] == [(code, line) for code, line, _ in told]
    assert all(words in each.hint for each, (_, _, words) in zip(found, told, strict=True))
    assert {each.where.field for each in found} == {"table.file"}


def test_a_sheet_is_chosen_by_name_and_hidden_ones_do_no_harm(city: City) -> None:
    assert rows_of(city, book(ROWS, several), "  sheet: 決算２\n") == [["決算"], ["1"]]


HOSTILE = {
    "no zip": b"PK\x03\x04junk",
    "an old book": b"\xd0\xcf\x11\xe0" + bytes(600),
    "no parts": None,
    "macros": None,
    "a document type": None,
    "a bomb": None,
    "a wrong string": None,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_one_finding(city: City, name: str) -> None:
    content = HOSTILE[name]
    good = book(ROWS)
    if content is None:
        written = io.BytesIO(good)
        if name == "no parts":
            written = io.BytesIO()
        with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
            if name == "macros":
                archive.writestr("xl/vbaProject.bin", b"")
            if name == "no parts":
                archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        content = written.getvalue()
    if name == "a document type":
        head = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet '
        content = repacked(good, SHEET, "<worksheet ", head)
    if name == "a bomb":
        content = repacked(good, SHEET, "<sheetData>", "<!--" + " " * 21_000_000 + "--><sheetData>")
        content = packed_again(content)
    if name == "a wrong string":
        content = repacked(shared(good, ["事業"]), SHEET, 't="s"><v>0</v>', 't="s"><v>99</v>')
    (city.folder / FILE).write_bytes(content)
    (found,) = city.told(TABLE)
    assert (found.code, found.where.file) == ("not-a-table", FILE)
    assert "保存し直して" in found.hint


def packed_again(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return written.getvalue()


def test_a_cell_at_the_far_end_does_not_take_a_million_rows(city: City) -> None:
    def change(made: Any, sheet: Any) -> None:
        sheet["XFD1048576"] = "遠い"

    (city.folder / FILE).write_bytes(book(ROWS, change))
    (found,) = city.told(TABLE)
    assert found.code == "table-too-large"


def test_everyone_gets_the_sheet_alone_as_csv_and_not_the_book(city: City) -> None:
    (city.folder / FILE).write_bytes(book(ROWS, several))
    issue = city.issue(TABLE + "  sheet: 予算\n")
    assert "file: tables/yosan.xlsx.予算.csv\n" in public_manuscript(issue)
    assert "sheet:" not in public_manuscript(issue)
    (cells,) = tables_of(issue)
    (city.folder / cells.csv_name).write_bytes(cells.csv())
    assert list(city.again(issue).table.sentences()) == list(issue.table.sentences())


def test_a_sheet_of_a_csv_is_told(city: City) -> None:
    (city.folder / "tables/yosan.csv").write_text("あ\n1\n", encoding="utf-8")
    (found,) = city.told(TABLE.replace("xlsx", "csv") + "  sheet: 予算\n")
    assert found.code == "table-sheet"


DAY = 46447  # 2027-03-01


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (1234, "#,##0", "1,234"),
        (1234567.5, "#,##0", "1,234,568"),
        (0, "#,##0", "0"),
        (0.125, "0.0%", "12.5%"),
        (0.125, BUILT_IN + "10", "12.50%"),
        (-3400, '#,##0;"△ "#,##0', "△ 3,400"),
        (-3400, "#,##0;[赤]△#,##0", "△3,400"),
        (-3400, "#,##0_);(#,##0)", "(3,400)"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (-3400, "#,##0", "-3,400"),
        (-0.2, "0", "0"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (1234567, "#,##0,", "1,235"),
        (1234567, '#,##0,,"百万円"', "1百万円"),
        (7, "000", "007"),
        (778601, "000-0000", "077-8601"),
        (5, "0.##", "5."),
        (5.25, "0.0#", "5.25"),
        (1200, "[$¥-411]#,##0", "¥1,200"),
        (1200, BUILT_IN + "5", "¥1,200"),
        (1200, '#,##0"円"', "1,200円"),
        (12, 'G/標準"人"', "12人"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567890123, "0", "1234567890123"),
        (1234567890123, "General", "1234567890123"),
        (-4, "General", "-4"),
        (3, '"第"0"回"', "第3回"),
        (DAY, BUILT_IN + "14", "2027/3/1"),
        (DAY, 'yyyy"年"m"月"d"日"(aaa)', "2027年3月1日(月)"),
        (DAY, '[$-411]ggge"年"m"月"d"日";@', "令和9年3月1日"),
        (DAY, "[$-411]ge.m.d", "R9.3.1"),
        (43586, '[$-ja-JP-x-gannen]ggge"年"m"月"d"日"', "令和元年5月1日"),
        (43585, BUILT_IN + "28", "平成31年4月30日"),
        (61, "yyyy/m/d", "1900/3/1"),
        (1, "yyyy/m/d", "1900/1/1"),
        (0.5625, "h:mm", "13:30"),
        (0.5625, 'h"時"mm"分"', "13時30分"),
        (0.5625, "h:mm AM/PM", "1:30 PM"),
        (1.5, "[h]:mm", "36:00"),
        (DAY + 0.4375, "m/d h:mm", "3/1 10:30"),
        (DAY, "aaaa", "月曜日"),
    ],
)
def test_a_number_in_its_format(number: float, code: str, words: str) -> None:
    assert shown(number, code) == words


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0.5, "# ?/?"),
        (1e20, "General"),
        (1.5, "0.00E+00"),
        (5, "[>=10]0;0.0"),
        (-1, "yyyy/m/d"),
        (60, "yyyy/m/d"),
        (DAY, "d-mmm-yy"),
        (12.5, ".00"),
        (5, BUILT_IN + "77"),
    ],
)
def test_what_is_not_understood_is_not_guessed(number: float, code: str) -> None:
    with pytest.raises(NotShown):
        shown(number, code)


def test_days_of_old_macs_count_from_1904_and_texts_may_have_words_around_them() -> None:
    assert shown(DAY - 1462, "yyyy/m/d", from_1904=True) == "2027/3/1"
    assert shown_text("東海林", '@"様"') == "東海林様"
    assert shown_text("東海林", '0;-0;0;"("@")"') == "(東海林)"
    assert shown_text("東海林", "General") == "東海林"


def test_damaged_books_are_told_in_words_and_never_stop_the_program(city: City) -> None:
    """Bytes of the file, and signs and numbers of its parts, changed at random; the same each time."""
    chance = random.Random(2027)
    good = shared(book(ROWS, formatted), ["事業", "予算額"])
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    values = ("", "-1", "99999999999", "A", "1048577", "ZZZZ9", "é", "٣", "1e5", "hidden")
    for turn in range(150):
        spoilt = bytearray(good)
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        if turn % 3:
            name = chance.choice([each for each in parts if each.endswith((".xml", ".rels"))])
            text = parts[name].decode()
            found = chance.choice(list(re.finditer('"[^"]*"', text)))
            text = f'{text[: found.start()]}"{chance.choice(values)}"{text[found.end() :]}'
            written = io.BytesIO()
            with zipfile.ZipFile(written, "w") as archive:
                for each, content in parts.items():
                    archive.writestr(each, text if each == name else content)
            spoilt = bytearray(written.getvalue())
        (city.folder / FILE).write_bytes(spoilt)
        assert all(each.hint and each.where.field == "table.file" for each in city.told(TABLE))


def test_a_book_that_shows_no_sheet_is_told(city: City) -> None:
    content = repacked(book(ROWS), "xl/workbook.xml", 'state="visible"', 'state="hidden"')
    (city.folder / FILE).write_bytes(content)
    (found,) = city.told(TABLE)
    assert (found.code, "再表示" in found.hint) == ("table-sheet", True)


def test_a_sheet_with_very_many_cells_is_not_read_to_its_end(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("koho_pdf.content.values.workbook.CELLS_LIMIT", 5)
    (city.folder / FILE).write_bytes(book(ROWS))
    (found,) = city.told(TABLE)
    assert (found.code, "新しいブック" in found.hint) == ("not-a-table", True)
