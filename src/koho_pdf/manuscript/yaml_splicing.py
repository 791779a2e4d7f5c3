"""Changes one text of a YAML file and nothing else: comments, order, quotes and line ends of all the rest stay, byte
for byte.

The new text is written as the old one was, where it can be: without quotes, in the same quotes, after ``|``. What comes
out is read again, and given back only if it differs from the file in this one text.
"""

from __future__ import annotations

import re
from typing import Literal

from koho_pdf.errors import ManuscriptError
from koho_pdf.manuscript.reader import Span, read_bytes, spans_of
from koho_pdf.manuscript.scalar import Node, Scalar
from koho_pdf.manuscript.yaml_writing import yaml_of

_BOM = b"\xef\xbb\xbf"
_ENDS = re.compile("\r\n|\r|\n")
_PLAIN_INLINE = re.compile(r"[^\W_][^,\[\]{}:#\"']*(?<!\s)")
_STEP = 2  # spaces by which a text after ``|`` stands deeper, where no old one shows it

Why = Literal["no-text", "not-read", "not-writable"]


class Unspliced(ValueError):
    """The file cannot be changed so: there is ``no-text`` at this path, the place was ``not-read`` as it is written (it
    has mistakes), or the new text is ``not-writable`` there."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def spliced(raw: bytes, path: str, text: str) -> bytes:
    """The file with ``text`` (lines divided by ``\\n``) as its value at a dotted path. Raises ``Unspliced``."""
    before = _root(raw)
    old = _at(before, path)
    if not isinstance(old, Scalar):
        raise Unspliced("no-text")
    mark, whole = (_BOM, raw[len(_BOM) :]) if raw.startswith(_BOM) else (b"", raw)
    written = whole.decode("utf-8")
    span = spans_of(written).get((old.line, old.column))
    if span is None:
        raise Unspliced("not-read")
    changed = mark + _replaced(written, span, text).encode("utf-8", "surrogatepass")
    try:
        right = _root(changed) == _with(before, path.split("."), text)
    except Unspliced:
        right = False
    if not right:
        raise Unspliced("not-writable")
    return changed


def _root(raw: bytes) -> Node:
    try:
        tree = read_bytes(raw, "")
    except ManuscriptError:
        raise Unspliced("not-read") from None
    return tree.root


def _at(node: Node | None, path: str) -> Node | None:
    for part in path.split("."):
        if isinstance(node, dict):
            node = node.get(part)
        elif isinstance(node, list):
            node = node[int(part)] if part.isdecimal() and int(part) < len(node) else None
        else:
            return None
    return node


def _with(node: Node, path: list[str], text: str) -> Node:
    """The same values with another one at a path."""
    if not path:
        return Scalar(text)
    first, *rest = path
    if isinstance(node, dict):
        return {name: _with(each, rest, text) if name == first else each for name, each in node.items()}
    if isinstance(node, list):
        return [_with(each, rest, text) if str(number) == first else each for number, each in enumerate(node)]
    return node


def _replaced(written: str, span: Span, text: str) -> str:
    before, old, after = written[: span.begin], written[span.begin : span.end], written[span.end :]
    if span.style in ("|", ">"):
        return before + _block(written, before, old, text) + after
    if "\n" in text:
        if span.inline:
            raise Unspliced("not-writable")
        if span.style == "":  # what follows on the line, a comment, stays there
            line_end = _ENDS.search(after)
            rest, below = (after[: line_end.start()], after[line_end.start() :]) if line_end else (after, "")
            lines = _indented(text, _depth(before) + _STEP, _newline(written))
            return f"{_spaced(before)}|{rest}{_newline(written)}{lines}{below}"
        raise Unspliced("not-writable")
    return (_spaced(before) if not old else before) + _one_line(text, span) + after


def _one_line(text: str, span: Span) -> str:
    if span.style == '"':
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        return f'"{escaped}"'
    quoted = "'" + text.replace("'", "''") + "'"
    if span.style == "'" or not text:
        return quoted
    if span.inline:
        return text if _PLAIN_INLINE.fullmatch(text) else quoted
    return yaml_of(text).removesuffix("\n")


def _block(written: str, before: str, old: str, text: str) -> str:
    """A text after ``|`` with other lines; the ``|`` with what stands beside it, and blank lines below, stay."""
    head, *lines = _ENDS.split(old)
    filled = [line for line in lines if line.strip()]
    if old[0] == ">" or re.search("[0-9]", head.partition("#")[0]) or not text.strip():
        raise Unspliced("not-writable")
    depth = len(filled[0]) - len(filled[0].lstrip(" ")) if filled else _depth(before) + _STEP
    last = max((number for number, line in enumerate(lines) if line.strip()), default=-1)
    end = _newline(written)
    return end.join([head, _indented(text, depth, end), *lines[last + 1 :]])


def _indented(text: str, depth: int, end: str) -> str:
    return end.join(" " * depth + line if line else "" for line in text.split("\n"))


def _depth(before: str) -> int:
    """How deep the line stands on which a value begins: its name, not the dashes before it."""
    line = _ENDS.split(before)[-1]
    return len(re.match(r"[ ]*(?:- +)*", line)[0]) if ":" in line else len(line) - len(line.lstrip(" "))  # type: ignore[index]


def _spaced(before: str) -> str:
    """What stands before a value, with a space after ``:`` and ``-``."""
    return before if before.endswith((" ", "\n")) or not before else f"{before} "


def _newline(written: str) -> str:
    """The line end of a file: that of its first line."""
    found = _ENDS.search(written)
    return found[0] if found else "\n"
