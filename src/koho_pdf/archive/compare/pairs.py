"""Compares two outlines: what was added, dropped, moved and reworded, part by part. Nothing is read or written here.

Listed parts (pillars, initiatives, policies) are matched anywhere in the other issue, so that a moved part is told as
moved. Parts with the same words are matched first, then those with the same heading, then the most alike pairs, in the
order of their likeness: so no two parts are left that would both prefer each other to their partners. The likeness of a
group is the mean of that of its heading and that of all its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from koho_pdf.archive.compare.wording import ALIKE, Piece, bigrams, likeness, pieces
from koho_pdf.content.outline import Part

MOST_LIKENED = 1000
"""At most this many parts of one kind without an exact match are compared by likeness; the rest are told as new or
gone.
"""

_NUMBERS = re.compile(r"\.\d+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A part of the old issue, of the new one, or of both, at its place in the new one. ``moved`` if it was under
    another heading or in another order; ``away`` marks the old place of a moved part, which is told at its new place.
    ``old_words`` and ``new_words`` are the words of each year in pieces.
    """

    old: Part | None
    new: Part | None
    moved: bool = False
    away: bool = False
    old_words: tuple[Piece, ...] = ()
    new_words: tuple[Piece, ...] = ()
    parts: tuple[Pair, ...] = ()

    @property
    def added(self) -> bool:
        return self.old is None

    @property
    def dropped(self) -> bool:
        return self.new is None

    @property
    def reworded(self) -> bool:
        return bool(self.old and self.new and not self.away and self.old.words != self.new.words)

    @property
    def part(self) -> Part:
        """The new part if there is one, otherwise the old one."""
        part = self.new or self.old
        assert part is not None  # a pair is never empty
        return part


def compare(old: Part, new: Part, *, keyed: bool = False) -> Pair:
    """Two issues' outlines as one tree in the new issue's order; dropped parts stand where they were. ``keyed``: both
    are of one issue, where an article with the same id is the same article.
    """
    return _Comparison(old, new, keyed=keyed).pair(old, new)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part, its parent, its place among all of its kind; its own words and all words in it, as bigrams."""

    part: Part
    above: str
    number: int
    words: frozenset[str]
    content: frozenset[str]
    text: Hashable


class _Comparison:
    """Finds which part of one issue belongs to which part of the other, by field."""

    def __init__(self, old: Part, new: Part, *, keyed: bool = False) -> None:
        self.keyed = keyed
        self.old, self.new = _by_kind(old), _by_kind(new)
        self.partner: dict[str, str] = {old.field: new.field}
        """From the old issue's fields to the new one's."""
        self._match()
        self.old_parts, self.new_parts = (
            {each.part.field: each.part for kind in side.values() for each in kind} for side in (self.old, self.new)
        )
        self.origin = {new: old for old, new in self.partner.items()}

    def _match(self) -> None:
        for kind in sorted(self.old.keys() & self.new.keys(), key=lambda kind: (kind.count("."), kind)):
            olds, news = self.old[kind], self.new[kind]
            if not olds[0].part.listed:
                standing: dict[str | None, str] = {each.above: each.part.field for each in news}
                for each in olds:
                    if there := standing.get(self.partner.get(each.above)):
                        self.partner[each.part.field] = there
                continue
            olds, news = self._match_keys(olds, news)
            olds, news = self._match_equal(olds, news, with_place=True)
            olds, news = self._match_equal(olds, news, with_place=False)
            olds, news = self._match_headings(olds, news)
            self._match_alike(olds[:MOST_LIKENED], news[:MOST_LIKENED])

    def _match_keys(self, olds: Sequence[_Placed], news: Sequence[_Placed]) -> tuple[list[_Placed], list[_Placed]]:
        """Match articles that have the same id, and in them the parts that have; returns what is left of both sides."""
        found = {each.part.key: each.part.field for each in news if each.part.key} if self.keyed else {}
        pairs = {each.part.field: found[each.part.key] for each in olds if each.part.key in found}
        self.partner |= pairs
        taken = set(pairs.values())
        return [each for each in olds if each.part.field not in pairs], [
            each for each in news if each.part.field not in taken
        ]

    def _match_equal(
        self, olds: Sequence[_Placed], news: Sequence[_Placed], *, with_place: bool
    ) -> tuple[list[_Placed], list[_Placed]]:
        """Match parts with the same words (with ``with_place`` only under the same heading); returns what is left of
        both sides.
        """
        waiting: dict[Hashable, list[_Placed]] = defaultdict(list)
        for each in reversed(news):
            waiting[each.text, each.above if with_place else ""].append(each)
        left: list[_Placed] = []
        for each in olds:
            if there := waiting.get((each.text, self.partner.get(each.above) if with_place else "")):
                self.partner[each.part.field] = there.pop().part.field
            else:
                left.append(each)
        taken = set(self.partner.values())
        return left, [each for each in news if each.part.field not in taken]

    def _match_headings(self, olds: Sequence[_Placed], news: Sequence[_Placed]) -> tuple[list[_Placed], list[_Placed]]:
        """Match groups whose heading is unique; returns what is left of both sides."""
        counts = [Counter(each.part.words for each in side) for side in (olds, news)]
        single = {words for words, count in counts[0].items() if words and count == counts[1][words] == 1}
        found = {each.part.words: each.part.field for each in news if each.part.parts}
        pairs = {old.part.field: found[words] for old in olds if (words := old.part.words) in single & found.keys()}
        self.partner |= pairs
        taken = set(pairs.values())
        return [old for old in olds if old.part.field not in pairs], [
            new for new in news if new.part.field not in taken
        ]

    def _match_alike(self, olds: Sequence[_Placed], news: Sequence[_Placed]) -> None:
        """Match the most alike first; among equals those under the same heading, then the nearest."""
        taken: set[str] = set()
        for _, old, new in sorted(
            (each for each in _likenesses(olds, news) if each[0] >= ALIKE),
            key=lambda each: (-each[0], *self._distance(each[1], each[2]), each[1].number, each[2].number),
        ):
            if old.part.field not in self.partner and new.part.field not in taken:
                self.partner[old.part.field] = new.part.field
                taken.add(new.part.field)

    def _distance(self, old: _Placed, new: _Placed) -> tuple[bool, int]:
        return self.partner.get(old.above) != new.above, abs(old.number - new.number)

    def pair(self, old: Part, new: Part, moved: bool = False) -> Pair:
        """Pair two parts and everything in them."""
        before, after = pieces(old.words, new.words)
        return Pair(old, new, moved, False, before, after, tuple(self._within(old, new)))

    def _within(self, old: Part | None, new: Part | None) -> Iterator[Pair]:
        """The content of a part in either issue or both; a dropped part stands after the part that it followed."""
        here = {part.field for part in new.parts} if new else set()
        left: dict[str, list[Part]] = defaultdict(list)
        after = ""
        for part in old.parts if old else ():
            if self.partner.get(part.field) in here:
                after = part.field
            else:
                left[after].append(part)
        yield from map(self._left, left[""])
        stayed = self._stayed(old, new)
        for part in new.parts if new else ():
            origin = self.origin.get(part.field)
            if origin is None:
                yield Pair(None, part, new_words=_whole(part, changed=True), parts=tuple(self._within(None, part)))
            else:
                yield self.pair(self.old_parts[origin], part, origin not in stayed)
                yield from map(self._left, left[origin])

    def _left(self, part: Part) -> Pair:
        """A part of the old issue that is no longer here."""
        if part.field in self.partner:
            return Pair(
                part, self.new_parts[self.partner[part.field]], away=True, old_words=_whole(part, changed=False)
            )
        return Pair(part, None, old_words=_whole(part, changed=True), parts=tuple(self._within(part, None)))

    def _stayed(self, old: Part | None, new: Part | None) -> set[str]:
        """The old fields in this part that kept their place: those outside lists, and the longest run that is still in
        order.
        """
        if not old or not new:
            return set()
        numbers = {part.field: number for number, part in enumerate(old.parts)}
        origins = [self.origin.get(part.field, "") for part in new.parts]
        return set(_longest_rising([each for each in origins if each in numbers], numbers))


def _likenesses(olds: Sequence[_Placed], news: Sequence[_Placed]) -> Iterator[tuple[float, _Placed, _Placed]]:
    """How alike each old part is to each new one that has any bigram of it; found by the bigrams, not pair by pair."""
    by_words, by_content = _holders(each.words for each in news), _holders(each.content for each in news)
    for old in olds:
        words, content = _counted(old.words, by_words), _counted(old.content, by_content)
        for number in words.keys() | content.keys():
            new = news[number]
            shares = [
                likeness(shared[number], one, other)
                for shared, one, other in ((words, old.words, new.words), (content, old.content, new.content))
                if one or other
            ]
            yield sum(shares) / len(shares), old, new


def _holders(sets: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """For each bigram the numbers of the sets that hold it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(sets):
        for each in held:
            found[each].append(number)
    return found


def _counted(wanted: frozenset[str], holders: dict[str, list[int]]) -> Counter[int]:
    """How many of the bigrams each set holds, if it holds any."""
    counts: Counter[int] = Counter()
    for each in wanted & holders.keys():
        counts.update(holders[each])
    return counts


def _longest_rising(names: Sequence[str], numbers: dict[str, int]) -> list[str]:
    """The longest subsequence of these names in the order of their numbers."""
    ends: list[int] = []
    chains: list[tuple[str, int | None]] = []  # a name, and the index in this list of the name before it
    lasts: list[int] = []  # for each length, the chain with the lowest end
    for name in names:
        at = bisect_left(ends, numbers[name])
        chains.append((name, lasts[at - 1] if at else None))
        ends[at : at + 1], lasts[at : at + 1] = [numbers[name]], [len(chains) - 1]
    found: list[str] = []
    link = lasts[-1] if lasts else None
    while link is not None:
        name, link = chains[link]
        found.append(name)
    return found


def _by_kind(root: Part) -> dict[str, list[_Placed]]:
    """All parts below ``root`` in order, by their field without numbers (``pillars.initiatives``)."""
    found: dict[str, list[_Placed]] = defaultdict(list)

    def visit(part: Part, above: str) -> tuple[frozenset[str], Hashable]:
        here = found[_NUMBERS.sub("", part.field)]
        below = [visit(each, part.field) for each in part.parts]
        words, content = bigrams(part.words), frozenset[str]().union(*(words for words, _ in below))
        text = (part.words, tuple(text for _, text in below))
        here.append(_Placed(part, above, len(here), words, content, text))
        return words | content, text

    for part in root.parts:
        visit(part, "")
    return found


def _whole(part: Part, *, changed: bool) -> tuple[Piece, ...]:
    return (Piece(part.words, changed),) if part.words else ()


def told(pair: Pair) -> Iterator[Pair]:
    """Every change below ``pair``, in order; a part that came or went together with its parent is not
    told separately.
    """
    for each in pair.parts:
        follows = (pair.added and each.added) or (pair.dropped and each.dropped)
        if (each.added or each.dropped or each.moved or each.reworded) and not follows:
            yield each
        yield from told(each)
