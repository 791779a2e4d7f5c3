"""Pictures made from plates: the printed page, a plate in the colour of its ink, and a map of total ink."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from koho_pdf.preflight.plates.plates import Separation
from koho_pdf.preflight.plates.total_ink import mean
from koho_pdf.press.colour import ProcessColour, screen_hex, to_screen
from koho_pdf.press.profile import PROCESS, Press

if TYPE_CHECKING:
    from PIL.Image import Image

_SOLID = {name: ProcessColour(*(100.0 * (name == each) for each in PROCESS)) for name in PROCESS}
_UNKNOWN = ProcessColour(0, 0, 0, 60)
"""The look of a spot colour that the press profile does not know."""

_STEPS = 16
"""The steps of tint in which a plate is shown: so the picture is small, and made in a quarter of the time."""

_LAST = _STEPS - 1
_EVENLY = [round(level * _LAST / 255) for level in range(256)]
_THIN, _THICK, _OVER = (0xF4, 0xF7, 0xF9), (0x23, 0x4B, 0x6B), (0xC8, 0x2A, 0x1E)


def ink_colours(names: Sequence[str], press: Press) -> Mapping[str, str]:
    """The look of each ink on the press's paper, as ``#rrggbb``."""
    return dict(zip(names, screen_hex([_ink(name, press) for name in names], press.condition.profile), strict=True))


def page_picture(separation: Separation, press: Press, half: bool = False) -> Image:
    """The page as its plates print together, in sRGB by the output profile; spots by their look in process inks.
    ``half``: at half the size.
    """
    from PIL import Image, ImageChops, ImageCms

    def plate(name: str) -> Image.Image:
        whole = separation.image(name)
        return whole.reduce(2) if half else whole

    inks = [plate(name) for name in PROCESS]
    for name in separation.plates:
        if name not in PROCESS:
            spot = plate(name)
            shares = [share / 100 for share in _ink(name, press).inks]
            inks = [
                ImageChops.add(ink, spot.point([round(v * share) for v in range(256)]))
                for ink, share in zip(inks, shares, strict=True)
            ]
    shown = ImageCms.applyTransform(Image.merge("CMYK", inks), to_screen(press.condition.profile))
    assert shown is not None  # only None when done in place
    return shown


def plate_picture(separation: Separation, name: str, colour: str, smaller: int = 1) -> Image:
    """One plate, from paper white to ``colour`` (``#rrggbb``) for solid ink, in ``_STEPS`` steps; ``smaller`` by this
    factor.
    """
    solid = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    steps = [tuple(round(255 + (end - 255) * step / _LAST) for end in solid) for step in range(_STEPS)]
    plate = separation.image(name)
    return _stepped((plate.reduce(smaller) if smaller > 1 else plate).point(_EVENLY), steps)


def ink_map(separation: Separation, limit: float, smaller: int = 1) -> Image:
    """Total ink, from pale to dark blue at ``limit`` percent, in ``_STEPS`` steps; anything above is red. If it is two
    or four times ``smaller``, each pixel is the heaviest of those it stands for, so that no place over the limit is
    lost.
    """
    from PIL import Image, ImageChops

    top = round(limit * 2.55 / len(separation.plates), 6)  # of the mean of all plates
    steps = [
        0 if level == 0 else min(_LAST - 1, 1 + int(level * (_LAST - 2) / top)) if level <= top else _LAST
        for level in range(256)
    ]
    shares = [step / (_LAST - 2) for step in range(_LAST - 1)]
    tints = [tuple(round(a + (b - a) * share) for a, b in zip(_THIN, _THICK, strict=True)) for share in shares]
    means = mean(separation)
    while smaller > 1:
        means = means.crop((0, 0, means.width + means.width % 2, means.height + means.height % 2))
        for right, down in ((1, 0), (0, 1)):
            means = ImageChops.lighter(means, ImageChops.offset(means, right, down))
        means = means.resize((means.width // 2, means.height // 2), Image.Resampling.NEAREST)
        smaller //= 2
    return _stepped(means.point(steps), [(255, 255, 255), *tints, _OVER])


def encoded(picture: Image, form: str, width: int | None = None) -> bytes:
    """The picture as a file (``PNG``, ``JPEG``), reduced to ``width`` pixels if it is wider."""
    from PIL import Image

    if width and picture.width > width:
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.convert("RGB").resize((width, height), Image.Resampling.BOX)
    target = BytesIO()
    if form == "JPEG":
        picture.convert("RGB").save(target, form, quality=90 if width else 85, subsampling=0)
    elif picture.mode == "P":
        picture.save(target, form, bits=4, compress_level=1)
    else:
        picture.save(target, form)
    return target.getvalue()


def _ink(name: str, press: Press) -> ProcessColour:
    spot = press.inks.spot
    if spot and spot.name == name:
        return spot.colour
    return _SOLID.get(name, _UNKNOWN)


def _stepped(steps: Image, colours: Sequence[tuple[int, ...]]) -> Image:
    """A picture with few colours; pixels are indexes into ``colours``, so each needs only four bits."""
    from PIL import Image

    picture = Image.frombuffer("P", steps.size, steps.tobytes(), "raw", "P", 0, 1)
    picture.putpalette([part for colour in colours for part in colour])
    return picture
