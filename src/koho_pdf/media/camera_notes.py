"""A picture's own bytes without what a camera or an editing program noted in them: when, where, with what, by whom.

Nothing is decoded: the compressed pixels stay byte for byte, with what they need to look the same (ITU-T T.81 annex B
and T.871 for JPEG, ISO/IEC 15948 for PNG, TIFF 6.0) and the ICC profile. What is kept is named here; all else goes,
known or not: Exif, GPS, XMP, IPTC, thumbnails, comments, makers' blocks, pictures behind the first. Of the notes
one number stays, the orientation (Exif 2.32, tag 0x0112), where it is not 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate

from koho_pdf.media import jpeg, png, tiff
from koho_pdf.media.pixels import opened, orientation

_JPEG_KEPT = (jpeg.PIXELS, *range(0xC0, 0xD0), *range(0xDA, 0xE0))  # pixels; frames and tables; scans and more tables
_PNG_KEPT = b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs".split()
# fmt: off
_TIFF_KEPT = (  # numbers that say how the pixels are read, tables of the JPEGs within, the profile
    256, 257, 258, 259, 262, 266, tiff.ORIENTATION, 277, 278, 280, 281, 282, 283, 284, 290, 291, 292, 293, 296, 301,
    317, 318, 319, 320, 322, 323, 332, 334, 336, 338, 339, 340, 341, 342, 347, 529, 530, 531, 532, 34675,
)
# fmt: on
_JPEG_IN_TIFF = 7


def stripped(picture: bytes) -> bytes:
    """The JPEG, PNG or TIFF without its notes; a picture that has none stays as it is, or nearly.

    Takes what ``content.values.picture_files`` has taken. Raises ValueError for what is none of the three.
    """
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
    """Exif that says the orientation and nothing more: a TIFF of one field."""
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
    """Of a JPEG that breaks off, such as a strip of a TIFF may, those that are there."""
    try:
        yield from jpeg.segments(picture)
    except ValueError:
        return


def _png(picture: bytes, orientation: int) -> bytes:
    """The chunks that are the picture; the orientation stands before the first that holds pixels."""
    kept = [(kind, body) for kind, body in png.chunks(picture) if kind in _PNG_KEPT]
    if orientation != 1:
        first = [kind for kind, _ in kept].index(b"IDAT")
        kept.insert(first, (b"eXIf", memoryview(_note(orientation))))
    return b"".join((png.START, *(png.chunk(kind, body) for kind, body in kept)))


def _tiff(picture: bytes) -> bytes:
    """The first picture alone, written anew: header, fields, their values, strips or tiles."""
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
    kept[places] = kept[lengths]  # as long as what will stand there
    steps = [len(each) + len(each) % 2 for each in pixels]  # strips begin at even places too
    kept[places] = tiff.longs(list(accumulate(steps[:-1], initial=tiff.length_of(kept))), order)
    parts = (each.ljust(step, b"\0") for each, step in zip(pixels, steps, strict=True))
    return b"".join((tiff.written(kept, order), *parts))
