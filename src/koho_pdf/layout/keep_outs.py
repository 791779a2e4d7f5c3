"""Places on a layout's pages where nothing important may stand: folds, punched holes (``keep_outs`` of layout.yaml).

Today they are used for what a picture must keep; anything else that must stay clear of them should use them too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from koho_pdf.geometry import Rect


@dataclass(frozen=True, slots=True)
class KeepOut:
    """Its name (折り目, 穴), its place in mm from the trim's top left, and its pages (none: all pages)."""

    name: str
    place: Rect
    pages: tuple[int, ...] = ()

    def is_on(self, page: int) -> bool:
        """Whether it is on that page, counted from 1."""
        return not self.pages or page in self.pages


def parse_place(text: str) -> Rect:
    """``104 0 2 297``: from the left, from the top, width, height in mm. A fold may be a line without width.

    Raises ValueError.
    """
    numbers = [float(each) for each in re.split(r"[\s,]+", text)]
    if len(numbers) != 4 or not all(0 <= each < 10_000 for each in numbers) or not max(numbers[2:]):
        raise ValueError(text)
    return Rect(*numbers)
