"""What stands in a paragraph as composition keeps it: where it is in the inline tree, and what Pango shaped of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


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

    ``plain`` is False where a glyph is missing or stands off its place: such texts are drawn by the engine.
    """

    font: Any
    numbers: tuple[int, ...]
    advances: tuple[float, ...]
    plain: bool


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
    layout: Any = None  # Pango's, which owns the fonts that the glyphs are of
    width: float = 0.0

    @property
    def is_atomic(self) -> bool:
        return not hasattr(self.box, "text")

    @property
    def end(self) -> int:
        """After its last cell."""
        return self.first + len(self.glyphs)
