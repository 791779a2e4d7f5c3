"""The space between two characters (JLREQ 3.1 and appendix B), by table and property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.composition.paragraph.classes import Kind, kind_of
from koho_pdf.composition.paragraph.spacing import between

KINDS = st.sampled_from(list(Kind))


@pytest.mark.parametrize(
    ("pair", "normal", "least", "most"),
    [
        ("春夏", 0, 0, 0),
        ("」、", 0, 0, 0),
        ("。」", 0, 0, 0),
        ("「『", 0, 0, 0),
        ("」「", 0.5, 0, 0.5),
        ("、春", 0.5, 0, 0.5),
        ("。春", 0.5, 0.5, 0.5),
        ("春「", 0.5, 0, 0.5),
        ("春・", 0.25, 0, 0.25),
        ("」・", 0.25, 0.25, 0.25),
        ("春A", 0.25, 0.125, 0.5),
        ("1月", 0.25, 0.125, 0.5),
        ("A、", 0, 0, 0),
        ("「A", 0, 0, 0),
        ("1℃", 0, 0, 0),
        ("￥1", 0, 0, 0),
        ("AB", 0, 0, 0),
    ],
)
def test_the_space_of_pairs(pair: str, normal: float, least: float, most: float) -> None:
    aki = between(kind_of(pair[0]), kind_of(pair[1]))
    assert (aki.normal, aki.least, aki.most) == (normal, least, most)


@given(KINDS, KINDS)
def test_no_space_is_wider_than_half_an_em_by_itself(before: Kind, after: Kind) -> None:
    aki = between(before, after)
    assert 0 <= aki.least <= aki.normal <= aki.most <= 0.5


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("①", Kind.IDEOGRAPH),
        ("Ⅳ", Kind.IDEOGRAPH),
        ("㈱", Kind.IDEOGRAPH),
        ("²", Kind.LATIN),
        ("ｱ", Kind.KANA),
        ("葛\U000e0100", Kind.IDEOGRAPH),
        ("№", Kind.PREFIX),
    ],
)
def test_the_classes_of_signs(character: str, kind: Kind) -> None:
    assert kind_of(character) is kind
