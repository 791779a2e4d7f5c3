"""The words that a finished PDF shows, in the order of its content, and those it holds and does not show.

A word is shown if it is painted inside the trim, not clipped, not invisible, and not hidden by anything opaque that is
painted later (ISO 32000-1, 8.5, 8.10, 9.3 and 11.6). The preflight's ``walk`` reads any file; this reads only what our
own finishing wrote, so it is fast enough for every build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf

from koho_pdf.collation.covering import Area, Piece, Why
from koho_pdf.collation.ground import Ground, is_white
from koho_pdf.collation.lettering import UNSAID, Lettering, lettering_of
from koho_pdf.collation.painting import Painting
from koho_pdf.geometry import PT_PER_MM, Rect
from koho_pdf.media.pdf_operations import members, operations, said, steps, written
from koho_pdf.preflight.pdf.matrices import IDENTITY, Edges, Matrix, bounds, common, edges, matrix, times

_MARKS = "/Marks"  # トンボ and slug belong outside the trim
_FILLS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_ENDS = _FILLS | {"S", "s", "n"}
_OF_TEXT = frozenset(("Tm", "Tf", "BT", "Td", "TD", "T*", "Tc", "TL", "Ts", "Tz", "Tr"))
_COLOURS = frozenset(("rg", "g", "k", "sc", "scn"))
_CHANGES = _OF_TEXT | {"cm", "cs", "sh"}
_OPAQUE = ("/Normal", "/Compatible")
_CLEAR = frozenset((3, 7))  # text rendering modes without paint (9.3.6)
_THINNEST = 3.0  # pt: nothing narrower hides a character
_FAINTEST = 0.1  # share of full ink: the eye does not see less as text
_SMALLEST = 1.0  # pt: smaller type cannot be seen as type


@dataclass(frozen=True, slots=True)
class Words:
    """Characters that are drawn together: their page and size (pt). If they are not seen: why, and where they would be
    (mm from the trim's top left).
    """

    text: str
    page: int
    size: float
    box: Rect | None = None
    why: Why = ""


def shown(pdf: bytes) -> tuple[Words, ...]:
    """All words of a file that our finishing wrote, seen or not, in the order of its content."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts: dict[tuple[int, int], Lettering] = {}
        return tuple(
            words for number, page in enumerate(opened.pages, 1) for words in _Page(page, number, fonts).words()
        )


_States = dict[bytes, tuple[float | None, bool | None]]


class _Page:
    """One page while it is read."""

    def __init__(self, page: pikepdf.Page, number: int, fonts: dict[tuple[int, int], Lettering]) -> None:
        self._number, self._fonts = number, fonts
        self._trim = edges(page.trimbox) or (0, 0, 0, 0)
        self._states: dict[tuple[int, int], _States] = {}
        self._pieces: list[Piece] = []
        self._rows: dict[int, list[Piece]] = {}
        self._ground = Ground()
        self._text: tuple[Matrix, Matrix] = (IDENTITY, IDENTITY)  # of the line and of the next glyph
        self._said: list[Piece] | None = None  # pieces of the open span with ActualText
        far = 1e6
        self._run(page.obj, page.obj.get("/Resources"), Painting(IDENTITY, (-far, -far, far, far)))

    def words(self) -> Iterator[Words]:
        self._crowd()
        for piece in self._pieces:
            for text, box, why in piece.parts():
                yield Words(text, self._number, piece.size, self._rect(box) if why else None, why)

    def _rect(self, box: Edges) -> Rect:
        left, top = self._trim[0], self._trim[3]
        lengths = (box[0] - left, top - box[3], box[2] - box[0], box[3] - box[1])
        return Rect(*(length / PT_PER_MM for length in lengths)).rounded()

    def _run(self, content: pikepdf.Object, resources: Any, state: Painting) -> None:
        kept: list[Painting] = []
        path: list[bytes] = []
        clips = ""
        spans: list[str | None] = []
        own = resources.objgen if resources is not None else (0, 0)
        states = {} if own == (0, 0) else self._states.setdefault(own, {})
        for name, operands in operations(written(content)):
            if name == "path":
                path += operands
            elif name == "q":
                kept.append(state.kept())
            elif name == "Q":
                state = kept.pop()
            elif name == "gs":
                self._change(operands[0], states, resources, state)
            elif name in _COLOURS:
                named = operands[-1:] and operands[-1].startswith(b"/")
                state.plain = not named or resources.Pattern[_name(operands[-1:])].get("/PatternType") == 2
                state.white = not named and _is_paper(*operands)
            elif name in ("W", "W*"):
                clips = name
            elif name in _ENDS:
                if path and name in _FILLS:
                    self._fill(path, state, white=state.white, even_odd=name.endswith("*"))
                covers = name in _FILLS and state.covers and state.plain and bool(self._pieces)
                if path and (clips or covers):
                    rule = (clips or name).endswith("*")
                    area = Area([step for part in path for step in steps(part)], state.ctm, even_odd=rule)
                    if covers:
                        self._cover(area, state)
                    if clips:
                        self._clip(area, state)
                path, clips = [], ""
            elif name == "BDC":
                spans.append(said(operands[1]) if self._said is None else None)
                if spans[-1] is not None:
                    self._said = []
            elif name == "BMC":
                spans.append(None)
            elif name == "EMC":
                self._speak(spans.pop())
            elif name in ("Tj", "TJ", "'", '"'):
                self._show(name, operands, state)
            elif name == "Do":
                self._draw(_name(operands), resources, state)
            elif name in _CHANGES:
                self._set(name, operands, resources, state)

    def _set(self, name: str, operands: list[bytes], resources: Any, state: Painting) -> None:
        """The operators that only change the state of graphics or text."""
        match name:
            case "cm":
                state.ctm = times(_six(operands), state.ctm)
            case "Tm":
                self._text = (_six(operands),) * 2
            case "Tf":
                state.font, state.size = self._font(resources.Font[_name(operands[:1])]), float(operands[1])
            case "BT":
                self._text = (IDENTITY, IDENTITY)
            case "Td" | "TD" | "T*":
                if name == "TD":
                    state.leading = -float(operands[1])
                x, y = (0.0, -state.leading) if name == "T*" else map(float, operands)
                self._text = (times((1, 0, 0, 1, x, y), self._text[0]),) * 2
            case "Tc":
                state.spacing = float(operands[0])
            case "TL":
                state.leading = float(operands[0])
            case "Ts":
                state.rise = float(operands[0])
            case "Tz":
                state.stretch = float(operands[0]) / 100
            case "Tr":
                state.mode = int(operands[0])
            case "cs":
                state.plain, state.white = True, False
            case "sh":
                self._fill(None, state, white=False)
                self._cover(None, state)

    def _change(self, name: bytes, states: _States, resources: Any, state: Painting) -> None:
        if name not in states:
            changes = resources.ExtGState[name.decode()]
            alpha = float(changes.ca) if "/ca" in changes else None
            masked = isinstance(changes.get("/SMask"), pikepdf.Dictionary)
            blends = "/SMask" in changes or "/BM" in changes
            solid = not masked and changes.get("/BM", "/Normal") in _OPAQUE if blends else None
            states[name] = alpha, solid
        alpha, solid = states[name]
        state.alpha = state.alpha if alpha is None else alpha
        state.solid = state.solid if solid is None else solid

    def _font(self, font: pikepdf.Object) -> Lettering:
        if font.objgen not in self._fonts or font.objgen == (0, 0):
            self._fonts[font.objgen] = lettering_of(font)
        return self._fonts[font.objgen]

    def _draw(self, name: str, resources: Any, state: Painting) -> None:
        drawn = resources.XObject[name]
        if drawn.get("/Subtype") == "/Image":
            self._fill([], state, white=state.white and bool(drawn.get("/ImageMask", False)))
            if "/SMask" not in drawn and "/Mask" not in drawn and not drawn.get("/ImageMask", False):
                self._cover(Area.unit(state.ctm), state)
        elif drawn.get("/Subtype") == "/Form" and name != _MARKS:
            inner = replace(state, ctm=times(matrix(drawn.get("/Matrix")), state.ctm))
            if box := edges(drawn.get("/BBox")):
                inner.clip = common(inner.clip, bounds(box, inner.ctm)) or (0, 0, 0, 0)
            before, self._text = self._text, (IDENTITY, IDENTITY)
            own = drawn.get("/Resources", resources)
            at, group = len(self._pieces), "/Group" in drawn
            if group:  # a group is as transparent as it is drawn, whatever is painted in it (11.4.7, 11.6.6)
                faint = state.faint or state.alpha < 1 or not state.solid
                inner = replace(inner, faint=faint, alpha=1.0, solid=True)
            self._run(drawn, own, inner)
            if group and state.alpha < _FAINTEST:
                for piece in self._pieces[at:]:
                    piece.hide("invisible")
            self._text = before

    def _fill(self, path: list[bytes] | None, state: Painting, *, white: bool, even_odd: bool = False) -> None:
        if state.alpha >= _FAINTEST and (not white or state.covers):
            self._ground.fill(path, state.ctm, state.clip, state.within, white=white, even_odd=even_odd)

    def _crowd(self) -> None:
        """Hide letters that stand in the same place, whichever was drawn first."""
        for piece in self._pieces:
            piece.crowd()
        for row in self._rows.values():
            for number, piece in enumerate(row):
                for other in row[number + 1 :]:
                    piece.crowd_with(other)

    def _clip(self, area: Area, state: Painting) -> None:
        state.clip = common(state.clip, area.box) or (0, 0, 0, 0)
        if not area.upright:
            state.within = (*state.within, area)

    def _cover(self, area: Area | None, state: Painting) -> None:
        """Hide what was drawn below a new fill."""
        box = common(state.clip, area.box) if area else state.clip
        if not state.covers or box is None or min(box[2] - box[0], box[3] - box[1]) < _THINNEST:
            return
        areas = (*state.within, area) if area and not area.upright else state.within
        first, last = _row(max(box[1], self._trim[1])), _row(min(box[3], self._trim[3]))
        for row in range(first, last + 1):
            for piece in self._rows.get(row, ()):
                piece.cover(box, areas)

    def _show(self, name: str, operands: list[bytes], state: Painting) -> None:
        font = state.font
        if name in ("'", '"'):
            self._set("T*", [], None, state)
        if font is None or not operands:
            return
        glyphs, pen, unit = list[tuple[str, float, float]](), 0.0, state.size * state.stretch / 1000
        for member in members(operands[-1]):
            if isinstance(member, float):
                pen -= member * unit
                continue
            for code in font.codes(member):
                width = font.widths.get(code, font.usual) * unit
                glyphs.append((font.words.get(code, UNSAID), pen, width))
                pen += width + state.spacing * state.stretch
        placed = times(self._text[1], state.ctm)
        self._text = (self._text[0], times((1, 0, 0, 1, pen, 0), self._text[1]))
        if glyphs:
            piece = Piece(glyphs, placed, state.size, state.rise)
            if state.mode in _CLEAR or state.alpha < _FAINTEST or piece.smallest < _SMALLEST:
                piece.hide("invisible")
            elif state.white and state.mode == 0:
                piece.show(self._ground.is_inked)
            piece.cut(self._trim, "outside")
            piece.cut(state.clip, "clipped")
            self._keep(piece)

    def _keep(self, piece: Piece) -> None:
        self._pieces.append(piece)
        if self._said is not None:
            self._said.append(piece)
        for row in range(_row(piece.box[1]), _row(piece.box[3]) + 1):
            self._rows.setdefault(row, []).append(piece)

    def _speak(self, said: str | None) -> None:
        """End a span with ActualText (14.9.4): its first piece has the text, the others have none."""
        if said is not None and self._said is not None:
            spoken, self._said = self._said, None
            Piece.join(spoken, said)


@lru_cache(maxsize=512)
def _is_paper(*colour: bytes) -> bool:
    return is_white([*map(float, colour)])


def _name(operands: Sequence[bytes]) -> str:
    return operands[0].decode()


def _six(operands: Sequence[bytes]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _row(y: float) -> int:
    return int(y // 24)
