"""Limits the work that a PDF may ask for: counts are the same on every machine, the system guards the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf

from koho_pdf.platform.processes import limit
from koho_pdf.preflight.pdf.gathered import Gathered
from koho_pdf.preflight.pdf.jpeg_pixels import looked_at
from koho_pdf.preflight.pdf.pdf_fonts import Face, face_of
from koho_pdf.preflight.pdf.pdf_names import told
from koho_pdf.preflight.pdf.plain import PATH, Instruction, plain

SECONDS, SECONDS_A_PAGE = 4, 0.06
MOST_SECONDS = 60
MEMORY = 240 * 1024 * 1024
PAGES = 1_000
OPERATORS = 400_000
CONTENT = 4 * 1024 * 1024
PIXELS = 10_000_000
_KEPT = 2_000
_STREAM = 20  # the cost of going into a stream, in operators


SLIPS = (
    *(pikepdf.PdfError, pikepdf.ForeignObjectError, ArithmeticError, AttributeError, LookupError),
    *(OSError, RuntimeError, TypeError, ValueError),
)
"""The exceptions that reading a bad PDF may raise; RecursionError is included on purpose."""


class TooHeavy(Exception):
    """The PDF asks for more work than preflight allows; the message is the reason, in one word."""


def guard(size: int) -> None:
    """Limit this process to ``SECONDS`` of computing and ``MEMORY`` beside the ``size`` bytes of the file."""
    limit(SECONDS, MEMORY + 2 * size, MOST_SECONDS)


def allow(pages: int) -> None:
    """Give this process the time that this many pages need on a slow machine; their content is counted (``Fuel``)."""
    seconds = min(MOST_SECONDS, SECONDS + int(pages * SECONDS_A_PAGE))
    limit(seconds, most_seconds=MOST_SECONDS)


class Fuel:
    """Shared by the pages that one process reads: the operators left, and fonts and small forms already read."""

    def __init__(self) -> None:
        self.left = OPERATORS
        self.pixels = PIXELS
        self._faces: dict[tuple[int, int], Face] = {}
        self._read: dict[tuple[int, int], tuple[list[Instruction], int]] = {}
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
        """The result of ``jpeg_pixels.looked_at``, once for each picture, until ``PIXELS`` are used up."""
        key = image.objgen
        if key not in self._pictures:
            self.pixels -= pixels[0] * pixels[1]
            self._pictures[key] = looked_at(image.read_raw_bytes(), pixels) if self.pixels > 0 else (0.0, 0)
        return self._pictures[key]

    def instructions(self, content: pikepdf.Page | pikepdf.Object, found: Gathered) -> Iterable[Instruction]:
        """The instructions of a page or a stream, counted. Raises TooHeavy when they are too many."""
        key: tuple[int, int] = (content.obj if isinstance(content, pikepdf.Page) else content).objgen
        read = self._read.get(key)
        if read is None:
            read = self._parsed(content, found)
            if read[1] <= _KEPT:
                self._read[key] = read
        instructions, count = read
        self.left -= count + _STREAM
        if self.left < 0:
            raise TooHeavy("operators")
        return instructions

    def _parsed(self, content: pikepdf.Page | pikepdf.Object, found: Gathered) -> tuple[list[Instruction], int]:
        """The instructions, and their number: a path counts as several."""
        given = content.obj.Contents if isinstance(content, pikepdf.Page) else content
        parts = list(given)[:1000] if isinstance(given, pikepdf.Array) else [given]
        try:
            read = [part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream)]
            if sum(map(len, read)) > CONTENT:
                raise TooHeavy("content")
            found_plain = plain(b"\n".join(read)) if len(read) == len(parts) else None
            if found_plain is not None:
                return found_plain, sum(given[2] if name == PATH else 1 for name, given in found_plain)
            parsed = [_instruction(each) for each in pikepdf.parse_content_stream(content)]
            return parsed, len(parsed)
        except SLIPS:
            found.fault("…")
            each_part = [self._parsed(part, found) for part in parts] if len(parts) > 1 else []
            return [each for part, _ in each_part for each in part], sum(count for _, count in each_part)


def _instruction(parsed: Any) -> Instruction:
    if isinstance(parsed, pikepdf.ContentStreamInlineImage):
        return "BI", parsed
    try:
        return str(parsed.operator), parsed.operands
    except SLIPS:  # a name that is not text
        return told(parsed.operator), parsed.operands
