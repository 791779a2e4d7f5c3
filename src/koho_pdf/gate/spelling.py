"""Words that are written otherwise beside certain neighbours: the neighbours decide, never a dictionary's label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from koho_pdf.gate.patterns import letters_of
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading

_NEAR = 12
"""The characters on each side that may decide."""
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
    def letters(self) -> tuple[str, ...]:
        """One of these is in every text that has the word; none where nothing can be said."""
        return letters_of(self.word)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.word)

    @cached_property
    def _before(self) -> re.Pattern[str] | None:
        return re.compile(f"(?:{self.before})$") if self.before else None

    @cached_property
    def _after(self) -> re.Pattern[str] | None:
        return re.compile(self.after, re.MULTILINE) if self.after else None

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return re.compile(self.unless) if self.unless else None

    def found_in(self, prose: Prose) -> Iterator[tuple[re.Match[str], str]]:
        """Every place where it is to be written otherwise, with the right spelling."""
        text = prose.text
        for found in self._pattern.finditer(text):
            begin, end = found.span()
            if prose.is_quoted(begin) or prose.is_address(begin):
                continue
            left = max(0, begin - _NEAR)
            if self._before and not self._before.search(text[left:begin]):
                continue
            if self._after and not self._after.match(text, end):
                continue
            if self._unless and any(
                left + near.start() < end and near.end() + left > begin
                for near in self._unless.finditer(text[left : end + _NEAR])
            ):
                continue
            yield found, found.expand(self.right)


def spelled(
    prose: Prose, reading: Reading, spellings: Sequence[Spelling], told: str, *, certain: bool = True
) -> Iterator[Alarm]:
    """An alarm for every word that is to be spelled otherwise; ``told`` has {wrong} and {right}."""
    seen: list[tuple[int, int]] = []
    text = prose.text
    for spelling in reading.met.kept(spellings, _word) if reading.met else spellings:
        for letters in spelling.letters:
            if letters in text:
                break
        else:
            if spelling.letters:
                continue
        for found, right in spelling.found_in(prose):
            begin, end = found.span()
            if right == found[0] or any(one < end and begin < other for one, other in seen):
                continue
            seen.append((begin, end))
            yield Alarm(begin, end, told.format(wrong=found[0], right=right), right, certain)


def _word(spelling: Spelling) -> str:
    return spelling.word
