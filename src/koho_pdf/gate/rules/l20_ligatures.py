"""L20: signs of several letters, which are read aloud badly."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_PLAIN = {
    "㈱": "（株）",
    "㈲": "（有）",
    "㈳": "（社）",
    "㈶": "（財）",
    "㈵": "（特）",
    "㈹": "（代）",
    "№": "No.",
    "℡": "電話",
    "☏": "電話",
    "㍻": "平成",
    "㍼": "昭和",
    "㍽": "大正",
    "㍾": "明治",
    "㋿": "令和",
    "㌔": "キロ",
    "㍍": "メートル",
    "㌢": "センチ",
    "㍉": "ミリ",
    "㌘": "グラム",
    "㌧": "トン",
    "㍑": "リットル",
    "㌶": "ヘクタール",
    "㌃": "アール",
    "㌍": "カロリー",
    "㌦": "ドル",
    "㌫": "パーセント",
    "㌻": "ページ",
    "㎏": "kg",
    "㎞": "km",
    "㎝": "cm",
    "㎜": "mm",
    "㎎": "mg",
    "㏄": "cc",
    "㏍": "（株）",
    "㎖": "mL",
    "ℓ": "L",
    "㎗": "dL",
    "㊐": "（日）",
    "㊊": "（月）",
    "㊋": "（火）",
    "㊌": "（水）",
    "㊍": "（木）",
    "㊎": "（金）",
    "㊏": "（土）",
    "㊗": "（祝）",
    "㊡": "（休）",
    "㊑": "（株）",
    "㊤": "（上）",
    "㊥": "（中）",
    "㊦": "（下）",
    "㊧": "（左）",
    "㊨": "（右）",
    "㊙": "（秘）",
    "½": "2分の1",
    "¼": "4分の1",
    "¾": "4分の3",
    "㎡": "平方メートル",
    "㎢": "平方キロメートル",
    "㎥": "立方メートル",
}
_OFFICIAL = frozenset("㎡㎢㎥")
_MORE = {
    sign: unicodedata.normalize("NFKC", sign)
    for code in (
        *range(0x3200, 0x3230),
        *range(0x3236, 0x3248),
        *range(0x328A, 0x32B1),
        *range(0x32C0, 0x32FF),
        *range(0x3300, 0x33FF),
    )
    if (sign := chr(code)) not in _PLAIN and unicodedata.normalize("NFKC", sign) != sign
}
_PLAIN |= {
    sign: (f"（{word.strip('()')}）" if len(word.strip("()")) == 1 else word.replace("⁄", "/"))
    for sign, word in _MORE.items()
}
_PLAIN |= {"〠": "〒", "㊞": "（印）"}
_SIGNS = late("[" + "".join(_PLAIN) + "]")


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    for found in _SIGNS.finditer(prose.text):
        if found[0] not in _OFFICIAL or not reading.style.official:
            right = _PLAIN[found[0]]
            told = f"「{found[0]}」は、読み上げられなかったり、別の字に見えたりします。"
            yield Alarm(found.start(), found.end(), told, right, certain=True)


RULE = Rule(
    "L20",
    "l20-ligatures",
    Severity.WARNING,
    "組文字・記号",
    "1文字に詰め込んだ記号は、音声で読まれず、小さくて読めません。",
    wrong=(
        ("㈱るもい商店", "（株）るもい商店"),
        ("№3の会場", "No.3の会場"),
        ("℡42-1805", "電話42-1805"),
        ("3㎞歩きます。", "3km歩きます。"),
    ),
    silent=("①から⑳まで", "100㎡の畑", "（株）るもい商店"),
    find=_find,
)
