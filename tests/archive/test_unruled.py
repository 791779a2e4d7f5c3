"""Tables without rules between their cells, lists with leaders, figures cut by a line's end."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.test_figures import coded, drawn, read
from tests.archive.test_old_pages import LETTERS, TABLE, taken

from koho_pdf.archive.ingest.glyph_lines import Line
from koho_pdf.archive.ingest.unruled import unruled
from koho_pdf.geometry import Rect

ALL = LETTERS | {ord(each): each for each in "港町館祭雨延…人口千円"}


def placed(rows: Sequence[Sequence[str]], xs: Sequence[float], top: float = 500, step: float = 20) -> str:
    return "".join(
        drawn(text, x, top - step * row)
        for row, cells in enumerate(rows)
        for x, text in zip(xs, cells, strict=True)
        if text
    )


def text_of(page: str) -> str:
    return read(coded(page, ALL))[0]


@pytest.mark.parametrize("order", ["rows", "columns"])
@pytest.mark.parametrize("rules", ["", "40 490 300 .5 re f 40 470 300 .5 re f 40 450 300 .5 re f\n"])
def test_a_table_without_upright_rules_is_read_row_by_row(order: str, rules: str) -> None:
    page = placed(TABLE, (50, 120, 190))
    if order == "columns":
        page = "".join(placed([[row[n]] for row in TABLE], [x]) for n, x in enumerate((50, 120, 190)))
    after = drawn("毎週の市民の電話です。", 50, 400)
    assert text_of(rules + page + after) == "\n".join(map("\u3000".join, TABLE)) + "\n\n毎週の市民の電話です。\n"


def test_its_figures_stay_in_the_article_under_whose_heading_they_stand() -> None:
    page = drawn("市民の電話", 40, 560, 20) + placed(TABLE, (50, 120, 190)) + drawn("毎週の時間", 40, 380, 20)
    made = json.loads(taken(coded(page + drawn("毎週です。", 40, 340), ALL))["record.json"])["articles"]
    assert [(each["heading"], "42-1122" in each["text"]) for each in made] == [
        ("市民の電話", True), ("毎週の時間", False),
    ]  # fmt: skip


def test_what_goes_on_below_a_cell_is_of_that_cell() -> None:
    labels = [
        ["時間", "毎週の11:00からです。"],
        ["", "雨の日は延びます。"],
        ["市民", "町の人"],
        ["電話", "42-1801です。"],
    ]
    assert text_of(placed(labels, (50, 100), step=16)) == (
        "時間　毎週の11:00からです。雨の日は延びます。\n市民　町の人\n電話　42-1801です。\n"
    )


def test_rows_with_white_between_them_are_whole_though_every_cell_is_wrapped() -> None:
    wide = "港の祭です。雨の日は延びる。"
    rows = [[["11日", "毎週"], [wide, "市民です。"], ["港の", "町に"]], [["22日"], ["毎週です。"], ["時の", "館に"]]]
    page = "".join(
        drawn(text, x, 500 - 44 * row - 15 * n)
        for row, cells in enumerate(rows)
        for x, cell in zip((50, 85, 250), cells, strict=True)
        for n, text in enumerate(cell)
    )
    assert text_of(page) == f"11日毎週　{wide}市民です。　港の町に\n22日　毎週です。　時の館に\n"


def test_columns_of_text_and_a_narrow_caption_beside_them_are_no_table() -> None:
    left = [["市民の電話は毎週の時間です"] for _ in range(8)]
    caption = [["祭の"], ["町の"], ["人です"]]
    said = text_of(placed(left, [50], step=16) + placed(caption, [220], step=16))
    assert "\u3000" not in said
    assert said.index("祭の") > said.rindex("市民の")
    two = [["市民の電話は毎週です", "港町の祭は雨で延びる"] for _ in range(6)]
    said = text_of(placed(two, (50, 200), step=16))
    assert said.index("港町") > said.rindex("市民")


def test_short_lists_on_both_sides_of_a_rule_are_columns() -> None:
    names = [["港の", "町の"], ["電話", "市民"], ["毎週", "時間"], ["人口", "館の"]]
    said = text_of("120 430 .5 90 re f\n" + placed(names, (50, 150)))
    assert said.replace("\n", "") == "".join(row[0] for row in names) + "".join(row[1] for row in names)


def test_a_table_beside_a_column_of_text_is_found() -> None:
    left = [["市民の電話は毎週の時間です"] for _ in range(10)]
    rows = [["港町", "11:00"], ["館の", "9:22"], ["祭の", "10:00"]]
    assert "港町　11:00\n館の　9:22\n祭の　10:00" in text_of(placed(left, [50], step=16) + placed(rows, (300, 350)))


lines = st.builds(
    lambda text, x, y, size: Line(text, Rect(x, y, size * len(text), size), size, False, False),
    st.text("市民12", min_size=1, max_size=9), st.floats(0, 150), st.integers(0, 12).map(lambda n: 5.0 * n),
    st.sampled_from([3.5, 3.7, 7.0]),
)  # fmt: skip


@given(st.lists(lines, max_size=24))
def test_no_letter_is_lost_or_told_twice(given_lines: list[Line]) -> None:
    found, left = unruled(given_lines)
    told = "".join(line.text for table in found for line in table.rows) + "".join(line.text for line in left)
    assert sorted(told.replace("\u3000", "")) == sorted("".join(line.text for line in given_lines))


def test_lists_with_leaders_are_a_line_an_entry() -> None:
    page = placed([["市民の電話……11"], ["港町の時間……22"], ["毎週の人口……33"]], [50])
    assert text_of(page) == "市民の電話……11\n港町の時間……22\n毎週の人口……33\n"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("港町の祭は毎週の市民1", "1人です。", "港町の祭は毎週の市民11人です。"),
        ("港町の祭は毎週の電1,2", "00円です。", "港町の祭は毎週の電1,200円です。"),
        ("電話は毎週の0164-42-", "1801です。", "電話は毎週の0164-42-1801です。"),
        ("港町の祭は毎週の市 11", "22 市民です", "港町の祭は毎週の市 11 22 市民です"),
        ("港町の祭は毎週の市abc", "def市民です", "港町の祭は毎週の市abc def市民です"),
    ],
)
def test_a_figure_that_a_line_cuts_is_one_figure(first: str, second: str, joined: str) -> None:
    halves = sum(1 if each.isascii() else 2 for each in first)
    before = "の" * (halves // 2) + "1" * (halves % 2)
    said = read(coded(placed([[before], [first], [second]], [50], step=16), ALL | {32: " "}))[0]
    assert said == before + joined + "\n"
