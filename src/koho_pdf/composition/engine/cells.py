"""A paragraph of the engine's boxes read into cells: every text shaped once, its classes, breaks and ties known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from koho_pdf.composition.breaks import may_end_after, tied_to_next
from koho_pdf.composition.classes import Kind, kind_of
from koho_pdf.composition.engine.emphasis import marked
from koho_pdf.composition.engine.leaf import Glyphs, Leaf
from koho_pdf.composition.engine.ruby import Ruby, is_plain, is_reading, rubies, spaced
from koho_pdf.composition.engine.warichu import is_warichu
from koho_pdf.composition.line import Cell, Line, Paragraph, content_widths, fill
from koho_pdf.composition.warichu import Annotated
from koho_pdf.layout.phrases import phrases_of

_SPECIAL = 0x0FFFFFFF  # PANGO_GLYPH_EMPTY: from here on numbers are no glyphs (pango-glyph.h)
_FULL_EM = 0.95  # of an em: narrower punctuation has no blank half to take away (proportional faces)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A paragraph ready for its lines; ``texts`` are its cells as characters, ``at`` its leaves by their paths,
    ``rubies`` what is set above it, by the paths of the readings; ``annotated`` where there are warichu in it."""

    paragraph: Paragraph
    leaves: list[Leaf]
    texts: list[str]
    at: dict[tuple[int, ...], Leaf]
    rubies: dict[tuple[int, ...], Ruby]
    annotated: Annotated | None

    def fill(self, first: int, measure: float, *, justify: bool, hanging: bool) -> Line:
        """The line that begins with cell ``first`` (see ``line.fill``)."""
        if self.annotated:
            return self.annotated.fill(first, measure, justify=justify, hanging=hanging)
        return fill(self.paragraph, first, measure, justify=justify, hanging=hanging)

    def content_widths(self) -> tuple[float, float]:
        """The min-content and max-content widths (see ``line.content_widths``)."""
        return content_widths(self.annotated.whole() if self.annotated else self.paragraph)


def gather(
    box: Any, path: tuple[int, ...], ancestors: tuple[Any, ...], leaves: list[Leaf], containing_block: Any
) -> bool:
    """Collect the text boxes in reading order; False when something among them is not ours to set."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
    from weasyprint.layout.percent import resolve_percentages

    for number, child in enumerate(box.children):
        if isinstance(child, TextBox):
            if "\n" in child.text or child.style["white_space"].startswith("pre") or not child.style["font_size"]:
                return False
            resolve_percentages(child, containing_block)
            if child.text:
                leaves.append(Leaf(child, (*path, number), (*ancestors, box), 0, [], []))
        elif child.is_absolutely_positioned():
            continue
        elif isinstance(child, InlineBox) and not isinstance(child, LineBox) and child.is_in_normal_flow():
            resolve_percentages(child, containing_block)
            for side in ("left", "right"):
                if getattr(child, f"margin_{side}") == "auto":
                    setattr(child, f"margin_{side}", 0)
                if any(
                    getattr(child, f"{what}_{side}{'_width' * (what == 'border')}")
                    for what in ("margin", "padding", "border")
                ):
                    return False
            if child.is_leader or not gather(child, (*path, number), (*ancestors, box), leaves, containing_block):
                return False
            if (is_reading(child) or is_warichu(child)) and not is_plain(child):
                return False
        else:
            return False
    return True


def shape(leaves: list[Leaf], style: Any) -> Shaped:
    """Every text shaped once: its clusters become cells with their advances, readings aside."""
    texts: list[str] = []
    advances: list[float] = []
    readings = [leaf for leaf in leaves if is_reading(leaf.ancestors[-1])]
    leaves = [leaf for leaf in leaves if not is_reading(leaf.ancestors[-1])]
    for leaf in (*readings, *leaves):
        leaf.first = len(advances)
        for text, offset, glyphs in _clusters(leaf):
            leaf.offsets.append(offset)
            leaf.glyphs.append(glyphs)
            if leaf not in readings:
                texts.append(text)
                advances.append(sum(glyphs.advances))
        leaf.offsets.append(len(leaf.box.text.encode()))
    ends = may_end_after(texts, strict=style["line_break"] == "strict")
    if style["word_break"] == "auto-phrase":
        ends = [end and after_phrase for end, after_phrase in zip(ends, _phrase_ends(texts), strict=True)]
    trims, ties = style["text_spacing_trim"] != "space-all", tied_to_next(texts)
    cells: list[Cell] = []
    for leaf, following in zip(leaves, [*leaves[1:], None], strict=True):
        em = float(leaf.box.style["font_size"])
        wraps, full_em = leaf.box.style["white_space"] != "nowrap", _FULL_EM * em if trims else float("inf")
        for number in range(leaf.first, following.first if following else len(texts)):
            kind, advance = kind_of(texts[number]), advances[number]
            if kind is Kind.LATIN and leaf.offsets[number - leaf.first] in getattr(leaf.box, "koho_upright", ()):
                kind = Kind.IDEOGRAPH  # upright in vertical text: a figure or letter alone, 縦中横 (JLREQ 2.3.2)
            cells.append(Cell(kind, advance, em, ends[number] and wraps, ties[number], advance >= full_em))
        if cells and following:
            cells[-1] = cells[-1]._replace(ends=ends[following.first - 1] and _wraps_between(leaf, following))
    cells[-1] = cells[-1]._replace(ends=True)
    if style["text_spacing_trim"] == "space-first" and cells[0].kind is Kind.OPENING:
        cells[0] = cells[0]._replace(full=False)  # a paragraph's first bracket keeps its half em (二分下げ)
    found = rubies(leaves, readings, cells)
    if found:
        spaced(cells, texts, found, {number for leaf in leaves for number in marked(leaf, texts)})
    at = {leaf.path: leaf for leaf in leaves}
    autospace = style["text_autospace"] == "normal"
    notes = [(leaf.first, leaf.first + len(leaf.glyphs)) for leaf in leaves if is_warichu(leaf.ancestors[-1])]
    annotated = Annotated(tuple(cells), tuple(notes), autospace) if notes else None
    return Shaped(Paragraph.of(cells, autospace=autospace), leaves, texts, at, found, annotated)


def _phrase_ends(texts: Sequence[str]) -> list[bool]:
    """For each cell whether a phrase (文節) ends after it (``word-break: auto-phrase``, CSS Text 4, 5.1)."""
    ends = {0}
    for phrase in phrases_of("".join(texts)):
        ends.add(max(ends) + len(phrase))
    place, found = 0, []
    for text in texts:
        place += len(text)
        found.append(place in ends)
    return found


def _wraps_between(before: Leaf, after: Leaf) -> bool:
    """Whether lines may break between two texts: what holds both decides (CSS Text 3, 5.1)."""
    holder = [mine for mine, its in zip(before.ancestors, after.ancestors, strict=False) if mine is its][-1]
    return bool(holder.style["white_space"] != "nowrap")


def _clusters(leaf: Leaf) -> list[tuple[str, int, Glyphs]]:
    """The clusters of a text as Pango shapes it: text, offset in UTF-8 bytes, glyphs."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango
    from weasyprint.text.line_break import create_layout

    layout = create_layout(leaf.box.text, leaf.box.style, None, None, 0)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    leaf.layout = layout.layout
    text = layout.text.encode()
    found: dict[int, Glyphs] = {}
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        string, starts, start = item.glyphs, item.glyphs.log_clusters, item.item.offset
        font = item.item.analysis.font
        for number in range(string.num_glyphs):
            glyph, place = string.glyphs[number], start + starts[number]
            shape = glyph.geometry
            plain = glyph.glyph < _SPECIAL and not shape.x_offset and not shape.y_offset
            cell = Glyphs(font, (glyph.glyph,), (shape.width * FROM_UNITS,), plain)
            if place in found:
                more = found[place]
                both = more.advances + cell.advances
                cell = Glyphs(font, more.numbers + cell.numbers, both, more.plain and plain)
            found[place] = cell
    places = sorted(found)
    return [
        (text[place:end].decode(), place, found[place])
        for place, end in zip(places, [*places[1:], len(text)], strict=True)
    ]
