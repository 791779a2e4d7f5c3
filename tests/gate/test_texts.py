"""The text gate on texts of somebody who knew its rules and not its code: a mistake each in prose, and clean copy full
of near-misses; a second such set (``newsletters``, in two halves), a third and a fourth, each written later by somebody
else, and so the fifth to the ninth (the last two of no city). All were mended by; they keep what was reached, and prove
no more.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from koho_pdf.findings import Finding, Severity
from koho_pdf.gate.proofreading import checked
from koho_pdf.gate.style import Style
from koho_pdf.gate.text_prose import read_text

TEXTS = Path(__file__).with_name("texts")
PLANTED: list[dict[str, Any]] = [json.loads(line) for line in (TEXTS / "planted.jsonl").read_text("utf-8").splitlines()]
RULES = sorted({each["rule"] for each in PLANTED})
DEPARTMENTS = json.loads((TEXTS / "koho-departments.json").read_text("utf-8"))
OF = {"L33": {"L33", "L46"}, "L46": {"L33", "L46"}}
"""Rules that one slip may be counted to: 約30人ほど has a word too many, and says one thing twice."""
DELIVERY = datetime.date(2027, 2, 26)


def style_of(said: dict[str, Any]) -> Style:
    persons = {name.replace(" ", ""): reading for name, reading in dict(said.get("persons", {})).items()}
    telephones = {name: frozenset(numbers) for name, numbers in DEPARTMENTS.items()}
    known = frozenset(said.get("known", ()))
    return Style(words=said.get("words", {}), persons=persons, known=known, telephones=telephones, area_code="0164")


def told(text: str, said: dict[str, Any], delivery: datetime.date | None) -> tuple[Finding, ...]:
    return checked(read_text(text, "a.txt"), style_of(said), datetime.date(2027, 3, 1), delivery)


def begin_of(finding: Finding, text: str) -> int:
    lines = text.split("\n")[: (finding.where.line or 1) - 1]
    return sum(len(line) + 1 for line in lines) + (finding.where.column or 1) - 1


@pytest.mark.parametrize("rule", RULES)
def test_a_planted_mistake_is_told_where_it_stands(rule: str) -> None:
    for planted in (each for each in PLANTED if each["rule"] == rule):
        text, wrong = planted["text"], planted["wrong"]
        delivery = datetime.date.fromisoformat(planted["delivery"]) if "delivery" in planted else None
        found = [
            each
            for each in told(text, planted.get("style") or {}, delivery)
            if each.code[:3].upper() in OF.get(rule, {rule})
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


SETTINGS = json.loads((TEXTS / "newsletters-city.json").read_text("utf-8"))
CITY = Style(
    words={
        "障がい者": "障害者",
        "障碍者": "障害者",
        "子供": "子ども",
        "こども": "子ども",
        "町会": "町内会",
        "自治会": "町内会",
    },
    persons={each["name"].replace(" ", ""): each["reading"] for each in SETTINGS["people"]},
    known=frozenset(each["name"].replace(" ", "") for each in SETTINGS["people"] if each.get("known")),
    telephones={each["name"]: frozenset((each["tel"], each["fax"])) for each in SETTINGS["contacts"]},
    mails={each["name"]: frozenset((each["mail"],)) for each in SETTINGS["contacts"]},
    area_code="0190",
)


_OTHERS = ("障害者", "障碍者", "子供", "こども", "町会", "自治会")


def city_of(name: str) -> Style:
    """The city whose newsletters a later set has."""
    said = json.loads((TEXTS / name).read_text("utf-8"))
    persons = {each["name"]: each["reading"] for each in said["persons"]} | said["people_named_in_plants_only"]
    offices = said["departments"]
    return Style(
        words=dict(zip(_OTHERS, ("障がい者", "障がい者", "子ども", "子ども", "町内会", "町内会"), strict=True)),
        persons={name.replace(" ", ""): reading for name, reading in persons.items()},
        known=frozenset(name.replace(" ", "") for name in said["known_names_without_reading"]),
        telephones={each["name"]: frozenset((each["tel"],)) for each in offices if "tel" in each},
        faxes={each["name"]: frozenset((each["fax"],)) for each in offices if "fax" in each},
        mails={each["name"]: frozenset((each["mail"],)) for each in offices if "mail" in each},
        area_code="0190",
        allowed=frozenset(said["proper_names"]),
    )


CITIES = {
    "newsletters": CITY,
    "newsletters-second": CITY,
    "newsletters-third": city_of("newsletters-third-city.json"),
    "newsletters-fourth": city_of("newsletters-fourth-city.json"),
    "newsletters-fifth": city_of("newsletters-fifth-city.json"),
    "newsletters-sixth": city_of("newsletters-sixth-city.json"),
    "newsletters-seventh": city_of("newsletters-seventh-city.json"),
    "newsletters-eighth": Style(),
    "newsletters-ninth": Style(),
}


def told_in(written: dict[str, Any], city: Style) -> list[tuple[Finding, int, int]]:
    """What is told of a newsletter's text, with its first character and the one after its last."""
    text, date = written["text"], datetime.date.fromisoformat(written["date"])
    delivery = datetime.date.fromisoformat(written.get("delivery", written["date"]))
    found = checked(read_text(text, "a.txt"), city, date, delivery)
    return [(each, at, at + (each.where.length or 0)) for each in found for at in [begin_of(each, text)]]


def lines_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TEXTS / name).read_text("utf-8").split("\n") if line]


@pytest.mark.parametrize("name", CITIES)
def test_mistakes_in_newsletters_are_told(name: str) -> None:
    missed = []
    for written in lines_of(f"{name}.jsonl"):
        found = told_in(written, CITIES[name])
        for each in written["planted"]:
            before = sum(len(line) + 1 for line in written["text"].split("\n")[: each["line"] - 1])
            begin = written["text"].index(each["wrong"], before)
            end = begin + len(each["wrong"])
            rules = OF.get(each["rule"], {each["rule"]})
            if not any(one.code[:3].upper() in rules and at < end and begin < to for one, at, to in found):
                missed.append((each["rule"], each["wrong"]))
    assert missed == []


@pytest.mark.parametrize("name", CITIES)
def test_newsletters_without_mistakes_are_left_alone(name: str) -> None:
    found = [each for written in lines_of(f"{name}-clean.jsonl") for each, _, _ in told_in(written, CITIES[name])]
    assert [each.message for each in found if each.severity is not Severity.NOTE] == []


def blocks_of(name: str) -> list[str]:
    return (TEXTS / name).read_text("utf-8").strip("\n").split("\n===\n")


def test_tables_and_sentences_that_reckon_right_are_left_alone() -> None:
    told_ = [each for block in blocks_of("reckoned-right.txt") for each in told(block, {}, None)]
    assert [each.message for each in told_ if each.severity is Severity.ERROR] == []


def test_tables_and_sentences_that_reckon_wrong_are_told() -> None:
    missed = [
        block
        for block in blocks_of("reckoned-wrong.txt")
        if not any(each.severity is Severity.ERROR for each in told(block, {}, None))
    ]
    assert missed == []
