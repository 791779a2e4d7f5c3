"""P01: やさしい日本語 in long sentences."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose, without_brackets
from koho_pdf.gate.rule import PLAIN, Alarm, Reading, Rule

_MOST = 35
_BLANKS = late(r"[\s　]")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for begin, end in prose.sentences:
        sentence = prose.text[begin:end].strip("\n 　")
        size = len(_BLANKS.sub("", without_brackets(sentence)))
        if size > _MOST:
            start = prose.text.index(sentence, begin)
            told = f"やさしい日本語の1つの文が{size}字あります（目安は30字くらい、{_MOST}字まで）。"
            yield Alarm(start, start + len(sentence), told, hint="1つの文で1つのことを言うように、文を分けてください。")


RULE = Rule(
    "P01",
    "p01-short",
    Severity.WARNING,
    "やさしい日本語: 短い文",
    "日本語を習っている人は、1つの文に2つのことがあると分からなくなります。",
    wrong=(
        ("市役所の1階にある市民課の受付に、家族全員の在留カードとパスポートを持ってきてください。", ""),
        ("3月1日から3月31日までの間に、体を調べるための紙を病院に持っていかなければなりません。", ""),
        ("大きい地震が来たときは、まず机の下に入って、揺れが止まってから外へ出るようにしてください。", ""),
    ),
    silent=(
        "市役所（しやくしょ）の 1階（いっかい）に 来（き）てください。",
        "机の下に入ってください。揺れが止まったら、外へ出てください。",
        "ごみは 朝8時までに 出してください。",
    ),
    find=_find,
    roles=PLAIN,
)
