"""A page plan proposed: columns as full as can be, in whole articles, and the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from koho_pdf.plan.proposing import Bin, Piece, Proposal, propose

COLUMNS, DEPTH, GAP = 24, 40.0, 1.0


def notices(seed: int, full: float = 0.97) -> list[float]:
    """60 notices of 5 to 30 lines that sum to 97 % of all columns."""
    random = Random(seed)
    lines = [random.randint(5, 30) for _ in range(60)]
    while (missing := round(full * COLUMNS * DEPTH) - sum(lines)) != 0:
        at, step = random.randrange(60), 1 if missing > 0 else -1
        lines[at] += step if 5 <= lines[at] + step <= 30 else 0
    return [float(each) for each in lines]


def first_fit_decreasing(pieces: Sequence[Piece], bins: Sequence[Bin]) -> Proposal:
    """The deepest article first, each in the first column with room: what the search must beat."""
    columns: list[list[int]] = [[] for _ in bins]
    left: list[int] = []
    room = [each.depth + each.gap for each in bins]
    order = sorted(range(len(pieces)), key=lambda at: -max(pieces[at].heights.values(), default=0.0))
    for number in order:
        for at, bin_ in enumerate(bins):
            height = pieces[number].heights.get(bin_.region)
            if height is not None and height + bin_.gap <= room[at]:
                columns[at].append(number)
                room[at] -= height + bin_.gap
                break
        else:
            left.append(number)
    return Proposal(tuple(map(tuple, columns)), tuple(left))


@pytest.mark.parametrize("seed", [3, 17])
def test_sixty_notices_fill_the_columns(seed: int) -> None:
    """With a line between two of them they are a few lines too many: one, no more, has no room."""
    lines = notices(seed)
    bins = [Bin(DEPTH, GAP, 1 + at // 4, at // 4) for at in range(COLUMNS)]
    pieces = [Piece(dict.fromkeys(range(6), each), "abcdefg"[at % 7], at) for at, each in enumerate(lines)]
    made = propose(pieces, bins)
    assert sorted([*made.left_out, *(each for column in made.columns for each in column)]) == list(range(60))
    assert all(sum(lines[each] + GAP for each in column) <= DEPTH + GAP for column in made.columns)
    assert len(made.left_out) == 1 < len(first_fit_decreasing(pieces, bins).left_out)
    assert sum(lines) - lines[made.left_out[0]] >= 0.92 * COLUMNS * DEPTH


def small(pieces: list[Piece], bins: list[Bin]) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    made = propose(pieces, bins, tries=2_000, starts=3)
    return made.columns, made.left_out


def test_an_article_stands_only_where_it_is_taken() -> None:
    bins = [Bin(10, 0, 1, 0), Bin(10, 0, 2, 1)]
    assert small([Piece({1: 4}), Piece({0: 9}), Piece({})], bins) == (((1,), (0,)), (2,))


def test_what_stands_stays_and_the_new_fills_the_rest() -> None:
    bins = [Bin(10, 1, 1, 0), Bin(10, 1, 2, 1)]
    pieces = [Piece({0: 5, 1: 5}, before=1), Piece({0: 4, 1: 4}, before=1, at=1), Piece({0: 10, 1: 10})]
    assert small(pieces, bins) == (((2,), (0, 1)), ())


def test_what_weighs_least_is_left_out() -> None:
    pieces = [Piece({0: 6.0}, weighs=1), Piece({0: 6.0}, weighs=3), Piece({0: 6.0}, weighs=0.6)]
    columns, left = small(pieces, [Bin(6, 0, 1)])
    assert (columns, left) == (((1,),), (0, 2))


def test_sections_stand_together_and_the_first_come_first() -> None:
    bins = [Bin(4, 0, page, page - 1) for page in (1, 2)]
    pieces = [Piece({0: 1, 1: 1}, "税" if at % 2 else "福祉", at // 2 + 4 * (at % 2)) for at in range(8)]
    columns, left = small(pieces, bins)
    assert [sorted(each) for each in columns] == [[0, 2, 4, 6], [1, 3, 5, 7]]
    assert columns[0] == (0, 2, 4, 6)
    assert left == ()


def test_nothing_to_place_and_nowhere_to_place_it() -> None:
    assert small([], [Bin(4, 0, 1)]) == (((),), ())
    assert small([Piece({0: 9})], [Bin(4, 0, 1)]) == (((),), (0,))
