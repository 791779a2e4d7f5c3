"""Every rule of the text gate: its examples are told and mended, what it must leave alone is left alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from koho_pdf.gate.prose import Prose, Role
from koho_pdf.gate.rule import PLAIN, Alarm, Reading, Rule
from koho_pdf.gate.rule_page import markdown
from koho_pdf.gate.rules import rules
from koho_pdf.gate.style import Style

RULES = rules()
WRONG = [(rule, text, right) for rule in RULES for text, right in rule.wrong]
SILENT = [(rule, text) for rule in RULES for text in rule.silent]


def alarms(rule: Rule, text: str) -> list[Alarm]:
    reading = Reading(Style(**(rule.style or {})), rule.date)  # type: ignore[arg-type]
    role = Role.PLAIN if rule.roles == PLAIN else Role.BODY
    proses = [Prose(part, role) for part in text.split("\n\n")]
    begins = [sum(len(each.text) + 2 for each in proses[:number]) for number in range(len(proses))]
    read = zip(begins, proses, strict=True)
    found = [(begin, alarm) for begin, prose in read for alarm in (rule.find(prose, reading) if rule.find else ())]
    if rule.across:
        at = {id(prose): begin for begin, prose in zip(begins, proses, strict=True)}
        found += [(at[id(prose)], alarm) for prose, alarm in rule.across(proses, reading)]
    return [replace(alarm, begin=begin + alarm.begin, end=begin + alarm.end) for begin, alarm in found]


@pytest.mark.parametrize(
    ("rule", "text", "right"), WRONG, ids=[f"{rule.number}-{text[:20]}" for rule, text, _ in WRONG]
)
def test_an_example_is_told_and_mended(rule: Rule, text: str, right: str) -> None:
    found = alarms(rule, text)
    assert found
    if right:
        mended = text
        for alarm in sorted(found, key=lambda each: -each.begin):
            mended = mended[: alarm.begin] + alarm.right + mended[alarm.end :]
        assert mended == right
        assert alarms(rule, right) == []


@pytest.mark.parametrize(("rule", "text"), SILENT, ids=[f"{rule.number}-{text[:20]}" for rule, text in SILENT])
def test_what_must_be_left_alone_is(rule: Rule, text: str) -> None:
    assert [alarm.told for alarm in alarms(rule, text)] == []


def test_rules_are_numbered_and_explained() -> None:
    numbers = [rule.number for rule in RULES]
    assert numbers == sorted(set(numbers)) and len(numbers) >= 46
    for rule in RULES:
        assert re.fullmatch(rf"{rule.number.lower()}-[a-z0-9-]+", rule.code)
        assert len(rule.wrong) >= 3 and len(rule.silent) >= 3, rule.number
        assert rule.why.endswith("。") and rule.title


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_a_mend_that_is_certain_never_tells_again(rule: Rule) -> None:
    for text, _ in rule.wrong:
        found = [alarm for alarm in alarms(rule, text) if alarm.certain]
        mended = text
        for alarm in sorted(found, key=lambda each: -each.begin):
            mended = mended[: alarm.begin] + alarm.right + mended[alarm.end :]
        assert not [alarm for alarm in alarms(rule, mended) if alarm.certain], mended


def test_the_page_for_pr_staff_is_the_rules() -> None:
    page = Path(__file__).parents[2] / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == markdown(), "make findings"
