"""The archive's site in a real browser: it finds what our own search finds, passes axe-core, asks no other server."""

from __future__ import annotations

import datetime
import functools
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page
from tests.archive.years import issue, keep, small_archive
from tests.web.axe import AXE_TAGS, axe
from tests.web.conftest import Listening
from tests.web.heard import (
    ambiguous,
    faint_on_paper,
    misnamed,
    outside_or_unnamed,
    ring_contrast,
)

from koho_pdf.archive.bags.record import Article, Record
from koho_pdf.archive.search.asking import search
from koho_pdf.archive.site.publishing import make_site

REPOSITORY = Path(__file__).parents[2]
PAGES = (
    "index.html",
    "2013/index.html",
    "koho-0813/index.html",
    "koho-0512/index.html",
    "koho-0813-r2/index.html",
    "odd/index.html",
    "koho-0809/article-2.html",
    "koho-0813/article-1.html",
    "search.html",
    "search.html?q=鮭",
    "search.html?q=ぬぬ",
    "404.html",
)
ODD = "<img src=x onerror=alert(1)>"


class Quiet(SimpleHTTPRequestHandler):
    """Any static server: it knows files and nothing else; the browser keeps them, as they do not change here."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        pass


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_archive(tmp_path_factory.mktemp("years") / "archive")
    keep(folder, replace(issue(813, 2013, 12), name="koho-0813-r2"))
    texts = (
        "㈱るもい☎42-1801\n𠮷野さんと辻󠄀さん、ガードレール",
        "カ゛ラス、ｶﾞﾗｽ、Ｗｉｎｄｏｗ",
        ODD,
        "日の\n出に敬い、老いを語る",
    )
    articles = tuple(Article(ODD if text == ODD else "お知らせ", text, 1, "総務課秘書係") for text in texts)
    said = "CaféのZu\u0308rich、10〜12時、１，２００円、1,234,567人、○印"
    articles = (*articles, Article("お知らせ", said, 1, readings="おびら しょさんべつ"))
    keep(folder, Record("odd", None, datetime.date(2010, 5, 1), "号外", "号外", articles, 1))
    return folder


@pytest.fixture(scope="module")
def site(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "site"
    make_site(archive, folder, REPOSITORY / "layouts", REPOSITORY, "留萌市")
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site at a static server, below a folder as at many cities'."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def opened(window: Callable[..., Page], address: str) -> Iterator[Callable[..., Page]]:
    """``opened(name, width=…, script=…)``: a page of the site; nothing is said on the console, nobody else is asked."""
    listening, said, asked = Listening(), [], []

    def look(name: str, width: int = 1280, *, script: bool = True) -> Page:
        page = window(script=script, offline=False)
        page.set_viewport_size({"width": width, "height": 800})
        listening.end()
        listening.to(page, "console", lambda message: said.append(message.text))
        listening.to(page, "pageerror", lambda fault: said.append(str(fault)))
        listening.to(page, "request", lambda request: asked.append(request.url))
        page.goto(address + name)
        if script and name.startswith("search.html?"):
            searched(page)
        return page

    yield look
    listening.end()
    assert said == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def searched(page: Page) -> Page:
    """The page when its search is done."""
    page.wait_for_selector('#hits[aria-busy="false"]', state="attached")
    return page


def hits(page: Page) -> list[str]:
    """The addresses of everything found, all of it opened."""
    while page.locator("#more").is_visible():
        count = page.locator("#hits > li").count()
        page.locator("#more").click()
        page.locator("#hits > li").nth(count).wait_for()
    links: list[str] = page.locator("#hits h2 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return links


TOGETHER = (  # each word of a line is written in another way than in its article; if one is not found, nothing is found
    "ゴミ ｺﾞﾐ 高橋 髙橋 25日",
    "吉野 辻さん ㈱ (株)るもい 42-1801 42‐1801 ガード",
    "がらす WINDOW",
    "cafe CAFÉ zurich 10～12時 10~12 1200円 1,200円 1234567 〇印",
    "おびら",
)
WORDS = (
    *TOGETHER,
    *(
        "鮭",
        "敬老の日",
        "老",
        "の",
        "ごみ",
        "鮭 留萌",
        "鮭 港",
        "市民 予算 予算",
        "カラス",
        "日の出",
        "の出",
        "びらしょ",
    ),
    *('"敬老 の日"', '敬老 -"秋鮭"', "鮭 -港", "留萌 −鮭 －ごみ", '留萌 -"予算 の"'),
    *("山 田", "鯨", '"鮭"', "*", "<img", "。"),
)


def test_the_browser_finds_what_the_city_finds(archive: Path, address: str, opened: Callable[..., Page]) -> None:
    page = opened("search.html")
    for words in WORDS:
        wanted = search(archive, [words], limit=1000)
        current = [hit for hit in wanted.hits if hit.issue.name != "koho-0813"]  # replaced by a revision
        assert current or words not in TOGETHER
        page.goto(f"{address}search.html?{urlencode({'q': words})}")
        found = hits(searched(page))
        assert [link.split("/")[0] for link in found] == [hit.issue.name for hit in current], words
        shown = page.locator("#hits h2 a").all_inner_texts()
        assert sorted(shown) == sorted("".join(piece.text for piece in hit.heading) for hit in current)
        assert (
            page.locator("#count").inner_text().startswith(f"{len(current)}件" if current else "見つかりませんでした")
        )
        if words == "ごみ":
            assert set(page.locator("#hits mark").all_inner_texts()) == {"ゴミ"}


def test_a_search_is_narrowed_by_year_kind_and_department(opened: Callable[..., Page]) -> None:
    page = opened("search.html?" + urlencode({"q": "留萌", "year": "2012"}))
    assert {link.split("/")[0] for link in hits(page)} == {"koho-0806", "koho-0807", "koho-0808", "koho-0809"}
    page.select_option("#department", "健康福祉課")
    page.wait_for_url("**department=**")
    assert searched(page).locator("#count").inner_text().startswith("見つかりませんでした")
    page = opened("search.html?" + urlencode({"kind": "policy-leaflet"}))
    assert hits(page) == ["2013-leaflet/pillar-1.html"]
    assert page.locator("#kind option:checked").inner_text() == "市政執行リーフレット"
    page = opened("search.html?" + urlencode({"department": "総務課秘書係", "year": "2010"}))
    assert len(hits(page)) == 4


def test_found_articles_are_words_and_lead_to_their_pages(opened: Callable[..., Page]) -> None:
    page = opened("search.html?" + urlencode({"q": "onerror"}))
    assert page.locator("#hits h2 a").inner_text() == ODD
    assert page.locator("#hits img").count() == 1  # the page's picture, not the heading's
    assert page.locator("#hits img").get_attribute("src") == "odd/pages/p1.png"
    page.locator("#hits h2 a").click()
    page.wait_for_url("**/odd/a3.html")
    assert page.locator("h1").inner_text() == ODD


def test_the_keyboard_alone_reaches_an_article(opened: Callable[..., Page]) -> None:
    page = opened("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    page.keyboard.type("敬老の日")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=**")
    page.wait_for_selector("#hits h2 a")
    page.locator("#more").focus()
    page.keyboard.press("Enter")
    page.locator("#hits > li").nth(10).wait_for()
    assert page.evaluate("document.activeElement === document.querySelectorAll('#hits h2 a')[10]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article-*.html")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_passes_axe_and_is_heard_and_printed(
    opened: Callable[..., Page], tmp_path: Path, name: str, width: int
) -> None:
    page = opened(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "ja"
    described = page.get_attribute("meta[name=description]", "content") or ""
    assert 10 < len(described) <= 140
    assert described == described.strip()
    if width == 360 or name.startswith("search.html"):  # the others only grow wider
        found = axe(page, AXE_TAGS)["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    if width == 360:
        assert misnamed(page) == []
        assert ambiguous(page) == {}
        assert outside_or_unnamed(page) == []
        assert faint_on_paper(page, tmp_path) == []


@pytest.mark.parametrize("name", ["index.html", "search.html"])
def test_the_ring_is_seen_around_links_and_buttons(opened: Callable[..., Page], name: str) -> None:
    page = opened(name, 390)
    for place in (page.locator("nav a").first, page.locator(".asked button"), page.locator("footer a")):
        assert ring_contrast(page, place) >= 3


def test_a_phone_at_four_times_the_size_needs_no_sideways_scrolling(opened: Callable[..., Page]) -> None:
    for name in PAGES:
        assert opened(name, 320).evaluate("document.documentElement.scrollWidth") <= 320, name


def test_without_scripts_everything_but_the_search_works(opened: Callable[..., Page]) -> None:
    page = opened("index.html", script=False)
    page.get_by_role("link", name="2012年").click()
    page.get_by_role("link", name="広報るもい 第807号").click()
    page.get_by_role("link", name="市民と歩む留萌の予算").first.click()
    assert "予算のあらまし" in page.locator("article").inner_text()
    page.get_by_role("link", name="言葉で探す").click()
    assert page.locator("noscript p").is_visible()


def test_from_a_disk_pages_open_and_the_search_says_why_it_does_not(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="2013年").click()
    assert page.locator("h1").inner_text().startswith("2013年")
    page.goto(f"{(site / 'search.html').as_uri()}?q=%E9%AE%AD")
    page.wait_for_selector("#count:not(:empty)")
    assert "ウェブサーバーに置いたときだけ" in page.locator("#count").inner_text()
    page.close()


def test_printed_pages_are_without_what_only_a_screen_needs(opened: Callable[..., Page]) -> None:
    page = opened("koho-0809/article-2.html")
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    assert not page.locator(".beside").is_visible()
    assert page.locator("article").is_visible()
