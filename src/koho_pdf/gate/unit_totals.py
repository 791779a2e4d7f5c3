"""What one costs and what several do, means, and parts of a whole that a text names by their rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.reckoning import N, wrong_in
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, plain_number, without_days

_COUNTER = "周|往復|口|期|回|人|名|枚|個|冊|日|[かカヶ箇]月|袋|箱|組|世帯|家族|家庭|本|台|区画|時間|泊|コマ|束|クラス|班|校|地区|チーム|セット"
_EACH = late(
    rf"(?:(?<![0-9,.第])[1一](?P<c>{_COUNTER})(?:に?つき|当たり|あたり|分|に)?|(?<![0-9か一-龥])(?P<month>月額?|毎月))[のはが]?(?:料金|受講料|参加費|費用|会費|値段|利用料|使用料)?[はが]?、?(?P<n>{N})(?P<u>{UNIT})(?!まで|以|ま|の増|の減|増|減|引)"
)
_SEVERAL = late(
    rf"(?P<all>全)?(?:(?<![0-9,.第])(?P<k>[0-9]{{1,4}})(?P<c>{_COUNTER})(?P<share>分)?間?|(?P<year>年間|年額|1年で|1年間で?|1年分))(?P<join>[^0-9。、\n]{{0,6}}?)、?(?P<sum>総額|合計|合わせて|計|全部で)?(?:で|は|が|を)?、?(?P<t>{N})(?P<u>{UNIT})"
)
_CHEAPER = late(
    "親子|夫婦|ペア|回数券|割引|割り引|お?得|パック|まとめ|通し|引き|券|セット|無料|減額|免除|上限|最大|以内|まで|目|以降|追加|入会|別に|ほかに"
)
_THINGS = frozenset("枚個冊袋箱本台束組") | {"セット"}
_SMALLER = {"キログラム": "グラム", "キロ": "グラム", "kg": "g", "キロメートル": "メートル", "トン": "キログラム"}
_NUMBERED = frozenset("日班組校台期") | {"地区", "チーム", "クラス"}
_RATED = late(
    rf"(?P<whole>{N})(?P<u>{UNIT})の(?:うち、?)?(?P<about>約|およそ|ほぼ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?P<by>%|割)(?:に当たる|にあたる|に相当する|の|、|である)+(?P<part>{N})(?P=u)"
)
_RATED_APART = late(
    rf"(?P<about>約|およそ|ほぼ)?(?<![0-9.])(?P<rate>[0-9]+(?:\.[0-9]+)?)(?P<by>%|割)(?:に当たる|にあたる|に相当する)、?(?P<part>{N})(?P<u>{UNIT})"
)
_WHOLE = late(
    rf"(?:人口|全体|総数|全部|対象|有権者|会員|世帯数|全世帯|全員|全校児童)(?:者|数)?(?:は|が|の|で|、)*(?P<whole>{N})(?P<u>{UNIT})"
)
_FRACTION = late(
    rf"(?P<whole>{N})(?P<u>{UNIT}|ページ)(?:のうち|の|中)、?(?P<about>約|およそ|ほぼ)?(?P<of>[2-9]|10)分の(?P<over>[1-9])(?:に当たる|にあたる|の|、|である)*(?P<part>{N})(?P=u)"
)
_HALF = late(
    rf"(?P<price>{N})円[^0-9。]{{0,8}}?半額(?:の|で|に|、|となる|になり|割引で)*(?P<paid>{N})円|半額の(?P<paid2>{N})円[^0-9。]{{0,8}}?(?:通常|定価|普段|いつも|元|もと)[^0-9。]{{0,6}}(?P<price2>{N})円"
)
_OFF_BEFORE = late(
    rf"(?P<off>[0-9]{{1,2}})(?P<by>割|%)引き?の(?P<paid>{N})円[^0-9。]{{0,6}}?(?:通常|定価|普段|いつも|元|もと)[^0-9。]{{0,6}}(?P<price>{N})円"
)
_PAID_THEN = late(
    rf"(?P<price>{N})円の[^0-9。、]{{0,8}}(?:を|が)、?(?P<paid>{N})円\((?P<off>[0-9]{{1,2}})(?P<by>割|%)引"
)
_MINUS = late(
    rf"(?P<a>{N})(?P<u>{UNIT})(?:で、?|から、?|のうち、?)[^0-9。]{{0,8}}?(?P<b>{N})(?P=u)を(?:差し)?(?:引い|引く|除い|引き|差し引)[^0-9。]{{0,12}}?(?P<c>{N})(?P=u)"
)


_PLUS = late(
    rf"(?P<a>{N})(?P<u>{UNIT})に、?[^0-9。、]{{0,12}}?(?P<b>{N})(?P=u)を(?:加え|足し|上乗せし|合わせ)た?(?:て|ると)?、?[^0-9。]{{0,6}}?(?P<c>{N})(?P=u)"
)


def unit_totals_of(prose: Prose) -> Iterator[Alarm]:
    """An alarm for each of them that comes out otherwise."""
    text = without_days(prose)
    yield from _several(prose, text)
    for found in _RATED.finditer(text):
        yield from _rated(prose, found, plain_number(found["whole"]))
    for found in _RATED_APART.finditer(text):
        wholes = [plain_number(each["whole"]) for each in _WHOLE.finditer(text) if each["u"] == found["u"]]
        if len(set(wholes)) == 1 and wholes[0] > plain_number(found["part"]):
            yield from _rated(prose, found, wholes[0])
    for found in _FRACTION.finditer(text):
        right = plain_number(found["whole"]) * int(found["over"]) / int(found["of"])
        if abs(right - plain_number(found["part"])) > (right / 20 if found["about"] else Decimal("0.99")):
            yield wrong_in(prose, found, f"{right:,.0f}")
    for found in _HALF.finditer(text):
        price, paid = ("price", "paid") if found["price"] else ("price2", "paid2")
        right = plain_number(found[price]) / 2
        if abs(right - plain_number(found[paid])) > 5:
            yield wrong_in(prose, found, f"{right:,.0f}")
    for found in _OFF_BEFORE.finditer(text):
        share = Decimal(found["off"]) / (10 if found["by"] == "割" else 100)
        right = plain_number(found["price"]) * (1 - share)
        if abs(right - plain_number(found["paid"])) > 10:
            yield wrong_in(prose, found, f"{right:,.0f}")
    for found in _PAID_THEN.finditer(text):
        share = Decimal(found["off"]) / (10 if found["by"] == "割" else 100)
        right = plain_number(found["price"]) * (1 - share)
        if abs(right - plain_number(found["paid"])) > 10:
            yield wrong_in(prose, found, f"{right:,.0f}")
    for found in _PLUS.finditer(text):
        right = plain_number(found["a"]) + plain_number(found["b"])
        if right != plain_number(found["c"]):
            yield wrong_in(prose, found, f"{right:,}")
    for found in _MINUS.finditer(text):
        right = plain_number(found["a"]) - plain_number(found["b"])
        if right > 0 and right != plain_number(found["c"]):
            yield wrong_in(prose, found, f"{right:,}")


def _several(prose: Prose, text: str) -> Iterator[Alarm]:
    """1回500円, and 4回分の合計2,500円 in the same paragraph."""
    each: dict[tuple[str, str], set[Decimal]] = {}
    for found in _EACH.finditer(text):
        if (found["c"] or "") in _NUMBERED and text[found.end("c")] in "はがの":
            continue  # 1日は320人 is told of the first day, 1班が320キロ of the first group
        each.setdefault((_counter(found["c"] or "月"), found["u"]), set()).add(plain_number(found["n"]))
    for found in _SEVERAL.finditer(text) if each else ():
        times = 12 if found["year"] else int(found["k"])
        counter = _counter(found["c"] or "月")
        prices, scale = each.get((counter, found["u"]), set()), 1
        if not prices and found["u"] in _SMALLER:
            prices, scale = each.get((counter, _SMALLER[found["u"]]), set()), 1000
        if len(prices) != 1 or times < 2:
            continue
        right, said = times * next(iter(prices)) / scale, plain_number(found["t"])
        sure = bool(found["sum"] or found["share"])
        near = prose.sentence_at(found.start())
        if said == right or _CHEAPER.search(near) or re.search("ずつ|まで|のうち|から|以上|目", found["join"]):
            continue
        if not sure and (
            counter in _THINGS
            or not re.fullmatch(
                "で|し|して|すると|なら|だと|で申し込むと|の場合は?" + ("|では?|は" if found["year"] else ""),
                text[found.start("join") : found.start("t")].rstrip("、"),
            )
        ):
            continue  # four for 1,000 yen may be cheaper
        if not sure and said < right and found["u"] != "円":
            continue  # so many may, and fewer do
        alarm = wrong_in(prose, found, f"{right:,}")
        yield alarm if sure or said > right or found["all"] else replace(alarm, warns=True)


def _counter(words: str) -> str:
    return "人" if words == "名" else "月" if words.endswith("月") else words


def _rated(prose: Prose, found: re.Match[str], whole: Decimal) -> Iterator[Alarm]:
    """18,204人の34％に当たる6,189人."""
    if not whole:
        return
    said, scale = Decimal(found["rate"]), 100 if found["by"] == "%" else 10
    right = plain_number(found["part"]) * scale / whole
    step = Decimal(1).scaleb(-max(0, -int(said.as_tuple().exponent)))
    allowed = step * (2 if found["about"] else 1) if scale == 100 else Decimal("0.5" if found["about"] else "0.3")
    if abs(right - said) >= allowed:
        yield wrong_in(prose, found, f"{whole * said / scale:,.0f}")
