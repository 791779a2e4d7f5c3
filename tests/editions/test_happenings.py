"""What takes place, as calendars, tables and feeds have it; read back by others' programs."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
from tests.kinds import monthly

from koho_pdf.editions.event_csv import safe_cell
from koho_pdf.editions.happenings import on_rule
from koho_pdf.pipeline import Build

TIMES = {
    "one": "3月10日(水)午前10時から正午まで",
    "all-day": "3月10日(水)",
    "days": "3月10日(水)から12日(金)まで",
    "daily": "3月10日(水)から12日(金)まで 午前9時から午後5時まで",
    "through": "3月10日(水)午後6時から11日(木)午前9時まで",
    "night": "3月10日(水)午後10時から翌午前1時まで",
    "midnight": "3月10日(水)午後10時から24時まで",
    "same": "3月10日(水)から10日(水)まで",
    "within": "3月10日(水)10:00から3月10日(水)15:00まで",
    "weekly": "毎週水曜日 13:00～15:00",
    "nth": "第2・第4土曜日",
    "until": "3月10日(水)まで",
    "from": "3月10日(水)から",
    "open": "随時",
    "past": "2月10日(水)",  # a report of what was
}
NOTICE = """\
format: 1
title: お知らせ
department: ask
fields:
  heading: {type: text, title: 見出し, role: heading}
  body: {type: paragraphs, title: 本文, optional: true}
  when: {type: occasions, title: 日時, role: field, optional: true}
  place: {type: text, title: 場所, role: field, optional: true}
  cost: {type: text, title: 費用, role: field, optional: true}
  number: {type: text, title: 定員, role: field, optional: true}
  apply: {type: occasions, title: 申込, role: field, optional: true}
  ask: {type: contact, title: 問合せ, role: field, optional: true}
  items:
    type: list
    optional: true
    title: 相談
    of:
      type: group
      name: Consultation
      fields:
        name: {type: text, title: 何の, role: heading}
        when: {type: occasions, title: 日時, role: field}
        where: {type: text, title: 場所, role: field, optional: true}
        telephone: {type: telephone, title: 電話, role: field, optional: true}
"""
MORE = {
    "one": "place: 市役所2階、会議室\ncost: 1人700円（材料代）\nnumber: 20人（先着順）\napply: 3月5日(金)まで\n"
    "section: 催し\nask: {department: 市民課, telephone: 42-1803}\n"
    "body: |\n  セミコロン;と、,と、\\ を書きます。\n\n  二つ目の段落です。\n",
    "open": "place: 市役所1階\nitems:\n"
    "  - {name: 法律, when: 3月16日(火)午後1時, where: 公民館, telephone: 42-1820}\n"
    "  - {name: 行政, when: 3月17日(水)}\n",
}


@pytest.fixture(scope="module")
def files(home: Path, proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = tmp_path_factory.mktemp("city")
    articles = {
        name: f"kind: notice\nheading: {name}の会\nwhen: {said}\n{MORE.get(name, '')}" for name, said in TIMES.items()
    }
    issue = monthly.ISSUE[: monthly.ISSUE.index("articles:")] + "articles:\n"
    issue += "".join(f"  - {name}\n" for name in articles) + "ask: {department: 政策調整課, telephone: 42-1809}\n"
    monthly.make(root, issue, articles)
    (root / "layouts/_kinds/notice/kind.yaml").write_text(NOTICE, encoding="utf-8")
    koho = root / "koho.yaml"
    koho.write_text(koho.read_text(encoding="utf-8") + "site: https://city.example/koho/{issue}/\n", encoding="utf-8")
    return dict(proved(root, monthly.NAME, ("data",)).files)


@pytest.fixture(scope="module")
def events(files: dict[str, bytes]) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(files["data/events.ics"])
    assert not calendar.errors
    found = {re.sub("の会(（.*)?$", "", str(event["SUMMARY"])): event for event in calendar.walk("VEVENT")}
    assert all(not event.errors for event in found.values())
    assert len({str(event["UID"]) for event in found.values()}) == len(found)
    return found


PARTS = {"openの会　法律", "openの会　行政"}
DAY = datetime.date(2027, 3, 10)
TOKYO = datetime.timezone(datetime.timedelta(hours=9))


def at(day: int, hour: int) -> datetime.datetime:
    return datetime.datetime(2027, 3, day, hour, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [
        ("one", at(10, 10), at(10, 12)),
        ("all-day", DAY, datetime.date(2027, 3, 11)),
        ("days", DAY, datetime.date(2027, 3, 13)),
        ("daily", at(10, 9), at(10, 17)),
        ("through", at(10, 18), at(11, 9)),
        ("night", at(10, 22), at(11, 1)),
        ("midnight", at(10, 22), at(11, 0)),
        ("same", DAY, datetime.date(2027, 3, 11)),
        ("within", at(10, 10), at(10, 15)),
        ("weekly", at(3, 13), at(3, 15)),
        ("nth", datetime.date(2027, 3, 13), datetime.date(2027, 3, 14)),
        ("until", DAY, datetime.date(2027, 3, 11)),
        ("from", DAY, datetime.date(2027, 3, 11)),
    ],
)
def test_a_calendar_has_each_time(events: dict[str, Any], name: str, begin: object, end: object) -> None:
    assert (events[name]["DTSTART"].dt, events[name]["DTEND"].dt) == (begin, end)


def test_only_an_end_is_called_one(events: dict[str, Any]) -> None:
    assert [name for name, each in events.items() if "まで" in str(each["SUMMARY"])] == ["until"]


def test_days_that_come_again_end_with_the_issues_month(events: dict[str, Any]) -> None:
    rules = {name: event["RRULE"] for name, event in events.items() if "RRULE" in event}
    assert set(rules) == {"daily", "weekly", "nth"}
    assert rules["daily"]["FREQ"] == ["DAILY"]
    assert rules["weekly"]["BYDAY"] == ["WE"]
    assert rules["nth"]["BYDAY"] == ["2SA", "4SA"]
    assert rules["daily"]["UNTIL"][0] == datetime.datetime(2027, 3, 12, 14, 59, 59, tzinfo=datetime.UTC)
    assert rules["nth"]["UNTIL"] == [datetime.date(2027, 3, 31)]


def test_what_is_no_event_is_in_no_calendar(events: dict[str, Any]) -> None:
    assert set(events) - PARTS == set(TIMES) - {"open", "past"}  # 随時, and the day until which one applies


def test_each_of_several_has_its_own_place_and_telephone(files: dict[str, bytes], events: dict[str, Any]) -> None:
    """A resident goes to the place, and calls the number, of the consultation that is meant."""
    assert set(events) >= PARTS
    rows = list(csv.DictReader(io.StringIO(files["data/events.csv"].decode("utf-8-sig"), newline="")))
    found = {row["名称"]: (row["開始日"], row["場所名称"], row["連絡先電話番号"]) for row in rows}
    assert found["openの会　法律"] == ("2027-03-16", "公民館", "42-1820")
    assert found["openの会　行政"] == ("2027-03-17", "市役所1階", "")  # what is said above all holds for each


def test_words_come_back_as_they_were(files: dict[str, bytes], events: dict[str, Any]) -> None:
    one = events["one"]
    assert str(one["LOCATION"]) == "市役所2階、会議室"
    assert "セミコロン;と、,と、\\ を書きます。\n二つ目の段落です。" in str(one["DESCRIPTION"])
    assert str(one["URL"]) == f"https://city.example/koho/{monthly.NAME}/articles/one.html"
    assert str(one["UID"]).endswith("@city.example")
    lines = files["data/events.ics"].split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or not line for line in lines)  # none ends within a character


def test_tables_have_the_columns_of_open_data(files: dict[str, bytes]) -> None:
    for name in ("events.csv", "events-2017.csv"):
        content = files[f"data/{name}"]
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert len(rows) == len(TIMES) - 2 + len(PARTS)
        called = "名称" if name == "events.csv" else "イベント名"
        (one,) = [row for row in rows if row[called] == "oneの会"]
        begins, ends = ("開始時刻", "終了時刻") if name == "events.csv" else ("開始時間", "終了時間")
        assert [one[each] for each in ("開始日", "終了日", begins, ends)] == [
            "2027-03-10",
            "2027-03-10",
            "10:00",
            "12:00",
        ]
        assert (one["料金(基本)"], one["料金(詳細)"], one["定員"]) == ("700", "1人700円（材料代）", "20")
        assert (one["連絡先名称"], one["連絡先電話番号"], one["場所名称"]) == ("市民課", "42-1803", "市役所2階、会議室")
        days = {row[called][:-2]: (row["開始日"], row["終了日"], row[ends]) for row in rows}
        assert days["night"] == ("2027-03-10", "2027-03-11", "01:00")
        assert days["midnight"] == ("2027-03-10", "2027-03-11", "00:00")
        assert days["through"] == ("2027-03-10", "2027-03-11", "09:00")
        assert days["daily"] == ("2027-03-10", "2027-03-12", "17:00")
    assert len(rows[0]) == 38
    assert len(next(csv.reader([files["data/events.csv"].decode("utf-8-sig").split("\r\n")[0]]))) == 50


def test_feeds_have_every_article_and_those_of_each_section(files: dict[str, bytes]) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(files["data/feed.atom"])
    entries = feed.findall(f"{atom}entry")
    told = json.loads(files["data/feed.json"])
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [each.findtext(f"{atom}title") for each in entries] == [each["title"] for each in told["items"]]
    assert [each.findtext(f"{atom}id") for each in entries] == [each["id"] for each in told["items"]]
    assert len({each["id"] for each in told["items"]}) == len(entries) > len(TIMES)
    (section,) = [name for name in files if name.startswith("data/feed-") and name.endswith(".json")]
    assert [each["title"] for each in json.loads(files[section])["items"]] == ["oneの会"]
    assert all(each["url"].startswith(f"https://city.example/koho/{monthly.NAME}/articles/") for each in told["items"])


def test_articles_are_given_as_my_koho_takes_them(files: dict[str, bytes]) -> None:
    words = files["data/my-koho.txt"].decode()
    begin = words.index("■oneの会")
    assert words[: begin - 1].endswith("【催し】\n")
    assert words[begin:].split("\n\n")[0].split("\n") == [
        "■oneの会",
        "セミコロン;と、,と、\\ を書きます。",
        "二つ目の段落です。",
        f"日時：{TIMES['one']}",
        "場所：市役所2階、会議室",
        "費用：1人700円（材料代）",
        "定員：20人（先着順）",
        "申込：3月5日(金)まで",
        "問合せ：市民課、☎42-1803",
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *((each, f"'{each}") for each in ("=1", "=1+1", "＝1+1", "@SUM(A1)", "＠A", "-2+3", "－A", "+A1", "\t=1")),
        *((each, each) for each in ("-12", "+81", "1=1", "△3", "")),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    assert safe_cell(cell) == written


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY", range(1, 32)),
        ("FREQ=WEEKLY;BYDAY=MO,FR", (1, 5, 8, 12, 15, 19, 22, 26, 29)),
        ("FREQ=MONTHLY;BYMONTHDAY=10,20", (10, 20)),
        ("FREQ=MONTHLY;BYDAY=1MO,3TU", (1, 16)),
        ("FREQ=MONTHLY;BYDAY=-1WE", (31,)),
    ],
)
def test_the_days_of_a_rule(rule: str, days: range | tuple[int, ...]) -> None:
    assert [day for day in range(1, 32) if on_rule(rule, datetime.date(2027, 3, day))] == list(days)
