"""The chunks of a PNG: the one walk over them for the whole house (ISO/IEC 15948, clause 5). Nothing is
decoded here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

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
