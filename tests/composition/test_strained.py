"""Lines that no setting makes good are told: opened further than an eye accepts, or wider than their measure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.composition.test_line import lines, paragraph

from koho_pdf.composition.strained import strain
from koho_pdf.findings import Severity

if TYPE_CHECKING:
    from koho_pdf.findings import Finding

Told = Callable[..., tuple["Finding", ...]]
Edit = Callable[[Path, str, str], None]


def test_a_line_that_opens_too_far_is_told_with_its_words(tiny: Path, edit: Edit, told: Told) -> None:
    """A number that a line can hold is never cut: what stands before it is stretched."""
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
        ("春夏秋冬。東西南", 4, True, ""),  # what hangs is not over
        ("春", 0.5, False, "line-too-wide"),
        ("春夏123456789012", 6, False, "loose-line"),
        ("123456789012春夏秋冬。東西", 6.5, False, ""),  # nothing opens in a number: short by less than one character
        ("123456秋12345678901234567春", 9, False, "loose-line"),
    ],
)
def test_what_is_wrong_with_a_line(text: str, measure: float, hanging: bool, code: str) -> None:
    from koho_pdf.findings import Where

    line = lines(text, measure, hanging=hanging)[0]
    found = strain(line, paragraph(text).cells, text, measure, hanging=hanging)
    assert (found.finding(Where()).code if found else "") == code
