"""The fields of a TIFF: the one reader for the whole house (TIFF 6.0, section 2). Nothing is decoded here."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Literal, NamedTuple

STARTS = (b"II*\0", b"MM\0*")
"""A TIFF begins with one of these: little-endian or big-endian."""

# fmt: off
WIDTH, HEIGHT, BITS, COMPRESSION, KIND, ORIENTATION = 256, 257, 258, 259, 262, 274
STRIPS, CHANNELS, ROWS, STRIP_BYTES, PLANES = 273, 277, 278, 279, 284
TILE_WIDTH, TILE_HEIGHT, TILES, TILE_BYTES, JPEG_TABLES = 322, 323, 324, 325, 347
# fmt: on

SHORT, LONG, UNDEFINED = 3, 4, 7
"""Kinds of values: numbers of two bytes, of four bytes, and bytes whose meaning the field defines."""

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}  # bytes for each value of a kind
_WHOLE: dict[int, Literal["B", "H", "I"]] = {1: "B", 3: "H", 4: "I", 7: "B"}  # the kinds of whole numbers, for struct
_HEADER, _ENTRY = 8, 12  # bytes of the file's header and of a field in the directory

Order = Literal["<", ">"]


class Field(NamedTuple):
    """A field: the type of its values (``kind``), and their bytes, which are not copied."""

    kind: int
    value: bytes | memoryview


def order_of(tiff: bytes) -> Order:
    """The byte order of a TIFF, as ``struct`` writes it."""
    return "<" if tiff.startswith(b"II") else ">"


def fields(tiff: bytes) -> dict[int, Field]:
    """The fields of the first picture by their tag, without those that have no value or an unknown kind. Raises
    ValueError if the directory, or a field of whole numbers, leads out of the file. Texts and fractions that do so are
    left out, because pixels do not depend on them.
    """
    order, found, view = order_of(tiff), dict[int, Field](), memoryview(tiff)
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        if start < _HEADER:
            raise ValueError("the directory lies in the header")
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for at in range(start + 2, start + 2 + _ENTRY * count, _ENTRY):
            tag, kind, many, place = struct.unpack_from(f"{order}HHII", tiff, at)
            size = many * _SIZES.get(kind, 0)
            place = at + 8 if size <= 4 else place
            if place + size <= len(tiff):
                if size:
                    found[tag] = Field(kind, view[place : place + size])
            elif kind in _WHOLE:
                raise ValueError(f"field {tag} leads out of the file")
    except struct.error:
        raise ValueError("the directory leads out of the file") from None
    return found


def numbers(field: Field, order: Order) -> tuple[int, ...]:
    """The values of a field of whole numbers; none for any other."""
    form = _WHOLE.get(field.kind)
    return struct.unpack(f"{order}{len(field.value) // _SIZES[field.kind]}{form}", field.value) if form else ()


def longs(values: list[int], order: Order) -> Field:
    """A field of numbers of four bytes."""
    return Field(LONG, struct.pack(f"{order}{len(values)}I", *values))


def length_of(given: Mapping[int, Field]) -> int:
    """The number of bytes that ``written`` makes from these fields; data after them begins there."""
    return (
        _HEADER + 2 + _ENTRY * len(given) + 4 + sum(len(_even(value)) for _, value in given.values() if len(value) > 4)
    )


def written(given: Mapping[int, Field], order: Order) -> bytes:
    """A TIFF with one directory of these fields, without pixels."""
    start, table, behind = length_of({}) + _ENTRY * len(given), b"", b""
    for tag, (kind, value) in sorted(given.items()):
        place = bytes(value).ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}I", start + len(behind))
        behind += _even(value) if len(value) > 4 else b""
        table += struct.pack(f"{order}HHI", tag, kind, len(value) // _SIZES[kind]) + place
    head = STARTS["<>".index(order)] + struct.pack(f"{order}IH", _HEADER, len(given))
    return head + table + bytes(4) + behind


def _even(value: bytes | memoryview) -> bytes:
    """The value with a byte added if its length is odd, because values begin at even places."""
    return bytes(value) + bytes(len(value) % 2)
