"""Seam ``build_formatting_structure``: what boxes are like before layout, so that a session can compare them.

A box is like another if its class, its element's attributes, its text, its style and all boxes in it are. What may be
other things each time (pieces of an article, turned boxes, pictures that were read anew) is like nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import FunctionType
from typing import Any

from tinycss2 import serialize
from tinycss2.ast import Node

from koho_pdf.composition.engine.alone import HERE

PLAIN = (str, int, float, bool, type(None))
_LARGEST = 250  # boxes: what is larger holds the word that has changed, more often than not
_SMALLEST = 3
_NEARLY = 0.8  # of a box: one that is kept inside it is enough
_OWN = ("children", "element", "style", "koho_number", "koho_same")


class Unlike(Exception):
    """Something that cannot be compared."""


class Signs:
    """Styles, numbered by what they say."""

    def __init__(self) -> None:
        self._styles: dict[Any, int] = {}
        self.since = object()

    def __len__(self) -> int:
        return len(self._styles)

    def number(self, said: Any) -> int:
        """The number of a style."""
        return self._styles.setdefault(said, len(self._styles))

    def clear(self) -> None:
        """Forget all."""
        self._styles.clear()
        self.since = object()


def signed(original: Any) -> Any:
    """Write on each box that may be kept what it is like before it is laid out."""

    def build_formatting_structure(*arguments: Any) -> Any:
        root = original(*arguments)
        warm = getattr(root.style.font_config, "koho_warm", None)
        if warm is not None:
            for box in _here(root):
                _Signing(warm.laid_out.signs).box(box)
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

    def __init__(self, signs: Signs) -> None:
        from weasyprint.css import AnonymousStyle, ComputedStyle
        from weasyprint.formatting_structure.boxes import BlockContainerBox, Box

        self._signs, self._styles = signs, dict[int, int]()
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
        except (Unlike, TypeError):
            return None
        sign = type(box), attributes, style, said, tuple(each[0] for each in inner if each)
        if (
            size >= _SMALLEST
            and isinstance(box, self._block)
            and max(each[1] for each in inner if each) < size * _NEARLY
        ):
            box.koho_same = sign
        return sign, size

    def _value(self, value: Any) -> Any:
        if isinstance(value, PLAIN):
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
        raise Unlike

    def _style(self, style: Any) -> int:
        """The number of a style; one that is kept (``found_styles``) remembers it."""
        own = style.__dict__
        kept = own.get("koho_sign")
        if kept and kept[0] is self._signs.since:
            return int(kept[1])
        number = self._number(style)
        if getattr(style, "koho_spoiled", None) is False:
            style.koho_sign = self._signs.since, number
        return number

    def _number(self, style: Any) -> int:
        if id(style) not in self._styles:
            parent = (
                self._style(style.parent_style) if style.parent_style is not None else repr(style.initial_page_sizes)
            )
            cascaded = tuple((name, _said(*each)) for name, each in getattr(style, "cascaded", {}).items())
            said = (
                type(style),
                parent,
                getattr(style, "pseudo_type", None),
                cascaded,
                tuple((name, _said(each)) for name, each in sorted(style.items())),
            )
            self._styles[id(style)] = self._signs.number(said)
        return self._styles[id(style)]


def _said(value: Any, *weight: Any) -> Any:
    """The value of a property; tokens, which are other ones each time they are read, as they are written."""
    kind = type(value)
    if kind in (list, tuple):
        return tuple(map(_said, value)), *weight
    if kind in PLAIN:
        return value, *weight
    if isinstance(value, Node):
        return kind, value.serialize(), *weight
    tokens = getattr(value, "tokens", None)
    return (kind, serialize(tokens), *weight) if tokens else (value, *weight)
