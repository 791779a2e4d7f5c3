"""Kenten (圏点, JLREQ 3.3.9): drawn shapes, each over the middle of its character, and no text among them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.composition.conftest import EM, LINE_FEED, Composed, Shape, lines_of, read_page, word

from koho_pdf.composition.paragraph.emphasis import outline, takes_mark

INK = (0x20 / 255, 0x30 / 255, 0x40 / 255)
SHAPES = ("dot", "circle", "sesame")


def marks(path: Path) -> list[Shape]:
    """The marks of a page, line by line from the head."""
    return sorted(read_page(path)[1], key=lambda shape: (-round(shape.foot), shape.left))


def middles(path: Path, text: str) -> list[float]:
    return [glyph.middle for glyph in word(read_page(path)[0], text)]


@pytest.mark.parametrize("character", "漢かカー々亜12Aｱ①％＆@#葛󠄀")
def test_what_is_read_out_takes_a_mark(character: str) -> None:
    assert takes_mark(character)


@pytest.mark.parametrize("character", "、。，．・：；？！（）「」『』［］【】〈〉《》〔〕“”‘’ \u3000―…‥〜-\u00a0")
def test_punctuation_and_spaces_take_none(character: str) -> None:
    assert not takes_mark(character)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_outline_closes_around_its_middle(shape: str) -> None:
    start, curves = outline(shape)
    assert curves[-1][2] == start
    points = [point for curve in curves for point in curve]
    for axis in (0, 1):
        ends = [point[axis] for point in points]
        assert max(ends) + min(ends) == pytest.approx(0, abs=0.02)
        assert max(ends) - min(ends) < 0.35


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("fill", ["filled", "open"])
def test_a_mark_stands_over_the_middle_of_each_character(composed: Composed, fill: str, shape: str) -> None:
    text = "この<em>大切、な点（です）</em>を"
    path = composed(f"<p>{text}</p>", f"em {{ text-emphasis: {fill} {shape} }}")
    found = marks(path)
    wanted = [glyph.middle for glyph in word(read_page(path)[0], "大切、な点（です）") if glyph.text not in "、（）"]
    off = 0.02 * EM if shape == "sesame" else 0.02
    assert [mark.middle for mark in found] == pytest.approx(wanted, abs=off)
    assert {mark.operator in ("f", "f*") for mark in found} == {fill == "filled"}


def test_marks_are_artifacts_in_the_colour_of_their_text(composed: Composed) -> None:
    path = composed('<p>この<em class="kenten">大切</em>な</p>')
    assert [mark.tag for mark in marks(path)] == ["/Artifact"] * 2
    assert [mark.fill for mark in marks(path)] == [pytest.approx(INK, abs=0.01)] * 2


def test_marks_stand_clear_of_the_text_and_move_no_line(composed: Composed) -> None:
    text = "大切なことを伝えます。"
    plain, marked = (
        composed(f"<p><em{kind}>{text * 3}</em></p>", f"p {{ width: {11 * EM}pt }}") for kind in ("", " class=kenten")
    )
    lines, found = lines_of(read_page(plain)[0]), marks(marked)
    assert lines == lines_of(read_page(marked)[0])
    assert [upper[0].baseline - lower[0].baseline for upper, lower in pairwise(lines)] == pytest.approx([LINE_FEED] * 2)
    assert len(found) == 30
    for line in lines:
        over = [mark for mark in found if 0 < mark.foot - line[0].baseline < LINE_FEED]
        assert len(over) == 10
        assert min(mark.foot for mark in over) > line[0].baseline + 0.88 * EM
        assert max(mark.head for mark in over) < line[0].baseline + LINE_FEED - 0.12 * EM


def test_marks_stand_clear_of_readings(composed: Composed) -> None:
    path = composed("<p>上の行</p><p><em class=kenten>大<ruby>留萌<rt>るもい</rt></ruby>の</em></p>")
    glyphs, _ = read_page(path)
    above, line = lines_of(glyphs)
    found = sorted(marks(path), key=lambda mark: mark.left)
    assert [mark.middle for mark in found] == pytest.approx([glyph.middle for glyph in line], abs=0.02)
    (reading,) = lines_of(glyphs, EM / 2)
    for mark in found[1:3]:
        assert mark.foot > reading[0].baseline + 0.88 * EM / 2
        assert mark.head < above[0].baseline - 0.12 * EM


def test_a_reading_does_not_reach_over_marks(composed: Composed) -> None:
    path = composed("<p><em class=kenten>大は</em><ruby>志<rt>こころざし</rt></ruby>の</p>")
    glyphs, _ = read_page(path)
    assert word(glyphs, "こころざし", EM / 2)[0].left >= word(glyphs, "は")[0].right - 0.02


def test_marked_text_is_copied_as_it_is(composed: Composed) -> None:
    path = composed("<p>この<em class=kenten>大切、な</em>点</p>")
    with pypdfium2.PdfDocument(path) as pdf:
        assert pdf[0].get_textpage().get_text_range() == "この大切、な点"


def test_latin_words_are_marked_too(composed: Composed) -> None:
    path = composed("<p><em class=kenten>abc d</em></p>")
    wanted = middles(path, "abc d")
    assert [mark.middle for mark in marks(path)] == pytest.approx([*wanted[:3], wanted[4]], abs=0.02)


VERTICAL = "p { position: absolute; left: 100pt; top: 100pt; width: 100pt; height: 200pt; writing-mode: vertical-rl }"


def test_in_vertical_text_a_sesame_stands_upright_on_the_right(composed: Composed) -> None:
    path = composed("<p><em class=kenten>大切</em>な</p>", VERTICAL)
    first, second = sorted(marks(path), key=lambda mark: -mark.head)
    assert (first.head + first.foot) / 2 - (second.head + second.foot) / 2 == pytest.approx(EM, abs=0.02)
    assert first.middle == pytest.approx(second.middle)
    assert first.left > 72 + 100 + 100 - LINE_FEED / 2 + EM / 2  # right of the line's only column of characters
    assert first.head - first.foot > first.right - first.left  # taller than wide: as ﹅ stands


@given(st.characters())
def test_every_character_is_decided(character: str) -> None:
    assert takes_mark(character) in (True, False)
