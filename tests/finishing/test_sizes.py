"""Pages of several sizes: each keeps its own boxes on single sheets, in print and on screen; sheets of pages refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
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


@pytest.mark.parametrize("sheets", ["spreads", "fold", "saddle-stitch"])
def test_pages_that_share_a_sheet_are_of_one_size(
    finished: Callable[..., Any], shop: Callable[[str], Press], sheets: str
) -> None:
    with pikepdf.open(BytesIO(drawn_by_hand([b""] * 4))) as pdf:
        pdf.pages[2].TrimBox = [0, 0, 296 * MM, 210 * MM]
        target = BytesIO()
        pdf.save(target)
    with pytest.raises(LayoutError) as caught:
        finished(target.getvalue(), replace(shop("offset-coated"), sheets=sheets))
    (found,) = caught.value.findings
    assert (found.code, found.where.file) == ("page-sizes", "layouts/tiny/layout.css")
    assert "3ページは296×210mm" in found.message


def test_a_first_page_that_is_not_the_layouts_trim_is_told(
    tiny: Path, home: Path, edit: Callable[[Path, str, str], None], told: Callable[..., Any]
) -> None:
    edit(tiny / "layouts" / "tiny" / "layout.css", "html {", "@page { size: 150mm 105mm }\nhtml {")
    assert "trim-size" in {found.code for found in told(tiny, "tiny", ("print",))}
