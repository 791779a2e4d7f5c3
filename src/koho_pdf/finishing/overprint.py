"""スミノセ: black text and thin black lines print over what is beneath them.

If a letter knocks out the colours under it, white seams show wherever the plates are a tenth of a millimetre apart. So
small things in black alone overprint (ISO 32000-1, 8.6.7; with OPM 1, so that their 0 % of cyan does not erase cyan).
Nothing else overprints: white would vanish, tints would change their colour, and black areas would show what is
beneath.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage, Dictionary, Name

from koho_pdf.finishing.contents import Instruction, contents, instruction, replace, resource
from koho_pdf.finishing.reach import Matrix, drawn_scales, scale_of, times

_THIN = 2.0  # pt: GWG 2022 R0010
_OVERPRINT, _KNOCKOUT = "SumiNose", "Knockout"
_SHOWS = {"Tj", "TJ", "'", '"'}
_BUILDS = {"m", "l", "c", "v", "y", "h", "re"}
_FILLS = {"f", "F", "f*"}
_STROKES = {"S", "s"}
_PAINTS_BOTH = {"B", "B*", "b", "b*"}
_ENDS = _FILLS | _STROKES | _PAINTS_BOTH | {"n"}
_ELSE = {"Do", "sh", "INLINE IMAGE"}
_TEXT_PAINTS = {0: "fill", 1: "stroke", 2: "both", 4: "fill", 5: "stroke", 6: "both"}  # Table 106


def overprint_black(pdf: pikepdf.Pdf) -> None:
    """Let text, and lines thinner than 2 pt, overprint if they are DeviceCMYK 0 0 0 1, wherever they are drawn."""
    over = pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1))
    out = pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0))
    scales = drawn_scales(pdf)
    for content, resources in contents(pdf):
        read = pikepdf.parse_content_stream(content)
        made = _Walk(resources.get("/ExtGState", {}), scales.get(content.objgen, 1.0)).over(read)
        if len(made) > len(read):
            replace(pdf, content, made)
            resource(resources, "ExtGState", _OVERPRINT, over)
            resource(resources, "ExtGState", _KNOCKOUT, out)


@dataclass(slots=True)
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
        kept = copy(self)
        kept.fill, kept.stroke = copy(self.fill), copy(self.stroke)
        return kept


class _Walk:
    """Follows one content stream, drawn ``scale`` times its own size, and inserts a graphics state before each painting
    operator that needs another one.
    """

    def __init__(self, graphics_states: Any, scale: float) -> None:
        self._named = graphics_states
        self._state = _State(_Paint(), _Paint(), (scale, 0, 0, scale, 0, 0))
        self._outer: list[_State] = []
        self._made: list[Instruction] = []
        self._path = -1  # the beginning of the path under construction
        self._points: list[tuple[float, float]] = []  # empty for a path that is not painted in black

    def over(self, instructions: list[Instruction]) -> list[Instruction]:
        for each in instructions:
            operator = "INLINE IMAGE" if isinstance(each, ContentStreamInlineImage) else str(each.operator)
            if operator in _BUILDS:
                self._build(operator, each.operands)
            elif operator in _SHOWS:
                self._want(self._both_sumi(_TEXT_PAINTS.get(self._state.text, "none")), len(self._made))
            elif operator in _STROKES:
                self._want(self._state.stroke.sumi and self._is_thin_stroke(), self._path)
            elif operator in _FILLS:
                self._want(self._state.fill.sumi and self._is_thin_area(), self._path)
            elif operator in _PAINTS_BOTH:
                self._want(self._both_sumi("both") and self._is_thin_stroke() and self._is_thin_area(), self._path)
            elif operator in _ELSE:
                self._want(False, len(self._made))
            elif not isinstance(each, ContentStreamInlineImage):
                self._keep_state(operator, each.operands)
            if operator in _ENDS:
                self._path, self._points = -1, []
            self._made.append(each)
        return self._made

    def _want(self, over: bool, at: int) -> None:
        if over != self._state.over:
            at = at if at >= 0 else len(self._made)  # painted without a path
            self._made.insert(at, instruction("gs", Name(f"/{_OVERPRINT if over else _KNOCKOUT}")))
            self._state.over = over

    def _both_sumi(self, paints: str) -> bool:
        fill, stroke = self._state.fill.sumi, self._state.stroke.sumi
        wanted = {"fill": fill, "stroke": stroke, "both": fill and stroke}
        return wanted.get(paints, self._state.over)

    def _is_thin_stroke(self) -> bool:
        return self._state.width * scale_of(self._state.place) < _THIN

    def _is_thin_area(self) -> bool:
        """Whether the path is a rule drawn as a thin area."""
        if not self._points:
            return False
        across, along = [x for x, _ in self._points], [y for _, y in self._points]
        return min(max(across) - min(across), max(along) - min(along)) < _THIN

    def _build(self, operator: str, operands: Any) -> None:
        if self._path < 0:
            self._path = len(self._made)
        if not (self._state.fill.sumi or self._state.stroke.sumi):  # colours do not change within a path (8.5.2)
            return
        numbers = [float(number) for number in operands]
        if operator == "re":
            x, y, width, height = numbers
            numbers = [x, y, x + width, y, x, y + height, x + width, y + height]
        a, b, c, d, e, f = self._state.place
        self._points += [
            (a * x + c * y + e, b * x + d * y + f) for x, y in zip(numbers[::2], numbers[1::2], strict=True)
        ]

    def _keep_state(self, operator: str, operands: Any) -> None:
        state = self._state
        paint = state.stroke if operator.isupper() else state.fill
        match operator:
            case "q":
                self._outer.append(state.saved())
            case "Q" if self._outer:
                self._state = self._outer.pop()
            case "cm":
                state.place = times(operands, state.place)
            case "w":
                state.width = float(operands[0])
            case "Tr":
                state.text = int(operands[0])
            case "cs" | "CS":
                paint.process = operands[0] == Name.DeviceCMYK
                paint.black = paint.process  # its initial colour (8.6.8)
            case "k" | "K":
                paint.process, paint.black = True, _is_black(operands)
            case "sc" | "SC" | "scn" | "SCN":
                paint.black = paint.process and _is_black(operands)
            case "g" | "G" | "rg" | "RG":
                paint.process = paint.black = False
            case "gs":
                named = self._named.get(str(operands[0]), {})
                state.width = float(named.get("/LW", state.width))
                state.fill.opaque = named.get("/ca", 1 if state.fill.opaque else 0) == 1
                state.stroke.opaque = named.get("/CA", 1 if state.stroke.opaque else 0) == 1


def _is_black(operands: Any) -> bool:
    return [float(ink) for ink in operands] == [0, 0, 0, 1]
