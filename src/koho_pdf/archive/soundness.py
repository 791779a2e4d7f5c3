"""Whether a PDF is damaged or locked, and which of its fonts do not say what they hold; read with qpdf, never written.

What PDFium cannot open is mended in memory by qpdf, which rebuilds cross-references; the file stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Where, error


@dataclass(frozen=True, slots=True)
class Soundness:
    """Whether a file is damaged (then ``mended``, if qpdf could), or restricted; its fonts without ToUnicode."""

    damaged: bool
    mended: bytes
    restricted: bool
    fonts: tuple[str, ...]


def soundness(content: bytes, where: Where) -> Soundness:
    """The state of a PDF. Raises ArchiveError (``archive-locked``) when it does not open without a password."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            fonts = tuple(sorted(_without_unicode(pdf)))
            damaged = bool(pdf.get_warnings())
            mended = BytesIO()
            if damaged:
                pdf.save(mended)
            return Soundness(damaged, mended.getvalue(), pdf.is_encrypted, fonts)
    except pikepdf.PasswordError:
        raise ArchiveError(
            error(
                "archive-locked",
                "開くのにパスワードが要るPDFです。",
                where,
                "パスワードを外して保存し直したPDFを入れてください。",
            )
        ) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, RecursionError):
        return Soundness(True, b"", False, ())  # what PDFium makes of it will show


def _without_unicode(pdf: Any) -> Iterator[str]:
    """Names of composite fonts that say neither by ToUnicode nor by a known collection which letters they hold."""
    import pikepdf

    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Subtype") != "/Type0" or "/ToUnicode" in thing:
            continue
        collection: Any = thing.DescendantFonts[0].get("/CIDSystemInfo", {})
        if str(collection.get("/Ordering", "")) not in ("Japan1", "Japan2", "GB1", "CNS1", "Korea1", "KR"):
            yield family(str(thing.get("/BaseFont", "")))


def family(name: str) -> str:
    """A font's name without the mark of a subset (ISO 32000-1, 9.6.4) and without a slash."""
    return re.sub(r"^/?(?:[A-Z]{6}\+)?", "", name)
