"""Ruby (JLREQ 3.3, CSS Ruby 1): the widths and places of a reading and its base along the line.

A reading stands over the middle of its base. A shorter one is spread over it, one part of space at each end and two
between its characters (1-2-1, JLREQ 3.3.6); a longer one reaches over kana beside it, by half an em of its own at most
(3.3.8 allows a whole one; half is never misread), and over the blank half of punctuation. If that is not enough the
base is spread below it in the same way. All lengths are in the caller's unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from koho_pdf.composition.paragraph.classes import Kind, kind_of

_KANA = frozenset({Kind.KANA, Kind.SMALL_KANA, Kind.PROLONGED})
_KANA_MARKS = "ゝゞヽヾ"
_OVERHANG = 0.5  # of the reading's em


@dataclass(frozen=True, slots=True)
class Spread:
    """A base below its reading: the space ``before`` and ``after`` it, and ``inner`` between its characters.

    ``reach`` is how far the reading goes beyond the base on each side; at a line's end there is nothing to reach over,
    and the base keeps this distance from the edge.
    """

    before: float
    inner: float
    after: float
    reach: float


def overhang(neighbour: str | None, blank: float, reading_em: float) -> float:
    """How far a reading may reach over the character beside its base: over kana, and over the ``blank`` part of others.
    ``neighbour`` is None if a reading must not stand over it: at a paragraph's ends, or beside another ruby's base.
    """
    if neighbour is None:
        return 0.0
    is_kana = kind_of(neighbour) in _KANA or neighbour[0] in _KANA_MARKS
    return _OVERHANG * reading_em if is_kana else min(blank, reading_em)


def spread(count: int, base: float, reading: float, left: float, right: float) -> Spread:
    """Spread ``count`` parts, ``base`` wide together, below a ``reading`` that may reach over its neighbours by the
    given lengths. Parts are characters, and words and numbers: those are never pulled apart (JLREQ 3.3.6, note).
    """
    over = max(0.0, reading - base)
    both = min(left, right, over / 2)  # the same reach on both sides, so that it stays in the middle
    inner = (over - 2 * both) / count
    reach = both + inner / 2
    return Spread(reach - min(left, reach), inner if count > 1 else 0.0, reach - min(right, reach), reach)


def over_base(reading: Sequence[float], base: float, em: float, *, around: bool = True) -> tuple[float, float]:
    """The beginning of a reading (its advances) from its base's head, and the space between its characters. ``em`` is
    the base's: at most half of it stays free at each end (JLREQ 3.3.6). Without ``around`` the reading is set solid
    (``ruby-align: center``).
    """
    room = base - sum(reading)
    if room <= 0 or not around or len(reading) < 2:
        return room / 2, 0.0
    end = min(room / len(reading) / 2, em / 2)
    return end, (room - 2 * end) / (len(reading) - 1)


def share(length: int, count: int, first: int, end: int) -> tuple[int, int]:
    """For a base that is cut because it is longer than its line: which of the ``length`` characters of the reading
    stand over the characters from ``first`` up to ``end`` of the ``count`` in the base; the same share as of the base.
    """
    return round(length * first / count), round(length * end / count)


def is_mono(pairs: Sequence[tuple[float, float]]) -> bool:
    """Whether every reading of a compound (熟語) fits over its own base; each then stands there (JLREQ 3.3.7).

    ``pairs`` are the widths of bases and readings.
    """
    return all(reading <= base for base, reading in pairs)


def breaks(pairs: Sequence[tuple[float, float]]) -> list[bool]:
    """For each pair of a compound but the last, whether a line may end after it: both parts must be as wide as their
    readings.
    """
    rooms = list(accumulate(base - reading for base, reading in pairs))
    return [room >= 0 and rooms[-1] - room >= 0 for room in rooms[:-1]]
