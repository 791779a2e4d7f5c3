"""Seam ``draw.text.draw_first_line``: a text that was shaped when its paragraph was read is drawn from that.

The engine would shape every line again to draw it, and drop what is left of a thousandth of an em after each glyph, so
that justified lines miss their edge by up to 0.2 pt. Here each glyph is sent to its place to the nearest thousandth
(ISO 32000-1, 9.4.3), and no rest is carried along.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Any

from koho_pdf.composition.engine.leaf import Glyphs, Leaf


def install() -> None:
    """Put the seam in."""
    from weasyprint.draw import text

    text.draw_first_line = _drawn(text.draw_first_line)


def composed(text: str, leaf: Leaf, first: int, places: Sequence[float], end: float | None) -> Any:
    """What stands for a Pango layout in a text box of ours: cells of ``leaf`` from ``first`` on, and their places.

    ``end`` is where the next text of the line begins, None for the last one.
    """
    made = _layout_class().__new__(_layout_class())
    made.justification_spacing, made.max_width, made.first_line_direction = 0, None, 0
    made.text, made.leaf, made.first, made.places, made.end = text, leaf, first, places, end
    if leaf.box.style["text_decoration_line"] != "none":
        made.setup(leaf.box.style)  # where underlines go is asked before anything is drawn
    return made


@lru_cache(maxsize=1)
def _layout_class() -> Any:
    from weasyprint.text.line_break import Layout

    class Composed(Layout):  # type: ignore[misc]
        leaf: Leaf
        first: int
        places: Sequence[float]
        end: float | None

        @property
        def glyphs(self) -> Any:
            return self.leaf.glyphs[self.first : self.first + len(self.places)]

        @property
        def is_plain(self) -> bool:
            return all(glyphs.plain for glyphs in self.glyphs)

        @property
        def is_misread(self) -> bool:
            """Whether a cell stands nearer to or further from the one before than text readers expect.

            In a vertical line it always does: its last glyph is shown by itself. PDFium leaves what is beyond the BMP
            out of ActualText (𠮷, variation selectors): there places must do.
            """
            if any(ord(character) > 0xFFFC for character in self.text):
                return False
            if hasattr(self.leaf.box, "koho_upright"):
                return True
            places = self.places if self.end is None else (*self.places, self.end)
            steps = zip(places, places[1:], self.glyphs, strict=False)
            return any(abs(after - before - sum(glyphs.advances)) > self.room for before, after, glyphs in steps)

        @property
        def room(self) -> float:
            """The widest gap that no reader of the PDF takes for a space."""
            return _READ_AS_SPACE * float(self.leaf.box.style["font_size"])

        @property
        def blanks(self) -> list[tuple[Glyphs, float]]:
            """What fills the gap before the next text, where it would be read as a space; each with its place."""
            gap = 0.0 if self.end is None else self.end - self.places[-1] - sum(self.glyphs[-1].advances)
            if self.end is None or gap <= self.room:
                return []
            blank = _blank(self.leaf.box.style)
            width = blank.advances[0]
            return [(blank, self.end - number * width) for number in range(ceil(gap / width), 0, -1)]

        def reactivate(self, style: Any) -> None:
            """Pango is only wanted for what it draws: underlines, and texts that are not plain."""
            if style["text_decoration_line"] != "none" or not self.is_plain:
                super().reactivate(style)

        def deactivate(self) -> None:
            if "layout" in self.__dict__:
                super().deactivate()

    return Composed


def _drawn(original: Any) -> Any:
    def draw_first_line(stream: Any, box: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any) -> Any:
        layout = box.pango_layout
        if isinstance(layout, _layout_class()) and layout.is_plain:
            _show(stream, layout, matrix)
            return []
        return original(stream, box, text_overflow, block_ellipsis, matrix)

    return draw_first_line


_READ_AS_SPACE = 0.1  # em: readers of a PDF take a wider gap for a space, and a step back for a new line
_JOINER = "\u2060"  # what a blank says to readers that know no ActualText: nothing, and that no word ends here


def _show(stream: Any, layout: Any, matrix: Any) -> None:
    """The glyphs; with the text itself where their places would be misread (ISO 32000-1, 14.9.4: ActualText)."""
    if not layout.is_misread:
        _show_glyphs(stream, layout, matrix)
        return
    import pydyf

    words = pydyf.String(layout.text)
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": words}))
    _show_glyphs(stream, layout, matrix)
    stream.end_marked_content()


def _show_glyphs(stream: Any, layout: Any, matrix: Any) -> None:
    """One text array for each font: hexadecimal glyphs, and between them what their widths lack or exceed."""
    stream.set_text_matrix(*matrix.values)
    offsets, first = layout.leaf.offsets, layout.first
    text = layout.leaf.box.text.encode()
    words = [text[begin:end].decode() for begin, end in pairwise(offsets[first : first + len(layout.places) + 1])]
    shown = [*zip(layout.glyphs, layout.places, words, strict=True), *((*blank, _JOINER) for blank in layout.blanks)]
    string, pango_font, pen = "", None, 0
    font: Any = None
    size = unit = start = 0.0
    # Readers take lines that begin beside each other for one and read it from the left: a vertical line's last glyph
    # is shown by itself, so that the next line begins elsewhere than what went before.
    alone = len(layout.places) - 1 if layout.end is None and hasattr(layout.leaf.box, "koho_upright") else 0
    for number, (glyphs, place, word) in enumerate(shown):
        if glyphs.font != pango_font or number == alone > 0:
            if string:
                stream.show_text(string)
            pango_font, string = glyphs.font, ""
            font, size = stream.add_font(pango_font)
            stream.set_font_size(font.hash, size)
            start, unit, pen = place, size / 1000, 0
            if number:
                a, b, c, d, x, y = matrix.values
                stream.set_text_matrix(a, b, c, d, x + place - layout.places[0], y)
        wanted = round((place - start) / unit)
        if wanted != pen:
            string += str(pen - wanted)
            pen = wanted
        string += "<"
        for glyph in glyphs.numbers:
            if font.to_unicode.get(glyph, _JOINER) == _JOINER:
                font.to_unicode[glyph] = word
            if glyph not in font.widths:
                font.widths[glyph] = _width(stream, pango_font, glyph, size)
            string += f"{glyph:04x}"
            pen += font.widths[glyph]
        string += ">"
    if string:
        stream.show_text(string)


def _blank(style: Any) -> Glyphs:
    """A glyph without ink for a style: that of U+00A0, which our texts hardly use."""
    from weasyprint.text.ffi import FROM_UNITS
    from weasyprint.text.line_break import create_layout

    known: tuple[Glyphs, Any] | None = style.__dict__.get("koho_blank")
    if known is None:
        layout = create_layout("\u00a0", style, None, None, 0)
        item = layout.get_first_line()[0].runs[0].data
        glyph = item.glyphs.glyphs[0]
        blank = Glyphs(item.item.analysis.font, (glyph.glyph,), (glyph.geometry.width * FROM_UNITS,), True)
        known = style.koho_blank = blank, layout  # which owns the font
    return known[0]


def _width(stream: Any, font: Any, glyph: int, size: float) -> int:
    """A glyph's own width in thousandths of an em, as the PDF's font will say it."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    pango.pango_font_get_glyph_extents(font, glyph, stream.ink_rect, stream.logical_rect)
    width: float = stream.logical_rect.width * 1000 * FROM_UNITS / size
    return round(width)
