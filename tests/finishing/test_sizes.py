"""Pages of several sizes: each keeps its own boxes on single sheets, in print and on screen; sheets of pages refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name
from tests.finishing.conftest import MM, drawn_by_hand

from koho_pdf.errors import LayoutError
from koho_pdf.pipeline import Build, build
from koho_pdf.press.profile import Press
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES = [(148.0, 105.0), (296.0, 105.0), (148.0, 105.0)]
WIDE = (
    "@page wide { size: 296mm 105mm } .wide { page: wide } .words { position: absolute; left: 20mm; top: 20mm }"
    " section { break-after: page; padding: 60mm 20mm 0 } section:last-child { break-after: auto }"
)
PAGES = (
    '<div class="words" data-slot="words" data-field="closing.0">{{ issue.closing[0]|inline }}</div>'
    '<section><p>初めの紙面</p></section><section class="wide"><p>広い紙面</p></section>'
    "<section><p>終わりの紙面</p></section>"
)


@pytest.fixture
def folded_out(tiny: Path, edit: Callable[[Path, str, str], None]) -> Path:
    """The tiny issue with a second page twice as wide, and a third of the first one's size."""
    layout = tiny / "layouts" / "tiny"
    edit(layout / "layout.html", '<p class="words" data-slot="words" data-field="closing.0">', "<i>")
    edit(layout / "layout.html", "<i>{{ issue.closing[0]|inline }}</p>", PAGES)
    edit(layout / "layout.css", ".words { position: absolute; left: 20mm; top: 20mm }", WIDE)
    edit(layout / "layout.yaml", "pages: 1", "pages: 3")
    return tiny


def made(root: Path, press: Press | None = None) -> Build:
    opened = open_workspace(root)
    return build(opened.content / "tiny", opened, ("print", "screen"), press)


def sizes(pdf: bytes, box: str) -> list[tuple[float, float]]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        boxes = [[float(edge) / MM for edge in page.get(box, page.MediaBox)] for page in opened.pages]
    return [(round(right - left, 2), round(top - foot, 2)) for left, foot, right, top in boxes]


def bled(pages: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(width + 6, height + 6) for width, height in pages]


def test_each_page_has_its_own_boxes(folded_out: Path, home: Path) -> None:
    done = made(folded_out)
    assert sizes(done.files["print.pdf"], "/TrimBox") == SIZES
    assert sizes(done.files["print.pdf"], "/BleedBox") == bled(SIZES)
    assert sizes(done.files["print.pdf"], "/MediaBox") == bled(SIZES)
    assert sizes(done.files["screen.pdf"], "/MediaBox") == SIZES
    assert [(found.code, found.where.page) for found in done.findings] == [("pages-differ", 2), ("page-multiple", None)]


def test_marks_stand_around_each_page(folded_out: Path, home: Path, shop: Callable[[str], Press]) -> None:
    press = replace(shop("offset-coated"), marks=("corner", "centre"), name="marked")
    pdf = next(content for name, content in made(folded_out, press).files.items() if name.endswith("print.pdf"))
    assert sizes(pdf, "/TrimBox") == SIZES
    around = {
        (round(outer[0] - inner[0], 1), round(outer[1] - inner[1], 1))
        for outer, inner in zip(sizes(pdf, "/MediaBox"), SIZES, strict=True)
    }
    assert len(around) == 1


BIG, SMALL, WIDE_ONE = (210.0, 297.0), (148.0, 210.0), (297.0, 297.0)


def laid(
    finished: Callable[..., Any], press: Press, pages: Sequence[tuple[float, float]]
) -> list[tuple[str, float, float]]:
    """The sheets of pages of these sizes: the pages of each side from the left, and its trim."""
    contents = [b"BT /F 6 Tf 20 20 Td (%d) Tj ET" % number for number in range(1, len(pages) + 1)]
    with finished(drawn_by_hand(contents, trims=pages, Font=Dictionary(F=HELVETICA)), press) as pdf:
        target = BytesIO()
        pdf.save(target)
    made = []
    with pypdfium2.PdfDocument(target.getvalue()) as document:
        for page, size in zip(document, sizes(target.getvalue(), "/TrimBox"), strict=True):
            text = page.get_textpage()
            said = [(text.get_charbox(at)[0], text.get_text_range(at, 1)) for at in range(text.count_chars())]
            made.append(("".join(each for _, each in sorted(said) if each.strip()), *size))
    return made


HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


@pytest.mark.parametrize(
    ("sheets", "pages", "expected"),
    [
        # pages of one sheet with widths of their own
        ("fold", [BIG, BIG, (180, 297), (180, 297)], [("41", 390, 297), ("23", 390, 297)]),
        (
            "saddle-stitch",
            [BIG, BIG, WIDE_ONE, WIDE_ONE, *[BIG] * 4],
            [("81", 420, 297), ("27", 420, 297), ("63", 507, 297), ("45", 507, 297)],
        ),
        # an insert of another size is a sheet of its own, a leaf or a folded one
        (
            "saddle-stitch",
            [BIG, BIG, SMALL, SMALL, BIG, BIG],
            [("61", 420, 297), ("25", 420, 297), ("3", 148, 210), ("4", 148, 210)],
        ),
        (
            "fold",
            [*[SMALL] * 4, *[BIG] * 4],
            [("41", 296, 210), ("23", 296, 210), ("85", 420, 297), ("67", 420, 297)],
        ),
        (
            "saddle-stitch",
            [BIG, BIG, *[SMALL] * 4, BIG, BIG],
            [("81", 420, 297), ("27", 420, 297), ("63", 296, 210), ("45", 296, 210)],
        ),
        (
            "saddle-stitch",
            [*[BIG] * 8, *[SMALL] * 4],
            [
                ("81", 420, 297),
                ("27", 420, 297),
                ("63", 420, 297),
                ("45", 420, 297),
                ("129", 296, 210),
                ("1011", 296, 210),
            ],
        ),
        # spreads: what is not as high stands alone
        ("spreads", [BIG, BIG, WIDE_ONE, BIG], [("1", 210, 297), ("23", 507, 297), ("4", 210, 297)]),
        (
            "spreads",
            [BIG, BIG, SMALL, BIG],
            [("1", 210, 297), ("2", 210, 297), ("3", 148, 210), ("4", 210, 297)],
        ),
    ],
)
def test_pages_of_several_sizes_are_laid_on_sheets(
    finished: Callable[..., Any],
    shop: Callable[[str], Press],
    sheets: str,
    pages: list[tuple[float, float]],
    expected: list[tuple[str, float, float]],
) -> None:
    press = replace(shop("offset-coated"), sheets=sheets, standard="plain")
    assert laid(finished, press, pages) == expected


@pytest.mark.parametrize(
    ("sheets", "pages", "code", "says"),
    [
        ("fold", [BIG, BIG, WIDE_ONE, BIG], "page-sizes", "3ページは297×297mm、4ページは210×297mm"),
        ("saddle-stitch", [BIG, SMALL, SMALL, BIG], "page-sizes", "1ページは210×297mm、2ページは148×210mm"),
        ("saddle-stitch", [BIG, BIG, SMALL, SMALL], "sheet-pages", "大きさの違う紙を除いて2ページ"),
        ("fold", [*[BIG] * 6, *[SMALL] * 4], "sheet-pages", "大きさの違う紙を除いて6ページ"),
    ],
)
def test_what_cannot_be_one_sheet_is_told_with_its_pages(
    finished: Callable[..., Any],
    shop: Callable[[str], Press],
    sheets: str,
    pages: list[tuple[float, float]],
    code: str,
    says: str,
) -> None:
    with pytest.raises(LayoutError) as caught:
        laid(finished, replace(shop("offset-coated"), sheets=sheets), pages)
    (found,) = caught.value.findings
    assert found.code == code
    assert says in found.message


FOLDED = (
    '<section><div class="words" data-slot="words" data-field="closing.0">{{ issue.closing[0]|inline }}</div></section>'
    + "".join(f'<section class="p{number}"><p>第{number}面です</p></section>' for number in range(2, 7))
)
PANELS = (
    "@page flap { size: 97mm 210mm } .p4, .p5 { page: flap } .words { position: absolute; left: 10mm; top: 20mm }"
    " section { break-after: page; padding: 20mm 10mm 0 } section:last-child { break-after: auto }"
    " .p2 { background: device-cmyk(1 0 0 0); margin: -3mm; padding: 23mm 13mm 0; height: 193mm }"
)


def test_a_brochure_of_slots_is_one_folded_sheet(
    tiny: Path, home: Path, shop: Callable[[str], Press], edit: Callable[[Path, str, str], None]
) -> None:
    """Without page types: sizes come from its style. The ground of page 2 ends at the fold; what is ordered is told."""
    layout = tiny / "layouts" / "tiny"
    edit(layout / "layout.html", '<p class="words" data-slot="words" data-field="closing.0">', "<i>")
    edit(layout / "layout.html", "<i>{{ issue.closing[0]|inline }}</p>", FOLDED)
    edit(layout / "layout.css", ".words { position: absolute; left: 20mm; top: 20mm }", PANELS)
    edit(layout / "layout.yaml", "pages: 1", "pages: 6\nfold: 内三つ折り")
    edit(layout / "layout.yaml", "trim: 148 x 105", "trim: 100 x 210")
    opened = open_workspace(tiny)
    done = build(opened.content / "tiny", opened, ("print", "screen"), shop("sheet-with-tombo"), papers=True)
    assert [each.code for each in done.findings] == ["fold-ordered-otherwise"]
    (pdf,) = (content for name, content in done.files.items() if name.endswith("print.pdf"))
    assert sizes(pdf, "/TrimBox") == [(297, 210)] * 2
    assert sizes(done.files["screen.pdf"], "/MediaBox") == [*[(100, 210)] * 3, *[(97, 210)] * 2, (100, 210)]
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[1].render(scale=3 * 25.4 / 72).to_pil().convert("RGB")
    left = (picture.width / 3 - 297) / 2
    blue = [picture.getpixel((int((left + x) * 3), picture.height // 2))[0] < 120 for x in (-2.5, 99.5, 100.5)]
    assert blue == [True, True, False]


def test_a_first_page_that_is_not_the_layouts_trim_is_told(
    tiny: Path, home: Path, edit: Callable[[Path, str, str], None], told: Callable[..., Any]
) -> None:
    edit(tiny / "layouts" / "tiny" / "layout.css", "html {", "@page { size: 150mm 105mm }\nhtml {")
    assert "trim-size" in {found.code for found in told(tiny, "tiny", ("print",))}
