"""A page as people hear it, print it or use it by keyboard, as Chromium itself tells it."""

from __future__ import annotations

import ctypes
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page

# The words of the page's markup without readings, and all names in it.
SAID = """() => {
  const plain = (each) => { const copy = each.cloneNode(true);
    copy.querySelectorAll('rt, rp, script, style').forEach((one) => one.remove()); return copy.textContent };
  const given = [...document.querySelectorAll('[aria-label], [alt], [placeholder]')].flatMap((each) =>
    ['aria-label', 'alt', 'placeholder'].map((name) => each.getAttribute(name) ?? ''));
  return [document.title, plain(document.body), ...given].map((text) => text.replace(/\\s+/g, ' ')).join('\\n');
}"""


@dataclass(frozen=True)
class Node:
    """A node of the accessibility tree: its role, its name, where it leads, and all it stands in, nearest first."""

    role: str
    name: str
    url: str
    within: tuple[str, ...]


def heard(page: Page) -> list[Node]:
    """The page's accessibility tree in reading order, without what is ignored in it."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by = {node["nodeId"]: node for node in nodes}
    found: list[Node] = []

    def walk(node: dict[str, Any], within: tuple[str, ...]) -> None:
        if not node["ignored"]:
            told = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
            role = node["role"]["value"]
            found.append(Node(role, node.get("name", {}).get("value", ""), told.get("url", ""), within))
            within = (role, *within)
        for kid in node.get("childIds", ()):
            if kid in by:
                walk(by[kid], within)

    walk(nodes[0], ())
    return found


def misnamed(page: Page) -> list[tuple[str, str]]:
    """The names with a space in them that nobody wrote."""
    said = page.evaluate(SAID)
    named = [each for each in heard(page) if each.role not in ("StaticText", "InlineTextBox", "ListMarker")]
    assert any(each.name for each in named)
    return [(each.role, each.name) for each in named if " ".join(each.name.split()) not in said]


def ambiguous(page: Page) -> dict[str, set[str]]:
    """The names of links that lead to several places, and to which."""
    leads: dict[str, set[str]] = {}
    for each in heard(page):
        if each.role == "link":
            leads.setdefault(each.name, set()).add(each.url)
    assert leads
    return {name: urls for name, urls in leads.items() if len(urls) > 1 or not name}


def outside_or_unnamed(page: Page) -> list[str]:
    """The faults of the page's frame: its one H1 is not in its main part, an article has no name."""
    nodes = heard(page)
    inside = page.locator("main h1").count() == page.locator("h1").count() == 1
    title = [] if inside else ["no H1 in main"]
    return title + ["article without a name" for each in nodes if each.role == "article" and not each.name]


def luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance of an sRGB colour from 0 to 1 (WCAG 2.2)."""
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The contrast of two colours (WCAG 2.2, 1.4.3)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def faint_on_paper(page: Page, folder: Path) -> list[tuple[str, float]]:
    """The texts that have less than 4.5:1 on what lies under them, the page printed as browsers print it: without
    grounds."""
    path = folder / "printed.pdf"
    page.pdf(path=path, print_background=False, prefer_css_page_size=True)
    faint, count = [], 0
    with pypdfium2.PdfDocument(path) as pdf:
        for each in pdf:
            words, seen = each.get_textpage(), each.render(scale=2).to_pil().convert("RGB")
            for text in each.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                inks = [ctypes.c_uint() for _ in range(4)]
                assert pypdfium2.raw.FPDFPageObj_GetFillColor(text, *map(ctypes.byref, inks))
                red, green, blue, _ = (ink.value / 255 for ink in inks)
                left, foot, right, head = text.get_bounds()
                place = [round(2 * edge) for edge in (left, each.get_height() - head, right, each.get_height() - foot)]
                around = seen.crop((place[0] - 9, place[1] - 9, place[2] + 9, place[3] + 9))
                ground = max(around.getcolors(maxcolors=around.width * around.height) or [(0, (255, 255, 255))])[1]
                against = contrast((red, green, blue), tuple(part / 255 for part in ground))
                count += 1
                if against < 4.5:
                    faint.append((words.get_text_bounded(left, foot, right, head), round(against, 2)))
    assert count > 5
    return faint


def ring_contrast(page: Page, link: Locator) -> float:
    """The contrast of a focused link's ring with its surroundings: the lowest among most of its pixels."""
    link.scroll_into_view_if_needed()
    page.evaluate("document.activeElement.blur()")
    before = _seen(page)
    link.focus()
    after = _seen(page)
    page.evaluate("document.activeElement.blur()")
    place = ImageChops.difference(before, after).getbbox()
    assert place is not None, "nothing shows it"
    one, other = (each.crop(place).tobytes() for each in (before, after))
    pixels = [(tuple(one[at : at + 3]), tuple(other[at : at + 3])) for at in range(0, len(one), 3)]
    pairs = [
        contrast((was[0] / 255, was[1] / 255, was[2] / 255), (now[0] / 255, now[1] / 255, now[2] / 255))
        for was, now in pixels
        if was != now
    ]
    assert len(pairs) > 100
    return sorted(pairs)[len(pairs) // 5]  # the corners are soft


def _seen(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def size_of_readings(page: Page) -> list[tuple[float, float]]:
    """The size of each reading, and of its word, in CSS pixels."""
    sizes = page.locator("rt").evaluate_all(
        "all => all.map((each) => [each, each.parentElement].map((one) => parseFloat(getComputedStyle(one).fontSize)))"
    )
    return [(small, large) for small, large in sizes]


def in_brackets(page: Page) -> bool:
    """Whether every reading ends a ruby of its own, and stands in brackets for browsers that set none."""
    text = page.content()
    readings = len(re.findall("<rt>", text))
    return readings == len(re.findall("<rp>（</rp><rt>[^<]*</rt><rp>）</rp></ruby>", text))
