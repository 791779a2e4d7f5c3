"""Contrast is measured on finished pages: what really lies under each text, on a screen and in grey."""

from __future__ import annotations

from pathlib import Path

import pytest

from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.editions.contrast import Pair, contrast, pairs
from koho_pdf.finishing.finish import finish_screen
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

ROOT = Path(__file__).parents[2]
CSS = """
@page { size: 200mm 200mm; margin: 0 }
html { font-family: "BIZ UDGothic"; font-size: 12pt; line-height: 1.5; color: #000 }
body { margin: 0 }
p { position: absolute; left: 20mm; margin: 0; width: 60mm; height: 10mm }
"""
CASES = {
    "黒と白": "",
    "灰と白": "color: #777",
    "大きな灰": "color: #777; font-size: 18pt",
    "太い灰": "color: #777; font-size: 14pt; font-weight: 700",
    "白と黄": "color: #fff; background: #ffe060",
    "半分透けた黒": "opacity: .4",
    "青と墨": "color: #00f; background: #1d1d1d",
    "白から黒への帯": "color: #fff; background: linear-gradient(90deg, #000 0, #000 15mm, #ddd 25mm)",
    "縦の灰": "color: #777; writing-mode: vertical-rl; height: 30mm; left: 120mm",
}


@pytest.fixture(scope="module")
def measured(home: Path) -> dict[str, Pair]:
    body = "".join(
        f'<p style="top: {15 + 16 * number}mm; {style}">{words}</p>'
        for number, (words, style) in enumerate(CASES.items())
    )
    body += (
        '<p style="top: 170mm; color: #fff; background: #000">日<span style="display: inline-block; margin-left: 1mm; '
        'width: 9mm; text-align: center; background: #ffe060; color: #000">字</span>から</p>'
    )
    html = (
        f'<!doctype html><html lang="ja"><head><title>見本</title><style>{CSS}</style></head><body>{body}</body></html>'
    )
    folder = ROOT / "layouts" / "specimen"
    galley = Galley("screen", html, folder, (folder,), read_press("offset-coated", ROOT / "press", ROOT))
    document = compose(galley, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), ROOT, home / "cache")
    return {each.words: each for each in pairs(finish_screen(document.write()))}


def test_the_yardstick_is_true() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)  # WebAIM's checker


@pytest.mark.parametrize(
    ("words", "ratio", "least"),
    [
        ("黒と白", 21, 4.5),
        ("灰と白", 4.48, 4.5),
        ("大きな灰", 4.48, 3),
        ("太い灰", 4.48, 3),
        ("白と黄", 1.32, 4.5),
        ("縦の灰", 4.48, 4.5),
    ],
)
def test_text_on_a_flat_colour(measured: dict[str, Pair], words: str, ratio: float, least: float) -> None:
    assert measured[words].ratio == pytest.approx(ratio, abs=0.03)
    assert measured[words].least == least


def test_what_fills_a_gap_after_a_text_is_no_part_of_it(measured: dict[str, Pair]) -> None:
    """White on black, and beside it a yellow box: the blank between the texts covers that box."""
    assert measured["日"].ratio == pytest.approx(21, abs=0.6)


def test_a_text_is_as_faint_as_it_is_anywhere(measured: dict[str, Pair]) -> None:
    assert measured["白から黒への帯"].ratio < 3


def test_blue_on_charcoal_is_lost_in_grey(measured: dict[str, Pair]) -> None:
    found = measured["青と墨"]
    assert found.grey
    assert found.ratio < 1.05 < 1.9 < contrast(found.text, found.ground)
