"""Opens pictures strictly, quietly and within limits. Every picture of an issue, a layout or an archive is opened here.
A file is checked before anything is laid out: ``check_pixels`` decodes it completely.
"""

from __future__ import annotations

import os
import struct
import tempfile
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.media import jpeg, png, tiff
from koho_pdf.media.jpeg_scans import check_jpeg, is_large
from koho_pdf.media.png_chunks import check_png
from koho_pdf.media.tiff_strips import check_tiff
from koho_pdf.media.unsound import Unsound

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile

UNREADABLE = (
    *(OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, AttributeError, EOFError),
    *(RuntimeError, MemoryError, struct.error, zlib.error),
)
"""The exceptions that Pillow raises for a bad file."""

_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "I", "I;16", "I;16B", "F")

_known: dict[bytes, Unsound | tuple[str, ...]] = {}


def check_pixels(content: bytes) -> tuple[str, ...]:
    """Decode a JPEG, PNG or TIFF to its last pixel; returns the parts beside the pixels that cannot be used: "profile"
    (ICC), "notes" (Exif, which gives the orientation). Raises ``Unsound``. A picture is checked only once in a process.
    """
    key = sha256(content).digest()
    if key not in _known:
        try:
            _known[key] = _decoded(content)
        except Unsound as fault:
            _known[key] = fault
    known = _known[key]
    if isinstance(known, Unsound):
        raise Unsound(known.fault, known.size)
    return known


def _decoded(content: bytes) -> tuple[str, ...]:
    if content.startswith(jpeg.START + b"\xff"):
        check_jpeg(content)
    elif content.startswith(png.START):
        check_png(content)
    elif content.startswith(tiff.STARTS):
        check_tiff(content)
    else:
        raise Unsound("not-a-picture")
    try:
        with _nothing_said() as said, opened(BytesIO(content)) as picture:
            if picture.mode not in _MODES:
                raise Unsound("not-a-picture")
            picture.draft(picture.mode, (max(1, picture.width // 8), max(1, picture.height // 8)))  # a JPEG, quickly
            picture.load()
            profile, notes = own_profile(picture)[1], _notes_unreadable(picture)
    except UNREADABLE:
        raise Unsound("truncated") from None
    if said():
        raise Unsound("truncated")
    return ("profile",) * profile + ("notes",) * notes


@contextmanager
def opened(source: Path | BytesIO) -> Iterator[Image]:
    """A picture of an issue or a layout, its pixels not yet read. Raises the exceptions in ``UNREADABLE``. Missing
    pixels are never made up, and nothing is printed in English.
    """
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # importing WeasyPrint sets it to True for the whole process
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(source, formats=("JPEG", "PNG", "TIFF")) as picture:
            yield picture


def orientation(picture: Image) -> int:
    """How the picture must be turned (Exif 2.32, tag 0x0112, also in TIFF): from 1, not at all, to 8."""
    try:
        turned = picture.getexif().get(tiff.ORIENTATION, 1)
    except UNREADABLE:
        return 1
    return int(turned) if turned in range(1, 9) else 1


def is_large_jpeg(picture: Image) -> bool:
    """Whether it is a JPEG that needs more memory than a picture may take, and so is read at half its size."""
    return picture.format in ("JPEG", "MPO") and is_large(
        *picture.size, len(picture.getbands()), bool(picture.info.get("progressive"))
    )


def own_profile(picture: Image) -> tuple[ImageCmsProfile | None, bool]:
    """The picture's own ICC profile, if it has one for its colours, and whether it has a damaged one."""
    from PIL import ImageCms

    if "icc_profile" not in picture.info:
        return None, False
    wanted = "CMYK" if picture.mode == "CMYK" else "GRAY" if picture.mode in ("1", "L", "LA", "I;16") else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
        if own.profile.xcolor_space.strip() != wanted:
            return None, False
        mode = "L" if wanted == "GRAY" else wanted
        ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (*UNREADABLE, ImageCms.PyCMSError):
        return None, True
    return own, False


def _notes_unreadable(picture: Image) -> bool:
    """Whether the orientation cannot be read from Exif; makers' additions are often damaged, which does not matter."""
    from PIL import Image

    notes = picture.info.get("exif")
    if not isinstance(notes, bytes):
        return False
    if not notes.removeprefix(b"Exif\0\0").startswith(tiff.STARTS):
        return True
    with warnings.catch_warnings():
        warnings.filterwarnings("error", f"Corrupt EXIF|.*Skipping tag {tiff.ORIENTATION}$")
        try:
            again = Image.Exif()
            again.load(notes)
            again.get(tiff.ORIENTATION)
        except (*UNREADABLE, UserWarning):
            return True
    return False


@contextmanager
def _nothing_said() -> Iterator[Callable[[], bytes]]:
    """Sends libtiff's messages to a file in place of the terminal; the result gives them afterwards."""
    with tempfile.TemporaryFile() as told:
        kept = os.dup(2)
        os.dup2(told.fileno(), 2)
        said = b""

        def heard() -> bytes:
            return said

        try:
            yield heard
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            told.seek(0)
            said = told.read(1000)
