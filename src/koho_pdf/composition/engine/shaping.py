"""Seam ``get_font_description``; and shapes each text of a paragraph once by Pango: its clusters and their glyphs.

Pango only gets visible characters: invisible ones have no glyphs and take no room, but stay in copied text. If a
stand-in face draws a special form of a character (IVS), it is shaped in that face.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from koho_pdf.composition.engine.leaf import Glyphs, Leaf, narrowed, untracked
from koho_pdf.composition.fonts.stand_ins import Piece, StandIns
from koho_pdf.composition.fonts.turned import SUFFIX

_EMPTY = 0x0FFFFFFF  # PANGO_GLYPH_EMPTY: from here on numbers are not glyphs (pango-glyph.h)
_OBJECT = "\ufffc"  # stands for an atomic inline among characters (CSS Text 3, 5.1)


class _Style:
    """A style with other families, and maybe another weight."""

    def __init__(self, style: Any, families: tuple[str, ...], weight: int) -> None:
        self._style, self._own = style, {"font_family": families, "font_weight": weight}

    def __getitem__(self, key: str) -> Any:
        return self._own[key] if key in self._own else self._style[key]


def with_stand_ins(original: Any) -> Any:
    """Name families as their files do, and list after them those that stand in for them."""

    def get_font_description(style: Any) -> Any:
        stand_ins: StandIns | None = getattr(getattr(style, "font_config", None), "koho_stand_ins", None)
        if stand_ins is None:
            return original(style)
        asked = style["font_family"]
        plain = tuple(family.removesuffix(SUFFIX) for family in asked)
        more = stand_ins.families(plain)
        named, weight = stand_ins.in_files(plain, style["font_weight"])
        named += stand_ins.in_files(more, style["font_weight"])[0]
        if plain != tuple(asked):
            named = tuple(family + SUFFIX for family in named)
        return original(_Style(style, named, weight) if named != tuple(asked) else style)

    return get_font_description


def clusters(leaf: Leaf) -> list[tuple[str, int, Glyphs]]:
    """The clusters of a text as Pango shapes it: text, offset in UTF-8 bytes, glyphs.

    Invisible characters belong to the cluster before them, or to the first.
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
    offsets = list(accumulate(map(_length, text), initial=0))
    found[0], places[0] = found.pop(places[0]), 0
    return [
        (text[place:end], offsets[place], found[place])
        for place, end in zip(places, [*places[1:], len(text)], strict=True)
    ]


def pieces(text: str, style: Any) -> list[Piece]:
    """A text, cut at characters that a stand-in draws."""
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
    kept: dict[Any, tuple[Any, dict[Any, Glyphs]]] = getattr(style.font_config, "koho_shapes", {})
    unit = FROM_UNITS * narrowed(style)  # along the line
    places = dict(zip(accumulate(map(_length, piece.text), initial=0), piece.places, strict=False))
    found: dict[int, Glyphs] = {}
    for font, string, start in _runs(line.runs[0], ffi.NULL):
        owner, alike = kept.setdefault((font, unit), (layout.layout, {}))  # the same characters come again and again
        leaf.layouts.append(owner)
        for shape, first in zip(_shapes(string), ffi.unpack(string.log_clusters, string.num_glyphs), strict=True):
            if (cell := alike.get(shape)) is None:
                glyph, width, right, down = shape
                advance, shifts = width * unit, ((right * unit, down * FROM_UNITS),)
                if glyph >= _EMPTY:  # a space that the face lacks, or a character that no face has (.notdef)
                    cell = Glyphs(font, () if glyph == _EMPTY else (0,), (advance,))
                else:
                    cell = Glyphs(font, (glyph,), (advance,), shifts if right or down else ())
                alike[shape] = cell
            place = places[start + first]
            found[place] = found[place].joined(cell) if place in found else cell
    return found


def _length(character: str) -> int:
    """Of a character in UTF-8, in bytes."""
    return 1 if character < "\x80" else 2 if character < "\u0800" else 3 if character < "\U00010000" else 4


def _shapes(string: Any) -> Iterator[tuple[int, int, int, int]]:
    """For each glyph of a run its number, width and shift (PangoGlyphInfo, read in one piece)."""
    from weasyprint.text.ffi import ffi

    count, size = string.num_glyphs, ffi.sizeof(string.glyphs[0])
    numbers = memoryview(ffi.buffer(string.glyphs, count * size)).cast("i").tolist()
    step = size // 4
    return zip(*(numbers[part::step] for part in range(4)), strict=True)


def _runs(run: Any, end: Any) -> Iterator[tuple[Any, Any, int]]:
    while run != end:
        item, run = run.data, run.next
        yield item.item.analysis.font, item.glyphs, item.item.offset
