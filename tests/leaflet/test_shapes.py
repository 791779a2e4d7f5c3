"""The leaflet with other numbers than four pillars of three initiatives: eight manuscripts written before the layout
knew them (``eight/``), and small ones of every number there may be."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.composition.conftest import read_page

from koho_pdf import pipeline
from koho_pdf.composition.document import Placed
from koho_pdf.findings import errors_in
from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.galley import print_galley
from koho_pdf.layout.templates import render
from koho_pdf.workspace.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from koho_pdf.composition.document import Document
    from koho_pdf.findings import Finding
    from koho_pdf.pipeline import Build

ROOT = Path(__file__).parents[2]
EIGHT = Path(__file__).parent / "eight"
SHARED = ("layouts/_kinds", "layouts/_shared", "layouts/_large", "layouts/_article", "layouts/policy-leaflet")
COLUMNS = ("pillar-", "column-", "row-")  # the slots of the initiatives


@pytest.fixture(scope="module")
def city(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the eight manuscripts, and nothing else."""
    folder = tmp_path_factory.mktemp("eight") / "city"
    folder.mkdir()
    shutil.copy(ROOT / "koho.yaml", folder)
    for name in SHARED:
        shutil.copytree(ROOT / name, folder / name)
    for name in ("fonts", "press"):
        (folder / name).symlink_to(ROOT / name)
    for each in EIGHT.iterdir():
        if each.is_dir():
            shutil.copytree(each, folder / "content" / each.name)
    return folder


@dataclass(frozen=True)
class Composed:
    document: Document
    findings: tuple[Finding, ...]


def for_print(workspace: Workspace, name: str) -> Composed:
    """An issue's pages as they go to the print shop, not yet written; and what was found until then."""
    return _for_print(workspace.root, name)


@cache
def _for_print(root: Path, name: str) -> Composed:
    """Many tests look at the same."""
    workspace = open_workspace(root)
    with ThreadPoolExecutor(1) as beside:
        of, told = pipeline._read(
            workspace.content / name, workspace, workspace.city.press, beside, False, "", lambda _: None
        )
        galley = print_galley(of.whole, of.layout, workspace.city, of.press, of.folder, of.root)
        document = of.compose("print", galley)
    return Composed(document, (*told, *document.findings))


@pytest.mark.parametrize("number", range(1, 9))
def test_each_of_the_eight_fits_with_every_word(city: Path, proved: Callable[..., Build], number: int) -> None:
    """A build has an error for text that leaves its slot, is lost, hidden, near the trim or too small."""
    build = proved(city, str(number))
    assert [each for each in build.findings if each.code != "picture-resolution"] == []
    columns = [each for each in placed(build) if each["slot"] and each["slot"]["name"].startswith(COLUMNS)]
    assert columns
    pillars = {each["field"].split(".")[1] for each in columns if each["field"].startswith("pillars.")}
    assert len(pillars) == {1: 3, 2: 6, 3: 6, 4: 5, 5: 4, 6: 3, 7: 4, 8: 6}[number]
    assert clashes(build.placed["screen"]) == []
    names = {each["slot"]["name"] for each in placed(build) if each["slot"]}
    sizes = [int(name.split("-")[1]) for name in names if re.match(r"head-\d", name)]
    assert not sizes or max(sizes) <= 1.3 * min(sizes)  # the names of the spread are as large as each other, or nearly


@pytest.mark.parametrize(("number", "columns"), [(3, 6), (5, 4)])
def test_photographs_in_columns_end_level(city: Path, workspace_of_many: Workspace, number: int, columns: int) -> None:
    """However long a column is, its photograph ends where all others end, and stands below its text."""
    made = for_print(workspace_of_many, str(number))
    photographs = [each for each in made.document.placed if each.field.endswith(".photo.file")]
    assert len(photographs) == columns
    assert len({round(each.box.y + each.box.height, 1) for each in photographs}) == 1
    assert len({round(each.box.height) for each in photographs}) > (1 if number != 5 else 0)
    for photograph in photographs:
        pillar = photograph.field.removesuffix("photo.file")
        ends = [each.box.y + each.box.height for each in made.document.placed if each.field.startswith(f"{pillar}init")]
        assert max(ends) < photograph.box.y


@pytest.mark.parametrize("number", [5, 6, 7])
def test_columns_beside_each_other_are_more_than_a_character_apart(
    city: Path, workspace_of_many: Workspace, number: int
) -> None:
    """With less their lines read as one: 海外■空き店舗."""
    slots = read_layout(city / "layouts" / "policy-leaflet", city).slots
    shown = [each for each in for_print(workspace_of_many, str(number)).document.placed if each.slot]
    columns = [each for each in shown if each.slot and each.slot.name.startswith("column-")]
    pairs = 0
    for one, other in combinations(columns, 2):
        a, b = sorted((one.box, other.box), key=lambda box: box.x)
        beside = one.page == other.page and min(a.y + a.height, b.y + b.height) - max(a.y, b.y) > 0.1
        if beside and b.x - a.x > 1 and one.slot:
            pairs += 1
            slot = slots[one.slot.name]
            width = min(a.width, slot.chars_per_line * slot.size / 4)  # a 。 may hang behind the last character
            assert b.x - a.x - width > 1.1 * slot.size / 4, (one.field, other.field)
    assert pairs or number == 6


def test_the_lead_cuts_no_word_of_the_slogan(workspace_of_many: Workspace) -> None:
    """「小|さくても輝くまち」 was cut. A long lead is not spread either: 第 6 次 was pulled apart."""
    told = {number: lead_of(workspace_of_many, number) for number in ("1", "2", "3")}
    assert '<span class="phrase">「小さくても</span>' in told["2"]
    assert '<span class="phrase">スタートします。</span>' in told["1"]
    assert all("lead ragged" in each for each in told.values())


def test_a_short_introduction_stands_right_above_the_heading(city: Path, workspace_of_many: Workspace) -> None:
    """Two lines stood at the top of a box for four, 22 mm above the heading they lead to."""
    file = city / "content" / "2" / "issue.yaml"
    manuscript = yaml.safe_load(file.read_text(encoding="utf-8"))
    manuscript["introduction"] = (
        "令和9年度の重点的な取組を、5つの柱で紹介します。どれも見本のための作りごとで、事実ではありません。"
    )
    folder = city / "content" / "short"
    shutil.copytree(file.parent, folder)
    (folder / "issue.yaml").write_text(yaml.safe_dump(manuscript, allow_unicode=True, width=10_000), encoding="utf-8")
    made = for_print(workspace_of_many, folder.name)
    boxes = {each.field: each.box for each in made.document.placed if each.page == 1}
    above, below = boxes["introduction"], boxes["principles.heading"]
    assert 3 < below.y - above.y - above.height < 10


def lead_of(workspace: Workspace, name: str) -> str:
    """The lead of an issue's cover, as HTML."""
    found = re.search(r'<p class="place lead.*?</p>', html_of(workspace, name), re.DOTALL)
    assert found
    return found[0]


def test_of_unlike_pillars_no_photograph_stands_far_below_its_words(city: Path, workspace_of_many: Workspace) -> None:
    """In stacked bands a photograph begins under the name's strip or a line below the last column, and ends with its
    band; under columns that stood beside each other a hole of 50 mm was left.
    """
    made = for_print(workspace_of_many, "8").document
    strips = {each.field: each.box for each in made.placed if each.slot and each.slot.name.startswith("strip-name")}
    assert len(strips) == 6
    for each in made.placed:
        if not each.field.endswith(".photo.file"):
            continue
        pillar = each.field.removesuffix("photo.file")
        strip = strips[f"{pillar}name"]
        above = [strip.y + strip.height]
        for words in made.placed:
            ends = words.box.y + words.box.height
            across = words.box.x + words.box.width > each.box.x + 1 and words.box.x < each.box.x + each.box.width
            if words.field.startswith(f"{pillar}init") and across and ends < each.box.y:
                above.append(ends)
        assert -0.1 < each.box.y - max(above) < 12, each.field
        assert 30 < each.box.height < 1.6 * each.box.width < 5.2 * each.box.height


def test_many_words_have_low_heads_and_nothing_under_15q(city: Path, workspace_of_many: Workspace) -> None:
    made = for_print(workspace_of_many, "3").document
    names = {each.slot.name for each in made.placed if each.slot}
    assert any(name.startswith("low-") for name in names)
    assert not any("-xxs-" in name for name in names)
    columns = [each for each in made.placed if each.slot and each.slot.name.startswith("column-")]
    slots = read_layout(city / "layouts" / "policy-leaflet", city).slots
    assert {slots[each.slot.name].size for each in columns if each.slot} == {15}


def test_a_table_of_many_columns_has_the_whole_page(city: Path, workspace_of_many: Workspace) -> None:
    made = for_print(workspace_of_many, "4").document
    assert [each for each in made.placed if each.slot and each.slot.name.startswith("column-triple")]


def test_three_pillars_of_unlike_counts_fit(city: Path, workspace_of_many: Workspace) -> None:
    """In rows of equal height the longest of them left its row."""
    chance = Random(5)
    issue = random_issue(chance, 3, 1)
    for pillar, count in zip(issue["pillars"], (5, 1, 3), strict=True):
        policies = ["".join(chance.choices("春夏秋冬東西南北", k=58)) + "。" for _ in range(2 if count == 5 else 1)]
        pillar["initiatives"] = [{"name": "春夏秋冬の取組", "policies": list(policies)} for _ in range(count)]
    folder = city / "content" / "unlike"
    folder.mkdir()
    (folder / "issue.yaml").write_text(yaml.safe_dump(issue, allow_unicode=True, width=10_000), encoding="utf-8")
    made = for_print(workspace_of_many, folder.name)
    assert errors_in(made.findings) == ()
    assert clashes(made.document.placed) == []


def icons_of(folder: Path, *pillars: tuple[str, str, str | None]) -> list[str]:
    """The icons of pillars, each with its name, the names of its initiatives, and what it asks for."""
    (folder / "asked.html").write_text(
        '{% from "palette.html" import icon_for with context %}'
        "{% for each in issue.pillars %}{{ icon_for(each) }} {% endfor %}"
    )
    told = [
        {
            "name": {"plain": name},
            "initiatives": [{"name": {"plain": initiatives}}],
            "icon": icon,
            "place": place,
        }
        for place, (name, initiatives, icon) in enumerate(pillars)
    ]
    shown = render((folder, ROOT / "layouts/policy-leaflet"), "asked.html", folder, {"issue": {"pillars": told}})
    return str(shown).split()


def test_a_pillar_has_the_icon_it_asks_for(tmp_path: Path) -> None:
    kind = yaml.safe_load((ROOT / "layouts/_kinds/policy-leaflet/kind.yaml").read_text(encoding="utf-8"))
    words = kind["fields"]["pillars"]["of"]["fields"]["icon"]["of"]
    drawn = {each.name for each in (ROOT / "layouts/policy-leaflet").glob("art/icon-*.svg")}
    asked = icons_of(tmp_path, *((word, "", word) for word in words))
    assert {*asked} == drawn
    assert len({*asked}) == len(words)
    assert asked[words.index("環境")] == "icon-green.svg"
    assert icons_of(tmp_path, ("合併20周年", "", "対話"), ("市民", "", "対話")) == ["icon-talk.svg"] * 2  # as asked


def test_a_pillar_that_asks_for_no_icon_has_that_of_its_words_and_none_twice(tmp_path: Path) -> None:
    """A kite stood beside 産業 and an umbrella beside 教育: the icons of their places."""
    names = "子育てのまち", "地域経済の活性化", "防災と安心", "市民と歩む市役所", "医療と福祉", "緑と水のまち"
    files = "children", "economy", "safety", "talk", "health", "green"
    asked = ((name, "漁港の改修" if "経済" in name else "", None) for name in names)
    assert icons_of(tmp_path, *asked) == [f"icon-{file}.svg" for file in files]
    more = "教育と文化", "イノベーションの創出", "公共交通の確保", "商店街のにぎわい"
    drawn = ["icon-learning.svg", "icon-ideas.svg", "icon-transport.svg", "icon-trade.svg"]
    assert icons_of(tmp_path, *((name, "", None) for name in more)) == drawn
    assert icons_of(tmp_path, ("未来へ", "小学校の改築", None), ("学校", "", None))[0] == "icon-children.svg"
    told = icons_of(tmp_path, ("未来", "", None), ("学校", "", "子ども"), ("防災", "", None), ("経済", "漁港", "産業"))
    assert told == ["icon-town.svg", "icon-children.svg", "icon-safety.svg", "icon-economy.svg"]
    told = icons_of(tmp_path, ("こども", "", None), ("学校", "", "子ども"), ("防災", "", None), ("合併", "記念", None))
    assert told == ["no-icon.svg", "icon-children.svg", "icon-safety.svg", "no-icon.svg"]


def test_no_anchor_stands_in_a_town_without_a_sea(tmp_path: Path) -> None:
    """An anchor stood beside 有機農業 and ワイン, and a boat under them."""
    farms = ("地域経済の好循環", "有機農業産地づくり 海外への販路", "産業"), ("防災", "", None)
    assert icons_of(tmp_path, *farms)[0] == "icon-trade.svg"
    assert icons_of(tmp_path, ("地域経済の好循環", "港のにぎわい", "産業"), farms[1])[0] == "icon-economy.svg"
    assert icons_of(tmp_path, farms[0], ("商店街", "", "商工"))[0] == "icon-economy.svg"  # none stands twice


def test_a_band_of_one_initiative_has_its_words_beside_its_heading(workspace_of_many: Workspace) -> None:
    """Under it they left the right half of the band empty, and 24 mm below."""
    boxes = {each.field: each.box for each in for_print(workspace_of_many, "4").document.placed}
    head, words = boxes["pillars.0.initiatives.0.name"], boxes["pillars.0.initiatives.0.policies.0"]
    assert words.x > head.x + 55
    assert abs(words.y - head.y) < 1


def test_unlike_initiatives_have_their_words_beside_their_headings(workspace_of_many: Workspace) -> None:
    """In columns a line stood beside ten, over a void of 70 x 90 mm."""
    boxes = {each.field: each.box for each in for_print(workspace_of_many, "7").document.placed}
    for pillar, count in ((1, 2), (2, 3), (3, 2)):
        at = [f"pillars.{pillar}.initiatives.{number}" for number in range(count)]
        ends = 0.0
        for one in at:
            head, words = boxes[f"{one}.name"], boxes[f"{one}.policies.0"]
            assert words.x > head.x + 55
            assert abs(words.y - head.y) < 1
            assert head.y > ends
            ends = max(head.y + head.height, words.y + words.height)
    heads = [boxes[f"pillars.0.initiatives.{number}.name"] for number in (0, 1)]
    assert abs(heads[0].y - heads[1].y) < 0.1  # of like length: columns


@pytest.mark.parametrize("number", ["4", "7"])
def test_words_stand_as_far_below_every_strip(workspace_of_many: Workspace, number: str) -> None:
    boxes = {each.field: each.box for each in for_print(workspace_of_many, number).document.placed if each.page != 1}
    pillars = sorted({each.split(".")[1] for each in boxes if each.startswith("pillars.")})
    gaps = [
        boxes[f"pillars.{at}.initiatives.0.name"].y
        - boxes[f"pillars.{at}.name"].y
        - boxes[f"pillars.{at}.name"].height / 2  # in the middle of its strip, on one line or two
        for at in pillars
    ]
    assert len(gaps) > 3
    assert max(gaps) - min(gaps) < 0.1


def test_initiatives_beside_each_other_begin_level(city: Path, workspace_of_many: Workspace) -> None:
    """2 and 3 stood a line above or below their neighbours."""
    boxes = {each.field: each.box for each in for_print(workspace_of_many, "4").document.placed}
    for left, right in ((0, 3), (1, 4)):
        of = [boxes[f"pillars.1.initiatives.{number}.name"] for number in (left, right)]
        assert of[1].x > of[0].x + 50
        assert abs(of[0].y - of[1].y) < 0.1
    issue = random_issue(Random(9), 5, 3)
    for number, pillar in enumerate(issue["pillars"]):
        pillar["initiatives"] = [
            {"name": "春の取組", "policies": ["春夏秋冬を伝えます。" * (4 + (number + at) % 2)]} for at in range(3)
        ]
    folder = city / "content" / "level"
    folder.mkdir()
    (folder / "issue.yaml").write_text(yaml.safe_dump(issue, allow_unicode=True, width=10_000), encoding="utf-8")
    made = for_print(workspace_of_many, folder.name)
    assert errors_in(made.findings) == ()
    tops = {each.field: each.box.y for each in made.document.placed if each.field.endswith(".name")}
    narrow = {each.field.split(".")[1] for each in made.document.placed if each.slot and "-57" in each.slot.name}
    for at in range(3):
        found = [tops[f"pillars.{pillar}.initiatives.{at}.name"] for pillar in narrow]
        assert len(found) > 2
        assert max(found) - min(found) < 0.1


def html_of(workspace: Workspace, name: str) -> str:
    """The finished pages of one issue as HTML."""
    with ThreadPoolExecutor(1) as beside:
        of, _ = pipeline._read(
            workspace.content / name, workspace, workspace.city.press, beside, False, "", lambda _: None
        )
    return str(print_galley(of.whole, of.layout, workspace.city, of.press, of.folder, of.root).html)


def test_the_cover_of_a_town_without_a_sea_shows_hills(workspace_of_many: Workspace) -> None:
    """A lighthouse and the open sea stood over 柏ヶ丘 and 城下町."""
    for number, by_the_sea in (("7", False), ("2", False), ("6", True), ("4", True)):  # 4: ひとつの海へ
        shown = html_of(workspace_of_many, number)
        assert ("日本海に沈む夕日" in shown) == by_the_sea, number
        assert ("山なみに沈む夕日" in shown) != by_the_sea, number
        assert ("M-3 .2L-2-18.6" in shown) == by_the_sea, number  # the tower


def test_cards_on_both_sides_of_the_fold_begin_level(workspace_of_many: Workspace) -> None:
    """The box of the telephone and that of the principles began 5 mm apart."""
    for number in ("3", "4"):
        shown = html_of(workspace_of_many, number)
        tops = [float(each) for each in re.findall(r'class="place card[^"]*"[^>]*?top: ([0-9.]+)mm', shown)]
        assert len(tops) > 1
        assert abs(min(tops[:-1]) - tops[-1]) < 0.1, number


def test_a_photograph_is_wide_where_a_page_has_room(workspace_of_many: Workspace) -> None:
    """Beside two short initiatives in two columns it was 57 mm wide and 60 high, with a hole of 25 mm left of it."""
    placed = for_print(workspace_of_many, "8").document.placed
    for pillar in ("pillars.3", "pillars.5"):
        (photograph,) = (each.box for each in placed if each.field == f"{pillar}.photo.file")
        ends = [each.box.y + each.box.height for each in placed if each.field.startswith(f"{pillar}.init")]
        assert photograph.width > 110
        assert -2 < photograph.y + photograph.height - max(ends) < 25


def test_what_is_read_above_a_first_line_is_clear_of_the_heading(workspace_of_many: Workspace) -> None:
    boxes = {each.field: each.box for each in for_print(workspace_of_many, "3").document.placed}

    def step(initiative: str) -> float:
        return boxes[f"{initiative}.policies.0"].y - boxes[f"{initiative}.name"].y

    assert step("pillars.1.initiatives.2") > step("pillars.1.initiatives.1") + 1.2  # 雪室, and a heading without


def test_the_number_of_a_heading_stands_apart_from_one_that_begins_it(
    workspace_of_many: Workspace, tmp_path: Path
) -> None:
    """1 4年ぶり, 2 3D: they were read as 14年 and 23D."""
    page = tmp_path / "5.pdf"
    page.write_bytes(for_print(workspace_of_many, "5").document.write())
    glyphs, _ = read_page(page, 1)
    first = next(at for at in range(len(glyphs)) if "".join(each.text for each in glyphs[at : at + 4]) == "14年ぶ")
    one, four, year = glyphs[first : first + 3]
    assert four.left - one.right > 0.45 * one.em
    assert four.left - one.right > 5 * (year.left - four.right)


def test_a_long_reading_does_not_spread_the_name_of_a_city(workspace_of_many: Workspace, tmp_path: Path) -> None:
    """北 稜市 under ほくりょう."""
    page = tmp_path / "3.pdf"
    page.write_bytes(for_print(workspace_of_many, "3").document.write())
    glyphs, _ = read_page(page, 0)
    north = next(each for each in glyphs if each.text == "北" and 3.9 < each.em / 72 * 25.4 < 4.1)
    ridge = next(each for each in glyphs if each.text == "稜" and abs(each.em - north.em) < 0.1)
    assert 0 <= ridge.left - north.right < 0.1 * north.em


def placed(build: Build) -> list[dict[str, Any]]:
    return [each for each in json.loads(build.files["map.json"])["fields"] if each["edition"] == "screen"]


def clashes(fields: tuple[Placed, ...]) -> list[tuple[str, str]]:
    """Fields of one page whose words or photographs overlap; a field holds those below it."""
    found = []
    for one, other in combinations(fields, 2):
        if one.page != other.page or other.field.startswith(one.field + ".") or one.field.startswith(other.field + "."):
            continue
        a, b = one.box, other.box
        across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
        down = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
        if across > 0.1 and down > 0.1:
            found.append((one.field, other.field))
    return found


def random_issue(chance: Random, pillars: int, initiatives: int) -> dict[str, Any]:
    """A manuscript of these numbers, with words of random length, no photographs, no table."""

    def words(least: int, most: int) -> str:
        return "".join(chance.choices("春夏秋冬東西南北花鳥風月雪星空海山川草木", k=chance.randint(least, most)))

    return {
        "layout": "policy-leaflet",
        "date": "令和9年4月1日",
        "sample": "true",
        "fiscal_year": "令和9年度",
        "title": words(3, 11) + chance.choice(("", "の取組と予算")),
        "lead": words(8, 150) + "。",
        "catchphrase": "{改行}".join(words(2, 5) for _ in range(chance.randint(1, 2))),
        "theme": words(4, 16),
        "introduction": "、".join(words(4, 20) for _ in range(chance.randint(1, 9))) + "。",
        "principles": {
            "heading": words(2, 20),
            "items": [words(2, chance.choice((5, 50))) for _ in range(chance.randint(2, 4))],
        },
        "pillars": [
            {
                "name": words(1, 7),
                "initiatives": [
                    {"name": words(2, 9), "policies": [words(6, 40) + "。" for _ in range(chance.randint(1, 2))]}
                    for _ in range(initiatives if number == 0 else chance.randint(1, initiatives))
                ],
            }
            for number in range(pillars)
        ],
        "closing": [words(6, 120) + "。" for _ in range(chance.randint(1, 2))],
        "contact": {"section": words(3, 20), "telephone": "0164-42-1809", "place": words(2, 30)},
    }


@pytest.fixture(scope="module")
def workspace_of_many(city: Path) -> Iterator[Workspace]:
    yield open_workspace(city)


@pytest.mark.parametrize("pillars", [3, 4, 5, 6])
@pytest.mark.parametrize("initiatives", [1, 5])
def test_every_number_of_pillars_and_initiatives_is_composed(
    city: Path, workspace_of_many: Workspace, pillars: int, initiatives: int
) -> None:
    """In ink, on four pages, every baseline of a column on its grid; nothing leaves its slot or overlaps."""
    folder = city / "content" / f"of-{pillars}-{initiatives}"
    folder.mkdir()
    issue = random_issue(Random(100 * pillars + initiatives), pillars, initiatives)
    (folder / "issue.yaml").write_text(yaml.safe_dump(issue, allow_unicode=True, width=10_000), encoding="utf-8")
    made = for_print(workspace_of_many, folder.name)
    assert errors_in(made.findings) == ()
    assert made.document.pages == 4
    assert clashes(made.document.placed) == []
    told = {each.field for each in made.document.placed}
    for number, pillar in enumerate(issue["pillars"]):
        for at, initiative in enumerate(pillar["initiatives"]):
            for policy in range(len(initiative["policies"])):
                assert f"pillars.{number}.initiatives.{at}.policies.{policy}" in told


def test_baselines_of_neighbouring_columns_are_level(city: Path, workspace_of_many: Workspace) -> None:
    """Every line of a column stands a whole number of line feeds below the first line of the spread's columns (of
    its band)."""
    slots = read_layout(city / "layouts" / "policy-leaflet", city).slots
    for name in ("3", "5", "7"):
        made = for_print(workspace_of_many, name)
        inside = [each for each in made.document.placed if each.slot and each.slot.name.startswith("column-")]
        (feed,) = {slots[each.slot.name].line_feed / 4 for each in inside if each.slot}
        lines = [each for each in inside if ".policies." in each.field]
        assert len({each.box.y for each in lines}) > 5
        for band in (
            {each.field.split(".")[1] for each in lines} if name == "7" else {""}
        ):  # 7 has bands, each with its own grid
            tops = {each.box.y for each in lines if band in ("", each.field.split(".")[1])}
            for top in tops:
                steps = (top - min(tops)) / feed
                assert abs(steps - round(steps)) < 0.03, (name, top)


def lines_said(workspace: Workspace, name: str, field: str) -> list[str]:
    """The lines of a field as they are set, from the finished pages' HTML of one issue."""
    inner = re.search(rf'data-field="{re.escape(field)}"[^>]*>(.*?)</(?:p|h2|h3)>', html_of(workspace, name), re.DOTALL)
    assert inner
    return [re.sub("<[^>]*>", "", each) for each in re.findall(r'<span class="line">(.*?)</span>', inner[1])]


def test_lines_that_are_read_first_end_at_phrases(workspace_of_many: Workspace) -> None:
    """キャッチフレー|ズは, まち・ひと・しごと|創生推進課, つなぐ alone on a line, FCV|（燃料電池自動車）."""
    introduction = lines_said(workspace_of_many, "1", "introduction")
    assert any("キャッチフレーズは" in each for each in introduction)
    assert lines_said(workspace_of_many, "3", "contact.section") == [
        "総合政策部 企画戦略局",
        "まち・ひと・しごと創生推進課",
        "総合計画・行政改革担当",
    ]
    heading = lines_said(workspace_of_many, "5", "pillars.1.initiatives.2.name")
    assert heading == ["博物館・美術館・", "図書館をつなぐ", "デジタルアーカイブの構築"]
    cars = lines_said(workspace_of_many, "8", "pillars.0.initiatives.2.name")
    assert cars == ["EV（電気自動車）・", "FCV（燃料電池自動車）", "シフト"]
