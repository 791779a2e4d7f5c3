"""Which words of the manuscript a long text lacks: every field must be found in it, and each find counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from koho_pdf.collation.owed import Owed, folded

_GONE = "\0"  # stands where a field was found
_SEAM = "\1"  # stands where a piece of the text ends
_LEAST = 4  # least characters of a part, when a field is found in parts
_AFAR = 8  # the same, where the part stands anywhere
_NEAR = 120  # most characters between two parts: a reading in brackets, a folio, the head of a page
_QUOTED = 20


@dataclass(frozen=True, slots=True)
class Lack:
    """A field whose ``words`` (folded) are missing; ``partly`` if its other words are there."""

    owed: Owed
    words: str
    partly: bool

    @property
    def quoted(self) -> str:
        """The first of the words, for people; as they were typed if all of them are missing."""
        return quoted(self.words if self.partly else self.owed.ways[0])


def quoted(words: str) -> str:
    """The first of some words."""
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"


def lacks(wanted: Iterable[Owed], said: str | Sequence[str], fold: Callable[[str], str] = folded) -> tuple[Lack, ...]:
    """The fields that a text lacks, in their order; ``fold`` makes both sides comparable.

    A text may come in pieces: a piece ends with its page, or where words follow that nobody sees. A field may go on in
    the next piece. But the rest of a field that was cut there must not take the first words of the next piece. So the
    text is read in several ways, over the seams and up to them; the way that lacks the fewest fields is right.
    """
    wanted, pieces = tuple(wanted), [said] if isinstance(said, str) else said
    lacking = _lacks(wanted, *_joined(pieces, "", fold), fold)
    if not lacking or len(pieces) < 2:
        return lacking
    parted, bounds = _joined(pieces, _SEAM, fold)
    ways = _lacks(wanted, parted, bounds, fold), _lacks(wanted, parted, bounds, fold, whole_first=True), lacking
    return min(ways, key=len)


def _joined(pieces: Sequence[str], seam: str, fold: Callable[[str], str]) -> tuple[str, frozenset[int]]:
    """Pieces as one folded text, and where in it lines and words drawn at once begin and end; nowhere if that cannot be
    told after folding.
    """
    text, bounds = [], set[int]()
    at = 0
    for number, piece in enumerate(pieces):
        lines = list(map(fold, piece.split("\n")))
        whole = "".join(lines) if fold is folded else fold(piece)  # brackets may go on over lines
        if number:
            text.append(seam)
            at += len(seam)
        text.append(whole)
        if sum(map(len, lines)) == len(whole):
            bounds |= {at, *(at + end for end in accumulate(map(len, lines)))}
        at += len(whole)
    return "".join(text), frozenset(bounds)


def _lacks(
    wanted: Sequence[Owed],
    said: str,
    bounds: frozenset[int],
    fold: Callable[[str], str],
    *,
    whole_first: bool = False,
) -> tuple[Lack, ...]:
    """The same for a text that is folded. Found fields are taken out of the text, the longest first, so that 市民会館
    is not found inside a longer field that names it too. A field that is not found whole is looked for in parts, in
    what is left; words of a few characters come last, or before all parts with ``whole_first``. They are first looked
    for between two ``bounds`` of the text: of the cells 21 and 11, which stand together as 2111, 11 is the second.
    """
    long: dict[tuple[str, ...], list[Owed]] = {}
    short: dict[tuple[str, ...], list[Owed]] = {}
    order: dict[Owed, int] = {}
    asked: Counter[str] = Counter()  # by how many fields, whatever their other ways: a year of a title and of a table
    left: Counter[str] = Counter()
    for number, each in enumerate(wanted):
        order[each] = number
        said_so = [way for way in map(fold, each.ways) if way]
        asked.update(set(said_so))
        if ways := tuple(sorted(said_so, key=len, reverse=True)):
            (long if len(ways[0]) >= _AFAR else short).setdefault(ways, []).append(each)
    found: list[Lack] = []
    for alike in (long | short,) if whole_first else (long, short):
        whole: list[str] = []
        parted: list[tuple[str, Owed]] = []
        for way in sorted({way for ways in alike for way in ways if len(way) < _AFAR}, key=len, reverse=True):
            said, here = _alone(way, said, bounds, asked[way] - left[way])
            left[way] += here
        for ways, fields in sorted(alike.items(), key=lambda each: -len(each[0][0])):
            times = 0
            for way in ways:
                if left[way] < len(fields) - times:
                    said, here = _taken(way, said, asked[way])
                    left[way] += here
                if used := min(left[way], len(fields) - times):
                    left[way] -= used
                    times += used
                    whole.append(way)
            parted += [(ways[0], each) for each in fields[times:]]
        for way, each in parted:
            words, said = _pieced(way, said, [other for other in whole if other in way])
            if words:
                found.append(Lack(each, words, len(words) < len(way)))
    return tuple(sorted(found, key=lambda lack: order[lack.owed]))


def _alone(way: str, said: str, bounds: frozenset[int], most: int) -> tuple[str, int]:
    """The text without these words where they stand between two bounds, and how often that was; at most ``most``. First
    come those with no bound within: of the cells 01, 0 and 010 the third is 010, and not the first two.
    """
    found = 0
    for undivided in (True, False):
        at = said.find(way)
        while at >= 0 and found < most:
            end = at + len(way)
            divided = any(bound in bounds for bound in range(at + 1, end))
            if at in bounds and end in bounds and divided is not undivided:
                said, found = said[:at] + _GONE * len(way) + said[end:], found + 1
            at = said.find(way, at + 1)
    return said, found


def _taken(way: str, said: str, most: int) -> tuple[str, int]:
    """The text without these words, and how often they were there. Of words that touch each other at most ``most`` are
    counted: in the row L・LL・LLL, LLL is there once.
    """
    parts: list[str] = []
    pen = taken = 0
    while (at := said.find(way, pen)) >= 0:
        end, times = at + len(way), 1
        while said.startswith(way, end):
            end, times = end + len(way), times + 1
        here = min(times, most)
        parts += (said[pen:at], _GONE * (here * len(way)), said[at + here * len(way) : end])
        pen, taken = end, taken + here
    return "".join((*parts, said[pen:])), taken


def _pieced(field: str, said: str, taken: Sequence[str]) -> tuple[str, str]:
    """The first missing stretch of a field, and the text without the parts that were found. ``taken`` are other fields
    inside this one: they were found, so they are gone from the text.
    """
    for other in taken:
        if other != field:
            field = field.replace(other, _GONE * len(other))
    lost: list[str] = [""]
    at = pen = 0
    started = False
    while at < len(field):
        if field[at] == _GONE:
            at += 1
            continue
        rest = field[at:]
        near = _longest(rest, said[pen : pen + len(rest) + _NEAR]) if started else 0
        begin = said.find(rest[:near], pen) if near and (near >= _LEAST or near == len(rest)) else -1
        if begin < 0:
            near = _longest(rest, said)
            begin = said.find(rest[:near]) if near >= _AFAR or (not started and near >= _LEAST) else -1
        if begin < 0:
            lost[-1] += field[at]
            at += 1
            continue
        if lost[-1]:
            lost.append("")
        at, pen, started = at + near, begin + near, True
        said = said[:begin] + _GONE * near + said[pen:]
    return max(lost, key=bool), said


def _longest(field: str, said: str) -> int:
    """How many of the first characters of a field stand together somewhere in a text."""
    low, high = 0, len(field)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if field[:middle] in said else (low, middle - 1)
    return low
