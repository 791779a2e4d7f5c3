"""Every layout's sample renders with nothing to tell; those of leaflets and inserts fill every slot
that they use to its last line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from koho_pdf.composition.owners import Whose
from koho_pdf.composition.placing import Places
from koho_pdf.layout.contract import layout_names, read_layout
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from koho_pdf.layout.contract import Layout
    from koho_pdf.pipeline import Build

REPOSITORY = Path(__file__).parents[2]


LAYOUTS = [read_layout(REPOSITORY / "layouts" / name, REPOSITORY) for name in layout_names(REPOSITORY / "layouts")]
LEAFLETS = [layout.name for layout in LAYOUTS if layout.kind == "policy-leaflet"]
INSERTS = [layout.name for layout in LAYOUTS if layout.kind == "insert"]
SPECIMENS = [layout.name for layout in LAYOUTS if layout.kind == "specimen"]


@pytest.fixture(scope="module")
def sample(home: Path, request: pytest.FixtureRequest) -> Build:
    workspace = open_workspace(REPOSITORY)
    return build(read_layout(workspace.layouts / request.param, REPOSITORY).sample, workspace)


def test_every_kind_is_looked_at() -> None:
    assert [layout.name for layout in LAYOUTS] == sorted(INSERTS + LEAFLETS + SPECIMENS)


@pytest.mark.parametrize("sample", INSERTS + LEAFLETS + SPECIMENS, indirect=True)
def test_there_is_nothing_to_tell(sample: Build) -> None:
    assert sample.findings == ()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_text_stands_in_a_slot(layout: Layout, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no slot can run over what is beside it unread: furniture, numbers, the city's name too."""
    alone: set[str] = set()
    seen: set[str] = set()
    read = Places._text

    def text(self: Places, box: Any, text: str, matrix: Any, whose: Whose, slot: Any) -> None:
        (seen if slot else alone).add(text.strip())
        read(self, box, text, matrix, whose, slot)

    monkeypatch.setattr(Places, "_text", text)
    build(layout.sample, open_workspace(REPOSITORY), ("print",))
    assert len(seen) > 10
    assert alone - {""} == set()


@pytest.mark.parametrize("sample", INSERTS + LEAFLETS, indirect=True)
def test_slots_are_full(sample: Build) -> None:
    slots = [each["slot"] for each in json.loads(sample.files["map.json"])["fields"] if each["slot"]]
    assert len({slot["name"] for slot in slots}) > 10
    assert {slot["name"] for slot in slots if slot["lines_used"] < slot["lines"]} == set()


@pytest.mark.parametrize("sample", SPECIMENS, indirect=True)
def test_every_text_is_set_at_every_measure(sample: Build) -> None:
    """Frames are as high as their text: it fills them whatever it says, and their width is the measure."""
    fields = json.loads(sample.files["map.json"])["fields"]
    for edition in ("print", "screen"):
        found = {each["slot"]["name"]: each["slot"] for each in fields if each["slot"] and each["edition"] == edition}
        assert set(found) == {f"{text}-{characters}" for text in (1, 2) for characters in (12, 20, 32)}
        for name, slot in found.items():
            assert slot["measure"] == pytest.approx(int(name.split("-")[1]) * 17 * 0.25, abs=0.01)
            assert 1 <= slot["lines_used"] == slot["lines"]


@pytest.mark.parametrize("sample", LEAFLETS, indirect=True)
def test_there_are_photographs_in_all_editions(sample: Build) -> None:
    pictures = [name for name in sample.files if name.startswith("web/photos/")]
    assert len(pictures) >= 4
    fields = {(each["edition"], each["field"]) for each in json.loads(sample.files["map.json"])["fields"]}
    for edition in ("print", "screen"):
        assert {(edition, f"pillars.{number}.photo.file") for number in range(4)} <= fields
