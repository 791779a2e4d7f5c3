"""Pictures of the pages, for looking at."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from koho_pdf.composition.fonts.faces import Face

PPI = 100
_PALE = 70  # of 255
_EFFORT = 3  # deflate level: for flat colours as small as level 9, in half the time


def page_pictures(screen: bytes) -> tuple[bytes, ...]:
    """Every page of the screen PDF as PNG bytes at ``PPI`` pixels an inch (A4: 827 x 1169)."""
    import pypdfium2

    pictures: list[bytes] = []
    with pypdfium2.PdfDocument(screen) as pdf:
        for page in pdf:
            target = BytesIO()
            page.render(scale=PPI / 72).to_pil().save(target, "PNG", compress_level=_EFFORT)
            pictures.append(target.getvalue())
    return tuple(pictures)


def stamped(picture: bytes, words: str, faces: Sequence[Face]) -> bytes:
    """A picture (PNG) of a page with words across it, pale, from the lower left to the upper right: nobody takes it for
    the finished page. ``faces`` are those that the words may be drawn in."""
    from PIL import Image, ImageDraw, ImageFont

    with Image.open(BytesIO(picture)) as opened:
        page = opened.convert("RGB")
    face = next(each for each in faces if all(ord(letter) in each.characters for letter in words))
    font = ImageFont.truetype(str(face.path), page.width // (len(words) + 2))
    mark = Image.new("L", page.size)
    ImageDraw.Draw(mark).text((page.width / 2, page.height / 2), words, fill=_PALE, font=font, anchor="mm")
    page.paste((190, 30, 45), mask=mark.rotate(35))
    target = BytesIO()
    page.save(target, "PNG", compress_level=_EFFORT)
    return target.getvalue()
