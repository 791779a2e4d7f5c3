"""スミノセ: black text and thin black lines print over what is beneath them.

If a letter knocks out the colours under it, white seams show wherever the plates are a tenth of a millimetre apart. So
small things in black alone overprint (ISO 32000-1, 8.6.7; with OPM 1, so that their 0 % of cyan does not erase cyan).
Nothing else overprints: white would vanish, tints would change their colour, and black areas would show what is
beneath.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from koho_pdf.finishing.contents import contents, resource, rewrite
from koho_pdf.finishing.reach import Matrix, drawn_scales, scale_of, times
from koho_pdf.media.pdf_operations import located, steps, written

_THIN = 2.0  # pt: GWG 2022 R0010
_OVERPRINT, _KNOCKOUT = "SumiNose", "Knockout"
_SHOWS = {"Tj", "TJ", "'", '"'}
_BUILDS = {"m", "l", "c", "v", "y", "h", "re"}
_FILLS = {"f", "F", "f*"}
_STROKES = {"S", "s"}
_PAINTS_BOTH = {"B", "B*", "b", "b*"}
_ENDS = _FILLS | _STROKES | _PAINTS_BOTH | {"n"}
_ELSE = {"Do", "sh"}  # the engine writes no inline images
_TEXT_PAINTS = {0: "fill", 1: "stroke", 2: "both", 4: "fill", 5: "stroke", 6: "both"}  # Table 106


def overprint_black(pdf: pikepdf.Pdf) -> None:
    """Let text, and lines thinner than 2 pt, overprint if they are DeviceCMYK 0 0 0 1, wherever they are drawn."""
    over = pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1))
    out = pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0))
    scales = drawn_scales(pdf)
    for content, resources in contents(pdf):
        read = written(content)
        made = _Walk(resources.get("/ExtGState", {}), scales.get(content.objgen, 1.0)).over(read)
        if made != read:
            rewrite(pdf, content, made)
            resource(resources, "ExtGState", _OVERPRINT, over)
            resource(resources, "ExtGState", _KNOCKOUT, out)


@dataclass(frozen=True, slots=True)
class _Paint:
    """A current colour: whether its space is DeviceCMYK, whether it is black alone, and whether it is opaque."""

    process: bool = False
    black: bool = False
    opaque: bool = True

    @property
    def sumi(self) -> bool:
        return self.black and self.opaque


@dataclass(slots=True)
class _State:
    fill: _Paint
    stroke: _Paint
    place: Matrix = (1, 0, 0, 1, 0, 0)
    width: float = 1.0
    text: int = 0
    over: bool = False

    def saved(self) -> _State:
        return _State(self.fill, self.stroke, self.place, self.width, self.text, self.over)


class _Walk:
    """Follows one content stream, drawn ``scale`` times its own size, and sets another graphics state before each
    painting operator that needs it.
    """

    def __init__(self, graphics_states: Any, scale: float) -> None:
        self._named = graphics_states
        self._known: dict[str, tuple[float | None, bool | None, bool | None]] = {}
        self._state = _State(_Paint(), _Paint(), (scale, 0, 0, scale, 0, 0))
        self._outer: list[_State] = []
        self._wanted: list[tuple[int, bytes]] = []
        self._begins = -1  # where the path under construction does
        self._path: list[bytes] = []  # empty for a path that is not painted in black

    def over(self, content: bytes) -> bytes:
        """The content with these states; the same if it needs none."""
        for at, operator, operands in located(content):
            if operator == "path":
                self._build(at, operands[0])
            elif operator in _BUILDS:  # at the very end of a content
                self._build(at, b" ".join((*operands, operator.encode())))
            elif operator in _ENDS:
                self._paint(operator, at)
                self._begins, self._path = -1, []
            elif operator in _SHOWS:
                self._want(self._both_sumi(_TEXT_PAINTS.get(self._state.text, "none")), at)
            elif operator in _ELSE:
                self._want(False, at)
            else:
                self._keep_state(operator, operands)
        made, done = [], 0
        for at, named in self._wanted:
            made += [content[done:at], b"/%b gs\n" % named]
            done = at
        return b"".join((*made, content[done:]))

    def _paint(self, operator: str, at: int) -> None:
        state, at = self._state, at if self._begins < 0 else self._begins  # if it is painted without a path
        if operator in _STROKES:
            self._want(state.stroke.sumi and self._is_thin_stroke(), at)
        elif operator in _FILLS:
            self._want(state.fill.sumi and self._is_thin_area(), at)
        elif operator in _PAINTS_BOTH:
            self._want(self._both_sumi("both") and self._is_thin_stroke() and self._is_thin_area(), at)

    def _want(self, over: bool, at: int) -> None:
        if over != self._state.over:
            self._wanted.append((at, (_OVERPRINT if over else _KNOCKOUT).encode()))
            self._state.over = over

    def _both_sumi(self, paints: str) -> bool:
        fill, stroke = self._state.fill.sumi, self._state.stroke.sumi
        wanted = {"fill": fill, "stroke": stroke, "both": fill and stroke}
        return wanted.get(paints, self._state.over)

    def _is_thin_stroke(self) -> bool:
        return self._state.width * scale_of(self._state.place) < _THIN

    def _is_thin_area(self) -> bool:
        """Whether the path is a rule drawn as a thin area."""
        a, b, c, d, e, f = self._state.place
        points = [(a * x + c * y + e, b * x + d * y + f) for path in self._path for x, y in _points(path)]
        if not points:
            return False
        across, along = [x for x, _ in points], [y for _, y in points]
        return min(max(across) - min(across), max(along) - min(along)) < _THIN

    def _build(self, at: int, path: bytes) -> None:
        if self._begins < 0:
            self._begins = at + len(path) - len(path.lstrip())
        if self._state.fill.sumi or self._state.stroke.sumi:  # colours do not change within a path (8.5.2)
            self._path.append(path)

    def _keep_state(self, operator: str, operands: Sequence[bytes]) -> None:
        state = self._state
        match operator:
            case "q":
                self._outer.append(state.saved())
            case "Q" if self._outer:
                self._state = self._outer.pop()
            case "cm":
                state.place = times(map(float, operands), state.place)
            case "w":
                state.width = float(operands[0])
            case "Tr":
                state.text = int(operands[0])
            case "gs":
                state.width, fill, stroke = self._told_by(operands[0].decode())
                if fill is not None:
                    state.fill = _Paint(state.fill.process, state.fill.black, fill)
                if stroke is not None:
                    state.stroke = _Paint(state.stroke.process, state.stroke.black, stroke)
            case "k" | "K" | "sc" | "SC" | "scn" | "SCN" | "g" | "G" | "rg" | "RG" | "cs" | "CS":
                if operator.isupper():
                    state.stroke = _coloured(state.stroke, operator.lower(), operands)
                else:
                    state.fill = _coloured(state.fill, operator, operands)

    def _told_by(self, name: str) -> tuple[float, bool | None, bool | None]:
        """What a graphics state sets: the line width, and whether fills and strokes are opaque, if it says so."""
        if name not in self._known:
            named = self._named.get(name, {})
            width, *alphas = (named.get(key) for key in ("/LW", "/ca", "/CA"))
            fill, stroke = (None if alpha is None else alpha == 1 for alpha in alphas)
            self._known[name] = None if width is None else float(width), fill, stroke
        width, fill, stroke = self._known[name]
        return self._state.width if width is None else width, fill, stroke


def _coloured(paint: _Paint, operator: str, operands: Sequence[bytes]) -> _Paint:
    """A colour after an operator that sets colours, or a colour space."""
    match operator:
        case "cs":
            process = operands[0] == b"/DeviceCMYK"
            return _Paint(process, process, paint.opaque)  # its initial colour is black (8.6.8)
        case "k":
            return _Paint(True, _is_black(operands), paint.opaque)
        case "sc" | "scn":
            return _Paint(paint.process, paint.process and _is_black(operands), paint.opaque)
    return _Paint(False, False, paint.opaque)


def _is_black(operands: Sequence[bytes]) -> bool:
    return not operands[-1].startswith(b"/") and [*map(float, operands)] == [0, 0, 0, 1]


def _points(path: bytes) -> list[tuple[float, float]]:
    """The points of a path, with those that lead its curves."""
    points: list[tuple[float, float]] = []
    for operator, numbers in steps(path):
        if operator == "re":
            x, y, width, height = numbers
            numbers = [x, y, x + width, y, x, y + height, x + width, y + height]
        points += zip(numbers[::2], numbers[1::2], strict=True)
    return points
