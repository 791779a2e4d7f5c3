"""The schema by which a designer's editor completes and checks ``kind.yaml``."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from tests.conftest import REPOSITORY, Koho
from tests.kinds.quiz import KIND
from tests.manuscript.test_completion import JAPANESE, fits

from koho_pdf.kinds.kind_schema import kind_schema_text
from koho_pdf.kinds.types import TYPES

WHOLE: dict[str, Any] = json.loads(kind_schema_text())
KINDS = {path.parent.name: path.read_text(encoding="utf-8") for path in REPOSITORY.glob("layouts/_kinds/*/kind.yaml")}


def test_it_is_the_one_that_is_committed_and_that_the_command_writes(koho: Koho) -> None:
    assert (REPOSITORY / "schemas" / "kind.schema.json").read_text(encoding="utf-8") == kind_schema_text()
    assert koho("schema", "kind", folder=REPOSITORY).stdout == kind_schema_text()


def test_every_option_of_every_type_is_explained_in_japanese() -> None:
    for group in (WHOLE, *(WHOLE["definitions"][name] for name in TYPES)):
        assert group["additionalProperties"] is False
        for each in group["properties"].values():
            assert JAPANESE.search(each["title"])
            assert JAPANESE.search(each["description"])


@pytest.mark.parametrize("text", [*KINDS.values(), KIND], ids=[*KINDS, "quiz"])
def test_a_kind_fits_it(text: str) -> None:
    assert fits(yaml.safe_load(text), WHOLE, WHOLE)


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
    assert not fits(yaml.safe_load(KIND.replace(old, new, 1)), WHOLE, WHOLE)


@pytest.mark.parametrize("name", KINDS)
def test_the_repositorys_kinds_point_at_it(name: str) -> None:
    first = KINDS[name].splitlines()[0]
    path = first.partition("$schema=")[2]
    assert (REPOSITORY / "layouts" / "_kinds" / name / path).resolve() == REPOSITORY / "schemas" / "kind.schema.json"
