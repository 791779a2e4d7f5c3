"""``letter-spacing`` (字間) is a tracking of the line: flush ends, punctuation closed up, the same text to copy."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from tests.composition.conftest import EM, lines_of, read_page, word

Composed = Callable[..., Path]

TEXT = (
    "市長は「まちづくりの主役は、市民の皆さんです。」と述べ、（仮称）地域づくり会議の設置を約束した。"
    "総額は3,500円、気温は18℃で、あたらしい計画は、四月の一日から。"
)
TRACKINGS = [0.25, 0.1, 0.04, -0.04, -0.08, -0.15]  # em


@pytest.mark.parametrize("tracking", TRACKINGS)
def test_tracked_lines_are_flush_at_both_ends(composed: Composed, tracking: float) -> None:
    css = f"p {{ width: 240pt; text-align: justify; letter-spacing: {tracking}em }}"
    glyphs, _ = read_page(composed(f"<p>{TEXT}</p>", css))
    lines = lines_of(glyphs)
    assert len(lines) > 3
    for line in lines[:-1]:
        ends = line[-1].right - (EM / 2 if line[-1].text in "、。）」" else 0)
        assert (line[0].left, ends) == pytest.approx((72, 312), abs=0.02)


@pytest.mark.parametrize("tracking", TRACKINGS)
def test_characters_stand_so_far_apart_and_punctuation_is_closed_up(composed: Composed, tracking: float) -> None:
    css = f"p {{ letter-spacing: {tracking}em }}"
    glyphs, _ = read_page(composed("<p>主役は、市民です。」と（仮称）『市』の12円</p>", css))
    (line,) = lines_of(glyphs)
    steps = {(one.text, other.text): round((other.left - one.left) / EM - tracking, 3) for one, other in pairwise(line)}
    assert steps["主", "役"] == steps["市", "民"] == 1
    assert steps["。", "」"] == steps["）", "『"] == 0.5  # each gives one of its halves
    assert steps["1", "2"] == pytest.approx(0.5, abs=0.001)


def test_a_line_has_no_tracking_after_its_last_character(composed: Composed) -> None:
    glyphs, _ = read_page(
        composed("<p>字間をあける</p>", "p { letter-spacing: .5em; text-align: right; width: 240pt }")
    )
    (line,) = lines_of(glyphs)
    assert line[-1].right == pytest.approx(312, abs=0.02)
    assert line[-1].right - line[0].left == pytest.approx(8.5 * EM, abs=0.02)


def test_between_two_texts_it_is_that_of_what_holds_both(composed: Composed) -> None:
    glyphs, _ = read_page(composed("<p>前の<b>二字</b>後の</p>", "b { letter-spacing: 1em; font-weight: 400 }"))
    (line,) = lines_of(glyphs)
    assert [round(other.left - one.left) for one, other in pairwise(line)] == [12, 12, 24, 12, 12]


def test_a_reading_stands_over_the_middle_of_its_tracked_base(composed: Composed) -> None:
    glyphs, _ = read_page(composed("<p>この<ruby>留萌<rt>るもい</rt></ruby>市</p>", "p { letter-spacing: .5em }"))
    base, reading = word(glyphs, "留萌"), word(glyphs, "るもい", EM / 2)
    assert base[1].left - base[0].left == pytest.approx(1.5 * EM, abs=0.02)
    assert reading[0].left + reading[-1].right == pytest.approx(base[0].left + base[1].right, abs=0.05)


def test_latin_is_tracked_letter_by_letter(composed: Composed) -> None:
    plain, _ = read_page(composed("<p>字office字</p>"))
    tracked, _ = read_page(composed("<p>字office字</p>", "p { letter-spacing: .2em }"))
    assert "".join(glyph.text for glyph in tracked) == "字office字"
    assert tracked[-1].left - plain[-1].left == pytest.approx(7 * 0.2 * EM, abs=0.1)


@pytest.mark.parametrize("tracking", [0.25, 0.1, -0.08])
@pytest.mark.parametrize("way", ["horizontal-tb", "vertical-rl"])
def test_tracked_text_is_copied_as_it_was_written(composed: Composed, tracking: float, way: str) -> None:
    css = f"div {{ writing-mode: {way}; width: 240pt; height: 240pt; letter-spacing: {tracking}em }}"
    path = composed(f"<div><p>{TEXT}</p></div>", f"{css} p {{ text-align: justify }}")
    with pypdfium2.PdfDocument(path) as pdf:
        copied = str(pdf[0].get_textpage().get_text_range())
    assert "".join(copied.splitlines()) == TEXT
