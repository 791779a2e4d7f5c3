"""Fonts of a PDF (ISO 32000-1, 9.5 to 9.9): their kind, and the widths of a string's codes."""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf

from koho_pdf.preflight.pdf.facts import Font
from koho_pdf.preflight.pdf.matrices import Matrix, matrix, number
from koho_pdf.preflight.pdf.pdf_names import name_of

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_MOST_WIDTHS = 70_000


@dataclass(frozen=True, slots=True)
class Face:
    """A font for setting text: widths in thousandths of an em by code, ``missing`` codes that are .notdef. For a Type 3
    font ``glyphs`` are the streams that draw its codes, in ``space`` (its FontMatrix).
    """

    font: Font
    wide: bool
    vertical: bool
    widths: dict[int, float]
    usual: float
    missing: frozenset[int]
    glyphs: dict[int, pikepdf.Object]
    space: Matrix
    resources: pikepdf.Object | None

    def codes(self, string: bytes) -> list[int]:
        """The codes of a string: two bytes each in a composite font, one in a simple one."""
        if not self.wide:
            return list(string)
        return [string[at] << 8 | string[at + 1] for at in range(0, len(string) - 1, 2)]

    def width(self, code: int) -> float:
        """A code's advance in thousandths of an em; down the page in vertical writing."""
        return 1000.0 if self.vertical else self.widths.get(code, self.usual)


def face_of(given: pikepdf.Object) -> Face:
    """Reads a font dictionary."""
    kind = name_of(given.get("/Subtype"))
    name = name_of(given.get("/BaseFont")) or name_of(given.get("/Name")) or kind
    if kind == "Type0":
        return _composite(given, name)
    descriptor = given.get("/FontDescriptor")
    face = Face(
        Font(name, kind, _program(descriptor)),
        wide=False,
        vertical=False,
        widths=_simple_widths(given),
        usual=number(descriptor.get("/MissingWidth")) if isinstance(descriptor, pikepdf.Dictionary) else 0.0,
        missing=frozenset(code for code, glyph in _differences(given).items() if glyph == "/.notdef"),
        glyphs={},
        space=(0.001, 0, 0, 0.001, 0, 0),
        resources=given.get("/Resources"),
    )
    if kind == "Type3" and isinstance(given.get("/CharProcs"), pikepdf.Dictionary):
        drawn = {code: given.CharProcs.get(glyph) for code, glyph in _differences(given).items()}
        face.glyphs.update({code: stream for code, stream in drawn.items() if isinstance(stream, pikepdf.Stream)})
        scale = matrix(given.get("/FontMatrix"))
        widths = {code: width * scale[0] * 1000 for code, width in face.widths.items()}
        return Face(face.font, False, False, widths, 0.0, frozenset(), face.glyphs, scale, face.resources)
    return face


def _composite(given: pikepdf.Object, name: str) -> Face:
    descendants = given.get("/DescendantFonts")
    below = descendants[0] if isinstance(descendants, pikepdf.Array) and len(descendants) else pikepdf.Dictionary()
    if not isinstance(below, pikepdf.Dictionary):
        below = pikepdf.Dictionary()
    encoding = given.get("/Encoding")
    cmap = name_of(encoding)
    usual = number(below.get("/DW")) if "/DW" in below else 1000.0
    return Face(
        Font(name, name_of(below.get("/Subtype")), _program(below.get("/FontDescriptor"))),
        wide=True,
        vertical=cmap.endswith("-V") or (isinstance(encoding, pikepdf.Stream) and number(encoding.get("/WMode")) == 1),
        widths=_cid_widths(below.get("/W")) if cmap.startswith("Identity") else {},
        usual=usual,
        missing=frozenset({0}) if cmap.startswith("Identity") else frozenset(),
        glyphs={},
        space=(0.001, 0, 0, 0.001, 0, 0),
        resources=None,
    )


def _program(descriptor: pikepdf.Object | None) -> str:
    """The embedded font program: ``FontFile``, ``FontFile2``, or a FontFile3's subtype; empty for none."""
    if not isinstance(descriptor, pikepdf.Dictionary):
        return ""
    for key in _PROGRAMS:
        if isinstance(descriptor.get(key), pikepdf.Stream):
            return name_of(descriptor[key].get("/Subtype")) if key == "/FontFile3" else key[1:]
    return ""


def _simple_widths(given: pikepdf.Object) -> dict[int, float]:
    widths, first = given.get("/Widths"), int(number(given.get("/FirstChar")))
    if not isinstance(widths, pikepdf.Array):
        return {}
    return {first + at: number(width) for at, width in enumerate(list(widths)[:256])}


def _differences(given: pikepdf.Object) -> dict[int, pikepdf.Name]:
    """Glyph names by code, from an encoding's Differences (9.6.6)."""
    encoding = given.get("/Encoding")
    said = encoding.get("/Differences") if isinstance(encoding, pikepdf.Dictionary) else None
    names: dict[int, pikepdf.Name] = {}
    code = 0
    for each in list(said)[:600] if isinstance(said, pikepdf.Array) else []:
        if isinstance(each, pikepdf.Name):
            names[code] = each
            code += 1
        else:
            code = int(number(each))
    return names


def _cid_widths(said: pikepdf.Object | None) -> dict[int, float]:
    """The W array of a CIDFont (9.7.4.3): runs of widths, and ranges of one width."""
    widths: dict[int, float] = {}
    members = list(said) if isinstance(said, pikepdf.Array) else []
    at = 0
    while at + 1 < len(members) and len(widths) < _MOST_WIDTHS:
        first, second = int(number(members[at])), members[at + 1]
        if isinstance(second, pikepdf.Array):
            widths.update((first + step, number(width)) for step, width in enumerate(list(second)[:_MOST_WIDTHS]))
            at += 2
        elif at + 2 < len(members):
            width = number(members[at + 2])
            last = min(int(number(second)), first + _MOST_WIDTHS)
            widths.update(dict.fromkeys(range(first, last + 1), width))
            at += 3
        else:
            break
    return widths
