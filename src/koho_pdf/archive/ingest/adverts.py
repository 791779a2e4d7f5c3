"""Advertisements (広告) on an old page: the content of a frame that says it is one, or of frames in a row or column
that share a label outside. Arithmetic, no PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from koho_pdf.archive.ingest.glyph_lines import lines_of
from koho_pdf.archive.ingest.glyphs import Glyph
from koho_pdf.geometry import Rect

_LABEL = re.compile(r"\W*(?:有料)?広告(?:欄|スペース)?\W*|\W*広\W*告\W*")
_ABOVE = 12.0  # mm: a label outside its frame is at most this far above or below it
_APART = 8.0  # mm between frames of one row or column
_SMALLEST, _LARGEST = 10.0, 0.5  # mm of a side; share of the page's letters: a frame with more is the frame of the page


def adverts(glyphs: Sequence[Glyph], frames: Sequence[Rect]) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs of a page's advertisements with their labels, and all others."""
    if not frames or not {"広", "告"} <= {glyph.text for glyph in glyphs}:
        return [], list(glyphs)
    large = [frame for frame in frames if min(frame.width, frame.height) >= _SMALLEST]
    taken: set[int] = set()
    for line in lines_of(glyphs):
        if not _LABEL.fullmatch(line.text):
            continue
        if frames_of := _frames_of(line.box, large):
            inside = {
                index for index, glyph in enumerate(glyphs) if any(_is_in(glyph.box, frame) for frame in frames_of)
            }
            label = {index for index, glyph in enumerate(glyphs) if _is_in(glyph.box, line.box.grown(0.1))}
            if len(inside) <= _LARGEST * len(glyphs):
                taken |= inside | label
    return (
        [glyph for index, glyph in enumerate(glyphs) if index in taken],
        [glyph for index, glyph in enumerate(glyphs) if index not in taken],
    )


def _frames_of(label: Rect, frames: Sequence[Rect]) -> list[Rect]:
    """The smallest frame around a label; or the frame right below or above the label, with frames of the same size next
    to it in a row or column.
    """
    around = [frame for frame in frames if _is_in(label, frame)]
    if around:
        return [min(around, key=lambda frame: frame.width * frame.height)]
    beside = [
        frame
        for frame in frames
        if min(frame.right, label.right) > max(frame.x, label.x)
        and min(abs(frame.y - label.bottom), abs(label.y - frame.bottom)) <= _ABOVE
    ]
    found = sorted(beside, key=lambda frame: min(abs(frame.y - label.bottom), abs(label.y - frame.bottom)))[:1]
    for one in found:
        found += [other for other in frames if other not in found and _is_next(one, other)]
    return found


def _is_next(one: Rect, other: Rect) -> bool:
    """Whether two frames of one size stand next to each other, in a row or in a column."""
    alike = abs(one.width - other.width) <= 1 and abs(one.height - other.height) <= 1
    right, down = other.x - one.x, other.y - one.y
    beside = abs(down) <= 1 and abs(right) <= one.width + _APART
    below = abs(right) <= 1 and abs(down) <= one.height + _APART
    return alike and (beside or below)


def _is_in(box: Rect, frame: Rect) -> bool:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return frame.x <= x <= frame.right and frame.y <= y <= frame.bottom
