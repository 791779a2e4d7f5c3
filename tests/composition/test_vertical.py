"""Vertical writing on finished pages: where every glyph of a vertical block stands, read from the PDF itself."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import BLANK

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts import turned
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.composition.paragraph.classes import NOT_AT_END, NOT_AT_START, kind_of
from koho_pdf.composition.paragraph.orientation import Stance, stances
from koho_pdf.errors import LayoutError
from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from tests.conftest import Element

ROOT = Path(__file__).parents[2]
FACES = read_faces(ROOT / "fonts", ROOT)
MM = 72 / 25.4
EM, FEED = 4.0, 7.0  # mm
POINT = 25.4 / 72
STYLE = """
@page { size: 210mm 297mm; margin: 10mm }
html { font-family: "BIZ UDMincho"; font-size: 4mm; line-height: 7mm }
body, p { margin: 0 } p { text-align: justify }
.v { writing-mode: vertical-rl }
"""
TEXT = (
    "平成25年4月1日（日）、留萌市の「まちづくり」は、3,500円のPR紙『るもい』を12部ずつ配り、A4判で――そう……"
    "ローマ字ではRumoi City Hallと書く。２０１３年度の「はい」「いいえ」は、きょうもちょっとだけ。気温18℃、25％です。"
)
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Glyph:
    """A glyph on a page: its text, whether its line runs down, where on its line it begins and ends, its line's middle.

    All in mm from the page's top left; ``ink`` is left, top, right, bottom of what is seen of it.
    """

    text: str
    down: bool
    head: float
    foot: float
    line: float
    ink: Box


Setter = Callable[..., tuple[Document, Path]]


@pytest.fixture
def composed(home: Path, tmp_path: Path) -> Setter:
    """``composed(html, css)``: the document of a page, and its screen PDF."""
    store = open_workspace(ROOT).cache
    layout = ROOT / "layouts" / "policy-leaflet"

    def set_page(body: str, css: str = "") -> tuple[Document, Path]:
        head = f"<meta charset='utf-8'><title>試し</title><style>{STYLE}{css}</style>"
        html = f"<!doctype html><html lang='ja'><head>{head}</head><body>{body}</body></html>"
        galley = Galley("screen", html, layout, (layout,), read_press("offset-coated", ROOT / "press", ROOT))
        document = compose(galley, FACES, Tree("t.yaml", {}, {}), ROOT, store)
        path = tmp_path / "page.pdf"
        path.write_bytes(document.write())
        return document, path

    return set_page


@pytest.fixture
def glyphs(composed: Setter) -> Callable[..., list[Glyph]]:
    """``glyphs(html, css)``: every glyph of the first page in content order."""
    return lambda body, css="": read_glyphs(composed(body, css)[1])


def read_glyphs(path: Path, number: int = 0) -> list[Glyph]:
    """Every glyph of a page, from its content stream and the fonts in the file (ISO 32000-1, 9.4.4)."""
    with pikepdf.open(path) as pdf:
        page = pdf.pages[number]
        height = float(page.MediaBox[3])
        fonts = {name: Embedded(font) for name, font in page.Resources.Font.items()}
        found: list[Glyph] = []
        kept: list[pikepdf.Matrix] = []
        matrix = line = pikepdf.Matrix()
        font, size = next(iter(fonts.values())), 0.0
        for instruction in pikepdf.parse_content_stream(page):
            operands: Any = instruction.operands
            operator = str(instruction.operator)
            if operator == "q":
                kept.append(matrix)
            elif operator == "Q":
                matrix = kept.pop()
            elif operator == "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            elif operator == "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            elif operator == "Tm":
                line = pikepdf.Matrix(*map(float, operands))
            elif operator == "TJ":
                pen = 0.0
                for part in operands[0]:
                    if not isinstance(part, pikepdf.String):
                        pen -= float(part) * size / 1000
                        continue
                    codes = bytes(part)
                    for at in range(0, len(codes), 2):
                        code = int.from_bytes(codes[at : at + 2], "big")
                        place = pikepdf.Matrix(size, 0, 0, size, pen, 0) @ line @ matrix
                        if font.text[code] != BLANK:
                            found.append(font.glyph(code, place, height))
                        pen += font.widths[code] * size / 1000
        return found


class Embedded:
    """A font of a PDF: what its codes say, how wide they are, and what they look like."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.text: dict[int, str] = {}
        for block in re.findall(r"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes().decode("ascii"), re.S):
            for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
                self.text[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
        (descendant,) = font.DescendantFonts
        self.widths: dict[int, float] = {}
        members = list(descendant.W)
        while members:
            first, widths, *members = members
            self.widths |= {int(first) + place: float(width) for place, width in enumerate(widths)}
        self._font = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
        self._glyphs, self._em = self._font.getGlyphSet(), self._font["head"].unitsPerEm

    @cache  # noqa: B019 (a font lives as long as its page is read)
    def bounds(self, code: int) -> Box:
        """Of its ink, in em."""
        pen = BoundsPen(self._glyphs)
        self._glyphs[self._font.getGlyphName(code)].draw(pen)
        left, foot, right, head = pen.bounds or (0, 0, 0, 0)
        return left / self._em, foot / self._em, right / self._em, head / self._em

    def glyph(self, code: int, place: pikepdf.Matrix, height: float) -> Glyph:
        def at(x: float, y: float) -> tuple[float, float]:
            x, y = place.transform((x, y))
            return x / MM, (height - y) / MM

        left, foot, right, head = self.bounds(code)
        (x0, y0), (x1, y1) = at(left, foot), at(right, head)
        ink = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        start, end, middle = at(0, 0), at(self.widths[code] / 1000, 0), at(0, 0.38)
        down = abs(end[1] - start[1]) > abs(end[0] - start[0])
        axis = 1 if down else 0
        return Glyph(self.text[code], down, start[axis], end[axis], middle[1 - axis], ink)


def lines_of(found: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs by line, in the order in which the lines are painted."""
    lines: list[list[Glyph]] = []
    for glyph in found:
        if lines and abs(lines[-1][-1].line - glyph.line) < 0.1 and glyph.head > lines[-1][-1].head - 0.1:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def said(found: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in found)


def width(glyph: Glyph) -> float:
    return glyph.ink[2] - glyph.ink[0]


def height(glyph: Glyph) -> float:
    return glyph.ink[3] - glyph.ink[1]


@pytest.mark.parametrize("characters", [8, 9, 10, 11, 13, 16, 20, 25, 31, 40])
def test_lines_run_down_and_follow_to_the_left_flush_at_the_measure(
    glyphs: Callable[..., list[Glyph]], characters: int
) -> None:
    found = glyphs(f"<p class='v' style='height: {characters * EM}mm'>{TEXT}</p>")
    assert all(glyph.down for glyph in found)
    lines = lines_of(found)
    assert re.sub(r"\s", "", said(found)) == re.sub(r"\s", "", TEXT)
    assert len(lines) >= 3
    foot = 10 + characters * EM
    for number, line in enumerate(lines):
        assert line[0].line == pytest.approx(lines[0][0].line - number * FEED, abs=0.05)
        heads = [glyph.head for glyph in line if glyph.text != " "]  # one that ends the line takes no room
        assert all(one < other for one, other in pairwise(heads))
        blank_head = 0.5 * EM if line[0].text in "（「『" else 0
        assert line[0].head + blank_head == pytest.approx(10, abs=0.1 * POINT)
        blank_foot = 0.5 * EM if line[-1].text in "）」』、。" else 0
        if line is not lines[-1]:
            assert line[-1].foot - blank_foot == pytest.approx(foot, abs=0.1 * POINT), said(line)
        assert kind_of(line[0].text) not in NOT_AT_START
        if line is not lines[-1]:
            assert kind_of(line[-1].text) not in NOT_AT_END
    # The first line is at the right edge of a block that is as wide as its lines.
    assert lines[0][0].line == pytest.approx(10 + len(lines) * FEED - FEED / 2, abs=0.05)


def test_characters_stand_in_their_cells_as_vertical_setting_has_them(glyphs: Callable[..., list[Glyph]]) -> None:
    found = {
        glyph.text: glyph for glyph in glyphs("<p class='v' style='height: 100mm'>あ、い。う「え」おーかょきよ・</p>")
    }
    for stop in "、。":
        left, top, right, bottom = found[stop].ink
        assert found[stop].line < left < right < found[stop].line + EM / 2, "right half"
        assert found[stop].head < top < bottom < found[stop].head + EM / 2, "upper half"
    bar = found["ー"]
    assert height(bar) > 5 * width(bar)
    assert (bar.ink[0] + bar.ink[2]) / 2 == pytest.approx(bar.line, abs=0.15 * EM)
    small, large = found["ょ"], found["よ"]
    assert height(small) < 0.85 * height(large)
    assert small.ink[0] + small.ink[2] > 2 * small.line, "to the right"
    assert small.ink[1] - small.head < large.ink[3] - large.head - height(small), "to the top"
    assert found["「"].ink[1] > found["「"].head + 0.45 * EM, "its ink at the end of its cell"
    assert found["」"].ink[3] < found["」"].head + 0.55 * EM
    assert width(found["「"]) > height(found["「"]), "turned"
    assert found["・"].ink[0] + found["・"].ink[2] == pytest.approx(2 * found["・"].line, abs=0.1)
    assert found["あ"].foot - found["あ"].head == pytest.approx(EM, abs=0.01)


def test_two_digits_stand_in_one_cell(glyphs: Callable[..., list[Glyph]]) -> None:
    found = glyphs("<p class='v' style='height: 100mm'>平成25年10月</p>")
    assert [glyph.text for glyph in found] == ["平", "成", "25", "年", "10", "月"]
    assert [glyph.head for glyph in found] == pytest.approx([10 + EM * place for place in range(6)], abs=0.02)
    for cell in found[2], found[4]:
        assert cell.line - EM / 2 <= cell.ink[0] < cell.ink[2] <= cell.line + EM / 2
        assert cell.head <= cell.ink[1] < cell.ink[3] <= cell.head + EM
        assert width(cell) > 0.7 * EM, "side by side"


@pytest.mark.parametrize("marks", ["!?", "!!", "?", "!"])
def test_half_width_marks_of_exclamation_stand_in_one_cell(glyphs: Callable[..., list[Glyph]], marks: str) -> None:
    """Two side by side, one in the middle; no quarter em beside them."""
    found = glyphs(f"<p class='v' style='height: 100mm'>本当{marks}えっ</p>")
    assert [glyph.text for glyph in found] == ["本", "当", marks, "え", "っ"]
    assert [glyph.head for glyph in found] == pytest.approx([10 + EM * place for place in range(5)], abs=0.02)
    cell = found[2]
    assert height(cell) > 0.6 * EM, "upright"
    assert cell.line - EM / 2 <= cell.ink[0] < cell.ink[2] <= cell.line + EM / 2
    assert (width(cell) > 0.5 * EM) == (len(marks) == 2), "side by side"


@pytest.mark.parametrize("word", ["PR", "Rumoi", "2013", "3,500", "A4"])
def test_words_and_long_numbers_lie(glyphs: Callable[..., list[Glyph]], word: str) -> None:
    """Each letter as in horizontal text, turned a quarter: the top of it to the right."""
    lying = glyphs(f"<p class='v' style='height: 100mm'>あ{word}い</p>")
    plain = glyphs(f"<p>あ{word}い</p>")
    assert said(lying) == said(plain)
    for turned_glyph, flat in zip(lying[1:-1], plain[1:-1], strict=True):
        assert (height(turned_glyph), width(turned_glyph)) == pytest.approx((width(flat), height(flat)), abs=0.02)
        assert turned_glyph.ink[1] - turned_glyph.head == pytest.approx(flat.ink[0] - flat.head, abs=0.02)
        assert turned_glyph.ink[2] - turned_glyph.line == pytest.approx(flat.line - flat.ink[1], abs=0.02)
    assert lying[1].head - lying[0].foot == pytest.approx(EM / 4, abs=0.02), "四分アキ"
    assert lying[-1].head - lying[-2].foot == pytest.approx(EM / 4, abs=0.02)


@pytest.mark.parametrize("lone", ["1", "A"])
def test_a_lone_digit_or_letter_stands(glyphs: Callable[..., list[Glyph]], lone: str) -> None:
    before, upright, after = glyphs(f"<p class='v' style='height: 100mm'>第{lone}案</p>")
    flat = glyphs(f"<p>第{lone}案</p>")[1]
    assert (width(upright), height(upright)) == pytest.approx((width(flat), height(flat)), abs=0.02)
    assert upright.ink[0] + upright.ink[2] == pytest.approx(2 * upright.line, abs=0.3)
    assert (before.foot, upright.foot) == pytest.approx((upright.head, after.head), abs=0.02), "no quarter em"


def test_combining_can_be_turned_off_and_asked_for(glyphs: Callable[..., list[Glyph]]) -> None:
    body = "<p class='v' style='height: 100mm'><span style='text-combine-upright: {}'>{}</span>年</p>"
    assert [glyph.text for glyph in glyphs(body.format("none", "25"))] == ["2", "5", "年"]
    assert [glyph.text for glyph in glyphs(body.format("digits 2", "25"))] == ["25", "年"]
    (cell, year) = glyphs(body.format("all", "2013"))
    assert (cell.text, year.text) == ("2013", "年")
    assert (cell.head, cell.foot) == pytest.approx((10, 10 + EM), abs=0.02)
    assert cell.line - EM / 2 <= cell.ink[0] < cell.ink[2] <= cell.line + EM / 2
    assert [glyph.text for glyph in glyphs("<p class='v' style='height: 100mm'><b>平成</b>平成</p>")] == list(
        "平成平成"
    )


@pytest.mark.parametrize("characters", [8, 15, 40])
def test_copied_text_is_the_text_in_its_order(composed: Setter, characters: int) -> None:
    _, path = composed(f"<p>前の文。</p><p class='v' style='height: {characters * EM}mm'>{TEXT}</p><p>後の文。</p>")
    with pypdfium2.PdfDocument(path) as pdf:
        copied = pdf[0].get_textpage().get_text_range()
    lines = [line for line in copied.splitlines() if line]
    assert (lines[0], lines[-1]) == ("前の文。", "後の文。")
    squeezed = re.sub(r"\s", "", copied)
    assert re.sub(r"\s", "", TEXT) in squeezed


def test_words_are_painted_in_the_order_in_which_they_are_read(composed: Setter) -> None:
    """Who copies a page, or reads its content without tags, has it in this order (ISO 32000-1, 14.8.2.3): before and
    after a vertical block, and beside what stands upright in it."""
    upright = "<span style='display: inline-block; writing-mode: horizontal-tb; width: 4mm; height: 4mm'>{}</span>"
    row = f"<tr><th>{upright.format('一')}二</th><td>三</td><td>四{upright.format('五')}六</td></tr>"
    block = "<div style='writing-mode: horizontal-tb; height: 8mm; width: 8mm'>九</div>"
    vertical = f"<p>〇</p><table>{row}<tr><td>七</td><td>八</td></tr></table>{block}<p>十</p>"
    clipped = "<div class='v' style='height: 20mm; width: 20mm; overflow: hidden'>終</div>"
    inline = "<span style='display: inline-block; writing-mode: vertical-rl; height: 8mm; width: 8mm'>中</span>"
    _, path = composed(f"<p>前</p><div class='v' style='height: 90mm'>{vertical}</div><p>後{inline}外</p>{clipped}")
    assert said(read_glyphs(path)) == "前〇一二三四五六七八九十後中外終"


def test_columns_stand_one_below_the_other_with_a_rule_between(
    composed: Setter, structure: Callable[[Path], Element]
) -> None:
    """段組: two columns of 10 characters, 8 mm apart; the text fills the upper one first."""
    css = ".c { column-count: 2; column-gap: 8mm; column-rule: .2mm solid; height: 88mm; width: 56mm }"
    _, path = composed(f"<div class='v c'><p>{TEXT[:70]}</p><p>{TEXT[70:]}</p></div>", css)
    found = read_glyphs(path)
    upper = [glyph for glyph in found if glyph.foot < 10 + 40 + EM]
    lower = [glyph for glyph in found if glyph.head > 10 + 48 - EM]
    assert len(upper) > 40
    assert len(lower) > 20
    assert found == upper + lower, "in order, and none between the columns"
    assert re.sub(r"\s", "", said(found)) == re.sub(r"\s", "", TEXT)
    assert lines_of(upper)[0][0].line == pytest.approx(10 + 56 - FEED / 2, abs=0.05)
    assert lines_of(lower)[0][0].line == pytest.approx(10 + 56 - FEED / 2, abs=0.05)
    with pypdfium2.PdfDocument(path) as pdf:
        image = pdf[0].render(scale=8).to_pil().convert("L")
    dots = 8 * MM
    x = round((10 + 3) * dots)
    dark = [y / dots for y in range(image.height) if image.getpixel((x, y)) < 128 and 50 < y / dots < 58]
    assert dark
    assert sum(dark) / len(dark) == pytest.approx(10 + 44, abs=0.1)
    assert [re.sub(r"\s", "", each.text) for each in structure(path).every("P")] == [
        re.sub(r"\s", "", TEXT[:70]),
        re.sub(r"\s", "", TEXT[70:]),
    ]


def test_one_page_holds_both_directions(composed: Setter) -> None:
    body = (
        "<p data-slot='a' data-field='one' style='width: 80mm; height: 14mm'>横組みの文です。</p>"
        "<p class='v' data-slot='b' data-field='two' style='width: 21mm; height: 40mm'>縦組みの文です。</p>"
    )
    document, path = composed(body)
    assert document.findings == ()
    one, two = document.placed
    assert one.slot
    assert two.slot
    assert (one.slot.direction, two.slot.direction) == ("horizontal", "vertical")
    assert (two.slot.measure, two.slot.lines, two.slot.lines_used, two.slot.left) == (40, 3, 1, 22)
    assert [(each.slot.place.width, each.slot.place.height) for each in (one, two) if each.slot] == [(80, 14), (21, 40)]
    box = two.box
    assert (box.x + box.width, box.y) == pytest.approx((10 + 21 - (FEED - EM) / 2, 24), abs=FEED)
    assert box.height == pytest.approx(7.5 * EM, abs=0.1)
    assert [glyph.down for glyph in read_glyphs(path)] == [False] * 8 + [True] * 8


def test_what_does_not_fit_is_told(composed: Setter) -> None:
    document, _ = composed(
        "<p class='v' data-slot='a' style='width: 14mm; height: 40mm; margin-left: 40mm'>" + "あ" * 25 + "</p>"
    )
    (found,) = document.findings
    assert found.code == "overset"
    assert "1行、約5字" in found.message


def test_a_block_is_not_broken_over_pages(composed: Setter) -> None:
    document, path = composed(
        "<div style='height: 200mm'></div><p class='v' style='height: 70mm; width: 180mm'>" + TEXT + "</p>"
    )
    assert document.pages == 1
    assert re.sub(r"\s", "", said(read_glyphs(path))) == re.sub(r"\s", "", TEXT)


def test_sides_are_those_of_the_page(glyphs: Callable[..., list[Glyph]]) -> None:
    """``margin-top`` moves down and ``padding-right`` to the left; logical sides follow the line."""
    css = "height: 60mm; width: 70mm"
    body = "<div class='v' style='{}'><p style='{}'>あ</p></div>"
    (plain,) = glyphs(body.format(css, ""))
    moved = {
        "margin-top: 8mm": (0, 8),
        "padding-right: 8mm": (-8, 0),
        "margin-inline-start: 8mm": (0, 8),
        "padding-block-start: 8mm": (-8, 0),
    }
    for style, (x, y) in moved.items():
        (glyph,) = glyphs(body.format(css, style))
        assert (glyph.line - plain.line, glyph.head - plain.head) == pytest.approx((x, y), abs=0.02), style


@pytest.mark.parametrize(
    "body",
    [
        "<p class='v'>高さがない</p>",
        "<p class='v' style='height: 50%'>割合</p>",
        "<div style='display: flex; height: 80mm'><p class='v' style='height: 50%; width: 40mm'>割合</p></div>",
        "<div class='v' style='height: 40mm; display: flex'><p>入れ物</p></div>",
        "<p class='v' style='height: 40mm'>行の<span style='writing-mode: horizontal-tb'>中</span></p>",
        "<div class='v' style='height: 40mm'><svg style='width: 50%'><title>図</title></svg></div>",
        "<div class='v' style='height: 9mm; width: 9mm'><p><svg style='height: 50%'><title>図</title></svg></p></div>",
        "<div class='v' style='height: 40mm'><svg width='9' style='position: absolute'><title>図</title></svg></div>",
        "<p>行の<span class='v'>中</span></p>",
        "<style>html { writing-mode: vertical-rl }</style><p>全体</p>",
    ],
)
def test_what_is_not_carried_out_is_told(composed: Setter, body: str) -> None:
    document, _ = composed(body)
    assert [found.code for found in document.findings] == ["vertical-unsupported"]


def test_orientation_by_hand_is_told(composed: Setter) -> None:
    document, _ = composed("<p class='v' style='height: 40mm; text-orientation: upright'>あ</p>")
    assert [found.code for found in document.findings] == ["css-not-understood"]


def test_a_character_that_no_face_has_is_told(composed: Setter) -> None:
    document, _ = composed("<p class='v' style='height: 40mm'>晴れ\U0001f600</p>")
    assert [found.code for found in document.findings] == ["glyph-missing"]


def test_a_second_build_makes_no_face_again(composed: Setter, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "<p class='v' style='height: 40mm'>二度目は書体を作りません</p>"
    first = composed(body)[1].read_bytes()
    monkeypatch.setattr(turned, "_build", None)
    assert composed(body)[1].read_bytes() == first


def test_an_underline_stands_at_the_right(composed: Setter) -> None:
    style = "height: 60mm; text-decoration: underline 1mm"
    _, path = composed(f"<p class='v' style='{style}'>下線</p>")
    line = read_glyphs(path)[0].line
    with pypdfium2.PdfDocument(path) as pdf:
        image = pdf[0].render(scale=8).to_pil().convert("L")
    dots = 8 * MM
    y = round((10 + EM) * dots)  # between the two characters
    dark = [x / dots for x in range(image.width) if image.getpixel((x, y)) < 128]
    assert dark
    assert min(dark) > line + EM / 4


def test_a_slot_says_its_direction(tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "one"
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "layouts" / "_kinds" / "specimen", tmp_path / "layouts" / "_kinds" / "specimen")
    said = "kind: specimen\ntitle: t\ntrim: 210 x 297\nbleed: 3\npages: 1\ncolours: {}\nslots:\n"
    slot = "  a: {size: 16, line_feed: 28, chars_per_line: 10, lines: 3, direction: "
    (folder / "layout.yaml").write_text(f"{said}{slot}vertical}}\n", encoding="utf-8")
    css = read_layout(folder, tmp_path).slots["a"].css("a")
    assert "writing-mode: vertical-rl; width: 21.000mm; height: 40.020mm;" in css
    (folder / "layout.yaml").write_text(f"{said}{slot}horizontal}}\n", encoding="utf-8")
    css = read_layout(folder, tmp_path).slots["a"].css("a")
    assert "width: 40.020mm; height: 21.000mm;" in css
    assert "writing-mode" not in css
    (folder / "layout.yaml").write_text(f"{said}{slot}sideways}}\n", encoding="utf-8")
    with pytest.raises(LayoutError) as raised:
        read_layout(folder, tmp_path)
    (found,) = raised.value.findings
    assert (found.code, found.where.line) == ("value-not-understood", 8)


def test_ruby_stands_to_the_right_and_kenten_too(composed: Setter) -> None:
    css = (ROOT / "layouts" / "_shared" / "text.css").read_text(encoding="utf-8")
    body = "<p class='v' style='height: 60mm'>この<ruby>留萌<rt>るもい</rt></ruby>の<em class='kenten'>海</em>。</p>"
    found = read_glyphs(composed(body, css)[1])
    base = [glyph for glyph in found if glyph.text in "留萌"]
    reading = [glyph for glyph in found if glyph.text in "るもい"]
    assert [glyph.text for glyph in reading] == list("るもい")
    assert all(glyph.down and glyph.line > base[0].line + EM / 2 for glyph in reading)
    middle = (base[0].head + base[1].foot) / 2
    assert (reading[0].head + reading[-1].foot) / 2 == pytest.approx(middle, abs=0.1)


@given(st.text(st.sampled_from("留萌のまち、。「」ー―…0123456789,.:!?ABCxyzﾙﾓｲ\U000e0100葛 "), max_size=30))
def test_stances_cut_a_text_and_lose_nothing(text: str) -> None:
    for combine in ("none", "digits 2", "all"):
        pieces = stances(text, combine)
        assert "".join(piece for _, piece in pieces) == text
        assert all(piece for _, piece in pieces)
    for stance, piece in stances(text, "digits 2"):
        if stance is Stance.CELL:
            assert re.fullmatch("[0-9]{2}|[!?]{2}", piece)
        if stance is Stance.LYING:
            assert not re.search("[留萌のまち、。「」ー葛]", piece)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("平成25年", "U平成 C25 U年"),
        ("4月", "U4 U月"),
        ("2013年", "L2013 U年"),
        ("第2案A", "U第 U2 U案 UA"),
        ("PRと42-1809", "LPR Uと L42-1809"),
        ("２５年①㈱℃", "U２５年①㈱℃"),
        ("Windows 95を", "LWindows_95 Uを"),
        ("ﾙﾓｲ", "Lﾙﾓｲ"),
        ("本当に!?え!です?", "U本当に C!? Uえ U! Uです U?"),
        ("OK!?と42!と!!!", "LOK!? Uと L42! Uと L!!!"),
    ],
)
def test_what_stands_and_what_lies(text: str, cut: str) -> None:
    found = [f"{stance.name[0]}{piece.replace(' ', '_')}" for stance, piece in stances(text, "digits 2")]
    assert " ".join(found) == cut


def test_a_shorthand_with_a_variable_is_turned_too(composed: Setter) -> None:
    """The engine takes ``border-bottom: 1mm solid var(--line)`` apart only when it is asked for a side."""
    body = "<div class='v' style='width: 40mm; height: 30mm'><p style='{}; {}'>縦組みの文です。</p></div>"
    sides = "border-bottom: 1mm solid {0}; border-right: 2mm solid {0}; padding: {1} 0 0 1mm"
    drawn = [
        composed(body.format("--line: #ff0000; --gap: 3mm", sides.format(*values)))
        for values in (("#ff0000", "3mm"), ("var(--line)", "var(--gap)"))
    ]
    assert [document.findings for document, _ in drawn] == [(), ()]
    assert drawn[0][1].read_bytes() == drawn[1][1].read_bytes()
