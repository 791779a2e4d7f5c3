"""Greys as inks: as light on paper as on a screen, by the output profile.

A screen's grey values are not percentages of ink: sRGB 128 is L* 54, and K 50 % on coated paper is L* 65. Lights and
middle tones get the L* they have on the screen, with paper as white (relative colorimetric, ISO 15076-1). Black ink
alone is not a deep black (L* 17 on coated paper, 48 on newsprint), so the shadows are compressed towards it and stay
distinct.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.inks import looks
from koho_pdf.press.profile import Spot

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile

_DEPTH, _BODY = 1.7, 0.72  # in a duotone black is for the shadows, and the second ink carries the middle tones
_KNEE = 45.0  # L* below which shadows are compressed; twice that of the darkest ink if that is more
_STEPS = range(256)


def of_black(profile: Path) -> list[int]:
    """For each grey of a screen (0 black to 255 white) the ``DeviceGray`` sample that prints equally light."""
    ramp = [ProcessColour(0, 0, 0, 100 * ink / 255) for ink in _STEPS]
    return [255 - ink for ink in _inks_of(tuple(ramp), profile)]


def of_two(profile: Path, spot: Spot | None) -> tuple[list[int], list[int]]:
    """For each grey of a screen the amounts of black and of the second ink that together print equally light. The curve
    of black is steep and that of the other ink full, so that lights stay clear and shadows deep. A ``spot`` is as dark
    as its look in process inks.
    """
    black = [round(255 * (ink / 255) ** _DEPTH) for ink in _STEPS]
    under = [round(255 * _BODY * ink / 255) for ink in _STEPS]
    cyan, magenta, yellow, dark = spot.colour.inks if spot else (100.0, 0.0, 0.0, 0.0)
    shares = [(body / 255, 100 * ink / 255) for ink, body in zip(black, under, strict=True)]
    ramp = tuple(ProcessColour(cyan * of, magenta * of, yellow * of, min(100.0, dark * of + ink)) for of, ink in shares)
    found = _inks_of(ramp, profile)
    return [black[ink] for ink in found], [under[ink] for ink in found]


@cache
def _inks_of(ramp: tuple[ProcessColour, ...], profile: Path) -> tuple[int, ...]:
    """For each grey of a screen the equally light place in a ramp from no ink to full ink; the ends stay fixed."""
    falling = [lightness for lightness, _, _ in looks(ramp, profile)]
    for place in _STEPS[1:]:
        falling[place] = min(falling[place], falling[place - 1])
    rising = [-each for each in falling]
    found = []
    for grey in _STEPS:
        wanted = _bent(_lightness(grey / 255), falling[-1])
        at = min(bisect_left(rising, -wanted), 255)
        nearer = at and abs(falling[at - 1] - wanted) <= abs(falling[at] - wanted)
        found.append(at - 1 if nearer else at)
    return (255, *found[1:-1], 0)


def _bent(lightness: float, darkest: float) -> float:
    """L* on paper for L* on a screen: the same above the knee, below it a curve down to the darkest ink."""
    knee = min(100.0, max(_KNEE, 2 * darkest))
    if lightness >= knee:
        return lightness
    return darkest + (1 - 2 * darkest / knee) * lightness + darkest * (lightness / knee) ** 2


def _lightness(value: float) -> float:
    """L* of a grey of sRGB (IEC 61966-2-1; CIE 15, 8.2.1.1)."""
    light = value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
    return float(116 * light ** (1 / 3) - 16) if light > 216 / 24389 else light * 24389 / 27


def is_ink(own: ImageCmsProfile | None) -> bool:
    """Whether the values of a grey are already ink: its profile is a printer's (dot gain), not a screen's."""
    return own is not None and of_grey(own) and own.profile.device_class == "prtr"


def of_grey(own: ImageCmsProfile) -> bool:
    """Whether a profile is for greys."""
    return bool(own.profile.xcolor_space.strip() == "GRAY")


def as_screen(grey: Image, own: ImageCmsProfile) -> Image:
    """A grey (``L``, ``LA``) with a grey profile of its own, converted to sRGB's curve."""
    from PIL import Image, ImageCms

    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    screen = ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(own, screen, "L", "RGB", renderingIntent=intent, flags=flags)
    shown = ImageCms.applyTransform(Image.frombytes("L", (256, 1), bytes(_STEPS)), transform)
    assert shown is not None  # only None when done in place
    curve = list(shown.getchannel(1).tobytes())
    return grey.point(curve if grey.mode == "L" else [*curve, *_STEPS])
