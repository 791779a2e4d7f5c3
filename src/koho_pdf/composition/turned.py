"""Vertical text by a turned face.

The engine sets horizontal lines only. So for the characters of a vertical line a face is made whose glyphs lie on
their side: each upright character's vertical form (OpenType ``vert``) turned 90 degrees counter-clockwise about the
middle of its em box. A line set in that face and turned 90 degrees clockwise as a whole stands upright, and because
the face keeps its ``cmap``, copied and spoken text is the plain text, in order, one line a line.

The faces are made from OFL fonts without reserved names and live only in the document that embeds them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.composition.fonts import Face

if TYPE_CHECKING:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

SUFFIX = " Turned"
_VERSION = "3"  # of the drawing below: part of the cache key


def turned_face(face: Face, characters: Iterable[str], cache: Path) -> Path:
    """A TrueType file with the given characters of ``face`` turned; made once for each set of characters.

    Characters that ``face`` lacks are left out: composition reports them as it does for horizontal text. Two builds
    at once make the same bytes and the later rename wins, so neither ever reads half a file.
    """
    # The engine measures a line's height by a space.
    wanted = "".join(sorted({character for character in (" ", *characters) if ord(character) in face.characters}))
    key = hashlib.sha256("\0".join([_VERSION, face.sha256, wanted]).encode()).hexdigest()[:24]
    path = cache / "turned" / f"{key}.ttf"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        _build(face, wanted, unfinished)
        unfinished.replace(path)
    return path


def _build(face: Face, characters: str, target: Path) -> None:
    import uharfbuzz
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    source = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)))
    font = uharfbuzz.Font(source)
    upem = source.upem
    # The em box (OpenType ideo/idtp): BIZ UD and Shippori put its foot at -0.12 em, as JIS faces do.
    foot = round(-0.12 * upem)
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    advances = {".notdef": upem}
    cmap: dict[int, str] = {}
    for character in characters:
        name = f"u{ord(character):04X}"
        buffer = uharfbuzz.Buffer()
        buffer.add_str(character)
        buffer.guess_segment_properties()
        buffer.direction = "ttb"
        uharfbuzz.shape(font, buffer, {"vert": True})
        glyph, advance = buffer.glyph_infos[0].codepoint, -buffer.glyph_positions[0].y_advance
        width = font.get_glyph_h_advance(glyph)
        pen = TTGlyphPen(None)
        # (x, y) -> (-y, x), then back onto the em box: the top of the character meets the line first. A glyph
        # narrower than its em (Latin, digits) is centred on the line (JLREQ 2.3.2).
        middle = (upem - width) / 2
        turn = (0, 1, -1, 0, upem + foot, foot + middle)
        font.draw_glyph_with_pen(glyph, TransformPen(pen, turn))
        glyphs[name] = pen.glyph()
        advances[name] = advance
        cmap[ord(character)] = name
    builder = FontBuilder(upem, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (advance, _left(glyphs[name])) for name, advance in advances.items()})
    # Ascent and descent are the em box itself, so that a line's middle is the characters' middle.
    builder.setupHorizontalHeader(ascent=upem + foot, descent=foot)
    style = "Regular" if face.weight == 400 else "Bold"
    builder.setupNameTable({"familyName": face.family + SUFFIX, "styleName": style})
    builder.setupOS2(
        sTypoAscender=upem + foot,
        sTypoDescender=foot,
        usWinAscent=upem + foot,
        usWinDescent=-foot,
        usWeightClass=face.weight,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0  # the clock has no part in a file
    builder.font.recalcTimestamp = False
    builder.save(target)


def _left(glyph: Glyph) -> int:
    """Left side bearing; an empty glyph (a space) has none."""
    return glyph.xMin if glyph.numberOfContours else 0
