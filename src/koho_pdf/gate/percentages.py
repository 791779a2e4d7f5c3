"""Shares of a whole that do not make 100 percent, in one sentence or over several."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import without_days

_SHARE = re.compile(
    r"(?<![0-9.第])(?P<share>[0-9]{1,2}(?:\.[0-9])?)(?:%|パーセント)(?!以|未満|台)|(?<![0-9.])(?P<tenths>[0-9](?:\.[0-9])?)割(?!引|り|増|減|以|近|強|弱|台|を超)"
)
_REST = re.compile(
    "その他|そのほか|無回答|分からない|わからない|どちらでもない|どちらともいえない|どちらとも言えない|未定|無効|棄権|残り"
)
_LEFT_OVER = re.compile("残りの?(?=[0-9])")
_LAST = re.compile("(?:残り|その他|そのほか|ほか|無回答)[^、。0-9]{0,10}$")
"""After it comes all that is left."""
_GOES_ON = re.compile("(?:続いて|次いで|次に|また|そして|さらに|最後に|一方|ほかは|残り|その他|そのほか)")
"""How a sentence begins that goes on with the shares of the one before."""
SEVERAL = re.compile("複数|増|減|前年|前回|昨年|上位|割引|引き|以上|以下|利率|年率|補助率|税率|湿度|アルコール|主な")
_OTHERS = re.compile("(?:回収|回答|投票|参加|受診|利用|加入|普及|達成|進捗)率|のうち|そのうち|このうち|中でも")
"""A share of something else than those beside it."""
_HUNDRED = re.compile(
    "(?:計|合わせて|全部で|全体で|足すと)(?:は|で|が|、)*100(?:%|パーセント)|(?:足すと|合わせると|合計すると)、?100(?:%|パーセント)"
)
OPPOSITE = re.compile(
    "知っている.{1,12}知らない|はい.{1,12}いいえ|賛成.{1,12}反対|(?<!不)満足.{1,12}不満(?!.*満足)|使ったことがある.{1,12}使ったことがない|(?:読んで|参加して|加入して|利用して|備えて|している)いる.{1,14}いない"
)
"""Two answers of which each leaves the other out."""
_NOTED = 80
"""How near the note about several answers of one person stands."""
_FAR, _FAR_OVER = 24, 36
"""The most characters between two shares, in one sentence and over its end."""


def shares_of(prose: Prose) -> Iterator[Alarm]:
    """賛成62％、反対25％、その他18％ make 105; so do 民生費は34％です。総務費は19％です。… その他は52％です。"""
    found = list(_SHARE.finditer(prose.half))
    if len(found) < 2:
        return
    of_sentences = [
        (begin, end, [each for each in found if begin <= each.start() < end]) for begin, end in prose.sentences
    ]
    before: list[re.Match[str]] = []
    for number, (begin, end, own) in enumerate(of_sentences):
        if not own or (before and own[0].start() - before[-1].end() > _FAR_OVER):
            before = []
        if own:
            after = of_sentences[number + 1][2] if number + 1 < len(of_sentences) else []
            if after and after[0].start() - own[-1].end() > _FAR_OVER:
                after = []
            yield from _told(prose, (begin, end), before, own, after)
            before = [*before, *own]


def _told(
    prose: Prose,
    sentence: tuple[int, int],
    before: Sequence[re.Match[str]],
    own: Sequence[re.Match[str]],
    after: Sequence[re.Match[str]],
) -> Iterator[Alarm]:
    """An alarm if a sentence's own shares tell of a whole, by themselves or with those ``before``, and do not make it."""
    begin, end = sentence
    text = without_days(prose)
    words, far = text[begin:end], [b.start() - a.end() > _FAR for a, b in itertools.pairwise(own)]
    last = _LAST.search(prose.half, max(begin, own[-1].start() - _FAR), own[-1].start())
    whole = _HUNDRED.search(prose.half, own[-1].end(), end)
    two = len(own) == 2 and OPPOSITE.search(words)
    if "複数" in prose.half[max(0, begin - _NOTED) : end + _NOTED]:
        return
    if any(far) or SEVERAL.search(words) or any(_is_whole([*before, *own][at:]) for at in range(len([*before, *own]))):
        return
    if before and last and len(before) + len(own) > 2 and _GOES_ON.match(prose.half, _line(prose, begin)):
        shares = [*before, *own]
        line = prose.half.rfind("。", 0, before[0].start()) + 1
        if SEVERAL.search(text, line, end) or _OTHERS.search(text, line, end):
            return
    elif two or whole or (len(own) > 2 and _REST.search(words)) or (len(own) > 1 and _LEFT_OVER.search(words)):
        shares = list(own)
        if _is_whole([*own, *after]) or (after and _LAST.search(prose.half, end, after[-1].start())):
            return
    else:
        return
    total = sum(map(_value, shares), Decimal(0))
    if whole or not two or total > 100:
        told = f"割合を足すと{total.normalize():f}％で、100％になりません。"
        hint = "どの割合が違うか、元の資料で確かめてください。四捨五入や複数回答なら、そう書いてください。"
        yield Alarm(shares[0].start(), (whole or shares[-1]).end(), told, hint=hint)


def _line(prose: Prose, begin: int) -> int:
    """Where the words of a sentence begin."""
    return begin + len(prose.half[begin:]) - len(prose.half[begin:].lstrip())


def _is_whole(shares: Sequence[re.Match[str]]) -> bool:
    """Whether some shares make 100, as far as they are rounded."""
    if len(shares) < 2:
        return False
    step = Decimal("0.1") if any("." in each[0] for each in shares) else Decimal(1)
    step = Decimal(0) if any(each["tenths"] for each in shares) else step
    return abs(sum(map(_value, shares), Decimal(0)) - 100) <= step * len(shares) / 2


def _value(share: re.Match[str]) -> Decimal:
    return Decimal(share["share"]) if share["share"] else Decimal(share["tenths"]) * 10
