"""字取り, 均等割付: ``text-align-last: justify`` (CSS Text 3, 6.3) spreads last lines; words and numbers stay whole."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from tests.composition.conftest import EM, Composed, Glyph, lines_of, read_page
from tests.composition.test_vertical import POINT, read_glyphs

CSS = "p, td { text-align-last: justify } p { width: 120pt } td { padding: 0 } table { border-spacing: 0 }"


def shown(path: Path) -> list[list[Glyph]]:
    return lines_of(read_page(path)[0])


def gaps(line: list[Glyph]) -> list[float]:
    return [round(after.left - before.right, 1) for before, after in pairwise(line)]


@pytest.mark.parametrize("text", ["林一", "佐藤太郎", "大橋　一", "第25回るもい", "DX推進課"])
def test_a_last_line_is_flush_on_both_sides(composed: Composed, text: str) -> None:
    (line,) = shown(composed(f"<p>{text}</p>", CSS))
    assert line[0].left == pytest.approx(72, abs=0.1)
    assert line[-1].right == pytest.approx(72 + 120, abs=0.1)
    within = [
        gap for gap, (one, other) in zip(gaps(line), pairwise(line), strict=True) if (one.text + other.text).isascii()
    ]
    between = {gap for gap in gaps(line) if gap > 0.1}
    assert all(gap < 0.1 for gap in within)
    assert max(between) - min(between) <= EM / 4 + 0.2  # the quarter em beside figures


@pytest.mark.parametrize("text", ["森", "SDGs", "（森）"])
def test_what_cannot_be_spread_stands_at_its_head(composed: Composed, text: str) -> None:
    (line,) = shown(composed(f"<p>{text}字</p><p>{text}</p>", CSS))[1:]
    assert sum(gaps(line)) < EM


def test_lines_that_br_ends_are_last_lines(composed: Composed) -> None:
    lines = shown(composed("<p>主催<br>留萌市<br>これは長いので次の行に続く文</p>", CSS))
    assert [round(line[-1].right) for line in lines] == [192] * 4


def test_names_in_a_table(composed: Composed) -> None:
    names = ["林一", "佐藤太郎", "五十嵐こころ"]
    rows = "".join(f"<tr><td>{name}</td></tr>" for name in names)
    lines = shown(composed(f"<table>{rows}</table>", CSS))
    assert {round(line[-1].right, 1) for line in lines} == {72 + 6 * EM}


VERTICAL = "div { writing-mode: vertical-rl; height: 120pt } p { width: auto; text-align-last: justify }"


def test_in_vertical_text(composed: Composed) -> None:
    found = read_glyphs(composed("<div><p>佐藤太郎</p></div>", VERTICAL))
    assert found[-1].foot - found[0].head == pytest.approx(120 * POINT, abs=0.05)
    steps = [after.head - before.foot for before, after in pairwise(found)]
    assert max(steps) - min(steps) < 0.02


@pytest.mark.parametrize("number", [1, 10])
def test_numbers_of_a_list_stand_upright_in_vertical_text(composed: Composed, number: int) -> None:
    """In one cell, as wide as an em at most and no higher than its figures, above the first line."""
    css = VERTICAL + "ol { margin: 0; padding: 36pt 0 0; list-style: decimal }"
    body = f'<div><ol style="counter-reset: list-item {number - 1}"><li>項目</li></ol></div>'
    found = {glyph.text: glyph for glyph in read_glyphs(composed(body, css))}
    cell, word = found[f"{number}."], found["項"]
    em = EM * POINT
    assert cell.ink[2] - cell.ink[0] <= em
    assert 0.4 * em < cell.ink[3] - cell.ink[1] < em
    assert cell.foot <= word.head
    assert cell.line == pytest.approx(word.line, abs=0.1)
