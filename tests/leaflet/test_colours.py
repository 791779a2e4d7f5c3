"""What the leaflet's colours promise, measured on the process colours through the output profile.

In jobs of two inks and of one, what the same pages promise there. Contrast is WCAG 2.2's. Colour vision: Machado,
Oliveira and Fernandes 2009, severity 1.0, in linear light. Distances between pillars are CIE 1976 Delta E (the measure
the limits were set in); steps between sky bands are CIEDE2000.
"""

import re
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from math import atan2, cos, degrees, dist, exp, hypot, radians, sin, sqrt
from pathlib import Path

import pytest

from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.galley import inked
from koho_pdf.press.colour import ProcessColour, screen_hex
from koho_pdf.press.profile import Inks, Spot, read_press

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "layouts" / "policy-leaflet"
PROFILE = ROOT / "press" / "profiles" / "fogra39-coated-300.icc"
ART = sorted((FOLDER / "art").glob("*.svg"))
COLOURS = {
    name: value if isinstance(value, tuple) else (value,) for name, value in read_layout(FOLDER, ROOT).colours.items()
}
PILLARS = ("navy", "rust", "violet", "teal")
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
Triple = tuple[float, float, float]


def light(name: str, index: int = 0) -> Triple:
    """A colour of the layout as linear sRGB light, 0 to 1."""
    return linear(screen_hex([COLOURS[name][index]], PROFILE)[0])


def linear(shown: str) -> Triple:
    """``#rrggbb`` as linear sRGB light."""
    values = [int(shown[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return red, green, blue


def luminance(colour: Triple) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: Triple, other: Triple) -> float:
    dark, pale = sorted((luminance(one), luminance(other)))
    return (pale + 0.05) / (dark + 0.05)


def seen(colour: Triple, eye: str) -> Triple:
    red, green, blue = (min(1, max(0, sum(a * b for a, b in zip(row, colour, strict=True)))) for row in EYES[eye])
    return red, green, blue


def lab(colour: Triple) -> Triple:
    """CIE L*a*b* (D65) of linear sRGB."""
    red, green, blue = colour
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one: Triple, other: Triple) -> float:
    """CIE 142-2001, unit weights."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * sqrt(mean**7 / (mean**7 + 25**7))
    c1, c2 = hypot(a1 * stretch, b1), hypot(a2 * stretch, b2)
    h1, h2 = degrees(atan2(b1, a1 * stretch)) % 360, degrees(atan2(b2, a2 * stretch)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0
    c, hue = (c1 + c2) / 2, h1 + turn / 2
    t = 1 - 0.17 * cos(radians(hue - 30)) + 0.24 * cos(radians(2 * hue))
    t += 0.32 * cos(radians(3 * hue + 6)) - 0.2 * cos(radians(4 * hue - 63))
    level = ((l1 + l2) / 2 - 50) ** 2
    dl = (l2 - l1) / (1 + 0.015 * level / sqrt(20 + level))
    dc = (c2 - c1) / (1 + 0.045 * c)
    dh = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * c * t)
    tilt = -2 * sqrt(c**7 / (c**7 + 25**7)) * sin(radians(60 * exp(-((((hue % 360) - 275) / 25) ** 2))))
    return sqrt(dl**2 + dc**2 + dh**2 + tilt * dc * dh)


def test_the_yardstick_is_true() -> None:
    # Sharma, Wu and Dalal 2005, test pairs 1, 7 and 17
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)


@pytest.mark.parametrize("name", COLOURS)
def test_no_colour_takes_more_than_300_percent_of_ink(name: str) -> None:
    assert max(colour.total_ink for colour in COLOURS[name]) <= 300


def test_body_is_black_alone_and_paper_is_bare() -> None:
    assert COLOURS["ink"] == (ProcessColour(0, 0, 0, 100),)
    assert COLOURS["paper"] == (ProcessColour(0, 0, 0, 0),)


def test_the_deep_sea_is_two_inks_and_black() -> None:
    for colour in COLOURS["sea"][5:]:
        assert colour.yellow == 0
        assert colour.total_ink <= 240


@pytest.mark.parametrize(("name", "least"), [("navy", 15), ("rust", 9), ("violet", 7), ("teal", 5.2)])
def test_white_stands_out_on_a_pillar(name: str, least: float) -> None:
    assert contrast(light("paper"), light(name)) >= least


@pytest.mark.parametrize("name", PILLARS)
def test_a_pillars_tint_is_its_tenth_and_carries_its_heads(name: str) -> None:
    solid, tint = COLOURS[name][0], COLOURS[f"{name}_tint"][0]
    assert all(abs(t - s / 10) <= 0.5 for t, s in zip(tint.inks, solid.inks, strict=True))
    assert contrast(light(name), light(f"{name}_tint")) >= 4.5


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("one", "other"), list(combinations(PILLARS, 2)))
def test_pillars_are_told_apart(one: str, other: str, eye: str) -> None:
    assert dist(lab(seen(light(one), eye)), lab(seen(light(other), eye))) >= 24


def test_pillars_are_a_stair_in_grey() -> None:
    greys = [lab(light(name))[0] for name in PILLARS]
    assert min(upper - lower for lower, upper in pairwise(greys)) >= 6.5
    # and to a copier or screen that weighs the shown red, green and blue (Rec. 601) instead
    shown = screen_hex([COLOURS[name][0] for name in PILLARS], PROFILE)
    lumas = [0.299 * int(c[1:3], 16) + 0.587 * int(c[3:5], 16) + 0.114 * int(c[5:], 16) for c in shown]
    assert min(upper - lower for lower, upper in pairwise(lumas)) >= 10


SIX = (*PILLARS, "gold", "azure")


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", ["gold", "azure"])
def test_the_fifth_and_sixth_pillar_are_told_apart_and_carry_black_type(name: str, eye: str) -> None:
    assert contrast(light("ink"), light(name)) >= 7
    assert contrast(light("ink"), light(f"{name}_tint")) >= 7
    for other in SIX:
        if other != name:
            assert dist(lab(seen(light(name), eye)), lab(seen(light(other), eye))) >= 24
            assert abs(lab(light(name))[0] - lab(light(other))[0]) >= 6.5


@pytest.mark.parametrize("name", ["ochre", "blue"])
def test_their_dark_sisters_carry_white_type_and_stand_on_paper(name: str) -> None:
    assert contrast(light("paper"), light(name)) >= 4.5


@pytest.mark.parametrize("band", range(len(COLOURS["sky"])))
def test_type_stands_out_on_the_sky(band: int) -> None:
    assert contrast(light("ink_on_sky"), light("sky", band)) >= 7  # WCAG 2.2, 1.4.6 (AAA)


def test_white_type_stands_out_on_the_sea_it_lies_on() -> None:
    # from y 200 down: the edge of band 6 lies at 192 mm, its lowest trough at 193.4
    assert min(contrast(light("paper"), light("sea", band)) for band in range(6, len(COLOURS["sea"]))) >= 9


def test_other_type_stands_out() -> None:
    assert contrast(light("ink_on_sky"), light("card")) >= 12
    assert sum(ink > 0 for ink in COLOURS["ink_on_sky"][0].inks) <= 2, "of 12 pt: two inks at most"
    assert contrast(light("accent"), light("card")) >= 3  # numerals of 60Q
    assert contrast(light("folio"), light("strip", 4)) >= 5.2


def test_sky_bands_step_evenly() -> None:
    bands = [lab(light("sky", band)) for band in range(len(COLOURS["sky"]))]
    steps = [ciede2000(upper, lower) for upper, lower in pairwise(bands)]
    assert max(steps) / min(steps) <= 1.25


ORANGE = ProcessColour(0, 76, 85, 0)
TWO_COLOUR = read_press("offset-two-colour", ROOT / "press", ROOT)
FEW = {
    "kc": TWO_COLOUR,
    "k": replace(TWO_COLOUR, inks=Inks("k")),
    "orange": replace(TWO_COLOUR, inks=Inks("spot", Spot("DIC 156s", ORANGE, separation=True, plate="Magenta"))),
}


@cache
def few(job: str) -> dict[str, list[Triple]]:
    """What the layout's colours look like in a job of fewer inks."""
    press = FEW[job]
    made = {
        name: value if isinstance(value, tuple) else (value,)
        for name, value in inked(read_layout(FOLDER, ROOT), press).items()
    }
    inks = [ink for value in made.values() for ink in value]
    if press.inks.spot:
        inks = [ProcessColour(0, 76 * ink.magenta / 100, 85 * ink.magenta / 100, ink.black) for ink in inks]
    shown = iter(screen_hex(inks, PROFILE))
    return {name: [linear(next(shown)) for _ in value] for name, value in made.items()}


@pytest.mark.parametrize("job", FEW)
def test_type_stands_out_in_fewer_inks_too(job: str) -> None:
    shown = few(job)
    (paper,), (card,), (on_sky,) = shown["paper"], shown["card"], shown["ink_on_sky"]
    for pillar in PILLARS:  # white on its band, itself on paper
        assert contrast(paper, shown[pillar][0]) >= 4.5
    for pillar in ("gold", "azure"):
        assert contrast(shown["ink"][0], shown[pillar][0]) >= 4.5
    for dark in ("ochre", "blue"):
        assert contrast(paper, shown[dark][0]) >= 4.5
    assert min(contrast(on_sky, band) for band in (*shown["sky"], *shown["halo"], card)) >= 8
    assert min(contrast(paper, band) for band in shown["sea"][6:]) >= 4.5
    assert contrast(shown["folio"][0], shown["strip"][4]) >= 4.5
    assert contrast(shown["accent"][0], card) >= 3  # numerals of 60Q


@pytest.mark.parametrize("job", FEW)
def test_pillars_differ_in_fewer_inks_by_more_than_their_shade(job: str) -> None:
    """Their tones differ as far as the inks go; where that is little, the edge of the band tells them apart."""
    tones = [lab(few(job)[pillar][0]) for pillar in PILLARS]
    assert min(dist(one, other) for one, other in combinations(tones, 2)) >= (4 if job == "k" else 8)


def test_small_type_is_black_alone_in_two_inks() -> None:
    """A letter of two screened tints has ragged edges; solid black overprints the sky."""
    made = inked(read_layout(FOLDER, ROOT), FEW["kc"])
    assert made["ink"] == made["ink_on_sky"] == ProcessColour(0, 0, 0, 100)


@pytest.mark.parametrize("path", ART, ids=lambda path: path.stem)
def test_the_art_takes_its_colours_from_the_layout(path: Path) -> None:
    drawing = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for name, index in re.findall(r"colours\.(\w+)(?:\[(\d+)\])?", drawing):
        assert int(index or 0) < len(COLOURS[name])
    for paint in re.findall(r'(?:fill|stroke)="([^"]*)"', drawing):
        assert paint == "none" or paint.startswith("{{")


@pytest.mark.parametrize("path", ART, ids=lambda path: path.stem)
def test_the_art_keeps_to_what_a_press_can_print(path: Path) -> None:
    """PDF/X-1a forbids transparency; the engine cannot write gradients in process colours."""
    drawing = path.read_text(encoding="utf-8")
    assert not re.search(r"Gradient|opacity|<filter|<mask|blend|<style|<text|<image", drawing)
