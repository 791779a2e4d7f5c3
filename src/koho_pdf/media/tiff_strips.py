"""Whether all of a TIFF is there (TIFF 6.0): its fields, every strip or tile. What they hold, Pillow decodes.

A TIFF has no checksum: other bytes in pixels that are not compressed are other pixels, and nobody can tell.
"""

from __future__ import annotations

from typing import Literal

from koho_pdf.media.jpeg_scans import decode_strictly
from koho_pdf.media.unsound import Unsound, measured

_TYPES = {1: 1, 3: 2, 4: 4, 7: 1}  # BYTE, SHORT, LONG, UNDEFINED and their bytes
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _KIND = 256, 257, 258, 259, 262
_STRIPS, _CHANNELS, _ROWS, _STRIP_BYTES, _PLANES = 273, 277, 278, 279, 284
_TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_BYTES, _TABLES = 322, 323, 324, 325, 347
_NEEDED = (_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _KIND, _STRIPS, _CHANNELS, _ROWS, _STRIP_BYTES, _PLANES)
_LOOKED_AT = (*_NEEDED, _TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_BYTES, _TABLES)
_KINDS = (0, 1, 2, 3, 5, 6)  # greys, RGB, palette, CMYK, YCbCr; not Lab
_NONE, _OLD_JPEG, _JPEG = 1, 6, 7  # the old one is scattered over the file, obsolete since technical note 2 (1995)
_MOST_PARTS = 200_000  # strips or tiles

Fields = dict[int, list[int]]


def check_tiff(content: bytes) -> None:
    """Raises ``Unsound`` for a TIFF whose first picture is cut or of a kind we cannot print, or too large to decode."""
    fields = _fields(content)
    places = fields.get(_STRIPS, []) + fields.get(_TILES, [])
    lengths = fields.get(_STRIP_BYTES, []) + fields.get(_TILE_BYTES, [])
    if not 0 < len(places) == len(lengths) or not _lie_apart(places, lengths, len(content)):
        raise Unsound("truncated")
    compression = fields.get(_COMPRESSION, [1])[0]
    if fields.get(_KIND, [-1])[0] not in _KINDS or compression == _OLD_JPEG:
        raise Unsound("not-a-picture")
    if not fields.get(_WIDTH) or not fields.get(_HEIGHT):
        raise Unsound("not-a-picture")
    width, height, bits = fields[_WIDTH][0], fields[_HEIGHT][0], fields.get(_BITS, [1])
    grey = fields.get(_CHANNELS, [1])[0] == 1 and bits[0] <= 8
    measured(width, height, width * height * (1 if grey else 4))
    if compression == _NONE and any(_bytes_of(part, fields) > length for part, length in enumerate(lengths)):
        raise Unsound("truncated")
    if compression == _JPEG:
        tables = bytes(fields.get(_TABLES, b""))
        for place, length in zip(places, lengths, strict=True):
            decode_strictly(_whole_jpeg(tables, content[place : place + length]))


def _fields(content: bytes) -> Fields:
    """The whole numbers of the first directory (section 2). Raises ``Unsound`` where it leads out of the file."""
    order: Literal["little", "big"] = "little" if content.startswith(b"II") else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(content[at : at + size], order)

    start, fields = number(4, 4), Fields()
    if not 8 <= start <= len(content) - 2:
        raise Unsound("truncated")
    for at in range(start + 2, start + 2 + 12 * number(start, 2), 12):
        size, count = _TYPES.get(number(at + 2, 2), 0), number(at + 4, 4)
        values = at + 8 if size * count <= 4 else number(at + 8, 4)
        if at + 12 > len(content) or values + size * count > len(content):
            raise Unsound("truncated")
        if size and number(at, 2) in _LOOKED_AT:
            if count > _MOST_PARTS:
                raise Unsound("truncated")
            fields[number(at, 2)] = [number(values + size * index, size) for index in range(count)]
    return fields


def _lie_apart(places: list[int], lengths: list[int], size: int) -> bool:
    """Whether every strip or tile is within the file, and none within another."""
    parts = sorted(zip(places, lengths, strict=True))
    ends = [place + length for place, length in parts]
    return all(8 <= place < end <= size for (place, _), end in zip(parts, ends, strict=True)) and all(
        end <= place for end, (place, _) in zip(ends, parts[1:], strict=False)
    )


def _bytes_of(part: int, fields: Fields) -> int:
    """How many bytes a strip or tile that is not compressed must have (sections 3 and 15)."""
    width, height, channels = fields[_WIDTH][0], fields[_HEIGHT][0], fields.get(_CHANNELS, [1])[0]
    bits = fields.get(_BITS, [1])
    depth = bits[0] if fields.get(_PLANES, [1])[0] == 2 else bits[0] * channels
    if _TILES in fields:
        return (fields.get(_TILE_WIDTH, [0])[0] * depth + 7) // 8 * fields.get(_TILE_HEIGHT, [0])[0]
    rows = min(fields.get(_ROWS, [height])[0], height)
    strips = -(-height // rows) if rows else 0
    if not strips:
        raise Unsound("truncated")
    return (width * depth + 7) // 8 * min(rows, height - part % strips * rows)


def _whole_jpeg(tables: bytes, part: bytes) -> bytes:
    """A strip's JPEG with the tables that all of them share (technical note 2)."""
    if not part.startswith(b"\xff\xd8"):
        raise Unsound("truncated")
    return tables[:-2] + part[2:] if tables.startswith(b"\xff\xd8") and tables.endswith(b"\xff\xd9") else part
