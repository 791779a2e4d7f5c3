"""A page plan proposed: which column takes which article. Arithmetic in mm, which knows no issue and no engine.

Articles that may not be divided, in columns of given depths: bin packing, NP-hard. A local search with restarts is
asked: it moves, exchanges and throws out articles, and keeps what costs less. It is bounded by its number of tries,
draws from a sequence of its own (``_Draw``), and reckons only with what every machine reckons alike (IEEE 754: + - *
/ and square roots), so that it proposes the same everywhere (decision 0045).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

TRIES = 60_000
"""Tries of one start."""
STARTS = 6
_HAIR = 1e-6
_LEFT_OUT = 1_000.0
_FULL = 40.0
_SCATTERED = 3.0
_MOVED = 6.0
_LATE = 0.6


@dataclass(frozen=True, slots=True)
class Bin:
    """A column: how deep it is (mm), the ``gap`` between its articles, on which ``page`` it stands (from 1), and in
    which ``region`` of the plan (any number that tells regions apart)."""

    depth: float
    gap: float
    page: int
    region: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """An article: its height in mm in each region that takes it, its ``section``, its ``rank`` among all (0: it should
    stand first), how much it ``weighs`` that it is left out (1: as any other), and the region in which it stood
    ``before`` (None: it is new), there in the place ``at`` among others."""

    heights: Mapping[int, float]
    section: str = ""
    rank: int = 0
    weighs: float = 1.0
    before: int | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """The numbers of the articles in each column, from its top, and of those for which there is no room."""

    columns: tuple[tuple[int, ...], ...]
    left_out: tuple[int, ...]


def propose(pieces: Sequence[Piece], bins: Sequence[Bin], *, tries: int = TRIES, starts: int = STARTS) -> Proposal:
    """Columns filled so that as little as can be is left out, columns are full, sections stand together, articles of a
    higher rank come first, and as little as can be is moved."""
    fewest = _fewest_left_out(pieces, bins)
    best = _Search(pieces, bins, 0)
    best.run(tries)
    for start in range(1, starts):
        search = _Search(pieces, bins, start)
        search.run(tries)
        if search.least < best.least - _HAIR:
            best = search
        if best.left_out <= fewest:
            break
    return best.proposal()


def _fewest_left_out(pieces: Sequence[Piece], bins: Sequence[Bin]) -> int:
    """Fewer cannot be left out: those that fit nowhere, and so many of the deepest as are too much for all columns."""
    gap = min((each.gap for each in bins), default=0.0)
    least = [min(each.heights.values()) + gap for each in pieces if each.heights]
    too_much = sum(least) - sum(each.depth + each.gap for each in bins)
    count = len(pieces) - len(least)
    for size in sorted(least, reverse=True):
        if too_much <= _HAIR:
            break
        too_much -= size
        count += 1
    return count


def _likely(worse: float) -> float:
    """About e to the power of -``worse``, by its series: ``math.exp`` differs between machines in its last digit."""
    return 1.0 / (1.0 + worse * (1.0 + worse * (0.5 + worse * (1.0 / 6.0 + worse / 24.0))))


class _Draw:
    """Numbers as if thrown, the same for the same ``seed`` (linear congruential, Knuth's MMIX)."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def __call__(self, below: int) -> int:
        """A whole number from 0, less than ``below``."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self._state >> 33) * below >> 31

    def part(self) -> float:
        """A number from 0, less than 1."""
        return self(1 << 31) / (1 << 31)

    def shuffled(self, numbers: Iterable[int]) -> list[int]:
        """Them in another order."""
        left = list(numbers)
        return [left.pop(self(len(left))) for _ in range(len(left))]


class _Search:
    """One start: ``where[piece]`` is its column, or -1."""

    def __init__(self, pieces: Sequence[Piece], bins: Sequence[Bin], seed: int) -> None:
        self.pieces, self.bins = pieces, bins
        self.draw = _Draw(seed)
        self.room = [each.depth + each.gap for each in bins]
        self.size = [
            [each.heights[bin_.region] + bin_.gap if bin_.region in each.heights else 0.0 for bin_ in bins]
            for each in pieces
        ]
        self.fits = [
            [at for at, bin_ in enumerate(bins) if size[at] and size[at] <= self.room[at] + _HAIR] for size in self.size
        ]
        self.sections = sorted({each.section for each in pieces})
        self.section = [self.sections.index(each.section) for each in pieces]
        pages = sorted({each.page for each in bins})
        self.page = [pages.index(each.page) for each in bins]
        self.last_page = max(len(pages) - 1, 1)
        self.here = [[0] * len(pages) for _ in self.sections]
        ranks = max((each.rank for each in pieces), default=0) or 1
        self.due = [each.rank / ranks for each in pieces]
        self.where = [-1] * len(pieces)
        self.inside: list[set[int]] = [set() for _ in bins]
        self.used = [0.0] * len(bins)
        self.cost = sum(self._out(at) for at in range(len(pieces))) + sum(map(self._free, range(len(bins))))
        self._begin()
        self.least, self.kept = self.cost, list(self.where)

    def run(self, tries: int) -> None:
        """Tries with falling heat (simulated annealing)."""
        movable = [at for at in range(len(self.pieces)) if self.fits[at]]
        if not movable:
            return
        for number in range(tries):
            heat = 30.0 * (1 - number / tries) ** 2 + 0.02
            before = self.cost
            undo = self._step(movable)
            if undo is None:
                continue
            if self.cost > before and self.draw.part() >= _likely((self.cost - before) / heat):
                for piece, _ in undo:
                    self._put(piece, -1)
                for piece, column in undo:
                    self._put(piece, column)
                continue
            if self.cost < self.least - _HAIR:
                self.least, self.kept = self.cost, list(self.where)

    @property
    def left_out(self) -> int:
        """How many are left out in the best that was seen."""
        return sum(at < 0 for at in self.kept)

    def proposal(self) -> Proposal:
        """The best that was seen; in a column by rank, and the columns of a region that are alike by their first."""
        columns: list[list[int]] = [[] for _ in self.bins]
        for piece, at in sorted(enumerate(self.kept), key=lambda each: (self.pieces[each[0]].rank, each[0])):
            if at >= 0:
                columns[at].append(piece)
        alike: dict[Bin, list[int]] = {}
        for at, bin_ in enumerate(self.bins):
            alike.setdefault(bin_, []).append(at)
        last = len(self.pieces)
        for places in alike.values():
            filled = sorted(
                (columns[at] for at in places), key=lambda each: self.pieces[each[0]].rank if each else last
            )
            for at, column in zip(places, filled, strict=True):
                columns[at] = column
        return Proposal(tuple(map(tuple, columns)), tuple(n for n, at in enumerate(self.kept) if at < 0))

    def _begin(self) -> None:
        """Those that stood somewhere as they stood, one column after the other; then the deepest first, each in the
        fullest column that has room for it."""
        pieces = self.pieces
        order = self.draw.shuffled(range(len(pieces)))
        order.sort(key=lambda at: (pieces[at].before is None, pieces[at].at, -max(self.size[at], default=0.0)))
        reached: dict[int, int] = {}
        for piece in order:
            open_ = [at for at in self.fits[piece] if self._has_room(piece, at)]
            home = pieces[piece].before
            stays = [at for at in open_ if self.bins[at].region == home and at >= reached.get(home, 0)]
            if home is not None and stays:
                reached[home] = stays[0]
                self._put(piece, stays[0])
            elif open_:
                self._put(piece, max(open_, key=lambda at: self.used[at]))

    def _has_room(self, piece: int, column: int) -> bool:
        return self.used[column] + self.size[piece][column] <= self.room[column] + _HAIR

    def _step(self, movable: Sequence[int]) -> list[tuple[int, int]] | None:
        """One change; the columns before of the articles that it moves, or None where nothing was done."""
        piece = movable[self.draw(len(movable))]
        fits = self.fits[piece]
        to = fits[self.draw(len(fits))]
        was = self.where[piece]
        if to == was:
            return None
        need = self.used[to] + self.size[piece][to] - self.room[to]
        undo = [(piece, was)]
        if need <= _HAIR:
            self._put(piece, to)
            return undo
        self._put(piece, -1)
        for other in self.draw.shuffled(sorted(self.inside[to])):
            if need <= _HAIR:
                break
            need -= self.size[other][to]
            undo.append((other, to))
            self._put(other, -1)
        self._put(piece, to)
        for other, _ in undo[1:]:
            size = self.size[other]
            if was >= 0 and size[was] and self._has_room(other, was):
                self._put(other, was)
                continue
            open_ = [at for at in self.fits[other] if self._has_room(other, at)]
            if open_:
                self._put(other, min(open_, key=lambda at: self.room[at] - self.used[at] - size[at]))
        return undo

    def _put(self, piece: int, column: int) -> None:
        """Move an article, and keep the cost in step."""
        was = self.where[piece]
        if was == column:
            return
        self.cost -= self._standing(piece)
        if was >= 0:
            self.cost -= self._free(was)
            self.inside[was].discard(piece)
            self.used[was] -= self.size[piece][was]
            self.cost += self._free(was)
            self._count(piece, was, -1)
        self.where[piece] = column
        if column >= 0:
            self.cost -= self._free(column)
            self.inside[column].add(piece)
            self.used[column] += self.size[piece][column]
            self.cost += self._free(column)
            self._count(piece, column, 1)
        self.cost += self._standing(piece)

    def _count(self, piece: int, column: int, by: int) -> None:
        pages = self.here[self.section[piece]]
        page = self.page[column]
        before = pages[page] > 0
        pages[page] += by
        self.cost += _SCATTERED * ((pages[page] > 0) - before)

    def _free(self, column: int) -> float:
        """What the free room of a column costs: its square root is steep near full, so one column is emptied for
        another to be full, rather than both left half."""
        depth = self.room[column]
        return _FULL * sqrt(max(0.0, (depth - self.used[column]) / depth)) if depth else 0.0

    def _standing(self, piece: int) -> float:
        at = self.where[piece]
        if at < 0:
            return self._out(piece)
        late = _LATE * abs(self.page[at] / self.last_page - self.due[piece])
        home = self.pieces[piece].before
        return late + (_MOVED if home is not None and home != self.bins[at].region else 0.0)

    def _out(self, piece: int) -> float:
        deep = max(self.size[piece], default=0.0)
        return self.pieces[piece].weighs * (_LEFT_OUT + deep)
