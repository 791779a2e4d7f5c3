"""Unchanged issues are not made again; a change in anything that an issue depends on makes it be made again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import pytest
from tests.kinds import brochure

from koho_pdf.findings import Where, warning
from koho_pdf.geometry import Rect
from koho_pdf.many.issues import build_all
from koho_pdf.many.made_from import Sources
from koho_pdf.many.making import Made, Task
from koho_pdf.many.results import Outcome
from koho_pdf.release.versions import versions
from koho_pdf.workspace.workspace import open_workspace

NAME = brochure.NAME
TOLD = (warning("some-warning", "見本です。", Where("a.yaml", 3, box=Rect(1, 2, 3, 4)), "直します。"),)
FILES = {"print.pdf": b"pages", "pages/p1.png": b"picture"}


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Path:
    """A workspace whose fonts and press profiles may be edited too, with files beside the small brochure."""
    issue = brochure.make(tmp_path / "city")
    workspace = issue.parents[1]
    shutil.copytree(issue, issue.with_name("another"))
    shutil.copytree(workspace / "layouts" / "brochure", workspace / "layouts" / "another")
    for name in ("fonts", "press"):
        real = (workspace / name).resolve()
        (workspace / name).unlink()
        shutil.copytree(real, workspace / name)
    art = ("inside.svg", "edges.svg")
    for path in (
        *(issue / name for name in ("photos/a.png", "tables/b.csv")),
        *(workspace / "layouts" / "brochure" / "art" / name for name in art),
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"as it was")
    return workspace


def outcomes(root: Path, task: Task, fail: bool = False) -> dict[str, Outcome]:
    """The result of the task, if it were made as fast as this."""

    def run(tasks: Sequence[Task]) -> Generator[tuple[Task, Made | None], None, None]:
        for each in tasks:
            yield each, Made({}, (), exit_code=2) if fail else Made(FILES, TOLD)

    workspace = open_workspace(root)
    results = list(build_all(workspace, [task], Sources(workspace, task.press), run))
    assert fail or all(result.findings == TOLD for result in results), "warnings are told again"
    return {result.name: result.outcome for result in results}


def built(root: Path, task: Task) -> bool:
    return outcomes(root, task) == {task.issue: Outcome.BUILT}


def append(path: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        assert (root / path).is_file()
        with (root / path).open("ab") as file:
            file.write(b"\n")

    return change


def test_unchanged_it_is_left_alone(city: Path) -> None:
    task = Task(NAME)
    assert built(city, task)
    before = {path: path.stat().st_mtime_ns for path in (city / "out").rglob("*")}
    assert outcomes(city, task) == {NAME: Outcome.UNCHANGED}
    assert {path: path.stat().st_mtime_ns for path in (city / "out").rglob("*")} == before


@pytest.mark.parametrize(
    "change",
    [
        append(f"content/{NAME}/issue.yaml"),
        append(f"content/{NAME}/photos/a.png"),
        append(f"content/{NAME}/tables/b.csv"),
        append("layouts/brochure/layout.css"),
        append("layouts/brochure/art/inside.svg"),
        append("layouts/_shared/text.css"),
        append("koho.yaml"),
        append("press/offset-coated.yaml"),
        append("fonts/BIZUDGothic-Regular.ttf"),
        append("fonts/fonts.yaml"),
        lambda root: (root / "content" / NAME / "photos" / "a.png").rename(
            root / "content" / NAME / "photos" / "c.png"
        ),
        lambda root: (root / "layouts" / "brochure" / "art" / "edges.svg").unlink(),
        lambda root: (root / "out" / NAME / "print.pdf").unlink(),
        lambda root: (root / "out" / NAME / ".made.json").unlink(),
        append(f"out/{NAME}/pages/p1.png"),
        lambda root: (root / "out" / NAME / ".made.json").write_text("{}"),
        lambda root: (root / "out" / NAME / ".made.json").write_text("[1"),
    ],
)
def test_what_was_changed_is_made_again(city: Path, change: Callable[[Path], None]) -> None:
    task = Task(NAME)
    assert built(city, task)
    change(city)
    assert built(city, task)
    assert not built(city, task)


def test_another_profile_of_the_print_shop_is_another_source(
    city: Path, edit: Callable[[Path, str, str], None]
) -> None:
    """The ICC profile itself: a profile that is another one has another sum in the conditions too."""
    task = Task(NAME)
    assert built(city, task)
    conditions = city / "press" / "offset-coated.yaml"
    shutil.copy(city / "press" / "profiles" / "fogra39-coated-300.icc", city / "press" / "profiles" / "other.icc")
    edit(conditions, "profiles/fogra39-coated-300.icc", "profiles/other.icc")
    assert built(city, task)


@pytest.mark.parametrize("other", [Task(NAME, ("web",)), Task(NAME, press="newsprint"), Task(NAME, papers=True)])
def test_asked_otherwise_it_is_made_again(city: Path, other: Task) -> None:
    assert built(city, Task(NAME))
    assert built(city, other)
    assert not built(city, other)


def test_other_software_makes_it_again(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built(city, Task(NAME))
    other = {**versions(), "weasyprint": "69.0"}
    monkeypatch.setattr("koho_pdf.many.made_from.versions", lambda: other)
    assert built(city, Task(NAME))


@pytest.mark.parametrize(
    "path",
    [
        "layouts/another/layout.css",
        "content/another/issue.yaml",
        "press/newsprint.yaml",
        "layouts/_preflight/sheet.css",
    ],
)
def test_what_has_no_say_changes_nothing(city: Path, path: str) -> None:
    assert built(city, Task(NAME))
    append(path)(city)
    assert not built(city, Task(NAME))


def test_the_sheets_templates_have_a_say_in_the_papers(city: Path) -> None:
    task = Task(NAME, papers=True)
    assert built(city, task)
    append("layouts/_preflight/sheet.css")(city)
    assert built(city, task)


def test_what_failed_is_tried_again_and_what_stood_stays(city: Path) -> None:
    task = Task(NAME)
    assert built(city, task)
    append(f"content/{NAME}/issue.yaml")(city)
    assert outcomes(city, task, fail=True) == {NAME: Outcome.FAILED}
    assert outcomes(city, task, fail=True) == {NAME: Outcome.FAILED}
    assert (city / "out" / NAME / "print.pdf").read_bytes() == FILES["print.pdf"]


def test_an_issue_of_no_layout_is_never_unchanged(city: Path, edit: Callable[[Path, str, str], None]) -> None:
    edit(city / "content" / NAME / "issue.yaml", "layout: brochure", "layout: none")
    assert built(city, Task(NAME))
    assert built(city, Task(NAME))
