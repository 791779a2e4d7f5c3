"""``out/<issue>/`` holds only one state of an issue: when its sources change, nothing of the older state stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Edit

REPOSITORY = Path(__file__).parents[2]


def own(city: Path, name: str) -> None:
    """A folder that is a link to the repository's becomes one that may be changed."""
    (city / name).unlink()
    shutil.copytree(REPOSITORY / name, city / name)


def other_desk(city: Path, edit: Edit) -> None:
    edit(city / "koho.yaml", "municipality: ", "municipality: 新")


def other_layout(city: Path, edit: Edit) -> None:
    edit(city / "layouts" / "tiny" / "layout.css", "top: 20mm", "top: 21mm")


def other_template(city: Path, edit: Edit) -> None:
    edit(city / "layouts" / "tiny" / "web.html", "<body>", "<body><p>新しい</p>")


def other_shared(city: Path, edit: Edit) -> None:
    (city / "layouts" / "_shared" / "zz.css").write_text("p { margin: 0 }\n", encoding="utf-8")


def other_face(city: Path, edit: Edit) -> None:
    own(city, "fonts")
    shutil.copy(city / "fonts" / "BIZUDGothic-Bold.ttf", city / "fonts" / "BIZUDGothic-Regular.ttf")


def other_press(city: Path, edit: Edit) -> None:
    own(city, "press")
    edit(city / "press" / "offset-coated.yaml", "title: ", "title: 新 ")


CHANGES = [other_desk, other_layout, other_template, other_shared, other_face, other_press]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_nothing_of_the_older_state_stays_beside_the_new_print_pdf(
    tiny: Path, edit: Edit, proved: Any, change: Callable[[Path, Edit], None]
) -> None:
    before = proved(tiny, "tiny", ("text",)).public
    assert before == proved(tiny, "tiny", ("text",)).public
    change(tiny, edit)
    assert proved(tiny, "tiny", ("text",)).public != before


def test_what_is_for_others_is_no_other_state(tiny: Path, proved: Any) -> None:
    """The archive's templates and another issue do not matter for this one."""
    before = proved(tiny, "tiny", ("text",)).public
    (tiny / "layouts" / "_archive" / "zz.css").write_text("p { margin: 0 }\n", encoding="utf-8")
    shutil.copytree(tiny / "content" / "tiny", tiny / "content" / "another")
    assert proved(tiny, "tiny", ("text",)).public == before


def test_a_print_pdf_made_after_a_change_stands_alone(tiny: Path, koho: Any, edit: Edit) -> None:
    assert koho("build", "tiny", "--papers", folder=tiny).returncode == 0
    out = tiny / "out" / "tiny"
    assert {"print.pdf", "screen.pdf", "pages", "web", "preflight"} <= {path.name for path in out.iterdir()}
    (out / "notes.txt").write_text("somebody's own", encoding="utf-8")

    assert koho("build", "tiny", "--edition", "print", folder=tiny).returncode == 0
    assert {"screen.pdf", "pages", "web", "preflight"} <= {path.name for path in out.iterdir()}, "the same state"

    other_layout(tiny, edit)
    done = koho("build", "tiny", "--edition", "print", folder=tiny)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "out/tiny/ に書きました（print.pdf）。\n"
    assert {path.name for path in out.iterdir()} == {"print.pdf", "map.json", ".made-of", "notes.txt"}


def test_no_print_pdf_of_older_words_stays_beside_a_new_page(tiny: Path, koho: Any, edit: Edit) -> None:
    assert koho("build", "tiny", "--papers", folder=tiny).returncode == 0
    out = tiny / "out" / "tiny"
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "別の文です。")
    assert koho("build", "tiny", "--edition", "web", folder=tiny).returncode == 0
    assert {path.name for path in out.iterdir()} == {"web", ".made-of"}
