"""Places on a layout's pages where nothing important may stand: folds, punched holes (``keep_outs`` of layout.yaml).

No text may stand there, and nothing that a picture must keep; columns of a region lose the lines that would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from koho_pdf.geometry import Rect

_HAIR = 0.1  # mm: rounding error that nobody sees
ENDLESS = 10_000.0
"""In mm: longer than any page."""


@dataclass(frozen=True, slots=True)
class KeepOut:
    """Its name (折り目, 穴), its place in mm from the trim's top left, and where it is: on these ``pages`` (none: all),
    with this ``remainder`` when divided by two (None: left and right pages), of these page ``types`` (none: all).
    A ``fold`` is ``upright`` or ``across``, a strip with the fold in its middle; one at an ``edge`` of its page (left,
    right, top, bottom) has its place only on the page (``at``).
    """

    name: str
    place: Rect
    pages: tuple[int, ...] = ()
    remainder: int | None = None
    types: tuple[str, ...] = ()
    fold: str = ""
    edge: str = ""

    def at(self, width: float, height: float) -> KeepOut:
        """It on a page of this size."""
        away = {"right": (width, 0.0), "bottom": (0.0, height)}.get(self.edge, (0.0, 0.0))
        return replace(self, place=self.place.moved(*away))

    def nearness(self, box: Rect) -> str:
        """How near a box is to the fold, in words: it stands so far from it, or on both sides of it."""
        start, end = (box.y, box.bottom) if self.fold == "across" else (box.x, box.right)
        place = self.place.y + self.place.height / 2 if self.fold == "across" else self.place.x + self.place.width / 2
        if start + _HAIR < place < end - _HAIR:
            return f"{self.name}をまたいでいます（両側に {place - start:.1f} mm と {end - place:.1f} mm）"
        return f"{self.name}から {min(abs(start - place), abs(end - place)):.1f} mm の所にあります"

    @property
    def margin(self) -> float:
        """How far from the fold words stand, in mm."""
        return (self.place.height if self.fold == "across" else self.place.width) / 2

    def is_on(self, page: int, type_: str = "") -> bool:
        """Whether it is on that page, counted from 1, of that type."""
        if self.pages and page not in self.pages:
            return False
        return self.remainder in (None, page % 2) and (not self.types or type_ in self.types)

    def meets(self, box: Rect) -> bool:
        """Whether it covers anything of a box."""
        return bool(covered(box, self.place))


def parse_place(text: str) -> Rect:
    """``104 0 2 297``: from the left, from the top, width, height in mm. A fold may be a line without width.

    Raises ValueError.
    """
    numbers = [float(each) for each in re.split(r"[\s,]+", text)]
    if len(numbers) != 4 or not all(0 <= each < 10_000 for each in numbers) or not max(numbers[2:]):
        raise ValueError(text)
    return Rect(*numbers)


def covered(box: Rect, place: Rect) -> str:
    """How much of a box a place covers, in words; empty if they do not meet. A line is met by what lies on both of its
    sides.
    """
    across = min(box.right, place.right) - max(box.x, place.x)
    down = min(box.bottom, place.bottom) - max(box.y, place.y)
    on_line = place.width == 0 and box.x + _HAIR < place.x < box.right - _HAIR
    on_row = place.height == 0 and box.y + _HAIR < place.y < box.bottom - _HAIR
    if (across > _HAIR or on_line) and (down > _HAIR or on_row):
        return f"横{max(across, 0):.1f}mm、縦{max(down, 0):.1f}mm"
    return ""
