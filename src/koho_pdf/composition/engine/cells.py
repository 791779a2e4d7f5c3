"""Reads a paragraph of the engine's boxes into cells: every text is shaped once, with its classes, breaks and ties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from koho_pdf.composition.engine.edges import Edge, Edges, edged, edges_of
from koho_pdf.composition.engine.footnotes import is_call
from koho_pdf.composition.engine.kenten_boxes import marked
from koho_pdf.composition.engine.leaf import Leaf, along, is_marker, tracking
from koho_pdf.composition.engine.ruby_boxes import Ruby, is_plain, is_reading, rubies, spaced
from koho_pdf.composition.engine.shaping import clusters
from koho_pdf.composition.engine.warichu_boxes import is_warichu
from koho_pdf.composition.paragraph.breaks import End, may_end_after, tied_to_next
from koho_pdf.composition.paragraph.classes import Kind, kind_of
from koho_pdf.composition.paragraph.line import Cell, Line, Paragraph, content_widths, fill
from koho_pdf.composition.paragraph.number_marks import closed_up
from koho_pdf.composition.paragraph.paragraph import is_tightened
from koho_pdf.composition.paragraph.phrased import costs
from koho_pdf.composition.paragraph.warichu import Annotated
from koho_pdf.layout.phrases import loan_ends, name_ends, parts_of, phrases_of
from koho_pdf.manuscript.invisible import UNSEEN, has_unseen

_PRESERVED = ("pre", "pre-wrap", "break-spaces")  # values of white-space that preserve spaces
_BREAKING = {"\u200b": End.FREELY, "\u2060": End.NEVER, "\ufeff": End.NEVER}
_FULL_EM = 0.95  # of an em: narrower punctuation has no blank half to take away (proportional faces)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A paragraph ready for its lines; ``texts`` are its cells as characters, ``at`` its leaves by their paths,
    ``rubies`` its readings by their paths, ``edges`` the space around its inline elements: for a cell, the space after
    it on a line and at a line's end (CSS pixels); ``annotated`` if it has warichu.
    """

    paragraph: Paragraph
    leaves: list[Leaf]
    texts: list[str]
    at: dict[tuple[int, ...], Leaf]
    rubies: dict[tuple[int, ...], Ruby]
    edges: Edges
    annotated: Annotated | None

    def fill(self, first: int, measure: float, *, justify: bool, hanging: bool) -> Line:
        """The line that begins with cell ``first`` (see ``line.fill``)."""
        if self.annotated:
            return self.annotated.fill(first, measure, justify=justify, hanging=hanging)
        return fill(self.paragraph, first, measure, justify=justify, hanging=hanging)

    def content_widths(self) -> tuple[float, float]:
        """The min-content and max-content widths (see ``line.content_widths``)."""
        return content_widths(self.annotated.whole() if self.annotated else self.paragraph)


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Collects the leaves of a paragraph in reading order, and the edges of its inline elements.

    ``width_of`` gives the margin width of an atomic inline; percentages refer to the ``containing_block``.
    """

    containing_block: Any
    width_of: Callable[[Any], float]
    leaves: list[Leaf] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def gather(self, box: Any, path: tuple[int, ...] = (), ancestors: tuple[Any, ...] = ()) -> bool:
        """Gather the children of ``box``. False if the engine must set one of them."""
        from weasyprint.formatting_structure.boxes import InlineBox, InlineLevelBox, TextBox
        from weasyprint.layout.percent import resolve_percentages

        for number, child in enumerate(box.children):
            here, holders = (*path, number), (*ancestors, box)
            if child.is_absolutely_positioned():
                continue
            if not isinstance(child, InlineLevelBox) or not child.is_in_normal_flow():
                return False
            resolve_percentages(child, self.containing_block)
            if isinstance(child, TextBox):
                kept = child.style["white_space"] in _PRESERVED and not is_marker(child)
                if kept or not child.style["font_size"]:
                    return False
                if child.text:
                    self.leaves.append(Leaf(child, here, holders, 0, [], []))
            elif isinstance(child, InlineBox):
                before, edge = len(self.leaves), edges_of(child, here)
                if child.is_leader or not self.gather(child, here, holders):
                    return False
                if (is_reading(child) or is_warichu(child)) and not is_plain(child):
                    return False
                if edge and (is_reading(child) or len(self.leaves) == before):
                    return False
                self.edges.extend([edge] if edge else [])
            else:
                self.leaves.append(Leaf(child, here, holders, 0, [], [], width=self.width_of(child)))
        return True


def shape(leaves: list[Leaf], edges: list[Edge], style: Any) -> Shaped | None:
    """Shape every text once: its clusters become cells with their advances; readings are kept apart. None if a reading
    has no base of its own (``rtc``).
    """
    texts: list[str] = []
    advances: list[float] = []
    readings = [leaf for leaf in leaves if is_reading(leaf.ancestors[-1])]
    leaves = [leaf for leaf in leaves if not is_reading(leaf.ancestors[-1])]
    for leaf in (*readings, *leaves):
        leaf.first = len(advances)
        for text, offset, glyphs in clusters(leaf):
            leaf.offsets.append(offset)
            leaf.glyphs.append(glyphs)
            if leaf not in readings:
                texts.append(text)
                advances.append(0.0 if text == "\n" else sum(glyphs.advances))
        leaf.offsets.append(1 if leaf.is_atomic else len(leaf.box.text.encode()))
    seen, whole = texts, "".join(texts)
    if has_unseen(whole):
        seen = [(UNSEEN.sub("", text) or text) if has_unseen(text) else text for text in texts]
    ends = may_end_after(seen, strict=style["line_break"] == "strict")
    if not _BREAKING.keys().isdisjoint(whole):
        _broken_unseen(texts, ends)
    pretty, by_phrase = style["text_wrap_style"] == "pretty", style["word_break"] == "auto-phrase"
    if by_phrase and not pretty:
        phrases = _phrase_ends("".join(texts), phrases_of)
        places = accumulate(map(len, texts))
        ends = [end if place in phrases else End.NEVER for end, place in zip(ends, places, strict=True)]
    forced = [number for number, text in enumerate(texts) if text == "\n"]
    trims, ties = style["text_spacing_trim"] != "space-all", tied_to_next(seen)
    cells: list[Cell] = []
    for leaf, following in zip(leaves, [*leaves[1:], None], strict=True):
        em = along((leaf.ancestors[-1] if leaf.is_atomic else leaf.box).style)
        full_em = _FULL_EM * em if trims else float("inf")
        wraps, upright = leaf.box.style["white_space"] not in ("nowrap", "pre"), getattr(leaf.box, "koho_upright", ())
        alike: dict[tuple[Kind, float, End, bool], Cell] = {}  # most characters of a text share a few cells
        for number in range(leaf.first, following.first if following else len(texts)):
            kind, advance = kind_of(seen[number]), advances[number]
            if kind is Kind.LATIN and upright and leaf.offsets[number - leaf.first] in upright:
                kind = Kind.IDEOGRAPH  # upright in vertical text: a single figure or letter, 縦中横 (JLREQ 2.3.2)
            if is_call(leaf.ancestors[-1]):
                kind = Kind.POSTFIX  # the mark of a footnote stands solid beside all (JLREQ, cl-20)
            key = kind, advance, ends[number] if wraps else End.NEVER, ties[number]
            if (cell := alike.get(key)) is None:
                cell = alike[key] = Cell(kind, advance, em, key[2], key[3], advance >= full_em)
            cells.append(cell)
        if cells and following:
            cells[-1] = cells[-1]._replace(ends=ends[following.first - 1] if _wraps_between(leaf, following) else 0)
    for number in forced:
        cells[number] = cells[number]._replace(forced=True)
    for number in (*forced, len(cells) - 1):
        cells[number] = cells[number]._replace(ends=End.FREELY)
        while number and cells[number].kind is Kind.SPACE and not cells[number - 1].forced:
            number -= 1
            cells[number] = cells[number]._replace(ends=End.FREELY)
    _tracked(cells, leaves)
    for number, mark in [*closed_up(seen, cells)]:
        cells[number] = mark
    if style["text_spacing_trim"] == "space-first" and cells[0].kind is Kind.OPENING:
        cells[0] = cells[0]._replace(full=False)  # a paragraph's first bracket keeps its half em (二分下げ)
    autospace = style["text_autospace"] == "normal"
    found = rubies(leaves, readings, cells)
    if len(found) < len(readings):
        return None
    if found:
        spaced(cells, seen, found, {number for leaf in leaves for number in marked(leaf, seen)}, autospace)
    around = edged(cells, leaves, edges)
    at = {leaf.path: leaf for leaf in leaves}
    how = autospace, style["last_line_characters"]
    notes = [(leaf.first, leaf.end) for leaf in leaves if is_warichu(leaf.ancestors[-1])]
    annotated = Annotated(tuple(cells), tuple(notes), *how) if notes else None
    phrased = _costs(texts, [End(cell.ends) for cell in cells], by_phrase) if pretty else ()
    return Shaped(
        Paragraph.of(cells, autospace=how[0], least=how[1], phrases=phrased),
        leaves,
        texts,
        at,
        found,
        around,
        annotated,
    )


def _broken_unseen(texts: Sequence[str], ends: list[End]) -> None:
    """Apply breaks that invisible characters ask for or forbid (UAX 14, ZW and WJ), in place."""
    for number, text in enumerate(texts):
        for place, character in ((number - 1, text[0]), (number, text[-1])):
            if 0 <= place < len(texts) - 1 and character in _BREAKING:
                ends[place] = _BREAKING[character]


def _phrase_ends(words: str, cut: Callable[[str], list[str]]) -> set[int]:
    """Where phrases (文節) end, or parts of them (``word-break: auto-phrase``, CSS Text 4, 5.1)."""
    pieces = (piece for line in words.splitlines(keepends=True) for piece in cut(line))
    return {*accumulate(map(len, pieces), initial=0)}


def _costs(texts: list[str], ends: list[End], whole: bool) -> list[float]:
    """What it costs to end a line after each cell, if lines end at phrases."""
    words = "".join(texts)
    parts = _phrase_ends(words, lambda line: [part for phrase in phrases_of(line) for part in parts_of(phrase)])
    if whole:
        parts |= loan_ends(words)
    return costs(texts, ends, _phrase_ends(words, phrases_of), parts, name_ends(words) if whole else (), whole=whole)


def _wraps_between(before: Leaf, after: Leaf) -> bool:
    """Whether a line may break between two texts: the box that holds both decides (CSS Text 3, 5.1). The mark of a
    footnote begins no line (JLREQ, cl-20)."""
    return not is_call(after.ancestors[-1]) and bool(_holder(before, after).style["white_space"] != "nowrap")


def _holder(before: Leaf, after: Leaf) -> Any:
    """The innermost box that holds both texts."""
    return [mine for mine, its in zip(before.ancestors, after.ancestors, strict=False) if mine is its][-1]


def _tracked(cells: list[Cell], leaves: Sequence[Leaf]) -> None:
    """Give the cells the space of ``letter-spacing`` and ``tracking`` (字間) in place: only between characters, never
    at the ends of a line; between two texts, the value of the box that holds both (CSS Text 4, 9.1).
    """
    last = len(cells) - 1
    for leaf, following in zip(leaves, [*leaves[1:], None], strict=True):
        inner = tracking(leaf.box.style) if not leaf.is_atomic else 0.0
        outer = tracking(_holder(leaf, following).style) if following else 0.0
        tight = 1.0 if leaf.is_atomic else float(leaf.box.style["tracking"])
        tight_after = float(_holder(leaf, following).style["tracking"]) if following else 1.0
        for number in range(leaf.first, leaf.end):
            wide = outer if number == leaf.end - 1 else inner
            share = tight_after if number == leaf.end - 1 else tight
            if share < 1 and number < last and is_tightened(cells[number], cells[number + 1]):
                wide -= (1 - share) * min(cells[number].em, cells[number + 1].em)
            if wide and cells[number].advance:
                cells[number] = cells[number]._replace(extra=cells[number].extra + wide)
