"""Marks in words: a text as it is to be read aloud (音訳), turned into braille (点訳) or spoken by a screen reader.

Screen readers skip or misread marks, enclosed characters and full-width numbers (総務省東海総合通信局「音声読み上げに
配慮したテキスト表記」, 米子市「音声読み上げブラウザの読み上げかた」), and braille has no sign for most. What can be
heard stays as typed: dates, money, web and mail addresses (音訳 changes nothing that can be read).

Every rule is in one table with its reason. A symbol without a rule is said as 「記号」, never dropped silently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)  # nothing in them is a mark
_UNITS = {"mm": "ミリメートル", "cm": "センチメートル", "km": "キロメートル", "m": "メートル"}
_POWERS = {"²": "平方", "³": "立方"}
_SHAPES = {
    "■": "黒四角",
    "□": "四角",
    "◆": "黒ひし形",
    "◇": "ひし形",
    "●": "黒まる",
    "○": "まる",
    "◯": "まる",
    "◎": "二重まる",
    "▲": "黒三角",
    "△": "三角",
    "▼": "黒逆三角",
    "▽": "逆三角",
    "★": "黒星",
    "☆": "星",
    "▶": "右向き三角",
    "◀": "左向き三角",
    "•": "黒まる",
    "◉": "二重まる",
    "❖": "黒ひし形",
    "✓": "チェック",
}
_WORDS = {
    "☎": "電話",
    "☏": "電話",
    "℡": "電話",
    "✆": "電話",
    "℻": "ファクス",
    "〒": "郵便番号",
    "✉": "メール",
    "㈱": "株式会社",
    "㈲": "有限会社",
    "㈳": "社団法人",
    "㈶": "財団法人",
    "㊑": "株式会社",
    "㊒": "有限会社",
    "℃": "度",
    "％": "パーセント",
    "%": "パーセント",
    "‰": "パーミル",
    "№": "ナンバー",
    "㏍": "株式会社",
    "㎡": "平方メートル",
    "㎢": "平方キロメートル",
    "㎠": "平方センチメートル",
    "㎥": "立方メートル",
    "㎞": "キロメートル",
    "㎝": "センチメートル",
    "㎜": "ミリメートル",
    "㎏": "キログラム",
    "㎎": "ミリグラム",
    "㏄": "シーシー",
    "ℓ": "リットル",
    "㎖": "ミリリットル",
    "㎗": "デシリットル",
    "㎘": "キロリットル",
    "→": "右矢印",
    "←": "左矢印",
    "↑": "上矢印",
    "↓": "下矢印",
    "⇒": "右矢印",
    "⇔": "両矢印",
    "➡": "右矢印",
    "＋": "プラス",
    "−": "マイナス",
    "÷": "わる",
    "＝": "イコール",
    "±": "プラスマイナス",
    "≒": "ほぼ等しい",
    "≠": "等しくない",
    "≦": "以下",
    "≧": "以上",
    "≤": "以下",
    "≥": "以上",
    "∞": "無限大",
    "＆": "アンド",
    "♨": "温泉",
    "☀": "晴れ",
    "☁": "くもり",
    "☂": "雨",
    "☔": "雨",
    "☃": "雪",
    "♥": "ハート",
    "♡": "ハート",
    "©": "著作権表示",
    "®": "登録商標",
    "™": "商標",
    "〆": "しめ",
    "〻": "々",
    "〓": "読めない字",
    "½": "2分の1",
    "⅓": "3分の1",
    "⅔": "3分の2",
    "¼": "4分の1",
    "¾": "4分の3",
    "￥": "円",
    "¥": "円",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Replaces what ``marks`` finds by the words that ``said`` gives; ``why`` is the reason."""

    marks: re.Pattern[str]
    said: Callable[[re.Match[str]], str]
    why: str


def _any(characters: str) -> str:
    return "[" + re.escape(characters) + "]"


def _enclosed(found: re.Match[str]) -> str:
    """① as まる1, ㊤ as まる上; with a separator before a number."""
    return f"まる{unicodedata.normalize('NFKC', found[1])}" + (f"　{found[2]}" if found[2] else "")


def _again(found: re.Match[str]) -> str:
    """The kana before a repeat mark again, voiced if the mark is (ゞ, ヾ)."""
    kana, mark = found[1], found[2]
    plain = unicodedata.normalize("NFD", kana)[0]
    return kana + unicodedata.normalize("NFC", plain + ("\u3099" if mark in "ゞヾ" else ""))


def _again_two(found: re.Match[str]) -> str:
    """くの字点: the two kana before it again, the first one voiced after 〴."""
    first = found[1][0] + ("\u3099" if found[2] == "〴" else "")
    return found[1] + unicodedata.normalize("NFC", first) + found[1][1]


def _folded(character: str) -> str:
    """The plain characters of a compatibility character: half-width kana, full-width letters, ㍻, ㌔."""
    return unicodedata.normalize("NFKC", character)


_TWO_KANA = r"([ぁ-ゖァ-ヺ]{2})"
_BULLETS = _any("".join(_SHAPES)) + "[ 　]*"

_UNHEARD = "[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]"
_CIRCLED = "([①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴㊤-㊨㊊-㊐㊙㊞])([0-9０-９]?)"
_DIGIT = "[0-9０-９]"
_AMOUNT = f"{_DIGIT}(?:[,.，．]?{_DIGIT})*(?![,.，．]?{_DIGIT}|[月日時年階番:：/／-]|回目|つ目)"
"""A number that △ makes negative. It is not a day, an hour or a number in a row, before which △ is a bullet."""


def _plain(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _rule(why: str, marks: str, said: str | Callable[[re.Match[str]], str]) -> Rule:
    return Rule(re.compile(marks), said if callable(said) else lambda found: found.expand(said), why)


RULES = (
    _rule("字形を選ぶ印や幅のない印は、声にも点字にもならない", _UNHEARD, ""),
    _rule("外字は、作った機械のほかでは読めない", "[\ue000-\uf8ff\U000f0000-\U0010fffd]", "（外字）"),
    _rule("減った額の三角は読み飛ばされ、増えたことになる", f"[△▲](?={_AMOUNT})", "マイナス"),
    _rule("頭に付く箇条書きの印は、読めば邪魔になる", f"(^|[ 　]){_BULLETS}(?![月日回年×])", r"\1"),
    _rule("電話の絵は読まれないか、別の字に化ける", f"[☎☏℡✆][ 　]*(?={_DIGIT}|[(（])", "電話番号　"),
    _rule("米印は読まれないことが多い", "※[ 　]*", "注、"),
    _rule("円の印は、数の前に読まれてしまう", f"[￥¥][ 　]*({_DIGIT}(?:{_DIGIT}|[,，])*)", r"\1円"),
    _rule(
        "上付きの数は、ただの数として読まれる", "(mm|cm|km|m)([²³])", lambda found: _POWERS[found[2]] + _UNITS[found[1]]
    ),
    _rule("上付きの数は、ただの数として読まれる", "[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda found: f"の{_plain(found)}乗"),
    _rule("波線は読まれないことが多い", f"(?<={_DIGIT[:-1]}年月日時分秒歳円人回号）)])[ 　]*[〜～~][ 　]*", "から"),
    _rule("波線は読まれないことが多い", r"(?<=\w)[〜～](?=\w)", "から"),
    _rule("飾りの波線は、「から」と読まれてしまう", "[〜～]", ""),
    _rule("掛ける印は「エックス」と読まれる", f"(?<={_DIGIT})[ 　]*×[ 　]*(?={_DIGIT})", "かける"),
    _rule("ばつ印は「エックス」と読まれる", "[×✕✖]", "ばつ"),
    _rule("飾りの音符は、読めば邪魔になる", "[♪♫♬]", ""),
    _rule("丸で囲んだ字は機種により化け、点字では丸が消える", _CIRCLED, _enclosed),
    _rule("1字に組んだ語や記号は、読まれないか化ける", _any("".join(_WORDS)), lambda found: _WORDS[found[0]]),
    _rule("ローマ数字は、英字として読まれる", "[Ⅰ-Ⅻⅰ-ⅻ]", lambda found: f"{unicodedata.numeric(found[0]):g}"),
    _rule("全角の数は、1字ずつ読まれる", "[０-９Ａ-Ｚａ-ｚｦ-ﾟ]+", _plain),
    _rule("全角の点で区切った数は、1字ずつ読まれる", "(?<=[0-9])[，．](?=[0-9])", _plain),
    _rule("図形は読み飛ばされ、あったことが分からない", _any("".join(_SHAPES)), lambda found: _SHAPES[found[0]]),
    _rule("「同じ」の印は読まれない", "〃", "同じ"),
    _rule("くの字点は読まれない", _TWO_KANA + "([〳〴])〵", _again_two),
    _rule("かなの繰り返しの印は読まれない", "([ぁ-ゖァ-ヺ])([ゝゞヽヾ])", _again),
)
"""The replacements in this order, each with its reason."""

_REPEATS = "ゝゞヽヾ〱〲〳〴〵〻"
KEPT = frozenset("、。，．・：；？！々〇ー―‐／｜…‥‘’“”（）〔〕［］｛｝〈〉《》「」『』【】　＊＃＠—–")
"""Punctuation that braille writes or that gives a pause when spoken. Besides letters and ASCII, only these may stay."""


def spoken(text: str) -> str:
    """The text with every mark in words; web and mail addresses unchanged."""
    parts, at = [], 0
    for address in _ADDRESS.finditer(text):
        parts += [_words(text[at : address.start()]), address[0]]
        at = address.end()
    return "".join((*parts, _words(text[at:])))


def _words(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    for rule in RULES:
        text = rule.marks.sub(rule.said, text)
    text = "".join(each if readable(each) else _folded(each) for each in text)
    return "".join(each if readable(each) else "（記号）" for each in text)


def readable(character: str) -> bool:
    """Whether a voice or braille can give the character: letters, ASCII, the punctuation in ``KEPT``."""
    return (
        " " <= character <= "~"
        or character in KEPT
        or (
            unicodedata.category(character)[0] == "L"
            and character not in _REPEATS
            and unicodedata.normalize("NFKC", character) == character
        )
        or unicodedata.category(character) == "Mn"
    )
