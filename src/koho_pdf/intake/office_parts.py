"""The XML parts of a Word or PowerPoint file as trees, within limits, so that no file can take our time or memory.

The ZIP is opened as that of a workbook is (``content.values.workbook_parts``). A document type is refused, so there are
no entities (ECMA-376-2, 8.1.4); nothing outside the file is fetched.
"""

from __future__ import annotations

import posixpath
import zlib
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from koho_pdf.content.values.workbook_parts import NoWorkbook, opened

XML_LIMIT = 20_000_000
PICTURE_LIMIT = 40_000_000
"""The most bytes of one part, unpacked."""

ELEMENTS_LIMIT = 300_000
_TEXT_LIMIT = 5_000_000
_DEEPEST = 300
_MOST_PARTS = 5000

Why = Literal["broken", "too-large", "entities", "password", "macros"]


class NotOpened(Exception):
    """A part that cannot be read, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


@dataclass(frozen=True, slots=True)
class Package:
    """The ZIP of an office file."""

    archive: ZipFile

    @property
    def names(self) -> list[str]:
        return self.archive.namelist()

    def bytes_of(self, name: str, limit: int = XML_LIMIT) -> bytes:
        """One part. Raises ``NotOpened``."""
        try:
            told = self.archive.getinfo(name)
            if told.file_size > limit:
                raise NotOpened("too-large")
            if told.flag_bits & 1:
                raise NotOpened("password")
            with self.archive.open(told) as part:
                content = part.read(limit + 1)
        except (KeyError, BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
            raise NotOpened("broken") from None
        if len(content) > limit:
            raise NotOpened("too-large")
        return content

    def tree(self, name: str) -> Element:
        """A part as a tree. Raises ``NotOpened``."""
        return tree_of(self.bytes_of(name))

    def related(self, of: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by id: kind and path; an address outside has the kind ``outside``. Nothing if there is
        no list. Raises ``NotOpened``."""
        folder, name = posixpath.split(of)
        file = posixpath.join(folder, "_rels", f"{name}.rels")
        if file not in self.names:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for each in self.tree(file).iter():
            if local(each.tag) != "Relationship":
                continue
            target, kind = each.get("Target", ""), each.get("Type", "").rpartition("/")[2]
            if each.get("TargetMode") == "External":
                found[each.get("Id", "")] = "outside", target
            else:
                found[each.get("Id", "")] = kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return found


def package_of(content: bytes) -> Package:
    """The package in a file. Raises ``NotOpened``."""
    try:
        archive = opened(content)
    except NoWorkbook as fault:
        raise NotOpened("too-large" if fault.why == "too-large" else "broken") from None
    if len(archive.namelist()) > _MOST_PARTS:
        raise NotOpened("too-large")
    return Package(archive)


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def tree_of(content: bytes) -> Element:
    """XML as a tree. Raises ``NotOpened``: for a document type ``entities``, for too many elements ``too-large``."""
    builder, counted = TreeBuilder(), [0, 0, 0]

    def start(name: str, given: dict[str, str]) -> None:
        counted[0] += 1
        counted[1] += 1
        if counted[0] > ELEMENTS_LIMIT or counted[1] > _DEEPEST:
            raise NotOpened("too-large")
        builder.start(_tag(name), {_tag(key): value for key, value in given.items()})

    def end(name: str) -> None:
        counted[1] -= 1
        builder.end(_tag(name))

    def words(text: str) -> None:
        counted[2] += len(text)
        if counted[2] > _TEXT_LIMIT:
            raise NotOpened("too-large")
        builder.data(text)

    def refuse(*told: object) -> None:
        raise NotOpened("entities")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
        return builder.close()
    except (expat.ExpatError, LookupError, ValueError, AssertionError):
        raise NotOpened("broken") from None


def _tag(name: str) -> str:
    return "{" + name if "}" in name else name
