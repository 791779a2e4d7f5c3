"""The slug (トンボの外の1行): a line that says what this sheet or plate is; set in an embedded face.

A few words in one size on one or two lines, Latin and Japanese: a character is a glyph and an advance, nothing more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.errors import LayoutError
from koho_pdf.findings import error
from koho_pdf.finishing.marks import LENGTH, clear_of

SIZES = (2.25, 2.0, 1.75, 1.5, 1.25)
"""The sizes that are tried (mm; 9 Q down to 5 Q) until the words fit between the corner and the centre mark."""

DEPTH = 8.0
"""The depth of the lines in mm, within the length of the marks."""

NARROW = 91.0
"""If the trim is narrower than this (mm; about a business card) there is no room beside the centre mark. Then the slug
stands below the marks, and its sheet is larger by ``DEPTH``.
"""

_MISSING = "〓"  # the printers' mark for missing type


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the slug and the ink it is printed in: a plate's name, or ``All`` for every plate."""

    text: str
    ink: str = "All"


@dataclass(frozen=True, slots=True)
class SetWord:
    """A placed word: the start of its baseline in mm from the trim's top left, and its size in mm."""

    word: Word
    x: float
    y: float
    size: float


def set_slug(
    parts: Sequence[Sequence[Word]],
    width: Callable[[str], float],
    trim: tuple[float, float],
    bleed: float,
    folds: Sequence[float] = (),
) -> tuple[SetWord, ...]:
    """The words below the foot, between the corner mark and the middle (of a narrow sheet below the marks, as wide as
    it is), and between ``folds``; ``width`` measures a text in em.

    Words are an em apart. A line ends between two parts if possible; within a part or a word only if it is longer than
    a line.
    """
    narrow = trim[0] < NARROW
    start, end = (2.0, trim[0] - 2) if narrow else clear_of(folds, 2.0, trim[0] / 2 - 12)
    left, top = start, trim[1] + bleed + 1.5 + (LENGTH - 1 if narrow else 0.0)
    measure = end - start
    made: list[SetWord] = []
    for size in SIZES:
        made, x, line = [], 0.0, 0
        for part in parts:
            pieces = [piece for word in part for piece in _pieces(word, width, measure / size)]
            longs = [width(piece.text) * size for piece in pieces]
            whole = sum(longs) + size * (len(longs) - 1)
            for number, (piece, long) in enumerate(zip(pieces, longs, strict=True)):
                if x and x + (whole if number == 0 else long) > measure:
                    x, line = 0.0, line + 1
                made.append(SetWord(piece, left + x, top + line * 1.4 * size + 0.88 * size, size))
                x += long + size
        if line * 1.4 * size + size <= DEPTH:
            break
    return tuple(made)


def _pieces(word: Word, width: Callable[[str], float], measure: float) -> list[Word]:
    """The word, cut where it is longer than the measure (em)."""
    texts = [""]
    for character in word.text:
        if texts[-1] and width(texts[-1] + character) > measure:
            texts.append("")
        texts[-1] += character
    return [Word(text, word.ink) for text in texts]


class SlugFace:
    """A TrueType face for the slug: measures text, and embeds a subset of itself."""

    def __init__(self, faces: Sequence[Face], text: str) -> None:
        """Takes the first face that has every character of ``text``, else the first that may be used.

        Raises LayoutError (``slug-face``) when there is no TrueType face (PDF/X-1a takes no other).
        """
        import uharfbuzz

        usable = [face for face in faces if face.path.suffix.lower() == ".ttf"]
        if not usable:
            raise LayoutError(
                error(
                    "slug-face",
                    "トンボの外に号やページを書く TrueType の書体がありません。",
                    hint="fonts に TrueType（.ttf）の書体を1つ足すか、入稿条件の slug を no にしてください。",
                )
            )
        whole = [face for face in usable if {ord(character) for character in text} <= face.characters]
        self._face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str((whole or usable)[0].path)))
        self._font = uharfbuzz.Font(self._face)

    def glyphs(self, text: str) -> list[int]:
        """The glyph of every character; 〓 for characters that the face lacks."""
        missing = self._font.get_nominal_glyph(ord(_MISSING)) or 0
        return [self._font.get_nominal_glyph(ord(character)) or missing for character in text]

    def width(self, text: str) -> float:
        """The advance of a text in em."""
        advances: list[int] = [self._font.get_glyph_h_advance(glyph) for glyph in self.glyphs(text)]
        return sum(advances) / int(self._face.upem)

    def embed(self, pdf: pikepdf.Pdf, text: str) -> tuple[pikepdf.Object, Callable[[str], bytes]]:
        """The face as a font of ``pdf`` with only the glyphs of ``text``, and the coding of text in it. It is a
        composite font (ISO 32000-1, 9.7); its codes are the glyph numbers of the subset. It holds no time of making.
        """
        import uharfbuzz

        used = "".join(sorted(set(text)))
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update(self.glyphs(used))
        wanted.layout_feature_tag_set.clear()
        plan = uharfbuzz.SubsetPlan(self._face, wanted)
        number = dict(plan.old_to_new_glyph_mapping)
        content = bytes(plan.execute().blob.data)
        codes = {character: number[glyph] for character, glyph in zip(used, self.glyphs(used), strict=True)}

        name = self._face.get_name(uharfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME) or "Slug"
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(content).digest()[:6])
        font = self._dictionary(pdf, Name(f"/{tag}+{name}"), content, codes)
        return font, lambda said: b"".join(codes[character].to_bytes(2, "big") for character in said)

    def _dictionary(self, pdf: pikepdf.Pdf, name: Name, content: bytes, codes: dict[str, int]) -> pikepdf.Object:
        thousandth = 1000 / self._face.upem
        extents: Any = self._font.get_font_extents("ltr")
        ascent, descent = round(extents.ascender * thousandth), round(extents.descender * thousandth)
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=[0, descent, 1000, ascent],
            ItalicAngle=0,
            Ascent=ascent,
            Descent=descent,
            CapHeight=ascent,
            StemV=80,
            FontFile2=pdf.make_stream(content, Length1=len(content)),
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            CIDToGIDMap=Name.Identity,
            DW=1000,
            W=Array([part for text, code in codes.items() for part in (code, [round(self.width(text) * 1000)])]),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=[pdf.make_indirect(descendant)],
                ToUnicode=pdf.make_stream(_to_unicode(codes)),
            )
        )


def _to_unicode(codes: dict[str, int]) -> bytes:
    """The CMap from codes back to text (ISO 32000-1, 9.10.3); a block has at most 100 lines."""
    rows = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for text, code in codes.items()]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{mapped}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
