"""Pages of a proof on larger sheets: the pages as they are, under a sheet with what is written in their margins."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf

from koho_pdf.finishing.finish import saved
from koho_pdf.geometry import Rect, pt


def under(sheets: bytes, pages: bytes, places: Sequence[Rect]) -> bytes:
    """The PDF ``sheets`` with the nth of the ``pages`` below its nth sheet, at its place (mm from its top left).
    It is for paper: it claims no standard, because what lies below is no part of its structure. (pikepdf's own
    ``add_underlay`` gives names by chance.)
    """
    with pikepdf.open(BytesIO(sheets)) as made, pikepdf.open(BytesIO(pages)) as drawn:
        for number, (sheet, page, place) in enumerate(zip(made.pages, drawn.pages, places, strict=True), 1):
            form = made.copy_foreign(page.as_form_xobject())
            left, foot, right, head = (float(each) for each in form.BBox.as_list())
            wide, high = pt(place.width) / (right - left), pt(place.height) / (head - foot)
            down = float(sheet.mediabox[3]) - pt(place.bottom)
            moved = wide, 0, 0, high, pt(place.x) - left * wide, down - foot * high
            if "/XObject" not in sheet.resources:
                sheet.resources.XObject = pikepdf.Dictionary()
            name = f"/Under{number}"  # sheets may share their resources
            sheet.resources.XObject[name] = form
            lines = f"q {' '.join(f'{each:.5f}' for each in moved)} cm {name} Do Q\n"
            sheet.contents_add(lines.encode(), prepend=True)
        for name in ("/StructTreeRoot", "/MarkInfo", "/Metadata", "/OutputIntents"):
            if name in made.Root:
                del made.Root[name]
        return saved(made, "plain")
