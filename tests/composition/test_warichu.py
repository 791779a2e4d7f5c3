"""Warichu (JLREQ 3.4, composition point 7): two lines of half size within one, measured on the glyphs of real PDFs."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.composition.conftest import EM, LINE_FEED, Composed, Glyph, lines_of, read_page, word

from koho_pdf.composition.paragraph.breaks import End, may_end_after, tied_to_next
from koho_pdf.composition.paragraph.classes import NOT_AT_END, NOT_AT_START, Kind, kind_of
from koho_pdf.composition.paragraph.line import Cell
from koho_pdf.composition.paragraph.spacing import blank_after, blank_before
from koho_pdf.composition.paragraph.warichu import Annotated

if TYPE_CHECKING:
    from tests.conftest import Element

HALF = EM / 2


def note(text: str) -> str:
    return f'（<span class="warichu">{text}</span>）'


def test_a_note_stands_in_two_lines_in_the_middle_of_its_line(composed: Composed) -> None:
    glyphs, _ = read_page(composed(f"<p>留萌{note('北海道の西の港町だよ')}の春</p>"))
    upper, lower, after = word(glyphs, "北海道の西", HALF), word(glyphs, "の港町だよ", HALF), word(glyphs, "の春")
    (line,) = lines_of(glyphs)
    assert upper[0].left == pytest.approx(lower[0].left, abs=0.02)
    assert upper[0].left == pytest.approx(line[2].right, abs=0.02)  # （ sits against it
    assert line[3].left == pytest.approx(upper[-1].right, abs=0.02)
    assert after[0].left == pytest.approx(line[3].left + EM, abs=0.02)
    base = line[0].baseline
    assert upper[0].baseline - 0.12 * HALF == pytest.approx(base + 0.38 * EM, abs=0.05)
    assert lower[0].baseline + 0.88 * HALF == pytest.approx(base + 0.38 * EM, abs=0.05)


@pytest.mark.parametrize("length", range(1, 9))
def test_the_longer_line_makes_the_width(composed: Composed, length: int) -> None:
    text = "北海道西港町海山"[:length]
    glyphs, _ = read_page(composed(f"<p>前{note(text)}後</p>"))
    (line,) = lines_of(glyphs)
    notes = [glyph for glyph in glyphs if abs(glyph.em - HALF) < 0.01]
    assert "".join(glyph.text for glyph in notes) == text
    assert line[2].left - line[1].right == pytest.approx((length + 1) // 2 * HALF, abs=0.05)
    assert max(glyph.right for glyph in notes) == pytest.approx(line[2].left, abs=0.05)


def test_a_note_is_set_by_the_rules_of_any_line(composed: Composed) -> None:
    """Brackets flush at the heads of both lines, punctuation closed up."""
    glyphs, _ = read_page(composed(f"<p>前{note('「海。」「山」A「空」「陸」まち')}後</p>"))
    before = lines_of(glyphs)[0][1].right
    upper, lower = word(glyphs, "「海。」「山」A", HALF), word(glyphs, "「空」「陸」まち", HALF)
    assert [row[0].left + HALF / 2 for row in (upper, lower)] == pytest.approx([before, before], abs=0.02)
    assert upper[3].left - upper[2].left == pytest.approx(HALF / 2, abs=0.02)  # 。」
    assert lower[3].left - lower[2].left == pytest.approx(HALF / 2, abs=0.02)  # 」「


LONG = "留萌は北海道の西の岸にある港町で、かつてはニシン漁と3,500隻の船で栄えた。「黄金岬」の夕日とPDFで知られる"
TEXT = (
    f"春の陽気に誘われて留萌の海へ{note('日本海に面した港町')}出かけました。そこで見た夕日{note(LONG)}はきれいでした。"
)
PLAIN = TEXT.replace('<span class="warichu">', "").replace("</span>", "")


@pytest.mark.parametrize("measure", range(4, 41))
def test_a_note_goes_on_over_its_lines(composed: Composed, measure: int) -> None:
    """At every measure: in order, two flush lines within each line of text, on one line feed, by the rules of 禁則."""
    glyphs, _ = read_page(composed(f"<p>{TEXT}</p>", f"p {{ width: {measure * EM}pt }}"))
    assert "".join(glyph.text for glyph in glyphs) == PLAIN
    rise = 0.38 * EM + 0.12 * HALF
    lines: dict[int, list[Glyph]] = {}
    rows: dict[tuple[int, bool], list[Glyph]] = {}
    first = max(glyph.baseline for glyph in glyphs if abs(glyph.em - EM) < 0.01)
    for glyph in glyphs:
        line = round((first - glyph.baseline) / LINE_FEED)
        below = first - line * LINE_FEED - glyph.baseline
        if abs(glyph.em - HALF) < 0.01:
            assert below == pytest.approx(-rise, abs=0.05) or below == pytest.approx(HALF - rise, abs=0.05)
            rows.setdefault((line, below > 0), []).append(glyph)
        else:
            assert below == pytest.approx(0, abs=0.05)
        lines.setdefault(line, []).append(glyph)
    for number in range(max(lines)):
        last = lines[number][-1]
        for end in [last, *(rows[number, below][-1] for below in (False, True) if last.em < EM - 0.01)]:
            blank = end.em / 2 if kind_of(end.text) in (Kind.CLOSING, Kind.FULL_STOP, Kind.COMMA) else 0
            assert end.right - blank == pytest.approx(72 + measure * EM, abs=0.1)
    for row in rows.values():
        for before, after in pairwise(row):
            gap = (
                after.left
                + blank_before(kind_of(after.text)) * HALF
                - before.right
                + blank_after(kind_of(before.text)) * HALF
            )
            hole = 0.19 * HALF if before.text == "," else 0  # 3,500: the comma's own (number_marks.py)
            assert gap + hole > -0.02, before.text + after.text
        assert kind_of(row[0].text) not in NOT_AT_START
        assert kind_of(row[-1].text) not in NOT_AT_END


@pytest.mark.parametrize("mode", ["horizontal-tb", "vertical-rl"])
def test_a_note_over_lines_is_copied_in_order(
    composed: Composed, structure: Callable[[Path], Element], mode: str
) -> None:
    for measure in range(4, 31):
        css = f"p {{ writing-mode: {mode}; {'height' if mode == 'vertical-rl' else 'width'}: {measure * EM}pt }}"
        path = composed(f"<p>{TEXT}</p>", css)
        assert structure(path).text == PLAIN
        with pypdfium2.PdfDocument(path) as pdf:
            copied = pdf[0].get_textpage().get_text_range()
        assert copied.replace("\r\n", "") == PLAIN, f"{measure} characters"


def test_a_note_that_fits_is_not_split(composed: Composed) -> None:
    """The rest of a note is divided as evenly as possible too, and its bracket follows it."""
    glyphs, _ = read_page(composed(f"<p>前{note('北海道の西の港町')}の春</p>", f"p {{ width: {6 * EM}pt }}"))
    assert word(glyphs, "北海道の", HALF)[0].left == pytest.approx(word(glyphs, "西の港町", HALF)[0].left, abs=0.02)
    assert "".join(glyph.text for glyph in lines_of(glyphs)[0]).startswith("前（）")


@given(
    st.lists(st.sampled_from("あ亜、。「」（）ー5A…"), min_size=3, max_size=40),
    st.data(),
    st.floats(1, 20),
    st.booleans(),
    st.booleans(),
)
def test_lines_hold_every_cell_once_and_keep_to_their_measure(
    texts: list[str], draw: st.DataObject, measure: float, justify: bool, hanging: bool
) -> None:
    start = draw.draw(st.integers(0, len(texts) - 2))
    end = draw.draw(st.integers(start + 1, len(texts)))
    ems = [0.5 if start <= number < end else 1.0 for number in range(len(texts))]
    ends, ties = may_end_after(texts, strict=True), tied_to_next(texts)
    ends[-1] = End.FREELY
    cells = [Cell(kind_of(text), em, em, may, tied) for text, em, may, tied in zip(texts, ems, ends, ties, strict=True)]
    paragraph = Annotated(tuple(cells), ((start, end),), autospace=True)
    first = 0
    while first < len(cells):
        line = paragraph.fill(first, measure, justify=justify, hanging=hanging)
        assert line.first == first < line.end <= len(cells)
        assert len(line.places) == line.end - first
        in_note = [place for number, place in enumerate(line.places, first) if start <= number < end]
        assert sum(after < before for before, after in pairwise(in_note)) <= 1
        if any(cell.ends for cell in cells[first : line.end - 1]):  # a word too long may stand out
            assert line.width <= measure + (0.5 if hanging else 0) + 1e-6
        first = line.end


def test_a_note_whose_last_line_holds_a_number_is_divided() -> None:
    """No word follows its last cell that could fit on a line of its own."""
    texts = "あああ55あ"
    ends, ties = may_end_after(texts, strict=True), tied_to_next(texts)
    ends[-1] = End.FREELY
    ems = [1.0] * 2 + [0.5] * 4
    cells = [Cell(kind_of(text), em, em, may, tied) for text, em, may, tied in zip(texts, ems, ends, ties, strict=True)]
    paragraph, lines = Annotated(tuple(cells), ((2, 6),), autospace=True), [0]
    while lines[-1] < len(cells):
        lines.append(paragraph.fill(lines[-1], 3.0, justify=True, hanging=False).end)
    assert lines[1:-1] == sorted({*lines[1:-1]})


@pytest.mark.parametrize("mode", ["horizontal-tb", "vertical-rl"])
def test_the_words_are_copied_and_read_in_order(
    composed: Composed, structure: Callable[[Path], Element], mode: str
) -> None:
    path = composed(f"<p>留萌{note('北海道の西の港町')}の春</p>", f"p {{ writing-mode: {mode}; height: 200pt }}")
    assert structure(path).text == "留萌（北海道の西の港町）の春"
    with pypdfium2.PdfDocument(path) as pdf:
        assert "".join(pdf[0].get_textpage().get_text_range().split()) == "留萌（北海道の西の港町）の春"


@pytest.mark.parametrize(
    "body",
    [
        note("北海道の<ruby>湖<rt>みずうみ</rt></ruby>"),
        note("北海道の<b>湖</b>"),
        '<em class="kenten">' + note("北海道の湖") + "</em>",
        '（<em class="warichu kenten">北海道の湖</em>）',
        '<ruby><span class="warichu">北海道の湖</span><rt>みずうみ</rt></ruby>',
    ],
)
def test_a_note_of_more_than_words_is_told(composed: Composed, body: str) -> None:
    with pytest.raises(AssertionError, match=r"warichu-not-plain.*割注「北海道の"):
        composed(f"<p>前の{body}の後</p>")


def test_a_note_in_a_line_that_is_not_ours_is_told(composed: Composed) -> None:
    with pytest.raises(AssertionError, match="engine-muttered"):
        composed(f'<p><b style="white-space: pre">字</b>{note("北海道")}</p>')
