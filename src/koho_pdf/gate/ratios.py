"""Ratios that a text tells with both of its figures: three times as many, one in three, half, so many apiece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, plain_number, without_days

_N = "[0-9][0-9,]*(?:[万億][0-9,]*)*(?:\\.[0-9]+)?"
_BEFORE = "(?:昨年度?|前年度?|前の年度?|去年|前回|前の回|前月|先月|当初|[0-9]{1,2}年前|初回|第1回)"
_FOLD = re.compile(
    rf"(?P<from>{_N})(?P<u>{UNIT})の(?P<about>約|およそ|ほぼ)?(?P<times>[0-9]+(?:\.[0-9]+)?)倍(?:に当たる|にあたる|となる|になる|に増え|の|、)+(?P<to>{_N})(?P=u)"
)
_FOLD_APART = re.compile(
    rf"{_BEFORE}の(?P<about>約|およそ|ほぼ)?(?P<times>[0-9]+(?:\.[0-9]+)?)倍(?:に当たる|にあたる|となる|になる|に増え|の|、)+(?P<to>{_N})(?P<u>{UNIT})[^。]{{0,20}}。[^0-9。]{{0,4}}{_BEFORE}(?:は|の)[^0-9。]{{0,10}}(?P<from>{_N})(?P=u)"
)
_FOLD_LAST = re.compile(
    rf"(?P<to>{_N})(?P<u>{UNIT})(?:で|は|と|となり|、)+[^0-9。]{{0,8}}?(?P<from>{_N})(?P=u)の(?P<about>約|およそ|ほぼ)?(?P<times>[0-9]+(?:\.[0-9]+)?)倍|(?P<from2>{_N})(?P<u2>{UNIT})に対し[^0-9。]{{0,10}}(?P<to2>{_N})(?P=u2)で、?[^0-9。]{{0,6}}(?P<about2>約|およそ|ほぼ)?(?P<times2>[0-9]+(?:\.[0-9]+)?)倍"
)
_RATE_OF_LAST = re.compile(
    rf"{_BEFORE}(?:比|より|に比べ)、?(?P<rate>[0-9]+(?:\.[0-9]+)?)%(?P<way>増|減)(?:の|となる|で)(?P<to>{_N})(?P<u>{UNIT})[^。0-9]{{0,20}}(?:。|\()[^0-9。]{{0,4}}{_BEFORE}(?:は|の)[^0-9。]{{0,8}}(?P<from>{_N})(?P=u)"
)
_ONE_IN = re.compile(
    rf"(?P<all>[2-9]|10)人に(?P<one>[1-9])人(?:に当たる|にあたる|の|、|となる)+(?P<about>約|およそ)?(?P<some>{_N})人"
)
_PEOPLE = re.compile(rf"(?:人口|対象者?|全体|総数|有権者|児童数?|会員)(?:数)?(?:は|の|が)(?P<whole>{_N})人")
_SHARE = re.compile(
    rf"(?:(?P<half>半分|半数)|(?P<of>[2-9]|10)分の(?P<over>[1-9]))(?:に当たる|にあたる|を占める|の|、|である)+(?P<about>約|およそ|ほぼ)?(?P<some>{_N})(?P<u>{UNIT}|ページ)"
)
_IF = re.compile(
    rf"(?P<whole>{_N})(?P<u>円)(?:なら|の場合(?:は|、)?|のとき(?:は|、)?|だと|かかると(?:き(?:は|、)?)?)、?(?:補助|助成|交付|支給|負担)(?:額|金)?(?:は|が)?(?:額は)?(?P<some>{_N})円"
)
_PART = re.compile("(?P<of>[2-9]|10)分の(?P<over>[1-9])|(?P<tenth>[1-9])割|(?P<cent>[0-9]{1,2})%")
_MONTHLY = re.compile(
    rf"(?:年間?|年額)(?P<a>{_N})円[^0-9。]{{0,10}}(?:月に直すと|月に換算すると|1か月(?:当たり|あたり)?|月額|月(?:当たり|あたり)?)(?:では?|は)?、?(?P<b>{_N})円|(?:月額?|毎月|1か月)(?P<b2>{_N})円[^0-9。]{{0,10}}(?:年に直すと|年に換算すると|年間|年額|1年)(?:では?|は)?、?(?P<a2>{_N})円"
)
_APIECE = re.compile(
    rf"(?P<k>[0-9]{{1,3}})(?P<c>台|人|列|箱|袋|班|組|クラス|校|か所|会場|日|室|本|段|地区)(?:に|で|が|を)(?:1(?P=c))?(?P<n>{_N})(?P<u>{UNIT})ずつ[^0-9。]{{0,12}}?、?(?:合計|合わせて|全部で|計|総勢|総数)?(?:で|は)?(?P<t>{_N})(?P=u)"
)
_APIECE_FIRST = re.compile(
    rf"(?<![0-9,])(?:1(?:台|人|列|箱|袋|班|組|クラス|校|か所|会場|日|室|段|地区)に?)?(?P<n>{_N})(?P<u>{UNIT})(?:ずつ|入りの?|詰めの?)(?:袋|箱)?(?:を|が|で|、)*(?P<k>[0-9]{{1,3}})(?:台|人|列|箱|袋|班|組|クラス|校|か所|会場|日間?|室|本|脚|段|地区|セット)(?:に|で|を|分|並べ|置き|用意し|配り|植え)*、?(?:合計|合わせて|全部で|計|総勢)?(?:で|は)?、?(?P<t>{_N})(?P=u)"
)
_FROM_EACH = re.compile(
    rf"(?P<n>{_N})円(?:の|ずつ)(?:[^0-9。、]{{0,8}}を)?、?(?P<k>{_N})(?:人|世帯|社|団体|店|枚|個|冊)(?:から|に|分)?(?:集め|徴収し|売り|売れ|配り|受け取り|頂き|いただき)[^0-9。]{{0,6}}、?(?:合計|合わせて|計|総額)?(?:で|は)?(?P<t>{_N})円"
)
_GAP = re.compile(
    rf"(?P<by>{_N})(?P<u>点|票|人|秒|分|センチメートル|センチ|メートル|キロメートル|キロ|円|件|歳|度)(?:の)?差(?!別|出|し)"
)
_OVER = re.compile(
    rf"(?P<a>{_N})(?P<u>円)(?:で|、|に対し、?)[^0-9。]{{0,6}}(?:支出|歳出|費用|経費)(?:の?総?額)?(?:は|が)?(?P<b>{_N})円(?:で|、)*[^0-9。]{{0,4}}(?P<c>{_N})円の(?:黒字|赤字|差|余り|繰越|残|不足|利益)"
)
_HOMES = re.compile(rf"1世帯(?:当たり|あたり|平均)[^0-9。]{{0,8}}(?P<about>約)?(?P<m>{_N})人")
_OF_HOMES = re.compile(rf"世帯(?:数|の数)?(?:は|が|、)*(?P<k>{_N})|(?P<k2>{_N})世帯")


def ratios_of(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each ratio that its figures do not make."""
    text = without_days(prose)
    for found in (*_FOLD.finditer(text), *_FOLD_APART.finditer(text)):
        before, said = plain_number(found["from"]), Decimal(found["times"])
        if before and abs(plain_number(found["to"]) / before - said) > said * Decimal(
            "0.15" if found["about"] else "0.07"
        ):
            yield _alarm(prose, found, f"{before * said:,.0f}{found['u']}")
    for found in _FOLD_LAST.finditer(text):
        one = "" if found["to"] else "2"
        before, said = plain_number(found[f"from{one}"]), Decimal(found[f"times{one}"])
        step = Decimal(1).scaleb(-max(0, -int(said.as_tuple().exponent))) if "." in found[f"times{one}"] else said / 10
        if before and abs(plain_number(found[f"to{one}"]) / before - said) >= step * (2 if found[f"about{one}"] else 1):
            yield _alarm(prose, found, f"{plain_number(found[f'to{one}']) / before:,.2f}倍")
    for found in _RATE_OF_LAST.finditer(text):
        share = Decimal(found["rate"]) / 100 * (1 if found["way"] == "増" else -1)
        right = plain_number(found["from"]) * (1 + share)
        if abs(right - plain_number(found["to"])) > plain_number(found["from"]) / 150:
            yield _alarm(prose, found, f"{right:,.0f}{found['u']}")
    wholes = {plain_number(each["whole"]) for each in _PEOPLE.finditer(text)}
    for found in _ONE_IN.finditer(text) if len(wholes) == 1 else ():
        right = next(iter(wholes)) * int(found["one"]) / int(found["all"])
        if abs(right - plain_number(found["some"])) > right * Decimal("0.15"):
            yield _alarm(prose, found, f"{right:,.0f}人")
    yield from _shares(prose, text, figures)
    for found in _MONTHLY.finditer(text):
        year, month = plain_number(found["a"] or found["a2"]), plain_number(found["b"] or found["b2"])
        if abs(year / 12 - month) > 1 and not re.search("まとめ|一括|お?得|割引", prose.sentence_at(found.start())):
            alarm = _alarm(prose, found, f"月{year / 12:,.0f}円" if found["a"] else f"年{month * 12:,}円")
            yield replace(alarm, warns=year < month * 12)
    for found in (*_APIECE.finditer(text), *_APIECE_FIRST.finditer(text), *_FROM_EACH.finditer(text)):
        right = plain_number(found["n"]) * plain_number(found["k"])
        if right != plain_number(found["t"]):
            yield _alarm(prose, found, f"{right:,}")
    yield from _gaps(prose, text, figures)
    for found in _OVER.finditer(text):
        right = abs(plain_number(found["a"]) - plain_number(found["b"]))
        if right != plain_number(found["c"]):
            yield _alarm(prose, found, f"{right:,}円")
    yield from _households(prose, text, wholes)


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
            yield _alarm(prose, found, f"{right:,.0f}{found['u']}")
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
            yield _alarm(prose, found, f"{right:,.0f}円")


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


def _households(prose: Prose, text: str, people: set[Decimal]) -> Iterator[Alarm]:
    homes = {plain_number(each["k"] or each["k2"]) for each in _OF_HOMES.finditer(text)} - {Decimal(1)}
    for found in _HOMES.finditer(text) if len(people) == len(homes) == 1 else ():
        right = next(iter(people)) / next(iter(homes))
        digits = max(0, -int(plain_number(found["m"]).as_tuple().exponent))
        if abs(right - plain_number(found["m"])) >= Decimal(1).scaleb(-digits):
            yield _alarm(prose, found, f"{right:,.2f}人")


_HINT = "どの数が違うか、元の資料で確かめてください。"


def _alarm(prose: Prose, found: re.Match[str], right: str) -> Alarm:
    told = f"「{prose.text[found.start() : found.end()]}」の計算が合いません。{right}です。"
    return Alarm(found.start(), found.end(), told.replace("\n", ""), hint=_HINT)
