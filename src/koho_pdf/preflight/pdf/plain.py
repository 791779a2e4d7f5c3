"""Reads a content stream (ISO 32000-1, 7.8.2) quickly, if it is written as plainly as nearly all are.

pikepdf makes an object of every number, and most numbers of a page are points of paths. Here paths are read directly. A
stream with anything else in it (inline images, comments, nested arrays, numbers of seven digits, mistakes) is left to
pikepdf as a whole.
"""

from __future__ import annotations

import re
from typing import Any

import pikepdf

Instruction = tuple[str, Any]
"""An operator with its operands; ``path`` with the points of it, x and y, and how many operators it had; ``BI`` with
the inline image."""

PATH = "path"
_STEPS = {b"m", b"l", b"c", b"v", b"y", b"re", b"h"}
_NOT_LETTERS = b"0123456789.+- \t\r\n\f"
_NUMBER = rb"[-+]?(?:\d{1,6}(?:\.\d{0,20})?|\.\d{1,20})"
_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_HEX = rb"<[0-9A-Fa-f \t\r\n]*>"
_NAME = rb"/[^\x00-\x20/<>\[\]()%{}\x7f]*+"
_ARRAY = rb"\[(?:[^\[\]<>()%%{}]|%b|%b)*\]" % (_HEX, _LITERAL)
_MARKED = rb"<<(?:[^<>()%%]|%b|%b)*>>" % (_HEX, _LITERAL)
_SPACE = rb"[ \t\r\n\f]"
_NONE = rb"|(?!)"
"""A choice that never fits, the last of a possessive group. Before 3.11.5, Python goes on from where the last choice
failed, not from where the group began (python/cpython#106052); this one fails where the group began."""
_PAIR = rb"%b%b++" % (_NUMBER, _SPACE) * 2
_PATH = rb"(?:(?:%(two)b(?:[ml]|%(two)b(?:[vy]|re|%(two)bc))|h)(?:%(space)b++|\Z)%(none)b)++" % {
    b"two": _PAIR,
    b"space": _SPACE,
    b"none": _NONE,
}
_END = rb"(?=[ \t\r\n\f/<(\[])"
_OPERAND = rb"(?:%b)" % b"|".join((_NUMBER + _END, _NAME, _LITERAL, _HEX, _ARRAY, _MARKED))
_ONE = re.compile(
    rb"%(space)b*+(?:(%(path)b)|((?:%(operand)b%(space)b*+%(none)b)*+)([A-Za-z'\"][A-Za-z0-9*]*+)(?:%(end)b|\Z)|(.))"
    % {b"space": _SPACE, b"path": _PATH, b"operand": _OPERAND, b"end": _END, b"none": _NONE},
    re.DOTALL,
)  # possessive (++): nothing is read twice, and nothing is remembered for it
_NOT_OURS = {b"BI", b"ID", b"EI", b"true", b"false", b"null"}
_UNREAD = {b"BDC", b"BMC", b"DP", b"MP", b"d", b"i", b"j", b"J", b"M", b"ri", b"EMC", b"q", b"Q"}
"""Of these nobody asks for the operands."""


def plain(content: bytes) -> list[Instruction] | None:
    """The instructions of a content stream; None if any of it is not plain."""
    found: list[Instruction] = []
    known: dict[bytes, list[Any]] = {b"": []}  # the same few states and colours are set hundreds of times
    for one in _ONE.finditer(content.rstrip()):
        path, given, name, odd = one.groups()
        if path:
            points = _points(path)
            if points is None:
                return None
            found.append((PATH, points))
        elif odd or name in _NOT_OURS:
            return None
        elif name in _UNREAD:
            found.append((name.decode(), []))
        else:
            operands = known.get(given)
            if operands is None:
                operands = known[given] = _operands(given)
            found.append((name.decode(), operands))
    return found


def _points(path: bytes) -> tuple[list[float], list[float], int] | None:
    """The points of a path, x and y, and the number of its operators; None if it continues an earlier path. A point
    that is only moved to does not count (8.5.2.1).
    """
    operators = path.translate(None, _NOT_LETTERS)
    if operators[:1] not in b"mr":
        return None
    count = len(operators) - operators.count(b"r")  # re has two letters
    if b"r" in operators or b"mm" in operators or b"mh" in operators:
        return *_drawn(path), count
    values = [*map(float, path.translate(None, b"mlcvyh").split())]
    if operators.endswith(b"m"):
        del values[-2:]
    return values[::2], values[1::2], count


def _drawn(path: bytes) -> tuple[list[float], list[float]]:
    """The same for paths with rectangles, or with points that nothing follows."""
    across, up = list[float](), list[float]()
    start, values = (0.0, 0.0), list[float]()
    for token in path.split():
        if token not in _STEPS:
            values.append(float(token))
            continue
        if token == b"m":
            start = values[0], values[1]
        elif token == b"re":
            x, y, width, height = values
            across += (x, x + width, x, x + width)
            up += (y, y, y + height, y + height)
        elif values:
            across += (start[0], *values[::2])
            up += (start[1], *values[1::2])
        values = []
    return across, up


def _operands(given: bytes) -> list[Any]:
    if given[0] in b"+-.0123456789" and not any(sign in given for sign in b"/<(["):
        return [*map(float, given.split())]
    return list(pikepdf.Object.parse(b"[%b]" % given))
