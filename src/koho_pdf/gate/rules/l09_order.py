"""L09: an end before its beginning, a deadline after the event or before the newsletter arrives."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import SaidDay, days_in
from koho_pdf.gate.said_times import times_in

_RANGE = re.compile(r"\s?(?:[～〜~–—-]|から)\s?")
_CLOSES = re.compile("申込|申し込|応募|締切|締め切|〆切|期限|募集|必着|予約|エントリー")
_HELD = re.compile(
    "開催|開き|開く|開か|行い|行う|行わ|日時|とき|当日|実施|出発|集合|本番|開会|開講|会期|配布|販売|上映|講座|教室|大会|試合|公演|見学|説明会|試験|面接|催し|式典|発表会|相談会|体験会|コンサート|ツアー|検診|健診|接種"
)
_SERIES = re.compile(
    "全[0-9０-９]+回|毎[週月日]|連続講座|コース|随時|定期|毎回|各回|第[0-9０-９]+回目|まで延長|追加募集"
)
_CLAUSE = re.compile("[、。\n]")


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    days = days_in(prose, reading.date)
    for first, second in itertools.pairwise(days):
        between = prose.text[first.end : second.begin]
        if first.date and second.date and _RANGE.fullmatch(between) and _is_before(second, first):
            words = prose.text[first.begin : second.end]
            yield Alarm(
                first.begin,
                second.end,
                f"「{words}」は、終わりの日が始まりの日より前です。",
                hint="どちらかの日を直してください。",
            )
    times = times_in(prose)
    for begin, end in itertools.pairwise(times):
        between = prose.text[begin.end : end.begin]
        if (
            not _RANGE.fullmatch(between)
            or (end.half == "午前" and begin.half == "午後")
            or begin.hour > 24
            or end.hour > 24
        ):
            continue
        carried = begin.half if not end.half and not end.noon and end.hour < 12 else ""
        till = end.minutes + (12 * 60 if carried == "午後" else 0)
        if till < begin.minutes and not (carried == "" and not end.half and begin.half):
            words = prose.text[begin.begin : end.end]
            yield Alarm(
                begin.begin,
                end.end,
                f"「{words}」は、終わりの時刻が始まりの時刻より前です。",
                hint="次の日なら「翌」を付けてください。",
            )
    yield from _deadlines(prose, days, reading.delivery)


def _is_before(second: SaidDay, first: SaidDay) -> bool:
    assert first.date is not None and second.date is not None
    if not second.has_year and (second.month, second.day) < (first.month, first.day):
        # 12月20日～1月10日 runs over the new year; 3月20日～3月13日 does not.
        return second.month == first.month or second.bare or not (first.month >= 10 and second.month <= 4)
    return second.has_year and second.date < first.date


def _deadlines(prose: Prose, days: list[SaidDay], delivery: datetime.date | None) -> Iterator[Alarm]:
    if _SERIES.search(prose.text):
        return
    held: list[SaidDay] = []
    closes: list[SaidDay] = []
    for said in days:
        begin = max((found.end() for found in _CLAUSE.finditer(prose.text, 0, said.begin)), default=0)
        after = _CLAUSE.search(prose.text, said.end)
        clause = prose.text[begin : after.start() if after else len(prose.text)]
        if (
            said.date
            and _CLOSES.search(clause)
            and re.match(r"[^、。\n]{0,8}?(?:まで|必着|消印|締|〆|が?期限|に締|です|$)|$", prose.text[said.end :])
        ):
            closes.append(said)
        elif said.date and _HELD.search(clause):
            held.append(said)
    last = max((said.date for said in held if said.date), default=None)
    for said in closes:
        words = prose.text[said.begin : said.end]
        if last and said.date and said.date > last:
            told = f"締切「{words}」が、開催の日（{last.month}月{last.day}日）より後です。"
            yield Alarm(said.begin, said.end, told, hint="締切と開催の日を確かめてください。")
        elif delivery and said.date and delivery - datetime.timedelta(days=60) < said.date < delivery:
            told = f"締切「{words}」が、広報が届く日（{delivery.month}月{delivery.day}日）より前です。"
            yield Alarm(said.begin, said.end, told, hint="載せる号か、締切を直してください。")


RULE = Rule(
    "L09",
    "l09-order",
    Severity.WARNING,
    "順序が逆の日付・時刻",
    "終わりが始まりより前だったり、催しの後に締め切ったりすると、誰も申し込めません。",
    wrong=(
        ("3月20日（土）～13日（土）に展示します。", ""),
        ("午後4時から1時30分まで", ""),
        ("開催は3月13日（土）です。申込みは3月20日（土）までです。", ""),
        ("14:00～10:00", ""),
        ("期間は、10月20日～6日です。", ""),
        ("応募は4月10日まで、発表会は4月3日に開催します。", ""),
    ),
    silent=(
        "12月20日（月）～1月10日（月）",
        "10月20日～26日、10月20日から3日間",
        "午後1時30分から4時まで",
        "午前10時～午後3時",
        "午後10時～翌午前5時",
        "申込みは3月13日までに。3月20日に開催します。",
        "全3回の講座です。3月6日に開き、申込みは3月13日まで受け付けます。",
        "午前9時30分から正午まで",
    ),
    find=_find,
    date=datetime.date(2027, 3, 1),
)
