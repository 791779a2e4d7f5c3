"""The operators of colour, state and text, and what each does to a walk (ISO 32000-1, annex A); paths
are in ``walk``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

import pikepdf

from koho_pdf.preflight.pdf.colours import UNKNOWN, space_of
from koho_pdf.preflight.pdf.facts import Mark, Paint, Text
from koho_pdf.preflight.pdf.matrices import IDENTITY, Edges, Matrix, number, numbers, times
from koho_pdf.preflight.pdf.state import Changes

if TYPE_CHECKING:
    from koho_pdf.preflight.pdf.gathered import Gathered
    from koho_pdf.preflight.pdf.limits import Fuel
    from koho_pdf.preflight.pdf.pdf_fonts import Face
    from koho_pdf.preflight.pdf.state import Pen, Side, State

Operands = list[Any]
_INVISIBLE = (3, 7)


class Walking(Protocol):
    """The part of the walk over a page (``walk.Walk``) that an operator sees and changes."""

    found: Gathered
    fuel: Fuel
    resources: Any
    state: State
    pen: Pen
    clips: bool
    plain: dict[tuple[object, bytes], Changes]

    @property
    def spaces(self) -> pikepdf.Object | None:
        """The colour spaces that have names here."""

    def resource(self, kind: str, name: Any) -> pikepdf.Object | None:
        """A resource by its name; a missing one is a fault of the content."""

    def add(self, kind: Callable[..., Mark], box: Edges, paint: Paint, *more: Any) -> None:
        """Add a mark on the page."""

    def patterns(self, box: Edges, filled: bool, stroked: bool) -> None:
        """Walk the state's patterns in a box."""

    def shade(self, shading: pikepdf.Object | None, box: Edges | None) -> None:
        """Add a gradient over a box."""

    def glyphs(self, face: Face, codes: list[tuple[int, Matrix]], box: Edges) -> None:
        """Walk the glyphs of a Type 3 font."""

    def do(self, name: Any) -> None:
        """Draw an XObject by its name."""

    def mask(self, mask: pikepdf.Object) -> None:
        """Walk a soft mask."""


def _device(walk: Walking, side: Side, family: str, operands: Operands) -> None:
    space = space_of(pikepdf.Name(f"/{family}"), walk.spaces)
    side.set(space, numbers(operands))


def _space(walk: Walking, side: Side, operands: Operands) -> None:
    name = operands[0]
    space = space_of(name, walk.spaces) if isinstance(name, pikepdf.Name) else UNKNOWN
    if space is UNKNOWN:
        walk.found.fault(name)
    walk.found.spots.update(space.spots)
    side.set(space, [])


def _colour(walk: Walking, side: Side, operands: Operands) -> None:
    values = numbers([each for each in operands if not isinstance(each, pikepdf.Name)])
    last = operands[-1]
    side.set(side.space, values, walk.resource("/Pattern", last) if isinstance(last, pikepdf.Name) else None)


def _gs(walk: Walking, operands: Operands) -> None:
    name = operands[0]
    key = walk.resources.objgen, bytes(name) if isinstance(name, pikepdf.Name) else b""
    if known := walk.plain.get(key):  # a page sets the same few states hundreds of times
        walk.state.apply(known)
        return
    changes = walk.resource("/ExtGState", name)
    if not isinstance(changes, pikepdf.Dictionary):
        return
    walk.state.apply(read := Changes.of(changes))
    walk.found.state(changes)
    if key[0] != (0, 0) and "/Font" not in changes and "/SMask" not in changes:
        walk.plain[key] = read
    font = changes.get("/Font")
    if isinstance(font, pikepdf.Array) and len(font) == 2:
        walk.state.face, walk.state.size = walk.fuel.face(font[0]), number(font[1])
    mask = changes.get("/SMask")
    if isinstance(mask, pikepdf.Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
        walk.mask(mask)


def _font(walk: Walking, operands: Operands) -> None:
    font = walk.resource("/Font", operands[0])
    walk.state.face = walk.fuel.face(font) if isinstance(font, pikepdf.Dictionary) else None
    walk.state.size = number(operands[1])


def _show(walk: Walking, pieces: list[bytes | float]) -> None:
    state, face = walk.state, walk.state.face
    if face is None:
        walk.found.fault("Tf")
        return
    placing = times(walk.pen.matrix, state.ctm)
    box, codes = walk.pen.show(state, face, pieces)
    if state.mode in _INVISIBLE or not codes:
        return
    walk.found.fonts.add(face.font)
    shown = state.clipped(box)
    if shown is None:
        return
    filled, stroked = state.mode % 4 in (0, 2), state.mode % 4 in (1, 2)
    size = abs(state.size) * float((placing[2] ** 2 + placing[3] ** 2) ** 0.5)
    if face.glyphs:
        walk.glyphs(face, codes, shown)
    notdef = sum(code in face.missing for code, _ in codes)
    outline = round(state.line_width * state.scale, 4) if stroked else 0.0
    said = crc32(b"".join(piece for piece in pieces if isinstance(piece, bytes)))
    told = face.font.name, round(size, 3), len(codes), notdef, outline, said
    walk.add(Text, shown, state.paint(filled, stroked), *told)
    walk.patterns(shown, filled, stroked)


def _pieces(members: Any) -> list[bytes | float]:
    return [bytes(each) if isinstance(each, pikepdf.String) else number(each) for each in members]


def _line(walk: Walking, text: Any) -> None:
    walk.pen.move(0, -walk.state.leading)
    _show(walk, [bytes(text)])


def _spaced_line(walk: Walking, operands: Operands) -> None:
    walk.state.word_space, walk.state.character_space = number(operands[0]), number(operands[1])
    _line(walk, operands[2])


def _leading_move(walk: Walking, operands: Operands) -> None:
    walk.state.leading = -number(operands[1])
    walk.pen.move(number(operands[0]), number(operands[1]))


def _set(name: str, scale: float = 1.0) -> Callable[[Walking, Operands], None]:
    return lambda walk, given: setattr(walk.state, name, number(given[0]) * scale)


def _clip(walk: Walking, _: Operands) -> None:
    walk.clips = True


def _mode(walk: Walking, operands: Operands) -> None:
    walk.state.mode = int(number(operands[0]))


def _matrix(operands: Operands) -> Matrix:
    a, b, c, d, e, f = numbers(operands) if len(operands) == 6 else IDENTITY
    return a, b, c, d, e, f


def _concatenate(walk: Walking, operands: Operands) -> None:
    walk.state.ctm = times(_matrix(operands), walk.state.ctm)


OPERATORS: dict[str, Callable[[Walking, Operands], None]] = {
    "cm": _concatenate,
    "gs": _gs,
    "w": _set("line_width"),
    "W": _clip,
    "W*": _clip,
    "Do": lambda walk, given: walk.do(given[0]),
    "sh": lambda walk, given: walk.shade(walk.resource("/Shading", given[0]), walk.state.clip),
    "BT": lambda walk, _: walk.pen.set(IDENTITY),
    "Tf": _font,
    "Tr": _mode,
    "Tc": _set("character_space"),
    "Tw": _set("word_space"),
    "Tz": _set("stretch", 0.01),
    "TL": _set("leading"),
    "Ts": _set("rise"),
    "Tm": lambda walk, given: walk.pen.set(_matrix(given)),
    "Td": lambda walk, given: walk.pen.move(number(given[0]), number(given[1])),
    "TD": _leading_move,
    "T*": lambda walk, _: walk.pen.move(0, -walk.state.leading),
    "Tj": lambda walk, given: _show(walk, [bytes(given[0])]),
    "TJ": lambda walk, given: _show(walk, _pieces(given[0])),
    "'": lambda walk, given: _line(walk, given[0]),
    '"': _spaced_line,
    "cs": lambda walk, given: _space(walk, walk.state.fill, given),
    "CS": lambda walk, given: _space(walk, walk.state.stroke, given),
    **dict.fromkeys(("sc", "scn"), lambda walk, given: _colour(walk, walk.state.fill, given)),
    **dict.fromkeys(("SC", "SCN"), lambda walk, given: _colour(walk, walk.state.stroke, given)),
    "g": lambda walk, given: _device(walk, walk.state.fill, "DeviceGray", given),
    "rg": lambda walk, given: _device(walk, walk.state.fill, "DeviceRGB", given),
    "k": lambda walk, given: _device(walk, walk.state.fill, "DeviceCMYK", given),
    "G": lambda walk, given: _device(walk, walk.state.stroke, "DeviceGray", given),
    "RG": lambda walk, given: _device(walk, walk.state.stroke, "DeviceRGB", given),
    "K": lambda walk, given: _device(walk, walk.state.stroke, "DeviceCMYK", given),
}
