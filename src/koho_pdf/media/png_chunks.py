"""Checks that a PNG is complete (ISO/IEC 15948): every chunk has a checksum, the pixels have another, and every row has
a filter. So damage passes only if it keeps a CRC-32: one in four thousand million.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from koho_pdf.media.png import chunks, size_of
from koho_pdf.media.unsound import Unsound, measured

_KINDS = {0: (1, (1, 2, 4, 8, 16)), 2: (3, (8, 16)), 3: (1, (1, 2, 4, 8)), 4: (2, (8, 16)), 6: (4, (8, 16))}
"""Channels and bits of each colour type (11.2.2)."""
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column and row of an interlaced picture's passes, and the steps between them (8.2)."""
_PIECE = 1 << 20  # bytes inflated at once


def check_png(content: bytes) -> None:
    """Raises ``Unsound`` for a PNG that is damaged, not a picture, or too large to decode."""
    try:
        held = list(chunks(content))
    except ValueError:
        raise Unsound("truncated") from None
    kinds, header, size = [kind for kind, _ in held], held[0][1], size_of(content)
    if kinds[0] != b"IHDR" or len(header) != 13 or size is None:
        raise Unsound("truncated")
    width, height = size
    bits, colours, interlaced = header[8], header[9], header[12]
    if colours not in _KINDS or bits not in _KINDS[colours][1] or interlaced > 1:
        raise Unsound("truncated")
    measured(width, height, width * height * (1 if colours in (0, 3) and bits <= 8 else 4))
    if kinds[-1] != b"IEND" or b"IDAT" not in kinds or (colours == 3 and b"PLTE" not in kinds):
        raise Unsound("truncated")
    rows = list(_rows(width, height, bits * _KINDS[colours][0], bool(interlaced)))
    _inflate((body for kind, body in held if kind == b"IDAT"), rows)


def _rows(width: int, height: int, bits: int, interlaced: bool) -> Iterator[tuple[int, int]]:
    """The numbers of rows and their bytes, including the filter's byte, in order."""
    for left, top, across, down in _PASSES if interlaced else ((0, 0, 1, 1),):
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            yield rows, 1 + (columns * bits + 7) // 8


def _inflate(parts: Iterator[memoryview], rows: list[tuple[int, int]]) -> None:
    """Raises ``Unsound`` if the number of pixels differs from the header's, or a row has an unknown filter."""
    ends, at = [], 0
    for count, length in rows:
        ends.append((at, at + count * length, length))
        at += count * length
    inflated, seen = zlib.decompressobj(), 0
    try:
        for part in parts:
            left = bytes(part)
            while piece := inflated.decompress(left, _PIECE):
                _look_at_filters(piece, seen, ends)
                left, seen = inflated.unconsumed_tail, seen + len(piece)
                if seen > at:
                    raise Unsound("truncated")
    except zlib.error:
        raise Unsound("truncated") from None
    if seen != at or not inflated.eof:
        raise Unsound("truncated")


def _look_at_filters(piece: bytes, start: int, passes: list[tuple[int, int, int]]) -> None:
    for first, end, length in passes:
        if first < start + len(piece) and start < end:
            row = first if first >= start else first + -(-(start - first) // length) * length
            if max(piece[row - start : end - start : length], default=0) > 4:
                raise Unsound("truncated")
