"""The coded picture of a JPEG file, byte for byte, without what was written beside it (ITU-T T.81, annex B)."""

from __future__ import annotations

import re

_END_OF_IMAGE, _START_OF_SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_JFIF, _ADOBE = 0xE0, 0xEE  # what a decoder needs: the colours are those of the Adobe marker
_APPLICATION = range(0xE0, 0xF0)
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # a marker; stuffed bytes and restarts belong to the scan


def bare(jpeg: bytes) -> bytes:
    """The file's own tables and scans, up to its first end of image: no Exif, no place, no thumbnail, no profile.

    Raises ValueError for what does not follow the syntax of annex B.
    """
    if jpeg[:2] != b"\xff\xd8":
        raise ValueError("no start of image")
    kept, at = [jpeg[:2]], 2
    while at + 3 < len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xFF:  # fill (B.1.1.2)
            at += 1
            continue
        segment = jpeg[at : at + 2 + length]
        at += 2 + length
        if not _is_note(marker, segment):
            kept.append(segment)
        if marker == _START_OF_SCAN:
            end = _AFTER_SCAN.search(jpeg, at)
            if end is None:
                break
            kept.append(jpeg[at : end.start()])
            at = end.start()
            if jpeg[at + 1] == _END_OF_IMAGE:
                return b"".join((*kept, b"\xff\xd9"))
    raise ValueError("no end of image")


def _is_note(marker: int, segment: bytes) -> bool:
    if marker == _JFIF:
        return segment[4:8] != b"JFIF"  # its extension is a thumbnail
    return marker == _COMMENT or (marker in _APPLICATION and marker != _ADOBE)
