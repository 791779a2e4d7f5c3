"""The PDF for keeping: the screen PDF as PDF/A-3a (ISO 19005-3) and PDF/UA-1, with its sources attached.

PDF/A-3 is PDF/A-2 that may carry files of any kind, each saying what it is to the document; everything else the screen
PDF keeps already.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from koho_pdf.finishing.finish import saved

_PART = re.compile(rb"""(pdfaid:part(?:>|=["']))2""")


@dataclass(frozen=True, slots=True)
class Associated:
    """An attached file (ISO 19005-3, 6.8): its ``name``, with slashes if it was in a folder; its bytes; its MIME type;
    its relationship to the document (``Source``, ``Data``, ``Alternative``, ``Supplement``); in words.
    """

    name: str
    content: bytes
    mime: str
    relationship: str
    description: str


def finish_archival(screen_pdf: bytes, associated: Sequence[Associated], day: date) -> bytes:
    """The archival PDF: the pages of ``screen_pdf`` and the ``associated`` files, dated ``day``.

    Raises ValueError for a PDF that does not say it is PDF/A-2.
    """
    with pikepdf.open(BytesIO(screen_pdf)) as pdf:
        packet, count = _PART.subn(rb"\g<1>3", pdf.Root.Metadata.read_bytes())
        if count != 1:
            raise ValueError("not the screen PDF: its XMP does not say PDF/A-2 once")
        pdf.Root.Metadata.write(packet)
        files = [(each.name, _embedded(pdf, each, day)) for each in sorted(associated, key=lambda each: each.name)]
        pdf.Root.AF = Array([file for _, file in files])
        # A name tree is sorted by its keys (ISO 32000-1, 7.9.6), that is by the bytes of UTF-16BE with its mark.
        keys = sorted(((String(name), file) for name, file in files), key=lambda each: bytes(each[0]))
        if "/Names" not in pdf.Root:
            pdf.Root.Names = Dictionary()
        pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array([part for entry in keys for part in entry]))
        return saved(pdf, "plain")


def _embedded(pdf: pikepdf.Pdf, file: Associated, day: date) -> pikepdf.Object:
    """A file specification and its embedded file (ISO 32000-1, 7.11.3, 7.11.4; AFRelationship: ISO 19005-3, E)."""
    stamp = String(f"D:{day:%Y%m%d}000000+09'00'")
    stream = pdf.make_stream(
        file.content,
        Type=Name.EmbeddedFile,
        Subtype=Name("/" + file.mime),
        Params=Dictionary(
            Size=len(file.content),
            CreationDate=stamp,
            ModDate=stamp,
            CheckSum=String(hashlib.md5(file.content, usedforsecurity=False).digest()),
        ),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(file.name),
            UF=String(file.name),
            Desc=String(file.description),
            AFRelationship=Name("/" + file.relationship),
            EF=Dictionary(F=stream, UF=stream),
        )
    )
