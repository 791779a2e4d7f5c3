"""Days of the week told apart from their days: of the last day, the day after, the third Saturday, of days listed before
them, and in cells whose month heads the row."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Grid, Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_days import WEEKDAYS, SaidDay, days_in

_ENDS = late(r"(?P<which>最終日|初日|最後の日|最初の日)の(?P<weekday>[月火水木金土日])曜(?!日?[・と])")
_BESIDE = late(
    r"(?P<which>翌日|次の日|前日|前の日|翌々日|前々日)(?:の|は|が|に当たる|、)(?P<weekday>[月火水木金土日])曜(?!日?[・と])"
)
_STEPS = {"翌日": 1, "次の日": 1, "翌々日": 2, "前日": -1, "前の日": -1, "前々日": -2}
_LISTED = late(
    r"(?<![0-9])(?P<month>[0-9]{1,2})月(?P<days>[0-9]{1,2}日(?:[、・,]\s?(?:[0-9]{1,2}月)?[0-9]{1,2}日)+)(?:の|(?:は|が)?[、(]?(?:いずれも|すべて|全て|全部|ともに|どちらも)?、?|、)?(?P<each>毎週)?(?P<weekday>[月火水木金土日])曜(?!日?[・と])"
)
_IN_BRACKETS = late(r"(?P<weekday>[月火水木金土日])曜日?\((?P<days>[0-9]{1,2}日(?:[、・,]\s?[0-9]{1,2}日)+)\)")
_NTH = late(
    r"第(?P<count>[1-5一二三四五])(?P<weekday>[月火水木金土日])曜日?(?:に当たる|にあたる|である|の)、?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日|(?<![0-9])(?P<month2>[0-9]{1,2})月(?P<day2>[0-9]{1,2})日(?:は|が)、?(?:[^0-9。、]{0,6}の)?第(?P<count2>[1-5一二三四五])(?P<weekday2>[月火水木金土日])曜"
)
_LAST = late(
    r"(?<![0-9])(?P<month>[0-9]{1,2})月の?(?P<which>最後|最終|最初|初め)の?(?P<weekday>[月火水木金土日])曜日?(?:に当たる|である|の|、|\(|は、?)(?:同月)?(?P<day>[0-9]{1,2})日"
)
_CELL = late(r"(?P<day>[0-9]{1,2})日?\s?\((?P<weekday>[月火水木金土日])(?:曜日?)?\)")
_MONTH = late(r"(?P<month>1[0-2]|[1-9])月")
_FAR = 80


def other_weekdays(prose: Prose, today: datetime.date | None) -> Iterator[Alarm]:
    """An alarm for each day of the week that is another one."""
    if "曜" not in prose.text:
        return
    half = prose.half
    for found in _ENDS.finditer(half):
        before = _before(prose, today, found.start())
        last = found["which"].startswith("最後") or found["which"] == "最終日"
        day = (before[-1] if last else before[0]) if before else None
        if day and day.date and WEEKDAYS[day.date.weekday()] != found["weekday"]:
            yield _alarm(prose, found.start(), found.end(), day.date)
    for found in _BESIDE.finditer(half):
        before = _before(prose, today, found.start())
        dates = {each.date for each in before}
        if len(dates) != 1 or before[0].date is None:
            continue
        date = before[0].date + datetime.timedelta(days=_STEPS[found["which"]])
        if WEEKDAYS[date.weekday()] != found["weekday"]:
            yield _alarm(prose, found.start(), found.end(), date)
    for found in _LISTED.finditer(half):
        yield from _of_list(prose, today, found, int(found["month"]))
    for found in _IN_BRACKETS.finditer(half):
        months = {each.month for each in days_in(prose, today) if each.end <= found.start()}
        if len(months) == 1:
            yield from _of_list(prose, today, found, months.pop())
    for found in _LAST.finditer(half):
        date_ = _date(int(found["month"]), int(found["day"]), today)
        step = datetime.timedelta(days=7 if found["which"].startswith("最後") or found["which"] == "最終" else -7)
        if date_ and (WEEKDAYS[date_.weekday()] != found["weekday"] or (date_ + step).month == date_.month):
            yield _alarm(prose, found.start(), found.end(), date_)
    for found in _NTH.finditer(half):
        two = "2" if found["month2"] else ""
        date_ = _date(int(found[f"month{two}"]), int(found[f"day{two}"]), today)
        count = "一二三四五".find(found[f"count{two}"]) + 1 or int(found[f"count{two}"])
        if date_ and (WEEKDAYS[date_.weekday()] != found[f"weekday{two}"] or (date_.day - 1) // 7 + 1 != count):
            told = f"「{prose.text[found.start() : found.end()]}」が合いません。{date_.month}月{date_.day}日は第{(date_.day - 1) // 7 + 1}{WEEKDAYS[date_.weekday()]}曜日です。"
            yield Alarm(found.start(), found.end(), told, hint="日と、何番目の曜日かを確かめてください。")


def _before(prose: Prose, today: datetime.date | None, at: int) -> list[SaidDay]:
    """The days told shortly before a place, of whose year nobody doubts."""
    return [each for each in days_in(prose, today) if at - _FAR < each.begin and each.end <= at and each.date]


def _date(month: int, day: int, today: datetime.date | None) -> datetime.date | None:
    said = days_in(Prose(f"{month}月{day}日"), today)
    return said[0].date if said else None


def _of_list(prose: Prose, today: datetime.date | None, found: re.Match[str], month: int) -> Iterator[Alarm]:
    dates = []
    for each in re.finditer(r"(?:(?P<month>[0-9]{1,2})月)?(?P<day>[0-9]{1,2})日", found["days"]):
        month = int(each["month"] or month)
        dates.append(_date(month, int(each["day"]), today))
    known = [date for date in dates if date]
    alike = len(known) == len(dates) and len({date.weekday() for date in known}) == 1
    if alike and WEEKDAYS[known[0].weekday()] != found["weekday"]:
        yield _alarm(prose, found.start(), found.end(), known[0])
    others = [date for date in known if WEEKDAYS[date.weekday()] != found["weekday"]]
    if len(known) == len(dates) and len(others) == 1 and len(known) > 2:  # one of them
        yield _alarm(prose, found.start(), found.end(), others[0])


def weekdays_of_cells(grids: Sequence[Grid], today: datetime.date | None) -> Iterator[tuple[Prose, Alarm]]:
    """6月 and, in the cells beside or below it, 8日（火）."""
    for grid in grids:
        for row in grid.rows:
            for at, cell in enumerate(row):
                found = _CELL.fullmatch(cell.prose.half.strip())
                month = _MONTH.fullmatch(row[0].prose.half.strip()) or _MONTH.fullmatch(
                    grid.rows[0][at].prose.half.strip()
                )
                date = _date(int(month["month"]), int(found["day"]), today) if found and month else None
                if found and date and WEEKDAYS[date.weekday()] != found["weekday"]:
                    begin = len(cell.prose.half) - len(cell.prose.half.lstrip())
                    yield cell.prose, _alarm(cell.prose, begin, begin + found.end(), date)


def _alarm(prose: Prose, begin: int, end: int, date: datetime.date) -> Alarm:
    words = prose.text[begin:end].replace("\n", "")
    told = f"「{words}」の曜日が違います。{date.year}年{date.month}月{date.day}日は{WEEKDAYS[date.weekday()]}曜日です。"
    return Alarm(begin, end, told, hint="日と曜日のどちらかを直してください。")
