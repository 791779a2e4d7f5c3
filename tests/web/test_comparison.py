"""The page that compares two leaflets, in a real browser: fits, is quiet, passes axe-core, tells changes without
colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.web.axe import axe
from tests.web.conftest import quietly
from tests.web.heard import ambiguous, faint_on_paper, misnamed, outside_or_unnamed

from koho_pdf.archive.compare.comparison import comparison, write_page
from koho_pdf.archive.compare.two_issues import side_of
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[2]

Open = Callable[[int], Page]


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the two leaflets."""
    city = open_workspace(ROOT)
    sides = [side_of(name, city.archive, city.root) for name in ("2012-policy-leaflet", "2013-policy-leaflet")]
    path = tmp_path_factory.mktemp("compared") / "page.html"
    write_page(comparison(*sides), path, city.layouts, city.root)
    return path


@pytest.fixture
def opened(window: Callable[..., Page], compared: Path) -> Iterator[Open]:
    yield from quietly(window, compared)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_fits_and_axe_finds_no_violation(opened: Open, tmp_path: Path, width: int) -> None:
    page = opened(width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    result = axe(page, None)
    assert {rule["id"]: [node["target"] for node in rule["nodes"]] for rule in result["violations"]} == {}
    assert len(result["passes"]) > 15
    if width == 390:
        assert (misnamed(page), ambiguous(page), outside_or_unnamed(page)) == ([], {}, [])
        assert faint_on_paper(page, tmp_path) == []


def test_the_years_stand_side_by_side_where_there_is_room_and_one_below_the_other_where_not(opened: Open) -> None:
    for width, beside in ((1280, True), (390, False)):
        row = opened(width).locator("#new-lead")
        old, new = row.locator(".old").bounding_box(), row.locator(".new").bounding_box()
        assert old and new
        assert (old["y"] == new["y"]) == beside
        assert (old["x"] == new["x"]) != beside


def test_changes_are_told_in_words_and_lines_and_not_by_colour_alone(opened: Open) -> None:
    page = opened(1280)
    lines = page.evaluate(
        "[...document.querySelectorAll('del, ins')].map((e) => [e.localName, getComputedStyle(e).textDecorationLine])"
    )
    assert {tuple(each) for each in lines} == {("del", "line-through"), ("ins", "underline")}
    marked = page.evaluate(
        "[...document.querySelectorAll('.row:has(del, ins)')].map((row) => row.querySelector('.tag').textContent)"
    )
    assert len(marked) == 19 + 3 + 2 + 5  # the table: what it is called, three rows, a note
    assert set(marked) == {"言い換え", "移動", "追加", "削除"}


def test_a_reworded_sentence_marks_only_its_changed_phrases(opened: Open) -> None:
    row = opened(1280).locator("#new-pillars-0-initiatives-0-policies-0")
    assert row.locator("del").all_inner_texts() == ["深め、"]
    assert row.locator("ins").all_inner_texts() == ["強め、", "地域経済の活性化と"]


def test_what_moved_is_linked_from_where_it_stood(opened: Open) -> None:
    page = opened(1280)
    page.locator("#old-pillars-3-initiatives-1 a").click()
    assert page.url.endswith("#new-pillars-2-initiatives-2")
    here = page.locator("#new-pillars-2-initiatives-2")
    assert here.locator(".tag").all_inner_texts() == ["移動"]
    head, box = page.locator(".head").bounding_box(), here.bounding_box()
    assert head and box
    assert head["y"] + head["height"] <= box["y"] < 900


def test_one_may_see_only_what_changed(opened: Open) -> None:
    page = opened(1280)
    same = page.locator("#new-contact-telephone")
    assert same.is_visible()
    page.get_by_label("変わったところだけを見る").check()
    assert not same.is_visible()
    assert page.locator("#new-pillars-2").is_visible()
    assert page.locator(".row:visible .tag").count() > 25


def test_on_paper_every_change_is_there_and_nothing_is_cut(opened: Open) -> None:
    page = opened(1280)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 680
    assert not page.get_by_label("変わったところだけを見る").is_visible()
    assert page.locator("del:visible").count() == page.locator("del").count()
