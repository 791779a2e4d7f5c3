"""L21: two styles of comma in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_WIDE = late("､|(?<![0-9０-９A-Za-zＡ-Ｚａ-ｚ])，|，(?![0-9０-９])|(?<=[ぁ-んァ-ヶー一-龥々）」』])\\s?,")
_STOP = late("｡|(?<=[ぁ-んァ-ヶー一-龥々）」』])．|(?<=[ぁ-んー一-龥])\\.(?=\\s|$|[ぁ-んァ-ヶー一-龥])")


def _across(proses: Sequence[Prose], _: Reading) -> Iterator[tuple[Prose, Alarm]]:
    for name, pattern, usual in (("読点", _WIDE, "、"), ("句点", _STOP, "。")):
        other = [
            (prose, found)
            for prose in proses
            for found in pattern.finditer(prose.text)
            if not prose.is_address(found.start())
        ]
        count = sum(prose.text.count(usual) for prose in proses)
        if not other or not count:
            continue
        if count >= len(other):
            for prose, found in other:
                told = f"{name}に「{found[0].strip()}」と「{usual}」が混ざっています。"
                yield (
                    prose,
                    Alarm(
                        found.start(),
                        found.end(),
                        told,
                        usual,
                        certain=not prose.is_quoted(found.start()),
                        hint=f"「{usual}」にそろえてください。",
                    ),
                )
        else:
            for prose in proses:
                for found in re.finditer(usual, prose.text):
                    told = f"{name}に「{usual}」と「{other[0][1][0].strip()}」が混ざっています。"
                    yield (
                        prose,
                        Alarm(
                            found.start(),
                            found.end(),
                            told,
                            other[0][1][0].strip(),
                            hint="どちらかにそろえてください。",
                        ),
                    )


RULE = Rule(
    "L21",
    "l21-commas",
    Severity.ERROR,
    "読点・句点の種類が混ざる",
    "「、」と「，」が混ざった紙面は、校正をしていないように見えます。",
    wrong=(
        ("雪です，また、風も吹きます。", "雪です、また、風も吹きます。"),
        ("市民の皆さん，議会の皆さん、こんにちは。", "市民の皆さん、議会の皆さん、こんにちは。"),
        ("公民館,10時から、体操をします。", "公民館、10時から、体操をします。"),
        ("雪が降ります．風も吹きます。", "雪が降ります。風も吹きます。"),
    ),
    silent=("人口は1,234人、世帯は５，６７８世帯です。", "雪です，また，風も吹きます。", "Ver. 2.0、Ver. 3.0"),
    across=_across,
)
