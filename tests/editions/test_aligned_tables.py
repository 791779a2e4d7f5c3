"""Tables whose figures stand below each other, under heads in two rows: on paper, in tags, in words, in data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from tests.conftest import read_marks, read_structure
from tests.plan.stories import make, region

from koho_pdf.pipeline import Build, build
from koho_pdf.workspace.workspace import open_workspace

ROWS = (
    ("事業", "予算額", "", "参加", "増減率"),
    ("", "今年度", "前年度", "", ""),
    ("港の整備", "1,200万円", "350万円", "12人", "12.5％"),
    ("図書館", "80万円", "△9万円", "7", "△3％"),
    ("花火", "6万円", "－", "△104人", "0.25％"),
    ("朝市", "5万円", "0万円", "65", "皆増"),
)
EDITIONS = ("print", "screen", "web", "large", "text", "data")
NAMES = ["事業", "予算額 今年度", "予算額 前年度", "参加", "増減率"]
"""The names of the columns in words."""


@pytest.fixture(scope="module")
def made(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A table in running text, long enough for two columns, in every edition."""
    works = [f"{where}町の{what}" for where in "東西南北中" for what in ("道路", "公園", "橋", "学校", "広場", "駅")]
    rows = [*ROWS, *((work, "3万円", "2万円", "4人", "1.5％") for work in works)]
    cells = "".join(f"        - {json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    story = (
        "kind: story\nheading: 予算\nparts:\n  - heading: 表\n    body: 次のとおりです。\n    table:\n"
        f"      caption: おもな事業\n      row_heads: true\n      head_rows: 2\n      rows:\n{cells}"
    )
    root = tmp_path_factory.mktemp("aligned")
    types = {"feature": {"main": region("15 30 180 150", 2, overflow="{to: next}")}}
    css = (
        ".table table { font-size: 3.25mm; border-collapse: collapse }"
        ".table td, .table th { padding: .3mm; border: .15mm solid }"
    )
    folder = make(root, {"n": story}, ["cover", "feature: {main: [n]}", "feature: {main: []}"], types, css)
    made = build(folder, open_workspace(root), EDITIONS)
    assert {each.code for each in made.findings} <= {"page-multiple", "empty-page", "kind-without-page"}
    return made


def ends(pdf: bytes, *words: str) -> list[float]:
    """Where the sign before ``|`` ends in each of these words, at their first place on the second page (points)."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[1].get_textpage()
        found = []
        for each in words:
            at = text.search(each.replace("|", "")).get_next()
            assert at, each
            found.append(float(text.get_charbox(at[0] + each.index("|") - 1)[2]))
    return found


@pytest.mark.parametrize(
    ("words", "most"),
    [
        (("12人|", "△104人|", "4人|"), 0.02),  # at the unit
        (("7|", "65|"), 0.06),
        (("1,200万円|", "80万円|", "6万円|"), 0.02),
    ],
)
def test_figures_stand_below_each_other(made: Build, words: tuple[str, ...], most: float) -> None:
    em = 3.25 / 25.4 * 72
    for edition in ("print", "screen"):
        found = ends(made.files[f"{edition}.pdf"], *words)
        assert max(found) - min(found) < most * em, (edition, found)


def test_figures_stand_at_their_decimal_point(made: Build) -> None:
    """Also one without decimals. The place is that of the operator: the point is narrower than a figure, and readers
    divide the width of a number evenly among its signs."""
    for edition in ("print", "screen"):
        with pikepdf.open(BytesIO(made.files[f"{edition}.pdf"])) as pdf:
            shown = read_marks(pdf.pages[1])
        middle = 300  # points: the second column has the same figures
        marks = {each.text: each for each in shown if each.place[4] < middle}
        points = []
        for word in ("12|.5％", "△3|％", "0|.25％", "1|.5％"):
            whole, _, _ = word.partition("|")
            mark = marks[word.replace("|", "")]
            ems = sum(0.5 if each.isascii() else 1 for each in whole)
            points.append(mark.place[4] + ems * mark.size * mark.place[0])
        assert max(points) - min(points) < 0.02


def test_a_figure_without_the_unit_ends_where_the_unit_of_others_begins(made: Build) -> None:
    """A quarter of an em is set before the unit (JLREQ 3.2.6), and a digit does not fill its own width."""
    (bare, with_unit) = ends(made.files["screen.pdf"], "7|", "4人|")
    assert 1.2 < (with_unit - bare) / (3.25 / 25.4 * 72) < 1.4


def test_what_is_left_free_is_neither_copied_nor_tagged(made: Build) -> None:
    """Nor are the heads that are repeated in the second column."""
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        (table,) = read_structure(pdf).every("Table")
        said = [[cell.text for cell in row.every("TH", "TD")] for row in table.every("TR")]
    heads = [["事業", "予算額", "参加", "増減率"], ["今年度", "前年度"]]
    assert said[:6] == [*heads, *(list(row) for row in ROWS[2:])]
    assert len(said) == 6 + 30
    with pypdfium2.PdfDocument(made.files["screen.pdf"]) as document:
        copied = "".join(document[1].get_textpage().get_text_range().split())
    assert "港の整備1,200万円350万円12人12.5％図書館80万円△9万円7△3％花火" in copied
    assert copied.count("今年度前年度") == copied.count("増減率") == 2


def cells_of(node: Any) -> Iterator[Any]:
    """The cells of a structure tree, in their order."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from cells_of(each)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") in ("/TH", "/TD"):
            yield node
        elif "/K" in node and "/S" in node:
            yield from cells_of(node.K)


def test_a_cell_is_under_both_its_heads(made: Build) -> None:
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        cells = list(cells_of(pdf.Root.StructTreeRoot.K))
        place = {bytes(each.ID): number for number, each in enumerate(cells) if each.S == "/TH"}
        of = [[place[bytes(head)] for head in each.A.Headers] for each in cells if each.S == "/TD"]
        spans = [(int(each.A.get("/ColSpan", 1)), int(each.A.get("/RowSpan", 1))) for each in cells[:6]]
    assert spans == [(1, 2), (2, 1), (1, 2), (1, 2), (1, 1), (1, 1)]
    assert of[:4] == [[6, 1, 4], [6, 1, 5], [6, 2], [6, 3]]


def test_words_and_data_name_both_heads(made: Build) -> None:
    text = next(made.files[name] for name in made.files if name.startswith("text/")).decode()
    assert f"〔列の見出し〕{'、'.join(NAMES)}。" in text
    assert "図書館、予算額 今年度 80万円、予算額 前年度 マイナス9万円、参加 7、増減率 マイナス3パーセント。" in text
    (table,) = [table for each in json.loads(made.files["data/issue.json"])["articles"] for table in each["tables"]]
    assert table["heads"] == NAMES
    assert table["rows"][0] == list(ROWS[2])


@pytest.mark.parametrize("file", ["web/articles/n.html", "large.pdf"])
def test_other_editions_have_the_same_table(made: Build, file: str) -> None:
    if file.endswith(".html"):
        page = made.files[file].decode()
        assert '<th scope="col" colspan="2" class="over"' in page
        assert '<th scope="col" class="figures" rowspan="2"' in page
        assert re.search(r'<td class="figures" data-room="5"[^>]*>.{0,30}12\.5％', page)
        assert "[data-room]::after { content: attr(data-room); visibility: hidden }" in page
        return
    with pypdfium2.PdfDocument(made.files[file]) as document:
        said = "".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert "図書館" in said and said.count("予算額今年度") >= 1
