"""Finds what somebody's PDF holds beside its pages (authors, paths of a PC, attachments, comments, scripts), and makes
a copy without it. The pages look the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

from koho_pdf.legible import of_bytes

_PATH = re.compile(
    r"[A-Za-z]:\\[^\s<>\"|?*]{2,200}|\\\\[\w.-]{1,60}\\[^\s<>\"]{1,200}|(?<![\w.-])/(?:Users|home)/[^\s<>\"]{1,200}|file:/{2,3}[^\s<>\"]{1,200}"
)
_CREATOR = re.compile(r"<dc:creator>\s*<rdf:Seq>(.*?)</rdf:Seq>", re.DOTALL)
_ITEM = re.compile(r"<rdf:li[^>]*>([^<]+)</rdf:li>")
_OF_PAGE = ("/Link", "/Widget", "/Popup")  # annotations that are not comments
_MOST_PAGES = 1000
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Aside:
    """One thing beside the pages: ``kind`` is ``author``, ``path``, ``attachment``, ``comment`` or ``script``."""

    kind: str
    value: str


def asides(content: bytes) -> tuple[Aside, ...]:
    """Everything of that kind in a PDF, each once; none if it cannot be opened, because then nobody can see its pages
    either.
    """
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            return tuple(dict.fromkeys(_asides(pdf)))
    except _SLIPS:
        return ()


_SLIPS = (
    *(pikepdf.PdfError, pikepdf.PasswordError, pikepdf.ForeignObjectError, ValueError, TypeError, LookupError),
    *(AttributeError, ArithmeticError, OSError, RuntimeError, RecursionError),
)


def _asides(pdf: pikepdf.Pdf) -> Iterator[Aside]:
    told = [_text(value) for value in pdf.docinfo.values() if isinstance(value, pikepdf.String)]
    if author := _text(pdf.docinfo.get("/Author", "")).strip():
        yield Aside("author", author[:_SHOWN])
    metadata = pdf.Root.get("/Metadata")
    xmp = metadata.read_bytes().decode("utf-8", "replace") if isinstance(metadata, pikepdf.Stream) else ""
    for creators in _CREATOR.findall(xmp):
        yield from (Aside("author", name.strip()[:_SHOWN]) for name in _ITEM.findall(creators) if name.strip())
    for text in (*told, xmp):
        yield from (Aside("path", found[:_SHOWN]) for found in _PATH.findall(text))
    yield from (Aside("attachment", name[:_SHOWN]) for name in pdf.attachments)
    if "/JavaScript" in pdf.Root.get("/Names", {}) or "/AA" in pdf.Root or _is_script(pdf.Root.get("/OpenAction")):
        yield Aside("script", "JavaScript")
    for page in list(pdf.pages)[:_MOST_PAGES]:
        for annotation in _annotations(page):
            kind = annotation.get("/Subtype")
            if kind == "/FileAttachment":
                yield Aside(
                    "attachment",
                    (_text(annotation.get("/Contents", "")) or _text(annotation.get("/T", "")) or "1")[:_SHOWN],
                )
            elif kind not in _OF_PAGE:
                said = " ".join(_text(annotation.get(key, "")) for key in ("/T", "/Contents")).strip()
                yield Aside("comment", said[:_SHOWN] or _text(kind))
            elif found := _PATH.search(_target(annotation)):
                yield Aside("path", found[0][:_SHOWN])


def cleaned(content: bytes) -> bytes | None:
    """The PDF without all that; None if it cannot be opened, or only with a password. The same input gives the same
    bytes.
    """
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            _clean(pdf)
            target = BytesIO()
            pdf.remove_unreferenced_resources()
            pdf.save(target, deterministic_id=True, encryption=False)
            return target.getvalue()
    except _SLIPS:
        return None


def _clean(pdf: pikepdf.Pdf) -> None:
    title = _text(pdf.docinfo.get("/Title", ""))
    for key in [*pdf.docinfo.keys()]:
        del pdf.docinfo[key]
    if title and not _PATH.search(title):
        pdf.docinfo["/Title"] = title
    for name in [*pdf.attachments]:
        del pdf.attachments[name]
    for key in ("/AF", "/AA", "/PieceInfo", "/Metadata", "/Collection", "/Threads", "/SpiderInfo"):
        if key in pdf.Root:
            del pdf.Root[key]
    if _is_script(pdf.Root.get("/OpenAction")):
        del pdf.Root["/OpenAction"]
    names = pdf.Root.get("/Names")
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if isinstance(names, pikepdf.Dictionary) and key in names:
            del names[key]
    for page in pdf.pages:
        if kept := [each for each in _annotations(page) if _stays(each)]:
            page.obj["/Annots"] = pikepdf.Array(kept)
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
    for thing in pdf.objects:  # private data of programs at pictures, fonts and pages
        held = thing if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else None
        for key in ("/Metadata", "/PieceInfo", "/AF", "/AA"):
            if held is not None and key in held:
                del held[key]


def _text(value: Any) -> str:
    """A text string or a name; if it claims to be UTF-8 and is not, it is read byte by byte."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return of_bytes(bytes(value))


def _stays(annotation: Any) -> bool:
    return annotation.get("/Subtype") in ("/Link", "/Widget") and not _PATH.search(_target(annotation))


def _annotations(page: pikepdf.Page) -> list[Any]:
    found = page.obj.get("/Annots")
    every = list(found) if isinstance(found, pikepdf.Array) else []
    return [each for each in every if isinstance(each, pikepdf.Dictionary)]


def _target(annotation: Any) -> str:
    """Where a link leads outside its file: an address, or a file's name (ISO 32000-1, 12.6.4)."""
    action = annotation.get("/A")
    if not isinstance(action, pikepdf.Dictionary):
        return ""
    file = action.get("/F", "")
    name = file.get("/UF", file.get("/F", "")) if isinstance(file, pikepdf.Dictionary) else file
    return f"{action.get('/URI', '')} {name}"


def _is_script(action: Any) -> bool:
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") in ("/JavaScript", "/Launch", "/ImportData")
