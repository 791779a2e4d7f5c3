"""The files that Ghostscript's ``psdcmyk`` device writes: the plates of one page, one after the other.

It only reads the part of the Photoshop format (PSD, version 1) that this device writes: eight bits a pixel, not
compressed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from koho_pdf.legible import of_bytes
from koho_pdf.press.profile import PROCESS

_SPOTS = 0x03EE  # the resource with the names of the spot channels


def plates_in(psd: bytes) -> tuple[tuple[int, int], dict[str, bytes]]:
    """The size of a page in pixels, and its plates by name: process plates as they are always named, then the spots by
    name; one byte a pixel, rows from the top, 0 no ink to 255 full.

    Raises OSError if the end of the file is missing.
    """
    try:
        mark, version, channels, height, width, depth = struct.unpack_from(">4sH6xHIIH", psd, 0)
        after_table = _after(psd, 26)
        at = _after(psd, _after(psd, after_table))  # the resources, the layers
        (compression,) = struct.unpack_from(">H", psd, at)
        names = _spots(psd, after_table)
    except (struct.error, IndexError) as fault:
        raise OSError("the plates were not written to their end") from fault
    assert (mark, version, depth, compression) == (b"8BPS", 1, 8, 0)  # the device writes no other
    length = width * height
    if len(psd) < at + 2 + channels * length:
        raise OSError("the plates were not written to their end")
    named = [*PROCESS, *_told_apart(list(names)[: channels - len(PROCESS)])]
    plates = {name: _ink(psd, at + 2 + place * length, (width, height)) for place, name in enumerate(named)}
    return (width, height), {name: plates[name] for name in (*PROCESS, *sorted(named[len(PROCESS) :]))}


def _after(psd: bytes, at: int) -> int:
    """The end of a part that begins with its length."""
    (length,) = struct.unpack_from(">I", psd, at)
    return int(at + 4 + length)


def _spots(psd: bytes, at: int) -> Iterator[bytes]:
    """The names of the spots, as in the file; the resources begin ``at`` this place."""
    end = _after(psd, at)
    at += 4
    while at < end:
        (kind,) = struct.unpack_from(">H", psd, at + 4)
        start = at + 6 + (psd[at + 6] // 2 + 1) * 2  # after the resource's own name, of even length
        at = _after(psd, start)
        if kind == _SPOTS:
            name = start + 4
            while name < at:
                yield psd[name + 1 : name + 1 + psd[name]]
                name += 1 + psd[name]
        at += at % 2 != start % 2  # resources too have even lengths


def _told_apart(raw: list[bytes]) -> list[str]:
    """The names as text; two names with the same text (in different encodings) are told apart by their bytes."""
    names: list[str] = []
    for each in raw:
        name = of_bytes(each)
        names.append(name if name not in (*PROCESS, *names) else f"{name} {each.hex()}")
    return names


def _ink(psd: bytes, at: int, size: tuple[int, int]) -> bytes:
    """A plate from its place in the file, in which paper is 255."""
    from PIL import Image, ImageChops

    length = size[0] * size[1]
    paper = Image.frombuffer("L", size, psd[at : at + length], "raw", "L", 0, 1)
    return ImageChops.invert(paper).tobytes()
