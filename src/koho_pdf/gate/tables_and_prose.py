"""What a text says of a row of a table beside it, with another figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Grid, Prose, Role
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import Figure, figures_in
from koho_pdf.gate.table_shape import cell_number

_UNIT = late("(?P<scale>百万|千|万|億)?(?P<unit>円|人|件|世帯|台|本|回|戸|冊|トン|枚|か所|校|棟|名)")
_SCALE = {"千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8}
_IN_BRACKETS = late("[(（](?:単位[：:]?)?([^()（）]{1,6})[)）]|単位[：:]([^ 　()（）]{1,6})")
_OTHER = late("うち|前年|昨年|前回|増|減|差|比べ|から|より|合計|当たり|あたり|約|ほど|程度|内訳")
_EACH = late("1(?:回|人|個|枚|日|時間|か月|本|冊|袋)(?:当たり|あたり|に?つき|分)|当たりの|ごとの")
_LEAST = 3
_FAR = 14


def told_otherwise(proses: Sequence[Prose], grids: Sequence[Grid]) -> Iterator[tuple[Prose, Alarm]]:
    """A figure in running text right after the head of a row, in a unit of this row, that the row does not have."""
    running = [prose for prose in proses if prose.role is Role.BODY]
    whole = "\n".join(prose.text for prose in running)
    known: dict[str, frozenset[int]] = {}
    for grid in grids:
        heads = Counter(row[0].words.strip() for row in grid.rows[1:])
        rows = [
            (head, amounts)
            for number, row in enumerate(grid.rows[1:], 1)
            for head in (row[0].words.strip(),)
            if len(head) >= _LEAST and heads[head] == 1 and head in whole
            for amounts in (_amounts(grid, number),)
            if amounts
        ]
        for head, _ in rows:
            if head not in known:
                known[head] = frozenset(at for at, prose in enumerate(running) if head in prose.text)
        for at in sorted(frozenset[int]().union(*(known[head] for head, _ in rows))):
            if not grid.article or running[at].article == grid.article:
                for head, amounts in rows:
                    if at in known[head]:
                        yield from _beside(running[at], head, amounts)


def _beside(prose: Prose, head: str, amounts: dict[str, set[Decimal]]) -> Iterator[tuple[Prose, Alarm]]:
    figures = figures_in(prose)
    for found in re.finditer(re.escape(head), prose.text):
        after = next((each for each in figures if found.end() <= each.begin <= found.end() + _FAR), None)
        if after is None or after.rough or after.unit not in amounts or after.value in amounts[after.unit]:
            continue
        between = prose.text[found.end() : after.begin]
        if _EACH.search(prose.text, max(0, found.start() - 60), found.start()):
            continue
        if prose.text[found.start() - 1 : found.start()] in ("～", "〜", "-") or re.match(
            r"\s?[×✕*÷＝=]", prose.text[after.end :]
        ):
            continue  # a row of a calculation, not of the table
        if re.search("[。\n「」]", between) or _OTHER.search(between + prose.text[after.end : after.end + 4]):
            continue
        yield prose, _alarm(prose, head, after, amounts[after.unit])


def _alarm(prose: Prose, head: str, said: Figure, right: set[Decimal]) -> Alarm:
    words = prose.text[said.begin : said.end]
    values = "・".join(f"{each:,}" for each in sorted(right))
    told = f"「{head}」の「{words}」が、表の{values}{said.unit}と違います。"
    return Alarm(said.begin, said.end, told, hint="本文と表のどちらが正しいか、元の資料で確かめてください。")


def _amounts(grid: Grid, number: int) -> dict[str, set[Decimal]]:
    """The values of a row by their unit, which stands in the cell, in the head of its column or beside the table."""
    found: dict[str, set[Decimal]] = {}
    for head, cell in zip(grid.rows[0][1:], grid.rows[number][1:], strict=True):
        figures = figures_in(cell.prose)
        if len(figures) == 1 and figures[0].unit and figures[0].unit != "%":
            found.setdefault(figures[0].unit, set()).add(figures[0].value)
            continue
        value = cell_number(cell.words) if cell.words.strip() else None
        named = _IN_BRACKETS.search(head.words) or _IN_BRACKETS.search(grid.beside)
        unit = _UNIT.fullmatch(named[1] or named[2]) if named else _UNIT.search(head.words)
        if value is not None and unit:
            found.setdefault(unit["unit"], set()).add(value * _SCALE.get(unit["scale"] or "", 1))
    return found
