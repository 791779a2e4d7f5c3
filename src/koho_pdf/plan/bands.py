"""Regions as room for text, and how they are filled: columns side by side in bands; lengths in mm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from koho_pdf.composition.rows import HAIR
from koho_pdf.layout.stretches import Stretch


@dataclass(frozen=True, slots=True)
class Frame:
    """A region as room for text: ``columns`` of that ``depth``, ``gap`` between articles, a ``line`` of its grid (0:
    none), ``level`` or not; ``width`` numbers how wide they are. Where an article comes from another region ``head`` is
    kept free above it, where it goes on in another one ``foot`` below it. ``stretches`` are what keep-outs leave of the
    columns, if they take anything.
    """

    depth: float
    columns: int = 1
    gap: float = 0.0
    line: float = 0.0
    level: bool = False
    head: float = 0.0
    foot: float = 0.0
    width: int = 0
    stretches: tuple[Stretch, ...] = ()

    @property
    def deepest(self) -> float:
        """The depth of its deepest stretch."""
        return max((each.depth for each in self.stretches), default=self.depth)

    def below(self, top: float) -> tuple[Stretch, ...]:
        """What of its columns is left below a place, in the order in which it is filled."""
        left = [(each.column, max(top, each.top), each.foot) for each in self.stretches if each.foot > top + HAIR]
        left = left or [(number, top, self.depth) for number in range(self.columns)]
        return tuple(Stretch(number, begin, foot - begin) for number, begin, foot in left)

    def across(self, top: float, depth: float) -> float | None:
        """The first place below ``top`` where nothing is taken from any column over a depth; None if there is none."""
        for place in sorted({top, *(each.top for each in self.stretches if each.top > top)}):
            free = {
                each.column for each in self.stretches if each.top < place + HAIR and place + depth < each.foot + HAIR
            }
            if not self.stretches or len(free) == self.columns:
                return place
        return None


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of an article (by its number) in a column, from ``top`` down to ``bottom``, below its stretch's top;
    their footnotes take ``notes``, and ``edge`` once in a column."""

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
    """How far a column reaches down with its footnotes, below its stretch's top."""
    return column[-1].bottom + notes_of(column)


@dataclass(frozen=True, slots=True)
class Band:
    """Columns side by side, ``top`` below the region's; or one that ``spans`` all of them. Each stands in one of the
    ``stretches``, below whose top its parts are measured."""

    top: float
    columns: tuple[tuple[Part, ...], ...]
    stretches: tuple[Stretch, ...]
    spans: bool = False

    @property
    def filled(self) -> tuple[tuple[Stretch, tuple[Part, ...]], ...]:
        """Its columns in which something stands, each with its stretch."""
        return tuple((at, column) for at, column in zip(self.stretches, self.columns, strict=True) if column)

    @property
    def foot(self) -> float:
        """How far it reaches down, below the region's top."""
        return max(at.top + foot_of(column) for at, column in self.filled)


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
