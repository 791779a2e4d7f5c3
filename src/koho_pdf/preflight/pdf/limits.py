"""How much work a PDF may ask for: what is counted is the same on every machine, the rest the system guards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf

from koho_pdf.platform.processes import limit
from koho_pdf.preflight.pdf.gathered import Gathered
from koho_pdf.preflight.pdf.jpeg_pixels import looked_at
from koho_pdf.preflight.pdf.pdf_fonts import Face, face_of

SECONDS, SECONDS_A_PAGE = 4, 0.06
MOST_SECONDS = 60
MEMORY = 240 * 1024 * 1024
PAGES = 1_000
OPERATORS = 400_000
CONTENT = 4 * 1024 * 1024
PIXELS = 10_000_000
_KEPT = 2_000
_STREAM = 20  # what going into a stream costs, in operators


SLIPS = (
    *(pikepdf.PdfError, pikepdf.ForeignObjectError, ArithmeticError, AttributeError, LookupError),
    *(OSError, RuntimeError, TypeError, ValueError),
)
"""What reading a PDF that is not as it should be may raise; RecursionError is among them, and is no slip."""


class TooHeavy(Exception):
    """The PDF asks for more than preflight gives; the message is the reason, in one word."""


def guard(size: int) -> None:
    """Keeps this process within ``SECONDS`` of computing and ``MEMORY`` beside the ``size`` bytes of the file."""
    limit(SECONDS, MEMORY + 2 * size, MOST_SECONDS)


def allow(pages: int) -> None:
    """Gives this process the time that so many pages take on a slow machine; what is on them is counted (``Fuel``)."""
    seconds = min(MOST_SECONDS, SECONDS + int(pages * SECONDS_A_PAGE))
    limit(seconds, most_seconds=MOST_SECONDS)


class Fuel:
    """What the pages read by one process share: the operators left, and fonts and small forms already read."""

    def __init__(self) -> None:
        self.left = OPERATORS
        self.pixels = PIXELS
        self._faces: dict[tuple[int, int], Face] = {}
        self._read: dict[tuple[int, int], list[Any]] = {}
        self._pictures: dict[tuple[int, int], tuple[float, int]] = {}

    def face(self, font: pikepdf.Object) -> Face | None:
        """The font, read once."""
        if not isinstance(font, pikepdf.Dictionary):
            return None
        key = font.objgen
        if key == (0, 0):
            return face_of(font)
        if key not in self._faces:
            self._faces[key] = face_of(font)
        return self._faces[key]

    def looked_at(self, image: pikepdf.Object, pixels: tuple[int, int]) -> tuple[float, int]:
        """What the pixels of a JPEG tell (``pixels.looked_at``), each picture once, and while ``PIXELS`` last."""
        key = image.objgen
        if key not in self._pictures:
            self.pixels -= pixels[0] * pixels[1]
            self._pictures[key] = looked_at(image.read_raw_bytes(), pixels) if self.pixels > 0 else (0.0, 0)
        return self._pictures[key]

    def instructions(self, content: pikepdf.Page | pikepdf.Object, found: Gathered) -> Iterable[Any]:
        """The instructions of a page or a stream, counted. Raises TooHeavy when they are too many."""
        key: tuple[int, int] = (content.obj if isinstance(content, pikepdf.Page) else content).objgen
        read = self._read.get(key)
        if read is None:
            read = self._parsed(content, found)
            if len(read) <= _KEPT:
                self._read[key] = read
        self.left -= len(read) + _STREAM
        if self.left < 0:
            raise TooHeavy("operators")
        return read

    def _parsed(self, content: pikepdf.Page | pikepdf.Object, found: Gathered) -> list[Any]:
        given = content.obj.Contents if isinstance(content, pikepdf.Page) else content
        parts = list(given)[:1000] if isinstance(given, pikepdf.Array) else [given]
        try:
            size = sum(len(part.read_bytes()) for part in parts if isinstance(part, pikepdf.Stream))
            if size > CONTENT:
                raise TooHeavy("content")
            return list(pikepdf.parse_content_stream(content))
        except SLIPS:
            found.fault("…")
            return [each for part in parts for each in self._parsed(part, found)] if len(parts) > 1 else []
