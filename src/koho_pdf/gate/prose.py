"""A text as the rules read it: its characters, the same in half width, its sentences and what stands in quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from koho_pdf.gate.patterns import late

HALF = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}
HALF |= {ord(wide): half for wide, half in zip("（）：／，．－−‐–％　", "():/,.----% ", strict=True)}
HALF |= {code: chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_QUOTES = late("「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^『』]*』|“[^“”]*”")
_BRACKETS = late(r"[（(][^（()）]*[)）]")
ADDRESS = late(r"(?:https?://|www\.)[!-'*-~]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)
"""An address of the web or of mail, as it should be: what rules about words leave alone."""


class Role(StrEnum):
    """What a text is in its article. Rules about sentences are for running text alone."""

    BODY = "body"
    HEADING = "heading"
    FIELD = "field"
    CELL = "cell"
    CAPTION = "caption"
    QUOTE = "quote"
    ADVERTISEMENT = "advertisement"
    PLAIN = "plain"
    """やさしい日本語 beside an article (``plain:``), which has rules of its own."""
    PICTURE = "picture"
    """A picture's description, and on the next line its caption; for rules about pictures alone."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text begins: a file, a line and a column from 1, or None where it is not known."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None


@dataclass(frozen=True)
class Prose:
    """One text: a paragraph, a heading, the words of a field or a cell. ``article`` is the key of its article.

    ``placed`` says where its nth character stands; without it the text begins at ``place``, and ``\\n`` begins a line.
    ``ruby`` are the ranges over which a reading stands.
    """

    text: str
    role: Role = Role.BODY
    article: str = ""
    place: Place = field(default_factory=Place)
    placed: Callable[[int], Place] | None = field(default=None, compare=False, repr=False)
    ruby: tuple[tuple[int, int], ...] = ()

    @cached_property
    def half(self) -> str:
        """The text with digits, Latin letters and some signs in half width: as long as the text, sign for sign."""
        return self.text.translate(HALF)

    @cached_property
    def runs(self) -> Set[str]:
        """All its signs, and all that stand side by side."""
        return {*self.text, *map(str.__add__, self.text, self.text[1:])}

    @cached_property
    def kept(self) -> dict[object, Any]:
        """What was read in it once, so that no rule reads it again."""
        return {}

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Begin and end of each sentence; a 。 in brackets or quotes ends none."""
        return tuple(_sentences(self.text))

    @cached_property
    def _quoted(self) -> tuple[tuple[int, int], ...]:
        return tuple(found.span() for found in _QUOTES.finditer(self.text))

    @cached_property
    def _addresses(self) -> tuple[tuple[int, int], ...]:
        return tuple(found.span() for found in ADDRESS.finditer(self.text))

    def is_quoted(self, at: int) -> bool:
        """Whether a character stands within 「」, 『』 or “”."""
        return any(begin < at < end - 1 for begin, end in self._quoted)

    def is_read(self, begin: int, end: int) -> bool:
        """Whether a reading stands over some of these characters."""
        return any(one < end and begin < other for one, other in self.ruby)

    def is_address(self, at: int) -> bool:
        """Whether a character belongs to an address of the web or of mail."""
        return any(begin <= at < end for begin, end in self._addresses)

    def sentence_at(self, at: int) -> str:
        """The sentence in which a character stands."""
        begins = [begin for begin, _ in self.sentences]
        number = bisect_right(begins, at) - 1
        begin, end = self.sentences[number] if number >= 0 else (0, len(self.text))
        return self.text[begin:end]

    def place_of(self, at: int) -> Place:
        """Where a character stands in its file."""
        if self.placed:
            return self.placed(at)
        before = self.text[:at]
        first = self.place
        if first.line is None:
            return first
        if "\n" not in before:
            return Place(first.file, first.line, (first.column or 1) + at, first.field)
        return Place(first.file, first.line + before.count("\n"), at - before.rindex("\n"), first.field)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, and its text as the rules read it."""

    words: str
    prose: Prose


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its head first; ``beside`` is its caption and note, ``article`` the key of its article."""

    rows: tuple[tuple[Cell, ...], ...]
    beside: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """Some texts, in order, and the tables among them (whose cells are among the texts)."""

    proses: tuple[Prose, ...]
    grids: tuple[Grid, ...]


def without_brackets(text: str) -> str:
    """A text without what stands in （） and without addresses."""
    text, before = ADDRESS.sub("", text), ""
    while text != before:
        text, before = _BRACKETS.sub("", text), text
    return text


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begin, depth = 0, 0
    for at, sign in enumerate(text):
        if sign in "（(「『":
            depth += 1
        elif sign in "）)」』":
            depth = max(0, depth - 1)
        elif sign == "\n" or (sign in "。！？" and not depth):
            if sign == "\n":
                depth = 0
            if text[begin : at + 1].strip():
                yield begin, at + 1
            begin = at + 1
    if text[begin:].strip():
        yield begin, len(text)
