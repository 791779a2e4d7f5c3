"""The 入稿指示書: what is ordered, what is left open, and that it stays on its page; and which software is told."""

from __future__ import annotations

import re
import subprocess
import tomllib
from dataclasses import replace
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.preflight.constructs import Construct, built

from koho_pdf.composition.fonts import read_faces
from koho_pdf.errors import LayoutError, ManuscriptError
from koho_pdf.handover import papers
from koho_pdf.manuscript.check import check
from koho_pdf.manuscript.dates import CalendarDate
from koho_pdf.manuscript.model import Printing
from koho_pdf.manuscript.policy_leaflet import PolicyLeaflet
from koho_pdf.manuscript.reader import read
from koho_pdf.preflight.inspect import inspect
from koho_pdf.preflight.plates import separations
from koho_pdf.preflight.report import _groups
from koho_pdf.preflight.summary import Consignment, order
from koho_pdf.press.profile import Press, read_press
from koho_pdf.versions import versions
from koho_pdf.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[2]
SENT = Consignment(
    *("2013-test", "2013-test.pdf", "留萌市", CalendarDate.parse("平成25年4月1日"), "right"),
    printing=Printing(),
    state="校正",
)
A4 = {"/MediaBox": [0, 0, 612.28, 858.9], "/TrimBox": [8.5, 8.5, 603.78, 850.39], "/BleedBox": [0, 0, 612.28, 858.9]}


@pytest.fixture(scope="module")
def desk(home: Path) -> Workspace:
    return open_workspace(ROOT)


def press_named(desk: Workspace, name: str) -> Press:
    return read_press(name, desk.press, desk.root)


def instructions(pdf: bytes, desk: Workspace, printing: Printing) -> str:
    press = desk.desk.press
    found = replace(inspect(pdf, press, separations(pdf)), findings=())
    sent = replace(SENT, printing=printing)
    made = papers(pdf, sent, found, press, desk, read_faces(desk.fonts, desk.root))["instructions.pdf"]
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


def test_what_the_order_leaves_open_is_the_shops_or_told_separately(desk: Workspace) -> None:
    single, stitched = press_named(desk, "offset-coated"), press_named(desk, "office-copier")
    assert order(Printing(), single) == (
        ("部数", "別途指示", False),
        ("用紙", single.paper, False),
        ("折り", "別途指示", False),
        ("穴あけ", "別途指示", False),
        ("納品", "別途指示", False),
        ("備考", "なし", False),
    )
    assert order(Printing(), stitched)[2] == ("折り", "中綴じ", False)
    said = Printing.model_validate({"copies": "1,200部", "paper": "上質紙", "holes": "2穴"})
    assert order(said, stitched)[:2] == (("部数", "1,200部", True), ("用紙", "上質紙", True))
    assert order(said, stitched)[3] == ("穴あけ", "2穴", True)


@pytest.mark.parametrize(
    ("typed", "copies"), [("12,000部", 12000), ("１２００", 1200), ("1 部", 1), ("1,234,567", 1234567)]
)
def test_copies_are_read_as_people_write_them(typed: str, copies: int) -> None:
    assert Printing.model_validate({"copies": typed}).copies == copies


@pytest.mark.parametrize("typed", ["0", "たくさん", "1,20", "12.5", "-3", "1万部"])
def test_copies_that_are_no_number_are_told(typed: str, tmp_path: Path) -> None:
    text = (ROOT / "content" / "2013-policy-leaflet" / "issue.yaml").read_text(encoding="utf-8")
    assert "copies: 12,000部" in text
    (tmp_path / "issue.yaml").write_text(text.replace("copies: 12,000部", f"copies: '{typed}'"), encoding="utf-8")
    with pytest.raises(ManuscriptError) as raised:
        check(read(tmp_path / "issue.yaml", tmp_path), PolicyLeaflet, folder=tmp_path, layouts=["policy-leaflet"])
    (found,) = raised.value.findings
    assert (found.code, found.where.field) == ("number-not-understood", "printing.copies")


def test_pages_lie_as_a_reader_sees_them(desk: Workspace) -> None:
    single = press_named(desk, "offset-coated")
    assert _groups([1, 2, 3, 4], single, "left") == ((1,), (2, 3), (4,))
    assert _groups([1, 2, 3, 4], single, "right") == ((1,), (3, 2), (4,))
    assert _groups([], single, "left") == ()
    assert _groups([1, 2], press_named(desk, "sheet-with-tombo"), "left") == ((1,), (2,))


def test_many_pages_and_much_to_say_stay_on_one_page(desk: Workspace) -> None:
    long = Printing(paper="マットコート紙 四六判110kg" * 2, delivery="平成25年3月27日までに、" * 4)
    said = instructions(pages(20), desk, long)
    assert "ほかに12ページあります。" in said
    assert "20ページ" in said
    assert said.count("平成25年3月27日までに、") == 4


def test_what_does_not_fit_its_page_is_told(desk: Workspace) -> None:
    with pytest.raises(LayoutError) as raised:
        instructions(pages(4), desk, Printing(note="表紙だけ紙を替えます。" * 90))
    (found,) = raised.value.findings
    assert found.code == "sheet-too-long"
    assert "入稿指示書" in found.message


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
