"""The judge of vertical forms, on cells whose ink is known."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from bench.boxes import Box
from bench.forms import Edges, formed, ink_of
from bench.glyphs import Glyph

EM = 10.0
Part = tuple[float, float, float, float]  # the dark part of a cell, as shares of it


def broken(text: str, parts: list[Part], cells: list[Edges] | None = None) -> set[str]:
    """A vertical line of one-em cells (or such ``cells``), each dark in one part."""
    cells = cells or [(100, 50 + EM * place, 110, 60 + EM * place) for place in range(len(text))]
    dark = [
        (
            left + part[0] * (right - left),
            top + part[1] * (bottom - top),
            left + part[2] * (right - left),
            top + part[3] * (bottom - top),
        )
        for part, (left, top, right, bottom) in zip(parts, cells, strict=True)
    ]

    def ink(page: int, edges: Edges) -> Edges | None:
        assert page == 1
        left, top, right, bottom = edges
        inside = [
            (max(one[0], left), max(one[1], top), min(one[2], right), min(one[3], bottom))
            for one in dark
            if one[0] < right and one[2] > left and one[1] < bottom and one[3] > top
        ]
        if not inside:
            return None
        wide, high = right - left, bottom - top
        return (
            (min(each[0] for each in inside) - left) / wide,
            (min(each[1] for each in inside) - top) / high,
            (max(each[2] for each in inside) - left) / wide,
            (max(each[3] for each in inside) - top) / high,
        )

    glyphs = [Glyph(1, each, EM, *cell) for each, cell in zip(text, cells, strict=True)]
    box = Box(1, 50, 50, 60, 200, EM, 200, 17, text, True)
    return {verdict.rule for verdict in formed(glyphs, box, ink) if not verdict.kept}


WHOLE = (0.1, 0.1, 0.9, 0.9)


@pytest.mark.parametrize(
    ("sign", "good", "bad", "rule"),
    [
        ("。", (0.6, 0.1, 0.9, 0.4), (0.1, 0.6, 0.4, 0.9), "corner"),
        ("、", (0.6, 0.15, 0.9, 0.4), (0.1, 0.15, 0.4, 0.4), "corner"),
        ("ゃ", (0.3, 0.1, 0.9, 0.7), (0.2, 0.3, 0.8, 0.9), "corner"),
        ("ー", (0.45, 0.1, 0.55, 0.9), (0.1, 0.45, 0.9, 0.55), "turned"),
        ("…", (0.45, 0.1, 0.55, 0.9), (0.1, 0.45, 0.9, 0.55), "turned"),
        ("（", (0.05, 0.6, 0.95, 0.8), (0.6, 0.05, 0.8, 0.95), "turned"),
        ("）", (0.05, 0.2, 0.95, 0.4), (0.2, 0.05, 0.4, 0.95), "turned"),
    ],
)
def test_a_sign_as_it_stands_in_horizontal_text_is_seen(sign: str, good: Part, bad: Part, rule: str) -> None:
    assert broken(f"春{sign}秋", [WHOLE, good, WHOLE]) == set()
    assert broken(f"春{sign}秋", [WHOLE, bad, WHOLE]) == {rule}


def test_two_digits_share_a_cell() -> None:
    spring, day = (100.0, 50.0, 110.0, 60.0), (100.0, 70.0, 110.0, 80.0)
    beside = [spring, (100.0, 60.0, 105.0, 70.0), (105.0, 60.0, 110.0, 70.0), day]
    behind = [spring, (100.0, 60.0, 110.0, 65.0), (100.0, 65.0, 110.0, 70.0), day]
    assert broken("春25日", [WHOLE] * 4, beside) == set()
    assert broken("春25日", [WHOLE] * 4, behind) == {"upright"}


def test_a_word_lies_along_the_line() -> None:
    lying = [(100.0, 50.0 + 5 * place, 110.0, 55.0 + 5 * place) for place in range(3)]
    assert broken("NHK", [WHOLE] * 3, lying) == set()
    assert broken("NHK", [WHOLE] * 3) == {"lying"}


def test_ink_is_what_a_page_shows(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.obj.Contents = pdf.make_stream(b"20 60 10 20 re f")  # from the top left: 20, 20 to 30, 40
    pdf.save(tmp_path / "page.pdf")
    ink = ink_of(tmp_path / "page.pdf")
    assert ink(1, (10, 10, 50, 50)) == pytest.approx((0.25, 0.25, 0.5, 0.75))
    assert ink(1, (50, 50, 90, 90)) is None
