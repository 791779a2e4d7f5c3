"""What stands in a paragraph as composition keeps it: where it is in the inline tree, and what Pango shaped of it."""

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
    """A style as Pango is to shape it: without ``letter-spacing``, which is for the line to give, and without
    ligatures where there is any (CSS Text 4, 9.1)."""
    if not tracking(style):
        return style
    known = style.__dict__.get("koho_untracked")
    if known is None:
        known = style.koho_untracked = style.copy()
        known["letter_spacing"], known["font_variant_ligatures"] = "normal", "none"
    return known


class Glyphs(NamedTuple):
    """What Pango sets for a cell: the font, and the number and advance (CSS pixels) of each glyph.

    Numbers may be fewer than advances: some room has no ink. ``shifts`` (CSS pixels, to the right and down) are empty
    where every glyph stands at its place, as all do but marks.
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
    offsets: list[int]  # of each of its cells in the box's UTF-8 text, and the text's end
    glyphs: list[Glyphs]  # of each of its cells
    width: float = 0.0
    layouts: list[Any] = field(default_factory=list)  # Pango's, which own the fonts that the glyphs are of

    @property
    def is_atomic(self) -> bool:
        return not hasattr(self.box, "text")

    @property
    def end(self) -> int:
        """After its last cell."""
        return self.first + len(self.glyphs)


def is_marker(box: Any) -> bool:
    """Whether a text is the number or sign of a list's item."""
    return (box.element_tag or "").endswith("::marker")
