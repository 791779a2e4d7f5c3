"""Totals told after a list of what they are made of: in its own sentence (女性24人、男性13人の37人), in the next one
(…が7店並びます。全34店です), below lines, and below a table (三つを合わせると10.5kmです)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Grid, Prose, Role
from koho_pdf.gate.reckoning import HINT, N
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, figures_in, in_words, plain_number, without_days
from koho_pdf.gate.table_shape import Kind, table_of

_ALL = late(
    rf"(?:(?P<of>[2-9二三四五六七])(?:つ|者|地区|校|会場|か所|社|団体|日間?|回|館|組|町)?(?:を|の|で|が)?、?)?(?:合わせ(?:ると|て|た[^0-9。、]{{0,8}}?)|あわせて|足す?と|全部で|全体で|全員で|全(?=[0-9])|総勢|合計(?:で|は|すると)?|の?計|延べ)(?:は|が|で|、|[ 　:：])*(?P<t>{N})(?P<u>{UNIT})"
)
_PAIR = late(
    rf"(?P<one>[一-龥ァ-ヶー]{{1,8}})(?:は|が)?(?P<a>{N})(?P<u>人|名|台|点|冊|件|組|羽|頭|本|枚|個|戸|世帯|社|店|チーム|団体)(?:と|、|で、|・)(?P<other>[一-龥ァ-ヶーぁ-ん]{{1,8}}?)(?:は|が)?(?P<b>{N})(?P=u)(?:の|で、?|、)(?:合計|計|合わせて)?(?P<t>{N})(?P=u)(?=です|でした|が|で|、|。|の|を)"
)
_LINE = late(
    rf"^[ 　・■●○*-]*(?P<label>[^0-9\n:：。]{{1,14}}?[0-9]?[^0-9\n:：。]{{0,6}}?)[ 　:：]+(?P<n>{N})(?P<u>{UNIT})$"
)
_NOT = late(
    "うち|前年|昨年|前回|から[^0-9]{0,8}[0-9].{0,12}(?:増|減)|1人当たり|当たり|あたり|につき|など|ほか|以上|以下|未満|まで|約|およそ|ずつ|[×倍]|各|累計|これまで|通算|差|平均|目標|定員"
)
_LONGER = late(
    "年度|今年|今季|これまで|累計|年間|通算|期間中|(?:前の?[年回]|昨年|去年|前年度)度?[はのにも]|市内全|市全体|延べ利用"
)
_SAME = {"名": "人", "か所": "か所"}
_NO_SUM = frozenset(("日", "回", "%", "％", "時間", "歳", "度", "倍", "位"))
_FAR = Decimal("0.35")
_CAREFUL = frozenset("円点")


def totals_after(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each such total that is not the sum."""
    text = without_days(prose)
    for found in _PAIR.finditer(text):
        one, other, said = (plain_number(found[name]) for name in ("a", "b", "t"))
        if re.search(
            rf"{N}{found['u']}(?:と|、|で、|・)[^0-9。、]{{0,8}}$", text[max(0, found.start() - 24) : found.start()]
        ):
            continue  # the last two of more
        if one + other != said and said > max(one, other) and not _NOT.search(prose.sentence_at(found.start())):
            yield _alarm(prose, found.start(), found.end(), one + other, found["u"])
    yield from _listed_next(prose, figures)
    for number, (begin, end) in enumerate(prose.sentences):
        found_ = _ALL.search(text, begin, end)
        if not found_ or found_["u"] in _NO_SUM:
            continue
        earlier = [each for each in figures if begin <= each.begin < found_.start() and each.unit == found_["u"]]
        if earlier:
            continue  # its parts stand in its own sentence
        parts = _lines_above(prose, text, begin) or _sentence_before(prose, figures, number, found_["u"])
        yield from _told(prose, text, found_, parts, begin, end)


def _listed_next(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """駐車場は50台分あります。第1が30台、第2が15台、障がい者用が5台です: three or more, and nothing else."""
    of = [[each for each in figures if begin <= each.begin < end] for begin, end in prose.sentences]
    for number, whole in enumerate(of[:-1]):
        begin, end = prose.sentences[number + 1]
        parts, words = of[number + 1], prose.half[begin:end].strip()
        if (
            len(whole) != 1
            or len(parts) < _MANY
            or any(each.unit != whole[0].unit or each.rough for each in (*whole, *parts))
        ):
            continue
        listed = rf"(?:[^0-9。、]{{1,12}}[0-9]?[^0-9。、]{{0,6}}(?:が|は)、?{N}{re.escape(whole[0].unit)}、?){{3,}}(?:です|でした|となっています)。?"
        right = sum((each.value for each in parts), Decimal(0))
        off = abs(right - whole[0].value)
        lead = prose.half[prose.sentences[number][0] : end]
        if (
            whole[0].unit in _NO_SUM
            or not re.fullmatch(listed, words)
            or _NOT.search(lead)
            or re.search("主|特に|多い|順|上位", lead)
        ):
            continue
        if 0 < off * 10 <= whole[0].value:
            yield _alarm(prose, whole[0].begin, whole[0].end, right, whole[0].unit)


_MANY = 3


def _told(
    prose: Prose, text: str, found: re.Match[str], parts: Sequence[Figure], begin: int, end: int
) -> Iterator[Alarm]:
    said = plain_number(found["t"])
    values = [each.value for each in parts if each.unit == found["u"]]
    if len(values) < 3 and re.match("全[部員]で", found[0]) and said > sum(values, Decimal(0)):
        return  # of two, that may be all of something else
    if len(values) < 2 or len(values) < len(parts) or any(each.rough for each in parts):
        return
    if _LONGER.search(text, begin, found.start()) or re.match("以上|ほど|余|近", text[found.end() :]):
        return
    of = found["of"]
    count = ("一二三四五六七".index(of) + 1 if of in "一二三四五六七" else int(of)) if of else 0
    if count and count != len(values):
        return
    sums = {sum(values[at:], Decimal(0)) for at in range(len(values) - 1)}
    sums |= {sum(values[: at + 2], Decimal(0)) for at in range(len(values) - 1)}
    right = sum(values, Decimal(0))
    if said in sums or said <= max(values) or abs(said - right) > right * _FAR:
        return
    yield _alarm(prose, found.start(), found.end(), right, found["u"])


def _alarm(prose: Prose, begin: int, end: int, right: Decimal, unit: str) -> Alarm:
    words = prose.text[begin:end].replace("\n", "")
    return Alarm(begin, end, f"「{words}」が、並べた数を足した{in_words(right)}{unit}と合いません。", hint=HINT)


def _sentence_before(prose: Prose, figures: Sequence[Figure], number: int, unit: str) -> list[Figure]:
    """The figures of the sentence before, if it lists things of one unit, each with its name."""
    if not number:
        return []
    begin, end = prose.sentences[number - 1]
    here = [each for each in figures if begin <= each.begin < end and each.unit not in ("日", "回", "時間")]
    words = prose.half[begin:end]
    if len(here) < 2 or any(each.unit != unit for each in here) or _NOT.search(words):
        return []
    between = [prose.text[a.end : b.begin] for a, b in itertools.pairwise(here)]
    if not all(
        re.match("、|で、|と|，|,|、|・|が、", each) and len(each) < 22 and not re.search("から|より", each)
        for each in between
    ):
        return []
    return here


def _lines_above(prose: Prose, text: str, begin: int) -> list[Figure]:
    """The lines of a label and a figure right above a place."""
    found: list[Figure] = []
    end = begin - 1
    while end > 0 and text[end] == "\n":
        start = text.rfind("\n", 0, end) + 1
        line = _LINE.match(text[start:end].rstrip())
        if not line or _NOT.search(line["label"]) or re.match("[ 　]*(?:合計|計|総)", line["label"]):
            break
        found.insert(
            0, Figure(start + line.start("n"), start + line.end(), plain_number(line["n"]), line["u"], rough=False)
        )
        end = start - 1
    return found if len({each.unit for each in found}) == 1 else []


def totals_below(proses: Sequence[Prose], grids: Sequence[Grid]) -> Iterator[tuple[Prose, Alarm]]:
    """三つを合わせると10.5kmです, below a table of three rows with one column of this unit."""
    for prose in proses:
        if prose.role is not Role.BODY:
            continue
        text = without_days(prose)
        for found in _ALL.finditer(text):
            of = found["of"]
            sentence = prose.sentence_at(found.start())
            if (
                not of
                or _NOT.search(sentence)
                or any(
                    each.begin < found.start("t") and each.unit == found["u"] and each.value
                    for each in figures_in(prose)
                    if prose.sentence_at(each.begin) == sentence and each.end <= found.start()
                )
            ):
                continue
            count = "一二三四五六七".index(of) + 1 if of in "一二三四五六七" else int(of)
            for grid in grids:
                if grid.article != prose.article or not _is_above(grid, prose):
                    continue
                yield from _below(prose, found, grid, count)


def _is_above(grid: Grid, prose: Prose) -> bool:
    last = grid.rows[-1][0].prose.place.line
    return last is not None and prose.place.line is not None and 0 < prose.place.line - last <= 2


def _below(prose: Prose, found: re.Match[str], grid: Grid, count: int) -> Iterator[tuple[Prose, Alarm]]:
    table = table_of(grid)
    if len(table.body) != count or any(kind is not Kind.PLAIN for kind in table.kinds):
        return
    columns = [[figures_in(row[column].prose) for row in table.body] for column in range(1, len(table.head))]
    own = [
        [each[0].value for each in column]
        for column in columns
        if all(len(each) == 1 and each[0].unit == found["u"] for each in column)
    ]
    if len(own) == 1 and sum(own[0], Decimal(0)) != plain_number(found["t"]):
        yield prose, _alarm(prose, found.start(), found.end(), sum(own[0], Decimal(0)), found["u"])
