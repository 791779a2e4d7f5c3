"""A bag of every format there was (format 0 is a leaflet's) stays readable for good: verified, shown, found,
exported, made again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.conftest import Koho

from koho_pdf.release.rebuilding import converted, rebuild

NAME = "2013-policy-leaflet"
BAGS = sorted(Path(__file__).parent.glob("format-*/*.zip"))


@pytest.fixture(scope="module", params=BAGS, ids=[path.parent.name for path in BAGS])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing in it but an archive, and in that the bag."""
    root = tmp_path_factory.mktemp("kept")
    with zipfile.ZipFile(request.param) as packed:
        packed.extractall(root / "archive")
    return root


def test_it_verifies_shows_searches_and_compares(koho: Koho, kept: Path) -> None:
    verified = koho("archive", "verify", NAME, folder=kept)
    assert "[間違い]" not in verified.stderr
    shown = koho("archive", "show", NAME, folder=kept)
    assert (shown.returncode, "pillar-4-3\t市民に信頼される市立病院\t政策調整課" in shown.stdout) == (0, True)
    found = koho("archive", "search", "浸水被害", folder=kept)
    assert (found.returncode, "安心安全の推進" in found.stdout) == (0, True)
    compared = koho("archive", "compare", NAME, NAME, folder=kept)
    assert (compared.returncode, "記事ごとに比べました" in compared.stdout) == (0, False)  # by its structure


def test_it_is_made_again_with_the_same_words(kept: Path, home: Path) -> None:
    made = rebuild(kept / "archive" / NAME)
    told = {each.file: each for each in made.different}
    assert not [each.file for each in made.different if each.fate == "gone"]
    for name in ("screen.pdf", "large.pdf", "text/2013-policy-leaflet.txt", "web/index.html"):
        assert name in made.files
    pages = [page for name in ("screen.pdf", "large.pdf") if name in told for page in told[name].pages]
    assert not [words for page in pages for words in page.words]
    assert f"text/{NAME}.txt" not in told


def test_what_a_template_of_format_0_asked_of_python_is_written_out() -> None:
    source = {"layouts/specimen/layout.html": b"{{ issue.line_feed|round(2) }}", "koho.yaml": b"issue.line_feed"}
    assert converted(source) == {
        "layouts/specimen/layout.html": b"{{ ((issue.size * 1.75)|round|int)|round(2) }}",
        "koho.yaml": b"issue.line_feed",
    }
    today = {**source, "layouts/_kinds/specimen/kind.yaml": b"format: 1"}
    assert converted(today) == today
