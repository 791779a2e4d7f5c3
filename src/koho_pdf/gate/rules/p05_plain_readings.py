"""P05: kanji without a reading in やさしい日本語."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import PLAIN, Alarm, Reading, Rule

_KANJI = late("[㐀-䶿一-鿿豈-﫿々〇\U00020000-\U0002ffff]+")
_READING = late("[ぁ-ん]{0,3}[（(][ 　ぁ-んァ-ヶー・]+[)）]")
_COUNTED = late("年|月|日|時|分|円|人|回|歳|階|番|本|枚|つ")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    bare = [
        found
        for found in _KANJI.finditer(prose.text)
        if not prose.is_read(*found.span())
        and not _READING.match(prose.text, found.end())
        and not (re.search("[0-9]$", prose.half[: found.start()]) and _COUNTED.fullmatch(found[0]))
    ]
    if bare:
        others = f"など{len(bare)}か所" if len(bare) > 1 else ""
        told = f"「{bare[0][0]}」{others}の漢字に、読みがありません。"
        hint = "「{市役所|しやくしょ}」のように、どの漢字にも読みを付けてください。"
        yield Alarm(bare[0].start(), bare[0].end(), told, hint=hint)


RULE = Rule(
    "P05",
    "p05-plain-readings",
    Severity.WARNING,
    "やさしい日本語: 漢字の読み",
    "漢字が読めなくても、読みがあれば意味の分かる人が大勢います。",
    wrong=(
        ("市役所に来てください。", ""),
        ("市役所（しやくしょ）の受付に来（き）てください。", ""),
        ("お金を払ってください。", ""),
    ),
    silent=(
        "市役所（しやくしょ）に 来（き）てください。",
        "3月1日に きてください。",
        "500円です。",
        "ごみを だしてください。",
    ),
    find=_find,
    roles=PLAIN,
)
