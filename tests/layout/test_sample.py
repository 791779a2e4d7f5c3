"""Every layout's sample is built in every edition with nothing to tell, and all its colours can be read; those of
leaflets and inserts fill every slot that they use to its last line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from koho_pdf.cli.trying import tried
from koho_pdf.composition.owners import Whose
from koho_pdf.composition.placing import Places
from koho_pdf.layout.contract import layout_names, read_layout
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from koho_pdf.findings import Finding
    from koho_pdf.pipeline import Build

REPOSITORY = Path(__file__).parents[2]


LAYOUTS = [read_layout(REPOSITORY / "layouts" / name, REPOSITORY) for name in layout_names(REPOSITORY / "layouts")]
LEAFLETS = [layout.name for layout in LAYOUTS if layout.kind == "policy-leaflet"]
INSERTS = [layout.name for layout in LAYOUTS if layout.kind == "insert"]
SPECIMENS = [layout.name for layout in LAYOUTS if layout.kind == "specimen"]
BROCHURES = [
    "flyer",
    "monthly",
    "monthly-vertical",
    "poster",
    "programme",
    "tri-fold",
]  # whose limits stand in tests/brochures
PLANNED = {"monthly", "monthly-vertical", "programme"}  # its articles stand in regions, which are measured too


@dataclass(frozen=True)
class Sample:
    """The sample of a layout tried out: its build, what there is to tell, and its texts in slots and in none."""

    build: Build
    findings: tuple[Finding, ...]
    in_slots: set[str]
    alone: set[str]

    @property
    def fields(self) -> list[dict[str, Any]]:
        fields: list[dict[str, Any]] = json.loads(self.build.files["map.json"])["fields"]
        return fields


@pytest.fixture(scope="module")
def sample(home: Path, request: pytest.FixtureRequest) -> Sample:
    made: list[Build] = []
    in_slots: set[str] = set()
    alone: set[str] = set()
    begin, read = Places.__init__, Places._text
    reading = [""]

    def begun(self: Places, pages: Any, layout: tuple[str, str], *given: Any) -> None:
        reading[0] = layout[0]
        begin(self, pages, layout, *given)

    def text(self: Places, box: Any, text: str, matrix: Any, whose: Whose, slot: Any) -> None:
        if reading[0] != "layouts/_large/layout.html":  # which has no slots
            (in_slots if slot else alone).add(text.strip())
        read(self, box, text, matrix, whose, slot)

    def kept(*given: Any, **named: Any) -> Build:
        made.append(build(*given, **named))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Places, "__init__", begun)
        patch.setattr(Places, "_text", text)
        patch.setattr("koho_pdf.cli.trying.build", kept)
        patch.setattr("koho_pdf.editions.every.page_pictures", lambda pdf: ())  # nobody looks at them here
        _, findings, _ = tried(request.param, open_workspace(REPOSITORY))
    return Sample(made[0], findings, in_slots, alone - {""})


def test_every_kind_is_looked_at() -> None:
    assert [layout.name for layout in LAYOUTS] == sorted(INSERTS + LEAFLETS + SPECIMENS + BROCHURES)


TOLD_ELSEWHERE = {"monthly"}  # tests/monthly builds the same eight pages in every edition, with nothing to tell


@pytest.mark.parametrize(
    "sample", [*INSERTS, *LEAFLETS, *SPECIMENS, *sorted({*BROCHURES} - TOLD_ELSEWHERE)], indirect=True
)
def test_there_is_nothing_to_tell(sample: Sample) -> None:
    assert sample.findings == ()


@pytest.mark.parametrize("sample", [*INSERTS, *LEAFLETS, *SPECIMENS, *sorted({*BROCHURES} - PLANNED)], indirect=True)
def test_every_text_stands_in_a_slot(sample: Sample) -> None:
    """Text without a slot could run over its neighbours without a finding: furniture, numbers, the city's name too."""
    assert len(sample.in_slots) > 10
    assert sample.alone == set()


@pytest.mark.parametrize("sample", INSERTS + LEAFLETS, indirect=True)
def test_slots_are_full(sample: Sample) -> None:
    slots = [each["slot"] for each in sample.fields if each["slot"]]
    assert len({slot["name"] for slot in slots}) > 10
    assert {slot["name"] for slot in slots if slot["lines_used"] < slot["lines"]} == set()


@pytest.mark.parametrize("sample", SPECIMENS, indirect=True)
def test_every_text_is_set_at_every_measure(sample: Sample) -> None:
    """Frames are as high as their text, so any text fills them, and their width is the measure."""
    for edition in ("print", "screen"):
        found = {
            each["slot"]["name"]: each["slot"] for each in sample.fields if each["slot"] and each["edition"] == edition
        }
        assert set(found) == {f"{text}-{characters}" for text in (1, 2) for characters in (12, 20, 32)}
        for name, slot in found.items():
            assert slot["measure"] == pytest.approx(int(name.split("-")[1]) * 17 * 0.25, abs=0.01)
            assert 1 <= slot["lines_used"] == slot["lines"]


@pytest.mark.parametrize("sample", LEAFLETS, indirect=True)
def test_there_are_photographs_in_all_editions(sample: Sample) -> None:
    pictures = [name for name in sample.build.files if name.startswith("web/photos/")]
    assert len(pictures) >= 4
    fields = {(each["edition"], each["field"]) for each in sample.fields}
    for edition in ("print", "screen"):
        assert {(edition, f"pillars.{number}.photo.file") for number in range(4)} <= fields
