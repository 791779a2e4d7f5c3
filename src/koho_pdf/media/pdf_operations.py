"""The operators of a content stream with what stands before each (ISO 32000-1, 7.8.2), read quickly.

pikepdf makes an object of every number, but most numbers of a drawn page are points of paths, which we rarely need.
Here a path is one token, and is read only when needed. Inline images are not read, because the engine never writes
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)"
_HEX = rb"<[0-9A-Fa-f\s]*>"
_OPERAND = (
    rb"(?:[-+.\d]+|%(h)s|%(l)s|/[^\s/<>\[\]()%%{}]*"
    rb"|\[(?:[^\]\[<(]|%(h)s|%(l)s)*\]|<<(?:[^<>()]|%(h)s|%(l)s|<<(?:[^<>()]|%(h)s|%(l)s)*>>)*>>)"
) % {b"h": _HEX, b"l": _LITERAL}
_OPERANDS = re.compile(_OPERAND, re.DOTALL)
_LINES = rb"(?:\s*+(?:\[[-+.\d\s]*+\]\s*+[-+.\d]++\s+d|[-+.\d]++\s+[JjM])(?=\s))+"
_INSTRUCTION = re.compile(
    rb"%s|((?:[-+.\d\s]++(?:[mlcvyh]|re)(?=\s))+)|\s*+((?:%s\s*+)*)([A-Za-z'\"][A-Za-z0-9*]*)|%%[^\r\n]*"
    % (_LINES, _OPERAND),
    re.DOTALL,
)  # possessive (++): numbers before another operator are read only once
_MEMBER = re.compile(rb"%s|%s|[-+.\d]+" % (_HEX, _LITERAL), re.DOTALL)
_STEP = re.compile(rb"((?:[-+.\d]+\s+)*)([a-z]+)")


def written(content: pikepdf.Object) -> bytes:
    """What stands in a page, form or pattern; several streams are joined into one (7.8.2)."""
    if isinstance(content, pikepdf.Stream):
        return content.read_bytes()
    parts: Any = content.get("/Contents", ())
    return b"\n".join(part.read_bytes() for part in ([parts] if isinstance(parts, pikepdf.Stream) else parts))


def operations(content: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Each operator with its operands as written; the operators that build a path together as ``path``. How lines are
    dashed, ended and joined (``d``, ``J``, ``j``, ``M``) is left out: it stands before every shape of a drawing.
    """
    for path, operands, operator in _INSTRUCTION.findall(content):
        if path:
            yield "path", [path]
        elif operator:
            yield operator.decode(), _each(operands) if operands else []


def located(content: bytes) -> Iterator[tuple[int, str, list[bytes]]]:
    """The same, each with the place in the content where it or its first operand begins."""
    for found in _INSTRUCTION.finditer(content):
        path, operands, operator = found.groups()
        if path:
            yield found.start(), "path", [path]
        elif operator:
            yield found.start(2), operator.decode(), _each(operands) if operands else []


def _each(operands: bytes) -> list[bytes]:
    plain = not (b"<" in operands or b"[" in operands or b"(" in operands)
    return operands.split() if plain else _OPERANDS.findall(operands)


def steps(path: bytes) -> list[tuple[str, list[float]]]:
    """The operators of a path, each with its numbers."""
    return [(name.decode(), [*map(float, numbers.split())]) for numbers, name in _STEP.findall(path)]


def members(shown: bytes) -> Iterator[bytes | float]:
    """What an operator shows: a string, or the strings and numbers of an array (9.4.3)."""
    for member in _MEMBER.findall(shown):
        if member[:1] == b"<":
            yield bytes.fromhex(member[1:-1].decode())
        elif member[:1] == b"(":
            yield bytes(pikepdf.Object.parse(member))
        else:
            yield float(member)


def said(properties: bytes) -> str | None:
    """The text that replaces the glyphs of a span (ActualText, 14.9.4)."""
    if b"/ActualText" not in properties:
        return None
    return str(pikepdf.Object.parse(properties)["/ActualText"])
