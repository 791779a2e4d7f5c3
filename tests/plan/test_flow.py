"""Stories that run over columns and on to another page: every word once, in order, on the grid."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2
import pytest
from tests.conftest import read_structure
from tests.plan.stories import LINE, make, region, story

from koho_pdf.pipeline import Build, build
from koho_pdf.workspace.workspace import open_workspace

BODY = 4.25  # mm: running text
SIDEWAYS = "li { padding: 1em 0 0 0 }\nh2 { font-size: 6mm }\n"


@pytest.fixture(scope="module", params=["horizontal", "vertical"])
def printed(request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Build]:
    """An issue whose first story goes on before the second one, two pages later."""
    direction, random = request.param, Random(1)
    root = tmp_path_factory.mktemp("flow")
    stories = {"nishin": story(random, 4 if direction == "vertical" else 5, 1), "umi": story(random, 1, 2)}
    overflow = "{to: next, continued: '{page}ページから続く'}"
    at, columns = ("15 30 182 240", 4) if direction == "vertical" else ("15 30 180 238", 3)
    main = region(at, columns, direction=direction, overflow=overflow, level="true")
    pages = ["cover", "feature: {main: [nishin]}", "cover", "feature: {main: [umi]}"]
    folder = make(root, stories, pages, {"feature": {"main": main}}, SIDEWAYS if direction == "vertical" else "")
    return direction, build(folder, open_workspace(root), ("print", "screen", "web", "text"))


def characters(pdf: bytes, page: int) -> Iterator[tuple[str, float, float, float]]:
    """Each character of a page with its middle from the left and from the top, and its size, in mm."""
    sheet = pypdfium2.PdfDocument(pdf)[page - 1]
    text = sheet.get_textpage()
    for number in range(text.count_chars()):
        left, bottom, right, top = (each / 72 * 25.4 for each in text.get_charbox(number, loose=True))
        if (said := text.get_text_range(number, 1)).strip():
            middle = sheet.get_height() / 72 * 25.4 - (top + bottom) / 2
            yield said, (left + right) / 2, middle, max(right - left, top - bottom)


def test_nothing_is_told_and_every_word_is_there(printed: tuple[str, Build]) -> None:
    """The build looks for every word of the manuscript in its finished files (collation)."""
    assert [each.code for each in printed[1].findings] == []


def test_every_line_of_running_text_stands_on_the_grid(printed: tuple[str, Build]) -> None:
    direction, made = printed
    found: dict[float, int] = {}
    for page in (2, 4):
        for said, x, y, size in characters(made.files["screen.pdf"], page):
            if "\u3041" <= said <= "\u9fff" and abs(size - BODY) < 0.2:
                offset = round((197 - x if direction == "vertical" else y - 30) % LINE, 1)
                found[offset] = found.get(offset, 0) + 1
    assert sum(found.values()) > 700
    assert max(found) - min(found) < 0.15, found


def test_words_lead_on_and_back_and_no_other_edition_knows_of_them(printed: tuple[str, Build]) -> None:
    made = printed[1]
    of = {
        page: "".join(said for said, *_ in characters(made.files["screen.pdf"], page)).replace("\n", "")
        for page in (2, 4)
    }
    assert [("4ページへ続く" in of[page], "2ページから続く" in of[page]) for page in (2, 4)] == [
        (True, False),
        (False, True),
    ]
    others = [made.files[name].decode() for name in made.files if name.endswith((".html", ".txt"))]
    assert others
    assert not [each for each in others if "続く" in each]


def test_one_story_is_one_element_read_in_order(printed: tuple[str, Build]) -> None:
    """Its words stand in one article of the structure tree, across columns and pages, and no others among them."""
    with pikepdf.open(io.BytesIO(printed[1].files["screen.pdf"])) as pdf:
        tree = read_structure(pdf)
    first, second = tree.every("Art")[:2]
    for element, id_ in ((first, "nishin"), (second, "umi")):
        said = re.sub(r"\s|（るもい）|るもい", "", element.text)
        expected = _words(printed[1], id_)
        at = 0
        for each in expected:
            place = said.find(each, at)
            assert place >= 0, (each, said[at : at + 60])
            at = place + len(each)
        assert "続く" not in said


def _words(made: Build, id_: str) -> list[str]:
    """The words of a story, field by field, as they are read aloud without readings."""
    from koho_pdf.content.blocks import Words, within
    from koho_pdf.kinds.reading_order import articles_of

    (article,) = [each for each in articles_of(made.issue) if each.key == id_]
    found = [each.words.plain for each in within(article.blocks) if isinstance(each, Words)]
    return [re.sub(r"\s", "", each) for each in found]


def test_contents_name_the_page_on_which_a_story_begins(printed: tuple[str, Build]) -> None:
    cover = "".join(said for said, *_ in characters(printed[1].files["screen.pdf"], 1))
    assert "1の読み物2ページ" in cover
    assert "2の読み物4ページ" in cover


def test_the_map_tells_both_regions(printed: tuple[str, Build]) -> None:
    first, second = json.loads(printed[1].files["map.json"])["regions"]
    assert first["lines"] - first["lines_used"] <= 20
    assert [each["article"] for each in (*first["articles"], *second["articles"])] == ["nishin", "umi"]
    assert 0 < second["articles"][0]["lines"] < second["lines_used"] <= second["lines"]
    pages: dict[str, set[int]] = {}
    for each in json.loads(printed[1].files["map.json"])["fields"]:
        pages.setdefault(each["field"].partition(":")[0], set()).add(each["page"])
    assert (pages["nishin"], pages["umi"]) == ({2, 4}, {4})
