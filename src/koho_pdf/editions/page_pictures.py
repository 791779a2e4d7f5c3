"""Pictures of the pages, for looking at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.composition.fonts.faces import Face

if TYPE_CHECKING:
    from PIL.Image import Image

PPI = 100
_PALE = 70  # of 255
_EFFORT = 3  # deflate level: for flat colours as small as level 9, in half the time


def page_pictures(screen: bytes) -> tuple[bytes, ...]:
    """Every page of the screen PDF as PNG bytes at ``PPI`` pixels an inch (A4: 827 x 1169)."""
    return tuple(map(encoded, rendered(screen)))


def rendered(pdf: bytes) -> Iterator[Image]:
    """Every page of a PDF at ``PPI`` pixels an inch."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=PPI / 72).to_pil()


def encoded(picture: Image) -> bytes:
    """A picture as PNG bytes."""
    target = BytesIO()
    picture.save(target, "PNG", compress_level=_EFFORT)
    return target.getvalue()


def stamped(picture: bytes, words: str, faces: Sequence[Face]) -> bytes:
    """A picture (PNG) of a page with words across it, pale: nobody takes it for the finished page. ``faces`` are those
    that the words may be drawn in."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        return encoded(marked(opened, words, faces))


def marked(picture: Image, words: str, faces: Sequence[Face]) -> Image:
    """The picture with words across it, from the lower left to the upper right."""
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
