"""日時 as city halls write it: what it means as data, how it is said, and what is told of slips."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kinds.conftest import City, Kinds

from koho_pdf.collation.owed import owed
from koho_pdf.content.values.occasions import Occasion, occasion_of
from koho_pdf.findings import Finding
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.manuscript.refusal import Refusal

ISSUE = datetime.date(2027, 3, 1)


def read(text: str, day: datetime.date | None = ISSUE) -> Occasion:
    return occasion_of(text, day)


def refused(text: str) -> Finding:
    with pytest.raises(Refusal) as refusal:
        read(text)
    (found,) = refusal.value.findings
    assert found.hint
    return found


def times(text: str) -> list[tuple[Any, ...]]:
    return [(each.get("begin"), each.get("end")) for each in (span.data() for span in read(text).spans)]


SINGLE = {
    "3月14日（日）午前9時から正午まで": [("2027-03-14T09:00", "2027-03-14T12:00")],
    "3月17日（水）午後1時30分から3時まで": [("2027-03-17T13:30", "2027-03-17T15:00")],
    "3月20日（土）午前10時から午後0時30分まで": [("2027-03-20T10:00", "2027-03-20T12:30")],
    "4/1(木) 10:00～11:30": [("2027-04-01T10:00", "2027-04-01T11:30")],
    "４月１日（木）　１０：００～１１：３０": [("2027-04-01T10:00", "2027-04-01T11:30")],
    "4月1日木曜日 10時半～12時": [("2027-04-01T10:30", "2027-04-01T12:00")],
    "4月1日(木)10時から（受付は9時30分から）": [("2027-04-01T10:00", None)],
    "4月1日(木)午前10時～ ※雨天中止": [("2027-04-01T10:00", None)],
    "4月1日(木)午後1時開場、1時30分開演": [("2027-04-01T13:00", None)],
    "4月1日(木)午後10時から午前2時まで": [("2027-04-01T22:00", "2027-04-02T02:00")],
    "4月1日(木)22:00～翌2:00": [("2027-04-01T22:00", "2027-04-02T02:00")],
    "4月1日(木)": [("2027-04-01", "2027-04-01")],
    "4月1日(木)終日": [("2027-04-01", "2027-04-01")],
    "2027年4月1日(木)": [("2027-04-01", "2027-04-01")],
    "2027-04-01": [("2027-04-01", "2027-04-01")],
    "4月29日(木・祝)": [("2027-04-29", "2027-04-29")],
    "4月29日（木・祝）午前10時～正午、午後1時～4時": [
        ("2027-04-29T10:00", "2027-04-29T12:00"),
        ("2027-04-29T13:00", "2027-04-29T16:00"),
    ],
    "4月1日(木)10:00〜11:30/13:30〜15:00": [
        ("2027-04-01T10:00", "2027-04-01T11:30"),
        ("2027-04-01T13:30", "2027-04-01T15:00"),
    ],
    "4月1日(木)・8日(木)・15日(木) 午後1時～3時": [
        ("2027-04-01T13:00", "2027-04-01T15:00"),
        ("2027-04-08T13:00", "2027-04-08T15:00"),
        ("2027-04-15T13:00", "2027-04-15T15:00"),
    ],
    "4月1日(木)終日、8日(木)午後1時から3時まで": [
        ("2027-04-01", "2027-04-01"),
        ("2027-04-08T13:00", "2027-04-08T15:00"),
    ],
    "3月28日(日)、4月4日(日)": [("2027-03-28", "2027-03-28"), ("2027-04-04", "2027-04-04")],
    "4月1日（木）から30日（金）まで": [("2027-04-01", "2027-04-30")],
    "令和9年5月1日から令和10年3月31日まで": [("2027-05-01", "2028-03-31")],
    "12月31日〜1月3日": [("2027-12-31", "2028-01-03")],
    "12月28日（火）午後5時から1月4日（火）午前8時30分まで": [("2027-12-28T17:00", "2028-01-04T08:30")],
    "3月10日（水）まで": [(None, "2027-03-10")],
    "3月10日（水）までに、電話で": [(None, "2027-03-10")],
    "4月1日(木) から": [("2027-04-01", None)],
    "4月1日(木)（雨天の場合は4月8日(木)）": [("2027-04-01", "2027-04-01")],
    "随時": [],
    "※日は未定です": [],
}


@pytest.mark.parametrize(("text", "expected"), SINGLE.items(), ids=SINGLE)
def test_days_and_times_as_data(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert times(text) == expected


REPEATED = {
    "毎週水曜": ("FREQ=WEEKLY;BYDAY=WE", None),
    "毎週水曜日 13:00～15:00": ("FREQ=WEEKLY;BYDAY=WE", ["13:00", "15:00"]),
    "毎週月・水・金曜日 午前9時～正午（祝日を除く）": ("FREQ=WEEKLY;BYDAY=MO,WE,FR", ["09:00", "12:00"]),
    "月～金曜日 8:30～17:15（祝日、年末年始を除く）": ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", ["08:30", "17:15"]),
    "毎週火曜日、木曜日": ("FREQ=WEEKLY;BYDAY=TU,TH", None),
    "土日祝日 9:00～17:00": ("FREQ=WEEKLY;BYDAY=SA,SU", ["09:00", "17:00"]),
    "平日午前9時から午後5時まで": ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", ["09:00", "17:00"]),
    "月曜日から金曜日まで 8:30～17:15": ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", ["08:30", "17:15"]),
    "月・水・金 10:00～11:00": ("FREQ=WEEKLY;BYDAY=MO,WE,FR", ["10:00", "11:00"]),
    "隔週水曜日": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", None),
    "毎月第2・第4土曜日　午前10時から": ("FREQ=MONTHLY;BYDAY=2SA,4SA", ["10:00", ""]),
    "毎月最終金曜日": ("FREQ=MONTHLY;BYDAY=-1FR", None),
    "毎月10日・20日": ("FREQ=MONTHLY;BYMONTHDAY=10,20", None),
    "毎日午前9時～午後5時": ("FREQ=DAILY", ["09:00", "17:00"]),
}


@pytest.mark.parametrize(("text", "expected"), REPEATED.items(), ids=REPEATED)
def test_what_repeats_is_a_rule_of_calendars(text: str, expected: tuple[str, list[str] | None]) -> None:
    (span,) = read(text).spans
    assert (span.data()["repeats"], span.data().get("daily")) == expected


def test_what_repeats_for_a_time() -> None:
    (span,) = read("4月1日(木)～9月30日(木)の毎週水曜日 午後1時～3時").spans
    assert span.data() == {
        "begin": "2027-04-01",
        "end": "2027-09-30",
        "daily": ["13:00", "15:00"],
        "repeats": "FREQ=WEEKLY;BYDAY=WE",
    }
    (span,) = read("5月3日（月・祝）～5日（水・祝） 各日午前10時から午後4時まで").spans
    assert span.data() == {"begin": "2027-05-03", "end": "2027-05-05", "daily": ["10:00", "16:00"]}


SAID = {
    "4月1日(木)10:00～11:30": "4月1日木曜日、10時から11時30分まで",
    "4/1(木) 10:00〜": "4月1日木曜日 10時から",
    "4月29日（木・祝）午前10時～正午": "4月29日木曜日、祝日、午前10時から正午まで",
    "4月1日（木）から30日（金）まで": "4月1日木曜日から30日金曜日まで",
    "3月1日（月）～31日（水）9:00～17:00（祝日も）": "3月1日月曜日から31日水曜日まで、9時から17時まで（祝日も）",
    "2027-04-01": "2027年4月1日",
    "PM1:30": None,
}


@pytest.mark.parametrize(("text", "words"), SAID.items(), ids=SAID)
def test_what_is_said_needs_no_eyes(text: str, words: str | None) -> None:
    if words is None:
        assert refused(text).code == "occasion-not-understood"  # a time without a day
    else:
        assert read(text).said == words
        assert read(text).plain == text


WRONG = {
    "4月1日(水)": "weekday-differs",
    "令和9年4月1日(金)": "weekday-differs",
    "4月31日(水)": "date-does-not-exist",
    "毎月32日": "date-does-not-exist",
    "2月29日": "date-does-not-exist",
    "平成40年4月1日": "outside-era",
    "4月1日(木)25時": "time-not-understood",
    "4月1日(木)午後12時から": "time-not-understood",
    "4月1日(木)午後13時": "time-not-understood",
    "4月1日(木)10:75": "time-not-understood",
    "4月1日(木)午後3時から2時まで": "occasion-order",
    "令和9年4月2日から令和9年4月1日まで": "occasion-order",
    "4月1日10:00から4月1日9:00まで": "occasion-order",
    "4月1日(木)、8日(木)、15目(木)": "occasion-not-understood",
    "4月1日 木": "occasion-not-understood",
    "4月中旬": "occasion-not-understood",
    "8日": "occasion-not-understood",
    "桜が咲くころ": "occasion-not-understood",
    "12月31日～1月3日は休みます": "occasion-not-understood",
    "4月1日(木)" * 40: "occasion-not-understood",
}


@pytest.mark.parametrize(("text", "code"), WRONG.items(), ids=[each[:20] for each in WRONG])
def test_slips_are_told(text: str, code: str) -> None:
    assert refused(text).code == code


def test_the_year_of_a_day_is_that_of_the_issue() -> None:
    assert times("1月10日(月)") == [("2028-01-10", "2028-01-10")]
    assert times("1月10日(日)") == [("2027-01-10", "2027-01-10")], "what has been, as its day of the week says"
    assert times("2月20日") == [("2027-02-20", "2027-02-20")]
    assert "令和9年4月1日は木曜日" in refused("4月1日(水)").message
    assert read("4月1日(水)", None).spans[0].first is not None, "a manuscript without a date tells that, not weekdays"


@pytest.fixture
def city(kind: Kinds) -> City:
    return kind(
        "when: {type: occasions, title: 日時, role: field}",
        "until: {type: date, title: しめきり, role: field, optional: true}",
        "opens: {type: time, title: 開場, role: field, optional: true}",
    )


def test_one_line_or_several(city: City) -> None:
    one = city.issue("when: 4月1日(木)午前10時から\nuntil: 3月10日(水)\nopens: 9:30\n")
    assert [(each.field, str(each)) for each in one.when] == [("when", "4月1日(木)午前10時から")]
    assert one.until.iso == "2027-03-10"
    assert one.opens.iso == "09:30"
    several = city.issue("when:\n  - 4月1日(木)10:00～11:30\n  - 4月8日(木)\n")
    assert [each.field for each in several.when] == ["when.0", "when.1"]
    for issue in (one, several):
        again = city.again(issue)
        assert [each.spans for each in again.when] == [each.spans for each in issue.when]
        assert (again.until, again.opens) == (issue.until, issue.opens)
    (article,) = articles_of(several)
    assert list(article.paragraphs) == ["日時：4月1日(木)10:00～11:30、4月8日(木)"]
    assert ("when.0", ("4月1日(木)10:00～11:30", "4月1日木曜日、10時から11時30分まで")) in [
        (each.field, each.ways) for each in owed(several, "text")
    ]


def test_every_line_is_told_at_its_place(city: City) -> None:
    found = city.told("when:\n  - 4月1日(水)\n  - 4月8日(木)\n  - 四月\nuntil: 3月10日(木)\nopens: 25:00\n")
    assert [(each.code, each.where.line, each.where.field) for each in found] == [
        ("weekday-differs", 5, "when.0"),
        ("occasion-not-understood", 7, "when.2"),
        ("weekday-differs", 8, "until"),
        ("time-not-understood", 9, "opens"),
    ]


def test_two_waves_in_one_issue_are_told(city: City) -> None:
    (found,) = city.told("when:\n  - 4月1日(木)10:00～11:30\n  - 4月8日(木)10:00～11:30\n  - 4月15日(木)10:00〜11:30\n")
    assert (found.code, found.where.line, found.severity) == ("two-waves", 7, "warning")


@pytest.mark.parametrize("text", ["when: []\n", "when: {a: 4月1日}\n", "when:\n", "when:\n  - \n"])
def test_what_is_no_text_is_told(city: City, text: str) -> None:
    assert {each.code for each in city.told(text)} <= {"not-text", "empty-text", "empty-list"}


@given(st.text(alphabet="0123456789月日時分:：/-～から まで午前後（）(木水祝)毎週第・、※令和年正終", max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        found = read(text)
    except Refusal as refusal:
        assert all(re.fullmatch("[a-z-]+", each.code) and each.hint for each in refusal.findings)
        return
    assert found.plain == text.strip()
    assert [span.data() for span in read(found.source).spans] == [span.data() for span in found.spans]
