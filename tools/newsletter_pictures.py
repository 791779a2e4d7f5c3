#!/usr/bin/env python3
"""Make the pictures of docs/newsletter.md, after `koho build 2027-04-koho`: `tools/newsletter_pictures.py`."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "out" / "2027-04-koho" / "pages"
PICTURES = ROOT / "docs" / "pictures" / "newsletter"
_GAP = 12


def sheet(numbers: list[int], across: int, width: int) -> Image.Image:
    """Pages side by side, ``across`` in a row, each ``width`` pixels wide."""
    pages = [Image.open(PAGES / f"p{number}.png").convert("RGB") for number in numbers]
    high = round(width * pages[0].height / pages[0].width)
    rows = -(-len(pages) // across)
    made = Image.new("RGB", (across * (width + _GAP) + _GAP, rows * (high + _GAP) + _GAP), "#d8d8d8")
    for at, page in enumerate(pages):
        place = (_GAP + at % across * (width + _GAP), _GAP + at // across * (high + _GAP))
        made.paste(page.resize((width, high), Image.Resampling.LANCZOS), place)
    return made.quantize(128)


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    sheet([*range(1, 13)], 6, 200).save(PICTURES / "pages.png", optimize=True)
    sheet([6, 7], 2, 480).save(PICTURES / "two-colours.png", optimize=True)
