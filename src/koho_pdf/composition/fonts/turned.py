"""Vertical text by turned faces.

The engine only sets horizontal lines. So for the characters of vertical text a face is made with glyphs that lie on
their side: each upright character's vertical form (OpenType ``vert``) turned 90 degrees counter-clockwise about the
middle of its em box. A line set in that face and turned 90 degrees clockwise as a whole stands upright, and because the
face keeps its ``cmap``, copied and spoken text is the plain text, in order, line by line. Latin words and long numbers
lie on their side in vertical text: their glyphs stay as they are. A number of two digits is a glyph of its own, in one
em (縦中横). The face itself finds single digits and letters (contextual substitution), by the same rule as ``stances``.

The faces are made from OFL fonts without reserved names, and exist only in the document that embeds them.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field, fields
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.paragraph.orientation import Stance, is_letter, is_upright, stances, units_of
from koho_pdf.manuscript.invisible import SELECTORS

if TYPE_CHECKING:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

SUFFIX = " Turned"
"""The suffix of a family's name for its turned face."""
ALL, DIGITS = "TATE", "rlig"
"""OpenType features of a turned face: all of a text in one cell (off by itself; the name is ours), and pairs of digits
in one cell, lone digits and letters upright (on by itself)."""
_VERSION = "5"  # version of the drawing below, part of the cache key
_KEPT = 200  # files in the cache; a leaflet asks for one to four
_FOOT = -0.12  # of the em box in em (OpenType ideo/idtp): BIZ UD and Shippori put it there, as JIS faces do


@dataclass(frozen=True)
class Wanted:
    """The characters that a turned face must have, collected text by text."""

    characters: set[str] = field(default_factory=lambda: {" "})  # the engine measures a line's height by a space
    alone: set[str] = field(default_factory=set)  # letters and digits that stand upright where they stand alone
    numbers: set[str] = field(default_factory=set)  # of two digits, in one cell
    cells: set[str] = field(default_factory=set)  # whole texts in one cell
    pairs: set[str] = field(default_factory=set)  # neighbours in turned words, for kerning

    def add(self, text: str, combine: str = "digits 2") -> None:
        """``combine`` is ``text-combine-upright``."""
        for stance, piece in stances(text, combine):
            units = list(units_of(piece))
            self.characters.update(units, (part for part in piece if ord(part) not in SELECTORS))
            if stance is Stance.LYING:
                self.pairs.update(one + other for one, other in pairwise(piece))
            elif stance is Stance.CELL:
                (self.cells if combine == "all" else self.numbers).add(piece)
            else:
                self.alone.update(unit for unit in units if is_letter(unit))

    def add_alone(self, text: str) -> None:
        """Add a text without the words around it."""
        self.characters.update(units_of(text), (part for part in text if ord(part) not in SELECTORS))

    def join(self, other: Wanted) -> Wanted:
        """Take in what another one wants; gives itself."""
        for each in fields(self):
            getattr(self, each.name).update(getattr(other, each.name))
        return self

    def of(self, face: Face) -> Wanted:
        """The part of it that the face can draw completely, in the forms asked for."""

        def known(units: set[str]) -> set[str]:
            return {unit for unit in units if unit == " " or face.has(unit)}

        return Wanted(*map(known, (self.characters, self.alone, self.numbers, self.cells, self.pairs)))

    @property
    def is_blank(self) -> bool:
        """Whether nothing but a space is wanted."""
        return not (self.characters - {" "})

    @property
    def key(self) -> str:
        """A key that does not depend on the order in which texts came."""
        groups = (self.characters, self.alone, self.numbers, self.cells, self.pairs)
        return "\1".join("\0".join(sorted(group)) for group in groups)


def is_turned(box: Any) -> bool:
    """Whether a box of the engine was made to turn its content (``engine.vertical``)."""
    return getattr(box, "koho_turned", False)


def stands_upright(box: Any) -> bool:
    """Whether a box of the engine holds an element that is turned back in a vertical block (``engine.upright``)."""
    return hasattr(box, "koho_upright_in")


def turned_face(face: Face, wanted: Wanted, cache: Path) -> Path:
    """A TrueType file with the given characters of ``face`` turned; made once for each set of characters.

    Characters that ``face`` lacks are left out: composition reports them as it does for horizontal text. Two builds at
    once make the same bytes and the later rename wins, so neither ever reads half a file. Files that have not been used
    for a long time are deleted.
    """
    wanted = wanted.of(face)
    key = hashlib.sha256("\0".join([_VERSION, face.sha256, wanted.key]).encode()).hexdigest()[:24]
    path = cache / "turned" / f"{key}.ttf"
    if path.is_file():
        path.touch()
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    _build(face, wanted, unfinished)
    unfinished.replace(path)
    for old in sorted(path.parent.glob("*.ttf"), key=_age)[:-_KEPT]:
        old.unlink(missing_ok=True)
    return path


def _age(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # another build has just deleted it
        return 0


def _build(face: Face, wanted: Wanted, target: Path) -> None:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pencil = _Pencil(face)
    drawn: dict[str, tuple[Glyph, int]] = {".notdef": (TTGlyphPen(None).glyph(), pencil.upem)}
    drawn |= {_name(unit): pencil.character(unit) for unit in sorted(wanted.characters)}
    drawn |= {f"{_name(unit)}.alone": pencil.upright(unit) for unit in sorted(wanted.alone)}
    drawn |= {f"{_name(cell)}.cell": pencil.cell(cell) for cell in sorted(wanted.numbers | wanted.cells)}
    upem, foot = pencil.upem, pencil.foot
    builder = FontBuilder(upem, isTTF=True)
    builder.setupGlyphOrder(list(drawn))
    builder.setupCharacterMap(
        {ord(unit): _name(unit) for unit in wanted.characters if len(unit) == 1},
        uvs=[(ord(unit[0]), ord(unit[1]), _name(unit)) for unit in sorted(wanted.characters) if _is_selected(unit)],
    )
    builder.setupGlyf({name: glyph for name, (glyph, _) in drawn.items()})
    builder.setupHorizontalMetrics({name: (advance, _left(glyph)) for name, (glyph, advance) in drawn.items()})
    # Ascent and descent are the em box itself, so that a line's middle is the characters' middle.
    builder.setupHorizontalHeader(ascent=upem + foot, descent=foot)
    family, weight = face.in_file
    style = "Regular" if weight < 600 else "Bold"
    builder.setupNameTable({"familyName": family + SUFFIX, "styleName": style})
    builder.setupOS2(
        sTypoAscender=upem + foot,
        sTypoDescender=foot,
        usWinAscent=upem + foot,
        usWinDescent=-foot,
        usWeightClass=weight,
    )
    builder.setupPost(keepGlyphNames=False)
    if features := _features(wanted, pencil):
        from fontTools.feaLib.builder import addOpenTypeFeaturesFromString  # 40 ms, which most texts do not need

        addOpenTypeFeaturesFromString(builder.font, "languagesystem DFLT dflt;" + features)
    builder.font["head"].created = builder.font["head"].modified = 0  # no time of making in the file
    builder.font.recalcTimestamp = False
    builder.save(target)


def _features(wanted: Wanted, pencil: _Pencil) -> str:
    """The face's substitutions and kerning, as an OpenType feature file."""
    marked = [unit for unit in sorted(wanted.characters) if len(unit) > 1 and not _is_selected(unit)]
    letters = sorted(unit for unit in wanted.characters if len(unit) == 1 and is_letter(unit))
    told = _feature("ccmp", [_joined(unit, _name(unit)) for unit in marked])
    told += _feature(ALL, [_joined(cell, f"{_name(cell)}.cell") for cell in sorted(wanted.cells)])
    kerns = {pair: pencil.kern(pair) for pair in sorted(wanted.pairs)}
    told += _feature("kern", [f"pos {_name(pair[0])} {_name(pair[1])} {kern};" for pair, kern in kerns.items() if kern])
    rules: list[str] = []
    if wanted.numbers:
        told += _lookup("numbers", [_joined(number, f"{_name(number)}.cell") for number in sorted(wanted.numbers)])
        digits = _class({digit for number in wanted.numbers for digit in number})
        rules += _unless_in_a_word(f"{digits}' {digits}'", f"{digits}' lookup numbers {digits}'", letters)
    if wanted.alone:
        told += _lookup("alone", [f"sub {_name(unit)} by {_name(unit)}.alone;" for unit in sorted(wanted.alone)])
        alone = _class(wanted.alone)
        rules += _unless_in_a_word(f"{alone}'", f"{alone}' lookup alone", letters)
    return told + _feature(DIGITS, rules)


def _unless_in_a_word(sequence: str, substitution: str, letters: list[str]) -> list[str]:
    """A contextual substitution for characters without a letter or digit beside them, directly or after a space."""
    word, space = _class(letters), _name(" ")
    beside = (f"{word} {sequence}", f"{word} {space} {sequence}", f"{sequence} {word}", f"{sequence} {space} {word}")
    return [*(f"ignore sub {context};" for context in beside), f"sub {substitution};"]


def _joined(text: str, name: str) -> str:
    return f"sub {' '.join(map(_name, text))} by {name};"


def _class(units: set[str] | list[str]) -> str:
    return f"[{' '.join(map(_name, sorted(units)))}]"


def _lookup(name: str, rules: list[str]) -> str:
    return f"lookup {name} {{ {' '.join(rules)} }} {name};"


def _feature(tag: str, rules: list[str]) -> str:
    return f"feature {tag} {{ {' '.join(rules)} }} {tag};" if rules else ""


class _Pencil:
    """Draws a face's characters for lines that are turned afterwards; lengths in font units."""

    def __init__(self, face: Face) -> None:
        import uharfbuzz

        source = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)))
        self.upem: int = source.upem
        self.foot = round(_FOOT * self.upem)
        self._font = uharfbuzz.Font(source)

    def character(self, unit: str) -> tuple[Glyph, int]:
        """Upright and turned if it stands in vertical text or has a form for it; as it is if it lies."""
        plain = self._shape(unit, "ltr")
        form = self._shape(unit, "ttb", vert=True)
        if is_upright(unit) or [info.codepoint for info, _ in form] != [info.codepoint for info, _ in plain]:
            return self.upright(unit)
        return self._draw(plain, (1, 0, 0, 1, 0, 0)), sum(position.x_advance for _, position in plain)

    def upright(self, unit: str) -> tuple[Glyph, int]:
        """In its vertical form, turned."""
        form = self._shape(unit, "ttb", vert=True)
        if len(form) > 1:  # a base and its marks
            return self._turned(self._shape(unit, "ltr")), self.upem
        return self._turned(form), -form[0][1].y_advance

    def cell(self, text: str) -> tuple[Glyph, int]:
        """Several characters upright in one em, in half-width forms if the face has them, otherwise narrowed to fit."""
        return self._turned(self._shape(text, "ltr", hwid=True)), self.upem

    def kern(self, pair: str) -> int:
        """The face's kerning between two characters of a horizontal word."""
        apart = sum(position.x_advance for unit in pair for _, position in self._shape(unit, "ltr"))
        return int(sum(position.x_advance for _, position in self._shape(pair, "ltr", liga=False)) - apart)

    def _shape(self, text: str, direction: str, **features: bool) -> list[tuple[Any, Any]]:
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = direction
        uharfbuzz.shape(self._font, buffer, features)
        return list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))

    def _turned(self, shaped: list[tuple[Any, Any]]) -> Glyph:
        """(x, y) -> (-y, x), then back onto the em box: the top of the character meets the line first.

        A glyph narrower than its em (Latin, digits) is centred on the line (JLREQ 2.3.2).
        """
        width = sum(self._font.get_glyph_h_advance(info.codepoint) for info, _ in shaped)
        narrowed = min(1.0, self.upem / width) if width else 1.0
        middle = (self.upem - width * narrowed) / 2
        return self._draw(shaped, (0, narrowed, -1, 0, self.upem + self.foot, self.foot + middle))

    def _draw(self, shaped: list[tuple[Any, Any]], turn: tuple[float, ...]) -> Glyph:
        from fontTools.misc.transform import Transform
        from fontTools.pens.transformPen import TransformPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        pen, x = TTGlyphPen(None), 0
        for info, position in shaped:
            shift = (x + position.x_offset, position.y_offset) if len(shaped) > 1 else (0, 0)
            self._font.draw_glyph_with_pen(info.codepoint, TransformPen(pen, Transform(*turn).translate(*shift)))
            x += position.x_advance if len(shaped) > 1 else 0
        return pen.glyph()


def _name(unit: str) -> str:
    return "_".join(f"u{ord(character):04X}" for character in unit)


def _is_selected(unit: str) -> bool:
    return len(unit) == 2 and ord(unit[1]) in SELECTORS


def _left(glyph: Glyph) -> int:
    """Left side bearing; an empty glyph (a space) has none."""
    return int(glyph.xMin) if glyph.numberOfContours else 0
