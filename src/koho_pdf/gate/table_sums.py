"""The sums of tables: a row or a column of totals is the sum of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.percentages import REST, SEVERAL_ANSWERS
from koho_pdf.gate.prose import Cell, Grid, Prose
from koho_pdf.gate.rule import Alarm

TOTAL = re.compile(r"(?:合|総|小|累)?[ 　]*計|総数|総額|全体|市全体|全市|[（(]計[)）]")
_FIGURE = re.compile(
    r"(?P<minus>[△▲−－-])?[+＋±]?[ 　]*(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)[ 　]*(?P<unit>[^0-9]{0,6})"
)
_ROUND = re.compile("四捨五入|端数|概数|丸め|切り?捨て|切り?上げ")
SHARES = re.compile("割合|構成比|比率|シェア|[（(][％%][)）]")
_NOT = re.compile("率|比|％|%|平均|順位|割合|年|番号|増減|当たり|単価|指数|伸び")


def sums_of(grid: Grid) -> Iterator[tuple[Prose, Alarm]]:
    """An alarm for each total that is not the sum of its column, or of its row."""
    head, *body = grid.rows
    rounded = bool(_ROUND.search(grid.beside))
    numbers = [[cell_number(cell.words) for cell in row] for row in body]
    for column in range(1, len(head)):
        if SHARES.search(head[column].words) or all(
            "％" in row[column].words or "%" in row[column].words for row in body
        ):
            yield from _to_hundred(body, numbers, column, several=bool(SEVERAL_ANSWERS.search(grid.beside)))
        elif not _NOT.search(head[column].words):
            yield from _down(body, numbers, column, rounded=rounded)
    totals = [column for column in range(1, len(head)) if TOTAL.fullmatch(head[column].words.strip())]
    if len(totals) == 1 and not any(_NOT.search(cell.words) for cell in head):
        yield from _across(body, numbers, totals[0], rounded=rounded)


def _down(
    body: Sequence[Sequence[Cell]], numbers: Sequence[Sequence[Decimal | None]], column: int, *, rounded: bool
) -> Iterator[tuple[Prose, Alarm]]:
    parts: list[Decimal] = []
    for row, cells in enumerate(body):
        value = numbers[row][column]
        if not TOTAL.fullmatch(cells[0].words.strip()):
            if value is None:
                return
            parts.append(value)
        elif value is not None and len(parts) > 1 and cells[column].words.strip():
            yield from _told(cells[column], value, sum(parts, Decimal(0)), len(parts), rounded=rounded)
            return


def _to_hundred(
    body: Sequence[Sequence[Cell]], numbers: Sequence[Sequence[Decimal | None]], column: int, *, several: bool
) -> Iterator[tuple[Prose, Alarm]]:
    """Shares make 100 but for what rounding each of them can do; so they do where その他 is among them."""
    parts: list[Decimal] = []
    told_at: Cell | None = None
    for row, cells in enumerate(body):
        value = numbers[row][column]
        if value is None:
            return
        if TOTAL.fullmatch(cells[0].words.strip()):
            told_at = cells[column] if value == 100 else None
            if told_at is None:
                return
            break
        parts.append(value)
    last = body[len(parts) - 1] if parts else ()
    if told_at is None and len(parts) > 2 and not several and REST.search(last[0].words) and 60 <= sum(parts) <= 140:
        told_at = last[column]
    if told_at is None or len(parts) < 2:
        return
    step = Decimal(1).scaleb(min(int(each.as_tuple().exponent) for each in parts))
    total = sum(parts, Decimal(0))
    if abs(total - 100) > step * len(parts) / 2:
        told = f"割合を足すと{total}％で、100％になりません。四捨五入だけでは、こうなりません。"
        hint = "どの割合が違うか、元の資料で確かめてください。"
        yield told_at.prose, Alarm(0, len(told_at.words), told, hint=hint)


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
