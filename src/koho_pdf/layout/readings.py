"""Readings of names: those of ``koho.yaml`` are set as ruby where the layout asks for them (``readings`` in
layout.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from koho_pdf.content.values.runs import (
    Break,
    InlineText,
    Joint,
    Kenten,
    Link,
    Note,
    Ruby,
    Run,
    Strong,
    Text,
    Tongue,
    plain_of,
)
from koho_pdf.manuscript.paths import above, article_in, of_article

ASKED = ("none", "first", "article", "every")
"""What a layout may ask for: no readings; readings at a name's first mention in the issue or in each article; or at
every mention.
"""


_NONE: Mapping[str, Mapping[str, str]] = MappingProxyType({})


class _Names:
    """Names with their readings; of two that begin at the same place the longer one is found."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        self.readings = readings
        longest_first = sorted(readings, key=len, reverse=True)
        self.sought = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


class Readings:
    """The readings of one edition, in the order in which its template prints its texts."""

    def __init__(self, names: Mapping[str, str], asked: str, own: Mapping[str, Mapping[str, str]] = _NONE) -> None:
        """``own`` are readings that only an article has, by its place in the manuscript (``shakai:``, ``steps.1``);
        there they come before the others."""
        self._asked = asked
        self._names = _Names(names if asked != "none" else {})
        self._own = {id_: _Names({**names, **each}) for id_, each in own.items() if each and asked != "none"}
        self._given: dict[str, set[str]] = {}  # by article; for the whole issue if each name is read once
        self._told: set[tuple[str, str]] = set()  # words and their readings, in brackets

    @property
    def in_order(self) -> bool:
        """Whether a name's reading depends on what was printed before it."""
        return self._asked not in ("none", "every")

    @property
    def every(self) -> tuple[object, ...]:
        """All readings that there are: the same ones, the same texts (if not ``in_order``)."""
        own = {id_: sorted(each.readings.items()) for id_, each in sorted(self._own.items())}
        return self._asked, sorted(self._names.readings.items()), own

    def given(self, text: InlineText | str) -> InlineText:
        """The text with readings over its names; its words stay the same."""
        if not isinstance(text, InlineText):
            text = InlineText(text, (Text(text),))
        article = article_of(text.field) if self._asked == "article" else ""
        names = self._names_at(text.field) if self._own else self._names
        return replace(text, runs=self._runs(text.runs, self._given.setdefault(article, set()), names))

    def _names_at(self, field: str) -> _Names:
        """The names with readings in the article that a field belongs to."""
        place = field
        while place and place not in self._own:
            place = above(place)
        return self._own.get(place, self._names)

    def in_brackets(self, text: InlineText | str, *, names: bool = True) -> InlineText:
        """The text with its readings in the line, 留萌（るもい）, each at its first mention; notes (割注) likewise. For
        editions in which nothing may be smaller than the text, or nothing can stand above it. Without ``names`` only
        the editor's ruby is read.
        """
        if not isinstance(text, InlineText):
            text = InlineText(text, (Text(text),))
        read = self.given(text) if names else text
        return replace(read, runs=self._in_line(read.runs))

    def _in_line(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        found: list[Run] = []
        for run in runs:
            match run:
                case Ruby(pairs):
                    reading = "".join(reading for _, reading in pairs)
                    base = plain_of((run,))
                    told = (base, reading) in self._told
                    self._told.add((base, reading))
                    found.append(Text(base) if told else Ruby(((base, reading),), in_line=True))
                case Note():
                    found.append(Text(plain_of((run,))))
                case Strong() | Kenten() | Link() | Tongue():
                    found.append(replace(run, runs=self._in_line(run.runs)))
                case Text() | Break() | Joint():
                    found.append(run)
        return tuple(found)

    def _runs(self, runs: tuple[Run, ...], given: set[str], names: _Names) -> tuple[Run, ...]:
        found: list[Run] = []
        for run in runs:
            match run:
                case Text(words):
                    found += self._named(words, given, names)
                case Ruby():
                    given.add(plain_of((run,)))  # by the editor
                    found.append(run)
                case Note() | Tongue() | Break() | Joint():
                    found.append(run)  # no readings in notes and in words of another language
                case Strong() | Kenten() | Link():
                    found.append(replace(run, runs=self._runs(run.runs, given, names)))
        return tuple(found)

    def _named(self, words: str, given: set[str], names: _Names) -> Iterator[Run]:
        """The words as runs; of two names that begin at the same place the longer one counts."""
        done = 0
        for match in names.sought.finditer(words):
            if self._asked == "every" or match[0] not in given:
                if words[done : match.start()]:
                    yield Text(words[done : match.start()])
                yield Ruby(((match[0], names.readings[match[0]]),))
                given.add(match[0])
                done = match.end()
        if words[done:]:
            yield Text(words[done:])


def without_readings(text: InlineText | str) -> InlineText | str:
    """The text without the editor's ruby, for a line of contents, which only leads to the words that have it."""
    return replace(text, runs=tuple(_bare(text.runs))) if isinstance(text, InlineText) else text


def _bare(runs: tuple[Run, ...]) -> Iterator[Run]:
    for run in runs:
        if isinstance(run, Strong | Kenten | Link | Tongue):
            yield replace(run, runs=tuple(_bare(run.runs)))
        else:
            yield Text(plain_of((run,))) if isinstance(run, Ruby) else run


def article_of(field: str) -> str:
    """The article that a dotted field belongs to: a top-level field, or an item of a list there (``pillars.1``)."""
    if id_ := article_in(field):
        return of_article(id_)
    top, *below = field.split(".")
    return f"{top}.{below[0]}" if below and below[0].isdecimal() else top
