"""Lists of an issue's manuscript without the entries for articles that the next issue leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.errors import ManuscriptError
from koho_pdf.manuscript.reader import read_bytes
from koho_pdf.manuscript.scalar import Node, Tree


def without_references(raw: bytes, file: str, left: frozenset[str]) -> bytes:
    """The file without the entries ``to: herring`` of its lists whose article is in ``left``; a list that would be
    empty goes with its key. Where it cannot be done without touching other words, the file as it is."""
    try:
        tree = read_bytes(raw, file)
    except ManuscriptError:
        return raw
    lines = raw.split(b"\n")
    root = tree.root if isinstance(tree.root, dict) else {}
    expected: dict[str, Node] = dict(root)
    gone: list[tuple[int, int]] = []
    for key, node in root.items():
        if not isinstance(node, list):
            continue
        out = [number for number, entry in enumerate(node) if _leads_to(entry, left)]
        if not out:
            continue
        begins = [tree.lines[f"{key}.{number}"] - 1 for number in range(len(node))]
        begins.append(_end(lines, begins[-1]))
        if len({*begins, tree.lines[key] - 1}) != len(begins) + 1:
            continue  # several entries, or the key, on one line
        kept = [entry for number, entry in enumerate(node) if number not in out]
        if kept:
            expected[key] = kept
            gone += [(begins[number], _end(lines, begins[number])) for number in out]
        else:
            del expected[key]
            gone.append((tree.lines[key] - 1, begins[-1]))
    for begin, end in sorted(gone, reverse=True):
        lines[begin:end] = []
    changed = b"\n".join(lines)
    return changed if gone and _says(changed, file, expected) else raw


def _leads_to(entry: Node, left: frozenset[str]) -> bool:
    return isinstance(entry, dict) and str(entry.get("to", "")).strip() in left


def _end(lines: list[bytes], begin: int) -> int:
    """The line after the last one of a list's entry; blank lines and comments behind it are not its own."""
    depth = _depth(lines[begin])
    last = begin
    for at, line in _with_words(lines, begin + 1):
        if _depth(line) <= depth:
            break
        last = at
    return last + 1


def _with_words(lines: list[bytes], start: int) -> Iterator[tuple[int, bytes]]:
    for at in range(start, len(lines)):
        if not re.match(rb"\s*(#|$)", lines[at]):
            yield at, lines[at]


def _depth(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))


def _says(raw: bytes, file: str, expected: dict[str, Node]) -> bool:
    try:
        tree: Tree = read_bytes(raw, file)
    except ManuscriptError:
        return False
    return tree.root == expected
