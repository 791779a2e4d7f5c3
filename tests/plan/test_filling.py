"""Columns filled by arithmetic: in order, nothing divided, nothing lost, level where it is asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.composition.rows import HAIR, in_lines
from koho_pdf.geometry import Rect
from koho_pdf.layout.stretches import Stretch, free
from koho_pdf.plan.filling import filled, levelled, over, used


def stretches(depth: float, count: int) -> list[Stretch]:
    """As many whole columns."""
    return [Stretch(number, 0.0, depth) for number in range(count)]


HEIGHTS = st.lists(st.integers(1, 60).map(float), max_size=14)


@given(HEIGHTS, st.sampled_from((0.0, 7.0)), st.integers(60, 200).map(float), st.integers(1, 5))
def test_every_article_stands_once_in_order_and_only_the_last_column_reaches_out(
    heights: list[float], gap: float, depth: float, count: int
) -> None:
    for columns in (filled(heights, gap, [depth] * count), levelled(heights, gap, stretches(depth, count))):
        assert len(columns) == count
        assert [each for column in columns for each in column] == list(range(len(heights)))
        assert all(reach <= depth + HAIR for reach in used(heights, columns, gap)[:-1])


@given(HEIGHTS, st.integers(60, 200).map(float), st.integers(1, 4))
def test_level_columns_are_no_deeper_than_filled_ones(heights: list[float], depth: float, count: int) -> None:
    deepest = max(used(heights, filled(heights, 5, [depth] * count), 5), default=0)
    assert max(used(heights, levelled(heights, 5, stretches(depth, count)), 5), default=0) <= deepest + HAIR


def test_a_column_that_is_exactly_full_keeps_its_last_article() -> None:
    assert filled([40.0, 53.0, 100.0, 10.0], 7.0, [100.0] * 3) == ((0, 1), (2,), (3,))
    assert filled([40.0, 53.1], 7.0, [100.0] * 2) == ((0,), (1,))


def test_level_columns_share_what_there_is() -> None:
    assert levelled([20.0] * 6, 0, stretches(200, 3)) == ((0, 1), (2, 3), (4, 5))
    assert filled([20.0] * 6, 0, [200.0] * 3) == ((0, 1, 2, 3, 4, 5), (), ())


def test_an_article_takes_whole_lines_of_the_grid() -> None:
    assert [in_lines(each, 7.0) for each in (7.0, 7.004, 7.1, 13.99, 14.0)] == [7.0, 7.0, 14.0, 14.0, 14.0]
    assert in_lines(7.1, 0) == 7.1


@given(
    HEIGHTS,
    st.sampled_from((0.0, 7.0)),
    st.lists(st.tuples(st.integers(0, 90), st.integers(10, 150)), min_size=1, max_size=5),
    st.integers(0, 13),
    st.integers(1, 20),
)
def test_stretches_of_any_depth_keep_the_order_and_deeper_articles_never_fit_better(
    heights: list[float], gap: float, cut: list[tuple[int, int]], which: int, more: int
) -> None:
    made = [Stretch(number, float(top), float(depth)) for number, (top, depth) in enumerate(cut)]
    depths = [each.depth for each in made]
    stand = filled(heights, gap, depths)
    assert [each for column in stand for each in column] == list(range(len(heights)))
    level = levelled(heights, gap, made)
    assert [each for column in level for each in column] == list(range(len(heights)))
    fits = over(heights, stand, gap, depths) <= HAIR
    assert (over(heights, level, gap, depths) <= HAIR) == fits
    if heights:
        deeper = [height + more * (at == which % len(heights)) for at, height in enumerate(heights)]
        assert fits or over(deeper, filled(deeper, gap, depths), gap, depths) > HAIR


def test_a_stretch_too_shallow_is_passed_over() -> None:
    assert filled([30.0, 50.0, 10.0], 0, [40.0, 20.0, 100.0]) == ((0,), (), (1, 2))
    assert filled([30.0, 5.0, 50.0], 0, [32.0, 20.0, 100.0]) == ((0,), (1,), (2,))
    assert filled([200.0, 5.0], 0, [32.0, 100.0]) == ((0,), (1,))  # too deep for any: told, nothing lost


def test_a_keep_out_takes_whole_lines_of_a_column() -> None:
    column = Rect(15, 30, 60, 210)
    hole = Rect(10, 138, 13, 21)  # from 108 to 129 mm below the head: lines 15 to 18 of 7 mm
    assert free(2, column, 7.0, [hole], vertical=False) == (Stretch(2, 0.0, 105.0), Stretch(2, 133.0, 77.0))
    assert free(2, column, 0.0, [hole], vertical=False) == (Stretch(2, 0.0, 108.0), Stretch(2, 129.0, 81.0))
    assert free(0, column, 7.0, [Rect(80, 100, 9, 9)], vertical=False) == (Stretch(0, 0.0, 210.0),)
    assert free(0, column, 7.0, [Rect(40, 0, 0, 297)], vertical=False) == ()  # a fold through every line
    down = Rect(15, 30, 180, 60)  # lines run down and follow to the left
    assert free(0, down, 7.0, [Rect(100, 50, 10, 10)], vertical=True) == (Stretch(0, 0.0, 84.0), Stretch(0, 98.0, 77.0))
