"""L48: one event with two days, times, places or telephone numbers, in two articles or in a table."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import cache

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_events import SERIES, Claim, Unit, in_tables, mentions, own_claim, rows_of, units_of
from koho_pdf.gate.said_times import SaidTime

_HINT = "同じ催しなら、どちらが正しいか、担当課に確かめてください。別の催しなら、名前で分かるようにしてください。"
_HALF_DAY = 12 * 60


def _across(proses: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    units = units_of(proses)
    named: dict[str, list[Unit]] = {}
    for unit in units:
        for name in unit.names:
            named.setdefault(name, []).append(unit)
    rows = rows_of(reading.grids)
    whole = "\n".join([*(prose.text for prose in proses), *(cell.words for row in rows for cell in row.cells)])
    own = cache(lambda number: own_claim(units[number], reading.date))
    number = {id(unit): at for at, unit in enumerate(units)}
    told: set[tuple[int, int]] = set()
    for unit in units:
        names = [name for name in unit.names if whole.count(name) > 1]
        if not names or any(SERIES.search(prose.text) for prose in unit.texts):
            continue
        for name in names:
            claims = [
                *(own(number[id(other)]) for other in named[name] if other is not unit),
                *(each for other in units if name in other.whole for each in mentions(other, name, reading.date)),
                *in_tables(rows, name, reading.date),
            ]
            for claim in claims:
                for prose, begin, end, words in _differ(own(number[id(unit)]), claim):
                    if (id(prose), begin) not in told:
                        told.add((id(prose), begin))
                        yield (
                            prose,
                            Alarm(
                                begin,
                                end,
                                f"「{prose.text[begin:end]}」が、「{name}」の記事の{words}と違います。",
                                hint=_HINT,
                            ),
                        )


def _differ(own: Claim, other: Claim) -> Iterator[tuple[Prose, int, int, str]]:
    """Where another telling differs, and from what."""
    days = [(prose, each) for prose, each in other.days if each.date]
    right = [each.date for _, each in own.days if each.date]
    same_days = not days or not right or any(own.holds(each.date) for _, each in days if each.date)
    if not same_days:
        prose, said = days[0]
        yield prose, said.begin, said.end, _day(right[0])
        return
    times = [each for _, each in own.times]
    if other.times and times and not any(_same_time(each, said) for each in times for _, said in other.times):
        prose, time = other.times[0]
        yield prose, time.begin, time.end, f"時刻（{_words_of(own.times[0])}）"
    if other.places and own.places:
        prose, at, place = other.places[0]
        if not any(_same_place(place, each) for _, _, each in own.places):
            yield prose, at, at + len(place), f"場所（{own.places[0][2]}）"
    numbers = {_digits(each)[-6:] for _, _, each in own.phones}
    if numbers and other.phones and not any(_digits(each)[-6:] in numbers for _, _, each in other.phones):
        prose, at, phone = other.phones[0]
        yield prose, at, at + len(phone), f"電話番号（{own.phones[0][2]}）"


def _day(day: datetime.date) -> str:
    return f"日（{day.month}月{day.day}日）"


def _words_of(said: tuple[Prose, SaidTime]) -> str:
    prose, time = said
    return prose.text[time.begin : time.end]


def _same_time(one: SaidTime, other: SaidTime) -> bool:
    if one.minutes == other.minutes:
        return True
    loose = (not one.half and not one.colon) or (not other.half and not other.colon)
    return loose and one.minutes % _HALF_DAY == other.minutes % _HALF_DAY


def _same_place(one: str, other: str) -> bool:
    one, other = (re.sub(r"[\s　「」『』・]", "", each) for each in (one, other))
    short, long = sorted((one, other), key=len)
    return short in long or any(short[at : at + 4] in long for at in range(len(short) - 3))


def _digits(number: str) -> str:
    return re.sub("[^0-9]", "", number)


_OPENS = "春のうた発表会\n\n日時　3月13日（土）午後1時30分\n場所　中央公民館\n問合せ　社会教育課　電話42-0001　ファクス42-0002\n\n"

RULE = Rule(
    "L48",
    "l48-two-tellings",
    Severity.WARNING,
    "同じ催しの日・時刻・場所・電話が2通りある",
    "記事と予定表の片方だけを直すと、違う日に人が集まります。",
    wrong=(
        (_OPENS + "3月の予定\n\n春のうた発表会は3月14日（日）に開きます。", ""),
        (_OPENS + "3月の予定\n\n春のうた発表会　3月13日（土）午後2時", ""),
        (_OPENS + "春のうた発表会\n\n日時　3月13日（土）午後1時30分\n会場　みなと体育館", ""),
        (_OPENS + "3月の予定\n\n春のうた発表会　3月13日（土）　電話42-0009", ""),
    ),
    silent=(
        _OPENS + "3月の予定\n\n春のうた発表会は3月13日（土）に開きます。",
        _OPENS + "3月の予定\n\n春のうた発表会の申込みは3月5日（金）までです。",
        _OPENS + "3月の予定\n\n昨年の春のうた発表会は3月14日でした。",
        _OPENS + "3月の予定\n\n春のうた発表会　3月13日（土）13時30分　中央公民館大ホール",
    ),
    across=_across,
    date=datetime.date(2027, 3, 1),
)
