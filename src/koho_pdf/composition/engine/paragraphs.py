"""Seams ``split_inline_box`` and ``inline_*_content_width``: Japanese paragraphs are set here, in the engine's place.

The engine asks for one line of a paragraph at a time. For a paragraph of text and inline elements the whole inline
tree is read once into cells (each text shaped once by Pango), ``line.fill`` says what stands where on each line, and
the line's boxes are built from that; the engine goes on as if it had split the line itself. Paragraphs without
Japanese, or with floats, pictures or padding among their words, are left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from koho_pdf.composition.breaks import may_end_after
from koho_pdf.composition.classes import Kind, kind_of
from koho_pdf.composition.line import Cell, Line, Paragraph, content_widths, fill
from koho_pdf.layout.phrases import phrases_of

_JAPANESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_FULL_EM = 0.95  # of an em: narrower punctuation has no blank half to take away (proportional faces)


def install() -> None:
    """Put the seam in."""
    from weasyprint.layout import inline, preferred

    inline.split_inline_box = _split(inline.split_inline_box)
    preferred.inline_min_content_width = _content_width(preferred.inline_min_content_width, 0)
    preferred.inline_max_content_width = _content_width(preferred.inline_max_content_width, 1)


@dataclass(slots=True)
class _Leaf:
    """A text box of the paragraph: its place in the inline tree, and its first cell."""

    box: Any
    path: tuple[int, ...]
    ancestors: tuple[Any, ...]
    first: int
    offsets: list[int]  # of each of its cells in the box's UTF-8 text, and the text's end


@dataclass(frozen=True, slots=True)
class _Set:
    """A paragraph ready for its lines; ``texts`` are its cells as characters."""

    paragraph: Paragraph
    leaves: list[_Leaf]
    texts: list[str]


def _split(original: Any) -> Any:
    def split_inline_box(context: Any, box: Any, position_x: float, max_x: float, *more: Any) -> Any:
        from weasyprint.formatting_structure.boxes import LineBox

        if not isinstance(box, LineBox) or not (paragraph := _read(box, more[2])):
            return original(context, box, position_x, max_x, *more)
        skip_stack, absolutes, fixed, placeholders = more[1], more[3], more[4], more[5]
        first = _cell_at(paragraph, skip_stack)
        style = box.style
        wraps = style["white_space"] not in ("pre", "nowrap")
        measure = max_x - position_x if wraps else float("inf")
        justify = wraps and style["text_align_all"] == "justify"
        hanging = style["hanging_punctuation"] == "allow-end"
        line = fill(paragraph.paragraph, first, measure, justify=justify, hanging=hanging)
        builder = _Builder(context, paragraph, line, position_x, absolutes, fixed, placeholders, more[0], more[2])
        new_box = builder.line(box)
        if justify and abs(line.width - measure) < measure * 1e-6:
            new_box.width = max_x - new_box.content_box_x()  # exactly: nothing is left for the engine to spread
        end = line.end
        cells = paragraph.paragraph.cells
        while end < len(cells) and cells[end].kind is Kind.SPACE:
            end += 1
        resume_at = _stack_at(paragraph, end) if end < len(cells) else None
        return new_box, resume_at, False, None, None, {"left": 0, "right": 0}

    return split_inline_box


def _content_width(original: Any, which: int) -> Any:
    """The widths by which the engine shrinks a box to fit must be those of our lines."""

    def content_width(context: Any, box: Any, *more: Any, **named: Any) -> Any:
        from weasyprint.formatting_structure.boxes import LineBox

        whole = not named.get("skip_stack") and not named.get("first_line")
        paragraph = _read(box, (0, 0)) if whole and isinstance(box, LineBox) else None
        if paragraph is None:
            return original(context, box, *more, **named)
        return content_widths(paragraph.paragraph)[which if box.style["white_space"] != "nowrap" else 1]

    return content_width


def _read(box: Any, containing_block: Any) -> _Set | None:
    """The paragraph of an engine's line box, read once; None where the engine had better set it itself."""
    children, made = getattr(box, "koho_paragraph", (None, None))
    if children is not box.children:
        leaves: list[_Leaf] = []
        ours = _gather(box, (), (), leaves, containing_block)
        made = _shape(leaves, box.style) if ours and any(_JAPANESE.search(leaf.box.text) for leaf in leaves) else None
        box.koho_paragraph = box.children, made
    return made


def _gather(
    box: Any, path: tuple[int, ...], ancestors: tuple[Any, ...], leaves: list[_Leaf], containing_block: Any
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
                leaves.append(_Leaf(child, (*path, number), (*ancestors, box), 0, []))
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
            if child.is_leader or not _gather(child, (*path, number), (*ancestors, box), leaves, containing_block):
                return False
        else:
            return False
    return True


def _shape(leaves: list[_Leaf], style: Any) -> _Set:
    """Every text shaped once: its clusters become cells with their advances."""
    texts: list[str] = []
    advances: list[float] = []
    owners: list[_Leaf] = []
    for leaf in leaves:
        leaf.first = len(advances)
        for text, offset, advance in _clusters(leaf.box):
            texts.append(text)
            advances.append(advance)
            owners.append(leaf)
            leaf.offsets.append(offset)
        leaf.offsets.append(len(leaf.box.text.encode()))
    ends = may_end_after(texts, strict=style["line_break"] == "strict")
    if style["word_break"] == "auto-phrase":
        ends = [end and after_phrase for end, after_phrase in zip(ends, _phrase_ends(texts), strict=True)]
    trims = style["text_spacing_trim"] != "space-all"
    cells: list[Cell] = []
    for number, (text, advance, leaf) in enumerate(zip(texts, advances, owners, strict=True)):
        kind, em = kind_of(text), float(leaf.box.style["font_size"])
        following = owners[number + 1] if number + 1 < len(owners) else leaf
        cells.append(
            Cell(
                kind,
                advance,
                em,
                ends=ends[number] and (number + 1 == len(owners) or _wraps_between(leaf, following)),
                tied=kind is Kind.INSEPARABLE and texts[number + 1 : number + 2] == [text],
                full=trims and advance >= _FULL_EM * em,
            )
        )
    if style["text_spacing_trim"] == "space-first" and cells[0].kind is Kind.OPENING:
        cells[0] = replace(cells[0], full=False)  # a paragraph's first bracket keeps its half em (二分下げ)
    return _Set(Paragraph.of(cells, autospace=style["text_autospace"] == "normal"), leaves, texts)


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


def _wraps_between(before: _Leaf, after: _Leaf) -> bool:
    """Whether lines may break between two texts: what holds both decides (CSS Text 3, 5.1)."""
    if before is after:
        holder = before.box
    else:
        holder = [mine for mine, its in zip(before.ancestors, after.ancestors, strict=False) if mine is its][-1]
    return holder.style["white_space"] != "nowrap"


def _clusters(box: Any) -> list[tuple[str, int, float]]:
    """The clusters of a text box as Pango shapes it: text, offset in UTF-8 bytes, advance in CSS pixels."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango
    from weasyprint.text.line_break import create_layout

    layout = create_layout(box.text, box.style, None, None, 0)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text = layout.text.encode()
    found: dict[int, float] = {}
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        glyphs, clusters, start = item.glyphs, item.glyphs.log_clusters, item.item.offset
        for number in range(glyphs.num_glyphs):
            place = start + clusters[number]
            found[place] = found.get(place, 0.0) + glyphs.glyphs[number].geometry.width * FROM_UNITS
    places = sorted(found)
    return [
        (text[place:end].decode(), place, found[place])
        for place, end in zip(places, [*places[1:], len(text)], strict=True)
    ]


def _cell_at(paragraph: _Set, stack: Any) -> int:
    """The cell a skip stack of the engine points at."""
    path: list[int] = []
    while stack is not None:
        ((index, stack),) = stack.items()
        path.append(index)
    for leaf in paragraph.leaves:
        depth = len(leaf.path)
        if tuple(path[:depth]) == leaf.path and len(path) > depth:
            return leaf.first + next(n for n, offset in enumerate(leaf.offsets) if offset >= path[depth])
        if leaf.path >= tuple(path):
            return leaf.first
    return len(paragraph.texts)


def _stack_at(paragraph: _Set, cell: int) -> Any:
    """The skip stack by which the engine comes back to a cell."""
    leaf = next(leaf for leaf in reversed(paragraph.leaves) if leaf.first <= cell)
    offset = leaf.offsets[cell - leaf.first]
    stack: Any = {offset: None} if offset else None
    for index in reversed(leaf.path):
        stack = {index: stack}
    return stack


class _Builder:
    """Builds the engine's boxes of one line."""

    def __init__(self, context: Any, paragraph: _Set, line: Line, position_x: float, *lists: Any) -> None:
        self.context, self.paragraph, self.set, self.x = context, paragraph, line, position_x
        self.absolutes, self.fixed, self.placeholders, self.bottom_space, self.containing_block = lists
        self.leaves = {leaf.path: leaf for leaf in paragraph.leaves}
        cells = paragraph.paragraph.cells
        self.last = line.end
        while self.last > line.first + 1 and cells[self.last - 1].kind is Kind.SPACE:
            self.last -= 1  # spaces at the end of a line are not set (CSS Text 3, 4.1.2)

    def line(self, box: Any) -> Any:
        from weasyprint.layout.inline import _adjust_line_height

        made = box.copy_with_children(self._children(box, (), self.absolutes))
        made.width = self.x + self.set.width - made.content_box_x()
        _adjust_line_height(made)
        return made

    def _children(self, box: Any, path: tuple[int, ...], absolutes: list[Any]) -> list[Any]:
        from weasyprint.layout.absolute import AbsolutePlaceholder

        children: list[Any] = []
        for number, child in enumerate(box.children):
            here = (*path, number)
            child.position_y = box.position_y
            if child.is_absolutely_positioned():
                if self._is_on_line(here):
                    child.position_x = self._x_before(here)
                    placeholder = AbsolutePlaceholder(child)
                    self.placeholders.append(placeholder)
                    (absolutes if child.style["position"] == "absolute" else self.fixed).append(placeholder)
                    children.append(placeholder)
            elif here in self.leaves:
                if (text := self._text(self.leaves[here])) is not None:
                    children.append(text)
            elif hasattr(child, "children"):
                if (inline := self._inline(child, here, absolutes)) is not None:
                    children.append(inline)
        return children

    def _inline(self, box: Any, path: tuple[int, ...], absolutes: list[Any]) -> Any:
        """The part of an inline element that is on this line."""
        from weasyprint.layout.absolute import absolute_layout
        from weasyprint.layout.inline import _adjust_line_height

        inner = [leaf for leaf in self.paragraph.leaves if leaf.path[: len(path)] == path]
        first = max(self.set.first, inner[0].first) if inner else 0
        end = min(self.last, inner[-1].first + len(inner[-1].offsets) - 1) if inner else 0
        if (inner and first >= end) or (not inner and not self._is_on_line(path)):
            return None
        own = [] if box.style["position"] == "relative" else absolutes
        box.position_x = self._place(first) if inner else self._x_before(path)
        made = box.copy_with_children(self._children(box, path, own))
        made.remove_decoration(
            start=bool(inner) and first > inner[0].first,
            end=bool(inner) and end < inner[-1].first + len(inner[-1].offsets) - 1,
        )
        made.position_x = box.position_x
        made.width = self._place(end) - made.position_x if inner else 0.0
        _adjust_line_height(made)
        if box.style["position"] == "relative":
            for placeholder in own:
                absolute_layout(self.context, placeholder, made, self.fixed, self.bottom_space, skip_stack=None)
        return made

    def _text(self, leaf: _Leaf) -> Any:
        first, end = max(self.set.first, leaf.first), min(self.last, leaf.first + len(leaf.offsets) - 1)
        if first >= end:
            return None
        made = leaf.box.copy_with_text("".join(self.paragraph.texts[first:end]))
        cells, places = self.paragraph.paragraph.cells, [self._place(cell) for cell in range(first, end + 1)]
        made.position_x = places[0]
        made.width = places[-1] - places[0]
        extras = [
            after - before - cell.advance
            for before, after, cell in zip(places, places[1:], cells[first:end], strict=False)
        ]
        start = leaf.offsets[first - leaf.first]
        offsets = [leaf.offsets[cell - leaf.first] - start for cell in range(first, end)]
        made.pango_layout = _composed(made.text, leaf.box.style, dict(zip(offsets, extras, strict=True)))
        line_height, height, baseline = _metrics(leaf.box.style)
        made.height = height
        made.margin_top = made.margin_bottom = (line_height - height) / 2
        made.baseline = baseline + made.margin_top
        return made

    def _place(self, cell: int) -> float:
        """Where a cell of the line begins; one after the last, where the line's ink ends."""
        if cell >= self.last:
            return self.x + self.set.width
        return self.x + self.set.places[max(cell, self.set.first) - self.set.first]

    def _is_on_line(self, path: tuple[int, ...]) -> bool:
        """Whether something without text of its own belongs to this line: where the text before it ends."""
        before = [leaf for leaf in self.paragraph.leaves if leaf.path < path]
        end = before[-1].first + len(before[-1].offsets) - 1 if before else 0
        return self.set.first < end <= self.set.end or (end == 0 and self.set.first == 0)

    def _x_before(self, path: tuple[int, ...]) -> float:
        before = [leaf for leaf in self.paragraph.leaves if leaf.path < path]
        return self._place(before[-1].first + len(before[-1].offsets) - 1) if before else self.x


def _metrics(style: Any) -> tuple[float, float, float]:
    """Line height, height of the type and its baseline, in CSS pixels, of a style."""
    from weasyprint.text.line_break import _font_style_cache_key, create_layout, first_line_metrics, strut

    line_height, _ = strut(style)
    cache = style.font_config.__dict__.setdefault("koho_metrics", {})
    key = _font_style_cache_key(style, include_size=True)
    if key not in cache:
        layout = create_layout(" ", style, None, None, 0)  # as the engine measures a strut: every face has a space
        first, _ = layout.get_first_line()
        _, _, _, _, height, baseline = first_line_metrics(first, "", layout, None, False, style)
        cache[key] = height, baseline
    return (line_height, *cache[key])


def _composed(text: str, style: Any, extras: dict[int, float]) -> Any:
    """A Pango layout for drawing ``text``, whose clusters advance by so much more (CSS pixels, by byte offset)."""
    made = _layout_class().__new__(_layout_class())
    made.justification_spacing, made.max_width, made.first_line_direction = 0, None, 0
    made.text, made.extras, made.size = text, extras, float(style["font_size"])
    return made


@lru_cache(maxsize=1)
def _layout_class() -> Any:
    from weasyprint.text.ffi import TO_UNITS, ffi
    from weasyprint.text.line_break import Layout

    class Composed(Layout):  # type: ignore[misc]
        extras: dict[int, float]
        size: float

        def get_first_line(self) -> Any:
            line, index = super().get_first_line()
            # The engine writes whole thousandths of an em and drops the rest (ISO 32000-1, 9.4.3), so the sum is
            # rounded, not each; a hair more keeps each whole.
            unit, drawn, meant = self.size / 1000, 0, 0.0
            run = line.runs[0]
            while run != ffi.NULL:
                item, run = run.data, run.next
                glyphs, clusters, start = item.glyphs, item.glyphs.log_clusters, item.item.offset
                for number in range(glyphs.num_glyphs):
                    meant += self.extras.pop(start + clusters[number], 0.0) / unit
                    step = round(meant) - drawn
                    drawn += step
                    glyphs.glyphs[number].geometry.width += round(
                        (step + 0.01 * (step > 0) - 0.01 * (step < 0)) * unit * TO_UNITS
                    )
            return line, index

    return Composed
