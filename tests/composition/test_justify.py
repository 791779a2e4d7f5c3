"""Where a line may be widened, and by how much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.composition.justify import gaps, shares

LINES = st.text(st.sampled_from("留萌のまち、。「」ー―…0123456789,.:ABCxyz@/- "), max_size=60)


@given(LINES)
def test_gaps_lie_inside_the_line_in_order(line: str) -> None:
    places = gaps(line)
    assert places == sorted(set(places))
    assert all(0 <= place < len(line) - 1 for place in places)


@given(st.text(st.sampled_from("留萌のまちづくり、。・「」ー"), min_size=1, max_size=40))
def test_japanese_is_widened_between_all_its_characters(line: str) -> None:
    assert gaps(line) == list(range(len(line) - 1))


@given(LINES)
def test_numbers_words_dashes_and_leaders_stay_solid(line: str) -> None:
    for place in gaps(line):
        pair = line[place : place + 2]
        assert not pair.isdigit()
        assert not (pair.isascii() and pair.isalpha())
        assert pair not in ("――", "……")


@pytest.mark.parametrize(
    ("line", "widened"),
    [
        ("平成25年", ["平|成", "成|2", "5|年"]),
        ("予算1,250円", ["予|算", "算|1", "0|円"]),
        ("12:30まで", ["0|ま", "ま|で"]),
        ("PRや、", ["R|や", "や|、"]),
        ("夢――と", ["夢|―", "―|と"]),
        ("夢……と", ["夢|…", "…|と"]),
        ("12", []),
        ("市", []),
        ("", []),
    ],
)
def test_the_places_between(line: str, widened: list[str]) -> None:
    assert [f"{line[place]}|{line[place + 1]}" for place in gaps(line)] == widened


@given(st.integers(-5_000, 50_000), st.integers(1, 80))
def test_shares_are_even_and_sum_to_the_room(room: int, places: int) -> None:
    given_out = shares(room, places)
    assert len(given_out) == places
    assert sum(given_out) == room
    assert max(given_out) - min(given_out) <= 1
    assert given_out == sorted(given_out, reverse=True)
