"""Why a picture is not printed, told by whoever reads its file: before anything is known of the manuscript."""

from __future__ import annotations

from typing import Literal

Fault = Literal["not-a-picture", "truncated", "too-large"]

PIXELS_LIMIT = 100_000_000
MEMORY_LIMIT = 130_000_000
"""Bytes that the pixels of one picture may take when it is decoded, so that a whole build stays below 500 MB."""

WAVES_LIMIT = 147_000_000
"""Bytes that the coefficients of a progressive JPEG may take."""


class Unsound(Exception):
    """``fault`` says which; ``size`` is of a picture that is too large, in words."""

    def __init__(self, fault: Fault, size: str = "") -> None:
        super().__init__(fault)
        self.fault, self.size = fault, size


def measured(width: int, height: int, memory: int, limit: int = MEMORY_LIMIT) -> None:
    """Raises ``Unsound`` for no pixels or too many; ``memory`` is what decoding takes, in bytes."""
    if not width or not height:
        raise Unsound("not-a-picture")
    if width * height > PIXELS_LIMIT or memory > limit:
        raise Unsound("too-large", f"{width:,}×{height:,} 画素")
