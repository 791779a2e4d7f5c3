"""Pages in fewer inks than the job: what is printed on the plates, and what is told."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from tests.kinds.quiz import REPOSITORY
from tests.plan.paper import NAME, issue, make, notice

from koho_pdf.editions.papers import inspected
from koho_pdf.findings import Finding
from koho_pdf.kinds.types.page_plan import SETS
from koho_pdf.pipeline import Build, build
from koho_pdf.plan.press_sides import press_sides
from koho_pdf.preflight.plates.plates import separations
from koho_pdf.preflight.plates.total_ink import coverage
from koho_pdf.press.profile import read_press
from koho_pdf.press.profile_yaml import INKS
from koho_pdf.workspace.workspace import open_workspace

FEATURE = """\
kind: feature
heading: 鰊がきた町
lead: 百年前の春の話です。
parts:
  - {heading: その一, body: 海が白くなりました。}
photo: {file: photos/minato.png, alt: 港, caption: 朝の港}
"""
ARTICLES = {**{f"n{number}": notice(number, 30) for number in range(1, 5)}, "nishin": FEATURE, "ni2": FEATURE}
COLOURS = """\
colours: {ink: 0/0/0/100, red: 0/90/80/10, navy: 95/85/25/55, twin: 0/90/80/10}
colours_two: {red: 100/30, twin: 0/50}
colours_one: {red: 60, navy: 90, twin: 50}
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="90" height="90">'
    '<rect width="9" height="9" fill="#e02020"/></svg>'
)
STYLE = """
html { color: var(--navy) }
h2 { color: var(--red) }
h3 { color: device-cmyk(0 0.4 0.9 0) }
.folio { background: linear-gradient(var(--navy), var(--red)); width: 20mm; height: 10mm }
"""
PAGES = (
    "cover",
    "{page: feature, inks: kc, main: [nishin]}",
    "{page: notices, inks: kc, main: [n1]}",
    "{page: feature, inks: k, main: [ni2]}",
)


def paper(root: Path, pages: tuple[str, ...], offered: str = "") -> Path:
    folder = make(root, ARTICLES, pages)
    contract = root / "layouts" / "monthly" / "layout.yaml"
    text = contract.read_text(encoding="utf-8").replace("colours: {ink: 0/0/0/100}\n", COLOURS)
    contract.write_text(text.replace("title: 特集\n", f"title: 特集\n{offered}"), encoding="utf-8")
    with (root / "layouts" / "monthly" / "layout.css").open("a", encoding="utf-8") as file:
        file.write(STYLE)
    (folder / "photos").mkdir(exist_ok=True)
    bands = [Image.linear_gradient("L").resize((300, 200)), Image.radial_gradient("L").resize((300, 200))]
    Image.merge("RGB", [*bands, Image.new("L", (300, 200), 90)]).save(folder / "photos" / "minato.png")
    (folder / "photos" / "mark.svg").write_text(LOGO, encoding="utf-8")
    articles = folder / "articles"
    (articles / "ni2.yaml").write_text(FEATURE.replace("minato.png", "mark.svg"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    root = tmp_path_factory.mktemp("inks")
    return build(paper(root, PAGES), open_workspace(root), ("print",), papers=True)


def told(findings: tuple[Finding, ...], code: str) -> list[Finding]:
    return [each for each in findings if each.code == code]


def test_a_page_prints_on_its_own_plates_alone(built: Build) -> None:
    """Text, an inherited colour, a colour written in CSS, a gradient, a photograph, a logo."""
    pages = [coverage(each) for each in separations(built.files["print.pdf"])]
    printed = [{name for name, share in each.items() if share > 0} for each in pages]
    four, two = {"Cyan", "Magenta", "Yellow", "Black"}, {"Cyan", "Black"}
    assert printed == [four, two, two, {"Black"}]


def test_a_photograph_is_a_duotone_in_two_inks_and_a_colour_is_the_layouts(built: Build) -> None:
    with pikepdf.open(BytesIO(built.files["print.pdf"])) as pdf:
        second, fourth = pdf.pages[1], pdf.pages[3]
        (picture,) = [each for each in second.Resources.XObject.values() if each.Subtype == "/Image"]
        assert picture.ColorSpace == "/DeviceCMYK"
        drawn = [pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)) for page in pdf.pages]
    assert b"1 0 0 0.3 scn" in drawn[1]  # red, as colours_two has it
    assert b"0 0 0 0.6 scn" in drawn[3]  # and colours_one
    assert b"0 0 0 0.9 scn" in drawn[3]  # the colour that html has, inherited
    assert fourth.Resources is not None


DARK = LOGO.replace('width="9" height="9" fill="#e02020"/>', 'width="4" height="9" fill="#a02020"/>').replace(
    "</svg>", '<rect x="5" width="4" height="9" fill="#206020"/></svg>'
)


def test_a_drawing_of_a_page_in_fewer_inks_keeps_its_colours_elsewhere(home: Path, tmp_path: Path) -> None:
    """Two colours that are one in black alone are two on the next page, which has the same drawing."""
    folder = paper(tmp_path, ("{page: feature, inks: k, main: [nishin]}", "feature: {main: [ni2]}", "cover", "cover"))
    (folder / "photos" / "mark.svg").write_text(DARK, encoding="utf-8")
    (folder / "articles" / "nishin.yaml").write_text(FEATURE.replace("minato.png", "mark.svg"), encoding="utf-8")
    made = build(folder, open_workspace(tmp_path), ("print",))
    with pikepdf.open(BytesIO(made.files["print.pdf"])) as pdf:
        fills = [
            {tuple(map(float, each.operands)) for each in pikepdf.parse_content_stream(page, "scn sc k")}
            for page in pdf.pages
        ]
    dark = [{fill for fill in each if len(fill) == 4 and sum(fill[:3]) > 1.5} for each in fills]
    assert dark[0] == set()
    assert len(dark[1] - {(0.95, 0.85, 0.25, 0.55), (0, 0.9, 0.8, 0.1)}) == 2, dark


def test_what_the_layout_has_not_chosen_is_told_by_name(built: Build) -> None:
    found = {each.message.partition("で、")[0]: each for each in told(built.findings, "page-colour-not-chosen")}
    assert list(found) == ["2・3ページ（スミ+シアン）", "4ページ（スミ1色）"]
    two, one = found.values()
    assert ("navy" in two.message, "red" in two.message, "0/40/90/0" in two.message) == (True, False, True)
    assert ("navy" in one.message, one.where.file) == (False, "layouts/monthly/layout.yaml")


def test_a_side_of_mixed_inks_names_its_pages(built: Build) -> None:
    sides = [each.message for each in told(built.findings, "side-of-mixed-inks")]
    assert len(sides) == 1
    assert "1・4ページのインキ" in sides[0]
    assert "1ページは4色、4ページはスミ1色" in sides[0]


def test_the_map_and_the_papers_tell_the_inks_of_each_page(built: Build) -> None:
    pages = json.loads(built.files["map.json"])["pages"]
    assert [(each["page"], each["type"], each["inks"]) for each in pages] == [
        (1, "cover", "process4"),
        (2, "feature", "kc"),
        (3, "notices", "kc"),
        (4, "feature", "k"),
    ]
    said = "4色 1ページ、スミ+シアン 2・3ページ、スミ1色 4ページ"
    assert said in built.files["preflight/report.html"].decode()
    for paper in ("sheet", "instructions"):
        if f"preflight/{paper}.pdf" in built.files:
            with pikepdf.open(BytesIO(built.files[f"preflight/{paper}.pdf"])) as pdf:
                assert len(pdf.pages) == 1


def test_ink_on_another_plate_is_an_error_that_names_the_page(built: Build) -> None:
    """Measured on the plates: the same file, whose first page was to be in black alone."""
    press = read_press("offset-coated", REPOSITORY / "press", REPOSITORY)
    plates = [("Black",), ("Cyan", "Black"), ("Cyan", "Black"), ("Black",)]
    found = told(inspected(built.files["print.pdf"], press, inks=plates).findings, "ink-not-on-page")
    assert [(each.where.page, each.severity) for each in found] == [(1, "error")]
    assert "シアン・マゼンタ・イエロー" in found[0].message
    assert found[0].where.box


@pytest.mark.parametrize(
    ("pages", "offered", "press", "expected"),
    [
        (("cover", "{page: feature, inks: kc, main: [nishin]}"), "    inks: [k]\n", "", ("inks-not-offered", 6)),
        (("cover", "feature: {main: [nishin]}"), "    inks: [kc, k]\n", "", ("inks-not-offered", 6)),
        (("{page: feature, inks: spot, main: [nishin]}", "cover"), "", "", ("inks-not-taken", 5)),
        (("cover", "{page: feature, inks: k, main: [nishin]}"), "", "page_inks: [kc, k]", ("inks-not-taken", 6)),
        (("cover", "{page: feature, inks: cmyk, main: [nishin]}"), "", "", ("plan-not-understood", 6)),
        (("cover", "{page: feature, inks: [k, kc], main: [nishin]}"), "", "", ("plan-not-understood", 6)),
        (("cover", "{page: feature, inks: k, main: [nishin]}"), "", "pages_per_side: 8", ("press-side-unknown", None)),
    ],
)
def test_inks_that_cannot_be_had_are_told_where_they_stand(
    home: Path, tmp_path: Path, pages: tuple[str, ...], offered: str, press: str, expected: tuple[str, int | None]
) -> None:
    from koho_pdf.errors import KohoError

    folder = paper(tmp_path, pages, offered)
    if press:  # a print shop that does not say so
        (tmp_path / "press").unlink()
        (tmp_path / "press").mkdir()
        (tmp_path / "press" / "profiles").symlink_to(REPOSITORY / "press" / "profiles")
        text = (REPOSITORY / "press" / "offset-coated.yaml").read_text(encoding="utf-8")
        (tmp_path / "press" / "offset-coated.yaml").write_text(text.replace(press, "#"), encoding="utf-8")
    assert (folder / "issue.yaml").read_text(encoding="utf-8") == issue(pages)
    try:
        findings = build(folder, open_workspace(tmp_path), ("text",)).findings
    except KohoError as fault:
        findings = fault.findings
    code, line = expected
    (found,) = told(findings, code)
    file = "press/offset-coated.yaml" if code == "press-side-unknown" else f"content/{NAME}/issue.yaml"
    assert (found.where.file, found.where.line, bool(found.hint)) == (file, line, True)


def test_the_plan_knows_the_inks_of_the_press() -> None:
    assert SETS == INKS


@pytest.mark.parametrize(
    ("count", "per_side", "sides"),
    [
        (2, 8, [(1,), (2,)]),
        (4, 1, [(1,), (2,), (3,), (4,)]),
        (4, 2, [(1, 4), (2, 3)]),
        (8, 2, [(1, 8), (2, 7), (3, 6), (4, 5)]),  # two sheets, one inside the other
        (8, 4, [(1, 4, 5, 8), (2, 3, 6, 7)]),
        (16, 8, [(1, 4, 5, 8, 9, 12, 13, 16), (2, 3, 6, 7, 10, 11, 14, 15)]),
        (24, 8, [(1, 4, 5, 8, 17, 20, 21, 24), (2, 3, 6, 7, 18, 19, 22, 23), (9, 12, 13, 16), (10, 11, 14, 15)]),
        (12, 8, [(1, 4, 9, 12), (2, 3, 10, 11), (5, 8), (6, 7)]),  # no sheet of twelve folds in halves
        (12, 2, [(1, 12), (2, 11), (3, 10), (4, 9), (5, 8), (6, 7)]),
        (20, 8, [(1, 4, 5, 8, 13, 16, 17, 20), (2, 3, 6, 7, 14, 15, 18, 19), (9, 12), (10, 11)]),
        (6, 4, [(1, 4, 5), (2, 3, 6)]),  # two blank pages at the end
        (0, 8, []),
    ],
)
def test_which_pages_stand_on_one_side(count: int, per_side: int, sides: list[tuple[int, ...]]) -> None:
    assert list(press_sides(count, per_side)) == sides


@pytest.mark.parametrize("count", range(3, 70, 3))
@pytest.mark.parametrize("per_side", [2, 4, 6, 8, 16])
def test_every_page_stands_on_one_side_and_no_leaf_has_both_its_pages_there(count: int, per_side: int) -> None:
    sides = press_sides(count, per_side)
    assert sorted(page for side in sides for page in side) == list(range(1, count + 1))
    for side in sides:
        assert len(side) <= per_side
        assert not any(page % 2 and page + 1 in side for page in side)
