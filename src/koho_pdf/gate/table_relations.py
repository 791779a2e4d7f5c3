"""The columns (or rows) of a table that follow from others: differences, products, shares, rates, changes since the row
above. What explains most of a column is what it is; only what few rows do not fit is told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Cell, Grid, Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.table_shape import Kind, Table, table_of, turned
from koho_pdf.gate.table_sums import sums_in

_BEFORE = "(?:対?前の?年度?|昨年度?|前の?月|前の?回|前の?期)"
_DIFFERENCE = late(f"{_BEFORE}(?:と|から)?(?:の|比)?(?:差|比較|増減|比)|^(?:増減|差|比較)(?!率)")
_GROWTH = late("増減率|伸び率|増加率|減少率|伸長率|成長率|前年度?比|前回比|前月比")
_NAMED = late(
    "増減|増減額|増減数|比較|差|差引|差額|差し引き|.*との差|.*比較|.*前[年月回]度?(?:同月)?比|差し?引き?(?:額|残額|残高)?|収支(?:差額?)?|残額|残高|剰余金?|繰越金?|黒字|損益|利益|実質収支|形式収支|.*率|.*割合|構成比|.*[(][%][)]|金額|小計|代金|総額|.*の総額|合計"
)
"""Heads of what follows from other columns."""
_YEAR = late("年|月|回")
_PRICE = late("単価|1[個枚人回部冊]|人分|1世帯|年額|月額")
_RATED = late("率|割合|比$|構成比|比率|[（(][％%][)）]|比[(]")
_SURE = ("左の2つの差", "数×単価")
_HINT = "どの数が違うか、元の資料で確かめてください。"


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to get a column: what each row should have, and by what words that is told."""

    words: str
    rows: Sequence[tuple[int, Decimal]]
    named: bool
    """Whether the heads say that it is so."""

    @property
    def is_rate(self) -> bool:
        return self.words.endswith("％")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a cell says: its figure, its last place, and whether it has a sign."""

    number: Decimal | None
    step: Decimal
    signed: bool

    @classmethod
    def of(cls, cell: Cell, number: Decimal | None) -> _Said:
        step = Decimal(1).scaleb(min(0, int(number.as_tuple().exponent))) if number is not None else Decimal(1)
        return cls(number, step, cell.words.strip()[:1] in tuple("-－−△▲+＋"))

    def fits(self, right: Decimal, *, rate: bool) -> bool:
        """Whether it is the right figure, a rate as far as it is rounded; without a sign it may be meant as less."""
        assert self.number is not None
        if not rate:
            return self.number == right or (not self.signed and self.number == abs(right))
        return abs(self.number - right) < self.step or (not self.signed and abs(self.number - abs(right)) < self.step)


@dataclass(frozen=True, slots=True)
class _Odd:
    """A cell that does not follow from its row, and what it should be."""

    row: int
    column: int
    words: str
    named: bool


def relations_of(grid: Grid) -> Iterator[tuple[Prose, Alarm]]:
    """An alarm for each cell that does not follow from those beside or above it, once."""
    table = table_of(grid)
    odd = {id(cell) for cell, *_ in sums_in(table)}
    told: set[int] = set()
    for shape in (table, turned(table)):
        found = [each for each in _of_columns(shape, named=shape is not table) if each.named or shape is table]
        for each in sorted(found, key=lambda each: (not each.named, -each.column)):  # one mistake is told once
            row = shape.body[each.row]
            cell = row[each.column]
            if id(cell) not in told and not any(id(one) in odd or id(one) in told for one in row[1:]):
                told |= {id(one) for one in row[1:]} if not each.named else {id(cell)}
                said = f"表の「{cell.words}」が、{each.words}と合いません。"
                yield cell.prose, Alarm(0, len(cell.words), said, hint=_HINT)


def _of_columns(table: Table, *, named: bool) -> Iterator[_Odd]:
    """What does not follow; ``named`` if only columns count whose heads say that they do."""
    for column in range(1, len(table.head)):
        if named and not any(each.search(table.name(column)) for each in (_NAMED, _DIFFERENCE, _GROWTH, _RATED)):
            continue
        if len(table.body) < 2 and not _NAMED.fullmatch(table.name(column)):
            continue
        best: tuple[int, _Way, list[tuple[int, Decimal]]] | None = None
        said = [_Said.of(row[column], number[column]) for row, number in zip(table.body, table.numbers, strict=True)]
        for way in _ways(table, column):
            rate = way.is_rate
            wrong = [
                (row, right)
                for row, right in way.rows
                if said[row].number != right and not said[row].fits(right, rate=rate)
            ]
            agreed = len(way.rows) - len(wrong)
            rank = (agreed, -len(wrong), way.words in _SURE, way.named)
            if best is None or rank > (best[0], -len(best[2]), best[1].words in _SURE, best[1].named):
                best = (agreed, way, wrong)
        if best is None:
            continue
        agreed, way, wrong = best
        few = len(wrong) <= agreed if way.named and agreed > 1 else len(wrong) == 1
        if wrong and few and agreed >= (1 if way.named else 3):
            for row, right in wrong:
                yield _Odd(row, column, _told(table, row, column, right, way), way.named)
        elif (
            wrong and way.named and not agreed and len(wrong) == 1 and (way.words in _SURE or _is_alone(table, column))
        ):
            yield _Odd(wrong[0][0], column, _told(table, wrong[0][0], column, wrong[0][1], way), named=True)


def _is_alone(table: Table, column: int) -> bool:
    """Whether a change can be of one column only: 年度, 件数, 前年度比."""
    others = [at for at in range(1, len(table.head)) if at != column and not table.is_rates(at)]
    return len(others) == 1 and bool(_GROWTH.search(table.name(column)) or _DIFFERENCE.search(table.name(column)))


def _told(table: Table, row: int, column: int, right: Decimal, way: _Way) -> str:
    said = table.numbers[row][column]
    if way.words.endswith("％"):
        digits = max(1, -int(said.as_tuple().exponent)) if said is not None else 1
        return f"{way.words[:-1]}{right:.{digits}f}％"
    return f"{way.words}{right:,}"


def _ways(table: Table, column: int) -> Iterator[_Way]:
    rows = [row for row in range(len(table.body)) if table.is_told(row, column)]
    name = table.name(column)
    if not rows:
        return
    named = bool(_NAMED.fullmatch(name) or (table.is_rates(column) and _GROWTH.search(name)))
    is_rate = table.is_rates(column) or (
        bool(_RATED.search(name)) and any(_may_be_rate(table, row, column) for row in rows)
    )
    usable = [at for at in range(1, len(table.head)) if at != column]
    if is_rate:
        yield from _rates(table, column, rows, usable, named=named or bool(_RATED.search(name)))
    if not is_rate or _DIFFERENCE.search(name):
        yield from _numbers(table, column, rows, usable, named=named)


def _may_be_rate(table: Table, row: int, column: int) -> bool:
    """Whether a cell has per cent, or a figure without a unit."""
    return not re.search("[^0-9０-９,.，．△▲+＋−－ 　%％-]", table.body[row][column].words)


Of = Callable[[Decimal, Decimal], Decimal]
_EXACT: Sequence[tuple[Of, str]] = (
    (lambda one, other: one - other, "差"),
    (lambda one, other: one + other, "和"),
    (lambda one, other: one * other, "積"),
)


def _numbers(table: Table, column: int, rows: Sequence[int], usable: Sequence[int], *, named: bool) -> Iterator[_Way]:
    numbers, name = table.numbers, table.name(column)
    prices = [bool(_PRICE.search(table.name(at))) for at in range(len(table.head))]
    for one, other in itertools.permutations(usable, 2):
        pairs = [(row, a, b) for row in rows for a, b in [(numbers[row][one], numbers[row][other])] if a and b]
        if not pairs:
            continue
        for of, words in _EXACT:
            if words != "差" and one > other:
                continue
            both = [(row, of(a, b)) for row, a, b in pairs if words != "積" or (a != 1 and b != 1)]
            if not both:
                continue
            sure = named and words == "差" and _are_two(table, one, other, column)
            priced = words == "積" and (prices[one] or prices[other])
            shown = "左の2つの差" if sure else "数×単価" if priced and named else f"ほかの列の{words}"
            told = sure or (named and words == "差") or (priced and named)
            yield _Way(shown, both, told)
    if _DIFFERENCE.search(name) and column > 1 and _are_years(table, rows):
        since = [
            (row, now - before)
            for row in rows
            for now, before in [(numbers[row][column - 1], numbers[row - 1][column - 1])]
            if row and now and before
        ]
        yield _Way("前の行との差", since, named=True)


def _are_two(table: Table, one: int, other: int, column: int) -> bool:
    """本年度, 前年度 and how much more; 歳入, 歳出 and what is left; and no other columns between."""
    if {one, other} != {column - 2, column - 1}:
        return False
    first, second = table.name(one), table.name(other)
    if ("前" in first) != ("前" in second):
        return one == column - 2 if "前" in second else one == column - 1
    times = [re.search("([0-9]+)[年月]", name) for name in (first, second)]
    if times[0] and times[1]:
        later = int(times[1][1]) > int(times[0][1])
        return one == (column - 1 if later else column - 2)
    income = re.compile("歳入|収入|売り?上げ?|入金|収益|益金")
    outgo = re.compile("歳出|支出|費用|経費|出金|原価|損金")
    return one == column - 2 and bool(income.search(first) and outgo.search(second))


def _are_years(table: Table, rows: Sequence[int]) -> bool:
    return all(_YEAR.search(table.label(row) + table.name(0)) for row in rows)


def _rates(table: Table, column: int, rows: Sequence[int], usable: Sequence[int], *, named: bool) -> Iterator[_Way]:
    numbers = table.numbers
    rows = [row for row in rows if _may_be_rate(table, row, column)]
    whole = [row for row, kind in enumerate(table.kinds) if kind is Kind.TOTAL]
    for one, other in itertools.permutations(usable, 2):
        if table.is_rates(one) or table.is_rates(other):
            continue
        pairs = [
            (row, a, b) for row in rows for a, b in [(numbers[row][one], numbers[row][other])] if a and b is not None
        ]
        yield _Way("数から計算した％", [(row, b * 100 / a) for row, a, b in pairs], named)
        yield _Way("増減を計算した％", [(row, (b - a) * 100 / a) for row, a, b in pairs], named)
    for one in usable:
        if table.is_rates(one):
            continue
        if len(whole) == 1 and (total := numbers[whole[0]][one]):
            shares = [(row, a * 100 / total) for row in rows for a in [numbers[row][one]] if a is not None]
            yield _Way("数から計算した％", [each for each in shares if each[0] != whole[0]], named)
        if not (_GROWTH.search(table.name(column)) or _DIFFERENCE.search(table.name(column))):
            continue
        if one == column - 1 and _are_years(table, rows):
            since = [
                (row, now, before)
                for row in rows
                for now, before in [(numbers[row][one], numbers[row - 1][one])]
                if row and now and before
            ]
            yield _Way("上の行から計算した％", [(row, now * 100 / before) for row, now, before in since], named=True)
            yield _Way(
                "上の行から計算した％", [(row, (now - before) * 100 / before) for row, now, before in since], named=True
            )
