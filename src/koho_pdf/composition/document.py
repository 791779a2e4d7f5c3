"""The result of composition: the pages, and where every field of the manuscript stands on them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from koho_pdf.composition.paragraph.copyfit import Ending
from koho_pdf.composition.rows import Row
from koho_pdf.errors import KohoError, LayoutError
from koho_pdf.findings import Finding, errors_in
from koho_pdf.geometry import Rect
from koho_pdf.layout.unpaged import Galley

_NOWHERE = Rect(0, 0, 0, 0)
Shape = tuple[float, float]
"""How long a line is in a column, and across all columns (0: no matter), in mm."""


@dataclass(frozen=True, slots=True)
class SlotUse:
    """How a slot of the layout is filled: type in Q, measure (字詰め in mm), lines used and lines available. ``left``
    is how many characters of the body still fit (「あと23字」); negative when the text is over. ``place`` is the slot
    itself, in mm from the trim's top left.
    """

    name: str
    size: float
    measure: float
    direction: str
    lines_used: int
    lines: int
    left: int
    place: Rect = _NOWHERE


@dataclass(frozen=True, slots=True)
class Placed:
    """A field of the manuscript on a page: its box in mm from the trim's top left, and its slot if it has one.
    ``pieces`` are the parts of the page that the field really fills: two, where its words go on in the next column;
    then those of its readings (ruby).
    """

    field: str
    page: int
    box: Rect
    slot: SlotUse | None
    pieces: tuple[Rect, ...] = dataclasses.field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Running:
    """The paragraph of a block that may become longer or shorter: its end, the height of each line (mm), and its number
    among the block's rows.
    """

    ending: Ending
    lines: tuple[float, ...]
    paragraph: int = 0

    def more(self, lines: int) -> float:
        """How much deeper its block is with so many more lines (fewer below 0), in mm."""
        return deeper(self.lines, lines)


def deeper(heights: Sequence[float], lines: int) -> float:
    """How much deeper a paragraph with lines of these heights is with so many more of them (fewer below 0)."""
    return lines * min(heights) if lines >= 0 else -sum(heights[lines:])


@dataclass(frozen=True, slots=True)
class Block:
    """A measured element: its ``depth`` in mm (how far its lines follow each other), the paragraph that it asks for
    with ``data-running``, if nothing keeps the block from growing with it, and the ``size`` of that paragraph's type in
    mm (0: there is none). Its ``rows`` if columns divide it; ``elsewhere`` are those in columns of other shapes.
    """

    depth: float
    running: Running | None = None
    size: float = 0.0
    rows: tuple[Row, ...] = ()
    elsewhere: tuple[tuple[Shape, tuple[Row, ...]], ...] = ()

    def rows_at(self, shape: Shape) -> tuple[Row, ...]:
        """Its rows in columns of a shape."""
        return next((rows for other, rows in self.elsewhere if other == shape), self.rows)


@dataclass(frozen=True, slots=True)
class Document:
    """A composed edition: its pages, where the fields stand on them, and ``write``, which draws an unfinished PDF.
    ``write`` raises LayoutError with what was wrong in drawing it; ``draw`` draws it all the same.

    ``sizes`` are the trims of the pages (width, height in mm). ``blocks`` are the elements that ask to be measured, by
    their ``data-block``; ``over`` says how many characters are too many in a slot, by its name. ``again`` gives the
    same pages in the colours of another galley, where the two galleys differ in nothing else, or None. ``drawn`` tells
    what was found while it was drawn. ``preview`` is as ``write``, for a picture only: without a structure tree.
    ``files`` are those that the pages show, or would show if they were there. ``alone`` is false if what was composed
    without other pages may be different among them.
    """

    edition: str
    pages: int
    sizes: tuple[tuple[float, float], ...]
    placed: tuple[Placed, ...]
    findings: tuple[Finding, ...]
    write: Callable[[], bytes]
    blocks: Mapping[str, Block] = field(default_factory=dict)
    over: Mapping[str, int] = field(default_factory=dict)
    again: Callable[[Galley], Document | None] = lambda galley: None
    drawn: Callable[[], tuple[Finding, ...]] = tuple
    preview: Callable[[], bytes] = bytes
    files: frozenset[Path] = frozenset()
    alone: bool = True
    draw: Callable[[], bytes] = bytes

    def told(self) -> Document:
        """What it tells, without what it needs to be drawn: the boxes of its pages are free."""
        return replace(self, write=bytes, again=lambda galley: None, drawn=tuple, preview=bytes, draw=bytes)


def finished(document: Document, finish: Callable[[Document], bytes]) -> tuple[bytes, tuple[Finding, ...]]:
    """The finished PDF, also if there were errors in drawing it, and these errors. Raises KohoError if there is no PDF
    at all."""
    try:
        return finish(document), ()
    except KohoError as fault:
        try:
            return finish(replace(document, write=document.draw)), errors_in(fault.findings)
        except KohoError:
            raise fault from None
    except Exception as fault:  # the engine stumbles over what was told as an error already
        if wrong := errors_in(document.findings):
            raise LayoutError(*wrong) from fault
        raise
