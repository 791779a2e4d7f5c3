"""Vertical lines are shown so that a reader's cursor finds each character where it stands, and copies them in order."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.composition.conftest import EM, Composed

from koho_pdf.composition.paragraph.shown_apart import pieces

ROOM = 1.2


@given(st.lists(st.sampled_from([0.0, 3.0]), min_size=1, max_size=12), st.booleans())
def test_pieces_are_a_line_cut_where_a_gap_is_wide(gaps: list[float], more: bool) -> None:
    found = pieces(gaps, ROOM, more=more)
    assert [place for piece in found for place in range(piece.first, piece.end)] == [*range(len(gaps))]
    for piece in found:
        assert not any(gaps[piece.first : piece.end - 1])
        assert piece.said == (piece.end - piece.first == 1)
    assert len(found) > 1 or more or len(gaps) == 1, "the next line would begin beside this one"


@pytest.mark.parametrize(
    ("gaps", "more", "expected"),
    [
        ([0], False, [(0, 1)]),
        ([0] * 3, False, [(0, 1), (1, 3)]),
        ([0] * 6, False, [(0, 4), (4, 6)]),
        ([0] * 3, True, [(0, 3)]),
        ([0, 0, 3, 0, 0, 0], False, [(0, 2), (2, 3), (3, 6)]),
        ([3, 3, 0], False, [(0, 1), (1, 2), (2, 3)]),
        ([0, 0, 3], True, [(0, 2), (2, 3)]),
    ],
)
def test_what_stands_before_a_wide_gap_is_by_itself(
    gaps: list[float], more: bool, expected: list[tuple[int, int]]
) -> None:
    assert pieces(gaps, ROOM, more=more) == expected


LINES = ["留萌市は「北海道」の西の海岸に", "あるまちです。夏は１２日、港の"]


def boxes(path: Path) -> list[tuple[str, float, float, float, float]]:
    """Every letter of the first page as PDFium finds it: left, foot, right, head."""
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[0].get_textpage()
        said = text.get_text_range()
        return [(letter, *text.get_charbox(at)) for at, letter in enumerate(said) if letter.strip()]


def test_each_character_of_a_vertical_line_is_found_where_it_stands(composed: Composed) -> None:
    """PDFium's boxes: selection and search mark the character itself, in order from the head of the first line."""
    css = f"p {{ writing-mode: vertical-rl; width: 100pt; height: {15 * EM}pt; text-spacing-trim: space-all }}"
    path = composed(f"<p>{''.join(LINES)}</p>", css)
    found = boxes(path)
    assert "".join(letter for letter, *_ in found) == "".join(LINES)
    assert max(head - foot for _, _, foot, _, head in found) <= 1.2 * EM
    assert max(right - left for _, left, _, right, _ in found) <= 1.2 * EM
    for line, at in ((0, 0), (1, len(LINES[0]))):
        right = 72 + 100 - 20 * line
        for place, (_, left, foot, edge, head) in enumerate(found[at : at + 15]):
            assert 842 - 72 - (place + 1) * EM - 1 <= foot <= head <= 842 - 72 - place * EM + 1, (line, place)
            assert right - 20 <= left <= edge <= right


LOOSE = {
    "stretched": "留萌市は西の海岸<br>にあるまちです電話は<a href='tel:1'>0164421809</a>、平成２５年度に約千人が集う",
    "short": "あ<br>いう<br>えおか<br>きくけこ",
    "readings": "今<ruby>湖<rt>みずうみ</rt></ruby>の<ruby>志<rt>こころざし</rt></ruby>を",
    "parts": "「<b>今</b>」<b>「</b>海<b>」</b>に",
    "Latin": "第<b>25</b>回はRumoiで<b>A</b>と<b>B</b>を",
}


@pytest.mark.parametrize("body", LOOSE.values(), ids=LOOSE)
def test_a_gap_in_a_vertical_line_leaves_each_character_its_box(composed: Composed, body: str) -> None:
    """A character alone, with its gap: a selection or a find never marks another place."""
    css = f"p {{ writing-mode: vertical-rl; width: 160pt; height: {11 * EM}pt; text-align: justify }}"
    found = boxes(composed(f"<p>{body}</p>", css))
    assert Counter(letter for letter, *_ in found) == Counter(re.sub(r"<[^>]*>", "", body))
    for letter, left, foot, right, head in found:
        assert head - foot <= 2.1 * EM, (letter, head - foot)
        assert right - left <= 1.2 * EM, (letter, right - left)
    places = [(round(left), round(foot), round(right), round(head)) for _, left, foot, right, head in found]
    assert len({*places}) == len(places), "two share a box"
