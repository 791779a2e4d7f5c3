"""Pictures as they were held, and as screens show them: in sRGB. How they are printed: ``photographs``.

Conversions are LittleCMS's, relative colorimetric with black-point compensation. A picture's own profile is honoured;
where there is none, RGB is sRGB and CMYK is the output profile's.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile


def shown(path: Path, profile: Path, largest: int | None = None) -> bytes:
    """The picture at ``path`` for a screen: sRGB or grey, without the camera's notes (EXIF: when, where, with what).

    ``profile`` is the CMYK output profile; ``largest`` is how many pixels wide and high it may be. A JPEG stays a
    JPEG, everything else becomes PNG.
    """
    from PIL import ImageCms

    picture, own = upright(path)
    if picture.mode == "1":
        picture = picture.convert("L")
    screen = srgb()
    if picture.mode == "CMYK":
        picture = converted(picture, own or ImageCms.ImageCmsProfile(str(profile)), screen, "RGB")
    elif picture.mode != "L":
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture = converted(picture, own, screen, picture.mode) if own else picture
    if largest:
        picture.thumbnail((largest, largest))
    return _bytes(picture, "JPEG" if path.suffix.lower() in (".jpg", ".jpeg") else "PNG")


def upright(path: Path) -> tuple[Image, ImageCmsProfile | None]:
    """The picture as it was held, eight bits a colour or one in all, and its own profile if that fits."""
    from PIL import Image, ImageCms, ImageOps

    with Image.open(path) as opened:
        picture = ImageOps.exif_transpose(opened)
        embedded = opened.info.get("icc_profile")
    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.convert("I").point(lambda value: value * (1 / 256))
    if picture.mode in ("I", "F"):
        picture = picture.convert("L")
    own = ImageCms.ImageCmsProfile(BytesIO(embedded)) if embedded else None
    wanted = "CMYK" if picture.mode == "CMYK" else "RGB"
    return picture, own if own and own.profile.xcolor_space.strip() == wanted else None


def on_paper(picture: Image) -> Image:
    """What shows through an alpha channel is paper white: print has nothing behind it (ISO 15930-1)."""
    from PIL import Image

    grey = picture.mode == "LA"
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture.convert("RGBA")).convert("L" if grey else "RGB")


def srgb() -> ImageCmsProfile:
    """The colours of screens (IEC 61966-2-1)."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def converted(picture: Image, source: ImageCmsProfile, target: ImageCmsProfile, mode: str) -> Image:
    """Relative colorimetric with black-point compensation (ISO 15076-1)."""
    from PIL import ImageCms

    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    transform = ImageCms.buildTransform(source, target, picture.mode, mode, renderingIntent=intent, flags=flags)
    converted = ImageCms.applyTransform(picture, transform)
    assert converted is not None  # only None when done in place
    return converted


def _bytes(picture: Image, form: str) -> bytes:
    """The pixels and nothing else: profiles and notes that came along stay behind."""
    target = BytesIO()
    picture.info = {}
    if form == "JPEG":
        picture.save(target, "JPEG", quality=92, subsampling=0)
    else:
        picture.save(target, "PNG")
    return target.getvalue()
