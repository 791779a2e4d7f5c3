"""The only page of a PDF drawing: opened within limits, and written anew without its notes.

Everything that could grow too large is checked before qpdf reads it, because a file of a few kilobytes may hold
gigabytes.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from koho_pdf.media.line_art import MOST_BYTES, Undrawable

_MOST_INFLATED = 60_000_000  # bytes of all streams of a file together
_MOST_CONTENT = 4_000_000  # bytes of operators that are read
_STREAM = re.compile(rb"stream\r?\n")
_BOXES = ("/TrimBox", "/ArtBox", "/CropBox", "/MediaBox")
_KEPT = ("/Type", "/Contents", "/Resources", "/Rotate", "/Group", *_BOXES)
_NOTES = ("/Metadata", "/PieceInfo", "/LastModified", "/StructParents", "/StructParent", "/Thumb", "/AA", "/A", "/AF")


def is_pdf(content: bytes) -> bool:
    """Whether a file begins like a PDF (ISO 32000-1, 7.5.2; readers allow some bytes before it)."""
    return b"%PDF-" in content[:1024]


def opened(content: bytes) -> pikepdf.Pdf:
    """The PDF, of one page and not locked. Raises ``Undrawable``: broken, locked, pages, too-complex."""
    if len(content) > MOST_BYTES:
        raise Undrawable("too-complex", f"{len(content) / 1e6:.1f} MB")
    _bounded(content)
    try:
        pdf = pikepdf.open(BytesIO(content))
        pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise Undrawable("locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, AttributeError, KeyError):
        raise Undrawable("broken", "PDF") from None
    if pdf.is_encrypted:
        raise Undrawable("locked")
    if pages != 1:
        raise Undrawable("pages", f"{pages}ページ")
    return pdf


def box_of(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """The part of the page that is the drawing: left, foot, right, head; limited to the page.

    Raises ``Undrawable``: without-size.
    """
    media = _sides(page.mediabox)
    told = next((each for name in _BOXES if (each := page.obj.get(name)) is not None), page.mediabox)
    left, foot, right, head = _sides(told)
    left, foot, right, head = max(left, media[0]), max(foot, media[1]), min(right, media[2]), min(head, media[3])
    if not (left < right and foot < head and max(right - left, head - foot) <= 20_000):
        raise Undrawable("without-size")
    return left, foot, right, head


def _sides(box: Any) -> tuple[float, float, float, float]:
    try:
        across, up = sorted((float(box[0]), float(box[2]))), sorted((float(box[1]), float(box[3])))
    except (TypeError, ValueError, IndexError):
        raise Undrawable("without-size") from None
    return across[0], up[0], across[1], up[1]


def beside(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Parts of the file that no drawing needs: scripts, attachments, annotations."""
    root, page = pdf.Root, pdf.pages[0].obj
    names = root.get("/Names", pikepdf.Dictionary())
    if "/OpenAction" in root or "/AA" in root or "/AA" in page or "/JavaScript" in names:
        yield "script"
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        yield "attachment"
    if page.get("/Annots"):
        yield "annotation"


def operators(pdf: pikepdf.Pdf, contents: Any) -> list[Any]:
    """The instructions of a content stream, or of several. Raises ``Undrawable``: broken, too-complex."""
    try:
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        data = b"\n".join(_decoded(each) for each in parts)
        if len(data) > _MOST_CONTENT:
            raise Undrawable("too-complex", f"命令が{_MOST_CONTENT // 1_000_000} MB より多い")
        return list(pikepdf.parse_content_stream(pikepdf.Stream(pdf, data)))
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, AttributeError, zlib.error):
        raise Undrawable("broken", "PDF の中身") from None


def _decoded(stream: Any) -> bytes:
    """The bytes of a stream, never more than the limit."""
    filters = stream.get("/Filter", pikepdf.Array([]))
    filters = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
    if "/FlateDecode" not in filters:
        return bytes(stream.read_bytes())
    data = stream.read_raw_bytes()
    for each in filters:
        if each == "/FlateDecode" and "/DecodeParms" not in stream:
            data = zlib.decompressobj().decompress(data, _MOST_CONTENT + 1)
        elif each == "/ASCII85Decode":
            data = base64.a85decode(re.sub(rb"~>\s*$", b"", data.strip()))
        elif each == "/ASCIIHexDecode":
            data = binascii.unhexlify(re.sub(rb"[\s>]", b"", data))
        else:
            raise Undrawable("broken", "圧縮の方式")
    return bytes(data)


def _bounded(content: bytes) -> None:
    """Raises ``Undrawable`` (too-complex) for streams that become too large when inflated."""
    inflated = 0
    for begin in _STREAM.finditer(content):
        data = content[begin.end() :]
        for _ in range(3):  # what is packed twice or three times is unpacked as often
            try:
                data = zlib.decompressobj().decompress(data, _MOST_INFLATED + 1)
            except zlib.error:
                break
            inflated += len(data)
        if inflated > _MOST_INFLATED:
            raise Undrawable("too-complex", "展開すると大きくなりすぎる")


def without_notes(content: bytes) -> bytes:
    """Only the page, as a PDF: without author, date and program, without scripts and attachments.

    What was written so stays so, byte for byte. Raises ``Undrawable`` as ``opened`` does.
    """
    return _alone(_alone(content))  # qpdf orders some keys by how their stream came: the second time it is its own


def _alone(content: bytes) -> bytes:
    with opened(content) as pdf, pikepdf.Pdf.new() as bare:
        bare.pages.append(pdf.pages[0])
        if "/OCProperties" in pdf.Root:  # says which layers are hidden
            bare.Root.OCProperties = bare.copy_foreign(pdf.make_indirect(pdf.Root.OCProperties))
        page = bare.pages[0].obj
        for name in set(page.keys()) - {*_KEPT, "/Parent"}:
            del page[name]
        for each in bare.objects:
            if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
                for note in _NOTES:
                    if note in each:
                        del each[note]
        target = BytesIO()
        bare.save(target, deterministic_id=True)
        return target.getvalue()
