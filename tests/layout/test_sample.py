"""Every layout's sample renders with nothing to tell, and fills every slot that it uses to its last line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from koho_pdf.layout.contract import layout_names, read_layout
from koho_pdf.pipeline import proof
from koho_pdf.workspace import open_workspace

if TYPE_CHECKING:
    from koho_pdf.pipeline import Proof

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=layout_names(REPOSITORY / "layouts"))
def sample(home: Path, request: pytest.FixtureRequest) -> Proof:
    workspace = open_workspace(REPOSITORY)
    return proof(read_layout(workspace.layouts / request.param, REPOSITORY).sample, workspace)


def test_there_is_nothing_to_tell(sample: Proof) -> None:
    assert sample.findings == ()


def test_slots_are_full(sample: Proof) -> None:
    slots = [each["slot"] for each in json.loads(sample.files["map.json"])["fields"] if each["slot"]]
    assert len({slot["name"] for slot in slots}) > 10
    assert {slot["name"] for slot in slots if slot["lines_used"] < slot["lines"]} == set()


def test_there_are_photographs_in_all_editions(sample: Proof) -> None:
    pictures = [name for name in sample.files if name.startswith("web/photos/")]
    assert len(pictures) >= 4
    fields = {(each["edition"], each["field"]) for each in json.loads(sample.files["map.json"])["fields"]}
    for edition in ("print", "screen"):
        assert {(edition, f"pillars.{number}.photo.file") for number in range(4)} <= fields
