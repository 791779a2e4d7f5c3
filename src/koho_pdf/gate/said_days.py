"""The days and years that a text names, and which days they are."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import jpholiday

from koho_pdf.content.values.dates import ERAS, Era
from koho_pdf.gate.prose import Prose

WEEKDAYS = "月火水木金土日"
_ERA = {era.name: era for era in ERAS}
_YEAR = r"(?:(?P<era>明治|大正|昭和|平成|令和)\s?(?P<count>元|[0-9]{1,3})|(?:西暦\s?)?(?<![0-9])(?P<common>1[89][0-9]{2}|2[01][0-9]{2}))\s?年"
_MARK = (
    r"(?:\s?[(\[](?P<weekday>[月火水木金土日])(?:曜日?)?(?P<holiday>[・,、]?(?:祝日?|休日?|振休|振替休日|祝休日|振替))?[)\]]"
    r"|\s?[(\[](?P<only>祝日?|休日?|振替休日)[)\]]"
    r"|(?:は|の|、)?(?P<spoken>[月火水木金土日])曜(?:日|(?=[、。のにはまか])))"
)
_OTHER = r"(?:\([^()0-9]{0,4}[0-9元]{1,4}年?\))?"
DAY = re.compile(
    rf"(?:(?:{_YEAR}{_OTHER}|(?P<same>同年|翌年|本年|今年|来年|昨年|去年))の?\s?)?"
    rf"(?:(?<![0-9第])(?P<month>[0-9]{{1,2}})\s?月\s?(?P<day>[0-9]{{1,2}})\s?日(?![間目分本])"
    rf"|(?<![0-9第/月.-])(?P<bare>[0-9]{{1,2}})\s?日(?=\s?[(\[][月火水木金土日祝休]))"
    rf"{_MARK}?"
    rf"|(?<![0-9/.-])(?:(?P<iso>[0-9]{{4}})[/.-])?(?P<month2>[0-9]{{1,2}})[/.-](?P<day2>[0-9]{{1,2}})(?![0-9/.-])"
    rf"(?P<mark2>\s?\((?P<weekday2>[月火水木金土日])(?:曜日?)?(?P<holiday2>[・,、]?(?:祝日?|休日?|振休))?\))"
)
YEAR = re.compile(
    rf"{_YEAR}(?P<fiscal>度)?(?P<decade>代)?(?:の?\s?(?P<month>[0-9]{{1,2}})月(?:\s?(?P<day>[0-9]{{1,2}})日)?)?"
)
_PAST = re.compile(
    r"(?:ました|でした|った|した|いた|れた|えた)(?:[。」）)]|$|(?:もの|こと|の|方|人|結果|様子|ところ|と)?[、。])"
)
_ENDS = re.compile("[。\n]")
_LOOKS_BACK = datetime.timedelta(days=45)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day in a text. ``date`` is None if there is no such day, or if its year cannot be known.

    ``exists`` is false for 4月31日. ``has_year``: its year is written with it or before it. ``weekday`` is 月 to 日 as
    written, else empty; ``holiday`` the mark beside it (祝, 休); ``marked`` begin and end of the mark with its brackets.
    """

    begin: int
    end: int
    month: int
    day: int
    date: datetime.date | None
    exists: bool = True
    has_year: bool = False
    weekday: str = ""
    holiday: str = ""
    marked: tuple[int, int] = (0, 0)
    bare: bool = False


@dataclass(frozen=True, slots=True)
class SaidYear:
    """A year in a text: ``era`` and ``count`` as written or, without an era, the ``year`` of the common calendar."""

    begin: int
    end: int
    year: int
    era: Era | None
    count: int
    is_fiscal: bool
    is_decade: bool
    month: int
    day: int
    name_ends: int


def years_in(prose: Prose) -> Iterator[SaidYear]:
    """Every year with 年, by era or by the common calendar."""
    for found in YEAR.finditer(prose.half):
        era = _ERA.get(found["era"] or "")
        count = 1 if found["count"] == "元" else int(found["count"] or 0)
        year = era.first.year + count - 1 if era else int(found["common"])
        month, day = int(found["month"] or 0), int(found["day"] or 0)
        name_ends = found.start("month") if found["month"] else found.end()
        fiscal, decade = bool(found["fiscal"]), bool(found["decade"])
        yield SaidYear(found.start(), found.end(), year, era, count, fiscal, decade, month, day, name_ends)


def days_in(prose: Prose, today: datetime.date | None) -> list[SaidDay]:
    """Every day that a text names, in order. ``today`` is the date of the issue: a day without a year is the next one
    from shortly before it, or the last one before it in a sentence about the past.
    """
    if today not in prose.kept:
        prose.kept[today] = _days_in(prose, today)
    days: list[SaidDay] = prose.kept[today]
    return days


def _days_in(prose: Prose, today: datetime.date | None) -> list[SaidDay]:
    said: list[SaidDay] = []
    last: SaidDay | None = None
    for found in DAY.finditer(prose.half):
        month = int(found["month"] or found["month2"] or 0)
        if not month and last is None:
            continue
        day = int(found["day"] or found["bare"] or found["day2"])
        year = _year_of(found, today)
        known = year is not None
        same = last is not None and not _ENDS.search(prose.text, last.end, found.start())
        if year is None and last and last.date and (not month or (last.has_year and same)):
            year = last.date.year + (1 if month and month < last.month else 0)
            known = last.has_year
        month = month or (last.month if last else 0)
        exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2024, month)[1]
        date = None
        if exists and year:
            date = datetime.date(year, month, day)
        elif exists and today:
            date = _near(month, day, today, is_past=bool(_PAST.search(prose.sentence_at(found.start()))))
        weekday = found["weekday"] or found["spoken"] or found["weekday2"] or ""
        holiday = (found["holiday"] or found["only"] or found["holiday2"] or "").lstrip("・,、")
        begins = found.end("day") if found["day"] else found.end("bare") if found["bare"] else found.end("day2")
        begins += found["day2"] is None  # after 日
        last = SaidDay(
            found.start(), found.end(), month, day, date, exists, known, weekday, holiday, (begins, found.end()), bool(found["bare"])
        )  # fmt: skip
        said.append(last)
    return said


def _year_of(found: re.Match[str], today: datetime.date | None) -> int | None:
    """The year that is written with a day."""
    if found["iso"] or found["common"]:
        return int(found["iso"] or found["common"])
    if found["era"]:
        return _ERA[found["era"]].first.year + (1 if found["count"] == "元" else int(found["count"])) - 1
    if found["same"] and today:
        return {"本年": today.year, "今年": today.year, "来年": today.year + 1}.get(found["same"]) or (
            today.year - 1 if found["same"] in ("昨年", "去年") else None
        )
    return None


def _near(month: int, day: int, today: datetime.date, *, is_past: bool) -> datetime.date | None:
    for year in (
        (today.year, today.year - 1) if is_past else (today.year - 1, today.year, today.year + 1, today.year + 4)
    ):
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            continue
        if date <= today if is_past else date >= today - _LOOKS_BACK:
            return date
    return None


@cache
def holiday_name(day: datetime.date) -> str:
    """The name of a national holiday (国民の祝日, 振替休日, 国民の休日); empty for other days."""
    return (jpholiday.is_holiday_name(day) or "").replace(" 振替休日", "の振替休日")


def wareki(year: int, *, fiscal: bool = False) -> str:
    """A year by the era that it ends in: 2028 -> 令和10年; 2019 -> 令和元年."""
    last = datetime.date(year + fiscal, 3, 31) if fiscal else datetime.date(year, 12, 31)
    era = next(era for era in reversed(ERAS) if era.holds(last))
    return f"{era.name}{era.count(year)}年" + ("度" if fiscal else "")
