"""Texts changed in two places at once: what differs between two states, and both differences in one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class Patch(NamedTuple):
    """At character ``at`` of the text before stands ``old``, of the text after ``new``."""

    at: int
    old: str
    new: str


def patch_of(old: str, new: str) -> tuple[Patch, ...]:
    """The one place in which two texts differ, from its first to its last character; none if they are the same."""
    if old == new:
        return ()
    begin = _same(old, new)
    end = _same(old[begin:][::-1], new[begin:][::-1])
    return (Patch(begin, old[begin : len(old) - end], new[begin : len(new) - end]),)


def patches_of(old: str, new: str) -> tuple[Patch, ...]:
    """Every place in which two texts differ: by lines, and within a line from its first to its last character."""
    before, after = _LINES.findall(old), _LINES.findall(new)
    begins = [0]
    for line in before:
        begins.append(begins[-1] + len(line))
    found: list[Patch] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = [(a + n, a + n + 1, c + n, c + n + 1) for n in range(b - a)] if b - a == d - c else [(a, b, c, d)]
        for a1, b1, c1, d1 in pairs:
            apart = patch_of("".join(before[a1:b1]), "".join(after[c1:d1]))
            found += (each._replace(at=begins[a1] + each.at) for each in apart)
    return tuple(found)


def patched(text: str, patches: Sequence[Patch]) -> str:
    """The text after. Raises ValueError if it is not the text that the patches are for."""
    said, at = list[str](), 0
    for each in patches:
        if text[each.at : each.at + len(each.old)] != each.old or each.at < at:
            raise ValueError("patches of another text")
        said += (text[at : each.at], each.new)
        at = each.at + len(each.old)
    return "".join([*said, text[at:]])


def merged(base: str, one: str, other: str) -> str | None:
    """``base`` with what ``one`` and what ``other`` made of it; None where both changed the same place in two ways."""
    if one in (base, other):
        return other
    mine, theirs = patches_of(base, one), patches_of(base, other)
    moved: list[Patch] = []
    for each in mine:
        step = 0
        for there in theirs:
            if there == each:
                break
            if _apart(there, each):
                step += len(there.new) - len(there.old)
            elif not _apart(each, there):
                return None
        else:
            moved.append(each._replace(at=each.at + step))
    return patched(other, moved)


def _apart(first: Patch, second: Patch) -> bool:
    """Whether the first ends before the second begins."""
    return first.at + len(first.old) < second.at


def _same(one: str, other: str) -> int:
    """How many characters are the same at the beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
