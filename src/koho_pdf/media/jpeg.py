"""The markers of a JPEG: the one walk over them for the whole house (ITU-T T.81, annex B). Nothing is decoded here."""

from __future__ import annotations

import re
from collections.abc import Iterator

START = b"\xff\xd8"
"""Every JPEG begins so (start of image)."""

END = b"\xff\xd9"
"""And ends so (end of image)."""

PIXELS = 0
"""The name in ``segments`` for the coded pixels of a scan, which have no marker of their own."""

SCAN = 0xDA
TABLES = 0xDB
"""The markers of a scan's header, and of quantisation tables."""

FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of a frame's header (B.2.2), one for each way of coding."""

_ALONE = (0x01, *range(0xD0, 0xD9))  # no length follows (B.1.1.3)
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # a marker; stuffed bytes and restarts belong to the scan
_COMMENT, _JFIF, _ADOBE = 0xFE, 0xE0, 0xEE  # the only note a decoder needs: the Adobe marker says how colours are coded
_APPLICATION = range(0xE0, 0xF0)


def segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker of the first picture with the content after its length, up to the first end of image; after a scan's
    header its coded pixels with restarts, as ``PIXELS``. Raises ValueError if annex B is not followed or the file
    breaks off; everything before that place has been given by then.
    """
    if not jpeg.startswith(START):
        raise ValueError("no start of image")
    at = len(START)
    while jpeg[at : at + 1] == b"\xff" and at + 1 < len(jpeg):
        marker = jpeg[at + 1]
        if marker == 0xFF:  # a fill byte (B.1.1.2)
            at += 1
            continue
        if marker == END[1]:
            return
        if marker in _ALONE:
            yield marker, b""
            at += 2
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(jpeg):
            break
        yield marker, jpeg[at + 4 : end]
        at = end
        if marker == SCAN:
            following = _AFTER_SCAN.search(jpeg, at)
            end = following.start() if following else len(jpeg)
            yield PIXELS, jpeg[at:end]
            at = end
    raise ValueError("no end of image")


def segment(marker: int, body: bytes) -> bytes:
    """A segment as in the file, from an item of ``segments``."""
    if marker == PIXELS:
        return body
    head = bytes((0xFF, marker))
    return head if marker in _ALONE else head + (len(body) + 2).to_bytes(2, "big") + body


def bare(jpeg: bytes) -> bytes:
    """The file's own tables and scans, up to its first end of image: no Exif, no place, no thumbnail, no profile.

    Raises ValueError if it does not follow the syntax of annex B, or has no scan.
    """
    kept = [(marker, body) for marker, body in segments(jpeg) if not _is_note(marker, body)]
    if PIXELS not in (marker for marker, _ in kept):
        raise ValueError("no scan")
    return b"".join((START, *(segment(marker, body) for marker, body in kept), END))


def _is_note(marker: int, body: bytes) -> bool:
    if marker == _JFIF:
        return not body.startswith(b"JFIF")  # its extension is a thumbnail
    return marker == _COMMENT or (marker in _APPLICATION and marker != _ADOBE)
