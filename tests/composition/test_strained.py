"""Lines that cannot be set well are told: opened further than the eye accepts, or wider than their measure."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.composition.test_line import lines, paragraph
from tests.conftest import Edit, Told

from koho_pdf.composition.paragraph.strained import strain
from koho_pdf.findings import Severity, Where

if TYPE_CHECKING:
    pass


def test_a_line_that_opens_too_far_is_told_with_its_words(tiny: Path, edit: Edit, told: Told) -> None:
    """A number that a line can hold is never cut: the text before it is stretched."""
    edit(tiny / "layouts" / "tiny" / "layout.css", "left: 20mm", "left: 20mm; text-align: justify")
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "口座は1234567890123456789です。")
    (found,) = told(tiny, "tiny")
    assert (found.code, found.severity) == ("loose-line", Severity.WARNING)
    assert (found.where.field, found.where.page) == ("closing.0", 1)
    assert "「口座は」" in found.message


def test_a_line_wider_than_its_measure_is_told(tiny: Path, edit: Edit, told: Told) -> None:
    edit(tiny / "layouts" / "tiny" / "layout.css", "left: 20mm", "left: 20mm; width: 2mm !important")
    assert "line-too-wide" in {found.code for found in told(tiny, "tiny")}


@pytest.mark.parametrize(
    ("text", "measure", "hanging", "code"),
    [
        ("春夏秋冬東西", 4, False, ""),
        ("春夏秋冬。東西南", 4, True, ""),  # hanging punctuation is not too wide
        ("春", 0.5, False, "line-too-wide"),
        ("春夏123456789012", 6, False, "loose-line"),
        ("123456789012春夏秋冬。東西", 6.5, False, ""),  # nothing opens in a number: short by less than one character
        ("123456秋12345678901234567春", 9, False, "loose-line"),
    ],
)
def test_what_is_wrong_with_a_line(text: str, measure: float, hanging: bool, code: str) -> None:
    line = lines(text, measure, hanging=hanging)[0]
    found = strain(line, paragraph(text).cells, text, measure, hanging=hanging)
    assert (found.finding(Where()).code if found else "") == code


@pytest.mark.parametrize(
    ("words", "merge"),
    [
        ("{志|こころざしこころざしここ}", "separate"),
        ("{志高政策|こころざしこころざし|たかい|せい|さく}", "merge"),
        ("{志高政策|こころざしこころざし|たかい|せい|さく}", "auto"),
    ],
)
def test_a_reading_longer_than_its_line_is_told(tiny: Path, edit: Edit, told: Told, words: str, merge: str) -> None:
    narrow = f"left: 20mm; width: 20mm !important }}\nruby {{ ruby-merge: {merge}"
    edit(tiny / "layouts" / "tiny" / "layout.css", "left: 20mm; top: 20mm", f"top: 20mm; {narrow}")
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", f'"{words}。"')
    found = next(each for each in told(tiny, "tiny") if each.code == "line-too-wide")
    assert (found.severity, found.where.field) == (Severity.ERROR, "closing.0")
    assert "ふりがなが、行の長さより" in found.message


def test_the_letters_of_a_word_are_not_torn_apart() -> None:
    """A word alone on its line stays short and has a finding; if it is only a little short, its line is made flush."""
    text = "mLと㎖、㏄、㎏、㍑、㌔"
    line = lines(text, 4)[0]
    assert text[: line.end] == "mL"
    assert line.width == pytest.approx(1.0)
    found = strain(line, paragraph(text).cells, text, 4, hanging=False)
    assert found is not None
    assert "あとが3.0字分空いて" in found.finding(Where()).message
    assert lines("mLabと㎖、㏄、㎏、㍑、㌔", 3)[0].width == 3


def test_no_gap_of_a_line_is_wider_than_is_told() -> None:
    """A quarter em that has grown to a half waits until every other gap is as wide."""
    line = lines("第12条の人123456789012", 8)[0]
    cells = paragraph("第12条の人").cells
    gaps = [after - before - cell.advance for (before, after), cell in zip(pairwise(line.places), cells, strict=False)]
    assert max(gaps) - min(gap for gap in gaps if gap > 0) < 1e-6
    assert max(gaps) <= max(0.5, line.opened) + 1e-6


def test_marks_that_are_closed_up_stay_so_while_others_can_open() -> None:
    line = lines("祝日を除く）。夜間も同じ", 11)[0]
    place = "祝日を除く）。".index("）")
    assert line.places[place + 1] - line.places[place] == pytest.approx(0.5)
