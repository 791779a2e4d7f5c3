"""Changes that a text tells with the figures before and after: 18,216人から12人減って18,204人, in any order; as a number,
a rate (8％増), a ratio (前年比95％) or so many times (3倍)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_days import years_in
from koho_pdf.gate.said_figures import Figure

_WAY = late(
    r"(?:の|も|ほど|分、?)?(?P<way>増|減|多|少な|上回|下回|超え|伸び|上が|上昇|下が|低下|低[くい]|高[くい]|プラス|マイナス)"
)
_DOWN = ("減", "少", "下", "低", "マ")
_LAST = late(
    "(?:前の?年度?|前年度?の?同期|前年度?|昨年度?|去年|前の?回|前の?月|先月|前の?期|前の?週|先週|(?:前年|昨年|前の年)の?(?:同月|同じ月|同期|同じ時期)|[0-9]{1,2}年前|前の調査|前の大会)"
    "(?:の同じ月|の同期)?(?:の[^0-9、。]{1,10})?(?:[のはが]|には?)?、?[(（]?$"
)
_FROM = late(
    "から|より|に比べ|と比べ|に対し|だったのが|だったの[にで]|を[上下]回|を超え|を[0-9,.万億]+[^0-9、。]{1,6}(?:上回|下回|超え)"
)
_YEAR_IS = late("(?:(?:明治|大正|昭和|平成|令和)[0-9元]{1,3}|[0-9]{4})年度?(?:の[^0-9、。]{1,10})?(?:は|が|には)、?$")
_PART = late("うち|内訳|男|女|定員|募集|目標|予定|市外|市内|会員")
_TOLD = late("でした|です|で、|となり|となりました|に(?:上|達|なり)")
_WHEN = late("(?:年度?|月|回目?|日目|期|学期|昨年|前年|去年|今年)(?:の[^0-9、。]{1,6})?[はがの]、?$")
_BEFORE = "(?:前の?年度?|昨年度?|去年|前の?回|前の?月|先月|前の?期|前の?週|先週|(?:前年|昨年)の?(?:同月|同期))"
_JOINS = late(
    r"(?:で|と|に|へと?|となり|になり|でした|です|となりました|になりました)?[、。]?\s*"
    rf"(?:この間に|差し引き|その差は|{_BEFORE}(?:から|より|に比べて?|と比べて?|の|比で?は?)?|この[0-9]年(?:間)?で|比べると)?、?(?:約|およそ)?"
)
_SINCE = late(rf"{_BEFORE}(?:から|より|に比べて?|と比べて?|の|比で?は?)、?$")
"""How a change is told as one since the figure of the year before."""
_FOLD = late(r"(?<![0-9.])(?P<n>[0-9]{1,2}(?:\.[0-9]+)?)倍(?!以|近|を超|弱|強|速|率|した|す)")
_RATIO = late(
    r"(?:対?前の?(?:年度?|回|月|期)|昨年度?|前年(?:度)?の?同[月期])比(?:は|が|で|の|:)?\s?(?P<n>[0-9]{1,3}(?:\.[0-9]+)?)%(?!の?(?:増|減|伸|上昇|プラス|マイナス|アップ)|ポ)"
)
_AFTER = late("[でとは、にかよ。増減だもが]")
_RATES = frozenset("％%")


def changes_of(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each change that is not the difference of the figures before and after it."""
    told: list[tuple[int, int]] = []
    for change, way, ends in _changes(prose, figures):
        trio = _levels(prose, figures, change)
        if trio is None or _is_of_another(prose, change, trio):
            continue
        before, after = trio
        if change.unit in ("倍", "比", *_RATES):
            after = _reached(prose, before, after)
        begin, end = min(before.begin, after.begin, change.begin), max(before.end, after.end, ends)
        if any(one < end and begin < other for one, other in told):
            continue
        told.append((begin, end))
        words = prose.text[begin:end].replace("\n", "")
        if right := _amiss(change, before, after):
            hint = "どの数が違うか、元の資料で確かめてください。"
            yield Alarm(begin, end, f"「{words}」の差が合いません。{right}です。", hint=hint)
        elif way and way.startswith(_DOWN) != (after.value < before.value):
            yield Alarm(begin, end, f"「{words}」の増減が逆です。", hint="増減か数のどちらかを直してください。")


def _reached(prose: Prose, before: Figure, after: Figure) -> Figure:
    """Where a figure came to that is told by how much it changed: 208人から104人増え is 312人."""
    between = prose.text[before.end : after.begin]
    way = re.match("(?:も|ほど|の)?(?P<way>増|減)", prose.text[after.end :])
    if not way or not re.fullmatch("(?:から|より|に比べて?)、?", between):
        return after
    return replace(after, value=before.value + (after.value if way["way"] == "増" else -after.value))


def _is_of_another(prose: Prose, change: Figure, levels: Sequence[Figure]) -> bool:
    """収入は46億円です。歳出は予算の42億円を3億円上回りました: the sentence before is of something else."""
    if prose.text[change.begin - 1 : change.begin] != "を":
        return False
    own = prose.sentence_at(change.begin)
    subject = re.match(r"\s*([一-龥ァ-ヶー]{2,10})は", own)
    before = [prose.sentence_at(each.begin) for each in levels]
    return bool(subject) and any(each != own and subject[1] not in each for each in before if subject)


def _changes(prose: Prose, figures: Sequence[Figure]) -> Iterator[tuple[Figure, str, int]]:
    """Each change with its way (empty for a ratio) and the end of its words."""
    for figure in figures:
        way = _WAY.match(prose.text, figure.end)
        if way and not figure.rough:
            yield figure, way["way"], way.end()
    for pattern, unit in ((_FOLD, "倍"), (_RATIO, "比")):
        for found in pattern.finditer(prose.half):
            rough = bool(re.search("(?:約|およそ|ほぼ)$", prose.text[: found.start()]))
            yield Figure(found.start(), found.end(), Decimal(found["n"]), unit, rough), "", found.end()


def _amiss(change: Figure, before: Figure, after: Figure) -> str:
    """What the change should be; empty if it is right."""
    if change.unit in ("倍", "比"):
        return _of_ratio(change, before, after)
    right = abs(after.value - before.value)
    if change.unit in _RATES and before.unit not in _RATES:
        right = right * 100 / before.value if before.value else right
        digits = max(0, -int(change.value.as_tuple().exponent))
        return "" if abs(right - change.value) < Decimal(1).scaleb(-digits) else f"{right:.{max(digits, 1)}f}％"
    return "" if right == change.value else f"{right:,}{change.unit}"


def _of_ratio(change: Figure, before: Figure, after: Figure) -> str:
    scale = 1 if change.unit == "倍" else 100
    right = after.value * scale / before.value if before.value else change.value
    digits = max(0, -int(change.value.as_tuple().exponent))
    step = Decimal(1).scaleb(-digits)
    allowed = change.value * Decimal("0.15") if scale == 1 and not digits else step
    allowed = allowed * 2 if change.rough else allowed
    name = "倍" if scale == 1 else "％"
    return "" if abs(right - change.value) < allowed else f"{right:.{max(digits, 1)}f}{name}"


def _levels(prose: Prose, figures: Sequence[Figure], change: Figure) -> tuple[Figure, Figure] | None:
    """The figures before and after a change: in its sentence, or one of them in the sentence beside it."""
    number = next((at for at, (begin, end) in enumerate(prose.sentences) if begin <= change.begin < end), -1)
    if number < 0:
        return None
    here = _near(prose, figures, change, number)
    if not here and number:
        here = _near(prose, figures, change, number - 1)
        return _timed(prose, here, change)
    last = [each for each in here if _is_last(prose, each)]
    now = [each for each in here if each not in last and not _is_part(prose, each)]
    if len(last) == 1 and len(now) == 1:
        return last[0], now[0]
    if len(last) == 1 and not now and len(here) == 1 and number:
        beside = _near(prose, figures, change, number - 1, last[0].unit)
        if len(beside) == 1 and not _is_part(prose, beside[0]) and _TOLD.match(prose.text, beside[0].end):
            return last[0], beside[0]
    if not last and len(now) == 1 and len(here) == 1 and number + 1 < len(prose.sentences):
        beside = _near(prose, figures, change, number + 1, now[0].unit)
        window = max(0, beside[0].begin - 20) if beside else 0
        if len(beside) == 1 and (
            _LAST.search(prose.half, window, beside[0].begin) or _YEAR_IS.search(prose.half, window, beside[0].begin)
        ):
            return beside[0], now[0]
    if not last and len(now) == 1 and len(here) == 1 and number and now[0].end <= change.begin:
        beside = _near(prose, figures, change, number - 1, now[0].unit)
        this = re.search("(?:今年度?|本年度?|今回|今月|今期)[はがの]、?$", prose.half[: now[0].begin])
        since = change.unit == "比" or this or _SINCE.search(prose.half, max(0, change.begin - 16), change.begin)
        if len(beside) == 1 and since and _follow(prose, beside[0], now[0]):
            return beside[0], now[0]
    return None if last else _timed(prose, now, change)


def _timed(prose: Prose, now: Sequence[Figure], change: Figure) -> tuple[Figure, Figure] | None:
    """Two figures, each with its time, and right after them the change."""
    if len(now) != 2 or now[1].end > change.begin:
        return None
    timed = all(_WHEN.search(prose.half, max(0, each.begin - 14), each.begin) for each in now)
    return (now[0], now[1]) if timed and _JOINS.fullmatch(prose.half, now[1].end, change.begin) else None


def _follow(prose: Prose, before: Figure, after: Figure) -> bool:
    """Whether a figure is told of the year (or of the time) before the other's."""
    years = list(years_in(prose))
    one = [each.year for each in years if each.end <= before.begin]
    other = [each.year for each in years if before.end <= each.begin and each.end <= after.begin]
    if one and other:
        return other[-1] == one[-1] + 1
    return bool(_LAST.search(prose.half, max(0, before.begin - 20), before.begin))


def _near(
    prose: Prose, figures: Sequence[Figure], change: Figure, number: int, unit: str | None = None
) -> list[Figure]:
    """The figures of a sentence that a change may be between."""
    begin, end = prose.sentences[number]
    rest = [
        each
        for each in figures
        if begin <= each.begin < end and (each.end <= change.begin or change.end <= each.begin) and not each.rough
    ]
    if unit is None:
        unit = change.unit
        if unit == "ポイント":
            unit = "%" if "%" in {each.unit for each in rest} else "％"
        elif unit in _RATES or unit in ("倍", "比"):
            known = [each.unit for each in rest if _is_last(prose, each)]
            every = {each.unit for each in rest if each.unit not in ("日", "回", "", *_RATES)}
            unit = known[0] if len(known) == 1 else every.pop() if len(every) == 1 else "-"
    found = [each for each in rest if each.unit == unit]
    return found if unit else [each for each in found if _AFTER.match(prose.text, each.end)]


def _is_last(prose: Prose, figure: Figure) -> bool:
    if _LAST.search(prose.half, max(0, figure.begin - 20), figure.begin):
        return not _WAY.match(prose.text, figure.end)
    return bool(_FROM.match(prose.text, figure.end))


def _is_part(prose: Prose, figure: Figure) -> bool:
    return bool(_PART.search(prose.text, max(0, figure.begin - 10), figure.begin))
