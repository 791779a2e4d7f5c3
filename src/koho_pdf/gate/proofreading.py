"""All rules over some texts, as findings."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from koho_pdf.findings import Finding, Severity, Where, warning
from koho_pdf.gate.kept_alarms import KeptAlarms
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose, Read
from koho_pdf.gate.rule import Alarm, Earlier, Met, Reading, Rule
from koho_pdf.gate.rules import rules
from koho_pdf.gate.style import Style
from koho_pdf.gate.tokens import can_tokenise

_ALIKE = 20
"""The most findings of one rule with the same words; whoever mends these finds the others."""
_NEEDS_WORDS = ("L37", "L42")


def checked(
    read: Read,
    style: Style,
    date: datetime.date | None = None,
    delivery: datetime.date | None = None,
    earlier: Sequence[Earlier] = (),
    kept: KeptAlarms | None = None,
) -> tuple[Finding, ...]:
    """What all rules tell of some texts and their tables, in order; and a warning about what cannot be checked here.

    ``date`` is the issue's: days without a year are near it. ``delivery`` is the day on which it reaches homes.
    ``earlier`` are issues that came out before, newest first. ``kept`` has what was found in the same texts before.
    """
    proses = read.proses
    met = Met("\n".join(prose.text for prose in proses))
    reading = Reading(style, date, delivery, met, read.grids, earlier)
    kept = kept or KeptAlarms()
    kept.begin(reading, proses)
    number = {id(prose): index for index, prose in enumerate(proses)}
    told: list[tuple[int, int, Finding]] = []
    alike: Counter[tuple[str, str]] = Counter()
    for rule in rules():
        for prose, alarm in _alarms(rule, proses, reading, kept):
            words = prose.text[alarm.begin : alarm.end]
            if _is_allowed(prose, alarm, style) or _is_corrected(prose, alarm):
                continue
            alike[rule.code, words] += 1
            if alike[rule.code, words] <= _ALIKE:
                told.append((number.get(id(prose), 0), alarm.begin, _finding(rule, prose, alarm)))
    kept.done(reading)
    told.sort(key=lambda each: each[:2])
    return (*(finding for _, _, finding in told), *_unchecked(reading))


_WRONGLY = late("(?:[（(【「〔［]誤[）)】」〕］]|^[　 ・]*誤[　 ：:])[^\n正]*$")


def _is_corrected(prose: Prose, alarm: Alarm) -> bool:
    """Whether it stands after 誤 in a list of what was printed wrongly: （誤）4月31日　（正）4月30日."""
    begin = prose.text.rfind("\n", 0, alarm.begin) + 1
    after = prose.text[alarm.end : alarm.end + 12]
    return bool(_WRONGLY.search(prose.text[begin : alarm.begin])) or bool(
        re.match("[」』]?(?:ではなく|は誤り|は間違い|の誤り|という[^。]{0,4}(?:誤り|間違い))", after)
    )


def _is_allowed(prose: Prose, alarm: Alarm, style: Style) -> bool:
    """Whether what is told has a word in it, or stands in a word, of which nothing is to be told."""
    words = prose.text[alarm.begin : alarm.end]
    for each in style.allowed:
        around = prose.text[max(0, alarm.begin - len(each)) : alarm.end + len(each)]
        if each in words or (words in each and each in around):
            return True
    return False


def _alarms(rule: Rule, proses: Sequence[Prose], reading: Reading, kept: KeptAlarms) -> Iterator[tuple[Prose, Alarm]]:
    read = [prose for prose in proses if prose.role in rule.roles]
    if rule.find:
        yield from kept.alarms(rule, read)
    if rule.across:
        yield from rule.across(read, reading)


def _finding(rule: Rule, prose: Prose, alarm: Alarm) -> Finding:
    place = prose.place_of(alarm.begin)
    where = Where(place.file, place.line, place.column, place.field, length=alarm.end - alarm.begin)
    severity = Severity.WARNING if alarm.warns and rule.severity is Severity.ERROR else rule.severity
    words = prose.text[alarm.begin : alarm.end]
    hint = alarm.hint
    if alarm.right and not hint:
        hint = f"「{alarm.right}」と書いてください。" if alarm.certain else f"「{alarm.right}」のことではありませんか。"
    elif alarm.certain and not hint:
        hint = f"「{words}」を消してください。"
    suggestion = alarm.right if alarm.certain else None
    return Finding(severity, rule.code, alarm.told, where, hint, rule.why, suggestion, words)


def _unchecked(reading: Reading) -> Iterable[Finding]:
    """What the gate did not check, told once."""
    if not can_tokenise():
        missing = "・".join(_NEEDS_WORDS)
        told = f"単語を分けるソフト（SudachiPy）がないので、{missing} の一部を確かめていません。"
        yield warning("gate-without-words", told, hint="「pip install koho-pdf[gate]」で入れると、確かめられます。")
    if reading.date is None:
        told = "発行日が分からないので、年のない日付の曜日と祝日を確かめていません。"
        yield warning("gate-without-date", told, hint="「--date 2027-03-01」のように、発行日を書いてください。")
