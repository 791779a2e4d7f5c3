"""The parts of a text after its marks are read: runs, some of which hold runs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from koho_pdf.content.values.written import Written


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Ruby:
    """Pairs of base and reading: one pair for group ruby, one for each character for mono ruby.

    ``in_line`` puts the reading after its base in brackets, if nothing can stand above the line.
    """

    pairs: tuple[tuple[str, str], ...]
    in_line: bool = False


@dataclass(frozen=True, slots=True)
class Strong:
    """Emphasised words."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Kenten:
    """Words with emphasis dots."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note (割注), between brackets of the text's own size."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words with a link; ``url`` is ASCII (other characters percent-encoded)."""

    runs: tuple[Run, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Tongue:
    """Words in another ``language`` than the issue's (a tag of RFC 5646: ``en``, ``zh-Hans``)."""

    runs: tuple[Run, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Break:
    """The editor begins a new line here; it has no words."""


@dataclass(frozen=True, slots=True)
class Joint:
    """The editor forbids a new line here; it has no words."""


Run: TypeAlias = "Text | Ruby | Strong | Kenten | Note | Link | Tongue | Break | Joint"


@dataclass(frozen=True, slots=True)
class InlineText(Written):
    """A text field: the editor's ``source``, its ``runs``, its dotted ``field`` and its ``line`` in the manuscript.

    ``print_only`` means that only the print edition has it (see ``public``). ``column`` is known of the cells of a
    table: where the cell begins in its line; in a workbook the column of the sheet.
    """

    source: str
    runs: tuple[Run, ...]
    field: str = ""
    line: int = 1
    print_only: bool = False
    column: int | None = None

    @property
    def plain(self) -> str:
        """The words without marks and readings."""
        return plain_of(self.runs)

    def withheld(self, words: str) -> InlineText:
        """A text with these words in place of this one."""
        return InlineText(words, (Text(words),), self.field, self.line)

    def __str__(self) -> str:
        return self.plain


def plain_of(runs: tuple[Run, ...]) -> str:
    """The words of some runs without marks; of readings only those in the line."""
    words: list[str] = []
    for run in runs:
        if isinstance(run, Text):
            words.append(run.text)
        elif isinstance(run, Ruby):
            words.extend(f"{base}（{reading}）" if run.in_line else base for base, reading in run.pairs)
        elif isinstance(run, Note):
            words.append(f"（{run.text}）")
        elif isinstance(run, Strong | Kenten | Link | Tongue):
            words.append(plain_of(run.runs))
    return "".join(words)


def readings_of(runs: tuple[Run, ...]) -> tuple[str, ...]:
    """The readings above some runs, each as one word."""
    found: list[str] = []
    for run in runs:
        if isinstance(run, Ruby):
            found.append("".join(reading for _, reading in run.pairs))
        elif isinstance(run, Strong | Kenten | Link):
            found += readings_of(run.runs)
    return tuple(found)


def characters(text: str) -> tuple[str, ...]:
    """The characters of a text as a reader counts them: variation selectors and combining marks join what they mark."""
    joined: list[str] = []
    for character in text:
        follows = unicodedata.combining(character) or 0xFE00 <= ord(character) <= 0xFE0F
        if joined and (follows or 0xE0100 <= ord(character) <= 0xE01EF):
            joined[-1] += character
        else:
            joined.append(character)
    return tuple(joined)
