"""L03: a year that its era does not have."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from koho_pdf.content.values.dates import ERAS, FIRST_FISCAL_YEAR
from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import SaidYear, short_days_in, wareki, years_in

_FUTURE = 60
"""So many years from now may be planned for; a year of 令和 beyond is a slip."""
_COMMEMORATED = late(
    "(?:昭和1[0-9]{2}|明治1[5-9][0-9]|大正1[0-9]{2})年(?:記念|関連|に当た|にあた|を迎|の節目|事業|を記念|という|目に)"
)
"""Years that are counted on: 昭和100年記念."""


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    for said in (*years_in(prose), *short_days_in(prose), *_till(prose)):
        if said.era is None or prose.is_quoted(said.begin) or not _is_outside(said, reading):
            continue
        words = prose.text[said.begin : said.name_ends]
        if said.count == 0:
            told, right = f"「{words}」という年はありません。", ""
            hint = f"{said.era.name}の最初の年は「{said.era.name}元年」です。"
        else:
            last = (
                f"{said.era.count(said.era.last.year)}年{said.era.last.month}月{said.era.last.day}日"
                if said.era.last
                else ""
            )
            if _COMMEMORATED.match(prose.half, said.begin) or (said.count >= 100 and said.count % 10 == 0):
                continue
            told = f"「{words}」は{said.era.name}の期間の外です。"
            bare = prose.text[said.name_ends - 1].isdigit()  # R8.4.1
            right = "" if said.is_decade or said.era.last is None or bare else _right(said)
            hint = f"{said.era.name}は{last}まで" + (
                f"です。「{right}」のことではありませんか。" if right else "です。"
            )
            hint = hint if said.era.last else "年を確かめてください。"
        yield Alarm(said.begin, said.name_ends, told, right, hint=hint)
    for found in _SEASONS.finditer(prose.half):
        if not prose.is_quoted(found.start()):
            words = prose.text[found.start() : found.end()]
            hint = "元号が変わった年です。前か後の元号で書いてください。"
            yield Alarm(found.start(), found.end(), f"「{words}」は{words[:2]}の期間の外です。", hint=hint)


_SEASONS = late(
    "平成31年の?(?:夏|秋|年末|七夕|お盆|暮れ)|昭和64年の?(?:春|夏|秋|年末|桜|お盆)|令和元年の?(?:正月|元日|節分|成人式|出初|ひな祭り)"
)
"""Parts of a year that were after the end of its era, or before its beginning."""
_TILL = late(
    r"(?P<era>明治|大正|昭和|平成)\s?(?P<from>[0-9]{1,2})年?度?(?P<join>[～〜~・、-]|から)(?P<till>[0-9]{1,3})年(?P<fiscal>度)?(?P<end>まで|末)?(?![0-9間前後])"
)


def _till(prose: Prose) -> Iterator[SaidYear]:
    """The second year of 平成30～35年度."""
    for found in _TILL.finditer(prose.half):
        era = next(each for each in ERAS if each.name == found["era"])
        count = int(found["till"])
        if count > int(found["from"]) and (found["join"] != "から" or found["fiscal"] or found["end"]):
            year = era.first.year + count - 1
            over = era.last is not None and era.first.year + int(found["from"]) - 1 > era.last.year
            begin, end = (
                found.start() if over else found.start("till"),
                found.end("fiscal") if found["fiscal"] else found.end("till") + 1,
            )
            yield SaidYear(begin, end, year, era, count, bool(found["fiscal"]), False, 0, 0, end)


def _is_outside(said: SaidYear, reading: Reading) -> bool:
    era, year = said.era, said.year
    assert era is not None
    if said.count == 0:
        return True
    begins = (era.first.month, era.first.day) if era.name != "明治" and not said.is_fiscal else (0, 0)
    if year == era.first.year and said.month and (said.month, said.day or 31) < begins:
        return True
    if era.last is None:
        now = reading.date.year if reading.date else 2030
        return year > now + _FUTURE
    if said.is_decade:
        return year > era.last.year
    if said.is_fiscal:
        return not era.names_fiscal_year(year) if year >= FIRST_FISCAL_YEAR else False
    if year != era.last.year or not said.month:
        return year > era.last.year
    same_day = era.name in ("明治", "大正")  # the next era began on the day on which the emperor died
    return (said.month, said.day or 1) > (era.last.month, era.last.day + same_day)


def _right(said: SaidYear) -> str:
    if said.is_fiscal:
        return wareki(said.year, fiscal=True)
    return wareki(said.year)


RULE = Rule(
    "L03",
    "l03-era",
    Severity.ERROR,
    "元号にない年",
    "平成40年は来ません。前の計画から写した年が、そのまま残っています。",
    wrong=(
        ("平成40年度までに完成します。", "令和10年度までに完成します。"),
        ("令和0年に始まりました。", ""),
        ("平成31年5月1日に開館しました。", "令和元年5月1日に開館しました。"),
        ("昭和65年に建てられた橋", "平成2年に建てられた橋"),
        ("平成３５年３月に満了します。", "令和5年３月に満了します。"),
        ("平成三十五年に開きます。", "令和5年に開きます。"),
        ("H35年度に終わります。", "令和5年度に終わります。"),
        ("昭和元年12月24日", ""),
        ("平成30年度から平成30～35年度", ""),
        ("平成28年から33年までの計画", ""),
        ("H31.5.1に設立しました。R0.8.1に移りました。", ""),
        ("平31.5.1、平成31年の夏祭りで撮りました。", ""),
    ),
    silent=(
        "平成31年4月30日に閉館しました。",
        "「平成40年代を見込んだ当時の計画」を見直します。",
        "昭和64年1月7日",
        "平成31年度の決算",
        "令和元年5月1日",
        "昭和の暮らし展",
        "大正15年12月25日",
        "昭和100年記念の写真展",
        "平成30年から35年が過ぎました。平成20～30年度",
        "明治150年の記念事業",
        "S64.1.7、H31.4.30、R1.5.1、R8.4.1",
    ),
    find=_find,
    date=datetime.date(2027, 3, 1),
)
