"""Patterns that are compiled when they are first used: many processes of the house load the rules, and read little."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, cast

_SIGNS = re.compile(r"(?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\])(?:[?*+]|\{[^}]*\})?", re.DOTALL)
_GROUPS = re.compile(r"\([^()]*\)(?:[?*]|\{[^}]*\})?")
_LEFT_OUT = re.compile(r"[^\x00-\x7f](?:[?*]|\{[^}]*\})")
_LETTERS = re.compile("[^\x00-\x7f]+")
_NOTHING: dict[str, Callable[..., object]] = {
    "finditer": lambda *_: iter(()),
    "search": lambda *_: None,
    "match": lambda *_: None,
    "fullmatch": lambda *_: None,
    "findall": lambda *_: [],
    "sub": lambda _, text, *__: text,
    "split": lambda text, *_: [text],
}
"""What each use of a pattern gives where it is not found."""


def needed(pattern: str) -> list[list[str]]:
    """The letters without which a pattern is not found, by its ways: what is left without its groups, its sets, and
    what may be left out."""
    pattern, before = _SIGNS.sub("\x01", pattern), ""
    while pattern != before:
        before, pattern = pattern, _GROUPS.sub("\x01", pattern)
    pattern = _LEFT_OUT.sub("\x01", pattern)
    return [_LETTERS.findall(way) for way in pattern.split("|")]


@cache
def letters_of(pattern: str) -> tuple[str, ...]:
    """One of these is in every text in which a pattern is found; none where nothing can be said."""
    ways = needed(pattern)
    return tuple(max(way, key=len) for way in ways) if all(ways) else ()


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled once: ``re`` forgets those that many others follow."""
    return re.compile(pattern)


class _Late:
    """A pattern that becomes one when a text has the letters that it needs."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:  # asked only for what is not yet there
        if name not in _NOTHING:
            raise AttributeError(name)
        ways = needed(self.pattern)
        for each in _NOTHING:
            setattr(self, each, self._first(each, ways) if all(ways) else getattr(self._compiled(), each))
        return self.__dict__[name]

    def _first(self, name: str, ways: list[list[str]]) -> Callable[..., object]:
        nothing, at = _NOTHING[name], int(name == "sub")

        def used(*given: Any) -> object:
            text = given[at]
            for way in ways:
                for letters in way:
                    if letters not in text:
                        break
                else:
                    return getattr(self._compiled(), name)(*given)
            return nothing(*given)

        return used

    def _compiled(self) -> re.Pattern[str]:
        compiled = re.compile(self.pattern, self._flags)
        for each in _NOTHING:
            setattr(self, each, getattr(compiled, each))
        return compiled


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern, to be used as one (positions in their order, without names). An error in ``source`` is told at its
    first use."""
    return cast("re.Pattern[str]", _Late(source, flags))
