"""Lengths and rectangles: arithmetic that holds for any numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.geometry import MM_PER_Q, PT_PER_MM, Rect, mm_from_px, pt, q_from_px

LENGTHS = st.floats(-1000, 1000)
SIZES = st.floats(0, 1000)
RECTS = st.builds(Rect, LENGTHS, LENGTHS, SIZES, SIZES)


def inside(inner: Rect, outer: Rect) -> bool:
    hair = 1e-6
    return (
        inner.x >= outer.x - hair
        and inner.y >= outer.y - hair
        and inner.right <= outer.right + hair
        and inner.bottom <= outer.bottom + hair
    )


def test_units_of_the_trade() -> None:
    assert pt(25.4) == pytest.approx(72)
    assert pt(210) == pytest.approx(595.2756, abs=1e-4)
    assert mm_from_px(96) == pytest.approx(25.4)
    assert q_from_px(96) == pytest.approx(25.4 / 0.25)
    assert pt(17 * MM_PER_Q) == pytest.approx(12.047, abs=1e-3)


@given(LENGTHS)
def test_points_and_millimetres_agree(length: float) -> None:
    assert pt(length) / PT_PER_MM == pytest.approx(length)


@given(RECTS, RECTS)
def test_a_union_holds_both_and_is_the_smallest(one: Rect, other: Rect) -> None:
    both = one.union(other)
    assert inside(one, both)
    assert inside(other, both)
    assert both.x in (one.x, other.x)
    assert both.y in (one.y, other.y)
    assert both.right == pytest.approx(max(one.right, other.right))
    assert both.bottom == pytest.approx(max(one.bottom, other.bottom))


@given(RECTS, RECTS)
def test_a_union_knows_no_order(one: Rect, other: Rect) -> None:
    assert one.union(other) == other.union(one)


@given(RECTS, st.floats(0, 100))
def test_bleed_grows_on_every_side_and_shrinks_back(rect: Rect, margin: float) -> None:
    grown = rect.grown(margin)
    assert inside(rect, grown)
    back = grown.grown(-margin)
    assert (back.x, back.y, back.width, back.height) == pytest.approx(
        (rect.x, rect.y, rect.width, rect.height), abs=1e-6
    )


def test_the_bleed_of_a4() -> None:
    assert Rect(0, 0, 210, 297).grown(3) == Rect(-3, -3, 216, 303)


@given(RECTS)
def test_rounded_is_near_and_never_minus_zero(rect: Rect) -> None:
    near = rect.rounded()
    for value, exact in zip(
        (near.x, near.y, near.width, near.height), (rect.x, rect.y, rect.width, rect.height), strict=True
    ):
        assert abs(value - exact) <= 0.005 + 1e-9
        assert str(value) != "-0.0"
