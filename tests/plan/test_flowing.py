"""Columns of running text, as arithmetic: every row once, in order, no worse a break than needed, level to a line."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koho_pdf.composition.rows import ALWAYS, HAIR, NEVER, Row, costs, in_lines, lengthened, tops
from koho_pdf.layout.stretches import Stretch
from koho_pdf.plan.bands import Fill, Frame, foot_of
from koho_pdf.plan.flowing import flowed

LINE = 7.0
HEADING = Row(8.0, keep=1)


def text(lines: int, number: int) -> list[Row]:
    """A paragraph of so many lines."""
    return [Row(LINE, text=True, paragraph=number) for _ in range(lines)]


PARAGRAPHS = st.lists(st.integers(1, 9), min_size=1, max_size=12).map(
    lambda lengths: [row for number, lines in enumerate(lengths, 1) for row in text(lines, number)]
)
ARTICLE = st.lists(st.one_of(st.integers(1, 9), st.just("heading"), st.just("picture")), min_size=1, max_size=12).map(
    lambda parts: [
        row
        for number, part in enumerate(parts, 1)
        for row in (
            text(part, number)
            if isinstance(part, int)
            else [HEADING]
            if part == "heading"
            else [Row(23.4, above=2.0, keep=1), Row(5.0, text=True, paragraph=number)]
        )
    ]
)


def shown(fills: tuple[Fill, ...]) -> list[tuple[int, int]]:
    """Every row that stands in some column, by its article and number, in order."""
    return [
        (part.article, row)
        for fill in fills
        for band in fill.bands
        for column in band.columns
        for part in column
        for row in range(part.first, part.end)
    ]


@given(st.lists(ARTICLE, min_size=1, max_size=3), st.integers(1, 4), st.integers(4, 30), st.booleans())
def test_every_row_stands_once_and_in_order(articles: list[list[Row]], columns: int, lines: int, level: bool) -> None:
    frame = Frame(lines * LINE, columns, LINE, LINE, level, LINE, LINE)
    fills = flowed(articles, [0] * len(articles), [frame, frame])
    assert shown(fills) == [(number, row) for number, rows in enumerate(articles) for row in range(len(rows))]
    for fill in fills[:-1]:
        for column in (column for band in fill.bands for column in band.columns if column):
            alone = column[0].end - column[0].first == 1 and len(column) == 1
            assert alone or column[-1].bottom <= frame.depth + HAIR


@given(PARAGRAPHS, st.integers(2, 4))
@settings(max_examples=60)
def test_level_columns_are_the_best_there_are(rows: list[Row], columns: int) -> None:
    """None is deeper than it must be, and the empty rest is shared as evenly as the paragraphs allow."""
    (fill,) = flowed([rows], [0], [Frame(100 * LINE, columns, 0, LINE, True)])
    (band,) = fill.bands
    reached = [round(column[-1].bottom / LINE) if column else 0 for column in band.columns]
    bad = costs(rows)
    best = min(
        (max(lengths), sum(bad[end - 1] for end in ends), sum((max(lengths) - each) ** 2 for each in lengths))
        for count in range(columns)
        for ends in combinations(range(1, len(rows)), count)
        for lengths in [
            [b - a for a, b in zip((0, *ends), (*ends, len(rows)), strict=True)] + [0] * (columns - 1 - count)
        ]
        if sum(bad[end - 1] for end in ends) == 0
    )
    assert max(reached) == best[0]
    assert sum((max(reached) - each) ** 2 for each in reached) == best[2]


@pytest.mark.parametrize("columns", [2, 3, 4])
@pytest.mark.parametrize("lines", [12, 13, 14, 15, 31])
def test_a_long_paragraph_ends_level_to_a_line(columns: int, lines: int) -> None:
    (fill,) = flowed([text(lines, 1)], [0], [Frame(40 * LINE, columns, 0, LINE, True)])
    reached = [column[-1].bottom / LINE for band in fill.bands for column in band.columns]
    assert max(reached) - min(reached) <= 1 + HAIR
    assert reached == sorted(reached, reverse=True)


def test_lines_of_text_stand_on_the_grid_and_others_have_the_rest_around_them() -> None:
    rows = [*text(2, 1), Row(8.0, keep=1), *text(2, 2)]
    assert tops(rows, LINE) == pytest.approx((0, 7, 17, 28, 35))  # 8 mm in two lines: 3 above, 3 below
    assert tops(rows[2:], LINE) == pytest.approx((0, 14, 21))  # at the head of a column all of it below
    assert tops(rows, 0) == pytest.approx((0, 7, 14, 22, 29))


def test_a_heading_stays_with_its_text_and_no_line_stands_alone() -> None:
    rows = [*text(3, 1), HEADING, *text(4, 2)]
    assert costs(rows) == (1, 1, 0, 1, 1, 0, 1, 0)
    (fill,) = flowed([rows], [0], [Frame(6 * LINE, 2, 0, LINE)])
    assert shown((fill,))[3] == (0, 3)
    assert [part.end for column in fill.bands[0].columns for part in column] == [3, 8]


def test_what_is_deeper_than_a_column_is_told_and_a_forced_break_is_kept() -> None:
    (fill,) = flowed([[Row(50.0)]], [0], [Frame(42.0, 2, 0, LINE)])
    assert fill.over == pytest.approx(8)
    rows = [*text(2, 1), *text(2, 2)]
    rows[1] = rows[1]._replace(keep=ALWAYS)
    (fill,) = flowed([rows], [0], [Frame(70.0, 2, 0, LINE)])
    assert [len(column) for column in fill.bands[0].columns] == [1, 1]
    beside = [row._replace(keep=NEVER) for row in text(3, 1)] + text(2, 2)
    (fill,) = flowed([beside], [0], [Frame(21.0, 2, 0, LINE)])
    assert fill.bands[0].columns[0][0].end == 4  # a picture stands beside the first four


def test_an_article_begins_in_its_own_region_or_behind_what_comes_from_the_one_before() -> None:
    long, short = text(20, 1), text(3, 1)
    frames = [Frame(70.0, 1, LINE, LINE, False, LINE, LINE), Frame(140.0, 1, LINE, LINE, False, LINE, LINE)]
    first, second = flowed([short, short], [0, 1], frames)
    assert (first.goes, second.comes, len(second.bands[0].columns[0])) == (None, None, 1)
    first, second = flowed([long, short], [0, 1], frames)
    assert (first.goes, second.comes) == (0, 0)
    assert first.bands[0].columns[0][-1].end == 9  # the tenth line says where it goes on
    assert [part.top for part in second.bands[0].columns[0]] == pytest.approx([7, 7 + 77 + 7])


def test_what_spans_all_columns_divides_them() -> None:
    rows = [Row(12.0, spans=True, keep=1), *text(8, 1), Row(12.0, above=7.0, spans=True, keep=1), *text(6, 2)]
    (fill,) = flowed([rows], [0], [Frame(140.0, 2, 0, LINE)])
    assert [band.spans for band in fill.bands] == [True, False, True, False]
    assert [band.top for band in fill.bands] == pytest.approx([0, 14, 14 + 28 + 7, 49 + 14])
    assert [round(column[0].bottom / LINE) for column in fill.bands[1].columns] == [4, 4]


@given(ARTICLE, st.integers(1, 12), st.integers(-3, 5))
def test_a_paragraph_becomes_longer_at_its_end(rows: list[Row], paragraph: int, lines: int) -> None:
    own = [row for row in rows if row.paragraph == paragraph]
    if own:
        made = lengthened(rows, paragraph, lines)
        assert len(made) == len(rows) + max(lines, 1 - len(own))
        assert lengthened(made, paragraph, -lines) == tuple(rows) or lines < 0
        assert in_lines(sum(each.height for each in made), LINE) > 0


HOLE = (Stretch(0, 0.0, 49.0), Stretch(0, 70.0, 70.0), Stretch(1, 0.0, 140.0), Stretch(2, 0.0, 140.0))
"""Three columns; from the first a hole takes the lines from 49 to 70 mm."""


def feet(fill: Fill) -> list[list[int]]:
    """How many lines below the region's top each column of each band ends, the last stretch of a column counts."""
    return [
        list({at.column: round((at.top + foot_of(column)) / LINE) for at, column in band.filled}.values())
        for band in fill.bands
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [(12, [4, 4, 4]), (20, [7, 7, 6]), (28, [11, 10, 10]), (45, [16, 16, 16]), (57, [20, 20, 20])],
)
def test_columns_beside_a_hole_end_level(lines: int, expected: list[int]) -> None:
    """Lines that the hole takes are left out: 28 lines and 3 taken ones are 31 in three columns."""
    frame = Frame(140.0, 3, 0.0, LINE, True, stretches=HOLE)
    (fill,) = flowed([text(lines, 1)], [0], [frame])
    assert feet(fill) == [expected]
    assert fill.over == 0
    (plain,) = flowed([text(lines, 1)], [0], [Frame(140.0, 3, 0.0, LINE, False, stretches=HOLE)])
    assert lines == 57 or feet(plain) != [expected]


@given(
    ARTICLE,
    st.integers(1, 4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 18), st.integers(1, 6)), max_size=3),
)
def test_every_row_stands_once_beside_holes_and_above_what_spans(
    rows: list[Row], columns: int, holes: list[tuple[int, int, int]]
) -> None:
    """And level columns hold all that unlevelled ones do."""
    left: list[Stretch] = []
    for number in range(columns):
        taken = {line for at, first, many in holes if at == number for line in range(first, first + many)}
        free = [line for line in range(20) if line not in taken]
        for line in free:
            if left and left[-1].column == number and round(left[-1].foot / LINE) == line:
                left[-1] = Stretch(number, left[-1].top, left[-1].depth + LINE)
            else:
                left.append(Stretch(number, line * LINE, LINE))
    spanned = [Row(12.0, spans=True, keep=1), *rows, Row(12.0, above=LINE, spans=True, keep=1), *text(3, 99)]
    for level in (False, True):
        frame = Frame(140.0, columns, 0.0, LINE, level, stretches=tuple(left))
        fills = flowed([spanned], [0], [frame, frame])
        assert shown(fills) == [(0, row) for row in range(len(spanned))]
        for fill in fills:
            if fill.over:
                continue
            for band in fill.bands:
                for at, parts in band.filled:
                    foot = at.top + foot_of(parts)
                    spread = range(columns) if band.spans else [at.column]
                    for each in spread:
                        assert any(
                            room.column == each and room.top <= at.top + HAIR and foot <= room.foot + HAIR
                            for room in left
                        )
