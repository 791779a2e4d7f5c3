"""Dates and fiscal years: both calendars in, both out, and every era's true first and last day."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.content.values.dates import ERAS, FIRST_DAY, CalendarDate, FiscalYear
from koho_pdf.manuscript.refusal import Refusal

DAYS = st.dates(FIRST_DAY, datetime.date(2199, 12, 31))
YEARS = range(1886, 2200)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def refused(parse: object, text: str) -> str:
    """The code of the refusal of a text."""
    assert callable(parse)
    with pytest.raises(Refusal) as refusal:
        parse(text)
    (found,) = refusal.value.findings
    assert found.message
    assert found.hint
    return found.code


@given(DAYS)
def test_a_day_written_in_any_way_is_that_day(day: datetime.date) -> None:
    printed = CalendarDate.parse(day.isoformat())
    slashes = f"{day.year}/{day.month}/{day.day}"
    for written in (printed.wareki, printed.seireki, printed.iso, slashes, printed.wareki.translate(WIDE)):
        again = CalendarDate.parse(written)
        assert again.day == day
        assert again.source == str(again) == written
        assert (again.wareki, again.seireki) == (printed.wareki, printed.seireki)


@given(DAYS, st.sampled_from(ERAS))
def test_only_the_era_that_holds_a_day_may_name_it(day: datetime.date, era: object) -> None:
    chosen = next(each for each in ERAS if each is era)
    if day.year < chosen.first.year:
        return
    written = f"{chosen.name}{day.year - chosen.first.year + 1}年{day.month}月{day.day}日"
    if chosen.holds(day):
        assert CalendarDate.parse(written).day == day
    else:
        assert refused(CalendarDate.parse, written) == "outside-era"


@given(DAYS)
def test_every_day_has_exactly_one_era(day: datetime.date) -> None:
    assert [era for era in ERAS if era.holds(day)] == [CalendarDate(day, "").era]


def test_every_fiscal_year_written_in_any_way_is_that_year() -> None:
    for year in YEARS:
        _is_that_year(year)


def _is_that_year(year: int) -> None:
    printed = FiscalYear.parse(f"{year}年度")
    for written in (printed.wareki, printed.seireki, f"西暦{year}年度", printed.wareki.translate(WIDE)):
        again = FiscalYear.parse(written)
        assert (again.year, again.source) == (year, written)
        assert (again.wareki, again.seireki) == (printed.wareki, printed.seireki)
    assert printed.first_day.iso == f"{year}-04-01"
    assert printed.last_day.iso == f"{year + 1}-03-31"


def test_the_era_that_prints_a_fiscal_year_has_a_day_in_it() -> None:
    for year in YEARS:
        printed = FiscalYear.parse(f"{year}年度")
        assert printed.era in (printed.first_day.era, printed.last_day.era)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("明治45年7月29日", "大正元年7月30日"),
        ("大正15年12月24日", "昭和元年12月25日"),
        ("昭和64年1月7日", "平成元年1月8日"),
        ("平成31年4月30日", "令和元年5月1日"),
    ],
)
def test_eras_change_on_their_true_day(last: str, first: str) -> None:
    before, after = CalendarDate.parse(last), CalendarDate.parse(first)
    assert after.day - before.day == datetime.timedelta(days=1)
    assert (before.wareki, after.wareki) == (last, first)


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("平成25年度", 2013),
        ("平成 25 年度", 2013),
        ("平成1年度", 1989),
        ("平成元年度", 1989),
        ("昭和63年度", 1988),
        ("平成31年度", 2019),
        ("令和元年度", 2019),
        ("大正15年度", 1926),
        ("昭和元年度", 1926),
        ("明治45年度", 1912),
        ("大正元年度", 1912),
        ("明治19年度", 1886),
    ],
)
def test_a_fiscal_year_may_be_named_by_any_era_that_has_a_day_in_it(written: str, year: int) -> None:
    assert FiscalYear.parse(written).year == year


def test_the_year_of_two_eras_prints_as_written_and_else_as_the_newer() -> None:
    assert FiscalYear.parse("平成31年度").wareki == "平成31年度"
    assert FiscalYear.parse("2019年度").wareki == "令和元年度"


def test_the_era_that_begins_in_the_last_months_of_a_year_does_not_name_it() -> None:
    assert FiscalYear.parse("1988年度").wareki == "昭和63年度"


@pytest.mark.parametrize("written", ["平成40年度", "平成32年度", "昭和64年度", "大正16年度", "明治46年度", "平成0年度"])
def test_a_fiscal_year_outside_its_era_is_refused(written: str) -> None:
    assert refused(FiscalYear.parse, written) == "outside-era"


@pytest.mark.parametrize(
    "written", ["平成31年5月1日", "昭和64年1月8日", "令和元年4月30日", "平成40年4月1日", "令和0年1月1日"]
)
def test_a_day_outside_its_era_is_refused(written: str) -> None:
    assert refused(CalendarDate.parse, written) == "outside-era"


def test_the_hint_offers_the_right_writing() -> None:
    with pytest.raises(Refusal) as refusal:
        FiscalYear.parse("平成40年度")
    assert "令和10年度" in refusal.value.findings[0].hint
    with pytest.raises(Refusal) as refusal:
        CalendarDate.parse("H25.4.1")
    assert "平成25年4月1日" in refusal.value.findings[0].hint


@pytest.mark.parametrize(
    "written",
    ["2013年2月29日", "2013-02-30", "平成25年4月31日", "2013年13月1日", "2013年0月1日", "明治5年12月2日", "1872-12-31"],
)
def test_a_day_that_does_not_exist_is_refused(written: str) -> None:
    assert refused(CalendarDate.parse, written) == "date-does-not-exist"


@pytest.mark.parametrize("written", ["1885年度", "2200年度", "明治18年度"])
def test_a_fiscal_year_beyond_the_calendar_is_refused(written: str) -> None:
    assert refused(FiscalYear.parse, written) == "date-does-not-exist"


@pytest.mark.parametrize(
    "written", ["平成25年", "25年度", "H25年度", "平25年度", "㍻25年度", "13年度", "平成二十五年度", "2013", "x"]
)
def test_what_is_no_fiscal_year_is_refused(written: str) -> None:
    assert refused(FiscalYear.parse, written) == "fiscal-year-not-understood"


@pytest.mark.parametrize(
    "written", ["4月1日", "2013-4", "2013-04/01", "R7.4.1", "25年4月1日", "2013年4月", "20130401", "x" * 5000]
)
def test_what_is_no_date_is_refused(written: str) -> None:
    assert refused(CalendarDate.parse, written) == "date-not-understood"


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (CalendarDate.parse, FiscalYear.parse):
        try:
            assert parse(text).source == text
        except Refusal as refusal:
            assert refusal.findings
