"""Process colours: what a layout may write, what print gets, what a screen shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.press.colour import ProcessColour, parse_colour, screen_hex

PROFILE = Path(__file__).parents[2] / "press" / "profiles" / "fogra39-coated-300.icc"
PERCENT = st.integers(0, 1000).map(lambda tenth: tenth / 10)


@given(PERCENT, PERCENT, PERCENT, PERCENT)
def test_what_is_written_is_what_is_printed(cyan: float, magenta: float, yellow: float, black: float) -> None:
    colour = parse_colour(f"{cyan:g}/{magenta:g}/{yellow:g}/{black:g}")
    assert colour.inks == (cyan, magenta, yellow, black)
    assert colour.total_ink == pytest.approx(cyan + magenta + yellow + black)
    assert colour.device_cmyk().startswith("device-cmyk(")
    printed = [float(ink) * 100 for ink in colour.device_cmyk()[12:-1].split()]
    assert printed == pytest.approx(list(colour.inks))


@pytest.mark.parametrize(
    "notation", ["", "red", "#ff0000", "1/2/3", "1/2/3/4/5", "101/0/0/0", "-1/0/0/0", "1/2/3/x", "1,2,3,4", "50%/0/0/0"]
)
def test_what_is_no_colour(notation: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(notation)}$"):
        parse_colour(notation)


def rgb(*inks: ProcessColour) -> list[tuple[int, int, int]]:
    return [(int(hex_[1:3], 16), int(hex_[3:5], 16), int(hex_[5:], 16)) for hex_ in screen_hex(inks, PROFILE)]


def test_a_screen_shows_the_inks_as_paper_does() -> None:
    paper, black, cyan, magenta, yellow, red = rgb(
        *(
            parse_colour(notation)
            for notation in ("0/0/0/0", "0/0/0/100", "100/0/0/0", "0/100/0/0", "0/0/100/0", "0/100/100/0")
        )
    )
    assert paper == (255, 255, 255)
    assert max(black) < 50
    assert cyan[2] > 200 > 60 > cyan[0]
    assert magenta[0] > 180 > 40 > magenta[1]
    assert yellow[0] > 230
    assert yellow[1] > 220
    assert yellow[2] < 60
    assert red[0] > 200
    assert max(red[1:]) < 60


def test_more_ink_is_darker() -> None:
    greys = rgb(*(ProcessColour(0, 0, 0, ink) for ink in range(0, 101, 10)))
    sums = [sum(grey) for grey in greys]
    assert sums == sorted(sums, reverse=True)
    assert len(set(sums)) == len(sums)


def test_each_colour_on_its_own_or_with_others_is_the_same() -> None:
    inks = [ProcessColour(95, 85, 25, 55), ProcessColour(15, 95, 95, 50), ProcessColour(0, 76, 85, 0)]
    assert screen_hex(inks, PROFILE) == [screen_hex([ink], PROFILE)[0] for ink in inks]
