"""Finds files that are drawings (SVG, PDF), and reads the drawing in one, once in a process."""

from __future__ import annotations

import re
from hashlib import sha256

from koho_pdf.media.line_art import Drawing, Undrawable
from koho_pdf.media.pdf_drawing import pdf_drawing
from koho_pdf.media.pdf_page import is_pdf, without_notes
from koho_pdf.media.svg_drawing import svg_drawing

SUFFIXES = (".svg", ".pdf")

_SVG = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE svg|!--|svg|[a-z]+:svg)", re.IGNORECASE)
_WIDE_SVG = re.compile(rb"\xff\xfe<\x00|\xfe\xff\x00<|<\x00\?\x00|\x00<\x00\?")
_MOST_KNOWN = 50
_known: dict[bytes, Drawing | Undrawable] = {}


def is_drawing(name: str) -> bool:
    """Whether a file is a drawing, by its name."""
    return name.lower().endswith(SUFFIXES)


def begins_as_drawing(content: bytes) -> bool:
    """Whether a file begins like a drawing, whatever its name."""
    return is_pdf(content) or bool(_SVG.match(content) or _WIDE_SVG.match(content))


def drawing_of(content: bytes) -> Drawing:
    """The drawing in a file. Raises ``Undrawable``."""
    key = sha256(content).digest()
    if key not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        try:
            _known[key] = pdf_drawing(content) if is_pdf(content) else svg_drawing(content)
        except Undrawable as fault:
            _known[key] = fault
    known = _known[key]
    if isinstance(known, Undrawable):
        raise Undrawable(known.why, known.what)
    return known


def bare(content: bytes) -> bytes:
    """The file of a drawing in its own format, with only its drawn content. Raises ``Undrawable``."""
    return without_notes(content) if is_pdf(content) else drawing_of(content).written()
