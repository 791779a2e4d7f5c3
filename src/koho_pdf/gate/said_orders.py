"""Orders of days and hours that a text tells without both of them: 使う日の3日後まで, 午後1時～午前11時30分."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_times import SaidTime, times_in

_RANGE = late(r"\s?(?:[～〜~–—-]|から)\s?")
_DAYTIME = late("開[館庁場園店]|投票|営業|受付|受け付け|窓口|利用時間|診察|講座|教室|授業|見学")
_NIGHT = late("夜|泊|翌|宿直|当直|警備|深夜|当番|救急")
_EVENING, _MORNING = 17 * 60, 9 * 60
_STAGES = (
    "(?:開場|受付開始|受け?付け?|集合)",
    "(?:開演|開会|開始|始まり|始め|スタート|上映|出発|開館|開店|開園|試合開始)",
    "(?:終演|閉会|終了|終わり|到着|閉館|閉店|閉園|解散|閉場)",
)
"""What follows one another on a day."""
_BEFORE = [late(rf"{each}(?:時間|時刻)?(?:は|が|：|:|　| )*$") for each in _STAGES]
_AFTER = [late(rf"(?:に|から)?{each}") for each in _STAGES]

_YEARS = late(
    r"(?P<era>明治|大正|昭和|平成|令和)?(?P<one>[0-9]{1,4})年(?P<a>度)?(?:(?P<month>[0-9]{1,2})月)?(?:[～〜~–—-]|から)(?P<era2>明治|大正|昭和|平成|令和)?(?P<other>[0-9]{1,4})年(?P<b>度)?(?:(?P<month2>[0-9]{1,2})月)?(?![0-9間前後])"
)
_SAID = late(
    r"(?:(?:受付|開館|開庁|開所|営業|窓口|診療|利用)(?:時間)?[はが：: 　]+(?P<times>午後[0-9]{1,2}時(?:[0-9]{1,2}分)?(?:～|〜|から)午前[0-9]{1,2}時(?:[0-9]{1,2}分)?))"
    r"|(?:申し?込み?|予約|応募|締め?切り?)[^。\n]{0,10}(?P<after>(?:使う|利用する?|開催|参加する|行う|当)日の[0-9]{1,2}(?:日|週間|か月)後まで)"
    r"|(?<![0-9])(?P<from>[0-9]{1,2})月[0-9]{1,2}日(?:\([^)]*\))?(?:に始め|に始まり|から始め|から始まり|に開き)て?、(?P<till>(?P<to>[0-9]{1,2})月(?:末|[0-9]{1,2}日)(?:\([^)]*\))?まで)"
)


def said_orders(prose: Prose) -> Iterator[Alarm]:
    """午後4時～1時30分; 開場 午後2時30分、開演 午後2時; 受付時間　午後1時～午前11時30分; 申し込みは、使う日の3日後まで; 12月12日に始め、11月末まで続けます."""
    yield from _ranges(prose)
    yield from _stages(prose)
    yield from _years(prose)
    for found in _SAID.finditer(prose.half):
        name = next(each for each in ("times", "after", "till") if found[each])
        if name == "till" and not 0 < int(found["from"]) - int(found["to"]) <= _NEAR_MONTHS:
            continue
        told = f"「{prose.text[found.start(name) : found.end(name)]}」は、始まりや使う日との前後が合いません。"
        yield Alarm(found.start(name), found.end(name), told, hint="日や時刻を確かめてください。")


_NEAR_MONTHS = 2


def _ranges(prose: Prose) -> Iterator[Alarm]:
    for begin, end in itertools.pairwise(times_in(prose)):
        if not _RANGE.fullmatch(prose.text[begin.end : end.begin]) or begin.hour > 24 or end.hour > 24:
            continue
        carried = begin.half if not end.half and not end.noon and end.hour < 12 else ""
        till = end.minutes + (12 * 60 if carried == "午後" else 0)
        if till >= begin.minutes or (not end.half and not end.noon and begin.half and not carried):
            continue
        if end.half == "午前" and begin.half == "午後":  # over night, unless people are received
            sentence = prose.sentence_at(begin.begin)
            if end.hour == 12:
                continue  # midnight, of which L07 tells
            late = begin.minutes >= _EVENING and end.minutes <= _MORNING
            if _NIGHT.search(sentence) or (late and not _DAYTIME.search(sentence)):
                continue
        words = prose.text[begin.begin : end.end]
        told = f"「{words}」は、終わりの時刻が始まりの時刻より前です。"
        yield Alarm(begin.begin, end.end, told, hint="次の日なら「翌」を付けてください。")


def _stages(prose: Prose) -> Iterator[Alarm]:
    """開演 午後2時、開場 午後2時30分."""
    times = times_in(prose)
    if any(each.half or each.noon for each in times):
        times = [each for each in times if each.half or each.colon or each.noon]
    for first, second in itertools.pairwise(times):
        between = prose.text[first.end : second.begin]
        one, other = _stage(prose, first), _stage(prose, second)
        if one is None or other is None or one == other or re.search("日|。.*。|～|〜|翌", between):
            continue
        sooner, later = (first, second) if one < other else (second, first)
        if sooner.minutes > later.minutes and not (_RANGE.fullmatch(between)):
            told = f"「{prose.text[first.begin : second.end]}」は、開場や始まりが、その後のことより後です。"
            yield Alarm(first.begin, second.end, told, hint="どちらかの時刻を直してください。")


def _stage(prose: Prose, time: SaidTime) -> int | None:
    for at, each in enumerate(_BEFORE):
        if each.search(prose.half, max(0, time.begin - 12), time.begin):
            return at
    return next((at for at, each in enumerate(_AFTER) if each.match(prose.half, time.end)), None)


def _years(prose: Prose) -> Iterator[Alarm]:
    """令和9年度～令和8年度."""
    for found in _YEARS.finditer(prose.half):
        era, other = found["era"], found["era2"]
        if (era and other and era != other) or (other and not era) or (era and int(found["one"]) > 200):
            continue
        lasts = era and not (other or found["b"] or found["month2"]) and "から" in found[0]
        if lasts and not prose.half.startswith("まで", found.end()):
            continue  # 昭和62年から40年にわたり
        one, till = int(found["one"]), int(found["other"])
        if (not era and min(one, till) < 1800) or (era and not other and till > 1800):
            continue
        month, last = int(found["month"] or 0), int(found["month2"] or 0)
        if till < one or (till == one and month and last and last < month):
            words = prose.text[found.start() : found.end()]
            told = f"「{words}」は、終わりが始まりより前です。"
            yield Alarm(found.start(), found.end(), told, hint="どちらかの年を直してください。")
