"""P04: days and times in やさしい日本語: 2027年3月1日（月曜日）, 午後1時30分 から 3時 まで."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import PLAIN, Alarm, Reading, Rule
from koho_pdf.gate.said_days import days_in, years_in
from koho_pdf.gate.said_times import times_in

_SLASHED = late(r"(?<![0-9/.])(?:[0-9]{4}[/.])?(?:1[0-2]|0?[1-9])[/.](?:3[01]|[12][0-9]|0?[1-9])(?![0-9/.%])")
_WEEKDAY = late(r"(?<=[0-9日])\s?\((?P<day>[月火水木金土日])(?:[・,、](?:祝|休))?\)")
_WAVE = late("(?<=[0-9時分日月年円人)])[ 　]*[～〜][ 　]*(?=[0-9午正])")
_HALF = 12


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    for year in years_in(prose):
        if year.era:
            words = prose.text[year.begin : year.name_ends]
            right = f"{year.year}年" + ("度" if year.is_fiscal else "")
            told = f"「{words}」の元号は、日本語を習っている人には分かりません。"
            yield Alarm(year.begin, year.name_ends, told, right, certain=not year.is_fiscal and not year.is_decade)
    days = {(day.begin, day.end): day for day in days_in(prose, reading.date)}
    for found in _SLASHED.finditer(prose.half):
        if any(begin <= found.start() < end for begin, end in days) or "/" in found[0]:
            told = f"「{prose.text[found.start() : found.end()]}」は、国によって日と月が逆に読まれます。"
            yield Alarm(found.start(), found.end(), told, hint="「3月1日」のように書いてください。")
    for found in _WEEKDAY.finditer(prose.half):
        words = prose.text[found.start() : found.end()]
        right = f"（{found['day']}曜日）"
        yield Alarm(found.start(), found.end(), f"曜日「{words}」は、1字では分かりません。", right, certain=True)
    for found in _WAVE.finditer(prose.half):
        words = prose.text[found.start() : found.end()]
        hint = "「9時から5時まで」のように書いてください。"
        yield Alarm(found.start(), found.end(), f"「{words.strip()}」の印は、意味が伝わりません。", hint=hint)
    for time in times_in(prose):
        if time.half or time.noon:
            continue
        words = prose.text[time.begin : time.end]
        if time.colon or time.hour > _HALF:
            told = f"「{words}」は、午前・午後が分かりません。"
            hint = f"「{_by_halves(time.hour, time.minute)}」のように書いてください。"
            yield Alarm(time.begin, time.end, told, hint=hint)


def _by_halves(hour: int, minute: int) -> str:
    half, hour = ("午後", hour - _HALF) if _HALF < hour < 2 * _HALF else ("午前", hour)
    return f"{half}{hour}時" + (f"{minute}分" if minute else "")


RULE = Rule(
    "P04",
    "p04-plain-days",
    Severity.WARNING,
    "やさしい日本語: 日と時刻",
    "元号、「3/1」、「13:30」、「～」は、国によって読み方が違うか、ない書き方です。",
    wrong=(
        ("令和9年3月1日に出してください。", "2027年3月1日に出してください。"),
        ("2027年3月1日（月）に来てください。", "2027年3月1日（月曜日）に来てください。"),
        ("3/1に来てください。", ""),
        ("13:30に始まります。", ""),
        ("午前9時～12時", ""),
    ),
    silent=(
        "2027年3月1日（月曜日）に来てください。",
        "午前9時から12時まで開いています。",
        "午後1時30分に始まります。",
        "令和という言葉",
    ),
    find=_find,
    roles=PLAIN,
)
