"""Our classes against two tables: JLREQ's (appendix A) and Unicode's line breaking classes (UAX 14), every character.

UAX 14's are asked of GLib (``g_unichar_break_type``), which Pango brings, so that no table of ours is held against
itself. Where we differ from one of the two, ``DIFFERENT`` and ``OURS`` say why.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator

import pytest

from koho_pdf.composition.paragraph.breaks import may_end_after
from koho_pdf.composition.paragraph.classes import Kind, kind_of

# JLREQ appendix A, its classes of characters that are not hiragana, katakana, ideographs or letters one and all. Where
# it names ( or ! it means the full-width one of a Japanese face; the half-width ones are below.
JLREQ = {
    "cl-01": "‘“（〔［｛〈《「『【⦅｟〘〖«〝",
    "cl-02": "’”）〕］｝〉》」』】⦆｠〙〗»〟",
    "cl-03": "‐〜゠–",
    "cl-04": "！？‼⁇⁈⁉",
    "cl-05": "・：；",
    "cl-06": "。．",
    "cl-07": "、，",
    "cl-08": "—…‥〳〴〵",
    "cl-09": "ヽヾゝゞ々〻",
    "cl-10": "ー",
    "cl-11": "ぁぃぅぇぉァィゥェォっゃゅょゎゕゖッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
    "cl-12": "￥¥＄￡£＃€№",
    "cl-13": "°′″℃￠¢％‰㏋ℓ㌃㌍㌔㌘㌢㌣㌦㌧㌫㌶㌻㍉㍊㍍㍑㍗㎎㎏㎜㎝㎞㎡㏄",
    "cl-14": "\u3000",
    "cl-15": "あいうえおかがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとど"
    "なにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもやゆよらりるれろわゐゑをんゔ",
    "cl-16": "アイウエオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトド"
    "ナニヌネノハバパヒビピフブプヘベペホボポマミムメモヤユヨラリルレロワヰヱヲンヴヷヸヹヺ",
    "cl-17": "＝≠＜＞≦≧⊆⊇∪∩∈∋⊂⊃≒≪≫≅≈≡∽∝⇔⇒↔",
    "cl-18": "＋−±∓×÷",
    "cl-19": "亜〃仝〆〇〒※＊†‡♯♭♪☆★○●◎◇◆□■△▲▽▼→←↑↓①⑳Ⅰⅻⅰ㊤㈱㍻♂♀∞∴∵∠⊥＆＠＿",
    "cl-24": "0123456789",
    "cl-26": " ",
    "cl-27": "AZazÀéαωЖя&*+<=>@_~²½₂",
}
KINDS = {
    "cl-01": Kind.OPENING, "cl-02": Kind.CLOSING, "cl-03": Kind.HYPHEN, "cl-04": Kind.DIVIDING,
    "cl-05": Kind.MIDDLE_DOT, "cl-06": Kind.FULL_STOP, "cl-07": Kind.COMMA, "cl-08": Kind.INSEPARABLE,
    "cl-09": Kind.ITERATION, "cl-10": Kind.PROLONGED, "cl-11": Kind.SMALL_KANA, "cl-12": Kind.PREFIX,
    "cl-13": Kind.POSTFIX, "cl-14": Kind.IDEOGRAPHIC_SPACE, "cl-15": Kind.KANA, "cl-16": Kind.KANA,
    "cl-17": Kind.IDEOGRAPH, "cl-18": Kind.IDEOGRAPH, "cl-19": Kind.IDEOGRAPH, "cl-24": Kind.LATIN,
    "cl-26": Kind.SPACE, "cl-27": Kind.LATIN,
}  # fmt: skip
# cl-20 to cl-23, cl-25 and cl-28 to cl-30 are not characters, but parts of a text: notes, ruby, warichu, units.
OURS = {
    "〒": (Kind.PREFIX, "the number of an address stands after it as one of money does after ￥"),
}

# Of half-width signs, in JLREQ letters among letters (cl-27), we say which are punctuation.
HALF_WIDTH = {
    Kind.LATIN_OPENING: "([{",
    Kind.LATIN_CLOSING: ")]}",
    Kind.LATIN_STOP: "!?.,:;-/|",
    Kind.PREFIX: "$",
    Kind.POSTFIX: "%",
    Kind.LATIN: "\"#&'*+<=>@\\^_`~",
}


@pytest.mark.parametrize("cl", JLREQ)
def test_every_character_of_jlreq_has_its_class(cl: str) -> None:
    found = {character: kind_of(character) for character in JLREQ[cl]}
    assert found == {character: OURS.get(character, (KINDS[cl], ""))[0] for character in JLREQ[cl]}


def test_every_half_width_sign_has_a_class() -> None:
    signs = {chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()}
    assert signs == set("".join(HALF_WIDTH.values()))
    for kind, characters in HALF_WIDTH.items():
        assert {kind_of(character) for character in characters} == {kind}


# GUnicodeBreakType, in its order (GLib, gunicode.h).
_UAX14 = [
    "BK", "CR", "LF", "CM", "SG", "ZW", "IN", "GL", "CB", "SP", "BA", "BB", "B2", "HY", "NS",
    "OP", "CL", "QU", "EX", "ID", "NU", "IS", "SY", "AL", "PR", "PO", "SA", "AI", "XX", "NL",
    "WJ", "JL", "JV", "JT", "H2", "H3", "CP", "CJ", "HL", "RI", "EB", "EM", "ZWJ", "AK", "AP",
    "AS", "VF", "VI",
]  # fmt: skip
_GLIB = ctypes.CDLL("libglib-2.0.so.0")
_RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x391, 0x3CA), (0x2000, 0x2BFF), (0x2E80, 0x33FF), (0xFE10, 0xFE6F),
           (0xFF01, 0xFFEF), (0x1F000, 0x1FAFF))  # fmt: skip
_NEVER_FIRST = {
    "CL", "CP", "EX", "NS", "CJ", "IS", "SY", "IN", "BA", "HY", "PO", "GL", "WJ", "ZW", "SP", "CM", "ZWJ"
}  # fmt: skip
_NEVER_LAST = {"OP", "PR", "GL", "WJ"}


def uax14(character: str) -> str:
    return _UAX14[int(_GLIB.g_unichar_break_type(ord(character)))]


def relevant() -> Iterator[str]:
    """What stands in Japanese text: of the planes' beginning all signs, of the rest those of symbols and kana."""
    for first, end in _RANGES:
        for code in range(first, end):
            if unicodedata.category(chr(code)) not in ("Cn", "Cc", "Co", "Cs", "Mn", "Me", "Mc"):
                yield chr(code)


# Where a line may begin or end otherwise than UAX 14 says: why, and which characters.
DIFFERENT = {
    "JLREQ cl-01, cl-02: UAX 14 (QU) does not say which side they are, Unicode's category does": "«‘“‛‟‹»’”›",
    "JLREQ cl-03 (～ is what Windows types for 〜, － for its minus and hyphen)": "～－〰",
    "JLREQ cl-05, or a sign of the same use": "·",
    "JLREQ cl-08: dashes and leaders do not begin a line of a newsletter": "―—〳〴",
    "JLREQ cl-12: the number stays after it": "＃℡☎☏〒〶",
    "JLREQ cl-13: units in one em stay with their number; it names the most used": "ℓ"
    + "".join(map(chr, (*range(0x3300, 0x3358), *range(0x3371, 0x337B), *range(0x3380, 0x33E0)))),
    "coins that UAX 14 has after their number; here every sign of money is before it": "₧₶₻₾⃀",
    "signs of a number: they stay with the number after them, and end a line else (test_breaks)": "±−∓+",
    "half-width, among letters of a path, a formula, a word": "\\",
    "commas of presentation forms, which UAX 14 has among ideographs": "﹑",
    "JLREQ cl-19: ます in one sign": "〼",
    "of scripts and books that are no Japanese text": "⁖⁘⁙⁚⁛⁝⁞․🙹🙺🙻",
}


def test_lines_begin_and_end_as_uax_14_says() -> None:
    """Every character beside an ideograph: may a line begin with it, and end with it?"""
    explained = set("".join(DIFFERENT.values()))
    wrong: list[str] = []
    differ: set[str] = set()
    for character in relevant():
        cl = uax14(character)
        first = bool(may_end_after(["亜", character, "亜"])[0])
        last = bool(may_end_after(["亜", character, "亜"])[1])
        if (first, last) != (cl not in _NEVER_FIRST, cl not in _NEVER_LAST):
            differ.add(character)
            if character not in explained:
                its = f"{ord(character):04X} {character} {cl} {kind_of(character).name}"
                wrong.append(f"{its} begins {first} ends {last}")
    assert wrong == []
    assert explained <= differ, "explained, but no longer different"
