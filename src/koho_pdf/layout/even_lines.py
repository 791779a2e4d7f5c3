"""Phrases joined into the lines of a heading: few, and as even as can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

_FEW_PARTS = 14  # of more, not all ways are tried


def even_lines(parts: list[str], characters: int, at_least: int) -> list[str]:
    """Phrases joined into as few lines as possible, and as even as possible."""
    longest = max(map(len, parts), default=0)
    if longest > characters:
        return parts
    count = max(min(at_least, len(parts)), len(_filled(parts, characters)))
    width = next(width for width in range(longest, characters + 1) if len(_filled(parts, width)) <= count)
    even: list[str] = []
    while parts:
        # Among equal ways, the one with the shortest first line.
        rest, taken = count - len(even) - 1, 1
        while len(_filled(parts[taken:], width)) > rest:
            taken += 1
        even.append("".join(parts[:taken]))
        parts = parts[taken:]
    return even


def without_stub(parts: Sequence[str], characters: int, usual: list[str]) -> list[str]:
    """As many lines of these finer parts, the shortest of them as long as can be (美術館・|図書館をつなぐ, not つなぐ
    alone); the usual lines, if that makes the shortest no longer."""
    best, most = usual, min(map(len, usual))
    for ends in combinations(range(1, min(len(parts), _FEW_PARTS)), len(usual) - 1):
        made = ["".join(parts[a:b]) for a, b in pairwise((0, *ends, len(parts)))]
        if max(map(len, made)) <= characters and min(map(len, made)) > most:
            best, most = made, min(map(len, made))
    return best


def _filled(parts: Sequence[str], width: int) -> list[str]:
    """The phrases joined into as few lines as possible of at most ``width`` characters."""
    filled: list[str] = []
    for part in parts:
        if filled and len(filled[-1]) + len(part) <= width:
            filled[-1] += part
        else:
            filled.append(part)
    return filled
