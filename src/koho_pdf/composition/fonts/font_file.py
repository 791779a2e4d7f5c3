"""What a font file says of itself: its family and weight, whether it may be embedded, whether it suits vertical lines.

OpenType 1.9: ``OS/2`` (usWeightClass, fsType), ``name``, ``fvar``, ``vmtx``, the features ``vert`` and ``vrt2``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_WEB = (b"wOFF", b"wOF2")
_DEFAULT = 0xFFFF  # the language system of a script without one (HB_OT_LAYOUT_DEFAULT_LANGUAGE_INDEX)
_RESTRICTED, _WHOLE, _BITMAPS = 0x0002, 0x0100, 0x0200  # bits of fsType


@dataclass(frozen=True, slots=True)
class FontFile:
    """``family`` and ``weight`` are those by which fontconfig finds it. ``unusable`` says in Japanese why it cannot be
    composed with, ``forbidden`` what its maker does not allow; empty if nothing stands against it. ``is_vertical``:
    it has vertical forms and widths.
    """

    family: str
    weight: int
    unusable: str = ""
    forbidden: str = ""
    is_vertical: bool = True


def font_file(path: Path) -> FontFile | None:
    """The file; None if it is no font that can be read. An unchanged file is looked at once."""
    try:
        stands = path.stat()
        return _read(path, stands.st_size, stands.st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=64)
def _read(path: Path, size: int, changed: int) -> FontFile | None:
    import uharfbuzz

    with path.open("rb") as file:
        begins = file.read(4)
    if begins in _WEB:
        return FontFile("", 400, "ウェブ用の書体（WOFF）です")
    if begins == b"ttcf":
        return FontFile("", 400, "いくつもの書体が1つになったファイル（TTC・OTC）です")
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    tables, family, os2 = frozenset(face.table_tags), _family(face), _table(face, "OS/2")
    if not {"head", "hhea", "hmtx", "maxp", "cmap"} <= tables or not family or not face.glyph_count or len(os2) < 10:
        return None
    weight, allowed = int.from_bytes(os2[4:6], "big"), int.from_bytes(os2[8:10], "big")
    return FontFile(family, weight, _unusable(face, tables), _forbidden(allowed), _is_vertical(face, tables))


def _family(face: Any) -> str:
    """Its English family name, for all weights (name 16) if it has one; else the name in another language."""
    names = {(each.name_id, each.language): face.get_name(each.name_id, each.language) for each in face.list_names()}
    for number in (16, 1):
        english = [name for (id_, tongue), name in names.items() if id_ == number and (tongue or "").startswith("en")]
        others = [name for (id_, _), name in names.items() if id_ == number]
        if found := next((name.strip() for name in (*english, *others) if name and name.strip()), ""):
            return found
    return ""


def _table(face: Any, tag: str) -> bytes:
    blob = face.reference_table(tag)
    return bytes(blob.data) if blob else b""


def _unusable(face: Any, tables: frozenset[str]) -> str:
    if tables & {"fvar", "CFF2"}:
        return "太さなどを変えられる書体（可変フォント）です"
    if "CFF " in tables:  # embedding it keeps another numbering of glyphs (CID), and PDF/X-1a takes none
        return "PostScript の輪郭の書体（.otf に多い形）です"
    if "glyf" not in tables:
        return "輪郭のない書体（絵文字など）です"
    return ""


def _forbidden(allowed: int) -> str:
    if allowed & _BITMAPS:
        return "輪郭を埋め込むこと"
    if allowed & _WHOLE:
        return "使う字だけを埋め込むこと"
    return "PDFに埋め込むこと" if allowed & 0xF == _RESTRICTED else ""


def _is_vertical(face: Any, tables: frozenset[str]) -> bool:
    if not {"vhea", "vmtx", "GSUB"} <= tables:
        return False
    for script, _ in enumerate(face.get_table_script_tags("GSUB")):
        tongues = len(face.get_script_language_tags("GSUB", script))
        for tongue in (_DEFAULT, *range(tongues)):
            if {"vert", "vrt2"} & set(face.get_language_feature_tags("GSUB", script, tongue)):
                return True
    return False
