"""Advertisements (広告) of an old page: what stands in the frame that says it is one. Arithmetic, no PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence

from koho_pdf.archive.glyphs import Glyph
from koho_pdf.archive.lines import lines_of
from koho_pdf.geometry import Rect

_LABEL = re.compile(r"\W*(?:有料)?広告(?:欄|スペース)?\W*|\W*広\W*告\W*")
_ABOVE = 6.0  # mm: a label outside its frame stands no further above or below it
_SMALLEST, _LARGEST = 10.0, 0.5  # mm of a side; share of the page's letters: what holds more is the page's own frame


def adverts(glyphs: Sequence[Glyph], frames: Sequence[Rect]) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs of a page's advertisements with their labels, and all others."""
    if not frames or not {"広", "告"} <= {glyph.text for glyph in glyphs}:
        return [], list(glyphs)
    large = [frame for frame in frames if min(frame.width, frame.height) >= _SMALLEST]
    taken: set[int] = set()
    for line in lines_of(glyphs):
        if not _LABEL.fullmatch(line.text):
            continue
        if frame := _frame_of(line.box, large):
            inside = {index for index, glyph in enumerate(glyphs) if _is_in(glyph.box, frame)}
            label = {index for index, glyph in enumerate(glyphs) if _is_in(glyph.box, line.box.grown(0.1))}
            if len(inside) <= _LARGEST * len(glyphs):
                taken |= inside | label
    return (
        [glyph for index, glyph in enumerate(glyphs) if index in taken],
        [glyph for index, glyph in enumerate(glyphs) if index not in taken],
    )


def _frame_of(label: Rect, frames: Sequence[Rect]) -> Rect | None:
    """The smallest frame around a label, or the one that it stands right above or below."""
    around = [frame for frame in frames if _is_in(label, frame)]
    if around:
        return min(around, key=lambda frame: frame.width * frame.height)
    beside = [
        frame
        for frame in frames
        if min(frame.right, label.right) > max(frame.x, label.x)
        and min(abs(frame.y - label.bottom), abs(label.y - frame.bottom)) <= _ABOVE
    ]
    return min(beside, key=lambda frame: min(abs(frame.y - label.bottom), abs(label.y - frame.bottom)), default=None)


def _is_in(box: Rect, frame: Rect) -> bool:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return frame.x <= x <= frame.right and frame.y <= y <= frame.bottom
