"""Forced breaks, boxes around words and pictures among them, as they stand on the finished page."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from tests.composition.conftest import EM, LINE_FEED, Composed, Glyph, Shape, lines_of, read_page, word
from tests.conftest import read_marks

from koho_pdf.composition.paragraph.classes import NOT_AT_END, NOT_AT_START, kind_of
from koho_pdf.composition.paragraph.spacing import blank_after, blank_before

if TYPE_CHECKING:
    from tests.conftest import Element

MARGIN = 72.0  # points: of the page
PICTURE = (
    '<svg width="16pt" height="10pt" style="{}"><title>図</title><rect width="100%" height="100%" fill="#080"/></svg>'
)
PADDED = "padding: 0 5pt; border: 1pt solid #f00; margin: 0 3pt; background: #fe0"
EDGE = 5 + 1 + 3
YELLOW, GREEN = (1.0, 0.93333, 0.0), (0.0, 0.53333, 0.0)
LONG = "広報は毎月一日に、「まちのこと」を届けます。"


def said(line: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in line)


def head(line: list[Glyph]) -> float:
    """Where the ink of a line begins (a full-width sign's blank half is none), from the margin."""
    return line[0].left + blank_before(kind_of(line[0].text)) * EM - MARGIN


def end(line: list[Glyph]) -> float:
    return line[-1].right - blank_after(kind_of(line[-1].text)) * EM - MARGIN


def painted(shapes: list[Shape], colour: tuple[float, ...]) -> list[Shape]:
    return [shape for shape in shapes if shape.fill == pytest.approx(colour, abs=0.001) and shape.operator != "S"]


def test_a_forced_break_ends_a_line_that_is_not_stretched(composed: Composed) -> None:
    body = f"<p style='text-align: justify; width: 16em'>{LONG * 2}とても短い。<br>{LONG}終わり。</p>"
    glyphs, _ = read_page(composed(body))
    lines = lines_of(glyphs)
    assert [said(line)[-3:] for line in lines if line[-1].text == "。"][-2:] == ["短い。", "わり。"]
    broken = next(number for number, line in enumerate(lines) if said(line).endswith("短い。"))
    assert said(lines[broken + 1]).startswith("広報")
    assert all(
        abs(after.left - before.right) < 0.05
        for before, after in pairwise(lines[broken])
        if not {before.text, after.text} & set("、。「」")
    )
    for line in lines[:broken] + lines[broken + 1 : -1]:
        assert (head(line), end(line)) == pytest.approx((0, 16 * EM), abs=0.1), said(line)


@pytest.mark.parametrize("mark", ["<br>", "<br><br>", " <br> ", "。<br><br><br>「", "<b>、<br></b>", "<br><i></i>"])
def test_every_break_makes_a_line_even_an_empty_one(composed: Composed, mark: str) -> None:
    glyphs, _ = read_page(composed(f"<p style='text-align: justify'>上{mark}下<br></p><p>次</p>"))
    above, below, following = (word(glyphs, text)[0] for text in "上下次")
    assert above.baseline - below.baseline == pytest.approx(mark.count("<br>") * LINE_FEED, abs=0.02)
    assert below.baseline - following.baseline == pytest.approx(LINE_FEED, abs=0.02), "a break at the end makes none"
    assert "\n" not in said(glyphs)


def test_a_preserved_newline_is_a_break(composed: Composed) -> None:
    glyphs, _ = read_page(composed("<p style='white-space: pre-line'>「一行目」。\n 二行目 \n\n四行目</p>"))
    lines = lines_of(glyphs)
    assert [said(line).strip() for line in lines] == ["「一行目」。", "二行目", "四行目"]
    assert [head(line) for line in lines] == pytest.approx([0, 0, 0], abs=0.02), "brackets are flush: it is ours"
    assert lines[1][0].baseline - lines[2][0].baseline == pytest.approx(2 * LINE_FEED, abs=0.02)


def test_a_box_shrinks_to_the_longest_of_its_lines(composed: Composed) -> None:
    style = "display: inline-block; background: #fe0"
    _, shapes = read_page(composed(f"<div style='{style}'>二文字<br>もっと長い行。<br>短い</div>"))
    (box,) = painted(shapes, YELLOW)
    assert box.right - box.left == pytest.approx(6.5 * EM, abs=0.02)


@pytest.mark.parametrize("measure", range(8, 31))
def test_lines_with_boxes_and_pictures_are_flush_and_keep_kinsoku(composed: Composed, measure: int) -> None:
    picture = PICTURE.format("margin: 0 1pt")
    boxed = f"<span style='{PADDED}'>「まちのこと」を</span>"
    text = f"広報は、{boxed}届けます。{picture}、電話は（{picture}）です。{boxed}、A{picture}B。"
    body = f"<p style='text-align: justify; width: {measure}em'>{text * 4}</p>"
    path = composed(body)
    glyphs, shapes = read_page(path)
    boxes = [*painted(shapes, GREEN), *(box for box in painted(shapes, YELLOW))]
    assert len(painted(shapes, GREEN)) == 12
    lines = lines_of(glyphs)
    for line in lines[:-1]:
        here = [box for box in boxes if box.foot < line[0].baseline + EM / 2 < box.head]
        green = [box for box in here if box.fill == pytest.approx(GREEN, abs=0.001)]
        left = min([head(line), *(box.left - MARGIN for box in here)])
        right = max([end(line), *(box.right - MARGIN for box in here)])
        # At a line's edge stands ink, or a picture's or box's margin.
        assert min(abs(left), abs(left - 1), abs(left - 3)) < 0.1, said(line)
        assert min(abs(measure * EM - right - margin) for margin in (0, 1, 3)) < 0.1, said(line)
        first, last = line[0], line[-1]
        if not any(box.left < first.left for box in green):
            assert kind_of(first.text) not in NOT_AT_START
        if not any(box.right > last.right for box in green):
            assert kind_of(last.text) not in NOT_AT_END
        for before, after in pairwise(line):
            between = [box for box in green if before.left < box.left and box.right < after.right + EM]
            assert all(before.right - EM / 2 <= box.left for box in between), "no picture over words"


def test_a_picture_stands_at_its_place_and_never_parts_from_its_stop(composed: Composed) -> None:
    picture = PICTURE.format("")
    glyphs, shapes = read_page(composed(f"<p>あ{picture}い{picture}、（{picture}）A{picture}B</p>"))
    placed = sorted(painted(shapes, GREEN), key=lambda shape: shape.left)
    cells = {glyph.text: glyph for glyph in glyphs}
    assert [picture.right - picture.left for picture in placed] == pytest.approx([16] * 4, abs=0.01)
    assert placed[0].left == pytest.approx(cells["あ"].right, abs=0.02)
    assert placed[0].right == pytest.approx(cells["い"].left, abs=0.02)
    assert placed[1].right == pytest.approx(cells["、"].left, abs=0.02)
    assert placed[2].left == pytest.approx(cells["（"].right, abs=0.02)
    assert placed[3].left == pytest.approx(cells["A"].right, abs=0.02), "no quarter em beside a picture"
    assert {round(picture.foot - cells["あ"].baseline, 2) for picture in placed} == {0}, "on the baseline"
    lines = lines_of(read_page(composed(f"<p style='width: 4em'>一二三{picture}、四五</p>"))[0])
    assert [said(line) for line in lines][:2] == ["一二三", "、四五"], "the picture went with its comma"


@pytest.mark.parametrize(
    ("align", "grown", "foot"),
    [("baseline", 15.16, 0.0), ("3pt", 18.16, 3.0), ("top", 10.0, None), ("text-bottom", None, None)],
)
def test_a_tall_picture_makes_its_line_higher(
    composed: Composed, align: str, grown: float | None, foot: float | None
) -> None:
    """The line box holds it (CSS 2.1, 10.8): 30 pt of picture above a baseline that has 14.84 pt above it."""
    tall = PICTURE.replace('height="10pt"', 'height="30pt"').format(f"vertical-align: {align}")
    words = "一行目の文<br>二{}行目の文<br>三行目の文"
    plain = [line[0].baseline for line in lines_of(read_page(composed(f"<p>{words.format('')}</p>"))[0])]
    glyphs, shapes = read_page(composed(f"<p>{words.format(tall)}</p>"))
    found = [line[0].baseline for line in lines_of(glyphs)]
    (picture,) = painted(shapes, GREEN)
    if grown is not None:
        assert plain[2] - found[2] == pytest.approx(grown, abs=0.3)
    if foot is not None:
        assert picture.foot - found[1] == pytest.approx(foot, abs=0.05)
    assert picture.head - picture.foot == pytest.approx(30, abs=0.05)
    assert picture.head < found[0] + 0.01 - 0.12 * EM + LINE_FEED, "not over the line above"


def test_a_box_around_words_is_as_wide_as_its_ink_and_padding(composed: Composed) -> None:
    glyphs, shapes = read_page(composed(f"<p>市の<b style='{PADDED}; font-weight: 400'>「広報」</b>、次。</p>"))
    (box,) = painted(shapes, YELLOW)
    before, opening, closing, comma = (word(glyphs, text)[0] for text in "の「」、")
    assert box.left == pytest.approx(before.right + 3, abs=0.02), "the border's own edge"
    assert opening.left + EM / 2 - box.left == pytest.approx(1 + 5, abs=0.02), "a bracket is flush in its box"
    assert box.right - (closing.right - EM / 2) == pytest.approx(5 + 1, abs=0.02)
    assert comma.left - box.right == pytest.approx(3, abs=0.02)


@pytest.mark.parametrize(("way", "at_breaks"), [("slice", 0.0), ("clone", float(EDGE))])
def test_a_box_over_several_lines(composed: Composed, way: str, at_breaks: float) -> None:
    """Its edges are at its two ends, or on every line (CSS Fragmentation 3, 6.1)."""
    style = f"{PADDED}; box-decoration-break: {way}"
    body = f"<p style='text-align: justify; width: 20em'>市の<span style='{style}'>{LONG * 2}</span>次。</p>"
    glyphs, shapes = read_page(composed(body))
    lines, boxes = lines_of(glyphs), painted(shapes, YELLOW)
    assert len(lines) == len(boxes) == 3
    assert boxes[0].left == pytest.approx(word(glyphs, "の")[0].right + 3, abs=0.3)
    for number, (line, box) in enumerate(zip(lines, boxes, strict=True)):
        if number:
            assert head(line) == pytest.approx(at_breaks, abs=0.05)
            assert box.left - MARGIN == pytest.approx(3 if at_breaks else 0, abs=0.05)
        if number < 2:
            assert end(line) == pytest.approx(20 * EM - at_breaks, abs=0.1)
            assert box.right - MARGIN == pytest.approx(20 * EM - (3 if at_breaks else 0), abs=0.1)


def test_boxes_in_boxes_stand_in_each_other(composed: Composed) -> None:
    inner = f"<span style='{PADDED}; background: #080'>内</span>"
    glyphs, shapes = read_page(composed(f"<p>前<span style='{PADDED}'>外{inner}</span>後</p>"))
    (outer,), (inside,) = painted(shapes, YELLOW), painted(shapes, GREEN)
    before, outside, within, after = (word(glyphs, text)[0] for text in "前外内後")
    edges = [before.right, outer.left, outside.left, outside.right, inside.left, within.left]
    assert [b - a for a, b in pairwise(edges)] == pytest.approx([3, 6, EM, 3, 6], abs=0.02)
    edges = [within.right, inside.right, outer.right, after.left]
    assert [b - a for a, b in pairwise(edges)] == pytest.approx([6, 3 + 6, 3], abs=0.02)


def test_percentages_are_of_the_measure(composed: Composed) -> None:
    """A shrunk box reads the paragraph before its measure is known; that reading must not be kept."""
    body = "<div style='float: left'><p style='width: 200pt'>あ<span style='padding-left: 10%'>い</span>う</p></div>"
    glyphs, _ = read_page(composed(body))
    assert word(glyphs, "い")[0].left - word(glyphs, "あ")[0].right == pytest.approx(20, abs=0.02)


def test_ruby_and_kenten_beside_and_inside(composed: Composed) -> None:
    """An inline block holds lines of its own: their readings are set once and drawn once."""
    block = "<span style='display: inline-block'><ruby>留萌<rt>るもい</rt></ruby></span>"
    plain, _ = read_page(composed("<p><ruby>留萌<rt>るもい</rt></ruby></p>"))
    glyphs, _ = read_page(composed(f"<p>ここ{block}と<ruby>海<rt>うみ</rt></ruby></p>"))
    assert said(glyphs).count("るもい") == 1
    rise = [found[-1].baseline - word(found, "留萌")[0].baseline for found in ([*plain], [*plain])]
    reading = next(glyph for glyph in glyphs if glyph.text == "る")
    assert reading.baseline - word(glyphs, "留萌")[0].baseline == pytest.approx(rise[0], abs=0.02)


def test_the_structure_is_a_paragraph_with_a_figure(composed: Composed, structure: Callable[[Path], Element]) -> None:
    picture = PICTURE.format("")
    body = f"<p>広報の<br><span style='{PADDED}'>枠</span>と{picture}絵</p>"
    path = composed(body)
    (paragraph,) = structure(path).every("P")
    assert paragraph.text == "広報の枠と絵"
    assert [figure.alt for figure in paragraph.every("Figure")] == ["図"]
    with pypdfium2.PdfDocument(path) as pdf:
        copied = pdf[0].get_textpage().get_text_range()
    assert copied.splitlines() == ["広報の", "枠と絵"]


@pytest.mark.parametrize("measure", [2, 3, 4, 5])
def test_what_is_placed_by_itself_is_never_lost_at_a_break(composed: Composed, measure: int) -> None:
    """An element out of the flow at the head of another, whose words begin the next line."""
    placed = "<i style='position: absolute; font-style: normal'>位</i>"
    text = f"一二三<span>{placed}四五</span>六<b><a></a>{placed}</b>七{placed}<br>八"
    glyphs, _ = read_page(composed(f"<p style='width: {measure}em'>{text}</p>"))
    assert said(glyphs).count("位") == 3


@pytest.mark.parametrize(
    "css",
    [
        "a::after { content: '（' target-counter(attr(href), page) 'ページ）' }",
        "a::before { content: target-counter(attr(href), page) 'ページの' } a { font-weight: 700 }",
        ".s { writing-mode: vertical-rl; height: 300pt } a::after { content: target-counter(attr(href), page) }",
    ],
)
def test_the_page_of_another_place_is_right_in_a_composed_line(composed: Composed, css: str) -> None:
    """The engine knows it only when it has made the pages, and then sets the line once more."""
    body = (
        '<p class="s">つづきは<b><a href="#t">あとの章</a></b>を見てください。</p>'
        + "<p>字</p>" * 110
        + '<p id="t">章</p>'
    )
    path = composed(body, css)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 4
        words = "".join(mark.text for mark in read_marks(pdf.pages[0]))
    assert re.findall(r"[0-9]+", words) == ["4"]
