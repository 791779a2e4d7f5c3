"""Pictures of pages are, pixel for pixel, what PDFium draws, whichever way they are packed."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random

import pypdfium2
import pytest
from PIL import Image

from koho_pdf.editions.page_pictures import PPI, page_pictures
from koho_pdf.media.png import Packing


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


def test_a_picture_is_packed_as_if_nothing_had_been_packed_before() -> None:
    """Bands of rows that stay are not packed again; others, another size and another page are."""
    packing, first = Packing(), flat((127, 211))
    other = first.copy()
    other.paste((1, 2, 3), (0, 150, 3, 160))
    for picture in (
        first,
        other,
        first,
        flat((127, 150)),
        noisy((80, 211)),
        first.transpose(Image.Transpose.ROTATE_180),
    ):
        pixels, size = picture.tobytes(), picture.size
        made = packing.png(pixels, size, 3)
        assert made == Packing().png(pixels, size, 3)
        with Image.open(BytesIO(made)) as opened:
            opened.verify()
        with Image.open(BytesIO(made)) as opened:
            assert opened.tobytes() == pixels


def test_what_stays_is_not_packed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    packing, picture = Packing(), flat((127, 640))
    packing.png(picture.tobytes(), picture.size, 3)
    picture.paste((1, 2, 3), (0, 130, 3, 140))
    packed = list[int]()
    original = zlib.compressobj

    def noted(effort: int, wbits: int) -> object:
        packed.append(effort)
        return original(effort, wbits=wbits)

    monkeypatch.setattr("koho_pdf.media.png.zlib.compressobj", noted)
    packing.png(picture.tobytes(), picture.size, 3)
    assert len(packed) == 1
