"""Drawings (logos) as an edition shows them: SVG in the inks of the job, or in sRGB for a screen.

Inks stay inks; they are made lighter if the press takes less, and reduced if the job has fewer than four. A screen
colour is converted by the output profile, like the layout's colours and photographs; greys become black ink alone. A
colour as dark and grey as black ink (RGB 0 0 0, Illustrator's #231815, rich black, registration) becomes black ink
alone, so that thin lines are on one plate and may overprint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.composition.pictures import greys
from koho_pdf.composition.pictures import print_pictures as photographs
from koho_pdf.composition.pictures import screen_pictures as pictures
from koho_pdf.composition.pictures.screen_pictures import srgb, transform_of
from koho_pdf.media.drawings import drawing_of, is_drawing
from koho_pdf.media.line_art import Drawing, inks_of
from koho_pdf.press.colour import ProcessColour, profile_at, screen_hex
from koho_pdf.press.inks import looks, reduced
from koho_pdf.press.profile import Press

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsTransform

_BLACK = ProcessColour(0, 0, 0, 100)
_AS_DARK, _AS_GREY = 2.0, 8.0  # limits for a dark colour to count as black: L* above that of black ink, and chroma
_SCREEN_BLACK = 16.0  # the same limit for screen colours, in L*: Illustrator shows K100 as #231815, L* 9


def shown_file(path: Path, profile: Path, largest: int | None = None) -> bytes:
    """A picture of either kind for a screen: ``screen_pictures.shown``, or a drawing as SVG."""
    if is_drawing(path.name):
        return on_screen(drawing_of(path.read_bytes()), profile)
    return pictures.shown(path, profile, largest)


def size_of_file(path: Path) -> tuple[float, float]:
    """The width and height of a picture of either kind, in pixels."""
    if is_drawing(path.name):
        drawing = drawing_of(path.read_bytes())
        return drawing.width, drawing.height
    return photographs.size_of(path)


def in_inks(drawing: Drawing, press: Press) -> bytes:
    """The drawing as SVG, every colour as ``device-cmyk()`` in the inks of the job.

    Two colours that have the same inks are written with a different number of blanks, so that a screen can tell them
    apart (``recoloured``); blanks change no ink.
    """
    colours = drawing.colours
    if not colours:
        return drawing.written()
    made = reduced(_process(colours, press.condition.profile), press)
    laid: dict[str, str] = {}
    alike = Counter[str]()
    for colour, inks in zip(colours, made, strict=True):
        written = inks.device_cmyk()
        laid[colour] = f"{written[:-1]}{' ' * alike[written]})"
        alike[written] += 1
    return drawing.written(laid.__getitem__)


def on_screen(drawing: Drawing, profile: Path) -> bytes:
    """The drawing as SVG in sRGB; inks are converted by the output profile."""
    inks = [colour for colour in drawing.colours if inks_of(colour)]
    looked = screen_hex([_percent(inks_of(each) or ()) for each in inks], profile) if inks else []
    shown = dict(zip(inks, looked, strict=True))
    return drawing.written(lambda colour: shown.get(colour, colour))


def _percent(inks: Sequence[float]) -> ProcessColour:
    cyan, magenta, yellow, black = (100 * each for each in inks)
    return ProcessColour(cyan, magenta, yellow, black)


def _process(colours: Sequence[str], profile: Path) -> list[ProcessColour]:
    """Each colour in four inks, blacks as black ink alone."""
    from PIL import Image, ImageCms

    separating, seeing = _transforms(profile)
    light = [bytes.fromhex(each[1:]) if each.startswith("#") else b"\0\0\0" for each in colours]
    strip = Image.frombytes("RGB", (len(light), 1), b"".join(light))
    inks, lab = (ImageCms.applyTransform(strip, each) for each in (separating, seeing))
    assert inks is not None  # only None when done in place
    assert lab is not None
    separated, seen = inks.tobytes(), lab.tobytes()
    of_grey = greys.of_black(profile)
    made: list[ProcessColour] = []
    for at, colour in enumerate(colours):
        if own := inks_of(colour):
            made.append(_percent(own))
            continue
        lightness, a, b = seen[3 * at] / 2.55, *((each + 128) % 256 - 128 for each in seen[3 * at + 1 : 3 * at + 3])
        if lightness <= _SCREEN_BLACK and hypot(a, b) <= _AS_GREY:
            made.append(_BLACK)
        elif len(set(light[at])) == 1:
            made.append(ProcessColour(0, 0, 0, round((255 - of_grey[light[at][0]]) / 2.55, 1)))
        else:
            made.append(_percent([each / 255 for each in separated[4 * at : 4 * at + 4]]))
    return _blacks(made, profile)


@cache
def _transforms(profile: Path) -> tuple[ImageCmsTransform, ImageCmsTransform]:
    """From sRGB into the inks of a profile, as photographs are converted, and into CIE L*a*b*; made once."""
    from PIL import ImageCms

    to_lab = ImageCms.buildTransform(srgb(), ImageCms.createProfile("LAB"), "RGB", "LAB")
    return transform_of(srgb(), profile_at(profile), "RGB", "CMYK"), to_lab


def _blacks(inks: list[ProcessColour], profile: Path) -> list[ProcessColour]:
    darkest, *looked = looks([_BLACK, *inks], profile)
    return [
        _BLACK if lightness <= darkest[0] + _AS_DARK and hypot(a, b) <= _AS_GREY else each
        for each, (lightness, a, b) in zip(inks, looked, strict=True)
    ]
