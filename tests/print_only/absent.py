"""Finds words, bytes or a colour in files of any kind: in their bytes, and in everything packed inside.

A PDF is opened object by object (ISO 32000-1, 7.5): strings, streams as they stand and unpacked, the text of its pages
as a reader copies it, the pages as they look. Zips, gzips and what a web page carries as ``data:`` are opened too.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pypdfium2
from PIL import Image

_DATA = re.compile(rb"base64,([A-Za-z0-9+/=]+)")
_SCALE = 0.5  # pixels a point: a photograph is hundreds of them


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def places_of(needle: str | bytes, files: Mapping[str, bytes]) -> list[str]:
    """Where the needle stands, in the names of the files or in anything they hold; words in every way they may be
    written."""
    forms = _forms(needle) if isinstance(needle, str) else [needle]
    return [place for place, layer in _all(files) if any(form in layer for form in forms)]


def places_showing(colour: tuple[int, int, int], files: Mapping[str, bytes]) -> list[str]:
    """Where a picture or a page of a PDF shows about this colour on more than a thousandth of its area."""
    return [place for place, face in _faces(files) if _share(face, colour) > 0.001]


def _forms(words: str) -> list[bytes]:
    """The words as text files, PDF strings, JSON, HTML, addresses and base64 may hold them."""
    entities = "".join(f"&#{ord(each)};" for each in words), "".join(f"&#x{ord(each):x};" for each in words)
    texts = [words, json.dumps(words)[1:-1], quote(words), *entities]
    utf16 = [words.encode("utf-16-be"), words.encode("utf-16-le")]
    return [*(text.encode() for text in texts), *utf16, *(each.hex().encode() for each in utf16)]


def _all(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, content in files.items():
        yield name, name.encode()
        yield from _layers(name, content)


def _layers(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The content, and everything that is packed in it."""
    yield place, content
    for inner, unpacked in _packed(content):
        yield from _layers(f"{place}: {inner}", unpacked)


def _packed(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(b"%PDF-"):
        yield from _of_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield "names", "\n".join(archive.namelist()).encode()
            yield from ((name, archive.read(name)) for name in archive.namelist())
    elif content.startswith(b"\x1f\x8b"):
        yield "unpacked", gzip.decompress(content)
    elif content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        with Image.open(BytesIO(content)) as picture:
            yield "notes", repr(picture.info).encode() + repr(dict(picture.getexif())).encode()
    else:
        for number, found in enumerate(_DATA.findall(content)):
            try:
                yield f"data {number}", base64.b64decode(found)
            except binascii.Error:
                continue


def _of_pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    with pikepdf.open(BytesIO(content)) as pdf:
        for number, thing in enumerate(pdf.objects, 1):
            yield f"strings of object {number}", "\n".join(_strings(thing)).encode("utf-8", "replace")
            if isinstance(thing, pikepdf.Stream):
                yield f"stream {number}", thing.read_raw_bytes()
                try:
                    yield f"stream {number} unpacked", thing.read_bytes()
                except pikepdf.PdfError:
                    continue  # a picture's own coding: searched without unpacking
    pages = pypdfium2.PdfDocument(content)
    for number, page in enumerate(pages, 1):
        text = page.get_textpage().get_text_range()
        yield f"text of page {number}", "".join(text.split()).encode()


def _strings(thing: Any, depth: int = 0) -> Iterator[str]:
    """Every string and name directly in an object."""
    if isinstance(thing, (pikepdf.String, pikepdf.Name)):
        yield str(thing)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)) and (depth == 0 or not thing.is_indirect):
        for key in thing.keys():  # noqa: SIM118  a Stream is no mapping
            yield key
            yield from _strings(thing[key], depth + 1)
    elif isinstance(thing, pikepdf.Array) and (depth == 0 or not thing.is_indirect):
        for each in thing:
            yield from _strings(each, depth + 1)


def _faces(files: Mapping[str, bytes]) -> Iterator[tuple[str, Image.Image]]:
    for place, layer in _all(files):
        if layer.startswith((b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")):
            with Image.open(BytesIO(layer)) as picture:
                yield place, picture.convert("RGB")
        elif layer.startswith(b"%PDF-"):
            for number, page in enumerate(pypdfium2.PdfDocument(layer), 1):
                yield f"{place}: page {number}", page.render(scale=_SCALE).to_pil().convert("RGB")


def _share(face: Image.Image, colour: tuple[int, int, int]) -> float:
    """The share of a picture that is within 40 of the colour in each of red, green and blue."""
    face.thumbnail((400, 400))
    near = sum(count for count, shown in face.getcolors(face.width * face.height) or () if _near(shown, colour))
    return near / (face.width * face.height)


def _near(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(mine - yours) <= 40 for mine, yours in zip(one, other, strict=True))
