"""L05: a day from January to March that is put in the fiscal year of its own number."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import SaidYear, wareki, years_in

_RANGE = late(r"\s?(?:[～〜~–—-]|から)\s?")
_AHEAD = late(
    "準備|予算|計画|募集|募り|募る|申[し込]|受付|受け付け|入[学園所会]|採用|任用|選考|予定|向け|編成|[^一-龥]案(?![内件])|方針|公表|発表|決定|決め|作成|策定|契約|入札|説明|登録|更新|に備え|前年度|翌年度|来年度|次年度|次の年度"
    "|税|保険料|申告|課税|賦課|役員|新しい|新入|改正|提案|上程|可決|抽選|配り|配る|配布|届[くけ]|販売|購入|納期|払|から(?:始|使|適用|変わ|上が|下が)|交付"
)
"""What is done before a fiscal year begins, or is reckoned from a day before it."""
_EARNED = late("所得(?:税)?(?:の)?(?:確定)?申告|確定申告|年末調整")
"""What is filed of a year that is over, and of no fiscal year."""
_LEVIED = late("住民税|[市町村県都道府]民税|国民健康保険|国保|保険料|保険税|課税|手当|給付|判定")
"""What is reckoned for the next fiscal year from what is filed: 令和9年度の住民税の申告は、令和9年3月15日までです."""
_CURRENT = late(
    "補正|専決|繰越|決算|中間報告|実績|第[2-9２-９二三四五六七八九]回|[2-9２-９]回目|第4期|最後|最終|(?<!準備を)終え|締め(?!切)"
)
"""What is only of a fiscal year that has begun: a budget is amended in its own year."""
_LATE = late(
    "(?:の|中の|中で)?(?:末|最後|最終|終わり|下半期|下期|後期|第4四半期|第4期|3学期|三学期|冬|内|締め)|(?:の)?卒業|(?:の)?修了|の?第4期"
)
"""What is surely at the end of a fiscal year, right after its name."""
_EVENT = late(
    "ました|した|実施|開催|開始|始ま|終わ|終え|完成|完了|行った|行わ|行う|行い|開いた|開かれ|開いて|開く|開き|あった|発行|締結|卒業|修了|閉[校園館]|受けて|現在|採水|測定"
)
_DATED = late(
    "(?:採水|調査|実施|開催|測定|検査|施行|撮影|開設|開会|工事|対象|集計)(?:の)?(?:日|期間|月|年月日)|期間|日時|とき|会期|期日"
)
"""How a line begins that says when something was."""
_OF_PAST = late("結果|実績|状況|報告|記録|経過")
_IS = late("(?:中|分|の(?:期間|任期|対象期間))?(?:は、?|とは、?|[(:　 ]+|の?[一-龥]{2,4}[(])$")
"""Between a fiscal year and the period that it is."""


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    if "年度" not in prose.text and "月" not in prose.text:
        return
    years = list(years_in(prose))
    yield from _whole_years(prose, years)
    if not any(each.is_fiscal for each in years):
        return
    told: set[int] = set()
    spans = prose.sentences
    for (begin, end), (__, till) in zip(spans, [*spans[1:], (0, 0)], strict=True):
        own = [each for each in years if begin <= each.begin < end]
        fiscal = [each for each in own if each.is_fiscal]
        days = [each for each in own if each.month and not each.is_fiscal]
        if fiscal and not days and till:  # a heading, and below it the day
            days = _below(prose, years, (begin, end), (end, till))
        for each in fiscal:
            if each.begin not in told and (day := _amiss(prose, each, days)):
                told.add(each.begin)
                yield _alarm(prose, each, day)


def _below(prose: Prose, years: Sequence[SaidYear], above: tuple[int, int], below: tuple[int, int]) -> list[SaidYear]:
    """The days of a sentence that says when that was of which the sentence above it tells."""
    head, words = prose.half[slice(*above)], prose.half[slice(*below)]
    here = [each for each in years if below[0] <= each.begin < below[1]]
    if any(each.is_fiscal for each in here) or _AHEAD.search(words):
        return []
    is_past = re.search("(?:ました|でした)[。\n 　]*$", words) or (
        _DATED.match(words.lstrip(" 　・○●■")) and _OF_PAST.search(head)
    )
    return [each for each in here if each.month] if is_past else []


def _amiss(prose: Prose, fiscal: SaidYear, days: Sequence[SaidYear]) -> SaidYear | None:
    """The day that says that a fiscal year is another."""
    same = [each for each in days if bool(each.era) == bool(fiscal.era)]
    if not same or any(_fiscal(each) == fiscal.year for each in days):
        return None
    for first, second in itertools.pairwise(same):
        if (
            _is_year(prose, first, second)
            and abs(first.year - fiscal.year) == 1
            and (
                _IS.search(prose.half[fiscal.end : first.begin])
                if fiscal.begin < first.begin
                else re.fullmatch(
                    r"(?:[0-9]{1,2}日)?(?:まで)?の?[^()。\n]{0,6}\(", prose.half[second.end : fiscal.begin]
                )
            )
        ):
            return first
    slips = [each for each in same if each.year == fiscal.year and each.month <= 3]
    day = min(slips or same, key=lambda each: min(abs(each.begin - fiscal.end), abs(fiscal.begin - each.end)))
    beside = _is_beside(prose, fiscal, day)
    if not slips:
        return day if beside and abs(_fiscal(day) - fiscal.year) == 1 and day.begin > fiscal.begin else None
    sentence = prose.sentence_at(fiscal.begin)
    here = prose.sentence_at(day.begin)
    part = prose.half[min(fiscal.begin, day.begin) : max(fiscal.end, day.end)] if beside else sentence + here
    if "準備" in part:
        return None
    if beside and _EARNED.search(part) and not _LEVIED.search(sentence):
        return day
    if _LATE.match(prose.half, fiscal.end) or _CURRENT.search(part):
        return day
    if re.match("[ぁ-ん]{0,2}(?:から|以降)", prose.half[fiscal.end :]) or _AHEAD.search(part):
        return None
    return day if beside or _EVENT.search(here) else None


def _is_beside(prose: Prose, fiscal: SaidYear, day: SaidYear) -> bool:
    """Whether one stands in brackets beside the other: 令和9年度（令和9年2月実施）."""
    first, second = sorted((fiscal, day), key=lambda each: each.begin)
    between = prose.half[first.end : second.begin]
    return bool(
        re.fullmatch(r"[^()。\n]{0,12}\([^()。\n]{0,4}", between)
        or re.fullmatch(r"[^()。\n0-9]{0,3}(?:[0-9]{1,2}日)?(?:[^()。\n]{0,16})?\([^()。\n]{0,4}", between)
    )


def _is_year(prose: Prose, first: SaidYear, second: SaidYear) -> bool:
    """令和8年4月1日から令和9年3月31日まで."""
    between = prose.half[first.end : second.begin]
    return first.month == 4 and second.month == 3 and second.year == first.year + 1 and bool(_RANGE.fullmatch(between))


def _alarm(prose: Prose, fiscal: SaidYear, day: SaidYear) -> Alarm:
    name = wareki(_fiscal(day), fiscal=True) if fiscal.era else f"{_fiscal(day)}年度"
    told = f"「{prose.text[day.begin : day.end]}」は、{name}です。"
    return Alarm(fiscal.begin, fiscal.end, told, name, hint="1月から3月までは、前の年の年度です。")


def _whole_years(prose: Prose, years: Sequence[SaidYear]) -> Iterator[Alarm]:
    """令和7年4月～令和7年3月 has one year twice."""
    dated = [each for each in years if each.month and not each.is_fiscal]
    for first, second in itertools.pairwise(dated):
        if (
            first.year == second.year
            and second.month <= 3 < first.month
            and _RANGE.fullmatch(prose.half[first.end : second.begin])
        ):
            words = prose.text[first.begin : second.end]
            told = f"「{words}」は、終わりの年が始まりの年と同じです。"
            right = wareki(first.year + 1) if second.era else f"{first.year + 1}年"
            yield Alarm(first.begin, second.end, told, hint=f"{right}{second.month}月までのことではありませんか。")


def _fiscal(day: SaidYear) -> int:
    return day.year - (day.month <= 3)


_FISCAL = late("(?:明治|大正|昭和|平成|令和)?(?:元|[0-9]{1,4})年度")


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
        ("令和9年3月に卒業する生徒は、令和9年度の卒業生です。", "令和9年3月に卒業する生徒は、令和8年度の卒業生です。"),
        (
            "令和9年度の新成人のつどい\n令和9年1月10日に行いました。",
            "令和8年度の新成人のつどい\n令和9年1月10日に行いました。",
        ),
        ("令和8年4月1日から令和9年3月31日まで（令和9年度）", "令和8年4月1日から令和9年3月31日まで（令和8年度）"),
        ("2027年度予算の補正（2027年2月議決）", "2026年度予算の補正（2027年2月議決）"),
        ("令和9年度の所得申告（令和9年3月15日締め切り）", "令和8年度の所得申告（令和9年3月15日締め切り）"),
    ),
    silent=(
        "令和9年度の準備を令和9年2月に始めました。",
        "令和8年度（令和9年2月1日開始）の調査",
        "令和9年度予算案を令和9年3月の議会に出しました。",
        "令和9年度（令和9年4月開始）",
        "2026年度予算の補正（2027年2月議決）、2027年度予算（2027年3月議決）",
        "令和9年度の固定資産税は、令和9年1月1日に持っている方にかかります。",
        "令和9年度の入学説明会を、令和9年2月に開きました。",
        "令和8年度末の令和9年3月31日、令和7年4月～令和8年3月",
        "令和9年度の保育園の入園申込みを令和9年1月に受け付けました。",
        "令和9年度の市民税・所得税の申告（令和9年3月15日締め切り）",
    ),
    find=_find,
    across=_across,
)
