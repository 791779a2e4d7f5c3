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
_AFTER_KANA = re.compile(
    "(?<=[ぁ-ん])(?<!は)(?:はは|(?<=れ)もも|(?<!まん)(?<!ょう)がが|へへ|(?<![なかうおわ])にに|(?<![まうそふ])でで|(?<!も)のの|(?<![こもひとあさおいま])とと)(?=[、一-龥ァ-ヶ0-9０-９「『（])"
)
_THE_SAME = re.compile(
    "者者|費費|的的|(?<=[一-龥ァ-ヶー])(?P<s>[をがにでへは])[ 　\n](?P=s)(?=[一-龥ァ-ヶ0-9０-９、])|全員[がのはで]?、?(?:みんな|皆(?!様|さん))|(?:みんな|皆)(?:が|で|の)、?全員|各自[がのはで]、?(?:それぞれ|各々|めいめい)|それぞれ[がのはで]?、?各自|(?:すべて|全て)(?:の|が|を)?、?全部|もう一度、?再|再度、?再|再度もう一度"
    "|第[0-9０-９一二三四五六七八九十]+(?:回|日|章|番|号|期|弾|戦|部|位)目|まだ未(?!成年|就学|熟)[一-龥]|(?:もう|すでに)既に|既に(?:もう|すでに)|一番最(?:初|後|新|高)|最も最|(?:後|あと)(?:で|から)(?:後|あと)(?:で|から|の)"
    "|(?:など|等)(?:など|等)|(?:約|およそ)(?:約|およそ)|(?:毎日|毎週|毎月|毎年)(?:の)?(?:たび|度)?ごと|(?:各|毎)[一-龥]{1,3}(?:の)?(?:それぞれ|毎に)|山に登山|馬に乗馬|酒を飲酒|頭を洗髪|朝の早朝|早朝の朝|夜の夜|昼の昼食|雨の雨天|雨天の雨"
    "|必ず(?:[一-龥ぁ-ん]{1,6}が)?必要|互いに[^。、]{0,4}(?:し|り|け|い)合い?相互|前もって事前|事前に前もって|あらかじめ(?:前|事前)|事前にあらかじめ|新たに?新(?:し|設|規)|いまだに?まだ|まだいまだ|ただ今現在|今の現時点|現時点の今|連続して続|継続して続|続けて継続"
    "|思いがけない(?:予想外|ハプニング)|(?:過半数|半数)以上の過半数|(?:すべて|全て)の全|あらゆるすべて|日曜の日曜|祝日の祝|休館の休み|参加者の方の参加|ほぼ(?:約|およそ)|約[0-9０-９,，]+(?:人|円|件|個|台|回|分|時間|キロ|％)?(?:あまり|余り)ほど"
)
_SAME_AGAIN = re.compile("(?P<w>[一-龥ァ-ヶー][一-龥ァ-ヶーぁ-ん]{2,9})(?P=w)")
_WORDS = re.compile("(?P<w>[一-龥]{2,6}(?:[のはがをにでと]|では|には)?)(?P=w)")
_EACH = re.compile("各(?P<n>[一-龥]{1,4})ごと|毎(?P<m>[日週月年])ごと")
_ENDS = re.compile(
    "(?<=[しいきりみえけせてれべ])ますます(?=[。、]|$)|(?:(?P<w>します|しました|しかし、|また、|なお、|して|ください|です|から|まで|ました|ません|ので|する|こと|ため|という|など|おいて|ついて|いただき|お願い)(?P=w))(?!も)"
)
_TWICE = pairs("twice")
_DOUBLED = re.compile("|".join(sorted((re.escape(word) for word in _TWICE), key=len, reverse=True)))
_FINE = re.compile(
    "代わる|恐る|返す|重ね|少し|思い|いろ|どき|口々|一|津々|々|人人|年年|日日|時時|少少|段段|先先|個個|別別|次次|数数|点点|方方|共共|中中|南南|北北|東東|西西|前前|後後|大大|半半|着着|早早|刻刻|種種|細細|若若|広広|長長"
)


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    told: list[tuple[int, int]] = []
    for pattern in (_PARTICLES, _AFTER_KANA, _EACH, _DOUBLED, _THE_SAME, _WORDS, _SAME_AGAIN, _ENDS):
        for found in in_words(prose, pattern):
            if any(begin < found.end() and found.start() < end for begin, end in told) or (
                pattern in (_WORDS, _SAME_AGAIN) and _FINE.match(found[0])
            ):
                continue
            told.append(found.span())
            right = (
                f"{found['n']}ごと"
                if pattern is _EACH and found["n"]
                else _TWICE.get(
                    found[0],
                    (found["w"] or "ます")
                    if pattern in (_WORDS, _SAME_AGAIN, _ENDS)
                    else found[0][0]
                    if pattern in (_PARTICLES, _AFTER_KANA) and len(set(found[0])) == 1
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
        ("雨のときはは体育館で開きます。", "雨のときは体育館で開きます。"),
        ("児童全員がみんなで出ます。", ""),
        ("取り組み取り組みを進めます。", "取り組みを進めます。"),
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
        "町はますます元気です。ははは、代わる代わる",
        "まんがが好き、しょうがが入る、なにに使う、これまでで最も、ものの数分",
    ),
    find=_find,
)
