"""Differences that a text tells beside both figures: 差は5,940円, 600円で200円安い, 148から136になり、12下がり, あと15.0ポイント."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.reckoning import HINT, N, wrong
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_counts import counts_in
from koho_pdf.gate.said_figures import UNIT, Figure, in_words, plain_number, without_days

_GAP = late(rf"(?:その)?差は、?(?P<by>{N})(?P<u>{UNIT}|ポイント)(?!以|ほど)")
_CHEAPER = late(
    rf"(?P<a>{N})(?P<u>{UNIT})[^0-9。]{{0,14}}?(?P<b>{N})(?P=u)(?:で|と|は|なら|だと|、)*(?:通常|大人|一般|当日)?(?:より|と比べて?|に比べて?)?、?(?P<by>{N})(?P=u)(?:も|ほど)?(?P<way>安|高|お?得|長|短|広|狭|重|軽)"
)
_FROM_TO = late(
    rf"(?P<a>{N})(?P<u>{UNIT})?から(?P<b>{N})(?P<u2>{UNIT})?(?:へと?|に)(?P<rest>[^。]{{0,18}}?(?:。\s*[^0-9。]{{0,10}})?)(?<![0-9,.])(?P<by>{N})(?P<u3>{UNIT}|ポイント)?(?:も|ほど)?(?P<way>の?増|の?減|下が|上が|下げ|上げ|多|少な|伸び)"
)
_PARTED = late(
    rf"(?P<a>{N})(?P<u>{UNIT})から(?P<b>{N})(?P=u)(?:へと?|に|まで)[^0-9。]{{0,6}}(?:(?P<of>[2-9]|10)分の(?P<over>[1-9])|(?P<half>半分|半数)|(?P<times>[0-9]+(?:\.[0-9])?)倍)に(?:な|減|増|縮)"
)
_GOAL = late(rf"(?P<t>{N})%[^0-9。]{{0,6}}(?:まで|に)[はには、]*あと(?P<by>{N})(?P<u>ポイント|%)")
_BESIDE = late(
    rf"(?P<a>{N})(?P<u>円|人|件|世帯|台|トン|冊|枚|点|本|戸)を(?P<by>{N})(?P=u)(?:も)?(?P<way>上回|下回|超え(?=た|ま|て))"
)
"""予算の45億円を1億円上回り, after a sentence that tells the figure itself."""
_AGES = late(
    r"(?P<a>[0-9]+(?:\.[0-9]+)?)(?P<u>歳|度|センチ|分)[^0-9。]{1,20}(?P<b>[0-9]+(?:\.[0-9]+)?)(?P=u)[^0-9。]{0,8}差は、?(?P<by>[0-9]+(?:\.[0-9]+)?)(?P=u)"
)
_SKIP = late("約|およそ|ほぼ|平均|以上|未満")


def gaps_of(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each difference that is another one."""
    text = without_days(prose)
    for found in _GAP.finditer(text):
        yield from _gap(prose, text, figures, found)
    for found in _AGES.finditer(prose.half):  # which are none of the figures
        right = abs(plain_number(found["a"]) - plain_number(found["b"]))
        if right != plain_number(found["by"]):
            yield wrong(prose, found.start(), found.end(), f"{right}{found['u']}")
    for found in _CHEAPER.finditer(text):
        one, other = plain_number(found["a"]), plain_number(found["b"])
        if abs(one - other) != plain_number(found["by"]) and one != other and not _SKIP.search(found[0]):
            yield wrong(prose, found.start(), found.end(), f"{in_words(abs(one - other))}{found['u']}")
    for found in _FROM_TO.finditer(text):
        units = {
            found["u"] or found["u2"] or "",
            found["u2"] or found["u"] or "",
            *([found["u3"]] if found["u3"] else []),
        }
        units = {unit for unit in units if unit} - ({"ポイント", "%"} if found["u3"] == "ポイント" else set())
        one, other = plain_number(found["a"]), plain_number(found["b"])
        if (
            len(units) > 1
            or one == other
            or _SKIP.search(found[0])
            or (
                re.search("[0-9]", found["rest"].replace("年", ""))
                and not re.fullmatch(r"[、\s]*[0-9]{1,2}年(?:間)?で、?", found["rest"])
            )
        ):
            continue
        if not found["u"] and not found["u2"] and (found["u3"] or one > 9999):
            continue
        if abs(one - other) != plain_number(found["by"]):
            yield wrong(prose, found.start(), found.end(), f"{in_words(abs(one - other))}{found['u3'] or ''}")
    for found in _BESIDE.finditer(text):
        yield from _beside(prose, figures, found)
    for found in _PARTED.finditer(text):
        yield from _parted(prose, found)
    for found in _GOAL.finditer(text):
        begin = max(0, text.rfind("。", 0, max(0, text.rfind("。", 0, found.start()))) + 1)
        now = [each.value for each in figures if begin <= each.begin < found.start() and each.unit in ("%", "％")]
        goal, by = plain_number(found["t"]), plain_number(found["by"])
        if len(now) == 1 and now[0] < goal and goal - now[0] != by and now[0] != by:
            yield wrong(prose, found.start(), found.end(), f"{in_words(goal - now[0])}ポイント")


def _gap(prose: Prose, text: str, figures: Sequence[Figure], found: re.Match[str]) -> Iterator[Alarm]:
    begin = max(text.rfind("。", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
    unit = {"ポイント": "%"}.get(found["u"], found["u"])
    here = [each for each in figures if begin <= each.begin < found.start() and each.unit.replace("％", "%") == unit]
    if not here and begin:
        before = max(text.rfind("。", 0, begin - 1), text.rfind("\n", 0, begin - 1)) + 1
        here = [each for each in figures if before <= each.begin < begin and each.unit.replace("％", "%") == unit]
    if len(here) != 2 or any(each.rough for each in here) or _SKIP.search(text, begin, found.end()):
        return
    right = abs(here[0].value - here[1].value)
    if right != plain_number(found["by"]):
        yield wrong(prose, here[0].begin, found.end(), f"{in_words(right)}{found['u']}")


def _beside(prose: Prose, figures: Sequence[Figure], found: re.Match[str]) -> Iterator[Alarm]:
    """収入は、46億2,000万円の見込みです。収入は予算の45億円を1億2,000万円上回りました: both sentences are of one thing."""
    number = next((at for at, (one, end) in enumerate(prose.sentences) if one <= found.start() < end), 0)
    begin, end = prose.sentences[number]
    first = prose.sentences[number - 1][0] if number else begin
    told = [each for each in figures if first <= each.begin < found.start() and each.unit == found["u"]]
    said, own = prose.text[first:begin], prose.text[begin : found.start()]
    subject = re.match(r"\s*(?P<of>[一-龥ァ-ヶー]{2,8})(?:の[一-龥ぁ-ん]{2,6}?)?は", own)
    if len(told) != 1 or told[0].rough or _SKIP.search(prose.text, first, end):
        return
    if told[0].begin < begin and (not subject or subject["of"] not in said):
        return
    base, by = plain_number(found["a"]), plain_number(found["by"])
    right = (told[0].value - base) * (-1 if found["way"] == "下回" else 1)
    if right != by and 0 < right * 5 < base and right < by * 2 < right * 4:
        yield wrong(prose, found.start(), found.end(), f"{in_words(right)}{found['u']}")


def _parted(prose: Prose, found: re.Match[str]) -> Iterator[Alarm]:
    one, other = plain_number(found["a"]), plain_number(found["b"])
    if (
        not one
        or not other
        or _SKIP.search(found[0])
        or _SKIP.search(prose.text[max(0, found.start() - 3) : found.start()])
    ):
        return
    share = (
        Decimal("0.5") if found["half"]
        else Decimal(found["times"]) if found["times"] else Decimal(found["over"]) / Decimal(found["of"])
    )  # fmt: skip
    if abs(other / one - share) > share * Decimal("0.12"):
        right = f"{other / one:.2f}倍" if other > one else f"{one / other:.1f}分の1"
        yield wrong(prose, found.start(), found.end(), right)


def changes_of_counts(prose: Prose) -> Iterator[Alarm]:
    """人口 38,047人（前月比－23人）　男 18,412人（－10人）　女 19,635人（－13人）."""
    if "男" not in prose.text or "女" not in prose.text:
        return
    counts = [each for each in counts_in(prose) if each.label in ("人口", "男", "女") and each.change is not None]
    if len(counts) == 3 and {each.label for each in counts} == {"人口", "男", "女"}:
        changes = {each.label: each.change or 0 for each in counts}
        both = changes["男"] + changes["女"]
        if changes["人口"] != both:
            told = f"人口の増減（{changes['人口']:+,}）が、男女の増減を足した{both:+,}と合いません。"
            yield Alarm(min(each.begin for each in counts), max(each.end for each in counts), told, hint=HINT)
