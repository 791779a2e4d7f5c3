"""Tables with rules between their cells: finds the cell of each glyph, and gives rows as lines. Arithmetic, no PDF.

Cells stand side by side like columns of text; only the rules separate them. A glyph's cell is bounded by the nearest
rule above it and the nearest rule to its left that run past it, so cells over several rows or columns stay whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from statistics import median

from koho_pdf.archive.ingest.glyph_lines import Groups, Line, lines_of
from koho_pdf.archive.ingest.glyphs import Glyph
from koho_pdf.geometry import Rect

BETWEEN = "\u3000"
"""The separator between the cells of a row."""

_THIN = 1.0  # mm: the thickest rule, with what PDFium adds around a stroke
_SHORTEST = 2.0  # mm
_MOST_RULES = 3000  # rules on a page: more is a drawing
_LONGEST_CELL = 60  # mean number of letters: longer texts in frames are articles
_TOUCH = 0.6  # mm


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, each a line whose text has its cells in order."""

    rows: tuple[Line, ...]


def rules_of(boxes: Sequence[Rect]) -> tuple[Rect, ...]:
    """The rules among drawn shapes: thin ones, and the edges of upright boxes, which are filled or framed cells."""
    rules: list[Rect] = []
    for box in boxes:
        if min(box.width, box.height) <= _THIN:
            if box.width >= max(_SHORTEST, box.height):
                rules.append(Rect(box.x, box.y + box.height / 2, box.width, 0))
            elif box.height >= _SHORTEST:
                rules.append(Rect(box.x + box.width / 2, box.y, 0, box.height))
        elif min(box.width, box.height) >= _SHORTEST:
            rules += [
                Rect(box.x, box.y, box.width, 0),
                Rect(box.x, box.bottom, box.width, 0),
                Rect(box.x, box.y, 0, box.height),
                Rect(box.right, box.y, 0, box.height),
            ]
    return tuple(rules) if len(rules) <= _MOST_RULES else ()


def tables(glyphs: Sequence[Glyph], rules: Sequence[Rect]) -> tuple[list[Table], list[Glyph]]:
    """The tables among the glyphs of a page, and the glyphs outside all tables."""
    found: list[Table] = []
    left = list(glyphs)
    for grid in _grids(rules):
        whole = reduce(Rect.union, grid)
        inside = [glyph for glyph in left if _holds(whole, glyph)]
        table = _table(inside, grid)
        if table:
            found.append(table)
            taken = set(map(id, inside))
            left = [glyph for glyph in left if id(glyph) not in taken]
    return found, left


def _grids(rules: Sequence[Rect]) -> list[list[Rect]]:
    """Groups of rules that touch each other and could separate rows and columns."""
    groups = Groups(len(rules))
    order = sorted(range(len(rules)), key=lambda index: rules[index].x)
    open_: list[int] = []
    for index in order:
        here = rules[index].grown(_TOUCH)
        open_ = [other for other in open_ if rules[other].right + _TOUCH >= here.x]
        for other in open_:
            if rules[other].y <= here.bottom and rules[other].bottom >= here.y:
                groups.join(index, other)
        open_.append(index)
    members: dict[int, list[Rect]] = defaultdict(list)
    for index in range(len(rules)):
        members[groups.of(index)].append(rules[index])
    return [group for group in members.values() if _counted(group, down=True) > 2 and _counted(group, down=False) > 2]


def _counted(group: Sequence[Rect], *, down: bool) -> int:
    """The number of different places of rules in one direction: horizontal ones down the page, vertical
    ones across it.
    """
    at = sorted(rule.y if down else rule.x for rule in group if (rule.width > rule.height) is down)
    return sum(index == 0 or place - at[index - 1] > _TOUCH for index, place in enumerate(at))


def _holds(box: Rect, glyph: Glyph) -> bool:
    x, y = glyph.box.x + glyph.box.width / 2, glyph.box.y + glyph.box.height / 2
    return box.x <= x <= box.right and box.y <= y <= box.bottom


def _table(glyphs: Sequence[Glyph], grid: Sequence[Rect]) -> Table | None:
    cells: dict[tuple[float, float], list[Glyph]] = defaultdict(list)
    lying = [rule for rule in grid if rule.width > rule.height]
    standing = [rule for rule in grid if rule.width <= rule.height]
    for glyph in glyphs:
        x, y = glyph.box.x + glyph.box.width / 2, glyph.box.y + glyph.box.height / 2
        above = [rule.y for rule in lying if rule.y <= y and rule.x - _TOUCH <= x <= rule.right + _TOUCH]
        before = [rule.x for rule in standing if rule.x <= x and rule.y - _TOUCH <= y <= rule.bottom + _TOUCH]
        cells[_near(cells, (max(above, default=0.0), max(before, default=0.0)))].append(glyph)
    rows: dict[float, list[tuple[float, list[Line]]]] = defaultdict(list)
    for (top, first), held in cells.items():
        if lines := lines_of(held):
            if any(line.vertical for line in lines):
                return None
            rows[top].append((first, sorted(lines, key=lambda line: (round(line.box.y), line.box.x))))
    texts = [line for row in rows.values() for _, lines in row for line in lines]
    count = sum(map(len, rows.values()))
    if (
        len(rows) < 2
        or max(map(len, rows.values())) < 2
        or sum(len(line.text) for line in texts) > count * _LONGEST_CELL
    ):
        return None
    return Table(
        tuple(_row([lines for _, lines in sorted(rows[top], key=lambda cell: cell[0])]) for top in sorted(rows))
    )


def _near(cells: dict[tuple[float, float], list[Glyph]], at: tuple[float, float]) -> tuple[float, float]:
    """The cell that begins here or very near, because edges of neighbouring boxes are two rules."""
    same = (each for each in cells if abs(each[0] - at[0]) <= _TOUCH and abs(each[1] - at[1]) <= _TOUCH)
    beside = (each[0] for each in cells if abs(each[0] - at[0]) <= _TOUCH)
    return next(same, (next(beside, at[0]), at[1]))


def _row(cells: Sequence[Sequence[Line]]) -> Line:
    lines = [line for cell in cells for line in cell]
    text = BETWEEN.join("".join(line.text for line in cell) for cell in cells)
    return Line(
        text, reduce(Rect.union, (line.box for line in lines)), median(line.size for line in lines), False, False
    )
