"""L38: words that are out of use, or biased."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, in_words, listed
from koho_pdf.gate.word_lists import pairs

_WORDS = pairs("biased")
_ALL = listed(_WORDS)
_NOT = late(
    "(?<!在留)(?<!訪日)[一-龥]外人|外人(?:口|材|員|気)|外人(?:墓地|部隊)|かたわら|めくらまし|めくる|めくら(?:な|れ|ず)|部落差別|部落問題|部落解放|被差別部落|百姓一揆|郊外人口|以外人|市外人|女医さん?会|ハーフの(?:コート|サイズ|丈|マラソン)|(?:交通|災害|情報|買い物)弱者|婦人消防夫|[一-龥]{2}保母|老人(?:ホーム|クラブ|会|福祉|保健|大学|憩|センター|の日|週間|医療)|婦人(?:会|科|服|部|団体|消防|防火|相談|保護|警官|病|靴|体操|大会)|[一-龥]婦人|彼女らし|[一-龥]女らし|[一-龥]男らし"
)

_LAW = late(
    "[一-龥・]{0,10}(?:規則|規程|条例|条約|勅令|省令|(?<![方用療作手技文])法(?![一-龥])|法律|(?<![命指法])令(?![一-龥])|(?<=養)成所)"
)
"""The rest of a law's name, which nobody may change: 看護婦規則, 保健婦助産婦看護婦法."""


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in in_words(prose, _ALL):
        if _LAW.match(prose.text, found.end()):
            continue
        near = prose.text[max(0, found.start() - 4) : found.end() + 4]
        if _NOT.search(near) or (
            found[0] in ("かたわ", "めくら", "唖") and re.match("[らるれなず]", prose.text[found.end() :])
        ):
            continue
        right = _WORDS[found[0]]
        hint = f"「{right}」と書いてください。" if right else "別の言い方にしてください。"
        yield Alarm(found.start(), found.end(), f"「{found[0]}」は、今は使わない言葉です。", right, False, hint)


RULE = Rule(
    "L38",
    "l38-biased",
    Severity.WARNING,
    "古い言葉・偏った言葉",
    "法律や制度で改められた言葉や、人を傷つける言葉です。",
    wrong=(
        ("父兄の皆さん", "保護者の皆さん"),
        ("看護婦を募集します。", "看護師を募集します。"),
        ("痴呆の予防", "認知症の予防"),
        ("外人の方も参加できます。", "外国人の方も参加できます。"),
        ("看護婦の募集方法", "看護師の募集方法"),
        ("看護婦募集方法", "看護師募集方法"),
        ("片手落ちになります。", "不公平になります。"),
    ),
    silent=(
        "保護者の皆さん",
        "「看護婦」と呼ばれた時代",
        "市外人口",
        "仕事のかたわら",
        "交通弱者",
        "百姓一揆の歴史",
        "看護婦規則の写し、保健婦助産婦看護婦法",
    ),
    find=_find,
    roles=WORDS,
)
