"""L06: a national holiday without its mark, and an ordinary day with one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import WEEKDAYS, days_in, holiday_name

_KNOWN = late(
    "祝日|休日|振替|連休|[)）]は、?(?:元日|成人の日|建国記念の日|天皇誕生日|春分の日|昭和の日|憲法記念日|みどりの日|こどもの日|海の日|山の日|敬老の日|秋分の日"
    "|スポーツの日|文化の日|勤労感謝の日)(?:です|で、|なので|のため|に当た)"
)


_NAMED = late("の日|記念日|誕生日|祝|休")
"""A mark with the holiday's name: （月・憲法記念日）."""


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    for said in days_in(prose, reading.date):
        begin, end = said.marked
        if said.date is None or begin == end or not (said.weekday or said.holiday):
            continue
        name = holiday_name(said.date)
        words = prose.text[said.begin : said.end]
        if name and not said.holiday and not _NAMED.search(words) and WEEKDAYS[said.date.weekday()] == said.weekday:
            if said.weekday == "日" or _KNOWN.search(prose.sentence_at(said.begin)):
                continue
            if "(" not in prose.half[begin:end]:
                told = f"「{words}」は{name}です。"
                yield Alarm(said.begin, said.end, told, hint="開いている所・休む所を確かめてください。")
                continue
            mark = "休" if "振替" in name or name == "国民の休日" else "祝"
            right = (
                prose.text[said.begin : begin]
                + re.sub("曜日?", "", prose.text[begin : end - 1])
                + f"・{mark}"
                + prose.text[end - 1]
            )
            yield Alarm(
                said.begin,
                said.end,
                f"「{words}」は{name}です。",
                right,
                hint="開いている所・休む所を確かめてください。",
            )
        elif said.holiday and not name and not _is_local(said.date):
            told = f"「{words}」は祝日でも振替休日でもありません。"
            yield Alarm(said.begin, said.end, told, hint="日を確かめるか、「・祝」「・休」を消してください。")


def _is_local(day: datetime.date) -> bool:
    """The days around the new year, which offices mark as days off."""
    return (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


RULE = Rule(
    "L06",
    "l06-holidays",
    Severity.WARNING,
    "祝日の印",
    "祝日・振替休日と気付かずに、窓口や催しの日を決めていることがあります。",
    wrong=(
        ("3月22日（月）に窓口を開設します。", "3月22日（月・休）に窓口を開設します。"),
        ("4月29日（木）は収集します。", "4月29日（木・祝）は収集します。"),
        ("3月23日（火・祝）は休みます。", ""),
        ("5月6日（木・休）", ""),
        ("3月23日（祝）に開きます。3月22日月曜日に届けます。", ""),
        ("4月29日（木）の昭和の日に開きます。", "4月29日（木・祝）の昭和の日に開きます。"),
    ),
    silent=(
        "3月22日（月・休）に開きます。",
        "4月29日（木・祝）",
        "3月22日（月）は振替休日ですが、収集します。",
        "12月29日（水・休）から",
        "3月23日（火）に開きます。",
        "4月29日（木）は、昭和の日です。",
    ),
    find=_find,
    date=datetime.date(2027, 3, 1),
)
