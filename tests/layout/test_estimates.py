"""Lengths of words before they are set, as templates ask for them (``layout.estimates``)."""

from __future__ import annotations

from itertools import combinations

import pytest
from markupsafe import Markup

from koho_pdf.layout.estimates import cell_ems, clause_rows, ems, letters, longest, parted, rows, widest


def test_figures_and_letters_are_narrower_than_kanji() -> None:
    assert ems("留萌市役所") == 5
    assert ems("人口2万人") == pytest.approx(5 - 0.38)
    assert cell_ems("（2,000）") == pytest.approx(7 - 5 * 0.5 - 2 * 0.4)


def test_a_text_takes_the_lines_that_its_ems_fill() -> None:
    assert [rows("漢" * n, 20) for n in (0, 1, 19, 20, 39, 40)] == [1, 1, 1, 2, 2, 3]  # 0.3 em goes to the next line
    assert rows("漢" * 9, 10) == 1
    assert rows("漢" * 8 + "9月", 10) == 2  # a figure goes to the next line with its unit


def test_a_point_may_hang_at_the_end_of_a_clause() -> None:
    assert clause_rows("海と、山と。", 3) == 1 + 1
    assert clause_rows("あいうえ、", 4) == 1
    assert clause_rows("あいうえお、か", 4) == 2
    assert clause_rows("", 4) == 1


def test_of_lines_the_longest_counts() -> None:
    lines = [Markup("「海」へ"), Markup("<b>カナ</b>とかな")]
    assert longest(lines) == 5
    assert widest(lines) == pytest.approx(5 - 3 * 0.02 - 2 * 0.07)
    assert letters([*lines, Markup("、、、、、、")]) == 6
    assert longest([]) == widest([]) == letters([]) == 0


@pytest.mark.parametrize("lengths", [[3], [2, 2], [9, 1, 1, 1], [1, 5, 2, 4, 3], [4, 4, 1, 1, 1, 4, 2]])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_no_other_way_makes_the_longest_column_shorter(lengths: list[float], count: int) -> None:
    def column(starts: tuple[int, ...]) -> float:
        parts = [lengths[a:b] for a, b in zip(starts, (*starts[1:], len(lengths)), strict=True)]
        return max(sum(part) + len(part) - 1 for part in parts)

    starts = tuple(parted(lengths, count))
    assert starts[0] == 0
    assert len(starts) == min(count, len(lengths))
    ways = combinations(range(1, len(lengths)), len(starts) - 1)
    assert column(starts) == min(column((0, *way)) for way in ways)
