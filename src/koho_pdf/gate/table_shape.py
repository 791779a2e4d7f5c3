"""How a table is built: which rows are totals, parts of the row above (うち, 再掲) or rates, and whether it has a head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import HALF, Cell, Grid, Prose, Role
from koho_pdf.gate.said_figures import plain_number

TOTAL = late(
    r"[（(]?(?:[^0-9]{0,6}の)?(?:[^0-9 　]{0,6}?)(?:合|総|小|累)[ 　]*計[)）]?|(?:[^ 　]{0,8}の)?[ 　]*計|[（(]計[)）]|男女計"
    r"|[^0-9うち]{0,6}(?:総数|総額|総人口)|全体|市全体|全市|合計[額数]|総合計"
)
MEANT = late("全体|市全体|全市")
"""Totals that may as well be means."""
PART = late("[ 　]*[（(【［\\[]?(?:うち(?!わ)|内数|再掲|内訳|内、)")
NO_SUM = late(
    "率|比|％|%|平均|順位|割合|^年度?$|[^0-9元]年度?$|番号|増減|当たり|あたり|単価|指数|伸び|差|点数|気温|電話|内線|時刻|時間|発|着|うち|再掲|内数|1[人枚個回冊件世](?:帯)?(?:分|の額)?$|満足|倍"
)
"""Heads of columns, and of rows, that are not summed up."""
_FIGURE = late(r"(?P<minus>[△▲−－-])?[+＋±]?[ 　]*(?P<digits>[0-9][0-9,万億]*(?:\.[0-9]+)?)[ 　]*(?P<unit>[^0-9]{0,6})")
_NO_FIGURE = late("月|時|分$|分[～〜]|年|号|番|階|日(?!間)|歳|位|回目|期|部$|曜|学?級|以上|以下|未満|[～〜:：/／]")
_YEAR = late("(?:19|20)[0-9]{2}")
_NOTED = late("四捨五入|端数|概数|丸め|切り?捨て|切り?上げ|複数|重複|内数|うち|含")


class Kind(Enum):
    """What a row of a table is: a part is one of the row above it, and a rate is not summed up."""

    PLAIN = "plain"
    PART = "part"
    TOTAL = "total"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its head apart (of empty cells where it has none), the values of its cells, the kinds of its rows."""

    head: Sequence[Cell]
    body: Sequence[Sequence[Cell]]
    numbers: Sequence[Sequence[Decimal | None]]
    kinds: Sequence[Kind]
    beside: str

    def label(self, row: int) -> str:
        return self.body[row][0].words.strip(" 　")

    def name(self, column: int) -> str:
        return self.head[column].words.strip(" 　").translate(HALF)

    def is_rates(self, column: int) -> bool:
        """Whether all figures of a column are per cent."""
        cells = [row[column].words for row in self.body if row[column].words.strip("-－―— 　")]
        return bool(cells) and all("％" in each or "%" in each for each in cells)

    def is_told(self, row: int, column: int) -> bool:
        """Whether a cell has a figure, and is neither empty nor 「-」."""
        return self.numbers[row][column] is not None and bool(self.body[row][column].words.strip("-－―— 　"))


def table_of(grid: Grid) -> Table:
    """The shape of a table."""
    head, *body = grid.rows
    if body and _is_figures(head) and any(_is_figures(row) for row in body):
        body = list(grid.rows)
        head = tuple(Cell("", Prose("", Role.CELL)) for _ in head)
    return _shape(head, body, grid.beside)


def turned(table: Table) -> Table:
    """The same table with its columns as rows."""
    rows = list(zip(table.head, *table.body, strict=True))
    return _shape(rows[0], rows[1:], table.beside)


def _shape(head: Sequence[Cell], body: Sequence[Sequence[Cell]], beside: str) -> Table:
    numbers = [[cell_number(cell.words) for cell in row] for row in body]
    first = [row[0].prose.place.column or 1 for row in body if row[0].words]
    least = min(first, default=1)
    kinds = []
    for row in body:
        label = row[0].words.strip(" 　").translate(HALF)
        indented = bool(label) and (row[0].prose.place.column or 1) > least and row[0].prose.place.line is not None
        if PART.match(label):
            kinds.append(Kind.PART)
        elif TOTAL.fullmatch(label):
            kinds.append(Kind.TOTAL)
        elif label.startswith("世帯") and any(row[0].words.strip() in ("男", "女", "男性", "女性") for row in body):
            kinds.append(Kind.RATE)  # counted beside people
        elif NO_SUM.search(re.sub("[（(].*", "", label)) and not re.match(".*[0-9元]年|.*年度", label):
            kinds.append(Kind.RATE)
        else:
            kinds.append(Kind.PART if indented else Kind.PLAIN)
    return Table(head, body, numbers, kinds, beside)


def _is_figures(row: Sequence[Cell]) -> bool:
    """Whether a row has a label and figures alone, and no years."""
    rest = [cell.words.strip() for cell in row[1:]]
    if not rest or not row[0].words.strip() or not all(rest) or cell_number(row[0].words) is not None:
        return False
    return all(cell_number(each) is not None for each in rest) and not all(_YEAR.fullmatch(each) for each in rest)


def cell_number(words: str) -> Decimal | None:
    """The value of a cell; an empty one and 「-」 are 0; None if it is no number, or a date, a time or a place."""
    words = words.strip().translate(str.maketrans("０１２３４５６７８９，．", "0123456789,."))
    if words in ("", "-", "－", "―", "—", "0"):
        return Decimal(0)
    found = _FIGURE.fullmatch(words)
    if not found or _NO_FIGURE.search(found["unit"]):
        return None
    value = plain_number(found["digits"])
    return -value if found["minus"] else value


def notes_in(lines: Sequence[str]) -> str:
    """The notes among the lines after a table: up to the next table or heading."""
    found = []
    for line in lines[:8]:
        if "\t" in line or re.match("[ 　]*[■□◆◇▼#]", line):
            break
        if _NOTED.search(line) or re.match("[ 　]*(?:[※＊*（(]|注)", line):
            found.append(line)
    return "　".join(found)
