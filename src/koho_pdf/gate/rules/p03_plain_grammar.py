"""P03: honorifics, passives and roundabout ways in やさしい日本語."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import PLAIN, Alarm, Reading, Rule, in_words

_BLANK = "[ 　]*"
_READ = "(?:[（(][ぁ-んァ-ヶー]+[)）])?"
_WAYS = (
    (
        f"[おご御](?!金|湯|茶|父|母|兄|姉|米|店|寺|酒|祭|菓子|弁当|年寄|正月|医者|昼|子|皿|飯|家族)[一-龥]{{1,3}}{_READ}[ぁ-ん]{{0,2}}{_BLANK}(?:ください|下さい|いただ|になり|になる)|ご覧|いらっしゃ|おいで|お越し|召し上が|いただ[きくけい]|ございま|申し上げ|まいりま|いたしま|くださいませ",
        "敬語",
        "「見てください」「来てください」「します」のように書いてください。",
    ),
    (
        "(?:[さかがたなばまらわ]れ(?:ます|る|た|て)|られ(?:ます|る|た|て)(?!いる))|させ(?:ます|る|て)",
        "「～される」「～させる」の言い方",
        "「市が払います」「子どもが飲みます」のように、する人から書いてください。",
    ),
    (
        "ざるを得|わけには|かねま|べき|ねばな|ものとし|ずに|ことから|とされ|必要があり|場合があり|恐れがあり|おそれがあり|可能性があ",
        "回りくどい言い方",
        "「～してください」「～かもしれません」のように、はっきり書いてください。",
    ),
)
_PATTERNS = tuple((late(pattern), name, hint) for pattern, name, hint in _WAYS)
_VERB = late(
    "(?:疲|離|流|壊|倒|汚|遅|生ま|忘|別|揺|濡|ぬ|外|入|慣|現|晴|暮|折|切|割|売|取|隠|優|恐|訪|触|乱|枯|溢|あふ|こわ|たお|おく|つか|わす|はな|なが|よご)(?:（[ぁ-ん]+）)?$"
)


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for pattern, name, hint in _PATTERNS:
        for found in in_words(prose, pattern):
            if "れ" in found[0][:2] and _VERB.search(prose.text[: found.start() + found[0].index("れ")]):
                continue
            yield Alarm(found.start(), found.end(), f"「{found[0]}」は、{name}で、分かりにくくなります。", hint=hint)


RULE = Rule(
    "P03",
    "p03-plain-grammar",
    Severity.WARNING,
    "やさしい日本語: 敬語・受け身",
    "敬語や受け身は、誰がするのかが分かりません。",
    wrong=(
        ("市のホームページをご覧ください。", ""),
        ("市役所にお越しください。", ""),
        ("お金は4月に支払われます。", ""),
        ("子どもに薬を飲ませて、休ませます。家で休ませる必要があります。", ""),
    ),
    silent=(
        "市のホームページを見てください。",
        "お金は4月に払います。",
        "地震で家が揺れます。家が壊れました。",
        "お金を払ってください。",
        "子どもが生まれた人",
    ),
    find=_find,
    roles=PLAIN,
)
