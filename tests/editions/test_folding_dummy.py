"""折り見本: a page for every side; numbers and folds stand where the sheet has them, and its two sides meet."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.editions.folding_dummy import dummy_galley, folding_of, sheet_of
from koho_pdf.findings import errors_in
from koho_pdf.finishing.imposition import Laying, sides
from koho_pdf.finishing.screen import keep_both_standards
from koho_pdf.layout.face_roles import with_faces
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.folds import NAMES, fold_of, named_in
from koho_pdf.workspace.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def city(home: Path) -> Workspace:
    return open_workspace(ROOT)


def drawn(
    city: Workspace, how: Laying, count: int, ordered: str = "", size: tuple[float, float] = (148.0, 210.0)
) -> bytes:
    sizes = [size] * count
    folding = folding_of(sides(sizes, 3.0, how), sizes, how, ordered)
    assert folding is not None
    galley = dummy_galley(folding, "2027-03", "2027-03-01", city.city.press, city.layouts, ROOT)
    tree = Tree("layouts/_preflight/folding.html", {}, {})
    galley = replace(galley, html=with_faces(galley.html, city.city.faces))
    document = compose(galley, read_faces(city.fonts, ROOT), tree, ROOT, city.cache)
    assert errors_in(document.findings) == ()
    assert document.pages == len(folding.sides)
    return document.write()


def numbers(pdf: bytes, page: int) -> dict[int, tuple[float, float]]:
    """The large numbers of a page, with the place of the first digit in mm from the top left."""
    found: dict[int, tuple[float, float]] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        large = []
        for at in range(text.count_chars()):
            left, foot, right, top = text.get_charbox(at)
            if text.get_text_range(at, 1).isdigit() and top - foot > 20:
                large.append((left, right, (foot + top) / 2, text.get_text_range(at, 1)))
        height = document[page].get_height()
    while large:
        left, right, middle, digit = large.pop(0)
        if large and abs(large[0][0] - right) < 8 and abs(large[0][2] - middle) < 1:
            digit += large.pop(0)[3]
        found[int(digit)] = left / 72 * 25.4, (height - middle) / 72 * 25.4
    return found


def test_a_stitched_booklet_has_every_side_of_every_sheet(city: Workspace) -> None:
    pdf = drawn(city, Laying("saddle-stitch", "right", 0.1), 8)
    order = [sorted(numbers(pdf, page), key=lambda each: numbers(pdf, page)[each][0]) for page in range(4)]
    assert order == [[1, 8], [7, 2], [3, 6], [5, 4]]
    with pypdfium2.PdfDocument(pdf) as document:
        said = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    for words in (
        "中綴じ",
        "1枚目の表",
        "2枚目の裏",
        "①山折り",
        "①谷折り",
        "折った紙を、1枚目が外になるように重ね",
        "裏表紙",
    ):
        assert words in said, words


def test_panels_that_stand_on_their_head_do_so_and_meet_their_backs(city: Workspace) -> None:
    pdf = drawn(city, Laying(fold="十字折り"), 8)
    front, back = numbers(pdf, 0), numbers(pdf, 1)
    assert set(front) == {1, 2, 3, 8} and set(back) == {4, 5, 6, 7}
    assert front[3][1] < 102 < front[8][1]
    for one, other in ((1, 6), (2, 4), (3, 5), (8, 7)):  # the leaves: printed on both sides they lie on each other
        assert (front[one][0] < 148.5) != (back[other][0] < 148.5)
        assert (front[one][1] < 102) == (back[other][1] < 102)


@pytest.mark.parametrize("name", NAMES)
def test_every_fold_fits_its_page_and_is_a_tagged_file(city: Workspace, name: str) -> None:
    fold = fold_of(name)
    assert fold is not None
    pdf = drawn(city, Laying(fold=name), fold.pages, size=(100.0, 210.0))
    assert sorted([*numbers(pdf, 0), *numbers(pdf, 1)]) == list(range(1, fold.pages + 1))
    with pikepdf.open(BytesIO(pdf)) as opened:
        keep_both_standards(opened)
        assert "/StructTreeRoot" in opened.Root


@pytest.mark.parametrize(
    ("ordered", "count", "fold", "stitched"),
    [
        ("A3を二つ折りにしてA4", 4, "二つ折り", False),
        ("中綴じ（針金2か所）", 8, "二つ折り", True),
        ("外三つ折", 6, "Z折り", False),
        ("中綴じ", 6, None, False),
        ("なし", 2, None, False),
        ("二つ折り", 8, None, False),
    ],
)
def test_what_is_ordered_in_words_is_shown(ordered: str, count: int, fold: str | None, stitched: bool) -> None:
    sizes, how = [(210.0, 297.0)] * count, Laying()
    folding = folding_of(sides(sizes, 3.0, how), sizes, how, ordered)
    assert (folding.fold if folding else None) == fold
    assert sheet_of(folding, sizes[0]) is None, "the file has single pages"
    assert folding is None or folding.stitched == stitched


def test_a_fold_is_found_in_words() -> None:
    assert named_in("A4 を巻三つ折りに") == "巻き三つ折り"
    assert named_in("平行四つ折（DM用）") == "平行四つ折り"
    assert named_in("折らない") == ""
