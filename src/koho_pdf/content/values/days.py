"""A day that may take its year or month from the text before it; its day of the week is checked."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.content.values.narrowed import Narrowed
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.refusal import Refusal

_WEEKDAYS = "月火水木金土日"  # as datetime counts them
_WEEKDAY = (
    r"(?P<weekday>\((?:(?P<name>[月火水木金土日])(?:曜日?)?)?(?P<holiday>[・,、]?(?:祝日?|休日?|振休|振替休日|祝休日))?\)"
    r"|(?P<bare>[月火水木金土日])曜日?)"
)
DAY = re.compile(
    r"(?:(?P<named>(?:明治|大正|昭和|平成|令和)(?:元|[0-9]{1,3})年|(?:西暦)?[0-9]{4}年)(?=[0-9]{1,2}月))?"
    r"(?:(?:(?P<month>[0-9]{1,2})月)?(?P<day>[0-9]{1,2})日(?!間)"
    r"|(?P<year>[0-9]{4})(?P<sign>[-/.])(?P<month2>[0-9]{1,2})(?P=sign)(?P<day2>[0-9]{1,2})(?![0-9])"
    r"|(?P<month3>[0-9]{1,2})/(?P<day3>[0-9]{1,2})(?![0-9/]))"
    rf"(?!\(\))(?:{_WEEKDAY})?"
)
"""A day, with its day of the week where that is written: 令和9年4月1日(木), 4月1日(木・祝), 8日, 4/1(木)."""

_GOES_ON = re.compile("[0-9午正毎翌終]")
_PAST = datetime.timedelta(days=45)
"""How long before its issue a day without a year may lie; most lie after it."""
_LONG_PAST = datetime.timedelta(days=100)
"""The same where the day of the week is that of the past year and not of the coming one."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and whether its year and month were written with it."""

    date: datetime.date
    has_year: bool = False
    has_month: bool = True


def day_given(text: str, issue_day: datetime.date | None) -> CalendarDate:
    """The day of a whole text, as typed. Raises ``Refusal``: as ``CalendarDate.parse``, and weekday-differs."""
    narrowed = Narrowed(text)
    found = narrowed.take(DAY)
    if found is None or not narrowed.at_end or (found["day"] and not found["month"]):
        return CalendarDate.parse(text)
    return CalendarDate(day_of(found, narrowed, issue_day, None).date, text.strip())


def day_of(
    found: re.Match[str], text: Narrowed, issue_day: datetime.date | None, last: Day | None, after: Day | None = None
) -> Day:
    """The day of a match. ``last`` is the day read before it, ``after`` the first day of a range that it ends.

    Raises ``Refusal``: date-does-not-exist, outside-era, weekday-differs, occasion-not-understood.
    """
    month_text, day_text = (
        found["month"] or found["month2"] or found["month3"],
        found["day"] or found["day2"] or found["day3"],
    )
    typed = text.typed(found)
    if not found["day"]:  # 4/1, 2027-04-01: otherwise the signs would be read out
        year = f"{found['year']}年" if found["year"] else ""
        text.say(found, f"{year}{int(month_text)}月{int(day_text)}日", "month3" if found["month3"] else "year")
        _say_nothing(text, found)
    if month_text is None and last is None:
        raise Refusal(
            error(
                "occasion-not-understood",
                f"「{typed[:20]}」が何月か分かりません。",
                hint="「4月8日」のように、月も書いてください。",
            )
        )
    month = int(month_text) if month_text else last.date.month if last else 0
    day = int(day_text)
    if found["named"] or found["year"]:
        named = f"{found['named'] or found['year'] + '年'}{month}月{day}日"
        read = Day(CalendarDate.parse(named).day, has_year=True)
    else:
        read = Day(
            _dated(month, day, typed, issue_day, last, after, month_text is not None), has_month=bool(month_text)
        )
    wrong = _wrong_weekday(found, read, typed)
    if wrong and issue_day and not read.has_year and last is None and read.date > issue_day:
        past = Day(_date(read.date.year - 1, month, day, typed))
        if past.date >= issue_day - _LONG_PAST and _wrong_weekday(found, past, typed) is None:
            return past
    if wrong and issue_day:
        raise Refusal(wrong)
    return read


def _dated(
    month: int,
    day: int,
    typed: str,
    issue_day: datetime.date | None,
    last: Day | None,
    after: Day | None,
    has_month: bool,
) -> datetime.date:
    """The year that is meant. For the end of a range: the first possible one from its beginning on; for a day without a
    month: that of the day before; otherwise the first possible one from shortly before the issue's date on.
    """
    if last and (not has_month or last.has_year):
        year = last.date.year + (has_month and after is not None and month < after.date.month)
        return _date(year, month, day, typed)
    if after:
        return _date(after.date.year + (month < after.date.month), month, day, typed)
    begin = (issue_day or datetime.date(2024, 4, 1)) - _PAST
    return _date(begin.year + ((month, day) < (begin.month, begin.day)), month, day, typed)


def _date(year: int, month: int, day: int, typed: str) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise Refusal(
            error(
                "date-does-not-exist",
                f"「{typed[:20]}」という日はありません（{year}年）。",
                hint="月と日を確かめてください（2月は28日か29日まで、4・6・9・11月は30日まで）。",
            )
        ) from None


def _wrong_weekday(found: re.Match[str], read: Day, typed: str) -> Finding | None:
    name = found["name"] or found["bare"]
    right = _WEEKDAYS[read.date.weekday()]
    if not name or name == right:
        return None
    return error(
        "weekday-differs",
        f"「{typed[:30]}」の曜日が違います。{CalendarDate(read.date, '').wareki}は{right}曜日です。",
        hint=f"日か曜日のどちらかを直してください。この年の{read.date.month}月{read.date.day}日なら（{right}）です。"
        + ("" if read.has_year else "年が違うなら、「令和9年4月1日」のように年も書いてください。"),
    )


def say_weekday(found: re.Match[str], text: Narrowed, *, pause: bool = True) -> None:
    """Say the day of the week in full; with a ``pause`` if words follow directly."""
    if not found["weekday"] or found["bare"]:
        return
    holiday = (found["holiday"] or "").lstrip("・,、")
    words = [f"{found['name']}曜日"] if found["name"] else []
    words += [{"祝": "祝日", "休": "休日", "振休": "振替休日"}.get(holiday, holiday)] if holiday else []
    text.say(found, "、".join(words) + ("、" if pause and text.sees(_GOES_ON) and not text.spaced else ""), "weekday")


def _say_nothing(text: Narrowed, found: re.Match[str]) -> None:
    """Say nothing for the rest of a day in figures; its first part already says all."""
    first = "month3" if found["month3"] else "year"
    last = "day3" if found["month3"] else "day2"
    text.silence(found.end(first), found.end(last))
