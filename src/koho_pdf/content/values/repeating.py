"""Repetitions: 毎週水曜日, 毎月第2・第4土曜日, 土・日曜日, 平日, 毎月10日; as rules of iCalendar (RFC 5545, 3.3.10)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from koho_pdf.content.values.narrowed import Narrowed
from koho_pdf.findings import error
from koho_pdf.manuscript.refusal import Refusal

_CODES = {"月": "MO", "火": "TU", "水": "WE", "木": "TH", "金": "FR", "土": "SA", "日": "SU"}
_W = "[月火水木金土日]"
_BETWEEN = "[・、,と]?"
_NTH = rf"第?[1-5](?:{_BETWEEN}第?[1-5])*"
REPEATED = re.compile(
    r"(?P<daily>毎日)|(?P<workdays>平日)|"
    r"毎月(?P<dates>[0-9]{1,2}日?(?:[・、,と][0-9]{1,2}日?)*(?<=日))|"
    rf"(?:毎月)?(?P<nth>第{_NTH}|最終)(?P<nth_days>{_W}(?:{_BETWEEN}{_W})*)曜日?|"
    rf"毎週?(?P<from>{_W})曜?日?(?:から|[~〜～-])(?P<to>{_W})曜日?(?:まで)?|(?P<from2>{_W})曜?日?(?:から|[~〜～-])(?P<to2>{_W})曜日?(?:まで)?|"
    rf"(?P<week>毎週|隔週)(?P<weekly>{_W}曜?日?(?:{_BETWEEN}{_W}曜?日?)*(?<=[曜日月火水木金土]))|"
    rf"(?P<days>{_W}曜日?(?:{_BETWEEN}{_W}曜日?)*|{_W}(?:{_BETWEEN}{_W})+曜日?|{_W}(?:・{_W})+(?!曜))|"
    rf"(?P<weekend>[土日](?:{_BETWEEN}[土日])?{_BETWEEN}祝日?)"
)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A rule of iCalendar: ``FREQ=WEEKLY;BYDAY=WE``."""

    rule: str


def repeat_of(found: re.Match[str], text: Narrowed) -> Repeat:
    """The rule of a match. Raises ``Refusal``: date-does-not-exist."""
    if found["daily"]:
        return Repeat("FREQ=DAILY")
    if found["workdays"]:
        return Repeat("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    if found["dates"]:
        dates = [int(each) for each in re.findall("[0-9]+", found["dates"])]
        if not all(1 <= day <= 31 for day in dates):
            hint = "「毎月10日」のように、1日から31日までで書いてください。"
            raise Refusal(error("date-does-not-exist", f"「{text.typed(found)}」という日はありません。", hint=hint))
        return Repeat(f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, dates))}")
    if found["nth"]:
        weeks = ["-1"] if found["nth"] == "最終" else re.findall("[1-5]", found["nth"])
        days = [f"{week}{_CODES[day]}" for week in weeks for day in re.findall(_W, found["nth_days"])]
        return Repeat(f"FREQ=MONTHLY;BYDAY={','.join(days)}")
    if found["from"] or found["from2"]:
        names = list(_CODES)
        begin, end = names.index(found["from"] or found["from2"]), names.index(found["to"] or found["to2"])
        inside = [names[at % 7] for at in range(begin, end + 1 if end >= begin else end + 8)]
    else:
        inside = _days_in(found["weekly"] or found["days"] or found["weekend"].split("祝")[0])
    every = ";INTERVAL=2" if found["week"] == "隔週" else ""
    return Repeat(f"FREQ=WEEKLY{every};BYDAY={','.join(dict.fromkeys(_CODES[day] for day in inside))}")


def _days_in(words: str) -> list[str]:
    """The days of 水曜日・金曜日, 土・日曜日, 土日."""
    return re.findall(_W, re.sub("曜日|曜", "", words))
