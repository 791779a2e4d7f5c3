"""The schema by which a designer's editor completes and checks ``kind.yaml``."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from tests.conftest import REPOSITORY, Koho
from tests.kinds.fair import KIND as FAIR
from tests.kinds.monthly import FEATURE, FRONT, NOTICE
from tests.kinds.quiz import KIND
from tests.manuscript.test_completion import JAPANESE

from koho_pdf.content.schema import json_schema, schema_text
from koho_pdf.kinds.kind_schema import kind_schema_text
from koho_pdf.kinds.known import kind_called
from koho_pdf.kinds.types import TYPES

WHOLE: dict[str, Any] = json.loads(kind_schema_text())
VALIDATOR = Draft7Validator(WHOLE)
KINDS = {path.parent.name: path.read_text(encoding="utf-8") for path in REPOSITORY.glob("layouts/_kinds/*/kind.yaml")}


def test_it_is_the_one_that_is_committed_and_that_the_command_writes(koho: Koho) -> None:
    assert (REPOSITORY / "schemas" / "kind.schema.json").read_text(encoding="utf-8") == kind_schema_text()
    assert koho("schema", "kind", folder=REPOSITORY).stdout == kind_schema_text()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_those_of_the_kinds_here_are_the_ones_that_are_committed(name: str) -> None:
    written = schema_text(kind_called(name, REPOSITORY / "layouts", REPOSITORY).written)
    assert (REPOSITORY / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8") == written


def test_a_number_has_its_bounds_in_the_schema_of_its_kind() -> None:
    schema = json_schema(kind_called("specimen", REPOSITORY / "layouts", REPOSITORY).written)["properties"]
    assert (schema["columns"]["minimum"], schema["columns"]["maximum"]) == (1, 6)
    lengths = Draft7Validator(schema["chars_per_line"])
    assert [lengths.is_valid(each) for each in (6, [6, 60], 5, [6, 61])] == [True, True, False, False]


def fits(text: str) -> bool:
    return bool(VALIDATOR.is_valid(yaml.safe_load(text)))


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(WHOLE)


def test_every_option_of_every_type_is_explained_in_japanese() -> None:
    types = WHOLE["definitions"]["Field"]["properties"]["type"]
    assert types["enum"] == list(TYPES)
    for name, told in zip(types["enum"], types["enumDescriptions"], strict=True):
        shape = WHOLE["definitions"][name]
        assert told == f"{shape['title']}: {shape['description']}" == shape["properties"]["type"]["description"]
        assert JAPANESE.search(shape["title"])
    for group in (WHOLE, *(WHOLE["definitions"][name] for name in TYPES)):
        assert group["additionalProperties"] is False
        for each in group["properties"].values():
            assert JAPANESE.search(each["title"])
            assert JAPANESE.search(each["description"])


@pytest.mark.parametrize("text", [*KINDS.values(), KIND, FAIR, FRONT, NOTICE, FEATURE])
def test_a_kind_fits_it(text: str) -> None:
    assert fits(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: copies", "type: copeis"),
        ("role: lead", "role: leed"),
        ("optional: true", "optinal: true"),
        ("least: 2", "limit: 2"),
        ("{type: telephone, title: 電話", "{title: 電話"),
        ("of: [lead, prize]", "of: lead"),
        ("numbered: true", "numbered: yes please"),
    ],
)
def test_a_slip_does_not(old: str, new: str) -> None:
    assert old in KIND
    assert not fits(KIND.replace(old, new, 1))


@pytest.mark.parametrize("name", KINDS)
def test_the_repositorys_kinds_point_at_it(name: str) -> None:
    first = KINDS[name].splitlines()[0]
    path = first.partition("$schema=")[2]
    assert (REPOSITORY / "layouts" / "_kinds" / name / path).resolve() == REPOSITORY / "schemas" / "kind.schema.json"


OWN: dict[str, dict[str, Any]] = {  # keys that a type has beside those of every type, with a right value of each
    "list": {"of": "text", "least": 0, "most": 3, "section": "round", "numbered": True},
    "group": {"name": "Event", "fields": {"heading": {"type": "text", "role": "heading"}}},
    "choice": {"of": ["easy", "hard"]},
    "number": {"least": 1, "most": 5.5, "whole": True, "several": False},
    "articles": {"of": ["notice"], "least": 0, "most": 9},
    "chart": {"form": "bars", "unit": "億円"},
    "picture": {"size": "56 x 26"},
    "month_calendar": {"least": 1, "most": 9, "month": "month", "colours": ["市政"]},
}
MUST = {
    "list": ["of"],
    "group": ["name", "fields"],
    "choice": ["of"],
    "number": ["least", "most"],
    "articles": ["of"],
    "chart": ["form"],
}
EVERY_TYPE = {
    "title": "題",
    "description": "説明",
    "optional": True,
    "role": "body",
    "article": "a",
    "examples": ["例"],
}


def one(field: dict[str, Any]) -> bool:
    kind = {"format": 1, "title": "題", "fields": {"x": field}}
    return bool(VALIDATOR.is_valid(kind))


@pytest.mark.parametrize("name", TYPES)
def test_a_type_takes_its_own_keys_and_no_other_types(name: str) -> None:
    own = OWN.get(name, {})
    right = {"type": name, **EVERY_TYPE, **own}
    assert one(right)
    assert not one({**right, "titel": "題"})
    assert not one({**right, "role": "leed"})
    for key in MUST.get(name, ()):
        assert not one({each: value for each, value in right.items() if each != key})
    others = {key: value for keys in OWN.values() for key, value in keys.items() if key not in own}
    assert [key for key, value in others.items() if one({**right, key: value})] == []
    assert one({**right, "default": "1"}) == TYPES[name].takes_default or name == "answer"


def test_within_lists_and_groups_it_is_the_same() -> None:
    assert one({"type": "list", "of": {"type": "list", "of": "text"}})
    assert not one({"type": "list", "of": {"type": "text", "least": 1}})
    inner = {"type": "group", "name": "A", "fields": {"b": {"type": "text", "most": 1}}}
    assert not one(inner)


def test_a_type_that_is_wrong_is_told_as_such_and_nothing_else() -> None:
    kind = {"format": 1, "title": "題", "fields": {"x": {"type": "txet", "least": 1}}}
    (wrong,) = VALIDATOR.iter_errors(kind)
    assert (list(wrong.absolute_path), wrong.validator) == (["fields", "x", "type"], "enum")
