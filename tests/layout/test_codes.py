"""二次元コード: a reader reads the address from the drawing."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from koho_pdf.layout.codes import code_svg, outline

ADDRESSES = (
    "https://www.city.example.jp/",
    "https://www.city.example.jp/koho/2027/03/articles/shakai-fukushi.html?from=paper#top",
    "https://example.jp/%E5%BA%83%E5%A0%B1",
    "https://example.jp/" + "a" * 600,
)


def drawn(path: str, size: int, scale: int = 1) -> Image.Image:
    """The path on white, loop by loop: an inner loop turns the colour back."""
    picture = Image.new("1", (size * scale, size * scale), 0)
    for loop in path.removesuffix("z").split("z"):
        x, y = map(int, re.match(r"M(\d+) (\d+)", loop).groups())  # type: ignore[union-attr]
        points = [(x, y)]
        for way, length in re.findall(r"([hv])(-?\d+)", loop):
            x, y = (x + int(length), y) if way == "h" else (x, y + int(length))
            points.append((x, y))
        assert points[0] == points[-1]
        layer = np.zeros((size, size), bool)
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            if x1 == x2:  # each upright edge turns all that is right of it
                layer[min(y1, y2) : max(y1, y2), x1:] ^= True
        whole = np.kron(layer, np.ones((scale, scale), bool))
        picture = Image.fromarray(np.array(picture) ^ whole)
    return picture


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda each: each[:40])
def test_a_reader_reads_the_address(address: str) -> None:
    svg = str(code_svg(address, "device-cmyk(0 0 0 1)", "device-cmyk(0 0 0 0)"))
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
    picture = drawn(re.search(r' d="([^"]+)"', svg)[1], size, 4)  # type: ignore[index]
    dark = np.array(picture)
    assert not dark[:16].any()
    assert not dark[:, :16].any(), "four modules around it are empty"
    grey = Image.fromarray(np.where(dark, 0, 255).astype("uint8"))
    (found,) = zxingcpp.read_barcodes(grey)
    assert found.text == address
    assert 'fill="device-cmyk(0 0 0 1)"' in svg
    assert code_svg(address, "#000", "#fff") == code_svg(address, "#000", "#fff")


def test_words_that_are_no_markup() -> None:
    svg = str(code_svg('https://example.jp/?a=1&b="<x>', "#000", "#fff"))
    assert "<x>" not in svg
    assert "&amp;b=" in svg


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=6, max_size=6))
def test_the_outline_holds_every_module_and_no_other(rows: list[list[bool]]) -> None:
    path = outline(rows)
    picture = np.array(drawn(path, 14)) if path else np.zeros((14, 14), bool)
    assert picture[4:10, 4:10].tolist() == rows
    assert picture.sum() == sum(map(sum, rows))


def test_segno_is_what_we_drew() -> None:
    rows = [[bool(each) for each in row] for row in segno.make("留萌", micro=False).matrix]
    assert np.array(drawn(outline(rows), len(rows) + 8))[4:-4, 4:-4].tolist() == rows
