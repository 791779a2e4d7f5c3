"""Vertical text by turned faces.

The engine sets horizontal lines only. So for the characters of vertical text faces are made whose glyphs lie on their
side: each upright character's vertical form (OpenType ``vert``) turned 90 degrees counter-clockwise about the middle
of its em box. A line set in that face and turned 90 degrees clockwise as a whole stands upright, and because the face
keeps its ``cmap``, copied and spoken text is the plain text, in order, one line a line. Words of Latin letters and long
numbers lie on their side in vertical text: they are set in the plain face, only measured as the turned one is.

The faces are made from OFL fonts without reserved names and live only in the document that embeds them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from koho_pdf.composition.classes import Kind, kind_of
from koho_pdf.composition.fonts import Face
from koho_pdf.composition.orientation import SELECTORS, is_upright

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph

TURNED, LYING = " Turned", " Lying"
"""What is put to a family's name for its upright characters, and for its words that lie on their side."""
COMBINE = "TATE"
"""The feature by which a turned face sets the characters of a text in one cell (縦中横); its name is ours."""
_VERSION = "4"  # of the drawing below: part of the cache key
_KEPT = 200  # files in the cache; a leaflet asks for two to four
_FOOT = -0.12  # of the em box in em (OpenType ideo/idtp): BIZ UD and Shippori put it there, as JIS faces do

Drawn = tuple["Glyph", int]
"""An outline and its advance."""


def plain_family(family: str) -> str:
    """The family that a turned or lying face was made from."""
    return family.removesuffix(TURNED).removesuffix(LYING)


def is_turned(box: Any) -> bool:
    """Whether a box of the engine is the inner box of a vertical block (``engine.vertical``)."""
    return getattr(box, "koho_turned", False)


def turned_face(face: Face, characters: Iterable[str], cache: Path, combined: Iterable[str] = ()) -> Path:
    """A TrueType file with the given characters of ``face`` turned; made once for each set of characters.

    A character may have a variation selector or marks after it. Each of ``combined`` is several characters that stand
    side by side in one em where the feature ``COMBINE`` is on. Characters that ``face`` lacks are left out: composition
    reports them as it does for horizontal text. Two builds at once make the same bytes and the later rename wins, so
    neither ever reads half a file.
    """
    cells = _of(face, combined)
    parts = [part for unit in (*characters, *cells) for part in (unit, *(unit if len(unit) > 1 else ()))]
    wanted = _of(face, (" ", *parts))  # the engine measures a line's height by a space
    return _made(face, cache, ("turned", *wanted, "", *cells), lambda path: _turn(face, wanted, cells, path))


def lying_face(face: Face, characters: Iterable[str], cache: Path) -> Path:
    """A font file with the given characters of ``face`` as they are, kerning and all, as tall as a turned face."""
    wanted = _of(face, (" ", *"".join(characters)))
    return _made(face, cache, ("lying", *wanted), lambda path: _lay(face, wanted, path))


def _of(face: Face, units: Iterable[str]) -> list[str]:
    """Those that the face has every character of, in order of their code points."""
    return sorted(
        {
            unit
            for unit in units
            if ord(unit[0]) not in SELECTORS and all(ord(c) in face.characters or ord(c) in SELECTORS for c in unit)
        }
    )


def _made(face: Face, cache: Path, key: Iterable[str], build: Callable[[Path], None]) -> Path:
    """The file for a key, built if it is not there; what nobody has asked for in a long time is thrown away."""
    digest = hashlib.sha256("\0".join([_VERSION, face.sha256, *key]).encode()).hexdigest()[:24]
    path = cache / "turned" / f"{digest}.ttf"
    if path.is_file():
        path.touch()
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    build(unfinished)
    unfinished.replace(path)
    aged = sorted(path.parent.glob("*.ttf"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for old in aged[_KEPT:]:
        old.unlink(missing_ok=True)
    return path


def _turn(face: Face, characters: list[str], combined: list[str], target: Path) -> None:
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pencil = _Pencil(face)
    drawn: dict[str, Drawn] = {".notdef": (TTGlyphPen(None).glyph(), pencil.upem)}
    cmap: dict[int, str] = {}
    selected: list[tuple[int, int, str]] = []
    rules: dict[str, list[str]] = {"ccmp": [], COMBINE: []}
    for unit in characters:
        name = _name(unit)
        drawn[name] = pencil.character(unit)
        if len(unit) == 1:
            cmap[ord(unit)] = name
        elif len(unit) == 2 and ord(unit[1]) in SELECTORS:
            selected.append((ord(unit[0]), ord(unit[1]), name))
        else:
            rules["ccmp"].append(f"sub {' '.join(map(_name, unit))} by {name};")
    for cell in combined:
        drawn[f"{_name(cell)}.cell"] = pencil.cell(cell)
        rules[COMBINE].append(f"sub {' '.join(map(_name, cell))} by {_name(cell)}.cell;")
    builder = FontBuilder(pencil.upem, isTTF=True)
    builder.setupGlyphOrder(list(drawn))
    builder.setupCharacterMap(cmap, uvs=selected)
    builder.setupGlyf({name: glyph for name, (glyph, _) in drawn.items()})
    builder.setupHorizontalMetrics({name: (advance, _left(glyph)) for name, (glyph, advance) in drawn.items()})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": face.family + TURNED, "styleName": _style(face)})
    builder.setupOS2(usWeightClass=face.weight)
    builder.setupPost(keepGlyphNames=False)
    features = "".join(f"feature {tag} {{ {' '.join(lines)} }} {tag};" for tag, lines in rules.items() if lines)
    if features:
        addOpenTypeFeaturesFromString(builder.font, f"languagesystem DFLT dflt; {features}")
    _save(builder.font, target)


def _lay(face: Face, characters: list[str], target: Path) -> None:
    from io import BytesIO

    import uharfbuzz
    from fontTools.ttLib import TTFont

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    blob = uharfbuzz.Blob.from_file_path(str(face.path))
    font = TTFont(BytesIO(uharfbuzz.subset(uharfbuzz.Face(blob), wanted).blob.data))
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = face.family + LYING
    _save(font, target)


def _save(font: TTFont, target: Path) -> None:
    """Ascent and descent are made the em box itself, so that a line's middle is the characters' middle."""
    upem = font["head"].unitsPerEm
    foot = round(_FOOT * upem)
    head, os2 = font["hhea"], font["OS/2"]
    head.ascent = os2.sTypoAscender = os2.usWinAscent = upem + foot
    head.descent = os2.sTypoDescender = foot
    os2.usWinDescent = -foot
    head.lineGap = os2.sTypoLineGap = 0
    font["head"].created = font["head"].modified = 0  # the clock has no part in a file
    font.recalcTimestamp = False
    font.save(target)


class _Pencil:
    """Draws characters of a face for lines that are turned afterwards; lengths in font units."""

    def __init__(self, face: Face) -> None:
        import uharfbuzz

        source = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)))
        self.upem: int = source.upem
        self._foot = round(_FOOT * self.upem)
        self._font = uharfbuzz.Font(source)

    def character(self, unit: str) -> Drawn:
        """Upright and turned if it stands in vertical text or has a form for it; as it is if it lies."""
        plain = self._shape(unit, "ltr")
        form = self._shape(unit, "ttb", vert=True)
        # A Latin letter or digit comes here when it stands alone (JLREQ 2.3.2); in words they are another face's.
        stands = is_upright(unit) or (kind_of(unit) is Kind.LATIN and unit[0].isalnum())
        if stands and len(form) > 1:
            return self._upright(plain)
        if stands or [info.codepoint for info, _ in form] != [info.codepoint for info, _ in plain]:
            return self._upright(form, advance=-sum(position.y_advance for _, position in form))
        return self._draw(plain, (1, 0, 0, 1, 0, 0)), sum(position.x_advance for _, position in plain)

    def cell(self, text: str) -> Drawn:
        """Several characters upright in one em, in half-width forms if the face has any, else narrowed to fit."""
        return self._upright(self._shape(text, "ltr", hwid=True))

    def _shape(self, text: str, direction: str, **features: bool) -> list[tuple[Any, Any]]:
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = direction
        uharfbuzz.shape(self._font, buffer, features)
        return list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))

    def _upright(self, shaped: list[tuple[Any, Any]], advance: int | None = None) -> Drawn:
        """Turned: (x, y) -> (-y, x), then back onto the em box, so that the top of the character meets the line first.

        What is narrower than its em (Latin, digits) is centred on the line (JLREQ 2.3.2).
        """
        width = sum(self._font.get_glyph_h_advance(info.codepoint) for info, _ in shaped)
        narrowed = min(1.0, self.upem / width) if width else 1.0
        middle = (self.upem - width * narrowed) / 2
        glyph = self._draw(shaped, (0, narrowed, -1, 0, self.upem + self._foot, self._foot + middle))
        return glyph, self.upem if advance is None else advance

    def _draw(self, shaped: list[tuple[Any, Any]], turn: tuple[float, ...]) -> Glyph:
        from fontTools.misc.transform import Transform
        from fontTools.pens.transformPen import TransformPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        pen, x = TTGlyphPen(None), 0
        for info, position in shaped:
            shift = (x, position.y_offset) if len(shaped) > 1 else (0, 0)
            self._font.draw_glyph_with_pen(info.codepoint, TransformPen(pen, Transform(*turn).translate(*shift)))
            x += self._font.get_glyph_h_advance(info.codepoint)
        return pen.glyph()


def _name(unit: str) -> str:
    return "_".join(f"u{ord(character):04X}" for character in unit)


def _style(face: Face) -> str:
    return "Regular" if face.weight == 400 else "Bold"


def _left(glyph: Glyph) -> int:
    """Left side bearing; an empty glyph (a space) has none."""
    return int(glyph.xMin) if glyph.numberOfContours else 0
