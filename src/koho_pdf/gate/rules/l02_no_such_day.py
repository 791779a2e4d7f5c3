"""L02: a date or a time that does not exist."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import days_in, short_days_in
from koho_pdf.gate.said_times import times_in

_HALF_DAY = 12
_SLASHED = late(
    "(?<![0-9/.])(?P<month>1[0-2]|0?[1-9])/(?P<day>29|3[0-9])(?![0-9/.])(?=まで|から|に|は|必着|締|消印|[～〜~]|\\((?![月火水木金土日祝休])|[、・,と]\\s?[0-9]{1,2}/[0-9])"
    "|^[ ・○●*-]*(?P<line>1[0-2]|0?[1-9])/(?P<of_line>29|3[0-9])(?![0-9/.])(?=$|[ 、:])"
    "|(?<=[0-9][、・,と])(?P<next>1[0-2]|0?[1-9])/(?P<of_next>29|3[0-9])(?![0-9/.])(?!の割合|の確率)"
    "|毎月(?P<every>3[2-9]|[4-9][0-9])日",
    re.MULTILINE,
)
_NO_MONTH = late("(?<=年)(?:0|1[3-9]|[2-9][0-9])月(?![0-9間])")


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    for said in days_in(prose, reading.date):
        words = prose.text[said.begin : said.end]
        if not said.exists and not prose.is_quoted(said.begin):
            yield Alarm(said.begin, said.end, f"「{words}」という日はありません。", hint=_last_day(said.month))
        elif said.exists and said.date is None and reading.date and (said.month, said.day) == (2, 29):
            if re.search("うるう|閏|生まれ|誕生", prose.text) or _is_named_elsewhere(prose, reading):
                continue
            yield Alarm(
                said.begin, said.end, f"「{words}」という日は、その年にはありません。", hint="うるう年ではありません。"
            )
    for found in _SLASHED.finditer(prose.half):
        month = int(found["month"] or found["line"] or found["next"] or "1")
        day = int(found["day"] or found["of_line"] or found["of_next"] or "1")
        if found["every"] or not _exists(month, day):
            begin = found.end() - len(found[0].lstrip(" ・○●*-"))
            told = f"「{prose.text[begin : found.end()]}」という日はありません。"
            yield Alarm(begin, found.end(), told, hint=_last_day(month))
    yield from _in_lists(prose, reading)
    for short in short_days_in(prose):
        if not _exists(short.month, short.day, short.year) and prose.half[short.end : short.end + 1] != "(":
            words = prose.text[short.begin : short.end]
            yield Alarm(short.begin, short.end, f"「{words}」という日はありません。", hint=_last_day(short.month))
    for found in _NO_MONTH.finditer(prose.half):
        words = prose.text[found.start() : found.end()]
        yield Alarm(found.start(), found.end(), f"「{words}」という月はありません。", hint="月は1月から12月までです。")
    for time in times_in(prose):
        words = prose.text[time.begin : time.end]
        if time.half and time.hour > _HALF_DAY:
            told = f"「{words}」という時刻はありません。{time.half}は0時から11時までです。"
            yield Alarm(
                time.begin,
                time.end,
                told,
                hint="24時間で書くなら「午前・午後」を消し、そうでないなら時を直してください。",
            )
        elif time.hour > 24 or (time.hour == 24 and time.minute):
            told = f"「{words}」という時刻はありません。"
            nights = (
                f"「翌午前{time.hour - 24}時」のように書いてください。" if time.hour < 30 else "時を確かめてください。"
            )
            yield Alarm(time.begin, time.end, told, hint=nights)
        elif time.minute > 59:
            yield Alarm(time.begin, time.end, f"「{words}」という時刻はありません。", hint="分は0から59までです。")


_NEXT = late(r"(?:\([^()]{1,6}\))?(?:[、・,と～〜~–-]|から|及び|または)\s?(?P<day>[0-9]{1,2})日(?![間目分本])")
_OF_MONTH = late(
    "(?<![0-9年])(?P<month>1[0-2]|[1-9])月(?:は|の|中に?、?)(?:毎日、?)?(?P<day>29|3[0-9])日(?![間目分本])"
)


def _in_lists(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    """4月29日、30日、31日; 2月は30日."""
    for said in days_in(prose, reading.date):
        at = said.marked[0]
        while said.exists and (found := _NEXT.match(prose.half, at)):
            at = found.end()
            if int(found["day"]) > said.day and not _exists(said.month, int(found["day"])):
                told = f"「{said.month}月{found['day']}日」という日はありません。"
                yield Alarm(found.start("day"), at, told, hint=_last_day(said.month))
    for found in _OF_MONTH.finditer(prose.half):
        if not _exists(int(found["month"]), int(found["day"])):
            told = f"「{prose.text[found.start() : found.end()]}」という日はありません。"
            yield Alarm(found.start(), found.end(), told, hint=_last_day(int(found["month"])))


_DAY_HEAD = late("日にち|日付|月日|期日|日程|日時|開催日|日|とき")


def _across(_: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """6/31 in a column of days."""
    for grid in reading.grids:
        for column in (at for at, cell in enumerate(grid.rows[0]) if _DAY_HEAD.fullmatch(cell.words)):
            for row in grid.rows[1:]:
                found = re.fullmatch("([0-9]{1,2})[/.]([0-9]{1,2})", row[column].prose.half.strip())
                if found and not _exists(int(found[1]), int(found[2])):
                    told = f"「{row[column].words}」という日はありません。"
                    yield row[column].prose, Alarm(0, len(row[column].words), told, hint=_last_day(int(found[1])))


def _is_named_elsewhere(prose: Prose, reading: Reading) -> bool:
    """Whether a 29th of February of some year is told beside one of none."""
    return any((day.month, day.day) == (2, 29) and day.date and day.has_year for day in days_in(prose, reading.date))


def _exists(month: int, day: int, year: int = 2024) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _last_day(month: int) -> str:
    if not 1 <= month <= 12:
        return "月は1月から12月までです。"
    last = "28日か29日" if month == 2 else f"{calendar.monthrange(2024, month)[1]}日"
    return f"{month}月は{last}までです。"


RULE = Rule(
    "L02",
    "l02-no-such-day",
    Severity.ERROR,
    "日付や時刻が存在しない",
    "ない日・ない時刻を印刷すると、問い合わせが来て、刷り直しになります。",
    wrong=(
        ("申込みは4月31日までです。", ""),
        ("2月30日に開きます。", ""),
        ("令和9年2月29日に生まれた方", ""),
        ("13月1日から始めます。", ""),
        ("受付は25時までです。", ""),
        ("午後13時から開きます。", ""),
        ("10時75分に集まってください。", ""),
        ("9:60から", ""),
        ("2月29日に開きます。", ""),
        ("0月3日から", ""),
        ("令和8年13月に始めます。", ""),
        ("2027/2/29まで", ""),
        ("4月29日、30日、31日は休館します。", ""),
        ("毎月31日に開きます。2月は30日に開きます。", ""),
        ("・5/16\n・6/31　公民館\n・7/4", ""),
        ("運休日　4/29、6/31、7/4", ""),
        ("R9.2.29に届けを出しました。", ""),
    ),
    silent=(
        "第31回市民文化祭",
        "令和10年2月29日に開きます。",
        "24時間、電話で受け付けます。",
        "延べ45時間の講座です。",
        "全100時間の研修",
        "午前0時30分に終わります。",
        "24時まで開いています。",
        "30日間、縦覧できます。",
        "うるう年の2月29日に生まれました。",
        "4月28日、29日、30日は休みます。4月28日から31日間、5月は31日まであります。",
        "次に2月29日があるのは、令和10年2月29日です。",
        "運休日　4/29、6/30、7/4　第1回は3/31",
        "R10.2.29、S64.1.7",
    ),
    find=_find,
    across=_across,
    date=datetime.date(2027, 3, 1),
)
