"""The colours of a layout in the inks of a job: within its total ink, and for fewer than four inks.

A layout is drawn in four inks. A job in black and a second ink (``kc``, ``spot``) or in black alone (``k``) prints the
same pages: each colour becomes the tones that look most like it on paper, by the profile of the press, lightness before
hue. What the designer wrote for such jobs (``colours_two``, ``colours_one``) has priority. While pages are made the
second ink uses one process plate (``Inks.second``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.press.colour import ProcessColour, profile_at
from koho_pdf.press.profile import PROCESS, Inks, Press

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsTransform

Lab = tuple[float, float, float]

_PERCENTAGE = re.compile(r"\d+(\.\d+)?")
_LIGHTNESS = 2.0  # weight of lightness against hue: light and shade matter most in a drawing
_STEP = 2  # percent: step between the tones that are tried


@dataclass(frozen=True, slots=True)
class Tones:
    """The second ink and black, in percent of full ink (0 to 100)."""

    second: float
    black: float


def parse_two(notation: str) -> Tones:
    """``60/20``: the second ink and black. Raises ValueError when it is not two percentages from 0 to 100."""
    second, black = _percentages(notation, 2)
    return Tones(second, black)


def parse_one(notation: str) -> Tones:
    """``20``: black. Raises ValueError when it is not one percentage from 0 to 100."""
    (black,) = _percentages(notation, 1)
    return Tones(0, black)


def _percentages(notation: str, count: int) -> list[float]:
    members = notation.strip().split("/")
    if len(members) != count or not all(_PERCENTAGE.fullmatch(member) for member in members):
        raise ValueError(notation)
    found = [float(member) for member in members]
    if max(found) > 100:
        raise ValueError(notation)
    return found


def laid(tones: Tones, inks: Inks) -> ProcessColour:
    """The tones on the plates used while pages are made; a job in black alone has no second ink."""
    on = {"Black": tones.black, inks.second: tones.second} if inks.second else {"Black": tones.black}
    return ProcessColour(*(on.get(plate, 0.0) for plate in PROCESS))


def reduced(colours: Sequence[ProcessColour], press: Press) -> list[ProcessColour]:
    """The colours in the inks of the job. With four inks they stay, within the press's total ink; with fewer they
    become the nearest tones on their plates. Tints that the press cannot print (``least_dot``) become 0. Colours
    already in these inks stay exactly (paper, black and its greys; cyan if cyan is printed).
    """
    made = _reduced(colours, press)
    return [ProcessColour(*(0 if ink < press.least_dot else ink for ink in each.inks)) for each in made]


def _reduced(colours: Sequence[ProcessColour], press: Press) -> list[ProcessColour]:
    if press.inks.kind == "process4":
        return [_within(colour, press.total_ink) for colour in colours]
    nearest = _Nearest(press)
    own = ("Cyan", "Black") if press.inks.kind == "kc" else ("Black",)
    return [
        colour
        if all(ink == 0 or plate in own for plate, ink in zip(PROCESS, colour.inks, strict=True))
        else laid(nearest.tones(look), press.inks)
        for colour, look in zip(colours, looks(colours, press.condition.profile), strict=True)
    ]


def _within(colour: ProcessColour, most: float) -> ProcessColour:
    """The colour with at most ``most`` percent of total ink: black stays, the three others are reduced equally."""
    if colour.total_ink <= most:
        return colour
    share = (most - colour.black) / (colour.total_ink - colour.black)
    cyan, magenta, yellow = (math.floor(ink * share * 10) / 10 for ink in colour.inks[:3])
    return ProcessColour(cyan, magenta, yellow, colour.black)


class _Nearest:
    """Every pair of tones that a press can print, with its look."""

    def __init__(self, press: Press) -> None:
        steps = range(0, 101, _STEP)
        seconds = steps if press.inks.second else (0,)
        # less ink first, so that it wins among equals
        tried = sorted((Tones(second, black) for second in seconds for black in steps), key=_ink)
        fit = [tones for tones in tried if _ink(tones) <= press.total_ink]
        look = press.inks.spot.colour if press.inks.spot else ProcessColour(100, 0, 0, 0)
        self._by_look = list(zip(fit, _shown(fit, look, press.condition.profile), strict=True))

    def tones(self, look: Lab) -> Tones:
        lightness, a, b = look
        return min(
            self._by_look,
            key=lambda each: (
                (_LIGHTNESS * (each[1][0] - lightness)) ** 2 + (each[1][1] - a) ** 2 + (each[1][2] - b) ** 2
            ),
        )[0]


def _ink(tones: Tones) -> float:
    return tones.second + tones.black


def _shown(tones: Iterable[Tones], look: ProcessColour, profile: Path) -> list[Lab]:
    """The look of tones, if the second ink looks like ``look`` in process inks."""
    cyan, magenta, yellow, black = look.inks
    return looks(
        [
            ProcessColour(
                cyan * each.second / 100,
                magenta * each.second / 100,
                yellow * each.second / 100,
                min(100.0, black * each.second / 100 + each.black),
            )
            for each in tones
        ],
        profile,
    )


@cache
def _to_lab(profile: Path) -> ImageCmsTransform:
    """Made once for each profile, because it takes longer than the colours of a drawing."""
    from PIL import ImageCms  # so that only jobs with fewer inks load Pillow

    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return ImageCms.buildTransform(
        profile_at(profile), ImageCms.createProfile("LAB"), "CMYK", "LAB", renderingIntent=intent
    )


def looks(colours: Sequence[ProcessColour], profile: Path) -> list[Lab]:
    """CIE L*a*b* of the inks on their paper (relative colorimetric, ISO 15076-1), through the CMYK output profile."""
    from PIL import Image, ImageCms

    swatches = bytes(round(ink * 2.55) for colour in colours for ink in colour.inks)
    looked = ImageCms.applyTransform(Image.frombytes("CMYK", (len(colours), 1), swatches), _to_lab(profile))
    assert looked is not None  # only None when done in place
    numbers = looked.tobytes()  # eight bits each: L* is 0 to 255, a* and b* are signed
    return [
        (numbers[at] / 2.55, (numbers[at + 1] + 128) % 256 - 128, (numbers[at + 2] + 128) % 256 - 128)
        for at in range(0, len(numbers), 3)
    ]
