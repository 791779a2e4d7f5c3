"""Seams ``Font.__init__`` and ``Font.subset``: fonts in the PDF, cut to their used glyphs, with the same bytes
everywhere.

WeasyPrint subsets with the machine's HarfBuzz and names the subset as the machine's Pango describes the font; both
differ between Debian 12 and 13. Here the HarfBuzz inside uharfbuzz is used, which the lock file pins, and a name made
from the face alone.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

_DROPPED_TABLES = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ")

_DIRECTORY = 1024
"""Bytes at the head of a file: its directory has the sums of all tables (OpenType, otff)."""
_LAST = 0xFFFF  # the highest number of a glyph (ISO 32000-1, 9.7.4.2)


def named_by_face(make: Any) -> Any:
    """``weasyprint.pdf.fonts.Font.__init__``, with a subset tag (ISO 32000-1, 9.6.4) made from the face's name."""

    def made(font: Any, *arguments: Any) -> None:
        make(font, *arguments)
        name = font.name.split(b"+", 1)[1]
        font.hash = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(name).digest()[:6])
        font.name = b"/" + font.hash.encode() + b"+" + name
        if not font.bitmap:  # the whole file, 5 to 15 MB, is needed again when all pages are drawn
            font.file_content = font.file_content[:_DIRECTORY]

    return made


def _whole(font: Any) -> bytes:
    """The file of a font."""
    from weasyprint.text.fonts import get_hb_object_data

    content: bytes = get_hb_object_data(font.hb_face)
    return content


def subset(font: Any, to_unicode: Any, hinting: bool) -> None:
    """``weasyprint.pdf.fonts.Font.subset``, by uharfbuzz: glyphs in use keep their numbers, none after the last."""
    if not to_unicode:
        font.file_content = _whole(font)
        return
    kept: dict[bytes, tuple[set[int], bytes]] | None = font.__dict__.get("koho_kept")
    if kept is None or font.missing or font.__dict__.get("koho_doubles"):
        font.file_content = _subset(font, to_unicode, hinting)
        return
    # For a session: the glyphs of all its pages in one subset, made again only for one that it lacks.
    face = font.file_content[:_DIRECTORY]
    glyphs, content = kept.get(face, (set(), b""))
    if not glyphs.issuperset(to_unicode):
        glyphs = glyphs.union(to_unicode)
        kept[face] = glyphs, content = glyphs, _subset(font, dict.fromkeys(glyphs, ""), hinting)
    font.file_content = content


def _subset(font: Any, to_unicode: Any, hinting: bool) -> bytes:
    import uharfbuzz

    flags = uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    if font.missing:
        flags |= uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    used = uharfbuzz.SubsetInput()
    doubles: dict[int, int] = font.__dict__.get("koho_doubles", {})
    shown = (set(to_unicode) - set(doubles)).union(doubles.values())
    used.glyph_set.update(shown)
    used.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _DROPPED_TABLES)
    used.flags = flags | uharfbuzz.SubsetFlags.RETAIN_GIDS
    face = uharfbuzz.subset(uharfbuzz.Face(_whole(font), font.index), used)
    short = uharfbuzz.SubsetInput()
    short.glyph_set.update(range(max(shown) + 1))
    short.flags = flags if hinting else flags | uharfbuzz.SubsetFlags.NO_HINTING
    content: bytes = uharfbuzz.subset(face, short).blob.data
    return _doubled(content, doubles) if doubles else content


class Fonts(dict[Any, Any]):
    """The fonts of a document in a session, which keeps their ``subsets``."""

    def __init__(self, subsets: dict[bytes, tuple[set[int], bytes]]) -> None:
        super().__init__()
        self._subsets = subsets

    def __setitem__(self, key: Any, font: Any) -> None:
        font.koho_kept = self._subsets
        super().__setitem__(key, font)


def is_looked_at(stream: Any) -> bool:
    """Whether a session draws a page that is looked at only: nobody reads its words."""
    return isinstance(stream._fonts, Fonts)


def number_for(stream: Any, font: Any, glyph: int, word: str) -> int:
    """The number for a glyph with the text ``word``: its own, or that of a copy. A font gives one text for each glyph
    number (ISO 32000-1, 9.10.3: ToUnicode). If two texts share a glyph (邊 and 邊 with a selector for the same form; a
    space and a blank without text), the second text gets a copy of the glyph.
    """
    if "koho_first" not in font.__dict__:  # for the engine, one file in several sizes is several fonts
        font.koho_first = next(each for each in stream._fonts.values() if each.hash == font.hash)
        font.to_unicode = font.koho_first.to_unicode
    said: dict[int, str] = font.to_unicode
    if said.setdefault(glyph, word) == word:
        return glyph
    first = font.koho_first
    numbers: dict[tuple[int, str], int] = first.__dict__.setdefault("koho_numbers", {})
    if (glyph, word) not in numbers:
        number = first.glyph_count + len(numbers)
        if number > _LAST:
            return glyph
        numbers[glyph, word] = number
        first.__dict__.setdefault("koho_doubles", {})[number] = glyph
        said[number] = word
    return numbers[glyph, word]


def _doubled(content: bytes, doubles: dict[int, int]) -> bytes:
    """A TrueType file with copies of glyphs under new numbers."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    face = TTFont(BytesIO(content), recalcTimestamp=False)
    order = list(face.getGlyphOrder())
    order += [f"double{number}" for number in range(len(order), max(doubles) + 1)]
    face.setGlyphOrder(order)
    outlines, widths = face["glyf"], face["hmtx"].metrics
    outlines.glyphOrder = order
    for number, name in enumerate(order):
        if name not in outlines.glyphs:
            source = order[doubles[number]] if number in doubles else None
            outlines.glyphs[name] = outlines.glyphs[source] if source else Glyph()
            widths[name] = widths[source] if source else (0, 0)
    made = BytesIO()
    face.save(made, reorderTables=False)
    return made.getvalue()
