"""The heads of a table's columns, in one row or in two: then a head may stand above several columns (結合した見出し).

In the upper row an empty cell belongs to the head before it, as Excel writes merged cells into a CSV file. An empty
cell below a head of one column belongs to that head, which is then two rows high; so does an empty cell above one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from koho_pdf.content.values.runs import InlineText


@dataclass(frozen=True, slots=True)
class Head:
    """A head cell as it is set: its words, how many columns (``across``) and rows (``down``) it takes, and its first
    column, from 0."""

    text: InlineText
    across: int
    down: int
    column: int


def groups(over: Sequence[str]) -> tuple[int, ...]:
    """For each column the one whose cell in the upper row stands above it; itself where no words stand before it."""
    found: list[int] = []
    for column, words in enumerate(over):
        found.append(column if words or not any(over[:column]) else found[-1])
    return tuple(found)


def without_head(over: Sequence[str], under: Sequence[str]) -> int | None:
    """The first column that would have no head of its own; None if all have."""
    place = groups(over)
    wide = {column for column in place if place.count(column) > 1}
    bare = [at for at, words in enumerate(under) if not words and (place[at] in wide or not over[at])]
    return bare[0] if bare else None


def own_heads(over: Sequence[InlineText], under: Sequence[InlineText]) -> tuple[InlineText, ...]:
    """The nearest head of each column."""
    return tuple(below if below.plain or not over else over[at] for at, below in enumerate(under))


def heads_above(over: Sequence[InlineText], under: Sequence[InlineText]) -> tuple[InlineText | None, ...]:
    """For each column the head above its own one, if it has two."""
    if not over:
        return (None,) * len(under)
    place = groups([each.plain for each in over])
    return tuple(over[place[at]] if below.plain and over[place[at]].plain else None for at, below in enumerate(under))


def head_rows(over: Sequence[InlineText], under: Sequence[InlineText]) -> tuple[tuple[Head, ...], ...]:
    """The rows of heads as they are set, from the top."""
    if not over:
        return (tuple(Head(each, 1, 1, column) for column, each in enumerate(under)),)
    above = heads_above(over, under)
    upper = tuple(_upper(over, under, above))
    lower = tuple(Head(each, 1, 1, column) for column, each in enumerate(under) if above[column])
    return (upper, lower) if lower else (tuple(Head(each.text, 1, 1, each.column) for each in upper),)


def _upper(
    over: Sequence[InlineText], under: Sequence[InlineText], above: Sequence[InlineText | None]
) -> Iterator[Head]:
    place = groups([each.plain for each in over])
    for column, head in enumerate(own_heads(over, under)):
        if not above[column]:
            yield Head(head, 1, 2, column)
        elif place[column] == column:
            yield Head(over[column], place.count(column), 1, column)
