"""L36: a registered trademark as a common noun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, in_words

_QR = late(
    "(?<![A-Za-zＡ-Ｚａ-ｚ])[QＱqｑ][ 　.．]?[RＲrｒ][ 　・-]?(?:コード|ｺｰﾄﾞ|[Cc][Oo][Dd][Ee]|Ｃｏｄｅ|ＣＯＤＥ|決済|マーク|画像|シール)|キューアール(?:コード)?|(?<![A-Za-zＡ-Ｚａ-ｚ])[QＱ][RＲ](?![A-Za-zＡ-Ｚａ-ｚ0-9０-９-])"
)
_NOTE = late("デンソーウェーブ")


def _across(proses: Sequence[Prose], _: Reading) -> Iterator[tuple[Prose, Alarm]]:
    if any(_NOTE.search(prose.text) for prose in proses):
        return
    for prose in proses:
        for found in in_words(prose, _QR):
            told = f"「{found[0]}」は登録商標です。"
            hint = "商標の断り書きを載せるなら、このままで構いません。"
            yield prose, Alarm(found.start(), found.end(), told, "二次元コード", certain=True, hint=hint)


RULE = Rule(
    "L36",
    "l36-qr",
    Severity.WARNING,
    "QRコード",
    "（株）デンソーウェーブの登録商標なので、「二次元コード」と書くか、断り書きを載せます。",
    wrong=(
        ("QRコードから申し込めます。", "二次元コードから申し込めます。"),
        ("ＱＲコードを読み取ってください。", "二次元コードを読み取ってください。"),
        ("右下のQRから申し込めます。", "右下の二次元コードから申し込めます。"),
    ),
    silent=(
        "二次元コードから申し込めます。",
        "「QRコード」と書いた札",
        "QRコードは（株）デンソーウェーブの登録商標です。QRコードから申し込めます。",
    ),
    across=_across,
    roles=WORDS,
)
