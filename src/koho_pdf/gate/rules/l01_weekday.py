"""L01: a day of the week that is not that of its date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import HALF, Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import WEEKDAYS, days_in, in_sign

_ALONE = re.compile("[(（]?(?P<day>[月火水木金土日])(?:曜日?)?[)）]?")
_WEEKDAYS = re.compile("曜日?")


def _across(_: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """A day and its weekday in two cells of a row."""
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
    for said in days_in(prose, reading.date):
        if not said.weekday or said.date is None or WEEKDAYS[said.date.weekday()] == said.weekday:
            continue
        right = WEEKDAYS[said.date.weekday()]
        at = said.weekday_at
        new = in_sign(right, prose.text[at])
        day = f"{said.date.year}年{said.date.month}月{said.date.day}日"
        told = f"「{prose.text[said.begin : said.end]}」の曜日が違います。{day}は{right}曜日です。"
        yield Alarm(said.begin, said.end, told, prose.text[said.begin : at] + new + prose.text[at + 1 : said.end])


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
        ("4月10日【日】、4月12日㊐", "4月10日【土】、4月12日㊊"),
    ),
    silent=(
        "3月21日（日・祝）は閉館します。",
        "11月3日（火）に開いた文化祭には、300人が来ました。",
        "毎月第3日曜日に開きます。",
        "2026年3月22日（日）に撮影しました。",
        "4月10日（土）・11日（日）の2日間",
        "2022（令和4）年3月25日（金）に始まりました。",
        "1月10日（日）の出初式の様子",
    ),
    find=_find,
    across=_across,
    date=datetime.date(2027, 3, 1),
)
