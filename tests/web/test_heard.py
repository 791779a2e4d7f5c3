"""Web pages as they are heard, printed without backgrounds, used by keyboard, and seen in the reader's own colours."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page
from tests.conftest import write_files
from tests.web.heard import (
    ambiguous,
    faint_on_paper,
    heard,
    in_brackets,
    misnamed,
    outside_or_unnamed,
    ring_contrast,
    size_of_readings,
)

from koho_pdf.pipeline import Build

SAMPLE, SPECIMEN = "2012-policy-leaflet", "specimen"
PAGES = (
    f"{SAMPLE}/web/index.html",
    f"{SAMPLE}/web/articles/pillar-1-1.html",
    f"{SAMPLE}/web/articles/introduction.html",
    f"{SAMPLE}/web/articles/contact.html",
    f"{SPECIMEN}/web/index.html",
    f"{SAMPLE}/web-single/{SAMPLE}.html",
)
INDEX, TABLE = PAGES[:2]


@pytest.fixture(scope="module")
def web(
    proved: Callable[..., Build], throwaway: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The web pages of a leaflet with a table, a linked heading and readings, and of the specimen."""
    root = throwaway(tmp_path_factory.mktemp("heard") / "city")
    manuscript = root / f"content/{SAMPLE}/issue.yaml"
    text = manuscript.read_text(encoding="utf-8")
    for old, new in (
        ("本に親しむ読書の取組", "親しむ{本|ほん}と[読書の取組のてびき](https://example.jp/)"),
        ("市民に「信頼」される市政", "'[市民に「信頼」される市政](https://example.jp/shisei)'"),
    ):
        assert old in text
        text = text.replace(old, new)
    manuscript.write_text(text, encoding="utf-8")
    for issue, editions in ((SAMPLE, ("web", "web-single")), (SPECIMEN, ("web",))):
        write_files(proved(root, issue, editions).files, root / "out" / issue)
    return root / "out"


@pytest.fixture
def opened(window: Callable[..., Page], web: Path) -> Callable[..., Page]:
    """``opened(name, width=…)``: a page as a file."""

    def look(name: str, width: int = 390, *, forced: bool = False) -> Page:
        page = window()
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(forced_colors="active" if forced else "none")
        page.goto((web / name).as_uri())
        return page

    return look


@pytest.mark.parametrize("name", PAGES)
def test_it_is_heard_as_it_is_written_and_printed_as_it_is_read(
    opened: Callable[..., Page], tmp_path: Path, name: str
) -> None:
    page = opened(name)
    assert misnamed(page) == []
    assert ambiguous(page) == {}
    assert outside_or_unnamed(page) == []
    assert in_brackets(page)
    lists = page.evaluate("[...document.querySelectorAll('ul, ol')].map(each => getComputedStyle(each).listStyleType)")
    assert "none" not in lists, "Safari says of such a list that it is none"
    assert [sizes for sizes in size_of_readings(page) if sizes[0] < max(10, sizes[1] / 2)] == []
    assert faint_on_paper(page, tmp_path) == []


def test_pillars_and_principles_are_heard_with_their_numbers(opened: Callable[..., Page]) -> None:
    nodes = heard(opened(INDEX))
    headings = [each.name for each in nodes if each.role == "heading"]
    assert [name for name in headings if name.endswith("まちづくり")] == [
        "2 安心安全なまちづくり",
        "3 子どもたちの夢が育つまちづくり",
        "4 健康で笑顔あふれるまちづくり",
    ]
    assert "1 地域経済の活性化" in [each.name for each in nodes if each.role == "article"]
    items = [each.name for each in nodes if each.role == "StaticText" and "listitem" in each.within]
    assert "".join(items).startswith("1市民との「対話」の重視2市民との")
    assert [each.name for each in heard(opened(TABLE)) if each.role == "StaticText"].count("1") == 1


def test_a_pillar_is_heard_under_its_own_heading_and_once(opened: Callable[..., Page]) -> None:
    """The list at a glance is seen above the heading and heard after it."""
    page = opened(INDEX)
    said = [each.name for each in heard(page) if each.role == "StaticText"]
    assert "".join(said[said.index("安心安全な") - 1 :]).startswith(
        "2安心安全なまちづくり1地域力を高める取組2安心安全の推進"
    )
    assert said.count("安心安全な") == 1
    glance, heading = (page.locator(f".pillar {each}").first.bounding_box() for each in (".glance", "h2"))
    assert glance is not None
    assert heading is not None
    assert glance["y"] < heading["y"]


def test_a_link_in_a_heading_is_one_link_and_stands_in_no_other(opened: Callable[..., Page]) -> None:
    page = opened(INDEX)
    links = [(each.name, each.url, "heading" in each.within) for each in heard(page) if "example.jp" in each.url]
    assert links == [
        ("市民に「信頼」される市政", "https://example.jp/shisei", False),
        ("読書の取組のてびき", "https://example.jp/", True),
    ]
    assert "親しむ本と読書の取組のてびき（この下の記事へ）" in [each.name for each in heard(page)]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", [INDEX, TABLE])
def test_the_ring_around_a_focused_link_is_seen_on_every_ground(
    opened: Callable[..., Page], name: str, width: int
) -> None:
    """WCAG 2.2, 1.4.11 and 2.4.13: 3:1 against what was there."""
    page = opened(name, width)
    links = page.locator("a[href]:not([aria-label]):not(.skip)")
    weak = {
        links.nth(at).inner_text(): round(found, 2)
        for at in range(links.count())
        if at < 3 or at > links.count() - 3
        if (found := ring_contrast(page, links.nth(at))) < 3
    }
    assert links.count() > 2
    assert weak == {}


def test_in_the_readers_own_colours_the_marks_of_lists_stay(opened: Callable[..., Page]) -> None:
    for name in (INDEX, TABLE):
        page = opened(name, forced=True)
        item = page.locator("main ul > li").first
        box = item.bounding_box()
        assert box is not None
        shot = page.screenshot(full_page=True, clip={**box, "width": 14, "height": 30}, animations="disabled")
        with Image.open(io.BytesIO(shot)) as seen:
            assert len(seen.convert("RGB").getcolors(maxcolors=9999) or []) > 1, name


@pytest.mark.parametrize("name", [INDEX, TABLE])
def test_a_table_is_a_stop_for_the_keyboard_only_where_it_overflows(
    opened: Callable[..., Page], web: Path, name: str
) -> None:
    page = opened(name, 1280)
    place = page.locator("div.table")
    assert place.get_attribute("tabindex") is None
    assert [each.name for each in heard(page) if each.role == "region" and each.name.startswith("表")] == []
    page.locator("div.table th").first.evaluate("(each) => { each.style.minWidth = '2000px' }")
    page.wait_for_function("document.querySelector('div.table').tabIndex === 0")
    assert [each.name for each in heard(page) if each.role == "region" and each.name.startswith("表")] == [
        "表「おもな事業と予算額（見本）」"
    ]
    page.locator("div.table th").first.evaluate("(each) => { each.style.minWidth = '' }")
    page.wait_for_function("!document.querySelector('div.table').hasAttribute('role')")
