"""One line at a time: what a measure takes and where each character stands, by tables and properties."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from koho_pdf.composition.paragraph.breaks import may_end_after, tied_to_next
from koho_pdf.composition.paragraph.classes import Kind, kind_of
from koho_pdf.composition.paragraph.line import Cell, Line, Paragraph, content_widths, fill

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
@example("0 ・0―0く0く0く", 9)
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
    """Stable lines: a line does not depend on the text after it, except for the last two lines."""
    alone, longer = lines(start, measure), lines(start + "市" + rest, measure)
    assert alone[:-2] == longer[: max(0, len(alone) - 2)]


@pytest.mark.parametrize(
    ("text", "measure", "broken"),
    [
        ("春夏秋冬東西南北", 4, ["春夏秋冬", "東西南北"]),
        ("春夏秋、冬東西南北", 4, ["春夏秋、", "冬東西", "南北"]),  # 追込み: the comma's blank half is beyond the edge
        ("春、夏、秋冬東西", 4, ["春、夏、秋", "冬東西"]),  # both commas give their half em
        ("春夏秋冬。東西", 4, ["春夏秋", "冬。東西"]),  # 追出し: nothing gives way
        ("春夏秋「冬」東", 4, ["春夏秋", "「冬」東"]),
        ("春夏3,500円秋冬", 4, ["春夏3,", "500円秋", "冬"]),
        ("――――――――", 4, ["――――", "――――"]),  # longer than the measure: cut where it must be
    ],
)
def test_where_lines_end(text: str, measure: float, broken: list[str]) -> None:
    assert words(text, measure) == broken


@pytest.mark.parametrize(
    ("text", "measure", "broken"),
    [
        ("これは平成31年4月30日のことです", 17, ["これは平成31年4月30日のことです"]),
        ("それは先の平成31年4月30日のことでした", 14, ["それは先の平成31年4月30日", "のことでした"]),
        ("そのころのことは、平成31年4月30日の", 16, ["そのころのことは、平成31年4月", "30日の"]),  # or a hole of 5 em
        ("同じ日は平成31年4月30日と令和元年5月1日", 8, ["同じ日は平成", "31年4月30日と", "令和元年5月1日"]),
        ("基金残高1億2,345万6千円", 8, ["基金残高1億", "2,345万6千円"]),  # longer than any line
        ("基金の残高1億2,345万6千円", 10, ["基金の残高", "1億2,345万6千円"]),
        ("その事務の時間が年4万8,000時間減り", 13, ["その事務の時間が年", "4万8,000時間減り"]),
        ("日程は4月1日(火)と4月2日(水)です", 8, ["日程は4月1日", "(火)と4月2日", "(水)です"]),
        ("会場は寿町3丁目12番地の体育館", 8, ["会場は寿町3丁目", "12番地の体育館"]),
        ("電話は0164-42-1809までどうぞ", 8, ["電話は0164-42-", "1809までどうぞ"]),
        (
            "番号は123456789012345678901234567890です",
            13,
            ["番号は1234567890123456789", "01234567890です"],
        ),  # longer than any line
        ("次のthe internationalization", 8, ["次のthe internat", "ionalization"]),
    ],
)
def test_what_is_better_whole_breaks_where_it_is_least_bad(text: str, measure: float, broken: list[str]) -> None:
    assert words(text, measure) == broken


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("午前から夕方まで、1回100円で運行", ["午前から夕方まで、1回", "100円で運行"]),  # else a hole of 4 em
        ("午前から夕方の間まで、1回100円で", ["午前から夕方の間まで、", "1回100円で"]),  # a hole of 2 em may stay
        ("延べで1年の間には、1万8,400人の", ["延べで1年の間には、", "1万8,400人の"]),  # an amount is never cut
    ],
)
def test_a_ragged_line_takes_the_first_part_of_an_amount_rather_than_a_hole(text: str, broken: list[str]) -> None:
    cells, first, found = paragraph(text), 0, []
    while first < len(text):
        end = fill(cells, first, 13, justify=False).end
        found.append(text[first:end])
        first = end
    assert found == broken


def test_a_short_number_stays_whole_although_that_opens_the_line_a_little() -> None:
    assert words("春夏秋冬春夏秋冬春夏秋冬平成9年のことです", 15)[0] == "春夏秋冬春夏秋冬春夏秋冬"
    assert words("春夏秋冬春夏秋冬春夏秋冬春夏秋1月9日にある", 17)[0] == "春夏秋冬春夏秋冬春夏秋冬春夏秋"


PLAIN = st.lists(st.sampled_from(["留萌の", "まちづくり", "を", "進める", "、港", "です"]), min_size=5, max_size=30)


@given(PLAIN, st.integers(10, 40))
def test_a_last_line_is_not_one_character(parts: list[str], measure: int) -> None:
    text = "".join(parts).removeprefix("、") + "。"
    last = words(text, measure)[-1]
    assert last == text or len(last.strip("、。")) >= 2


@pytest.mark.parametrize(
    ("text", "measure", "least", "broken"),
    [
        ("春夏秋冬東西南北上。", 8, 2, ["春夏秋冬東西南", "北上。"]),
        ("春夏秋冬東西南北上。", 8, 1, ["春夏秋冬東西南北", "上。"]),
        ("春夏秋冬東西南北上。", 8, 4, ["春夏秋冬東西", "南北上。"]),  # 4 would open the first too far
        ("春夏、秋冬東、西南北上。", 10.5, 2, ["春夏、秋冬東、西南北上。"]),  # the line takes it in
        ("春夏秋冬東西です。", 7, 2, ["春夏秋冬東西", "です。"]),
        ("春夏秋冬「東西南」。", 7, 2, ["春夏秋冬「東", "西南」。"]),
    ],
)
def test_a_last_line_holds_so_many_characters(text: str, measure: float, least: int, broken: list[str]) -> None:
    whole = Paragraph.of(paragraph(text).cells, least=least)
    found: list[Line] = []
    while not found or found[-1].end < len(text):
        found.append(fill(whole, found[-1].end if found else 0, measure))
    assert [text[line.first : line.end] for line in found] == broken


def test_the_line_before_a_forced_break_is_a_last_line_too() -> None:
    cells = list(paragraph("春夏秋冬東西南北上").cells)
    cells[8:] = [cells[8], Cell(Kind.SPACE, 0.0, 1.0, 1, forced=True), *paragraph("また次へ").cells]
    assert fill(Paragraph.of(cells), 0, 8).end == 7


def test_a_spread_line_opens_before_a_comma_as_everywhere() -> None:
    line = lines("春夏、秋冬Abcdefghijkl", 7)[0]
    gaps = [after - before for before, after in pairwise(line.places)]
    assert line.end == 5
    assert gaps == pytest.approx([1.5] * 4)
    assert line.opened == pytest.approx(0.5)


def test_what_is_half_an_em_wide_waits_for_the_others() -> None:
    """A quarter em beside a figure grows to a half; then plain gaps open to a quarter before it opens further."""
    line = lines("春夏秋5冬東Abcdefghijkl", 7)[0]
    gaps = [
        after - before - advance
        for (before, after), advance in zip(pairwise(line.places), [1, 1, 1, 0.5, 1], strict=True)
    ]
    assert line.end == 6
    assert gaps == pytest.approx([1 / 6, 1 / 6, 0.5, 0.5, 1 / 6])


def test_one_stop_may_hang() -> None:
    text = "春夏秋冬。東西"
    assert words(text, 4, hanging=True) == ["春夏秋冬。", "東西"]
    assert lines(text, 4, hanging=True)[0].places == pytest.approx((0, 1, 2, 3, 4))


def test_a_bracket_at_the_head_is_flush() -> None:
    assert lines("「春」夏", 8)[0].places == pytest.approx((-0.5, 0.5, 1.5, 2.5))


def test_a_hole_is_shared_by_all_gaps() -> None:
    """With few plain gaps, gaps beside brackets open too; otherwise one gap would have several em."""
    first = lines("《題》・「次」：市0123456789円", 8)[0]
    gaps = [after - before for before, after in pairwise(first.places)]
    assert max(gaps) < 2


def test_content_widths() -> None:
    assert content_widths(paragraph("春夏3,500円")) == pytest.approx((4.0, 6.0))


@given(TEXTS)
def test_a_measure_of_all_its_width_takes_all(text: str) -> None:
    text = text.strip() or "市"
    assert words(text, content_widths(paragraph(text))[1] + 1e-6)[0] == text
