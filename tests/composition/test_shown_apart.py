"""Vertical lines are shown so that a reader's cursor finds each character where it stands, and copies them in order."""

from __future__ import annotations

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.composition.conftest import EM, Composed

from koho_pdf.composition.shown_apart import pieces

ROOM = 1.2


@given(st.lists(st.sampled_from([0.0, 3.0]), max_size=12), st.booleans())
def test_pieces_are_a_line_cut_where_nothing_is_wide(gaps: list[float], more: bool) -> None:
    found = pieces(gaps, ROOM, more=more)
    assert len(found) != 1
    if found:
        assert [place for piece in found for place in range(piece.first, piece.end)] == [*range(len(gaps))]
        assert all(piece.end - piece.first >= 2 for piece in found)
        assert all(gaps[piece.end - 1] == 0 for piece in found[:-1])
        for piece in found:
            is_wide = any(gaps[piece.first : piece.end - 1]) or (more and piece.end == len(gaps))
            assert piece.said == is_wide


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ([0] * 3, []),
        ([0] * 6, [(0, 4, False), (4, 6, False)]),
        ([0, 0, 3, 0, 0, 0], [(0, 2, False), (2, 4, True), (4, 6, False)]),
        ([3, 3, 3, 3, 0], []),
    ],
)
def test_only_wide_gaps_are_said(gaps: list[float], expected: list[tuple[int, int, bool]]) -> None:
    assert pieces(gaps, ROOM) == expected


LINES = ["留萌市は「北海道」の西の海岸に", "あるまちです。夏は１２日、港の"]


def test_each_character_of_a_vertical_line_is_found_where_it_stands(composed: Composed) -> None:
    """PDFium's boxes: selection and search mark the character itself, in order from the head of the first line."""
    css = f"p {{ writing-mode: vertical-rl; width: 100pt; height: {15 * EM}pt; text-spacing-trim: space-all }}"
    path = composed(f"<p>{''.join(LINES)}</p>", css)
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[0].get_textpage()
        said = text.get_text_range()
        assert "".join(said.split()) == "".join(LINES)
        boxes = [text.get_charbox(at) for at in range(len(said)) if said[at].strip()]
    heights = [head - foot for _, foot, _, head in boxes]
    widths = [right - left for left, _, right, _ in boxes]
    assert max(heights) <= 1.2 * EM
    assert max(widths) <= 1.2 * EM
    for line, at in ((0, 0), (1, len(LINES[0]))):
        right = 72 + 100 - 20 * line
        for place, (left, foot, edge, head) in enumerate(boxes[at : at + 15]):
            assert 842 - 72 - (place + 1) * EM - 1 <= foot <= head <= 842 - 72 - place * EM + 1, (line, place)
            assert right - 20 <= left <= edge <= right
