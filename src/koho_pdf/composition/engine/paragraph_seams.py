"""Seams ``split_inline_box`` and ``inline_*_content_width``: Japanese paragraphs are set here, in the engine's place.

The engine asks for one line of a paragraph at a time. For a paragraph of text, inline elements and atomic inlines the
whole inline tree is read once into cells (each text shaped once by Pango), ``line.fill`` says what stands where on each
line, and the line's boxes are built from that. The engine goes on as if it had split the line itself. Paragraphs
without Japanese (but for a number), or with floats or preserved spaces among their words, are left to the engine.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

from koho_pdf.composition.engine.boxes import Builder, atomic
from koho_pdf.composition.engine.cells import Gatherer, Shaped, shape
from koho_pdf.composition.engine.kenten_boxes import is_emphasised
from koho_pdf.composition.engine.leaf import JAPANESE, Leaf, narrowed
from koho_pdf.composition.engine.ruby_boxes import is_reading
from koho_pdf.composition.engine.warichu_boxes import is_warichu, refused
from koho_pdf.composition.engine.word_ends import ended_by_break
from koho_pdf.composition.paragraph.classes import Kind
from koho_pdf.composition.paragraph.last_line import stretched
from koho_pdf.composition.paragraph.line import Line
from koho_pdf.composition.paragraph.number_marks import is_marked_number
from koho_pdf.composition.paragraph.strained import strain, strain_above

_CONTENT = ("min-content", "max-content")


def unhindered(original: Any) -> Any:
    """If nothing floats, a line is as wide as its block."""

    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
        if outer or context.excluded_shapes or containing_block.style["direction"] != "ltr":
            return original(context, box, containing_block, outer=outer)
        left = containing_block.content_box_x()
        right = left + containing_block.width - box.margin_right
        left += box.margin_left
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    return avoid_collisions


def split_by_us(original: Any) -> Any:
    """Set the next line of a paragraph; leave to the engine what is its own."""

    def split_inline_box(context: Any, box: Any, position_x: float, max_x: float, *more: Any) -> Any:
        from weasyprint.formatting_structure.boxes import LineBox

        if not isinstance(box, LineBox) or not (paragraph := _placed(context, box, more)):
            split = original(context, box, position_x, max_x, *more)
            if isinstance(box, LineBox) and split[2] and split[1]:  # a forced break, and more after it
                ended_by_break(split[0])
            return split
        skip_stack, absolutes, fixed, placeholders = more[1], more[3], more[4], more[5]
        first = _cell_at(paragraph, skip_stack)
        style = box.style
        wraps = style["white_space"] not in ("pre", "nowrap")
        measure = max_x - position_x if wraps else float("inf")
        justify = wraps and style["text_align_all"] == "justify"
        hanging = style["hanging_punctuation"] == "allow-end"
        line = paragraph.fill(first, measure, justify=justify, hanging=hanging)
        spreads = style["text_align_last"] == "justify" and _is_last(paragraph, line)
        if spreads and paragraph.annotated is None:
            line = stretched(paragraph.paragraph, line, max_x - position_x)
        builder = Builder(context, paragraph, line, position_x, absolutes, fixed, placeholders, more[0], more[2])
        new_box = builder.line(box)
        if spreads or (justify and abs(line.width - measure) < measure * 1e-6):
            new_box.width = max_x - new_box.content_box_x()  # exact, so that the engine spreads nothing
        end = line.end
        cells = paragraph.paragraph.cells
        if wraps:
            new_box.koho_measure = measure
            above = strain_above(builder.readings, cells[line.first].em, measure)
            new_box.koho_strain = above or strain(line, cells, paragraph.texts, measure, hanging=hanging)
        while end < len(cells) and cells[end].kind is Kind.SPACE and not cells[end].forced:
            end += 1
        resume_at = _stack_at(paragraph, end) if end < len(cells) else None
        return new_box, resume_at, cells[line.end - 1].forced, None, None, {"left": 0, "right": 0}

    return split_inline_box


def _is_last(paragraph: Shaped, line: Line) -> bool:
    """Whether a line ends its paragraph, or ends at a forced break (CSS Text 3, 6.3)."""
    cells = paragraph.paragraph.cells
    return line.end >= len(cells) or cells[line.end - 1].forced


def _placed(context: Any, box: Any, more: Any) -> Shaped | None:
    """The paragraph in its containing block; atomic inlines are laid out to find their widths."""
    bottom_space, containing_block = more[0], more[2]

    def width_of(atom: Any) -> float:
        return float(atomic(context, atom, 0, bottom_space, containing_block, [], [], []).margin_width())

    return _read(box, containing_block, containing_block.width, width_of)


def least_width(original: Any) -> Any:
    """The narrowest width of a paragraph is that of our lines."""
    return _content_width(original, 0)


def whole_width(original: Any) -> Any:
    """The width of a paragraph on one line is that of our line."""
    return _content_width(original, 1)


def _content_width(original: Any, which: int) -> Any:
    """Make shrink-to-fit widths those of our lines."""

    def content_width(context: Any, box: Any, *more: Any, **named: Any) -> Any:
        from weasyprint.formatting_structure.boxes import LineBox
        from weasyprint.layout.preferred import max_content_width, min_content_width

        def width_of(atom: Any) -> float:
            return float((min_content_width, max_content_width)[which](context, atom))

        whole = not named.get("skip_stack") and not named.get("first_line")
        paragraph = _read(box, (0, 0), _CONTENT[which], width_of) if whole and isinstance(box, LineBox) else None
        if paragraph is None:
            return original(context, box, *more, **named)
        return paragraph.content_widths()[which if box.style["white_space"] != "nowrap" else 1]

    return content_width


def _read(box: Any, containing_block: Any, width: Any, width_of: Callable[[Any], float]) -> Shaped | None:
    """The paragraph of an engine's line box; None if the engine must set it. It is read once, or once for each
    ``width`` of the containing block if its content depends on that; and again when the engine has learnt a page number
    (``target-counter``) and changed the words.
    """
    inner, known, made = getattr(box, "koho_paragraph", ((), None, None))
    if not inner or any(each.children is not children for each, children in inner) or known not in (None, width):
        gatherer = Gatherer(containing_block, width_of)
        ours, leaves = gatherer.gather(box), gatherer.leaves
        made = shape(leaves, gatherer.edges, box.style) if ours and _is_ours(leaves) else None
        if words := refused(box):
            logging.getLogger("weasyprint").warning("More than words in a warichu: %s", words)
        elif not made and _has_readings(box):
            logging.getLogger("weasyprint").warning(
                "A reading (rt) has no base, or it or a warichu stands in a line that we cannot set"
            )
        elif not ours and (words := _japanese_words(box)):
            logging.getLogger("weasyprint").warning("Not composed: %s", words)
        depends = gatherer.edges or any(leaf.is_atomic for leaf in leaves)
        box.koho_paragraph = tuple(_inner(box)), width if depends else None, made
    return made


def _inner(box: Any) -> Iterator[tuple[Any, Any]]:
    """A line box and the inline elements in it, each with what it holds now."""
    from weasyprint.formatting_structure.boxes import InlineBox

    yield box, box.children
    for child in box.children:
        if isinstance(child, InlineBox):
            yield from _inner(child)


def _has_readings(box: Any) -> bool:
    """Whether there are readings or warichu in a line, not counting lines inside it."""
    from weasyprint.formatting_structure.boxes import InlineBox

    inner = [child for child in box.children if isinstance(child, InlineBox)]
    return any(is_reading(child) or is_warichu(child) or _has_readings(child) for child in inner)


def _japanese_words(box: Any) -> str:
    """The words of a line that is left to the engine, if they contain Japanese, or should be condensed."""
    words = "".join(child.text for child in box.descendants() if hasattr(child, "text")).strip()
    return words if JAPANESE.search(words) or narrowed(box.style) != 1 else ""


def _is_ours(leaves: list[Leaf]) -> bool:
    """Whether a paragraph of these texts needs our composition: also a number alone, as in the cell of a table."""
    based = any(not is_reading(leaf.ancestors[-1]) for leaf in leaves)
    texts = [leaf for leaf in leaves if not leaf.is_atomic]
    return based and any(
        JAPANESE.search(leaf.box.text)
        or is_emphasised(leaf)
        or narrowed(leaf.box.style) != 1
        or (len(texts) == 1 and is_marked_number(leaf.box.text))
        for leaf in texts
    )


def _cell_at(paragraph: Shaped, stack: Any) -> int:
    """The cell that a skip stack of the engine points at."""
    path: list[int] = []
    while stack is not None:
        ((index, stack),) = stack.items()
        path.append(index)
    for leaf in paragraph.leaves:
        depth = len(leaf.path)
        if tuple(path[:depth]) == leaf.path and len(path) > depth:
            return leaf.first + bisect_left(leaf.offsets, path[depth])
        if leaf.path >= tuple(path):
            return leaf.first
    return len(paragraph.texts)


def _stack_at(paragraph: Shaped, cell: int) -> Any:
    """The skip stack with which the engine comes back to a cell."""
    leaf = next(leaf for leaf in reversed(paragraph.leaves) if leaf.first <= cell)
    offset = leaf.offsets[cell - leaf.first]
    stack: Any = {offset: None} if offset else None
    for index in reversed(leaf.path):
        stack = {index: stack}
    return stack
