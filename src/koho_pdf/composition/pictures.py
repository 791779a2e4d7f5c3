"""Photographs for print: RGB to process colours through the output profile, before the page is set.

Grey pictures stay on the black plate, pictures that are CMYK already stay as they are (pages of a city hall's issues
come from many hands); everything else is separated by LittleCMS, relative colorimetric with black-point compensation.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path


def separated(path: Path, profile: Path) -> bytes:
    """The picture at ``path`` with no RGB in it, as JPEG or PNG bytes; ``profile`` is the CMYK output profile.

    The embedded profile of the picture is honoured, sRGB assumed where there is none; what shows through an alpha
    channel becomes paper white, since print has nothing behind it (ISO 15930-1 knows no transparency).
    """
    from PIL import Image, ImageCms, ImageOps

    with Image.open(path) as opened:
        if opened.mode == "CMYK" and opened.format == "JPEG":
            return path.read_bytes()
        picture = ImageOps.exif_transpose(opened)
        embedded = opened.info.get("icc_profile")
    target = BytesIO()
    if picture.mode in ("1", "L", "I;16"):
        picture.convert("L").save(target, "PNG")
        return target.getvalue()
    if picture.mode == "CMYK":
        picture.save(target, "JPEG", quality=95, subsampling=0)
        return target.getvalue()
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    picture = picture.convert("RGB")
    source = ImageCms.ImageCmsProfile(BytesIO(embedded)) if embedded else ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(
        source,
        str(profile),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    process = ImageCms.applyTransform(picture, transform)
    assert process is not None  # only None when done in place
    process.save(target, "JPEG", quality=95, subsampling=0)
    return target.getvalue()
