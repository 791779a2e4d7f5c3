"""Articles of a session, whose HTML is not made again: it stays while nothing that its template reads has changed.

What a template may read is known from its text: the names in it and in what it includes, and what the filters take.
What it asks (``page_of``, ``picture``, ``leads_to``) is asked again, and the answers must be the same.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, meta, nodes
from markupsafe import Markup

from koho_pdf.layout.readings import Readings
from koho_pdf.layout.templates import environment_of, render

_ASKED = ("page_of", "picture", "leads_to")
_BY_FILTERS = ("city", "edition", "layout")
_STATEFUL = ("level", "level_phrases")
"""Filters that read a name once in an issue, with a reading in brackets."""
_UNKNOWN = (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Kept:
    """An article as it was made, what its template asked meanwhile, and the answers."""

    shown: Markup
    asked: tuple[tuple[str, tuple[Any, ...], Any], ...]


_Same = tuple[bytes, _Kept, tuple[object, ...]]
"""A kept article with its key, and the values that it was made of."""


class KeptArticles:
    """The articles of one session. ``next_round`` forgets those that the last round did not use."""

    def __init__(self) -> None:
        self._kept: dict[bytes, _Kept] = {}
        self._used: dict[bytes, _Kept] = {}
        self._same: dict[tuple[Any, ...], _Same] = {}  # by the values themselves: nothing has to be compared
        self._same_used: dict[tuple[Any, ...], _Same] = {}
        self._classes: dict[type, str] = {}
        self._around: dict[tuple[int, tuple[Path, ...], str], tuple[object, bytes | None]] = {}

    def next_round(self) -> None:
        """Begin a round."""
        self._kept, self._used = self._used, {}
        self._same, self._same_used = self._same_used, {}
        self._around.clear()
        self._classes.clear()

    def shown(
        self,
        folders: tuple[Path, ...],
        name: str,
        root: Path,
        context: Mapping[str, object],
        more: Mapping[str, object],
    ) -> Markup:
        """The template ``name`` with its context, of which ``more`` is the article's own. Raises LayoutError."""
        around = self._surroundings(folders, name, context, more)
        own = tuple(more.values())
        same = around, *(each if isinstance(each, (str, int)) else id(each) for each in own)
        key, kept, _ = self._same_used.get(same) or self._same.get(same) or (None, None, None)
        try:
            key = key or (around and around + self._bytes(tuple(more.items())))
        except _UNKNOWN:  # a value that cannot be compared by what it holds: made again each time
            key = None
        if not key:
            return render(folders, name, root, {**context, **more})
        kept = kept or self._used.get(key) or self._kept.get(key)
        if kept is None or any(_answer(context, ask, given) != answer for ask, given, answer in kept.asked):
            asked: list[tuple[str, tuple[Any, ...], Any]] = []
            heard = {each: _heard(each, context[each], asked) for each in _ASKED if callable(context.get(each))}
            kept = _Kept(render(folders, name, root, {**context, **heard, **more}), tuple(asked))
        self._used[key] = kept
        self._same_used[same] = key, kept, own
        return kept.shown

    def _surroundings(
        self, folders: tuple[Path, ...], name: str, context: Mapping[str, object], more: Mapping[str, object]
    ) -> bytes | None:
        """All that the template reads besides its article, as bytes; None if that cannot be said."""
        place = id(context), folders, name
        if place not in self._around:  # the context is kept, so that no other gets its number
            self._around[place] = context, self._bytes_of(folders, name, context, more)
        return self._around[place][1]

    def _bytes_of(
        self, folders: tuple[Path, ...], name: str, context: Mapping[str, object], more: Mapping[str, object]
    ) -> bytes | None:
        readings = context.get("readings")
        if not isinstance(readings, Readings) or readings.in_order:
            return None
        read: set[str] = {*_BY_FILTERS}
        texts: dict[str, str] = {}
        left, environment = [name], environment_of(folders)
        assert environment.loader
        try:
            while left:
                if (each := left.pop()) in texts:
                    continue
                texts[each], _, _ = environment.loader.get_source(environment, each)
                names, further, known = _names_in(texts[each])
                if not known:
                    return None
                read |= names
                left += further
            said = {each: context[each] for each in sorted(read - {*_ASKED, *more, "readings"}) if each in context}
            return self._bytes((folders, sorted(texts.items()), said, readings.every))
        except (*_UNKNOWN, TemplateError, OSError):  # a template that does not work tells so when it is rendered
            return None

    def _bytes(self, value: object) -> bytes:
        with BytesIO() as target:
            _ByName(target, self._classes).dump(value)
            return target.getvalue()


class _ByName(pickle.Pickler):
    """Values by what they hold. The classes of articles are made in each round: they are the same if they say the
    same."""

    def __init__(self, target: BytesIO, known: dict[type, str]) -> None:
        super().__init__(target, protocol=5)
        self._known = known

    def reducer_override(self, value: object) -> Any:
        """A class as its name, and its fields if it has been made of a file."""
        if not isinstance(value, type) or not hasattr(value, "described"):
            return NotImplemented
        if value not in self._known:
            self._known[value] = repr((value.__module__, value.__qualname__, value.described))
        return str, (self._known[value],)


KEPT: ContextVar[KeptArticles | None] = ContextVar("KEPT", default=None)
"""The articles of the session at hand; outside one nothing is kept."""


def shown(
    folders: tuple[Path, ...], name: str, root: Path, context: Mapping[str, object], more: Mapping[str, object]
) -> Markup:
    """``render`` with ``more`` in the context, or what it gave before in this session. Raises LayoutError."""
    store = KEPT.get()
    if store is None:
        return render(folders, name, root, {**context, **more})
    return store.shown(folders, name, root, context, more)


@lru_cache(maxsize=256)
def _names_in(text: str) -> tuple[frozenset[str], tuple[str, ...], bool]:
    """The names that a template reads, the templates in it, and whether that is all."""
    tree = environment_of(()).parse(text)
    inside = tuple(meta.find_referenced_templates(tree))
    filters = {each.name for each in tree.find_all(nodes.Filter)}
    known = None not in inside and not filters & {*_STATEFUL}
    return frozenset(meta.find_undeclared_variables(tree)), tuple(each for each in inside if each), known


def _answer(context: Mapping[str, object], name: str, given: tuple[Any, ...]) -> Any:
    ask = context[name]
    assert callable(ask)
    return ask(*given)


def _heard(name: str, ask: Any, asked: list[tuple[str, tuple[Any, ...], Any]]) -> Callable[..., Any]:
    def noted(*given: Any) -> Any:
        asked.append((name, given, answer := ask(*given)))
        return answer

    return noted
