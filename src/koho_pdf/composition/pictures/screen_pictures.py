"""Pictures upright and in sRGB, for screens. For print: ``print_pictures``.

LittleCMS converts, relative colorimetric with black-point compensation. A picture's own profile is used; without one,
RGB is taken for sRGB and CMYK for the output profile's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.composition.pictures import greys
from koho_pdf.media.pixels import is_large_jpeg, opened, orientation, own_profile
from koho_pdf.press.colour import profile_at

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile, ImageCmsTransform

_MOST_SHOWN = 12_000_000  # pixels for a screen: A4 at 350 per inch
_BAND = 1_000_000  # pixels that are processed at once
_REACH = 4  # pixels of the result that the filter needs beyond a band (Lanczos: 3)


def shown(path: Path, profile: Path, largest: int | None = None) -> bytes:
    """The picture at ``path`` for a screen: sRGB or grey, without the camera's notes (EXIF: when, where, with what).

    ``profile`` is the CMYK output profile; ``largest`` is the most pixels in width and height. A JPEG stays a JPEG,
    everything else becomes PNG.
    """
    picture, own = upright(path, _MOST_SHOWN, _MOST_SHOWN)
    if picture.mode == "1":
        picture = picture.convert("L")
    screen = srgb()
    if own and greys.of_grey(own):
        picture, own = greys.as_screen(picture, own), None
    if picture.mode == "CMYK":
        picture = converted(picture, own or profile_at(profile), screen, "RGB")
    elif picture.mode != "L":
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture = converted(picture, own, screen, picture.mode) if own else picture
    if largest:
        picture.thumbnail((largest, largest))
    return _bytes(picture, "JPEG" if path.suffix.lower() in (".jpg", ".jpeg") else "PNG")


def upright(path: Path, colours: int = 20_000_000, greys: int = 100_000_000) -> tuple[Image, ImageCmsProfile | None]:
    """The picture upright, with eight bits for each colour (or one bit in all), and its own profile if that fits. A
    picture with more pixels than ``most`` is reduced to that; the default, for colours, is A3 with bleed at 315 per
    inch.
    """
    from PIL import ImageOps

    with opened(path) as source:
        turned, own = orientation(source), own_profile(source)[0]
        if is_large_jpeg(source):
            source.draft(source.mode, (source.width // 2, source.height // 2))
        picture = _brought_down(source, greys if source.mode in ("1", "L") else colours)
        if turned != 1:
            picture = ImageOps.exif_transpose(picture)
        picture.load()
    return _eight_bits(picture), own


def _eight_bits(picture: Image) -> Image:
    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.convert("I").point(lambda value: value * (1 / 256))
    return picture.convert("L") if picture.mode in ("I", "F") else picture


def _brought_down(picture: Image, most: int) -> Image:
    """The picture reduced to ``most`` pixels, in bands, so that memory holds only the original and the result."""
    from PIL import Image

    if picture.width * picture.height <= most:
        return picture
    small = sqrt(most / (picture.width * picture.height))
    width, height = max(1, int(picture.width * small)), max(1, int(picture.height * small))
    clear = picture.has_transparency_data
    made: Image.Image | None = None
    rows = max(1, _BAND // width)
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        first, last = top * picture.height / height, bottom * picture.height / height
        above, below = max(0, int(first - _REACH / small)), min(picture.height, int(last + _REACH / small) + 1)
        band = _eight_bits(picture.crop((0, above, picture.width, below)))
        if band.mode not in ("L", "CMYK"):
            band = band.convert("L" if band.mode == "1" else "RGBA" if clear else "RGB")
        box = (0, first - above, picture.width, last - above)
        fitted = band.resize((width, bottom - top), Image.Resampling.LANCZOS, box)
        if made is None:
            made = Image.new(fitted.mode, (width, height))
            made.info = {key: value for key, value in picture.info.items() if key == "exif"}
        made.paste(fitted, (0, top))
    assert made is not None
    return made


def bands(picture: Image) -> Iterator[Image]:
    """The picture from top to bottom in strips of a million pixels; itself if it has no more."""
    rows = max(1, _BAND // picture.width)
    if rows >= picture.height:
        yield picture
        return
    for top in range(0, picture.height, rows):
        yield picture.crop((0, top, picture.width, min(picture.height, top + rows)))


def by_bands(picture: Image, mode: str, work: Callable[[Image], Image]) -> Image:
    """The result of ``work`` on the picture in ``mode``, strip by strip, so that it needs little memory."""
    from PIL import Image

    made, top = Image.new(mode, picture.size), 0
    for band in bands(picture):
        if band is picture:
            return work(picture)
        made.paste(work(band), (0, top))
        top += band.height
    return made


def on_paper(picture: Image) -> Image:
    """The picture on paper white in place of its alpha channel, if print cannot be transparent (ISO 15930-4)."""
    from PIL import Image

    mode = "L" if picture.mode == "LA" else "RGB"

    def laid(band: Image.Image) -> Image.Image:
        return Image.alpha_composite(Image.new("RGBA", band.size, "white"), band.convert("RGBA")).convert(mode)

    return by_bands(picture, mode, laid)


def srgb() -> ImageCmsProfile:
    """The colours of screens (IEC 61966-2-1)."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def transform_of(source: ImageCmsProfile, target: ImageCmsProfile, mode: str, target_mode: str) -> ImageCmsTransform:
    """Relative colorimetric with black-point compensation (ISO 15076-1)."""
    from PIL import ImageCms

    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    return ImageCms.buildTransform(source, target, mode, target_mode, renderingIntent=intent, flags=flags)


def converted(picture: Image, source: ImageCmsProfile, target: ImageCmsProfile, mode: str) -> Image:
    """The picture in the colours of another profile (``transform_of``)."""
    from PIL import ImageCms

    transform = transform_of(source, target, picture.mode, mode)

    def applied(band: Image) -> Image:
        made = ImageCms.applyTransform(band, transform)
        assert made is not None  # only None when done in place
        return made

    return by_bands(picture, mode, applied)


def _bytes(picture: Image, form: str) -> bytes:
    """The pixels and nothing else: profiles and notes are left out."""
    target = BytesIO()
    picture.info = {}
    if form == "JPEG":
        picture.save(target, "JPEG", quality=92, subsampling=0)
    else:
        picture.save(target, "PNG")
    return target.getvalue()
