"""The tri-fold (layouts/tri-fold): six panels on one sheet, a calendar made from the rule, and nothing on a fold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from tests.brochures.conftest import EDITIONS, city_with, misread
from tests.conftest import Edit, Told, read_marks, read_structure

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

NAME = "2027-04-waste-guide"


def city_in(folder: Path) -> Path:
    city_with(folder, "tri-fold", NAME, kind="waste-guide")
    return folder


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> Build:
    build = proved(city_in(tmp_path_factory.mktemp("tri-fold") / "city"), NAME, EDITIONS)
    assert build.findings == ()
    return build


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Path:
    return city_in(tmp_path / "city")


def test_the_print_pdf_is_the_sheet_and_the_screen_pdf_its_panels_in_order(made: Build) -> None:
    with pikepdf.open(BytesIO(made.files["print.pdf"])) as pdf:
        sides = [[float(edge) for edge in page.trimbox] for page in pdf.pages]
    assert [round((box[2] - box[0]) * 25.4 / 72) for box in sides] == [297, 297]
    with pypdfium2.PdfDocument(made.files["print.pdf"]) as opened:
        said = [page.get_textpage().get_text_range() for page in opened]
    assert all(words in said[0] for words in ("迷ったら", "集める曜日", "保存版"))  # outside: flap, back, cover
    assert all(words in said[1] for words in ("五つに分けて", "資源", "買った店へ"))
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        widths = [round(float(page.trimbox[2] - page.trimbox[0]) * 25.4 / 72) for page in pdf.pages]
        tree = read_structure(pdf)
    assert widths == [100, 100, 100, 97, 97, 100]
    words = [
        "ごみの分け方",
        "五つに分けて、",
        "朝8時30分までに",
        "有害・危険",
        "迷ったら、この表",
        "集める曜日",
        "生活環境課",
    ]
    places = [tree.text.index(each) for each in words]
    assert places == sorted(places)


def test_what_is_read_is_painted_in_its_order(made: Build, tmp_path: Path) -> None:
    assert misread(made, tmp_path) == []


def days_with(build: Build, letter: str) -> set[int]:
    """The days of the calendar that have this mark below them, by where both stand."""
    with pikepdf.open(BytesIO(build.files["screen.pdf"])) as pdf:
        marks = [each for each in read_marks(pdf.pages[5]) if each.text.strip()]
    size = 210 * 72 / 25.4
    cells = [
        (int(each.text), each.place[4], each.place[5])
        for each in marks
        if re.fullmatch(r"[0-9]{1,2}", each.text) and 88 < (size - each.place[5]) * 25.4 / 72 < 137
    ]
    found = set()
    for each in marks:
        if each.text == letter:
            near = [day for day, x, y in cells if abs(x - each.place[4]) < 20 and 0 < y - each.place[5] < 16]
            found |= set(near)
    return found


def test_the_calendar_comes_from_the_rule(made: Build) -> None:
    """月・木, the first and third Tuesday, the second Wednesday of April 2027; the holiday is collected too."""
    assert days_with(made, "燃") == {1, 5, 8, 12, 15, 19, 22, 26, 29}
    assert days_with(made, "資") == {6, 20}
    assert days_with(made, "不") == {14}


def test_another_month_and_district(city: Path, edit: Edit, proved: Callable[..., Build]) -> None:
    issue = city / "content" / NAME / "issue.yaml"
    edit(issue, "month: 2027年4月", "month: 令和10年2月")
    edit(issue, "  district: 港・本町", "  district: 藤山・幌糠")
    build = proved(city, NAME, ("screen",))
    assert build.findings == ()
    assert days_with(build, "資") == {4, 18}  # the first and third Friday of February 2028
    assert days_with(build, "不") == {24}


def test_words_keep_clear_of_the_folds(made: Build) -> None:
    fields = [each for each in json.loads(made.files["map.json"])["fields"] if each["edition"] == "screen"]
    for each in fields:
        wide = 97 if each["page"] in (4, 5) else 100
        if each["slot"]:
            assert each["box"]["x"] >= 5, each
            assert each["box"]["x"] + each["box"]["width"] <= wide - 5, each


def test_too_much_is_told_and_never_overlaps(city: Path, edit: Edit, told: Told) -> None:
    issue = city / "content" / NAME / "issue.yaml"
    item = "      - {icon: 自転車, name: 自転車}\n"
    edit(issue, item, item * 5)  # a second row, for which the panel has no room
    edit(issue, "name: 生ごみは、あとひとしぼり", f"name: {'生ごみは、あとひとしぼり' * 3}")
    edit(issue, "catch: 分ければ、まちの景色。", f"catch: {'分ければ、まちの景色。' * 3}")
    table = city / "content" / NAME / "tables" / "index.csv"
    table.write_text(table.read_text(encoding="utf-8") + ",ゆたんぽ,不\n,よこいと,燃\n", encoding="utf-8")
    found = [each for each in told(city, NAME, ("print",)) if each.code == "overset"]
    said = " ".join(each.message for each in found)
    assert all(f"枠「{slot}」" in said for slot in ("panel-right", "tip-name", "catch", "index"))


def test_things_are_a_list_in_large_print(made: Build) -> None:
    """A thing is its name alone: one after the other as paragraphs they would fill pages."""
    with pikepdf.open(BytesIO(made.files["large.pdf"])) as pdf:
        assert len(pdf.pages) <= 18
        lists = [each.text for each in read_structure(pdf).every("L")]
    assert any("生ごみ" in each and "ぬいぐるみ" in each for each in lists)
