"""Every figure and every character of an old PDF: side by side, beyond the BMP, turned, printed twice."""

from __future__ import annotations

import datetime
import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from tests.archive.apart import FONTS, read_apart, taken_in

from koho_pdf.archive.ingest.old_pdf import Entry

TELEPHONES = [f"0{area}-{22 * (line % 5)}-{11 * line:04}" for area in (11, 122, 155, 164) for line in range(25)]


def coded(operators: str, letters: dict[int, str], *, embedded: bool = False, way: str = "Type0") -> bytes:
    """A page of 600 x 600 pt whose font says by a table (ToUnicode) what its codes are; codes below 256 are half an em
    wide. ``way`` is the kind of font: composite, or of drawings (Type 3) whose names say nothing."""
    table = "\n".join(f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in letters.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /K def 1 begincodespacerange <0000> <ffff>"
        f" endcodespacerange {len(letters)} beginbfchar\n{table}\nendbfchar endcmap end"
    )
    with pikepdf.new() as pdf:
        name = pikepdf.Name("/Ryumin-Light")
        described = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[0, -120, 1000, 880], ItalicAngle=0,
            Ascent=880, Descent=-120, CapHeight=700, StemV=80,
        )  # fmt: skip
        below = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=name, DW=1000, W=[0, 255, 500],
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=described,
        )  # fmt: skip
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name, Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[below], ToUnicode=pdf.make_stream(cmap.encode()),
        )  # fmt: skip
        if way == "Type3":
            box = pdf.make_stream(b"1000 0 0 0 900 900 d1 0 0 900 900 re f")
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
                FontBBox=[0, 0, 1000, 1000], FirstChar=33, LastChar=126, Widths=[1000] * 94,
                CharProcs=pikepdf.Dictionary({f"/a{code}": box for code in range(33, 127)}),
                Encoding=pikepdf.Dictionary(
                    Differences=[33, *(pikepdf.Name(f"/a{code}") for code in range(33, 127))]
                ),
            )  # fmt: skip
        page = pdf.add_blank_page(page_size=(600, 600))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(operators.encode())
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()


ASCII = {code: chr(code) for code in range(33, 127)}
KANA = {0x3000 + code: chr(0x3000 + code) for code in range(0x40, 0xFF)} | {
    ord(each): each for each in "平成年月日電話市民。"
}


def drawn(text: str, x: float, y: float, size: float = 10.5, matrix: str = "1 0 0 1") -> str:
    return f"BT /F {size} Tf {matrix} {x} {y} Tm <{''.join(f'{ord(each):04x}' for each in text)}> Tj ET\n"


def read(content: bytes) -> tuple[str, str, list[str], list[str]]:
    """Text of page 1, grade, codes of findings, headings."""
    made = taken_in(content, Entry(Path("old.pdf"), "koho-0812", 812, datetime.date(2010, 4, 1), "第812号", "koho"))
    quality, record = (json.loads(made.files[name]) for name in ("quality.json", "record.json"))
    headings = [article["heading"] for article in record["articles"]]
    codes = [finding.code for finding in made.findings]
    return made.files["text/p1.txt"].decode(), quality["grade"], codes, headings


def test_of_a_hundred_telephone_numbers_at_ten_and_a_half_points_every_figure_is_read() -> None:
    lines = "".join(drawn(number, 20 + 110 * (i % 5), 560 - 25 * (i // 5)) for i, number in enumerate(TELEPHONES))
    text, grade, codes, _ = read(coded(lines, ASCII))
    assert (grade, codes) == ("good", [])
    assert sorted(text.split()) == sorted(TELEPHONES)


@pytest.mark.parametrize("words", ["平成22年11月11日", "1111111", "00:00:11", "Illinois--..,,", "3333市民2222"])
@pytest.mark.parametrize("size", [5.0, 7.0, 10.5, 24.0])
def test_equal_letters_side_by_side_are_each_read(words: str, size: float) -> None:
    text, grade, _, _ = read(coded(drawn(words, 40, 400, size), ASCII | KANA))
    assert (text.strip(), grade) == (words, "good")


@pytest.mark.parametrize("moved", [0.02, 0.08, 0.15])
def test_what_is_printed_again_over_itself_is_read_once_and_never_called_good_where_readers_differ(
    moved: float,
) -> None:
    by = moved * 10.5
    text, grade, codes, _ = read(
        coded(drawn("2011年の市民", 40, 400) + drawn("2011年の市民", 40 + by, 400 - by), ASCII | KANA)
    )
    assert text.strip() == "2011年の市民"
    assert (grade == "good") == (codes == [])


def test_characters_beyond_the_bmp_and_with_a_selector_are_read_as_they_are() -> None:
    letters = KANA | {1: "𠮷", 2: "葛\U000e0100", 3: "辻\ufe00", 4: "ff", 5: "か\u3099", 6: "𩸽"}
    codes = "".join(f"{each:04x}" for each in (1, 0x3055, 2, 3, 4, 5, 6))
    text, grade, told, _ = read(coded(f"BT /F 10 Tf 40 400 Td <{codes}> Tj ET", letters))
    assert text.strip() == "𠮷さ葛\U000e0100辻\ufe00ffか\u3099𩸽"
    assert (grade, told) == ("good", [])


def test_half_a_character_is_unread_and_what_stands_beside_it_is_no_letter() -> None:
    broken = coded(f"BT /F 10 Tf 40 400 Td <{'3055' * 6}0001> Tj ET", KANA | {1: "\u4eca\u4eca"})
    half = broken.replace(b"4eca4eca", b"d84242b7") if b"4eca4eca" in broken else broken
    with pikepdf.open(BytesIO(broken)) as pdf:
        table = next(
            each for each in pdf.objects if isinstance(each, pikepdf.Stream) and b"begincmap" in each.read_bytes()
        )
        table.write(table.read_bytes().replace(b"4eca4eca", b"d84242b7"))  # as Ghostscript 10 writes 𠮷
        target = BytesIO()
        pdf.save(target)
        half = target.getvalue()
    text, grade, codes, _ = read(half)
    assert (text.strip(), grade, codes) == ("ささささささ〓", "doubtful", ["archive-unmapped"])


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_text_that_is_drawn_turned_is_read_from_its_beginning(matrix: str) -> None:
    lines = ["平成22年11月の電話は", "0164-42-1801です。"]
    across, down = (float(each) for each in matrix.split()[2:])
    page = "".join(
        drawn(text, 300 - 18 * i * across, 300 - 18 * i * down, matrix=matrix) for i, text in enumerate(lines)
    )
    text, grade, _, _ = read(coded(page, ASCII | KANA))
    assert (text.replace("\n", ""), grade) == ("".join(lines), "good")


def test_letters_of_drawings_without_names_are_no_text_and_no_titles() -> None:
    words = "".join(
        drawn_as_bytes(f"abcdefghijKLMNOP{row}", 500 - 30 * row, 20 if row == 0 else 10) for row in range(6)
    )
    text, grade, codes, headings = read(coded(words, {}, way="Type3"))
    assert set(text.split()[0]) == {"〓"}
    assert ("archive-unmapped" in codes, grade, headings) == (True, "none", ["（1ページ）"])


def drawn_as_bytes(text: str, y: float, size: float) -> str:
    return f"BT /F {size} Tf 40 {y} Td <{text.encode().hex()}> Tj ET\n"


def test_a_table_of_letters_that_gives_signs_makes_no_titles() -> None:
    signs = {code: chr(0x2700 + code) for code in range(33, 127)}
    page = "".join(drawn("abcdefghij", 40, 500 - 30 * row, 20 if row == 0 else 10) for row in range(6))
    text, grade, codes, headings = read(coded(page, signs))
    assert (grade, codes, headings) == ("doubtful", ["archive-garbled"], ["（1ページ）"])
    assert "✁" not in headings[0]
    assert len(text) > 60


def test_accents_greek_and_signs_of_a_newsletter_are_no_garbled_page() -> None:
    usual = "①②③㈱㎡☎★●〒077-8601（月）〜café℃№Ⅳ…―「」・ー"
    letters = {0x4000 + i: each for i, each in enumerate(dict.fromkeys(usual))}
    codes = "".join(f"{code:04x}" for code in letters)
    assert read(coded(f"BT /F 10 Tf 40 400 Td <{codes}> Tj ET", letters))[2] == []


def test_what_a_font_draws_for_a_character_it_lacks_is_unread_and_told() -> None:
    face = TTFont(FONTS / "BIZUDGothic-Regular.ttf")
    chosen = subset.Subsetter(subset.Options(notdef_outline=True))
    chosen.populate(text="田さんです")
    chosen.subset(face)
    program = BytesIO()
    face.save(program)
    glyphs = {letter: face.getGlyphID(name) for letter, name in face.getBestCmap().items()}
    written = coded(
        f"BT /F 10 Tf 40 400 Td <0000{''.join(f'{glyphs[ord(each)]:04x}' for each in '田さんです')}> Tj ET",
        {code: chr(letter) for letter, code in glyphs.items()},
    )
    with pikepdf.open(BytesIO(written)) as pdf:
        font = pdf.pages[0].Resources.Font.F.DescendantFonts[0]
        font.Subtype, font.CIDToGIDMap = pikepdf.Name.CIDFontType2, pikepdf.Name.Identity
        font.FontDescriptor.FontFile2 = pdf.make_stream(program.getvalue())
        target = BytesIO()
        pdf.save(target)
    text, grade, codes, _ = read(target.getvalue())
    assert (text.strip(), grade, codes) == ("〓田さんです", "doubtful", ["archive-unmapped"])


def test_a_letter_that_nobody_draws_is_unread_and_told() -> None:
    alone = "".join(drawn(letter, 40 + 10.5 * place, 400) for place, letter in enumerate("さしすせそ市"))
    text, grade, codes, _ = read(coded(alone + drawn("市民の電話です。", 40, 380), KANA))
    assert text.replace("\n", "") == "〓〓〓〓〓〓市民の電話です。"
    assert (grade, codes) == ("doubtful", ["archive-unmapped"])


@pytest.mark.parametrize("scale", [1, 10])
def test_type_of_drawings_is_as_large_as_it_is_drawn(scale: int) -> None:
    lines = [("Notice", 24, 500), *(("An-ordinary-line-of-words", 10, 460 - 14 * n) for n in range(4))]
    said = "".join(f"BT /F {size / scale} Tf 40 {y} Td ({words}) Tj ET\n" for words, size, y in lines)
    with pikepdf.open(BytesIO(coded(said, {}, way="Type3"))) as pdf:
        font = pdf.pages[0].Resources.Font.F
        pairs = "".join(f"<{code:02x}> <{code:04x}>" for code in range(33, 127))
        font.ToUnicode = pdf.make_stream(
            f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 94 beginbfchar {pairs} endbfchar".encode()
        )
        font.FontMatrix = [0.001 * scale, 0, 0, 0.001 * scale, 0, 0]
        target = BytesIO()
        pdf.save(target)
    assert read(target.getvalue())[3] == ["Notice"]
    sizes = [glyph.size * 72 / 25.4 for glyph in read_apart(target.getvalue()).pages[0].glyphs]
    assert sizes[0] == pytest.approx(24, rel=0.2)
    assert sizes[-1] == pytest.approx(10, rel=0.2)


def test_a_space_of_which_the_file_says_nothing_is_no_traceback() -> None:
    with pikepdf.open(
        BytesIO(coded("BT /F 10 Tf 40 400 Td (A) Tj ET BT /F 10 Tf 90 300 Td ( ) Tj ET", {}, way="Type3"))
    ) as pdf:
        font = pdf.pages[0].Resources.Font.F
        font.FirstChar, font.Widths = 32, [1000] * 95
        font.CharProcs["/space"] = font.CharProcs["/a33"]
        font.Encoding = pikepdf.Dictionary(Differences=[32, pikepdf.Name.space, *list(font.Encoding.Differences)[1:]])
        target = BytesIO()
        pdf.save(target)
    assert read(target.getvalue())[1] == "none"


def test_letters_beyond_the_edges_of_the_page_are_in_no_article_and_told() -> None:
    page = drawn("市民の電話です。", 40, 400) + drawn("し、すせ", 650, 400) + drawn("あいう11", 40, -40)
    text, grade, codes, _ = read(coded(page + drawn("はし", 594, 300), KANA | ASCII))
    assert text.replace("\n", "") == "市民の電話です。は"  # letters that the edge cuts can be seen
    assert (grade, codes) == ("good", ["archive-outside-page"])
