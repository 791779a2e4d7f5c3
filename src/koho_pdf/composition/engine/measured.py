"""How deep blocks are on the pages: how far the lines of an element follow each other, where it asks (``data-block``);
and the end of its running text (``data-running`` names its ``data-field``), to be filled again.

A vertical block is laid out as a horizontal one that is turned, so its depth is its height there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from koho_pdf.composition.document import Block, Running
from koho_pdf.composition.engine.cells import Gatherer, Shaped, shape
from koho_pdf.composition.engine.footnotes import is_call
from koho_pdf.composition.engine.found_rows import read_rows
from koho_pdf.composition.engine.leaf import Leaf
from koho_pdf.composition.engine.ruby_boxes import is_reading
from koho_pdf.composition.paragraph.classes import LATINS, Kind
from koho_pdf.composition.paragraph.copyfit import Ending
from koho_pdf.composition.paragraph.paragraph import Cell
from koho_pdf.geometry import mm_from_px

_KANJI = "永永"


def measured(pages: Iterable[Any]) -> dict[str, Block]:
    """Every block that asks for it, by the name it gives; of one over several pages the sum, without its text."""
    found: dict[str, Block] = {}
    for page in pages:
        for box in _boxes(page._page_box):
            element = box.element
            name = element.get("data-block") if element is not None and "::" not in (box.element_tag or "") else None
            if name:
                depth = mm_from_px(float(box.border_height()))
                known, path = found.get(name), _asked(box)
                if known:
                    found[name] = Block(known.depth + depth, size=known.size)
                else:
                    size = mm_from_px(float(path[-1].style["font_size"])) if path else 0.0
                    found[name] = _divided(box, path, Block(depth, _running(box, path), size))
    return found


def _boxes(box: Any) -> Iterator[Any]:
    """A box and all in it; one that is placed absolutely stands behind a placeholder."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _divided(box: Any, path: tuple[Any, ...], block: Block) -> Block:
    """A block with its rows, if columns divide it (``data-rows``), and the number of its running text among them."""
    if "data-rows" not in box.element.attrib:
        return block
    strip = read_rows(box)
    text = path[-1] if path else None
    own = next((each.row.paragraph for each in strip.found if len(each.path) > 1 and each.path[-2] is text), 0)
    running = replace(block.running, paragraph=own) if block.running and own else None
    return replace(block, running=running, rows=tuple(each.row for each in strip.found))


def _asked(block: Any) -> tuple[Any, ...]:
    """The running text that a block asks for, with all boxes around it; empty if there is none."""
    field = block.element.get("data-running")
    paths = _paths(block) if field else iter(())
    return next((path for path in paths if path[-1].element.get("data-field") == field), ())


def _running(block: Any, path: tuple[Any, ...]) -> Running | None:
    """The running text of a block, if the block is just as much deeper as the text has more lines."""
    if not path or any(box.is_floated() for box in _boxes(block)):
        return None
    return _text_of(path[-1]) if all(map(_grows, path)) else None


def last_text(slot: Any) -> Running | None:
    """The last text in the box of a slot, if nothing stands behind it, and the slot's content is just as much deeper as
    it has more lines.
    """
    from weasyprint.formatting_structure.boxes import BlockContainerBox

    path = next(_paths(slot), ())
    if not path or not isinstance(slot, BlockContainerBox) or any(box.is_floated() for box in _boxes(slot)):
        return None
    lasts = ([each for each in outer.children if each.is_in_normal_flow()][-1:] for outer in path[:-1])
    ends = all(last == [box] for last, box in zip(lasts, path[1:], strict=True))
    return _text_of(path[-1]) if ends and all(map(_grows, path[1:])) else None


def _paths(box: Any) -> Iterator[tuple[Any, ...]]:
    """The boxes of lines in a box, from its end on, each with all boxes around it."""
    from weasyprint.formatting_structure.boxes import BlockContainerBox, LineBox

    children = getattr(box, "children", ())
    if children and all(isinstance(child, LineBox) for child in children):
        if isinstance(box, BlockContainerBox) and box.element is not None:
            yield (box,)
        return
    for child in reversed(children):
        yield from ((box, *path) for path in _paths(child))


def _grows(box: Any) -> bool:
    """Whether a box is as deep as what is in it: a plain block of the flow, of no given height."""
    from weasyprint.formatting_structure.boxes import BlockBox

    style = box.style
    sized = style["height"] != "auto" or box.max_height != float("inf") or box.min_height not in (0, "auto")
    columns = (style["column_count"], style["column_width"]) != ("auto", "auto")
    plain = type(box) is BlockBox and box.is_in_normal_flow()
    return bool(plain and not sized and not columns and not style["block_step_size"])


def _text_of(box: Any) -> Running | None:
    """A block of lines as a text that may be longer or shorter; None if its lines are not ours to fill."""
    lines = box.children
    measures: list[Any] = [getattr(line, "koho_measure", None) for line in lines]
    if None in measures or len(set(measures[1:])) > 1:
        return None
    ((original, _), *_), _, made = lines[0].koho_paragraph
    if not made or made.annotated:
        return None
    heights = tuple(mm_from_px(float(line.height)) for line in lines)
    asked = tuple(measures), float(box.width), heights
    known = original.__dict__.get("koho_running")
    if known is None or known[0] != asked:  # a session has the same boxes again
        known = original.koho_running = asked, _growing(box, original, made, measures, heights)
    return known[1]  # type: ignore[no-any-return]


def _growing(box: Any, original: Any, made: Shaped, measures: list[Any], heights: tuple[float, ...]) -> Running | None:
    cells, longer = _without_spaces(made.paragraph.cells), _longer(original, made, box)
    if len(longer) != len(cells) + len(_KANJI) or is_call(made.leaves[-1].ancestors[-1]):  # kanji stand before a mark
        return None
    style = original.style
    ending = Ending(
        cells,
        longer,
        tuple(_characters(made)[: len(cells)]),
        (measures[0], measures[-1] if len(heights) > 1 else float(box.width)),
        justify=style["text_align_all"] == "justify",
        hanging=style["hanging_punctuation"] == "allow-end",
        autospace=style["text_autospace"] == "normal",
        least=style["last_line_characters"],
        bound=frozenset((*_within_words(cells), *_within_bases(made))),
    )
    return Running(ending, heights) if ending.lines == len(heights) and min(heights) > 0 else None


def _characters(made: Shaped) -> list[int]:
    """The characters of each cell; two of a number that stands upright in vertical text (縦中横)."""
    counts = [0 if text == "\n" else len(text) for text in made.texts]
    for leaf in made.leaves:
        if leaf.is_atomic:
            counts[leaf.first] = sum(len(each.text) for each in _boxes(leaf.box) if hasattr(each, "text"))
    return counts


def _within_words(cells: tuple[Cell, ...]) -> Iterator[int]:
    """The cells before which a word or number would be cut."""
    for place, (before, after) in enumerate(pairwise(cells), 1):
        if before.tied or (before.kind in LATINS and after.kind in LATINS):
            yield place


def _within_bases(made: Shaped) -> Iterator[int]:
    """The cells before which the base of a reading would be cut."""
    for ruby in made.rubies.values():
        yield from range(ruby.first + 1, ruby.end)


def _without_spaces(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Cells without spaces at their end."""
    end = len(cells)
    while end > 1 and cells[end - 1].kind is Kind.SPACE and not cells[end - 1].forced:
        end -= 1
    return cells[:end]


def _longer(original: Any, made: Shaped, block: Any) -> tuple[Cell, ...]:
    """The cells of a paragraph with kanji behind its last character, in the type of the paragraph itself."""
    widths = {id(leaf.box): leaf.width for leaf in made.leaves}
    gatherer = Gatherer(block, lambda atom: widths.get(id(atom), 0.0))
    gatherer.gather(original)
    leaves = gatherer.leaves
    while not _is_kept(leaves[-1]) and not leaves[-1].box.text.strip(" \n"):
        leaves.pop()
    last = leaves[-1]
    if not _is_kept(last):
        last.box = last.box.copy_with_text(last.box.text.rstrip(" "))
    texts = [leaf for leaf in leaves if not leaf.is_atomic]
    own = [leaf.box for leaf in texts if leaf.ancestors[-1] is original]
    kanji = (own or [texts[-1].box])[-1].copy_with_text(_KANJI)
    kanji.style = kanji.style if own else original.style
    kanji.koho_upright = ()
    shaped = shape(
        [*leaves, Leaf(kanji, (len(original.children),), (original,), 0, [], [])], gatherer.edges, original.style
    )
    return shaped.paragraph.cells if shaped else ()


def _is_kept(leaf: Leaf) -> bool:
    """Whether spaces at its end are no spaces at the paragraph's end: it is a picture or a reading."""
    return leaf.is_atomic or is_reading(leaf.ancestors[-1])
