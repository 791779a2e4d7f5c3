"""Text that goes on in columns of another width: between two paragraphs, because its lines are others there.

An article is composed at each width. What begins in it (a paragraph, a picture, a row of a table) begins at every
width, in the same order; so the place where it goes on is found by counting what begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from koho_pdf.composition.rows import Row

Articles = Sequence[Sequence[Row]]


class Crossings:
    """The rows at which articles (by the number of their width) may go on at another width; rows are counted through
    all articles."""

    def __init__(self, sets: Mapping[int, Articles]) -> None:
        self._starts = {width: [*_starts(articles)] for width, articles in sets.items()}
        if len({len(each) for each in self._starts.values()}) > 1:  # not alike: then between articles only
            self._starts = {width: [0, *accumulate(len(rows) for rows in articles)] for width, articles in sets.items()}

    def last(self, width: int, at: int, end: int, costs: Sequence[int]) -> int:
        """The last row behind ``at``, and not behind ``end``, at which text may go on at another width; one before
        which a column ends well (``costs``), if there is one. ``at`` if there is none."""
        known = self._starts[width]
        here = known[bisect_right(known, at) : bisect_right(known, end)]
        well = [each for each in here if costs[each - 1] <= 0]
        return (well or here or [at])[-1]

    def across(self, at: int, one: int, other: int) -> int:
        """The row at the ``other`` width where the row ``at`` of the first width begins."""
        return self._starts[other][bisect_right(self._starts[one], at) - 1]


def _starts(articles: Articles) -> Sequence[int]:
    found, at = [], 0
    for rows in articles:
        for number, row in enumerate(rows):
            if not number or not row.paragraph or row.paragraph != rows[number - 1].paragraph:
                found.append(at + number)
        at += len(rows)
    return [*found, at]
