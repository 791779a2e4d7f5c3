"""A slot in a slot of another direction: a vertical one in a horizontal one, the reverse, and one more in these."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.composition.conftest import CSS

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

ROOT = Path(__file__).parents[2]
DOWN, ACROSS = "writing-mode: vertical-rl", "writing-mode: horizontal-tb"
WAYS = {"V in H": (ACROSS, DOWN), "H in V": (DOWN, ACROSS), "V in V": (DOWN, DOWN), "H in H": (ACROSS, ACROSS)}
# characters; size of the inner and the outer slot (points); how many are over the inner and the outer one
CASES = {
    "fits": (12, (60, 60), (80, 80), 0, {}),
    "full": (15, (60, 60), (60, 60), 0, {}),
    # the fourth line of the vertical one stands left of both
    "inner over": (20, (60, 60), (90, 90), 5, {"V in H": 5}),
    "outer too narrow": (12, (60, 60), (40, 80), 0, {"V in H": 5, "H in V": 6, "V in V": 2, "H in H": 4}),
    "outer too low": (12, (60, 60), (80, 40), 0, {"V in H": 4, "H in V": 2, "V in V": 4, "H in H": 2}),
}


def slot(name: str, mode: str, size: tuple[int, int], words: str, style: str = "") -> str:
    width, height = size
    box = f"width: {width}pt; height: {height}pt; line-height: 20pt; {mode}; {style}"
    return f'<div data-slot="{name}" data-field="{name}" style="{box}">{words}</div>'


@pytest.fixture(scope="module")
def composed(home: Path) -> Document:
    """All cases on one page."""
    body, number = "", 0
    for way, (outer, inner) in WAYS.items():
        for case, (count, small, large, _, _) in CASES.items():
            at = f"position: absolute; left: {110 * (number % 4)}pt; top: {120 * (number // 4)}pt"
            held = slot(f"{way}, {case}, inner", inner, small, "港" * count)
            body += slot(f"{way}, {case}, outer", outer, large, held, at)
            number += 1
    at = "position: absolute; left: 0; top: 610pt"
    for name, count in (("three", 4), ("three over", 5)):
        deepest = slot(f"{name}, deepest", DOWN, (20, 48), "港" * count)
        middle = slot(f"{name}, middle", ACROSS, (60, 60), deepest)
        body += slot(f"{name}, outer", DOWN, (80, 80), middle, at.replace("left: 0", f"left: {len(name) * 20 - 90}pt"))
    folder = ROOT / "layouts" / "policy-leaflet"
    html = (
        f'<!doctype html><html lang="ja"><head><title>見本</title><style>{CSS}</style></head><body>{body}</body></html>'
    )
    galley = Galley("screen", html, folder, (folder,), read_press("offset-coated", ROOT / "press", ROOT))
    return compose(galley, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), ROOT, home / "cache")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES)
def test_what_is_over_is_counted_in_the_slot_that_it_leaves(composed: Document, way: str, case: str) -> None:
    count, _, _, inner, outer = CASES[case]
    told = composed.over
    assert told.get(f"{way}, {case}, inner", 0) == inner
    assert told.get(f"{way}, {case}, outer", 0) == outer.get(way, 0)
    (use,) = [each.slot for each in composed.placed if each.slot and each.slot.name == f"{way}, {case}, inner"]
    assert (use.lines_used, use.lines) == (-(-count // 5), 3)
    assert use.left == (15 - count if count <= 15 else -inner)


def test_a_slot_in_a_slot_in_a_slot(composed: Document) -> None:
    assert [composed.over.get(f"{name}, deepest", 0) for name in ("three", "three over")] == [0, 2]
