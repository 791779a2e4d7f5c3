"""折り方: every way to fold is folded, from the panels and marks of the finished PDF; it is read as 1, 2, 3 …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from tests.finishing.conftest import drawn_by_hand
from tests.finishing.folding import Panel, folded, seen, sheet

from koho_pdf.errors import LayoutError
from koho_pdf.press.folds import NAMES, NARROWER, fold_of, named
from koho_pdf.press.profile import Press

Finished = Callable[..., Pdf]
ONE = 100.0
HIGH = 210.0
# The widths of the inside from the left; the outside from the left; what is seen of the closed sheet, then after each
# fold is opened again, the last one first; and the page on its back. As in the templates of print shops.
WAYS: dict[str, tuple[tuple[float, ...], Sequence[Sequence[int]], list[list[int]], int]] = {
    "二つ折り": ((ONE, ONE), [[4, 1]], [[1], [2, 3]], 4),
    "巻き三つ折り": ((ONE, ONE, 97), [[5, 6, 1]], [[1], [2, 5], [2, 3, 4]], 6),
    "Z折り": ((ONE, ONE, ONE), [[5, 6, 1]], [[1], [1, 4], [2, 3, 4]], 4),
    "観音折り": ((98, ONE, ONE, 98), [[3, 8, 1, 2]], [[1], [2, 3], [2, 6, 7], [4, 5, 6, 7]], 8),
    "十字折り": ((ONE, ONE), [[3, 2], [8, 1]], [[1], [2, 3], [4, 5, 6, 7]], 8),
    "蛇腹折り": ((ONE,) * 4, [[6, 7, 8, 1]], [[1], [6, 1], [1, 4, 5], [2, 3, 4, 5]], 6),
    "巻き四つ折り": ((ONE, ONE, 98, 96), [[6, 7, 8, 1]], [[1], [2, 7], [2, 3, 6], [2, 3, 4, 5]], 8),
    "平行四つ折り": ((ONE,) * 4, [[8, 1, 2, 3]], [[1], [2, 3], [4, 5, 6, 7]], 8),
}
HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def pages_of(sizes: Sequence[tuple[float, float]]) -> bytes:
    """Pages of these sizes; each has its number at the foot's left, and an x at the head's right."""
    contents = [
        b"BT /F 6 Tf 10 20 Td (%d) Tj ET BT /F 6 Tf %.1f %.1f Td (x) Tj ET" % (number, width - 15, height - 20)
        for number, (width, height) in enumerate(sizes, 1)
    ]
    return drawn_by_hand(contents, trims=sizes, Font=Dictionary(F=HELVETICA))


def sizes_of(name: str, binding: str) -> list[tuple[float, float]]:
    """The size of every page, by the widths of the inside."""
    widths, *_ = WAYS[name]
    fold = fold_of(name)
    assert fold is not None
    own = {}
    for inside, outside in zip(fold.inside, fold.outside, strict=True):
        for width, page, back in zip(widths, inside, reversed(outside), strict=True):
            own[page] = own[abs(back)] = (width, HIGH)
    return [own[page] for page in range(1, fold.pages + 1)]


def saved(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def marked(shop: Callable[[str], Press]) -> Press:
    return replace(shop("offset-coated"), marks=("corner", "centre", "fold", "register"), standard="plain")


def test_every_way_to_fold_is_tried() -> None:
    assert set(WAYS) == set(NAMES)


@pytest.mark.parametrize("binding", ["left", "right"])
@pytest.mark.parametrize("name", NAMES)
def test_the_folded_sheet_is_read_in_order(finished: Finished, marked: Press, name: str, binding: str) -> None:
    _, outside, views, back = WAYS[name]
    mirrored = binding == "right"
    sizes = sizes_of(name, binding)
    pdf = saved(finished(pages_of(sizes), marked, fold=name, binding=binding))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 2
    panels = sheet(pdf, 0, 1)
    rows: dict[int, list[int]] = {}
    for each in sorted(panels, key=lambda each: (each.row, -each.column)):  # seen from outside
        rows.setdefault(each.row, []).append(each.outside[0])
    assert [*rows.values()] == [row[::-1] if mirrored else row for row in outside]

    fold = fold_of(name)
    assert fold is not None
    states: list[tuple[Panel, ...]] = [panels]
    for step in fold.bound(binding).steps:
        states.append(folded(states[-1], step))
    for state, expected in zip(reversed(states), views, strict=True):
        found = seen(state)
        if len(rows) > 1 and len(found) == 4:
            found = [*found[:2][:: -1 if mirrored else 1], *found[2:][:: -1 if mirrored else 1]]
        else:
            found = found[::-1] if mirrored else found
        assert found == expected

    closed = states[-1]
    cover = max(closed, key=lambda each: each.layer)
    lowest = min(closed, key=lambda each: each.layer)
    assert (lowest.outside if lowest.up else lowest.inside)[0] == back == fold.back
    left, top, right, bottom = cover.box
    for each in closed:  # nothing sticks out, and what is folded in ends before the folds around it
        assert left - 0.01 <= each.box[0] and each.box[2] <= right + 0.01
        assert (round(top, 2), round(bottom, 2)) == (round(each.box[1], 2), round(each.box[3], 2))
    for inner, holder in fold.tucked:
        one, other = (next(each for each in closed if each.inside[0] == page) for page in (inner, holder))
        assert (other.box[2] - other.box[0]) - (one.box[2] - one.box[0]) >= NARROWER


def test_a_panel_ends_where_the_page_has_it(finished: Finished, marked: Press) -> None:
    """To 0.1 mm: the number stands 10 mm from the left edge of its page and 20 from its foot, on every panel."""
    pdf = saved(finished(pages_of(sizes_of("十字折り", "left")), marked, fold="十字折り"))
    fold = fold_of("十字折り")
    assert fold is not None
    spread = folded(sheet(pdf, 0, 1), fold.steps[0])
    places = {}
    for panel in spread:
        page, number, _ = panel.shows
        places[page] = number[0] - panel.box[0], panel.box[3] - number[1]
    known = places[2]
    assert known[0] == pytest.approx(11, abs=1)
    assert all(place == pytest.approx(known, abs=0.6) for place in places.values())
    with pikepdf.open(BytesIO(pdf)) as opened:  # the sheet's boxes
        for side in opened.pages:
            edges = [float(edge) * 25.4 / 72 for edge in side.obj.TrimBox]
            assert (edges[2] - edges[0], edges[3] - edges[1]) == pytest.approx((2 * ONE, 2 * HIGH), abs=0.01)


def test_a_concertina_has_as_many_panels_as_it_has_pages(finished: Finished, marked: Press) -> None:
    pdf = saved(finished(pages_of([(60.0, HIGH)] * 12), marked, fold="蛇腹折り"))
    state = sheet(pdf, 0, 1)
    fold = fold_of("蛇腹折り", 12)
    assert fold is not None
    assert seen(state) == [2, 3, 4, 5, 6, 7]
    for step in fold.steps:
        state = folded(state, step)
    assert seen(state) == [1]
    assert {round(each.box[0]) for each in state} == {60}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("巻き3つ折", "巻き三つ折り"),
        ("内三つ折り", "巻き三つ折り"),
        ("巻三ツ折り", "巻き三つ折り"),
        ("外三つ折り", "Z折り"),
        ("ｚ折り", "Z折り"),
        ("2つ折り", "二つ折り"),
        ("二ツ折", "二つ折り"),
        ("観音開き", "観音折り"),
        ("経本折り", "蛇腹折り"),
    ],
)
def test_a_fold_has_the_names_of_the_trade(written: str, name: str) -> None:
    assert named(written) == name


@pytest.mark.parametrize("written", ["折り紙", "四つ折り", "fold", ""])
def test_what_is_no_fold_or_two_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        named(written)


@pytest.mark.parametrize(
    ("name", "count", "wanted"), [("巻き三つ折り", 4, "6ページ"), ("蛇腹折り", 7, "6〜24の偶数のページ")]
)
def test_pages_that_do_not_make_the_sheet_are_refused(
    finished: Finished, marked: Press, name: str, count: int, wanted: str
) -> None:
    with pytest.raises(LayoutError) as refused:
        finished(pages_of([(ONE, HIGH)] * count), marked, fold=name)
    (found,) = refused.value.findings
    assert (found.code, found.where.field) == ("sheet-pages", "fold")
    assert name in found.message and wanted in found.message


def test_a_page_and_its_back_are_of_one_size(finished: Finished, marked: Press) -> None:
    sizes = sizes_of("巻き三つ折り", "left")
    sizes[4] = (ONE, HIGH)  # 5 is the back of 4
    with pytest.raises(LayoutError) as refused:
        finished(pages_of(sizes), marked, fold="巻き三つ折り")
    (found,) = refused.value.findings
    assert found.code == "page-sizes"
    assert "4ページは97×210mm、5ページは100×210mm" in found.message
