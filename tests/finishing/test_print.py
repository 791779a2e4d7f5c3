"""The print PDF holds what a print shop is promised: boxes, ink to the bleed, inks only, our fonts only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import yaml
from tests.kinds import brochure

if TYPE_CHECKING:
    from tests.conftest import Mark

FONTS = Path(__file__).parents[2] / "fonts" / "fonts.yaml"
MM = 72 / 25.4
INKS = {"/DeviceCMYK", "/DeviceGray", "/Pattern"}


@pytest.fixture(scope="module")
def printed(brochure_made: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(brochure_made / "print.pdf") as pdf:
        yield pdf


def millimetres(box: Any) -> list[float]:
    return [float(edge) / MM for edge in box]


def test_four_pages_of_a5_with_three_millimetres_of_bleed(printed: pikepdf.Pdf) -> None:
    assert len(printed.pages) == 4
    for page in printed.pages:
        assert millimetres(page.obj.MediaBox) == pytest.approx([0, 0, 154, 216], abs=0.01)
        assert millimetres(page.obj.BleedBox) == pytest.approx([0, 0, 154, 216], abs=0.01)
        assert millimetres(page.obj.TrimBox) == pytest.approx([3, 3, 151, 213], abs=0.01)
        assert {"/CropBox", "/Rotate", "/UserUnit", "/Annots"} & set(page.obj.keys()) == set()


def test_it_is_paper_and_nothing_else(printed: pikepdf.Pdf) -> None:
    """No outline, no names, no forms or scripts; nothing that a printer's system would stumble over."""
    assert set(printed.Root.keys()) <= {"/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents"}
    assert not printed.is_encrypted


def test_the_documents_dates_are_the_issues(printed: pikepdf.Pdf) -> None:
    assert str(printed.docinfo["/CreationDate"]).startswith("D:20270401")
    assert str(printed.docinfo["/ModDate"]).startswith("D:20270401")
    assert str(printed.docinfo["/Title"]) == brochure.TITLE


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


def test_body_text_is_black_alone(brochure_made: Path, marks: Callable[[Path], list[list[Mark]]]) -> None:
    """Text in 17Q is K100 where it stands on paper: on the inner pages, all of it."""
    for page in marks(brochure_made / "print.pdf")[1:3]:
        body = [mark for mark in page if mark.text and mark.size == pytest.approx(17 * 0.25 * 96 / 25.4, abs=0.05)]
        assert sum(len(mark.text) for mark in body) > 50
        heads = [mark for mark in body if mark.fill == ("scn", "0", "0", "0", "0")]  # white on their bands
        assert {mark.fill for mark in body if mark not in heads} == {("scn", "0", "0", "0", "1")}
        assert sum(len(mark.text) for mark in heads) < 15


def test_fonts_are_embedded_subset_and_ours(printed: pikepdf.Pdf) -> None:
    listed = yaml.safe_load(FONTS.read_text(encoding="utf-8"))["fonts"]
    families = {face["family"] for face in listed} | {f"{face['family']} Turned" for face in listed}
    fonts = {font.objgen: font for page in printed.pages for font in page.Resources.Font.values()}
    assert len(fonts) >= 2
    for font in fonts.values():
        assert [str(font.Subtype), str(font.Encoding)] == ["/Type0", "/Identity-H"]
        (descendant,) = font.DescendantFonts
        descriptor = descendant.FontDescriptor
        assert str(descriptor.FontName)[7] == "+"
        assert str(font.BaseFont) == str(descriptor.FontName)
        assert str(descriptor.FontFamily) in families
        assert 1_000 < len(descriptor.FontFile2.read_bytes()) < 300_000, "a subset, not the whole face"
