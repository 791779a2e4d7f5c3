"""The 入稿指示書: the order, the open points, and that it fits on its page; and the list of software."""

from __future__ import annotations

import re
import subprocess
import tomllib
from dataclasses import replace
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from tests.kinds import brochure
from tests.preflight.constructs import Construct, built

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.content.check import check
from koho_pdf.content.issue import Printing
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.editions.papers import asked, papers
from koho_pdf.errors import LayoutError, ManuscriptError
from koho_pdf.findings import Where, error
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.preflight.inspect import Report, inspect
from koho_pdf.preflight.pdf.reading import read_facts
from koho_pdf.preflight.plates.plates import separations
from koho_pdf.preflight.report.ordered import Folded, folded, order, sides_in_words
from koho_pdf.preflight.report.report import _groups
from koho_pdf.preflight.report.summary import Consignment, summary
from koho_pdf.press.profile import Press, read_press
from koho_pdf.release.versions import _packages, versions
from koho_pdf.workspace.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[2]
SENT = Consignment(
    *("2013-test", "2013-test.pdf", "留萌市", CalendarDate.parse("平成25年4月1日"), "right"),
    printing=Printing(),
    state="校正",
)
A4 = {"/MediaBox": [0, 0, 612.28, 858.9], "/TrimBox": [8.5, 8.5, 603.78, 850.39], "/BleedBox": [0, 0, 612.28, 858.9]}


@pytest.fixture(scope="module")
def city(home: Path) -> Workspace:
    return open_workspace(ROOT)


def press_named(city: Workspace, name: str) -> Press:
    return read_press(name, city.press, city.root)


def instructions(pdf: bytes, city: Workspace, printing: Printing) -> str:
    press = city.city.press
    found = replace(inspect(pdf, press, separations(pdf)), findings=())
    sent = replace(SENT, printing=printing)
    made = papers(pdf, sent, found, press, city, read_faces(city.fonts, city.root))["instructions.pdf"]
    with pypdfium2.PdfDocument(made) as document:
        assert len(document) == 1
        return "".join(document[0].get_textpage().get_text_range().split())


def pages(count: int) -> bytes:
    """A PDF of so many A4 pages with bleed."""
    with pikepdf.open(BytesIO(built(Construct("0 0 0 1 k 100 100 200 200 re f", [], page=A4)))) as pdf:
        for _ in range(count - 1):
            pdf.pages.append(pdf.pages[0])
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_what_the_order_leaves_open_is_the_shops_or_told_separately(city: Workspace) -> None:
    single, stitched = press_named(city, "offset-coated"), press_named(city, "office-copier")
    assert order(Printing(), single, 4) == (
        ("部数", "別途指示", False),
        ("用紙", f"{single.paper}（連量は別途指示）", False),
        ("折り", "別途指示", False),
        ("穴あけ", "別途指示", False),
        ("納品", "別途指示", False),
        ("備考", "なし", False),
    )
    assert order(Printing(), stitched, 4)[2] == ("折り", "中綴じ", False)
    assert order(Printing(), stitched, 2)[2] == ("折り", "二つ折り", False), "one sheet is not stitched"
    said = Printing.model_validate({"copies": "1,200部", "paper": "上質紙", "holes": "2穴"})
    assert order(said, stitched, 4)[:2] == (("部数", "1,200部", True), ("用紙", "上質紙（連量は別途指示）", True))
    assert order(said, stitched, 4)[3] == ("穴あけ", "2穴", True)


def test_a_sheet_folded_once_has_sides_and_no_binding(city: Workspace) -> None:
    """Single pages, a sheet with marks, and what an office copier takes; bound on the right, all is mirrored."""
    single, marked, stitched = (
        press_named(city, each) for each in ("offset-coated", "sheet-with-tombo", "office-copier")
    )
    four = read_facts(pages(4))
    width, height = four.pages[0].trim
    sides = (("表（外側）", (4, 1)), ("裏（内側）", (2, 3)))
    for fold in ("A3を二つ折りにしてA4", "２つ折り", "二ッ折"):
        assert folded(four, single, fold, "left") == Folded((width, height), (2 * width, height), 1, False, sides)
    for fold in ("なし", "", "巻き三つ折り"):
        assert folded(four, single, fold, "left") is None
    assert folded(read_facts(pages(8)), single, "二つ折り", "left") is None, "eight pages are bound"
    two = read_facts(pages(2))
    for press in (marked, stitched):
        sheet = folded(two, press, "", "right")
        assert sheet == Folded((width / 2, height), (width, height), 1, False, tuple((n, p[::-1]) for n, p in sides))
        assert sides_in_words(two, press, sheet) == "表（外側）1・4ページ、裏（内側）3・2ページ、天合わせ"
    eight = folded(four, stitched, "", "left")
    assert eight
    assert (eight.stitched, eight.sides[0], eight.sides[3]) == (
        True,
        ("1枚目の表（外側）", (8, 1)),
        ("2枚目の裏（内側）", (4, 5)),
    )
    rows = dict(summary(b"", Consignment("x", "x.pdf", binding="left"), Report(two, None, ()), stitched).rows)
    assert "中綴じ" not in str(rows)
    assert "綴じ" not in rows
    assert rows["開き"] == "左開き（折りが左）"
    assert rows["ページ"] == "4ページ（2面に面付け）"
    asked_for = replace(SENT, printing=Printing.model_validate({"paper": "上質紙 四六判70kg"}))
    assert dict(summary(b"", asked_for, Report(two, None, ()), stitched).rows)["用紙"] == "上質紙 四六判70kg"
    assert rows["用紙"] == stitched.paper


@pytest.mark.parametrize(("count", "sides"), [(1, "表だけ（片面）"), (2, "表1ページ、裏2ページ（両面）、天合わせ")])
def test_a_leaf_is_neither_bound_nor_opened(city: Workspace, count: int, sides: str) -> None:
    """One page or two: nothing about binding, in the form's lines, its pictures' names and its findings."""
    found = inspect(pages(count), city.city.press)
    assert not {"page-multiple", "pages-differ"} & {each.code for each in found.findings}
    rows = dict(summary(b"", Consignment("x", "x.pdf", binding="left"), found, city.city.press).rows)
    assert rows["表と裏"] == sides
    assert not {"綴じ", "開き"} & set(rows)
    text = re.sub(r"\s", "", instructions(pages(count), city, Printing()))
    assert ("1表2裏" in text) == (count == 2)
    assert not {word for word in ("綴じ", "見開き", "左開き") if word in text}
    assert "見開きで見たページ" in re.sub(r"\s", "", instructions(pages(3), city, Printing()))


def test_the_papers_say_which_plates_of_the_job_are_empty(city: Workspace) -> None:
    """And the number of a plate that has ink is never 0 %: a page of three small words is not an empty plate."""
    pale = Construct("1 0 0 0 k 0 0 612.28 858.9 re f 0 0 0 1 k 100 100 20 20 re f", [], page=A4)
    pdf, press = built(pale), city.city.press
    found = replace(inspect(pdf, press, separations(pdf)), findings=())
    told = summary(pdf, SENT, found, press)
    assert told.idle == "マゼンタ・イエロー"
    assert dict(told.rows)["インキ"] == "シアン・マゼンタ・イエロー・スミ（マゼンタ・イエローの版は空）"
    made = papers(pdf, SENT, found, press, city, read_faces(city.fonts, city.root))
    with pypdfium2.PdfDocument(made["instructions.pdf"]) as document:
        ordered = re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    assert "4色シアンCyanスミBlack（マゼンタ・イエローの版は空）" in ordered
    with pypdfium2.PdfDocument(made["sheet.pdf"]) as document:
        sheet = re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    assert "シアン100%マゼンタなしイエローなしスミ0.1%" in sheet


def test_a_sheet_says_of_black_what_the_file_shows(city: Workspace) -> None:
    press = city.city.press
    knocked = error("black-text-knocks-out", "墨の文字がノックアウトです。", Where(page=1))
    for findings, said in (
        ((), "データに設定済み（墨の文字と細い線）"),
        ((knocked,), "データに設定のない所があります"),
    ):
        report = Report(read_facts(pages(1)), None, findings)
        assert dict(summary(b"", Consignment("x", "x.pdf"), report, press).rows)["スミノセ"] == said


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ("マットコート紙 四六判110kg", False),
        ("上質紙 ７０ ｋｇ", False),
        ("コート紙 127.9g/m²", False),
        ("再生紙 35㎏", False),
        ("マットコート紙", True),
        ("B2判の紙", True),
        (None, True),
    ],
)
def test_paper_without_its_weight_is_asked_for(city: Workspace, paper: str | None, told: bool) -> None:
    printing = Printing.model_validate({"paper": paper} if paper else {})
    tree = Tree("content/x/issue.yaml", {}, {"printing": 7, **({"printing.paper": 9} if paper else {})})
    found = asked(printing, press_named(city, "offset-coated"), tree)
    assert [(each.code, each.severity.value) for each in found] == [("paper-not-ordered", "warning")] * told
    assert [each.where.line for each in found] == [9 if paper else 7] * told
    assert asked(printing, press_named(city, "office-copier"), tree) == ()


@pytest.mark.parametrize(
    ("typed", "copies"), [("12,000部", 12000), ("１２００", 1200), ("1 部", 1), ("1,234,567", 1234567)]
)
def test_copies_are_read_as_people_write_them(typed: str, copies: int) -> None:
    assert Printing.model_validate({"copies": typed}).copies == copies


@pytest.mark.parametrize("typed", ["0", "たくさん", "1,20", "12.5", "-3", "1万部"])
def test_copies_that_are_no_number_are_told(typed: str, tmp_path: Path) -> None:
    text = brochure.MANUSCRIPT
    assert "copies: 3,000部" in text
    (tmp_path / "issue.yaml").write_text(text.replace("copies: 3,000部", f"copies: '{typed}'"), encoding="utf-8")
    with pytest.raises(ManuscriptError) as raised:
        check(read(tmp_path / "issue.yaml", tmp_path), brochure.model(), folder=tmp_path, layouts=["brochure"])
    (found,) = raised.value.findings
    assert (found.code, found.where.field) == ("number-not-understood", "printing.copies")


def test_pages_lie_as_a_reader_sees_them(city: Workspace) -> None:
    single = press_named(city, "offset-coated")
    assert _groups([1, 2, 3, 4], single, "left") == ((1,), (2, 3), (4,))
    assert _groups([1, 2, 3, 4], single, "right") == ((1,), (3, 2), (4,))
    assert _groups([], single, "left") == ()
    assert _groups([1, 2], press_named(city, "sheet-with-tombo"), "left") == ((1,), (2,))


def test_many_pages_and_much_to_say_stay_on_one_page(city: Workspace) -> None:
    long = Printing(paper="マットコート紙 四六判110kg" * 2, delivery="平成25年3月27日までに、" * 4)
    said = instructions(pages(20), city, long)
    assert "ほかに12ページあります。" in said
    assert "20ページ" in said
    assert said.count("平成25年3月27日までに、") == 4


def test_what_does_not_fit_its_page_is_told(city: Workspace) -> None:
    with pytest.raises(LayoutError) as raised:
        instructions(pages(4), city, Printing(note="表紙だけ紙を替えます。" * 90))
    (found,) = raised.value.findings
    assert found.code == "sheet-too-long"
    assert "入稿指示書" in found.message


def test_what_a_package_needs_is_what_it_needs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Markers count, as for pip: packages for another system are not listed even if they are installed."""
    needs = {
        "a": [
            "B_b[x]>=1 ; python_version >= '3.11'",
            "old; python_version < '3'",
            "c; extra == 'y'",
            "no ! requirement",
        ],
        "B_b": ["c; extra == 'x'", "windows; sys_platform == 'win32' and extra == 'x'", "d; (extra == 'z')"],
        "c": [],
    }

    def installed(name: str) -> SimpleNamespace:
        return SimpleNamespace(version="1", requires=needs.get(name))

    monkeypatch.setattr("koho_pdf.release.versions._NEEDED", ("a",))
    monkeypatch.setattr("koho_pdf.release.versions.distribution", installed)
    assert _packages() == {"a": "1", "b-b": "1", "c": "1"}


def test_the_versions_told_are_of_what_is_needed_and_of_what_that_needs() -> None:
    told = versions()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = project["dependencies"]
    names = {re.match(r"[A-Za-z0-9-]+", each)[0].lower() for each in needed}  # type: ignore[index]
    assert names <= told.keys()
    assert {"pydyf", "brotli", "zopfli", "cssselect2", "python", "pango"} <= told.keys()
    assert not {"pytest", "sphinx", "ruff", "mypy"} & told.keys()
    assert all(told[name] == version(name) for name in names)
    assert re.fullmatch(re.escape(project["version"]) + " [0-9a-f]{16}", told["koho-pdf"])
    assert told["ghostscript"] == subprocess.check_output(["gs", "--version"], encoding="ascii").strip()
    assert re.fullmatch(r"[0-9]+\.[0-9.]+", told["harfbuzz"])
