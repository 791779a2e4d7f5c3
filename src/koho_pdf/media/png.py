"""The chunks of a PNG: the one walk over them for the whole house (ISO/IEC 15948, clause 5), and pictures packed.
Nothing is decoded here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

START = b"\x89PNG\r\n\x1a\n"
"""Every PNG begins so (5.2)."""

_LENGTH, _KIND, _CHECKSUM = 4, 4, 4  # bytes around a chunk's content (5.3)


def chunks(png: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Every chunk up to IEND: its kind and content. Raises ValueError for a chunk that is cut or fails its checksum,
    and if there is no IEND.
    """
    view, at = memoryview(png), len(START)
    while at + _LENGTH + _KIND + _CHECKSUM <= len(view):
        end = at + _LENGTH + _KIND + int.from_bytes(view[at : at + _LENGTH], "big")
        checksum = view[end : end + _CHECKSUM]
        if len(checksum) < _CHECKSUM or zlib.crc32(view[at + _LENGTH : end]) != int.from_bytes(checksum, "big"):
            break
        kind = bytes(view[at + _LENGTH : at + _LENGTH + _KIND])
        yield kind, view[at + _LENGTH + _KIND : end]
        if kind == b"IEND":
            return
        at = end + _CHECKSUM
    raise ValueError("no end of the picture")


def chunk(kind: bytes, content: bytes | memoryview) -> bytes:
    """A chunk as in the file: length, kind, content, checksum."""
    body = b"".join((kind, content))
    return len(content).to_bytes(_LENGTH, "big") + body + zlib.crc32(body).to_bytes(_CHECKSUM, "big")


def size_of(start: bytes) -> tuple[int, int] | None:
    """Width and height in pixels (11.2.2), from the first 24 bytes of a file; None if it is not a PNG."""
    header = start[len(START) + _LENGTH :][: _KIND + 8]
    if not start.startswith(START) or len(header) < _KIND + 8:
        return None
    return int.from_bytes(header[_KIND : _KIND + 4], "big"), int.from_bytes(header[_KIND + 4 :], "big")


_BAND = 64  # rows
_MODULUS = 65521  # of Adler-32 (RFC 1950, 9)


@dataclass(frozen=True, slots=True)
class _Band:
    """Some rows: their pixels, and as they stand in the file, with the sum of what was packed."""

    pixels: bytes
    packed: bytes
    sum: int
    length: int


class Packing:
    """Packs the pictures of a page, one after the other: what is as in the last one is not packed again. A picture has
    the same bytes whatever was packed before.

    Bands of rows are packed each by itself, unfiltered (9.2): rows of flat colours are smallest so, and found in half
    the time.
    """

    def __init__(self) -> None:
        self._last: tuple[_Band, ...] = ()

    def png(self, pixels: bytes, size: tuple[int, int], effort: int) -> bytes:
        """A PNG of ``pixels`` (three bytes each, in rows), packed with this ``effort`` (0 to 9)."""
        wide, height = size[0] * 3, size[1]
        bands = list[_Band]()
        for at in range(0, height, _BAND):
            part = pixels[at * wide : (at + _BAND) * wide]
            last = self._last[len(bands)] if len(bands) < len(self._last) else None
            bands.append(last if last and last.pixels == part else _band(part, wide, effort))
        self._last = tuple(bands)
        head = b"".join((*(side.to_bytes(4, "big") for side in size), b"\x08\x02\x00\x00\x00"))  # 8 bits, RGB
        packed = b"".join((_ZLIB, *(each.packed for each in bands), _ENDED, _sum_of(bands).to_bytes(4, "big")))
        return b"".join((START, chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b"")))


_ZLIB, _ENDED = b"\x78\x5e", b"\x03\x00"  # the head of a stream (RFC 1950, 2.2); an empty last block (RFC 1951, 3.2.3)


def _band(pixels: bytes, wide: int, effort: int) -> _Band:
    rows = b"".join(b"\0" + pixels[at : at + wide] for at in range(0, len(pixels), wide))
    packer = zlib.compressobj(effort, wbits=-zlib.MAX_WBITS)
    packed = packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)
    return _Band(pixels, packed, zlib.adler32(rows), len(rows))


def _sum_of(bands: list[_Band]) -> int:
    """The Adler-32 of all rows, from those of the bands."""
    low, high = 1, 0
    for each in bands:
        high = (high + (each.sum >> 16) + each.length * (low - 1)) % _MODULUS
        low = (low + (each.sum & 0xFFFF) - 1) % _MODULUS
    return high << 16 | low
