"""The days and years that a text names, and which days they are."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import jpholiday

from koho_pdf.content.values.dates import ERAS, Era
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose

WEEKDAYS = "月火水木金土日"
_ERA = {era.name: era for era in ERAS}
_LETTER = {"R": "令和", "H": "平成", "S": "昭和", "T": "大正", "M": "明治"}
_LETTER |= {name[0]: name for name in _ERA}
_N = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
"""A number of a month or a day, also as vertical text writes it."""
_COUNT = "元|[0-9]{1,3}|[一二三四五六七八九十百〇零]{1,4}"
_COMMON = "1[89][0-9]{2}|2[01][0-9]{2}|[一二][〇一二三四五六七八九]{3}"
_NAMES = "明治|大正|昭和|平成|令和"
_BESIDE = r"(?:\s?\([^()]{1,12}\)\s?)?"
"""The same year by the other calendar, before 年: 2022(令和4)年."""
_YEAR = rf"(?:(?P<era>{_NAMES}|(?<![A-Za-z])[RHSTM](?=[0-9]))\s?(?P<count>{_COUNT})|(?:西暦\s?)?(?<![0-9〇一二])(?P<common>{_COMMON})){_BESIDE}\s?年"
_OPEN, _CLOSE = r"[(\[［〈＜【〔]", r"[)\]］〉＞】〕]"
_HOLIDAY = "祝日?|休日?|振休|振替休日|祝休日|振替"
_SIGNS = {**dict(zip("㈪㈫㈬㈭㈮㈯㈰", WEEKDAYS, strict=True)), **dict(zip("㊊㊋㊌㊍㊎㊏㊐", WEEKDAYS, strict=True))}
_MARK = (
    rf"(?:\s?{_OPEN}(?:[^()0-9]{{1,10}}[・、,])?(?P<weekday>[月火水木金土日])(?:曜日?)?(?P<holiday>[・,、/]?(?:{_HOLIDAY}))?(?:[・、,][^()0-9]{{1,10}})?{_CLOSE}"
    r"|[・、]\s?(?P<inside>[月火水木金土日])(?:曜日?)?(?=\))"
    rf"|\s?{_OPEN}(?P<only>祝日?|休日?|振替休日){_CLOSE}|\s?(?P<sign>[㈪-㈰㊊-㊐])"
    r"|(?:\s|は|の|、|が|も)?(?P<spoken>[月火水木金土日])曜(?:日|(?=[、。のにはまか\s)]|$))|(?P<tail>[月火水木金土日])(?=[、・,\s]|$))"
)
_OTHER = r"(?:\([^()0-9]{0,4}[0-9元]{1,4}年?\))?"
_LETTERED = rf"(?:(?P<iso>[0-9]{{4}})|(?P<era2>{_NAMES}|(?<![A-Za-z])[RHS])\s?(?P<count2>元|[0-9]{{1,2}}))"
DAY = late(
    r"(?=[0-9一二三四五六七八九十明大昭平令西RHSTM同翌本今来昨去])"
    rf"(?:(?:{_YEAR}{_OTHER}|(?P<same>同年|翌年|本年|今年|来年|昨年|去年))の?\s?)?"
    rf"(?:(?<![0-9第一二三四五六七八九十])(?P<month>{_N})\s?月の?\s?(?P<day>{_N})\s?日(?![間目分本])"
    rf"|(?<![0-9第/月.-])(?P<bare>[0-9]{{1,2}})\s?日(?=\s?[(\[][月火水木金土日祝休]|[月火水木金土日]曜)"
    r"|(?:(?<=今月)|(?<=来月)|(?<=先月)|(?<=同月)|(?<=日[～〜~–—-])|(?<=日から)|(?<=\)[～〜~–—-])|(?<=\)から))(?P<bare2>[0-9]{1,2})\s?日(?![間目分本]))"
    rf"{_MARK}?"
    rf"|(?<![0-9/.-])(?:{_LETTERED}[/.-])?(?P<month2>[0-9]{{1,2}})[/.-](?P<day2>[0-9]{{1,2}})(?![0-9/.-])"
    rf"(?P<mark2>\s?{_OPEN}(?P<weekday2>[月火水木金土日])(?:曜日?)?(?P<holiday2>[・,、/]?(?:祝日?|休日?|振休))?{_CLOSE})"
    r"|(?<![0-9/.-])(?P<iso3>(?:19|20)[0-9]{2})(?P<dash>[/-])(?P<month3>[0-9]{1,2})(?P=dash)(?P<day3>[0-9]{1,2})(?![0-9/.-])"
)
_MAY_BE_DAY = late(r"[0-9一二三四五六七八九十]\s?[月日]|[0-9][/.-][0-9]")
"""What is in every day."""
YEAR = late(rf"{_YEAR}(?P<fiscal>度)?(?P<decade>代)?(?:の?\s?(?P<month>{_N})月(?:\s?(?P<day>{_N})日)?)?")
_SHORT = late(
    rf"(?<![A-Za-z0-9])(?P<era>[MTSHR]|{_NAMES}|(?<![一-龥])[明大昭平令])\s?(?P<count>元|[0-9]{{1,3}})(?P<dot>[./-])(?P<month>[0-9]{{1,2}})(?P=dot)(?P<day>[0-9]{{1,2}})(?![0-9./-])"
)
_PAST = late(
    r"(?:ました|でした|った|した|いた|れた|えた)(?:[。」）)]|$|(?:もの|こと|の|方|人|結果|様子|ところ|と)?[、。])"
)
_AHEAD = late("ます|です|ましょう|ください|下さい|予定|申込|申し込|募集|締切|まで|から始")
_MONTH = late(
    r"(?<![0-9一二三四五六七八九十])(?P<month>1[0-2]|[1-9])月(?![0-9間号額分生])|(?P<relative>今月|来月|先月)"
)
_MONTHS = {"先月": -1, "今月": 0, "来月": 1}
_ATTRIBUTE = late(
    "日(?:[(（][^()（）]*[)）])?(?:に|の|から|、)?[^。、0-9]{0,12}(?:った|いた|した|れた|えた|んだ|きた)[一-龥「]"
)
"""A day of which something past is told: 11月7日（土）に開いた会."""
_BORN = late("(?:以[前後降])?(?:まで|から)?(?:に|の)?(?:生まれ|生)|(?:に|から)?(?:創|設|始ま|開)")
_FAR = 40
_ENDS = late("[。\n]")
_LOOKS_BACK = datetime.timedelta(days=45)
_NOT_LONG_AGO, _LONG_AGO = datetime.timedelta(days=100), datetime.timedelta(days=150)
"""A day with the weekday that it had so many days ago is told of the past; up to the longer time only where nothing
says that it is to come."""


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day in a text. ``date`` is None if there is no such day, or if its year cannot be known.

    ``exists`` is false for 4月31日. ``has_year``: its year is written with it or before it. ``weekday`` is 月 to 日 as
    written, else empty; ``holiday`` the mark beside it (祝, 休); ``marked`` begin and end of the mark with its brackets,
    ``weekday_at`` the place of the weekday in the text.
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
    weekday_at: int = -1


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
    for found in YEAR.finditer(prose.half) if "年" in prose.half else ():
        era = _era(found["era"] or "")
        count = number(found["count"] or "0")
        year = era.first.year + count - 1 if era else number(found["common"])
        month, day = number(found["month"] or "0"), number(found["day"] or "0")
        name_ends = found.start("month") if found["month"] else found.end()
        fiscal, decade = bool(found["fiscal"]), bool(found["decade"])
        yield SaidYear(found.start(), found.end(), year, era, count, fiscal, decade, month, day, name_ends)


def short_days_in(prose: Prose) -> Iterator[SaidYear]:
    """Every day by era, with dots: R8.4.1."""
    for found in _SHORT.finditer(prose.half):
        era, count = _era(found["era"]), number(found["count"])
        year = era.first.year + count - 1
        month, day = int(found["month"]), int(found["day"])
        yield SaidYear(found.start(), found.end(), year, era, count, False, False, month, day, found.end())


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
    for found in DAY.finditer(prose.half) if _MAY_BE_DAY.search(prose.half) else ():
        written = found["month"] or found["month2"] or found["month3"]
        told = _month_before(prose, found.start(), last, today) if not written else 0
        if not written and not told:
            continue
        month = number(written or "0")
        day = number(found["day"] or found["bare"] or found["bare2"] or found["day2"] or found["day3"])
        year = _year_of(found, today)
        known = year is not None
        same = last is not None and not _ENDS.search(prose.text, last.end, found.start())
        if same and last and (_BORN.match(prose.text, last.end) or _long_ago(last, today)):
            same = False  # 平成21年6月21日生まれの方は、6月20日から
        if year is None and last and last.date and ((not written and told == last.month) or (last.has_year and same)):
            year = last.date.year + (1 if month and month < last.month else 0)
            known = last.has_year
        month = month if written else told
        exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2024, month)[1]
        weekday = (
            found["weekday"]
            or found["inside"]
            or found["spoken"]
            or found["tail"]
            or found["weekday2"]
            or _SIGNS.get(found["sign"] or "", "")
        )
        holiday = (found["holiday"] or found["only"] or found["holiday2"] or "").lstrip("・,、/")
        date = None
        if exists and year:
            date = _carried(datetime.date(year, month, day), found, weekday, month < last.month if last else False)
        elif exists and today:
            date = _near(month, day, today, prose.sentence_at(found.start()), weekday)
        name = next(each for each in ("day", "bare", "bare2", "day2", "day3") if found[each])
        begins = found.end(name) + (name in ("day", "bare", "bare2"))  # after 日
        last = SaidDay(
            found.start(), found.end(), month, day, date, exists, known, weekday, holiday, (begins, found.end()), bool(found["bare"] or found["bare2"]),
            max(found.start(each) for each in ("weekday", "inside", "spoken", "tail", "weekday2", "sign"))
        )  # fmt: skip
        said.append(last)
    return said


def _long_ago(last: SaidDay, today: datetime.date | None) -> bool:
    return bool(last.date and today and last.has_year and today.year - last.date.year > 5)


def _year_of(found: re.Match[str], today: datetime.date | None) -> int | None:
    """The year that is written with a day."""
    if common := found["iso"] or found["iso3"] or found["common"]:
        return number(common)
    for era, count in ((found["era"], found["count"]), (found["era2"], found["count2"])):
        if era:
            return int(_era(era).first.year + number(count) - 1)
    if found["same"] and today:
        return {"本年": today.year, "今年": today.year, "来年": today.year + 1}.get(found["same"]) or (
            today.year - 1 if found["same"] in ("昨年", "去年") else None
        )
    return None


def _era(name: str) -> Any:
    return _ERA.get(_LETTER.get(name, name))


def in_sign(weekday: str, sign: str) -> str:
    """A weekday as it was written: as itself, or in a sign like ㊐."""
    signs = next((each for each in ("㈪㈫㈬㈭㈮㈯㈰", "㊊㊋㊌㊍㊎㊏㊐") if sign in each), WEEKDAYS)
    return signs[WEEKDAYS.index(weekday)]


def number(words: str) -> int:
    """元, 12, 十二, 二十二 or 二〇二七 as a number."""
    if words == "元":
        return 1
    if words.isascii():
        return int(words)
    digits = "〇一二三四五六七八九"
    words = words.replace("零", "〇")
    if not re.search("[十百]", words):
        return int("".join(str(digits.index(sign)) for sign in words))
    total, last = 0, 0
    for sign in words:
        if sign in "十百":
            total += (last or 1) * (10 if sign == "十" else 100)
            last = 0
        else:
            last = digits.index(sign)
    return total + last


def _month_before(prose: Prose, at: int, last: SaidDay | None, today: datetime.date | None) -> int:
    """The month of a day that is told without one: that of the day before it, or one told alone since; 0 if there is
    none."""
    alone = list(_MONTH.finditer(prose.half, last.end if last else max(0, at - _FAR), at))
    if alone and alone[-1]["relative"]:
        return (today.month + _MONTHS[alone[-1]["relative"]] - 1) % 12 + 1 if today else 0
    return number(alone[-1]["month"]) if alone else last.month if last else 0


def _carried(date: datetime.date, found: re.Match[str], weekday: str, before: bool) -> datetime.date:
    """A day whose year was told with the day before it. Where its month comes before that one's it may be of the same
    year: its weekday says which."""
    if not before or not weekday or found["era"] or found["common"] or found["iso"] or found["same"] or found["era2"]:
        return date
    for year in (date.year, date.year - 1):
        try:
            other = date.replace(year=year)
        except ValueError:
            continue
        if WEEKDAYS[other.weekday()] == weekday:
            return other
    return date


def _near(month: int, day: int, today: datetime.date, sentence: str, weekday: str) -> datetime.date | None:
    is_past = bool(_PAST.search(sentence))
    years = (today.year, today.year - 1) if is_past else (today.year - 1, today.year, today.year + 1)
    found = None
    for year in years:
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            continue
        if date <= today if is_past else date >= today - _LOOKS_BACK:
            found = date
            break
        ago = _NOT_LONG_AGO if _AHEAD.search(sentence) else _LONG_AGO
        ago = datetime.timedelta(days=365) if _ATTRIBUTE.search(sentence) else ago
        if not is_past and today - date <= ago and WEEKDAYS[date.weekday()] == weekday:
            return date
    if (month, day) == (2, 29) and found and abs(found - today) > datetime.timedelta(days=300):
        return None  # it would be another year's
    return found


@cache
def holiday_name(day: datetime.date) -> str:
    """The name of a national holiday (国民の祝日, 振替休日, 国民の休日); empty for other days."""
    return (jpholiday.is_holiday_name(day) or "").replace(" 振替休日", "の振替休日")


def wareki(year: int, *, fiscal: bool = False) -> str:
    """A year by the era that it ends in: 2028 -> 令和10年; 2019 -> 令和元年."""
    last = datetime.date(year + fiscal, 3, 31) if fiscal else datetime.date(year, 12, 31)
    era = next(era for era in reversed(ERAS) if era.holds(last))
    return f"{era.name}{era.count(year)}年" + ("度" if fiscal else "")
