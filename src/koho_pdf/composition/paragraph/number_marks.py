"""The comma and the point within a number (3,000, 11.8). In a face whose figures are all half an em wide, these marks
are as wide as a figure, with their ink on the left and a hole on the right; a number is then read as two (3, 000). The
figure after such a mark comes as near as in a proportional face, in any text and column alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koho_pdf.composition.paragraph.paragraph import Cell

_MARKS = frozenset(",.")
_FIGURES = frozenset("0123456789")
_HOLE = 0.38
"""Of the mark's width: what BIZ UDGothic and BIZ UDMincho leave blank behind it, beyond BIZ UDPGothic (0.19 em)."""
_ALIKE = 0.02  # em: marks and figures that differ by less have one width
_NUMBER = re.compile(r"\S*[0-9][,.][0-9]\S*")


def is_marked_number(text: str) -> bool:
    """Whether a text is one number with a comma or a point, and its signs and unit (△20.0%)."""
    return bool(_NUMBER.fullmatch(text.strip()))


def closed_up(texts: Sequence[str], cells: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    """The cells of marks that are as wide as the figures beside them, by their numbers, with the hole taken away; also
    of one between a unit and figures, as in the room behind a figure of a table (3％ and .25, unseen)."""
    for number in range(1, len(cells) - 1):
        if texts[number] in _MARKS and texts[number + 1] in _FIGURES:
            before, mark, after = cells[number - 1 : number + 2]
            beside = (before, after) if texts[number - 1] in _FIGURES else (after,)
            within = len(beside) == 2 or not texts[number - 1].isascii()
            if within and all(abs(mark.advance - each.advance) < _ALIKE * mark.em for each in beside):
                yield number, mark._replace(extra=mark.extra - _HOLE * mark.advance)
