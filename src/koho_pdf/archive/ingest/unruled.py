"""Tables without rules between their cells: finds rows by words that are apart on one line, and columns below each
other. Arithmetic, no PDF.

Columns of running text are side by side too, but they are wide and their lines are full. In a table at least one column
is narrow, and the others are narrow or have ragged lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from statistics import median

from koho_pdf.archive.ingest.glyph_lines import Line
from koho_pdf.archive.ingest.ruled import BETWEEN, Table
from koho_pdf.geometry import Rect

_NARROW, _WIDE = 7.5, 13.0  # em: running text is wider than the first; cells hardly wider than the second
_MOST_CELLS = 60  # cells in a row: more is a drawing
_APART = 0.8  # em between two cells
_PITCH, _TIGHT = 3.0, 2.0  # em from row to row; from a cell's line to its next
_LEVEL = 0.35  # em: how much higher or lower cells of one row may be
_FULL = 1.2  # em: a line that ends this near to the end of its column is full
_FULL_ENOUGH = 0.5  # a wide column with at least this share of full lines is running text


@dataclass(slots=True)
class _Row:
    """The indexes of the lines of one row, from left to right, and of lines that continue some of them below."""

    cells: list[int]
    below: dict[int, list[int]] = field(default_factory=dict)  # by the cell that they continue


def unruled(lines: Sequence[Line], rules: Sequence[Rect] = ()) -> tuple[list[Table], list[Line]]:
    """The tables among the horizontal lines of a page, and the lines outside all tables; ``rules`` as in
    ``ruled.tables``.
    """
    found: list[Table] = []
    taken: set[int] = set()
    for rows in _runs(lines, _rows(lines)):
        if _is_table(lines, rows) and not _is_parted(lines, rows, rules):
            found.append(Table(tuple(_told(lines, row) for row in rows)))
            taken |= {index for row in rows for index in _all(row)}
    return found, [line for index, line in enumerate(lines) if index not in taken]


def _all(row: _Row) -> list[int]:
    return [*row.cells, *(index for more in row.below.values() for index in more)]


def _rows(lines: Sequence[Line]) -> list[list[int]]:
    """Rows of horizontal lines on the same level, from the top of the page down, each row from left to right."""
    level = sorted((index for index, line in enumerate(lines) if not line.vertical), key=lambda i: _middle(lines[i]))
    rows: list[list[int]] = []
    for index in level:
        before = lines[rows[-1][-1]] if rows else None
        if before and _middle(lines[index]) - _middle(before) <= _LEVEL * min(before.size, lines[index].size):
            rows[-1].append(index)
        else:
            rows.append([index])
    return [sorted(row, key=lambda index: lines[index].box.x) for row in rows]


def _middle(line: Line) -> float:
    return line.box.y + line.box.height / 2


def _runs(lines: Sequence[Line], rows: Sequence[Sequence[int]]) -> list[list[_Row]]:
    """Runs of rows that follow each other, with cells in the same columns and white strips between the columns."""
    runs: list[list[_Row]] = []
    open_: list[_Row] = []
    columns: list[tuple[float, float]] = []
    for row in rows:
        if open_ and _goes_on(lines, open_[-1], row):
            for index in row:
                over = next(cell for cell in open_[-1].cells if _share(lines[cell], lines[index]))
                open_[-1].below.setdefault(over, []).append(index)
            columns = _widened(columns, lines, row)
            continue
        fits = 1 < len(row) <= _MOST_CELLS and _even(lines, row)
        if open_ and fits and _follows(lines, open_[-1], columns, row):
            open_.append(_Row(list(row)))
            columns = _widened(columns, lines, row)
            continue
        runs.append(open_)
        open_ = [_Row(list(row))] if fits else []
        columns = _widened([], lines, row)
    runs.append(open_)
    return [_whole(lines, run) for run in runs if len(run) > 1]


def _whole(lines: Sequence[Line], run: list[_Row]) -> list[_Row]:
    """The run after joining cells of several lines: if lines of a wide cell are full and there is white between rows,
    then lines without white between them are one row.
    """
    columns = _columns(lines, run)
    x, right = max(columns, key=lambda column: column[1] - column[0])
    size = lines[run[0].cells[0]].size
    levels = [min(lines[index].box.y for index in row.cells) for row in run]
    ends = [max(lines[index].box.y for index in _all(row)) for row in run]
    steps = [level - end for level, end in zip(levels[1:], ends, strict=False)]
    close = [step < 1.15 * min(steps) for step in steps]
    wide = right - x > _NARROW * size and max(steps) > 1.2 * min(steps)
    full = any(
        near and any(_in(lines[i], x, right) and right - lines[i].box.right < _FULL * size for i in _all(row))
        for near, row in zip(close, run, strict=False)
    )
    if not (wide and full):
        return run
    made = [_Row(list(run[0].cells), {cell: list(more) for cell, more in run[0].below.items()})]
    for near, row in zip(close, run[1:], strict=True):
        over = {i: [cell for cell in made[-1].cells if _share(lines[cell], lines[i])] for i in _all(row)}
        if not near:
            made.append(_Row(list(row.cells), {cell: list(more) for cell, more in row.below.items()}))
        elif all(len(cells) == 1 for cells in over.values()):
            for index, (cell,) in sorted(over.items(), key=lambda each: lines[each[0]].box.y):
                made[-1].below.setdefault(cell, []).append(index)
        else:
            return run
    return made


def _even(lines: Sequence[Line], row: Sequence[int]) -> bool:
    """Whether all cells of a row have one size and are apart."""
    sizes = [lines[index].size for index in row]
    apart = all(lines[b].box.x - lines[a].box.right >= _APART * min(sizes) for a, b in pairwise(row))
    return apart and max(sizes) <= 1.15 * min(sizes)


def _share(one: Line, other: Line) -> bool:
    return min(one.box.right, other.box.right) > max(one.box.x, other.box.x)


def _goes_on(lines: Sequence[Line], before: _Row, row: Sequence[int]) -> bool:
    """Whether a row continues cells of the row before, right below them; it never continues the first cell."""
    lowest = max(lines[index].box.y for index in _all(before))
    size = lines[before.cells[0]].size
    if not 0 < lines[row[0]].box.y - lowest < _TIGHT * size or len(row) >= len(before.cells):
        return False
    return all(
        [cell for cell in before.cells if _share(lines[cell], lines[index])] in ([cell] for cell in before.cells[1:])
        and abs(lines[index].size - size) <= 0.15 * size
        for index in row
    )


def _follows(lines: Sequence[Line], last: _Row, columns: Sequence[tuple[float, float]], row: Sequence[int]) -> bool:
    """Whether a row fits the ``columns`` of the rows above and is near enough below the ``last``."""
    size, lowest = lines[last.cells[0]].size, max(lines[index].box.y for index in _all(last))
    if lines[row[0]].box.y - lowest > _PITCH * size or abs(lines[row[0]].size - size) > 0.15 * size:
        return False
    held = [[at for at, (x, right) in enumerate(columns) if _in(lines[index], x, right)] for index in row]
    met = [at for each in held for at in each]
    return all(len(each) <= 1 for each in held) and len(met) == len(set(met)) and len(met) > 1


def _in(line: Line, x: float, right: float) -> bool:
    return line.box.right > x and line.box.x < right


def _columns(lines: Sequence[Line], run: Sequence[_Row]) -> list[tuple[float, float]]:
    """The beginning and end of each column of a run, in mm."""
    return _widened([], lines, [index for row in run for index in _all(row)])


def _widened(
    columns: Sequence[tuple[float, float]], lines: Sequence[Line], more: Sequence[int]
) -> list[tuple[float, float]]:
    """The columns, widened by more lines."""
    made: list[tuple[float, float]] = []
    for x, right in sorted([*columns, *((lines[index].box.x, lines[index].box.right) for index in more)]):
        if made and x < made[-1][1]:
            made[-1] = made[-1][0], max(made[-1][1], right)
        else:
            made.append((x, right))
    return made


def _is_table(lines: Sequence[Line], run: Sequence[_Row]) -> bool:
    """Whether the columns of a run are a table: one is narrow, the others narrow or ragged, and there
    are enough rows.
    """
    columns = _columns(lines, run)
    if len(columns) < 2 or len(run) < (3 if len(columns) == 2 else 2):
        return False
    narrow = 0
    for x, right in columns:
        heads = [(row, index) for row in run for index in row.cells if _in(lines[index], x, right)]
        widths = [lines[index].box.width / lines[index].size for _, index in heads]
        narrow += max(widths) <= _NARROW
        if max(widths) <= _WIDE:
            continue
        alone = [index for row, index in heads if index not in row.below]
        full = sum(right - lines[index].box.right < _FULL * lines[index].size for index in alone)
        if len(alone) > 1 and full > _FULL_ENOUGH * len(alone):
            return False
    return narrow > 0


def _is_parted(lines: Sequence[Line], run: Sequence[_Row], rules: Sequence[Rect]) -> bool:
    """Whether a rule that no other rule crosses stands between the columns of a run, as between columns of text."""
    box = reduce(Rect.union, (lines[index].box for row in run for index in _all(row)))
    for rule in rules:
        stands = rule.height > rule.width and box.x < rule.x < box.right
        if stands and rule.y < box.y + box.height / 2 < rule.bottom:
            across = {round(other.y) for other in rules if other.width > other.height and _crosses(rule, other)}
            if len(across) < 2:
                return True
    return False


def _crosses(standing: Rect, lying: Rect) -> bool:
    return lying.x - 1 <= standing.x <= lying.right + 1 and standing.y - 1 <= lying.y <= standing.bottom + 1


def _told(lines: Sequence[Line], row: _Row) -> Line:
    cells = ["".join(lines[index].text for index in (cell, *row.below.get(cell, ()))) for cell in row.cells]
    all_ = [lines[index] for index in _all(row)]
    box = reduce(Rect.union, (line.box for line in all_))
    bold = sum(line.bold for line in all_) * 2 > len(all_)
    return Line(BETWEEN.join(cells), box, median(line.size for line in all_), bold, False)
