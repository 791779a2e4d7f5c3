"""Articles keep clear of punched holes: a column loses the lines, and what is told stays exact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.plan.paper import make, notice
from tests.plan.test_pages import lines_on

from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.geometry import Rect
from koho_pdf.pipeline import Build, build
from koho_pdf.workspace.workspace import open_workspace

LINE = 7.0
IDS = [f"n{number}" for number in range(1, 11)]
HOLES = """
keep_outs:
  綴じ穴: {at: 10 100 20 21, side: left, types: [notices]}
  裏の穴: {at: 180 100 20 21, side: right}
"""


def punched(
    root: Path, letters: dict[str, int], *, direction: str = "horizontal", more: str = HOLES, depth: int = 180
) -> Path:
    articles = {id_: notice(number, letters.get(id_, 40)) for number, id_ in enumerate(IDS, 1)}
    plan = ["cover", f"notices: {{main: [{', '.join(IDS)}]}}"]
    folder = make(root, articles, plan, columns=3, depth=depth, direction=direction)
    with (root / "layouts" / "monthly" / "layout.yaml").open("a", encoding="utf-8") as file:
        file.write(more)
    return folder


def told(folder: Path) -> tuple[list[Finding], Build | None]:
    try:
        made = build(folder, open_workspace(folder.parents[1]), ("screen",))
    except KohoError as fault:
        return list(fault.findings), None
    return list(made.findings), made


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_no_article_stands_in_a_hole_and_every_line_stands_on_the_grid(
    home: Path, tmp_path: Path, direction: str
) -> None:
    found, made = told(punched(tmp_path, {}, direction=direction))
    assert made is not None, found
    assert [each.code for each in found if each.severity == "error"] == []
    hole = Rect(10, 100, 20, 21)
    kanji = [(x, y) for said, x, y in lines_on(made.files["screen.pdf"], 2) if "\u4e00" <= said <= "\u9fff"]
    assert len(kanji) > 150
    assert not [(x, y) for x, y in kanji if hole.x < x < hole.right and hole.y < y < hole.bottom]
    offsets = {round((195 - x if direction == "vertical" else y - 30) % LINE, 1) for x, y in kanji}
    assert max(offsets) - min(offsets) < 0.3, offsets
    (region,) = json.loads(made.files["map.json"])["regions"]
    assert {each["article"] for each in region["articles"]} == set(IDS)
    # 180 mm are 25 lines in 3 columns; the hole takes those of 70 to 91 mm from the first
    assert direction == "vertical" or region["lines"] == 3 * 25 - 3


def test_what_still_fits_is_exact_beside_a_hole(home: Path, tmp_path: Path) -> None:
    """So many characters more fit, and one more does not."""
    folder = punched(tmp_path, {})
    found, made = told(folder)
    assert made is not None, found
    (region,) = json.loads(made.files["map.json"])["regions"]
    for article in (region["articles"][1], region["articles"][-1]):
        left = article["left"]
        path = folder / "articles" / f"{article['article']}.yaml"
        before = path.read_text(encoding="utf-8")
        for more, fits in ((left, True), (left + 1, False)):
            path.write_text(before.rstrip("\n") + "港" * more + "\n", encoding="utf-8")
            codes = {each.code for each in told(folder)[0]}
            assert ("region-overset" not in codes) == fits, (article, more)
        path.write_text(before, encoding="utf-8")


def test_too_much_is_told_with_its_lines_and_nothing_is_lost(home: Path, tmp_path: Path) -> None:
    found, made = told(punched(tmp_path, dict.fromkeys(IDS, 200)))
    assert made is None
    (over,) = [each for each in found if each.code == "region-overset"]
    assert "行超過" in over.message


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("keep_outs: {穴: {at: 20 100 20 20, types: [notices]}}\n", set()),
        ("keep_outs: {折り目: {at: 0 120 210 0, types: [feature]}}\n", set()),  # that page is not in the plan
        ("keep_outs: {全部: {at: 0 0 210 297, types: [notices]}}\n", {"region-in-keep-out", "text-in-keep-out"}),
    ],
)
def test_regions_that_cannot_keep_clear_are_told_to_the_designer(
    home: Path, tmp_path: Path, more: str, expected: set[str]
) -> None:
    found = [each for each in told(punched(tmp_path, {}, more=more, depth=240))[0] if each.severity == "error"]
    assert {each.code for each in found} == expected
    for each in found:
        if each.code == "region-in-keep-out":
            assert each.where.file == "layouts/monthly/layout.yaml"


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_running_text_goes_on_behind_a_hole(home: Path, tmp_path: Path, direction: str) -> None:
    """Every line stands on the grid, none in the hole, and all words are there in order."""
    sentence = "海が白くなりました。"
    feature = (
        "kind: feature\nheading: 鰊がきた町\nlead: 百年前の春の話です。\nparts:\n"
        f"  - heading: その一\n    body: {sentence * 60}\n"
    )
    folder = make(tmp_path, {"nishin": feature}, ["cover", "feature: {main: [nishin]}"])
    file = tmp_path / "layouts" / "monthly" / "layout.yaml"
    text = file.read_text(encoding="utf-8").replace("flow: columns,", f"flow: columns, direction: {direction},")
    place = "40 40 20 20" if direction == "horizontal" else "160 40 20 20"
    text += f"keep_outs: {{穴: {{at: {place}, types: [feature]}}}}\n"
    file.write_text(text, encoding="utf-8")
    found, made = told(folder)
    assert made is not None, found
    assert [each.code for each in found if each.severity == "error"] == []
    hole = Rect(*map(float, place.split()))
    shown = lines_on(made.files["screen.pdf"], 2)
    assert "".join(said for said, *_ in shown).count(sentence) == 60
    kanji = [(x, y) for said, x, y in shown if "\u4e00" <= said <= "\u9fff"]
    assert not [(x, y) for x, y in kanji if hole.x < x < hole.right and hole.y < y < hole.bottom]
    along = [y if direction == "horizontal" else -x for x, y in kanji]
    edges = (hole.y, hole.bottom) if direction == "horizontal" else (-hole.right, -hole.x)
    assert min(along) < edges[0] and max(along) > edges[1]  # before it and behind it
    offsets = {round((y - 30 if direction == "horizontal" else 195 - x) % LINE, 1) for x, y in kanji}
    assert max(offsets) - min(offsets) < 0.3, offsets


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_columns_end_level_beside_a_hole_and_heads_over_all_columns_keep_clear_of_it(
    home: Path, tmp_path: Path, direction: str
) -> None:
    body = "海が白くなりました。" * 20
    parts = "".join(f"  - heading: その{n}の話はこれです\n    body: {body}\n" for n in "一二三")
    feature = f"kind: feature\nheading: 鰊がきた町\nlead: 百年前の春の話です。\nparts:\n{parts}"
    folder = make(tmp_path, {"nishin": feature}, ["cover", "feature: {main: [nishin]}"])
    layout = tmp_path / "layouts" / "monthly"
    text = (layout / "layout.yaml").read_text(encoding="utf-8")
    text = text.replace("flow: columns,", f"flow: columns, level: true, direction: {direction},")
    hole = Rect(80, 90, 20, 21) if direction == "horizontal" else Rect(120, 90, 20, 20)
    text += f"keep_outs: {{穴: {{at: {hole.x} {hole.y} {hole.width} {hole.height}, types: [feature]}}}}\n"
    (layout / "layout.yaml").write_text(text, encoding="utf-8")
    with (layout / "layout.css").open("a", encoding="utf-8") as file:
        file.write(
            "h3 { column-span: all; text-align: center; border: .1mm solid var(--ink) }\np { text-align: justify }\n"
        )
    found, made = told(folder)
    assert made is not None, found
    assert found == []
    shown = [
        (said, *((x, y) if direction == "horizontal" else (y, 210 - x)))
        for said, x, y in lines_on(made.files["screen.pdf"], 2)
    ]
    taken = (hole.y, hole.bottom) if direction == "horizontal" else (210 - hole.right, 210 - hole.x)
    heads = [down for said, _, down in shown if said in "一二三"]
    assert len(heads) == 3
    assert all(not taken[0] - 3 < down < taken[1] + 3 for down in heads)
    start, wide, beside = (15, 180, 1) if direction == "horizontal" else (30, 240, 0)
    for begin, end in zip(heads, [*heads[1:], 275.0], strict=True):
        feet = [0.0, 0.0, 0.0]
        for _, across, down in (each for each in shown if begin + 3 < each[2] < end - 3 and each[1] < start + wide):
            column = int((across - start) / wide * 3)
            feet[column] = max(feet[column], down)
        ends_at_hole = taken[0] - LINE - 3 < feet[beside] < taken[0]
        level = [foot for column, foot in enumerate(feet) if column != beside or not ends_at_hole]
        assert max(level) - min(level) < LINE + 0.5, (begin, feet)
        assert feet[beside] < max(feet) + 0.5
