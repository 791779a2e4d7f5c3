"""Whether a PDF is damaged or locked, and which of its fonts do not say which letters they hold; read with qpdf, never
written.

If PDFium cannot open a file, qpdf mends it in memory by rebuilding its cross-references; the file stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.legible import of_bytes


@dataclass(frozen=True, slots=True)
class Soundness:
    """Whether a file is damaged (then ``mended``, if qpdf could), or restricted; its fonts without ToUnicode, and
    those whose codes are Unicode (``ToUnicode /Identity-H``, which is not the stream that ISO 32000-1, 9.10.3 wants);
    ``guessed`` are simple fonts whose letters are only guesses of the readers; ``hollow`` are composite fonts without a
    font program, for which no other face can stand in, so that nobody draws them."""

    damaged: bool
    mended: bytes
    restricted: bool
    fonts: tuple[str, ...]
    unicode: frozenset[str]
    guessed: frozenset[str]
    hollow: frozenset[str] = frozenset()


def soundness(content: bytes, where: Where) -> Soundness:
    """The state of a PDF. Raises ArchiveError (``archive-locked``) when it does not open without a password or a
    certificate."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            saying = [*_said(pdf)]
            damaged = bool(pdf.get_warnings())
            mended = BytesIO()
            if damaged:
                pdf.save(mended)
            silent, unicode, known, guess, hollow = (
                {name for name, said in saying if said == how}
                for how in ("", "Identity", "ToUnicode", "guess", "hollow")
            )
            guessed = frozenset(guess - known)
            silent |= guessed - {""}
            names = tuple(sorted(silent)), frozenset(unicode), guessed, frozenset(hollow)
            return Soundness(damaged, mended.getvalue(), pdf.is_encrypted, *names)
    except pikepdf.PasswordError:
        raise ArchiveError(_locked(where)) from None
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, *_SLIPS) as fault:
        if "encrypt" in str(fault):  # locked with a certificate (ISO 32000-1, 7.6.4), which qpdf does not know
            raise ArchiveError(_locked(where)) from None
        return Soundness(True, b"", False, (), frozenset(), frozenset())  # PDFium will show whether it can be read


_SLIPS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, RuntimeError, RecursionError)


def _locked(where: Where) -> Finding:
    return error(
        "archive-locked",
        "開くのにパスワードか証明書が要るPDFです。",
        where,
        "暗号化を外して保存し直したPDFを入れてください。",
    )


def _said(pdf: Any) -> Iterator[tuple[str, str]]:
    """Fonts by name, with the way they tell their letters: ``ToUnicode``, ``Identity`` for a name in its place, a known
    ``collection``, or none; for simple fonts (a Type 3 font may have no name) ``ToUnicode`` or ``guess``. ``hollow``
    fonts are marked as such too.
    """
    import pikepdf

    for thing in _fonts(pdf):
        name = family(thing.get("/BaseFont"))
        if thing.get("/Subtype") in ("/Type3", "/TrueType", "/Type1"):
            if isinstance(thing.get("/ToUnicode"), pikepdf.Stream):
                yield name, "ToUnicode"
            elif _is_guessed(thing):
                yield name, "guess"
        if thing.get("/Subtype") != "/Type0":
            continue
        if _collection(thing) not in _COLLECTIONS and not _has_program(thing):
            yield name, "hollow"
        said = thing.get("/ToUnicode")
        if isinstance(said, pikepdf.Stream):
            yield name, "ToUnicode"
        elif said in ("/Identity-H", "/Identity-V"):
            yield name, "Identity"
        else:
            yield name, "collection" if _collection(thing) in _COLLECTIONS else ""


def _fonts(pdf: Any) -> Iterator[Any]:
    """The dictionaries that may be fonts, also those written directly into a page's resources."""
    import pikepdf

    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type", "/Font") == "/Font":
            yield thing
        for resources in (thing.get("/Resources"), thing):
            named = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
            if isinstance(named, pikepdf.Dictionary):
                fonts = (font for _, font in named.items())
                yield from (font for font in fonts if isinstance(font, pikepdf.Dictionary) and not font.is_indirect)


def _is_guessed(font: Any) -> bool:
    """Whether the glyph names of a simple font (9.6.6) are not names of letters: /g12, /a3, or none."""
    import pikepdf
    from fontTools.agl import toUnicode

    encoding = font.get("/Encoding")
    if encoding is None and font.get("/Subtype") == "/TrueType":
        descriptor = font.get("/FontDescriptor")
        flags = descriptor.get("/Flags", 0) if isinstance(descriptor, pikepdf.Dictionary) else 0
        embedded = isinstance(descriptor, pikepdf.Dictionary) and "/FontFile2" in descriptor
        return embedded and isinstance(flags, int) and bool(flags & 4)  # symbolic: it has its own codes (9.6.6.4)
    named = encoding.get("/Differences") if isinstance(encoding, pikepdf.Dictionary) else None
    if font.get("/Subtype") != "/Type3":
        return False  # its own font program, which PDFium asks
    names = [str(each)[1:] for each in named if isinstance(each, pikepdf.Name)] if named is not None else []
    names = [name for name in names if name not in (".notdef", "space")]
    return 2 * sum(bool(toUnicode(name)) for name in names) <= len(names)


_COLLECTIONS = {b"Japan1", b"Japan2", b"GB1", b"CNS1", b"Korea1", b"KR"}


def _collection(font: Any) -> bytes:
    """The character collection of a composite font (9.7.3), if it says one."""
    import pikepdf

    try:
        said = font.DescendantFonts[0].CIDSystemInfo.Ordering
    except _SLIPS:
        return b""
    return bytes(said) if isinstance(said, pikepdf.String) else b""


def _has_program(font: Any) -> bool:
    """Whether a composite font has an embedded font program (9.9)."""
    try:
        descriptor = font.DescendantFonts[0].FontDescriptor
        return any(f"/FontFile{which}" in descriptor for which in ("", "2", "3"))
    except _SLIPS:
        return False


def family(name: Any) -> str:
    """A font's name, as bytes or as a PDF has it, without its slash and the mark of a subset (ISO 32000-1, 9.6.4)."""
    import pikepdf

    raw = bytes(name) if isinstance(name, bytes | pikepdf.Name) else b""
    return of_bytes(re.sub(rb"^/?(?:[A-Z]{6}\+)?", b"", raw))
