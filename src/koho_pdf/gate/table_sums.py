"""The sums of tables: a row or a column of totals is the sum of the others, and shares make 100."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.percentages import REST, SEVERAL_ANSWERS
from koho_pdf.gate.prose import Cell, Grid, Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.table_shape import MEANT, NO_SUM, TOTAL, Kind, Table, table_of

_ROUND = late("四捨五入|端数|概数|丸め|切り?捨て|切り?上げ")
SHARES = late("割合|構成比|比率|シェア|[（(][％%][)）]|パーセント")
_CHANGES = late("増減(?!率)|(?:前月|前年|前年度|先月|前回)(?:比|差|との差)|^差$")
_BEFORE = late("前年|前回|前月|対前|増|減|伸|投票|受診|率(?!$)")
_FAR = Decimal("0.35")
"""How far a lone total may be from its parts: what is farther away is something else."""

Told = Iterator[tuple[Cell, str]]


def sums_of(grid: Grid) -> Iterator[tuple[Prose, Alarm]]:
    """An alarm for each total that is not the sum of its column, or of its row."""
    table = table_of(grid)
    for cell, told, hint in sums_in(table):
        yield cell.prose, Alarm(0, len(cell.words), told, hint=hint)


def sums_in(table: Table) -> Iterator[tuple[Cell, str, str]]:
    """Each wrong total of a table, what is told of it, and the hint."""
    rounded = bool(_ROUND.search(table.beside))
    hint = "合計と内訳のどちらが違うか、元の資料で確かめてください。"
    for cell, right in itertools.chain(_down(table, rounded=rounded), _across(table, rounded=rounded)):
        yield cell, f"表の合計「{cell.words}」が、足した{right}と合いません。", hint
    several = bool(SEVERAL_ANSWERS.search(table.beside))
    for column in range(1, len(table.head)):
        if is_shares(table, column):
            for cell, total in _to_hundred(table, column, several=several):
                told = f"割合を足すと{total}％で、100％になりません。四捨五入だけでは、こうなりません。"
                yield cell, told, "どの割合が違うか、元の資料で確かめてください。"


def is_shares(table: Table, column: int) -> bool:
    """Whether a column has the shares of its rows in the whole."""
    if SHARES.search(table.name(column)) and not _BEFORE.search(table.name(column)):
        return True
    if SHARES.search(table.beside) and len(table.head) == 2 and not table.name(1):
        return True
    return table.is_rates(column) and not _BEFORE.search(table.name(column))


def _down(table: Table, *, rounded: bool) -> Told:
    """Each total below (or above) its parts: where several columns have it, most agree how it is made."""
    columns = [
        column
        for column in range(1, len(table.head))
        if not is_shares(table, column)
        and not table.is_rates(column)
        and (not NO_SUM.search(table.name(column)) or _CHANGES.search(table.name(column)) or _is_part(table, column))
    ]
    totals = [row for row, kind in enumerate(table.kinds) if kind is Kind.TOTAL]
    yield from _of_parts(table, columns)
    for row in totals:
        ways = [way for way in _ways(table, row, totals) if len(way) > 1]
        best: list[int] = []
        agreed = -1
        for way in ways:
            right = [column for column in columns if _sum(table, row, way, column, rounded=rounded) is None]
            if len(right) > agreed:
                best, agreed = way, len(right)
        asked = [c for c in columns if _can(table, [row, *best], c) and not _CHANGES.search(table.name(c))]
        wrong = [c for c in asked if _sum(table, row, best, c, rounded=rounded) is not None]
        sure = len(asked) > len(wrong) >= 1 and len(wrong) <= max(1, (len(asked) - len(wrong)))
        if not sure and not (len(asked) == 1 and len(totals) == 1 and _is_lone(table, row, best, asked[0])):
            continue
        for column in wrong if best else ():
            value = _sum(table, row, best, column, rounded=rounded)
            yield table.body[row][column], f"{value:,}"


def _of_parts(table: Table, columns: Sequence[int]) -> Told:
    """保育 and, below it, うち保育所 and うち認定こども園: they are all of it where one column says so."""
    for row, kind in enumerate(table.kinds):
        parts = list(itertools.takewhile(lambda at: table.kinds[at] is Kind.PART, range(row + 1, len(table.kinds))))
        if kind is Kind.PART or len(parts) < 2:
            continue
        asked = [column for column in columns if _can(table, [row, *parts], column)]
        wrong = [column for column in asked if _sum(table, row, parts, column, rounded=True) is not None]
        if len(asked) > len(wrong) and len(wrong) == 1:
            yield table.body[parts[-1]][wrong[0]], f"{_sum(table, row, parts, wrong[0], rounded=True):,}"


def _is_part(table: Table, column: int) -> bool:
    """Whether a column has a part of the one beside it (うち市の負担), which sums up as that does."""
    return bool(re.match("[（(]?(?:うち|再掲|内数)", table.name(column)))


def _ways(table: Table, row: int, totals: Sequence[int]) -> Iterator[list[int]]:
    """The rows of which a total may be the sum."""
    plain = [at for at, kind in enumerate(table.kinds) if kind is Kind.PLAIN]
    before = max((at for at in totals if at < row), default=-1)
    after = min((at for at in totals if at > row), default=len(table.body))
    yield [at for at in plain if before < at < row]
    yield [at for at in plain if at < row]
    yield [at for at in totals if at < row]
    yield [at for at in totals if at < row] + [at for at in plain if before < at < row]
    yield [at for at in plain if row < at < after]
    yield [at for at in plain if row < at]


def _can(table: Table, rows: Sequence[int], column: int) -> bool:
    return (
        len(rows) > 2 and all(table.numbers[row][column] is not None for row in rows) and table.is_told(rows[0], column)
    )


def _sum(table: Table, row: int, way: Sequence[int], column: int, *, rounded: bool) -> Decimal | None:
    """The sum of some rows where the total is not it; None where it is, or cannot be said."""
    if not _can(table, [row, *way], column):
        return None
    values = [table.numbers[at][column] for at in way]
    return _off(table.numbers[row][column], values, rounded=rounded)


def _off(said: Decimal | None, values: Sequence[Decimal | None], *, rounded: bool) -> Decimal | None:
    right = sum((value for value in values if value is not None), Decimal(0))
    assert said is not None
    unit = Decimal(1).scaleb(min(int(said.as_tuple().exponent), 0))
    if said == right or (rounded and abs(said - right) <= len(values) * unit / 2):
        return None
    return right


def _is_lone(table: Table, row: int, way: Sequence[int], column: int) -> bool:
    """Whether a total that no other column vouches for is surely one."""
    label, name = table.label(row), table.name(column)
    if MEANT.fullmatch(label) or NO_SUM.search(name) or not way or SHARES.search(table.beside):
        return False
    if table.kinds[way[0]] is Kind.TOTAL or (way[0] > row and min(way) != row + 1):
        return False
    said = table.numbers[row][column]
    values = [table.numbers[at][column] or Decimal(0) for at in way]
    right = sum(values, Decimal(0))
    return said is not None and said > max(values) and min(values) >= 0 and abs(said - right) <= right * _FAR


def _across(table: Table, *, rounded: bool) -> Told:
    """A column of totals: the columns beside it whose sum it is in most rows."""
    heads = [table.name(column) for column in range(len(table.head))]
    totals = [column for column in range(1, len(heads)) if TOTAL.fullmatch(heads[column])]
    if len(totals) != 1:
        return
    total = totals[0]
    can = [column for column in range(1, len(heads)) if column != total and not NO_SUM.search(heads[column])]
    left = [column for column in can if column < total]
    right = [column for column in can if column > total]
    ways = [left[at:] for at in range(len(left) - 1)] or [right[: at + 1] for at in range(len(right) - 1, 0, -1)]
    sexes = [column for column in can if heads[column].rstrip("性子") in ("男", "女")]
    if len(sexes) == 2:
        ways = [sexes]
    best: list[int] = []
    found: list[tuple[int, Decimal | None]] = []
    for way in ways:
        rows = [
            (row, _off(values[total], [values[column] for column in way], rounded=rounded))
            for row, values in enumerate(table.numbers)
            if table.kinds[row] is not Kind.RATE
            and table.is_told(row, total)
            and all(values[column] is not None for column in way)
            and "%" not in table.body[row][total].words
        ]
        if sum(off is None for _, off in rows) > sum(off is None for _, off in found) or not found:
            best, found = way, rows
    wrong = [(row, off) for row, off in found if off is not None]
    agreed = len(found) - len(wrong)
    lone = len(found) == 1 and len(best) > 1 and len(sexes) == 2 and not MEANT.fullmatch(heads[total])
    if len(wrong) > max(1, agreed // 2) or not (agreed > 0 or lone):
        return
    for row, off in wrong:
        said = table.numbers[row][total]
        if lone and said is not None and abs(said - off) > off * _FAR:
            continue
        yield table.body[row][total], f"{off:,}"


def _to_hundred(table: Table, column: int, *, several: bool) -> Iterator[tuple[Cell, Decimal]]:
    """Shares make 100 but for what rounding each of them can do; so they do where その他 is among them."""
    plain = [row for row, kind in enumerate(table.kinds) if kind is Kind.PLAIN]
    totals = [row for row, kind in enumerate(table.kinds) if kind is Kind.TOTAL]
    if len(plain) < 2 or len(totals) > 1 or not all(table.is_told(row, column) for row in plain):
        return
    parts = [table.numbers[row][column] or Decimal(0) for row in plain]
    total = sum(parts, Decimal(0))
    if totals:
        cell = table.body[totals[0]][column]
        if table.numbers[totals[0]][column] != 100:
            return
    else:
        cell = table.body[plain[-1]][column]
        if len(plain) < 3 or several or not REST.search(table.label(plain[-1])) or not 60 <= total <= 140:
            return
    step = Decimal(1).scaleb(min(int(each.as_tuple().exponent) for each in parts))
    if abs(total - 100) > step * len(parts) / 2 and 50 <= total <= 150:
        yield cell, total
