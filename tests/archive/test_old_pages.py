"""Parts of an old page besides running text: tables with rules, running heads, folios, ruby; and files that are not
PDFs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.test_figures import ASCII, KANA, coded, drawn, read

from koho_pdf.archive.ingest.columns import Block, flow
from koho_pdf.archive.ingest.found_articles import articles
from koho_pdf.archive.ingest.glyph_lines import Line
from koho_pdf.archive.ingest.glyphs import Glyph
from koho_pdf.archive.ingest.pdf_pages import read_pdf
from koho_pdf.archive.ingest.ruled import rules_of, tables
from koho_pdf.errors import ArchiveError
from koho_pdf.geometry import Rect

TABLE = [["日にち", "時間", "電話"], ["11日", "11:00", "42-1801"], ["22日", "9:00", "42-1122"]]
LETTERS = ASCII | KANA | {ord(each): each for each in "時間毎週"}


def ruled(rows: Sequence[Sequence[str]], how: str) -> str:
    """A table of 100 x 24 pt cells, its rules as programs draw them."""
    words = "".join(
        drawn(text, 50 + 100 * column, 500 - 24 * row)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    )
    xs, ys = [40 + 100 * n for n in range(len(rows[0]) + 1)], [516 - 24 * n for n in range(len(rows) + 1)]
    if how == "strokes":
        lines = [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys] + [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs]
    elif how == "bars":
        lines = [f"{xs[0]} {y} {xs[-1] - xs[0]} .5 re f" for y in ys]
        lines += [f"{x} {ys[-1]} .5 {ys[0] - ys[-1]} re f" for x in xs]
    else:
        lines = [f"{x} {y} 100 24 re S" for x in xs[:-1] for y in ys[1:]]
    return "\n".join(lines) + "\n" + words


@pytest.mark.parametrize("how", ["strokes", "bars", "boxes"])
def test_a_table_is_read_row_by_row_with_its_cells_apart(how: str) -> None:
    before, after = drawn("平成22年の予定です。", 40, 560), drawn("電話をください。", 40, 380)
    text, grade, codes, _ = read(
        coded(before + ruled(TABLE, how) + after, LETTERS | {ord("予"): "予", ord("定"): "定"})
    )
    rows = ["\u3000".join(cells) for cells in TABLE]
    assert (grade, codes) == ("good", [])
    assert text.split("\n\n") == ["平成22年の予定です。", "\n".join(rows), "電話をください。\n"]


def test_a_cell_over_two_rows_stands_in_the_first_and_one_over_two_columns_is_whole() -> None:
    spanning = (
        "40 516 m 340 516 l 340 444 l 40 444 l s 140 516 m 140 444 l S 140 492 m 340 492 l S 40 468 m 340 468 l S"
    )
    spanning = spanning.replace("40 468 m 340", "140 468 m 340") + " 240 492 m 240 444 l S\n"
    words = (
        drawn("毎週", 50, 476) + drawn("時間と電話", 200, 500) + drawn("9:00", 150, 476) + drawn("42-1801", 250, 476)
    )
    text = read(coded(spanning + words + drawn("22:00", 150, 452) + drawn("42-1122", 250, 452), LETTERS))[0]
    assert text == "毎週　時間と電話\n9:00　42-1801\n22:00　42-1122\n"


def test_articles_in_frames_are_no_table() -> None:
    frames = "".join(f"{40 + 260 * n} 300 240 250 re S\n" for n in (0, 1)) + "40 280 500 290 re S\n"
    said = ["市民の" * 8, "電話は" * 8]
    words = "".join(drawn(said[n][:20], 50 + 260 * n, 520 - 16 * row) for n in (0, 1) for row in range(12))
    text = read(coded(frames + words, LETTERS))[0]
    assert "\u3000" not in text
    assert text.index("電話は") > text.rindex("市民の")


cells = st.builds(
    lambda text, x, y: Glyph(text, Rect(x, y, 3.5, 3.5), 3.5, "A", False, True),
    st.sampled_from("市民広報あいう12AB"), st.floats(0, 100), st.floats(0, 100),
)  # fmt: skip
boxes = st.builds(Rect, st.floats(0, 90), st.floats(0, 90), st.floats(0, 60), st.floats(0, 60))


@given(st.lists(cells, max_size=40), st.lists(boxes, max_size=12))
def test_no_glyph_is_lost_wherever_rules_stand(glyphs: list[Glyph], drawn_boxes: list[Rect]) -> None:
    found, left = tables(glyphs, rules_of(drawn_boxes))
    told = "".join(line.text for table in found for line in table.rows) + "".join(glyph.text for glyph in left)
    alone = [glyph.text for glyph in glyphs if sum(other.text == glyph.text for other in glyphs) == 1]
    assert all(told.count(letter) == 1 for letter in alone)
    laid = "".join(line.text for block in flow(glyphs, rules_of(drawn_boxes)).blocks for line in block.lines)
    assert set(laid) - {" ", "\u3000"} == {glyph.text for glyph in glyphs}


def line(text: str, x: float, y: float, size: float = 4.0) -> Line:
    return Line(text, Rect(x, y, size * len(text), size), size, False, False)


def test_heads_of_left_and_right_pages_and_what_stands_beside_a_folio_are_in_no_article() -> None:
    pages = []
    for page in range(1, 5):
        head = line("広報るもい" if page % 2 else "平成22年4月号", 20, 8, 3.0)
        beside = line(("くらし", "健康", "教育", "催し")[page - 1], 30, 285, 3.0)
        body = [line("本文です。" * 4, 20, 60 + 6 * row) for row in range(5)]
        blocks = [
            [head],
            [line("お知らせ" + "一二三四"[page - 1], 20, 40, 7.0)],
            body,
            [line(f"{page + 8}", 20, 285, 3.0)],
            [beside],
        ]
        pages.append([Block(tuple(each)) for each in blocks])
    found = articles(pages, [297.0] * 4)
    assert [article.heading for article in found] == [f"お知らせ{each}" for each in "一二三四"]
    words = "".join(article.heading + article.text for article in found)
    assert not [each for each in ("広報るもい", "平成22年", "くらし", "催し", "9", "12") if each in words]


@pytest.mark.parametrize("label", [(60, 190), (60, 214)])  # in the frame, above it
def test_advertisements_are_one_article_of_that_name_and_no_titles(label: tuple[float, float]) -> None:
    letters = LETTERS | {ord(each): each for each in "広告商店車検の売出大感謝祭"}
    page = drawn("市民の時間", 40, 560, 20) + "".join(
        drawn("平成の電話の市民です。" * 2, 40, 520 - 18 * n) for n in range(6)
    )
    frame = "40 100 300 105 re S 350 100 200 105 re S\n"
    paid = drawn("商店の大感謝祭", 60, 150, 22) + drawn("売出 11:00", 60, 120) + drawn("広告", *label, 7)
    made = json.loads(taken(coded(page + frame + paid, letters))["record.json"])["articles"]
    assert [each["heading"] for each in made] == ["市民の時間", "広告"]
    assert "商店の大感謝祭" in made[1]["text"]
    assert "売出" not in made[0]["text"]


def test_a_label_outside_a_row_of_frames_names_them_all() -> None:
    letters = LETTERS | {ord(each): each for each in "有料広告欄商店車検の売出大感謝祭"}
    page = drawn("市民の時間", 40, 560, 20) + "".join(
        drawn("平成の電話の市民です。" * 2, 40, 520 - 18 * n) for n in range(8)
    )
    frames = "".join(f"{x} 100 150 60 re S\n" for x in (40, 200, 360)) + "40 200 300 60 re S\n"
    paid = drawn("商店の大感謝祭", 45, 140, 16) + drawn("車検の売出", 205, 140, 16) + drawn("売出の祭", 365, 140, 16)
    kept = drawn("毎週の時間", 45, 240, 16) + drawn("電話の時間です。", 45, 210)
    made = json.loads(
        taken(coded(page + frames + paid + kept + drawn("有料広告欄", 40, 88, 8), letters))["record.json"]
    )
    told = {each["heading"]: each["text"] for each in made["articles"]}
    assert set(told) == {"市民の時間", "毎週の時間", "広告"}
    assert all(each in told["広告"] for each in ("商店の大感謝祭", "車検の売出", "売出の祭", "有料広告欄"))


def test_a_notice_about_advertisements_is_an_article() -> None:
    letters = LETTERS | {ord(each): each for each in "広告募集しま"}
    page = (
        "30 480 400 110 re S\n"
        + drawn("広告を募集します", 40, 560, 20)
        + drawn("電話は42-1801です。毎週の時間。", 40, 520)
    )
    made = json.loads(taken(coded(page, letters))["record.json"])["articles"]
    assert [each["heading"] for each in made] == ["広告を募集します"]


def test_readings_are_of_the_article_they_stand_in() -> None:
    letters = LETTERS | {ord(each): each for each in "留萌増毛"}
    page = drawn("平成の電話", 40, 560, 20) + drawn("留萌の市民です。", 40, 520) + drawn("るもい", 42, 530, 5)
    page += drawn("市民の時間", 40, 480, 20) + drawn("増毛の毎週です。", 40, 440) + drawn("ましけ", 42, 450, 7)
    made = json.loads(taken(coded(page, letters))["record.json"])["articles"]
    assert [(each["heading"], each.get("readings")) for each in made] == [
        ("平成の電話", "るもい"),
        ("市民の時間", "ましけ"),
    ]
    assert not [each for each in made if "るもい" in each["text"] or "ましけ" in each["text"]]


def taken(content: bytes) -> dict[str, bytes]:
    import datetime
    from pathlib import Path

    from tests.archive.apart import taken_in

    from koho_pdf.archive.ingest.old_pdf import Entry

    entry = Entry(Path("old.pdf"), "koho-0812", 812, datetime.date(2010, 4, 1), "第812号", "koho")
    return dict(taken_in(content, entry).files)


@pytest.mark.parametrize(
    ("begins", "says"),
    [
        (b"\xff\xd8\xff\xe0JFIF", "img2pdf"),
        (b"\x89PNG\r\n", "img2pdf"),
        (b"II*\x00", "tiff2pdf"),
        (b"MM\x00*", "tiff2pdf"),
        (b"AT&TFORM\x00\x00DJVM", "ddjvu"),
        (b"PK\x03\x04", "PDFとして保存"),
        (b"%!PS-Adobe", "ps2pdf"),
    ],
)
def test_what_is_no_pdf_is_refused_with_how_it_becomes_one(begins: bytes, says: str) -> None:
    with pytest.raises(ArchiveError) as told:
        read_pdf(begins + b"\x00" * 40, "old")
    (finding,) = told.value.findings
    assert finding.code == "archive-no-pdf"
    assert says in finding.hint
