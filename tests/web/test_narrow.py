"""On a telephone 320 to 390 px wide: numbers, addresses and words stay whole, in running text and in a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.conftest import write_files

from koho_pdf.pipeline import Build

NAME = "2012-policy-leaflet"
TABLE = """\
施設,電話,申し込み,内容
るもい健康の駅,0164-42-1840,kenko@e-rumoi.jp,コミュニティセンター運営協議会の健康づくり教室
中央公民館,0164-42-3020,0164-43-8778（FAX）,子どもたちの朗読大会
図書館,0164-42-4440,https://www.example.lg.jp/toshokan/moushikomi/,本の日
"""
TEXT = (
    "くわしくは市民健康課の𠮷野（電話0164-42-1840、42-1841）へ、または kenko@e-rumoi.jp へお知らせください。"
    "案内は https://www.e-rumoi.jp/kenko/ にあります。〒077-8601 留萌市役所、電話は0164（42）1842か"
    "０１６４－４２－１８４３か(0164)42-1844、ファクスはFAX 0164-43-8779、受付番号は12-3456、"
    "海外からは＋81-164-42-1845です。"
)
WHOLE = (
    "0164-42-1840",
    "42-1841",
    "kenko@e-rumoi.jp",
    "0164-42-3020",
    *("〒077-8601", "0164（42）1842", "０１６４－４２－１８４３", "(0164)42-1844", "0164-43-8779", "12-3456"),
    "＋81-164-42-1845",
    "0164-43-8778",
    "センター",
    "朗読大会",
    "中央公民館",
)
LINES = """(words) => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const broken = [], seen = [];
  while (walker.nextNode()) for (const word of words) {
    const at = walker.currentNode.data.indexOf(word);
    if (at < 0 || !walker.currentNode.parentElement.getClientRects().length) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + word.length);
    seen.push(word);
    if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word);
  }
  return [seen, broken];
}"""


@pytest.fixture(scope="module")
def web(
    proved: Callable[..., Build], throwaway: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A leaflet whose text and table hold addresses, written to a folder."""
    root = throwaway(tmp_path_factory.mktemp("narrow") / "city")
    (root / f"content/{NAME}/tables/yosan.csv").write_text(TABLE, encoding="utf-8")
    manuscript = root / f"content/{NAME}/issue.yaml"
    text = manuscript.read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if line.startswith("          - "))
    manuscript.write_text(text.replace(first, f"          - {TEXT}", 1), encoding="utf-8")
    return write_files(proved(root, NAME, ("web",)).files, root) / "web"


@pytest.mark.parametrize("width", [320, 360, 390])
@pytest.mark.parametrize("name", ["index.html", "articles/pillar-1-1.html"])
def test_numbers_addresses_and_words_stay_on_one_line(
    window: Callable[..., Page], web: Path, name: str, width: int
) -> None:
    page = window()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((web / name).as_uri())
    seen, broken = page.evaluate(LINES, list(WHOLE))
    assert set(seen) == set(WHOLE)
    assert broken == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    leads = page.locator("main a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert {"tel:+81164421840", "tel:+81164421841", "mailto:kenko@e-rumoi.jp", "https://www.e-rumoi.jp/kenko/"} <= set(
        leads
    )
    assert "tel:+81164438778" not in leads  # a fax


@pytest.mark.parametrize("name", ["index.html", "articles/pillar-1-1.html"])
def test_a_long_address_makes_no_table_wider(window: Callable[..., Page], web: Path, name: str) -> None:
    """It is divided where it must be."""
    page = window()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((web / name).as_uri())
    width, size = page.locator("td:has(.long)").first.evaluate(
        "(each) => [each.clientWidth, parseFloat(getComputedStyle(each).fontSize)]"
    )
    assert width < 15 * size


def test_a_character_of_another_face_is_as_heavy_as_the_words_around_it(window: Callable[..., Page], web: Path) -> None:
    page = window()
    page.goto((web / "index.html").as_uri())
    weight = "(each) => [each.textContent, getComputedStyle(each).fontWeight]"
    assert page.locator("main li [class^=stand-in]").first.evaluate(weight) == ["𠮷", "400"]


def test_the_catchphrase_breaks_between_phrases_on_the_narrowest_telephone(
    window: Callable[..., Page], web: Path
) -> None:
    page = window()
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto((web / "index.html").as_uri())
    phrase = page.locator(".catchphrase .phrase").first
    phrase.evaluate("(each) => { each.textContent = '留萌ならではを' }")  # seven characters, as many as paper takes
    height, line = phrase.evaluate("(each) => [each.offsetHeight, parseFloat(getComputedStyle(each).lineHeight)]")
    assert height < 1.5 * line
