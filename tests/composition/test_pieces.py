"""A field knows the parts of a page that it fills: its columns one by one, and its readings (ruby)."""

from __future__ import annotations

from pathlib import Path

from tests.composition.conftest import CSS, ROOT

from koho_pdf.composition.document import Placed
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

COLUMNS = "width: 300pt; columns: 2; column-gap: 12pt; column-fill: auto; height: 60pt"


def placed(home: Path, body: str) -> dict[str, Placed]:
    html = (
        f'<!doctype html><html lang="ja"><head><title>段</title><style>{CSS}</style></head><body>{body}</body></html>'
    )
    folder = ROOT / "layouts" / "policy-leaflet"
    galley = Galley("screen", html, folder, (folder,), read_press("offset-coated", ROOT / "press", ROOT))
    document = compose(galley, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), ROOT, home / "cache")
    return {each.field: each for each in document.placed}


def test_words_that_go_on_in_the_next_column_are_two_pieces(home: Path) -> None:
    body = f'<div style="{COLUMNS}"><p data-field="one">{"港" * 12}</p><p data-field="two">{"町" * 44}</p></div>'
    found = placed(home, body)
    left, right = found["two"].pieces
    assert left.height > found["one"].box.height, "two lines of a column are one piece"
    assert left.right < right.x and left.y > right.y
    one = found["one"].pieces[0]
    assert right.y == one.y and left.y >= one.bottom - 0.01
    box = found["two"].box
    assert (box.x, box.y, round(box.right - right.right, 2)) == (left.x, right.y, 0), "it holds others' words too"


def test_readings_are_pieces_after_the_words(home: Path) -> None:
    found = placed(
        home, '<p data-field="one">海の<ruby>港<rt style="font-size: 6pt; line-height: 1">みなと</rt></ruby>町</p>'
    )["one"]
    words, *readings = found.pieces
    assert len(readings) == 1
    assert readings[0].y < words.y + words.height / 2 < words.bottom
    assert readings[0].height < words.height
