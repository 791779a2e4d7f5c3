"""The text (ToUnicode) and the width of a font's codes, read quickly. For files that our finishing wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from struct import unpack
from typing import Any

import pikepdf

from koho_pdf.preflight.pdf.pdf_fonts import face_of

UNSAID = "\ufffd"
"""Stands for a code for which the font gives no text."""

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_RUN = re.compile(rb"(\d+)\s*\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Lettering:
    """Words and widths (thousandths of an em) by code; codes are two bytes in a composite font, else one."""

    wide: bool
    words: dict[int, str]
    widths: dict[int, float]
    usual: float

    def codes(self, string: bytes) -> list[int]:
        """The codes of a string."""
        if not self.wide:
            return list(string)
        return list(unpack(f">{len(string) // 2}H", string))


def lettering_of(font: pikepdf.Object) -> Lettering:
    """Reads a font dictionary (ISO 32000-1, 9.6 to 9.10)."""
    wide = font.get("/Subtype") == "/Type0"
    words = _to_unicode(font.ToUnicode.read_bytes()) if isinstance(font.get("/ToUnicode"), pikepdf.Stream) else {}
    below: Any = font.DescendantFonts[0] if wide else font
    if wide and isinstance(below.get("/W"), pikepdf.Array):
        # Read from the source text, because asking for thousands of numbers one by one is slow.
        written, widths = below.W.unparse(resolved=True), dict[int, float]()
        runs = _RUN.findall(written)
        for first, members in runs:
            widths.update(enumerate(map(float, members.split()), int(first)))
        if not _RUN.sub(b"", written).strip(b" []\n"):
            return Lettering(wide, words, widths, float(below.get("/DW", 1000)))
    face = face_of(font)
    return Lettering(face.wide, words, face.widths, face.usual)


def _to_unicode(program: bytes) -> dict[int, str]:
    words: dict[int, str] = {}
    for kind, body in _SECTION.findall(program):
        given = [bytes.fromhex(each.decode()) for each in _HEX.findall(body)]
        if kind == b"bfchar":
            words.update(
                (int.from_bytes(code), _said(said)) for code, said in zip(given[::2], given[1::2], strict=False)
            )
        else:
            for first, last, said in zip(given[::3], given[1::3], given[2::3], strict=False):
                begin, text = int.from_bytes(first), _said(said)
                words.update(
                    (begin + at, text[:-1] + chr(ord(text[-1]) + at)) for at in range(int.from_bytes(last) - begin + 1)
                )
    return words


def _said(written: bytes) -> str:
    return written.decode("utf-16-be", "replace") or UNSAID
