"""Lines of ragged text that end at phrases (``text-wrap-style: pretty``, CSS Text 4, 6.4.3): for the short items of a
list, where a word cut at a line's end is seen more than a line that is a little shorter.

Here alone a paragraph is seen as a whole: there are as many lines as if each were filled, and of all ways to end so
many, the one is taken that costs least; where a loan word would be cut, there may be a line more, and where any word
would be, if words are to stay ``whole`` (with ``word-break: auto-phrase``). A line costs more the shorter it is than
the others, and each end what ``End`` and the phrases say. A correction may move lines
above it in its own paragraph, and none of another. All lengths are in the caller's unit.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from itertools import accumulate
from typing import NamedTuple

from koho_pdf.composition.paragraph.breaks import ONLY_IF_LONGER, End
from koho_pdf.composition.paragraph.classes import kind_of
from koho_pdf.composition.paragraph.paragraph import HAIR, HANGING, Paragraph, last_set

_COMMA = -32.0  # in two or three lines
_COMMA_AMONG_MANY = -4.0
_WORSE = {End.PARTS: 20.0, End.PIECES: 40.0, End.THOUSANDS: 60.0}
_PART = 16.0  # within a phrase, between two words of it
_WITHIN = 32.0  # within a word
_WHOLE = 400.0  # the same, if words are to stay whole: a hole of nine em is better
_PARTICLE = 180.0  # and before the particle of a word: プール|に
_COMPOUND = 80.0  # between the words of a compound, if words are to stay whole: 温室効果|ガス, 30人|以下
_SHORT_PHRASE = 20.0  # after one of two characters: 月に|1度
_LOAN = 110.0  # between two loan words: バイオマス|ボイラー; within a name in brackets: 「まるごと|相談室」
_KATAKANA = 260.0  # within a loan word: a hole of eight em is better
_JOINED = re.compile("[々一-鿿ァ-ヶー]")
_KATA, _HIRA = re.compile("[ァ-ヶー]"), re.compile("[ぁ-ん]")
_LAST_RESORT = 1000.0  # where a filled line ends, if nothing else does
_SHORT = 6.0  # for each character that the last line has fewer than four
_LINE = 8.0  # a line more
_FEW = 3  # lines: so many are as even as can be, more are as full as can be
_FULLEST = 0.8  # of the measure: three lines are no shorter than that for the sake of evenness


def costs(
    texts: Sequence[str],
    ends: Sequence[End],
    phrases: set[int],
    parts: set[int],
    names: Collection[int] = (),
    *,
    whole: bool = False,
) -> list[float]:
    """What it costs to end a line after each cell: by how well it ends (``may_end_after``), and by where phrases
    (文節), the parts of phrases and those of ``names`` in brackets end, counted in characters; more within a word, if
    words are to stay ``whole``."""
    found, place, within = [], 0, _WHOLE if whole else _WITHIN
    for number, (text, end) in enumerate(zip(texts, ends, strict=True)):
        place += len(text)
        following = texts[number + 1] if number + 1 < len(texts) else ""
        if end != End.FREELY:
            found.append(_WORSE.get(end, _LAST_RESORT))
        elif kind_of(text) in HANGING:
            found.append(_COMMA)
        elif whole and place in names:
            found.append(_LOAN)
        elif whole and place in phrases | parts and _JOINED.match(text) and _JOINED.match(following):
            found.append(_LOAN if _KATA.match(text) and _KATA.match(following) else _COMPOUND)
        elif place in phrases:
            found.append(_SHORT_PHRASE if whole and place - 2 in phrases else 0.0)
        elif place in parts:
            found.append(_PART)
        elif whole and not _HIRA.match(text) and _HIRA.match(following) and {place + 1, place + 2} & phrases:
            found.append(_PARTICLE)
        else:
            found.append(max(within, _KATAKANA) if _KATA.match(text) and _KATA.match(following) else within)
    return found


def planned(paragraph: Paragraph, first: int, measure: float, hanging: bool, filled: Callable[[int], int]) -> list[int]:
    """The ends of the lines from cell ``first`` to the next forced break; ``filled`` tells where a line ends that
    begins at a cell and is filled."""
    cells = paragraph.cells
    usual = [filled(first)]
    while usual[-1] < len(cells) and not cells[usual[-1] - 1].forced:
        usual.append(filled(usual[-1]))
    count, stop = len(usual), usual[-1]
    if count == 1:
        return usual
    at = list(accumulate(paragraph.steps[first : stop - 1], initial=0.0))

    def width(start: int, end: int) -> float:
        last = last_set(paragraph, start, end)
        ink = 0.0 if hanging and cells[last].kind in HANGING else paragraph.inks[last]
        return at[last - first] - at[start - first] - paragraph.heads[start] + ink

    may_end = [place + 1 for place in range(first, stop - 1) if 0 < cells[place].ends < min(ONLY_IF_LONGER)]
    may_end = sorted({*may_end, *usual[:-1]})
    filled_lines = {*zip([first, *usual], usual, strict=False)}
    earliest = _earliest(may_end, [stop, *reversed(usual[:-1])], lambda start, end: width(start, end) <= measure + HAIR)
    fits = _Fits(paragraph, width, measure, cells[first].em, filled_lines)
    found, least = _cheapest(fits, first, stop, may_end, earliest)
    if any(_PARTICLE <= paragraph.phrases[end - 1] < _LAST_RESORT for end in found[:-1]):
        more, fewer_cuts = _cheapest(fits, first, stop, may_end, [first] * count)
        worth = _LINE if _WHOLE in paragraph.phrases else _KATAKANA / 2
        found = more if fewer_cuts < least - worth else found
    return found or usual


class _Fits(NamedTuple):
    """What a line may hold, and what it costs."""

    paragraph: Paragraph
    width: Callable[[int, int], float]
    measure: float
    em: float
    filled: Collection[tuple[int, int]]  # lines that are filled: as wide as may be

    def cost(self, start: int, end: int, goal: float) -> float | None:
        """What a line costs by its length; none if it is too long."""
        wide = self.width(start, end)
        if wide > self.measure + HAIR and (start, end) not in self.filled:
            return None
        return _uneven(goal - wide, self.em) / (2 if _WHOLE in self.paragraph.phrases else 1)


def _cheapest(
    fits: _Fits, first: int, stop: int, may_end: Sequence[int], earliest: Sequence[int]
) -> tuple[list[int], float]:
    """The ends of one line more than ``earliest`` has, and what they cost; none if there are none."""
    count = len(earliest) + 1
    goal = fits.width(first, stop) / count
    if count > 2:
        goal = max(goal, _FULLEST * fits.measure) if count <= _FEW else fits.measure
    even = count <= _FEW
    best: dict[int, tuple[float, tuple[int, ...]]] = {first: (0.0, ())}
    for from_here in earliest:
        after: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, before) in best.items():
            for end in may_end[max(bisect_right(may_end, start), bisect_left(may_end, from_here)) :]:
                long = fits.cost(start, end, goal)
                if long is None:
                    break
                ends = fits.paragraph.phrases[end - 1]
                here = cost + long + (ends if even or ends >= 0 else _COMMA_AMONG_MANY)
                if end not in after or here < after[end][0]:
                    after[end] = here, (*before, end)
        best = after
    found, least = [], float("inf")
    for start, (cost, before) in best.items():
        long = fits.cost(start, stop, goal)
        if long is None:
            continue
        here = cost + _SHORT * max(0, 4 - (stop - start)) + (long if count == 2 else 0.0)
        if here < least:
            found, least = [*before, stop], here
    return found, least


def _earliest(may_end: Sequence[int], usual: Sequence[int], fits: Callable[[int, int], bool]) -> list[int]:
    """The earliest end of each line but the last, from which what follows still fits on the lines that are left;
    ``usual`` are the ends of filled lines from the last."""
    found: list[int] = []
    end = usual[0]
    for filled in usual[1:]:
        place = bisect_left(may_end, end) - 1
        least = filled
        while place >= 0 and fits(may_end[place], end):
            least = min(least, may_end[place])
            place -= 1
        end = least
        found.insert(0, end)
    return found


def _uneven(short: float, em: float) -> float:
    """What a line costs that is so much shorter than it should be, or longer: a hole of three em as much as a cut."""
    return (abs(short) / em) ** 3 / 2
