#!/usr/bin/env python3
"""Make the pictures of docs/newsletter.md, after `koho build 2027-04-koho`: `tools/newsletter_pictures.py`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[1]
MADE = ROOT / "out" / "2027-04-koho"
PICTURES = ROOT / "docs" / "pictures" / "newsletter"
_GAP = 12


def printed(number: int) -> Image.Image:
    """A page of the print PDF, cut to its trim: in the inks that it is printed in."""
    page = pypdfium2.PdfDocument(MADE / "print.pdf")[number - 1]
    page.set_cropbox(*page.get_trimbox())
    return page.render(scale=2).to_pil().convert("RGB")


def sheet(pages: list[Image.Image], across: int, width: int) -> Image.Image:
    """Pages side by side, ``across`` in a row, each ``width`` pixels wide."""
    high = round(width * pages[0].height / pages[0].width)
    rows = -(-len(pages) // across)
    made = Image.new("RGB", (across * (width + _GAP) + _GAP, rows * (high + _GAP) + _GAP), "#d8d8d8")
    for at, page in enumerate(pages):
        place = (_GAP + at % across * (width + _GAP), _GAP + at // across * (high + _GAP))
        made.paste(page.resize((width, high), Image.Resampling.LANCZOS), place)
    return made.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=2)


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    sheet([printed(number) for number in range(1, 13)], 6, 200).save(PICTURES / "pages.png", optimize=True)
    sheet([printed(7), printed(8)], 2, 480).save(PICTURES / "two-colours.png", optimize=True)
