"""Patterns of a few words are found as ``re`` finds them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from koho_pdf.gate.few_words import few_words
from koho_pdf.gate.okurigana import SLIPS

TEXT = (Path(__file__).with_name("texts") / "clean.txt").read_text(
    "utf-8"
) + "終ります。預らない。お知せ。ababa、努めた、勤めた。"


@pytest.mark.parametrize(
    "pattern", ["終(?=[らり])", "(?<!第)1回?", "(?:努|勤)め(?!る)", "aba", "(?<=お)知せ", "市|市民|町[内会]?"]
)
def test_they_are_found_as_re_finds_them(pattern: str) -> None:
    found = few_words(pattern)
    assert found
    places = [each.span() for each in re.finditer(pattern, TEXT)]
    assert places and list(found.found_in(TEXT)) == places and found.may_be_in(TEXT)


@pytest.mark.parametrize(
    "pattern", ["[0-9]{2}", "a+", ".市", "^市", "市$", "(?P<k>市)", "市(?=町|$)", "市|町(?=内)", "市?"]
)
def test_what_is_no_few_words_is_left_to_re(pattern: str) -> None:
    assert few_words(pattern) is None


def test_all_slips_of_okurigana_are_found_as_re_finds_them() -> None:
    read = [(pattern, few_words(pattern)) for pattern, _ in SLIPS]
    amiss = [
        pattern
        for pattern, few in read
        if few and list(few.found_in(TEXT)) != [each.span() for each in re.finditer(pattern, TEXT)]
    ]
    assert amiss == [] and sum(few is not None for _, few in read) > 150
