"""The exception for a picture that cannot be printed, raised by the readers of picture files, which
know no manuscript.
"""

from __future__ import annotations

from typing import Literal

Fault = Literal["not-a-picture", "truncated", "too-large"]

PIXELS_LIMIT = 100_000_000
MEMORY_LIMIT = 130_000_000
"""The most bytes for the decoded pixels of one picture, so that a whole build stays below 500 MB."""

WAVES_LIMIT = 147_000_000
"""The most bytes for the coefficients of a progressive JPEG."""


class Unsound(Exception):
    """A picture that cannot be printed: ``fault`` says why; ``size`` is the size of a picture that is too large, in
    words.
    """

    def __init__(self, fault: Fault, size: str = "") -> None:
        super().__init__(fault)
        self.fault, self.size = fault, size


def measured(width: int, height: int, memory: int, limit: int = MEMORY_LIMIT) -> None:
    """Raises ``Unsound`` if there are no pixels or too many; ``memory`` is the bytes that decoding needs."""
    if not width or not height:
        raise Unsound("not-a-picture")
    if width * height > PIXELS_LIMIT or memory > limit:
        raise Unsound("too-large", f"{width:,}×{height:,} 画素")
