"""The parts of an Excel workbook: XML files in a ZIP (ECMA-376-2), unpacked up to a limit and read by expat; nothing
outside is fetched.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Literal
from xml.parsers import expat

PART_LIMIT = 20_000_000
"""The most bytes of one part, unpacked."""

_MOST_PARTS = 2000
_DEEPEST = 60
_MOST_ELEMENTS = 350_000  # of one part: a second of reading; CELLS_LIMIT of cells has fewer

Why = Literal["broken", "macros", "too-large"]


class NoWorkbook(Exception):
    """It cannot be read as a workbook: it is ``broken``, has ``macros``, or is ``too-large`` when unpacked."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def opened(content: bytes) -> zipfile.ZipFile:
    """The ZIP. Raises ``NoWorkbook``."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise NoWorkbook("broken") from None
    if len(archive.namelist()) > _MOST_PARTS:
        raise NoWorkbook("too-large")
    return archive


def related(archive: zipfile.ZipFile, of: str) -> Iterator[tuple[str, str, str]]:
    """What a part refers to inside the file: kind, id, path (ECMA-376-2, 9.3)."""
    folder, name = posixpath.split(of)
    found: list[dict[str, str]] = []
    content = part(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    read_xml(content, lambda tag, given: found.append(given) if tag == "Relationship" else None)
    for each in found:
        if each.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
            yield each.get("Type", "").rpartition("/")[2], each.get("Id", ""), path.lstrip("/")


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part. Raises ``NoWorkbook``."""
    try:
        told = archive.getinfo(name)
        if told.file_size > PART_LIMIT:
            raise NoWorkbook("too-large")
        with archive.open(told) as opened:
            content = opened.read(PART_LIMIT + 1)
    except (KeyError, zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise NoWorkbook("broken") from None
    if len(content) > PART_LIMIT:
        raise NoWorkbook("too-large")
    return content


def read_xml(
    content: bytes,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str, str], object] = lambda name, text: None,
) -> None:
    """Calls ``start`` and ``end`` for every element by its local name; ``end`` has the text directly in it.

    Raises ``NoWorkbook``; a document type is no part of a workbook (ECMA-376-2, 8.1.4) and is refused.
    """
    texts: list[list[str]] = []
    counted = [0]

    def begins(name: str, given: dict[str, str]) -> None:
        texts.append([])
        counted[0] += 1
        if len(texts) > _DEEPEST:
            raise NoWorkbook("broken")
        if counted[0] > _MOST_ELEMENTS:
            raise NoWorkbook("too-large")
        start(_local(name), {_local(key): value for key, value in given.items()})

    def ends(name: str) -> None:
        end(_local(name), "".join(texts.pop()))

    def refuse(*told: object) -> None:
        raise NoWorkbook("broken")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = lambda text: texts[-1].append(text)
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise NoWorkbook("broken") from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
