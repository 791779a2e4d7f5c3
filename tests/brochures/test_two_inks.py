"""Brochures in black and a second ink: skies, lights, faces and days off are tints of the second ink, not grey."""

from __future__ import annotations

import pytest
from tests.brochures.conftest import ROOT

from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.page_palettes import chosen_colours, members
from koho_pdf.press.profile import read_press


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("flyer", ("beam", "sky", "red", "skin", "gold")),
        ("tri-fold", ("sky", "sun", "holiday", "paper_box", "blue")),
        ("poster", ("sky", "hill", "red", "lamp", "light")),
        ("insert", ("sky", "red", "gold", "lamp", "teal_tint")),
    ],
)
def test_what_is_in_colour_keeps_a_colour_in_two_inks(name: str, drawn: tuple[str, ...]) -> None:
    """The nearest tones of a warm colour are a grey: the layout itself says the tint."""
    layout = read_layout(ROOT / "layouts" / name, ROOT)
    chosen = chosen_colours(layout, read_press("offset-two-colour", ROOT / "press", ROOT).inks)
    for colour in drawn:
        own = members(layout.colours[colour])
        tints = members(chosen[colour])
        assert len(tints) == len(own), colour
        assert all(each.cyan > each.black or each.cyan >= 50 for each in tints), (colour, tints)


def test_days_off_are_as_dark_as_text_in_two_inks() -> None:
    """A Sunday in the calendar of the tri-fold: the full second ink with black, not a pale tint."""
    layout = read_layout(ROOT / "layouts" / "tri-fold", ROOT)
    inks = read_press("offset-two-colour", ROOT / "press", ROOT).inks
    (day_off,) = members(chosen_colours(layout, inks)["holiday"])
    assert day_off.cyan == 100
    assert day_off.black >= 25
