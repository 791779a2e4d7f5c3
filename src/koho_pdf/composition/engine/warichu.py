"""Warichu (割注, JLREQ 3.4): a note in two lines of half size, which stands on its line as one piece."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from koho_pdf.composition.engine.leaf import Leaf
from koho_pdf.composition.line import Cell

_MIDDLE, _HEAD, _FOOT = 0.38, 0.88, 0.12  # em: of the em box, from the baseline


def is_warichu(box: Any) -> bool:
    """Whether an inline element is set in two lines."""
    return bool(box.style["warichu"] == "two-lines")


def folded(cells: list[Cell], first: int, end: int) -> None:
    """Tie the cells of a note and let its second line begin where the first does, in place."""
    ends = list(accumulate(cell.advance for cell in cells[first:end]))
    ways = [number for number in range(first, end) if cells[number].ends or number == end - 1]
    # As even as may be; of equal ways the one with the longer first line (JLREQ 3.4.2).
    turn = min(ways, key=lambda at: (round(max(ends[at - first], ends[-1] - ends[at - first]), 6), -ends[at - first]))
    upper = ends[turn - first]
    shorter = max(0.0, 2 * upper - ends[-1]) if turn < end - 1 else 0.0
    for number in range(first, end):
        inner = number < end - 1
        cells[number] = cells[number]._replace(full=False, tied=inner, ends=cells[number].ends and not inner)
    if turn < end - 1:
        cells[turn] = cells[turn]._replace(extra=-upper)
    cells[end - 1] = cells[end - 1]._replace(extra=shorter, trail=shorter)


def parts(cells: Sequence[Cell], first: int, end: int) -> list[tuple[int, int]]:
    """The lines of a note, each as (first, after last) of its cells."""
    turn = next((number + 1 for number in range(first, end) if cells[number].extra < 0), end)
    return [(first, turn), (turn, end)] if turn < end else [(first, end)]


def shifts(leaf: Leaf) -> tuple[float, float]:
    """How far below the line's baseline those of the two lines stand: together in the middle of the line's em."""
    em, note = (float(box.style["font_size"]) for box in (leaf.ancestors[-2], leaf.box))
    return -_MIDDLE * em - _FOOT * note, -_MIDDLE * em + _HEAD * note
