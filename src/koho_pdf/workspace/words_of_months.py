"""Words of an issue moved on to the next one: numbers, days and months, each in the form of its old writing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.manuscript.refusal import Refusal

_FIGURE = "[0-9０-９][0-9０-９,，]*"
_NUMBERS = tuple(
    re.compile(each)
    for each in (
        f"{_FIGURE}(?=号)",
        rf"(?:(?<=第)|(?<=通巻)|(?<=通算)|(?<=[Nn]o)|(?<=[Nn]o\.)|(?<=[Nn]o\. )){_FIGURE}",
        f"{_FIGURE}(?![0-9０-９,，年月日巻/])",
    )
)
"""Where the number of an issue stands, the surest first; a year or a month (令和9年3月号) is none."""
_TIMES = re.compile(r"(?<=第)[0-9０-９]+(?=回$)")
_DAY = re.compile(
    r"(?:[0-9]{4}|(?:昭和|平成|令和)(?:元|[0-9]{1,2}))年[0-9]{1,2}月[0-9]{1,2}日(?:[（(][月火水木金土日][)）])?"
)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789", ",，")
_KANJI = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def month_words(text: str, before: datetime.date, day: datetime.date) -> str:
    """A text whose words for the old month (3月, ３月, 三月), not a day of it, are those for the new one; a year before
    the month goes with it (2026年12月: 2027年1月), and the month of another year stays."""
    old, new = before.month, day.month
    for was, is_ in zip(_with_year(before), _with_year(day), strict=True):
        text = re.sub(rf"(?<![0-9０-９]){was}(?![0-9０-９]+日)", is_, text)
    pairs = (
        (str(old), str(new)),
        (str(old).translate(_WIDE), str(new).translate(_WIDE)),
        (_KANJI[old - 1], _KANJI[new - 1]),
    )
    for was, is_ in pairs:
        text = re.sub(
            rf"(?<![0-9０-９元]年)(?<![0-9０-９一二三四五六七八九十か]){was}月(?![0-9０-９一二三四五六七八九十])",
            f"{is_}月",
            text,
        )
    return text


def _with_year(day: datetime.date) -> list[str]:
    """The month of a day with its year, by the common calendar and by era, in narrow and in wide figures."""
    found = [re.sub("月.*", "月", each) for each in (CalendarDate(day, "").seireki, CalendarDate(day, "").wareki)]
    return [*found, *(each.translate(_WIDE) for each in found)]


def comments_moved(raw: bytes, before: datetime.date, day: datetime.date) -> bytes:
    """A file whose comment lines name the new month where they named the old one with its year (2027年3月号)."""
    old, new = (f"{each.year}年{each.month}月".encode() for each in (before, day))
    return re.sub(
        rb"^[ \t]*#.*$",
        lambda line: re.sub(re.escape(old) + rb"(?![0-9])", lambda _: new, line[0]),
        raw,
        flags=re.MULTILINE,
    )


def month_in_address(text: str, before: datetime.date, day: datetime.date) -> str:
    """A web address with the new month in place of the old one (…/koho/2027-03/audio); any other text as it is."""
    if not re.match("https?://", text.strip()):
        return text
    for sign in ("-", "/", ""):
        old, new = (f"{each.year}{sign}{each.month:02}" for each in (before, day))
        text = re.sub(rf"(?<![0-9]){old}(?![0-9]|-[0-9])", new, text)
    return text


def days_in(text: str, later: Callable[[datetime.date], datetime.date]) -> str:
    """A text with each day that has its year (2027年2月24日, 令和9年2月24日) moved, and its day of the week with it."""

    def moved(found: re.Match[str]) -> str:
        try:
            day = CalendarDate.parse(re.sub("[（(].*", "", found[0])).day
        except Refusal:
            return found[0]
        return written_like(found[0], CalendarDate(later(day), ""))

    return _DAY.sub(moved, text)


def next_number(text: str) -> str:
    """A text whose number of an issue is one more: 第1,025号."""
    pattern = next((each for each in _NUMBERS if each.search(text)), None)
    return pattern.sub(lambda number: _one_more(number[0]), text, count=1) if pattern else text


def next_time(text: str) -> str:
    """A text that ends with 第18回, one time more."""
    return _TIMES.sub(lambda number: _one_more(number[0]), text)


def fiscal_year_like(old: str, year: int) -> str:
    """An old writing with another fiscal year, counted as it counts."""
    return re.sub(r"(元|[0-9]+)(?=年度)", lambda _: _year_like(old, year), old)


def written_like(old: str, day: CalendarDate) -> str:
    """A day in the form of an old writing: by era, by the common calendar, or in figures alone; with its day of the
    week where that one has it."""
    weekday = re.search(r"[(（][月火水木金土日]", old)
    behind = ""
    if weekday:
        sign = weekday[0][0]
        behind = f"{sign}{'月火水木金土日'[day.day.weekday()]}{')' if sign == '(' else '）'}"
    if figures := re.search(r"[0-9]{4}([-/])[0-9]{1,2}", old):
        return day.iso.replace("-", figures[1])
    if re.search("明治|大正|昭和|平成|令和", old):
        return day.wareki + behind
    return (day.seireki if re.search(r"[0-9]{4}年", old) else f"{day.day.month}月{day.day.day}日") + behind


def month_like(old: str, first: datetime.date) -> str:
    """A month in the form of an old writing: 令和9年4月, 2027年4月, 2027-04."""
    return re.sub("[-/]01$|1日$", "", written_like(old, CalendarDate(first, "")))


def _one_more(number: str) -> str:
    """The next number, in the form of the last: 1,024, 1024, １０２４."""
    value = int(number.translate(_NARROW)) + 1
    written = f"{value:,}" if re.search("[,，]", number) else str(value)
    return written.translate(_WIDE) if re.search("[０-９]", number) else written


def _year_like(old: str, year: int) -> str:
    """The number of a fiscal year as an old writing counts it: by its era, or by the common calendar."""
    if not re.search("明治|大正|昭和|平成|令和", old):
        return str(year)
    return CalendarDate(datetime.date(year, 4, 1), "").era.count(year)
