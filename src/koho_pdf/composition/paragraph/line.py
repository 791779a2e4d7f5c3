"""One line at a time (一行コンポーザー): how much text a measure takes, and where on it each character stands.

Lines are composed one by one and never look back or ahead further than one break. So an edit moves no line of another
article, and no line above itself (stable lines beat optimal lines; not so ``phrased``). ``ends`` decides where a line
ends, ``spread`` what its spaces give or take. All lengths are in the caller's unit.
"""

from __future__ import annotations

from itertools import accumulate

from koho_pdf.composition.paragraph.ends import end_of
from koho_pdf.composition.paragraph.paragraph import HAIR, HANGING, Cell, Line, Paragraph, content_widths, last_set
from koho_pdf.composition.paragraph.spread import squeezed, widened

__all__ = ["Cell", "Line", "Paragraph", "content_widths", "fill"]


def fill(paragraph: Paragraph, first: int, measure: float, *, justify: bool = True, hanging: bool = False) -> Line:
    """The line that begins with cell ``first``; both ends are flush with ``measure``, unless it is the last line of the
    paragraph. Without ``justify`` it keeps its natural spaces. With ``hanging``, one full stop or comma may stand
    outside the measure (ぶら下げ, JLREQ 3.8.2). A word that is longer than the measure is cut.
    """
    key = first, measure, justify, hanging
    if key not in paragraph.lines:
        paragraph.lines[key] = _filled(paragraph, *key)
    return paragraph.lines[key]


def _filled(paragraph: Paragraph, first: int, measure: float, justify: bool, hanging: bool) -> Line:
    end = end_of(paragraph, first, measure, justify, hanging)
    places = list(accumulate(paragraph.steps[first : end - 1], initial=-paragraph.heads[first]))
    last, opened = last_set(paragraph, first, end), 0.0
    width = places[last - first] + paragraph.inks[last]
    hangs = hanging and width > measure + HAIR and paragraph.cells[last].kind in HANGING
    room = measure + (paragraph.inks[last] if hangs else 0.0)
    if justify and width > room + HAIR:
        grown = squeezed(paragraph, first, last, width - room)
    elif justify and end < len(paragraph.cells) and not paragraph.cells[end - 1].forced and width < room - HAIR:
        grown, opened = widened(paragraph, first, last, room - width)
    else:
        return Line(first, end, tuple(places), width)
    moved = 0.0
    for number, step in enumerate([*grown, *[0.0] * (end - 1 - last)], 1):
        moved += step
        places[number] += moved
    return Line(first, end, tuple(places), width + moved, opened)
