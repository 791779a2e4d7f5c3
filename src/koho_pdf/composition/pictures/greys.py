"""Greys as inks: as light on paper as they are on a screen, by the output profile.

Numbers of a screen's grey are no percentages of ink: sRGB 128 is L* 54, and K 50 % on coated paper L* 65. Lights and
middle tones get the L* they have on the screen, paper being white (relative colorimetric, ISO 15076-1). Black ink alone
is no deep black (L* 17 on coated paper, 48 on newsprint): towards it the shadows bend, so that none closes up.
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

_DEPTH, _BODY = 1.7, 0.72  # of a duotone: black keeps to the shadows, the second ink carries the middle tones
_KNEE = 45.0  # L*: where shadows begin to bend; twice that of the darkest ink where that is more
_STEPS = range(256)


def of_black(profile: Path) -> list[int]:
    """For each grey of a screen (0 black to 255 white) the sample of ``DeviceGray`` that prints as light."""
    ramp = [ProcessColour(0, 0, 0, 100 * ink / 255) for ink in _STEPS]
    return [255 - ink for ink in _inks_of(tuple(ramp), profile)]


def of_two(profile: Path, spot: Spot | None) -> tuple[list[int], list[int]]:
    """For each grey of a screen how much of black, and how much of the second ink, print as light together.

    The curve of black is steep, that of the other full-bodied, so that lights stay clear and shadows deep. A ``spot``
    is as dark as its look in process inks.
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
    """For each grey of a screen the place in a ramp from no ink to full that is as light; ends stay ends."""
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
    """L* of paper for L* of a screen: the same from the knee up, below it a curve that ends at the darkest ink."""
    knee = min(100.0, max(_KNEE, 2 * darkest))
    if lightness >= knee:
        return lightness
    return darkest + (1 - 2 * darkest / knee) * lightness + darkest * (lightness / knee) ** 2


def _lightness(value: float) -> float:
    """L* of a grey of sRGB (IEC 61966-2-1; CIE 15, 8.2.1.1)."""
    light = value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
    return float(116 * light ** (1 / 3) - 16) if light > 216 / 24389 else light * 24389 / 27


def is_ink(own: ImageCmsProfile | None) -> bool:
    """Whether the numbers of a grey are ink already: its profile is a printer's (dot gain), not a screen's."""
    return own is not None and of_grey(own) and own.profile.device_class == "prtr"


def of_grey(own: ImageCmsProfile) -> bool:
    """Whether a profile speaks of greys."""
    return bool(own.profile.xcolor_space.strip() == "GRAY")


def as_screen(grey: Image, own: ImageCmsProfile) -> Image:
    """A grey (``L``, ``LA``) that has a profile of greys of its own, on sRGB's curve."""
    from PIL import Image, ImageCms

    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    screen = ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(own, screen, "L", "RGB", renderingIntent=intent, flags=flags)
    shown = ImageCms.applyTransform(Image.frombytes("L", (256, 1), bytes(_STEPS)), transform)
    assert shown is not None  # only None when done in place
    curve = list(shown.getchannel(1).tobytes())
    return grey.point(curve if grey.mode == "L" else [*curve, *_STEPS])
