"""How alike two texts are, and which phrases (文節) differ. Nothing is read or written here."""

from __future__ import annotations

import re
from collections.abc import Sized
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from koho_pdf.layout.phrases import phrases_of

ALIKE = 0.4
"""From this likeness on, two texts say the same in other words."""

_MOST_CHARACTERS = 6000  # characters of both texts; longer texts differ as wholes
_CLAUSE = re.compile(r"(?<=[、。，．])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text; ``changed`` if the other year has other words."""

    text: str
    changed: bool = False


def bigrams(text: str) -> frozenset[str]:
    """The neighbouring characters of a text; its ends count as characters, so that one character has bigrams too."""
    return frozenset(one + other for one, other in pairwise(f"\x02{text}\x03" if text else ""))


def likeness(shared: int, one: Sized, other: Sized) -> float:
    """The share of bigrams that two texts have in common, 0 to 1 (Dice's coefficient); 1 for two empty texts."""
    size = len(one) + len(other)
    return 2 * shared / size if size else 1.0


def pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The words of both years, cut at phrases; texts that are very long or have little in common differ as wholes."""
    if old == new:
        return _whole(old), _whole(new)
    one, other = bigrams(old), bigrams(new)
    if len(old) + len(new) > _MOST_CHARACTERS or likeness(len(one & other), one, other) < ALIKE:
        return _whole(old, changed=True), _whole(new, changed=True)
    before, after = _cut(old), _cut(new)
    was: list[Piece] = []
    now: list[Piece] = []
    for kind, begin, end, new_begin, new_end in SequenceMatcher(None, before, after).get_opcodes():
        was += _whole("".join(before[begin:end]), changed=kind != "equal")
        now += _whole("".join(after[new_begin:new_end]), changed=kind != "equal")
    return tuple(was), tuple(now)


def _cut(text: str) -> list[str]:
    """The phrases of a text; each ends at a comma or full stop at the latest."""
    return [part for phrase in phrases_of(text) for part in _CLAUSE.split(phrase) if part]


def _whole(text: str, *, changed: bool = False) -> tuple[Piece, ...]:
    return (Piece(text, changed),) if text else ()
