"""面付け: folded and stitched, the sheets are read as 1, 2, 3 …; everything on the pages is on the sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf

from koho_pdf.composition.document import Placed
from koho_pdf.errors import LayoutError
from koho_pdf.finishing.imposition import Laying
from koho_pdf.finishing.imposition import sides as laid_on
from koho_pdf.finishing.sheets import Side, standing
from koho_pdf.geometry import Rect
from koho_pdf.preflight.inspect import inspect
from koho_pdf.press.profile import Press

MM = 72 / 25.4
A4 = (210.0, 297.0)
FOURS = st.integers(1, 16).map(lambda sheets: 4 * sheets)
BINDINGS = st.sampled_from(["left", "right"])

Finished = Callable[..., Pdf]


def sides(
    count: int, trim: tuple[float, float], bleed: float, sheets: str, binding: str = "left", creep: float = 0.0
) -> tuple[Side, ...]:
    """The sides for so many pages of one size."""
    return laid_on([trim] * count, bleed, Laying(sheets, binding, creep))


def numbers(side: Side) -> list[int]:
    return [standing.page for standing in side.pages]


def read_through(laid: tuple[Side, ...], binding: str, nested: bool) -> list[int]:
    """The pages in the order in which a reader of the folded sheets turns them."""
    leaves = []
    for front, back in zip(laid[::2], laid[1::2], strict=True):
        (front_left, front_right), (back_left, back_right) = numbers(front), numbers(back)
        # Turned over along its short edge: behind a sheet's right half stands the left half of its back.
        right, left = (front_right, back_left), (back_right, front_left)
        leaves.append((right, left) if binding == "left" else (left[::-1], right[::-1]))
    if nested:
        return [page for first, _ in leaves for page in first] + [page for _, last in leaves[::-1] for page in last]
    return [page for first, last in leaves for page in (*first, *last)]


@given(FOURS, BINDINGS, st.floats(0, 0.3))
def test_a_stitched_booklet_is_read_in_order(count: int, binding: str, creep: float) -> None:
    laid = sides(count, A4, 3, "saddle-stitch", binding, creep)
    assert read_through(laid, binding, nested=True) == list(range(1, count + 1))


@given(FOURS, BINDINGS)
def test_folded_sheets_are_read_in_order(count: int, binding: str) -> None:
    assert read_through(sides(count, A4, 3, "fold", binding), binding, nested=False) == list(range(1, count + 1))


@given(st.integers(1, 40), BINDINGS)
def test_spreads_are_what_a_reader_sees_open(count: int, binding: str) -> None:
    laid = sides(count, A4, 3, "spreads", binding)
    assert numbers(laid[0]) == [1]
    ordered = [numbers(side) if binding == "left" else numbers(side)[::-1] for side in laid]
    assert [page for side in ordered for page in side] == list(range(1, count + 1))
    assert all(len(side) == 2 for side in ordered[1:-1])


def test_four_pages_are_one_sheet() -> None:
    assert [numbers(side) for side in sides(4, A4, 3, "fold")] == [[4, 1], [2, 3]]
    assert [numbers(side) for side in sides(4, A4, 3, "fold", "right")] == [[1, 4], [3, 2]]
    assert [side.name for side in sides(4, A4, 3, "fold")] == ["1枚目の表（4・1ページ）", "1枚目の裏（2・3ページ）"]


def test_eight_pages_bound_on_the_right() -> None:
    laid = sides(8, A4, 3, "saddle-stitch", "right")
    assert [numbers(side) for side in laid] == [[1, 8], [7, 2], [3, 6], [5, 4]]


@given(FOURS, st.floats(0, 5), st.sampled_from(["fold", "saddle-stitch", "spreads"]), BINDINGS, st.floats(0, 0.3))
def test_pages_meet_at_the_fold_and_keep_their_bleed_outside(
    count: int, bleed: float, sheets: str, binding: str, creep: float
) -> None:
    for side in sides(count, A4, bleed, sheets, binding, creep):
        windows = [standing.window for standing in side.pages]
        for window in windows:
            assert (window.y, window.bottom) == pytest.approx((-bleed, 297 + bleed))
        assert windows[0].x == pytest.approx(-bleed)
        assert windows[-1].right == pytest.approx(side.trim[0] + bleed)
        if side.folds:
            assert [windows[0].right, windows[1].x, side.trim[0] / 2] == pytest.approx([*side.folds] * 3)


@given(st.integers(1, 16), BINDINGS)
def test_each_sheet_inside_moves_its_pages_towards_the_fold_by_the_papers_thickness(sheets: int, binding: str) -> None:
    for number, side in enumerate(sides(4 * sheets, A4, 3, "saddle-stitch", binding, 0.1)):
        sheet = number // 2
        assert [standing.x for standing in side.pages] == pytest.approx([0.1 * sheet, 210 - 0.1 * sheet])


@pytest.mark.parametrize("sheets", ["fold", "saddle-stitch"])
@pytest.mark.parametrize("count", [1, 2, 3, 6, 10])
def test_pages_that_do_not_fill_their_sheets_are_refused(
    sheets: str, count: int, drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    with pytest.raises(LayoutError) as refused:
        finished(drawn([b""] * count), replace(shop("office-copier"), sheets=sheets))
    (finding,) = refused.value.findings
    assert finding.code == "sheet-pages"
    assert f"{count}ページ" in finding.message
    assert "office-copier" in finding.message


# A page of one ink that reaches the bleed, and a field at its head's left corner that says which page it is.
PAGES = [
    b"/DeviceCMYK cs %s scn -3 -3 154 216 re f 0 0 0 %d scn 2 180 20 20 re f" % (colour, black)
    for colour, black in ((b"1 0 0 0", 1), (b"0 1 0 0", 1), (b"0 0 1 0", 1), (b"1 1 0 0", 1))
]
CYAN, MAGENTA, YELLOW, BLUE, BLACK, PAPER = "cyan", "magenta", "yellow", "blue", "black", "paper"


def looked_at(pdf: Pdf) -> Callable[[int, float, float], str]:
    """The colour of a page, in words, at a place in mm from the MediaBox's top left: ``colour(page, x, y)``."""
    target = BytesIO()
    pdf.save(target)
    with pypdfium2.PdfDocument(target.getvalue()) as document:
        pictures = [page.render(scale=3).to_pil().convert("RGB") for page in document]
    words = {
        (0, 1, 1): CYAN,
        (1, 0, 1): MAGENTA,
        (1, 1, 0): YELLOW,
        (0, 0, 1): BLUE,
        (1, 1, 1): PAPER,
        (0, 0, 0): BLACK,
    }

    def colour(page: int, x: float, y: float) -> str:
        red, green, blue = pictures[page].getpixel((int(x * MM * 3), int(y * MM * 3)))
        return words[red > 120, green > 120, blue > 120]

    return colour


def test_inks_reach_the_bleed_outside_and_end_at_the_fold(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    pdf = finished(drawn(PAGES), replace(shop("offset-coated"), sheets="fold"))
    colour = looked_at(pdf)
    assert len(pdf.pages) == 2
    assert [float(edge) / MM for edge in pdf.pages[0].obj.MediaBox] == pytest.approx([0, 0, 302, 216], abs=0.01)
    assert [float(edge) / MM for edge in pdf.pages[0].obj.TrimBox] == pytest.approx([3, 3, 299, 213], abs=0.01)
    for page, (left, right) in enumerate([(BLUE, CYAN), (MAGENTA, YELLOW)]):
        assert [colour(page, x, 100) for x in (0.2, 150.8)] == [left, left]
        assert [colour(page, x, 100) for x in (151.2, 301.8)] == [right, right]
        assert [colour(page, 100, y) for y in (0.2, 215.8)] == [left, left]
        assert [colour(page, 10, 20), colour(page, 158, 20)] == [BLACK, BLACK]


def test_a_copier_gets_no_bleed_and_the_paper_it_has(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    pdf = finished(drawn(PAGES), shop("office-copier"), binding="right")
    colour = looked_at(pdf)
    for page in pdf.pages:
        boxes = [page.obj[name] for name in ("/MediaBox", "/BleedBox", "/TrimBox")]
        for box in boxes:
            assert [float(edge) / MM for edge in box] == pytest.approx([0, 0, 296, 210], abs=0.01)
    assert [colour(0, x, 100) for x in (0.3, 147.7, 148.3, 295.7)] == [CYAN, CYAN, BLUE, BLUE]


def test_single_pages_with_less_bleed_than_was_drawn_are_cut_to_it(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    pdf = finished(drawn(PAGES), replace(shop("offset-coated"), bleed=1.0, marks=("corner",)))
    colour = looked_at(pdf)
    assert [float(edge) / MM for edge in pdf.pages[0].obj.TrimBox] == pytest.approx([14, 14, 162, 224], abs=0.01)
    assert [float(edge) / MM for edge in pdf.pages[0].obj.BleedBox] == pytest.approx([13, 13, 163, 225], abs=0.01)
    assert [colour(0, x, 110) for x in (12.7, 13.3, 162.7, 163.3)] == [PAPER, CYAN, CYAN, PAPER]


def test_a_page_moved_for_creep_still_fills_its_sheet(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    """At the fore-edge the inner sheets gain from the bleed what they lose at the fold."""
    pdf = finished(drawn(PAGES * 2), replace(shop("office-copier"), creep=1.0))
    colour = looked_at(pdf)
    assert [colour(3, x, 100) for x in (0.3, 147.7, 148.3, 295.7)] == [BLUE, BLUE, CYAN, CYAN]
    assert [colour(2, x, 20) for x in (2.7, 3.3, 149.7)] == [MAGENTA, BLACK, BLACK]


def test_an_inner_sheet_is_cut_and_bleeds_where_its_pages_end(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    """The boxes are true: ink ends with the BleedBox, 3 mm beyond the pages' own fore-edge."""
    press = replace(shop("offset-coated"), sheets="saddle-stitch", creep=1.0)
    pdf = finished(drawn(PAGES * 2), press)
    colour = looked_at(pdf)
    for page, cut in enumerate((0, 0, 1, 1)):
        assert [float(edge) / MM for edge in pdf.pages[page].obj.MediaBox] == pytest.approx([0, 0, 302, 216], abs=0.01)
        trim, bleed = ([float(edge) / MM for edge in pdf.pages[page].obj[name]] for name in ("/TrimBox", "/BleedBox"))
        assert trim == pytest.approx([3 + cut, 3, 299 - cut, 213], abs=0.01)
        assert bleed == pytest.approx([cut, 0, 302 - cut, 216], abs=0.01)
        assert PAPER not in {colour(page, cut + 0.2, 100), colour(page, 301.8 - cut, 100)}
        if cut:
            assert {colour(page, cut - 0.2, 100), colour(page, 302.2 - cut, 100)} == {PAPER}
    target = BytesIO()
    pdf.save(target)
    codes = {finding.code for finding in inspect(target.getvalue(), press).findings}
    assert not codes & {"bleed-box", "bleed-missing", "pages-differ", "boxes-not-nested"}
    assert "pages-differ" in {
        finding.code for finding in inspect(target.getvalue(), replace(press, creep=0.0)).findings
    }


def test_a_cover_alone_is_half_a_spread(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    """Spreads that were ordered are no mistake; a page of another size among them is."""
    press = replace(shop("offset-coated"), sheets="spreads")
    pdf = finished(drawn(PAGES * 2), press)
    assert len({float(page.trimbox[2]) for page in pdf.pages}) == 2

    def told() -> set[str]:
        target = BytesIO()
        pdf.save(target)
        return {each.code for each in inspect(target.getvalue(), press).findings}

    assert "pages-differ" not in told()
    last = pdf.pages[-1]
    last.TrimBox = [*last.TrimBox[:2], float(last.TrimBox[2]) - 10 * MM, last.TrimBox[3]]
    assert "pages-differ" in told()


def test_fields_stand_where_their_pages_stand() -> None:
    fields = [Placed(f"field.{page}", page, Rect(10, 20, 30, 40), None) for page in range(1, 9)]
    placed = {each.field: each for each in standing(fields, sides(8, A4, 3, "saddle-stitch", "left", 0.5))}
    assert len(placed) == 8
    assert (placed["field.8"].page, placed["field.8"].box) == (1, Rect(10, 20, 30, 40))
    assert (placed["field.1"].page, placed["field.1"].box) == (1, Rect(220, 20, 30, 40))
    assert (placed["field.6"].page, placed["field.6"].box) == (3, Rect(10.5, 20, 30, 40))
    assert (placed["field.3"].page, placed["field.3"].box) == (3, Rect(219.5, 20, 30, 40))
    assert standing(fields, sides(8, A4, 3, "single")) == tuple(fields)


def test_overprint_and_spot_inks_survive(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    spot = Array(
        [
            Name.Separation,
            Name("/DIC 156s"),
            Name.DeviceCMYK,
            Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1),
        ]
    )
    content = b"/Spot cs 0.5 scn 0 0 50 50 re f /Over gs 0 0 0 1 k 10 10 20 20 re f"
    over = Dictionary(OP=True, op=True, OPM=1)
    pdf = finished(
        drawn([content] * 4, ColorSpace=Dictionary(Spot=spot), ExtGState=Dictionary(Over=over)),
        replace(shop("offset-coated"), sheets="fold"),
    )
    forms: list[Any] = [form for page in pdf.pages for form in page.Resources.XObject.values()]
    assert len(forms) == 4
    for form in forms:
        assert form.Resources.ColorSpace.Spot[1] == "/DIC 156s"
        assert form.Resources.ExtGState.Over.op is True
        assert form.Resources.ExtGState.Over.OPM == 1
        assert content in form.read_bytes()
        assert "/Group" not in form


def test_a_layout_that_bleeds_too_little_for_the_shop_is_refused(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    with pytest.raises(LayoutError) as refused:
        finished(drawn(PAGES, bleed=2), shop("offset-coated"), bleed=2.0)
    (finding,) = refused.value.findings
    assert finding.code == "bleed-short"
    assert {"tiny", "offset-coated"} <= {word for word in ("tiny", "offset-coated") if word in finding.message}


def test_the_sheets_hold_every_word_of_their_pages(printed_for: Callable[[str], bytes]) -> None:
    def words(profile: str, page: int) -> str:
        with pypdfium2.PdfDocument(printed_for(profile)) as document:
            return "".join(document[page].get_textpage().get_text_range().split())

    for side, pages in enumerate([(3, 0), (1, 2)]):
        for page in pages:
            said = words("offset-coated", page)
            assert len(said) > 40
            for part in (said[:20], said[-20:]):
                assert part in words("office-copier", side)
