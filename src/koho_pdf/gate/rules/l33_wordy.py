"""L33: words that add nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import PLAIN, WORDS, Alarm, Reading, Rule, in_words
from koho_pdf.gate.spelling import Spelling, spelled
from koho_pdf.gate.word_lists import pairs

_NOUNS = frozenset(pairs("verbal_nouns"))
"""Nouns that are verbs with する: what is done, and no event."""
_LONGEST = max(map(len, _NOUNS))
_DONE = late(
    "を(?:(?:行い|行ない)(?P<e>ます|まし|ません)|(?:行う|行なう)(?=[。、とこ方人]|予定|計画|場合|ため|際|とき)|行っ(?P<t>[てた]))"
)
_SPELLINGS = (
    Spelling("(?P<noun>[一-龥ァ-ヶー]{1,6})することができ(?P<e>る|ます|ません|ない|た|まし)", r"\g<noun>でき\g<e>"),
    Spelling(
        "(?P<verb>(?<![一-龥ぁ-ん])[一-龥ぁ-ん]{1,5}[うくぐすつぬぶむる]|[一-龥][ぁ-ん]{0,2}[うくぐすつぬぶむる])ことが(?:でき|出来)(?P<e>る|ます|ません|ない|た|まし)",
        "",
        unless="ことができること|どうすること|せることが",
    ),
    Spelling(
        "(?P<noun>[一-龥ァ-ヶー]{1,6})することが可能(?P<e>です|でした|となり|とな|にな|な|で(?=[、す]))",
        r"\g<noun>でき",
    ),
    Spelling("(?<=[うくぐすつぬぶむる])ことが可能(?=です|でした|となり|となる|になり|になる|な)", ""),
    Spelling("可能と(?:なって(?:い|おり)ます|なります)(?=。)", "できます"),
    Spelling(
        "ご?(?P<noun>案内|説明|紹介|連絡|報告|対応|回答|提供|お手伝い)をさせて(?:いただ|頂)き(?=ます|まし)",
        r"\g<noun>し",
    ),
    Spelling(
        "(?P<noun>検討|実施|調査|確認|点検|見直し|整備)を(?:行い|行ない)(?=、)",
        r"\g<noun>し",
        unless="の(?:実施|調査)を行い、[^。]{0,8}(?:点検|清掃)",
    ),
    Spelling(
        "お?(?P<verb>問い?合わ?せ|申し?込み|申込み)を(?:行っ|行なっ)て(?=ください|下さい)",
        r"お\g<verb>",
        unless="(?:への|からの|の)お?(?:問い?合わ?せ|申し?込み)を",
    ),
    Spelling("まず第一に|まず[初始]めに|まずはじめに|まず先に|最初にまず|初めにまず", "まず"),
    Spelling("につきまして(?:は|も)?", "については"),
    Spelling("に関しまして(?:は|も)?", "に関しては"),
    Spelling("におきまして(?:は|も)?", "では"),
    Spelling("という(?:形|ふう)(?=で|に)", ""),
    Spelling("(?<=[るたす])こととし(?:ます|ました|ています)(?=。)", ""),
    Spelling("(?:な|の|い|る)状況(?:となって|になって)(?:い|お)?り?ます", ""),
    Spelling("期間の間", "期間"),
    Spelling(
        "(?P<noun>検診|健診|調査|工事|清掃|点検|訓練|募集|検査|配布|販売|受付|相談|助成|補助)を実施(?:いたし|し)(?P<e>ます|まし|てい)",
        r"\g<noun>をし\g<e>",
    ),
    Spelling("(?<=[てで])いただくことができ(?=ます|る)", "いただけ"),
    Spelling("まず最初に|まず一番(?:初め|始め|最初|はじめ)に", "最初に"),
    Spelling(
        "(?:約|およそ|おおよそ)(?P<n>[0-9０-９][0-9０-９,，万千]*[一-龥ァ-ヶーA-Za-z]{0,4}?)(?:ほど|程度|くらい|ぐらい|前後|余り|あまり)",
        r"約\g<n>",
    ),
    Spelling("(?P<noun>調査|検討|確認|点検|整備|見直し)を(?:実施し|実施いたし)(?P<e>ます|まし)", r"\g<noun>し\g<e>"),
    Spelling(
        "あらかじめ(?:事前に|予約)|事前に予約|あらかじめ予告|前もって予告|事前の予約", "予約", unless="事前に予約が"
    ),
    Spelling("(?P<noun>[一-龥]{2})(?:の)?(?:作業|業務)を(?:行い|行ない|実施し)(?P<e>ます|まし)", r"\g<noun>し\g<e>"),
    Spelling("従来から|従前から", "従来", unless="従来からの(?:友)"),
    Spelling("(?:に)?ついて(?:の|は)?(?:検討を加え|考慮に入れ)", ""),
    Spelling("という(?:こと|もの)(?:になって|となって)(?:い|お)り?ます", ""),
    Spelling("(?:こと|もの)と(?:なって|なり)(?:おり|い)?ま(?:す|した)(?=。)", "", "[るたす]"),
    Spelling("といった(?:よう|形)な", ""),
    Spelling("のほうを", "を", "[一-龥ァ-ヶー]"),
    Spelling("させていただく形", ""),
)
_TOLD = "「{wrong}」は、短く言えます。"


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    told = list(spelled(prose, reading, _SPELLINGS, _TOLD, certain=False))
    for alarm in _done(prose):
        if not any(one.begin < alarm.end and alarm.begin < one.end for one in told):
            told.append(alarm)
    for alarm in told:
        right = alarm.right or _able(prose.text[alarm.begin : alarm.end])
        hint = f"「{right}」で伝わります。" if right else "同じことを、短く書いてください。"
        yield Alarm(alarm.begin, alarm.end, alarm.told, hint=hint)


def _done(prose: Prose) -> Iterator[Alarm]:
    """点検を行います: the noun is the longest of the list that ends there."""
    text = prose.text
    for found in in_words(prose, _DONE):
        at = found.start()
        for size in range(min(_LONGEST, at), 1, -1):
            noun = text[at - size : at]
            if noun in _NOUNS:
                right = noun + (f"し{found['e'] or found['t']}" if found["e"] or found["t"] else "する")
                yield Alarm(at - size, found.end(), _TOLD.format(wrong=noun + found[0], right=right), right)
                break


_ROWS = dict(zip("うくぐすつぬぶむる", "えけげせてねべめれ", strict=True))


def _able(words: str) -> str:
    """使うことができます -> 使えます; 食べることができます is left to people."""
    found = re.fullmatch("(?P<stem>.*)(?P<end>[うくぐすつぬぶむ])ことが(?:でき|出来)(?P<e>.*)", words)
    return f"{found['stem']}{_ROWS[found['end']]}{found['e']}" if found else ""


RULE = Rule(
    "L33",
    "l33-wordy",
    Severity.WARNING,
    "長い言い方",
    "なくても意味が変わらない言葉を取ると、大事なことが残ります。",
    wrong=(
        ("どなたでも利用することができます。", ""),
        ("まず最初に受付へ", ""),
        ("点検を行います。", ""),
        ("調査の実施を行います。", ""),
        ("売り上げの聴取を行います。", ""),
    ),
    silent=("行事を行います。", "利用できます。", "入学式を行います。", "最初に受付へ", "約30人"),
    find=_find,
    roles=WORDS - PLAIN,
)
