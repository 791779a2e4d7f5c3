"""Reads a PDF as text only: what copying each page gives, in the order of the file (PDFium). A PDF keeps no paragraphs,
tables or readings, so everything has to be looked at.
"""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium

from koho_pdf.findings import Finding, Where, warning
from koho_pdf.intake.plain_text_file import paragraphs
from koho_pdf.intake.received import Line, Received, Unread, line_of

_MOST_PAGES, _MOST_CHARACTERS, _MOST_NOTES = 60, 200_000, 500


def pdf_words_file(raw: bytes, file: str) -> Received:
    """The words of a PDF. Raises ``Unread``."""
    where = Where(file=file)
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError:
        hint = "パスワードを外したファイルか、元の Word・Excel のファイルを担当課にもらってください。"
        raise Unread(warning("received-broken", "PDF として開けません。", where, hint)) from None
    try:
        count = len(document)
        if count > _MOST_PAGES:
            told = f"{count}ページの PDF です。取り込めるのは{_MOST_PAGES}ページまでです。"
            hint = "要るページだけの PDF にするか、元のファイルを担当課にもらってください。"
            raise Unread(warning("received-too-large", told, where, hint))
        lines: list[Line] = []
        beside: list[Line] = []
        letters = 0
        for number in range(count):
            text = _words(document, number)
            letters += len(text)
            if letters > _MOST_CHARACTERS:
                hint = "元のファイルを担当課にもらってください。"
                raise Unread(warning("received-too-large", "PDF の文章が長すぎます。", where, hint))
            beside += _beside(document, number)
            lines += paragraphs(text.replace("\r\n", "\n").replace("\ufffe", ""))
    finally:
        document.close()
    found: list[Finding] = []
    if not lines and not beside:
        told = "PDF に文章がありません（スキャンした絵のようです）。"
        found.append(
            warning("received-no-text", told, where, "元の Word・Excel のファイルを担当課にもらってください。")
        )
    else:
        told = "PDF からは、文章だけを取り込みました。写真・表・ルビ・太字は入っていません。"
        hint = (
            "段落の切れ目と順を、元のファイルと見くらべてください。Word・Excel のファイルがあれば、そのほうが確かです。"
        )
        found.append(warning("received-pdf", told, where, hint))
    return Received(file, tuple(lines), tuple(found), tuple(beside))


def _beside(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    """What somebody filled in or noted on a page: fields of a form and comments (ISO 32000-1, 12.5.6), which are no
    words of the page."""
    made: list[Line] = []
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return made
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        for key in (b"V", b"Contents"):
            size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            if 2 < size < _MOST_CHARACTERS:
                room = (ctypes.c_ushort * (size // 2))()
                pdfium.FPDFAnnot_GetStringValue(annotation, key, room, size)
                words = bytes(room)[: size - 2].decode("utf-16-le", "replace")
                made += [line_of(each) for each in words.splitlines() if each.strip()]
        pdfium.FPDFPage_CloseAnnot(annotation)
    page.close()
    return made


def _words(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    text = page.get_textpage()
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count <= 0:
            return ""
        room = (ctypes.c_ushort * (2 * count + 2))()
        written = pdfium.FPDFText_GetText(text, 0, count, room)
        return bytes(room)[: max(written - 1, 0) * 2].decode("utf-16-le", "replace")
    finally:
        text.close()
        page.close()
