"""The judge of ruby, kenten and warichu on glyphs placed by hand: pages that keep the rules, and that break each."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from bench.annotations import annotated, tagged
from bench.boxes import Box
from bench.glyphs import Glyph, Shape
from bench.judge import judged
from bench.texts import bases, pieces

SIZE, FEED = 10.0, 18.0
Placed = tuple[str, float, float, float]  # characters, where they begin (em), their line, their size (part of the em)
RUBY = "春{留萌|るもい}の{志|こころざし}よ。夏"
KENTEN = "春《《夏、秋》》冬。"
NOTE = "春((東西南北上))夏。"


def box(source: str, *, vertical: bool) -> Box:
    of = pieces(source)
    return Box(1, 50, 50, 200, 200, SIZE, 20 * SIZE, FEED, bases(of), vertical, of)


def cell(start: float, line: float, em: float, *, vertical: bool) -> tuple[float, float, float, float]:
    """A cell whose foot (vertically, whose middle) is ``line`` line feeds below (left of) the first line's."""
    along, size = 50 + start * SIZE, em * SIZE
    if vertical:
        middle = 200 - line * FEED
        return middle - size / 2, along, middle + size / 2, along + size
    foot = 60 + line * FEED
    return along, foot - size, along + size, foot


def glyphs(placed: list[Placed], *, vertical: bool) -> list[Glyph]:
    return [
        Glyph(1, text, em * SIZE, *cell(start + number * em, line, em, vertical=vertical))
        for words, start, line, em in placed
        for number, text in enumerate(words)
    ]


def row(start: float, words: str, vertical: bool, line: float = 0) -> Placed:
    """A reading above a line: its cells against those of the bases."""
    return (words, start, line - (0.75 if vertical else 1.0) * SIZE / FEED, 0.5)


def broken(source: str, placed: list[Placed], shapes: list[Shape], *, vertical: bool) -> set[str]:
    of = box(source, vertical=vertical)
    verdicts = annotated(glyphs(placed, vertical=vertical), shapes, of)
    assert verdicts
    return {verdict.rule for verdict in verdicts if not verdict.kept}


def ruby(vertical: bool, *, first: float = 1.25, second: float = 3.75, lower: float = 1.0) -> list[Placed]:
    """春留萌の志よ。 with 志 spaced by a half em on each side, then 夏 on a line of its own."""
    return [
        ("春留萌の", 0, 0, 1),
        ("志", 4.5, 0, 1),
        ("よ。", 6.0, 0, 1),
        ("夏", 0, lower, 1),
        row(first, "るもい", vertical),
        row(second, "こころざし", vertical),
    ]


@pytest.fixture(params=[False, True], ids=["horizontal", "vertical"])
def vertical(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_readings_over_their_bases_break_nothing(vertical: bool) -> None:
    """志 under こころざし (2.5 em): a quarter em over kana on each side, a half em of space below it."""
    assert broken(RUBY, ruby(vertical), [], vertical=vertical) == set()


@pytest.mark.parametrize(
    ("first", "second", "lower", "rule"),
    [(1.5, 3.75, 1.0, "ruby"), (1.25, 3.5, 1.0, "overhang"), (1.25, 3.75, 1.1, "pitch"), (0.5, 3.75, 1.0, "overhang")],
)
def test_a_reading_astray_is_seen(vertical: bool, first: float, second: float, lower: float, rule: str) -> None:
    assert rule in broken(RUBY, ruby(vertical, first=first, second=second, lower=lower), [], vertical=vertical)


def test_a_reading_over_kanji_is_seen(vertical: bool) -> None:
    placed: list[Placed] = [("春志夏", 0, 0, 1), row(0.25, "こころざし", vertical)]
    assert broken("春{志|こころざし}夏", placed, [], vertical=vertical) == {"overhang"}


def test_a_base_on_two_lines_is_seen(vertical: bool) -> None:
    placed: list[Placed] = [("留", 0, 0, 1), ("萌", 0, 1, 1), row(0, "るも", vertical), row(0, "い", vertical, 1)]
    assert broken("{留萌|るもい}", placed, [], vertical=vertical) == {"whole"}


def test_a_reading_that_copies_as_another_is_seen(vertical: bool) -> None:
    placed: list[Placed] = [("留萌", 0, 0, 1), row(0.25, "留留い", vertical)]
    assert broken("{留萌|るもい}", placed, [], vertical=vertical) == {"reading"}


def dots(*starts: float, vertical: bool) -> list[Shape]:
    """Small paths above a line, each from where it begins (em)."""
    line = -(0.7 if vertical else 1.1) * SIZE / FEED
    return [Shape(1, *cell(start, line, 0.2, vertical=vertical)) for start in starts]


@pytest.mark.parametrize(
    ("starts", "rules"),
    [
        ((1.4, 3.4), set()),
        ((1.4, 3.2), {"kenten", "unmarked"}),
        ((1.4,), {"kenten"}),
        ((1.4, 2.1, 3.4), {"unmarked"}),
        ((1.4, 3.4, 4.4), {"unmarked"}),
    ],
)
def test_kenten(vertical: bool, starts: tuple[float, ...], rules: set[str]) -> None:
    """Paths or glyphs: one over the middle of 夏 and 秋, none over 、 between them."""
    text: list[Placed] = [("春夏、秋冬。", 0, 0, 1)]
    assert broken(KENTEN, text, dots(*starts, vertical=vertical), vertical=vertical) == rules
    as_glyphs = [("•", start - 0.15, -(0.7 if vertical else 1.0) * SIZE / FEED, 0.5) for start in starts]
    assert broken(KENTEN, [*text, *as_glyphs], [], vertical=vertical) == rules


def note(vertical: bool, *, upper: float = 2.0, cut: int = 3, half: float = 0.5, apart: float = 0.5) -> list[Placed]:
    words = "東西南北上"
    middle = 0.0 if vertical else -0.25
    lines = [(middle + sign * apart / 2) * SIZE / FEED for sign in (-1, 1)]
    return [
        ("春（", 0, 0, 1),
        (words[:cut], upper, lines[0], half),
        (words[cut:], 2.0, lines[1], half),
        ("）夏。", 3.5, 0, 1),
    ]


def test_a_note_in_two_lines_breaks_nothing(vertical: bool) -> None:
    assert broken(NOTE, note(vertical), [], vertical=vertical) == set()


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"upper": 2.2}, "even"),
        ({"cut": 4}, "even"),
        ({"cut": 5}, "note"),
        ({"half": 0.6}, "note"),
        ({"apart": 0.7}, "note"),
    ],
)
def test_a_note_set_badly_is_seen(vertical: bool, changed: dict[str, float], rule: str) -> None:
    assert rule in broken(NOTE, note(vertical, **changed), [], vertical=vertical)  # type: ignore[arg-type]


def test_a_note_whose_words_change_places_is_seen(vertical: bool) -> None:
    placed = note(vertical)
    placed[1], placed[2] = ("北上東", *placed[1][1:]), ("西南", *placed[2][1:])
    assert broken(NOTE, placed, [], vertical=vertical) == {"words"}


def test_the_order_of_a_vertical_text_is_judged() -> None:
    """Two digits side by side are read from left to right; two characters that changed places are another text."""
    of = Box(1, 50, 50, 200, 200, SIZE, 20 * SIZE, FEED, "春25日", True)
    left, right = (cell(1.25, 0.25 * side * SIZE / FEED, 0.5, vertical=True) for side in (1, -1))

    def text_kept(two: str, spring: str, day: str) -> bool:
        set_so = [
            Glyph(1, spring, SIZE, *cell(0, 0, 1, vertical=True)),
            Glyph(1, two[0], SIZE, *left),
            Glyph(1, two[1], SIZE, *right),
            Glyph(1, day, SIZE, *cell(2, 0, 1, vertical=True)),
        ]
        return next(verdict.kept for verdict in judged(set_so, of) if verdict.rule == "text")

    assert text_kept("25", "春", "日")
    assert not text_kept("52", "春", "日")
    assert not text_kept("25", "日", "春")


def test_glyphs_drawn_out_of_order_are_seen(vertical: bool) -> None:
    of = box("春夏秋", vertical=vertical)
    placed = glyphs([("春夏秋", 0, 0, 1)], vertical=vertical)
    for order, kept in ((placed, True), ([placed[1], placed[0], placed[2]], False)):
        verdicts = {verdict.rule: verdict.kept for verdict in judged(order, of)}
        assert verdicts["text"]
        assert verdicts["copied"] is kept


@pytest.mark.parametrize(("words", "start", "kept"), [("。", 3.0, True), ("。", 2.9, False), ("々", 3.0, False)])
def test_what_hangs_is_a_stop_wholly_outside(vertical: bool, words: str, start: float, kept: bool) -> None:
    of = Box(1, 50, 50, 200, 200, SIZE, 3 * SIZE, FEED, f"春夏秋{words}冬", vertical, (), True)
    placed = glyphs([("春夏秋", 0, 0, 1), (words, start, 0, 1), ("冬", 0, 1, 1)], vertical=vertical)
    assert [verdict.kept for verdict in judged(placed, of) if verdict.rule == "hang"] == [kept]


@pytest.mark.parametrize(("outer", "kept"), [("/Ruby", [True, False]), ("/Span", [False, False])])
def test_readings_without_tags_are_seen(tmp_path: Path, outer: str, kept: list[bool]) -> None:
    """One Ruby for two words with readings; an RT outside a Ruby does not count."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    reading = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/RT"), K=0))
    ruby = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name(outer), K=pikepdf.Array([reading])))
    pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(K=ruby))
    pdf.save(tmp_path / "page.pdf")
    found = tagged(tmp_path / "page.pdf", [box(RUBY, vertical=False)])
    assert [verdict.kept for verdict in found] == kept
