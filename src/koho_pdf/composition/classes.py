"""Character classes of Japanese composition (JLREQ 3.9.2 and appendix A), by which lines are spaced and broken."""

from __future__ import annotations

import unicodedata
from enum import IntEnum, auto
from functools import lru_cache


class Kind(IntEnum):
    """The class of a character; the number is JLREQ's (cl-01 …)."""

    OPENING = auto()  # cl-01 始め括弧類
    CLOSING = auto()  # cl-02 終わり括弧類
    HYPHEN = auto()  # cl-03 ハイフン類 ‐ 〜 ゠ –
    DIVIDING = auto()  # cl-04 区切り約物 ！ ？
    MIDDLE_DOT = auto()  # cl-05 中点類 ・ ： ；
    FULL_STOP = auto()  # cl-06 句点類 。 ．
    COMMA = auto()  # cl-07 読点類 、 ，
    INSEPARABLE = auto()  # cl-08 分離禁止文字 ― … ‥
    ITERATION = auto()  # cl-09 繰返し記号
    PROLONGED = auto()  # cl-10 長音記号
    SMALL_KANA = auto()  # cl-11 小書きの仮名
    PREFIX = auto()  # cl-12 前置省略記号 ￥ ＄ №
    POSTFIX = auto()  # cl-13 後置省略記号 ％ ℃ ‰
    IDEOGRAPHIC_SPACE = auto()  # cl-14 和字間隔
    KANA = auto()  # cl-15, cl-16
    IDEOGRAPH = auto()  # cl-19, and every other full-width sign
    SPACE = auto()  # cl-26 欧文間隔
    LATIN = auto()  # cl-24, cl-27 欧文用文字, digits among them
    OBJECT = auto()  # none of JLREQ's: a picture or box among the words (UAX 14, CB)


_MEMBERS = {
    Kind.OPENING: "（「『【〔《〈［｛〖｟“‘〝",
    Kind.CLOSING: "）」』】〕》〉］｝〗｠”’〟",
    Kind.HYPHEN: "‐゠–〜～",
    Kind.DIVIDING: "！？‼⁇⁈⁉",
    Kind.MIDDLE_DOT: "・：；",
    Kind.FULL_STOP: "。．",
    Kind.COMMA: "、，",
    Kind.INSEPARABLE: "―—…‥〳〴〵",
    Kind.ITERATION: "々〻ゝゞヽヾ",
    Kind.PROLONGED: "ー",
    Kind.SMALL_KANA: "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
    Kind.PREFIX: "￥＄￡＃€№",
    Kind.POSTFIX: "％‰℃℉￠°′″",
    Kind.IDEOGRAPHIC_SPACE: "\u3000",
    Kind.SPACE: " \u00a0\n",  # a line feed: a forced break
    Kind.OBJECT: "\ufffc",
}
_KINDS = {character: kind for kind, characters in _MEMBERS.items() for character in characters}

PUNCTUATION = frozenset(
    {Kind.OPENING, Kind.CLOSING, Kind.DIVIDING, Kind.MIDDLE_DOT, Kind.FULL_STOP, Kind.COMMA, Kind.HYPHEN}
)
"""約物: no quarter em stands beside them."""

NOT_AT_START = frozenset(
    {
        Kind.CLOSING, Kind.HYPHEN, Kind.DIVIDING, Kind.MIDDLE_DOT, Kind.FULL_STOP, Kind.COMMA, Kind.INSEPARABLE,
        Kind.ITERATION, Kind.PROLONGED, Kind.SMALL_KANA, Kind.POSTFIX,
    }
)  # fmt: skip
"""行頭禁則 (JLREQ 3.1.7), the strict set that newsletters use; a dash or leader may not begin a line either."""

NOT_AT_END = frozenset({Kind.OPENING, Kind.PREFIX})
"""行末禁則 (JLREQ 3.1.8)."""

SPACES = frozenset({Kind.SPACE, Kind.IDEOGRAPHIC_SPACE})


@lru_cache(maxsize=8192)
def kind_of(character: str) -> Kind:
    """The class of a character (with whatever marks follow it).

    Half-width kana are kana; half-width brackets and stops are Latin, as proportional Latin fonts set them.
    """
    first = character[0]
    if first in _KINDS:
        return _KINDS[first]
    if first == "〒":
        return Kind.PREFIX
    code = ord(first)
    if 0x3040 <= code <= 0x30FF or 0x31F0 <= code <= 0x31FF or 0xFF66 <= code <= 0xFF9D:
        return Kind.KANA
    if unicodedata.east_asian_width(first) in "WF":
        return Kind.IDEOGRAPH
    category = unicodedata.category(first)
    if code >= 0x2000 and category in ("No", "Nl"):
        return Kind.IDEOGRAPH  # ① Ⅳ: an em wide in Japanese faces
    if category.startswith(("L", "N")) or first in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
        return Kind.LATIN
    return Kind.IDEOGRAPH
