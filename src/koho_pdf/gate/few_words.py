"""Patterns that stand for a few words, found without ``re``: to compile the thousand of them takes longer than to read.

What is understood: signs, small sets, groups with ``(?:…|…)`` and ``?``, and looks behind and ahead at either end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache

_MOST = 400
_SPECIAL = frozenset("\\^$.*+{}")
_Ranges = tuple[tuple[str, str], ...]


class _NotFew(Exception):
    """A pattern that stands for many words, or for none that can be listed."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What must stand (``wanted``) or must not, in front of a place or after it: one of some words, or a sign of some
    ranges."""

    wanted: bool
    words: tuple[str, ...]
    ranges: _Ranges

    def holds_after(self, text: str, at: int) -> bool:
        """Whether it holds for what stands from ``at`` on."""
        if self.ranges:
            return _is_within(text[at : at + 1], self.ranges) is self.wanted
        return text.startswith(self.words, at) is self.wanted

    def holds_before(self, text: str, at: int) -> bool:
        """Whether it holds for what stands before ``at``."""
        if self.ranges:
            return _is_within(text[at - 1 : at] if at else "", self.ranges) is self.wanted
        return text.endswith(self.words, 0, at) is self.wanted


def _is_within(sign: str, ranges: _Ranges) -> bool:
    return bool(sign) and any(first <= sign <= last for first, last in ranges)


@dataclass(frozen=True, slots=True)
class FewWords:
    """The words of a pattern in the order in which it tries them, and what stands beside them."""

    words: tuple[str, ...]
    behind: tuple[_Look, ...]
    ahead: tuple[_Look, ...]

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Begin and end of every match, as ``re.finditer`` gives them."""
        places: Iterable[tuple[int, int]] = ((at, 0) for at in _places(text, self.words[0]))
        if len(self.words) > 1:
            places = sorted((at, rank) for rank, word in enumerate(self.words) for at in _places(text, word))
        last = 0
        for at, rank in places:
            end = at + len(self.words[rank])
            if at >= last and self._holds(text, at, end):
                yield at, end
                last = end

    def _holds(self, text: str, begin: int, end: int) -> bool:
        return all(look.holds_after(text, end) for look in self.ahead) and all(
            look.holds_before(text, begin) for look in self.behind
        )

    def may_be_in(self, text: str, runs: Set[str] = frozenset()) -> bool:
        """Whether one of the words, with what must follow it, stands in a text, of which ``runs`` may have all that is
        up to three signs long."""
        wanted = next((look.words for look in self.ahead if look.wanted and look.words), ("",))
        for word in self.words:
            for after in wanted:
                sought = word + after
                if (not runs or sought[:3] in runs) and sought in text:
                    return True
        return False


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@cache
def few_words(pattern: str) -> FewWords | None:
    """The words that a pattern stands for; None if ``re`` must read it."""
    reader = _Reader(pattern)
    try:
        return reader.whole()
    except _NotFew:
        return None


@cache
def ends_of(pattern: str) -> tuple[str, ...] | None:
    """All words of a pattern that looks at nothing beside them; None if ``re`` must read it."""
    found = few_words(pattern)
    return found.words if found and not found.behind and not found.ahead else None


class _Reader:
    """Reads a pattern from its begin to its end."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at, self._has_ways = pattern, 0, False

    def whole(self) -> FewWords:
        behind = []
        while self._pattern.startswith(("(?<!", "(?<="), self._at):
            behind.append(self._look(4, wanted=self._pattern[self._at + 3] == "="))
        words = self._ways()
        has_ways, ahead = self._has_ways, []
        while self._pattern.startswith(("(?!", "(?="), self._at):
            ahead.append(self._look(3, wanted=self._pattern[self._at + 2] == "="))
        if self._at < len(self._pattern) or not all(words) or ((behind or ahead) and has_ways):
            raise _NotFew
        return FewWords(words, tuple(behind), tuple(ahead))

    def _look(self, skip: int, *, wanted: bool) -> _Look:
        self._at += skip
        ranges: _Ranges = ()
        words: tuple[str, ...] = ()
        found = _SET.match(self._pattern, self._at)
        if found and self._pattern.startswith(")", found.end()):
            self._at = found.end()
            ranges = _ranges(found[1])
            if sum(ord(last) - ord(first) + 1 for first, last in ranges) <= _FEW:
                words, ranges = _signs(ranges), ()
        else:
            words = self._ways()
            if not all(words):
                raise _NotFew
        if not self._pattern.startswith(")", self._at):
            raise _NotFew
        self._at += 1
        return _Look(wanted, words, ranges)

    def _ways(self) -> tuple[str, ...]:
        words = self._row()
        self._has_ways = False
        while self._pattern.startswith("|", self._at):
            self._at += 1
            words += self._row()
            self._has_ways = True
        return words

    def _row(self) -> tuple[str, ...]:
        words: tuple[str, ...] = ("",)
        while self._at < len(self._pattern):
            sign = self._pattern[self._at]
            if sign in "|)" or self._pattern.startswith(("(?=", "(?!"), self._at):
                break
            part = self._part(sign)
            if self._pattern.startswith("?", self._at):
                self._at += 1
                part = (*part, "")
            if self._at < len(self._pattern) and self._pattern[self._at] in "*+{?":
                raise _NotFew
            words = tuple([one + other for one in words for other in part])
            if len(words) > _MOST:
                raise _NotFew
        return words

    def _part(self, sign: str) -> tuple[str, ...]:
        if sign == "[":
            found = _SET.match(self._pattern, self._at)
            if not found:
                raise _NotFew
            self._at = found.end()
            return _signs(_ranges(found[1]))
        if sign == "(":
            if not self._pattern.startswith("(?:", self._at):
                raise _NotFew
            self._at += 3
            words = self._ways()
            if not self._pattern.startswith(")", self._at):
                raise _NotFew
            self._at += 1
            return words
        if sign in _SPECIAL or sign == "?":
            raise _NotFew
        self._at += 1
        return (sign,)


_SET = re.compile(r"\[([^\]\[\\^]+)\]")
_FEW = 24


def _ranges(inside: str) -> _Ranges:
    return tuple((found[1], found[2] or found[1]) for found in _RANGE.finditer(inside))


_RANGE = re.compile("(.)(?:-(.))?", re.DOTALL)


def _signs(ranges: _Ranges) -> tuple[str, ...]:
    if sum(ord(last) - ord(first) + 1 for first, last in ranges) > _FEW:
        raise _NotFew
    return tuple([chr(code) for first, last in ranges for code in range(ord(first), ord(last) + 1)])
