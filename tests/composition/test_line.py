"""One line at a time: what a measure takes and where each character stands, by tables and properties."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.composition.breaks import may_end_after, tied_to_next
from koho_pdf.composition.classes import kind_of
from koho_pdf.composition.line import Cell, Line, Paragraph, content_widths, fill

TEXTS = st.text(
    st.sampled_from("留萌のまちづくりを進める、。「」（）・ー…―0123456789ABCxyz, "), min_size=1, max_size=90
)
MEASURES = st.integers(8, 40)


def paragraph(text: str) -> Paragraph:
    """Cells of one em, half an em for ASCII."""
    return Paragraph.of(
        [
            Cell(kind_of(character), 0.5 if character.isascii() else 1.0, 1.0, end, tied, not character.isascii())
            for character, end, tied in zip(text, may_end_after(text), tied_to_next(text), strict=True)
        ]
    )


def lines(text: str, measure: float, *, hanging: bool = False) -> list[Line]:
    whole = paragraph(text)
    found: list[Line] = []
    while not found or found[-1].end < len(text):
        found.append(fill(whole, found[-1].end if found else 0, measure, hanging=hanging))
    return found


def words(text: str, measure: float, *, hanging: bool = False) -> list[str]:
    return [text[line.first : line.end] for line in lines(text, measure, hanging=hanging)]


@given(TEXTS, MEASURES)
def test_every_character_stands_on_one_line_in_order(text: str, measure: int) -> None:
    assert "".join(words(text, measure)) == text
    for line in lines(text, measure):
        assert len(line.places) == line.end - line.first
        assert all(before <= after + 1e-6 for before, after in pairwise(line.places))


@given(TEXTS, MEASURES)
def test_no_line_is_longer_than_its_measure(text: str, measure: int) -> None:
    for line in lines(text, measure):
        assert line.width <= measure + 1e-6


@given(st.text(st.sampled_from("留萌のまちづくりを進める、。「」ー"), min_size=1, max_size=90), MEASURES)
def test_full_lines_are_flush(text: str, measure: int) -> None:
    for line in lines(text, measure)[:-1]:
        if line.end - line.first > 1:
            assert line.width == pytest.approx(measure)


@given(TEXTS, TEXTS, MEASURES)
def test_what_comes_later_moves_no_line_before_it(start: str, rest: str, measure: int) -> None:
    """Stable lines: the lines of a text do not depend on what follows them, but for the last two."""
    alone, longer = lines(start, measure), lines(start + "市" + rest, measure)
    assert alone[:-2] == longer[: max(0, len(alone) - 2)]


@pytest.mark.parametrize(
    ("text", "measure", "broken"),
    [
        ("春夏秋冬東西南北", 4, ["春夏秋冬", "東西南北"]),
        ("春夏秋、冬東西南北", 4, ["春夏秋、", "冬東西南", "北"]),  # 追込み: the comma's blank half is beyond the edge
        ("春、夏、秋冬東西", 4, ["春、夏、秋", "冬東西"]),  # both commas give their half em
        ("春夏秋冬。東西", 4, ["春夏秋", "冬。東西"]),  # 追出し: nothing gives way
        ("春夏秋「冬」東", 4, ["春夏秋", "「冬」東"]),
        ("春夏3,500円秋冬", 4, ["春夏", "3,500円", "秋冬"]),
        ("――――――――", 4, ["――――", "――――"]),  # longer than the measure: cut where it must be
    ],
)
def test_where_lines_end(text: str, measure: float, broken: list[str]) -> None:
    assert words(text, measure) == broken


def test_one_stop_may_hang() -> None:
    text = "春夏秋冬。東西"
    assert words(text, 4, hanging=True) == ["春夏秋冬。", "東西"]
    assert lines(text, 4, hanging=True)[0].places == pytest.approx((0, 1, 2, 3, 4))


def test_a_bracket_at_the_head_is_flush() -> None:
    assert lines("「春」夏", 8)[0].places == pytest.approx((-0.5, 0.5, 1.5, 2.5))


def test_a_hole_is_shared_by_all_gaps() -> None:
    """Few plain gaps: brackets open too rather than one gap of several em."""
    first = lines("《題》・「次」：市0123456789円", 8)[0]
    gaps = [after - before for before, after in pairwise(first.places)]
    assert max(gaps) < 2


def test_content_widths() -> None:
    assert content_widths(paragraph("春夏3,500円")) == pytest.approx((4.0, 6.0))


@given(TEXTS)
def test_a_measure_of_all_its_width_takes_all(text: str) -> None:
    text = text.strip() or "市"
    assert words(text, content_widths(paragraph(text))[1] + 1e-6)[0] == text
