"""Large print on the real PDF: nothing under 18 pt, high contrast, contents that lead, tags and standards kept."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.conftest import Element, Mark, read_marks, read_structure
from tests.kinds import brochure
from tests.leaflet.test_screen import in_order

from koho_pdf.findings import errors_in
from koho_pdf.pipeline import Build

SMALLEST = 18  # pt (issue 5, section 3)
MARGIN = 17 * 72 / 25.4


@pytest.fixture(scope="module", params=["2012-policy-leaflet", "sample", "specimen", "specimen-vertical"])
def large(
    proved: Callable[..., Build],
    throwaway: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> bytes:
    root = throwaway(tmp_path_factory.mktemp("large"))
    if request.param == "sample":
        (root / "layouts/policy-leaflet/sample").rename(root / "content/sample")
    build = proved(root, request.param, ("large",))
    assert not errors_in(build.findings)
    assert set(build.files) == {"large.pdf"}
    return build.files["large.pdf"]


def texts(pdf: bytes) -> list[list[Mark]]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [[mark for mark in read_marks(page) if mark.text.strip()] for page in opened.pages]


def test_no_glyph_is_under_18_points(large: bytes) -> None:
    sizes = [mark.size * math.hypot(*mark.place[2:4]) for page in texts(large) for mark in page]
    assert len(sizes) > 20
    assert min(sizes) >= SMALLEST - 0.01
    assert sum(size >= 22 - 0.01 for size in sizes) > 0.8 * len(sizes)


def test_every_page_is_a4_and_its_text_keeps_the_margins(large: bytes) -> None:
    with pikepdf.open(BytesIO(large)) as pdf:
        for page in pdf.pages:
            assert [round(float(edge) * 25.4 / 72) for edge in page.mediabox.as_list()] == [0, 0, 210, 297]
    with pypdfium2.PdfDocument(large) as pdf:
        for page in pdf:
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
            assert min(box[0] for box in boxes) >= MARGIN
            assert max(box[2] for box in boxes) <= page.get_width() - MARGIN


def test_letters_are_dark_on_light_or_light_on_dark(large: bytes) -> None:
    """Whatever colour letters and bars have, black or white on it has a contrast of 4.5 or more (WCAG 2.2, 1.4.3)."""

    def luminance(fill: tuple[str, ...]) -> float:
        values = [float(value) for value in fill[1:]] * (3 if fill[0] == "g" else 1)
        parts = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    inks = {mark.fill for page in texts(large) for mark in page}
    assert {ink[0] for ink in inks} <= {"rg", "g"}
    assert all(value == 1 or 1.05 / (value + 0.05) >= 4.5 for value in map(luminance, inks))


def test_it_keeps_the_standards_of_the_screen_edition(large: bytes) -> None:
    with pikepdf.open(BytesIO(large)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        assert re.search(rb"pdfaid:part.*?2", xmp)
        assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp
        assert str(pdf.Root.Lang) == "ja"
        tree = read_structure(pdf)  # everything that is marked is in it
        links = [each for page in pdf.pages for each in page.obj.get("/Annots", [])]
        assert all(page == sorted(page) for page in in_order(pdf))
    levels = [int(element.kind[1]) for element in tree.every("H1", "H2", "H3")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(figure.alt for figure in tree.every("Figure"))
    assert all(len(link.objects) >= 1 and not link.every("Link")[1:] for link in tree.every("Link"))
    assert sorted(each for link in tree.every("Link") for each in link.objects) == sorted(each.objgen for each in links)
    for link in tree.every("Link"):
        (said,) = {str(each.Contents) for each in links if each.objgen in link.objects}
        assert said.replace(" ", "") == link.text.replace(" ", "")


def test_contents_and_articles_nest(brochure_made: Path) -> None:
    """One TOC, in it one for each chapter; a chapter holds its articles, each whole over its pages."""
    with pikepdf.open(brochure_made / "large.pdf") as pdf:
        tree = read_structure(pdf)
        described = [str(each.Contents) for page in pdf.pages for each in page.obj.get("/Annots", [])]
    contents = tree.every("TOC")
    assert [len(each.children) for each in contents] == [7, 2, 2, 2]
    assert all(isinstance(item, Element) and item.kind == "TOCI" for each in contents for item in each.children)
    assert described[:4] == [f"{brochure.TITLE} 2", "町の約束 3", "1 にぎわう港 3", "朝市を開く 3"]
    articles = json.loads((brochure_made / "data" / "issue.json").read_bytes())["articles"]
    assert len(tree.every("Art")) == len(articles)
    (main,) = tree.every("Part")
    chapters = [each for each in main.children if isinstance(each, Element) and each.kind == "Sect"]
    assert [[kid.kind for kid in each.children if isinstance(kid, Element)] for each in chapters] == [
        ["H2", "Art", "Art"]
    ] * 3


def test_the_contents_tell_the_true_pages(brochure_made: Path) -> None:
    articles = json.loads((brochure_made / "data" / "issue.json").read_bytes())["articles"]
    with pypdfium2.PdfDocument(brochure_made / "large.pdf") as pdf:
        pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pdf]
    contents, last, pages[1] = pages[1].partition("問い合わせ5")
    contents += last
    for article in articles:
        heading = re.sub(r"\s", "", article["heading"])
        told = re.search(re.escape(heading) + r"(\d{1,2})", contents)
        assert told, heading
        numbers = [int(told[1][:digits]) for digits in (1, 2) if told[1][:digits]]
        assert any(number >= 2 and heading in pages[number - 1] for number in numbers), heading


def test_readings_stand_in_the_line_once(brochure_made: Path) -> None:
    with pypdfium2.PdfDocument(brochure_made / "large.pdf") as pdf:
        said = "".join(re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pdf)
    assert said.count("留萌（るもい）") == said.count("るもい）") == 1


def test_a_reading_in_the_line_is_ruby_and_stands_at_its_heading(proved: Callable[..., Build], tiny: Path) -> None:
    """ISO 32000-1, table 338: RB, RP, RT, RP, where the reading is set as a comment; contents, links and bookmarks that
    lead there have none, and do not use it up."""
    issue = tiny / "content/tiny/issue.yaml"
    words = issue.read_text(encoding="utf-8")
    issue.write_text(words.replace("name: 朝市を開く", "name: '{朝市|あさ|いち}を開く'", 1), encoding="utf-8")
    with pikepdf.open(BytesIO(proved(tiny, "tiny", ("large",)).files["large.pdf"])) as pdf:
        tree = read_structure(pdf)
        described = [str(each.Contents) for page in pdf.pages for each in page.obj.get("/Annots", [])]
        with pdf.open_outline() as outline:
            marks = [kid.title for item in outline.root for each in item.children for kid in each.children]
    (heading,) = [each for each in tree.every("H3") if "を開く" in each.text and "朝市" in each.text]
    (ruby,) = heading.every("Ruby")
    assert [(each.kind, each.text) for each in ruby.children if isinstance(each, Element)] == [
        ("RB", "朝市"),
        ("RP", "（"),
        ("RT", "あさいち"),
        ("RP", "）"),
    ]
    assert all(not each.every("Ruby") for each in tree.every("TOC"))
    assert "朝市を開く 3" in described
    assert "1 朝市を開く" in marks
