"""L39: words that a city has decided on, and words written in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, in_words, listed

_SETS = (
    ("障害者", "障がい者", "障碍者"),
    ("障害のある", "障がいのある", "障碍のある"),
    ("障害児", "障がい児", "障碍児"),
    ("子供", "子ども", "こども"),
    ("町内会", "町会", "自治会"),
    ("ごみ", "ゴミ"),
    ("ファクス", "ファックス"),
)
_NAMES = late(
    "障害者(?:手帳|総合支援|基本|雇用|週間|差別|権利|自立支援|虐待|スポーツ|基幹|就業|扶養|控除|職業)|身体障害者|精神障害者|障害者(?:[一-龥]{0,8})(?:法|条約|手帳|センター|協会|団体|連盟|条例)"
    "|(?:こども|子ども|子供)[一-龥]{0,8}[課係室局部](?![一-龥屋])|こども[ァ-ヶー]{2,}|子ども[ァ-ヶー]{3,}|(?:こども|子ども)の(?:読書週間|城|国)|(?:こども|子ども)読書の日|子どもの読書活動|こども(?:家庭|の日|園|未来|大綱|基本|110|誰でも|計画|センター|まんなか)|認定こども園|子ども・子育て|子ども(?:手当|食堂|議会|の権利|医療|110|家庭)|子供の科学|子供(?:歌舞伎|神楽|みこし)|町会議|町会議員|[一-龥]町会(?:館)|ごみゼロ|ゴミ箱"
)


def _across(proses: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    words = dict(reading.style.words)
    for wrong, right in reading.style.words.items():  # 障がい者 -> 障害者: 障がい児, 障がいのある方 too
        if wrong[-1:] == right[-1:] == "者" and len(wrong) > 2:
            words |= {
                f"{wrong[:-1]}{end}": f"{right[:-1]}{end}"
                for end in ("児", "のある", "を持つ", "福祉")
                if wrong[:-1] not in words
            }
    named = any(re.search("(?:子供|こども)会連", prose.text) for prose in proses)  # their union has this name
    if words:
        pattern = listed(words)
        for prose in proses:
            for found in in_words(prose, pattern):
                if not _is_name(prose, found) and not (named and prose.text.startswith("会", found.end())):
                    right = words[found[0]]
                    if (
                        right
                        and found[0] in right
                        and prose.text.startswith(right, found.start() - right.index(found[0]))
                    ):
                        continue
                    told = f"「{found[0]}」は、この市では「{right}」と書きます。"
                    yield prose, Alarm(found.start(), found.end(), told, right, hint="koho.yaml の「言葉」にあります。")
    for ways in _SETS:
        if any(way in words or way in words.values() for way in ways):
            continue
        pattern = listed(dict.fromkeys(ways, ""))
        found_all = [
            (prose, found) for prose in proses for found in in_words(prose, pattern) if not _is_name(prose, found)
        ]
        counts = {way: sum(found[0] == way for _, found in found_all) for way in ways}
        used = [way for way in ways if counts[way]]
        if len(used) < 2:
            continue
        usual = max(used, key=lambda way: counts[way])
        for prose, found in found_all:
            if found[0] != usual:
                told = f"「{found[0]}」と「{usual}」が混ざっています。"
                yield (
                    prose,
                    Alarm(
                        found.start(),
                        found.end(),
                        told,
                        usual,
                        hint="どちらにするかは市の決めごとです。koho.yaml に書いておけます。",
                    ),
                )


def _is_name(prose: Prose, found: re.Match[str]) -> bool:
    near = max(0, found.start() - 6)
    return any(
        near + each.start() <= found.start() < near + each.end()
        for each in _NAMES.finditer(prose.text[near : found.end() + 14])
    )


RULE = Rule(
    "L39",
    "l39-house-words",
    Severity.WARNING,
    "市で決めた言葉",
    "どの言葉を使うかは、市が決めます。決めた言葉がそろっていないと、配慮がないと受け取られます。",
    wrong=(
        ("障害者の方と家族の集い", ""),
        ("子供の遊び場を、子どもと作ります。子どもの声を聞きます。", ""),
        ("町会の皆さん、町内会の皆さん、町内会長さん", ""),
    ),
    silent=(
        "障害者手帳をお持ちの方",
        "認定こども園の子ども",
        "こども課では、子どもの相談を受けます。",
        "障がい者の方",
        "障害者総合支援法",
    ),
    across=_across,
    roles=WORDS,
    style={"words": {"障害者": "障がい者"}},
)
