"""面付け (imposition): which page stands where on which side of which sheet; arithmetic in mm, then the drawing.

Everything is measured from the top left of a side's trim. Pages are counted from 1. A side's pages keep their bleed on
the outside and lose it at the fold, where two pages meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pikepdf

from koho_pdf.composition.document import Placed
from koho_pdf.geometry import Rect, pt


@dataclass(frozen=True, slots=True)
class Standing:
    """A page on a side: ``x`` is the distance of its trim's left edge from that of the side, ``window`` its visible
    part.
    """

    page: int
    x: float
    window: Rect


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: its name, its trim (width, height), its pages from left to right, and the places of its
    folds from the left. ``cut`` is how far inside the trim its fore-edges are cut: the creep of a sheet inside
    others.
    """

    name: str
    trim: tuple[float, float]
    pages: tuple[Standing, ...]
    folds: tuple[float, ...] = ()
    cut: float = 0.0


def pages_a_sheet(sheets: str) -> int:
    """The number of pages must be a multiple of this, for a way of laying pages on sheets (``Press.sheets``)."""
    return 4 if sheets in ("fold", "saddle-stitch") else 1


def sides(
    count: int, trim: tuple[float, float], bleed: float, sheets: str, binding: str = "left", creep: float = 0.0
) -> tuple[Side, ...]:
    """The sides, in the order in which they are printed, that ``count`` pages of ``trim`` make.

    ``single``: one page on each side. ``spreads``: as a reader sees them, the first page alone. ``fold``: four pages on
    each sheet, folded by itself: outside 4 and 1, inside 2 and 3. ``saddle-stitch``: sheets laid into each other and
    stitched through the fold; each is pushed out of the one around it by ``creep``, the paper's thickness, so its pages
    move as much towards the fold: when the fore-edge is cut, every page is cut at its own trim. For binding on the
    ``right`` the order is mirrored. Raises ValueError when the pages do not fill their sheets.
    """
    if count % pages_a_sheet(sheets):
        raise ValueError(count)
    planned: list[tuple[str, tuple[int, ...], float]] = []
    if sheets in ("single", "spreads"):
        starts = range(1, count + 1) if sheets == "single" else (1, *range(2, count + 1, 2))
        planned += [("", tuple(range(one, end)), 0.0) for one, end in pairwise((*starts, count + 1))]
    else:
        nested = sheets == "saddle-stitch"
        for sheet in range(count // 4):
            first, last = (2 * sheet + 1, count - 2 * sheet) if nested else (4 * sheet + 1, 4 * sheet + 4)
            shift = sheet * creep if nested else 0.0
            planned.append((f"{sheet + 1}枚目の表", (last, first), shift))
            planned.append((f"{sheet + 1}枚目の裏", (first + 1, last - 1), shift))
    return tuple(
        _side(name, pages if binding == "left" else pages[::-1], trim, bleed, shift) for name, pages, shift in planned
    )


def singles(
    sizes: Sequence[tuple[float, float]], bleed: float, folds: Sequence[tuple[float, ...]] = ()
) -> tuple[Side, ...]:
    """A side for each page, as large as that page's trim (width, height in mm), with that page's ``folds``."""
    made = [_side("", (number,), size, bleed, 0.0) for number, size in enumerate(sizes, 1)]
    return tuple(replace(side, folds=each) for side, each in zip(made, folds, strict=True)) if folds else tuple(made)


def _side(name: str, pages: tuple[int, ...], trim: tuple[float, float], bleed: float, shift: float) -> Side:
    """A side with these pages from left to right, each moved ``shift`` mm towards the fold."""
    width, height = trim
    words = "・".join(map(str, pages)) + "ページ"
    named = f"{name}（{words}）" if name else words
    if len(pages) == 1:
        return Side(named, trim, (Standing(pages[0], 0.0, Rect(0, 0, width, height).grown(bleed)),))
    left = Standing(pages[0], shift, Rect(-bleed, -bleed, width + bleed, height + 2 * bleed))
    right = Standing(pages[1], width - shift, Rect(width, -bleed, width + bleed, height + 2 * bleed))
    return Side(named, (2 * width, height), (left, right), (width,), shift)


def standing(placed: Sequence[Placed], laid: Sequence[Side]) -> tuple[Placed, ...]:
    """The places of fields after the pages are laid on these sides; ``page`` counts sides from 1."""
    return tuple(
        replace(each, page=number, box=Rect(each.box.x + page.x, each.box.y, each.box.width, each.box.height))
        for number, side in enumerate(laid, 1)
        for page in side.pages
        for each in placed
        if each.page == page.page
    )


def lay(pdf: pikepdf.Pdf, laid: tuple[Side, ...], drawn_bleed: float, bleed: float, margin: float) -> None:
    """Put the pages of ``pdf`` (drawn with ``drawn_bleed`` mm around them, origin 0,0) on these sides, in their place.

    Each page becomes a form (ISO 32000-1, 8.10), so that its inks, overprint and resources stay as they are. TrimBox
    and BleedBox lie ``margin`` and ``margin - bleed`` mm inside the MediaBox; for a sheet inside others they lie
    further in by the creep of its pages, because there the fore-edge is cut, and their bleed ends there.
    """
    forms = [page.as_form_xobject() for page in pdf.pages]
    for page, form in zip(pdf.pages, forms, strict=True):
        form.BBox = page.MediaBox  # pikepdf takes the TrimBox, and would lose the bleed
    drawn = len(forms)
    for side in laid:
        width, height = side.trim
        sheet = pdf.add_blank_page(page_size=(pt(width + 2 * margin), pt(height + 2 * margin)))
        content, resources = [], pikepdf.Dictionary()
        for standing in side.pages:
            window = standing.window
            clip = (margin + window.x, margin + height - window.bottom, window.width, window.height)
            at = (margin + standing.x - drawn_bleed, margin - drawn_bleed)
            content.append(
                "q {:.4f} {:.4f} {:.4f} {:.4f} re W n".format(*map(pt, clip))
                + " 1 0 0 1 {:.4f} {:.4f} cm".format(*map(pt, at))
                + f" /P{standing.page} Do Q"
            )
            resources[f"/P{standing.page}"] = forms[standing.page - 1]
        sheet.Contents = pdf.make_stream("\n".join(content).encode())
        sheet.Resources = pikepdf.Dictionary(XObject=resources)
        set_boxes(sheet, side.trim, bleed, margin, side.cut)
    del pdf.pages[:drawn]


def set_boxes(page: pikepdf.Page, trim: tuple[float, float], bleed: float, margin: float, cut: float = 0.0) -> None:
    """MediaBox from an origin at 0,0, TrimBox ``margin`` mm inside it, BleedBox ``bleed`` mm around that (ISO 32000-1,
    14.11.2; ISO 15930-7, 6.11: no CropBox is wanted); at left and right both lie ``cut`` mm further in."""
    width, height = trim[0] + 2 * margin, trim[1] + 2 * margin
    page.MediaBox = _box(0, 0, width, height)
    for name, up in (("TrimBox", margin), ("BleedBox", margin - bleed)):
        page[f"/{name}"] = _box(up + cut, up, width - up - cut, height - up)


def _box(*edges: float) -> pikepdf.Array:
    return pikepdf.Array([round(pt(edge), 4) for edge in edges])
