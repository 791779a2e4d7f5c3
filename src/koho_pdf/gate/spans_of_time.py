"""How long a period is said to be: 3月10日から12日までの3日間, 令和9年度から13年度までの5年間."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from koho_pdf.content.values.dates import ERAS
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_days import days_in, number

_TILL = late(r"\s?(?:[～〜~–—-]|から|より)\s?")
_LONG = late(
    r"(?:まで)?(?:の|、|,|に|で)?(?:計|合計|延べ)?\s?[(（]?(?P<long>[0-9]{1,3})(?P<unit>日間|週間)(?!以|後|前)"
)
_BUT = late("除|休日|休みを|平日|うち|土日|土・日|土曜|日曜|開館日|開催日|延べ|の間の")
_NAMED = "(?:(?P<era{0}>明治|大正|昭和|平成|令和)?(?P<count{0}>元|[0-9]{{1,4}}))"
_YEARS = late(
    rf"(?<![0-9]){_NAMED.format(1)}(?P<a>年度?)?(?:から|[～〜~–—-]){_NAMED.format(2)}(?P<b>年度?)(?:まで)?(?:の|、)?\s?[(（]?(?P<long>[0-9]{{1,2}})(?:[かカヶケ箇]年|年)(?:間|計画)"
)
_MONTHS = late(
    r"(?<![0-9])(?P<one>1[0-2]|[1-9])月(?:から|[～〜~–—-])(?:翌年)?(?P<other>1[0-2]|[1-9])月(?:まで)?(?:の|、)?\s?[(（]?(?P<long>[0-9]{1,2})[かカヶケ箇]月"
)
_WHOLE_MONTHS = late(
    r"(?<![0-9])(?P<one>1[0-2]|[1-9])月1日(?:\([^)]*\))?(?:から|[～〜~–—-])(?:翌年の?)?(?P<other>1[0-2]|[1-9])月(?:末日?|(?:28|29|30|31)日)(?:\([^)]*\))?(?:まで)?(?:の|、)?\s?[(（]?(?P<long>[0-9]{1,2})[かカヶケヵ箇]月"
)
_ERA = {era.name: era.first.year - 1 for era in ERAS}


def spans_of(prose: Prose) -> Iterator[Alarm]:
    """An alarm for each period that is not as long as it is said to be, its first and last day, month or year counted."""
    if "日間" in prose.text or "週間" in prose.text:
        yield from _days(prose)
    if "年間" in prose.text or "年計画" in prose.text:
        yield from _years(prose)
    for found in _MONTHS.finditer(prose.half):
        apart = (int(found["other"]) - int(found["one"])) % 12
        if int(found["long"]) not in (apart, apart + 1):
            yield _alarm(prose, found.start(), found.end(), f"{apart + 1}か月")
    for found in _WHOLE_MONTHS.finditer(prose.half):
        months = (int(found["other"]) - int(found["one"])) % 12 + 1
        if int(found["long"]) != months:
            yield _alarm(prose, found.start(), found.end(), f"{months}か月")


def _days(prose: Prose) -> Iterator[Alarm]:
    for first, last in itertools.pairwise(days_in(prose, None)):
        found = _LONG.match(prose.half, last.end)
        if not found or not _TILL.fullmatch(prose.half, first.end, last.begin) or not (first.exists and last.exists):
            continue
        if _BUT.search(prose.text, first.begin, min(len(prose.text), found.end() + 12)):
            continue
        apart = _apart(first.month, first.day, last.month, last.day)
        if found["unit"] == "週間":
            if abs(apart + 1 - 7 * int(found["long"])) > 1:
                yield _alarm(prose, first.begin, found.end(), f"{apart + 1}日間")
        elif apart + 1 != int(found["long"]):
            yield _alarm(prose, first.begin, found.end(), f"{apart + 1}日間")


_ENDS = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def _apart(month: int, day: int, till: int, last: int) -> int:
    """The days from one to another of a common year, or of the year after it."""
    return (_ENDS[till - 1] + last - _ENDS[month - 1] - day) % 365


def _years(prose: Prose) -> Iterator[Alarm]:
    for found in _YEARS.finditer(prose.half):
        era = found["era1"] or ""
        begin = number(found["count1"]) + (_ERA[era] if era else 0)
        end = number(found["count2"]) + (_ERA[found["era2"] or era] if found["era2"] or (era and begin > 1800) else 0)
        if end <= begin or (found["a"] and found["a"] != found["b"]):
            continue
        apart, said = end - begin, int(found["long"])
        if said != apart + 1 and not (said == apart and found["b"] == "年"):
            yield _alarm(prose, found.start(), found.end(), f"{apart + 1}年間")


def _alarm(prose: Prose, begin: int, end: int, right: str) -> Alarm:
    told = f"「{prose.text[begin:end]}」の長さが合いません。始めと終わりを入れて{right}です。"
    return Alarm(begin, end, told, hint="始め、終わり、長さのどれが違うか、確かめてください。")
