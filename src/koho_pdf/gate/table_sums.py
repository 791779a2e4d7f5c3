"""The sums of tables: a row or a column of totals is the sum of the others."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.prose import Cell, Grid, Prose
from koho_pdf.gate.rule import Alarm

_TOTAL = re.compile(r"(?:合|総|小|累)?[ 　]*計|総数|総額|全体|市全体|全市|[（(]計[)）]")
_FIGURE = re.compile(
    r"(?P<minus>[△▲−－-])?[+＋±]?[ 　]*(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)[ 　]*(?P<unit>[^0-9]{0,6})"
)
_ROUND = re.compile("四捨五入|端数|概数|丸め|切り?捨て|切り?上げ")
_DIFFERENCE = re.compile("(?:前年|前の年|前月|前の月|前回|昨年)度?(?:と|から)?(?:の|比)?(?:差|比較|増減|比)(?!率)")
_MORE = re.compile("増減|増減額|増減数|比較|差|差引|差額|差し引き|前年度?との差|前月との差|前年度?比較")
_YEAR = re.compile("年|月|回")
_COUNT, _PRICE, _MONEY = (
    re.compile("数量|個数|枚数|人数|回数|部数|冊数"),
    re.compile("単価|1[個枚人回部冊]"),
    re.compile("金額|小計|代金"),
)
_HINT = "どの数が違うか、元の資料で確かめてください。"
_SHARES = re.compile("割合|構成比|比率|シェア|[（(][％%][)）]")
_NOT = re.compile("率|比|％|%|平均|順位|割合|年|番号|増減|当たり|単価|指数|伸び")


def sums_of(grid: Grid) -> Iterator[tuple[Prose, Alarm]]:
    """An alarm for each total that is not the sum of its column, or of its row."""
    head, *body = grid.rows
    rounded = bool(_ROUND.search(grid.beside))
    numbers = [[cell_number(cell.words) for cell in row] for row in body]
    for column in range(1, len(head)):
        if _SHARES.search(head[column].words) or all(
            "％" in row[column].words or "%" in row[column].words for row in body
        ):
            yield from _to_hundred(body, numbers, column)
        elif not _NOT.search(head[column].words):
            yield from _down(body, numbers, column, rounded=rounded)
    yield from _between_rows(head, body)
    yield from _between_columns(head, body)
    yield from _multiplied(head, body)
    totals = [column for column in range(1, len(head)) if _TOTAL.fullmatch(head[column].words.strip())]
    if len(totals) == 1 and not any(_NOT.search(cell.words) for cell in head):
        yield from _across(body, numbers, totals[0], rounded=rounded)


def _down(
    body: Sequence[Sequence[Cell]], numbers: Sequence[Sequence[Decimal | None]], column: int, *, rounded: bool
) -> Iterator[tuple[Prose, Alarm]]:
    parts: list[Decimal] = []
    for row, cells in enumerate(body):
        value = numbers[row][column]
        if not _TOTAL.fullmatch(cells[0].words.strip()):
            if value is None:
                return
            parts.append(value)
        elif value is not None and len(parts) > 1 and cells[column].words.strip():
            yield from _told(cells[column], value, sum(parts, Decimal(0)), len(parts), rounded=rounded)
            return


def _between_rows(head: Sequence[Cell], body: Sequence[Sequence[Cell]]) -> Iterator[tuple[Prose, Alarm]]:
    """A column of differences: each is that of the figure beside it and the one in the row above."""
    for column in range(2, len(head)):
        if not _DIFFERENCE.search(head[column].words):
            continue
        for above, row in itertools.pairwise(body):
            before, now, said = (cell_number(each.words) for each in (above[column - 1], row[column - 1], row[column]))
            if "％" in row[column].words or "%" in row[column].words:
                continue
            if _YEAR.search(row[0].words) and before and now and said is not None and row[column].words.strip("-－―— "):
                right = now - before
                if said != right and not (said == -right and not re.match("[-－−△▲+＋]", row[column].words.strip())):
                    told = f"表の「{row[column].words}」が、前の行との差{right:+,}と合いません。"
                    yield row[column].prose, Alarm(0, len(row[column].words), told, hint=_HINT)


def _between_columns(head: Sequence[Cell], body: Sequence[Sequence[Cell]]) -> Iterator[tuple[Prose, Alarm]]:
    """本年度, 前年度 and, after them, how much more or less."""
    for column in range(3, len(head)):
        beside = (head[column - 2].words, head[column - 1].words)
        if not _MORE.fullmatch(head[column].words.strip()) or sum("前" in name for name in beside) != 1:
            continue
        for row in body:
            first, second, said = (cell_number(row[at].words) for at in (column - 2, column - 1, column))
            if first is None or second is None or said is None or not row[column].words.strip("-－―— "):
                continue
            right = first - second if "前" in beside[1] else second - first
            signed = re.match("[-－−△▲+＋]", row[column].words.strip())
            if said != right and not (said == -right and not signed):
                told = f"表の「{row[column].words}」が、左の2つの差{right:+,}と合いません。"
                yield row[column].prose, Alarm(0, len(row[column].words), told, hint=_HINT)


def _multiplied(head: Sequence[Cell], body: Sequence[Sequence[Cell]]) -> Iterator[tuple[Prose, Alarm]]:
    """数量, 単価 and 金額 of a row."""
    names = [cell.words for cell in head]
    count, price, total = (
        next((at for at, name in enumerate(names) if pattern.search(name)), None)
        for pattern in (_COUNT, _PRICE, _MONEY)
    )
    if count is None or price is None or total is None or len({count, price, total}) < 3:
        return
    for row in body:
        values = [cell_number(row[at].words) for at in (count, price, total)]
        if all(values) and values[0] * values[1] != values[2]:  # type: ignore[operator]
            told = f"表の「{row[total].words}」が、{row[count].words}×{row[price].words}の{values[0] * values[1]:,}と合いません。"  # type: ignore[operator]
            yield row[total].prose, Alarm(0, len(row[total].words), told, hint=_HINT)


def _to_hundred(
    body: Sequence[Sequence[Cell]], numbers: Sequence[Sequence[Decimal | None]], column: int
) -> Iterator[tuple[Prose, Alarm]]:
    """Shares make 100 but for what rounding each of them can do."""
    parts: list[Decimal] = []
    for row, cells in enumerate(body):
        value = numbers[row][column]
        if value is None:
            return
        if not _TOTAL.fullmatch(cells[0].words.strip()):
            parts.append(value)
            continue
        if value == 100 and len(parts) > 1:
            step = Decimal(1).scaleb(min(int(each.as_tuple().exponent) for each in parts))
            total = sum(parts, Decimal(0))
            if abs(total - 100) > step * len(parts) / 2:
                told = f"割合を足すと{total}％で、「{cells[column].words}」になりません。四捨五入だけでは、こうなりません。"
                yield (
                    cells[column].prose,
                    Alarm(0, len(cells[column].words), told, hint="どの割合が違うか、元の資料で確かめてください。"),
                )
        return


def _across(
    body: Sequence[Sequence[Cell]], numbers: Sequence[Sequence[Decimal | None]], total: int, *, rounded: bool
) -> Iterator[tuple[Prose, Alarm]]:
    for row, cells in enumerate(body):
        parts = [value for column, value in enumerate(numbers[row]) if column not in (0, total)]
        whole = numbers[row][total]
        if whole is None or len(parts) < 2 or any(value is None for value in parts):
            continue
        sums = sum((value for value in parts if value is not None), Decimal(0))
        yield from _told(cells[total], whole, sums, len(parts), rounded=rounded)


def _told(cell: Cell, said: Decimal, right: Decimal, parts: int, *, rounded: bool) -> Iterator[tuple[Prose, Alarm]]:
    unit = Decimal(1).scaleb(min(int(said.as_tuple().exponent), 0))
    if said == right or (rounded and abs(said - right) <= parts * unit):
        return
    told = f"表の合計「{cell.words}」が、足した{right:,}と合いません。"
    yield cell.prose, Alarm(0, len(cell.words), told, hint="合計と内訳のどちらが違うか、元の資料で確かめてください。")


def cell_number(words: str) -> Decimal | None:
    """The value of a cell; an empty one and 「-」 are 0; None if it is no number."""
    words = words.strip().translate(str.maketrans("０１２３４５６７８９，．", "0123456789,."))
    if words in ("", "-", "－", "―", "—", "0"):
        return Decimal(0)
    found = _FIGURE.fullmatch(words)
    if not found:
        return None
    value = Decimal(found["digits"].replace(",", ""))
    return -value if found["minus"] else value
