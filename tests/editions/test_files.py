"""The other faces of an issue: the web page stands on its own, the pictures are the pages, the map is true."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from tests.kinds import brochure

from koho_pdf.pipeline import Build

MM = 72 / 25.4
REPOSITORY = Path(__file__).parents[2]


def glyphs(content: bytes) -> set[str]:
    with TTFont(BytesIO(content)) as font:
        return {chr(code) for code in font.getBestCmap()}


def test_asked_for_the_page_comes_in_one_file(proved: Callable[..., Build], home: Path, tmp_path: Path) -> None:
    issue = brochure.make(tmp_path)
    brochure.with_photo(issue, chapter=0)
    brochure.with_photo(issue, chapter=1, file="photos/again.jpg")
    name = f"web-single/{brochure.NAME}.html"
    files = proved(tmp_path, brochure.NAME, ("web-single",)).files
    assert list(files) == [name]
    page = files[name].decode()
    asked = re.findall(r'(?:src|href)="([^"]*)"', page) + re.findall(r'url\("([^"]*)"\)', page)
    assert {each for each in asked if not re.match(r"#|data:|tel:|mailto:|https://", each)} == set()
    assert page.count("data:font/woff;base64,") == 2
    assert page.count("data:image/jpeg;base64,") == 2
    assert all(glyphs(base64.b64decode(each)) for each in re.findall(r"font/woff;base64,([^\"]*)", page))
    assert proved(tmp_path, brochure.NAME, ("web-single",)).files == files


def test_pictures_are_the_pages_of_the_screen_edition(brochure_made: Path) -> None:
    with pypdfium2.PdfDocument(brochure_made / "screen.pdf") as pdf:
        for number in range(1, 5):
            with Image.open(brochure_made / "pages" / f"p{number}.png") as picture:
                assert picture.size == (583, 827)
                assert picture.info.keys() <= {"dpi"}
                again = pdf[number - 1].render(scale=100 / 72).to_pil()
                assert picture.convert("RGB").tobytes() == again.convert("RGB").tobytes()


@pytest.fixture(scope="module")
def fields(brochure_made: Path) -> list[dict[str, Any]]:
    told = json.loads((brochure_made / "map.json").read_text(encoding="utf-8"))
    assert told["issue"] == brochure.NAME
    return list(told["fields"])


def names(node: Any, path: str = "") -> list[str]:
    """The dotted path of every text of a manuscript."""
    if isinstance(node, dict):
        return [name for key, value in node.items() for name in names(value, f"{path}.{key}".lstrip("."))]
    if isinstance(node, list):
        return [name for number, value in enumerate(node) for name in names(value, f"{path}.{number}")]
    return [path]


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_the_map_knows_every_field_that_is_printed(fields: list[dict[str, Any]], edition: str) -> None:
    told = [each["field"] for each in fields if each["edition"] == edition]
    manuscript = brochure.as_typed()
    printed = {name for name in names(manuscript) if not name.startswith("printing.")}  # the order is on no page
    assert set(told) >= printed - {"layout", "date"}
    unknown = [name for name in told if name not in names(manuscript) and not re.fullmatch(r"chapters\.\d", name)]
    assert unknown == []


def test_both_editions_stand_alike(fields: list[dict[str, Any]]) -> None:
    paper, screen = (
        [{**each, "edition": ""} for each in fields if each["edition"] == edition] for edition in ("print", "screen")
    )
    assert paper == screen


def test_every_box_lies_on_its_page(fields: list[dict[str, Any]]) -> None:
    for each in fields:
        box = each["box"]
        assert 1 <= each["page"] <= 4
        assert box["x"] >= 5
        assert box["y"] >= 5
        assert box["x"] + box["width"] <= 143
        assert box["y"] + box["height"] <= 205
        assert box["width"] > 0
        assert box["height"] > 0


READING = "るもい"  # of 留萌, where the lead says it first (koho.yaml): painted after the words of its line, the last


def test_boxes_are_where_the_words_are(brochure_made: Path, fields: list[dict[str, Any]]) -> None:
    """The text inside a box, cut out of the finished page by PDFium, is the field's own words."""
    manuscript = brochure.as_typed()
    wanted = {
        "year": manuscript["year"],
        "title": manuscript["title"],
        "lead": manuscript["lead"] + READING,
        "promises.heading": manuscript["promises"]["heading"],
        "ask.section": manuscript["ask"]["section"],
        "ask.telephone": manuscript["ask"]["telephone"],
        "chapters.1.parts.0.points.1": manuscript["chapters"][1]["parts"][0]["points"][1],
        "chapters.2.parts.1.points.0": manuscript["chapters"][2]["parts"][1]["points"][0],
    }
    found = {}
    with pypdfium2.PdfDocument(brochure_made / "print.pdf") as pdf:
        for each in fields:
            if each["edition"] == "print" and each["field"] in wanted:
                box, height = each["box"], pdf[each["page"] - 1].get_height()
                text = (
                    pdf[each["page"] - 1]
                    .get_textpage()
                    .get_text_bounded(
                        (box["x"] + 3) * MM,
                        height - (box["y"] + box["height"] + 3) * MM,
                        (box["x"] + box["width"] + 3) * MM,
                        height - (box["y"] + 3) * MM,
                    )
                )
                found[each["field"]] = re.sub(r"\s", "", text).removeprefix("☎")
    assert found == {name: re.sub(r"\s", "", text) for name, text in wanted.items()}


def test_slots_tell_type_measure_and_what_is_left(fields: list[dict[str, Any]]) -> None:
    slots = {each["slot"]["name"]: each["slot"] for each in fields if each["slot"]}
    assert slots["lead"]["size"] == 17
    assert slots["lead"]["measure"] == pytest.approx(110.5, abs=0.05)
    assert slots["slogan"]["direction"] == "vertical"
    assert slots["lead"]["direction"] == "horizontal"
    for slot in slots.values():
        assert 1 <= slot["lines_used"] <= slot["lines"]
        assert slot["left"] >= 0
    assert slots["lead"]["left"] == 26 * 3 - len(brochure.as_typed()["lead"])


def test_identifiers_come_from_the_content(brochure_made: Path) -> None:
    """The documents' own identifiers come from their content (ISO 32000-1, 14.4), not from the time."""
    identifiers = []
    for edition in ("print", "screen"):
        with pikepdf.open(brochure_made / f"{edition}.pdf") as pdf:
            identifiers.append(bytes(pdf.trailer.ID[0]))
    assert len(set(identifiers)) == 2
