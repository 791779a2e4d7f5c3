"""What the three editions say is what the manuscript says: all of it, in order, and nothing else but page furniture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

if TYPE_CHECKING:
    from tests.conftest import Element, Mark

SOURCE = Path(__file__).with_name("leaflet-source.txt")
ISSUER = "留萌市"
READING = "るもい"  # over 留萌 where it is first mentioned: in the lead, on page 1


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def without_readings(element: Element) -> str:
    """What an element says, the readings above its words aside."""
    parts = (part if isinstance(part, str) else without_readings(part) for part in element.children)
    return "" if element.kind == "RT" else "".join(parts)


def cover(issue: dict[str, Any]) -> Iterator[str]:
    for field in ("fiscal_year", "title", "lead", "catchphrase", "theme", "introduction"):
        yield issue[field]
    yield issue["principles"]["heading"]
    for number, principle in enumerate(issue["principles"]["items"], 1):
        yield f"{number}{principle}"


def pillar(issue: dict[str, Any], number: int, *, aloud: bool = False) -> Iterator[str]:
    """A pillar: its name, its initiatives at a glance, then in full. At a glance its name stands once more, but not
    for who listens (``aloud``)."""
    told = issue["pillars"][number]
    yield f"{number + 1}{told['name']}"
    if not aloud:
        yield told["name"]
    for place, initiative in enumerate(told["initiatives"], 1):
        yield f"{place}{initiative['name']}"
    for place, initiative in enumerate(told["initiatives"], 1):
        yield f"{place}{initiative['name']}"
        yield from initiative["policies"]


def closing(issue: dict[str, Any]) -> Iterator[str]:
    contact = issue["contact"]
    yield from issue["closing"]
    yield contact["section"]
    yield f"☎{contact['telephone']}"
    yield contact["place"]
    yield ISSUER


def pages(issue: dict[str, Any], *, aloud: bool = False) -> list[list[str]]:
    """What every page says, sentence by sentence in reading order, its header and page number aside."""
    return [
        list(cover(issue)),
        [*pillar(issue, 0, aloud=aloud), *pillar(issue, 1, aloud=aloud)],
        [*pillar(issue, 2, aloud=aloud), *pillar(issue, 3, aloud=aloud)],
        list(closing(issue)),
    ]


def furniture(issue: dict[str, Any], page: int) -> tuple[str, str]:
    """The header and the number of a page, from 1."""
    header = squeezed(issue["fiscal_year"] + issue["title"]) if page == 2 else ""
    return header, str(page) if page in (2, 3) else ""


def test_the_screen_edition_reads_aloud_as_the_manuscript(
    leaflet: Path, structure: Callable[[Path], Element], manuscript: dict[str, Any]
) -> None:
    (*sections,) = structure(leaflet / "screen.pdf").children
    said = [squeezed(without_readings(section)) for section in sections if not isinstance(section, str)]
    assert said == [squeezed("".join(page)) for page in pages(manuscript, aloud=True)]


def test_a_name_has_its_reading_at_its_first_mention_only(leaflet: Path, structure: Callable[[Path], Element]) -> None:
    rubies = structure(leaflet / "screen.pdf").every("Ruby")
    assert [(ruby.page, [(part.kind, part.text) for part in ruby.every("RB", "RT")]) for ruby in rubies] == [
        (0, [("RB", "留萌"), ("RT", READING)])
    ]


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_whoever_copies_a_page_gets_its_words_in_order(
    leaflet: Path, marks: Callable[[Path], list[list[Mark]]], manuscript: dict[str, Any], edition: str
) -> None:
    """In the order of painting, which is what most programs copy: not one character more, less or elsewhere."""
    for number, (found, told) in enumerate(zip(marks(leaflet / f"{edition}.pdf"), pages(manuscript), strict=True), 1):
        header, folio = furniture(manuscript, number)
        texts = [mark.text for mark in found]
        if number == 1:
            texts.remove(READING)
        painted = squeezed("".join(texts))
        assert painted == header + squeezed("".join(told)) + folio, f"page {number}"


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_another_reader_finds_the_same_characters(leaflet: Path, manuscript: dict[str, Any], edition: str) -> None:
    """PDFium, which knows nothing of us and sorts lines its own way: not one character more or less on any page."""
    with pypdfium2.PdfDocument(leaflet / f"{edition}.pdf") as pdf:
        found = [squeezed(page.get_textpage().get_text_range()) for page in pdf]
    for number, (text, told) in enumerate(zip(found, pages(manuscript), strict=True), 1):
        reading = READING if number == 1 else ""
        assert sorted(text) == sorted(squeezed("".join([*told, *furniture(manuscript, number), reading])))


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_vertical_lines_are_copied_in_one_piece(leaflet: Path, edition: str) -> None:
    with pypdfium2.PdfDocument(leaflet / f"{edition}.pdf") as pdf:
        texts = [page.get_textpage().get_text_range().splitlines() for page in pdf]
    assert {"留萌ならではを", "創りたい", "『留萌まるごと体験・体感物語』"} <= set(texts[0])
    assert {"未来に向けて", "笑顔、絆、夢を実現させる", "留萌であるために。"} <= set(texts[3])


class Said(HTMLParser):
    """The text of a page's body as a screen reader takes it: without the parts that are hidden from it."""

    VOID = frozenset(["br", "hr", "img", "input", "link", "meta"])

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        skipped = (
            tag in ("head", "style", "script", "svg", "rt", "rp")
            or given.get("aria-hidden") == "true"
            or given.get("class") == "skip"
        )
        if tag not in self.VOID:
            self._open.append(skipped or bool(self._open and self._open[-1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1]):
            self.parts.append(data)


def test_the_web_edition_says_the_manuscript_in_the_same_order(leaflet: Path, manuscript: dict[str, Any]) -> None:
    page = Said()
    page.feed((leaflet / "web" / "index.html").read_text(encoding="utf-8"))
    told = [sentence for told in pages(manuscript, aloud=True) for sentence in told]
    assert squeezed("".join(page.parts)) == squeezed("".join(told))


def test_every_line_of_the_city_is_in_every_edition(
    leaflet: Path, structure: Callable[[Path], Element], marks: Callable[[Path], list[list[Mark]]]
) -> None:
    page = Said()
    page.feed((leaflet / "web" / "index.html").read_text(encoding="utf-8"))
    editions = [
        squeezed(without_readings(structure(leaflet / "screen.pdf"))),
        squeezed(
            "".join(mark.text for found in marks(leaflet / "print.pdf") for mark in found if mark.text != READING)
        ),
        squeezed("".join(page.parts)),
    ]
    lines = [squeezed(re.sub(r"^([0-9]\. |■ )", "", line)) for line in SOURCE.read_text(encoding="utf-8").splitlines()]
    assert len([line for line in lines if line]) == 65
    for said in editions:
        assert [line for line in lines if line not in said] == []
