"""What rules found in each text, kept from one reading of an issue to the next: somebody edits one article, and the
texts of all others are as they were.

Only rules that read one text are kept (``Rule.find``); those across texts read all of them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from koho_pdf.gate.prose import Prose, Role
from koho_pdf.gate.rule import Alarm, Met, Reading, Rule

_Text = tuple[str, Role, str, tuple[tuple[int, int], ...]]
_Found = dict[str, tuple[Alarm, ...]]


class KeptAlarms:
    """The alarms of this reading and the last one, by text and rule. What a rule finds in a text may depend on that
    text, its role, article and readings, on the city's style and the dates of the issue, and on nothing else of a
    ``Reading``."""

    def __init__(self) -> None:
        self._known: dict[_Text, _Found] = {}
        self._given: object = None
        self._of: dict[int, _Found] = {}
        self._reading = Reading()

    def begin(self, reading: Reading, proses: Sequence[Prose]) -> None:
        """A new reading of these texts: what it does not meet goes."""
        given = reading.style, reading.date, reading.delivery
        before = self._known if given == self._given else {}
        self._given, self._known, self._of = None, {}, {}
        fresh = []
        for prose in proses:
            text = prose.text, prose.role, prose.article, prose.ruby
            if text not in before and text not in self._known:
                fresh.append(prose.text)
            self._of[id(prose)] = self._known.setdefault(text, before.get(text, {}))
        self._reading = replace(reading, met=Met("\n".join(fresh)))  # in no others is anything looked for

    def done(self, reading: Reading) -> None:
        """The reading came to its end: all rules have read its texts."""
        self._given = reading.style, reading.date, reading.delivery

    def alarms(self, rule: Rule, proses: Iterable[Prose]) -> Iterator[tuple[Prose, Alarm]]:
        """What a rule finds in each of some texts."""
        assert rule.find
        number = rule.number
        for prose in proses:
            known = self._of[id(prose)]
            found = known.get(number)
            if found is None:
                found = known[number] = tuple(rule.find(prose, self._reading))
            for alarm in found:
                yield prose, alarm
