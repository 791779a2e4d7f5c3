"""Readings are left out of what is seen, in however many goes they are drawn; other small words are not."""

from __future__ import annotations

import pytest

from koho_pdf.collation.collation import _pieces
from koho_pdf.collation.shown import Words

READINGS = frozenset({"るもい", "る", "にしん"})


@pytest.mark.parametrize(
    ("small", "kept"),
    [
        (["るもい"], []),
        (["る", "も", "い"], []),  # the engine draws a vertical reading like this
        (["に", "しん", "るもい"], []),
        (["る", "注"], ["注"]),  # a shorter reading, then a note
        (["に", "注"], ["に", "注"]),
    ],
)
def test_readings_drawn_in_several_goes_are_left_out(small: list[str], kept: list[str]) -> None:
    drawn = [Words("留萌の", 1, 12.0), *(Words(each, 1, 6.0) for each in small), Words("鰊", 1, 12.0)]
    seen = "".join(_pieces(drawn, READINGS)[-1].split("\n"))
    assert seen == "".join(["留萌の", *kept, "鰊"])
    if kept:
        return
    large = [Words(each.text, 1, 12.0) for each in drawn]
    assert "".join(_pieces(large, READINGS)[-1].split("\n")) == "".join(["留萌の", *small, "鰊"])
