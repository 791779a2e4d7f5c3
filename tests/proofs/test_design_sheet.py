"""``koho layouts --sheet``: what a designer measures against stands where the page has it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.geometry import Rect
from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.fold_zones import fold_zones
from koho_pdf.layout.keep_outs import KeepOut
from koho_pdf.proofs.design_sheet import design_sheets

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

PX = 200 / 25.4


def test_slots_and_keep_outs_are_drawn_where_they_are(tiny: Path, proved: Callable[..., Build]) -> None:
    """The slot ``words`` is 20Q x 10 characters (50 mm) and three lines of 32H (24 mm), at 20 mm from left and top."""
    made = proved(tiny, "tiny", ("screen",))
    (field,) = json.loads(made.files["map.json"])["fields"]
    place = field["slot"]["place"]
    assert [round(place[each], 1) for each in ("x", "y", "width", "height")] == [20, 20, 50, 24]
    layout = read_layout(tiny / "layouts" / "tiny", tiny)
    hole = KeepOut("穴", Rect(100, 40, 20, 10))
    (sheet,) = design_sheets(
        layout, made.files["screen.pdf"], made.files["map.json"], read_faces(tiny / "fonts", tiny), [hole]
    )
    picture = Image.open(io.BytesIO(sheet)).convert("RGB")
    assert picture.size == pytest.approx((148 * PX, 105 * PX), abs=1.5)

    def near(x: float, y: float, colour: tuple[int, int, int]) -> bool:
        middle = round(x * PX), round(y * PX)
        return any(
            picture.getpixel((middle[0] + dx, middle[1] + dy)) == colour for dx in range(-2, 3) for dy in range(-2, 3)
        )

    slot, away, grid = (200, 20, 120), (215, 60, 20), (190, 215, 235)
    assert all(near(x, y, slot) for x, y in ((70, 32), (45, 44), (20, 32)))
    assert not near(90, 30, slot)
    assert all(near(x, y, away) for x, y in ((100, 45), (120, 45), (110, 50)))
    assert near(130, 12.5, grid) and near(132.5, 90, grid)
    assert not near(132.5, 92.5, grid)


def test_folds_are_drawn_on_the_edges_of_panels(tiny: Path, proved: Callable[..., Build]) -> None:
    """The outer panel of a 二つ折り: its fold is at the left edge, and words keep 5 mm from it."""
    made = proved(tiny, "tiny", ("screen",))
    layout = replace(read_layout(tiny / "layouts" / "tiny", tiny), fold="二つ折り", pages=4, fold_margin=5.0)
    screen = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.files["screen.pdf"])) as pdf:
        pdf.pages.extend([pdf.pages[0]] * 3)
        pdf.save(screen)
    faces, zones = read_faces(tiny / "fonts", tiny), fold_zones(layout, ())
    sheets = design_sheets(layout, screen.getvalue(), made.files["map.json"], faces, zones)
    for page, sheet in enumerate(sheets, 1):
        picture = Image.open(io.BytesIO(sheet)).convert("RGB")
        edges = [0 if page % 2 else round(148 * PX) - 3, round((5 if page % 2 else 143) * PX)]
        for x, colour in zip(edges, ((20, 20, 20), (215, 60, 20)), strict=True):
            found = [picture.getpixel((min(x + dx, picture.width - 1), 40)) for dx in range(-2, 3) if x + dx >= 0]
            assert colour in found, (page, x)
