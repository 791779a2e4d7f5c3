"""Builds the engine's boxes of one line from the places that ``line.fill`` gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from koho_pdf.composition.engine import above
from koho_pdf.composition.engine.cells import Shaped
from koho_pdf.composition.engine.drawing import as_note, composed
from koho_pdf.composition.engine.edges import ends, left_of
from koho_pdf.composition.engine.kenten_boxes import marked
from koho_pdf.composition.engine.leaf import JAPANESE, Leaf
from koho_pdf.composition.engine.ruby_boxes import on_line
from koho_pdf.composition.engine.ruby_boxes import places as ruby_places
from koho_pdf.composition.engine.warichu_boxes import is_warichu, rise
from koho_pdf.composition.paragraph.classes import Kind
from koho_pdf.composition.paragraph.line import Line


class Builder:
    """Builds the engine's boxes of one line."""

    def __init__(self, context: Any, paragraph: Shaped, line: Line, position_x: float, *lists: Any) -> None:
        self.context, self.paragraph, self.set, self.x = context, paragraph, line, position_x
        self.absolutes, self.fixed, self.placeholders, self.bottom_space, self.containing_block = lists
        cells = paragraph.paragraph.cells
        self.readings: list[tuple[float, float, str]] = []  # both ends of each, from the line's head, and its words
        self.last = line.end
        alone = line.first + (not cells[line.first].forced)
        while self.last > alone and cells[self.last - 1].kind is Kind.SPACE:
            self.last -= 1  # spaces at the end of a line are not set (CSS Text 3, 4.1.2), nor is its forced break

    def line(self, box: Any) -> Any:
        """The engine's box of one line, with the boxes of its inline elements, texts and readings."""
        made = box.copy_with_children(self._children(box, (), self.absolutes))
        made.width = self.x + self.set.width - made.content_box_x()
        if self.paragraph.rubies or self.paragraph.annotated:
            made.koho_above = True
        _level(made)
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
            elif here in self.paragraph.at and self.paragraph.at[here].is_atomic:
                if self.set.first <= (cell := self.paragraph.at[here].first) < self.last:
                    children.append(atomic(self.context, child, self._place(cell), *self._lists(absolutes)))
            elif here in self.paragraph.at:
                setting = self._note if is_warichu(box) else self._text
                if (text := setting(self.paragraph.at[here])) is not None:
                    children.append(text)
            elif here in self.paragraph.rubies:
                if (reading := self._reading(here, child)) is not None:
                    children.append(reading)
            elif not hasattr(child, "text") and (inline := self._inline(child, here, absolutes)) is not None:
                children.append(inline)
        return children

    def _inline(self, box: Any, path: tuple[int, ...], absolutes: list[Any]) -> Any:
        """The part of an inline element that is on this line."""
        from weasyprint.layout.absolute import absolute_layout

        inner = [leaf for leaf in self.paragraph.leaves if leaf.path[: len(path)] == path]
        first = max(self.set.first, inner[0].first) if inner else 0
        end = min(self.last, inner[-1].end) if inner else 0
        if (inner and first >= end) or (not inner and not self._is_on_line(path)):
            return None
        own = [] if box.style["position"] == "relative" else absolutes
        box.position_x = self._place(first) if inner else self._x_before(path)
        made = box.copy_with_children(self._children(box, path, own))
        made.position_x, made.width = box.position_x, 0.0
        if inner:
            cells = self.paragraph.paragraph.cells
            head, tail = ends(cells, inner[0].first, inner[-1].end)
            made.remove_decoration(start=first > head, end=end <= tail)
            around = [child for child in made.children if child.is_in_normal_flow() and child.margin_width()]
            if around:
                made.position_x = around[0].position_x - left_of(made)
                if hasattr(around[0], "text") and (first == self.set.first or cells[first].opens):
                    made.position_x += cells[first].head
                made.width = around[-1].position_x + around[-1].margin_width() - made.content_box_x()
        _level(made)
        if is_warichu(box):
            made.margin_top = made.margin_bottom = 0.0
            made.baseline = _metrics(box.style).baseline
        if box.style["position"] == "relative":
            for placeholder in own:
                absolute_layout(self.context, placeholder, made, self.fixed, self.bottom_space, skip_stack=None)
        return made

    def _text(self, leaf: Leaf) -> Any:
        first, end = max(self.set.first, leaf.first), min(self.last, leaf.end)
        if first >= end:
            return None
        made = leaf.box.copy_with_text("".join(self.paragraph.texts[first:end]))
        places = self.set.places[first - self.set.first : end - self.set.first]
        cells = self.paragraph.paragraph.cells
        if bearing := [cell for cell in marked(leaf, self.paragraph.texts) if first <= cell < end]:
            made.koho_marks = [self._place(cell) + cells[cell].advance / 2 - self.x - places[0] for cell in bearing]
            made.koho_below_reading = any(ruby.first <= first < ruby.end for ruby in self.paragraph.rubies.values())
        following = end
        while following < self.last and cells[following].kind is Kind.OBJECT:
            following += 1  # so that readers find the text before and after a picture on one line
        ends, closes = (self._end(end) - self.x, self._place(following) - self.x), following == self.last
        set_text = self._typeset(made, leaf, first - leaf.first, places, ends, closes=closes)
        if closes and self._parts_words():
            set_text.koho_space = " "
        return set_text

    def _parts_words(self) -> bool:
        """Whether a word ends at the line's end: at a space, or at the editor's break between Latin words. Readers join
        lines.
        """
        cells, texts = self.paragraph.paragraph.cells, self.paragraph.texts
        after = self.last
        while after < len(cells) and cells[after].kind is Kind.SPACE:
            after += 1
        if after in (self.last, len(cells)):
            return False
        typed = any(texts[cell].isspace() and not cells[cell].forced for cell in range(self.last, after))
        return typed or not (JAPANESE.search(texts[self.last - 1]) or JAPANESE.search(texts[after]))

    def _lists(self, absolutes: list[Any]) -> tuple[Any, ...]:
        return self.bottom_space, self.containing_block, absolutes, self.fixed, self.placeholders

    def _note(self, leaf: Leaf) -> Any:
        """The part of a warichu on this line: it takes no height, and is moved up when the line is levelled."""
        made = self._text(leaf)
        if made is not None:
            as_note(made.pango_layout, rise(leaf))
            made.margin_top = made.margin_bottom = 0.0
            made.baseline = _metrics(leaf.box.style).baseline
            made.koho_below = -rise(leaf)
        return made

    def _typeset(
        self, made: Any, leaf: Leaf, first: int, places: Sequence[float], ends: tuple[float, float], *, closes: bool
    ) -> Any:
        """A text box with the cells of a leaf from ``first`` on at their ``places`` (from the line's head).

        ``ends`` are its own end, and the beginning of the next text if it is not the last on the line.
        """
        made.position_x = self.x + places[0]
        made.width = ends[0] - places[0]
        made.pango_layout = composed(made.text, leaf, first, places, ends[1], closes=closes)
        metrics = _metrics(leaf.box.style)
        made.height = metrics.height
        made.margin_top = made.margin_bottom = (metrics.line_height - metrics.height) / 2
        made.baseline = metrics.baseline + made.margin_top
        return made

    def _reading(self, path: tuple[int, ...], box: Any) -> Any:
        """A reading over the part of its base on this line."""
        ruby = self.paragraph.rubies[path]
        parts = on_line(ruby, self.set.first, self.last)
        mine = next((each for each in parts if each.reading.leaf.path[:-1] == path), None)
        if mine is None or not mine.advances:
            return None
        last = self.paragraph.paragraph.cells[end := parts[-1].end - 1]
        head = self._place(parts[0].first)
        base = self._place(end) + last.advance - head
        *places, tail = (head - self.x + place for place in ruby_places(ruby, parts, mine, base, last.em))
        if (
            parts[0].first > ruby.first or parts[-1].end < ruby.end
        ):  # the base was cut: this part of the reading stays on its line
            width = sum(advance for each in parts for advance in each.advances)
            middle = head - self.x + base / 2
            shift = max(0.0, width / 2 - middle) or min(0.0, self.set.width - middle - width / 2)
            places, tail = [place + shift for place in places], tail + shift
        self.readings.append((places[0], tail, mine.text))
        text = mine.reading.leaf.box.copy_with_text(mine.text)
        if text.style["text_decoration_line"] != "none":  # an underline of the base is not one of its reading
            text.style = text.style.copy()
            text.style["text_decoration_line"] = "none"
        set_text = self._typeset(text, mine.reading.leaf, mine.head, places, (tail, tail), closes=True)
        made = box.copy_with_children([set_text])
        made.position_x, made.width = self.x + places[0], tail - places[0]
        _level(made)
        return above.reading(made)

    def _place(self, cell: int) -> float:
        """The beginning of a cell on the line; for the cell after the last, the end of the line's ink."""
        if cell >= self.last:
            return self.x + self.set.width
        return self.x + self.set.places[max(cell, self.set.first) - self.set.first]

    def _end(self, cell: int) -> float:
        """The end of a text whose last cell is the one before ``cell``: at the next text, or at the edges between."""
        after, at_end = self.paragraph.edges.get(cell - 1, (0.0, 0.0))
        if cell >= self.last:
            return self._place(cell) - at_end
        if not after:
            return self._place(cell)
        last = self.paragraph.paragraph.cells[cell - 1]
        ink = last.advance - (last.tail if last.closes else 0.0)
        return min(self._place(cell - 1) + ink, self._place(cell) - after)

    def _is_on_line(self, path: tuple[int, ...]) -> bool:
        """Whether something without text belongs to this line: the line where the text before it in its element ends,
        else the line where the element begins.
        """
        holder = path[:-1]
        inner = [leaf for leaf in self.paragraph.leaves if leaf.path[: len(holder)] == holder]
        if not inner:
            return self._is_on_line(holder)
        before = [leaf for leaf in inner if leaf.path < path]
        if before:
            return self.set.first < before[-1].end <= self.set.end
        return self.set.first <= inner[0].first < self.set.end

    def _x_before(self, path: tuple[int, ...]) -> float:
        before = [leaf for leaf in self.paragraph.leaves if leaf.path < path]
        return self._place(before[-1].end) if before else self.x


@dataclass(frozen=True, slots=True)
class _Metrics:
    """The metrics of a style, in CSS pixels: line height and its baseline, height of the type and its baseline."""

    line_height: float
    line_baseline: float
    height: float
    baseline: float


def _metrics(style: Any) -> _Metrics:
    """Measured once for a style."""
    from weasyprint.text.line_break import create_layout, first_line_metrics, strut

    known: _Metrics | None = style.__dict__.get("koho_metrics")
    if known is None:
        layout = create_layout(" ", style, None, None, 0)  # measured by a space, as the engine does: every face has one
        first, _ = layout.get_first_line()
        _, _, _, _, height, baseline = first_line_metrics(first, "", layout, None, False, style)
        line_height, line_baseline = strut(style)
        known = style.koho_metrics = _Metrics(line_height, line_baseline, height, baseline)
    return known


def atomic(context: Any, box: Any, x: float, bottom_space: float, containing_block: Any, *lists: list[Any]) -> Any:
    """A picture or an inline block, laid out by the engine at ``x``; ``lists`` are those of absolute and fixed boxes,
    and of placeholders.
    """
    from weasyprint.layout.inline import split_inline_level

    lists = (*lists, [], [])
    return split_inline_level(context, box, x, x, bottom_space, None, containing_block, *lists, None, None)[0]


def _level(box: Any) -> None:
    """Height, margins and baseline of a line or inline element, as the engine's ``_adjust_line_height`` sets them."""
    metrics = _metrics(box.style)
    box.baseline = metrics.line_baseline
    box.height = box.style["font_size"]
    leading = (metrics.line_height - box.height) / 2
    box.margin_top = leading - box.border_top_width - box.padding_top
    box.margin_bottom = leading - box.border_bottom_width - box.padding_bottom
