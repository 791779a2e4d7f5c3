"""Seam ``get_font_description``, and each text of a paragraph shaped once by Pango: its clusters and their glyphs.

What Pango is given is what is seen: characters that nobody sees are no glyphs and take no room, and stay in the text
that is copied. Where a stand-in face draws a character in a form of its own (IVS), it is shaped in that face.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from koho_pdf.composition.engine.leaf import Glyphs, Leaf, untracked
from koho_pdf.composition.stand_ins import Piece, StandIns
from koho_pdf.composition.turned import SUFFIX

_EMPTY = 0x0FFFFFFF  # PANGO_GLYPH_EMPTY: from here on numbers are no glyphs (pango-glyph.h)
_OBJECT = "\ufffc"  # what stands for an atomic inline among characters (CSS Text 3, 5.1)


def install() -> None:
    """Put the seam in: after the families asked for come those that stand in for them."""
    from weasyprint.text import line_break

    line_break.get_font_description = _with_stand_ins(line_break.get_font_description)


class _Style:
    """A style with other families."""

    def __init__(self, style: Any, families: tuple[str, ...]) -> None:
        self._style, self._families = style, families

    def __getitem__(self, key: str) -> Any:
        return self._families if key == "font_family" else self._style[key]


def _with_stand_ins(original: Any) -> Any:
    def get_font_description(style: Any) -> Any:
        stand_ins: StandIns | None = getattr(getattr(style, "font_config", None), "koho_stand_ins", None)
        if stand_ins is None:
            return original(style)
        asked = style["font_family"]
        plain = tuple(family.removesuffix(SUFFIX) for family in asked)
        more = stand_ins.families(plain)
        if plain != tuple(asked):
            more = tuple(family + SUFFIX for family in more)
        return original(_Style(style, (*asked, *more)) if more else style)

    return get_font_description


def clusters(leaf: Leaf) -> list[tuple[str, int, Glyphs]]:
    """The clusters of a text as Pango shapes it: text, offset in UTF-8 bytes, glyphs.

    What nobody sees belongs to the cluster before it, or to the first.
    """
    if leaf.is_atomic:
        return [(_OBJECT, 0, Glyphs(None, (), (leaf.width,)))]
    text = leaf.box.text
    found: dict[int, Glyphs] = {}
    for piece in pieces(text, leaf.box.style):
        found |= _shaped(leaf, piece)
    places = sorted(found)
    if not places:
        return [(text, 0, Glyphs(None, (), ()))]
    offsets = list(accumulate((len(character.encode()) for character in text), initial=0))
    found[0], places[0] = found.pop(places[0]), 0
    return [
        (text[place:end], offsets[place], found[place])
        for place, end in zip(places, [*places[1:], len(text)], strict=True)
    ]


def pieces(text: str, style: Any) -> list[Piece]:
    """A text cut where a stand-in draws it."""
    stand_ins: StandIns | None = getattr(style.font_config, "koho_stand_ins", None)
    if stand_ins is None:
        return [Piece(None, list(text), list(range(len(text))))]
    asked = tuple(family.removesuffix(SUFFIX) for family in style["font_family"])
    return stand_ins.pieces(text, asked, style["font_weight"])


def _shaped(leaf: Leaf, piece: Piece) -> dict[int, Glyphs]:
    """The glyphs of a piece by the place of each cluster in the leaf's text."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango
    from weasyprint.text.line_break import create_layout

    style = untracked(leaf.box.style)
    if piece.face is not None:
        turned = style["font_family"][0].endswith(SUFFIX)
        style = style.copy()
        style["font_family"] = (piece.face.family + (SUFFIX if turned else ""),)
    layout = create_layout("".join(piece.text).replace("\n", " "), style, None, None, 0)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    leaf.layouts.append(layout.layout)
    starts = accumulate((len(character.encode()) for character in piece.text), initial=0)
    places = dict(zip(starts, piece.places, strict=False))
    found: dict[int, Glyphs] = {}
    for font, string, start in _runs(line.runs[0], ffi.NULL):
        glyphs, firsts = string.glyphs, string.log_clusters
        for number in range(string.num_glyphs):
            glyph = glyphs[number].glyph
            shape = glyphs[number].geometry
            advance, right, down = shape.width * FROM_UNITS, shape.x_offset, shape.y_offset
            if glyph >= _EMPTY:  # a space that the face lacks, or a character that no face has (.notdef)
                cell = Glyphs(font, () if glyph == _EMPTY else (0,), (advance,))
            elif right or down:
                cell = Glyphs(font, (glyph,), (advance,), ((right * FROM_UNITS, down * FROM_UNITS),))
            else:
                cell = Glyphs(font, (glyph,), (advance,))
            place = places[start + firsts[number]]
            found[place] = found[place].joined(cell) if place in found else cell
    return found


def _runs(run: Any, end: Any) -> Iterator[tuple[Any, Any, int]]:
    while run != end:
        item, run = run.data, run.next
        yield item.item.analysis.font, item.glyphs, item.item.offset
