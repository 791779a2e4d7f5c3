"""Screen colours as inks: the way back from what a drawing program shows to what a press prints.

Relative colorimetric with black-point compensation (ISO 15076-1), as the way to the screen is (``colour.py``), so that
a page shown from the inks looks like the drawing. Greys become black alone: four inks under a grey line never stand
quite on each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from koho_pdf.press.colour import ProcessColour, profile_at, screen_hex
from koho_pdf.press.inks import looks, reduced
from koho_pdf.press.profile import Press

_GREY = 5  # of 255: red, green and blue no further apart are a grey
FAR = 6.0
"""A colour difference ΔE above which inks do not make the colour."""
_TRACE = 2  # percent: less of an ink than this is not seen, and printed unevenly

RGB = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Separated:
    """A screen colour (``#rrggbb``), the inks that look most like it, how they look on a screen, and how far that is
    from it: CIE76 colour difference ΔE; about 2 can just be seen, and above ``FAR`` the inks cannot make the colour.
    """

    screen: str
    inks: ProcessColour
    shown: str
    difference: float


def separated(colours: Sequence[RGB], press: Press) -> list[Separated]:
    """The colours in process inks of the press, in whole percent and within its total ink."""
    if not colours:
        return []
    from PIL import Image, ImageCms

    profile = press.condition.profile
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        profile_at(profile),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    swatches = Image.frombytes("RGB", (len(colours), 1), bytes(value for colour in colours for value in colour))
    inked = ImageCms.applyTransform(swatches, transform)
    assert inked is not None  # only None when done in place
    values = inked.tobytes()
    blacks = looks([ProcessColour(0, 0, 0, black) for black in range(101)], profile)
    made = []
    for at, colour in enumerate(colours):
        if max(colour) - min(colour) <= _GREY:
            lightness = _lab(colour)[0]
            made.append(ProcessColour(0, 0, 0, min(range(101), key=lambda black: abs(blacks[black][0] - lightness))))
        else:
            inks = [round(value / 2.55) for value in values[4 * at : 4 * at + 4]]
            made.append(ProcessColour(*(0 if ink < _TRACE else ink for ink in inks)))
    if press.inks.kind == "process4":
        made = reduced(made, press)
    shown = screen_hex(made, profile)
    return [
        Separated("#{:02x}{:02x}{:02x}".format(*colour), inks, look, math.dist(_lab(colour), _lab(_rgb(look))))
        for colour, inks, look in zip(colours, made, shown, strict=True)
    ]


def _rgb(code: str) -> RGB:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def _lab(colour: RGB) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of an sRGB colour (IEC 61966-2-1)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in colour)
    )
    white = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    fx, fy, fz = (math.cbrt(part) if part > 0.008856 else 7.787 * part + 16 / 116 for part in white)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
