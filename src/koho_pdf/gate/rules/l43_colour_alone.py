"""L43: pointing at something by its colour or its place alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, in_words

_COLOUR = "(?:赤|青|緑|黄|黄緑|水色|白|黒|灰色|グレー|紫|茶|橙|オレンジ|ピンク|桃)"
_THING = "(?:部分|箇所|か所|ところ|所|欄|枠|線|文字|字|印|日|マス|行|列|マーク|ページ|地域|区域|地区|点|丸|矢印|区間|エリア|シール|見出し|下線)"
_POINT = re.compile(
    f"赤字の(?:日|部分|箇所|か所|文字|ところ|所|欄|行|項目|注意|場所|曜日|地区|方)|赤字で(?:書|示|記|表)[^、。]{{0,8}}|(?:青字|緑字|朱書き|色文字)(?:の|で)[一-龥]{{0,4}}"
    f"|{_COLOUR}(?:色)?(?:い|の|で示した|で囲んだ|で塗った|に塗った|で表した|く塗った|く示した|で書いた|で記した|で印を付けた|の網掛けの)(?:太い?)?{_THING}|{_COLOUR}枠(?:の|で|内)|色(?:の付いた|を付けた|が違う|の濃い|の薄い)(?:{_THING})"
    "|(?:網掛け|網かけ|塗りつぶし|色付き|色つき|太枠|斜線|影付き)(?:の|した|で示した|をした)(?:部分|箇所|か所|ところ|所|欄|枠|日|マス|行|列|地域|区域|地区|場所)|(?:右|左|上|下|右上|右下|左上|左下|真ん中)の(?:図|表|写真|地図|グラフ|二次元コード|ＱＲコード|QRコード|イラスト|絵|一覧|欄|枠|コード|画像|案内図|用紙|カレンダー|申込書)|(?:右|左)記(?:の|に|を|へ|ま)|(?:右|左)(?:図|表|写真|の写真)(?=の|を|に|は|が|で)|[右左]ページの(?:図|表|写真|地図)"
)
_HAS_SIGN = re.compile(r"^[（(][^（）()]*(?:印|★|☆|●|○|◎|■|□|▲|△|◆|※|図|表|点線|太字|下線|[0-9０-９])[^（）()]*[)）]")
_LOSS = re.compile("決算|財政|収支|会計|経営|補填|黒字|億円|万円")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in in_words(prose, _POINT):
        after = prose.text[found.end() : found.end() + 16]
        inner = re.match("赤字|青字|緑字", found[0])
        if (
            _HAS_SIGN.match(after)
            or (inner and _HAS_SIGN.match(prose.text[found.start() + 2 :]))
            or (inner and _LOSS.search(prose.sentence_at(found.start())))
        ):
            continue
        told = f"「{found[0]}」は、色や場所だけで指しています。"
        yield Alarm(
            found.start(),
            found.end(),
            told,
            hint="色の見分けにくい方、音声で聞く方には伝わりません。「赤字（★印）の日」「図1」のように、印や番号を付けてください。",
        )


RULE = Rule(
    "L43",
    "l43-colour-alone",
    Severity.WARNING,
    "色や場所だけで指す",
    "色を見分けにくい方、音声やスマートフォンで読む方には、どれのことか分かりません。",
    wrong=(
        ("赤字の日は休みです。", ""),
        ("右の図をご覧ください。", ""),
        ("青い線で囲んだ区域です。赤い部分が対象です。", ""),
        ("左記のとおり開きます。", ""),
        ("網掛けの日は休みです。", ""),
    ),
    silent=(
        "赤字（★印）の日は休みです。",
        "図1をご覧ください。",
        "会計は赤字の見込みです。",
        "赤い羽根共同募金",
        "右の手を上げます。",
    ),
    find=_find,
    roles=WORDS,
)
