"""While somebody edits, only changed texts are searched again; what is told is as when all are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from koho_pdf.gate.kept_alarms import KeptAlarms
from koho_pdf.gate.proofreading import checked
from koho_pdf.gate.prose import Prose, Read, Role
from koho_pdf.gate.rule import Alarm, Reading
from koho_pdf.gate.rules import rules
from koho_pdf.gate.style import USUAL

WRONG = [pair[0] for rule in rules() if not rule.date and not rule.style for pair in rule.wrong]
DAY = datetime.date(2027, 3, 1)


def texts(random: Random, many: int) -> list[Prose]:
    roles = (Role.BODY, Role.BODY, Role.HEADING, Role.FIELD, Role.PLAIN)
    return [Prose(random.choice(WRONG), random.choice(roles), f"a{number // 3}") for number in range(many)]


def edited(random: Random, proses: list[Prose]) -> list[Prose]:
    """One text changed, added, taken out or moved, as somebody edits; all are read from the files again."""
    made = [replace(each) for each in proses]
    at = random.randrange(len(made))
    way = random.randrange(5)
    if way == 0:
        cut = random.randrange(len(made[at].text) + 1)
        made[at] = replace(made[at], text=made[at].text[:cut] + random.choice(WRONG) + made[at].text[cut:])
    elif way == 1:
        made[at] = replace(made[at], role=random.choice((Role.BODY, Role.QUOTE, Role.CAPTION)))
    elif way == 2:
        made.insert(at, replace(random.choice(made)))
    elif way == 3 and len(made) > 5:
        del made[at]
    else:
        made.insert(random.randrange(len(made)), made.pop(at))
    return made


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edit_the_findings_are_those_of_a_whole_run(seed: int) -> None:
    random, kept = Random(seed), KeptAlarms()
    proses, told = texts(random, 24), 0
    for step in range(14):
        style = replace(USUAL, wave="〜" if step > 9 else USUAL.wave)
        day = DAY + datetime.timedelta(days=400 * (step > 11))
        found = checked(Read(tuple(proses), ()), style, day, kept=kept)
        again = checked(Read(tuple(map(replace, proses)), ()), style, day)
        assert found == again
        told += len(found)
        proses = edited(random, proses)
    assert told > 100


def test_only_changed_texts_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    rule = next(each for each in rules() if each.number == "L01")

    def find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
        searched.append(prose.text)
        return iter(())

    monkeypatch.setattr("koho_pdf.gate.proofreading.rules", lambda: (replace(rule, find=find, across=None),))
    kept, proses = KeptAlarms(), [Prose(f"{number}つ目の文です。") for number in range(9)]
    for changed in (0, 3):
        if changed:
            proses[changed] = Prose("変わった文です。")
        checked(Read(tuple(map(replace, proses)), ()), USUAL, DAY, kept=kept)
    assert searched == [*(f"{number}つ目の文です。" for number in range(9)), "変わった文です。"]


def test_a_reading_that_was_broken_off_is_not_relied_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a rule had not read yet is read the next time."""
    kept, proses = KeptAlarms(), texts(Random(7), 12)
    every = rules()

    def stops(prose: Prose, reading: Reading) -> Iterator[Alarm]:
        raise ZeroDivisionError

    broken = replace(every[20], find=stops, across=None)
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr("koho_pdf.gate.proofreading.rules", lambda: (*every[:20], broken))
        checked(Read(tuple(proses), ()), USUAL, DAY, kept=kept)
    found = checked(Read(tuple(map(replace, proses)), ()), USUAL, DAY, kept=kept)
    assert found == checked(Read(tuple(map(replace, proses)), ()), USUAL, DAY)
