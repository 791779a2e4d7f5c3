"""3,000 is read as one number: the figure after a comma or a point is as near as in a proportional face."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from tests.composition.conftest import EM, lines_of, read_page

Composed = Callable[..., Path]


def steps(composed: Composed, body: str, css: str = "") -> list[tuple[str, float]]:
    """Each character of a line with how far the next one begins behind it, in em."""
    glyphs, _ = read_page(composed(body, css))
    (line,) = lines_of(glyphs)
    return [(one.text, round((other.left - one.left) / EM, 2)) for one, other in pairwise(line)]


@pytest.mark.parametrize("face", ["BIZ UDGothic", "BIZ UDMincho"])
def test_no_hole_stands_behind_the_comma_and_the_point_of_a_number(composed: Composed, face: str) -> None:
    found = steps(composed, "<p>計12,345.6人</p>", f'p {{ font-family: "{face}" }}')
    assert found[1:] == [
        ("1", 0.5),
        ("2", 0.5),
        (",", 0.31),
        ("3", 0.5),
        ("4", 0.5),
        ("5", 0.5),
        (".", 0.31),
        ("6", 0.75),
    ]


def test_a_proportional_face_and_other_marks_are_as_they_were(composed: Composed) -> None:
    proportional = steps(composed, "<p>3,000</p>", 'p { font-family: "BIZ UDPGothic" }')
    assert proportional[1] == (",", 0.31)  # as the face has it
    assert steps(composed, "<p>a,b 12-34</p>")[1] == (",", 0.5)


def test_the_same_in_tables_and_copied_text(composed: Composed) -> None:
    """Figures that end level stay so: rows with as many commas are as long as before beside each other."""
    rows = "".join(f"<tr><td>{each}</td></tr>" for each in ("28,460", "412,000", "1.5"))
    made = composed(
        f"<table>{rows}</table>", "td { text-align: right; width: 100pt; padding: 0 } table { width: 100pt }"
    )
    glyphs, _ = read_page(made)
    lines = lines_of(glyphs)
    assert len({round(line[-1].right, 1) for line in lines}) == 1
    assert round((lines[0][3].left - lines[0][2].left) / EM, 2) == 0.31
    with pypdfium2.PdfDocument(made) as document:
        assert document[0].get_textpage().get_text_range().split() == ["28,460", "412,000", "1.5"]
