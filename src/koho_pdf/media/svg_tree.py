"""An SVG file as a tree, read safely by expat: nothing is fetched, and its size is limited.

A document type may declare entities of plain text, as old versions of Illustrator do for their namespaces; entities
that lead to files or contain other entities are refused (XML 1.0, 4.2).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from koho_pdf.media.line_art import DEEPEST, MOST_BYTES, MOST_ELEMENTS, Undrawable

_MOST_TEXT = 4 * MOST_BYTES  # characters of attributes and texts, after entities are replaced
_LONGEST_ENTITY = 300
_AMPLIFIED = 43  # XML_ERROR_AMPLIFICATION_LIMIT_BREACH: expat's own limit, reached before ours
_MOST_ENTITIES = 60


def tree_of(content: bytes) -> Element:
    """The root of the tree; tags and attributes are ``{namespace}name``, without comments and instructions.

    Raises ``Undrawable``: broken, unsafe, too-complex.
    """
    if len(content) > MOST_BYTES:
        raise Undrawable("too-complex", f"{len(content) / 1e6:.1f} MB")
    if content.startswith(b"\x1f\x8b"):
        raise Undrawable("broken", "圧縮された SVG（svgz）")
    reader = _Reader()
    try:
        return reader.read(content)
    except expat.ExpatError as fault:
        if fault.code == _AMPLIFIED:
            raise Undrawable("too-complex", "展開すると大きくなりすぎる") from None
        raise Undrawable("broken", f"{fault.lineno}行目の{fault.offset + 1}文字目") from None
    except (LookupError, ValueError):  # an unknown encoding
        raise Undrawable("broken", "文字コード") from None


class _Reader:
    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = self._elements = self._characters = self._entities = 0

    def read(self, content: bytes) -> Element:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._declared
        parser.ExternalEntityRefHandler = self._led_outside
        parser.Parse(content, True)
        return self._builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        self._count(sum(map(len, attributes.values())))
        if self._depth > DEEPEST:
            raise Undrawable("too-complex", f"入れ子が{DEEPEST}段より深い")
        if self._elements > MOST_ELEMENTS:
            raise Undrawable("too-complex", f"部品が{MOST_ELEMENTS:,}個より多い")
        self._builder.start(_name(name), {_name(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_name(name))

    def _text(self, text: str) -> None:
        self._count(len(text))
        self._builder.data(text)

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._characters > _MOST_TEXT:
            raise Undrawable("too-complex", "展開すると大きくなりすぎる")

    def _declared(self, name: str, is_parameter: bool, value: str | None, *outside: object) -> None:
        self._entities += 1
        plain = value is not None and len(value) <= _LONGEST_ENTITY and not re.search("[&%<]", value)
        if is_parameter or not plain or self._entities > _MOST_ENTITIES:
            raise Undrawable("unsafe", "実体（ENTITY）の宣言")

    def _led_outside(self, *reference: object) -> int:
        raise Undrawable("unsafe", "外のファイルを取り込む宣言")


def _name(told: str) -> str:
    """``{namespace}name`` of expat's ``namespace name``."""
    namespace, _, name = told.rpartition(" ")
    return f"{{{namespace}}}{name}" if namespace else name
