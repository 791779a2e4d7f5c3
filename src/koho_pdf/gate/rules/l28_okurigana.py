"""L28: 送り仮名 of verbs, and of nouns made of them."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.okurigana import SLIPS, verbs_in
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, replacing

_TOLD = "送り仮名が違います。「{wrong}」は「{right}」と書きます。"


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    for at, wrong, right in verbs_in(prose.text):
        if not prose.is_quoted(at) and not prose.is_address(at):
            yield Alarm(at, at + len(wrong), _TOLD.format(wrong=wrong, right=right), right, certain=True)
    yield from replacing(prose, reading, SLIPS, _TOLD)


RULE = Rule(
    "L28",
    "l28-okurigana",
    Severity.WARNING,
    "送り仮名",
    "公用文では、動詞は「申し込む」のように送り仮名を全部書きます。名詞は「申込み」も「申し込み」も使えます。",
    wrong=(
        ("電話で申込む方", "電話で申し込む方"),
        ("窓口で取扱います。", "窓口で取り扱います。"),
        ("お問い合せください。", "お問い合わせください。"),
        ("お問合わせは市へ", "お問い合わせは市へ"),
        ("大会を行ないます。", "大会を行います。"),
        ("3月に終ります。", "3月に終わります。"),
        ("随時受付けます。", "随時受け付けます。"),
        ("物価が上がり、暮しが変って来た。", "物価が上がり、暮らしが変わって来た。"),
        ("荷物を持帰る。窓口で受取って、話合う。", "荷物を持ち帰る。窓口で受け取って、話し合う。"),
        ("会場で預ります。気温が高る。新い本", "会場で預かります。気温が高まる。新しい本"),
        ("失なった物を見付ける。", "失った物を見付ける。"),
        ("服を貸渡します。実費を申受けます。担当が受持つ。", "服を貸し渡します。実費を申し受けます。担当が受け持つ。"),
        ("引続き、窓口に立寄ってください。", "引き続き、窓口に立ち寄ってください。"),
    ),
    silent=(
        "申込書、取扱説明書、問合せ先",
        "お問合せは市へ",
        "受付は9時からです。",
        "行います。",
        "申込み",
        "申し込む",
        "組合の総会",
        "手続をします。",
        "割引があります。",
        "取組を進めます。",
        "貸出し、引渡し、積立て、引上げ、取扱い、締切り、受付け",
        "受持区域、立会人、請負契約、取立金、折込チラシ、引換券、逃遅れゼロ、貸渡し",
        "壁を伝って降りる。思った。分析する。運動する。5分ら",
    ),
    find=_find,
    roles=WORDS,
)
