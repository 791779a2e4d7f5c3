"""Pictures of pages are, pixel for pixel, what PDFium draws, whichever way they are packed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random

import pypdfium2
import pytest
from PIL import Image

from koho_pdf.editions.page_pictures import PPI, page_pictures


def flat(size: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", size, (250, 240, 200))
    picture.paste((20, 40, 90), (10, 20, 61, 33))
    return picture


def noisy(size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, Random(1).randbytes(3 * size[0] * size[1]))


@pytest.mark.parametrize("made", [flat, noisy])
def test_a_picture_is_what_is_drawn(made: Callable[[tuple[int, int]], Image.Image]) -> None:
    target = BytesIO()
    made((127, 93)).save(target, "PDF", resolution=PPI)
    (picture,) = page_pictures(target.getvalue())
    with Image.open(BytesIO(picture)) as opened, pypdfium2.PdfDocument(target.getvalue()) as pdf:
        opened.verify()
        drawn = pdf[0].render(scale=PPI / 72).to_pil()
    with Image.open(BytesIO(picture)) as opened:
        assert (opened.format, opened.mode, opened.size) == ("PNG", "RGB", drawn.size)
        assert opened.tobytes() == drawn.tobytes()
    as_it_is = 3 * drawn.width * drawn.height
    assert len(picture) < (as_it_is / 8 if made is flat else 1.2 * as_it_is)
