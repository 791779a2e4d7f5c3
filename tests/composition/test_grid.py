"""Blocks with ``block-step-size`` take whole lines, and what follows them stands on the line grid (JLREQ 4.1.5)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.composition.engine import pages
from koho_pdf.composition.engine.grid import steps
from koho_pdf.composition.fonts.faces import font_configuration, read_faces
from koho_pdf.geometry import mm_from_px

ROOT = Path(__file__).parents[2]
STEP = 7.0
CSS = """
@page { size: 210mm 297mm; margin: 0 } body { margin: 0 } h2, p, div { margin: 0; font-weight: 400 }
html { font-family: "BIZ UDGothic"; font-size: 4.25mm; line-height: 7mm }
h2 { font-size: 6mm; line-height: 8.5mm; block-step-size: 7mm }
"""


def lines(html: str, tmp_path: Path) -> list[tuple[str, float]]:
    """(text, baseline in mm from the page's top) of every line."""
    weasyprint = pages._engine(font_configuration(read_faces(ROOT / "fonts", ROOT), tmp_path))
    document = weasyprint.HTML(string=f"<style>{CSS}</style>{html}").render()
    found: list[tuple[str, float]] = []

    def read(box: Any) -> None:
        if hasattr(box, "pango_layout"):
            found.append((box.text, mm_from_px(box.position_y + box.baseline)))
        for child in getattr(box, "children", ()):
            read(child)

    read(document.pages[0]._page_box)
    return found


@pytest.mark.parametrize("heading", ["見出し", "見出し<br>二行"])
def test_text_after_a_heading_is_on_the_grid(heading: str, tmp_path: Path) -> None:
    found = lines(f"<p>前の文</p><h2>{heading}</h2><p>後の文</p>", tmp_path)
    gap = (found[-1][1] - found[0][1]) / STEP
    assert gap == pytest.approx(round(gap), abs=0.005)
    assert gap >= 2


def test_a_heading_stands_in_the_middle_of_its_lines(tmp_path: Path) -> None:
    found = lines("<p>前の文</p><h2>見出し</h2><p>後の文</p>", tmp_path)
    # Two lines of 7 mm for one of 8.5 mm: (14 - 8.5) / 2 above it, then its own half-leading and ascent.
    assert found[1][1] == pytest.approx(7 + 2.75 + (8.5 - 6) / 2 + 0.88 * 6, abs=0.05)


@given(st.floats(0.1, 500), st.floats(0.5, 50))
def test_steps_are_whole_the_fewest_and_enough(height: float, step: float) -> None:
    total = steps(height, step)
    assert total / step == pytest.approx(round(total / step))
    assert total >= height - 0.002 * step
    assert total < height + step
