"""The designer's ruler is drawn also when something does not fit, and says when it is not."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from koho_pdf import pipeline
from koho_pdf.proofs.sample_sheets import sample_sheets
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from tests.conftest import Edit

PX = 200 / 25.4


@pytest.fixture
def sampled(tiny: Path, layout: Path, edit: Edit) -> Path:
    """The layout ``tiny`` with a sample whose words are too many, and a web page that does not work."""
    shutil.copytree(tiny / "content" / "tiny", layout / "sample")
    edit(layout / "sample" / "issue.yaml", "短い文です。", "字" * 44)
    (layout / "web.html").write_text("{{ issue.none }}", encoding="utf-8")
    return tiny


def test_what_does_not_fit_is_marked_in_the_drawing(sampled: Path) -> None:
    (sheet,), findings = sample_sheets("tiny", open_workspace(sampled))
    assert {"overset"} == {each.code for each in findings}
    picture = Image.open(io.BytesIO(sheet)).convert("RGB")
    assert picture.getpixel((round(70 * PX) - 1, round(32 * PX))) == (215, 60, 20)


def test_one_layout_is_checked_alone_and_a_sheet_that_cannot_be_is_told(
    sampled: Path, edit: Edit, koho: Callable[..., Any]
) -> None:
    made = koho("layouts", "--sheet", "tiny", folder=sampled)
    assert (made.returncode != 0, "overset" in made.stderr, "tiny-sheet" in made.stdout) == (True, True, True)
    assert (sampled / "out" / "look" / "tiny-sheet" / "p1.png").is_file()
    alone = koho("layouts", "tiny", folder=sampled)
    assert [line.split("\t")[0] for line in alone.stdout.splitlines()] == ["tiny"]
    assert "web.html" in alone.stderr
    assert "「tini」というレイアウトはありません" in koho("layouts", "tini", folder=sampled).stderr
    edit(sampled / "layouts" / "tiny" / "layout.html", "<body>", "<body>{{ nothing }}")
    assert "絵は作っていません" in koho("layouts", "--sheet", "tiny", folder=sampled).stdout


def test_words_upon_words_are_told_when_pages_are_looked_at(tiny: Path, layout: Path, edit: Edit) -> None:
    edit(layout / "layout.html", "</p>", '</p><p class="words" data-owner="title">見出しの語</p>')
    _, findings = pipeline.look(tiny / "content" / "tiny", open_workspace(tiny))
    assert "words-unseen" in {each.code for each in findings}
