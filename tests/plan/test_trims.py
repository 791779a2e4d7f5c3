"""Page types with sizes and folds of their own: boxes, marks, screen, pictures, map, and what is told."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.kinds.quiz import REPOSITORY
from tests.plan.paper import make, notice

from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.finishing.marks import clear_of
from koho_pdf.pipeline import Build, build
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.workspace import open_workspace

MM = 72 / 25.4
FLAP = """\
  flap-{name}:
    title: 折り込み
    trim: 297 x 297
    folds: {folds}
    regions:
      main: {{at: "15 30 267 240", columns: 4, gutter: 5, gap: 7, line_feed: 28}}
"""
PAGES = (
    "cover",
    "notices: {main: [n1]}",
    "flap-front: {main: [n2, n3]}",
    "flap-back: {main: [n4]}",
)
SIZES = [(210.0, 297.0)] * 2 + [(297.0, 297.0)] * 2


def paper(root: Path, pages: tuple[str, ...], folds: tuple[str, str] = ("[97]", "[200]"), more: str = "") -> Path:
    folder = make(root, {f"n{number}": notice(number, 40) for number in range(1, 5)}, pages)
    layout = root / "layouts" / "monthly"
    page = (layout / "pages" / "notices.html").read_text(encoding="utf-8")
    types = ""
    for name, each in zip(("front", "back"), folds, strict=True):
        (layout / "pages" / f"flap-{name}.html").write_text(page, encoding="utf-8")
        types += FLAP.format(name=name, folds=each)
    with (layout / "layout.yaml").open("a", encoding="utf-8") as file:
        file.write(types + more)
    return folder


def boxes(pdf: bytes, name: str) -> list[tuple[float, float]]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        edges = [[float(edge) / MM for edge in page.get(name, page.MediaBox)] for page in opened.pages]
    return [(round(right - left, 1), round(top - foot, 1)) for left, foot, right, top in edges]


@pytest.fixture(scope="module", autouse=True)
def unpictured() -> None:
    """The sizes of the pictures are looked at."""


@pytest.fixture(scope="module")
def built(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    root = tmp_path_factory.mktemp("trims")
    folder = paper(root, PAGES)
    usual = read_press("offset-coated", REPOSITORY / "press", REPOSITORY)
    press = replace(usual, marks=("corner", "centre", "fold", "wedge", "register"), slug=True)
    return build(folder, open_workspace(root), ("print", "screen"), press, papers=True)


def test_every_page_has_its_own_boxes_in_print_and_on_the_screen(built: Build) -> None:
    assert boxes(built.files["print.pdf"], "/TrimBox") == SIZES
    assert boxes(built.files["print.pdf"], "/BleedBox") == [(width + 6, height + 6) for width, height in SIZES]
    assert boxes(built.files["screen.pdf"], "/MediaBox") == SIZES
    pictures = [Image.open(BytesIO(built.files[f"pages/p{number}.png"])).size for number in range(1, 5)]
    assert [round(width / height, 2) for width, height in pictures] == [0.71, 0.71, 1.0, 1.0]


def test_ordered_sizes_are_no_fault(built: Build) -> None:
    assert {each.code for each in built.findings} <= {"paper-not-ordered"}


def test_a_fold_has_its_marks_and_nothing_else_stands_there(built: Build) -> None:
    """At head and foot of pages 3 and 4, between bleed and the end of the marks, where the fold is."""
    for number, fold in ((3, 97.0), (4, 200.0), (2, None)):
        page = pypdfium2.PdfDocument(built.files["print.pdf"])[number - 1]
        picture = page.render(scale=300 / 72).to_pil().convert("L")
        margin = (page.get_width() / MM - SIZES[number - 1][0]) / 2
        head = picture.crop((0, 0, picture.width, int((margin - 4) * 300 / 25.4)))
        columns = [
            min(column)
            for column in zip(*[iter(head.transpose(Image.Transpose.TRANSPOSE).tobytes())] * head.height, strict=True)
        ]
        dark = {round((at + 0.5) * 25.4 / 300 - margin) for at, least in enumerate(columns) if least < 128}
        if fold is None:
            assert 97 not in dark or 96 in dark  # no line of its own there
        else:
            assert round(fold) in dark
            assert not {round(fold) - 2, round(fold) + 2} & dark


def test_the_map_tells_sizes_and_folds(built: Build) -> None:
    pages = json.loads(built.files["map.json"])["pages"]
    assert [(each["type"], tuple(each["trim"]), each["folds"]) for each in pages] == [
        ("cover", SIZES[0], []),
        ("notices", SIZES[1], []),
        ("flap-front", SIZES[2], [97.0]),
        ("flap-back", SIZES[3], [200.0]),
    ]


def test_the_paper_for_the_press_names_the_sizes(built: Build) -> None:
    report = built.files["preflight/report.html"].decode()
    assert "210 × 297 mm、297 × 297 mm（3・4）" in report
    assert "3ページは左から 97 mm、4ページは左から 200 mm" in report


def findings(root: Path, *args: object, **more: object) -> list[Finding]:
    try:
        return list(build(paper(root, *args, **more), open_workspace(root), ("text",)).findings)  # type: ignore[arg-type]
    except KohoError as fault:
        return list(fault.findings)


@pytest.mark.parametrize(
    ("pages", "folds", "what"),
    [
        (("cover", "flap-front: {main: [n1]}", "notices: {main: [n2]}"), ("[97]", "[200]"), "大きさ"),
        (("flap-front: {main: [n1]}", "flap-back: {main: [n2]}"), ("[97]", "[97]"), "折りの場所"),
        (("flap-front: {main: [n1]}", "flap-back: {main: [n2]}"), ("[97, 150]", "[147, 200]"), ""),
    ],
)
def test_front_and_back_of_a_leaf_go_together(
    home: Path, tmp_path: Path, pages: tuple[str, ...], folds: tuple[str, str], what: str
) -> None:
    found = [each for each in findings(tmp_path, pages, folds) if each.code == "plan-leaf-differs"]
    assert [(what in each.message, each.where.line) for each in found] == ([(True, 6)] if what else [])


def test_what_does_not_go_into_its_page_is_told_to_the_designer(home: Path, tmp_path: Path) -> None:
    more = '  small: {title: はがき, trim: 100 x 148, folds: 120, regions: {main: {at: "10 10 100 100"}}}\n'
    more += "keep_outs: {穴: {at: 5 5 5 5, types: [smal]}}\n"
    found = [each for each in findings(tmp_path, ("cover",), more=more) if each.code == "layout-broken"]
    assert {each.where.field for each in found} == {
        "page_types.small.regions.main.at",
        "page_types.small.folds",
        "keep_outs.穴.types",
    }


def test_nothing_else_stands_near_a_fold_mark() -> None:
    assert clear_of((), 2, 93) == (2, 93)
    assert clear_of((30,), 2, 93) == (32, 93)
    assert clear_of((80, 97), 2, 93) == (2, 78)


@pytest.mark.parametrize(
    ("direction", "at", "columns", "gutter", "width"),
    [
        ("horizontal", "15 30 180 240", 3, 100, "0 mm"),
        ("horizontal", "15 30 180 240", 20, 4, "5.2 mm"),
        ("vertical", "15 30 180 40", 4, 5, "6.25 mm"),
    ],
)
def test_columns_too_narrow_for_text_are_the_layout_s(
    tmp_path: Path, direction: str, at: str, columns: int, gutter: int, width: str
) -> None:
    region = f'main: {{at: "{at}", columns: {columns}, gutter: {gutter}, line_feed: 28, direction: {direction}}}'
    more = f"  narrow: {{title: 狭い, regions: {{{region}}}}}\n"
    found = [each for each in findings(tmp_path, ("cover",), more=more) if each.code == "layout-broken"]
    assert [(each.message, each.where.field) for each in found] == [
        (f"領域「main」の段が、{width} しかありません（10 mm は要ります）。", "page_types.narrow.regions.main.columns")
    ]
