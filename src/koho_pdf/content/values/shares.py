"""Places in a picture, in percent of its width and height from the left and the top; 50 50 is the middle (decision
0026).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from koho_pdf.content.values.written import Written
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Scalar

_NUMBERS = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?%?(?:[\s,、]+[0-9]{1,3}(?:\.[0-9]+)?%?)*")


class _Unsaid(Written):
    """A place in a picture has no words."""

    __slots__ = ()

    @property
    def plain(self) -> str:
        return ""

    @property
    def ways(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Focus(_Unsaid):
    """The point that stays visible when a picture is cropped. ``x`` and ``y`` are 0 to 100."""

    source: str
    x: float
    y: float
    field: str = field(default="", compare=False)

    @property
    def css(self) -> str:
        """The value for CSS ``object-position``."""
        return f"{self.x:g}% {self.y:g}%"


@dataclass(frozen=True, slots=True)
class Keep(_Unsaid):
    """A box that nothing may cut (a face, a sign): its sides in percent of the picture's width and height."""

    source: str
    left: float
    top: float
    right: float
    bottom: float
    field: str = field(default="", compare=False)


def position(focus: Focus | None, keep: Sequence[Keep]) -> str:
    """Where in its frame a picture is to stand (``object-position``), that what may not be cut is in sight: of what is
    left over on both sides of it, each loses the same share. So all is kept that a frame of any shape can keep.

    Empty where nothing was said.
    """
    boxes = [(each.left, each.top, each.right, each.bottom) for each in keep]
    boxes += [(focus.x, focus.y, focus.x, focus.y)] if focus else []
    if not boxes:
        return ""
    left, top = (min(box[at] for box in boxes) for at in (0, 1))
    right, bottom = (max(box[at] for box in boxes) for at in (2, 3))
    middle = (focus.x, focus.y) if focus else (50, 50)
    across = 100 * left / (left + 100 - right) if left + 100 - right else middle[0]
    down = 100 * top / (top + 100 - bottom) if top + 100 - bottom else middle[1]
    return f"{round(across, 2):g}% {round(down, 2):g}%"


def _focus(value: object) -> Focus:
    text = _text(value)
    numbers = _numbers(text)
    if len(numbers) != 2:
        raise Refusal(_wrong(text, "「左から何％、上から何％」の順に、「30 40」のように2つの数で書いてください。"))
    x, y = numbers
    return Focus(text, x, y, _field(value))


def _boxes(value: object) -> tuple[Keep, ...]:
    """One box or several; mistakes have the line of their box."""
    made: list[Keep] = []
    found: list[Finding] = []
    if isinstance(value, list) and value and all(_is_number(each) for each in value):
        value = [value]  # [20, 10, 60, 50]
    for each in value if isinstance(value, list) and value else [value]:
        place = Where(line=each.line, column=each.column, field=each.field) if isinstance(each, Scalar) else Where()
        try:
            made.append(_box(each))
        except Refusal as refusal:
            found += [replace(one, where=place) for one in refusal.findings]
    if found:
        raise Refusal(*found)
    return tuple(made)


def _box(value: object) -> Keep:
    text = _text(value)
    numbers = _numbers(text)
    if len(numbers) != 4:
        raise Refusal(_wrong(text, _BOX))
    left, top, right, bottom = numbers
    if not (left < right and top < bottom):
        raise Refusal(_wrong(text, f"右は左より、下は上より大きい数にしてください。{_BOX}"))
    return Keep(text, left, top, right, bottom, _field(value))


def _field(value: object) -> str:
    """The field that a place was read from; of one written as a list, that of its first number."""
    first = value[0] if isinstance(value, list) and value else value
    return getattr(first, "field", "")


_BOX = "切ってはいけない範囲の左・上・右・下を、写真の左上からの％で「20 10 60 50」のように4つの数で書いてください。"


def _is_number(value: object) -> bool:
    return isinstance(value, str) and len(_numbers(value.strip())) == 1


def _text(value: object) -> str:
    if isinstance(value, list):  # [30, 40]
        value = " ".join(each for each in value if isinstance(each, str))
    if not isinstance(value, str):
        raise Refusal(_wrong("", "数だけを、空白で区切って書いてください。"))
    return str(value).strip()


def _numbers(text: str) -> list[float]:
    plain = unicodedata.normalize("NFKC", text)
    numbers = [float(each) for each in _found(plain)] if _NUMBERS.fullmatch(plain) else []
    return numbers if all(number <= 100 for number in numbers) else []


def _found(plain: str) -> Iterator[str]:
    yield from re.findall(r"[0-9]+(?:\.[0-9]+)?", plain)


def _wrong(text: str, hint: str) -> Finding:
    told = f"「{text[:20]}」は、写真の中の場所（0から100の％）として読めません。"
    return error("share-not-understood", told, hint=hint)


_ONE = {"type": ["string", "number", "array"]}
FocusPoint = Annotated[Focus, PlainValidator(_focus), WithJsonSchema({**_ONE, "examples": ["30 40"]})]
KeepBoxes = Annotated[tuple[Keep, ...], PlainValidator(_boxes), WithJsonSchema({**_ONE, "examples": ["20 10 60 50"]})]
