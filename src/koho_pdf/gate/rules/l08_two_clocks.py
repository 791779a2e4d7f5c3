"""L08: times of 12 and of 24 hours in one text."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_times import SaidTime, times_in


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    times = times_in(prose)
    halves = [time for time in times if time.is_by_halves]
    whole = [time for time in times if time.is_by_24]
    if halves and whole:
        for time in whole:
            words = prose.text[time.begin : time.end]
            told = f"「{words}」は24時間、「{prose.text[halves[0].begin : halves[0].end]}」は午前・午後の書き方です。"
            yield Alarm(time.begin, time.end, told, _by_halves(time), hint="どちらかにそろえてください。")


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
        ("受付は9:00、開会は午前9時30分です。", "受付は午前9時、開会は午前9時30分です。"),
    ),
    silent=("午後1時30分から4時まで", "13:30～16:00", "正午から午後1時まで", "9時から17時まで", "午前10時～正午"),
    find=_find,
)
