"""PDFs and file lists with names in any encoding: they are read like others, and told by name."""

from __future__ import annotations

import json
import os
import unicodedata
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from tests.archive.apart import taken_in
from tests.conftest import Koho
from tests.preflight.drafts import WORDS, typeface
from tests.preflight.strange import NAMES, encrypted, for_a_certificate, written

from koho_pdf.archive.ingest.columns import Block
from koho_pdf.archive.ingest.found_articles import articles
from koho_pdf.archive.ingest.glyph_lines import Line
from koho_pdf.archive.ingest.old_pdf import Entry, Ingested
from koho_pdf.archive.ingest.pdf_pages import read_pdf
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.errors import ArchiveError
from koho_pdf.geometry import Rect

DAY = CalendarDate.parse("2010-04-01").day
SHIFT_JIS = os.fsdecode("広報.pdf".encode("cp932"))


def ingested(pdf: bytes, file: str = "old.pdf") -> Ingested:
    return taken_in(pdf, Entry(Path(file), "koho-0001", 1, DAY, "第1号", "koho"))


def test_text_does_not_hang_on_the_bytes_of_names() -> None:
    """A letter that is drawn (Type 3) is an exception: PDFium guesses it from the names of the font and the letter."""
    texts = {name: ingested(written(raw)).files["text/p1.txt"].decode().split() for name, raw in NAMES.items()}
    assert {name for name, (_, said) in texts.items() if said == "Rumoi"} == set(NAMES)


def test_a_file_for_the_holder_of_a_certificate_is_locked() -> None:
    for pdf in (for_a_certificate(), encrypted(written(b"x"), user="secret")):
        with pytest.raises(ArchiveError) as refused:
            read_pdf(pdf, "old.pdf")
        assert [finding.code for finding in refused.value.findings] == ["archive-locked"]


def coded_as_unicode(name: bytes, tounicode: Name | None) -> bytes:
    """A page whose font uses the Unicode numbers of letters as codes; it may say so by a name in place of a table."""
    program, glyphs = typeface()
    table = bytearray(2 * 0x10000)
    for letter, glyph in glyphs.items():
        table[2 * ord(letter) : 2 * ord(letter) + 2] = glyph.to_bytes(2, "big")
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    font = pikepdf.Object.parse(b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/" + name + b">>")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=font.BaseFont,
        Flags=4,
        FontBBox=Array([0, -120, 1000, 880]),
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=700,
        StemV=80,
        FontFile2=pdf.make_stream(program),
    )
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=font.BaseFont,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=descriptor,
        DW=1000,
        CIDToGIDMap=pdf.make_stream(bytes(table)),
    )
    font.DescendantFonts = Array([pdf.make_indirect(below)])
    if tounicode is not None:
        font.ToUnicode = tounicode
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(b"BT /F 12 Tf 10 50 Td <%s> Tj ET" % WORDS.encode("utf-16-be").hex().encode())
    target = BytesIO()
    pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize("name", [b"ABCDEF+Gothic", b"ABCDEF+#83S#83V#83b#83N"])
def test_a_name_in_the_place_of_a_table_of_letters_is_understood(name: bytes) -> None:
    made = ingested(coded_as_unicode(name, Name("/Identity-H")))
    assert made.files["text/p1.txt"].decode() == f"{WORDS}\n"
    assert made.findings == ()
    silent = ingested(coded_as_unicode(name, None))
    assert silent.files["text/p1.txt"].decode() == "〓" * len(WORDS) + "\n"
    (finding,) = silent.findings
    assert finding.code == "archive-unmapped"
    assert ("ゴシック" if b"#" in name else "Gothic") in finding.message


def test_the_name_of_the_file_is_kept_as_it_is_read() -> None:
    quality = json.loads(ingested(written(b"x"), SHIFT_JIS).files["quality.json"])
    assert quality["original"]["file"] == "広報.pdf"


def test_files_of_a_list_are_found_under_their_names_in_any_bytes(workspace: Path, koho: Koho, tmp_path: Path) -> None:
    """A disk of Windows or of an old Mac: Shift_JIS, and が as two signs."""
    folder = tmp_path / "old"
    folder.mkdir()
    parted = unicodedata.normalize("NFD", "だより.pdf")
    for number, name in enumerate((SHIFT_JIS, parted, "not-listed.pdf")):
        (folder / name).write_bytes(written(b"x%d" % number))
    table = tmp_path / "list.csv"
    rows = ["file,number,date,title", "広報.pdf,1,2010-04-01,第1号", "だより.pdf,2,2010-05-01,第2号"]
    rows += ['nothing.pdf,3,2010-06-01,"2行の\n題名"']
    table.write_text("\n".join(rows), encoding="cp932")
    done = koho("archive", "ingest", str(folder), "--csv", str(table), folder=workspace)
    assert done.returncode == 5
    assert [line.split("\t")[::2] for line in done.stdout.splitlines()] == [
        ["koho-0001", "広報.pdf"],
        ["koho-0002", parted],
    ]
    assert "(archive-facts)" in done.stderr
    assert done.stderr.count("(archive-not-listed)") == 1


def line(text: str, at: float, size: float = 4.0, bold: bool = False) -> Line:
    return Line(text, Rect(10, at, len(text) * size, size), size, bold, False)


def headings(*lines: Line) -> list[tuple[str, str]]:
    return [(each.heading, each.text) for each in articles([[Block((one,)) for one in lines]], [297])]


BODY = "四月から、プラスチックごみの分け方が変わります。"


def test_headings_without_words_of_their_own_open_what_follows_and_a_nameplate_stands_alone() -> None:
    assert headings(line("くらし", 40, 6), line("ごみの分別", 60, 5.5), line(BODY, 80)) == [
        ("くらし\u3000ごみの分別", BODY)
    ]
    assert headings(line("広報るもい", 40, 12), line("ごみの分別", 60, 5.5), line(BODY, 80)) == [
        ("広報るもい", ""),
        ("ごみの分別", BODY),
    ]


def test_a_short_notice_stays_an_article() -> None:
    lines = (line("献血", 40, 6), line("市役所前で五月七日", 60), line("ごみの分別", 80, 6), line(BODY, 100))
    assert headings(*lines) == [("献血", "市役所前で五月七日"), ("ごみの分別", BODY)]


def test_no_word_is_lost_where_headings_are_joined() -> None:
    heads = [line(f"とても長い見出しその{number}", 40 + 20 * number, 6) for number in range(8)]
    (made,) = headings(line("柱の言葉", 30), *heads, line(BODY, 240))
    said = "".join(made)
    assert all(each.text in said for each in (*heads, line(BODY, 0), line("柱の言葉", 0)))
