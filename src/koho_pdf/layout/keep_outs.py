"""Places of a layout's pages where nothing that matters may stand: folds, punched holes (``keep_outs`` of layout.yaml).

Today they are asked about what of a picture may not be cut; whatever else must stay clear of them is to ask here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from koho_pdf.geometry import Rect


@dataclass(frozen=True, slots=True)
class KeepOut:
    """What it is called (折り目, 穴), where it is in mm from the trim's top left, and on which pages (none: on all)."""

    name: str
    place: Rect
    pages: tuple[int, ...] = ()

    def is_on(self, page: int) -> bool:
        """Whether it is on that page, counted from 1."""
        return not self.pages or page in self.pages


def parse_place(text: str) -> Rect:
    """``104 0 2 297``: from the left, from the top, width, height in mm. A fold may be a line of no width.

    Raises ValueError.
    """
    numbers = [float(each) for each in re.split(r"[\s,]+", text)]
    if len(numbers) != 4 or not all(0 <= each < 10_000 for each in numbers) or not max(numbers[2:]):
        raise ValueError(text)
    return Rect(*numbers)
