"""The next issue from the last one: number, dates, month words and repeating articles move on, and say so."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from tests.conftest import Edit, Koho
from tests.plan.paper import FRONT, NAME, make

from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.workspace.left_behind import without_references
from koho_pdf.workspace.rolling import _marked, _months_later
from koho_pdf.workspace.words_of_months import (
    comments_moved,
    days_in,
    month_in_address,
    month_like,
    month_words,
    next_number,
    next_time,
    written_like,
)

DOCTORS = """\
kind: notice
heading: 3月の休日当番医
body: |
  3月7日（日）は、港の森クリニックの浜谷院長が診ます。

  2月末の市民は17,860人です。
deadline: 3月5日(金)
"""
FEATURE = "kind: feature\nheading: 鰊がきた町\nlead: 春の話です。\nparts:\n  - heading: その一\n    body: 海。\n"
PAGES = ("cover", "notices: {main: [doctors]} # 毎号", "{page: feature, main: [nishin]}")


@pytest.fixture
def city(home: Path, tmp_path: Path, edit: Edit) -> Path:
    folder = make(tmp_path, {"doctors": DOCTORS, "nishin": FEATURE}, PAGES, columns=2)
    kinds = tmp_path / "layouts/_kinds"
    edit(kinds / "notice/kind.yaml", "format: 1\n", "format: 1\nrepeats: true\n")
    shown = (
        '<span data-field="number">{{ issue.number }}</span><span data-field="issued">{{ issue.issued }}</span></h1>'
    )
    edit(tmp_path / "layouts/monthly/pages/cover.html", "</h1>", shown)
    edit(tmp_path / "layouts/monthly/web.html", "</h1>", shown)
    more = "  number: {type: text, title: 号数}\n  issued: {type: month, title: 月}\n  pages:"
    front = FRONT.replace("  pages:", more).replace("fields:", "cover: {id: top, of: [number, issued]}\nfields:")
    (kinds / "monthly/kind.yaml").write_text(front, encoding="utf-8")
    edit(
        folder / "issue.yaml",
        "title: 広報るもい三月号\n",
        "title: 広報るもい三月号 # 題\nnumber: 3月号（第1,024号）\nissued: 令和9年3月\n",
    )
    edit(folder / "issue.yaml", "date: 令和9年3月1日", "date: 令和9年3月31日")
    return tmp_path


def test_what_repeats_moves_on_and_waits_to_be_looked_at(city: Path, koho: Koho) -> None:
    before = (city / "content" / NAME / "issue.yaml").read_bytes()
    done = koho("new", "--from", NAME, "2027-04-koho", folder=city)
    assert done.returncode == 0, done.stderr
    folder = city / "content/2027-04-koho"
    front = (folder / "issue.yaml").read_text(encoding="utf-8")
    for line in (
        "date: 令和9年4月30日",
        "title: 広報るもい四月号 # 題",
        "number: 4月号（第1,025号）",
        "issued: 令和9年4月",
        "  - notices: {main: [doctors]} # 毎号",
        "  - {page: feature}",
        f"carried: {NAME}",
    ):
        assert line in front.splitlines()
    assert [each.name for each in (folder / "articles").iterdir()] == ["doctors.yaml"]
    doctors = (folder / "articles/doctors.yaml").read_text(encoding="utf-8")
    assert doctors == DOCTORS.replace("3月の休日", "4月の休日") + f"carried: {NAME}\n"
    assert "写さなかった記事: nishin" in done.stdout
    assert (city / "content" / NAME / "issue.yaml").read_bytes() == before

    checked = koho("check", "2027-04-koho", "--json", folder=city)
    assert checked.returncode == 2
    told = [each for each in json.loads(checked.stdout) if each["code"] == "carried-over"]
    assert [(each["severity"], each["where"]["file"].rpartition("/")[2]) for each in told] == [
        ("error", "issue.yaml"),
        ("error", "doctors.yaml"),
    ]
    for looked in ("日付（3月7日", "期限（", "人の名前（院長）", "数（17,860人）"):
        assert looked in told[1]["hint"]
    assert "carried-over" in koho("release", "2027-04-koho", folder=city).stderr
    for file in ("issue.yaml", "articles/doctors.yaml"):
        kept = [
            line for line in (folder / file).read_text(encoding="utf-8").splitlines() if not line.startswith("carried")
        ]
        (folder / file).write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert "carried-over" not in koho("check", "2027-04-koho", "--json", folder=city).stdout
    assert koho("new", "--from", NAME, "2027-04-koho", folder=city).returncode == 64  # never over another


def test_a_layout_beside_the_last_issue_is_told(city: Path, koho: Koho) -> None:
    done = koho("new", "--from", NAME, "2027-04", "koho", folder=city)  # a space too many
    assert done.returncode == 64 and "(usage)" in done.stderr
    assert not (city / "content/koho").exists()


def test_articles_written_out_in_the_plan_are_not_taken_apart(city: Path, koho: Koho, edit: Edit) -> None:
    file = city / "content" / NAME / "issue.yaml"
    edit(file, "main: [nishin]", "main: [nishin, {id: x, kind: notice, heading: 一言}]")
    done = koho("new", "--from", NAME, "2027-04-koho", folder=city)
    assert "articles-not-apart" in done.stderr
    assert not (city / "content/2027-04-koho").exists()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2027-03-01", 1, "2027-04-01"),
        ("2027-12-15", 1, "2028-01-15"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-02-28", 1, "2027-03-31"),
        ("2028-01-30", 1, "2028-02-29"),
        ("2027-04-01", 12, "2028-04-01"),
        ("2027-03-01", -12, "2026-03-01"),
    ],
)
def test_days_some_months_later(day: str, months: int, later: str) -> None:
    assert _months_later(datetime.date.fromisoformat(day), months).isoformat() == later


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("令和9年3月1日", "令和9年4月2日"),
        ("2027年3月1日（月）", "2027年4月2日（金）"),
        ("3月1日(月)", "4月2日(金)"),
        ("2027-03-01", "2027-04-02"),
        ("2027/3/1", "2027/04/02"),
    ],
)
def test_a_day_keeps_its_form(old: str, new: str) -> None:
    assert written_like(old, CalendarDate(datetime.date(2027, 4, 2), "")) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1,024", "1,025"),
        ("1024", "1025"),
        ("９９９", "１０００"),
        ("99", "100"),
        ("令和9年3月号（第1024号）", "令和9年3月号（第1025号）"),
        ("3月号 No.512", "3月号 No.513"),
        ("第12巻第3号", "第12巻第4号"),
        ("令和9年 通巻1,024", "令和9年 通巻1,025"),
        ("2027年3月号", "2027年3月号"),
        ("号外", "号外"),
    ],
)
def test_the_next_number_keeps_its_form(old: str, new: str) -> None:
    assert next_number(old) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026年12月の行事", "2027年1月の行事"),
        ("令和８年１２月の行事", "令和９年１月の行事"),
        ("令和8年12月号", "令和9年1月号"),
        ("12月の納期限", "1月の納期限"),
        ("十二月の俳句", "一月の俳句"),
        ("2025年12月から続く", "2025年12月から続く"),  # the month of another year
        ("2026年12月3日", "2026年12月3日"),  # a day
    ],
)
def test_a_year_goes_with_its_month(old: str, new: str) -> None:
    assert month_words(old, datetime.date(2026, 12, 1), datetime.date(2027, 1, 1)) == new


@pytest.mark.parametrize(
    ("old", "new"), [("2027年3月", "2027年4月"), ("令和9年3月", "令和9年4月"), ("2027-03", "2027-04")]
)
def test_a_month_keeps_its_form(old: str, new: str) -> None:
    assert month_like(old, datetime.date(2027, 4, 1)) == new


MARCH, APRIL = datetime.date(2027, 3, 1), datetime.date(2027, 4, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://www.example.jp/koho/2027-03/audio", "https://www.example.jp/koho/2027-04/audio"),
        ("https://www.example.jp/202703.html", "https://www.example.jp/202704.html"),
        ("https://www.example.jp/2027-03-14", "https://www.example.jp/2027-03-14"),  # a day is not the issue's month
        ("2027-03のお知らせ", "2027-03のお知らせ"),
    ],
)
def test_only_the_issues_month_in_an_address_moves_on(old: str, new: str) -> None:
    assert month_in_address(old, MARCH, APRIL) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("市長コラム　第18回", "市長コラム　第19回"),
        ("第９９回", "第１００回"),
        ("第18回さくらまつり", "第18回さくらまつり"),  # a title, not a count of months
    ],
)
def test_a_series_has_one_time_more(old: str, new: str) -> None:
    assert next_time(old) == new


def test_days_with_their_year_move_on_with_their_weekday() -> None:
    def later(day: datetime.date) -> datetime.date:
        return _months_later(day, 1)

    assert days_in("2027年2月24日（水）までに、本庁舎へ", later) == "2027年3月24日（水）までに、本庁舎へ"
    assert days_in("2027年2月25日（木）", later) == "2027年3月25日（木）"
    assert days_in("2027年12月24日(金)", later) == "2028年1月24日(月)"
    assert days_in("令和9年12月24日（金）まで", later) == "令和10年1月24日（月）まで"
    assert days_in("2027年2月31日", later) == "2027年2月31日"


def test_comments_name_the_new_month() -> None:
    raw = "# 広報るもい 2027年3月号\ntitle: 2027年3月号\n".encode()
    assert comments_moved(raw, MARCH, APRIL).decode() == "# 広報るもい 2027年4月号\ntitle: 2027年3月号\n"


CONTENTS = """\
title: 広報るもい # 題
contents: # 表紙の目次
  - {to: herring, note: 三人の春}
  # 話題
  - to: festival
    note: 雪まつり
  - {to: events, note: 当番医} # 暦

pages: [cover]
"""


@pytest.mark.parametrize(
    ("left", "kept"),
    [
        (
            {"herring", "festival"},
            "title: 広報るもい # 題\ncontents: # 表紙の目次\n  # 話題\n"
            "  - {to: events, note: 当番医} # 暦\n\npages: [cover]\n",
        ),
        ({"herring", "festival", "events"}, "title: 広報るもい # 題\n\npages: [cover]\n"),
        ({"other"}, CONTENTS),
    ],
)
def test_no_entry_is_left_for_an_article_that_stays_behind(left: set[str], kept: str) -> None:
    for end in ("\n", "\r\n"):
        raw = CONTENTS.replace("\n", end).encode()
        assert without_references(raw, "issue.yaml", frozenset(left)) == kept.replace("\n", end).encode()


@pytest.mark.parametrize(
    ("raw", "marked"),
    [
        ("a: 1", "a: 1\ncarried: x\n"),
        ("a: 1\r\ncarried: w\r\n", "a: 1\r\ncarried: x\r\n"),
        ("# 歌\n{a: 1}\n", "# 歌\n{carried: x, a: 1}\n"),
        ("{carried: w, a: 1}\n", "{carried: x, a: 1}\n"),
    ],
)
def test_a_file_says_once_from_where_it_is(raw: str, marked: str) -> None:
    assert _marked(raw.encode(), "x").decode() == marked


def test_entries_on_one_line_are_not_taken_apart() -> None:
    raw = b"contents: [{to: a}, {to: b}]\npages: [cover]\n"
    assert without_references(raw, "issue.yaml", frozenset({"a"})) == raw
