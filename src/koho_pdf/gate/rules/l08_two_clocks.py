"""L08: times of 12 and of 24 hours in one text."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose, Role
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_events import units_of
from koho_pdf.gate.said_times import SaidTime, times_in

_RANGE = late(r"\s?(?:[～〜~–—-]|から)\s?")
_TIMETABLE = 4
"""So many times as 9:05 in one text are a timetable, with a clock of its own."""


def _across(proses: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """Both clocks in an article, or in the cells of a table."""
    for unit in units_of([prose for prose in proses if prose.role is not Role.CELL]):
        texts = [
            each for each in unit.texts if sum(time.colon for time in times_in(each)) < _TIMETABLE or _halves(each)
        ]
        yield from _mixed(texts)
    for grid in reading.grids:
        cells = [cell.prose for row in grid.rows for cell in row if cell.words]
        yield from _mixed(cells)


def _halves(prose: Prose) -> list[SaidTime]:
    return [time for time in times_in(prose) if time.is_by_halves]


def _mixed(proses: Sequence[Prose]) -> Iterator[tuple[Prose, Alarm]]:
    halves = [(prose, time) for prose in proses for time in _halves(prose)]
    if not halves:
        return
    first, shown = halves[0]
    for prose in proses:
        times = times_in(prose)
        begun = [one for one, other in itertools.pairwise(times) if _is_bare(prose, one, other)]
        for time in times:
            if not (time.is_by_24 or time in begun) or prose.is_quoted(time.begin) or _in_timetable(prose, time):
                continue
            words = prose.text[time.begin : time.end]
            told = f"「{words}」は24時間、「{first.text[shown.begin : shown.end]}」は午前・午後の書き方です。"
            yield prose, Alarm(time.begin, time.end, told, _by_halves(time), hint="どちらかにそろえてください。")


def _in_timetable(prose: Prose, time: SaidTime) -> bool:
    """Whether a line has nothing but times as 9:05, at least three: a timetable among other lines."""
    begin = prose.text.rfind("\n", 0, time.begin) + 1
    end = prose.text.find("\n", time.begin)
    line = [each for each in times_in(prose) if begin <= each.begin < (end if end >= 0 else len(prose.text))]
    return len(line) >= _TIMETABLE - 1 and all(each.colon and not each.half for each in line)


def _is_bare(prose: Prose, one: SaidTime, other: SaidTime) -> bool:
    """10時～午前11時30分: the half is told with the end alone."""
    return (
        not one.half and not one.noon and bool(other.half) and bool(_RANGE.fullmatch(prose.half, one.end, other.begin))
    )


def _by_halves(time: SaidTime) -> str:
    if time.hour == 12 and not time.minute:
        return "正午"
    half, hour = ("午後", time.hour - 12) if time.hour >= 12 else ("午前", time.hour)
    return f"{half}{hour}時" + (f"{time.minute}分" if time.minute else "")


RULE = Rule(
    "L08",
    "l08-two-clocks",
    Severity.WARNING,
    "24時間と午前・午後が混ざる",
    "「13:30～午後4時」は、終わりの時刻を読み違えます。",
    wrong=(
        ("13:30～午後4時", "午後1時30分～午後4時"),
        ("午前10時から15時まで開いています。", "午前10時から午後3時まで開いています。"),
        ("10時～午前11時30分", "午前10時～午前11時30分"),
        ("受付は9:00、開会は午前9時30分です。", "受付は午前9時、開会は午前9時30分です。"),
    ),
    silent=(
        "午後1時30分から4時まで",
        "13:30～16:00",
        "正午から午後1時まで",
        "9時から17時まで",
        "午前10時～正午",
        "駅発　8:15、10:30、13:40\n午前10時から開きます。",
    ),
    across=_across,
)
