"""The last phrase of an item in a list: whether it may stay whole without a wide hole in the line before it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_POLITE = re.compile("(?:ます|ました|ません|ましょう)[。！？]?$")
_NARROW = 14  # characters: in a shorter line a hole of three em is a quarter of it
_PIECES = re.compile(
    "[「『（【]*(?:[!-~]+[^!-~ぁ-んァ-ヶ、。「」『』（）]?|[^「『（【])[、。」』）】ー・ぁぃぅぇぉっゃゅょァィゥェォッャュョ々]*"
)


def polite_ending(words: str) -> str:
    """The ます。 that ends these words; nothing if they end otherwise."""
    found = _POLITE.search(words)
    return found[0] if found else ""


def whole_from(words: str, phrases: Collection[int], measure: float) -> int:
    """Where the words begin that stay whole at the end of an item: its last phrase, or or only its ます。 ``phrases``
    are the places where phrases begin or end, ``measure`` is the line in em.
    """
    start, polite = max({*phrases} - {len(words)}, default=0), len(words) - len(polite_ending(words))
    return polite if start < polite and leaves_a_hole(words, start, measure) else start


def leaves_a_hole(words: str, start: int, measure: float) -> bool:
    """Whether a last phrase that begins at ``start`` would go to the next line and leave a hole of more than 2 em, in
    lines of 14 characters and more a fifth of the line; an em more if otherwise a word would be cut. ``measure`` is the
    line in em. An estimate: it decides how a paragraph looks, never whether it fits.
    """
    at = 0.0
    for piece in _PIECES.findall(words[:start]):
        at += _ems(piece)
        if at - _closed(piece) > measure:
            at = _ems(piece)
    room = measure - at
    stem = words[start : len(words) - len(polite_ending(words))]
    most = (max(2.0, measure / 5) if measure >= _NARROW else 2.0) + (1.0 if _ems(stem) > room else 0.0)
    return most < room < _ems(words[start:]) - _closed(words)


def _closed(piece: str) -> float:
    """What of a piece needs no room at the end of a line: 、 and 。 hang behind it, brackets are half as wide."""
    return 1.0 if piece[-1] in "、。" else 0.5 if piece[-1] in "」』）】" else 0.0


def _ems(piece: str) -> float:
    """Full-width characters are one em, others half, with a quarter em on both sides of a number or a Latin word."""
    wide = sum(1.0 if unicodedata.east_asian_width(each) in "WFA" else 0.5 for each in piece)
    return wide + 0.5 * len(re.findall("[!-~]+", piece))
