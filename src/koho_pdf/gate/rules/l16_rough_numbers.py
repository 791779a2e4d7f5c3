"""L16: rough numbers in Arabic digits."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_ROUGH = late(
    "(?:(?<![一-龥])|(?<=毎[年月日週回])|(?<=[約各毎]))[数何幾](10,?000|1,?000|100|10|1(?=万))(?![0-9,.])|(?<![0-9,.])(10|100|1,?000|20|30|40|50|60|70|80|90)数(?=(?!字|値|量|学|珠|寄|合|列|式|詞|え)[一-龥かァ-ヶ％%])"
)
_KANJI = {"1": "", "10": "十", "100": "百", "1000": "千", "10000": "万"} | {
    f"{number}0": f"{kanji}十" for number, kanji in zip(range(2, 10), "二三四五六七八九", strict=True)
}


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in _ROUGH.finditer(prose.half):
        right = (
            f"{found[0][0]}{_KANJI[found[1].replace(',', '')]}"
            if found[1]
            else f"{_KANJI[found[2].replace(',', '')]}数"
        )
        words = prose.text[found.start() : found.end()]
        yield Alarm(
            found.start(), found.end(), f"「{words}」は、おおよその数なので「{right}」と書きます。", right, certain=True
        )


RULE = Rule(
    "L16",
    "l16-rough-numbers",
    Severity.WARNING,
    "おおよその数",
    "おおよその数は漢字で書きます。数字で書くと、正しい数のように見えます。",
    wrong=(
        ("数10人が集まりました。", "数十人が集まりました。"),
        ("10数人です。", "十数人です。"),
        ("数１００件の相談", "数百件の相談"),
        ("数1,000個の明かり", "数千個の明かり"),
        ("約数10年前の写真", "約数十年前の写真"),
        ("数1万冊", "数万冊"),
        ("1,000数百人", "千数百人"),
        ("毎年数100世帯ずつ", "毎年数百世帯ずつ"),
    ),
    silent=("数十人", "2、3人", "人数10人", "点数100点", "回数20回", "件数10件"),
    find=_find,
)
