"""A table in a real browser: passes axe-core, moves within its own place when it is wide, and by the keyboard too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.conftest import write_files
from tests.web.axe import AXE_TAGS, axe

from koho_pdf.pipeline import Build

NAME = "2012-policy-leaflet"
WIDE = """\
事業,予算額,前の年度,増減,担当課
雇用の相談窓口を毎日開く,"1,111万円","1,000万円",111万円,経済港湾課
特産品の{催|もよお}し,222万円,,222万円,農林水産課
"""
REGION = "document.querySelector('div.table')"


@pytest.fixture(scope="module")
def web(
    proved: Callable[..., Build], throwaway: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The web edition of the leaflet with a table of five columns, written to a folder."""
    root = throwaway(tmp_path_factory.mktemp("web-tables") / "city")
    (root / f"content/{NAME}/tables/yosan.csv").write_text(WIDE, encoding="utf-8")
    return write_files(proved(root, NAME, ("web",)).files, root) / "web"


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("name", ["index.html", "articles/pillar-1-1.html"])
def test_it_fits_is_told_and_is_reached_by_the_keyboard(
    window: Callable[..., Page], web: Path, name: str, width: int
) -> None:
    page = window()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((web / name).as_uri())
    result = axe(page, AXE_TAGS)
    assert {rule["id"]: [node["target"] for node in rule["nodes"]] for rule in result["violations"]} == {}
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    region = page.get_by_role("region", name="表「おもな事業と予算額（見本）」")
    assert region.count() == (width < 1000 or name == "index.html")  # where it overflows
    table = page.get_by_role("table")
    assert table.locator("caption").inner_text() == "おもな事業と予算額（見本）"
    assert [len(table.get_by_role(role).all()) for role in ("columnheader", "rowheader", "cell")] == [5, 2, 8]
    if width < 1000:
        assert page.evaluate(f"{REGION}.scrollWidth > {REGION}.clientWidth")
        page.evaluate(f"{REGION}.focus()")
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"{REGION}.scrollLeft > 0")


def test_without_scripts_a_table_is_always_a_stop(window: Callable[..., Page], web: Path) -> None:
    """By keyboard Safari scrolls only what is in the tab order; without scripts we cannot know if a table overflows."""
    page = window(script=False)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto((web / "articles/pillar-1-1.html").as_uri())
    region = page.get_by_role("region", name="表「おもな事業と予算額（見本）」")
    assert region.get_attribute("tabindex") == "0"
