"""The words of a sentence, by SudachiPy if it is installed. The gate says what it did not check without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from koho_pdf.gate.prose import Prose

_LONGEST = 16_000  # Sudachi takes 49,149 bytes at once


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text: its place there, and its kind as the dictionary has it (名詞, 固有名詞, 人名 …)."""

    begin: int
    end: int
    surface: str
    kinds: tuple[str, ...]

    @property
    def is_name(self) -> bool:
        """Whether it is a proper noun."""
        return "固有名詞" in self.kinds

    @property
    def is_person(self) -> bool:
        """Whether it is a name of a person, or a part of one."""
        return "人名" in self.kinds


@cache
def _tokenizer() -> Any:
    try:
        from sudachipy import Dictionary
    except ImportError:
        return None
    return Dictionary(dict="small").tokenizer()


def can_tokenise() -> bool:
    """Whether the tokeniser is installed."""
    return _tokenizer() is not None


@cache
def tokens_of(prose: Prose) -> tuple[Token, ...]:
    """The words of a text; none without the tokeniser."""
    return tuple(_read(prose)) if can_tokenise() else ()


def _read(prose: Prose) -> Iterator[Token]:
    for begin, end in prose.sentences:
        for part in range(begin, end, _LONGEST):
            for word in _tokenizer().tokenize(prose.text[part : min(end, part + _LONGEST)]):
                kinds = tuple(kind for kind in word.part_of_speech()[:4] if kind != "*")
                yield Token(part + word.begin(), part + word.end(), word.surface(), kinds)
