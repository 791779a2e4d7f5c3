"""Columns filled by arithmetic: in order, nothing divided, nothing lost, level where it is asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.composition.rows import HAIR, in_lines
from koho_pdf.plan.filling import filled, levelled, used

HEIGHTS = st.lists(st.integers(1, 60).map(float), max_size=14)


@given(HEIGHTS, st.sampled_from((0.0, 7.0)), st.integers(60, 200).map(float), st.integers(1, 5))
def test_every_article_stands_once_in_order_and_only_the_last_column_reaches_out(
    heights: list[float], gap: float, depth: float, count: int
) -> None:
    for fill in (filled, levelled):
        columns = fill(heights, gap, depth, count)
        assert len(columns) == count
        assert [each for column in columns for each in column] == list(range(len(heights)))
        assert all(reach <= depth + HAIR for reach in used(heights, columns, gap)[:-1])


@given(HEIGHTS, st.integers(60, 200).map(float), st.integers(1, 4))
def test_level_columns_are_no_deeper_than_filled_ones(heights: list[float], depth: float, count: int) -> None:
    deepest = max(used(heights, filled(heights, 5, depth, count), 5), default=0)
    assert max(used(heights, levelled(heights, 5, depth, count), 5), default=0) <= deepest + HAIR


def test_a_column_that_is_exactly_full_keeps_its_last_article() -> None:
    assert filled([40.0, 53.0, 100.0, 10.0], 7.0, 100.0, 3) == ((0, 1), (2,), (3,))
    assert filled([40.0, 53.1], 7.0, 100.0, 2) == ((0,), (1,))


def test_level_columns_share_what_there_is() -> None:
    assert levelled([20.0] * 6, 0, 200, 3) == ((0, 1), (2, 3), (4, 5))
    assert filled([20.0] * 6, 0, 200, 3) == ((0, 1, 2, 3, 4, 5), (), ())


def test_an_article_takes_whole_lines_of_the_grid() -> None:
    assert [in_lines(each, 7.0) for each in (7.0, 7.004, 7.1, 13.99, 14.0)] == [7.0, 7.0, 14.0, 14.0, 14.0]
    assert in_lines(7.1, 0) == 7.1
