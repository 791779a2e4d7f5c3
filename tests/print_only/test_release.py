"""An issue with parts for print alone, released and kept: they stand below ``print/`` and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.print_only.absent import files_below, places_of, places_showing
from tests.print_only.matter import FILE, MARKER, NAME, NOTES, WORDS, make

from koho_pdf.archive.keeping import exported, kept
from koho_pdf.archive.search.index import Index, with_index
from koho_pdf.archive.site.publishing import make_site
from koho_pdf.platform.folders import write_once
from koho_pdf.release.releasing import release
from koho_pdf.workspace.workspace import Workspace, open_workspace


@pytest.fixture(scope="module")
def city(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the marked brochure."""
    return open_workspace(make(tmp_path_factory.mktemp("print-only-release"), marks=True))


@pytest.fixture(scope="module")
def released(city: Workspace) -> dict[str, bytes]:
    """Every file of the release of the marked brochure."""
    return files_below(release(city.content / NAME, city).folder)


@pytest.fixture(scope="module")
def kept_and_shown(city: Workspace, released: dict[str, bytes]) -> dict[str, bytes]:
    """All files of the archive, its index, an exported bag and the site, except those of the bag below ``print/``."""
    write_once(kept(city.out / "releases" / NAME, city.archive), city.archive / NAME)
    with_index(city.archive, Index.issues)
    make_site(city.archive, city.out / "site", city.layouts, city.root, city.city.municipality)
    files = {f"archive/{name}": content for name, content in files_below(city.archive).items()}
    files |= {f"site/{name}": content for name, content in files_below(city.out / "site").items()}
    files |= {f"exported/{name}": content for name, content in exported(city.archive / NAME, whole=False).items()}
    # Its manifests name the files below print/, the photograph's among them, and go with them.
    return {
        name: content
        for name, content in files.items()
        if "/data/print/" not in name and not name.startswith(f"archive/{NAME}/manifest")
    }


def public(released: dict[str, bytes]) -> dict[str, bytes]:
    """What everyone may have of it."""
    return {name: content for name, content in released.items() if not name.startswith("print/")}


def test_everything_public_is_there(released: dict[str, bytes]) -> None:
    wanted = {"screen.pdf", "archive.pdf", "large.pdf", "web/index.html", "data/issue.json", "record.json", "map.json"}
    assert wanted <= set(public(released))
    assert any(place.startswith("archive.pdf: stream") for place in places_of("layout: brochure", released))


@pytest.mark.parametrize("words", WORDS)
def test_no_marked_word_is_public(released: dict[str, bytes], words: str) -> None:
    assert places_of(words, public(released)) == []
    assert places_of(words, {name: released[name] for name in released if name.startswith("print/source/content/")})


def test_the_marked_photograph_is_not_public(released: dict[str, bytes]) -> None:
    assert places_showing(MARKER, public(released)) == []
    assert places_showing(MARKER, {FILE: released[f"print/source/content/{NAME}/photos/{FILE}"]})


def test_no_file_holds_what_the_camera_noted(released: dict[str, bytes]) -> None:
    notes = [note for note in NOTES if note != b"Exif\0\0"]  # in the source it holds the orientation
    assert {note: places_of(note, released) for note in notes} == {note: [] for note in notes}
    assert {place.split(":")[0] for place in places_of(b"Exif\0\0", released)} == {
        f"print/source/content/{NAME}/photos/{FILE}"
    }


def test_the_archive_its_index_an_export_and_the_site_are_searched(kept_and_shown: dict[str, bytes]) -> None:
    wanted = {"archive/index.sqlite", f"archive/{NAME}/data/archive.pdf", "exported/data/archive.pdf"}
    assert wanted <= set(kept_and_shown)
    assert any(name.startswith("site/pagefind/") for name in kept_and_shown)


@pytest.mark.parametrize("words", WORDS)
def test_no_marked_word_is_kept_or_shown(kept_and_shown: dict[str, bytes], words: str) -> None:
    assert places_of(words, kept_and_shown) == []


def test_the_marked_photograph_is_not_kept_or_shown(kept_and_shown: dict[str, bytes]) -> None:
    assert places_showing(MARKER, kept_and_shown) == []
