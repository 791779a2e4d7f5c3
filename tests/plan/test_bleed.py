"""A planned page's art runs over its trim (塗り足し), and no page's art or words come to another page."""

from __future__ import annotations

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
from koho_pdf.pipeline import build
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.workspace import open_workspace

ART = '<div style="position: absolute; left: -9mm; top: -9mm; width: 228mm; height: 315mm; {}"></div>\n'
BEHIND = ART.format("z-index: -1; background: var(--sun)")
PAGES = ("cover", "notices: {main: [n1]}", "plain: {main: [n2]}", "notices: {main: [n3]}")
WHITE = (255, 255, 255)


def painted(root: Path, art: str = BEHIND) -> Path:
    """Pages 2 and 4 have art that reaches 9 mm over every edge, page 3 has none."""
    folder = make(root, {f"n{number}": notice(number, 40) for number in range(1, 4)}, PAGES)
    layout = root / "layouts" / "monthly"
    page = (layout / "pages" / "notices.html").read_text(encoding="utf-8")
    (layout / "pages" / "plain.html").write_text(page, encoding="utf-8")
    (layout / "pages" / "notices.html").write_text(art + page, encoding="utf-8")
    contract = (layout / "layout.yaml").read_text(encoding="utf-8")
    contract = contract.replace("colours: {", "colours: {sun: 0/30/100/0, ")
    contract += '  plain: {title: 無地, regions: {main: {at: "15 30 180 240", columns: 3, gutter: 6, line_feed: 28}}}\n'
    (layout / "layout.yaml").write_text(contract, encoding="utf-8")
    return folder


def pictures(pdf: bytes) -> list[Image.Image]:
    """Pages at 1 mm a pixel, their whole MediaBox."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=25.4 / 72).to_pil().convert("RGB") for page in document]


def test_art_runs_over_the_trim_to_the_bleed_and_no_further(home: Path, tmp_path: Path) -> None:
    folder = painted(tmp_path)
    usual = read_press("offset-coated", REPOSITORY / "press", REPOSITORY)
    made = build(folder, open_workspace(tmp_path), ("print", "screen"), replace(usual, marks=("corner",)))
    _, second, third, _ = pictures(made.files["print.pdf"])
    with pikepdf.open(BytesIO(made.files["print.pdf"])) as pdf:
        trim = float(pdf.pages[1].TrimBox[0]) / 72 * 25.4  # the trim's left, and its top
    edge, middle = round(trim), second.height // 2
    for out, is_art in ((-2, True), (-5, False), (2, True)):
        seen = [second.getpixel((at, middle)) for at in (edge + out, second.width - 1 - edge - out)]
        seen += [second.getpixel((second.width // 2, at)) for at in (edge + out, second.height - 1 - edge - out)]
        assert [each != WHITE for each in seen] == [is_art] * 4, (out, seen)
    assert third.getpixel((edge + 1, middle)) == WHITE
    screen = pictures(made.files["screen.pdf"])
    assert {each.width for each in screen} == {210}
    assert [each.getpixel((1, 150)) != WHITE for each in screen] == [False, True, False, True]


def test_art_of_a_page_stays_out_of_the_one_beside_it(home: Path, tmp_path: Path) -> None:
    usual = read_press("offset-coated", REPOSITORY / "press", REPOSITORY)
    made = build(painted(tmp_path), open_workspace(tmp_path), ("print",), replace(usual, sheets="spreads"))
    _, spread, _ = pictures(made.files["print.pdf"])
    middle, height = spread.width // 2, spread.height // 2
    assert spread.getpixel((middle - 2, height)) != WHITE
    assert spread.getpixel((middle + 2, height)) == WHITE


def test_what_is_too_deep_for_its_page_makes_no_page_more(home: Path, tmp_path: Path) -> None:
    """It would change every page number behind it; it is told, and what is on the page is seen."""
    folder = painted(tmp_path, "<p>港で祭りを開きます。</p>" * 60)
    with pytest.raises(KohoError) as fault:
        build(folder, open_workspace(tmp_path), ("screen",))
    assert "text-off-page" in {each.code for each in fault.value.findings}
    assert {each.where.page for each in fault.value.findings if each.code == "text-off-page"} == {2, 4}
