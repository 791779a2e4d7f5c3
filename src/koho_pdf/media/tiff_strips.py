"""Checks that a TIFF is complete (TIFF 6.0): its fields, and every strip or tile. Pillow decodes their content.

A TIFF has no checksum: changed bytes in uncompressed pixels are simply other pixels, and nobody can notice it.
"""

from __future__ import annotations

from koho_pdf.media import jpeg, tiff
from koho_pdf.media.jpeg_scans import decode_strictly
from koho_pdf.media.unsound import Unsound, measured

_KINDS = (0, 1, 2, 3, 5, 6)  # greys, RGB, palette, CMYK, YCbCr; not Lab
_NONE, _OLD_JPEG, _JPEG = 1, 6, 7  # the old one is scattered over the file, obsolete since technical note 2 (1995)
_LONGEST = 800_000  # bytes of a field: enough for the places of 200,000 strips or tiles
# fmt: off
_LOOKED_AT = (
    tiff.WIDTH, tiff.HEIGHT, tiff.BITS, tiff.COMPRESSION, tiff.KIND, tiff.STRIPS, tiff.CHANNELS, tiff.ROWS,
    tiff.STRIP_BYTES, tiff.PLANES, tiff.TILE_WIDTH, tiff.TILE_HEIGHT, tiff.TILES, tiff.TILE_BYTES,
    tiff.JPEG_TABLES,
)
# fmt: on

Numbers = dict[int, tuple[int, ...]]


def check_tiff(content: bytes) -> None:
    """Raises ``Unsound`` for a TIFF whose first picture is cut or of a kind we cannot print, or too large to decode."""
    try:
        fields = tiff.fields(content)
    except ValueError:
        raise Unsound("truncated") from None
    said = _numbers(fields, tiff.order_of(content))
    places = said.get(tiff.STRIPS, ()) + said.get(tiff.TILES, ())
    lengths = said.get(tiff.STRIP_BYTES, ()) + said.get(tiff.TILE_BYTES, ())
    if not 0 < len(places) == len(lengths) or not _lie_apart(places, lengths, len(content)):
        raise Unsound("truncated")
    compression = said.get(tiff.COMPRESSION, (1,))[0]
    if said.get(tiff.KIND, (-1,))[0] not in _KINDS or compression == _OLD_JPEG:
        raise Unsound("not-a-picture")
    if tiff.WIDTH not in said or tiff.HEIGHT not in said:
        raise Unsound("not-a-picture")
    width, height, bits = said[tiff.WIDTH][0], said[tiff.HEIGHT][0], said.get(tiff.BITS, (1,))
    grey = said.get(tiff.CHANNELS, (1,))[0] == 1 and bits[0] <= 8
    measured(width, height, width * height * (1 if grey else 4))
    if compression == _NONE and any(_bytes_of(part, said) > length for part, length in enumerate(lengths)):
        raise Unsound("truncated")
    if compression == _JPEG:
        tables = bytes(fields[tiff.JPEG_TABLES].value) if tiff.JPEG_TABLES in fields else b""
        for place, length in zip(places, lengths, strict=True):
            decode_strictly(_whole_jpeg(tables, content[place : place + length]))


def _numbers(fields: dict[int, tiff.Field], order: tiff.Order) -> Numbers:
    """The whole numbers of the fields that we check. Raises ``Unsound`` if there are too many."""
    looked_at = {tag: fields[tag] for tag in _LOOKED_AT if tag in fields}
    if any(len(field.value) > _LONGEST for field in looked_at.values()):
        raise Unsound("truncated")
    said = {tag: tiff.numbers(field, order) for tag, field in looked_at.items() if tag != tiff.JPEG_TABLES}
    return {tag: values for tag, values in said.items() if values}


def _lie_apart(places: tuple[int, ...], lengths: tuple[int, ...], size: int) -> bool:
    """Whether every strip or tile is inside the file, and none overlaps another."""
    parts = sorted(zip(places, lengths, strict=True))
    ends = [place + length for place, length in parts]
    return all(8 <= place < end <= size for (place, _), end in zip(parts, ends, strict=True)) and all(
        end <= place for end, (place, _) in zip(ends, parts[1:], strict=False)
    )


def _bytes_of(part: int, said: Numbers) -> int:
    """The number of bytes that an uncompressed strip or tile must have (sections 3 and 15)."""
    width, height, channels = said[tiff.WIDTH][0], said[tiff.HEIGHT][0], said.get(tiff.CHANNELS, (1,))[0]
    bits = said.get(tiff.BITS, (1,))
    depth = bits[0] if said.get(tiff.PLANES, (1,))[0] == 2 else bits[0] * channels
    if tiff.TILES in said:
        return (said.get(tiff.TILE_WIDTH, (0,))[0] * depth + 7) // 8 * said.get(tiff.TILE_HEIGHT, (0,))[0]
    rows = min(said.get(tiff.ROWS, (height,))[0], height)
    strips = -(-height // rows) if rows else 0
    if not strips:
        raise Unsound("truncated")
    return (width * depth + 7) // 8 * min(rows, height - part % strips * rows)


def _whole_jpeg(tables: bytes, part: bytes) -> bytes:
    """A strip's JPEG with the tables that all of them share (technical note 2)."""
    if not part.startswith(jpeg.START):
        raise Unsound("truncated")
    shared = tables.startswith(jpeg.START) and tables.endswith(jpeg.END)
    return tables.removesuffix(jpeg.END) + part.removeprefix(jpeg.START) if shared else part
