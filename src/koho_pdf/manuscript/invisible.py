"""Invisible characters: they come with words copied from web pages, Word and telephones, and take no room.

These are Unicode's Default_Ignorable_Code_Point (Unicode Standard, 5.21). A variation selector chooses the form of the
character before it; all others are invisible, and are told by name.
"""

from __future__ import annotations

import re

_NAMES = {
    0x00AD: "ソフトハイフン",
    0x034F: "結合書記素接合子",
    0x061C: "アラビア文字の方向指定",
    0x180E: "モンゴル文字の母音区切り",
    0x200B: "ゼロ幅スペース",
    0x200C: "ゼロ幅非接合子",
    0x200D: "ゼロ幅接合子",
    0x200E: "左から右への方向指定",
    0x200F: "右から左への方向指定",
    0x2028: "行区切り",
    0x2029: "段落区切り",
    0x2060: "単語結合子",
    0x3164: "ハングルの空白字母",
    0xFEFF: "BOM（ゼロ幅の改行しない空白）",
}
_RANGES = (
    (0x115F, 0x1160, "ハングルの空白字母"),
    (0x17B4, 0x17B5, "クメール文字の記号"),
    (0x180B, 0x180F, "モンゴル文字の異体字指定"),
    (0x202A, 0x202E, "文字の方向指定"),
    (0x2061, 0x2064, "見えない数式の記号"),
    (0x2066, 0x206F, "文字の方向指定"),
    (0xFFA0, 0xFFA0, "ハングルの空白字母"),
    (0xFFF0, 0xFFF8, "制御用の文字"),
    (0x1BCA0, 0x1BCA3, "速記の制御文字"),
    (0x1D173, 0x1D17A, "楽譜の制御文字"),
    (0xE0000, 0xE00FF, "タグ文字"),
    (0xE01F0, 0xE0FFF, "タグ文字"),
)
SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
"""Variation selectors (Unicode Standard, 23.4)."""

_INVISIBLE = frozenset(_NAMES) - {0x2028, 0x2029} | {
    code for first, last, _ in _RANGES for code in range(first, last + 1)
}


def _class(codes: frozenset[int]) -> str:
    """A class of a regular expression, by its runs: one of single characters takes ten times as long to compile."""
    first = [code for code in sorted(codes) if code - 1 not in codes]
    last = [code for code in sorted(codes) if code + 1 not in codes]
    return "[" + "".join(f"{chr(begin)}-{chr(end)}" for begin, end in zip(first, last, strict=True)) + "]"


INVISIBLE = re.compile(_class(_INVISIBLE))
"""One invisible character."""
UNSEEN = re.compile(_class(_INVISIBLE | SELECTORS))
"""One invisible character or variation selector."""


_ANY = frozenset(map(chr, _INVISIBLE | SELECTORS))


def has_unseen(text: str) -> bool:
    """Whether a text has an invisible character or variation selector; much faster than searching for one."""
    return not _ANY.isdisjoint(text)


def name_of(character: str) -> str:
    """The Japanese name of an invisible character; empty if it has none."""
    code = ord(character)
    return _NAMES.get(code) or next((name for first, last, name in _RANGES if first <= code <= last), "")
