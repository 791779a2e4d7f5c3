"""Languages by the names an editor gives them: ``en``, ``zh-Hans``, 英語, 中国語（簡体字）."""

from __future__ import annotations

import re

from koho_pdf.content.values.runs import Text, Tongue
from koho_pdf.findings import error
from koho_pdf.manuscript.refusal import Refusal

LANGUAGE = re.compile(r"[ \u3000]*(?:lang|言語)[ \u3000]*[:：](.*)", re.IGNORECASE)
"""The part after the bar for words in another language: ``lang:en``, ``言語：英語``."""

_NAMES = {
    "日本語": "ja",
    "英語": "en",
    "韓国語": "ko",
    "朝鮮語": "ko",
    "中国語": "zh",
    "ロシア語": "ru",
    "アイヌ語": "ain",
    "簡体字": "zh-Hans",
    "中国語（簡体字）": "zh-Hans",
    "繁体字": "zh-Hant",
    "中国語（繁体字）": "zh-Hant",
    "ベトナム語": "vi",
    "ポルトガル語": "pt",
    "スペイン語": "es",
    "フランス語": "fr",
    "ドイツ語": "de",
    "イタリア語": "it",
    "タガログ語": "tl",
    "フィリピノ語": "fil",
    "インドネシア語": "id",
    "タイ語": "th",
    "ネパール語": "ne",
    "ミャンマー語": "my",
    "クメール語": "km",
    "モンゴル語": "mn",
    "ウクライナ語": "uk",
    "ベンガル語": "bn",
    "ラテン語": "la",
    "ヒンディー語": "hi",
    "ウルドゥー語": "ur",
    "シンハラ語": "si",
    "アラビア語": "ar",
    "ペルシア語": "fa",
}
_TWO = {  # ISO 639-1: for each first letter, the second letters
    "a": "abefkmnrsvyz",
    "b": "aeghimnors",
    "c": "aehorsuvy",
    "d": "aevz",
    "e": "elnostu",
    "f": "afijory",
    "g": "adlnuv",
    "h": "aeiortuyz",
    "i": "adegikostu",
    "j": "av",
    "k": "agijklmnorsuvwy",
    "l": "abginotuv",
    "m": "ghiklnrsty",
    "n": "abdeglnorvy",
    "o": "cjmrs",
    "p": "ailst",
    "q": "u",
    "r": "mnouw",
    "s": "acdegiklmnoqrstuvw",
    "t": "aeghiklnorstwy",
    "u": "gkrz",
    "v": "eio",
    "w": "ao",
    "x": "h",
    "y": "io",
    "z": "ahu",
}
_TAG = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?")  # RFC 5646, 2.1: language, script, region


def language_of(said: str) -> str:
    """The tag (RFC 5646) of a language that an editor named; empty if there is no such language."""
    said = said.strip()
    if said in _NAMES:
        return _NAMES[said]
    parts = said.lower().replace("_", "-").split("-")
    tag = "-".join([parts[0], *(part.title() if len(part) == 4 else part.upper() for part in parts[1:])])
    found = _TAG.fullmatch(tag) if tag.isascii() else None
    return tag if found and (len(found[1]) == 3 or found[1][1] in _TWO[found[1][0]]) else ""


def tongue(words: str, said: str, typed: str) -> Tongue:
    """The words of a mark in their language; ``typed`` is the mark as typed. Raises ``Refusal`` (language-unknown) for
    an unknown language, and for a mark without words.
    """
    language = language_of(said)
    if language and words.strip():
        return Tongue((Text(words),), language)
    what = f"「{said.strip()}」という言語を知りません" if words.strip() else "言葉が書かれていません"
    raise Refusal(
        error(
            "language-unknown",
            f"「{typed}」は、{what}。",
            hint="{Welcome|lang:en} のように、英語は en、中国語は zh、韓国語は ko と書くか、"
            "{Welcome|言語:英語} のように言語の名前を書いてください。",
        )
    )
