"""L46: a word or particle twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule, in_words
from koho_pdf.gate.word_lists import pairs

_PARTICLES = re.compile(
    "(?P<o>を){2,}|(?<=[一-龥ァ-ヶー0-9０-９）」])(?P<p>が|に|で|へ|は|の|と|も){1}(?P=p)+(?![ぁ-んー])|(?<=[一-龥ァ-ヶー0-9０-９）」])(?:にに|へへ|をを|がが)(?=[ぁ-ん])|(?<=[一-龥ァ-ヶー）」])(?:にに|でで|がが|へへ)|、、+|。。+(?!。)|をがは|がを(?=[一-龥])|にを(?=[一-龥])|のを(?=の)|はが(?=[一-龥])"
)
_WORDS = re.compile("(?P<w>[一-龥]{2,6}(?:[のはがをにでと]|では|には)?)(?P=w)")
_EACH = re.compile("各(?P<n>[一-龥]{1,4})ごと|毎(?P<m>[日週月年])ごと")
_ENDS = re.compile(
    "(?:(?P<w>します|しました|しかし、|また、|なお、|して|ください|ます|です|から|まで|ました|ません|ので|する|こと|ため|という|など|おいて|ついて|いただき|お願い)(?P=w))(?!も)"
)
_TWICE = pairs("twice")
_DOUBLED = re.compile("|".join(sorted((re.escape(word) for word in _TWICE), key=len, reverse=True)))
_FINE = re.compile(
    "一|津々|々|人人|年年|日日|時時|少少|段段|先先|個個|別別|次次|数数|点点|方方|共共|中中|南南|北北|東東|西西|前前|後後|大大|半半|着着|早早|刻刻|種種|細細|若若|広広|長長"
)


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    told: list[tuple[int, int]] = []
    for pattern in (_PARTICLES, _EACH, _DOUBLED, _WORDS, _ENDS):
        for found in in_words(prose, pattern):
            if any(begin < found.end() and found.start() < end for begin, end in told) or (
                pattern is _WORDS and _FINE.match(found[0])
            ):
                continue
            told.append(found.span())
            right = (
                f"{found['n']}ごと"
                if pattern is _EACH and found["n"]
                else _TWICE.get(
                    found[0],
                    found["w"]
                    if pattern in (_WORDS, _ENDS)
                    else found[0][0]
                    if pattern is _PARTICLES and len(set(found[0])) == 1
                    else "",
                )
            )
            certain = pattern is _PARTICLES and len(set(found[0])) == 1 and found[0][0] in "をにでへ、。"
            yield Alarm(
                found.start(), found.end(), f"「{found[0]}」は、同じ言葉や意味が重なっています。", right, certain
            )


RULE = Rule(
    "L46",
    "l46-repeated",
    Severity.WARNING,
    "同じ言葉の重なり",
    "直した跡が残ったり、同じ意味を2度言ったりしています。",
    wrong=(
        ("広報ををを配ります。", "広報を配ります。"),
        ("全員みんなで歌います。", "全員で歌います。"),
        ("後で後悔しないように", "後悔しないように"),
        ("市民の市民の声", "市民の声"),
        ("参加してして、くださいください。", "参加して、ください。"),
        ("会場にに来てください。", "会場に来てください。"),
        ("各家庭ごとに配ります。", "家庭ごとに配ります。"),
    ),
    silent=(
        "人々、日々、一人一人",
        "一つ一つ確かめます。",
        "ものの見方",
        "母は元気です。",
        "ここから",
        "もものはな",
        "国々を巡る",
        "それぞれの地区",
    ),
    find=_find,
)
