"""L45: words of offices, and loan words that few people know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import PLAIN, WORDS, Alarm, Reading, Rule, in_words, listed
from koho_pdf.gate.word_lists import pairs

_WORDS = pairs("officialese")
_ALL = listed(_WORDS)
_NOT = late("ハザードマップ|マネジメントセンター|DX推進課|プラットフォーム大賞")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in in_words(prose, _ALL):
        around = prose.text[max(0, found.start() - 1) : found.end() + 1]
        if _NOT.match(prose.text, found.start()) or (
            found[0].isascii() and re.search("[A-Za-z]", around.replace(found[0], ""))
        ):
            continue
        if (
            re.match("[ァ-ヶー]", found[0])
            and re.search("[ァ-ヶー]", around[:1] + around[-1:])
            and len(around) > len(found[0])
        ):
            left, right_ = prose.text[found.start() - 1 : found.start()], prose.text[found.end() : found.end() + 1]
            if re.match("[ァ-ヶー]", left or "。") or re.match("[ァ-ヶー]", right_ or "。"):
                continue
        right = _WORDS[found[0]]
        yield Alarm(
            found.start(),
            found.end(),
            f"「{found[0]}」は、役所の外では伝わりにくい言葉です。",
            hint=f"「{right}」のように言い換えられないか、確かめてください。",
        )


RULE = Rule(
    "L45",
    "l45-officialese",
    Severity.NOTE,
    "役所言葉・なじみの薄い外来語",
    "初めて見る言葉が1つあるだけで、自分のことではないと思われます。",
    wrong=(
        ("新しいスキームを作ります。", ""),
        ("本日のアジェンダ", ""),
        ("地域の発展に資する事業", ""),
        ("現状に鑑みて見直します。", ""),
    ),
    silent=("仕組みを作ります。", "ハザードマップ", "仕事にかかる時間", "「スキーム」という言葉"),
    find=_find,
    roles=WORDS - PLAIN,
)
