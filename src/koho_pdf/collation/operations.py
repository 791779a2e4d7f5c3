"""The operators of a content stream with what stands before each (ISO 32000-1, 7.8.2), read quickly.

pikepdf makes an object of every number, but most numbers of a drawn page are points of paths, which we rarely need.
Here a path is one token, and is read only when needed. Inline images are not read, because the engine never writes
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)"
_HEX = rb"<[0-9A-Fa-f\s]*>"
_TOKEN = re.compile(
    rb"(?P<path>(?:[-+.\d\s]++(?:[mlcvyh]|re)(?=\s))+)|(?P<operand>[-+.\d]+|%(h)s|%(l)s|/[^\s/<>\[\]()%%{}]*"
    rb"|\[(?:[^\]\[<(]|%(h)s|%(l)s)*\]|<<(?:[^<>()]|%(h)s|%(l)s|<<(?:[^<>()]|%(h)s|%(l)s)*>>)*>>)"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*)|%%[^\r\n]*" % {b"h": _HEX, b"l": _LITERAL},
    re.DOTALL,
)  # possessive (++): numbers before another operator are read only once
_MEMBER = re.compile(rb"%s|%s|[-+.\d]+" % (_HEX, _LITERAL), re.DOTALL)
_STEP = re.compile(rb"((?:[-+.\d]+\s+)*)([a-z]+)")


def operations(content: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Each operator with its operands as written; the operators that build a path together as ``path``."""
    operands: list[bytes] = []
    for token in _TOKEN.finditer(content):
        kind = token.lastgroup
        if kind == "operand":
            operands.append(token.group())
        elif kind == "operator":
            yield token.group().decode(), operands
            operands = []
        elif kind == "path":
            yield "path", [token.group()]
            operands = []


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
