"""``condense`` (長体, in vertical text 平体) and ``tracking`` (字間を詰める): flush lines, the same words and tags."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from tests.composition.conftest import EM, Composed, lines_of, read_page, word
from tests.composition.test_tags import drawn
from tests.composition.test_vertical import read_glyphs

Read = Callable[[Path], Any]
TEXT = (
    "市長は「まちづくりの主役は、市民の皆さんです。」と述べ、（仮称）地域づくり会議の設置を約束した。"
    "総額は3,500円、気温は18℃で、あたらしい計画は、四月の一日から。"
)
RICH = (
    '<p>市民の<ruby>政<rt>せい</rt></ruby><ruby>策<rt>さく</rt></ruby>を<em class="kenten">みんな</em>で考え、'
    '<a href="https://example.jp/">市の案内の<ruby>頁<rt>ページ</rt></ruby></a>を<u>一度に</u>ご覧ください。</p>'
    "<p>12月25日（金）、SDGsの会（<small class='warichu'>割注は二行に組む</small>）で――はい……。𠮷葛󠄀城</p>"
    "<p>0164-42-1809</p>"
)
NARROW = 0.9


@pytest.fixture
def both(composed: Composed) -> Callable[[str, str], tuple[Path, Path]]:
    """``both(body, css)``: a page as it is, and condensed."""
    return lambda body, css: (composed(body, css), composed(body, f"{css} p {{ condense: {NARROW:%} }}"))


@pytest.mark.parametrize("percent", [95, 80])
def test_condensed_lines_are_flush_and_every_glyph_is_as_narrow(composed: Composed, percent: int) -> None:
    css = f"p {{ width: 240pt; text-align: justify; condense: {percent}% }}"
    plain, _ = read_page(composed(f"<p>{TEXT * 2}</p>", "p { width: 240pt; text-align: justify }"))
    glyphs, _ = read_page(composed(f"<p>{TEXT * 2}</p>", css))
    assert [glyph.text for glyph in glyphs] == [glyph.text for glyph in plain] == list(TEXT * 2)
    narrow = [(glyph.right - glyph.left) * percent / 100 for glyph in plain]
    assert [glyph.right - glyph.left for glyph in glyphs] == pytest.approx(narrow, abs=0.001)
    lines = lines_of(glyphs, EM * percent / 100)
    assert sum(map(len, lines)) == 2 * len(TEXT)
    assert len(lines_of(plain)) - len(lines) >= (percent < 90)
    for line in lines[:-1]:
        ends = line[-1].right - (EM * percent / 200 if line[-1].text in "、。）」" else 0)
        assert (line[0].left, ends) == pytest.approx((72, 312), abs=0.02)
    feet = [line[0].baseline for line in lines]
    assert [one - other for one, other in pairwise(feet)] == pytest.approx([20.0] * (len(feet) - 1))  # its grid


def test_everything_on_a_line_is_condensed_about_its_place(both: Callable[[str, str], tuple[Path, Path]]) -> None:
    """Ruby, kenten, links, underlines, 割注 and figures: on one line, each is where it was, seen from nearer."""
    css = "p { white-space: nowrap } a, u { text-decoration: underline }"
    (plain, shapes), (glyphs, narrower) = (read_page(path) for path in both(RICH, css))
    assert [glyph.text for glyph in glyphs] == [glyph.text for glyph in plain]
    for one, other in zip(plain, glyphs, strict=True):
        assert (other.left - 72, other.right - 72) == pytest.approx(
            ((one.left - 72) * NARROW, (one.right - 72) * NARROW), abs=0.05
        )
        assert other.baseline == pytest.approx(one.baseline)
        assert other.em == pytest.approx(one.em * NARROW)
    for shape, narrow in zip(shapes, narrower, strict=True):
        assert narrow.middle - 72 == pytest.approx((shape.middle - 72) * NARROW, abs=0.05)
        assert (narrow.foot, narrow.head) == pytest.approx((shape.foot, shape.head))
    rounds = [each for each in narrower if abs(each.right - each.left - (each.head - each.foot)) < 0.01]
    assert len(rounds) == len("みんな")  # marks stay round


def test_links_stand_over_their_words(both: Callable[[str, str], tuple[Path, Path]]) -> None:
    rects = []
    for path in both(RICH, "p { white-space: nowrap }"):
        with pikepdf.open(path) as pdf:
            rects += [[float(side) for side in each.Rect] for each in pdf.pages[0].Annots]
    (left, foot, right, head), narrow = rects
    assert narrow == pytest.approx([72 + (left - 72) * NARROW, foot, 72 + (right - 72) * NARROW, head], abs=0.05)


@pytest.mark.parametrize("way", ["horizontal-tb", "vertical-rl"])
def test_words_and_tags_are_those_of_the_plain_page(
    both: Callable[[str, str], tuple[Path, Path]], structure: Read, way: str
) -> None:
    css = f"div {{ writing-mode: {way}; height: 600pt; width: 440pt }}"
    plain, narrow = both(f"<div>{RICH}</div>", css)
    assert drawn(structure(narrow)).replace(" ", "") == drawn(structure(plain)).replace(" ", "")
    copied = []
    for path in (plain, narrow):
        with pypdfium2.PdfDocument(path) as pdf:
            copied.append(str(pdf[0].get_textpage().get_text_range()))
    assert copied[0].splitlines() == copied[1].splitlines()
    assert "SDGsの会（割注は二行に組む）" in copied[1]


def test_vertical_text_is_flattened_along_its_lines(both: Callable[[str, str], tuple[Path, Path]]) -> None:
    css = "div { writing-mode: vertical-rl; height: 180pt; width: 400pt } p { text-align: justify }"
    plain, narrow = (read_glyphs(path) for path in both(f"<div><p>{TEXT}第12回</p></div>", css))
    assert [glyph.text for glyph in narrow] == [glyph.text for glyph in plain]
    for one, other in zip(plain, narrow, strict=True):
        assert (one.down, other.down) == (True, True)
        assert other.foot - other.head == pytest.approx((one.foot - one.head) * NARROW, abs=0.002)
        assert other.ink[2] - other.ink[0] == pytest.approx(one.ink[2] - one.ink[0], abs=0.002)  # as wide as ever
    lines: dict[float, list[float]] = {}
    for glyph in narrow:
        lines.setdefault(round(glyph.line, 1), []).append(glyph.foot)
    feet = [max(line) for line in lines.values()]
    assert len(feet) < len({round(glyph.line, 1) for glyph in plain})
    assert max(feet[:-1]) - min(feet[:-1]) < 0.01 + EM * NARROW / 2 / 72 * 25.4


def test_a_full_stop_hangs_by_its_own_em_and_an_indent_is_a_character(composed: Composed) -> None:
    css = f"p {{ width: {9 * EM}pt; condense: 90%; hanging-punctuation: allow-end; text-indent: 1em; margin: 0 }}"
    glyphs, _ = read_page(composed("<p>一二三四五六七八九。また書く</p>", css))
    first = lines_of(glyphs, EM * NARROW)[0]
    assert first[0].left == pytest.approx(72 + EM * NARROW, abs=0.01)
    assert first[-1].text == "。"
    assert first[-1].left == pytest.approx(72 + 10 * EM * NARROW, abs=0.01)


def test_a_word_may_be_condensed_by_itself(composed: Composed) -> None:
    glyphs, _ = read_page(composed("<p>前の<b>二字</b>後の</p>", "b { condense: 80%; font-weight: 400 }"))
    lefts = sorted(glyph.left for glyph in glyphs)
    assert [round(other - one, 1) for one, other in pairwise(lefts)] == [12, 12, 9.6, 9.6, 12]


@pytest.mark.parametrize("value", ["49%", "101%", "0.9", "90px", "90% 80%"])
def test_what_it_cannot_be_is_told(composed: Composed, value: str) -> None:
    with pytest.raises(AssertionError):
        composed("<p>字</p>", f"p {{ condense: {value} }}")


STEPS = {
    "kanji and kana": ("港の町", [0.97, 0.97]),
    "on the ink side of punctuation": ("町、「町", [0.97, 0.5, 0.97]),
    "closed-up marks": ("町。」（町", [0.97, 0.5, 0.5, 0.97]),
    "figures and Latin": ("町12町AB町", [1.25, 0.5, 0.75, 1.25, 0.5, 0.75]),
    "dashes and leaders": ("町――町……町", [0.97, 1.0, 0.97, 0.97, 1.0, 0.97]),
    "a typed space": ("町　町", [1.0, 1.0]),
}


@pytest.mark.parametrize(("text", "steps"), STEPS.values(), ids=STEPS)
def test_tracking_narrows_what_stands_solid_and_nothing_else(composed: Composed, text: str, steps: list[float]) -> None:
    glyphs, _ = read_page(composed(f"<p>{text}</p>", "p { tracking: 97% }"))
    lefts = [glyph.left for glyph in sorted(glyphs, key=lambda glyph: glyph.left)]
    assert [(other - one) / EM for one, other in pairwise(lefts)] == pytest.approx(steps, abs=0.003)


def test_tracked_lines_are_flush_and_a_reading_stands_over_its_base(composed: Composed) -> None:
    body = f"<p>{TEXT}この<ruby>留萌<rt>るもい</rt></ruby>市</p>"
    glyphs, _ = read_page(composed(body, "p { width: 240pt; text-align: justify; tracking: 95% }"))
    for line in lines_of(glyphs)[:-1]:
        ends = line[-1].right - (EM / 2 if line[-1].text in "、。）」" else 0)
        assert (line[0].left, ends) == pytest.approx((72, 312), abs=0.02)
    base, reading = word(glyphs, "留萌"), word(glyphs, "るもい", EM / 2)
    assert base[1].left - base[0].left == pytest.approx(0.95 * EM, abs=0.02)
    assert reading[0].left + reading[-1].right == pytest.approx(base[0].left + base[1].right, abs=0.05)
