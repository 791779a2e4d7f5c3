"""L13: sums and rates that do not agree with their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rates import rates_of
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_figures import Figure, figures_in
from koho_pdf.gate.table_sums import sums_of

_TOTAL = re.compile(
    r"(?:合計|総計|総数|総額|総人口|合わせて|あわせて|全体で|全部で|計)(?:で|は|が|、|:|：|\s)*(?=[0-9])"
)
_ROUND = re.compile("四捨五入|端数|概数|丸め|切り?捨て|切り?上げ")
_NOT_PARTS = re.compile("うち|のうち|前年|昨年|前回|比べ|から.{0,12}(?:増|減)|1人当たり|あたり|につき")
_PARTS = re.compile(r"男[性子]?[^、。]{0,4}[0-9].*女[性子]?[^、。]{0,4}[0-9]|内訳")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    figures = figures_in(prose)
    if len(figures) < 2:
        return
    rounded = bool(_ROUND.search(prose.text))
    for begin, end in prose.sentences:
        here = [each for each in figures if begin <= each.begin < end]
        if len(here) > 1:
            yield from _totals(prose, here, begin, end, rounded=rounded)
    yield from _in_brackets(prose, figures, rounded=rounded)
    if "+" in prose.text or "＋" in prose.text:
        yield from _plus(prose, figures)
    yield from _itemised(prose, figures, rounded=rounded)
    yield from rates_of(prose, figures)


def _across(_: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    for grid in reading.grids:
        yield from sums_of(grid)


def _totals(prose: Prose, figures: list[Figure], begin: int, end: int, *, rounded: bool) -> Iterator[Alarm]:
    """大人30人、子ども25人、合計55人."""
    for found in _TOTAL.finditer(prose.half, begin, end):
        total = next((each for each in figures if each.begin == found.end()), None)
        before = [each for each in figures if total and each.end <= found.start() and each.unit == total.unit]
        if total is None or len(before) < 2 or not total.unit or total.rough or any(each.rough for each in before):
            continue
        between = prose.half[before[0].begin : found.start()]
        if _NOT_PARTS.search(between) or total.unit in ("%", "％", "日", "回"):
            continue
        sums = [sum(each.value for each in before[at:]) for at in range(len(before) - 1)]
        if total.value in sums or total.value == sum(each.value for each in before):
            continue
        if rounded and min(abs(total.value - each) for each in sums) <= len(before):
            continue
        yield _alarm(prose, total, sums[0], before)


def _in_brackets(prose: Prose, figures: list[Figure], *, rounded: bool) -> Iterator[Alarm]:
    """人口18,204人（男8,690人、女9,514人）; 男8,690人、女9,514人、人口…."""
    for found in re.finditer(r"\(([^()]*)\)", prose.half):
        inner = [each for each in figures if found.start() < each.begin < found.end()]
        outer = next(
            (each for each in reversed(figures) if each.end == found.start() or each.end == found.start() - 1), None
        )
        if outer is None or len(inner) < 2 or not _PARTS.search(found[1]) or _NOT_PARTS.search(found[1]):
            continue
        same = [each for each in inner if each.unit in (outer.unit, "")]
        total = sum(each.value for each in same)
        if (
            len(same) < 2
            or len({each.unit for each in same}) > 1
            or outer.rough
            or any(each.rough for each in same)
            or total == outer.value
        ):
            continue
        if rounded and abs(total - outer.value) <= len(same):
            continue
        yield _alarm(prose, outer, total, same)


def _plus(prose: Prose, figures: list[Figure]) -> Iterator[Alarm]:
    """男8,690+女9,514=18,240."""
    for found in re.finditer(r"[^。\n=＝]*[+＋][^。\n=＝]*[=＝]", prose.half):
        parts = [each for each in figures if found.start() <= each.begin < found.end()]
        total = next((each for each in figures if each.begin >= found.end()), None)
        pluses = len(re.findall("[+＋]", found[0]))
        if total is None or total.begin - found.end() > 4 or len(parts) < 2 or len(parts) != pluses + 1:
            continue
        if sum(each.value for each in parts) != total.value:
            yield _alarm(prose, total, sum((each.value for each in parts), Decimal(0)), parts)


def _itemised(prose: Prose, figures: list[Figure], *, rounded: bool) -> Iterator[Alarm]:
    """火災は24件ありました。内訳は建物15件、林野3件、その他6件です."""
    for found in re.finditer("内訳(?:は|:|：|として)", prose.half):
        stop = prose.half.find("。", found.end())
        parts = [each for each in figures if found.end() <= each.begin < (stop if stop >= 0 else len(prose.half))]
        before = [each for each in figures if each.end <= found.start() and parts and each.unit == parts[0].unit]
        same = [each for each in parts if each.unit == parts[0].unit]
        if len(same) < 2 or not before or _NOT_PARTS.search(prose.half[found.end() : same[-1].end]):
            continue
        total = before[-1]
        right = sum((each.value for each in same), Decimal(0))
        if total.rough or any(each.rough for each in same) or right == total.value:
            continue
        if rounded and abs(right - total.value) <= len(same):
            continue
        alarm = _alarm(prose, total, right, same)
        yield Alarm(total.begin, same[-1].end, alarm.told, hint=alarm.hint)


def _alarm(prose: Prose, total: Figure, right: Decimal | int, parts: list[Figure]) -> Alarm:
    said = "＋".join(prose.text[each.begin : each.end] for each in parts[-4:])
    words = prose.text[total.begin : total.end]
    told = f"合計「{words}」が、内訳（{said}）を足した{right:,}と合いません。"
    return Alarm(
        total.begin,
        total.end,
        told,
        f"{right:,}{total.unit}",
        hint="合計と内訳のどちらが違うか、元の資料で確かめてください。",
    )


RULE = Rule(
    "L13",
    "l13-sums",
    Severity.ERROR,
    "合計・割合が合わない",
    "数字の足し算は、読者が必ず確かめます。",
    wrong=(
        ("男8,690+女9,514=18,240", ""),
        ("人口は18,240人（男8,690人、女9,514人）です。", "人口は18,204人（男8,690人、女9,514人）です。"),
        ("大人30人、子ども25人、合計50人が参加しました。", "大人30人、子ども25人、合計55人が参加しました。"),
        ("回答した120人のうち30人（20％）が賛成でした。", "回答した120人のうち30人（25％）が賛成でした。"),
        ("1,200人から1,500人に20％増えました。", "1,200人から1,500人に25％増えました。"),
        ("前年の150件から12件増の160件でした。", ""),
        ("火災は24件ありました。内訳は建物15件、林野3件、その他5件です。", ""),
        ("500人が答えました。「満足」は310人で、全体の68％でした。", ""),
        ("古着は1,800キログラムで、前の回の1,500キログラムに比べて25％増えました。", ""),
        ("大人1人500円、子供1人200円です。大人2人と子供3人では、合わせて1,500円です。", ""),
    ),
    silent=(
        "人口は18,204人（男8,690人、女9,514人）です。",
        "男33.3％、女66.6％、合計100％（四捨五入のため合計が合わない）",
        "16歳以上20人、定員は合計で延べ300人",
        "火災は24件ありました。内訳は建物15件、林野3件、その他6件です。",
        "500人が答えました。「満足」は340人で、全体の68％でした。",
        "回答した120人のうち30人（25％）が賛成でした。",
        "3月1日、5日、計2日間",
        "約30人と約20人、合計で約60人",
        "1,200人から1,500人に25％増えました。",
        "大人1人500円、子供1人200円です。大人2人と子供3人では、合わせて1,600円です。",
    ),
    find=_find,
    across=_across,
)
