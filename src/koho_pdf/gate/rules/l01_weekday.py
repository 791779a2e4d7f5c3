"""L01: a day of the week that is not that of its date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from koho_pdf.findings import Severity
from koho_pdf.gate.other_weekdays import other_weekdays, weekdays_of_cells
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import HALF, Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import WEEKDAYS, SaidDay, days_in, in_sign, number, years_in

_ALONE = late("[(（]?(?P<day>[月火水木金土日])(?:曜日?)?[)）]?")
_WEEKDAYS = late("曜日?")
_BEFORE = late("(?<![毎週・～〜第0-9一二三四五と])(?P<weekday>[月火水木金土日])曜日?の\\s?$")
_IN_BRACKETS = late("(?<![・～〜と])(?P<weekday>[月火水木金土日])曜日?\\($")
_LISTED = late(
    r"(?:(?<![0-9])(?P<month>[0-9]{1,2})月の)?(?P<each>毎週|各週|第[0-9一二三四五](?:・第?[0-9一二三四五])*)の?(?P<weekday>[月火水木金土日])曜日?(?:は|に|の|、|:|\s)?\(?(?P<days>(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:[、・と](?:[0-9]{1,2}月)?[0-9]{1,2}日)*)(?![間\(～〜~から]|まで)"
)
"""3月の毎週土曜日（6日、13日、20日）, 第2土曜日（4月10日）."""
_DAY = late("(?:(?P<month>[0-9]{1,2})月)?(?P<day>[0-9]{1,2})日")
_FAR = 100
"""How far from a day a year may stand that is its own, and a day from what is told of its weekday."""
_THAT_DAY = late(
    "(?:当日|この日|その日|同日|開催日|本番|式典|初日|最終日)(?:[はがも]|には?)、?(?:[0-9一二三四五六七八九十]+年ぶりの)?(?P<weekday>[月火水木金土日])曜日?(?![のごに・])"
)
_WEEKLY = late(r"(?<!第[0-9]・)(?:毎週|各週)の?(?P<weekday>[月火水木金土日])曜(?!日?[・と])")
_MONTHLY = late(
    r"(?<![0-9])(?P<month>[0-9]{1,2})月(?:の[^0-9。、\n]{1,10})?(?:は|が|、|:|\s){0,2}(?P<days>[0-9]{1,2}日(?:[、・と,]\s?(?:[0-9]{1,2}月)?[0-9]{1,2}日)+)(?![間\(～〜~から]|まで)"
)
_NTH = late(r"毎月(?:の|、)?第(?P<count>[1-5一二三四五])の?(?P<weekday>[月火水木金土日])曜(?!日?[・と])")
_ONE = late(
    r"(?<![0-9])(?P<month>[0-9]{1,2})月(?:の(?:回|会|開催日?|日程))?は、?(?:[0-9]{1,2}月)?(?P<day>[0-9]{1,2})日(?=です|に(?:開|行|実)|の(?:午前|午後|正午)|。|$)"
)
_LATIN = late(r"\s?\(?(?P<name>Sun|Mon|Tue|Wed|Thu|Fri|Sat|SUN|MON|TUE|WED|THU|FRI|SAT)(?:[a-z]*|\.)\)?(?![A-Za-z])")
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OUTSIDE = late("\\)(?:は|が)、?(?P<weekday>[月火水木金土日])曜")
_OF_YEAR = late(
    "(?:の(?:春|夏|秋|冬|初め|年末|[^。、\n]{1,6}))?に[^。\n]{0,20}。\\s*(?:期日|日程|日時|開催日|日にち|当日|式典|とき)[はが:]?\\s*$"
)
_COUNTS = {sign: at for at, sign in enumerate("一二三四五", 1)} | {str(at): at for at in range(1, 6)}


def _across(_: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """A day and its weekday in two cells of a row."""
    yield from weekdays_of_cells(reading.grids, reading.date)
    for grid in reading.grids:
        column = next((at for at, cell in enumerate(grid.rows[0]) if _WEEKDAYS.fullmatch(cell.words)), None)
        month = re.findall("[0-9]{1,2}月", grid.beside.translate(HALF))
        for row in grid.rows[1:]:
            for at, cell in enumerate(row[:3]):
                there = column if column is not None else at + 1
                found = _ALONE.fullmatch(row[there].words) if there < len(row) and there != at else None
                day = cell.prose.half.strip()
                if re.fullmatch("[0-9]{1,2}日?", day) and len(month) == 1:
                    day = f"{month[0]}{day.rstrip('日')}日"
                said = days_in(Prose(f"{day}({found['day']})"), reading.date) if found else []
                if found and len(said) == 1 and said[0].date and said[0].weekday:
                    right = WEEKDAYS[said[0].date.weekday()]
                    if right != said[0].weekday:
                        begin, date = found.start("day"), said[0].date
                        told = f"「{cell.words}」の曜日「{found['day']}」が違います。{date.year}年{date.month}月{date.day}日は{right}曜日です。"
                        yield row[there].prose, Alarm(begin, begin + 1, told, right)
                    break


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    yield from _listed(prose, reading)
    if "曜" in prose.text:
        yield from _weekly(prose, reading)
        yield from _of_that_day(prose, reading)
        yield from other_weekdays(prose, reading.date)
        yield from _nth(prose, reading)
    for said in days_in(prose, reading.date):
        if not said.weekday and said.date is not None:
            yield from _named_before(prose, said)
            yield from _named_after(prose, said)
        if not said.weekday or said.date is None:
            continue
        said = _in_its_year(prose, said)
        if said.date is None or WEEKDAYS[said.date.weekday()] == said.weekday:
            continue
        if not said.has_year and _fits_another(prose, said):
            continue
        right = WEEKDAYS[said.date.weekday()]
        at = said.weekday_at
        new = in_sign(right, prose.text[at])
        day = f"{said.date.year}年{said.date.month}月{said.date.day}日"
        told = f"「{prose.text[said.begin : said.end]}」の曜日が違います。{day}は{right}曜日です。"
        yield Alarm(said.begin, said.end, told, prose.text[said.begin : at] + new + prose.text[at + 1 : said.end])


def _fits_another(prose: Prose, said: SaidDay) -> bool:
    """Whether the weekday is right in a year that the text names near it."""
    near = [each for each in years_in(prose) if said.begin - _FAR < each.begin < said.end + _FAR]
    for year in {each.year for each in near if not each.is_fiscal}:
        try:
            date = datetime.date(year, said.month, said.day)
        except ValueError:
            continue
        if WEEKDAYS[date.weekday()] == said.weekday:
            return True
    return False


def _in_its_year(prose: Prose, said: SaidDay) -> SaidDay:
    """式典は令和10年の春に開きます。期日は4月8日（土）です: the day is of the year told just before it."""
    if said.has_year:
        return said
    before = [each for each in years_in(prose) if each.end <= said.begin and not each.is_fiscal and not each.month]
    if before and _OF_YEAR.fullmatch(prose.half, before[-1].end, said.begin):
        try:
            return replace(said, date=datetime.date(before[-1].year, said.month, said.day), has_year=True)
        except ValueError:
            return said
    return said


def _named_after(prose: Prose, said: SaidDay) -> Iterator[Alarm]:
    """元日（1月1日）は木曜日; 3/7 (Sat)."""
    assert said.date is not None
    latin, outside = _LATIN.match(prose.half, said.end), _OUTSIDE.match(prose.half, said.end)
    named = WEEKDAYS[_NAMES.index(latin["name"].lower())] if latin else outside["weekday"] if outside else ""
    right = WEEKDAYS[said.date.weekday()]
    if named and named != right and not _fits_another(prose, replace(said, weekday=named)):
        end = latin.end() if latin else outside.end() if outside else said.end
        told = f"「{prose.text[said.begin : end]}」の曜日が違います。{said.date.year}年{said.month}月{said.day}日は{right}曜日です。"
        yield Alarm(said.begin, end, told, hint="日と曜日のどちらかを直してください。")


def _nth(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    """毎月第3土曜日に開きます。4月は17日です。"""
    for nth in _NTH.finditer(prose.half):
        found = _ONE.search(prose.half, nth.end(), min(len(prose.half), nth.end() + _FAR))
        said = days_in(Prose(f"{found['month']}月{found['day']}日"), reading.date) if found else []
        if not found or not said or said[0].date is None or _MOVED.search(prose.text, nth.start(), found.end() + 12):
            continue
        date, count = said[0].date, _COUNTS[nth["count"]]
        if WEEKDAYS[date.weekday()] != nth["weekday"] or (date.day - 1) // 7 + 1 != count:
            told = f"「{prose.text[found.start() : found.end()]}」は、第{count}{nth['weekday']}曜日ではありません。"
            yield Alarm(found.start(), found.end(), told, hint="日と、何番目の曜日かを確かめてください。")


_MOVED = late("変更|ただし|のみ|臨時|振り?替|除|休み|祝日|年始|代わり")


def _of_that_day(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    """清掃は3月7日です。当日は土曜日ですので、…"""
    for found in _THAT_DAY.finditer(prose.half):
        before = [each for each in days_in(prose, reading.date) if found.start() - _FAR < each.begin < found.start()]
        if len({each.date for each in before}) != 1 or before[0].date is None:
            continue
        if re.match("[^、。\n]{0,6}(?:まで|必着|締)", prose.text[before[-1].end :]):
            continue  # 当日 is that of the event, not of the deadline
        right = WEEKDAYS[before[0].date.weekday()]
        if right != found["weekday"]:
            words, date = prose.text[found.start() : found.end()], before[0].date
            told = f"「{words}」の曜日が違います。{date.year}年{date.month}月{date.day}日は{right}曜日です。"
            yield Alarm(found.start(), found.end(), told, hint="日と曜日のどちらかを直してください。")


def _weekly(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    """毎週木曜日に開きます。3月は4日、11日、18日、24日です: most are, so the others should be."""
    for week in _WEEKLY.finditer(prose.half):
        for found in _MONTHLY.finditer(prose.half, week.end(), min(len(prose.half), week.end() + _FAR)):
            named = [
                (each, days_in(Prose(f"{each['month'] or found['month']}月{each['day']}日"), reading.date))
                for each in _DAY.finditer(prose.half, found.start("days"), found.end("days"))
            ]
            dated = [(each, said[0].date) for each, said in named if said and said[0].date]
            wrong = [(each, date) for each, date in dated if WEEKDAYS[date.weekday()] != week["weekday"]]
            for each, date in wrong if len(wrong) * 2 < len(dated) else ():
                right = WEEKDAYS[date.weekday()]
                told = f"「{each[0]}」は{week['weekday']}曜日ではありません。{date.year}年{date.month}月{date.day}日は{right}曜日です。"
                yield Alarm(each.start(), each.end(), told, hint="日と曜日のどちらかを直してください。")


def _named_before(prose: Prose, said: SaidDay) -> Iterator[Alarm]:
    """日曜日の3月13日, 木曜日（3月12日）."""
    assert said.date is not None
    found = _BEFORE.search(prose.half, max(0, said.begin - 5), said.begin)
    if not found and re.match("[)、]", prose.half[said.end : said.end + 1]):
        found = _IN_BRACKETS.search(prose.half, max(0, said.begin - 5), said.begin)
    right = WEEKDAYS[said.date.weekday()]
    if found and found["weekday"] != right:
        words = prose.text[found.start() : said.end]
        told = f"「{words}」の曜日が違います。{said.month}月{said.day}日は{right}曜日です。"
        yield Alarm(found.start(), said.end, told, hint="日と曜日のどちらかを直してください。")


def _listed(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    """Days that are listed after their weekday, or after the second Saturday of a month."""
    if "曜" not in prose.text:
        return
    for found in _LISTED.finditer(prose.half):
        month = number(found["month"] or "0") or _month_before(prose, found.start())
        counts = {_COUNTS[sign] for sign in re.findall("[0-9一二三四五]", found["each"]) if sign in _COUNTS}
        for each in _DAY.finditer(prose.half, found.start("days"), found.end("days")):
            month = number(each["month"] or "0") or month
            said = days_in(Prose(f"{month}月{each['day']}日"), reading.date) if month else []
            if not said or said[0].date is None:
                continue
            date = said[0].date
            right, count = WEEKDAYS[date.weekday()], (date.day - 1) // 7 + 1
            if right != found["weekday"]:
                told = f"「{prose.text[each.start() : each.end()]}」は{found['weekday']}曜日ではありません。{date.year}年{date.month}月{date.day}日は{right}曜日です。"
                yield Alarm(each.start(), each.end(), told, hint="日と曜日のどちらかを直してください。")
            elif counts and count not in counts and 0 not in counts:
                told = f"{date.year}年{date.month}月{date.day}日は第{count}{right}曜日です。"
                yield Alarm(found.start(), each.end(), told, hint="日と、何番目の曜日かを確かめてください。")


def _month_before(prose: Prose, at: int) -> int:
    months = re.findall("(?<![0-9])([0-9]{1,2})月(?![0-9間号])", prose.half[max(0, at - 40) : at])
    return int(months[-1]) if months else 0


RULE = Rule(
    "L01",
    "l01-weekday",
    Severity.ERROR,
    "曜日が日付と合わない",
    "日と曜日のどちらを信じてよいか分からず、来る日を間違えます。",
    wrong=(
        ("説明会は3月22日（日）に開きます。", "説明会は3月22日（月）に開きます。"),
        ("令和9年3月22日（火曜日）から受け付けます。", "令和9年3月22日（月曜日）から受け付けます。"),
        ("４月１日（金）から23日（金）まで", "４月１日（木）から23日（金）まで"),
        ("締切は3月31日火曜日です。", "締切は3月31日水曜日です。"),
        ("4/10(日) 10時から", "4/10(土) 10時から"),
        ("四月十日（日）に開きます。", "四月十日（土）に開きます。"),
        ("令和9.4.10（日）から", "令和9.4.10（土）から"),
        ("4月の土曜の窓口は、3日（土）・11日（土）です。", "4月の土曜の窓口は、3日（土）・11日（日）です。"),
        ("3月の毎週土曜日（6日、13日、21日）", ""),
        ("日曜日の3月13日に開きます。", ""),
        ("春の清掃は3月7日です。当日は土曜日です。", ""),
        ("毎月第3土曜日に開きます。4月は18日です。", ""),
        ("元日（1月1日）は木曜日です。3/7 (Sat)に開きます。", ""),
        (
            "3月8日（月）から同月12日（木）まで、4月10日土曜日・11日月曜日",
            "3月8日（月）から同月12日（金）まで、4月10日土曜日・11日日曜日",
        ),
        ("毎週木曜日に開きます。3月の開催日は4日、11日、18日、24日の4回です。", ""),
        ("式典は令和10年の春に開きます。期日は4月8日（木）です。", ""),
        ("第2土曜日（4月17日）に開きます。", ""),
        ("3月13日が日曜日に当たるため", "3月13日が土曜日に当たるため"),
        ("4月10日【日】、4月12日㊐", "4月10日【土】、4月12日㊊"),
    ),
    silent=(
        "平成21年6月21日生まれの方は、6月20日（日）から投票できます。",
        "3月21日（日・祝）は閉館します。",
        "11月3日（火）に開いた文化祭には、300人が来ました。",
        "毎月第3日曜日に開きます。",
        "2026年3月22日（日）に撮影しました。",
        "4月10日（土）・11日（日）の2日間",
        "2022（令和4）年3月25日（金）に始まりました。",
        "1月10日（日）の出初式の様子",
        "3月の毎週土曜日（6日、13日、20日、27日）、第2土曜日（4月10日）",
        "春の清掃は3月7日です。当日は日曜日です。",
        "毎月第3土曜日に開きます。4月は17日です。",
        "3/7 (Sun)、3月12日(Fri)、4月3日土、4日日",
        "毎週木曜日に開きます。3月は4日、11日、18日、25日です。",
        "令和10年の春に完成します。説明会は4月8日（木）です。",
        "休館日　月曜日、3月31日、毎週日曜日、4月3日まで",
        "平成23年の春です。3月11日（金）の午後のことでした。",
    ),
    find=_find,
    across=_across,
    date=datetime.date(2027, 3, 1),
)
