"""Warichu (JLREQ 3.4, composition point 7): two lines of half size within one, measured on the glyphs of real PDFs."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from tests.composition.conftest import EM, LINE_FEED, Composed, lines_of, read_page, word

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


def test_a_note_is_never_split_and_changes_no_pitch(composed: Composed) -> None:
    """At every measure: whole on one line, lines flush, the line feed the same."""
    text = f"春の陽気に誘われて留萌の海へ{note('日本海に面した港町')}出かけました。そこで見た夕日はとてもきれいでした。"
    for measure in range(10, 25):
        glyphs, _ = read_page(composed(f"<p>{text}</p>", f"p {{ width: {measure * EM}pt }}"))
        body = lines_of(glyphs)
        pitches = [one[0].baseline - other[0].baseline for one, other in pairwise(body)]
        assert pitches == pytest.approx([LINE_FEED] * len(pitches), abs=0.05)
        assert len({round(glyph.baseline, 1) for glyph in glyphs if abs(glyph.em - HALF) < 0.01}) == 2
        for line in body[:-1]:
            ends = [glyph.right for glyph in line] + [
                glyph.right
                for glyph in glyphs
                if abs(glyph.em - HALF) < 0.01 and abs(glyph.baseline - line[0].baseline) < EM
            ]
            blank = EM / 2 if line[-1].text in "、。）" else 0
            assert max(max(ends) - blank, line[-1].right - blank) == pytest.approx(72 + measure * EM, abs=0.1)


@pytest.mark.parametrize("mode", ["horizontal-tb", "vertical-rl"])
def test_the_words_are_copied_and_read_in_order(
    composed: Composed, structure: Callable[[Path], Element], mode: str
) -> None:
    path = composed(f"<p>留萌{note('北海道の西の港町')}の春</p>", f"p {{ writing-mode: {mode}; height: 200pt }}")
    assert structure(path).text == "留萌（北海道の西の港町）の春"
    with pypdfium2.PdfDocument(path) as pdf:
        assert "".join(pdf[0].get_textpage().get_text_range().split()) == "留萌（北海道の西の港町）の春"


def test_a_note_longer_than_its_line_is_told(composed: Composed) -> None:
    with pytest.raises(AssertionError, match="engine-muttered"):
        composed(f"<p>{note('北海道の西の港町だよ')}</p>", f"p {{ width: {2 * EM}pt }}")


def test_a_note_in_a_line_that_is_not_ours_is_told(composed: Composed) -> None:
    with pytest.raises(AssertionError, match="engine-muttered"):
        composed(f'<p><b style="white-space: pre">字</b>{note("北海道")}</p>')
