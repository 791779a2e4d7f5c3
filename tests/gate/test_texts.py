"""The text gate on texts of somebody who knew its rules and not its code: a mistake each in prose, and clean copy full
of near-misses. Both were mended by; they keep what was reached, and prove no more.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from koho_pdf.findings import Finding, Severity
from koho_pdf.gate.proofreading import checked, prose_of_text
from koho_pdf.gate.style import Style

TEXTS = Path(__file__).with_name("texts")
PLANTED: list[dict[str, Any]] = [json.loads(line) for line in (TEXTS / "planted.jsonl").read_text("utf-8").splitlines()]
RULES = sorted({each["rule"] for each in PLANTED})
DEPARTMENTS = json.loads((TEXTS / "koho-departments.json").read_text("utf-8"))
DELIVERY = datetime.date(2027, 2, 26)


def style_of(said: dict[str, Any]) -> Style:
    persons = {name.replace(" ", ""): reading for name, reading in dict(said.get("persons", {})).items()}
    telephones = {name: frozenset(numbers) for name, numbers in DEPARTMENTS.items()}
    known = frozenset(said.get("known", ()))
    return Style(words=said.get("words", {}), persons=persons, known=known, telephones=telephones, area_code="0164")


def told(text: str, said: dict[str, Any], delivery: datetime.date | None) -> tuple[Finding, ...]:
    return checked(prose_of_text(text, "a.txt"), style_of(said), datetime.date(2027, 3, 1), delivery)


def begin_of(finding: Finding, text: str) -> int:
    lines = text.split("\n")[: (finding.where.line or 1) - 1]
    return sum(len(line) + 1 for line in lines) + (finding.where.column or 1) - 1


@pytest.mark.parametrize("rule", RULES)
def test_a_planted_mistake_is_told_where_it_stands(rule: str) -> None:
    for planted in (each for each in PLANTED if each["rule"] == rule):
        text, wrong = planted["text"], planted["wrong"]
        delivery = datetime.date.fromisoformat(planted["delivery"]) if "delivery" in planted else None
        found = [
            each for each in told(text, planted.get("style") or {}, delivery) if each.code.startswith(rule.lower())
        ]
        begin = text.index(wrong)
        end = begin + len(wrong)
        spans = [(at, at + (each.where.length or 0)) for each in found for at in [begin_of(each, text)]]
        assert any(one < end and begin < other for one, other in spans), f"{wrong}: {text}"


def test_clean_copy_cries_no_wolf() -> None:
    said = json.loads((TEXTS / "clean-style.json").read_text("utf-8"))
    found = told((TEXTS / "clean.txt").read_text("utf-8"), said.get("style", said), DELIVERY)
    assert [each.message for each in found if each.severity is Severity.ERROR] == []
    assert len([each for each in found if each.severity is Severity.WARNING]) <= 2
