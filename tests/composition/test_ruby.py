"""Ruby (JLREQ 3.3, composition point 6): readings over their bases, measured on the glyphs of real PDFs."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.composition.conftest import EM, LINE_FEED, Composed, Glyph, Set, lines_of, read_page, word

from koho_pdf.composition.paragraph.ruby import breaks, is_mono, over_base, overhang, spread
from koho_pdf.content.values.inline import parse_inline
from koho_pdf.content.values.runs import InlineText, Ruby
from koho_pdf.layout.readings import ASKED, Readings

if TYPE_CHECKING:
    from tests.conftest import Told

    from koho_pdf.pipeline import Build

HALF = EM / 2


def ruby(base: str, reading: str) -> str:
    return f"<ruby>{base}<rt>{reading}</rt></ruby>"


def stands(path: Path, base: str, reading: str) -> Set:
    glyphs, _ = read_page(path)
    return Set(word(glyphs, base), word(glyphs, reading, HALF))


# Pure arithmetic


@pytest.mark.parametrize(
    ("neighbour", "blank", "expected"),
    [
        ("は", 0, 3), ("ハ", 0, 3), ("ー", 0, 3), ("ょ", 0, 3), ("ゝ", 0, 3),
        ("漢", 0, 0), ("々", 0, 0), ("A", 0, 0), ("1", 0, 0), (None, 0, 0),
        ("、", 6, 6), ("」", 6, 6), ("「", 6, 6), ("・", 3, 3), ("！", 0, 0),
    ],
)  # fmt: skip
def test_a_reading_reaches_over_kana_and_blanks_only(neighbour: str | None, blank: float, expected: float) -> None:
    """Half an em of its own at most over kana; nothing over ink that could be misread."""
    assert overhang(neighbour, blank, 6) == expected


@pytest.mark.parametrize(
    ("count", "base", "reading", "left", "right", "before", "inner", "after", "reach"),
    [
        (2, 24, 18, 3, 3, 0, 0, 0, 0),  # shorter than its base
        (1, 12, 18, 3, 3, 0, 0, 0, 3),  # over kana on both sides
        (1, 12, 18, 0, 0, 3, 0, 3, 3),  # between kanji
        (1, 12, 18, 0, 3, 3, 0, 0, 3),  # kanji before it, kana after
        (2, 24, 36, 0, 0, 3, 6, 3, 3),  # 1-2-1
        (2, 24, 36, 3, 3, 1.5, 3, 1.5, 4.5),
    ],
)  # fmt: skip
def test_a_base_is_spread_where_its_reading_has_no_room(
    count: int, base: float, reading: float, left: float, right: float,
    before: float, inner: float, after: float, reach: float,
) -> None:  # fmt: skip
    found = spread(count, base, reading, left, right)
    assert (found.before, found.inner, found.after, found.reach) == (before, inner, after, reach)


lengths = st.floats(0, 100)


@given(st.integers(1, 8), st.floats(1, 100), lengths, st.floats(0, 3), st.floats(0, 3))
def test_what_reaches_over_neighbours_keeps_to_its_limits(
    count: int, base: float, reading: float, left: float, right: float
) -> None:
    found = spread(count, base, reading, left, right)
    assert min(found.before, found.inner, found.after) >= 0
    assert found.reach - found.before <= left + 1e-9
    assert found.reach - found.after <= right + 1e-9
    wide = base + found.inner * (count - 1) + 2 * found.reach
    assert wide == pytest.approx(max(base, reading))


@given(st.lists(st.floats(0.1, 20), min_size=1, max_size=8), lengths, st.booleans())
def test_a_reading_stands_over_the_middle_of_its_base(reading: list[float], more: float, around: bool) -> None:
    base = sum(reading) + more
    start, gap = over_base(reading, base, 12, around=around)
    wide = sum(reading) + gap * (len(reading) - 1)
    assert start + wide / 2 == pytest.approx(base / 2)
    assert gap >= 0
    if around and len(reading) > 1:
        assert start <= 6 + 1e-9
        assert start == pytest.approx(min(6, gap / 2)) or start == 6


def test_a_compound_breaks_where_both_parts_hold_their_readings() -> None:
    assert is_mono([(12, 12), (12, 6)])
    assert not is_mono([(12, 18), (12, 6)])
    assert breaks([(12, 18), (12, 6)]) == [False]
    assert breaks([(12, 12), (12, 12)]) == [True]
    assert breaks([(12, 18), (12, 6), (12, 12)]) == [False, True]


# On the page


@pytest.mark.parametrize(
    ("base", "reading"),
    [
        ("留萌", "るもい"),
        ("東海林", "しょうじ"),
        ("政", "せい"),
        ("志", "こころざし"),
        ("一日", "ついたち"),
        ("五月雨", "さみだれ"),
    ],
)
@pytest.mark.parametrize(
    ("before", "after"), [("この", "のまち"), ("今日", "本日"), ("は、", "。"), ("「", "」"), ("", "")]
)
def test_readings_stand_over_the_middle_of_their_bases(
    composed: Composed, base: str, reading: str, before: str, after: str
) -> None:
    found = stands(composed(f"<p>{before}{ruby(base, reading)}{after}</p>"), base, reading)
    assert found.off_middle < 0.1
    assert {glyph.em for glyph in found.reading} == {HALF}
    # Set solid on it: the foot of the reading's em box (0.12 em below its baseline) on the head of the base's.
    assert found.reading[0].baseline - 0.12 * HALF == pytest.approx(found.base[0].baseline + 0.88 * EM, abs=0.1)


def test_a_shorter_reading_is_spread_one_two_one(composed: Composed) -> None:
    found = stands(composed(f"<p>この{ruby('東海林', 'しょうじ')}さん</p>"), "東海林", "しょうじ")
    gaps = [after.left - before.right for before, after in pairwise(found.reading)]
    end = found.reading[0].left - found.base[0].left
    assert gaps == pytest.approx([2 * end] * 3, abs=0.05)
    assert end == pytest.approx((3 * EM - 4 * HALF) / 8, abs=0.05)


def test_ruby_align_center_sets_a_reading_solid(composed: Composed) -> None:
    path = composed(f"<p>この{ruby('東海林', 'しょうじ')}さん</p>", "ruby { ruby-align: center }")
    found = stands(path, "東海林", "しょうじ")
    assert [after.left - before.right for before, after in pairwise(found.reading)] == pytest.approx([0] * 3, abs=0.02)
    assert found.off_middle < 0.1


def neighbours(path: Path, base: str) -> tuple[Glyph, Glyph]:
    (line,) = lines_of(read_page(path)[0])
    said = "".join(glyph.text for glyph in line)
    return line[said.index(base) - 1], line[said.index(base) + len(base)]


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [("は", "を", 0.25, 0.25), ("今", "日", 0, 0), ("今", "を", 0, 0.25), ("は", "A", 0.25, 0)],
)
def test_a_longer_reading_keeps_to_its_overhang(
    composed: Composed, before: str, after: str, left: float, right: float
) -> None:
    """At most half an em of its own over kana, nothing over kanji (composition point 6), no space beyond that."""
    path = composed(f"<p>{before}{ruby('志', 'こころざし')}{after}</p>")
    found, beside = stands(path, "志", "こころざし"), neighbours(path, "志")
    autospace = 0.25 if after == "A" else 0
    assert beside[0].right - found.reading[0].left == pytest.approx(left * EM, abs=0.05)
    assert found.reading[-1].right - beside[1].left == pytest.approx((right - autospace) * EM, abs=0.05)


def test_a_longer_reading_stands_over_the_blank_of_punctuation(composed: Composed) -> None:
    path = composed(f"<p>今、{ruby('志', 'こころざし')}「を」</p>")
    found, (comma, bracket) = stands(path, "志", "こころざし"), neighbours(path, "志")
    assert found.reading[0].left == pytest.approx(comma.left + EM / 2, abs=0.05)
    assert found.reading[-1].right == pytest.approx(bracket.right - EM / 2, abs=0.05)


def test_two_readings_never_meet(composed: Composed) -> None:
    path = composed(f"<p>今{ruby('志', 'こころざし')}{ruby('承', 'うけたまわ')}る</p>")
    first, second = stands(path, "志", "こころざし"), stands(path, "承", "うけたまわ")
    assert second.reading[0].left >= first.reading[-1].right - 0.05


LONG = "市政の{0}を{1}り、{0}と{2}のまちで{1}ることを大切にしながら、これからも{2}の{0}を{1}ってまいります。".format(
    ruby("志", "こころざし"), ruby("承", "うけたまわ"), ruby("留萌", "るもい")
)


@pytest.mark.parametrize("characters", range(8, 25))
def test_at_every_measure(composed: Composed, characters: int) -> None:
    """Readings inside the measure and over the middle of their bases, bases whole, lines flush, the pitch unchanged."""
    glyphs, _ = read_page(composed(f"<p>{LONG}</p>", f"p {{ width: {characters * EM}pt }}"))
    lines = lines_of(glyphs)
    head, end = 72.0, 72 + characters * EM
    pitches = [upper[0].baseline - lower[0].baseline for upper, lower in pairwise(lines)]
    assert pitches == pytest.approx([LINE_FEED] * len(pitches), abs=0.02)
    readings = lines_of(glyphs, HALF)
    assert min(line[0].left for line in readings) > head - 0.1
    assert max(line[-1].right for line in readings) < end + 0.1
    found = 0
    for base, reading in (("志", "こころざし"), ("承", "うけたまわ"), ("留萌", "るもい")):
        for line in lines:
            above = [glyph for above in readings for glyph in above if 0 < glyph.baseline - line[0].baseline < EM * 1.2]
            said, spoken = ("".join(glyph.text for glyph in each) for each in (line, above))
            assert said.count(base) == spoken.count(reading)
            at, over = said.find(base), spoken.find(reading)
            while at >= 0:
                ruby = Set(line[at : at + len(base)], above[over : over + len(reading)])
                assert ruby.off_middle < 0.1
                found += 1
                at, over = said.find(base, at + 1), spoken.find(reading, over + 1)
    assert found == 8
    # Either the last ink or the reading above it ends every full line at its measure.
    for line in lines[:-1]:
        over_it = [each[-1].right for each in readings if 0 < each[0].baseline - line[0].baseline < EM * 1.2]
        ink = line[-1].right - (EM / 2 if line[-1].text in "、。" else 0)
        assert max([ink, *over_it]) == pytest.approx(end, abs=0.1)


def test_a_group_keeps_its_spaces_even_in_a_stretched_line(composed: Composed) -> None:
    """No space opens within a base when its line is justified."""
    path = composed(f"<p>あい{ruby('東海林', 'しょうじ')}うえお24,000円</p>", f"p {{ width: {8.5 * EM}pt }}")
    glyphs, _ = read_page(path)
    base = word(glyphs, "東海林")
    assert [after.left - before.right for before, after in pairwise(base)] == pytest.approx([0, 0], abs=0.02)
    assert lines_of(glyphs)[0][-1].right == pytest.approx(72 + 8.5 * EM, abs=0.1)


def compound(*pairs: tuple[str, str]) -> str:
    return "<ruby>" + "".join(f"{base}<rt>{reading}</rt>" for base, reading in pairs) + "</ruby>"


GYOSHI = compound(("凝", "ぎょう"), ("視", "し"))


def test_a_compound_shares_its_room(composed: Composed) -> None:
    """JLREQ 3.3.7: ぎょう is longer than 凝, but ぎょうし is not longer than 凝視."""
    text = f"<p>今日{GYOSHI}本日</p>"
    alone = stands(composed(text), "凝", "ぎょう")
    assert alone.off_middle < 0.1
    path = composed(text, "ruby { ruby-merge: auto }")
    together = stands(path, "凝視", "ぎょうし")
    assert together.off_middle < 0.1
    assert together.base[1].left - together.base[0].right == pytest.approx(0, abs=0.02)
    before, after = neighbours(path, "凝視")
    assert (before.right, after.left) == pytest.approx((together.base[0].left, together.base[1].right), abs=0.02)


@pytest.mark.parametrize(
    ("css", "word", "splits"),
    [
        ("", compound(("政", "せい"), ("策", "さく")), True),
        ("ruby { ruby-merge: auto }", compound(("政", "せい"), ("策", "さく")), True),
        ("ruby { ruby-merge: auto }", GYOSHI, False),
        ("ruby { ruby-merge: merge }", compound(("政", "せい"), ("策", "さく")), False),
        ("", ruby("政策", "せいさく"), False),
    ],
)
def test_only_a_compound_is_split_between_lines(composed: Composed, css: str, word: str, splits: bool) -> None:
    path = composed(f"<p>一二三四五六七{word}八九</p>", f"p {{ width: {8 * EM}pt }} {css}")
    first, *_ = lines_of(read_page(path)[0])
    assert (first[-1].text in "政凝") is splits


def test_kinsoku_holds_around_a_ruby(composed: Composed) -> None:
    """Brackets stay with the base they hold (JLREQ 3.1.7, 3.1.8)."""
    for characters in range(5, 12):
        path = composed(f"<p>あいうえお「{ruby('留萌', 'るもい')}」、かきく</p>", f"p {{ width: {characters * EM}pt }}")
        for line in lines_of(read_page(path)[0]):
            assert line[0].text not in "」、"
            assert line[-1].text != "「"


def test_a_copied_line_is_its_words_then_their_readings(composed: Composed) -> None:
    path = composed(f"<p>今日も{ruby('留萌', 'るもい')}市の{ruby('政策', 'せいさく')}です。</p>")
    with pypdfium2.PdfDocument(path) as pdf:
        said = pdf[0].get_textpage().get_text_range().replace("\r\n", "\n")
    assert said == "今日も留萌市の政策です。\nるもい せいさく"


@pytest.mark.parametrize("css", ["position: relative", "display: inline-block"])
def test_a_reading_in_a_part_drawn_by_itself_stands_on_its_base(composed: Composed, css: str) -> None:
    found = stands(composed(f"<p>今日<span style='{css}'>の{ruby('留萌', 'るもい')}</span>は</p>"), "留萌", "るもい")
    assert found.off_middle < 0.1
    assert found.reading[0].baseline > found.base[0].baseline + EM / 2


def test_an_underline_runs_below_the_base_only(composed: Composed) -> None:
    path = composed(f"<p>今日の<u>{ruby('留萌', 'るもい')}</u></p>", "u { text-decoration: underline }")
    found, (_, shapes) = stands(path, "留萌", "るもい"), read_page(path)
    assert len(shapes) == 1
    assert shapes[0].head < found.base[0].baseline


def test_a_line_we_cannot_set_is_told(
    tiny: Path, edit: Callable[[Path, str, str], None], proved: Callable[..., Build], told: Told
) -> None:
    """A reading is never set beside its base without a finding."""
    layout = tiny / "layouts" / "tiny"
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "今日の{留萌|るもい}。")
    assert told(tiny, "tiny") == ()
    edit(
        layout / "layout.html",
        "{{ issue.closing[0]|inline }}",
        '<b style="white-space: pre">字</b>{{ issue.closing[0]|inline }}',
    )
    assert [found.code for found in told(tiny, "tiny")] == ["engine-muttered"]


# Names


NAMES = {"留萌": "るもい", "留萌本線": "るもいほんせん", "東海林": "しょうじ"}


def given_readings(readings: Readings, text: str, field: str = "") -> list[str]:
    runs = readings.given(InlineText(text, parse_inline(text), field)).runs
    return [f"{base}/{reading}" for run in runs if isinstance(run, Ruby) for base, reading in run.pairs]


def test_a_name_is_read_at_its_first_mention() -> None:
    readings = Readings(NAMES, "first")
    assert given_readings(readings, "留萌の東海林さんが留萌で") == ["留萌/るもい", "東海林/しょうじ"]
    assert given_readings(readings, "留萌の東海林さん") == []


def test_the_longest_name_is_meant() -> None:
    readings = Readings(NAMES, "first")
    assert given_readings(readings, "留萌本線と留萌本線と留萌") == ["留萌本線/るもいほんせん", "留萌/るもい"]


def test_every_mention_or_none() -> None:
    assert given_readings(Readings(NAMES, "every"), "留萌と留萌") == ["留萌/るもい"] * 2
    assert given_readings(Readings(NAMES, "none"), "留萌と留萌") == []


def test_each_article_has_its_first_mention() -> None:
    """An article is a top-level field, or an item of a list there, however deep its texts stand."""
    readings = Readings(NAMES, "article")
    fields = ("lead", "pillars.0.name", "pillars.1.name", "pillars.0.initiatives.1.policies.0", "lead", "contact.place")
    found = [given_readings(readings, "留萌と留萌", field) for field in fields]
    assert [len(each) for each in found] == [1, 1, 1, 0, 0, 1]
    assert given_readings(readings, "{留萌|ルモイ}", "pillars.2.name") == ["留萌/ルモイ"]
    assert given_readings(readings, "留萌", "pillars.2.photo.caption") == []
    assert given_readings(readings, "留萌", "pillars.10.name") == ["留萌/るもい"]


def test_a_reading_of_the_editor_is_the_first_mention() -> None:
    assert given_readings(Readings(NAMES, "first"), "{留萌|ルモイ}と留萌") == ["留萌/ルモイ"]


@given(st.text(alphabet="留萌本線東海林のあ", max_size=30), st.sampled_from(ASKED))
def test_readings_change_no_word(text: str, asked: str) -> None:
    assert Readings(NAMES, asked).given(InlineText(text, parse_inline(text) if text else ())).plain == text


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("readings: るもい", "not-a-group"),
        ("readings: {留萌: rumoi}", "value-not-understood"),
        ("readings: {留萌: [るもい]}", "not-text"),
        ('readings: {留萌: ""}', "empty-text"),
        ('readings: {"": るもい}', "desk-broken"),
    ],
)
def test_a_wrong_reading_is_told(
    tiny: Path, edit: Callable[[Path, str, str], None], told: Told, written: str, code: str
) -> None:
    edit(tiny / "koho.yaml", "readings:", f"{written} #")
    edit(tiny / "koho.yaml", "  留萌: るもい\n", "")
    (found,) = told(tiny, "tiny")
    assert found.code == code
    assert found.where.line
    assert "留萌: るもい" in found.hint or code == "not-text"
    assert (tiny / "koho.yaml").read_text(encoding="utf-8").splitlines()[found.where.line - 1].startswith("readings: ")


def test_a_layout_asks_for_readings(
    tiny: Path, edit: Callable[[Path, str, str], None], proved: Callable[..., Build], told: Told
) -> None:
    layout = tiny / "layouts" / "tiny"
    edit(layout / "layout.html", "issue.closing[0]|inline", "issue.closing[0]|body")
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "留萌と留萌。")

    def said() -> str:
        with pypdfium2.PdfDocument(proved(tiny, "tiny").files["screen.pdf"]) as pdf:
            return "".join(pdf[0].get_textpage().get_text_range().split())

    assert said() == "留萌と留萌。"
    edit(layout / "layout.yaml", "kind:", "readings: first\nkind:")
    assert said() == "留萌と留萌。るもい"
    edit(layout / "layout.yaml", "readings: first", "readings: every")
    assert said() == "留萌と留萌。るもいるもい"
    edit(layout / "layout.yaml", "readings: every", "readings: article")
    edit(layout / "layout.html", "issue.closing[0]|body", "issue.closing[0]|body }}{{ issue.closing[1]|body")
    edit(tiny / "content" / "tiny" / "issue.yaml", "  - 留萌と留萌。", "  - 留萌と留萌。\n  - 留萌だ。")
    assert said() == "留萌と留萌。留萌だ。るもいるもい"
    edit(layout / "layout.yaml", "readings: article", "readings: always")
    (found,) = told(tiny, "tiny")
    assert (found.code, found.where.field) == ("value-not-understood", "readings")


OVERLONG = "<ruby>暑寒別天売焼尻国定公園<rt>しょかんべつてうりやぎしりこくていこうえん</rt></ruby>"
COMPOUND = (
    '<ruby style="ruby-merge: auto">国<rt>こく</rt>定<rt>てい</rt>公<rt>こう</rt>園<rt>えん</rt>指<rt>しん</rt>'
    "定<rt>ぞうくじら</rt></ruby>"
)


@pytest.mark.parametrize("characters", [5, 6, 7, 8, 9, 10])
@pytest.mark.parametrize("word", [OVERLONG, COMPOUND], ids=["group", "compound"])
def test_a_ruby_longer_than_its_line_stays_in_its_box(composed: Composed, word: str, characters: int) -> None:
    path = composed(f"<p>留萌市の{word}です。</p>", f"p {{ width: {characters * EM}pt }}")
    glyphs, _ = read_page(path)
    assert min(glyph.left for glyph in glyphs) >= 72 - 0.1
    assert max(glyph.right for glyph in glyphs if glyph.text not in "。、") <= 72 + characters * EM + 0.1
    reading = "".join(glyph.text for glyph in glyphs if abs(glyph.em - EM / 2) < 0.1)
    assert reading == "".join(re.findall("<rt>(.*?)</rt>", word))


def test_no_line_is_torn_open_before_a_word_that_is_cut_anyway(composed: Composed) -> None:
    """Eleven characters under one reading, ten to a line: they begin on the line of the four before them."""
    path = composed(f"<p>留萌市の{OVERLONG}です。</p>", f"p {{ width: {10 * EM}pt; text-align: justify }}")
    above, _ = lines_of(read_page(path)[0])
    assert "".join(glyph.text for glyph in above).startswith("留萌市の暑寒別天")


@pytest.mark.parametrize(
    ("base", "reading"), [("SDGs", "エスディージーズ"), ("DX", "ディーエックス"), ("100円", "ひゃくえんだまいちまい")]
)
def test_a_word_below_a_long_reading_is_not_pulled_apart(composed: Composed, base: str, reading: str) -> None:
    line = word(read_page(composed(f"<p>市の<ruby>{base}<rt>{reading}</rt></ruby>の</p>"))[0], base)
    latin = [glyph for glyph in line if glyph.text.isascii()]
    assert all(after.left - before.right < 0.1 for before, after in pairwise(latin))


@pytest.mark.parametrize("base", ["20日", "平成25年"])
def test_figures_keep_their_quarter_em_below_a_reading(composed: Composed, base: str) -> None:
    line = word(read_page(composed(f"<p>この<ruby>{base}<rt>は</rt></ruby>の</p>"))[0], base)
    between = [
        after.left - before.right
        for before, after in pairwise(line)
        if before.text.isascii() is not after.text.isascii()
    ]
    assert between == pytest.approx([EM / 4] * len(between), abs=0.05)


def test_a_reading_on_the_other_side_is_told(composed: Composed) -> None:
    with pytest.raises(AssertionError, match=r"ruby-on-two-sides.*「Rumoi」"):
        composed("<p><ruby>留萌<rt>るもい</rt><rtc>Rumoi</rtc></ruby></p>")


@pytest.mark.parametrize("more", ["<rtc><rt>あざ</rt></rtc>", "<rt>あざ</rt>"])
def test_a_reading_without_a_base_of_its_own_is_told(composed: Composed, more: str) -> None:
    with pytest.raises(AssertionError, match=r"engine-muttered.*A reading \("):
        composed(f"<p>この<ruby>字<rt>じ</rt>{more}</ruby></p>")


def test_a_first_line_of_its_own_style_has_its_readings_once(composed: Composed) -> None:
    glyphs, _ = read_page(composed("<p>この<ruby>字<rt>じ</rt></ruby>です</p>", "p::first-line { color: #f00 }"))
    assert sorted(glyph.text for glyph in glyphs) == sorted("この字ですじ")
