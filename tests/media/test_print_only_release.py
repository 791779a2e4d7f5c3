"""A release of an issue with matter for print alone: below ``print/`` all of it stands, beside it nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.media.absent import files_below, places_of, places_showing
from tests.media.leaflet import FILE, LEAFLET, MARKER, NOTES, WORDS, write

from koho_pdf.release import release
from koho_pdf.workspace import open_workspace


@pytest.fixture(scope="module")
def released(home: Path, tmp_path_factory: pytest.TempPathFactory, throwaway: Any) -> dict[str, bytes]:
    """Every file of the release of the marked leaflet."""
    root: Path = throwaway(tmp_path_factory.mktemp("print-only-release") / "desk")
    write(root, marks=True)
    workspace = open_workspace(root)
    return files_below(release(workspace.content / LEAFLET, workspace).folder)


def public(released: dict[str, bytes]) -> dict[str, bytes]:
    """What everyone may have of it."""
    return {name: content for name, content in released.items() if not name.startswith("print/")}


def test_everything_public_is_there(released: dict[str, bytes]) -> None:
    wanted = {"screen.pdf", "archive.pdf", "large.pdf", "web/index.html", "data/issue.json", "record.json", "map.json"}
    assert wanted <= set(public(released))
    assert any(place.startswith("archive.pdf: stream") for place in places_of("layout: policy-leaflet", released))


@pytest.mark.parametrize("words", WORDS)
def test_no_marked_word_is_public(released: dict[str, bytes], words: str) -> None:
    assert places_of(words, public(released)) == []
    assert places_of(words, {name: released[name] for name in released if name.startswith("print/source/content/")})


def test_the_marked_photograph_is_not_public(released: dict[str, bytes]) -> None:
    assert places_showing(MARKER, public(released)) == []
    assert places_showing(MARKER, {FILE: released[f"print/source/content/{LEAFLET}/photos/{FILE}"]})


def test_no_file_holds_what_the_camera_noted(released: dict[str, bytes]) -> None:
    notes = [note for note in NOTES if note != b"Exif\0\0"]  # which, in the source, says the orientation
    assert {note: places_of(note, released) for note in notes} == {note: [] for note in notes}
    assert {place.split(":")[0] for place in places_of(b"Exif\0\0", released)} == {
        f"print/source/content/{LEAFLET}/photos/{FILE}"
    }
