"""Numbers of lists as HTML writes them: paper counts as a browser does, in horizontal and in vertical text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.composition.conftest import Composed, read_page

ITEM = "<li>あ</li>"
LISTS = [
    (f'<ol start="5">{ITEM * 2}</ol>', "5. 6."),
    (f'<ol start="-1">{ITEM * 3}</ol>', "-1. 0. 1."),
    (f'<ol start="x">{ITEM}</ol>', "1."),
    (f'<ol>{ITEM}<li value="9">い</li>{ITEM}</ol>', "1. 9. 10."),
    (f"<ol reversed>{ITEM * 3}</ol>", "3. 2. 1."),
    (f'<ol reversed start="9">{ITEM}<li value="3">い</li>{ITEM}</ol>', "9. 3. 2."),
    (f'<ol type="A" start="3">{ITEM}</ol>', "C."),
    (f'<ol start="4" style="padding-left: 60pt"><li>あ<ol><li>中</li></ol></li>{ITEM}</ol>', "4. 1. 5."),
]


def numbers(path: Path) -> str:
    """What stands before the items of a page, which are kana."""
    said = "".join(glyph.text for glyph in read_page(path)[0])
    return " ".join(re.findall(r"-?\w+[.]", re.sub("[あい中]", " ", said), re.ASCII))


@pytest.mark.parametrize(("body", "said"), LISTS)
def test_a_list_counts_as_in_a_browser(composed: Composed, body: str, said: str) -> None:
    assert numbers(composed(body, "ol { list-style-type: decimal; padding-left: 40pt }")) == said


def test_a_vertical_list_counts_too(composed: Composed) -> None:
    body = f'<div style="writing-mode: vertical-rl; height: 200pt"><ol start="11">{ITEM * 2}</ol></div>'
    assert numbers(composed(body, "ol { list-style: decimal; padding-top: 40pt }")) == "11. 12."
