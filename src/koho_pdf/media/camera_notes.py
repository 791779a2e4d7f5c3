"""A picture's own bytes without what a camera or an editing program noted in them: when, where, with what, by whom.

Nothing is decoded: the compressed pixels stay byte for byte, with what they need to look the same (ITU-T T.81 annex B
and T.871 for JPEG, ISO/IEC 15948 for PNG, TIFF 6.0) and the ICC profile. What is kept is named here; all else goes,
known or not: Exif, GPS, XMP, IPTC, thumbnails, comments, makers' blocks, pictures behind the first. Of the notes
one number stays, the orientation (Exif 2.32, tag 0x0112), where it is not 1.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

from koho_pdf.media.pixels import opened, orientation

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_JPEG_KEPT = (0, *range(0xC0, 0xD0), *range(0xDA, 0xE0))  # pixels; frames and tables; scans and more tables
_IN_SCAN = tuple(bytes((each,)) for each in (0, *range(0xD0, 0xD8)))  # after FF: a byte FF itself, restarts
_PNG_KEPT = b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs".split()
_ORIENTATION = 0x0112
# fmt: off
_TIFF_KEPT = (  # numbers that say how the pixels are read, tables of the JPEGs within, the profile
    256, 257, 258, 259, 262, 266, _ORIENTATION, 277, 278, 280, 281, 282, 283, 284, 290, 291, 292, 293, 296, 301, 317,
    318, 319, 320, 322, 323, 332, 334, 336, 338, 339, 340, 341, 342, 347, 529, 530, 531, 532, 34675,
)
# fmt: on
_COMPRESSION, _STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES, _JPEG_TABLES = 259, 273, 279, 324, 325, 347
_TIFF_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}


def stripped(picture: bytes) -> bytes:
    """The JPEG, PNG or TIFF without its notes; a picture that has none stays as it is, or nearly.

    Takes what ``content.values.picture_files`` has taken. Raises ValueError for what is none of the three.
    """
    if picture.startswith((_JPEG, _PNG)):
        with opened(BytesIO(picture)) as held:
            turned = orientation(held)
        return _jpeg(picture, turned) if picture.startswith(_JPEG) else _png(picture, turned)
    if picture.startswith((b"II*\0", b"MM\0*")):
        return _tiff(picture)
    raise ValueError("neither JPEG nor PNG nor TIFF")


def _note(orientation: int) -> bytes:
    """Exif that says the orientation and nothing more: a TIFF of one field, big-endian."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _jpeg(picture: bytes, orientation: int) -> bytes:
    """Tables, frames and scans up to the first end of image."""
    note = b"Exif\0\0" + _note(orientation)
    kept = [_JPEG]
    for marker, body in _segments(picture):
        if marker == 0xE0 and body.startswith(b"JFIF\0"):
            kept.append(_segment(marker, body[:12] + b"\0\0"))  # its thumbnail is 0 by 0
        elif (marker, body[:12]) == (0xE2, b"ICC_PROFILE\0") or (marker, body[:5]) == (0xEE, b"Adobe"):
            kept.append(_segment(marker, body))
        elif marker in _JPEG_KEPT:
            if orientation != 1:  # after JFIF, before any table
                kept.append(_segment(0xE1, note))
                orientation = 1
            kept.append(_segment(marker, body) if marker else body)
    return b"".join(kept) + b"\xff\xd9"


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def _segments(picture: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with what follows its length; what a scan's header leads to is told as marker 0, restarts in it."""
    at = 2
    while at + 4 <= len(picture) and picture[at] == 0xFF and (marker := picture[at + 1]) != 0xD9:
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:  # stands alone
            at += 2
            continue
        end = at + 2 + max(2, int.from_bytes(picture[at + 2 : at + 4], "big"))
        yield marker, picture[at + 4 : end]
        at = end
        if marker == 0xDA:
            while (end := picture.find(b"\xff", end)) >= 0 and picture[end + 1 : end + 2] in _IN_SCAN:
                end += 2
            end = end if end >= 0 else len(picture)
            yield 0, picture[at:end]
            at = end


def _png(picture: bytes, orientation: int) -> bytes:
    """The chunks that are the picture; the orientation stands before the first that holds pixels."""
    from zlib import crc32

    kept, at, noted = [_PNG], len(_PNG), orientation == 1
    while at + 12 <= len(picture) and kept[-1][4:8] != b"IEND":
        end = at + 12 + int.from_bytes(picture[at : at + 4], "big")
        kind = picture[at + 4 : at + 8]
        if kind == b"IDAT" and not noted:
            note = b"eXIf" + _note(orientation)
            kept.append(struct.pack(">I", len(note) - 4) + note + struct.pack(">I", crc32(note)))
            noted = True
        if kind in _PNG_KEPT:
            kept.append(picture[at:end])
        at = end
    return b"".join(kept)


def _tiff(picture: bytes) -> bytes:
    """The first picture alone, written anew: header, fields, their values, strips or tiles."""
    order = "<" if picture.startswith(b"II") else ">"
    fields = dict(_fields(picture, order))
    places, lengths = (_STRIPS, _STRIP_BYTES) if _STRIPS in fields else (_TILES, _TILE_BYTES)
    counts = _numbers(fields[lengths], order)
    pixels = [
        picture[place : place + count] for place, count in zip(_numbers(fields[places], order), counts, strict=True)
    ]
    kept = {tag: field for tag, field in fields.items() if tag in _TIFF_KEPT}
    with opened(BytesIO(picture)) as held:
        turned = orientation(held)
    if turned != 1:
        kept[_ORIENTATION] = (3, struct.pack(f"{order}H", turned))
    if _numbers(fields.get(_COMPRESSION, (3, bytes(2))), order) == (7,):  # JPEGs, with notes of their own (note 2)
        pixels = [_jpeg(each, 1) for each in pixels]
        kept |= {_JPEG_TABLES: (7, _jpeg(fields[_JPEG_TABLES][1], 1))} if _JPEG_TABLES in fields else {}
    kept[lengths] = (4, struct.pack(f"{order}{len(pixels)}I", *map(len, pixels)))
    kept[places] = (4, bytes(4 * len(pixels)))
    start = 8 + 2 + 12 * len(kept) + 4
    values = sum(len(value) + len(value) % 2 for _, value in kept.values() if len(value) > 4)
    at, offsets = start + values, []
    for each in pixels:
        offsets.append(at)
        at += len(each) + len(each) % 2
    kept[places] = (4, struct.pack(f"{order}{len(pixels)}I", *offsets))
    table, behind = [struct.pack(f"{order}H", len(kept))], b""
    for tag, (kind, value) in sorted(kept.items()):
        head = struct.pack(f"{order}HHI", tag, kind, len(value) // _TIFF_SIZES[kind])
        place = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}I", start + len(behind))
        behind += value + bytes(len(value) % 2) if len(value) > 4 else b""
        table.append(head + place)
    table.append(bytes(4))
    return picture[:4] + struct.pack(f"{order}I", 8) + b"".join([*table, behind, *(_even(each) for each in pixels)])


def _even(value: bytes) -> bytes:
    return value + bytes(len(value) % 2)


def _fields(picture: bytes, order: str) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """The fields of the first directory: tag, kind and the bytes of the value."""
    (start,) = struct.unpack_from(f"{order}I", picture, 4)
    (count,) = struct.unpack_from(f"{order}H", picture, start)
    for at in range(start + 2, start + 2 + 12 * count, 12):
        tag, kind, many = struct.unpack_from(f"{order}HHI", picture, at)
        size = many * _TIFF_SIZES.get(kind, 0)
        place = at + 8 if size <= 4 else struct.unpack_from(f"{order}I", picture, at + 8)[0]
        if size:
            yield tag, (kind, picture[place : place + size])


def _numbers(field: tuple[int, bytes], order: str) -> tuple[int, ...]:
    """The values of a field of whole numbers."""
    kind, value = field
    form = {1: "B", 3: "H", 4: "I"}[kind]
    return struct.unpack(f"{order}{len(value) // _TIFF_SIZES[kind]}{form}", value)
