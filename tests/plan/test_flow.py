"""Stories that run over columns and on to another page: every word once, in order, on the grid."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2
import pytest
from tests.conftest import read_structure
from tests.plan.paper import NAME
from tests.plan.stories import LINE, make, placed, region, story

from koho_pdf.errors import LayoutError
from koho_pdf.pipeline import Build, build
from koho_pdf.workspace.workspace import open_workspace

BODY = 4.25  # mm: running text
ROOTS: dict[str, Path] = {}
PICTURED = """\
kind: story
heading: 港
parts:
  - heading: その1
    body: 春です。
    photo: {file: photos/umi.png, alt: 白い海}
"""
SIDEWAYS = "li { padding: 1em 0 0 0 }\nh2 { font-size: 6mm }\n"


@pytest.fixture(scope="module", params=["horizontal", "vertical"])
def printed(request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Build]:
    """An issue whose first story goes on before the second one, two pages later."""
    direction, random = request.param, Random(1)
    root = ROOTS[direction] = tmp_path_factory.mktemp("flow")
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


def test_a_page_alone_has_the_same_glyphs(printed: tuple[str, Build], home: Path, tmp_path: Path) -> None:
    """The page on which a story goes on, made by itself: the story's HTML stands in it, and its first rows are not
    shown."""
    from concurrent.futures import ThreadPoolExecutor

    from koho_pdf import pipeline
    from koho_pdf.layout import galley, planned

    root = ROOTS[printed[0]]
    folder, workspace = root / "content" / NAME, open_workspace(root)
    with ThreadPoolExecutor(1) as beside, pytest.MonkeyPatch.context() as patch:
        of, _ = pipeline._read(folder, workspace, workspace.city.press, beside, False, "", lambda stage: None)
        of.placed(of.public)
        whole = planned.pages_of
        patch.setattr(galley, "pages_of", partial(whole, only=4))
        alone = of.compose("alone", of.screen_galley())
    (tmp_path / "alone.pdf").write_bytes(alone.write())
    assert alone.pages == 1
    one = [*characters((tmp_path / "alone.pdf").read_bytes(), 1)]
    four = [*characters(printed[1].files["screen.pdf"], 4)]
    assert [said for said, *_ in one] == [said for said, *_ in four]
    pairs = (pair for both in zip(one, four, strict=True) for pair in zip(both[0][1:], both[1][1:], strict=True))
    assert max(abs(a - b) for a, b in pairs) < 0.01


@pytest.mark.parametrize(
    ("main", "side", "told"),
    [
        ("to: side", "columns: 3, flow: columns, direction: vertical", "組み方が違う"),
        ("to: sdie", "columns: 2, flow: columns", "続く先はありません"),
        ("to: main", "columns: 2, flow: columns", "続く先はありません"),
        ("to: side", "columns: 2", "flow: columns でない"),
        ("to: side", "columns: 2, flow: columns, line_feed: 28, overflow: {to: main}", "元の領域に戻ります"),
        ("to: next, says: '→ {pages}'", "columns: 2", "{page}"),
        ("to: next, says: '{page.x}'", "columns: 2", "{page}"),
    ],
)
def test_an_overflow_that_cannot_be_is_told_to_the_designer(
    home: Path, tmp_path: Path, main: str, side: str, told: str
) -> None:
    regions = {
        "main": region("15 30 180 100", 2, overflow=f"{{{main}}}"),
        "side": f'{{at: "15 140 180 100", gutter: 6, {side}}}',
    }
    folder = make(tmp_path, {"n": story(Random(1), 1, 1)}, ["feature: {main: [n]}"], {"feature": regions})
    with pytest.raises(LayoutError) as fault:
        build(folder, open_workspace(tmp_path), ("screen",))
    assert any(told in f"{each.message}{each.hint}" for each in fault.value.findings), fault.value.findings
    assert {each.code for each in fault.value.findings} <= {"layout-broken", "value-not-understood"}


def test_a_story_goes_on_below_an_advertisement_on_the_same_page(home: Path, tmp_path: Path) -> None:
    """The second region is filled before the next page; floats, boxes with a border and tables are not cut."""
    regions = {
        "main": region("15 30 180 77", 2, overflow="{to: rest, says: 下へ続く}"),
        "rest": region("15 150 180 98", 2, overflow="{to: next}"),
    }
    css = "figure { float: left; width: 40mm; margin: 0 3mm 0 0 } .table { border: .3mm solid; padding: 1mm }"
    css += ".article section { border: .3mm solid; padding: 2mm; position: relative }"
    css += ".article section::after { content: '★'; position: absolute; top: 1mm; right: 1mm }"
    plan = ["cover", "feature: {main: [n]}", "feature: {rest: [o]}"]
    stories = {"n": story(Random(5), 2, 1, longest=40), "o": story(Random(6), 1, 2, longest=20)}
    made = build(make(tmp_path, stories, plan, {"feature": regions}, css), open_workspace(tmp_path), ("screen",))
    pages = ["".join(said for said, *_ in characters(made.files["screen.pdf"], page)) for page in (2, 3)]
    assert "下へ続く" in pages[0]
    assert "".join(pages).count("★") == 3, "what is placed absolutely stands in its box, however that is cut"
    assert "2の読み物" in pages[1]
    assert not [each for each in made.findings if each.code != "page-multiple"]


def test_a_picture_in_vertical_columns_is_measured_as_it_stands(home: Path, tmp_path: Path) -> None:
    """It is as deep as it is wide, also where its width is limited in percent of the region."""
    main = region("15 30 140 180", 2, direction="vertical").replace("flow: columns", "flow: whole")
    plan = ["cover", "feature: {main: [n]}"]
    one = {"n": PICTURED}
    folder = make(tmp_path, one, plan, {"feature": {"main": main}}, "figure { margin: 0 } figcaption { display: none }")
    (use,) = placed(folder)[1].uses
    assert use.articles[0].depth == pytest.approx(70)  # 12 + 8 + 7 for the words, 40 for the picture, in whole lines
