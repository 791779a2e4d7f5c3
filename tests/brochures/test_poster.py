"""The poster (layouts/poster): a folder only. What is read from afar is large enough and stands out."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from tests.brochures.conftest import EDITIONS, city_with, misread
from tests.conftest import Edit, Told, read_structure

from koho_pdf.editions.contrast import pairs

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

NAME = "2027-11-poster"
WORDS = "message:\n  - 揺れたら、\n  - 高台へ。\n"


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> Build:
    build = proved(city_with(tmp_path_factory.mktemp("poster") / "city", "poster", NAME), NAME, EDITIONS)
    assert build.findings == ()
    return build


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Path:
    return city_with(tmp_path / "city", "poster", NAME)


def test_what_is_read_at_five_metres_is_large_and_stands_out(made: Build) -> None:
    """At least 100Q (25 mm), and 4.5:1 on a screen and in grey, though large type may have 3:1 elsewhere."""
    fields = [each for each in json.loads(made.files["map.json"])["fields"] if each["edition"] == "screen"]
    sizes = {each["field"]: each["slot"]["size"] for each in fields if each["slot"]}
    assert all(sizes[field] >= 100 for field in ("message.0", "message.1", "day"))
    assert sizes["time"] == 67  # 3 m; the large slot, though the weekday stands before the time
    boxes = {each["field"]: each["box"] for each in fields}
    for line in ("message.0", "message.1"):  # the right margin is about as wide as the left one (16 mm)
        assert boxes[line]["x"] + boxes[line]["width"] - 0.2 * sizes[line] / 4 >= 268  # less the space of 、 or 。
    assert all(sizes[field] >= 40 for field in ("title", "place"))  # 2 m
    assert all(pair.ratio >= 4.5 for pair in pairs(made.files["screen.pdf"], afar=14))


def test_what_is_read_is_painted_in_its_order(made: Build, tmp_path: Path) -> None:
    assert misread(made, tmp_path) == []


def test_it_is_read_from_the_message_to_the_telephone(made: Build) -> None:
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        tree = read_structure(pdf)
    words = [
        "揺れたら、",
        "高台へ。",
        "津波避難訓練",
        "2027年11月5日金曜 午前10時",
        "市内全域",
        "防災課",
        "0164-00-1805",
    ]
    places = [tree.text.index(each) for each in words]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "lines",
    [
        ["祝"],
        ["火の用心"],
        ["火の用心、", "寝る前にもう一度。"],
        ["一", "二三", "四五六"],
        ["山へ", "高台へ。"],
        ["あいうえおかきくけこ"],
    ],
)
def test_a_short_line_is_large_and_a_long_one_as_wide(
    city: Path, edit: Edit, proved: Callable[..., Build], lines: list[str]
) -> None:
    edit(city / "content" / NAME / "issue.yaml", WORDS, "message:\n" + "".join(f"  - {line}\n" for line in lines))
    build = proved(city, NAME, ("screen",))
    assert build.findings == ()
    found = {each["field"]: each["box"] for each in json.loads(build.files["map.json"])["fields"]}
    boxes = [found[f"message.{number}"] for number in range(len(lines))]
    for box, line in zip(boxes, lines, strict=True):  # the space after a last 、 or 。 is not seen
        assert box["x"] + box["width"] <= (290 if line[-1] in "、。" else 282)
    assert boxes[0]["y"] >= 8
    assert boxes[-1]["y"] + boxes[-1]["height"] <= 156  # the picture begins
    assert all(one["y"] + one["height"] <= other["y"] + 3 for one, other in pairwise(boxes))


def test_words_that_do_not_fit_are_told(city: Path, edit: Edit, told: Told) -> None:
    issue = city / "content" / NAME / "issue.yaml"
    for old, new in (
        ("- 高台へ。", "- 高台へ急いで逃げてください。"),
        ("title: 津波避難訓練", f"title: {'津波避難訓練' * 4}"),
        ("time: 午前10時", "time: 午前10時から午後3時30分まで"),
        ("place: 市内全域", f"place: {'市内全域' * 5}"),
        ("department: 防災課", f"department: {'総合政策防災危機管理' * 3}課"),
    ):
        edit(issue, old, new)
    found = {each.where.field for each in told(city, NAME, ("print",)) if each.code == "overset"}
    assert found >= {"message.1", "title", "time", "place"}
    assert any(str(each).startswith("contact") for each in found)


def test_the_citys_own_sign_takes_the_place_of_the_arrow(city: Path, edit: Edit, proved: Callable[..., Build]) -> None:
    sign = '<svg xmlns="http://www.w3.org/2000/svg" width="22mm" height="24mm" viewBox="0 0 22 24">'
    (city / "content" / NAME / "sign.svg").write_text(f'{sign}<rect width="22" height="24" fill="#0a7a5c"/></svg>')
    edit(city / "content" / NAME / "issue.yaml", "day:", "sign: {file: sign.svg, alt: 津波避難場所の標識}\nday:")
    build = proved(city, NAME, ("screen", "web"))
    assert build.findings == ()
    with pikepdf.open(BytesIO(build.files["screen.pdf"])) as pdf:
        figures = [each.alt for each in read_structure(pdf).every("Figure")]
    assert "津波避難場所の標識" in figures


def test_type_too_small_for_its_distance_is_told_to_the_designer(city: Path, edit: Edit, told: Told) -> None:
    edit(city / "layouts" / "poster" / "layout.yaml", "  time: {size: 67,", "  time: {size: 59,")
    (found,) = [each for each in told(city, NAME, ("print",)) if each.code == "too-small-from-afar"]
    assert "60Q以上" in found.hint
    assert found.where.field == "slots.time.size"


@pytest.mark.parametrize("last_day", ["", "last_day: 2027年11月7日（日）\n"])
@pytest.mark.parametrize("department", ["防災課", "危機対策防災課"])
@pytest.mark.parametrize("place", ["市内全域", "市内全域の小中学校"])
def test_nothing_at_its_foot_stands_upon_another(
    city: Path, edit: Edit, proved: Callable[..., Build], place: str, department: str, last_day: str
) -> None:
    """Title and place in one line or two, the contact beside the city's name or above it, one day or several."""
    issue = city / "content" / NAME / "issue.yaml"
    edit(issue, "place: 市内全域", f"place: {place}")
    edit(issue, "department: 防災課", f"department: {department}")
    edit(issue, "time:", f"{last_day}time:")
    build = proved(city, NAME, ("screen",))
    assert build.findings == ()
    fields = json.loads(build.files["map.json"])["fields"]
    stand: dict[str, tuple[float, float]] = {}
    for each in fields:
        if slot := each["slot"]:  # its letters are in the middle of its line
            middle, half = slot["place"]["y"] + slot["place"]["height"] / 2, slot["size"] / 8
            stand[each["field"]] = middle - half, middle + half
    rows = ["time", "title", *(["place"] if len(place) > 4 else []), "contact.department"]
    for (_, foot), (head, _) in pairwise(stand[each] for each in rows):
        assert foot + 0.5 < head, rows
    assert stand["contact.department"][1] <= 408
