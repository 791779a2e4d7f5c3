"""What a rule of the text gate is: what it finds, why, its examples, and what it must leave alone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

from koho_pdf.findings import Severity
from koho_pdf.gate.few_words import few_words
from koho_pdf.gate.patterns import compiled, letters_of, needed
from koho_pdf.gate.prose import Grid, Prose, Role
from koho_pdf.gate.style import USUAL, Style

ALL = frozenset(Role) - {Role.PICTURE}
RUNNING = frozenset({Role.BODY})
WORDS = ALL - {Role.QUOTE, Role.ADVERTISEMENT}
"""The roles whose wording is the city's own."""
PLAIN = frozenset({Role.PLAIN})


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a rule tells of one text: from ``begin`` to before ``end``, in one Japanese sentence ``told``.

    ``right`` is what should stand there, if that is known; ``certain`` if a program may put it there by itself.
    ``warns`` is true where this case of an error is only worth a warning.
    """

    begin: int
    end: int
    told: str
    right: str = ""
    certain: bool = False
    hint: str = ""
    warns: bool = False


T = TypeVar("T")


class Met:
    """Which words occur in any of the texts, so that each text is searched only for those."""

    def __init__(self, whole: str) -> None:
        self._whole = whole
        self._indexes: dict[int, tuple[dict[str, list[int]], list[int]]] = {}

    def near(self, prose: Prose, words: Sequence[T], pattern: Callable[[T], str]) -> Iterator[T]:
        """Those of a module's words, in their order, whose patterns may match in one of the texts."""
        if id(words) not in self._indexes:
            self._indexes[id(words)] = self._index([pattern(each) for each in words])
        index, always = self._indexes[id(words)]
        found = {at for run in index.keys() & prose.runs for at in index[run]}
        for at in sorted(found.union(always)):
            yield words[at]

    def _index(self, patterns: Sequence[str]) -> tuple[dict[str, list[int]], list[int]]:
        """The places of patterns by the first signs of what each needs; and those that need nothing that is known."""
        index: dict[str, list[int]] = {}
        always = []
        for at, pattern in enumerate(patterns):
            if not self._may_have(pattern):
                continue
            few = few_words(pattern)
            letters = few.words if few else letters_of(pattern)
            for run in {each[:2] for each in letters}:
                index.setdefault(run, []).append(at)
            if not letters:
                always.append(at)
        return index, always

    @cached_property
    def _runs(self) -> Set[str]:
        """All that is up to three signs long."""
        whole = self._whole
        pairs = list(map(str.__add__, whole, whole[1:]))
        return {*whole, *pairs, *map(str.__add__, pairs, whole[2:])}

    def _may_have(self, pattern: str) -> bool:
        """Whether a pattern may match in one of the texts."""
        if few := few_words(pattern):
            return few.may_be_in(self._whole, self._runs)
        if not any(all(letters in self._whole for letters in way) for way in needed(pattern)):
            return False
        return bool(re.compile(pattern, re.MULTILINE).search(self._whole))


@dataclass(frozen=True, slots=True)
class Earlier:
    """An issue that came out before: its ``name``, its date, and all its words."""

    name: str
    date: datetime.date
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule knows beside the text: the city's style, the date of the issue if there is one, which words occur in
    the texts that are read together (``met``), their tables (``grids``), and the ``earlier`` issues, newest first."""

    style: Style = USUAL
    date: datetime.date | None = None
    delivery: datetime.date | None = None
    met: Met | None = None
    grids: Sequence[Grid] = ()
    earlier: Sequence[Earlier] = ()


Find = Callable[[Prose, Reading], Iterator[Alarm]]
FindAcross = Callable[[Sequence[Prose], Reading], Iterator[tuple[Prose, Alarm]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``number`` is its name for people (L01), ``code`` that of its findings.

    ``find`` reads one text, ``across`` all texts of an issue. ``wrong`` are pairs of an example and its mend (empty
    where there is no certain one), ``silent`` texts of which it must not tell anything; both are its tests, and are
    printed in docs/rules.md. ``roles`` are the texts it reads.
    """

    number: str
    code: str
    severity: Severity
    title: str
    why: str
    wrong: Sequence[tuple[str, str]]
    silent: Sequence[str]
    find: Find | None = None
    across: FindAcross | None = None
    roles: frozenset[Role] = ALL
    date: datetime.date | None = None
    """The date of the issue for its examples."""
    style: Mapping[str, object] | None = None
    """What koho.yaml has for its examples."""


def listed(words: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern of all these words, the longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))


def in_words(prose: Prose, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Every match that stands neither in quotes nor in an address."""
    for found in pattern.finditer(prose.text):
        if not prose.is_quoted(found.start()) and not prose.is_address(found.start()):
            yield found


def replacing(
    prose: Prose, reading: Reading, pairs: Sequence[tuple[str, str]], told: str, *, certain: bool = True, hint: str = ""
) -> Iterator[Alarm]:
    """An alarm for every match of a pattern, with what should stand in its place (``re`` template)."""
    for pattern, right in reading.met.near(prose, pairs, itemgetter(0)) if reading.met else pairs:
        for begin, end, new in _replaced(prose.text, pattern, right):
            if not prose.is_quoted(begin) and not prose.is_address(begin):
                wrong = prose.text[begin:end]
                yield Alarm(begin, end, told.format(wrong=wrong, right=new), new, certain, hint)


def _replaced(text: str, pattern: str, right: str) -> Iterator[tuple[int, int, str]]:
    """Begin and end of every match, and what should stand there."""
    few = few_words(pattern) if "\\" not in right else None
    if few:
        for begin, end in few.found_in(text):
            yield begin, end, right
        return
    keys = letters_of(pattern)
    if not keys or any(each in text for each in keys):
        for found in compiled(pattern).finditer(text):
            yield found.start(), found.end(), found.expand(right)
