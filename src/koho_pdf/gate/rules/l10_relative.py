"""L10: days and years that are only right on the day of writing."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, in_words

_WORDS = late(
    "(?:今|来|先)(?:月|週)(?!刊|間)|(?:昨|一昨|本|今|来|再来)年度|(?:昨|一昨|今|来|再来|去|おとと)年(?!度)|今(?:春|夏|秋|冬|季|期)|来(?:春|夏|秋|冬|期)|昨(?:春|夏|秋|冬|夜|日)|先日|先ごろ|先頃|このほど|このたび(?=開|完|始)|近日中?|後日(?!談)|本日|昨日|明日|明後日|一昨日|本年(?!度)|(?<![一-龥])今日(?!的)|[今来昨]シーズン|当月(?!分)|今朝|昨晩|今晩|今夜|この(?:春|夏|秋|冬)(?=[にはから、の])"
)


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in in_words(prose, _WORDS):
        told = f"「{found[0]}」は、読む日によって別の日になります。"
        yield Alarm(found.start(), found.end(), told, hint="「3月」「令和8年」のように書くと、いつ読んでも分かります。")


RULE = Rule(
    "L10",
    "l10-relative",
    Severity.NOTE,
    "読む日で変わる言い方",
    "書いた日、配る日、読む日は違います。バックナンバーでは何年のことか分からなくなります。",
    wrong=(("今月は市税の納期です。", ""), ("昨年より増えました。", ""), ("来週から始まります。", "")),
    silent=("毎月、毎年開いています。", "「今日は楽しかった」と話しました。", "3月に開きます。"),
    find=_find,
    roles=WORDS,
)
