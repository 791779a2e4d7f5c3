"""Ratios that a text tells with both of its figures: three times as many, one in three, half, so many apiece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.reckoning import N, wrong_in
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, plain_number, without_days

_BEFORE = "(?:昨年度?|前年度?|前の年度?|去年|前回|前の回|前月|先月|当初|[0-9]{1,2}年前|初回|第1回)"
_RATE_OF_LAST = late(
    rf"{_BEFORE}(?:比|より|に比べ)、?(?P<rate>[0-9]+(?:\.[0-9]+)?)%(?P<way>増|減)(?:の|となる|で)(?P<to>{N})(?P<u>{UNIT})[^。0-9]{{0,20}}(?:。|\()[^0-9。]{{0,4}}{_BEFORE}(?:は|の)[^0-9。]{{0,8}}(?P<from>{N})(?P=u)"
)
_ONE_IN = late(
    rf"(?P<all>[2-9]|10)人に(?P<one>[1-9])人(?:に当たる|にあたる|の|、|となる)+(?P<about>約|およそ)?(?P<some>{N})人"
)
_PEOPLE = late(rf"(?:人口|対象者?|全体|総数|有権者|児童数?|会員)(?:数)?(?:は|の|が)(?P<whole>{N})人")
_SHARE = late(
    rf"(?:(?P<half>半分|半数)|(?P<of>[2-9]|10)分の(?P<over>[1-9]))(?:に当たる|にあたる|を占める|の|、|である)+(?P<about>約|およそ|ほぼ)?(?P<some>{N})(?P<u>{UNIT}|ページ)"
)
_IF = late(
    rf"(?P<whole>{N})(?P<u>円)(?:なら|の場合(?:は|、)?|のとき(?:は|、)?|だと|かかると(?:き(?:は|、)?)?)、?(?:補助|助成|交付|支給|負担)(?:額|金)?(?:は|が)?(?:額は)?(?P<some>{N})円"
)
_PART = late("(?P<of>[2-9]|10)分の(?P<over>[1-9])|(?P<tenth>[1-9])割|(?P<cent>[0-9]{1,2})%")
_MONTHLY = late(
    rf"(?:年間?|年額)(?P<a>{N})円[^0-9。]{{0,10}}(?:月に直すと|月に換算すると|1か月(?:当たり|あたり)?|月額|月(?:当たり|あたり)?)(?:では?|は)?、?(?P<b>{N})円|(?:月額?|毎月|1か月)(?P<b2>{N})円[^0-9。]{{0,10}}(?:年に直すと|年に換算すると|年間|年額|1年)(?:では?|は)?、?(?P<a2>{N})円"
)
_GAP = late(
    rf"(?P<by>{N})(?P<u>点|票|人|秒|分|センチメートル|センチ|メートル|キロメートル|キロ|円|件|歳|度)(?:の)?差(?!別|出|し)"
)
_OVER = late(
    rf"(?P<a>{N})(?P<u>円)(?:で|、|に対し、?)[^0-9。]{{0,6}}(?:支出|歳出|費用|経費)(?:の?総?額)?(?:は|が)?(?P<b>{N})円(?:で|、)*[^0-9。]{{0,4}}(?P<c>{N})円の(?:黒字|赤字|差|余り|繰越|残|不足|利益)"
)


def ratios_of(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each ratio that its figures do not make."""
    text = without_days(prose)
    for found in _RATE_OF_LAST.finditer(text):
        share = Decimal(found["rate"]) / 100 * (1 if found["way"] == "増" else -1)
        right = plain_number(found["from"]) * (1 + share)
        if abs(right - plain_number(found["to"])) > plain_number(found["from"]) / 150:
            yield wrong_in(prose, found, f"{right:,.0f}{found['u']}")
    wholes = {plain_number(each["whole"]) for each in _PEOPLE.finditer(text)}
    for found in _ONE_IN.finditer(text) if len(wholes) == 1 else ():
        right = next(iter(wholes)) * int(found["one"]) / int(found["all"])
        if abs(right - plain_number(found["some"])) > right * Decimal("0.15"):
            yield wrong_in(prose, found, f"{right:,.0f}人")
    yield from _shares(prose, text, figures)
    for found in _MONTHLY.finditer(text):
        year, month = plain_number(found["a"] or found["a2"]), plain_number(found["b"] or found["b2"])
        if abs(year / 12 - month) > 1 and not re.search("まとめ|一括|お?得|割引", prose.sentence_at(found.start())):
            alarm = wrong_in(prose, found, f"月{year / 12:,.0f}円" if found["a"] else f"年{month * 12:,}円")
            yield replace(alarm, warns=year < month * 12)
    yield from _gaps(prose, text, figures)
    for found in _OVER.finditer(text):
        right = abs(plain_number(found["a"]) - plain_number(found["b"]))
        if right != plain_number(found["c"]):
            yield wrong_in(prose, found, f"{right:,}円")


def _shares(prose: Prose, text: str, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """国が半分の1億8,000万円; 費用の2分の1, and 40,000円なら補助は25,000円."""
    for found in _SHARE.finditer(text):
        begin = max(text.rfind("。", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
        before = [each for each in figures if begin <= each.begin < found.start() and each.unit == found["u"]]
        some = plain_number(found["some"])
        if len(before) != 1 or before[0].rough or before[0].value <= some:
            continue
        right = before[0].value * int(found["over"] or 1) / int(found["of"] or 2)
        if abs(right - some) > right * Decimal("0.1" if found["about"] or found["half"] == "半数" else "0.03"):
            yield wrong_in(prose, found, f"{right:,.0f}{found['u']}")
    parts = list(_PART.finditer(text))
    for found in _IF.finditer(text) if len(parts) == 1 else ():
        part = parts[0]
        share = (
            Decimal(part["over"]) / Decimal(part["of"]) if part["of"]
            else Decimal(part["tenth"]) / 10 if part["tenth"] else Decimal(part["cent"]) / 100
        )  # fmt: skip
        right = plain_number(found["whole"]) * share
        limited = re.search("上限|限度|まで|最大", prose.text)
        if abs(right - plain_number(found["some"])) > 100 and not (limited and plain_number(found["some"]) < right):
            yield wrong_in(prose, found, f"{right:,.0f}円")


def _gaps(prose: Prose, text: str, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """赤組が320点、白組が295点で、赤組が35点の差で勝ちました."""
    for found in _GAP.finditer(text):
        begin = max(text.rfind("。", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
        before = [each for each in figures if begin <= each.begin < found.start() and each.unit == found["u"]]
        if len(before) != 2 or any(each.rough for each in before):
            continue
        right = abs(before[0].value - before[1].value)
        if right != plain_number(found["by"]):
            words = prose.text[before[0].begin : found.end()]
            told = f"「{words}」の差が合いません。{right:,}{found['u']}です。"
            yield Alarm(before[0].begin, found.end(), told, hint=_HINT)


_HINT = "どの数が違うか、元の資料で確かめてください。"
