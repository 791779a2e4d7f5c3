"""Article pages in a real browser: accessible, light, linked both ways, and at an address that words do not change."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.conftest import write_files
from tests.kinds import brochure
from tests.web.axe import AXE_TAGS, axe

from koho_pdf.errors import LayoutError
from koho_pdf.pipeline import Build

LARGEST = 12_000  # bytes: two packets on a slow line
ORDER = ["introduction", "principles", *(f"pillar-{p}-{n}" for p in range(1, 5) for n in range(1, 4))]
ORDER += ["closing", "contact"]


@pytest.fixture(scope="module")
def web(
    proved: Callable[..., Build], throwaway: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The web edition of the sample, which has photographs, written to a folder."""
    root = throwaway(tmp_path_factory.mktemp("articles"))
    (root / "layouts/policy-leaflet/sample").rename(root / "content/sample")
    return write_files(proved(root, "sample", ("web",)).files, root) / "web"


@pytest.fixture
def workspace(home: Path, tmp_path: Path) -> Path:
    """A workspace with the small brochure."""
    return brochure.make(tmp_path / "city").parents[1]


@pytest.fixture
def page(window: Callable[..., Page]) -> Page:
    return window()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("key", ["introduction", "principles", "pillar-1-3", "pillar-4-3", "contact"])
def test_axe_finds_no_violation_and_it_fits(page: Page, web: Path, key: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((web / "articles" / f"{key}.html").as_uri())
    result = axe(page, AXE_TAGS)
    assert {rule["id"]: [node["target"] for node in rule["nodes"]] for rule in result["violations"]} == {}
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert all(url.startswith(("data:", web.as_uri())) for url in asked)
    photographs = page.locator("img").evaluate_all("all => all.map((i) => [i.naturalWidth > 0, i.alt !== ''])")
    assert all(shown and described for shown, described in photographs)
    assert len(photographs) == (1 if key in ("pillar-1-3", "pillar-4-3") else 0)


def test_every_link_leads_to_a_page_and_a_reader_goes_through_them_all(page: Page, web: Path) -> None:
    page.goto((web / "articles" / "introduction.html").as_uri())
    seen = []
    while True:
        seen.append(Path(page.url).stem)
        links = page.locator("a[href]").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
        files = [link for link in links if not link.startswith(("#", "tel:", "https:"))]
        assert [link for link in files if not (web / "articles" / link).resolve().is_file()] == []
        assert "../index.html" in files
        if not page.locator("a[rel=next]").count():
            break
        page.locator("a[rel=next]").click()
    assert seen == ORDER
    page.goto((web / "index.html").as_uri())
    linked = page.locator("a[href^='articles/']").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert len(linked) == 13
    assert all((web / link).is_file() for link in linked)


def test_the_page_is_light_and_stands_alone(web: Path) -> None:
    for path in (web / "articles").iterdir():
        text = path.read_text(encoding="utf-8")
        assert path.stat().st_size < LARGEST
        assert "<script" not in text
        assert "@font-face" not in text
        assert re.findall(r"url\(|@import|http-equiv", text) == []


def meta(text: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', text)
    assert found, name
    return found[1]


def test_it_says_what_it_is_to_those_who_link_to_it(web: Path) -> None:
    text = (web / "articles" / "pillar-1-3.html").read_text(encoding="utf-8")
    assert "<title>商業振興活性化の取組｜令和9年度 見本題名は十三文字までです｜留萌市</title>" in text
    assert meta(text, "description").startswith("入りきらないときは縮めずに")
    assert (meta(text, "og:type"), meta(text, "og:title")) == ("article", "商業振興活性化の取組")
    assert meta(text, "og:site_name") == "留萌市"
    assert meta(text, "article:published_time") == "2027-04-01"
    assert "canonical" not in text  # an address that nobody knows is not written


def test_with_the_citys_site_it_says_its_address(
    proved: Callable[..., Build], workspace: Path, edit: Callable[[Path, str, str], None]
) -> None:
    brochure.with_photo(workspace / "content" / brochure.NAME, chapter=0)
    edit(
        workspace / "koho.yaml",
        "# site: https://www.example.jp/koho/{issue}/",
        "site: https://city.example.jp/{issue}/",
    )
    text = proved(workspace, brochure.NAME, ("web",)).files["web/articles/chapter-1-2.html"].decode()
    address = f"https://city.example.jp/{brochure.NAME}/articles/chapter-1-2.html"
    assert f'<link rel="canonical" href="{address}">' in text
    assert meta(text, "og:url") == address
    assert meta(text, "og:image") == f"https://city.example.jp/{brochure.NAME}/photos/port.jpg"


@pytest.mark.parametrize(
    ("site", "code"),
    [
        ("city.example.jp/", "value-not-understood"),
        ("https://city.example.jp", "value-not-understood"),
        ("https://市.jp/", "value-not-understood"),
        ("[https://a/]", "not-text"),
    ],
)
def test_a_site_that_is_no_address_is_told(
    proved: Callable[..., Build], workspace: Path, edit: Callable[[Path, str, str], None], site: str, code: str
) -> None:
    edit(workspace / "koho.yaml", "# site: https://www.example.jp/koho/{issue}/", f"site: {site}")
    with pytest.raises(LayoutError) as raised:
        proved(workspace, brochure.NAME, ("web",))
    (found,) = raised.value.findings
    assert (found.code, found.where.field) == (code, "site")
    lines = (workspace / "koho.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[(found.where.line or 0) - 1].startswith(f"site: {site}")


def test_new_words_leave_every_address_as_it_was(
    proved: Callable[..., Build], workspace: Path, edit: Callable[[Path, str, str], None]
) -> None:
    before = set(proved(workspace, brochure.NAME, ("web",)).files)
    edit(workspace / "content" / brochure.NAME / "issue.yaml", "朝市を開く", "朝の市")
    after = proved(workspace, brochure.NAME, ("web",)).files
    assert set(after) == before
    assert "朝の市" in after["web/articles/chapter-1-1.html"].decode()


def test_words_of_the_manuscript_never_become_markup(
    proved: Callable[..., Build], workspace: Path, edit: Callable[[Path, str, str], None]
) -> None:
    edit(workspace / "content" / brochure.NAME / "issue.yaml", "朝市を開く", '朝市"<b>&<i>を開く')
    text = proved(workspace, brochure.NAME, ("web",)).files["web/articles/chapter-1-1.html"].decode()
    assert "<i>" not in text
    assert "<b>" not in text
    assert "&lt;b&gt;" in text
