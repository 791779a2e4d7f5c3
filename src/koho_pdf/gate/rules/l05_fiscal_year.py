"""L05: a day from January to March that is put in the fiscal year of its own number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koho_pdf.content.values.dates import ERAS
from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import wareki

_ERA = {era.name: era.first.year - 1 for era in ERAS}
_NUMBER = "(?:元|[0-9]{1,4})"
_NAME = "(?:明治|大正|昭和|平成|令和)?"
_BESIDE = re.compile(
    rf"(?P<fiscal>{_NAME}{_NUMBER})年度[^()。\n]{{0,6}}\((?P<year>{_NAME}{_NUMBER})年(?P<month>[0-9]{{1,2}})月"
)
_DONE = re.compile(
    rf"(?P<fiscal>{_NAME}{_NUMBER})年度(?:の|は、?|に、?|分の|事業の|事業として、?)[^。\n]{{0,14}}?(?P<year>{_NAME}{_NUMBER})年(?P<month>[0-9]{{1,2}})月"
)
_TURNED = re.compile(
    rf"(?P<year>{_NAME}{_NUMBER})年(?P<month>[0-9]{{1,2}})月(?:[0-9]{{1,2}}日)?(?:\([^)]*\))?(?:に|の|から|まで(?:の)?)(?:[^。、\n]{{0,12}}?(?:した|された|始まった|終わった|完成した|行った|開いた)(?:[^。、\n]{{1,10}}は)?|[^。、\n0-9]{{1,10}}は)?、?(?P<fiscal>{_NAME}{_NUMBER})年度"
)
_BESIDE_IT = re.compile(
    rf"(?P<year>{_NAME}{_NUMBER})年(?P<month>[0-9]{{1,2}})月(?:[0-9]{{1,2}}日)?(?:(?:から|～)[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?(?:まで)?の[^()。\n0-9]{{1,8}}\((?P<fiscal>{_NAME}{_NUMBER})年度\)"
)
_LAST = re.compile(
    rf"(?P<fiscal>{_NAME}{_NUMBER})年度(?:の)?(?:末|最後|最終|終わり|下半期|下期|後期|第4四半期|第4期|3学期|冬|内)[^。\n]{{0,10}}?(?P<year>{_NAME}{_NUMBER})年(?P<month>[0-9]{{1,2}})月"
)
_FIRST = re.compile(
    rf"(?P<year>{_NAME}{_NUMBER})年(?P<month>[1-3])月[^。\n0-9]{{0,3}}(?:[0-9]{{1,2}}日)?(?:\([^)]*\))?[^。\n0-9]{{0,14}}?(?P<fiscal>{_NAME}{_NUMBER})年度(?:の)?(?:最後|最終|第4期|下半期)"
    rf"|(?P<year2>{_NAME}{_NUMBER})年(?P<month2>[1-3])月(?:に納める|納期|が納期|に払う)[^。\n]{{0,20}}?は、?(?P<fiscal2>{_NAME}{_NUMBER})年度の?分"
)
"""What is surely at the end of a fiscal year."""
_WHOLE = re.compile(
    rf"(?P<year>{_NAME}{_NUMBER})年(?P<begin>[0-9]{{1,2}})月(?:[0-9]{{1,2}}日)?\s?(?:[～〜~–—-]|から)\s?(?P<till>{_NAME}{_NUMBER})年(?P<end>[0-9]{{1,2}})月"
)
"""A period of a fiscal year: from April to March of the next year."""
_AHEAD = re.compile(
    "準備|予算|計画|募集|申[し込]|受付|受け付け|入[学園所]|採用|予定|向け|編成|案|方針|公表|発表|決定|決め|作成|策定|契約|入札|説明|登録|更新|から|まで|に備え|前年度|末"
)
_CURRENT = re.compile("補正|専決|繰越|決算|中間報告|実績")
"""What is only of a fiscal year that has begun: a budget is amended in its own year."""
_PAST = re.compile("ました|した|実施|開催|開始|始ま|終わ|完成|行った|行われた|開いた|開かれた|あった|発行|締結")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    yield from _whole_years(prose)
    for found in _FIRST.finditer(prose.half):
        one = "" if found["year"] else "2"
        year, fiscal = _year(found[f"year{one}"]), _year(found[f"fiscal{one}"])
        if year is not None and year == fiscal:
            words = prose.text[found.start(f"fiscal{one}") : found.end(f"fiscal{one}") + 2]
            told = f"「{words}」は、{found[f'month{one}']}月のことなら前の年度です。"
            yield Alarm(
                found.start(f"fiscal{one}"), found.end(f"fiscal{one}") + 2, told, hint="年度を確かめてください。"
            )
    for pattern in (_LAST, _BESIDE, _BESIDE_IT, _DONE, _TURNED):
        for found in pattern.finditer(prose.half):
            year, fiscal, month = _year(found["year"]), _year(found["fiscal"]), int(found["month"])
            if year is None or fiscal is None or not 1 <= month <= 12:
                continue
            of_month = year - (month <= 3)
            sentence = prose.sentence_at(found.start())
            # A document made in March for the year to come is normal; only what has happened is told there.
            slips = fiscal == year and month <= 3
            if not slips and not (pattern is _BESIDE and fiscal != of_month and abs(fiscal - of_month) == 1):
                continue
            now = _CURRENT.search(found[0] if pattern in (_BESIDE, _BESIDE_IT) else sentence)
            if pattern in (_DONE, _TURNED) and not now and (_AHEAD.search(sentence) or not _PAST.search(sentence)):
                continue
            if pattern in (_BESIDE, _BESIDE_IT) and not now and _AHEAD.search(found[0]):
                continue
            if month > 3 and found["fiscal"][0].isdigit() != found["year"][0].isdigit():
                continue  # two calendars that do not agree, not a year and a fiscal year
            begin, end = found.start("fiscal"), found.end("fiscal") + 2
            name = wareki(of_month, fiscal=True) if found["fiscal"][0] in "明大昭平令" else f"{of_month}年度"
            told = f"「{prose.text[found.start('year') : found.end('month') + 1]}」は、{name}です。"
            yield Alarm(begin, end, told, name, hint="1月から3月までは、前の年の年度です。")


def _whole_years(prose: Prose) -> Iterator[Alarm]:
    """令和7年4月～令和7年3月 has one year twice."""
    for found in _WHOLE.finditer(prose.half):
        year, till = _year(found["year"]), _year(found["till"])
        begin, end = int(found["begin"]), int(found["end"])
        if year is not None and year == till and end <= 3 < begin:
            words = prose.text[found.start() : found.end()]
            told = f"「{words}」は、終わりの年が始まりの年と同じです。"
            right = wareki(year + 1) if found["till"][0] in "明大昭平令" else f"{year + 1}年"
            hint = f"{right}{end}月までのことではありませんか。"
            yield Alarm(found.start(), found.end(), told, hint=hint)


def _year(words: str) -> int | None:
    era, number = words[:2] if words[0] in "明大昭平令" else "", words[2:] if words[0] in "明大昭平令" else words
    count = 1 if number == "元" else int(number)
    if era:
        return _ERA[era] + count
    return count if count > 1800 else None


_FISCAL = re.compile(rf"{_NAME}{_NUMBER}年度")


def _across(_: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """A fiscal year and a period in two cells of a row."""
    for grid in reading.grids:
        for row in grid.rows:
            years = [cell for cell in row if _FISCAL.fullmatch(cell.prose.half.strip())]
            for cell in row if len(years) == 1 else ():
                beside = Prose(f"{years[0].words.strip()}({cell.words.strip()})")
                for alarm in _find(beside, reading) if cell is not years[0] and "月" in cell.words else ():
                    yield cell.prose, Alarm(0, len(cell.words), alarm.told, hint=alarm.hint)


RULE = Rule(
    "L05",
    "l05-fiscal-year",
    Severity.WARNING,
    "年と年度が合わない（1月から3月）",
    "令和9年2月は令和8年度です。予算や対象の年度を1年間違えて伝えます。",
    wrong=(
        ("令和9年度（令和9年2月1日開始）の調査", "令和8年度（令和9年2月1日開始）の調査"),
        ("令和8年度（令和8年1月実施）の健診", "令和7年度（令和8年1月実施）の健診"),
        ("令和9年度の総会を令和9年2月に開きました。", "令和8年度の総会を令和9年2月に開きました。"),
        ("令和9年2月に実施した令和9年度の調査", "令和9年2月に実施した令和8年度の調査"),
        ("令和9年1月に開いた令和9年度の講座", "令和9年1月に開いた令和8年度の講座"),
        ("令和8年度末の令和8年3月31日に締め切ります。", "令和7年度末の令和8年3月31日に締め切ります。"),
        ("令和7年4月～令和7年3月", ""),
        ("令和9年1月から3月までの実績（令和9年度）", ""),
        ("令和9年3月の卒業式は、令和9年度の最後の行事でした。", ""),
        ("2027年度予算の補正（2027年2月議決）", "2026年度予算の補正（2027年2月議決）"),
    ),
    silent=(
        "令和9年度の準備を令和9年2月に始めました。",
        "令和8年度（令和9年2月1日開始）の調査",
        "令和9年度予算案を令和9年3月の議会に出しました。",
        "令和9年度（令和9年4月開始）",
        "2026年度予算の補正（2027年2月議決）、2027年度予算（2027年3月議決）",
        "令和8年度末の令和9年3月31日、令和7年4月～令和8年3月",
        "令和9年度の保育園の入園申込みを令和9年1月に受け付けました。",
    ),
    find=_find,
    across=_across,
)
