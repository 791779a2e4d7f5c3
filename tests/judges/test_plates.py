"""The questions about plates, on plates painted here: each says yes to what is right and names what is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from judges.cases import sides
from judges.plates import Edges, Side, bleed_boxes, letters_fault, marks_fault, plates_fault
from koho_pdf.press.profile import Press, read_press

ROOT = Path(__file__).parents[2]
SIZE, BLEED = (200, 300), (40, 40, 160, 260)
INKS = ("Cyan", "Magenta", "Yellow", "Black")
LETTER = (80, 100, 90, 110)


@pytest.fixture(scope="module")
def press() -> Press:
    """Four inks, sheets with every mark."""
    return read_press("sheet-with-tombo", ROOT / "press", ROOT)


def side(*painted: tuple[str, Edges, int]) -> Side:
    """A side with these rectangles on its plates: plate, edges, ink (0 to 255)."""
    plates = {name: Image.new("L", SIZE) for name in INKS}
    for name, edges, ink in painted:
        ImageDraw.Draw(plates[name]).rectangle(edges, ink)
    return Side(plates, 2.0, BLEED)


def test_plates_are_the_jobs_and_no_others() -> None:
    assert plates_fault({"Cyan", "Black"}, ("Cyan", "Black")) == ""
    assert plates_fault({"Cyan", "Black", "Yellow"}, ("Cyan", "Black")) == "ink on Yellow"
    assert plates_fault({"Black"}, ("Black", "DIC 156s")) == "none on DIC 156s"


def test_black_letters_stand_on_black_alone() -> None:
    bare = side()
    assert letters_fault(side(("Black", LETTER, 255)), bare, overprint=True) == ""
    rich = side(("Black", LETTER, 255), ("Cyan", LETTER, 100))
    assert letters_fault(rich, bare, overprint=True) == "Cyan in black letters"
    beside = side(("Black", LETTER, 255), ("Cyan", (20, 120, 90, 130), 100))
    assert letters_fault(beside, bare, overprint=True) == ""


def test_black_letters_overprint_where_asked_and_only_there() -> None:
    ground = ("Magenta", (50, 50, 150, 250), 77)
    bare = side(ground)
    over, out = side(ground, ("Black", LETTER, 255)), side(ground, ("Black", LETTER, 255), ("Magenta", LETTER, 0))
    assert letters_fault(over, bare, overprint=True) == ""
    assert letters_fault(out, bare, overprint=False) == ""
    assert letters_fault(out, bare, overprint=True) == "black letters knock out Magenta"
    assert letters_fault(over, bare, overprint=False) == "black letters overprint Magenta"


def test_what_is_black_without_the_text_is_no_letter() -> None:
    picture = (("Black", (50, 50, 150, 250), 255), ("Cyan", (50, 50, 150, 250), 200))
    assert letters_fault(side(*picture), side(*picture), overprint=False) == ""


def corners(plates: tuple[str, ...]) -> list[tuple[str, Edges, int]]:
    left, top, right, bottom = BLEED
    places = [(x, y) for x in (left - 10, right + 8) for y in (top - 10, bottom + 8)]
    return [(name, (x, y, x + 2, y + 2), 255) for name in plates for x, y in places]


def test_corner_marks_are_on_every_plate(press: Press) -> None:
    asked = replace(press, marks=("corner",))
    assert marks_fault(side(*corners(INKS)), asked) == ""
    assert marks_fault(side(*corners(INKS[1:])), asked) == (
        "missing from a plate: head left, head right, foot left, foot right"
    )
    wiped = side(*corners(INKS), ("Yellow", (0, 0, 39, 39), 0))
    assert marks_fault(wiped, asked) == "missing from a plate: head left"


def test_centre_marks_are_in_the_middle_of_each_edge(press: Press) -> None:
    asked = replace(press, marks=("centre",))
    middles = [(99, 10, 101, 20), (99, 280, 101, 290), (10, 149, 20, 151), (180, 149, 190, 151)]
    assert marks_fault(side(*((name, each, 255) for name in INKS for each in middles)), asked) == ""
    assert marks_fault(side(*((name, each, 255) for name in INKS for each in middles[:3])), asked) == (
        "missing from a plate: right"
    )


def test_nothing_stands_around_a_sheet_without_marks(press: Press) -> None:
    bare = replace(press, marks=(), slug=False)
    assert marks_fault(side(("Cyan", BLEED, 255)), bare) == ""
    assert marks_fault(side(("Cyan", (0, 0, 3, 3), 20)), bare) == "Cyan outside the bleed"


def test_the_bleed_is_found_wherever_the_page_begins(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 100))
        page.MediaBox = pikepdf.Array([-10, -20, 190, 80])
        page.BleedBox = pikepdf.Array([10, -10, 150, 70])
        pdf.save(tmp_path / "moved.pdf")
    (found,) = bleed_boxes(tmp_path / "moved.pdf")
    assert found == pytest.approx((0.1, 0.1, 0.8, 0.9))


@pytest.mark.parametrize(("sheets", "wanted"), [("single", 8), ("spreads", 5), ("fold", 4), ("saddle-stitch", 4)])
def test_sides_of_an_issue_of_eight_pages(press: Press, sheets: str, wanted: int) -> None:
    assert sides(replace(press, sheets=sheets), 8) == wanted
