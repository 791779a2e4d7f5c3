"""L30: sentences of more than 60 characters, or of more than three 読点."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose, without_brackets
from koho_pdf.gate.rule import RUNNING, Alarm, Reading, Rule

_MOST = 60
_COMMAS = 3
_QUOTES = late("「[^「」]*」|『[^『』]*』")
_LAW = late("[一-龥ァ-ヶーのに及び等]{6,}(?:法律?|条例|規則|要綱|令)(?:第[0-9０-９]+条)?")
_LIST = late(
    "(?:[はが]、?|[：:　])(?:[^、。をがはにでてし]{1,14}[、・]){3,}|(?:[^、。をがはにでてし]{1,14}[、・]){3,}[^、。]{1,14}(?:など|の[0-9０-９]|です)"
)
_FIGURES = late("(?:[^、。]{1,14}[0-9０-９][一-龥ァ-ヶー％%]{0,4}、){3,}[^、。]{0,14}[0-9０-９]")
"""Figures of several things: 1班が320キロ、2班が280キロ."""
_IS_SENTENCE = late("[。！？]$|(?:ます|です|ました|でした|ません|ください|である|いる|する|した)$")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for begin, end in prose.sentences:
        sentence = prose.text[begin:end].strip("\n 　")
        if not _IS_SENTENCE.search(sentence):
            continue
        words = _LAW.sub("", _QUOTES.sub("", without_brackets(sentence)))
        commas = words.count("、") + words.count("，")
        listed = _LIST.search(words) or _FIGURES.search(words)
        if len(words) > _MOST and not (listed and len(words) - len(listed[0]) <= _MOST - 20):
            told = f"1つの文が{len(words)}字あります（目安は{_MOST}字まで）。"
        elif commas > _COMMAS and not listed:
            told = f"1つの文に読点が{commas}つあります（目安は{_COMMAS}つまで）。"
        else:
            continue
        start = begin + len(prose.text[begin:end]) - len(prose.text[begin:end].lstrip("\n 　"))
        yield Alarm(start, end, told, hint="2つの文に分けると、読みやすく、聞いても分かります。")


RULE = Rule(
    "L30",
    "l30-long-sentences",
    Severity.WARNING,
    "長い文",
    "60字を超える文は、読み返さないと分からず、音声では追えません。",
    wrong=(
        (
            "市では、冬の間に傷んだ道路の穴を早く見つけて直すため、町内会の皆さんや郵便局の協力を得ながら、道路の写真を送ってもらう取組を春から始めることにしました。",
            "",
        ),
        ("雪が解け、水が増え、川が濁り、道がぬれ、足元が滑ります。", ""),
        ("朝、昼、夕、夜、それぞれの便に乗った人の数を調べました。", ""),
        (
            "この講座では、初めて携帯電話を持つ方を対象に、電話のかけ方から写真の撮り方、家族への送り方までを、3回に分けてゆっくり学ぶことができます。",
            "",
        ),
    ),
    silent=(
        "雪が解けると、水が増えます。川に近づかないでください。",
        "持ち物は、筆記用具、上履き、飲み物、タオル、帽子、着替えです。",
        "問い合わせは防災課（電話0164-00-1805、ファクス0164-00-1899、メールbousai@example.jp、平日の午前9時から午後5時まで）へお願いします。",
    ),
    find=_find,
    roles=RUNNING,
)
