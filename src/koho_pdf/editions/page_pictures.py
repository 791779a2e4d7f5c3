"""Pictures of the pages, for looking at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.media import png

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfBitmap

PPI = 100
_PALE = 70  # of 255
_EFFORT = 3  # deflate level: for flat colours as small as level 9, in half the time
_PLAIN = 8  # times: what is flat becomes this much smaller as it is


def page_pictures(screen: bytes) -> tuple[bytes, ...]:
    """Every page of the screen PDF as PNG bytes at ``PPI`` pixels an inch (A4: 827 x 1169)."""
    return proof_pictures(screen, "", ())


def proof_pictures(
    pdf: bytes, words: str, faces: Sequence[Face], packing: Callable[[int], png.Packing] = lambda number: png.Packing()
) -> tuple[bytes, ...]:
    """The same of any PDF, marked with ``words`` as ``stamped`` marks a picture, if there are any. ``packing`` packs
    the pages by their numbers from 0."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        # One after the other: a page's pixels are 3 MB, and a newsletter has up to 24 pages.
        drawn = (page.render(scale=PPI / 72, rev_byteorder=True) for page in document)
        return tuple(
            _encoded(_marked(each.to_pil(), words, faces), packing(number)) if words else _png(each, packing(number))
            for number, each in enumerate(drawn)
        )


def picture_at(pdf: bytes, number: int, ppi: int) -> bytes:
    """One page of a PDF (counted from 1) as PNG bytes at ``ppi`` pixels an inch."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return _png(document[number - 1].render(scale=ppi / 72, rev_byteorder=True), png.Packing())


def _png(drawn: PdfBitmap, packing: png.Packing) -> bytes:
    if drawn.mode != "RGB" or drawn.stride != drawn.width * 3:
        return _encoded(drawn.to_pil(), packing)
    return _packed(bytes(drawn.buffer), (drawn.width, drawn.height), packing)


def _encoded(picture: Image, packing: png.Packing) -> bytes:
    return _packed(picture.convert("RGB").tobytes(), picture.size, packing)


def _packed(pixels: bytes, size: tuple[int, int], packing: png.Packing) -> bytes:
    """A page as PNG. Flat colours are smallest as they are; of a page with photographs the libraries' way makes
    less."""
    made = packing.png(pixels, size, _EFFORT)
    if len(made) * _PLAIN < len(pixels):
        return made
    from PIL.Image import frombytes

    target = BytesIO()
    frombytes("RGB", size, pixels).save(target, "PNG", compress_level=_EFFORT)
    return target.getvalue()


def stamped(picture: bytes, words: str, faces: Sequence[Face]) -> bytes:
    """A picture (PNG) of a page with words across it, pale, from the lower left to the upper right: nobody takes it for
    the finished page. ``faces`` are those that the words may be drawn in."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        return _encoded(_marked(opened, words, faces), png.Packing())


def _marked(picture: Image, words: str, faces: Sequence[Face]) -> Image:
    face = next(each for each in faces if all(ord(letter) in each.characters for letter in words))
    page = picture.convert("RGB")
    page.paste((190, 30, 45), mask=_mark(page.size, words, face.path))
    return page


@lru_cache(maxsize=8)
def _mark(size: tuple[int, int], words: str, face: Path) -> Image:
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(face), size[0] // (len(words) + 2))
    mark = Image.new("L", size)
    ImageDraw.Draw(mark).text((size[0] / 2, size[1] / 2), words, fill=_PALE, font=font, anchor="mm")
    return mark.rotate(35)
