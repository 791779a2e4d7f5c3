"""A page with a fault of each kind, written byte by byte, so that its names may be any bytes at all.

``written(names)`` is the page; ``PLANTED`` are the findings that it must have with any names; ``NAMES`` are names in
the encodings that software of several decades writes, and hostile ones.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pikepdf

WORDS = "特色赤"
NAMES: Mapping[str, bytes] = {
    "ascii": b"Spot",
    "shift_jis": WORDS.encode("cp932"),
    "euc_jp": WORDS.encode("euc_jp"),
    "utf_8": WORDS.encode(),
    "utf_16": b"\xfe\xff" + WORDS.encode("utf-16-be"),
    "utf_16_without_mark": WORDS.encode("utf-16-be"),
    "half of a sign": b"\x82",
    "half a surrogate": b"\xed\xa0\x80",
    "signs of PDF": b"a b/c(d)<e>[f]{g}%h#i",
    "control characters": b"\r\n\x1b[31m\x07\x7f",
    "a path": b"../../etc/passwd",
    "not a sign": b"\xff\xfe\xfd\xfc\x80",
    "long": b"x" * 127,
    "long in kanji": WORDS.encode("cp932") * 20,
    "like one of ours": b"DeviceRGB ",
}
PLANTED = {
    *("colour-not-process", "font-not-embedded", "text-too-small", "spot-not-in-job", "picture-resolution"),
    *("pdf-script", "annotation-on-page", "transfer-function", "font-type3", "trim-missing"),
}
FILTERS: Mapping[str, Callable[[bytes], bytes]] = {
    "": lambda content: content,
    "FlateDecode": zlib.compress,
    "ASCIIHexDecode": lambda content: content.hex().encode() + b">",
    "ASCII85Decode": lambda content: base64.a85encode(content) + b"~>",
    "#46#6cateDecode": zlib.compress,
}
_CONTENT = b"""BT 1 0 0 rg /%(font)s 4 Tf 1 0 0 1 100 400 Tm (Rumoi) Tj ET
/%(space)s cs 1 scn 100 100 50 50 re f
q 200 0 0 200 200 500 cm /%(picture)s Do Q
/%(state)s gs 0 0 0 .5 k 300 300 50 50 re f
BT /%(drawn)s 12 Tf 100 700 Td (a) Tj ET
/%(tag)s BMC EMC /%(tag)s <</MCID 0>> BDC EMC"""
_RESOURCES = b"""<</Font<</%(font)s<</Type/Font/Subtype/TrueType/BaseFont/%(face)s/Encoding/WinAnsiEncoding
/FirstChar 32/Widths[%(widths)s]>>/%(drawn)s<</Type/Font/Subtype/Type3/FontBBox[0 0 800 800]
/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</%(glyph)s 7 0 R>>/Encoding<</Differences[97/%(glyph)s]>>/FirstChar 97
/Widths[1000]>>>>
/ColorSpace<</%(space)s[/Separation/%(ink)s/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 1 0 0]>>]>>
/XObject<</%(picture)s 5 0 R>>/ExtGState<</%(state)s<</ca .5/TR/%(other)s/%(other)s 5>>>>/%(other)s 7>>"""
_WIDTHS = b"600 " * 95


def escaped(name: bytes) -> bytes:
    """A name as a PDF writes it; no name has a NUL in it (ISO 32000-1, 7.3.5)."""
    return b"".join(b"#%02x" % byte for byte in name.replace(b"\0", b"0"))


def written(name: bytes, filtered: str = "", places: frozenset[str] | None = None) -> bytes:
    """The page, with ``name`` for every name that a file may choose (or for those in ``places``)."""
    kinds = ("font", "face", "space", "ink", "picture", "state", "tag", "drawn", "glyph", "other")
    names = {
        kind.encode(): (escaped(name) if places is None or kind in places else b"Spot") + b"%d" % number
        for number, kind in enumerate(kinds)
    }
    names[b"widths"] = _WIDTHS
    packed = FILTERS[filtered](_CONTENT % names)
    filters = f"/Filter/{filtered}".encode() if filtered else b""
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s/Annots[6 0 R]>>"
            % (_RESOURCES % names),
            b"<</Length %d%s>>stream\n%s\nendstream" % (len(packed), filters, packed),
            b"<</Type/XObject/Subtype/Image/Width 32/Height 32/BitsPerComponent 8/ColorSpace/DeviceCMYK/Length 4096>>"
            b"stream\n%s\nendstream" % (b"\0\0\0\x80" * 1024),
            b"<</Type/Annot/Subtype/%s/Rect[100 600 150 650]/A<</S/JavaScript/JS(app.alert\\(1\\))>>>>"
            % names[b"other"],
            b"<</Length 47>>stream\n1000 0 0 0 800 800 d1 0 0 800 800 re f         \nendstream",
        ],
        b"/Info<</Title(%s)/%s(x)>>"
        % (name.replace(b"\\", b"").replace(b"(", b"").replace(b")", b""), names[b"other"]),
    )


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a right cross-reference table."""
    parts, at, places = [b"%PDF-1.6\n"], 9, []
    for number, each in enumerate(objects, 1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, each))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return b"".join(parts) + end % (len(objects) + 1, table, len(objects) + 1, trailer, at)


def encrypted(pdf: bytes, user: str = "", **how: Any) -> bytes:
    """The file with a password, or without one to open it but with restrictions."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(target, encryption=pikepdf.Encryption(user=user, owner="owner", **how))
    return target.getvalue()


def for_a_certificate() -> bytes:
    """A file that only the holder of a certificate opens (ISO 32000-1, 7.6.4), as far as a reader gets with it."""
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 0/Kids[]>>",
            b"<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4/StmF/D/StrF/D/Recipients[<30>]>>",
        ],
        b"/Encrypt 3 0 R/ID[<00><00>]",
    )
