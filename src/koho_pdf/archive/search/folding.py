"""Folds words for searching: words that differ only in how they are written become the same.

Folded are, in this order: variation selectors (dropped), compatibility forms and widths (NFKC: Ａ and A,
ｶﾞ and ガ, ㈱ and (株)), case, variant kanji (``variants``), katakana (as hiragana: ごみ finds ゴミ), dashes that look
like a hyphen, wave dashes (10～12, 10〜12), circles (〇, ○), accents of Latin letters (café), and commas within a
number (1,200). White space and control characters are dropped (山田太郎 finds 山田 太郎), but a line feed separates
paragraphs: nothing is found across it.
"""

from __future__ import annotations

import re
import unicodedata

from koho_pdf.archive.search.variants import VARIANTS

# A character with the signs that belong to it: voicing marks, accents, variation selectors.
_CLUSTER = re.compile(r".[\u0300-\u036f\u3099-\u309c\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]*", flags=re.DOTALL)
_SELECTORS = dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
_VOICING = {0x309B: 0x3099, 0x309C: 0x309A}  # か゛ as が; NFKC would put a space into it
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_KANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F5), 0x30FD, 0x30FE)}
_KANA |= {ord("ヵ"): "か", ord("ヶ"): "け", ord("ゕ"): "か", ord("ゖ"): "け"}  # 霞ヶ浦 and 霞ケ浦
_CIRCLES = dict.fromkeys(map(ord, "○◯⚪"), "〇") | dict.fromkeys(map(ord, "〜∼〰"), "~")
_SAME = str.maketrans(VARIANTS) | _HYPHENS | _KANA | _CIRCLES
_ACCENTED = re.compile(r"([a-z])[\u0300-\u036f]+")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_DROPPED = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}


class _Folded(dict[str, str]):
    """Clusters and their folded form, each computed once."""

    def __missing__(self, cluster: str) -> str:
        normal = unicodedata.normalize("NFKC", cluster.translate(_SELECTORS).translate(_VOICING))
        same = unicodedata.normalize("NFKC", normal.casefold())
        plain = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", same))
        same = (unicodedata.normalize("NFC", plain) if plain != same else same).translate(_SAME)
        folded = "".join(each for each in same if each == "\n" or unicodedata.category(each) not in _DROPPED)
        if len(self) < _MOST_KEPT:
            self[cluster] = folded
        return folded


_MOST_KEPT = 100_000
_folded = _Folded({"\r": "\n"})


def fold(text: str) -> str:
    """The text as it is compared."""
    return _THOUSANDS.sub("", "".join(map(_folded.__getitem__, _CLUSTER.findall(text))))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, its place in ``text``; then the end."""
    folded: list[str] = []
    places: list[int] = []
    for found in _CLUSTER.finditer(text):
        cluster = _folded[found[0]]
        folded.append(cluster)
        places.extend([found.start()] * len(cluster))
    whole = "".join(folded)
    for found in reversed([*_THOUSANDS.finditer(whole)]):
        del places[found.start()]
    return _THOUSANDS.sub("", whole), [*places, len(text)]
