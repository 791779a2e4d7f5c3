"""What a page paints, painting by painting, with the marked content that each stands in, through pikepdf alone.

ISO 32000-1: 8 (paths, matrices, clipping), 9.4 (text), 14.6 (marked content). Boxes are left, foot, right, head in
points of the page; text has the box of its line's height and its strings' widths, curves that of their points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from judges.lettering import AS_IT_IS, Box, Font, Matrix, State, around, cornered, moved, product

_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
_PAINTS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s"))


@dataclass(slots=True, eq=False)
class Marked:
    """A sequence of marked content: its tag, its number in its stream (None: an artifact, or no content of an element),
    the properties it has, and what is said in it (ActualText in place of characters)."""

    tag: str
    mcid: int | None
    stream: tuple[int, int]
    said: pikepdf.Object | None
    text: str = ""
    boxes: list[Box] = field(default_factory=list)

    @property
    def is_artifact(self) -> bool:
        """Whether readers of tags pass it over."""
        return self.tag == "/Artifact"

    @property
    def box(self) -> Box | None:
        """The box of all that it paints."""
        return around(self.boxes)


@dataclass(frozen=True, slots=True)
class Painting:
    """One painting: its operator, text and box, and the element's content or artifact it stands in (None: bare)."""

    operator: str
    text: str
    box: Box | None
    marked: Marked | None


def content_of(page: pikepdf.Page) -> tuple[list[Painting], list[Marked]]:
    """The paintings of a page and of the forms it draws, and its marked content, in content order."""
    reader = _Reader()
    reader.read(page.obj, page.obj.get("/Resources", pikepdf.Dictionary()), State(), (0, 0), [])
    return reader.paintings, reader.marked


class _Reader:
    def __init__(self) -> None:
        self.paintings: list[Painting] = []
        self.marked: list[Marked] = []
        self._fonts: dict[tuple[int, int], Font] = {}

    def read(
        self, content: Any, resources: Any, state: State, stream: tuple[int, int], open_marks: list[tuple[Marked, str]]
    ) -> None:
        kept: list[State] = []
        path: list[tuple[float, float]] = []
        line = text = AS_IT_IS
        clips = False
        for each in pikepdf.parse_content_stream(content):
            operator, operands = str(each.operator), each.operands
            match operator:
                case "q":
                    kept.append(state.copy())
                case "Q" if kept:
                    state = kept.pop()
                case "cm":
                    state.matrix = product(_numbers(operands), state.matrix)
                case "m" | "l" | "c" | "v" | "y":
                    at = _numbers(operands)
                    path += [moved(state.matrix, x, y) for x, y in zip(at[::2], at[1::2], strict=True)]
                case "re":
                    x, y, wide, high = _numbers(operands)
                    path += [moved(state.matrix, x + a, y + b) for a in (0, wide) for b in (0, high)]
                case "W" | "W*":
                    clips = True
                case "BMC" | "BDC":
                    self._open(operator, operands, resources, stream, open_marks)
                case "EMC":
                    if open_marks:
                        open_marks.pop()
                case "BT":
                    line = text = AS_IT_IS
                case "Tf":
                    state.font, state.size = self._font(resources, operands[0]), float(operands[1])
                case "Tz":
                    state.scale = float(operands[0]) / 100
                case "TL":
                    state.leading = float(operands[0])
                case "Tc":
                    state.characters = float(operands[0])
                case "Tw":
                    state.words = float(operands[0])
                case "Tr":
                    state.mode = int(operands[0])
                case "Tm":
                    line = text = _six(_numbers(operands))
                case "Td" | "TD":
                    x, y = _numbers(operands)
                    state.leading = -y if operator == "TD" else state.leading
                    line = text = product((1, 0, 0, 1, x, y), line)
                case "T*":
                    line = text = product((1, 0, 0, 1, 0, -state.leading), line)
                case "Do":
                    drawn = resources.XObject[str(operands[0])]
                    if drawn.Subtype == "/Form":
                        inner = state.copy()
                        inner.matrix = product(_numbers(drawn.get("/Matrix", AS_IT_IS)), state.matrix)
                        inner.clip = _shared(state.clip, cornered(inner.matrix, _numbers(drawn.BBox))) or (0, 0, 0, 0)
                        own = drawn.objgen if "/StructParents" in drawn else stream
                        self.read(drawn, drawn.get("/Resources", resources), inner, own, list(open_marks))
                    else:
                        self._paint(operator, "", cornered(state.matrix, (0, 0, 1, 1)), state, open_marks)
                case "sh" | "BI" | "INLINE IMAGE":
                    box = state.clip if operator == "sh" else cornered(state.matrix, (0, 0, 1, 1))
                    self._paint(operator, "", box, state, open_marks)
                case "n":
                    pass
                case _ if operator in _SHOWS and state.font is not None:
                    if operator in ("'", '"'):
                        line = text = product((1, 0, 0, 1, 0, -state.leading), line)
                    said, advance = state.font.shown(operands[-1], state)
                    line_box = state.font.box(advance, state, product(text, state.matrix))
                    self._paint(operator, said, None if state.mode == 3 else line_box, state, open_marks)
                    step = (0.0, advance) if state.font.vertical else (advance, 0.0)
                    text = product((1, 0, 0, 1, *step), text)
                case _ if operator in _PAINTS:
                    self._paint(operator, "", around([(x, y, x, y) for x, y in path]), state, open_marks)
            if operator in _PAINTS or operator == "n":
                if clips and (inside := around([(x, y, x, y) for x, y in path])):
                    state.clip = _shared(state.clip, inside) or (0, 0, 0, 0)
                path, clips = [], False

    def _open(
        self, operator: str, operands: Any, resources: Any, stream: tuple[int, int], open_marks: list[Any]
    ) -> None:
        said = operands[1] if operator == "BDC" else None
        if isinstance(said, pikepdf.Name):
            said = resources.get("/Properties", {}).get(str(said))
        mcid = int(said.MCID) if said is not None and "/MCID" in said else None
        mark = Marked(str(operands[0]), mcid, stream, said)
        instead = str(said.ActualText) if said is not None and "/ActualText" in said else None
        covered = any(other is not None for _, other in open_marks)
        if mcid is not None or mark.is_artifact:
            self.marked.append(mark)
        open_marks.append((mark, instead))
        if instead is not None and not covered:
            self._say(instead, open_marks)

    def _say(self, text: str, open_marks: list[tuple[Marked, str]]) -> None:
        holder = _holder(open_marks)
        if holder is not None:
            holder.text += text

    def _paint(self, operator: str, text: str, box: Box | None, state: State, open_marks: list[Any]) -> None:
        box = _shared(box, state.clip) if box else None
        holder = _holder(open_marks)
        self.paintings.append(Painting(operator, text, box, holder))
        if holder is not None:
            if box:
                holder.boxes.append(box)
            if not any(instead is not None for _, instead in open_marks):
                holder.text += text

    def _font(self, resources: Any, name: Any) -> Font:
        font = resources.Font[str(name)]
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = Font(font)
        return self._fonts[font.objgen]


def _holder(open_marks: Sequence[tuple[Marked, Any]]) -> Marked | None:
    """The innermost of the open sequences that is an element's content or an artifact."""
    return next((mark for mark, _ in reversed(open_marks) if mark.mcid is not None or mark.is_artifact), None)


def _shared(one: Box, other: Box) -> Box | None:
    """What two boxes have in common; None: nothing."""
    left, foot, right, head = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return (left, foot, right, head) if left <= right and foot <= head else None


def _numbers(operands: Any) -> list[float]:
    return [float(each) for each in operands]


def _six(values: Sequence[float]) -> Matrix:
    a, b, c, d, e, f = values
    return a, b, c, d, e, f
