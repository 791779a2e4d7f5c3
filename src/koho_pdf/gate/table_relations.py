"""The columns of a table that follow from others: differences, products, shares, rates, changes since the row above."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.prose import HALF, Cell, Grid, Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.table_sums import SHARES, TOTAL, cell_number

_BEFORE = "(?:対?前の?年度?|昨年度?|前の?月|前の?回|前の?期)"
_DIFFERENCE = re.compile(f"{_BEFORE}(?:と|から)?(?:の|比)?(?:差|比較|増減|比)(?!率)")
_RATIO, _GROWTH = re.compile(f"{_BEFORE}比(?!較)"), re.compile("増減率|伸び率|増加率|減少率|伸長率|成長率")
_MORE = re.compile("増減|増減額|増減数|比較|差|差引|差額|差し引き|前年度?との差|前月との差|前年度?比較")
_LEFT = re.compile(
    "差し?引き?(?:額|残額|残高)?|差額|収支(?:差額?)?|残額|残高|剰余金?|繰越金?|黒字|損益|利益|実質収支|形式収支"
)
_IN, _OUT = re.compile("歳入|収入|売り?上げ?|入金|収益|益金"), re.compile("歳出|支出|費用|経費|出金|原価|損金")
_YEAR = re.compile("年|月|回")
_COUNT, _PRICE, _MONEY = (
    re.compile("数量|個数|枚数|人数|回数|部数|冊数"),
    re.compile("単価|1[個枚人回部冊]"),
    re.compile("金額|小計|代金"),
)
_RATED = re.compile("率|割合|比$|構成比|比率|[（(][％%][)）]")
_HINT = "どの数が違うか、元の資料で確かめてください。"
_SURE = 3
"""So many rows agree before the one that does not is told, where no head says what a column is."""

Body = Sequence[Sequence[Cell]]
Numbers = Sequence[Sequence[Decimal | None]]


def relations_of(grid: Grid) -> Iterator[tuple[Prose, Alarm]]:
    """An alarm for each cell that does not follow from those beside or above it, once."""
    head, *body = grid.rows
    numbers = [[cell_number(cell.words) for cell in row] for row in body]
    told: set[int] = set()
    for cell, words in itertools.chain(
        _between_rows(head, body, numbers),
        _between_columns(head, body, numbers),
        _multiplied(head, body, numbers),
        _shares(head, body, numbers),
        _rates(head, body, numbers),
        _odd_ones(head, body, numbers),
    ):
        if id(cell) not in told:
            told.add(id(cell))
            yield cell.prose, Alarm(0, len(cell.words), f"表の「{cell.words}」が、{words}と合いません。", hint=_HINT)


def _is_rate(cell: Cell) -> bool:
    return "％" in cell.words or "%" in cell.words


def _between_rows(head: Sequence[Cell], body: Body, numbers: Numbers) -> Iterator[tuple[Cell, str]]:
    """A column of changes: each is that of the figure beside it since the row above."""
    for column in range(2, len(head)):
        name = head[column].words.strip()
        is_ratio, is_growth = bool(_RATIO.search(name)), bool(_GROWTH.search(name))
        if not (_DIFFERENCE.search(name) or is_growth):
            continue
        for at in range(1, len(body)):
            row, before, now, said = body[at], numbers[at - 1][column - 1], numbers[at][column - 1], numbers[at][column]
            if not before or not now or said is None or not row[column].words.strip("-－―— "):
                continue
            if not _YEAR.search(row[0].words + head[0].words):
                continue
            if _is_rate(row[column]) or re.search("[(（][%％]", name) or is_growth:
                right = now * 100 / before if is_ratio and not is_growth else (now - before) * 100 / before
                others = [right, abs(right)] if is_growth or not is_ratio else [right, right - 100, abs(right - 100)]
                if not any(_near(said, each) for each in others):
                    yield row[column], f"上の行から計算した{_shown(right, said)}％"
            elif said != now - before and not (said == before - now and not _is_signed(row[column])):
                yield row[column], f"前の行との差{now - before:+,}"


def _between_columns(head: Sequence[Cell], body: Body, numbers: Numbers) -> Iterator[tuple[Cell, str]]:
    """本年度, 前年度 and, after them, how much more or less; 歳入, 歳出 and what is left."""
    for column in range(3, len(head)):
        one, other, name = (head[at].words.strip() for at in (column - 2, column - 1, column))
        times = [re.search("([0-9]+)年", cell_words.translate(HALF)) for cell_words in (one, other)]
        later = (int(times[1][1]) > int(times[0][1])) if times[0] and times[1] else "前" in one
        years = bool(_MORE.fullmatch(name)) and (bool(times[0] and times[1]) or ("前" in one) != ("前" in other))
        money = bool((_LEFT.fullmatch(name) or _MORE.fullmatch(name)) and _IN.search(one) and _OUT.search(other))
        for row, values in zip(body, numbers, strict=True) if years or money else ():
            first, second, said = values[column - 2 : column + 1]
            if first is None or second is None or said is None or not row[column].words.strip("-－―— "):
                continue
            right = second - first if years and later else first - second
            if said != right and not (said == -right and not _is_signed(row[column])):
                yield row[column], f"左の2つの差{right:+,}"


def _multiplied(head: Sequence[Cell], body: Body, numbers: Numbers) -> Iterator[tuple[Cell, str]]:
    """数量, 単価 and 金額 of a row."""
    names = [cell.words for cell in head]
    count, price, total = (
        next((at for at, name in enumerate(names) if pattern.search(name)), None)
        for pattern in (_COUNT, _PRICE, _MONEY)
    )
    if count is None or price is None or total is None or len({count, price, total}) < 3:
        return
    for row, values in zip(body, numbers, strict=True):
        many, each, said = values[count], values[price], values[total]
        if many and each and said and many * each != said:
            yield row[total], f"{row[count].words}×{row[price].words}の{many * each:,}"


def _shares(head: Sequence[Cell], body: Body, numbers: Numbers) -> Iterator[tuple[Cell, str]]:
    """Each share is that of its row in the total of the figures beside it."""
    whole = [at for at, row in enumerate(body) if TOTAL.fullmatch(row[0].words.strip())]
    for column in range(2, len(head)) if len(whole) == 1 else ():
        if not (SHARES.search(head[column].words) or all(_is_rate(row[column]) for row in body)):
            continue
        for beside in range(1, column):
            total = numbers[whole[0]][beside]
            if not total or any(_is_rate(row[beside]) for row in body):
                continue
            rows = [
                (row[column], value * 100 / total, said)
                for at, row in enumerate(body)
                if at != whole[0]
                for value, said in [(numbers[at][beside], numbers[at][column])]
                if value is not None and said is not None
            ]
            wrong = [(cell, right, said) for cell, right, said in rows if not _near(said, right)]
            for cell, right, said in wrong if len(wrong) * 2 < len(rows) else ():
                yield cell, f"数から計算した{_shown(right, said)}％"


def _rates(head: Sequence[Cell], body: Body, numbers: Numbers) -> Iterator[tuple[Cell, str]]:
    """対象者, 受診者 and 受診率: most rows agree, so the others should."""
    for column in range(3, len(head)):
        if not (_RATED.search(head[column].words.strip()) or all(_is_rate(row[column]) for row in body)):
            continue
        for one, other in itertools.permutations(range(1, column), 2):
            rows = [
                (row[column], part * 100 / whole, said)
                for row, values in zip(body, numbers, strict=True)
                for whole, part, said in [(values[one], values[other], values[column])]
                if whole and part is not None and said is not None
            ]
            wrong = [(cell, right, said) for cell, right, said in rows if not _near(said, right)]
            for cell, right, said in wrong if len(rows) - len(wrong) > max(1, len(wrong)) else ():
                yield cell, f"数から計算した{_shown(right, said)}％"


_WAYS: Sequence[tuple[Callable[[Decimal, Decimal], Decimal], str]] = (
    (lambda one, other: one - other, "差"),
    (lambda one, other: one + other, "和"),
    (lambda one, other: one * other, "積"),
)


def _odd_ones(head: Sequence[Cell], body: Body, numbers: Numbers) -> Iterator[tuple[Cell, str]]:
    """The one row of many in which a column is not the difference, sum or product of two others."""
    for column in range(3, len(head)):
        for one, other in itertools.permutations(range(1, column), 2):
            for way, name in _WAYS:
                rows = [
                    (row[column], way(values[one], values[other]), said)  # type: ignore[arg-type]
                    for row, values in zip(body, numbers, strict=True)
                    for said in [values[column]]
                    if values[one] and values[other] and said
                ]
                wrong = [(cell, right) for cell, right, said in rows if said != right]
                if len(wrong) == 1 and len(rows) > _SURE:
                    yield wrong[0][0], f"ほかの列の{name}{wrong[0][1]:,}"


def _near(said: Decimal, right: Decimal) -> bool:
    """Whether a said rate is the right one, rounded."""
    return abs(said - right) < Decimal(1).scaleb(min(0, int(said.as_tuple().exponent)))


def _shown(right: Decimal, said: Decimal) -> str:
    return f"{right:.{max(1, -int(said.as_tuple().exponent))}f}"


def _is_signed(cell: Cell) -> bool:
    return bool(re.match("[-－−△▲+＋]", cell.words.strip()))
