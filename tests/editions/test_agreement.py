"""One source, one wording: print, screen, web, articles, large print, text and data say the same words in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.conftest import Element, read_marks, read_structure
from tests.kinds import brochure

from koho_pdf.content.spoken import spoken
from koho_pdf.platform.folders import held

NAME = brochure.NAME
READING = "るもい"


@pytest.fixture(scope="module")
def files(brochure_made: Path) -> dict[str, bytes]:
    """The small brochure's files of every edition, by name."""
    return held(brochure_made)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def articles(files: dict[str, bytes]) -> list[dict[str, Any]]:
    return list(json.loads(files["data/issue.json"])["articles"])


def pieces(articles: list[dict[str, Any]]) -> Iterator[str]:
    """What is printed, in order: sections where they begin, headings (not what we call an article), paragraphs."""
    above: list[str] = []
    for article in articles:
        if article["above"] != above:
            above = list(article["above"])
            yield from above
        if article["key"] not in ("closing", "ask"):
            yield str(article["heading"])
        yield from article["paragraphs"]


class Body(HTMLParser):
    """The words of a page's ``main``, readings aside."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self._open = "", [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("img", "meta", "link", "br", "input"):
            heard = tag == "main" or (
                self._open[-1] and tag not in ("rt", "rp") and dict(attrs).get("aria-hidden") != "true"
            )
            self._open.append(heard)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data if self._open[-1] else ""


def body(page: bytes) -> str:
    reader = Body()
    reader.feed(page.decode())
    return squeezed(reader.words)


def without_readings(element: Element) -> str:
    parts = (part if isinstance(part, str) else without_readings(part) for part in element.children)
    return "" if element.kind == "RT" else "".join(parts)


def assert_in_order(said: str, wanted: Iterator[str] | list[str]) -> None:
    at = 0
    for piece in map(squeezed, wanted):
        found = said.find(piece, at)
        assert found >= 0, f"not there, or not in its place: {piece}"
        at = found + len(piece)


def test_every_edition_is_there(files: dict[str, bytes], articles: list[dict[str, Any]]) -> None:
    pages = {f"web/articles/{article['key']}.html" for article in articles}
    assert {"large.pdf", f"text/{NAME}.txt", "data/issue.json", "web/index.html", *pages} <= set(files)
    assert len(pages) == 10


def test_the_editions_on_pages_say_the_articles_in_order(
    files: dict[str, bytes], articles: list[dict[str, Any]]
) -> None:
    with pikepdf.open(BytesIO(files["print.pdf"])) as pdf:
        printed = "".join(mark.text for page in pdf.pages for mark in read_marks(page) if mark.text != READING)
    assert_in_order(squeezed(printed), pieces(articles))
    with pikepdf.open(BytesIO(files["screen.pdf"])) as pdf:
        assert_in_order(squeezed(without_readings(read_structure(pdf))), pieces(articles))


def test_the_web_page_says_the_articles(files: dict[str, bytes], articles: list[dict[str, Any]]) -> None:
    page = squeezed(
        re.sub(r"<r[tp]>.*?</r[tp]>|<style>.*?</style>|<[^>]*>", "", files["web/index.html"].decode(), flags=re.S)
    )
    assert [piece for piece in pieces(articles) if squeezed(piece) not in page] == []


def test_an_article_page_says_its_article_and_nothing_else(
    files: dict[str, bytes], articles: list[dict[str, Any]]
) -> None:
    for article in articles:
        number = article["key"].split("-")[1] if article["above"] else ""
        told = [number, *article["above"], article["heading"], *article["paragraphs"]]
        assert body(files[f"web/articles/{article['key']}.html"]) == squeezed("".join(map(str, told)))


def test_large_print_says_the_articles_and_nothing_else(
    files: dict[str, bytes], articles: list[dict[str, Any]]
) -> None:
    with pikepdf.open(BytesIO(files["large.pdf"])) as pdf:
        said = squeezed(read_structure(pdf).text)
    main = said[said.rindex("問い合わせ", 0, said.index("港で暮らす")) + len("問い合わせ") :]
    main = re.sub(r"^\d+", "", main).replace(f"（{READING}）", "")
    told: list[str] = []
    above: list[str] = []
    sections = 0
    for article in articles:
        if article["above"] != above and (above := article["above"]):
            sections += 1
            told += [str(sections), *above]
        told += [number_of(article["key"]), article["heading"]]
        listed = article["key"] == "promises"
        told += [f"{number if listed else ''}{text}" for number, text in enumerate(article["paragraphs"], 1)]
    assert main == squeezed("".join(told))


def number_of(key: str) -> str:
    return key.rpartition("-")[2] if key.startswith("chapter-") else ""


def test_the_text_says_the_articles_and_nothing_else(files: dict[str, bytes], articles: list[dict[str, Any]]) -> None:
    text = files[f"text/{NAME}.txt"].decode()
    said = text[text.index("〔目次終わり〕") :].replace(f"（{READING}）", "")
    plain = squeezed(re.sub(r"〔.*?〕|［.*?ページ］", "", said))
    told = [squeezed(spoken(piece)) for piece in pieces(articles)]
    assert_in_order(plain, told)
    left = plain
    for piece in sorted(told, key=len, reverse=True):
        left = left.replace(piece, "\n", 1)
    assert re.sub(r"[\n1-4]", "", left) == ""
