"""The insert (layouts/insert): a folder only. What its pages, tags and other editions show, with and without what may
be left out."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from tests.conftest import Edit, read_structure

if TYPE_CHECKING:
    from tests.conftest import Element, Told

    from koho_pdf.pipeline import Build

ROOT = Path(__file__).parents[2]
NAME = "2027-03-insert"
FOLDERS = (
    "content/2027-03-insert",
    "layouts/_kinds/insert",
    "layouts/insert",
    "layouts/_shared",
    "layouts/_large",
    "layouts/_article",
)


def city_in(folder: Path) -> Path:
    """A workspace with nothing but the insert."""
    folder.mkdir()
    shutil.copy(ROOT / "koho.yaml", folder)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    for name in ("fonts", "press"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> Build:
    root = city_in(tmp_path_factory.mktemp("insert") / "city")
    build = proved(root, NAME, ("print", "screen", "web", "large", "text", "data"))
    assert build.findings == ()
    return build


@pytest.fixture(scope="module")
def tree(made: Build) -> Element:
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        return read_structure(pdf)


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Path:
    return city_in(tmp_path / "city")


def test_two_sides_with_bleed_and_no_pixels(made: Build) -> None:
    """Boxes, lines, numbers and art are shapes: no picture of pixels stands on a page."""
    with pikepdf.open(BytesIO(made.files["print.pdf"])) as pdf:
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            sides = [
                [round(float(edge) * 25.4 / 72, 2) for edge in page[box].as_list()] for box in ("/TrimBox", "/BleedBox")
            ]
            assert [(box[2] - box[0], box[3] - box[1]) for box in sides] == [(210, 297), (216, 303)]
            assert dict(page.get_images()) == {}


def test_lines_of_the_form_are_read_with_their_labels(tree: Element) -> None:
    """A row is an item: its name is the label, the line to write on is its body, in the order of the page."""
    form = next(each for each in tree.every("L") if "逃げる所" in each.text)
    rows = [
        ([label.text for label in row.every("Lbl")], [line.text for line in row.every("P")]) for row in form.every("LI")
    ]
    assert rows == [
        (["逃げる所"], ["第1", "第2"]),
        (["家族の連絡"], ["電話", "会う場所"]),
        (["薬・持病"], ["名前", "病院"]),
        (["近所の人"], ["名前", "電話"]),
    ]


def test_boxes_of_the_checklist_are_labels(tree: Element) -> None:
    checks = next(each for each in tree.every("L") if "スコップ" in each.text)
    items = checks.every("LI")
    assert len(items) == 8
    for item in items:
        (label,) = item.every("Lbl")
        (box,) = label.every("Figure")
        assert box.alt == "チェック欄"


def test_it_is_read_from_the_front_to_the_back(tree: Element) -> None:
    said = tree.text
    words = (
        *("雪どけの防災", "屋根の下で、", "立ち止まらない。", "気温を見る", "ふたりで行う", "流れを作る"),
        *("メールで受け取る", "折込み", "家族で話し", "逃げる所", "持ち出すもの", "スコップ", "防災課", "0164-00-1805"),
    )
    places = [said.index(each) for each in words]
    assert places == sorted(places)
    assert [each.text for each in tree.every("H1")] == ["保存版雪どけの防災（見本）"]


def test_there_is_room_for_a_hand_and_every_row_is_alike(made: Build) -> None:
    """From the foot of a label to the line below it: 8 to 10 mm."""
    fields = [
        each
        for each in json.loads(made.files["map.json"])["fields"]
        if each["edition"] == "print" and re.fullmatch(r"form\.rows\.\d\.blanks\.\d", each["field"])
    ]
    tops = sorted({round(each["box"]["y"], 2) for each in fields})
    heights = {round(each["box"]["height"], 2) for each in fields}
    assert len(fields) == 8
    assert [round(b - a, 1) for a, b in pairwise(tops)] == [17.5] * 3
    assert all(8 <= 17.5 - 3.1 - height <= 10 for height in heights)


def test_every_edition_says_that_it_is_invented(made: Build) -> None:
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        assert "見本" in str(pdf.docinfo["/Title"])
    for name in ("web/index.html", "web/articles/step-1.html", f"text/{NAME}.txt", "data/issue.json"):
        assert "見本" in made.files[name].decode(), name


def test_articles_are_those_of_the_kind(made: Build) -> None:
    told: dict[str, Any] = json.loads(made.files["data/issue.json"])
    assert [each["key"] for each in told["articles"]] == [
        "front",
        "step-1",
        "step-2",
        "step-3",
        "more",
        "form",
        "checklist",
        "contact",
    ]


def without(text: str, *keys: str) -> str:
    """A manuscript without these keys of the top level and the lines under them."""
    for key in keys:
        text, count = re.subn(rf"^{key}:.*\n(?:[ ].*\n|\n(?=[ ]))*", "", text, flags=re.MULTILINE)
        assert count == 1, key
    return text


def test_what_may_be_left_out_leaves_no_hole(city: Path, proved: Callable[..., Build]) -> None:
    """Without 保存版, card, checklist, notes; two steps; one short line: the picture takes the room."""
    path = city / "content" / NAME / "issue.yaml"
    text = without(path.read_text(encoding="utf-8"), "mark", "more", "checklist")
    text = text.replace("message: 屋根の下で、立ち止まらない。", "message: 火の用心")
    text = re.sub(r"  - name: 流れを作る\n.*\n", "", text)
    text = re.sub(r"  (lead|hours|fax): .*\n", "", text)
    path.write_text(text, encoding="utf-8")
    build = proved(city, NAME, ("screen", "web", "large", "text"))
    assert build.findings == ()
    found = {
        each["field"]: each["box"]
        for each in json.loads(build.files["map.json"])["fields"]
        if each["edition"] == "screen"
    }
    assert found["message"]["y"] == pytest.approx(134 + 42 + 26.25, abs=0.1)
    assert found["steps.0.text"]["y"] + found["steps.0.text"]["height"] < 286


HOSTILE = {
    "city.municipality": ("municipality: 留萌市", f"municipality: {'とても長い名前の' * 3}市"),
    "steps.0.name": ("name: 気温を見る", f"name: {'限界集落' * 6}"),
    "checklist.items.4": ("- 毛布・手袋・長靴", f"- {'ポータブルストーブ' * 3}"),
    "form.rows.0.blanks.1": ("blanks: [第1, 第2]", f"blanks: [第1, {'待ち合わせの場所' * 3}]"),
    "form.rows.1.name": ("name: 家族の連絡", f"name: {'家族の連絡' * 5}"),
    "contact.department": ("department: 防災課", f"department: {'総合政策防災危機管理' * 3}課"),
    "contact.hours": ("hours: 夜間・休日も警備員が受けます", f"hours: {'夜間・休日も警備員が受けます' * 8}"),
    "message": ("message: 屋根の下で、立ち止まらない。", f"message: {'屋根の下で立ち止まらない。' * 4}"),
    "more.heading": ("heading: 落雪と融雪の", f"heading: {'落雪と融雪の' * 9}"),
}


def test_words_that_do_not_fit_are_told(city: Path, told: Told) -> None:
    """Each in its own field; none is clipped, and none hides another."""
    for field, (old, new) in HOSTILE.items():
        path = city / ("koho.yaml" if field.startswith("city.") else f"content/{NAME}/issue.yaml")
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    found = [each for each in told(city, NAME, ("print",)) if each.code == "overset"]
    assert {each.where.field for each in found if each.where.field} >= {*HOSTILE} - {"city.municipality"}
    assert any(each.where.file == "koho.yaml" for each in found)


def test_long_and_several_ways_to_reach_somebody_still_fit(
    city: Path, proved: Callable[..., Build], edit: Edit
) -> None:
    path = city / "content" / NAME / "issue.yaml"
    edit(path, "department: 防災課", "department: 総務部 危機対策防災課\n  section: 防災係")
    edit(
        path,
        "telephone: 0164-00-1805",
        "telephone: [0164-00-1805 内線 123, 0164-00-1806]\n  mail: bosai@city.example.jp",
    )
    assert proved(city, NAME, ("screen", "web")).findings == ()
