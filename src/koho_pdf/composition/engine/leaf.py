"""The texts of a paragraph as composition keeps them: their place in the inline tree, and their shapes from Pango."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

JAPANESE = re.compile(r"[\u2014\u2015\u2025\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def tracking(style: Any) -> float:
    """The space that ``letter-spacing`` asks for between two characters, in CSS pixels."""
    asked = style["letter_spacing"]
    return 0.0 if asked == "normal" else float(asked)


def untracked(style: Any) -> Any:
    """A style for shaping by Pango: without ``letter-spacing``, which the line gives, and without ligatures if there is
    letter-spacing (CSS Text 4, 9.1).
    """
    if not tracking(style):
        return style
    known = style.__dict__.get("koho_untracked")
    if known is None:
        known = style.koho_untracked = style.copy()
        known["letter_spacing"], known["font_variant_ligatures"] = "normal", "none"
    return known


def along(style: Any) -> float:
    """The em of a style along the line, in CSS pixels: condensed type (長体) is narrower than it is high."""
    return float(style["font_size"]) * narrowed(style)


def narrowed(style: Any) -> float:
    """How wide the characters of a style are beside their own width (``condense``): 0.95 is 長体 of 95 %."""
    return float(style["condense"])


class Glyphs(NamedTuple):
    """Pango's result for a cell: the font, and the number and advance (CSS pixels) of each glyph. There may be fewer
    numbers than advances, because some space has no ink. ``shifts`` (CSS pixels, to the right and down) are empty if no
    glyph is shifted; usually only marks are.
    """

    font: Any
    numbers: tuple[int, ...]
    advances: tuple[float, ...]
    shifts: tuple[tuple[float, float], ...] = ()

    def joined(self, more: Glyphs) -> Glyphs:
        """These glyphs and ``more`` of the same cluster."""
        shifts = (*self._all_shifts(), *more._all_shifts()) if self.shifts or more.shifts else ()
        return Glyphs(self.font, self.numbers + more.numbers, self.advances + more.advances, shifts)

    def _all_shifts(self) -> tuple[tuple[float, float], ...]:
        return self.shifts or ((0.0, 0.0),) * len(self.numbers)


@dataclass(slots=True)
class Leaf:
    """A text box of the paragraph: its place in the inline tree, and its first cell.

    An atomic inline (a picture, an inline block) is a leaf of one cell, as wide as its ``width`` (CSS pixels).
    """

    box: Any
    path: tuple[int, ...]
    ancestors: tuple[Any, ...]
    first: int
    offsets: list[int]  # the offset of each cell in the box's UTF-8 text, and the text's end
    glyphs: list[Glyphs]  # one for each of its cells
    width: float = 0.0
    layouts: list[Any] = field(default_factory=list)  # Pango's objects, which own the glyphs' fonts

    @property
    def is_atomic(self) -> bool:
        """Whether it is a picture or an inline block."""
        return not hasattr(self.box, "text")

    @property
    def end(self) -> int:
        """The index after its last cell."""
        return self.first + len(self.glyphs)


def is_marker(box: Any) -> bool:
    """Whether a text is the number or sign of a list's item."""
    return (box.element_tag or "").endswith("::marker")
