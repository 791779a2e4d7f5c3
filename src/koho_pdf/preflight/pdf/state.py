"""The graphics state of a content stream (ISO 32000-1, 8.4), as far as preflight needs it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter

import pikepdf

from koho_pdf.preflight.pdf.colours import GRAY, Space
from koho_pdf.preflight.pdf.facts import Colour, Paint
from koho_pdf.preflight.pdf.matrices import IDENTITY, Edges, Matrix, bounds, common, number, times
from koho_pdf.preflight.pdf.pdf_fonts import Face


@dataclass(slots=True)
class Side:
    """Half of the state, for filling or for stroking: space, colour, pattern if any, overprint, opacity."""

    space: Space = GRAY
    colour: Colour = field(default_factory=lambda: GRAY.colour(()))
    pattern: pikepdf.Object | None = None
    overprint: bool = False
    alpha: float = 1.0

    def set(self, space: Space, values: list[float], pattern: pikepdf.Object | None = None) -> None:
        """Set a colour of a space; an uncoloured pattern takes the base space's colour."""
        self.space, self.pattern = space, pattern
        base = space.base if space.family == "Pattern" else None
        self.colour = base.colour(values) if base and values else space.colour(values)


@dataclass(frozen=True, slots=True)
class Changes:
    """The entries of an ExtGState (table 58) that matter for marks; None for missing ones."""

    line_width: float | None
    overprint_stroke: bool | None
    overprint_fill: bool | None
    opm: int | None
    alpha_stroke: float | None
    alpha_fill: float | None

    @classmethod
    def of(cls, given: pikepdf.Object) -> Changes:
        """Read the dictionary."""
        width, stroke, fill = (number(given[key]) if key in given else None for key in ("/LW", "/CA", "/ca"))
        over, over_fill = (bool(given[key]) if key in given else None for key in ("/OP", "/op"))
        return cls(width, over, over_fill, int(number(given.OPM)) if "/OPM" in given else None, stroke, fill)


@dataclass(slots=True)
class State:
    """Everything that ``q`` saves and ``Q`` restores; ``clip`` is the upright rectangle around the clipping path."""

    ctm: Matrix
    clip: Edges | None
    fill: Side = field(default_factory=Side)
    stroke: Side = field(default_factory=Side)
    line_width: float = 1.0
    opm: int = 0
    face: Face | None = None
    size: float = 0.0
    mode: int = 0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def kept(self) -> State:
        """A copy of its own."""
        other = State(*_OF_STATE(self))
        other.fill, other.stroke = Side(*_OF_SIDE(self.fill)), Side(*_OF_SIDE(self.stroke))
        return other

    @property
    def scale(self) -> float:
        """The factor by which the current matrix makes lengths longer."""
        a, b, c, d, _, _ = self.ctm
        return float(abs(a * d - b * c) ** 0.5)

    def clipped(self, box: Edges) -> Edges | None:
        """The part of a box on the page inside the clip."""
        return common(box, self.clip) if self.clip else None

    def paint(self, filled: bool, stroked: bool) -> Paint:
        """The paint of marks at this moment."""
        sides = [side for side, used in ((self.fill, filled), (self.stroke, stroked)) if used]
        return Paint(
            self.fill.colour if filled else None,
            self.stroke.colour if stroked else None,
            self.fill.overprint,
            self.stroke.overprint,
            self.opm,
            max((side.alpha for side in sides), default=1.0),
        )

    def apply(self, changes: Changes) -> None:
        """Apply an ExtGState; ``OP`` without ``op`` sets both."""
        if changes.line_width is not None:
            self.line_width = changes.line_width
        if changes.overprint_stroke is not None:
            self.stroke.overprint = self.fill.overprint = changes.overprint_stroke
        if changes.overprint_fill is not None:
            self.fill.overprint = changes.overprint_fill
        if changes.opm is not None:
            self.opm = changes.opm
        if changes.alpha_stroke is not None:
            self.stroke.alpha = changes.alpha_stroke
        if changes.alpha_fill is not None:
            self.fill.alpha = changes.alpha_fill


_OF_STATE, _OF_SIDE = (attrgetter(*(each.name for each in fields(kind))) for kind in (State, Side))


@dataclass(slots=True)
class Pen:
    """The text matrices (9.4.2), and the place of the next string."""

    matrix: Matrix = IDENTITY
    line: Matrix = IDENTITY

    def move(self, x: float, y: float) -> None:
        """Move to the start of another line."""
        self.matrix = self.line = times((1, 0, 0, 1, x, y), self.line)

    def set(self, value: Matrix) -> None:
        """Set the text matrix, and begin a line there."""
        self.matrix = self.line = value

    def show(self, state: State, face: Face, pieces: list[bytes | float]) -> tuple[Edges, list[tuple[int, Matrix]]]:
        """Show strings and adjustments in thousandths of an em (9.4.4), and move on. Returns the box on the page, from
        0.12 em below the baseline to 0.88 em above it (in vertical writing half an em to either side), and every code
        with the matrix of its text space.
        """
        at, first, last = 0.0, 0.0, 0.0
        started = False
        codes: list[tuple[int, Matrix]] = []
        whole = times((state.size * state.stretch, 0, 0, state.size, 0, state.rise), times(self.matrix, state.ctm))
        for piece in pieces:
            if not isinstance(piece, bytes):
                at -= piece / 1000 * state.size * (1 if face.vertical else state.stretch)
                continue
            for code in face.codes(piece):
                if face.glyphs:
                    here = (1.0, 0.0, 0.0, 1.0, at / (state.size * state.stretch or 1), 0.0)
                    codes.append((code, times(here, whole)))
                else:
                    codes.append((code, whole))
                start = at
                extra = state.character_space + (state.word_space if code == 32 and not face.wide else 0.0)
                ink = face.width(code) / 1000 * state.size
                if face.vertical:
                    ink, extra = -ink, -extra
                    at += ink + extra
                    end = start + ink
                else:
                    at += (ink + extra) * state.stretch
                    end = start + ink * state.stretch
                low, high = (start, end) if start < end else (end, start)
                first = low if not started or low < first else first
                last = high if not started or high > last else last
                started = True
        em = state.size
        if face.vertical:
            box = (-0.5 * em, first + state.rise, 0.5 * em, last + state.rise)
            step: Matrix = (1, 0, 0, 1, 0, at)
        else:
            box = (first, -0.12 * em + state.rise, last, 0.88 * em + state.rise)
            step = (1, 0, 0, 1, at, 0)
        placed = bounds(box, times(self.matrix, state.ctm))
        self.matrix = times(step, self.matrix)
        return placed, codes
