"""Calculations that a text writes out: 500円×2＋300円, two thirds, a discount, a mean, from ten to three in five hours."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.reckoning import N
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, plain_number, without_days
from koho_pdf.gate.said_times import times_in

_WRITTEN = late(
    rf"(?<![0-9,.×✕*+＋－-])(?P<terms>{N}(?:{UNIT}|か月|袋|セット)?(?:\s?(?:[×✕*－−-]|[+＋][一-龥ぁ-んァ-ヶー]{{0,6}})\s?{N}(?:{UNIT}|か月|袋|セット)?)+)\s?[=＝]\s?(?P<total>{N})"
)
_TERM = late(rf"(?P<sign>^|[×✕*+＋－−-])(?:[一-龥ぁ-んァ-ヶー]{{0,6}})\s?(?P<value>{N})")
_OFF = late(
    rf"(?P<price>{N})円(?:の品|の商品|の券|のところ)?(?:が|を|から|の)、?(?P<off>[0-9]{{1,2}})(?P<by>割|%)(?:引き?|安く?|引いて)[^0-9。]{{0,6}}?(?P<paid>{N})円"
)
_OFF_FIRST = late(
    rf"(?P<off>[0-9]{{1,2}})(?P<by>割|%)引き?(?:で|なので|だと|とし)、?(?P<price>{N})円の[^0-9。]{{1,10}}?(?:が|を|は)、?(?P<paid>{N})円"
)
_FRACTION = late(
    rf"(?:全体|[一-龥]{{1,6}})の(?P<of>[2-9]|10)分の(?P<part>[1-9])(?:に当たる|にあたる|の|、|で|は)?、?(?P<some>{N})(?P<u>{UNIT})[^0-9。]{{0,8}}(?:全体|総数|全部)(?:は|で|の|が)?(?P<whole>{N})(?P=u)"
)
_MEAN = late(rf"の平均(?:は|が|で|点は)?(?P<mean>{N})(?P<u>{UNIT})")
_BIRTHS = late(
    rf"(?:出生(?:は|が|数は)?(?P<in>{N})人[^0-9。]{{0,8}}死亡(?:は|が|数は)?(?P<out>{N})人|転入(?:は|が)?(?P<in2>{N})人[^0-9。]{{0,8}}転出(?:は|が)?(?P<out2>{N})人)[^0-9。]{{0,14}}?(?:自然|社会)?(?:増減|減少|増加|差し引き|差|減|増)(?:は|が|で|数は)?[^0-9。]{{0,4}}?(?P<diff>{N})人"
)
_BALANCE = late(
    rf"(?:収入|歳入|売り?上げ?)(?:の?総?額)?(?:は|が|:|\s)*(?P<in>{N})(?P<u>{UNIT})[^0-9]{{0,10}}(?:支出|歳出|費用|経費)(?:の?総?額)?(?:は|が|:|\s)*(?P<out>{N})(?P=u)[^0-9]{{0,14}}?(?:差し引き|差引|残り|残額|残高|繰越|利益|黒字)[^0-9。]{{0,6}}?(?P<diff>{N})(?P=u)"
)
_LASTS = late(
    r"(?:まで)?(?:の|、|で|\()?(?:合計|計)?(?P<hours>[0-9]{1,2})時間(?:(?P<minutes>[0-9]{1,2})分|(?P<half>半))?(?!前|後|以|ごと|おき|目)"
)
_BREAK = late("休憩|昼|うち|実働|延べ|交代|各|ずつ|翌|除")
_TILL = late(r"\s?(?:[～〜~–—-]|から)\s?")


def calculations_of(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each calculation of a text that comes out otherwise."""
    text = without_days(prose)
    yield from _written_out(prose)
    for found in _OFF.finditer(text):
        share = Decimal(found["off"]) / (10 if found["by"] == "割" else 100)
        yield from _amiss(prose, found, "paid", plain_number(found["price"]) * (1 - share), Decimal(10))
    for found in _OFF_FIRST.finditer(text):
        share = Decimal(found["off"]) / (10 if found["by"] == "割" else 100)
        yield from _amiss(prose, found, "paid", plain_number(found["price"]) * (1 - share), Decimal(10))
    for found in _FRACTION.finditer(text):
        right = plain_number(found["whole"]) * int(found["part"]) / int(found["of"])
        yield from _amiss(prose, found, "some", right, max(right / 20, Decimal(1)))
    for found in _BIRTHS.finditer(text):
        some, less = found["in"] or found["in2"], found["out"] or found["out2"]
        yield from _amiss(prose, found, "diff", abs(plain_number(some) - plain_number(less)))
    for found in _BALANCE.finditer(text):
        if re.search("除|積み?立|基金", found[0]):
            continue
        yield from _amiss(prose, found, "diff", abs(plain_number(found["in"]) - plain_number(found["out"])))
    for found in _MEAN.finditer(text):
        begin = prose.half.rfind("。", 0, found.start()) + 1
        before = [each.value for each in figures if begin <= each.begin < found.start() and each.unit == found["u"]]
        if len(before) > 1:
            step = Decimal(1) if "." not in found["mean"] else Decimal("0.1")
            yield from _amiss(prose, found, "mean", sum(before, Decimal(0)) / len(before), step)
    yield from _durations(prose)


def _written_out(prose: Prose) -> Iterator[Alarm]:
    """500円×2＋300円＝1,300円."""
    for found in _WRITTEN.finditer(prose.half):
        sums: list[Decimal] = []
        for term in _TERM.finditer(found["terms"]):
            value = plain_number(term["value"])
            if term["sign"] in ("×", "✕", "*"):
                sums[-1] *= value
            else:
                sums.append(-value if term["sign"] in ("－", "−", "-") else value)
        yield from _amiss(prose, found, "total", sum(sums, Decimal(0)))


def _amiss(
    prose: Prose, found: re.Match[str], name: str, right: Decimal, allowed: Decimal = Decimal(0)
) -> Iterator[Alarm]:
    said = plain_number(found[name])
    if abs(said - right) > allowed or (allowed and abs(said - right) == allowed and name == "mean"):
        shown = f"{right:,.2f}".rstrip("0").rstrip(".")
        told = f"「{prose.text[found.start() : found.end()]}」の計算が合いません。{shown}です。"
        hint = "どの数が違うか、元の資料で確かめてください。"
        yield Alarm(found.start(name), found.end(name), told, shown, hint=hint)


def _durations(prose: Prose) -> Iterator[Alarm]:
    """午前10時から午後3時までの5時間."""
    times = times_in(prose)
    for begin, end in itertools.pairwise(times):
        found = _LASTS.match(prose.half, end.end)
        clear = (
            (begin.half or begin.colon or not end.half)
            and (end.half or end.colon or end.noon or end.hour > begin.hour)
            and not (begin.noon and begin.half)
        )
        if not found or not clear or not _TILL.fullmatch(prose.half[begin.end : end.begin]):
            continue
        if _BREAK.search(prose.sentence_at(begin.begin)):
            continue
        said = int(found["hours"]) * 60 + (30 if found["half"] else int(found["minutes"] or 0))
        right = end.minutes - begin.minutes
        if begin.half and not end.half and not end.noon and not end.colon:
            right += 12 * 60 if begin.half == "午後" and end.hour < 12 else 0
        if right > 0 and said != right:
            words = prose.text[begin.begin : found.end()]
            hours = f"{right // 60}時間" + (f"{right % 60}分" if right % 60 else "")
            told = f"「{words}」の長さが合いません。{hours}です。"
            yield Alarm(found.start("hours"), found.end(), told, hint="時刻か長さのどちらかを直してください。")
