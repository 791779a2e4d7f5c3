"""What a PDF's glyphs are to the judge of composition (bench/judge.py): boxes, and the lines of marks in them.

A line runs to the right, or downwards where a box is vertical; positions along it are in em from the box's head.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.glyphs import Glyph
from bench.texts import Piece

OPENING, CLOSING, STOPS, DOTS = "（「『【〔《〈［｛〘〖", "）」』】〕》〉］｝〙〗", "、。，．", "・：；"


@dataclass(frozen=True, slots=True)
class Box:
    """Where a text was to be set: its page and rectangle in points from the page's top left, size and line feed."""

    page: int
    left: float
    top: float
    width: float
    height: float
    size: float
    measure: float
    line_feed: float
    text: str
    vertical: bool = False
    pieces: tuple[Piece, ...] = ()
    hanging: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A character on its line: where its cell begins and ends, in em from the box's head."""

    text: str
    start: float
    end: float
    baseline: float

    @property
    def wide(self) -> bool:
        return self.end - self.start > 0.9

    @property
    def ink_start(self) -> float:
        """Where its body begins, the blank of a full-width sign left out."""
        return self.start + (0.5 if self.wide and self.text in OPENING else 0.25 if self.text in DOTS else 0.0)

    @property
    def ink_end(self) -> float:
        blank = 0.5 if self.wide and self.text in CLOSING + STOPS else 0.25 if self.text in DOTS else 0.0
        return self.end - blank


def lines_of(glyphs: Sequence[Glyph], box: Box) -> list[list[Mark]]:
    """The box's glyphs of its own size as lines in reading order."""
    rows: list[list[Mark]] = []
    for mark in sorted(inside(glyphs, box, 0.9, 1.1), key=lambda mark: mark.baseline):
        if rows and mark.baseline - rows[-1][0].baseline < 0.6 * box.size:
            rows[-1].append(mark)
        else:
            rows.append([mark])
    return [_in_reading_order(row, box) for row in rows]


def _in_reading_order(row: Sequence[Mark], box: Box) -> list[Mark]:
    """Along the line; digits that share an upright cell of a vertical line from left to right."""
    cells: list[list[Mark]] = []
    for mark in sorted(row, key=lambda mark: mark.start):
        if box.vertical and cells and mark.start - cells[-1][0].start < 0.3:
            cells[-1].append(mark)
        else:
            cells.append([mark])
    return [mark for cell in cells for mark in sorted(cell, key=lambda mark: -mark.baseline)]


def readings_of(glyphs: Sequence[Glyph], box: Box) -> list[Mark]:
    """The box's smaller glyphs: ruby."""
    return list(inside(glyphs, box, 0.4, 0.7))


def inside(glyphs: Sequence[Glyph], box: Box, least: float, most: float) -> Iterator[Mark]:
    """The glyphs in a box whose size is between these parts of the box's own, as marks on its lines."""
    for glyph in inside_box(glyphs, box, least, most):
        if box.vertical:
            across, start, end = -(glyph.left + glyph.right) / 2, glyph.top - box.top, glyph.bottom - box.top
        else:
            across, start, end = glyph.bottom, glyph.left - box.left, glyph.right - box.left
        yield Mark(glyph.text, start / box.size, end / box.size, across)


def inside_box(glyphs: Sequence[Glyph], box: Box, least: float, most: float) -> Iterator[Glyph]:
    """The glyphs in a box whose size is between these parts of the box's own, in the order they are drawn."""
    slack = box.size
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        if (
            glyph.page == box.page
            and least * box.size < glyph.size <= most * box.size
            and box.left - slack < x < box.left + box.width + slack
            and box.top - 0.6 * slack < y < box.top + box.height + 0.6 * slack
            and glyph.text.strip().strip("\u2060")
        ):
            yield glyph


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"[\s\u00ad]", "", text))
