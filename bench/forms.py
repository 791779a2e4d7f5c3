"""Judges vertical text by its ink (JLREQ 2.3, 3.2.3): which way signs stand, small kana, digits and words.

A page is drawn and looked at, so an engine may make its vertical forms in any way. ``Ink`` gives what is dark in
a rectangle of a page, in points: its edges as parts of the rectangle's width and height, None where all is paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2
from PIL import Image

from bench.boxes import Box, inside_box, lines_of
from bench.glyphs import Glyph
from bench.judge import Verdict
from bench.texts import TWO_DIGITS

Edges = tuple[float, float, float, float]
Ink = Callable[[int, Edges], Edges | None]
RULES = {
    "corner": "8 、。 and small kana stand at the upper right",
    "turned": "8 ー 〜 … ― and brackets are turned",
    "upright": "8 two digits stand upright in one cell",
    "lying": "8 longer Latin and numbers lie along the line",
}
_STOPS = "、。，．"
_SMALL = "ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_LONG = "ー〜…‥―"
_OPENING, _CLOSING = "（〔［", "）〕］"
_SCALE = 4.0  # pixels to the point
_DARK = 128


def ink_of(path: Path) -> Ink:
    """What stands on a PDF's pages, each drawn when it is first asked for."""
    pages: dict[int, Image.Image] = {}
    pdf = pypdfium2.PdfDocument(path)

    def ink(page: int, edges: Edges) -> Edges | None:
        if page not in pages:
            pages.clear()
            grey = pdf[page - 1].render(scale=_SCALE, grayscale=True).to_pil()
            pages[page] = grey.point(lambda value: 255 if value < _DARK else 0)
        left, top, right, bottom = (edge * _SCALE for edge in edges)
        cell = pages[page].crop((round(left), round(top), round(right), round(bottom)))
        found = cell.getbbox()
        if found is None:
            return None
        return found[0] / cell.width, found[1] / cell.height, found[2] / cell.width, found[3] / cell.height

    return ink


def formed(glyphs: Sequence[Glyph], box: Box, ink: Ink) -> Iterator[Verdict]:
    """Every rule of vertical forms on a vertical box."""
    if not box.vertical:
        return
    for glyph in inside_box(glyphs, box, 0.9, 1.1):
        seen = _standing(glyph, ink)
        if seen is not None:
            rule, kept = seen
            yield Verdict(rule, kept, glyph.text)
    for line in lines_of(glyphs, box):
        text = "".join(mark.text for mark in line)
        marks = [mark for mark in line for _ in mark.text]  # one glyph may be two digits
        for match in TWO_DIGITS.finditer(text):
            one, other = marks[match.start()], marks[match.end() - 1]
            beside = abs(one.start - other.start) < 0.1 and abs(one.baseline - other.baseline) > 0.3 * box.size
            yield Verdict("upright", beside or one is other, match[0], f"{other.start - one.start:.2f} em along")
        for match in re.finditer(r"[A-Za-z]{2,}|[0-9]{3,}", text):
            word = marks[match.start() : match.end()]
            steps = [b.start - a.start for a, b in pairwise(word)]
            yield Verdict("lying", min(steps) > 0.1 and not any(mark.wide for mark in word), match[0], f"{steps}")


def _standing(glyph: Glyph, ink: Ink) -> tuple[str, bool] | None:
    """The rule that asks for a sign's form, and whether its ink has it; None where no rule asks."""
    text, middle_x, middle_y = glyph.text, (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    whole = (glyph.left, glyph.top, glyph.right, glyph.bottom)
    if text in _STOPS:  # the next character may cover its lower half
        top = glyph.top + 0.1 * glyph.size  # and its top may hold the foot of the character before it
        right = ink(glyph.page, (middle_x, top, glyph.right, middle_y))
        left = ink(glyph.page, (glyph.left, top, middle_x - 0.05 * glyph.size, middle_y))
        return "corner", right is not None and left is None
    if text in _SMALL and (seen := ink(glyph.page, whole)):
        return "corner", seen[0] + seen[2] > 1.06 and seen[1] + seen[3] < 1.06
    if text in _LONG and (seen := ink(glyph.page, whole)):
        return "turned", seen[3] - seen[1] > 2 * (seen[2] - seen[0])
    for signs, half in ((_OPENING, (middle_y, glyph.bottom)), (_CLOSING, (glyph.top, middle_y))):
        if text in signs:
            seen = ink(glyph.page, (glyph.left, half[0], glyph.right, half[1]))
            return "turned", seen is not None and seen[2] - seen[0] > 0.6
    return None
