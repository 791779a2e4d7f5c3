"""L15: 千 and 百 after Arabic digits."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_MIXED = late(
    "(?<![0-9,.第])(?:(?P<man>[0-9]{1,4})万)?(?:(?P<thousand>[1-9])千)?(?:(?P<hundred>[1-9])百)?(?P<rest>[0-9]{1,2}|(?<=千)[0-9]{3})?(?P<big>[万億])?(?![0-9年月日代円]{0,12}[0-9])(?=[一-龥ぁ-んァ-ヶA-Za-z㎡㎏])"
)
_NOT = late("百貨|百科|百人一首|百年祭|千代|千葉|千歳|百合|千円札")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    if "千" not in prose.text and "百" not in prose.text:
        return
    for found in _MIXED.finditer(prose.half):
        if not (found["thousand"] or found["hundred"]) or _NOT.match(prose.text, found.start() + 1):
            continue
        number = int(found["thousand"] or 0) * 1000 + int(found["hundred"] or 0) * 100 + int(found["rest"] or 0)
        right = f"{found['man']}万{number:,}" if found["man"] else f"{number:,}{found['big'] or ''}"
        words = prose.text[found.start() : found.end()]
        yield Alarm(found.start(), found.end(), f"「{words}」は「{right}」と書きます。", right, certain=True)


RULE = Rule(
    "L15",
    "l15-thousand-in-kanji",
    Severity.WARNING,
    "数字の後の千・百",
    "公用文では、漢字で書く位は万・億・兆だけです。",
    wrong=(
        ("7千500円", "7,500円"),
        ("5千人が来ました。", "5,000人が来ました。"),
        ("参加費は8百円です。", "参加費は800円です。"),
        ("2千5百円", "2,500円"),
        ("3千万円の補助", "3,000万円の補助"),
        ("１万２千円です。", "1万2,000円です。"),
    ),
    silent=("数千人が来ました。", "1億2345万円", "5,000人", "（単位：千円）", "345千円", "千歳市", "3百貨店"),
    find=_find,
)
