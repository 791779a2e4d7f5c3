"""What the picture data of a PDF really hold: pixels, and for a JPEG its components and quality."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import pikepdf

from koho_pdf.media.jpeg import FRAMES, TABLES, segments
from koho_pdf.preflight.pdf.colours import UNKNOWN, Space, space_of
from koho_pdf.preflight.pdf.matrices import number
from koho_pdf.preflight.pdf.pdf_names import name_of

_SHORT = {"DCT": "DCTDecode", "LZW": "LZWDecode", "Fl": "FlateDecode"}
_MOST = 1_000  # segments that are checked: Exif with thumbnails and a long profile come before the frame
# ITU-T T.81, table K.1 (luminance), whose scaling is the quality of the Independent JPEG Group; its mean is 57.625.
_MEAN_AT_50 = 57.625


@dataclass(frozen=True, slots=True)
class Raster:
    """An image XObject or inline image: its own entries, and those of its JPEG data (0: not a JPEG)."""

    pixels: tuple[int, int]
    bits: int
    stencil: bool
    space: Space
    components: int
    quality: int
    masked: bool


def raster_of(image: pikepdf.Object, named: pikepdf.Object | None) -> Raster:
    """Reads an image dictionary; ``named`` is the ``ColorSpace`` dictionary of its resources."""
    stencil = image.get("/ImageMask", image.get("/IM", False)) is True
    given = image.get("/ColorSpace", image.get("/CS"))
    components, quality = 0, 0
    if isinstance(image, pikepdf.Stream) and filters_of(image)[-1:] == ("DCTDecode",) and len(filters_of(image)) == 1:
        components, quality = jpeg_facts(image.read_raw_bytes())
    return Raster(
        (int(number(image.get("/Width", image.get("/W")))), int(number(image.get("/Height", image.get("/H"))))),
        1 if stencil else int(number(image.get("/BitsPerComponent", image.get("/BPC", 8)))),
        stencil,
        UNKNOWN if stencil else space_of(given, named),
        components,
        quality,
        "/SMask" in image,
    )


def filters_of(stream: pikepdf.Object) -> tuple[str, ...]:
    """The filters of a stream by their long names, in the order in which they are undone."""
    given = stream.get("/Filter", stream.get("/F"))
    names = list(given)[:16] if isinstance(given, pikepdf.Array) else [given] if isinstance(given, pikepdf.Name) else []
    return tuple(_SHORT.get(name_of(name), name_of(name)) for name in names)


def jpeg_facts(jpeg: bytes) -> tuple[int, int]:
    """The number of components in a JPEG's frame header (T.81, B.2.2), and the quality of its first quantisation table;
    0 if unknown or not a JPEG.
    """
    quality = 0
    try:
        for marker, body in islice(segments(jpeg), _MOST):
            if marker == TABLES and not quality:
                quality = _quality(body)
            if marker in FRAMES:
                return body[5] if len(body) > 5 else 0, quality
    except ValueError:  # it breaks off
        return 0, quality
    return 0, quality


def _quality(table: bytes) -> int:
    width = 2 if table[:1] and table[0] >> 4 else 1
    values = [int.from_bytes(table[at : at + width], "big") for at in range(1, 1 + 64 * width, width)]
    if len(table) < 1 + 64 * width:
        return 0
    scale = 100 * sum(values) / 64 / _MEAN_AT_50
    return max(1, min(100, round(100 - scale / 2 if scale <= 100 else 5000 / scale)))
