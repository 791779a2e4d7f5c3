"""Process colours as a layout writes them, and as a screen shows them.

A layout only writes inks: ``C/M/Y/K`` in percent. Print gets exactly these (``device-cmyk()``, CSS Color 5). The screen
edition and the web page get the look of these inks on paper, through the output profile (ISO 15076-1), relative
colorimetric with black-point compensation, so that print and screen agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsProfile, ImageCmsTransform

NOTATION = "/".join([r"\d+(?:\.\d+)?"] * 4)
"""The pattern of a colour in a file."""


@dataclass(frozen=True, slots=True)
class ProcessColour:
    """Cyan, magenta, yellow and black in percent of full ink (0 to 100)."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def inks(self) -> tuple[float, float, float, float]:
        return self.cyan, self.magenta, self.yellow, self.black

    @property
    def total_ink(self) -> float:
        """総インキ量 in percent."""
        return sum(self.inks)

    def device_cmyk(self) -> str:
        """As CSS Color 5 writes it."""
        return "device-cmyk({} {} {} {})".format(*(f"{ink / 100:g}" for ink in self.inks))


def parse_colour(notation: str) -> ProcessColour:
    """``90/85/40/40`` -> a colour.

    Raises ValueError when it is not four percentages from 0 to 100.
    """
    notation = notation.strip()
    inks = [float(ink) for ink in notation.split("/")] if re.fullmatch(NOTATION, notation) else []
    if not inks or max(inks) > 100:
        raise ValueError(notation)
    return ProcessColour(*inks)


def screen_hex(colours: Iterable[ProcessColour], profile: Path) -> list[str]:
    """The look of the inks in sRGB, each as ``#rrggbb``; ``profile`` is the CMYK output profile (ICC)."""
    from PIL import Image, ImageCms  # so that only screen editions load Pillow

    inks = [tuple(round(ink * 2.55) for ink in colour.inks) for colour in colours]
    swatches = Image.frombytes("CMYK", (len(inks), 1), bytes(value for ink in inks for value in ink))
    shown = ImageCms.applyTransform(swatches, to_screen(profile))
    assert shown is not None  # only None when done in place
    return [f"#{shown.tobytes()[i : i + 3].hex()}" for i in range(0, 3 * len(inks), 3)]


def profile_at(path: Path) -> ImageCmsProfile:
    """An ICC profile. We read the file ourselves, because LittleCMS does not find names in another encoding."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(BytesIO(path.read_bytes()))


@cache
def to_screen(profile: Path) -> ImageCmsTransform:
    """The conversion from the inks of an output profile to sRGB."""
    return _to_screen(profile.read_bytes())


@lru_cache(maxsize=8)
def _to_screen(profile: bytes) -> ImageCmsTransform:
    """Made once for each profile, because it takes as long as a small page."""
    from PIL import ImageCms

    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
