"""The leaflet's look: its vertical words stand where they stood, its art and colours reach the edge of the bleed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from tests.composition.test_vertical import lines_of, read_glyphs, said

MM = 72 / 25.4
SCALE = 2  # pixels a point when a page is looked at


@cache
def looked_at(path: Path, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[page].render(scale=SCALE).to_pil().convert("RGB")  # type: ignore[no-any-return]


def bleed_pixels(path: Path, page: int, box: tuple[float, float, float, float]) -> list[tuple[int, int, int]]:
    """The pixels of a rectangle (left, top, right, bottom in mm from the trim's top left) of a rendered page."""
    edges = [round((edge + 3) * MM * SCALE) for edge in box]
    part = looked_at(path, page).crop((edges[0], edges[1], edges[2], edges[3]))
    assert part.width > 1
    assert part.height > 1
    return list(zip(*[iter(part.tobytes())] * 3, strict=True))


HEAD, FOOT = (0, -2.8, 210, -0.2), (0, 297.2, 210, 299.8)
LEFT, RIGHT = (-2.8, 0, -0.2, 297), (210.2, 0, 212.8, 297)


@pytest.mark.parametrize("page", [0, 3], ids=["p1", "p4"])
@pytest.mark.parametrize("edge", [HEAD, FOOT, LEFT, RIGHT], ids=["head", "foot", "left", "right"])
def test_the_cover_art_bleeds_on_every_side(leaflet: Path, page: int, edge: tuple[float, float, float, float]) -> None:
    assert max(min(pixel) for pixel in bleed_pixels(leaflet / "print.pdf", page, edge)) < 235


@pytest.mark.parametrize("page", [1, 2], ids=["p2", "p3"])
def test_the_landscape_of_the_spread_bleeds_at_the_foot_and_both_sides(leaflet: Path, page: int) -> None:
    for edge in (FOOT, (-2.8, 290, -0.2, 297), (210.2, 290, 212.8, 297)):
        assert max(min(pixel) for pixel in bleed_pixels(leaflet / "print.pdf", page, edge)) < 200


@pytest.mark.parametrize(
    ("page", "edge"),
    [
        (1, (13, -2.8, 102, -0.2)),  # the tabs of all four pillars, at the head
        (1, (106, -2.8, 195, -0.2)),
        (2, (15, -2.8, 104, -0.2)),
        (2, (108, -2.8, 197, -0.2)),
        (1, (-2.8, 64.2, -0.2, 81.3)),  # the bands of the outer two, at the fore-edge
        (2, (210.2, 64.2, 212.8, 81.3)),
    ],
)
def test_tabs_and_bands_bleed(leaflet: Path, page: int, edge: tuple[float, float, float, float]) -> None:
    assert max(sum(pixel) for pixel in bleed_pixels(leaflet / "print.pdf", page, edge)) < 400


def test_a_band_meets_its_trim_without_a_seam(leaflet: Path) -> None:
    across = (-2.8, 70, 8, 74)
    assert len(set(bleed_pixels(leaflet / "print.pdf", 1, across))) == 1


def test_vertical_words_stand_where_they_stood(leaflet: Path) -> None:
    """The catchphrase in two lines of 74Q, 104H apart, the second 2 em lower; mm from the trim's top left."""
    upright = [glyph for glyph in read_glyphs(leaflet / "print.pdf") if glyph.down]
    first, second, theme = lines_of(upright)
    assert [said(line) for line in (first, second, theme)] == [
        "留萌ならではを",
        "創りたい",
        "『留萌まるごと体験・体感物語』",
    ]
    em = 74 * 0.25
    assert [glyph.head - 3 for glyph in first] == pytest.approx([15 + em * place for place in range(7)], abs=0.05)
    assert [glyph.head - 3 for glyph in second] == pytest.approx([15 + em * place for place in range(2, 6)], abs=0.05)
    assert (first[0].line - 3, second[0].line - 3) == pytest.approx((200.75 - 13, 200.75 - 39), abs=0.05)
    assert theme[0].line - 3 == pytest.approx(144.5 - 3.5, abs=0.05)
