"""A table in every edition: rules and figures on paper, heads in the tags, read aloud, as a list in large print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from tests.conftest import Told, read_marks, read_structure, swap

from koho_pdf.editions.every import RELEASED
from koho_pdf.pipeline import Build
from koho_pdf.preflight.pdf.facts import Path as Stroke
from koho_pdf.preflight.pdf.reading import read_facts
from koho_pdf.release.releasing import archival_pdf

REPOSITORY = Path(__file__).parents[2]
NAME = "2012-policy-leaflet"
FILE = f"content/{NAME}/tables/yosan.csv"
CAPTION = "おもな事業と予算額（見本）"
ROWS = [["事業", "予算額"], ["雇用の相談窓口", "1,111万円"], ["特産品の見本市", "222万円"], ["商店街の催し", "33万円"]]
WIDE = """\
事業,予算額,前の年度,増減,担当課
雇用の相談窓口を毎日開く,"1,111万円","1,000万円",111万円,経済港湾課
特産品の{催|もよお}し,222万円,,222万円,①農林水産課
"""
MM = 72 / 25.4


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], throwaway: Callable[[Path], Path], tmp_path_factory: Any) -> Build:
    """Every edition of the leaflet with a table in its first initiative."""
    build = proved(throwaway(tmp_path_factory.mktemp("tables") / "city"), NAME, RELEASED)
    assert build.findings == ()
    return build


@pytest.fixture
def wide(workspace: Path) -> Path:
    """A workspace whose table has five columns, too many for a line of large print; it fits on paper."""
    (workspace / FILE).write_text(WIDE, encoding="utf-8")
    manuscript = workspace / f"content/{NAME}/issue.yaml"
    swap(manuscript, "          note: 事業も金額も作りごとです。\n", "")
    swap(manuscript, "、市内外への積極的なPRや、観光との連携により交流人口の拡大を図ります。", "ます。")
    return workspace


def opened(made: Build, file: str) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made.files[file]))


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_the_table_is_copied_after_the_words_it_belongs_to(made: Build, edition: str) -> None:
    with pypdfium2.PdfDocument(made.files[f"{edition}.pdf"]) as pdf:
        words = "".join(pdf[1].get_textpage().get_text_range().split())
    wanted = (
        "雇用の確保を図ります。" + CAPTION + "".join("".join(row) for row in ROWS) + "事業も金額も作りごとです。2農水"
    )
    assert wanted in words


def test_on_paper_cells_are_black_not_small_and_figures_end_below_each_other(made: Build) -> None:
    with opened(made, "print.pdf") as pdf:
        marks = [mark for mark in read_marks(pdf.pages[1]) if mark.text in [cell for row in ROWS for cell in row]]
    assert len(marks) == 8
    assert {mark.fill[1:] for mark in marks} == {("0", "0", "0", "1")}
    assert min(mark.size for mark in marks) >= 13 * MM / 4 - 0.01
    with pypdfium2.PdfDocument(made.files["print.pdf"]) as pdf:
        text = pdf[1].get_textpage()
        words = text.get_text_range()
        ends = {text.get_charbox(words.index(row[1]) + len(row[1]) - 1)[2] for row in ROWS[1:]}
        begins = {text.get_charbox(words.index(row[1]))[0] for row in ROWS[1:]}
    assert max(ends) - min(ends) < 0.01
    assert len(begins) == 3, "figures of different length begin at different places"


def test_on_paper_its_rules_are_black_and_no_thinner_than_a_press_holds(made: Build) -> None:
    marks = read_facts(made.files["print.pdf"]).pages[1].marks
    lines = [mark for mark in marks if isinstance(mark, Stroke) and mark.box.width > 30 and mark.box.height < 0.5]
    black = [mark for mark in lines if mark.paint.stroke and mark.paint.stroke.is_black]
    assert len({mark.box.y for mark in black}) == len(ROWS)
    assert all(mark.width >= 0.12 * MM and mark.paint.overprint_stroke for mark in black)


def test_a_reading_in_a_cell_stands_clear_of_the_rule_above(workspace: Path, proved: Callable[..., Build]) -> None:
    (workspace / FILE).write_text("事業,予算額\n{催|もよお}し,33万円\n", encoding="utf-8")
    content = proved(workspace, NAME, ("screen",)).files["screen.pdf"]
    with pypdfium2.PdfDocument(content) as pdf:
        text = pdf[1].get_textpage()
        _, bottom, _, top = text.get_charbox(text.get_text_range().index("もよお"))
    marks = read_facts(content).pages[1].marks
    rules = [297 - mark.box.y for mark in marks if isinstance(mark, Stroke) and mark.box.height < 0.2]
    assert len(rules) >= 4
    assert [rule for rule in rules if bottom / MM - 0.2 < rule < top / MM + 0.1] == []


@pytest.mark.parametrize("edition", ["screen", "large"])
def test_every_cell_is_tagged_under_its_heads(made: Build, edition: str) -> None:
    """TH with a scope; TD with the heads it stands under, which the file lists (ISO 32000-1, 14.7.2, 14.8.5.7)."""
    with opened(made, f"{edition}.pdf") as pdf:
        (table,) = read_structure(pdf).every("Table")
        assert [each.text for each in table.every("Caption")] == [CAPTION]
        assert [[cell.text for cell in row.every("TH", "TD")] for row in table.every("TR")] == ROWS
        heads = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"]
        assert [str(each.A.Scope) for each in heads] == ["/Column"] * 2 + ["/Row"] * 3
        listed = list(pdf.Root.StructTreeRoot.IDTree.Names)
        assert [bytes(key) for key in listed[::2]] == sorted(bytes(each.ID) for each in heads)
        by_id = {bytes(key): each for key, each in zip(listed[::2], listed[1::2], strict=True)}
        cells = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TD"]
        scopes = [[str(by_id[bytes(head)].A.Scope) for head in each.A.Headers] for each in cells]
        assert scopes == [["/Row", "/Column"]] * 3


def test_it_is_read_aloud_row_by_row(made: Build) -> None:
    lines = made.files[f"text/{NAME}.txt"].decode().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("〔表〕"))
    assert lines[at : at + 7] == [
        f"〔表〕「{CAPTION}」〔3行2列〕",
        "〔列の見出し〕事業、予算額。",
        "〔1行目〕雇用の相談窓口、予算額 1,111万円。",
        "〔2行目〕特産品の見本市、予算額 222万円。",
        "〔3行目〕商店街の催し、予算額 33万円。",
        "〔表に添えた文〕事業も金額も作りごとです。",
        "〔表終わり〕",
    ]


def test_it_is_open_data(made: Build) -> None:
    articles = json.loads(made.files["data/issue.json"])["articles"]
    (told,) = (article for article in articles if article["tables"])
    assert told["key"] == "pillar-1-1"
    assert told["tables"] == [
        {"caption": CAPTION, "heads": ROWS[0], "rows": ROWS[1:], "note": "事業も金額も作りごとです。"}
    ]
    assert "特産品の見本市、予算額 222万円。" in told["paragraphs"]


def test_the_archival_pdf_holds_it_as_csv(made: Build) -> None:
    with pikepdf.open(BytesIO(archival_pdf(made, REPOSITORY / "content" / NAME))) as pdf:
        (file,) = (each for each in pdf.Root.AF if str(each.UF) == "tables/yosan.csv")
        assert (str(file.AFRelationship), str(file.EF.F.Subtype)) == ("/Data", "/text/csv")
        assert list(csv.reader(io.StringIO(file.EF.F.read_bytes().decode(), newline=""))) == ROWS


def test_in_large_print_a_wide_table_is_told_row_by_row(wide: Path, proved: Callable[..., Build]) -> None:
    made = proved(wide, NAME, ("large", "text"))
    with opened(made, "large.pdf") as pdf:
        tree = read_structure(pdf)
        assert tree.every("Table") == []
        said = [each.text for each in tree.every("P")]
        sizes = [mark.size * mark.place[3] for page in pdf.pages for mark in read_marks(page) if mark.text.strip()]
    at = said.index("事業：雇用の相談窓口を毎日開く")
    assert said[at + 1 : at + 5] == ["予算額：1,111万円", "前の年度：1,000万円", "増減：111万円", "担当課：経済港湾課"]
    assert said[at + 5 : at + 8] == ["事業：特産品の催（もよお）し", "予算額：222万円", "前の年度：空欄"]
    assert min(sizes) >= 18 - 0.01
    heard = made.files[f"text/{NAME}.txt"].decode()
    assert "特産品の催（もよお）し、予算額 222万円、前の年度 空欄、増減 222万円、担当課 まる1農林水産課。" in heard


def test_a_table_that_the_page_has_no_room_for_is_told(workspace: Path, told: Told) -> None:
    with (workspace / FILE).open("a", encoding="utf-8") as file:
        file.writelines(f"事業その{number},{number}万円\n" for number in range(60))
    found = told(workspace, NAME, ("screen",))
    told_of = {each.code for each in found if each.where.field == "pillars.0.initiatives.0.table.file"}
    assert told_of & {"overset", "text-off-page"}  # an error at the table's own line, whatever holds it
    assert "css-not-understood" not in {each.code for each in found}  # and no slip of the designer's


def test_a_fault_of_the_csv_is_told_with_its_line(workspace: Path, told: Told) -> None:
    with (workspace / FILE).open("a", encoding="utf-8") as file:
        file.write("道路の整備,1,200万円\n")
    (found,) = told(workspace, NAME, ("screen",))
    assert (found.code, found.where.file, found.where.line) == ("table-rows-differ", FILE, 5)
