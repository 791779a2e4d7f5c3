"""The words of a sentence, by SudachiPy if it is installed. The gate says what it did not check without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from koho_pdf.gate.prose import Prose

_LONGEST = 16_000  # Sudachi takes 49,149 bytes at once
_BEFORE = 8


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


def tokens_of(prose: Prose, needs: Callable[[str], object]) -> Iterator[Token]:
    """The words of those sentences of a text that ``needs`` picks (by the sentence and what stands just before it), in
    order; none without the tokeniser."""
    if not can_tokenise():
        return
    for begin, end in prose.sentences:
        if needs(prose.text[max(0, begin - _BEFORE) : end]):
            for first, last, surface, kinds in _read(prose.text[begin:end]):
                yield Token(begin + first, begin + last, surface, kinds)


@lru_cache(1024)
def _read(sentence: str) -> tuple[tuple[int, int, str, tuple[str, ...]], ...]:
    return tuple(
        (part + word.begin(), part + word.end(), word.surface(), word.part_of_speech()[:4])
        for part in range(0, len(sentence), _LONGEST)
        for word in _tokenizer().tokenize(sentence[part : part + _LONGEST])
    )
