"""Pages of a proof on larger sheets: the pages as they are, under a sheet with what is written in their margins."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf

from koho_pdf.finishing.finish import saved
from koho_pdf.geometry import Rect, pt


def under(sheets: bytes, pages: bytes, places: Sequence[Rect]) -> bytes:
    """The PDF ``sheets`` with the nth of the ``pages`` below its nth sheet, at its place (mm from the sheet's top left).
    It is for paper: it claims no standard, because what lies below is no part of its structure.
    """
    with pikepdf.open(BytesIO(sheets)) as made, pikepdf.open(BytesIO(pages)) as drawn:
        for sheet, page, place in zip(made.pages, drawn.pages, places, strict=True):
            foot = float(sheet.mediabox[3]) - pt(place.bottom)
            held = pikepdf.Rectangle(pt(place.x), foot, pt(place.right), foot + pt(place.height))
            sheet.add_underlay(page, held)
        for name in ("/StructTreeRoot", "/MarkInfo", "/Metadata", "/OutputIntents"):
            if name in made.Root:
                del made.Root[name]
        return saved(made, "plain")
