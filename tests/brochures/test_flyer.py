"""The flyer (layouts/flyer): a folder only. What its pages and its other editions show, at their limits and beyond."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from tests.brochures.conftest import EDITIONS, city_with, misread
from tests.conftest import Edit, Told, read_marks, read_structure

from judges.spoken_pdf import spoken_pdf
from koho_pdf.collation.on_page import words_on

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

NAME = "2027-08-flyer"


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> Build:
    build = proved(city_with(tmp_path_factory.mktemp("flyer") / "city", "flyer", NAME), NAME, EDITIONS)
    assert build.findings == ()
    return build


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Path:
    return city_with(tmp_path / "city", "flyer", NAME)


def boxes(build: Build, edition: str) -> dict[str, dict[str, float]]:
    fields = json.loads(build.files["map.json"])["fields"]
    return {each["field"]: each["box"] for each in fields if each["edition"] == edition}


def test_it_is_read_from_the_poster_to_the_hosts(made: Build) -> None:
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        assert len(pdf.pages) == 2
        tree = read_structure(pdf)
    assert [each.text for each in tree.every("H1")] == ["灯台の夜"]  # one heading, though each letter has its size
    words = [
        "灯台の夜",
        "灯を守る人と、",
        "夏の星と海の観察会",
        "2027年",
        "黄金岬の灯台前広場",
        "定員60人",
        "ふだんは入れない",
    ]
    words += ["ご案内", "雨のとき", "番組", "点灯", "行き方", "二次元コードから", "生涯学習課", "0164-00-1880", "主催"]
    places = [tree.text.index(each) for each in words]
    assert places == sorted(places)


def test_what_is_read_is_painted_in_its_order(made: Build, tmp_path: Path) -> None:
    assert misread(made, tmp_path) == []


def test_the_date_is_heard_as_it_is_said(city: Path, edit: Edit, proved: Callable[..., Build], tmp_path: Path) -> None:
    """The year first, wherever it stands; the weekday whole, though one letter of it is printed."""
    issue = city / "content" / NAME / "issue.yaml"
    edit(issue, "\ntime:", "\nlast_day: 2027年8月8日（日）\ntime:")
    build = proved(city, NAME, ("screen", "web"))
    assert build.findings == ()
    (tmp_path / "screen.pdf").write_bytes(build.files["screen.pdf"])
    assert "paragraph: 2027年8月7日土曜日から8月8日日曜日\n" in spoken_pdf(tmp_path / "screen.pdf")
    assert "2027年8月7日土曜日から8月8日日曜日" in words_on(build.files["web/index.html"].decode())
    edit(issue, "day: 2027年8月7日（土）", "day: 2027年12月25日（土）")
    edit(issue, "last_day: 2027年8月8日（日）", "last_day: 2027年12月26日（日）")
    for made in (build, proved(city, NAME, ("screen",))):
        boxes = {each["field"]: each["box"] for each in json.loads(made.files["map.json"])["fields"]}
        assert boxes["day"]["x"] + boxes["day"]["width"] < 165  # before the tower


def test_the_date_is_in_the_data_and_the_year_is_on_the_front(made: Build) -> None:
    told = json.loads(made.files["data/issue.json"])
    assert "2027-08-07" in json.dumps(told)
    assert "2027-08-07T19:00" in json.dumps(told)


@pytest.mark.parametrize(
    "title", ["秋祭", "文化祭", "防災フェア", "こどもまつり", "まちなか音楽会", "市民ふれあい広場"]
)
def test_the_title_grows_along_the_beam(city: Path, edit: Edit, proved: Callable[..., Build], title: str) -> None:
    """From two letters to eight, each smaller than the one before, none beyond the beam or on the tower."""
    edit(city / "content" / NAME / "issue.yaml", "title: 灯台の夜\n", f"title: {title}\n")
    build = proved(city, NAME, ("screen",))
    assert build.findings == ()
    letters = _letters(build, len(title))
    sizes = [size for _, _, size in letters]
    assert [letter for letter, _, _ in letters] == list(title)
    assert all(one > other for one, other in pairwise(sizes))
    for _, left, size in letters:
        assert size <= 2 * (48.3 - 0.2303 * (left + size)) + 0.3  # mm: as high as the beam at its right edge
        assert left > 8
        assert left + size < 167.5


def _letters(build: Build, count: int) -> list[tuple[str, float, float]]:
    """The first letters on the first page: what, left edge and size in mm."""
    with pikepdf.open(BytesIO(build.files["screen.pdf"])) as pdf:
        found = read_marks(pdf.pages[0])
        trim = [float(edge) for edge in pdf.pages[0].trimbox]
    letters = []
    for mark in [each for each in found if each.text.strip()][:count]:
        scale = abs(mark.place[3]) * 25.4 / 72
        letters.append((mark.text, (mark.place[4] - trim[0]) * 25.4 / 72, mark.size * scale))
    return letters


def test_without_programme_and_card_no_hole_is_left(city: Path, proved: Callable[..., Build]) -> None:
    path = city / "content" / NAME / "issue.yaml"
    text = path.read_text(encoding="utf-8")
    for key in ("programme", "application", "note"):
        text, count = re.subn(rf"^{key}:.*\n(?:[ ].*\n)*", "", text, flags=re.MULTILINE)
        assert count == 1
    path.write_text(text, encoding="utf-8")
    build = proved(city, NAME, ("screen", "web"))
    assert build.findings == ()
    assert boxes(build, "screen")["contact.department"]["y"] == pytest.approx(64, abs=2)  # at the head of its column


HOSTILE = {
    "title": ("title: 灯台の夜\n", f"title: {'とても長い題名の催し' * 3}\n"),
    "catch": ("catch: 灯を守る人と、星を待つ。", f"catch: {'灯を守る人と、星を待つ。' * 5}"),
    "details.bring": ("bring: 上着", f"bring: {'上着、飲み物、' * 12}上着"),
    "programme.items.1.note": ('note: "**岬 守男さん**（みさきもりお）"', f"note: {'灯台守の話' * 5}"),
    "hosts.support": ("support: 留萌観光の会", f"support: {'留萌観光の会、' * 20}留萌観光の会"),
    "contact.hours": ("hours: 平日", f"hours: {'平日と休日の朝から夜まで' * 3}平日"),
}


def test_words_that_do_not_fit_are_told(city: Path, edit: Edit, told: Told) -> None:
    for old, new in HOSTILE.values():
        edit(city / "content" / NAME / "issue.yaml", old, new)
    found = {each.where.field for each in told(city, NAME, ("print",)) if each.code == "overset"}
    assert found >= {*HOSTILE}


def test_too_many_rows_are_told_and_never_overlap(city: Path, edit: Edit, told: Told) -> None:
    """Each row fits; all together do not: the slot around them is over."""
    rows = "".join(f"    - {{name: 項目{n}, text: {'長い説明の言葉' * 7}}}\n" for n in range(3))
    edit(city / "content" / NAME / "issue.yaml", "programme:\n", f"  more:\n{rows}programme:\n")
    (found,) = [each for each in told(city, NAME, ("print",)) if each.code == "overset"]
    assert "枠「details」" in found.message
