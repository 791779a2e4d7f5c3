"""Seam ``block_container_layout``: a box that is as in the last round of a session is not laid out again.

What its layout depends on is compared: what it is like (``box_signs``), and the place, size and page that it is given.
What cannot be compared is laid out, and where something floats, all is: it reaches into the boxes around it (CSS 2.2,
9.5). A laid-out box is handed out as a copy, because what is around it moves it to its place.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from koho_pdf.composition.engine.box_signs import PLAIN, Signs, Unlike
from koho_pdf.composition.engine.heard import Heard, say_again

_MOST = 20_000  # boxes that are kept
_SIDES = ("top", "bottom", "left", "right")
_GIVEN = (
    *("position_x", "position_y", "width", "height", "min_width", "max_width", "min_height", "max_height", "clearance"),
    *(f"{name}_{side}" for name in ("margin", "padding") for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *_SIDES,
)
"""The place and size that a box is given, as far as they are known before its layout."""


@dataclass(slots=True)
class _Copy:
    """A laid-out box: its class, its attributes, and those that hold boxes."""

    of: type[Any]
    said: dict[str, Any]
    inner: tuple[tuple[str, type, tuple[_Copy, ...]], ...]


@dataclass(slots=True)
class _Entry:
    """What a layout gave: its first box, the rest, the elements and the first text's number it was made of."""

    box: _Copy
    rest: tuple[Any, ...]
    margins: list[float]
    elements: list[Any]
    number: int
    size: int


class LaidOut:
    """The boxes that a session keeps."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, _Entry] = OrderedDict()
        self.signs = Signs()
        self._size = 0

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self.signs.clear()
        self._size = 0

    def find(self, key: Any) -> _Entry | None:
        """What was laid out with that key."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, key: Any, entry: _Entry) -> None:
        """Keep a layout; what was not asked for longest goes."""
        self._kept[key] = entry
        self._size += entry.size
        while self._size > _MOST and self._kept:
            self._size -= self._kept.popitem(last=False)[1].size
        if len(self.signs) > _MOST:
            self.clear()


def once(original: Any) -> Any:
    """Lay a box out, or hand out what was laid out in its place in the last round."""

    def block_container_layout(
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        page_is_empty: bool,
        absolute_boxes: list[Any],
        fixed_boxes: list[Any],
        adjoining_margins: Any = None,
        first_letter_style: Any = None,
        first_line_style: Any = None,
        discard: bool = False,
        max_lines: Any = None,
    ) -> Any:
        lists = absolute_boxes, fixed_boxes, adjoining_margins
        given = (
            bottom_space,
            skip_stack,
            page_is_empty,
            *lists,
            first_letter_style,
            first_line_style,
            discard,
            max_lines,
        )
        same = box.__dict__.get("koho_same")
        if (
            same is None
            or skip_stack
            or first_letter_style
            or first_line_style
            or context.in_column
            or context.excluded_shapes
        ):
            return original(context, box, *given)
        margins = tuple(adjoining_margins or ())
        page = context.page_bottom, context.current_page > 1, context.forced_break, context.font_config
        how = bottom_space, page_is_empty, margins, discard, max_lines
        key = same, page, how, tuple(box.__dict__.get(name) for name in _GIVEN)
        store: LaidOut = context.font_config.koho_warm.laid_out
        if entry := store.find(key):
            elements = {id(old): new.element for old, new in zip(entry.elements, _boxes(box), strict=True)}
            if adjoining_margins is not None:
                adjoining_margins[:] = entry.margins
            return _made(entry.box, elements, _first_number(box) - entry.number), *_plain(entry.rest)
        before = around(context, absolute_boxes, fixed_boxes)
        with Heard() as said:
            result = original(context, box, *given)
        say_again(said.records)
        if result[0] is not None and not said.records and around(context, absolute_boxes, fixed_boxes) == before:
            with suppress(Unlike):
                (copy, size), rest = _copied(result[0]), _plain(result[1:])
                of = [each.element for each in _boxes(box)]
                store.keep(key, _Entry(copy, rest, list(adjoining_margins or ()), of, _first_number(box), size))
        return result

    return block_container_layout


def around(context: Any, *lists: Any) -> list[int]:
    """What a layout may change around its box, as numbers: how much is placed absolutely, in footnotes, floating, cut
    off, in running elements of this page.
    """
    notes = context.footnotes, context.current_page_footnotes, context.reported_footnotes, context.broken_out_of_flow
    running = [pages.get(context.current_page, ()) for pages in context.running_elements.values()]
    return [len(each) for each in (*lists, *notes, context.excluded_shapes or (), context.string_set, *running)]


def _plain(rest: Any) -> Any:
    """The rest of a result, if it may be given again."""
    resume_at, next_page, margins, *more = rest
    if resume_at is not None or any(not isinstance(each, PLAIN) for each in (*margins, *more)):
        raise Unlike
    if not isinstance(next_page, dict) or any(not isinstance(each, PLAIN) for each in next_page.values()):
        raise Unlike
    return resume_at, dict(next_page), list(margins), *more


def _copied(box: Any) -> tuple[_Copy, int]:
    from weasyprint.formatting_structure.boxes import Box

    if not isinstance(box, Box):  # a placeholder of an absolutely placed box
        raise Unlike
    said, inner, size = dict(box.__dict__), [], 1
    for name, value in box.__dict__.items():
        if type(value) in PLAIN:
            continue
        if isinstance(value, Box):
            raise Unlike
        if isinstance(value, (list, tuple)) and value and name != "koho_paragraph":
            if not any(isinstance(each, Box) or hasattr(each, "_box") for each in value):
                continue
            copies = [_copied(each) for each in value]
            inner.append((name, type(value), tuple(each for each, _ in copies)))
            size += sum(each for _, each in copies)
            del said[name]
    return _Copy(type(box), said, tuple(inner)), size


def _made(copy: _Copy, elements: dict[int, Any], shift: int) -> Any:
    box: Any = object.__new__(copy.of)
    own = box.__dict__
    own.update(copy.said)
    own["element"] = elements.get(id(own["element"]), own["element"])
    if shift and "koho_number" in own:
        own["koho_number"] += shift
    for name, kind, inner in copy.inner:
        own[name] = kind([_made(each, elements, shift) for each in inner])
    return box


def _boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _first_number(box: Any) -> int:
    """The number of the first text in a box; 0 if there is none."""
    return next((each.koho_number for each in _boxes(box) if "koho_number" in each.__dict__), 0)
