"""The type ``month_calendar``: its grid and lanes, what is wrong with an entry, and its days in every edition."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from tests.conftest import Told
from tests.monthly.test_monthly import NAME, with_pages

from koho_pdf.content.articles import untyped
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.content.values.months import Month
from koho_pdf.kinds.types.month_calendar import _wrong

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build


class Event:
    def __init__(self, name: str, day: datetime.date, until: datetime.date | None = None, where: str = "") -> None:
        self.name, self.where = untyped(name, ""), untyped(where, "") if where else None
        self.day, self.until = CalendarDate(day, ""), CalendarDate(until, "") if until else None


def day(number: int, month: int = 3) -> datetime.date:
    return datetime.date(2027, month, number)


MARCH, MAY = Month.parse("2027年3月"), Month.parse("2027年5月")


def test_weeks_begin_on_sunday_and_know_holidays() -> None:
    weeks = MARCH.weeks()
    assert [len(week.cells) for week in weeks] == [6, 7, 7, 7, 4]
    off = {cell.day.day: cell.holiday for week in weeks for cell in week.cells if cell.off}
    assert list(off) == [7, 14, 21, 22, 28]
    assert off[21] == "春分の日" and "振替" in off[22]
    assert len(MAY.weeks()) == 6


def test_a_bar_takes_the_lowest_lane_that_is_free() -> None:
    """Of three, the third has the lane of the first, which is over."""
    events = [Event("甲", day(1), day(2)), Event("乙", day(2), day(5)), Event("丙", day(3), day(4))]
    (week, *_) = MARCH.weeks(events)
    assert [(bar.event.name.plain, bar.lane) for bar in week.bars] == [("甲", 0), ("乙", 1), ("丙", 0)]


@pytest.mark.parametrize(
    ("first", "last", "where", "texts"),
    [
        (day(6), day(7), "", ["all", "all"]),  # Saturday and Sunday, two pieces of a day
        (day(6), day(7), "駒の丘の公園", ["name", "rest"]),  # each has room for half of it
        (day(5), day(9), "駒の丘の公園", ["all", "all"]),
        (day(5), day(9), "駒の丘の公園の前", ["name", "all"]),
        (datetime.date(2027, 2, 20), day(2), "", ["all"]),
    ],
)
def test_every_word_of_an_event_stands_on_its_bars(
    first: datetime.date, last: datetime.date, where: str, texts: list[str]
) -> None:
    weeks = MARCH.weeks([Event("春の祭り", first, last, where)])
    assert [bar.text for week in weeks for bar in week.bars] == texts


EVENTS = """\
kind: calendar
heading: 行事カレンダー
month: 2027年3月
events:
  - {name: 市民スキー, day: 3月3日（水）, time: "10:00", where: 駒の丘}
  - {name: 雪だるま祭り, day: 3月6日（土）, until: 3月7日（日）, where: 駒の丘の公園, colour: 話題}
  - {name: 申告, day: 2月16日（火）, until: 3月15日（月）, colour: 市政}
  - {name: 料理, day: 3月20日（土）, see: kazunoko}
  - {name: 春休み, day: 3月25日（木）, until: 4月5日（月）, colour: 暮らし}
"""
PAGES = "  - calendar: {month: [events]}\n  - notices: {main: [kazunoko]}\n  - back"


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> Build:
    city = with_pages(tmp_path_factory.mktemp("calendar") / "city", PAGES)
    (city / "content" / NAME / "articles/events.yaml").write_text(EVENTS, encoding="utf-8")
    return proved(city, NAME, ("screen", "web", "large", "text", "data"))


def test_a_day_of_another_year_says_its_year() -> None:
    """「3月1日は、2027年3月の行事ではありません」 would help nobody."""
    entry: Any = Event("卒業式", datetime.date(2028, 3, 1))
    entry.field = "events.0"
    ((_, found),) = _wrong(entry, MARCH)
    assert "（2028年3月1日）は、2027年3月の" in found.message


def test_it_is_read_day_by_day(made: Build) -> None:
    text = made.files[f"text/{NAME}.txt"].decode()
    said = text[text.index("〔大見出し〕行事カレンダー") :].split("\n\n")[0].split("\n")
    assert said == [
        "〔大見出し〕行事カレンダー",
        "2027年3月",
        "〔中見出し〕3月1日月曜日",
        "申告：2月16日火曜日から3月15日月曜日まで",
        "〔中見出し〕3月3日水曜日",
        "市民スキー：10時、駒の丘",
        "〔中見出し〕3月6日土曜日",
        "雪だるま祭り：3月7日日曜日まで、駒の丘の公園",
        "〔中見出し〕3月20日土曜日",
        "料理",
        "〔はじめての数の子料理教室の記事、3ページもどうぞ〕",
        "〔中見出し〕3月21日日曜日",
        "春分の日",
        "〔中見出し〕3月22日月曜日",
        "振替休日",
        "〔中見出し〕3月25日木曜日",
        "春休み：4月5日月曜日まで",
    ]


def test_entries_are_in_the_calendar_of_a_resident(made: Build) -> None:
    read = icalendar.Calendar.from_ical(made.files["data/events.ics"])
    found: dict[str, Any] = {str(each["SUMMARY"]): each for each in read.walk("VEVENT")}
    assert "料理" not in found  # its notice has it, with more particulars
    assert found["市民スキー"].start == datetime.datetime(2027, 3, 3, 10, tzinfo=found["市民スキー"].start.tzinfo)
    assert (found["春休み"].start, found["春休み"].end) == (day(25), day(6, 4))
    assert str(found["市民スキー"]["LOCATION"]) == "駒の丘"
    assert "春休み" not in str(found["市民スキー"]["DESCRIPTION"])
    table = made.files["data/events.csv"].decode("utf-8-sig").split("\r\n")
    assert re.search("^[0-9]+,,雪だるま祭り,.*2027-03-06,2027-03-07,.*駒の丘の公園", "\n".join(table), re.MULTILINE)


def test_it_is_seen_as_a_list_of_days_on_the_web(made: Build) -> None:
    html = made.files["web/index.html"].decode()
    own = html[html.index('class="calendar"') :]
    assert re.search(
        "3月3日（水）.*市民スキー.*3月6日（土）.*雪だるま祭り.*3月21日（日・祝）.*3月22日（月・休）", own, re.DOTALL
    )


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("  - {name: 花見, day: 5月6日（木）}\n", "entry-in-other-month", "events:events.5.day"),
        ("  - {name: 花見, day: 3月9日（火）, until: 3月5日（金）}\n", "entry-order", "events:events.5.until"),
        ("  - {name: 花見, day: 3月9日（火）, see: nothing}\n", "reference-unknown", "events:events.5.see"),
        ("  - {name: 花見, day: 3月9日（火）, colour: 黒}\n", "word-not-known", "events:events.5.colour"),
    ],
)
def test_what_is_wrong_with_an_entry(tmp_path: Path, told: Told, line: str, code: str, field: str) -> None:
    city = with_pages(tmp_path / "city", PAGES)
    (city / "content" / NAME / "articles/events.yaml").write_text(EVENTS + line, encoding="utf-8")
    found: Any = [each for each in told(city, NAME, ("text",)) if each.severity == "error"]
    assert [(each.code, each.where.field) for each in found] == [(code, field)]
    assert found[0].where.line == 10
