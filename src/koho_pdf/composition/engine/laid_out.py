"""Seams ``build_formatting_structure`` and ``block_container_layout``: a box that is as in the last round of a session is
not laid out again.

What its layout depends on is compared: the boxes in it before layout with their texts, styles and elements, and the
place, size and page that it is given. What cannot be compared (pieces, turned boxes, pictures read anew) is laid out.
Only boxes with a formatting context of their own are kept (CSS Display 3, 2.1), since nothing around them reaches into
them. A laid-out box is handed out as a copy, because what is around it moves it to its place.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from koho_pdf.composition.engine.alone import HERE
from koho_pdf.composition.engine.heard import Heard, say_again

_MOST = 20_000  # boxes that are kept
_LARGEST = 250  # boxes before layout: what is larger holds the word that has changed, more often than not
_SMALLEST = 3
_NEARLY = 0.8  # of a box: one that is kept inside it is enough
_PLAIN = (str, int, float, bool, type(None))
_OWN = ("children", "element", "style", "koho_number", "koho_same")
_GIVEN = (
    "position_x position_y width height margin_top margin_bottom margin_left margin_right padding_top padding_bottom "
    "padding_left padding_right border_top_width border_bottom_width border_left_width border_right_width min_width "
    "max_width min_height max_height top bottom left right clearance"
).split()


class _Unlike(Exception):
    """Something that cannot be compared."""


@dataclass(slots=True)
class _Copy:
    """A laid-out box: its class, its attributes, and those that hold boxes."""

    of: type
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
    """The boxes that a session keeps. Styles are numbered by what they say."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, _Entry] = OrderedDict()
        self._styles: dict[Any, int] = {}
        self._size = 0

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._styles.clear()
        self._size = 0

    def number(self, said: Any) -> int:
        """The number of a style."""
        return self._styles.setdefault(said, len(self._styles))

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
        if len(self._styles) > _MOST:
            self.clear()


def signed(original: Any) -> Any:
    """Write on each box that may be kept what it is like before it is laid out."""

    def build_formatting_structure(*arguments: Any) -> Any:
        root = original(*arguments)
        warm = getattr(root.style.font_config, "koho_warm", None)
        if warm is not None:
            for box in _here(root):
                _Signing(warm.laid_out).box(box)
        return root

    return build_formatting_structure


def _here(box: Any) -> Iterator[Any]:
    if box.element is not None and HERE in box.element.attrib:
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _here(child)


class _Signing:
    """Says what boxes are like, the inner ones first."""

    def __init__(self, store: LaidOut) -> None:
        from weasyprint.css import AnonymousStyle, ComputedStyle
        from weasyprint.formatting_structure.boxes import BlockContainerBox, Box

        self._store, self._styles = store, dict[int, int]()
        self._of_box, self._of_style, self._block = Box, (AnonymousStyle, ComputedStyle), BlockContainerBox

    def box(self, box: Any) -> tuple[Any, int] | None:
        """What a box is like, and how many boxes it is; None if that cannot be said."""
        inner = [self.box(child) for child in getattr(box, "children", ())]
        size = 1 + sum(each[1] for each in inner if each)
        if size > _LARGEST or not all(inner):
            return None
        try:
            said = tuple((key, self._value(value)) for key, value in box.__dict__.items() if key not in _OWN)
            element = box.element
            attributes = tuple(element.attrib.items()) if element is not None else None
            style = self._style(box.style)
        except (_Unlike, TypeError):
            return None
        sign = type(box), attributes, style, said, tuple(each[0] for each in inner if each)
        if size >= _SMALLEST and isinstance(box, self._block) and max(each[1] for each in inner if each) < size * _NEARLY:
            box.koho_same = sign
        return sign, size

    def _value(self, value: Any) -> Any:
        if isinstance(value, _PLAIN):
            return type(value), value
        if isinstance(value, self._of_style):
            return self._style(value)
        if isinstance(value, (set, frozenset)):
            return frozenset(map(self._value, value))
        if isinstance(value, (tuple, list)):
            return tuple(map(self._value, value))
        if isinstance(value, dict):  # counters
            return tuple((key, self._value(each)) for key, each in value.items())
        if isinstance(value, FunctionType) and not value.__closure__ and not value.__defaults__:
            return value.__code__  # which the engine has written on the boxes of a row (flex)
        if type(value).__module__ == "weasyprint.images":  # a picture that the session keeps is the same one
            return value
        raise _Unlike

    def _style(self, style: Any) -> int:
        if id(style) not in self._styles:
            parent = self._style(style.parent_style) if style.parent_style is not None else repr(style.initial_page_sizes)
            cascaded = tuple((name, _said(*each)) for name, each in getattr(style, "cascaded", {}).items())
            said = type(style), parent, getattr(style, "pseudo_type", None), cascaded, tuple((name, _said(each)) for name, each in sorted(style.items()))
            self._styles[id(style)] = self._store.number(said)
        return self._styles[id(style)]


def _said(value: Any, *weight: Any) -> Any:
    """The value of a property; tokens, which are other ones each time they are read, as they are written."""
    from tinycss2 import serialize
    from tinycss2.ast import Node

    tokens = getattr(value, "tokens", value)
    if isinstance(tokens, (list, tuple)) and tokens and isinstance(tokens[0], Node):
        return type(value), serialize(tokens), *weight
    return value, *weight


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
        given = bottom_space, skip_stack, page_is_empty, *lists, first_letter_style, first_line_style, discard, max_lines
        same = box.__dict__.get("koho_same")
        if same is None or skip_stack or first_letter_style or first_line_style or context.in_column or context.excluded_shapes:
            return original(context, box, *given)
        margins = tuple(adjoining_margins or ())
        page = context.page_bottom, context.current_page > 1, context.forced_break, id(context.font_config)
        how = bottom_space, page_is_empty, margins, discard, max_lines
        key = same, page, how, tuple(box.__dict__.get(name) for name in _GIVEN)
        store: LaidOut = context.font_config.koho_warm.laid_out
        if entry := store.find(key):
            elements = {id(old): new.element for old, new in zip(entry.elements, _boxes(box), strict=True)}
            if adjoining_margins is not None:
                adjoining_margins[:] = entry.margins
            return _made(entry.box, elements, _first_number(box) - entry.number), *_plain(entry.rest)
        before = _state(context, absolute_boxes, fixed_boxes)
        with Heard() as said:
            result = original(context, box, *given)
        say_again(said.records)
        if result[0] is not None and not said.records and _state(context, absolute_boxes, fixed_boxes) == before:
            with suppress(_Unlike):
                (copy, size), rest = _copied(result[0]), _plain(result[1:])
                elements = [each.element for each in _boxes(box)]
                store.keep(key, _Entry(copy, rest, list(adjoining_margins or ()), elements, _first_number(box), size))
        return result

    return block_container_layout


def _state(context: Any, *lists: Any) -> Any:
    """What a layout may change around its box."""
    notes = context.footnotes, context.current_page_footnotes, context.reported_footnotes, context.broken_out_of_flow
    pages = repr([page[4] for page in context.page_maker])
    shapes = context.excluded_shapes or ()
    return [len(each) for each in (*lists, *notes, shapes)], pages, len(context.running_elements), len(context.string_set)


def _plain(rest: Any) -> Any:
    """The rest of a result, if it may be given again."""
    resume_at, next_page, margins, *more = rest
    if resume_at is not None or any(not isinstance(each, _PLAIN) for each in (*margins, *more)):
        raise _Unlike
    if not isinstance(next_page, dict) or any(not isinstance(each, _PLAIN) for each in next_page.values()):
        raise _Unlike
    return resume_at, dict(next_page), list(margins), *more


def _copied(box: Any) -> tuple[_Copy, int]:
    from weasyprint.formatting_structure.boxes import Box

    if not isinstance(box, Box):  # a placeholder of an absolutely placed box
        raise _Unlike
    said, inner, size = dict(box.__dict__), [], 1
    for name, value in box.__dict__.items():
        if isinstance(value, Box):
            raise _Unlike
        if isinstance(value, (list, tuple)) and value and name != "koho_paragraph":
            if not any(isinstance(each, Box) or hasattr(each, "_box") for each in value):
                continue
            copies = [_copied(each) for each in value]
            inner.append((name, type(value), tuple(each for each, _ in copies)))
            size += sum(each for _, each in copies)
            del said[name]
    return _Copy(type(box), said, tuple(inner)), size


def _made(copy: _Copy, elements: dict[int, Any], shift: int) -> Any:
    box = copy.of.__new__(copy.of)
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
