"""A picture leaves its issue with its pixels and its colours, and with nothing that says when, where and by whom."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageOps, TiffImagePlugin
from tests.media.photograph import SECRETS, camera_jpeg, quadrants
from tests.print_only.absent import places_of

from koho_pdf.media.camera_notes import stripped


def saved(picture: Image.Image, form: str, **more: object) -> bytes:
    """The picture as a file."""
    target = BytesIO()
    picture.save(target, form, **more)
    return target.getvalue()


def noted_png() -> bytes:
    """A PNG held on its side, with Exif, texts of three kinds, a time, a private chunk, and bytes behind its end."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, SECRETS[0]
    plain = saved(quadrants(80, 60), "PNG", exif=notes, icc_profile=srgb())
    chunks = [(b"tEXt", b"Author\0SECRET"), (b"zTXt", b"Note\0\0" + zlib.compress(b"SECRET")), (b"tIME", bytes(7))]
    chunks += [(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SECRET"), (b"prVt", b"SECRET")]
    made = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    end = plain.index(b"IDAT") - 4
    return plain[:end] + made + plain[end:] + b"SECRET"


def noted_tiff(**more: object) -> bytes:
    """A TIFF with a maker, a place, XMP, IPTC, Photoshop's block, words, and a second picture."""
    fields = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in [(270, "SECRET"), (271, SECRETS[0]), (305, "SECRET"), (306, "SECRET"), (315, "SECRET")]:
        fields[tag] = value
    for tag in (700, 33723, 34377, 37724):
        fields.tagtype[tag] = 7
        fields[tag] = b"SECRET"
    fields[274] = 6
    target = BytesIO()
    picture = quadrants(90, 60)
    second = quadrants(50, 50).transpose(Image.Transpose.ROTATE_90)
    picture.save(target, "TIFF", tiffinfo=fields, save_all=True, append_images=[second], icc_profile=srgb(), **more)
    return target.getvalue()


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


MAKERS: dict[str, Callable[[], bytes]] = {
    "baseline JPEG": camera_jpeg,
    "progressive JPEG": lambda: camera_jpeg(progressive=True),
    "JPEG with restarts": lambda: camera_jpeg(restart_marker_rows=1),
    "grey JPEG": lambda: camera_jpeg(mode="L"),
    "CMYK JPEG": lambda: camera_jpeg(mode="CMYK"),
    "PNG": noted_png,
    "TIFF": noted_tiff,
    "TIFF, LZW": lambda: noted_tiff(compression="tiff_lzw"),
    "TIFF of JPEGs": lambda: noted_tiff(compression="jpeg"),
    "TIFF, big-endian": lambda: saved_big_endian(),
}


def saved_big_endian() -> bytes:
    """The TIFF that a Motorola-minded program writes: 16 bits of grey, so that the order of the bytes shows."""
    grey = Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16")
    fields = TiffImagePlugin.ImageFileDirectory_v2(prefix=b"MM")
    fields[271] = SECRETS[0]
    return saved(grey.convert("I;16B"), "TIFF", tiffinfo=fields)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_every_pixel_and_the_profile_stay_and_every_note_goes(make: Callable[[], bytes]) -> None:
    before = make()
    assert places_of("SECRET", {"": before})
    after = stripped(before)
    assert places_of("SECRET", {"": after}) == []
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert new.info.get("icc_profile") == old.info.get("icc_profile")
        assert getattr(new, "n_frames", 1) == 1
        assert ImageOps.exif_transpose(new).tobytes() == ImageOps.exif_transpose(old).tobytes()
        assert new.size == old.size
        assert (new.mode, new.info.get("dpi")) == (old.mode, old.info.get("dpi"))
        assert new.format == "TIFF" or set(new.getexif()) <= {0x0112}
    assert stripped(after) == after


@pytest.mark.parametrize("make", [camera_jpeg, noted_png], ids=["JPEG", "PNG"])
def test_the_compressed_pixels_are_the_same_bytes(make: Callable[[], bytes]) -> None:
    before = make()
    start = before.index(b"\xff\xda") if before.startswith(b"\xff\xd8") else before.index(b"IDAT") - 4
    pixels = before[start : start + 60]
    assert pixels in stripped(before)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_only_the_orientation_is_kept_and_only_where_it_turns_the_picture(orientation: int) -> None:
    before = camera_jpeg(orientation=orientation)
    after = stripped(before)
    assert (b"Exif" in after) == (orientation != 1)
    with Image.open(BytesIO(after)) as picture:
        assert picture.getexif().get(0x0112, 1) == orientation


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="neither"):
        stripped(b"%PDF-1.7")
