"""What each page of a PDF is made of, as sums: two files are compared page by page, and single pages taken out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from koho_pdf.finishing.finish import saved

_FONT_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDSet", "/W", "/W2")
MARKS = "/Marks"
"""The name of the form with the marks and the slug, which ``finish`` draws outside of the bleed."""

_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class PageSum:
    """A page as SHA-256: its ``content`` streams; all that they call on (``resources``), without the programs of fonts,
    which hold the characters of the whole file; its ``boxes``; the ``marks`` and slug outside of its bleed."""

    content: str
    resources: str
    boxes: str
    marks: str = ""


def page_sums(pdf: bytes) -> tuple[PageSum, ...]:
    """The sums of every page. Raises pikepdf.PdfError for a file that is none."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return tuple(_sum(page) for page in opened.pages)


def only_pages(pdf: bytes, numbers: Collection[int]) -> bytes:
    """The same file with these pages (from 1) alone, as they are: boxes, inks, claims of a standard."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for number in reversed(range(1, len(opened.pages) + 1)):
            if number not in numbers:
                del opened.pages[number - 1]
        opened.remove_unreferenced_resources()
        return saved(opened, "plain")


def _sum(page: pikepdf.Page) -> PageSum:
    page.contents_coalesce()
    content = page.obj.Contents.read_bytes() if "/Contents" in page.obj else b""
    boxes = " ".join(f"{name}{page.obj[name].as_list()}" for name in sorted(page.obj.keys()) if name.endswith("Box"))
    called = b"".join(_told(page.resources, 0, without=MARKS))
    forms = page.resources.get("/XObject", pikepdf.Dictionary())
    marks = b"".join(_told(forms[MARKS], 0)) if MARKS in forms else b""
    return PageSum(*(hashlib.sha256(each).hexdigest() for each in (content, called, boxes.encode(), marks)))


def _told(value: pikepdf.Object, deep: int, without: str = "") -> Iterator[bytes]:
    """Everything in an object, in a fixed order, without the numbers of objects, and ``without`` one name."""
    if deep > _DEEPEST:
        yield b"..."
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for name in sorted(value.keys()):
            if name in _FONT_PROGRAMS or name in ("/Length", "/Parent", without):
                continue
            yield name.encode()
            yield from _told(value[name], deep + 1, without if deep < 1 else "")
        if isinstance(value, pikepdf.Stream):
            yield hashlib.sha256(value.read_raw_bytes()).digest()
    elif isinstance(value, pikepdf.Array):
        for each in value:
            yield from _told(each, deep + 1)
    else:
        yield repr(value).encode()
