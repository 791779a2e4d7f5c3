"""Character classes of Japanese composition (JLREQ 3.9.2 and appendix A), by which lines are spaced and broken.

``tests/composition/test_classes.py`` holds every character of JLREQ's table and of Unicode's line breaking classes
(UAX 14) against these, and gives the reason for each difference.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum, auto
from functools import lru_cache


class Kind(IntEnum):
    """The class of a character, after JLREQ's (cl-01 …)."""

    OPENING = auto()  # cl-01 始め括弧類
    CLOSING = auto()  # cl-02 終わり括弧類
    HYPHEN = auto()  # cl-03 ハイフン類 ‐ 〜 ゠ –
    DIVIDING = auto()  # cl-04 区切り約物 ！ ？
    MIDDLE_DOT = auto()  # cl-05 中点類 ・ ： ；
    FULL_STOP = auto()  # cl-06 句点類 。 ．
    COMMA = auto()  # cl-07 読点類 、 ，
    INSEPARABLE = auto()  # cl-08 分離禁止文字 ― … ‥
    ITERATION = auto()  # cl-09 繰返し記号, and marks of voice that stand alone
    PROLONGED = auto()  # cl-10 長音記号
    SMALL_KANA = auto()  # cl-11 小書きの仮名
    PREFIX = auto()  # cl-12 前置省略記号 ￥ ＄ №
    POSTFIX = auto()  # cl-13 後置省略記号 ％ ℃ ‰
    IDEOGRAPHIC_SPACE = auto()  # cl-14 和字間隔, and other spaces of a fixed width
    KANA = auto()  # cl-15, cl-16
    IDEOGRAPH = auto()  # cl-19, and every other full-width sign
    SPACE = auto()  # cl-26 欧文間隔
    LATIN = auto()  # cl-24, cl-27 欧文用文字, digits among them
    LATIN_OPENING = auto()  # half-width ( [ {: cl-27 too, but punctuation
    LATIN_CLOSING = auto()  # half-width ) ] }
    LATIN_STOP = auto()  # half-width ! ? . , : ; - /
    OBJECT = auto()  # not in JLREQ: a picture or box among the words (UAX 14, CB)


_MEMBERS = {
    Kind.OPENING: "｢‘“〝",
    Kind.CLOSING: "｣’”〟",
    Kind.HYPHEN: "‐\u2011‒゠–〜～〰－",
    Kind.DIVIDING: "！？‼⁇⁈⁉‽❢❣︕︖﹖﹗",
    Kind.MIDDLE_DOT: "・：；･·‧︓︔﹔﹕",
    Kind.FULL_STOP: "。．｡︒﹒",
    Kind.COMMA: "、，､︐︑﹐﹑",
    Kind.INSEPARABLE: "―—⸺⸻…‥⋯〳〴〵︙",
    Kind.ITERATION: "々〻ゝゞヽヾ゛゜ﾞﾟ\u3099\u309a",
    Kind.PROLONGED: "ーｰ",
    Kind.SMALL_KANA: "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
    "\U0001b132\U0001b150\U0001b151\U0001b152\U0001b155\U0001b164\U0001b165\U0001b166\U0001b167",
    Kind.PREFIX: "＃№〒〶℡☎☏",
    Kind.POSTFIX: "%％﹪‰‱℃℉¢￠°′″‴⁗‵‶‷ℓ",
    Kind.IDEOGRAPHIC_SPACE: "\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f",
    Kind.SPACE: " \u00a0\u2007\u202f\n",  # a line feed: a forced break
    Kind.LATIN_OPENING: "([{¡¿",
    Kind.LATIN_CLOSING: ")]}",
    Kind.LATIN_STOP: "!?.,:;-/|⁄",
    Kind.IDEOGRAPH: "〃〄〆〇〼",
    Kind.OBJECT: "\ufffc",
}
_KINDS = {character: kind for kind, characters in _MEMBERS.items() for character in characters}

# By Unicode's general category, for characters not named above: all brackets, quotation marks and currencies.
_BY_CATEGORY = {
    "Ps": Kind.OPENING,
    "Pi": Kind.OPENING,
    "Pe": Kind.CLOSING,
    "Pf": Kind.CLOSING,
    "Sc": Kind.PREFIX,
}

LATINS = frozenset({Kind.LATIN, Kind.LATIN_OPENING, Kind.LATIN_CLOSING, Kind.LATIN_STOP})
"""The classes of half-width words and numbers."""

LATIN_MARKS = LATINS - {Kind.LATIN}

PUNCTUATION = LATIN_MARKS | {
    Kind.OPENING, Kind.CLOSING, Kind.DIVIDING, Kind.MIDDLE_DOT, Kind.FULL_STOP, Kind.COMMA, Kind.HYPHEN
}  # fmt: skip
"""約物: there is no quarter em beside them."""

NOT_AT_START = frozenset(
    {
        Kind.CLOSING, Kind.HYPHEN, Kind.DIVIDING, Kind.MIDDLE_DOT, Kind.FULL_STOP, Kind.COMMA, Kind.INSEPARABLE,
        Kind.ITERATION, Kind.PROLONGED, Kind.SMALL_KANA, Kind.POSTFIX, Kind.LATIN_CLOSING, Kind.LATIN_STOP,
    }
)  # fmt: skip
"""行頭禁則 (JLREQ 3.1.7), the strict set that newsletters use; a dash or leader may not begin a line either."""

NOT_AT_END = frozenset({Kind.OPENING, Kind.PREFIX, Kind.LATIN_OPENING})
"""行末禁則 (JLREQ 3.1.8)."""

SPACES = frozenset({Kind.SPACE, Kind.IDEOGRAPHIC_SPACE})


@lru_cache(maxsize=8192)
def kind_of(character: str) -> Kind:
    """The class of a character (with whatever marks follow it); half-width kana and their signs are as full-width."""
    first = character[0]
    if first in _KINDS:
        return _KINDS[first]
    code = ord(first)
    if 0x3040 <= code <= 0x30FF or 0x31F0 <= code <= 0x31FF or 0xFF66 <= code <= 0xFF9D:
        return Kind.KANA
    if 0x3300 <= code <= 0x3357 or 0x3371 <= code <= 0x337A or 0x3380 <= code <= 0x33DF:
        return Kind.POSTFIX  # ㌢ ㎡ ㏄: units in one em (cl-13 names the most used)
    category = unicodedata.category(first)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    if unicodedata.east_asian_width(first) in "WF":
        return Kind.IDEOGRAPH
    if code >= 0x20A0 and category in ("No", "Nl"):
        return Kind.IDEOGRAPH  # ① Ⅳ: an em wide in Japanese faces; not ₂ of CO₂, which is before them
    if category.startswith(("L", "N")) or first.isascii():
        return Kind.LATIN
    return Kind.IDEOGRAPH
