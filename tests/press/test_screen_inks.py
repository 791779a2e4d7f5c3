"""Screen colours as inks: what a drawing program shows is what the press prints, or the difference is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koho_pdf.layout.art_inks import inked
from koho_pdf.media.line_art import Undrawable
from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.profile import read_press
from koho_pdf.press.screen_inks import FAR, separated

ROOT = Path(__file__).parents[2]
PRESS = read_press("offset-coated", ROOT / "press", ROOT)


def test_colours_that_inks_can_make_look_alike() -> None:
    for each in separated([(228, 87, 46), (25, 42, 84), (251, 246, 238), (207, 227, 228), (250, 177, 19)], PRESS):
        assert each.difference < 3.5, each


def test_greys_are_black_alone() -> None:
    """Four inks under a grey line never stand quite on each other."""
    for each in separated([(0, 0, 0), (136, 136, 136), (250, 250, 250), (255, 255, 255)], PRESS):
        assert each.inks.inks[:3] == (0, 0, 0)
    assert separated([(0, 0, 0)], PRESS)[0].inks == ProcessColour(0, 0, 0, 100)
    assert separated([(255, 255, 255)], PRESS)[0].inks == ProcessColour(0, 0, 0, 0)


def test_a_colour_beyond_the_inks_is_told_by_its_difference() -> None:
    assert all(each.difference > FAR for each in separated([(0, 255, 0), (255, 0, 0), (0, 0, 255)], PRESS))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), max_size=20))
def test_inks_are_whole_percents_within_the_total_ink(colours: list[tuple[int, int, int]]) -> None:
    for each in separated(colours, PRESS):
        assert each.inks.total_ink <= PRESS.total_ink
        assert all(0 <= ink <= 100 for ink in each.inks.inks)


ART = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>.a { fill: #16244F; stroke:none }</style>
<path class="a" d="M0 0H3"/><path fill="#E4572E" stroke='rgb(22, 36, 79)' d="M0 1H3"/><path fill="currentColor"/></svg>
"""


def test_every_colour_of_a_drawing_gets_a_name_once() -> None:
    made = inked(ART.encode(), "sea", PRESS)
    assert [each.screen for each in made.colours] == ["#16244f", "#e4572e"]
    assert made.art.startswith("<svg")
    for said in (".sea-a { fill: {{ colours.sea[0] }}; stroke:none }", 'fill="{{ colours.sea[1] }}"'):
        assert said in made.art
    assert "stroke='{{ colours.sea[0] }}'" in made.art
    assert 'fill="currentColor"' in made.art
    first, second = ("/".join(f"{ink:g}" for ink in each.inks.inks) for each in made.colours)
    assert made.lines("sea") == f"  sea: [{first}, {second}]\n"


@pytest.mark.parametrize("content", [b"", b"<svg", b"\x89PNG\r\n", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'c'>]><a>&b;</a>"])
def test_what_is_no_svg_is_refused(content: bytes) -> None:
    with pytest.raises(Undrawable):
        inked(content, "art", PRESS)
