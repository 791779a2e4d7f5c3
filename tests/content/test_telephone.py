"""Telephone numbers are printed as written and dialled as telephones want them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.content.values.telephone import Telephone
from koho_pdf.manuscript.refusal import Refusal


@pytest.mark.parametrize(
    ("written", "printed", "digits", "uri"),
    [
        ("42-1809", "42-1809", "421809", "tel:+81164421809"),
        ("0164-42-1809", "0164-42-1809", "0164421809", "tel:+81164421809"),
        ("(0164)42-1809", "(0164)42-1809", "0164421809", "tel:+81164421809"),
        ("（０１６４）42-1809", "(0164)42-1809", "0164421809", "tel:+81164421809"),
        ("0164（42）1809", "0164(42)1809", "0164421809", "tel:+81164421809"),
        ("0164 42 1809", "0164 42 1809", "0164421809", "tel:+81164421809"),
        ("０１６４－４２－１８０９", "0164-42-1809", "0164421809", "tel:+81164421809"),
        ("090-1234-5678", "090-1234-5678", "09012345678", "tel:+819012345678"),
        ("0120-123-456", "0120-123-456", "0120123456", "tel:+81120123456"),
        ("110", "110", "110", "tel:110"),
    ],
)
def test_a_number_is_printed_in_half_width_and_knows_how_to_be_dialled(
    written: str, printed: str, digits: str, uri: str
) -> None:
    number = Telephone.parse(written)
    assert (number.source, str(number), number.digits, number.uri("0164")) == (written, printed, digits, uri)


def test_a_number_within_the_town_needs_the_area_code_to_be_dialled_from_elsewhere() -> None:
    assert Telephone.parse("42-1809").is_local
    assert Telephone.parse("42-1809").uri() == "tel:421809"
    assert not Telephone.parse("0164-42-1809").is_local
    assert not Telephone.parse("110").is_local


@pytest.mark.parametrize(
    "written",
    [
        "電話",
        "42-18O9",
        "42--1809",
        "-42-1809",
        "1234",
        "12",
        "016442180",
        "0164-42-180901",
        "123456789",
        "42-1809 内線",
        "42-1809 内線3 内線4",
    ],
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(Refusal) as refusal:
        Telephone.parse(written)
    assert [found.code for found in refusal.value.findings] == ["telephone-not-understood"]


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert Telephone.parse(text).source == text
    except Refusal as refusal:
        assert refusal.findings
