"""The print PDF holds what a print shop is promised: boxes, ink to the bleed, inks only, our fonts only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
import yaml
from PIL import Image

if TYPE_CHECKING:
    from tests.conftest import Mark

FONTS = Path(__file__).parents[2] / "fonts" / "fonts.yaml"
MM = 72 / 25.4
SCALE = 2  # pixels a point when a page is looked at
INKS = {"/DeviceCMYK", "/DeviceGray", "/Pattern"}


@pytest.fixture(scope="module")
def printed(built: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(built / "print.pdf") as pdf:
        yield pdf


def millimetres(box: Any) -> list[float]:
    return [float(edge) / MM for edge in box]


def test_four_pages_of_a4_with_three_millimetres_of_bleed(printed: pikepdf.Pdf) -> None:
    assert len(printed.pages) == 4
    for page in printed.pages:
        assert millimetres(page.obj.MediaBox) == pytest.approx([0, 0, 216, 303], abs=0.01)
        assert millimetres(page.obj.BleedBox) == pytest.approx([0, 0, 216, 303], abs=0.01)
        assert millimetres(page.obj.TrimBox) == pytest.approx([3, 3, 213, 300], abs=0.01)
        assert {"/CropBox", "/Rotate", "/UserUnit", "/Annots"} & set(page.obj.keys()) == set()


def test_it_is_paper_and_nothing_else(printed: pikepdf.Pdf) -> None:
    """No outline, no names, no forms or scripts; nothing that a printer's system would stumble over."""
    assert set(printed.Root.keys()) <= {"/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents"}
    assert not printed.is_encrypted


def test_the_documents_dates_are_the_issues(printed: pikepdf.Pdf) -> None:
    assert str(printed.docinfo["/CreationDate"]).startswith("D:20130401")
    assert str(printed.docinfo["/ModDate"]).startswith("D:20130401")
    assert str(printed.docinfo["/Title"]) == "平成25年度 市政執行の重点的な取組"


def test_no_operator_sets_a_colour_that_is_no_ink(printed: pikepdf.Pdf) -> None:
    for page in printed.pages:
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            assert operator not in ("rg", "RG", "sh", "BI", "INLINE IMAGE")
            if operator in ("cs", "CS"):
                assert str(instruction.operands[0]) in INKS


def test_no_object_of_the_file_knows_another_colour(printed: pikepdf.Pdf) -> None:
    """Not one object, used or not, speaks of RGB, Lab or ICC."""
    for each in printed.objects:
        whole: Any = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        said = whole.unparse(resolved=True)
        for space in (b"/DeviceRGB", b"/CalRGB", b"/CalGray", b"/Lab", b"/ICCBased"):
            assert space not in said


def test_body_text_is_black_alone(built: Path, marks: Callable[[Path], list[list[Mark]]]) -> None:
    """Text in 17Q is K100 where it stands on paper: on the spread, all of it."""
    for page in marks(built / "print.pdf")[1:3]:
        body = [mark for mark in page if mark.text and mark.size == pytest.approx(17 * 0.25 * 96 / 25.4, abs=0.05)]
        assert sum(len(mark.text) for mark in body) > 300
        assert {mark.fill for mark in body} == {("scn", "0", "0", "0", "1")}


def test_fonts_are_embedded_subset_and_ours(printed: pikepdf.Pdf) -> None:
    listed = yaml.safe_load(FONTS.read_text(encoding="utf-8"))["fonts"]
    families = {face["family"] for face in listed} | {f"{face['family']} Turned" for face in listed}
    fonts = {font.objgen: font for page in printed.pages for font in page.Resources.Font.values()}
    assert len(fonts) >= 5
    for font in fonts.values():
        assert [str(font.Subtype), str(font.Encoding)] == ["/Type0", "/Identity-H"]
        (descendant,) = font.DescendantFonts
        descriptor = descendant.FontDescriptor
        assert str(descriptor.FontName)[7] == "+"
        assert str(font.BaseFont) == str(descriptor.FontName)
        assert str(descriptor.FontFamily) in families
        assert 1_000 < len(descriptor.FontFile2.read_bytes()) < 300_000, "a subset, not the whole face"


@cache
def looked_at(path: Path, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[page].render(scale=SCALE).to_pil().convert("RGB")  # type: ignore[no-any-return]


def bleed_pixels(path: Path, page: int, box: tuple[float, float, float, float]) -> list[tuple[int, int, int]]:
    """The pixels of a rectangle (left, top, right, bottom in mm from the trim's top left) of a rendered page."""
    edges = [round((edge + 3) * MM * SCALE) for edge in box]
    part = looked_at(path, page).crop((edges[0], edges[1], edges[2], edges[3]))
    assert part.width > 1
    assert part.height > 1
    return list(zip(*[iter(part.tobytes())] * 3, strict=True))


HEAD, FOOT = (0, -2.8, 210, -0.2), (0, 297.2, 210, 299.8)
LEFT, RIGHT = (-2.8, 0, -0.2, 297), (210.2, 0, 212.8, 297)


@pytest.mark.parametrize("page", [0, 3], ids=["p1", "p4"])
@pytest.mark.parametrize("edge", [HEAD, FOOT, LEFT, RIGHT], ids=["head", "foot", "left", "right"])
def test_the_cover_art_bleeds_on_every_side(built: Path, page: int, edge: tuple[float, float, float, float]) -> None:
    assert max(min(pixel) for pixel in bleed_pixels(built / "print.pdf", page, edge)) < 235


@pytest.mark.parametrize("page", [1, 2], ids=["p2", "p3"])
def test_the_landscape_of_the_spread_bleeds_at_the_foot_and_both_sides(built: Path, page: int) -> None:
    for edge in (FOOT, (-2.8, 290, -0.2, 297), (210.2, 290, 212.8, 297)):
        assert max(min(pixel) for pixel in bleed_pixels(built / "print.pdf", page, edge)) < 200


@pytest.mark.parametrize(
    ("page", "edge"),
    [
        (1, (13, -2.8, 102, -0.2)),  # the tabs of all four pillars, at the head
        (1, (106, -2.8, 195, -0.2)),
        (2, (15, -2.8, 104, -0.2)),
        (2, (108, -2.8, 197, -0.2)),
        (1, (-2.8, 64.2, -0.2, 81.3)),  # the bands of the outer two, at the fore-edge
        (2, (210.2, 64.2, 212.8, 81.3)),
    ],
)
def test_tabs_and_bands_bleed(built: Path, page: int, edge: tuple[float, float, float, float]) -> None:
    assert max(sum(pixel) for pixel in bleed_pixels(built / "print.pdf", page, edge)) < 400


def test_a_band_meets_its_trim_without_a_seam(built: Path) -> None:
    across = (-2.8, 70, 8, 74)
    assert len(set(bleed_pixels(built / "print.pdf", 1, across))) == 1
