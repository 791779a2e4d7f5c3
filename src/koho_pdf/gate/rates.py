"""Rates, changes and prices in a text that do not follow from the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, plain_number, without_days

_OF = late(
    rf"(?P<whole>[0-9][0-9,万億.]*)(?P<u>{UNIT})(?:の|中)?、?(?:うち|中|内)、?(?:[0-9]{{1,3}}歳)?[^0-9、。]{{0,16}}?(?P<part>[0-9][0-9,万億.]*)(?P=u)[^0-9。]{{0,16}}?[(（で、が、]?\s?(?:全体の|割合は|率は)?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)"
)
_OF_REVERSED = late(
    rf"(?P<part>[0-9][0-9,万億.]*)(?P<u>{UNIT})(?:で|は|が)、?[^0-9。]{{0,12}}?(?P<whole>[0-9][0-9,万億.]*)(?P=u)の(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)(?!増|減|の増|の減|に増|に減|引)"
)
_CHANGE = late(
    rf"(?P<from>[0-9][0-9,万億.]*)(?P<u>{UNIT})(?:から|より|に対し、?|だったのが|だった[^0-9、。]{{1,8}}[がは]、?|と比べ、?)[^0-9。]{{0,14}}?(?P<to>[0-9][0-9,万億.]*)(?P=u)(?:[^0-9。]{{0,14}}?)[(、]?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)(?:の|も|ほど)?(?P<way>増|減|の?伸び|上昇|低下|下が|増え|減り|減っ)"
)
_AGAINST = late(
    rf"(?P<to>[0-9][0-9,万億.]*)(?P<u>{UNIT})(?:で|と|は|となり|になり)?、?[^0-9。]{{0,14}}?(?P<from>[0-9][0-9,万億.]*)(?P=u)(?:に比べて?|と比べて?|より|から|に対し)、?[^0-9。]{{0,8}}?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)(?:の)?(?P<way>増|減|の?伸び|上昇|低下|下が|増え|減り|減っ|多|少な)"
)
_STEP = late(
    rf"(?P<from>[0-9][0-9,万億.]*)(?P<u>{UNIT})(?:から|より|だったのが)、?[^0-9。]{{0,4}}?(?P<by>[0-9][0-9,万億.]*)(?P=u)(?P<way>増|減)[^0-9。]{{0,12}}?(?P<to>[0-9][0-9,万億.]*)(?P=u)"
)
_STEP2 = late(
    rf"(?P<from>[0-9][0-9,万億.]*)(?P<u>{UNIT})(?:から|より)、?(?P<to>[0-9][0-9,万億.]*)(?P=u)[^0-9。]{{0,8}}?[(（、]?(?P<by>[0-9][0-9,万億.]*)(?P=u)(?:の)?(?P<way>増|減)"
)
_TIMES = late(
    r"(?:1回|1人|1日|1枚|1個|1冊|1か月|月額|月)(?:当たり|あたり|につき)?(?P<each>[0-9][0-9,万.]*)(?P<u>円)[×で、がを]{0,2}(?P<times>[0-9]{1,3})(?:回|人|日|枚|個|冊|か月)(?:分)?(?:で|、|=|＝)+(?:合計|計|総額)(?P<total>[0-9][0-9,万.]*)円"
)
_PRICE = late(
    r"(?P<who>[一-龥ァ-ヶーぁ-ん]{1,8}?)(?:は)?1(?:人|名|枚|個|冊|回|本|台|組)(?:に?つき|当たり|あたり)?(?P<each>[0-9][0-9,万]*)円"
)
_EACH = late(
    r"(?P<who>大人|子ども|子供|小学生|中学生|高校生|小・中学生|一般|学生|シニア|幼児|会員)(?:以[上下])?(?:は|が)?、?(?P<each>[0-9][0-9,万]*)円"
)
_BOUGHT = late(
    r"(?P<who>[一-龥ァ-ヶー][一-龥ァ-ヶーぁ-ん]{0,7}?)(?P<times>[0-9]{1,3})(?:人|名|枚|個|冊|回|本|台|組)(?![0-9円])"
)
_PAID = late(
    r"(?:合わせて|合計で?|全部で|計|(?<=人)で、?|(?<=人\))(?:では?|なら|の場合は?)、?|(?<=人)(?:なら|では|だと)、?|(?<=人)の(?:家族|場合|とき|グループ)(?:は|で|なら|では)?、?)(?P<total>[0-9][0-9,万]*)円"
)


_SHARE_OF = late(
    r"(?:回収率|回答率|投票率|達成率|受診率|参加率|進捗率|接種率|普及率|高齢化率|合格率|就職率|実施率|割合)(?:は|が|で)?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)"
)
_BEFORE = "(?:前年度?|前の年度?|前回|前の回|前月|前の月|昨年度?|昨年の同じ月|先月|前期)"
_FROM_BEFORE = late(
    rf"{_BEFORE}(?:より|比|に比べて?|から)?、?(?P<by>[0-9][0-9,万億.]*)(?P<u>{UNIT})(?P<way>増|減|多|少な)[^0-9。]{{0,6}}?(?P<to>[0-9][0-9,万億.]*)(?P=u)[^0-9。]{{0,6}}?{_BEFORE}(?:は|の|が)?(?P<from>[0-9][0-9,万億.]*)(?P=u)"
)


_THEM = late(
    rf"(?:その|この)(?:うち|内|中)(?:で|の)?、?[^0-9。]{{0,16}}?(?P<part>[0-9][0-9,万億.]*)(?P<u>{UNIT})[^0-9。]{{0,16}}?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)"
)

_NOW_FIRST = late(
    rf"(?P<to>[0-9][0-9,万億.]*)(?P<u>{UNIT})(?:で|に|となり|になり)、?[^0-9。]{{0,8}}?(?P<from>[0-9][0-9,万億.]*)(?P=u)(?:から|より|に比べて?|と比べて?)、?[^0-9。]{{0,4}}?(?P<by>[0-9][0-9,万億.]*)(?P=u)(?:の)?(?P<way>増|減|多|少な)"
)

_BARE = late(
    rf"(?P<to>[0-9][0-9,万億.]*)(?:で|に|となり|になり)、?{_BEFORE}の(?P<from>[0-9][0-9,万億.]*)(?:から|より)、?(?P<by>[0-9][0-9,万億.]*)(?:{UNIT})?(?:の)?(?P<way>増|減|多|少な)"
)
_RATE_FIRST = late(
    rf"(?:率|割合)(?:は|が)?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)%(?:[(（、]|で、?|でした。|です。)\s?[^0-9()。]{{0,8}}(?P<one>[0-9][0-9,万億.]*)(?P<u>(?!%)(?:{UNIT}))[^0-9()。]{{0,8}}(?P<other>[0-9][0-9,万億.]*)(?P=u)"
)


_BRACKETED = late(
    rf"(?P<part>[0-9][0-9,万億.]*)(?P<u>(?!%)(?:{UNIT}))\((?:全体の|約)?(?P<about>約)?(?P<rate>[0-9]{{1,2}}(?:\.[0-9]+)?)(?:%|パーセント)\)"
)
_ASKED = late(
    "尋ね|聞い|聞き|調査|対象|回答|答え|アンケート|応募|申込|申し込|参加|来場|受診|配り|配布|集計|投票|抽出|利用者|会員|世帯の|うち"
)
"""Words of a sentence that tells how many there are of whom the next figures are parts."""


def rates_of(prose: Prose, figures: list[Figure]) -> Iterator[Alarm]:
    """An alarm for each rate, change or price of a text that its figures do not give."""
    yield from _rates(prose)
    yield from _steps(prose)
    yield from _bought(prose)
    yield from _of_all(prose, figures)
    yield from _shares(prose, figures)
    yield from _of_them(prose, figures)
    yield from _bracketed(prose, figures)


def _rates(prose: Prose) -> Iterator[Alarm]:
    for found in (*_OF.finditer(without_days(prose)), *_OF_REVERSED.finditer(without_days(prose))):
        whole, part = plain_number(found["whole"]), plain_number(found["part"])
        if whole:
            yield from _rate(prose, found, part * 100 / whole)
    for found in (*_CHANGE.finditer(without_days(prose)), *_AGAINST.finditer(without_days(prose))):
        before, after = plain_number(found["from"]), plain_number(found["to"])
        if before and before != after:
            yield from _rate(prose, found, abs(after - before) * 100 / before)
            down = found["way"].startswith(("減", "低", "下", "少"))
            if down != (after < before):
                told = f"「{prose.text[found.start() : found.end()]}」の増減が逆です。"
                yield Alarm(found.start("way"), found.end("way"), told)


def _rate(prose: Prose, found: re.Match[str], right: Decimal) -> Iterator[Alarm]:
    said = Decimal(found["rate"])
    digits = max(0, -int(said.as_tuple().exponent))
    unit = Decimal(1).scaleb(-digits)
    allowed = unit * (3 if found["about"] else 1)
    if abs(said - right) >= allowed:
        told = f"割合「{prose.text[found.start('rate') : found.end('rate')]}％」が、数から計算した{right:.{max(digits, 1)}f}％と合いません。"
        hint = "数と割合のどちらが違うか、元の資料で確かめてください。"
        yield Alarm(found.start(), found.end(), told, hint=hint)


def _steps(prose: Prose) -> Iterator[Alarm]:
    for pattern in (_STEP, _STEP2, _FROM_BEFORE, _NOW_FIRST, _BARE):
        for found in pattern.finditer(without_days(prose)):
            before, by, after = (plain_number(found[name]) for name in ("from", "by", "to"))
            right = before + by if found["way"][0] in "増多" else before - by
            if right != after and "約" not in found[0]:
                told = f"「{prose.text[found.start() : found.end()]}」の差が合いません。"
                yield Alarm(found.start(), found.end(), told, hint="どの数が違うか、元の資料で確かめてください。")
    for found in _TIMES.finditer(without_days(prose)):
        right = plain_number(found["each"]) * int(found["times"])
        if right != plain_number(found["total"]):
            told = f"「{prose.text[found.start() : found.end()]}」の計算が合いません。{right:,}円です。"
            yield Alarm(found.start("total"), found.end("total"), told, f"{right:,}")


def _price_of(who: str, prices: dict[str, Decimal]) -> list[Decimal]:
    """The price of those who have this name; or of the only ones whose name ends alike."""
    same = [price for name, price in prices.items() if name and who.endswith(name)]
    alike = [price for name, price in prices.items() if who.endswith(name[-2:])]
    return same[:1] or (alike if len(alike) == 1 else [])


def _bought(prose: Prose) -> Iterator[Alarm]:
    """大人1人500円、子供1人200円。大人2人と子供3人では、合わせて1,600円."""
    prices = {
        each["who"].lstrip("はがでもの、"): plain_number(each["each"])
        for pattern in (_EACH, _PRICE)
        for each in pattern.finditer(without_days(prose))
    }
    for found in _PAID.finditer(without_days(prose)):
        begin = max(prose.half.rfind("。", 0, found.start()), prose.half.rfind("\n", 0, found.start())) + 1
        bought = [
            (price, int(each["times"]))
            for each in _BOUGHT.finditer(without_days(prose), begin, found.start())
            for price in _price_of(re.sub("以[上下]$", "", each["who"]), prices)
        ]
        right = sum((price * times for price, times in bought), Decimal(0))
        if len(bought) < 2 and found[0][0] in "でな":
            continue  # two of a kind may be cheaper
        if bought and right != plain_number(found["total"]) and not _PRICE.search(prose.half, begin, found.start()):
            told = f"「{prose.text[found.start() : found.end()]}」の計算が合いません。{right:,}円です。"
            yield Alarm(found.start("total"), found.end("total"), told, f"{right:,}")


def _shares(prose: Prose, figures: list[Figure]) -> Iterator[Alarm]:
    """500世帯に配り、320世帯から回答がありました（回収率64％）; 定員30人に対し45人で、倍率は1.5倍."""
    for found in _SHARE_OF.finditer(without_days(prose)):
        stop = prose.half.rfind("。", 0, found.start())
        same = _same(figures, stop + 1, found.start())
        if not same and stop > 0 and not found[0].startswith("割合"):
            same = _same(figures, prose.half.rfind("。", 0, stop) + 1, stop)
        if len(same) == 1 and stop > 0 and not found[0].startswith("割合"):
            before = [
                each for each in _same(figures, prose.half.rfind("。", 0, stop) + 1, stop) if each.unit == same[0].unit
            ]
            same = [*before, *same] if len(before) == 1 else same
        if len(same) == 2 and 0 < min(same[0].value, same[1].value) < max(same[0].value, same[1].value):
            low, high = sorted(each.value for each in same)
            for alarm in _rate(prose, found, low * 100 / high):
                yield replace(alarm, begin=same[0].begin)
    for found in _RATE_FIRST.finditer(without_days(prose)):
        low, high = sorted((plain_number(found["one"]), plain_number(found["other"])))
        if low:
            yield from _rate(prose, found, low * 100 / high)


def _same(figures: list[Figure], begin: int, end: int) -> list[Figure]:
    """The figures of a sentence that are of the unit of its last one."""
    here = [each for each in figures if begin <= each.begin and each.end <= end and each.unit not in ("%", "％", "")]
    return [each for each in here if each.unit == here[-1].unit and not each.rough]


def _of_all(prose: Prose, figures: list[Figure]) -> Iterator[Alarm]:
    """500人が答えました。「満足」は340人で、全体の68％でした."""
    pattern = rf"(?P<part>[0-9][0-9,万億.]*)(?P<u>{UNIT})(?:で|、|が|は)、?(?:全体|回答者|全員|総数|参加者|回答)の(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)"
    for found in re.finditer(pattern, without_days(prose)):
        earlier = [each for each in figures if each.end <= found.start() and each.unit == found["u"] and each.value]
        if not earlier:
            continue
        last = prose.sentence_at(earlier[-1].begin)
        beside = [each for each in earlier if prose.sentence_at(each.begin) == last]
        part = plain_number(found["part"])
        tried = [list(_rate(prose, found, part * 100 / each.value)) for each in earlier if part < each.value]
        if len(beside) == 1 and tried and all(tried):  # none of the figures before it is the whole
            yield tried[-1][0]


def _of_them(prose: Prose, figures: list[Figure]) -> Iterator[Alarm]:
    """1,250人が答えました。そのうち「満足」は500人（40％）でした."""
    for found in _THEM.finditer(without_days(prose)):
        earlier = [each for each in figures if each.end <= found.start() and each.unit == found["u"] and not each.rough]
        part = plain_number(found["part"])
        if earlier and earlier[-1].value > part:
            yield from _rate(prose, found, part * 100 / earlier[-1].value)


def _bracketed(prose: Prose, figures: list[Figure]) -> Iterator[Alarm]:
    """市民1,200人に尋ね、バスを使う人は378人（31.5％）、…: the first figure of the sentence or the one before is the whole."""
    for begin, end in prose.sentences:
        found = list(_BRACKETED.finditer(without_days(prose), begin, end))
        if not found:
            continue
        start = prose.sentences[max(0, prose.sentences.index((begin, end)) - 1)][0]
        unit, least = found[0]["u"], max(plain_number(each["part"]) for each in found)
        lead = [each for each in figures if start <= each.begin < found[0].start() and each.unit == unit]
        wholes = [each for each in lead if each.value > least and not each.rough]
        if len(wholes) != 1 or any(each["u"] != unit for each in found):
            continue
        whole = wholes[0]
        wrong = [list(_rate(prose, each, plain_number(each["part"]) * 100 / whole.value)) for each in found]
        agree = sum(not alarms for alarms in wrong)
        asked = _ASKED.search(prose.sentence_at(whole.begin)) and not re.search("前年|昨年|前回", prose.text[start:end])
        for alarms in wrong if agree or (asked and len(found) == 1) else ():
            yield from alarms
