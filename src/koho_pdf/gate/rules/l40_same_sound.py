"""L40: words that sound alike: the input method chose the wrong one."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule
from koho_pdf.gate.sound_alikes import SPELLINGS
from koho_pdf.gate.spelling import spelled


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    yield from spelled(
        prose, reading, SPELLINGS, "「{wrong}」は「{right}」の打ち間違いではありませんか。", certain=False
    )


RULE = Rule(
    "L40",
    "l40-same-sound",
    Severity.WARNING,
    "同じ音の別の言葉",
    "変換の間違いは、声に出す校正では見つかりません。",
    wrong=(
        ("健康保健証の色", "健康保険証の色"),
        ("健康保険証を持ってきてください。", ""),
        ("工事で通行を規正します。", "工事で通行を規制します。"),
        ("土曜日の学校の解放", "土曜日の学校の開放"),
        ("保険師が家庭を訪ねます。", "保健師が家庭を訪ねます。"),
        ("責任を追求します。", "責任を追及します。"),
        ("市民意外の方も参加できます。", "市民以外の方も参加できます。"),
        ("校庭を解放します。", "校庭を開放します。"),
        ("非難所を開きます。", "避難所を開きます。"),
    ),
    silent=(
        "健康保険証は使えなくなりました。保健師、保健所",
        "責任を追及します。",
        "市民以外の方",
        "意外な結果でした。",
        "人質を解放しました。",
        "理想を追求します。",
        "歩き始めてから",
        "線路と平行して走る道",
    ),
    find=_find,
    roles=WORDS,
)
