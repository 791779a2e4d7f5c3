"""Missing numbers (欠号): which issues an archive does not have, told from those it has."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from koho_pdf.archive.index import Issue


def missing_numbers(issues: Iterable[Issue]) -> dict[str, list[tuple[int, int]]]:
    """By kind, the first and last number of every gap between its lowest and its highest number."""
    numbers: dict[str, set[int]] = {}
    for issue in issues:
        if issue.number is not None:
            numbers.setdefault(issue.kind, set()).add(issue.number)
    gaps = {
        kind: [(low + 1, high - 1) for low, high in pairwise(sorted(held)) if high > low + 1]
        for kind, held in sorted(numbers.items())
    }
    return {kind: found for kind, found in gaps.items() if found}
