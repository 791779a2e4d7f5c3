"""P02: hard words in やさしい日本語."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import PLAIN, Alarm, Reading, Rule, in_words, listed
from koho_pdf.gate.word_lists import pairs

_WORDS = pairs("plain")
_ALL = listed(_WORDS)
_MEANT = late("[ 　]*(?:（[^（）]*[＝=：、][^（）]*）|[＝=])")
"""An explanation that follows: 避難所（＝逃げる所）, which a reader needs where the word itself stands on a sign."""
_KANJI = late("[一-龥]")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in in_words(prose, _ALL):
        begin, end = found.span()
        if _MEANT.match(prose.text, end) or _is_part(prose.text, begin, end):
            continue
        hint = f"「{_WORDS[found[0]]}」のように言い換えるか、「{found[0]}＝…」と説明を付けてください。"
        yield Alarm(begin, end, f"「{found[0]}」は、日本語を習っている人には難しい言葉です。", hint=hint)


def _is_part(text: str, begin: int, end: int) -> bool:
    """Whether a word of the list only happens to be in a longer one: 国民年金課の窓口係, セキュリティ."""
    inside = _KANJI if _KANJI.match(text[begin]) else re.compile("[ァ-ヶー]") if text[begin] >= "ァ" else None
    return bool(inside and (inside.match(text, end) or (begin and inside.match(text[begin - 1]))))


RULE = Rule(
    "P02",
    "p02-easy-words",
    Severity.WARNING,
    "やさしい日本語: 難しい言葉",
    "役所の言葉は、日本語を習っている人が知らない言葉です。小学校3年生までに習う言葉で言います。",
    wrong=(
        ("この紙に名前を記入してください。", ""),
        ("在留カードを持参してください。", ""),
        ("公園でイベントがあります。", ""),
        ("雨のときは中止です。", ""),
    ),
    silent=(
        "この紙に名前を書いてください。",
        "避難所（＝みんなが逃げる所）に行ってください。",
        "雨のときは、しません。",
        "市民課に来てください。",
    ),
    find=_find,
    roles=PLAIN,
)
