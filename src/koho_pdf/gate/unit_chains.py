"""What one costs or needs, and what so many do: 1人1日3リットル, and 4人家族が3日間; 1時間350円, 1日4時間, 5日.

The units of the figures say what is multiplied: a price by the hour needs hours, and hours by the day need days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.reckoning import N, wrong
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, in_words, plain_number, without_days

_C = "点|人|名|日|回|時間|泊|メートル|キロメートル|km|m|リットル|世帯|[かカヶ箇]月|年|週間?|枚|本|個|台|袋|箱|区画|kg|キログラム|キロ|トン|平方メートル|立方メートル|冊|食|杯|件|か所|校|組|束|口|室|株|戸|棟"
_U = f"{UNIT}|歩|食|杯|粒|ページ|カロリー|キロカロリー|袋|箱"
_ONE = rf"(?<![0-9,.第])1(?:{_C})(?:に?つき|当たり|あたり|分|に)?"
_RATE = late(
    rf"(?P<per>(?:{_ONE}[はがの、]?){{1,3}})(?:(?:から、?)?[^0-9。、\n()（）]{{0,12}}?(?:は|が|の|で|に|を))?(?P<long>年額?|月額?)?(?P<n>{N})(?P<u>{_U})(?!まで|以|ま|の?増|の?減|引|目)"
)
_COUNT = late(rf"(?<![0-9,.第])(?P<k>{N})(?P<c>{_C})(?!目|以|未満|まで|前|後|ごと|おき|号|生|ほど|先着)")
_NOT = late(
    "以上|以下|以内|未満|追加|回目|人目|枚目|個目|冊目|割引|割り引|引き|半額|回数券|親子|夫婦|ペア|お得|パック|まとめ|セット|無料|上限|限度|最大|最高|うち|残り|ずつ|前年|昨年|前回|前の|定員|先着|約|程度|各|平均|から[^0-9]{0,6}まで|入会|別に|ほかに|以降|税"
)
_CLAIM = late(
    "^[^0-9。]{0,14}?(?:だと|なら|では?|には|[うくすつぬむるぐぶ]と|たら|れば|とき|場合|分の?|ので|[はが、])+[^0-9。]{0,12}$"
)
_STEPPED = late("超え|超過|基本料|初回|最初の|入会金|から先|を過ぎ")
"""What costs otherwise after a part of it."""
_MORE = late("[^0-9。]{0,3}(?:以上|まで|余|超|以内|ほど|程度|近く|弱|強|前後)")
_SAME = {
    "名": "人",
    "カ月": "か月",
    "ヶ月": "か月",
    "箇月": "か月",
    "週間": "週",
    "キロ": "km",
    "キロメートル": "km",
    "キログラム": "kg",
}
_PACKED = late("(?:の|入りの?|詰めの?)?(?:お?徳用)?(?:袋|箱|瓶|缶|かご|パック|束|樽|俵|ケース)")
"""What is sold together may be cheaper: 1キログラムで380円, 3キログラムの袋なら1,000円."""
_FEW = 5
"""So many times may be told without their being cheaper together."""


@dataclass(frozen=True, slots=True)
class _Rate:
    begin: int
    end: int
    value: Decimal
    unit: str
    per: tuple[str, ...]
    long: str


def chains_of(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each product of such figures that comes out otherwise."""
    text = without_days(prose)
    rates = [_rate(found) for found in _RATE.finditer(text)]
    for number, (begin, end) in enumerate(prose.sentences) if rates else ():
        if _NOT.search(text, begin, end):
            continue
        start = prose.sentences[max(0, number - 1)][0]
        if _STEPPED.search(text, start, end):
            continue
        near = [each for each in rates if start <= each.begin < end]
        yield from _claims(prose, text, near, (begin, end))


def _rate(found: re.Match[str]) -> _Rate:
    per = tuple(_plain(each) for each in re.findall(rf"1({_C})", found["per"]))
    return _Rate(
        found.start(), found.end(), plain_number(found["n"]), _plain(found["u"]), per, (found["long"] or "")[:1]
    )


def _plain(unit: str) -> str:
    return _SAME.get(unit, unit)


def _claims(prose: Prose, text: str, rates: Sequence[_Rate], span: tuple[int, int]) -> Iterator[Alarm]:
    begin, end = span
    inside = [(each.begin, each.end) for each in rates]
    counts = [
        each
        for each in _COUNT.finditer(text, begin, end)
        if each["k"] != "1" and not any(one <= each.start() < other for one, other in inside)
    ]
    for main in rates:
        same = [each for each in rates if each.unit == main.unit and set(each.per) == set(main.per)]
        if len(same) > 1 or main.unit in main.per:
            continue
        yield from _rates_told(prose, main, rates, counts)
        totals = [
            each
            for each in re.finditer(rf"(?<![0-9,.第])(?P<t>{N})(?P<u>{_U})", text[:end])
            if each.start() >= max(begin, main.end if main.end <= end else begin)
            and _plain(each["u"]) == main.unit
            and not any(one <= each.start() < other for one, other in inside)
            and not re.match("\\s?[×✕]", text[each.end() :])
        ]
        if len(totals) != 1:
            continue
        total = totals[0]
        before = [each for each in counts if each.end() <= total.start() and each.start() != total.start()]
        if not before or not _CLAIM.search(text[before[-1].end() : total.start()]) or _MORE.match(text, total.end()):
            continue
        right = _product(main, rates, before, alone=bool(re.search("[2-9]人|[0-9]{2,}人", text)))
        if right is None or right == plain_number(total["t"]):
            continue
        said = plain_number(total["t"])
        times = right / main.value
        cheaper = main.unit == "円" and said < right
        cheaper = cheaper and bool(set(main.per) & set("回人泊日枚個冊袋箱本台束組口点"))
        if said < right and main.unit == "円" and _PACKED.match(text, before[-1].end()):
            continue
        if (
            cheaper
            and (times > _FEW or set(main.per) & set("枚個冊袋箱本台束組"))
            and "全" not in text[begin : total.start()]
        ):
            continue
        first = min(main.begin if main.begin >= begin else before[0].start(), before[0].start())
        yield wrong(prose, first, total.end(), f"{in_words(right)}{total['u']}")


def _rates_told(prose: Prose, main: _Rate, rates: Sequence[_Rate], counts: Sequence[re.Match[str]]) -> Iterator[Alarm]:
    """1人1日220リットル, and 3人家族なら1日660リットル."""
    for other in rates:
        missing = [unit for unit in main.per if unit not in other.per]
        if (
            other.begin <= main.end
            or other.unit != main.unit
            or not set(other.per) < set(main.per)
            or len(missing) != 1
        ):
            continue
        before = [each for each in counts if main.end <= each.start() and each.end() <= other.begin]
        if len(before) == 1 and _plain(before[0]["c"]) == missing[0] and other.begin - before[0].end() < _FAR:
            right = main.value * plain_number(before[0]["k"])
            if right != other.value:
                yield wrong(prose, before[0].start(), other.end, f"{in_words(right)}{other.unit}")


_FAR = 12


def _product(main: _Rate, rates: Sequence[_Rate], counts: Sequence[re.Match[str]], *, alone: bool) -> Decimal | None:
    """The rate by all that is counted; None if something is missing, is there twice, or is left over."""
    rest = [(plain_number(each["k"]), _plain(each["c"])) for each in counts]
    value, need = main.value, list(main.per)
    used = {main.begin}
    if main.long:
        long = {"年": "年", "月": "か月"}[main.long]
        need += [long] if any(unit == long for _, unit in rest) else []
    while need:
        unit = need.pop()
        here = [each for each in rest if each[1] == unit]
        if len(here) == 1:
            value *= here[0][0]
            rest.remove(here[0])
            continue
        if not here and unit == "人" and len(main.per) > 1 and not alone:
            continue  # for one person
        more = [each for each in rates if each.unit == unit and each.begin not in used]
        if here or len(more) != 1:
            return None
        value *= more[0].value
        used.add(more[0].begin)
        need += more[0].per
    return None if rest else value
