"""Pages on the sides of sheets: where each stands, and how it is drawn there. ``imposition`` says which stands where.

Everything is measured from the top left of a side's trim. Pages are counted from 1. A side's pages keep their bleed on
the outside and lose it at the fold, where two pages meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pikepdf

from koho_pdf.composition.document import Placed
from koho_pdf.geometry import Rect, pt

Size = tuple[float, float]
"""Width and height in mm."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A page on a side: its trim's top left is ``x`` from the side's left and ``y`` from its top, ``window`` is its
    visible part. A page that stands on its head (``turned``) has there the corner that is its bottom right; ``size`` is
    its trim.
    """

    page: int
    x: float
    window: Rect
    y: float = 0.0
    turned: bool = False
    size: Size = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: its name, its trim (width, height), its pages row by row from the left, the places of its
    upright ``folds`` from the left and of those ``across`` from the top. ``cut`` is how far inside the trim its
    fore-edges are cut: the creep of a sheet inside others.
    """

    name: str
    trim: Size
    pages: tuple[Standing, ...]
    folds: tuple[float, ...] = ()
    cut: float = 0.0
    across: tuple[float, ...] = ()

    @property
    def cut_to(self) -> Size:
        """Its size when it is cut."""
        return round(self.trim[0] - 2 * self.cut, 4), self.trim[1]


def on_side(box: Rect, page: Standing) -> Rect:
    """Where a box of a page (mm from the page's top left) stands on the side."""
    if page.turned:
        box = Rect(page.size[0] - box.right, page.size[1] - box.bottom, box.width, box.height)
    return box.moved(page.x, page.y)


def standing(placed: Sequence[Placed], laid: Sequence[Side]) -> tuple[Placed, ...]:
    """The places of fields after the pages are laid on these sides; ``page`` counts sides from 1."""
    return tuple(
        replace(each, page=number, box=on_side(each.box, page))
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
            content.append(
                "q {:.4f} {:.4f} {:.4f} {:.4f} re W n ".format(*map(pt, clip))
                + _moved(standing, margin, height, drawn_bleed)
                + f" cm /P{standing.page} Do Q"
            )
            resources[f"/P{standing.page}"] = forms[standing.page - 1]
        sheet.Contents = pdf.make_stream("\n".join(content).encode())
        sheet.Resources = pikepdf.Dictionary(XObject=resources)
        set_boxes(sheet, side.trim, bleed, margin, side.cut)
    del pdf.pages[:drawn]


def _moved(page: Standing, margin: float, height: float, drawn_bleed: float) -> str:
    """The matrix of a page (ISO 32000-1, 8.3.4): its origin, the lower left of its bleed, comes to its place."""
    left, foot = margin + page.x, margin + height - page.y - page.size[1]
    if page.turned:
        corner = (left + page.size[0] + drawn_bleed, foot + page.size[1] + drawn_bleed)
        return "-1 0 0 -1 {:.4f} {:.4f}".format(*map(pt, corner))
    return "1 0 0 1 {:.4f} {:.4f}".format(*map(pt, (left - drawn_bleed, foot - drawn_bleed)))


def set_boxes(page: pikepdf.Page, trim: tuple[float, float], bleed: float, margin: float, cut: float = 0.0) -> None:
    """MediaBox from an origin at 0,0, TrimBox ``margin`` mm inside it, BleedBox ``bleed`` mm around that (ISO 32000-1,
    14.11.2; ISO 15930-7, 6.11: no CropBox is wanted); at left and right both lie ``cut`` mm further in."""
    width, height = trim[0] + 2 * margin, trim[1] + 2 * margin
    page.MediaBox = _box(0, 0, width, height)
    for name, up in (("TrimBox", margin), ("BleedBox", margin - bleed)):
        page[f"/{name}"] = _box(up + cut, up, width - up - cut, height - up)


def _box(*edges: float) -> pikepdf.Array:
    return pikepdf.Array([round(pt(edge), 4) for edge in edges])
