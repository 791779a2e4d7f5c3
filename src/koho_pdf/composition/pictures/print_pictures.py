"""Pictures as a job prints them: in its inks, no finer than the press can use, encoded once.

RGB becomes inks by LittleCMS, relative colorimetric with black-point compensation, within the press's total ink. Greys
go to the black plate, as light as they were (``greys``); greys with a printer's profile (dot gain) are already ink,
like CMYK, and stay as they are. One bit stays one bit; a JPEG in the job's inks that needs no change is not coded
again. With fewer than four inks, a colour picture becomes a duotone of black and the second ink, or a grey. Transparent
parts stay transparent, so that the ground shows; if the standard has no transparency (PDF/X-1a) they become paper.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.composition.pictures import greys
from koho_pdf.composition.pictures.screen_pictures import bands, by_bands, converted, on_paper, srgb, upright
from koho_pdf.media.jpeg import START, bare
from koho_pdf.media.pixels import is_large_jpeg, opened, orientation, own_profile
from koho_pdf.press.colour import profile_at
from koho_pdf.press.profile import PROCESS, Press

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile

_VERSION = "5"  # version of the code below, part of the cache key
_KEPT = 400  # pictures in the cache; an issue of 32 pages has about sixty
_ROOM = range(0, 41, 4)  # percent of total ink that a JPEG is kept below the limit: just enough


@dataclass(frozen=True, slots=True)
class Printed:
    """A picture as PDF holds it (ISO 32000-1, 8.9.5): ``inverted`` samples are 0 for full ink, as in Adobe's JPEGs;
    ``mask`` holds those of its soft mask (11.6.5.3), eight bits, deflated; empty if all of it is opaque.
    """

    width: int
    height: int
    space: str
    bits: int
    filter: str
    inverted: bool
    samples: bytes
    mask: bytes = b""


def size_of(path: Path) -> tuple[int, int]:
    """Width and height in pixels of the upright picture, from its header. Raises OSError if it is not a picture."""
    with opened(path) as picture:
        width, height = picture.size
        return (height, width) if orientation(picture) >= 5 else (width, height)


def printed(path: Path, press: Press, ppi: float, cache: Path) -> Printed:
    """The picture at ``path`` for ``press``; if ``ppi`` is more than the press wants, it is reduced to that. Made once
    for each content, press and size, and kept in ``cache``: two builds at once make the same bytes, and the later
    rename wins.
    """
    digest, is_jpeg = _sum_of(path)
    look = press.inks.spot.colour.inks if press.inks.spot else ()
    job = (
        press.inks.kind,
        press.inks.second,
        look,
        press.total_ink,
        press.continuous.most,
        press.bitmap.most,
        press.least_dot,
        keeps_clear(press),
    )
    profile = hashlib.sha256(press.condition.profile.read_bytes()).hexdigest()
    wanted = repr((_VERSION, digest, job, profile, round(ppi, 3)))
    kept = cache / "pictures" / f"{hashlib.sha256(wanted.encode()).hexdigest()[:24]}.plates"
    if kept.is_file():
        kept.touch()
        head, _, held = kept.read_bytes().partition(b"\n")
        told = json.loads(head)
        of_mask = told.pop("of_mask")
        return Printed(**told, samples=held[: len(held) - of_mask], mask=held[len(held) - of_mask :])
    made = _as_it_is(path, press, ppi)
    if made is None:
        picture, own = _fitted(path, press, ppi)
        alpha = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
        picture = picture.convert(picture.mode[:-1]) if alpha else picture
        inks = _printable(_in_inks(picture, own, press), press.least_dot)
        made = _coded(inks, press.total_ink) if is_jpeg else _packed(inks, alpha)
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}.part")
    told = {name: value for name, value in asdict(made).items() if name not in ("samples", "mask")}
    told["of_mask"] = len(made.mask)
    unfinished.write_bytes(json.dumps(told).encode() + b"\n" + made.samples + made.mask)
    unfinished.replace(kept)
    for old in sorted(kept.parent.glob("*.plates"), key=_age)[:-_KEPT]:
        old.unlink(missing_ok=True)
    return made


def _sum_of(path: Path) -> tuple[str, bool]:
    """The SHA-256 of a picture's file, and whether it is a JPEG."""
    content = path.read_bytes()
    return hashlib.sha256(content).hexdigest(), content.startswith(START)


def _age(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # another build has just deleted it
        return 0


def _as_it_is(path: Path, press: Press, ppi: float) -> Printed | None:
    """The coded data of a JPEG that is already in the job's inks, upright, and not finer or heavier than the press
    takes. None for any other. Inks without the Adobe marker may have either polarity, so they are coded again.
    """
    with opened(path) as picture:
        own = (picture.mode == "L" and greys.is_ink(own_profile(picture)[0])) or (
            picture.mode == "CMYK" and press.inks.kind == "process4" and "adobe" in picture.info
        )
        if picture.format != "JPEG" or not own or orientation(picture) != 1 or ppi > press.continuous.most:
            return None
        if picture.mode == "CMYK" and (is_large_jpeg(picture) or limited(picture, press.total_ink) is not picture):
            return None
        space = "DeviceCMYK" if picture.mode == "CMYK" else "DeviceGray"
        try:
            samples = bare(path.read_bytes())
        except ValueError:
            return None
        return Printed(*picture.size, space, 8, "DCTDecode", picture.mode == "CMYK", samples)


def keeps_clear(press: Press) -> bool:
    """Whether transparent parts of a picture may stay: PDF/X-1a has no transparency (ISO 15930-4, 6.13)."""
    return press.standard != "PDF/X-1a:2003"


def _flat(path: Path, clear: bool) -> tuple[Image, ImageCmsProfile | None]:
    """The picture as one bit, grey, RGB or CMYK, and its profile; RGB that is all grey becomes grey. Transparent parts
    are an alpha channel (``LA``, ``RGBA``) if they may stay ``clear``, otherwise paper.
    """
    from PIL import Image

    picture, own = upright(path)
    alpha = None
    if picture.has_transparency_data:
        alpha = picture.convert("RGBA").getchannel("A") if clear else None
        picture = picture.convert("L" if picture.mode == "LA" else "RGB") if alpha else on_paper(picture)
    if picture.mode not in ("1", "L", "CMYK"):
        picture = picture if picture.mode == "RGB" else picture.convert("RGB")
        if not any(_has_hue(band) for band in bands(picture)):
            picture = converted(picture, own, srgb(), "RGB").convert("L") if own else picture.getchannel(0)
            own = None
    if alpha is None or alpha.getextrema() == (255, 255):
        return picture, own
    return Image.merge("LA" if picture.mode == "L" else "RGBA", [*picture.split(), alpha]), own


def _has_hue(picture: Image) -> bool:
    from PIL import ImageChops

    red, green, blue = picture.split()
    return any(ImageChops.difference(red, other).getextrema() != (0, 0) for other in (green, blue))


def _fitted(path: Path, press: Press, ppi: float) -> tuple[Image, ImageCmsProfile | None]:
    """The picture, not finer than the press can use, if its file would be printed at ``ppi``."""
    from PIL import Image

    picture, own = _flat(path, keeps_clear(press))
    ppi *= picture.width / size_of(path)[0]
    most = press.bitmap.most if picture.mode == "1" else press.continuous.most
    if ppi <= most:
        return picture, own
    size = max(1, round(picture.width * most / ppi)), max(1, round(picture.height * most / ppi))
    if picture.mode != "1":
        return picture.resize(size, Image.Resampling.LANCZOS), own
    grey = picture.convert("L").resize(size, Image.Resampling.LANCZOS)
    return grey.point(lambda value: 255 * (value > 127)).convert("1", dither=Image.Dither.NONE), own


def _in_inks(picture: Image, own: ImageCmsProfile | None, press: Press) -> Image:
    if picture.mode == "1" or (picture.mode == "L" and greys.is_ink(own)):
        return picture
    profile = press.condition.profile
    if picture.mode == "L":
        return (greys.as_screen(picture, own) if own else picture).point(greys.of_black(profile))
    inks = profile_at(profile)
    if press.inks.kind == "process4":
        separated = picture if picture.mode == "CMYK" else converted(picture, own or srgb(), inks, "CMYK")
        return limited(separated, press.total_ink)
    if picture.mode == "CMYK" or own:
        picture = converted(picture, own or inks, srgb(), "RGB")
    grey = picture.convert("L")
    return limited(_duotone(grey, press), press.total_ink) if press.inks.second else grey.point(greys.of_black(profile))


def _printable(picture: Image, least_dot: float) -> Image:
    """A picture without dots that are too small to print: they print unevenly, and stain white paper."""
    if picture.mode == "1" or not least_dot:
        return picture
    kept = [0 if level < least_dot * 2.55 else level for level in range(256)]
    if picture.mode == "CMYK":
        return picture.point(kept * 4)
    return picture.point([255 - kept[255 - level] for level in range(256)])


def _duotone(grey: Image, press: Press) -> Image:
    """Black and the second ink, together as light as the grey."""
    from PIL import Image

    black, under = greys.of_two(press.condition.profile, press.inks.spot)
    on = {"Black": grey.point(black), press.inks.second: grey.point(under)}
    return Image.merge("CMYK", [on.get(plate) or Image.new("L", grey.size) for plate in PROCESS])


def limited(picture: Image, total_ink: float) -> Image:
    """A CMYK picture with at most ``total_ink`` percent of ink everywhere: black stays, the others are reduced equally.
    The picture itself if it is within the limit.
    """
    if all(float(_share(band, total_ink).getextrema()[0]) >= 1 for band in bands(picture)):  # type: ignore[arg-type]
        return picture
    return by_bands(picture, "CMYK", lambda band: _held(band, total_ink))


def _share(picture: Image, total_ink: float) -> Image:
    """The share of the three colours that may stay, pixel by pixel; 1.0 is all."""
    from PIL import ImageMath

    most = total_ink * 2.55

    def left(names: dict[str, object]) -> object:
        room = names["max"](most - names["k"], 0)  # type: ignore[operator]
        used = names["c"] + names["m"] + names["y"]  # type: ignore[operator]
        return names["min"](room / names["max"](used, 1), 1.0)  # type: ignore[operator]

    floats = {name: band.convert("F") for name, band in zip("cmyk", picture.split(), strict=True)}
    share: Image = ImageMath.lambda_eval(lambda args: left(args), **floats)
    return share


def _held(picture: Image, total_ink: float) -> Image:
    from PIL import Image, ImageMath

    share = _share(picture, total_ink)
    *colours, black = picture.split()
    made = [
        ImageMath.lambda_eval(lambda args: args["band"] * args["share"], band=band.convert("F"), share=share)
        for band in colours
    ]
    return Image.merge("CMYK", [*(band.convert("L") for band in made), black])


def _packed(picture: Image, alpha: Image | None = None) -> Printed:
    """A picture packed without loss, with the transparency of ``alpha``."""
    space, bits = "DeviceCMYK" if picture.mode == "CMYK" else "DeviceGray", 1 if picture.mode == "1" else 8
    held = (zlib.compress(each.tobytes(), 9) if each else b"" for each in (picture, alpha))
    return Printed(*picture.size, space, bits, "FlateDecode", False, *held)


def _coded(picture: Image, total_ink: float) -> Printed:
    """A picture that came as a JPEG, coded as a JPEG again, all colours at full resolution. Coding changes every ink a
    little: at the limit a few pixels would come out up to 8 % over it. So the limit is lowered until none does.
    """
    space = "DeviceCMYK" if picture.mode == "CMYK" else "DeviceGray"
    for room in _ROOM:
        target = BytesIO()
        held = limited(picture, total_ink - room) if picture.mode == "CMYK" else picture
        held.info = {}
        held.save(target, "JPEG", quality=95, subsampling=0)
        if picture.mode != "CMYK":
            break
        with opened(target) as decoded:
            if limited(decoded, total_ink) is decoded:
                break
    return Printed(*picture.size, space, 8, "DCTDecode", picture.mode == "CMYK", target.getvalue())
