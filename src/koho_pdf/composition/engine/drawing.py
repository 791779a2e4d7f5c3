"""Seam ``draw.text.draw_first_line``: draws a text from the shapes that were found when its paragraph was read.

The engine would shape every line again to draw it, and cut each glyph's advance to thousandths of an em, so that
justified lines miss their edge by up to 0.2 pt. Here each glyph is sent to its place to the nearest thousandth (ISO
32000-1, 9.4.3), so errors do not add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil
from typing import Any, NamedTuple

from koho_pdf.composition.engine.leaf import Glyphs, Leaf, along, narrowed, untracked
from koho_pdf.composition.engine.subsetting import number_for
from koho_pdf.composition.paragraph.shown_apart import pieces

_HAIR = 1e-6
_READ_AS_SPACE = 0.1  # em: readers of a PDF take a wider gap for a space, and a step back for a new line
_JOINER = "\u2060"  # a blank's text for readers without ActualText: nothing, and no word ends here


class _Shown(NamedTuple):
    """A cell as it is drawn: its glyphs, its place on the line, its distance below the baseline, its text, and whether
    it is shown by itself.
    """

    glyphs: Glyphs
    place: float
    drop: float
    word: str
    alone: bool = False


def composed(text: str, leaf: Leaf, first: int, places: Sequence[float], end: float, *, closes: bool) -> Any:
    """Replaces a Pango layout in our text boxes: cells of ``leaf`` from ``first`` on, and their places. ``end`` is the
    beginning of the next text of the line, or the end of the line (``closes``).
    """
    made = _layout_class().__new__(_layout_class())
    made.justification_spacing, made.max_width, made.first_line_direction = 0, None, 0
    made.text, made.leaf, made.first, made.places = text, leaf, first, places
    made.end, made.closes, made.turn, made.rise = end, closes, len(places), 0.0
    if leaf.box.style["text_decoration_line"] != "none":
        made.setup(leaf.box.style)  # the engine asks for underlines before it draws
    return made


def as_note(layout: Any, rise: float) -> None:
    """Set this text in the two lines of a warichu, the first ``rise`` above the line's baseline."""
    steps = (number for number, (one, other) in enumerate(pairwise(layout.places), 1) if other < one + _HAIR)
    layout.turn, layout.rise = next(steps, layout.turn), rise


@lru_cache(maxsize=1)
def _layout_class() -> Any:
    from weasyprint.text.line_break import Layout

    class Composed(Layout):  # type: ignore[misc]
        leaf: Leaf
        first: int
        places: Sequence[float]
        end: float
        closes: bool
        turn: int  # where the second line of a warichu begins, one em below the first
        rise: float

        @property
        def glyphs(self) -> Any:
            return self.leaf.glyphs[self.first : self.first + len(self.places)]

        @property
        def is_misread(self) -> bool:
            """Whether a cell is nearer to or further from the one before than readers of text expect. In a vertical
            line it always is, because its last glyph is shown by itself. PDFium drops characters beyond the BMP from
            ActualText (𠮷, variation selectors); for these the places must be enough.
            """
            if any(ord(character) > 0xFFFC for character in self.text):
                return False
            if hasattr(self.leaf.box, "koho_upright"):
                return True
            places = self.places if self.closes else (*self.places, self.end)
            steps = zip(places, places[1:], self.glyphs, strict=False)
            return self.rise > 0 or any(
                abs(after - before - sum(glyphs.advances)) > self.room for before, after, glyphs in steps
            )

        @property
        def room(self) -> float:
            """The widest gap that readers of the PDF do not take for a space."""
            return _READ_AS_SPACE * along(self.leaf.box.style)

        @property
        def shown(self) -> list[_Shown]:
            """Each cell in order, and blanks that let readers find this text and the next on one line."""
            offsets, text = self.leaf.offsets[self.first :], self.leaf.box.text.encode()
            em = float(self.leaf.box.style["font_size"])
            cells = [
                _Shown(glyphs, place, em if number >= self.turn else 0.0, text[begin:end].decode())
                for number, (glyphs, place, begin, end) in enumerate(
                    zip(self.glyphs, self.places, offsets, offsets[1:], strict=False)
                )
            ]
            if self.rise:
                return self._note(cells)
            if not self.closes:
                return [*cells, *self._blanks(cells)]
            # Readers take lines that begin beside each other for one, read from the left: a vertical line's last glyph
            # is shown by itself, so that the next line begins elsewhere.
            alone = hasattr(self.leaf.box, "koho_upright") and len(cells) > 1
            return [*cells[:-1], cells[-1]._replace(alone=alone)]

        @property
        def apart(self) -> list[tuple[list[_Shown], str]]:
            """A vertical line in pieces, so that a screen finds each character, and the text of each piece; empty for
            other lines, and for a warichu, which has one text for all.
            """
            if self.rise or not self.places or not hasattr(self.leaf.box, "koho_upright"):
                return []
            cells, blank = self.shown[: len(self.places)], _blank(self.leaf.box.style)
            em = along(self.leaf.box.style)
            widths = [sum(cell.glyphs.advances) for cell in cells]
            ends = (*self.places[1:], cells[-1].place + widths[-1] if self.closes else self.end)
            after = (*(cell.word for cell in cells[1:]), "")
            gaps = [  # beside a narrow figure a smaller gap counts as a space; beside a space every gap does
                0.0 if " " in (cell.word, word) else (end - cell.place - width) / min(max(width / em, 0.25), 1.0)
                for cell, word, width, end in zip(cells, after, widths, ends, strict=True)
            ]
            found = []
            for piece in pieces(gaps, self.room, more=not self.closes):
                shown = [cell._replace(alone=False) for cell in cells[piece.first : piece.end]]
                words = ""
                if piece.said:
                    end = max(ends[piece.first], shown[0].place + widths[piece.first])
                    shown.append(_Shown(blank, end - blank.advances[0], shown[0].drop, _JOINER))
                    words = shown[0].word if max(map(ord, shown[0].word), default=0) <= 0xFFFC else ""
                found.append(([shown[0]._replace(alone=True), *shown[1:]], words))
            return found

        def _note(self, cells: list[_Shown]) -> list[_Shown]:
            """The two lines of a warichu, drawn so that readers do not take them for lines of the text: a blank of the
            line's own size stands before and after them on the baseline. The second line begins at another place than
            the first, and ends with a blank.
            """
            upper, lower = cells[: self.turn], cells[self.turn :]
            note, line = (_blank(box.style) for box in (self.leaf.box, self.leaf.ancestors[-2]))
            before, after = (
                _Shown(line, at, self.rise, _JOINER) for at in (self.places[0], self.end - line.advances[0])
            )
            if lower:
                lower.insert(0, _Shown(note, self.end - note.advances[0] / 2, lower[0].drop, _JOINER))
            return [before, *upper, *self._blanks(upper), *lower, *self._blanks(lower), after]

        def _blanks(self, line: Sequence[_Shown]) -> list[_Shown]:
            """The blanks that fill the gap between a text and the next one on the line."""
            gap = self.end - line[-1].place - sum(line[-1].glyphs.advances) if line else 0.0
            if gap <= self.room:
                return []
            blank = _blank(self.leaf.box.style)
            places = (self.end - number * blank.advances[0] for number in range(ceil(gap / blank.advances[0]), 0, -1))
            return [_Shown(blank, place, line[-1].drop, _JOINER) for place in places]

        def reactivate(self, style: Any) -> None:
            """Make the Pango layout, which is only needed for the places of underlines."""
            if style["text_decoration_line"] != "none":
                super().reactivate(style)

        def deactivate(self) -> None:
            if "layout" in self.__dict__:
                super().deactivate()

    return Composed


def drawn(original: Any) -> Any:
    """Draw our lines glyph by glyph; leave others to the engine."""

    def draw_first_line(stream: Any, box: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any) -> Any:
        layout = box.pango_layout
        space: str = getattr(box, "koho_space", "") if stream._tags is not None else ""
        if isinstance(layout, _layout_class()):
            _show(stream, layout, matrix, space)
            return []
        emojis = original(stream, box, text_overflow, block_ellipsis, matrix)
        if space:
            _show_space(stream, box, matrix)
        return emojis

    return draw_first_line


def _show(stream: Any, layout: Any, matrix: Any, space: str) -> None:
    """Show the glyphs; with ActualText if their places would be misread (ISO 32000-1, 14.9.4), and with the ``space``
    that separates this line from the next for readers that join lines.
    """
    import pydyf

    parts = layout.apart if stream._tags is not None else []
    parts = parts or [(layout.shown, layout.text if layout.is_misread else "")]
    for number, (cells, words) in enumerate(parts, 1):
        last = space if number == len(parts) else ""
        if words:
            stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(words + last)}))
        _show_glyphs(stream, layout, matrix, cells)
        if last:
            _show_space(stream, layout.leaf.box, matrix, layout.end - layout.places[0])
        if words:
            stream.end_marked_content()


def _show_space(stream: Any, box: Any, matrix: Any, width: float | None = None) -> None:
    """Show a space at the last glyph of a text, without making the text wider."""
    blank, narrow = _blank(box.style), narrowed(box.style)
    a, b, c, d, x, y = matrix.values
    font, size = stream.add_font(blank.font)
    stream.set_font_size(font.hash, size)
    number = number_for(stream, font, blank.numbers[0], " ")
    font.widths.setdefault(number, _width(stream, blank.font, blank.numbers[0], size))
    stream.set_text_matrix(
        a * narrow, b * narrow, c, d, x + (box.width if width is None else width) - blank.advances[0], y
    )
    stream.show_text(f"<{number:04x}>")


def _show_glyphs(stream: Any, layout: Any, matrix: Any, cells: Sequence[_Shown]) -> None:
    """One text array for each font: hexadecimal glyphs, and between them the differences from their widths. Condensed
    type (長体) has a text matrix that is narrower along the line (ISO 32000-1, 9.4.4).
    """
    narrow = narrowed(layout.leaf.box.style)
    a, b, c, d, x, y = matrix.values
    string, pango_font, pen, drop = "", None, 0, 0.0
    font: Any = None
    size = unit = start = 0.0
    for shown in _apart(cells):
        if shown.glyphs.font != pango_font or shown.drop != drop or shown.alone:
            if string:
                stream.show_text(string)
            pango_font, drop, string = shown.glyphs.font, shown.drop, ""
            font, size = stream.add_font(pango_font)
            stream.set_font_size(font.hash, size)
            start, unit, pen = shown.place, size * narrow / 1000, 0
            stream.set_text_matrix(a * narrow, b * narrow, c, d, x + shown.place - layout.places[0], y + drop)
        wanted = round((shown.place - start) / unit)
        if wanted != pen:
            string += str(pen - wanted)
            pen = wanted
        string += "<"
        for glyph in shown.glyphs.numbers:
            known = font.to_unicode.get(glyph) == shown.word
            number = glyph if known else number_for(stream, font, glyph, shown.word)
            if number not in font.widths:
                font.widths[number] = _width(stream, pango_font, glyph, size)
            string += f"{number:04x}"
            pen += font.widths[number]
        string += ">"
    if string:
        stream.show_text(string)


def _apart(cells: Sequence[_Shown]) -> Iterator[_Shown]:
    """Show the cells with ink; marks off the baseline are shown by themselves, each with its own text."""
    for cell in cells:
        glyphs = cell.glyphs
        if not glyphs.shifts:
            if glyphs.numbers:
                yield cell
            continue
        heads = accumulate(glyphs.advances, initial=0.0)
        words = [*cell.word] if len(cell.word) == len(glyphs.numbers) else [cell.word, *[_JOINER] * len(glyphs.numbers)]
        for number, advance, (right, down), head, word in zip(
            glyphs.numbers, glyphs.advances, glyphs.shifts, heads, words, strict=False
        ):
            one = Glyphs(glyphs.font, (number,), (advance,))
            yield _Shown(one, cell.place + head + right, cell.drop + down, word, cell.alone)


def _blank(style: Any) -> Glyphs:
    """A glyph without ink for a style: that of U+00A0, which our texts rarely use."""
    from weasyprint.text.ffi import FROM_UNITS
    from weasyprint.text.line_break import create_layout

    known: tuple[Glyphs, Any] | None = style.__dict__.get("koho_blank")
    if known is None:
        layout = create_layout("\u00a0", untracked(style), None, None, 0)
        item = layout.get_first_line()[0].runs[0].data
        glyph = item.glyphs.glyphs[0]
        blank = Glyphs(item.item.analysis.font, (glyph.glyph,), (glyph.geometry.width * FROM_UNITS * narrowed(style),))
        known = style.koho_blank = blank, layout  # which owns the font
    return known[0]


def _width(stream: Any, font: Any, glyph: int, size: float) -> int:
    """A glyph's own width in thousandths of an em, as the PDF's font will give it."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    pango.pango_font_get_glyph_extents(font, glyph, stream.ink_rect, stream.logical_rect)
    width: float = stream.logical_rect.width * 1000 * FROM_UNITS / size
    return round(width)
