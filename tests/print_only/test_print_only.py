"""Parts marked for print alone are on paper, and in no byte of any other file; without marks nothing changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.print_only.absent import places_of, places_showing
from tests.print_only.matter import (
    CAPTION,
    CELL,
    FILE,
    LEAD,
    MARKER,
    NAME,
    NOTES,
    PART,
    POINT,
    TABLE,
    TABLE_FILE,
    WORDS,
    make,
)

from koho_pdf.content.public import WITHHELD
from koho_pdf.editions.every import USUAL

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

ON_PAPER = ("print.pdf", "preflight/")


@pytest.fixture(scope="module")
def prove(home: Path, tmp_path_factory: pytest.TempPathFactory, proved: Any) -> Callable[[bool], Build]:
    """``prove(marks)``: everything the brochure becomes with the marks, or all that is not for paper without them."""

    def made(marks: bool) -> Build:
        root = make(tmp_path_factory.mktemp("print-only"), marks)
        build: Build = proved(root, NAME, USUAL if marks else ("screen", "web"), pictures=True)
        assert build.findings == ()
        return build

    return made


@pytest.fixture(scope="module")
def made(prove: Callable[[bool], Build]) -> Build:
    return prove(True)


@pytest.fixture(scope="module")
def unmarked(prove: Callable[[bool], Build]) -> Build:
    return prove(False)


def everywhere_else(made: Build) -> dict[str, bytes]:
    """All files but those that go to the print shop."""
    return {name: content for name, content in made.files.items() if not name.startswith(ON_PAPER)}


@pytest.mark.parametrize("words", [LEAD, POINT, PART, CAPTION, TABLE, CELL])
def test_on_paper_every_marked_word_stands(made: Build, words: str) -> None:
    assert places_of(words, {"print.pdf": made.files["print.pdf"]})


def test_on_paper_the_marked_photograph_stands(made: Build) -> None:
    # What the press can show of the colour, not the colour itself.
    assert places_showing((227, 46, 147), {"print.pdf": made.files["print.pdf"]})


@pytest.mark.parametrize("words", WORDS)
def test_nowhere_else_stands_a_marked_word(made: Build, words: str) -> None:
    assert places_of(words, everywhere_else(made)) == []


def test_nowhere_else_stands_the_marked_photograph(made: Build) -> None:
    assert {"screen.pdf", "pages/p2.png", "map.json", "web/index.html"} <= set(everywhere_else(made))
    assert places_showing(MARKER, everywhere_else(made)) == []


def test_no_file_holds_what_the_camera_noted(made: Build) -> None:
    assert {note: places_of(note, made.files) for note in NOTES} == {note: [] for note in NOTES}


def test_what_an_issue_must_have_is_said_to_stand_on_paper_alone(made: Build) -> None:
    found = places_of(WITHHELD, made.files)
    assert "web/index.html" in found
    assert "screen.pdf: text of page 1" in found
    assert not [place for place in found if place.startswith("print.pdf")]


def test_numbers_close_up_while_every_field_keeps_its_name(made: Build) -> None:
    fields = json.loads(made.files["map.json"])["fields"]
    names = {
        edition: {each["field"] for each in fields if each["edition"] == edition} for edition in ("print", "screen")
    }
    assert names["print"] - names["screen"] == {
        "chapters.0.photo.file",
        "chapters.0.photo.caption",
        "chapters.1.parts.0.table.file",
        "chapters.1.parts.0.table.caption",
        "chapters.1.parts.0.points.1",
        "chapters.2.parts.0.name",
        "chapters.2.parts.0.points.0",
    }
    assert names["screen"] <= names["print"]
    page = made.files["web/index.html"].decode()
    assert 'id="part-3-1"' in page
    assert 'id="part-3-2"' not in page


@pytest.mark.parametrize("words", [words for words in WORDS if words != TABLE_FILE])  # it is nowhere but in archive.pdf
def test_without_the_marks_every_word_is_found(unmarked: Build, words: str) -> None:
    found = {place.split(":")[0] for place in places_of(words, everywhere_else(unmarked))}
    assert "web/index.html" in found or f"web/photos/{FILE}" in found
    assert "screen.pdf" in found or words == FILE


def test_without_the_marks_the_photograph_is_found(unmarked: Build) -> None:
    found = {place.split(":")[0] for place in places_showing(MARKER, everywhere_else(unmarked))}
    assert found == {"screen.pdf", "pages/p2.png", f"web/photos/{FILE}"}
