"""Tables of departments: their columns are known by whatever they are called, and every wrong cell by sheet, row and
column."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.intake.sent import article, codes, duty, take, workspace

from koho_pdf.intake.labels import likeness


def book(*rows: list[Any], title: str = "Sheet", formats: dict[str, str] | None = None) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_duty_doctors(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    taken = take(issue, "当番医.xlsx", duty())
    said = article(issue, taken)
    assert said["kind"] == "duty-doctors"
    assert said["heading"] == "休日当番医（4月）"
    assert said["days"][0] == {
        "day": "2027年4月4日（日）",
        "offices": [
            {"branch": "内科系", "name": "みなと医院", "telephone": "0164-42-0001"},
            {"branch": "外科系", "name": "港外科", "telephone": "164420002"},
        ],
    }
    assert [each["day"] for each in said["days"]][1:] == ["令和9年4月11日（日）", "4月18日（月）", "4月29日（木）"]
    told = [each.message for each in taken.findings]
    assert any("シート「4月」の A3" in each and "46481" in each and "2027年4月4日" in each for each in told)
    assert any("シート「4月」の F3" in each and "164420002" in each and "0164-42-0002" in each for each in told)
    assert any("シート「4月」の F5" in each and "42-00" in each for each in told)
    assert any("シート「4月」の D7" in each and "数式の結果" in each for each in told)
    assert any("シート「連絡網」" in each and "090-0000-0000" in each for each in told)
    assert any("隠れた医院" in each for each in told)
    assert any("見えない列" in each for each in told)
    assert any("C3" in each and "院長は交代" in each for each in told)
    text = (issue / "articles" / f"{taken.articles[0][0]}.yaml").read_text(encoding="utf-8")
    for secret in ("090-0000-0000", "隠れた医院", "見えない列", "院長は交代"):
        assert secret not in text
    where = next(each.where for each in taken.findings if "F3" in each.message)
    assert (where.line, where.column) == (3, 6)


def test_a_wrong_day_of_the_week_is_told_with_its_cell(tmp_path: Path) -> None:
    issue = workspace(tmp_path, ("duty-doctors",))
    rows = (
        ["月日", "医療機関名", "電話番号"],
        ["4月4日（月）", "みなと医院", "42-0001"],
        ["2月30日", "港医院", "42-0002"],
    )
    taken = take(issue, "a.xlsx", book(*rows, title="当番"))
    told = [each.message for each in taken.findings if each.code == "received-cell"]
    assert any("シート「当番」の A2" in each and "日曜" in each for each in told)
    assert any("シート「当番」の A3" in each for each in told)


def test_rows_of_one_day_are_one_day(tmp_path: Path) -> None:
    """A day that is merged over two rows, and a head of two rows."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (["期日", "当番医院", "℡"], ["4月4日", "みなと医院", "42-0001"], [None, "港外科", "42-0002"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    content = io.BytesIO()
    made.save(content)
    issue = workspace(tmp_path, ("duty-doctors",))
    days = article(issue, take(issue, "a.xlsx", content.getvalue()))["days"]
    assert [(each["day"], [one["name"] for one in each["offices"]]) for each in days] == [
        ("4月4日", ["みなと医院", "港外科"])
    ]

    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["休日当番医"])
    for row in (
        ["日", "内科系", None, "外科系", None],
        [None, "病院", "電話", "病院", "電話"],
        ["4月4日", "あ", "42-0001", "い", "42-0002"],
    ):
        sheet.append(row)
    for each in ("A2:A3", "B2:C2", "D2:E2"):
        sheet.merge_cells(each)
    content = io.BytesIO()
    made.save(content)
    said = article(issue, take(issue, "b.xlsx", content.getvalue()))
    assert said["days"][0]["offices"] == [
        {"branch": "内科系", "name": "あ", "telephone": "42-0001"},
        {"branch": "外科系", "name": "い", "telephone": "42-0002"},
    ]


@pytest.mark.parametrize(
    ("kind", "rows", "field", "first"),
    [
        (
            "calendar",
            (["行事名", "開催日", "開始時刻", "会場"], ["港まつり", 46600, 0.4375, "港公園"]),
            "events",
            {"name": "港まつり", "day": "2027年8月1日", "time": "10:30", "where": "港公園"},
        ),
        (
            "health-checks",
            (["健診の種類", "実施日", "対象者"], ["4か月児", "R9.4.6(火)", "令和8年12月生まれ"]),
            "checks",
            {"name": "4か月児", "day": "令和9年4月6日(火)", "audience": "令和8年12月生まれ"},
        ),
        (
            "consultations",
            (["相談の種類", "とき", "ところ", "連絡先"], ["法律相談", "4月8日（木）午後1時から", "市役所", "42-0001"]),
            "items",
            {"name": "法律相談", "when": "4月8日（木）午後1時から", "where": "市役所", "telephone": "42-0001"},
        ),
        (
            "deadlines",
            (["税目", "納期限"], ["固定資産税　第1期", "4月30日（金）"]),
            "dues",
            {"name": "固定資産税　第1期", "day": "4月30日（金）"},
        ),
    ],
)
def test_lists_of_every_kind(
    kind: str, rows: tuple[list[Any], ...], field: str, first: dict[str, str], tmp_path: Path
) -> None:
    """The kind is found by its columns among all, and its values are where they belong."""
    issue = workspace(tmp_path)
    said = article(issue, take(issue, "表.xlsx", book(*rows)))
    assert said["kind"] == kind
    assert said[field] == [first]


def test_dates_and_times_as_excel_shows_them(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    rows = ["行事", "日", "時刻"], ["花見", 46481, 0.5625]
    formats = {"B2": '[$-411]ggge"年"m"月"d"日"', "C2": "h:mm"}
    said = article(issue, take(issue, "a.xlsx", book(*rows, formats=formats)))
    assert said["events"] == [{"name": "花見", "day": "令和9年4月4日", "time": "13:30"}]


def test_population_and_waste(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    sheet = book(
        ["人口と世帯（3月末日現在）"], ["人口", "17,860人"], ["男", "8,540"], ["女", "9,320"], ["世帯数", "9,100"]
    )
    said = article(issue, take(issue, "人口.xlsx", sheet))
    assert said["kind"] == "population"
    assert said["total"] == "17,860人"
    assert said["counts"] == [
        {"name": "男", "count": "8,540"},
        {"name": "女", "count": "9,320"},
        {"name": "世帯数", "count": "9,100"},
    ]
    waste = "校下・地区,センター,燃やすごみ,資源\n浅野川,東部,月 木,火1 火3\n".encode()
    said = article(issue, take(issue, "収集日.csv", waste))
    assert said["kind"] == "waste-days"
    assert said["days"]["rows"][1] == ["浅野川", "東部", "月 木", "火1 火3"]


def test_two_tables_side_by_side_are_one(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    rows = ["地区名", "世帯数", "人口", None, "地区名", "世帯数", "人口"], ["港", "10", "20", None, "浜", "30", "40"]
    said = article(issue, take(issue, "a.xlsx", book(["地区別人口"], *rows)))
    assert said["districts"]["rows"] == [["地区名", "世帯数", "人口"], ["港", "10", "20"], ["浜", "30", "40"]]


def test_a_row_each_for_notices(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    head = ["行事名", "日時", "場所", "対象", "申込", "問合せ"]
    one = ["春の講座", "4月5日（月）午前10時から", "公民館", "市民", "電話で", "社会教育課"]
    two = ["夏の講座", "7月5日（月）午前10時から", "図書館", "市民", "電話で", "税務課"]
    taken = take(issue, "講座一覧.xlsx", book(head, one, two))
    assert [article(issue, taken, number)["heading"] for number in (0, 1)] == ["春の講座", "夏の講座"]
    assert article(issue, taken, 1)["ask"] == "税務課"
    assert article(issue, taken, 1)["place"] == "図書館"


def test_columns_without_a_field_stay_with_their_words(tmp_path: Path) -> None:
    issue = workspace(tmp_path, ("calendar",))
    taken = take(issue, "a.csv", "行事,日,予算\n花見,4月4日,五万円\n".encode())
    assert article(issue, taken)["leftover"] == "2行目 予算　五万円"
    assert "received-column" in codes(taken)


@pytest.mark.parametrize(
    ("title", "labels"),
    [
        ("日時", ["日　時", "開催日", "とき", "日にち", "月日", "◆日程"]),
        ("電話", ["℡", "ＴＥＬ", "電話番号", "☎", "Tel"]),
        ("場所", ["会場", "ところ", "【場所】", "開催場所"]),
        ("費用", ["参加費", "受講料", "料　金"]),
        ("問合せ", ["お問い合わせ先", "問い合わせ", "連絡先", "問合せ先"]),
    ],
)
def test_names_of_fields_as_departments_write_them(title: str, labels: list[str]) -> None:
    assert [each for each in labels if likeness(title, each) < 0.7] == []
    assert likeness(title, "花火") == 0


def test_a_time_in_a_column_of_its_own_and_a_number_without_its_zero_in_a_contact(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    rows = "行事名,開催日,時間,会場,問合先\n一斉清掃,2027/4/18,8:00:00,各町内,環境課 9012345678\n"
    rows += "春まつり,4月29日（木）,10:00-15:00,海岸,観光課\n海の日,4月31日,13時から,浜,観光課\n"
    taken = take(issue, "行事.csv", rows.encode(), kind="notice")
    said = [article(issue, taken, at) for at in range(3)]
    assert [each["when"] for each in said] == ["2027年4月18日 8:00", "4月29日（木） 10:00-15:00", "4月31日"]
    assert ["leftover" in each for each in said] == [False, False, True]
    told = [each.message for each in taken.findings if each.code == "received-telephone"]
    assert any("090-1234-5678" in each for each in told)
