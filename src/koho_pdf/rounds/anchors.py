"""A comment hangs on a text: on its field and a range of its characters. Found again after the text was edited.

Before the range, inside or across its ends, whatever was edited: the range follows the characters that it marked. A
comment whose characters are all gone still has its field, and says that it lost its place. Nothing is read or written
here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from koho_pdf.archive.compare.wording import ALIKE, bigrams, likeness
from koho_pdf.manuscript.paths import article_in, is_in

_MOST = 4000  # characters of both texts that are compared one by one


class State(StrEnum):
    """What became of the words under a comment."""

    SAME = "same"
    CHANGED = "changed"
    LOST = "lost"
    """All of them are gone, or the text itself is."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Characters ``begin`` to ``end`` of the text in ``field``; the whole text if both are 0. ``quote`` are these."""

    field: str
    begin: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a comment hangs now. If it has lost its place, ``field`` is the text that took that place, or empty; the
    range is then the whole text, or where the words were."""

    field: str
    begin: int
    end: int
    state: State


def found_again(anchor: Anchor, old: str, now: Mapping[str, str]) -> Found:
    """The place of an anchor on ``old``, the words that its field had then, among the texts of ``now`` by their fields
    (all of the issue, or more)."""
    field = _same_text(anchor.field, old, now)
    if field is None:
        return Found("", 0, 0, State.LOST)
    begin, end = (anchor.begin, anchor.end) if anchor.end > anchor.begin else (0, len(old))
    begin, end = min(begin, len(old)), min(end, len(old))
    return Found(field, *_moved(old, now[field], begin, end))


def _same_text(field: str, old: str, now: Mapping[str, str]) -> str | None:
    """The field in which a text stands now: the same words first, wherever they are; else the most alike text of its
    article; else its own field."""
    if now.get(field) == old:
        return field
    bare = field.partition("#")[0]
    article = article_in(bare)
    own = [name for name in now if _belongs(name, bare, article)]
    equal = [name for name in own if now[name] == old] or [name for name in now if now[name] == old and len(old) > 8]
    if equal:
        return _nearest(equal, field)
    marks = bigrams(old)
    shares = [(likeness(len(marks & (other := bigrams(now[name]))), marks, other), name == field, name) for name in own]
    best = max(shares, key=lambda each: each[:2], default=(0.0, False, ""))
    if best[0] >= ALIKE:
        return best[2]
    return field if field in now else None


def _belongs(name: str, field: str, article: str) -> bool:
    if article:
        return article_in(name) == article
    top = field.partition(".")[0]
    return not article_in(name) and is_in(name.partition("#")[0], top)


def _nearest(names: Sequence[str], field: str) -> str:
    """The name that shares the longest beginning with a field."""

    def shared(name: str) -> int:
        return next((at for at, (a, b) in enumerate(zip(name, field, strict=False)) if a != b), len(name))

    return max(names, key=shared)


def _moved(old: str, new: str, begin: int, end: int) -> tuple[int, int, State]:
    """A range of the old words in the new ones."""
    if old == new:
        return begin, end, State.SAME
    if len(old) + len(new) > _MOST:
        return _by_ends(old, new, begin, end)
    kept: list[tuple[int, int]] = []
    edges: list[tuple[int, int]] = []
    alive, gone_at, wider = 0, 0, False
    for tag, left, right, to_left, to_right in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        first, last = max(left, begin), min(right, end)
        if tag == "equal":
            if first < last:
                kept.append((to_left + first - left, to_left + last - left))
                alive += last - first
        elif first < last and to_left < to_right:
            kept.append((to_left, to_right))  # other words stand in their place
            wider = wider or left < begin or right > end
        elif tag == "insert" and left in (begin, end):
            edges.append((to_left, to_right))
        if left <= begin <= right:
            gone_at = to_left
    if not kept:
        return gone_at, gone_at, State.LOST
    if alive < end - begin:  # what was put in at an edge is a part of the change
        kept += edges
    first, last = min(each[0] for each in kept), max(each[1] for each in kept)
    if not alive:
        return first, last, State.LOST if wider else State.CHANGED
    return first, last, State.SAME if new[first:last] == old[begin:end] else State.CHANGED


def _by_ends(old: str, new: str, begin: int, end: int) -> tuple[int, int, State]:
    """The same for very long texts: what is the same at both ends stays where it is, what is between has changed."""
    head = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    if end <= head:
        return begin, end, State.SAME
    if begin >= len(old) - tail:
        return begin + len(new) - len(old), end + len(new) - len(old), State.SAME
    first = begin if begin <= head else head
    last = len(new) - tail if end <= len(old) - tail else end + len(new) - len(old)
    return first, max(first, last), State.CHANGED if last > first else State.LOST
