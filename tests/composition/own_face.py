"""Font files as a city may have them: made of the shipped faces, with other names, and with what may be wrong."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pikepdf
import uharfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.timeTools import timestampSinceEpoch
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._f_v_a_r import Axis

REPOSITORY = Path(__file__).parents[2]
KANA = "".join(map(chr, [*range(0x3041, 0x3094), *range(0x30A1, 0x30F7)])) + "ー、。「」（）・"
LICENCE = "この書体は、汐見市の印刷物に使ってよい。埋め込んでよい。"


def renamed(source: str, name: str, characters: str = "", *, without: tuple[str, ...] = ()) -> TTFont:
    """A shipped face of another name; with only these characters and without these tables or features, if any."""
    font = TTFont(REPOSITORY / "fonts" / source, recalcTimestamp=False)
    if characters:
        kept = {int.from_bytes(tag.encode(), "big") for tag in {"vert", "vrt2"} - set(without)}
        wanted = uharfbuzz.SubsetInput()
        wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).set({ord(each) for each in characters})
        wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).set(kept)
        blob = uharfbuzz.Blob.from_file_path(str(REPOSITORY / "fonts" / source))
        font = TTFont(BytesIO(uharfbuzz.subset(uharfbuzz.Face(blob), wanted).blob.data), recalcTimestamp=False)
    font["name"].names = [each for each in font["name"].names if each.nameID in (2, 17)]
    for number, said in ((1, name), (4, name), (6, name.replace(" ", ""))):
        font["name"].setName(said, number, 3, 1, 0x409)
    for table in without:
        if table in font:
            del font[table]
    return font


def variable(font: TTFont) -> TTFont:
    axis = Axis()
    axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue, axis.axisNameID = "wght", 100, 400, 900, 1
    font["fvar"] = newTable("fvar")
    font["fvar"].axes, font["fvar"].instances = [axis], []
    return font


def allowing(font: TTFont, bits: int) -> TTFont:
    font["OS/2"].fsType = bits
    return font


def postscript(source: str, name: str, characters: str) -> TTFont:
    """The same characters with outlines of PostScript (CFF)."""
    plain = renamed(source, name, characters)
    builder = FontBuilder(plain["head"].unitsPerEm, isTTF=False)
    builder.setupGlyphOrder(plain.getGlyphOrder())
    builder.setupCharacterMap(plain.getBestCmap())
    drawn, strings = plain.getGlyphSet(), {}
    for glyph in plain.getGlyphOrder():
        pen = T2CharStringPen(plain["hmtx"][glyph][0], drawn)
        drawn[glyph].draw(pen)
        strings[glyph] = pen.getCharString()
    builder.setupCFF(name.replace(" ", ""), {}, strings, {})
    builder.setupHorizontalMetrics(plain["hmtx"].metrics)
    builder.setupHorizontalHeader(ascent=plain["hhea"].ascent, descent=plain["hhea"].descent)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = timestampSinceEpoch(0)
    builder.font.recalcTimestamp = False
    return builder.font


def listed(folder: Path, name: str, font: TTFont | bytes, **other: str | None) -> str:
    """Put a font file and its licence into ``folder``; its entry for ``own.yaml``, with ``other`` values."""
    if isinstance(font, bytes):
        (folder / name).write_bytes(font)
    else:
        font.save(folder / name, reorderTables=False)
    (folder / "LICENCE-own.txt").write_text(LICENCE, encoding="utf-8")
    sha256 = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    said = {"family": "汐見ゴシック", "weight": "400", "file": name, "sha256": sha256, "licence": "LICENCE-own.txt"}
    lines = [f"{key}: {value}" for key, value in (said | other).items() if value is not None]
    return "  - " + "\n    ".join(lines) + "\n"


def folder_of_fonts(root: Path, *entries: str) -> Path:
    """The fonts folder of a workspace with the shipped faces, linked, and a list of one's own."""
    folder = root / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for path in (REPOSITORY / "fonts").iterdir():
        if not (folder / path.name).exists():
            (folder / path.name).symlink_to(path)
    if entries:
        (folder / "own.yaml").write_text("fonts:\n" + "".join(entries), encoding="utf-8")
    return folder


def embedded(pdf: bytes) -> set[str]:
    """The names of the fonts in a PDF, without the letters of their subsets; what is turned, as what it was."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
        fonts = [each for each in fonts if "/FontFile2" in each or "/FontFile3" in each]
        return {str(font.FontName).partition("+")[2].replace("-Turned", "") for font in fonts}
