"""The rows of an article (a line of text, a picture, a table: what no column divides), and how they stand in a column.

Pure arithmetic in mm. Those who fill columns (room ``plan``) and the engine, which cuts the composed strip, ask the
same functions, so what is planned is what is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

HAIR = 0.01  # mm: sums of rounded lengths
NEVER = 100  # no column ends here: a picture stands beside these lines
ALWAYS = -1  # a column ends here (``break-after: column``)


class Row(NamedTuple):
    """A row of an article that is composed on one endless strip; lengths in mm.

    It is ``height`` high and ``above`` is the space to the row before it. Of that ``head`` stays at the top of a column
    (border and padding of the boxes that it opens); ``foot`` are those below it of the boxes that it closes. A ``text``
    line as high as the grid's stands on the grid. ``paragraph`` numbers the text it is a line of (0: none); a column
    takes ``least`` lines of it at its foot and its head (orphans, widows). ``keep``: how many boxes ask that no column
    ends after it, ``within`` how many ask that none ends in them. A row that ``spans`` stands above all columns. It is
    one of a table's (``cells``), whose ``head`` is then that of the head rows, which are repeated. The footnotes whose
    marks stand in it are ``notes`` deep, and what separates them from the text above takes ``edge`` once in a column.
    """

    height: float
    above: float = 0.0
    head: float = 0.0
    foot: float = 0.0
    text: bool = False
    paragraph: int = 0
    least: tuple[int, int] = (2, 2)
    keep: int = 0
    within: int = 0
    spans: bool = False
    cells: bool = False
    notes: float = 0.0
    edge: float = 0.0


def tops(rows: Sequence[Row], line: float) -> tuple[float, ...]:
    """How far each of some rows of an article stands below the head of its column, on a grid of that ``line`` (0:
    none).

    Lines of text stand on the grid. Rows of another height between them (headings, notes, pictures) have what is left
    of whole lines half above and half below them (行取り, JLREQ 4.1.5).
    """
    found: list[float] = []
    bottom, others = 0.0, 0
    for number, row in enumerate(rows):
        top = bottom + row.above if number else row.head
        if line and row.text and abs(row.height - line) < HAIR:
            on_grid = in_lines(top, line)
            if others:
                found[others:] = [each + (on_grid - top) / 2 for each in found[others:]]
            top, others = on_grid, number + 1
        found.append(top)
        bottom = top + row.height
    return tuple(found)


def in_lines(height: float, line: float) -> float:
    """The height of as many whole lines as it takes, where a line of the grid is that high; else as it is."""
    return ceil(height / line - HAIR / line) * line if line else height


def costs(rows: Sequence[Row]) -> tuple[int, ...]:
    """How bad it is that a column ends after each row: 0 good, ``ALWAYS`` it must, ``NEVER`` (or more) it must not."""
    found = [row.keep for row in rows]
    begin = 0
    for number, row in enumerate(rows):
        if not number or row.paragraph != rows[number - 1].paragraph or not row.paragraph:
            begin = number
        last = number + 1 == len(rows) or not row.paragraph or rows[number + 1].paragraph != row.paragraph
        if last:
            for place in range(begin, number):
                before, after = place + 1 - begin, number - place
                found[place] += (before < row.least[0]) + (after < row.least[1])
            begin = number + 1
    return tuple(found)


def lengthened(rows: Sequence[Row], paragraph: int, lines: int) -> tuple[Row, ...]:
    """The rows with so many more lines at the end of a paragraph (fewer below 0; its first line stays)."""
    own = [number for number, row in enumerate(rows) if row.paragraph == paragraph]
    last = rows[own[-1]]
    made = [rows[number] for number in own]
    if lines < 0:
        del made[max(1, len(made) + lines) :]
    else:
        like = made[1] if len(made) > 1 else last
        more = like._replace(above=0.0, head=0.0, foot=0.0, keep=last.within, notes=0.0, edge=0.0)
        made[-1] = last._replace(foot=0.0, keep=last.within)
        made += [more] * lines
    made[-1] = made[-1]._replace(foot=last.foot, keep=last.keep)
    return (*rows[: own[0]], *made, *rows[own[-1] + 1 :])
