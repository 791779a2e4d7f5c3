"""Seams ``Font.__init__`` and ``Font.subset``: fonts in the PDF, cut to their glyphs, with the same bytes everywhere.

WeasyPrint subsets with the machine's HarfBuzz and names the subset after how the machine's Pango describes the font;
both differ between Debian 12 and 13. In their place: the HarfBuzz inside uharfbuzz, which the lock file pins, and a
name from the face alone.
"""

from __future__ import annotations

import hashlib
from typing import Any

_DROPPED_TABLES = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ")


def install() -> None:
    """Put the seams in."""
    from weasyprint.pdf.fonts import Font

    Font.__init__ = _named_by_face(Font.__init__)
    Font.subset = _subset


def _named_by_face(make: Any) -> Any:
    """``weasyprint.pdf.fonts.Font.__init__``, with a subset tag (ISO 32000-1, 9.6.4) made from the face's name."""

    def made(font: Any, *arguments: Any) -> None:
        make(font, *arguments)
        name = font.name.split(b"+", 1)[1]
        font.hash = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(name).digest()[:6])
        font.name = b"/" + font.hash.encode() + b"+" + name

    return made


def _subset(font: Any, to_unicode: Any, hinting: bool) -> None:
    """``weasyprint.pdf.fonts.Font.subset``, by uharfbuzz: glyphs in use keep their numbers, none after the last."""
    import uharfbuzz

    if not to_unicode:
        return
    flags = uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    if font.missing:
        flags |= uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    used = uharfbuzz.SubsetInput()
    used.glyph_set.update(to_unicode)
    used.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _DROPPED_TABLES)
    used.flags = flags | uharfbuzz.SubsetFlags.RETAIN_GIDS
    face = uharfbuzz.subset(uharfbuzz.Face(font.file_content, font.index), used)
    short = uharfbuzz.SubsetInput()
    short.glyph_set.update(range(max(to_unicode) + 1))
    short.flags = flags if hinting else flags | uharfbuzz.SubsetFlags.NO_HINTING
    font.file_content = uharfbuzz.subset(face, short).blob.data
