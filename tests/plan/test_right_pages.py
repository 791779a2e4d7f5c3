"""Regions of right pages stand further right by ``right_pages``: the gutter is wider than the fore-edge on both sides."""

from __future__ import annotations

from pathlib import Path

from tests.plan.paper import make, notice
from tests.plan.test_pages import lines_on

from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace

HOLES = """
right_pages: 6
keep_outs:
  左の穴: {at: 195 100 15 60, side: left}
  右の穴: {at: 0 100 20 60, side: right}
"""


def test_regions_of_right_pages_stand_further_right_and_clear_of_their_holes(home: Path, tmp_path: Path) -> None:
    """The hole of a right page covers what the region of a left page would take, and takes no line of it."""
    ids = ["a", "b", "c", "d"]
    plan = ["cover", f"notices: {{main: [{', '.join(ids)}]}}", "notices: {main: [e, f, g, h]}"]
    articles = {id_: notice(number, 120) for number, id_ in enumerate("abcdefgh")}
    folder = make(tmp_path, articles, plan, columns=1, depth=180)
    with (tmp_path / "layouts" / "monthly" / "layout.yaml").open("a", encoding="utf-8") as file:
        file.write(HOLES)
    made = build(folder, open_workspace(tmp_path), ("screen",))
    left, right = (
        [(x, y) for said, x, y in lines_on(made.files["screen.pdf"], page) if "\u4e00" <= said[0] <= "\u9fff"]
        for page in (2, 3)
    )
    assert round(min(x for x, _ in left), 1) == 17.1
    assert round(min(x for x, _ in right), 1) == 23.1  # 6 mm further right
    assert [y for _, y in left] == [y for _, y in right]
