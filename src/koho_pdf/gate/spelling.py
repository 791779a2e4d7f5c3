"""Words that are written otherwise beside certain neighbours: the neighbours decide, never a dictionary's label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from koho_pdf.gate.few_words import FewWords, ends_of, few_words
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading

_NEAR = 12
"""The characters on each side that may decide."""
_FAR = 28
"""Those before it that what stands in front may need."""
BEGIN = r"(?:^|[。、\n　 」）])"
"""What stands before a conjunction."""


@dataclass(frozen=True)
class Spelling:
    """``word`` (a pattern) is written ``right`` (its template) after ``before`` and in front of ``after``, unless
    ``unless`` is found in it and its neighbours."""

    word: str
    right: str
    before: str = ""
    after: str = ""
    unless: str = ""

    @cached_property
    def _words(self) -> FewWords | None:
        return few_words(self.word) if "\\" not in self.right else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.word)

    @cached_property
    def _before(self) -> tuple[str, ...] | re.Pattern[str]:
        return ends_of(self.before) or re.compile(f"(?:{self.before})$")

    @cached_property
    def _after(self) -> tuple[str, ...] | re.Pattern[str]:
        return ends_of(self.after) or re.compile(self.after, re.MULTILINE)

    @cached_property
    def _unless(self) -> re.Pattern[str]:
        return re.compile(self.unless)

    def _places(self, text: str) -> Iterator[tuple[int, int, str]]:
        if self._words:
            for begin, end in self._words.found_in(text):
                yield begin, end, self.right
        else:
            for found in self._pattern.finditer(text):
                yield found.start(), found.end(), found.expand(self.right)

    def _fits(self, text: str, begin: int, end: int) -> bool:
        """Whether its neighbours make it the wrong word."""
        if self.before:
            before = self._before
            if isinstance(before, tuple):
                if not text.endswith(before, 0, begin):
                    return False
            elif not before.search(text[max(0, begin - _FAR) : begin]):
                return False
        if self.after:
            after = self._after
            if not (text.startswith(after, end) if isinstance(after, tuple) else after.match(text, end)):
                return False
        if self.unless:
            left = max(0, begin - _NEAR)
            for near in self._unless.finditer(text[left : end + _NEAR]):
                if left + near.start() < end and near.end() + left > begin:
                    return False
        return True

    def found_in(self, prose: Prose) -> Iterator[tuple[int, int, str]]:
        """Begin and end of every place where it is to be written otherwise, with the right spelling."""
        text = prose.text
        for begin, end, right in self._places(text):
            if self._fits(text, begin, end) and not prose.is_quoted(begin) and not prose.is_address(begin):
                yield begin, end, right


def spelled(
    prose: Prose, reading: Reading, spellings: Sequence[Spelling], told: str, *, certain: bool = True
) -> Iterator[Alarm]:
    """An alarm for every word that is to be spelled otherwise; ``told`` has {wrong} and {right}."""
    seen: list[tuple[int, int]] = []
    text = prose.text
    for spelling in reading.met.near(prose, spellings, _word) if reading.met else spellings:
        for begin, end, right in spelling.found_in(prose):
            wrong = text[begin:end]
            if right == wrong or any(one < end and begin < other for one, other in seen):
                continue
            seen.append((begin, end))
            yield Alarm(begin, end, told.format(wrong=wrong, right=right), right, certain)


def _word(spelling: Spelling) -> str:
    return spelling.word
