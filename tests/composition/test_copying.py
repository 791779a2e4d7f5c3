"""Copied text has no gaps (composition points 5 and 11): where a line opens between its parts, no reader finds a space.

PDFium gives ActualText, readers that look at glyphs alone must find none further from the one before than they allow.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.composition.conftest import EM, Composed, read_page
from tests.conftest import BLANK

MODES = {"horizontal": "", "vertical": "p { writing-mode: vertical-rl; height: 300pt }"}
LINES = {
    "a long reading": "今の<ruby>湖<rt>みずうみ</rt></ruby>に立つ",
    "long readings side by side": "<ruby>湖<rt>みずうみ</rt></ruby><ruby>志<rt>こころざし</rt></ruby>を",
    "a reading for each": "朝の<ruby>政<rt>まつりごと</rt>策<rt>さく</rt></ruby>は",
    "a word of many": "今日の<b>湖の岸</b>に立つ",
    "Latin": "第<b>25</b>回は<b>Rumoi</b>で",
    "brackets": "「<b>今</b>」<b>「</b><ruby>湖<rt>うみ</rt></ruby><b>」</b>に",
}


def copied(path: Path) -> str:
    """The first page as PDFium copies it, its readings aside."""
    with pypdfium2.PdfDocument(path) as pdf:
        return str(pdf[0].get_textpage().get_text_range())


def words(body: str) -> str:
    return re.sub(r"<rt>.*?</rt>|<[^>]*>", "", body)


@pytest.mark.parametrize("css", MODES.values(), ids=MODES)
@pytest.mark.parametrize("body", LINES.values(), ids=LINES)
def test_a_line_of_parts_is_copied_as_it_was_written(composed: Composed, body: str, css: str) -> None:
    assert copied(composed(f"<p>{body}</p>", css)).splitlines()[0] == words(body)


@pytest.mark.parametrize("body", LINES.values(), ids=LINES)
def test_a_reader_of_glyphs_finds_no_gap(composed: Composed, body: str) -> None:
    """Blanks fill gaps of more than a tenth of an em, up to the next part; none begins beyond it."""
    glyphs = read_page(composed(f"<p>{body}</p>"), blanks=True)[0]
    line = [glyph for glyph in glyphs if abs(glyph.em - EM) < 0.01]
    assert "".join(glyph.text for glyph in line).replace(BLANK, "") == words(body)
    assert max(after.left - before.right for before, after in pairwise(line)) <= 0.1 * EM + 0.02


@pytest.mark.parametrize("measure", range(8, 14))
@pytest.mark.parametrize("mode", MODES)
def test_justified_lines_of_parts_have_no_spaces(composed: Composed, measure: int, mode: str) -> None:
    body = (
        "平成25年の<b>春</b>には<ruby>湖<rt>みずうみ</rt></ruby>の岸に<b>たくさんの</b>人が立ち、https://example.jp/a "
        "を見て「<b>留萌</b>」の<ruby>志<rt>こころざし</rt></ruby>を語りました。"
    )
    across, along = ("width", "") if mode == "horizontal" else ("height", "writing-mode: vertical-rl;")
    path = composed(f"<p>{body}</p>", f"p {{ {along} {across}: {measure * EM}pt }}")
    lines = [line for line in copied(path).splitlines() if not set(line) <= set("みずうみ こころざし")]
    plain = words(body)
    assert "".join(lines).replace(" ", "") == plain.replace(" ", "")
    assert sum(line.count(" ") for line in lines) <= plain.count(" ")


def test_a_blank_says_nothing_and_a_written_one_what_it_is(composed: Composed) -> None:
    """A blank is the glyph of U+00A0: written in the text before or after, both keep their own meaning."""
    for body in (
        LINES["a long reading"],
        "第1&nbsp;号 " + LINES["a long reading"],
        LINES["a long reading"] + "&nbsp;号",
    ):
        path = composed(f"<p>{body}</p>")
        with pikepdf.open(path) as pdf:
            maps = [font.ToUnicode.read_bytes().decode("ascii") for font in pdf.pages[0].Resources.Font.values()]
        said = {"00a0", "2060"} if "&nbsp;" in body else {"2060"}
        assert {each for each in ("00a0", "2060") if any(f"> <{each}>" in one for one in maps)} == said
