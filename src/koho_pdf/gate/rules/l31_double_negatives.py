"""L31: double negatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, in_words

_NEGATED = re.compile(
    "(?:[えけせてねべめれかがさたなばまらわじい]ない|できない|しない|くない|ません)(?:という)?(?:わけ|訳|こと|はず|もの|の)(?:では|じゃ|に?も|は|が|でも)?(?:あり)?(?:ない|ません|なく|なかった)"
    "|(?:ない|なく)(?:は|も|とは)(?:言え|いえ|限ら|限り|かぎら)(?:ない|ません)|(?:なく|ない)(?:は|も)(?:ない|ありません)"
    "|ない(?:もの|わけ)(?:でも|で)(?:ない|ありません)|(?:ざる|ぬ)(?:を得ない|わけにはいかない)(?<!やむを得ない)(?<!せざるを得ない)|不(?:可能|必要|適切|十分)(?:では|とは)(?:ない|ありません|言えない|いえない|言えません)"
    "|なくは(?:ない|ありません)|ないと(?:は|も)(?:限ら|言え|言い切れ)(?:ない|ません)|ない(?:人|方|日|者)は(?:いない|いません|なかった)"
)
_DUTY = re.compile("(?:なければ|なくては|ないと|ねば)(?:なら|いけ)(?:ない|ません)")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in in_words(prose, _NEGATED):
        if not _DUTY.search(found[0]):
            yield Alarm(
                found.start(),
                found.end(),
                f"「{found[0]}」は否定が2つ重なっています。",
                hint="「条件を満たせば使えます」のように、肯定で書くと伝わります。",
            )


RULE = Rule(
    "L31",
    "l31-double-negatives",
    Severity.WARNING,
    "二重否定",
    "「できないわけではありません」は、できるのかできないのか分かりません。",
    wrong=(
        ("使えないわけではありません。", ""),
        ("参加できないことはありません。", ""),
        ("事故がないとは限りません。", ""),
        ("反対がなくはない。", ""),
    ),
    silent=(
        "やむを得ない理由",
        "届け出なければなりません。",
        "使えません。",
        "忘れないことが大切です。",
        "できないことを確かめます。",
    ),
    find=_find,
    roles=WORDS,
)
