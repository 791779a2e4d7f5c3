"""How alike two texts are, and which phrases (文節) differ. Nothing is read or written here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from koho_pdf.layout.phrases import phrases_of

ALIKE = 0.4
"""From here on two texts are the same thing in other words."""

_MOST_CHARACTERS = 6000  # of both texts; longer ones differ as wholes
_CLAUSE = re.compile(r"(?<=[、。，．])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, ``changed`` where the other year has others."""

    text: str
    changed: bool = False


@dataclass(slots=True)
class Bigrams:
    """Texts as sets of neighbouring characters, a set as the bits of one integer: likening two texts is one AND."""

    bits: dict[str, int] = field(default_factory=dict)

    def of(self, text: str) -> int:
        """The bigrams of a text; its ends count as characters, so that a text of one character has bigrams too."""
        if not text:
            return 0
        found = {self.bits.setdefault("".join(two), len(self.bits)) for two in pairwise(f"\x02{text}\x03")}
        mask = bytearray(max(found) // 8 + 1)
        for bit in found:
            mask[bit // 8] |= 1 << bit % 8
        return int.from_bytes(mask, "little")


def likeness(one: int, other: int) -> float:
    """The share of bigrams that two texts have in common, 0 to 1 (Dice's coefficient); 1 for two empty texts."""
    size = one.bit_count() + other.bit_count()
    return 2 * (one & other).bit_count() / size if size else 1.0


def pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The words of both years, cut at phrases; texts that have little in common, or are very long, differ as wholes."""
    if old == new:
        return _whole(old), _whole(new)
    bigrams = Bigrams()
    if len(old) + len(new) > _MOST_CHARACTERS or likeness(bigrams.of(old), bigrams.of(new)) < ALIKE:
        return _whole(old, changed=True), _whole(new, changed=True)
    before, after = _cut(old), _cut(new)
    was: list[Piece] = []
    now: list[Piece] = []
    for kind, begin, end, new_begin, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was += _whole("".join(before[begin:end]), changed=kind != "equal")
        now += _whole("".join(after[new_begin:new_end]), changed=kind != "equal")
    return tuple(was), tuple(now)


def _cut(text: str) -> list[str]:
    """The phrases of a text, none going on after a comma or full stop."""
    return [part for phrase in phrases_of(text) for part in _CLAUSE.split(phrase) if part]


def _whole(text: str, *, changed: bool = False) -> tuple[Piece, ...]:
    return (Piece(text, changed),) if text else ()
