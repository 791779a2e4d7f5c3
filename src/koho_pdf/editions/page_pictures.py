"""Pictures of the pages, for looking at."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
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


def proof_pictures(pdf: bytes, words: str, faces: Sequence[Face]) -> tuple[bytes, ...]:
    """The same of any PDF, marked with ``words`` as ``stamped`` marks a picture, if there are any."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        drawn = [page.render(scale=PPI / 72, rev_byteorder=True) for page in document]
        return tuple(_encoded(_marked(each.to_pil(), words, faces)) if words else _png(each) for each in drawn)


def _png(drawn: PdfBitmap) -> bytes:
    """A page as PNG (RFC 2083). Rows of flat colours are smallest unfiltered (9.6), and are found in half the time; of
    a page with photographs the libraries' way makes less."""
    pixels, wide = memoryview(drawn.buffer), drawn.width * 3
    if drawn.mode == "RGB":
        rows = b"".join(b"\0" + pixels[at : at + wide] for at in range(0, drawn.height * drawn.stride, drawn.stride))
        packed = zlib.compress(rows, _EFFORT)
        if len(packed) * _PLAIN < len(rows):
            head = struct.pack(">IIBBBBB", drawn.width, drawn.height, 8, 2, 0, 0, 0)
            return png.START + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
    return _encoded(drawn.to_pil())


def _encoded(picture: Image) -> bytes:
    target = BytesIO()
    picture.save(target, "PNG", compress_level=_EFFORT)
    return target.getvalue()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def stamped(picture: bytes, words: str, faces: Sequence[Face]) -> bytes:
    """A picture (PNG) of a page with words across it, pale, from the lower left to the upper right: nobody takes it for
    the finished page. ``faces`` are those that the words may be drawn in."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        return _encoded(_marked(opened, words, faces))


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
