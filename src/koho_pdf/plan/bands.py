"""Regions as room for text, and how they are filled: columns side by side in bands; lengths in mm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """A region as room for text: ``columns`` of that ``depth``, ``gap`` between articles, a ``line`` of its grid (0:
    none), ``level`` or not; ``width`` numbers how wide they are. Where an article comes from another region ``head`` is
    kept free above it, where it goes on in another one ``foot`` below it. A part of a column that a keep-out cuts is a
    frame by itself: of the region ``of``, in its ``column``, ``top`` below its head.
    """

    depth: float
    columns: int = 1
    gap: float = 0.0
    line: float = 0.0
    level: bool = False
    head: float = 0.0
    foot: float = 0.0
    width: int = 0
    of: int = 0
    column: int = 0
    top: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of an article (by its number) in a column, from ``top`` down to ``bottom``, below the band's top; their
    footnotes take ``notes``, and ``edge`` once in a column."""

    article: int
    first: int
    end: int
    top: float
    bottom: float
    notes: float = 0.0
    edge: float = 0.0


def notes_of(column: Sequence[Part]) -> float:
    """How deep the footnotes of a column are."""
    return sum(part.notes for part in column) + max(part.edge for part in column)


def foot_of(column: Sequence[Part]) -> float:
    """How far a column reaches down with its footnotes, below the band's top."""
    return column[-1].bottom + notes_of(column)


@dataclass(frozen=True, slots=True)
class Band:
    """Columns side by side, ``top`` below the region's; or one that ``spans`` all of them."""

    top: float
    columns: tuple[tuple[Part, ...], ...]
    spans: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """How a frame of so many ``columns`` is filled, and how far its rows reach out of it (``over``); the article, if
    there is one, that comes from the frame before it, and the one that goes on in the next.
    """

    bands: tuple[Band, ...]
    columns: int = 1
    over: float = 0.0
    comes: int | None = None
    goes: int | None = None

    @property
    def used(self) -> float:
        """How much of all its columns is used."""
        return sum(
            foot_of(column) * (self.columns if band.spans else 1)
            for band in self.bands
            for column in band.columns
            if column
        )
