"""L25: auxiliary verbs (補助動詞) in kanji."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, in_words

_TE = "(?:(?<=[一-龥ぁ-ん]て)|(?<=[んい]で)(?<!さんで)(?<!みんで))"
_POLITE = "(?<=[ごお御])(?P<noun>[一-龥ぁ-んァ-ヶー]{1,6}?)"
_AFTER_TE = {
    "下さい": "ください",
    "下さる": "くださる",
    "下さっ": "くださっ",
    "下され": "くだされ",
    "下さり": "くださり",
    "頂く": "いただく",
    "頂き": "いただき",
    "頂い": "いただい",
    "頂け": "いただけ",
    "頂こ": "いただこ",
    "頂か": "いただか",
    "戴く": "いただく",
    "戴き": "いただき",
    "戴い": "いただい",
    "戴け": "いただけ",
    "居る": "いる",
    "居ます": "います",
    "居まし": "いまし",
    "居り": "おり",
    "居ませ": "いませ",
    "居た": "いた",
    "居ない": "いない",
    "欲しい": "ほしい",
    "欲しく": "ほしく",
    "貰う": "もらう",
    "貰い": "もらい",
    "貰っ": "もらっ",
    "貰え": "もらえ",
    "参り": "まいり",
    "参る": "まいる",
    "上げる": "あげる",
    "上げます": "あげます",
    "呉れ": "くれ",
    "仕舞う": "しまう",
    "仕舞い": "しまい",
    "仕舞っ": "しまっ",
    "良い": "よい",
    "有る": "ある",
    "有りま": "ありま",
    "有り、": "あり、",
    "差し上げ": "さしあげ",
    "御覧": "ごらん",
}
_MOTIONS = {
    "行く": "いく",
    "行き": "いき",
    "行っ": "いっ",
    "行け": "いけ",
    "行こ": "いこ",
    "来る": "くる",
    "来ま": "きま",
    "来た": "きた",
    "来て": "きて",
    "見る": "みる",
    "見ま": "みま",
    "見て": "みて",
    "置く": "おく",
    "置き": "おき",
    "置い": "おい",
}
_WORDS_TE = late(_TE + "(?:" + "|".join(sorted(_AFTER_TE, key=len, reverse=True)) + ")")
_WORDS_MOTION = late(
    "(?P<verb>[一-龥ぁ-ん]{1,4}?(?:て|(?<=[んい])で))(?P<word>"
    + "|".join(_MOTIONS)
    + ")(?!先|末|手|方|場|所|客|日|年|月|週|賓|訪|館|庁|店|春|夏|秋|冬)"
)
_WORDS_POLITE = late(
    _POLITE + "(?P<word>下さい|下さる|下さり|下さっ|頂く|頂き|頂い|頂け|戴く|戴き|戴い|致します|致しま|致す|致し)"
)
_DO = late(
    "(?<=[一-龥ァ-ヶーぁ-ん])致(?P<rest>します|しました|しません|しましょう|したく|せば|しており|しまし|す(?=[。、る]))"
)
_NOT_DO = late("一致|合致|極致|筆致|風致|誘致|引致|招致|拉致|送致|必致|致死|致命")
_RECEIVED = late(
    "(?:(?<![落蹴])[一-龥々ァ-ヶー]として|[お御]礼として|について|に対して|によって|に関して|に際して|を通して|を通じて|にわたって|に応えて|初めて|はじめて|改めて|併せて|あわせて|全て|すべて"
    "|祝いで|見舞いで|(?:パン|みかん|ごはん|レストラン|コンビニエンスストア|ワイン)で)$"
)
"""What stands before 頂く where it is no help to another verb: 賞品として頂く, 計画について頂いた意見."""
_SAYS = late("を$|[はがもに]$")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    told: set[int] = set()
    for found in in_words(prose, _WORDS_TE):
        if found[0][0] in "頂戴下" and _RECEIVED.search(prose.text, max(0, found.start() - 12), found.start()):
            continue
        told.add(found.start())
        yield _alarm(found.start(), found[0], _AFTER_TE[found[0]])
    for found in in_words(prose, _WORDS_POLITE):
        at = found.start("word")
        if at not in told and "致" not in found["word"] and not _SAYS.search(found["noun"]):
            told.add(at)
            yield _alarm(at, found["word"], _AFTER_TE[found["word"]])
    for found in in_words(prose, _DO):
        around = prose.text[max(0, found.start() - 1) : found.end()]
        if not _NOT_DO.search(around):
            yield _alarm(found.start(), found[0], "いた" + found["rest"])
    for found in in_words(prose, _WORDS_MOTION):
        if not _is_own_verb(found):
            yield _alarm(found.start("word"), found["word"], _MOTIONS[found["word"]])


_CARRIED = "持っ|連れ|歩い|走っ|乗っ|出|帰っ|戻っ|飛ん|泳い|流れ|訪ね|買っ|取っ|食べ|飲ん|聞い|見|習っ|運ん|降り|下り|上がっ|登っ|入っ|逃げ|渡っ|越え|着い|借り|届け|送られ|遊ん|泊まっ|寄っ|並ん|呼ん|転がっ|追っ|離れ|去っ|送っ|迎え|通っ|曲がっ|沿っ|向かっ|急い|やっ|写し|着"
_COMES = late(f"(?:{_CARRIED})[てで]$")
_PUTS = late("(?:並べ|積ん|重ね|立て|集め|まとめ|寝かせ|伏せ|離し|分け|掛け|つるし|外し|広げ|敷い|下ろし|折っ)[てで]$")
_LOOKS = late(
    "(?:[一-龥]{2}し|使っ|試し|考え|読ん|話し|やっ|作っ|食べ|着|触っ|歩い|書い|聞い|調べ|行っ|来|乗っ|飲ん|始め|比べ|確かめ|挑戦し|思い出し|数え|尋ね|訪ね|のぞい|覗い|育て|続け|し)[てで]$"
)


def _is_own_verb(found: re.Match[str]) -> bool:
    """Whether the verb keeps its own meaning: 並べて置く, 離れて見る, 歩いて来た are told apart by what stands before."""
    verb, word = found["verb"], found["word"]
    if word[0] == "見":
        return not _LOOKS.search(verb)
    if word[0] == "置":
        return bool(_PUTS.search(verb))
    return bool(_COMES.search(verb))


def _alarm(at: int, word: str, right: str) -> Alarm:
    return Alarm(at, at + len(word), f"補助動詞の「{word}」は、平仮名で「{right}」と書きます。", right, certain=True)


RULE = Rule(
    "L25",
    "l25-auxiliary",
    Severity.WARNING,
    "補助動詞は平仮名",
    "公用文では、「～してください」「～していただく」のような補助動詞を平仮名で書きます。",
    wrong=(
        ("どうぞご覧下さい。", "どうぞご覧ください。"),
        ("参加して頂く方", "参加していただく方"),
        ("お願い致します。", "お願いいたします。"),
        ("暖かくなって来ました。", "暖かくなってきました。"),
        ("来て欲しいという声", "来てほしいという声"),
        ("ご協力頂きありがとうございます。", "ご協力いただきありがとうございます。"),
        ("使って見てください。", "使ってみてください。"),
        ("鍵を預かって置きます。", "鍵を預かっておきます。"),
        ("ごみを落として下さい。", "ごみを落としてください。"),
        ("命に関わって来ます。", "命に関わってきます。"),
    ),
    silent=(
        "資料を下さい。",
        "賞を頂く。",
        "お願いいたします。",
        "持って行く物",
        "雪を頂く山",
        "意見が一致しました。",
        "企業を誘致します。",
        "「ご覧下さい」と書いた看板",
        "写真を撮って見せる",
        "米を賞品として頂く習わしです。計画について頂いた意見です。初めて頂いた手紙です。",
        "並べて置いた椅子、歩いて来た人、離れて見る絵",
    ),
    find=_find,
    roles=WORDS,
)
