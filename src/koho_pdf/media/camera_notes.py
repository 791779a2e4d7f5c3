"""A picture file without the notes of a camera or editing program: when, where, with what, by whom.

Nothing is decoded: the compressed pixels stay byte for byte, with the data they need to look the same (ITU-T T.81 annex
B and T.871 for JPEG, ISO/IEC 15948 for PNG, TIFF 6.0) and the ICC profile. This module lists what is kept; everything
else is removed, known or not: Exif, GPS, XMP, IPTC, thumbnails, comments, makers' blocks, further pictures. Of the
notes only the orientation stays (Exif 2.32, tag 0x0112), if it is not 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate

from koho_pdf.media import drawings, jpeg, png, tiff
from koho_pdf.media.line_art import Undrawable
from koho_pdf.media.pixels import opened, orientation

_JPEG_KEPT = (jpeg.PIXELS, *range(0xC0, 0xD0), *range(0xDA, 0xE0))  # pixels; frames and tables; scans and more tables
_PNG_KEPT = b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs".split()
# fmt: off
_TIFF_KEPT = (  # fields needed to read the pixels, tables of JPEGs inside, the profile
    256, 257, 258, 259, 262, 266, tiff.ORIENTATION, 277, 278, 280, 281, 282, 283, 284, 290, 291, 292, 293, 296, 301,
    317, 318, 319, 320, 322, 323, 332, 334, 336, 338, 339, 340, 341, 342, 347, 529, 530, 531, 532, 34675,
)
# fmt: on
_JPEG_IN_TIFF = 7


def stripped(picture: bytes) -> bytes:
    """The JPEG, PNG or TIFF without its notes; a picture that has none stays as it is, or nearly. Of a logo (SVG, PDF)
    only what is drawn.

    Takes what ``content.values.picture_files`` has taken. Raises ValueError for other files.
    """
    if drawings.begins_as_drawing(picture):
        try:
            return drawings.bare(picture)
        except Undrawable as fault:
            raise ValueError(f"neither a picture nor a drawing: {fault.why}") from None
    if picture.startswith((jpeg.START, png.START)):
        with opened(BytesIO(picture)) as held:
            turned = orientation(held)
        return _jpeg(picture, turned) if picture.startswith(jpeg.START) else _png(picture, turned)
    if picture.startswith(tiff.STARTS):
        return _tiff(picture)
    raise ValueError("neither JPEG nor PNG nor TIFF")


def _turned(orientation: int, order: tiff.Order) -> tiff.Field:
    return tiff.Field(tiff.SHORT, orientation.to_bytes(2, "little" if order == "<" else "big"))


def _note(orientation: int) -> bytes:
    """Exif with only the orientation: a TIFF of one field."""
    return tiff.written({tiff.ORIENTATION: _turned(orientation, ">")}, ">")


def _jpeg(picture: bytes, orientation: int) -> bytes:
    """Tables, frames and scans up to the first end of image."""
    note, kept = b"Exif\0\0" + _note(orientation), [jpeg.START]
    for marker, body in _segments(picture):
        if marker == 0xE0 and body.startswith(b"JFIF\0"):
            kept.append(jpeg.segment(marker, body[:12] + b"\0\0"))  # its thumbnail is 0 by 0
        elif (marker, body[:12]) == (0xE2, b"ICC_PROFILE\0") or (marker, body[:5]) == (0xEE, b"Adobe"):
            kept.append(jpeg.segment(marker, body))
        elif marker in _JPEG_KEPT:
            if orientation != 1:  # after JFIF, before any table
                kept.append(jpeg.segment(0xE1, note))
                orientation = 1
            kept.append(jpeg.segment(marker, body))
    return b"".join((*kept, jpeg.END))


def _segments(picture: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG; if it breaks off, as a strip of a TIFF may, those that are there."""
    try:
        yield from jpeg.segments(picture)
    except ValueError:
        return


def _png(picture: bytes, orientation: int) -> bytes:
    """The chunks of the picture; the orientation comes before the first chunk with pixels."""
    kept = [(kind, body) for kind, body in png.chunks(picture) if kind in _PNG_KEPT]
    if orientation != 1:
        first = [kind for kind, _ in kept].index(b"IDAT")
        kept.insert(first, (b"eXIf", memoryview(_note(orientation))))
    return b"".join((png.START, *(png.chunk(kind, body) for kind, body in kept)))


def _tiff(picture: bytes) -> bytes:
    """Only the first picture, written anew: header, fields, their values, strips or tiles."""
    order, fields = tiff.order_of(picture), tiff.fields(picture)
    in_strips = tiff.STRIPS in fields
    places, lengths = (tiff.STRIPS, tiff.STRIP_BYTES) if in_strips else (tiff.TILES, tiff.TILE_BYTES)
    starts, counts = tiff.numbers(fields[places], order), tiff.numbers(fields[lengths], order)
    pixels = [picture[start : start + count] for start, count in zip(starts, counts, strict=True)]
    kept = {tag: field for tag, field in fields.items() if tag in _TIFF_KEPT}
    with opened(BytesIO(picture)) as held:
        turned = orientation(held)
    if turned != 1:
        kept[tiff.ORIENTATION] = _turned(turned, order)
    if tiff.COMPRESSION in fields and tiff.numbers(fields[tiff.COMPRESSION], order) == (_JPEG_IN_TIFF,):
        pixels = [_jpeg(each, 1) for each in pixels]  # each has notes of its own (technical note 2)
        if tables := kept.get(tiff.JPEG_TABLES):
            kept[tiff.JPEG_TABLES] = tiff.Field(tiff.UNDEFINED, _jpeg(bytes(tables.value), 1))
    kept[lengths] = tiff.longs([len(each) for each in pixels], order)
    kept[places] = kept[lengths]  # placeholders of the final length
    steps = [len(each) + len(each) % 2 for each in pixels]  # strips must begin at even places too
    kept[places] = tiff.longs(list(accumulate(steps[:-1], initial=tiff.length_of(kept))), order)
    parts = (each.ljust(step, b"\0") for each, step in zip(pixels, steps, strict=True))
    return b"".join((tiff.written(kept, order), *parts))
