"""What the judge of old PDFs calls the same, and what it refuses."""

from __future__ import annotations

import pytest

from judges.taking_in import difference, verdict

TEXT = "平成22年11月、電話0164-42-1801、𠮷田さん（Ａ）。"


@pytest.mark.parametrize("same", [TEXT, "電話0164-42-1801、平成22年\n11月、 𠮷田さん（A）。", TEXT.replace("-", "‑")])
def test_spaces_the_order_of_lines_and_forms_of_a_letter_are_no_difference(same: str) -> None:
    assert difference(TEXT, same) == ""


@pytest.mark.parametrize(
    ("ours", "told"),
    [
        (TEXT.replace("22", "2"), "numbers: 2 where it has 22"),
        (TEXT.replace("𠮷", "〓"), "letters: +〓 −𠮷"),
        (TEXT.replace("田", ""), "letters: + −田"),
    ],
)
def test_one_figure_or_letter_less_is_told(ours: str, told: str) -> None:
    assert difference(ours, TEXT) == told
    assert not verdict("good", [told, told]).holds
    assert verdict("doubtful", [told, told]).holds


def test_a_number_is_never_a_matter_of_votes() -> None:
    assert verdict("good", ["letters: + −影", ""]).holds
    assert not verdict("good", ["numbers: 2 where it has 22", ""]).holds
