"""A layout's colours in the inks of a job that has fewer than four."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koho_pdf.press.colour import ProcessColour, parse_colour, screen_hex
from koho_pdf.press.inks import Tones, laid, parse_one, parse_two, reduced
from koho_pdf.press.profile import PROCESS, Inks, Press, Spot, read_press

ROOT = Path(__file__).parents[2]
TWO = read_press("offset-two-colour", ROOT / "press", ROOT)
ORANGE = ProcessColour(0, 76, 85, 0)
KC, K = Inks("kc"), Inks("k")
SPOT, STANDIN = (Inks("spot", Spot("DIC 156s", ORANGE, own, "Magenta")) for own in (True, False))
FEW = [KC, K, SPOT, STANDIN]
NAMES = ["kc", "k", "spot", "standin"]
PERCENT = st.integers(0, 100).map(float)
COLOUR = st.builds(ProcessColour, PERCENT, PERCENT, PERCENT, PERCENT)


def press(inks: Inks) -> Press:
    return replace(TWO, inks=inks)


def one(notation: str, inks: Inks) -> ProcessColour:
    return reduced([parse_colour(notation)], press(inks))[0]


def lightness(colour: ProcessColour) -> float:
    """Luma of the inks as they look, 0 to 255."""
    shown = screen_hex([colour], TWO.condition.profile)[0]
    return 0.299 * int(shown[1:3], 16) + 0.587 * int(shown[3:5], 16) + 0.114 * int(shown[5:], 16)


def test_four_inks_stay_as_they_are() -> None:
    colours = [parse_colour("95/85/25/55"), parse_colour("1/2/3/4")]
    assert reduced(colours, read_press("offset-coated", ROOT / "press", ROOT)) == colours


@settings(max_examples=20, deadline=None)
@given(st.lists(COLOUR, max_size=3), st.sampled_from(FEW))
def test_nothing_but_the_jobs_inks_is_left(colours: list[ProcessColour], inks: Inks) -> None:
    made = reduced(colours, press(inks))
    assert len(made) == len(colours)
    for colour in made:
        assert {plate for plate, ink in zip(PROCESS, colour.inks, strict=True) if ink} <= {inks.second, "Black"}
        assert colour.total_ink <= TWO.total_ink


@given(st.lists(COLOUR, max_size=5), st.integers(200, 400))
def test_no_colour_is_heavier_than_the_press_takes(colours: list[ProcessColour], most: int) -> None:
    four = replace(TWO, inks=Inks("process4"), total_ink=float(most))
    for colour, made in zip(colours, reduced(colours, four), strict=True):
        assert made.total_ink <= most + 1e-9
        assert made.black == colour.black
        if colour.total_ink <= most:
            assert made == colour
        else:
            assert made.total_ink > most - 0.4  # four inks, each rounded down to a tenth
            assert all(new <= old for new, old in zip(made.inks, colour.inks, strict=True))


@pytest.mark.parametrize("inks", FEW, ids=NAMES)
@pytest.mark.parametrize("notation", ["0/0/0/0", "0/0/0/100", "0/0/0/37"])
def test_paper_and_black_and_greys_stay(inks: Inks, notation: str) -> None:
    assert one(notation, inks) == parse_colour(notation)


def test_cyan_and_black_stay_where_they_are_printed() -> None:
    assert one("37/0/0/11", KC) == ProcessColour(37, 0, 0, 11)
    assert reduced([TWO.rich_black], TWO) == [TWO.rich_black]


def test_a_blue_takes_cyan_and_a_red_takes_black_alone() -> None:
    assert one("38/20/9/0", KC).cyan >= 20
    assert one("15/95/95/50", KC).cyan == 0


def test_a_spot_takes_what_looks_like_it() -> None:
    red, blue = one("0/76/85/0", SPOT), one("80/60/0/20", SPOT)
    assert (red.magenta, red.black) == (100, 0)
    assert blue.magenta <= 10


@pytest.mark.parametrize("inks", FEW, ids=NAMES)
def test_light_and_shade_stay(inks: Inks) -> None:
    for notation in ("38/20/9/0", "72/80/0/8", "82/36/62/10", "0/31/59/0", "16/49/54/0"):
        assert lightness(one(notation, inks)) == pytest.approx(lightness(parse_colour(notation)), abs=16)
    stair = [lightness(one(f"{ink}/{ink // 2}/0/{ink // 3}", inks)) for ink in range(0, 101, 20)]
    assert all(paler > darker for paler, darker in pairwise(stair))


def test_tones_are_laid_on_the_plate_that_carries_the_second_ink() -> None:
    assert laid(Tones(60, 20), KC) == ProcessColour(60, 0, 0, 20)
    assert laid(Tones(60, 20), SPOT) == ProcessColour(0, 60, 0, 20)
    assert laid(Tones(0, 20), K) == ProcessColour(0, 0, 0, 20)


@pytest.mark.parametrize("notation", ["", "20", "60/20/0", "60/101", "60/-1", "a/b", "60/"])
def test_what_is_no_pair_of_tones(notation: str) -> None:
    with pytest.raises(ValueError):
        parse_two(notation)


@pytest.mark.parametrize("notation", ["", "60/20", "101", "-1", "x", "20%"])
def test_what_is_no_tone(notation: str) -> None:
    with pytest.raises(ValueError):
        parse_one(notation)


def test_tones_are_read_as_written() -> None:
    assert parse_two("60/12.5") == Tones(60, 12.5)
    assert parse_one("20") == Tones(0, 20)
