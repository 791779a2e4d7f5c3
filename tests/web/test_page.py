"""The leaflet's web page in a real browser: fits every width, is quiet, passes axe-core, says what the manuscript
says."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page
from tests.web.axe import AXE_TAGS, axe

from koho_pdf.content.values.inline import Link, Run, parse_inline
from koho_pdf.content.values.runs import Kenten, Strong, plain_of

LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
NOT_PRINTED = {"layout", "date", "photo", "printing"}
FURNITURE = re.compile(r"([0-9■☎]|留萌市|本文へ)*")  # all that the page may say beside the manuscript

WIDTHS = [360, 768, 1280]
ZOOMED = (320, 256)  # 1280 x 1024 at 400 % (WCAG 2.2, 1.4.10)
SPACED = (  # WCAG 2.2, 1.4.12
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)
LARGER = "html{font-size:200%!important}"  # WCAG 2.2, 1.4.4
UNINKED = "*,*::before,*::after,*::marker{color:transparent!important;text-shadow:none!important}"

Open = Callable[..., Any]


def look(page: Page) -> dict[str, Any]:
    """What look.js tells: the text runs seen, what is cut off, and how wide the page is and wants to be."""
    return dict(page.evaluate(LOOK))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def printed(value: Any) -> Iterator[str]:
    """Every text of the manuscript that is printed, as typed, in order."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key not in NOT_PRINTED:
                yield from printed(member)
    elif isinstance(value, list):
        for member in value:
            yield from printed(member)
    else:
        yield value


def links_in(runs: tuple[Run, ...]) -> Iterator[Link]:
    for run in runs:
        if isinstance(run, Link):
            yield run
        if isinstance(run, Link | Strong | Kenten):
            yield from links_in(run.runs)


def overlaps(seen: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of texts that are set over each other; a fifth of the line's height all round is the face's own air."""
    boxes = []
    for run in seen:
        if not (run["reading"] or run["aside"]):
            for left, top, right, bottom in run["boxes"]:
                air = min(right - left, bottom - top) / 5
                boxes.append((left + air, top + air, right - air, bottom - air, run["text"].strip()[:20]))
    return [
        (a[4], b[4])
        for a, b in combinations(boxes, 2)
        if min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])
    ]


def assert_fits(page: Page) -> None:
    """Nothing runs past the window, is cut off or set over something else."""
    view = look(page)
    assert view["needed"] <= view["width"], "the page scrolls sideways"
    outside = [
        run["text"].strip()[:20]
        for run in view["seen"]
        if not run["aside"]
        if any(left < -0.5 or right > view["width"] + 0.5 for left, _, right, _ in run["boxes"])
    ]
    assert outside == []
    assert view["cut"] == []
    assert overlaps(view["seen"]) == []


@pytest.mark.parametrize("size", [(width, 800) for width in WIDTHS] + [ZOOMED], ids=str)
def test_it_fits_the_window(visit: Open, size: tuple[int, int]) -> None:
    assert_fits(visit(*size).page)


@pytest.mark.parametrize("style", [SPACED, LARGER], ids=["spaced", "larger"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_with_a_readers_own_spacing_and_size(visit: Open, width: int, style: str) -> None:
    page = visit(width).page
    page.add_style_tag(content=style)
    assert_fits(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_quiet_and_asks_for_nothing(visit: Open, leaflet: Path, width: int) -> None:
    seen = visit(width)
    seen.page.evaluate("scrollTo(0, document.scrollingElement.scrollHeight)")
    seen.page.wait_for_load_state("networkidle")
    assert seen.said == []
    own = (leaflet / "web").as_uri()
    assert [url for url in seen.requested if not url.startswith(("data:", own + "/index.html", own + "/fonts/"))] == []


def test_it_leans_on_no_other_file_but_its_fonts(visit: Open) -> None:
    wanted = visit(1280).page.evaluate(
        """() => [...document.querySelectorAll("[src], [srcset], link[href], image, use, object[data]")]
            .flatMap((e) => ["src", "srcset", "data", "href", "xlink:href"].map((name) => e.getAttribute(name)))
            .filter((address) => address && !/^(data:|#)/.test(address))"""
    )
    assert wanted == []


@pytest.mark.parametrize(("width", "dark"), [(360, True), *((width, False) for width in WIDTHS)])
def test_axe_finds_no_violation(visit: Open, width: int, dark: bool) -> None:
    result = axe(visit(width, dark=dark).page, AXE_TAGS)
    found = {rule["id"]: [node["target"] for node in rule["nodes"]] for rule in result["violations"]}
    assert found == {}
    assert len(result["passes"]) > 15


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (c / 255 for c in colour[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, True), *((width, False) for width in WIDTHS)])
def test_text_stands_out_from_what_is_really_behind_it(visit: Open, width: int, dark: bool) -> None:
    """axe-core does not judge text over a drawing; so the page is photographed without its text (WCAG 2.2, 1.4.3)."""
    page = visit(width, dark=dark).page
    seen = look(page)["seen"]
    page.add_style_tag(content=UNINKED)
    behind = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    weak = []
    judged = 0
    for run in seen:
        ink = tuple(int(value) for value in re.findall(r"\d+", run["colour"])[:3])
        large = run["pixels"] >= 24 or (run["bold"] and run["pixels"] >= 56 / 3)
        for box in [] if run["aside"] else run["boxes"]:
            patch = behind.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))
            pixels: list[tuple[int, Any]] = patch.getcolors(maxcolors=patch.width * patch.height) or []
            poor = sum(count for count, colour in pixels if contrast(ink, colour) < (3 if large else 4.5))
            judged += 1
            if poor > 0.02 * patch.width * patch.height:
                weak.append(run["text"].strip()[:20])
    assert judged > 50
    assert weak == []


def test_headings_go_down_one_step_at_a_time(visit: Open) -> None:
    page = visit(768).page
    headings = page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => [+h.tagName[1], h.textContent.trim()])"
    )
    levels = [level for level, _ in headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(text for _, text in headings)


def test_headings_are_the_manuscripts(visit: Open, manuscript: dict[str, Any]) -> None:
    wanted = [manuscript["title"], manuscript["principles"]["heading"]]
    for pillar in manuscript["pillars"]:
        wanted += [pillar["name"], *(initiative["name"] for initiative in pillar["initiatives"])]
    page = visit(768).page
    shown = page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => h.textContent)")
    rest = iter(map(squeezed, shown))
    missing = [text for text in wanted if not any(squeezed(plain_of(parse_inline(text))) in h for h in rest)]
    assert missing == []


def test_it_says_what_the_manuscript_says_in_its_order_and_nothing_else(
    visit: Open, manuscript: dict[str, Any]
) -> None:
    pieces = [squeezed(plain_of(parse_inline(text))) for text in printed(manuscript)]
    shown = squeezed("\n".join(run["text"] for run in look(visit(768).page)["seen"] if not run["reading"]))
    at = 0
    for piece in pieces:
        found = shown.find(piece, at)
        assert found >= 0, f"not there, or not in its place: {piece}"
        at = found + len(piece)

    left = shown
    for piece in sorted(pieces, key=len, reverse=True):
        left = left.replace(piece, "\n")
    assert [words for words in left.split("\n") if not FURNITURE.fullmatch(words)] == []


def test_it_reads_the_same_without_script(visit: Open) -> None:
    assert visit(768, script=False).page.inner_text("body") == visit(768).page.inner_text("body")


def test_the_telephone_can_be_called(visit: Open, manuscript: dict[str, Any]) -> None:
    number = manuscript["contact"]["telephone"]
    calls = visit(360).page.locator("a[href^='tel:']").evaluate_all("all => all.map((a) => [a.href, a.textContent])")
    assert len(calls) >= 1
    for address, words in calls:
        assert number in words
        assert re.fullmatch(r"tel:\+?[0-9]+", address)
        assert address.endswith(re.sub(r"\D", "", number))


def test_the_manuscripts_links_are_live(visit: Open, manuscript: dict[str, Any]) -> None:
    wanted = {link.url for text in printed(manuscript) for link in links_in(parse_inline(text))}
    shown = visit(360).page.locator("a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert wanted <= set(shown)
    assert {address for address in shown if not address.startswith(("#", "tel:", "articles/"))} == wanted


def test_it_says_what_it_is(visit: Open, manuscript: dict[str, Any]) -> None:
    page = visit(360).page
    assert page.get_attribute("html", "lang") == "ja"
    assert manuscript["title"] in page.title()
    assert "width=device-width" in (page.get_attribute("meta[name=viewport]", "content") or "")
    assert page.locator("main").count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_every_link_is_reached_by_the_keyboard_and_shows_it(visit: Open, width: int) -> None:
    page = visit(width).page
    links = page.locator("a[href]")
    assert links.count() >= 1
    for number in range(links.count()):
        page.keyboard.press("Tab")
        here = links.nth(number)
        assert here.evaluate("(a) => a === document.activeElement")
        box = here.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        ring = here.evaluate("(a) => { const s = getComputedStyle(a); return [s.outlineStyle, s.outlineWidth] }")
        assert ring[0] != "none"
        assert ring[1] != "0px"
