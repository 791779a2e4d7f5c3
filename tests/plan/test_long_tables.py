"""Tables that are deeper than a column go on in the next one, between two rows, under their heads."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from tests.conftest import read_structure
from tests.plan.stories import make, region
from tests.plan.test_flow import characters

from koho_pdf.errors import KohoError
from koho_pdf.pipeline import Build, build
from koho_pdf.workspace.workspace import open_workspace

HEADS = ("月日", "行事")
ROWS = 50
BORDERS = {
    "separate": ".table table { border: .3mm solid; border-spacing: 0 }",
    "collapse": ".table table { border-collapse: collapse } .table td, .table th { border: .2mm solid }",
}


def story(rows: list[tuple[str, str]], more: str = "") -> str:
    cells = "".join(f'        - ["{one}", "{other}"]\n' for one, other in [HEADS, *rows])
    return (
        "kind: story\nheading: 一年の行事\nparts:\n  - heading: 予定\n    body: 次のとおりです。\n"
        f"    table:\n      caption: 行事の表\n      rows:\n{cells}    rest: これで終わりです。\n{more}"
    )


def paper(root: Path, text: str, main: str, css: str) -> Path:
    plan = ["cover", "feature: {main: [n]}", "feature: {main: []}"]
    return make(root, {"n": text}, plan, {"feature": {"main": main}}, css)


MAIN = region("15 30 180 150", 2, overflow="{to: next}")


@pytest.fixture(scope="module", params=["separate", "collapse"])
def built(request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    long = "港まつりと花火の夕べ、灯台の一般公開など"
    rows = [(f"{number}日", "まつり" if number % 3 else long) for number in range(1, ROWS + 1)]
    root = tmp_path_factory.mktemp("tables")
    folder = paper(root, story(rows), MAIN, BORDERS[request.param])
    return build(folder, open_workspace(root), ("print", "screen"))


def columns_of(built: Build) -> list[list[tuple[str, float, float]]]:
    """The characters of each column in order, with their places in mm."""
    made: list[list[tuple[str, float, float]]] = []
    for page in (2, 3):
        found = [(said, x, y) for said, x, y, _ in characters(built.files["screen.pdf"], page) if y < 185]
        made += [[each for each in found if (each[1] < 105) == left] for left in (True, False)]
    return [each for each in made if each]


def test_every_row_stands_once_and_no_column_runs_over(built: Build) -> None:
    assert {each.code for each in built.findings} <= {"page-multiple", "empty-page"}
    columns = columns_of(built)
    assert len(columns) >= 3
    said = "".join(each for column in columns for each, *_ in column)
    assert [int(each) for each in re.findall(r"(\d+)日", said)] == list(range(1, ROWS + 1))
    assert all(30 < y < 180 for column in columns for _, _, y in column)
    assert "→3ページへ続く" in said
    assert "月日行事" in "".join(each for each, *_ in columns[0]), "it begins where there is room"


def test_the_head_row_stands_at_the_top_of_every_column_again(built: Build) -> None:
    first, *others = columns_of(built)
    for column in others:
        top = min(y for _, _, y in column)
        line = sorted((x, said) for said, x, y in column if y < top + 2)
        heading = "".join(said for _, said in line)
        assert heading.startswith("月日行事"), heading
        below = min(y for _, _, y in column if y > top + 2)
        assert 4 < below - top < 8  # the next row follows at once
    assert "".join(said for said, *_ in first).count("月日行事") == 1


def test_it_is_one_table_with_its_heads_and_nothing_is_heard_twice(built: Build) -> None:
    with pikepdf.open(BytesIO(built.files["screen.pdf"])) as pdf:
        elements = list(read_structure(pdf).walk())
    kinds = [each.kind for each in elements]
    assert kinds.count("Table") == 1
    assert kinds.count("TR") == ROWS + 1
    assert kinds.count("TH") == 2 and kinds.count("TD") == 2 * ROWS
    heard = "".join(each.text for each in elements if each.kind in ("TH", "TD"))
    assert heard.count("月日") == heard.count("行事") == 1


def test_a_table_that_fits_into_a_column_is_not_divided(home: Path, tmp_path: Path) -> None:
    text = story([(f"{number}日", "まつり") for number in range(1, 13)])
    text = text.replace("次のとおりです。", "次のとおりです。" * 90)
    folder = paper(tmp_path, text, MAIN, BORDERS["separate"])
    columns = columns_of(build(folder, open_workspace(tmp_path), ("screen",)))
    assert len(columns) == 3
    assert sum("月日行事" in "".join(said for said, *_ in column) for column in columns) == 1


def test_a_row_that_is_too_tall_is_told_with_its_article(home: Path, tmp_path: Path) -> None:
    text = story([("1日", "まつり"), ("2日", "港の祭り、花火の夕べ。" * 36), ("3日", "まつり")])
    with pytest.raises(KohoError) as caught:
        build(
            paper(tmp_path, text, MAIN.replace("180 150", "180 85"), BORDERS["separate"]),
            open_workspace(tmp_path),
            ("screen",),
        )
    (found,) = [each for each in caught.value.findings if each.code == "table-row-too-tall"]
    assert found.where.file == "content/r09-03/articles/n.yaml"
    assert "85 mm" in found.message


@pytest.mark.parametrize(("height", "told"), [(90, ["85 mm"]), (60, [])])
def test_a_picture_that_is_deeper_than_every_column_is_told(
    home: Path, tmp_path: Path, height: int, told: list[str]
) -> None:
    text = "kind: story\nheading: 港\nparts:\n  - heading: その一\n    body: 春です。\n"
    text += "    photo: {file: photos/umi.png, alt: 白い海}\n"
    folder = paper(tmp_path, text, MAIN.replace("180 150", "180 85"), f"img {{ width: 20mm; height: {height}mm }}")
    try:
        found = build(folder, open_workspace(tmp_path), ("screen",)).findings
    except KohoError as fault:
        found = tuple(fault.findings)
    deep = [each for each in found if each.code == "deeper-than-column"]
    assert [words in each.message for each, words in zip(deep, told, strict=True)] == [True] * len(told)
    assert all(each.where.file == "content/r09-03/articles/n.yaml" for each in deep)
