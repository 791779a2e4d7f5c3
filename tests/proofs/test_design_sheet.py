"""``koho layouts --sheet``: what a designer measures against stands where the page has it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.geometry import Rect
from koho_pdf.layout.contract import read_layout
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
