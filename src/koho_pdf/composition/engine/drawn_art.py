"""Seams ``SVGImage.draw``, ``Stream.set_color``: a drawing (SVG) is drawn once, then written again as it was.

To read paths and attributes takes nearly all of the time in which a page with art is drawn. What is noted is what the
drawing wrote on its page: operators, and at which places it asked for which colour, so that another edition gets its
own. Only what needs nothing of its page but alphas is noted: no text, picture, gradient, group or mask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from koho_pdf.composition.engine.heard import Heard, say_again
from koho_pdf.composition.engine.inked_pages import inks_now
from koho_pdf.composition.engine.recoloured import drawn_in
from koho_pdf.composition.engine.shown_pictures import shown_now

_OF_ITS_PAGE = re.compile(rb"(?: Do| sh| Tf|BDC|BMC|EMC|DP|MP|ID|EI)\s*$|^/Pattern |^BT$", re.MULTILINE)
_STATE = re.compile(rb"^(.*) gs$", re.MULTILINE)
_ALPHA = re.compile(rb"/([aA][0-9.]+(?:e-?[0-9]+)?)")


@dataclass(frozen=True, slots=True)
class _Colour:
    """A place where a drawing asks for a colour, for fills or for a ``stroke``: the operators that set its alpha, and
    whether it ``sets`` the colour."""

    colour: Any
    stroke: bool
    states: bytes
    sets: bool


@dataclass(slots=True)
class _Noted:
    """The operators of a drawing, the colours it set (from and to which operator, colour, whether for strokes), and its
    alphas by their names; then all as the ``pieces`` that are written again."""

    stream: Any
    start: int
    operators: list[bytes] = field(default_factory=list)
    colours: list[tuple[int, int, Any, bool]] = field(default_factory=list)
    alphas: dict[str, Any] = field(default_factory=dict)
    pieces: list[bytes | _Colour] = field(default_factory=list)


_NOTING: list[_Noted] = []


def once_drawn(draw: Any) -> Any:
    """Draw a drawing, or write again what it drew before at this size."""

    draw = _left_as_it_was(draw)

    def draw_again(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
        if inks_now():  # two colours may be one on this page, and two again on another
            draw(image, stream, width, height, style)
            return
        known = image.__dict__.setdefault("koho_drawn", {})
        size = width, height
        if (shown := shown_now(image)) is not None:
            # A palette of its own: what has no colour in it is no ink, though the pages know one of this name.
            with drawn_in(shown.palette or {}):
                if shown.palette is not None and known.get(size):
                    _write(known[size], stream)
                else:
                    shown.image().draw(stream, width, height, style)
            return
        if size in known:
            if known[size]:
                _write(known[size], stream)
                return
            draw(image, stream, width, height, style)
            return
        noted = _Noted(stream, len(stream.stream))
        _NOTING.append(noted)
        try:
            with Heard() as said:
                draw(image, stream, width, height, style)
        finally:
            _NOTING.pop()
        say_again(said.records)
        known[size] = noted if not said.records and _is_alone(noted) else None

    return draw_again


def _left_as_it_was(draw: Any) -> Any:
    """Draw, and give elements their names back: the engine makes an ``svg`` of a used ``symbol``, and would then
    draw it by itself the next time."""

    def draw_and_mend(image: Any, *more: Any) -> None:
        named = [(each, each.tag) for each in image._svg.tree._etree_node.iter()]
        try:
            draw(image, *more)
        finally:
            for each, tag in named:
                each.tag = tag

    return draw_and_mend


def _is_alone(noted: _Noted) -> bool:
    """Take the operators; whether they need nothing of the page but alphas."""
    noted.operators = [bytes(each) for each in noted.stream.stream[noted.start :]]
    written = b"\n".join(noted.operators)
    if _OF_ITS_PAGE.search(written):
        return False
    states = noted.stream._resources["ExtGState"]
    for each in dict.fromkeys(_STATE.findall(written)):
        alpha = _ALPHA.fullmatch(each)
        if alpha is None:
            return False
        name = alpha[1].decode()
        noted.alphas[name] = states[name]
    noted.stream = None
    noted.pieces = [*_pieces(noted)]
    noted.operators = []
    return True


def _pieces(noted: _Noted) -> Iterator[bytes | _Colour]:
    """What lies between colours is written as one: of operators alone there are a hundred thousand in a newsletter."""
    done = 0
    for start, end, colour, stroke in noted.colours:
        yield b"\n".join(noted.operators[done:start])
        done = end
        asked = noted.operators[start:end]
        states = [each for each in asked if each.endswith(b" gs")]
        yield _Colour(colour, stroke, b"\n".join(states), len(states) < len(asked))
    yield b"\n".join(noted.operators[done:])


def _write(noted: _Noted, stream: Any) -> None:
    written, states = stream.stream, stream._resources["ExtGState"]
    for name, alpha in noted.alphas.items():
        states.setdefault(name, copy(alpha))
    for piece in noted.pieces:
        if isinstance(piece, bytes):
            written += [piece] if piece else []
            continue
        colour = piece.colour
        written += [piece.states] if piece.states else []
        # The alpha is set, whatever the stream knows of it; the colour is not, whatever it knows.
        if piece.stroke:
            stream._current_alpha_stroke, stream._current_color_stroke = f"A{colour.alpha}", None
        else:
            stream._current_alpha, stream._current_color = f"a{colour.alpha}", None
        if piece.sets:
            stream.set_color(colour, piece.stroke)
    stream._current_color = stream._current_color_stroke = None  # as at the end of every state
    stream._current_alpha = stream._current_alpha_stroke = None


def noted_colours(set_color: Any) -> Any:
    """Note where a drawing asks for which colour."""

    def set_color_noted(stream: Any, color: Any, stroke: bool = False) -> None:
        noted = _NOTING[-1] if _NOTING else None
        if noted is None or noted.stream is not stream:
            set_color(stream, color, stroke)
            return
        start = len(stream.stream)
        set_color(stream, color, stroke)
        if len(stream.stream) > start:
            noted.colours.append((start - noted.start, len(stream.stream) - noted.start, copy(color), stroke))

    return set_color_noted
