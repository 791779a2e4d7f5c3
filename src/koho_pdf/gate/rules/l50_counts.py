"""L50: figures that differ from those elsewhere in the issue, in its tables, or from those of the last issue."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_counts import Count, counts_in, counts_in_table
from koho_pdf.gate.tables_and_prose import told_otherwise

_MONTH = (datetime.timedelta(days=20), datetime.timedelta(days=45))
"""How long before this issue the one came out whose figures a change since last month is about."""


def _across(proses: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    counts = [each for prose in proses for each in counts_in(prose)]
    articles = {each.prose.article or id(each.prose) for each in counts if each.label == "人口"}
    counts = [each for each in counts if each.is_city or (each.prose.article or id(each.prose)) in articles]
    counts += [each for grid in reading.grids for each in counts_in_table(grid)]
    yield from _twice(counts)
    yield from _since(counts, reading)
    yield from told_otherwise(proses, reading.grids)


def _twice(counts: Sequence[Count]) -> Iterator[tuple[Prose, Alarm]]:
    """The same count in two places with two values."""
    first: dict[tuple[object, ...], Count] = {}
    for count in counts:
        known = first.setdefault((count.label, count.as_of), count)
        if known.value != count.value:
            told = f"{count.label}が、ここでは「{_words(count)}」、ほかの所では「{_words(known)}」です。"
            yield (
                count.prose,
                Alarm(count.begin, count.end, told, hint="どちらが正しいか、元の資料で確かめてください。"),
            )


def _since(counts: Sequence[Count], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """Last month's figure and the change since then make this month's."""
    changed = [each for each in counts if each.change is not None]
    before, known = _last_month(reading) if changed else ("", {})
    for count in changed:
        last = known.get(count.label)
        if last is None or (last.as_of and last.as_of == count.as_of):
            continue
        right = last.value + (count.change or 0)
        if right != count.value:
            sign = f"{count.change:+,}".replace("-", "△")
            told = (
                f"{count.label}「{_words(count)}」が、前の号（{before}）の{last.value:,}に"
                f"前月からの増減{sign}を足した{right:,}と合いません。"
            )
            hint = "数、増減、前の号のどれが違うか、元の資料で確かめてください。"
            yield count.prose, Alarm(count.begin, count.end, told, hint=hint)


def _last_month(reading: Reading) -> tuple[str, dict[str, Count]]:
    """The name and the counts of the issue that came out a month before."""
    least, most = _MONTH
    for each in reading.earlier:
        if reading.date and least <= reading.date - each.date <= most:
            known = {count.label: count for line in each.text.split("\n") for count in counts_in(Prose(line))}
            if known:
                return each.name, known
    return "", {}


def _words(count: Count) -> str:
    return count.prose.text[count.begin : count.end]


RULE = Rule(
    "L50",
    "l50-counts",
    Severity.WARNING,
    "同じ数が、ほかの所・表・前の号と違う",
    "人口や予算の数は、1か所だけ直したときに、ほかの所と合わなくなります。",
    wrong=(
        ("人口は18,204人です。\n\n市の人口は18,240人です。", ""),
        ("人口18,204人（3月1日現在）\n\n3月1日現在の人口は18,024人です。", ""),
        ("世帯数　9,514世帯\n\n市の世帯数は9,541世帯です。", ""),
    ),
    silent=(
        "人口は18,204人です。\n\n市の人口は18,204人です。",
        "人口18,204人（3月1日現在）\n\n2月1日現在の人口は18,216人でした。",
        "人口は18,204人です。\n\n大町地区の人口は1,240人です。",
        "人口は18,204人です。\n\n平成17年の人口は28,325人でした。",
    ),
    across=_across,
)
