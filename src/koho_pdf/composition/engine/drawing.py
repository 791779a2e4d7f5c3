"""Seam ``draw.text.draw_first_line``: a text that was shaped when its paragraph was read is drawn from that.

The engine would shape every line again to draw it, and drop what is left of a thousandth of an em after each glyph, so
that justified lines miss their edge by up to 0.2 pt. Here each glyph is sent to its place to the nearest thousandth
(ISO 32000-1, 9.4.3), and no rest is carried along.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil
from typing import Any, NamedTuple

from koho_pdf.composition.engine.leaf import Glyphs, Leaf, untracked
from koho_pdf.composition.engine.subsetting import number_for
from koho_pdf.composition.paragraph.shown_apart import pieces

_HAIR = 1e-6
_READ_AS_SPACE = 0.1  # em: readers of a PDF take a wider gap for a space, and a step back for a new line
_JOINER = "\u2060"  # what a blank says to readers that know no ActualText: nothing, and that no word ends here


class _Shown(NamedTuple):
    """A cell as it is drawn: its glyphs, its place on the line, how far below the baseline, what it says, and whether
    it is shown by itself.
    """

    glyphs: Glyphs
    place: float
    drop: float
    word: str
    alone: bool = False


def install() -> None:
    """Put the seam in."""
    from weasyprint.draw import text

    text.draw_first_line = _drawn(text.draw_first_line)


def composed(text: str, leaf: Leaf, first: int, places: Sequence[float], end: float, *, closes: bool) -> Any:
    """What stands for a Pango layout in a text box of ours: cells of ``leaf`` from ``first`` on, and their places.

    ``end`` is where the next text of the line begins, or the line ends (``closes``).
    """
    made = _layout_class().__new__(_layout_class())
    made.justification_spacing, made.max_width, made.first_line_direction = 0, None, 0
    made.text, made.leaf, made.first, made.places = text, leaf, first, places
    made.end, made.closes, made.turn, made.rise = end, closes, len(places), 0.0
    if leaf.box.style["text_decoration_line"] != "none":
        made.setup(leaf.box.style)  # where underlines go is asked before anything is drawn
    return made


def as_note(layout: Any, rise: float) -> None:
    """Let what was ``composed`` stand in the two lines of a warichu, the first ``rise`` above the line's baseline."""
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
            """Whether a cell stands nearer to or further from the one before than text readers expect.

            In a vertical line it always does: its last glyph is shown by itself. PDFium leaves what is beyond the BMP
            out of ActualText (𠮷, variation selectors): there places must do.
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
            """The widest gap that no reader of the PDF takes for a space."""
            return _READ_AS_SPACE * float(self.leaf.box.style["font_size"])

        @property
        def shown(self) -> list[_Shown]:
            """Each cell in its order, and the blanks by which readers find this text and the next on one line."""
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
            """A vertical line in the pieces by which a screen finds each character, and what is said of each piece;
            empty for another line, and for a warichu, which is said as a whole."""
            if self.rise or not self.places or not hasattr(self.leaf.box, "koho_upright"):
                return []
            cells, blank = self.shown[: len(self.places)], _blank(self.leaf.box.style)
            em = float(self.leaf.box.style["font_size"])
            widths = [sum(cell.glyphs.advances) for cell in cells]
            ends = (*self.places[1:], cells[-1].place + widths[-1] if self.closes else self.end)
            after = (*(cell.word for cell in cells[1:]), "")
            gaps = [  # beside a narrow figure a narrower gap is a space; beside a space every one is
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
            """The two lines of a warichu, which no reader takes for lines of the text.

            The text they stand in goes from a blank of the line's own size to another, on its baseline. The second
            line begins elsewhere than the first, with a blank at its end.
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
            """What fills the gap after a line of a text, up to the next text."""
            gap = self.end - line[-1].place - sum(line[-1].glyphs.advances) if line else 0.0
            if gap <= self.room:
                return []
            blank = _blank(self.leaf.box.style)
            places = (self.end - number * blank.advances[0] for number in range(ceil(gap / blank.advances[0]), 0, -1))
            return [_Shown(blank, place, line[-1].drop, _JOINER) for place in places]

        def reactivate(self, style: Any) -> None:
            """Pango is only wanted for where underlines go."""
            if style["text_decoration_line"] != "none":
                super().reactivate(style)

        def deactivate(self) -> None:
            if "layout" in self.__dict__:
                super().deactivate()

    return Composed


def _drawn(original: Any) -> Any:
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
    """The glyphs; with the text itself where their places would be misread (ISO 32000-1, 14.9.4: ActualText), and with
    the ``space`` that parts this line from the next for those who join the words of lines."""
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
    """A space after a text, at its last glyph: it is no wider by it."""
    blank = _blank(box.style)
    a, b, c, d, x, y = matrix.values
    font, size = stream.add_font(blank.font)
    stream.set_font_size(font.hash, size)
    number = number_for(stream, font, blank.numbers[0], " ")
    font.widths.setdefault(number, _width(stream, blank.font, blank.numbers[0], size))
    stream.set_text_matrix(a, b, c, d, x + (box.width if width is None else width) - blank.advances[0], y)
    stream.show_text(f"<{number:04x}>")


def _show_glyphs(stream: Any, layout: Any, matrix: Any, cells: Sequence[_Shown]) -> None:
    """One text array for each font: hexadecimal glyphs, and between them what their widths lack or exceed."""
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
            start, unit, pen = shown.place, size / 1000, 0
            stream.set_text_matrix(a, b, c, d, x + shown.place - layout.places[0], y + drop)
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
    """The cells that have ink; marks off their places are shown by themselves, each for what it says."""
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
    """A glyph without ink for a style: that of U+00A0, which our texts hardly use."""
    from weasyprint.text.ffi import FROM_UNITS
    from weasyprint.text.line_break import create_layout

    known: tuple[Glyphs, Any] | None = style.__dict__.get("koho_blank")
    if known is None:
        layout = create_layout("\u00a0", untracked(style), None, None, 0)
        item = layout.get_first_line()[0].runs[0].data
        glyph = item.glyphs.glyphs[0]
        blank = Glyphs(item.item.analysis.font, (glyph.glyph,), (glyph.geometry.width * FROM_UNITS,))
        known = style.koho_blank = blank, layout  # which owns the font
    return known[0]


def _width(stream: Any, font: Any, glyph: int, size: float) -> int:
    """A glyph's own width in thousandths of an em, as the PDF's font will say it."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    pango.pango_font_get_glyph_extents(font, glyph, stream.ink_rect, stream.logical_rect)
    width: float = stream.logical_rect.width * 1000 * FROM_UNITS / size
    return round(width)
