"""Words, rules of tables and what pictures must keep stand clear of folds; columns keep clear of them by themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from tests.plan.paper import make, notice
from tests.plan.test_pages import lines_on

from koho_pdf.composition.pictures.kept import Standing, kept
from koho_pdf.content.values.model import Picture
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding, Where
from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.fold_zones import fold_zones
from koho_pdf.layout.stretches import spread
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.pipeline import Build, build
from koho_pdf.workspace.workspace import open_workspace

MM = 72 / 25.4
IDS = [f"n{number}" for number in range(1, 9)]
TYPE = """\
  sheet:
    title: 折る紙
    trim: 297 x 210
    {folds}
    regions:
      main: {{at: "15 20 267 161", columns: {columns}, gutter: 5, gap: 7, line_feed: 28{more}}}
"""


def made(
    root: Path,
    plan: Sequence[str],
    types: str,
    pages: Mapping[str, str],
    *,
    whole: str = "",
    papers: bool = False,
) -> tuple[list[Finding], Build | None]:
    """The findings of an issue whose layout has these page types too, and what was built."""
    root.mkdir(exist_ok=True)
    folder = make(root, {id_: notice(number, 60) for number, id_ in enumerate(IDS, 1)}, plan)
    layout = root / "layouts" / "monthly"
    for name, html in pages.items():
        (layout / "pages" / f"{name}.html").write_text(html, encoding="utf-8")
    text = (layout / "layout.yaml").read_text(encoding="utf-8")
    (layout / "layout.yaml").write_text(whole + text + types, encoding="utf-8")
    try:
        done = build(folder, open_workspace(root), ("print", "screen"), papers=papers)
    except KohoError as fault:
        return list(fault.findings), None
    return list(done.findings), done


SHEET = '{{ region("main") }}'
PLAN = ("cover", f"sheet: {{main: [{', '.join(IDS)}]}}")


def sheet(
    root: Path, folds: str, columns: int = 4, more: str = "", html: str = SHEET
) -> tuple[list[Finding], Build | None]:
    types = TYPE.format(folds=folds, columns=columns, more=more)
    types += f"  leaf: {{title: 白い紙, trim: 297 x 210, {folds.splitlines()[0]}}}\n"
    plan = ("leaf", PLAN[1], "cover")
    found, done = made(root, plan, types, {"sheet": html, "leaf": "<p>　</p>"})
    return [each for each in found if each.code not in ("empty-page", "page-multiple", "pages-differ")], done


def near(found: Sequence[Finding]) -> list[tuple[str, int | None]]:
    return [(each.code, each.where.page) for each in found if each.severity == "error"]


@pytest.mark.parametrize(
    ("folds", "columns", "fold", "across"),
    [("folds: [148.5]", 3, 148.5, False), ("folds_across: [105]", 4, 105.0, True)],
)
def test_text_on_a_fold_is_told_and_columns_that_keep_clear_have_none(
    home: Path, tmp_path: Path, folds: str, columns: int, fold: float, across: bool
) -> None:
    found, done = sheet(tmp_path / "a", folds, columns)
    assert done is None
    assert {code for code, _ in near(found)} == {"text-near-fold"}
    first = next(each for each in found if each.code == "text-near-fold")
    assert first.where.page == 2 and (first.where.field or "").startswith("n")
    assert "mm" in first.message and "3 mm は離します" in first.message

    found, done = sheet(tmp_path / "b", folds, columns, ", folds: clear")
    assert done is not None, found
    kanji = [(x, y) for said, x, y in lines_on(done.files["screen.pdf"], 2) if "\u4e00" <= said <= "\u9fff"]
    assert len(kanji) > 200
    half = 4.25 / 2
    places = [y if across else x for x, y in kanji]
    assert min(abs(each - fold) for each in places) > 3 + half - 0.2
    assert {each < fold for each in places} == {True, False}  # on both sides
    if across:
        offsets = {round((y - 20) % 7, 1) for _, y in kanji}
        assert max(offsets) - min(offsets) < 0.3
    else:
        assert min(places) > 15 and max(places) < 282


def test_a_wide_vertical_page_bound_on_the_right_has_a_fold_that_its_lines_keep_clear_of(
    home: Path, tmp_path: Path
) -> None:
    """A page that folds out, larger than the others: boxes of its own, text on both sides of the fold, in order."""
    wide = (
        "  wide:\n    title: 折り込み\n    trim: 420 x 297\n    folds: [210]\n    regions:\n"
        '      main: {at: "15 30 390 240", columns: 4, gutter: 6, gap: 7, line_feed: 28, direction: vertical,'
        " flow: columns, folds: clear}\n"
    )
    plan = ("cover", "cover", f"wide: {{main: [{', '.join(IDS)}]}}", "wide")
    found, done = made(tmp_path, plan, wide, {"wide": SHEET}, whole="binding: right\n")
    assert done is not None, found
    assert near(found) == []
    with pikepdf.open(BytesIO(done.files["print.pdf"])) as pdf:
        trims = [[round(float(edge) / MM) for edge in page.obj.TrimBox] for page in pdf.pages]
    assert trims == [[3, 3, 213, 300]] * 2 + [[3, 3, 423, 300]] * 2
    shown = lines_on(done.files["screen.pdf"], 3)
    places = [x for said, x, _ in shown if "\u4e00" <= said <= "\u9fff"]
    assert min(abs(each - 210) for each in places) > 5 and min(places) < 210 < max(places)
    order = [int(said) for said, *_ in shown if "0" < said <= "9"]
    assert order == list(range(1, len(IDS) + 1))


def test_a_fold_that_text_may_cross_is_only_marked(home: Path, tmp_path: Path) -> None:
    found, done = sheet(tmp_path, "folds_across: [70, 140]\n    folds_crossed: yes")
    assert done is not None, found
    assert near(found) == []


def test_a_table_that_comes_near_a_fold_is_told_with_its_file(home: Path, tmp_path: Path) -> None:
    """The cells stand clear of it, the rules do not."""
    table = (
        '<table style="position: absolute; left: 100mm; top: 185mm; width: 46.5mm; border: .3mm solid;'
        ' box-sizing: border-box; margin-right: 5mm">'
        '<tr><td style="padding-right: 10mm">ア</td></tr></table>'
    )
    found, _ = sheet(tmp_path, "folds: [148.5]", 4, ", folds: clear", SHEET + table)
    told = [each for each in found if each.code == "table-near-fold"]
    assert [each.where.file for each in told] == ["layouts/monthly/pages/sheet.html"]
    assert "折り目から 1.4 mm の所にあります" in told[0].message
    assert {code for code, _ in near(found)} == {"table-near-fold"}


def test_what_a_picture_must_keep_stands_clear_of_a_fold(tmp_path: Path) -> None:
    picture = Picture.model_validate({"file": "a.jpg", "alt": "港", "keep": "20 20 60 80"})
    zones = tuple(each for each in fold_zones(_layout(tmp_path), ()) if each.is_on(1))
    tree = Tree("issue.yaml", {}, {})

    def told(left: float) -> list[str]:
        stands = Standing("a", "photo.file", 1, (100.0, 210.0), (left, 50.0, 40.0, 40.0), (1, 0, 0, 1, 0, 0), ())
        return [f"{each.code} {each.message}" for each in kept([stands], {"a": [picture]}, zones, tree, Where("x"))]

    assert told(-4.0) == []  # the kept box begins 4 mm from the fold: 3 are enough, where a cut edge wants 5
    (near_fold,) = told(-6.0)
    assert near_fold.startswith("picture-keep-near-fold") and "折り目から 2.0 mm の所" in near_fold
    (cut,) = [each for each in told(73.0) if "near-trim" in each]
    assert "仕上りの端から5ミリ以内" in cut


def _layout(root: Path):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    make(root, {}, ("cover",))
    return replace(read_layout(root / "layouts" / "monthly", root), fold="二つ折り", fold_margin=3.0, pages=4)


@pytest.mark.parametrize(
    ("columns", "taken", "wide", "starts"),
    [
        (2, [], 47.5, [0, 52.5]),
        (2, [(47, 53)], 47, [0, 53]),
        (3, [(47, 53)], 21, [0, 26, 79]),
        (3, [(30, 36), (64, 70)], 28, [0, 36, 72]),
        (1, [(60, 66)], 60, [0]),
        (2, [(-3, 3)], 46, [3, 54]),
    ],
)
def test_columns_are_as_wide_as_folds_let_them(
    columns: int, taken: list[tuple[float, float]], wide: float, starts: list[float]
) -> None:
    found = spread(100, columns, 5, taken)
    assert (round(found[0], 4), [round(each, 4) for each in found[1]]) == (wide, starts)


PANELS = """\
  front: {title: 表紙, trim: 100 x 210}
  panel: {title: 面, trim: 100 x 210, regions: {main: {at: "9 15 82 175", gap: 7, line_feed: 28}}}
  flap: {title: 折り込む面, trim: FLAP x 210, regions: {main: {at: "9 15 79 175", gap: 7, line_feed: 28}}}
"""
FOLDED = (
    "front",
    "panel: {main: [n1, n2]}",
    "panel: {main: [n3]}",
    "flap: {main: [n4, n5]}",
    "flap: {main: [n6]}",
    "panel: {main: [n7, n8]}",
)
HEAD = (
    '<h1 data-field="title" style="margin: 20mm 9mm 0">{{ issue.title|inline }}</h1>'
    '<p data-field="ask.department" style="margin: 0 9mm">{{ issue.ask.name }}</p>'
    '{% for each in issue.ask.telephone %}<p style="margin: 0 9mm" data-field="ask.telephone">☎{{ each }}</p>'
    "{% endfor %}"
)


def brochure(
    root: Path, flap: str = "97", plan: Sequence[str] = FOLDED, *, papers: bool = False
) -> tuple[list[Finding], Build | None]:
    pages = {"front": HEAD, "panel": SHEET, "flap": SHEET}
    types = PANELS.replace("FLAP", flap)
    return made(root, plan, types, pages, whole="fold: 巻き三つ折り\n", papers=papers)


DOTS = 4.0  # a millimetre
BOX = Image.Resampling.BOX


def drawn(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=DOTS * 25.4 / 72).to_pil() for page in document]


def test_a_tri_fold_prints_as_a_sheet_and_reads_as_panels(home: Path, tmp_path: Path) -> None:
    found, done = brochure(tmp_path, papers=True)
    assert done is not None, found
    assert {each.code for each in found} == {"paper-not-ordered"}
    with pikepdf.open(BytesIO(done.files["print.pdf"])) as pdf:
        trims = [[round(float(edge) / MM, 1) for edge in page.obj.TrimBox] for page in pdf.pages]
    assert trims == [[3, 3, 300, 213]] * 2
    with pikepdf.open(BytesIO(done.files["screen.pdf"])) as pdf:
        widths = [round(float(page.mediabox[2]) / MM) for page in pdf.pages]
    assert widths == [100, 100, 100, 97, 97, 100]

    screen = done.files["screen.pdf"]
    panels = [[each for each, *_ in lines_on(screen, page) if "0" < each <= "9"] for page in range(2, 7)]
    assert panels == [["1", "2"], ["3"], ["4", "5"], ["6"], ["7", "8"]]
    sheets, pages = (drawn(done.files[name]) for name in ("print.pdf", "screen.pdf"))
    for side, panels_of_side in enumerate([((5, 0), (6, 97), (1, 197)), ((2, 0), (3, 100), (4, 200))]):
        for page, left in panels_of_side:
            own = pages[page - 1]
            x, y = round((3 + left) * DOTS), round(3 * DOTS)
            panel = sheets[side].crop((x, y, x + own.width, y + own.height))
            small = [each.convert("L").resize((own.width // 8, own.height // 8), BOX) for each in (own, panel)]
            apart = ImageStat.Stat(ImageChops.difference(*small)).mean[0]
            assert apart < 0.4 * ImageStat.Stat(ImageChops.invert(small[0])).mean[0], (page, apart)
    fields = json.loads(done.files["map.json"])["fields"]
    assert {each["page"] for each in fields if each["field"].startswith("n4")} == {4}

    papers = {name: "".join(text_of(done.files[f"preflight/{name}"]).split()) for name in ("folding.pdf", "sheet.pdf")}
    for said in (
        "折り見本巻き三つ折り",
        "表（5・6・1ページ）",
        "裏（2・3・4ページ）",
        "97×210mm",
        "①谷折り",
        "②山折り",
    ):
        assert said in papers["folding.pdf"], said
    assert "①裏（内側）を上に向けて、線①で、右の部分を手前へ折ります（谷折り）。" in papers["folding.pdf"]
    for said in (
        "6ページ（2面に面付け）",
        "100×210mm、展開297×210mm",
        "表は左から97・197mm、裏は左から100・200mm",
        "表（外側）5・6・1ページ、裏（内側）2・3・4ページ、天合わせ",
        "巻き三つ折りの表と裏",
        "左開き",
    ):
        assert said in papers["sheet.pdf"], said


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_fold_is_no_cut_edge(home: Path, tmp_path: Path) -> None:
    """Page 2 has its fold on the right: 4 mm are enough there, not on the left; 2 mm are too few."""
    words = '<p style="position: absolute; top: 195mm; {}">ア</p>'
    codes = {}
    for number, place in enumerate(("right: 4mm", "left: 4mm", "right: 2mm")):
        plan = [each.replace("panel", "flap", 0) for each in FOLDED]
        types = PANELS + '  second: {title: 面, trim: 100 x 210, regions: {main: {at: "9 15 82 175", line_feed: 28}}}\n'
        plan[1] = "second: {main: [n1, n2]}"
        pages = {"front": HEAD, "panel": SHEET, "flap": SHEET, "second": words.format(place) + SHEET}
        types = types.replace("FLAP", "97")
        found, _ = made(tmp_path / str(number), plan, types, pages, whole="fold: 巻き三つ折り\n")
        codes[place] = near(found)
    assert codes == {"right: 4mm": [], "left: 4mm": [("text-near-trim", 2)], "right: 2mm": [("text-near-fold", 2)]}


@pytest.mark.parametrize(
    ("flap", "plan", "code"),
    [
        ("100", FOLDED, "flap-not-narrower"),
        ("97", FOLDED[:5], "plan-not-folded"),
        ("97", (*FOLDED[:3], FOLDED[5], FOLDED[4], FOLDED[3]), "plan-leaf-differs"),
    ],
)
def test_a_sheet_that_cannot_be_folded_so_is_told(
    home: Path, tmp_path: Path, flap: str, plan: Sequence[str], code: str
) -> None:
    found, _ = brochure(tmp_path, flap, plan)
    assert code in {each.code for each in found}
