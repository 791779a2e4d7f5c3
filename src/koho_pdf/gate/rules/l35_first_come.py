"""L35: first come, first served."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, in_words

_WORDS = late(
    "先着順?|(?:申込み?|申し込み|受付|受け付け|到着|来場|応募)(?:の)?(?:早い)?順|早い者勝ち|早い順|(?:した|んだ|いた|来た)(?:方|人)?(?:の|から)?順(?!位|番|序)|早かった順|(?:申込|受付|到着|申請)順|着順(?!位)|先に(?:来|着|届)いた|早く(?:来|着|届)いた|先に申し込んだ(?:方|人|順)|なくなり次第|予定数に達し次第|満員になり次第|早く申し込んだ(?:方|順)|定員に(?:達|な)(?:し次第|り次第|ったら)(?:、)?締め?切"
)


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in in_words(prose, _WORDS):
        told = f"「{found[0]}」だと、広報が遅く届く地区の人や、昼間に電話できない人が申し込めません。"
        yield Alarm(
            found.start(),
            found.end(),
            told,
            hint="抽選にするか、受付の始まりを配り終わる日より後にできないか、確かめてください。",
        )


RULE = Rule(
    "L35",
    "l35-first-come",
    Severity.NOTE,
    "先着順",
    "どちらにするかは市の決めごとです。この校閲は言葉を直しません。",
    wrong=(("先着20人です。", ""), ("定員30人（申込順）", ""), ("先着順に受け付けます。", "")),
    silent=("定員20人（多いときは抽選）", "電車が先に着きました。", "「先着順」の札を外しました。"),
    find=_find,
    roles=WORDS,
)
