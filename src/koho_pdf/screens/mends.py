"""A certain mend as a change of one field: what stands there, what will, and the words around it."""

from __future__ import annotations

from typing import Any

from koho_pdf.findings import Finding
from koho_pdf.manuscript.paths import joined
from koho_pdf.manuscript.scalar import Block, Scalar, Tree

_AROUND = 8  # characters shown before and after


def mend_of(found: Finding, tree: Tree) -> dict[str, Any] | None:
    """The mend of a finding that is certain; None if it has none, or its words are not where they were found."""
    where = found.where
    if found.suggestion is None or not found.words or not where.field:
        return None
    path, node = where.field, tree.at(where.field)
    if isinstance(node, dict) and "text" in node:
        path, node = joined(path, "text"), node["text"]
    if not isinstance(node, Scalar):
        return None
    at = _begin(found, node)
    if at < 0:
        return None
    old, end = str(node), at + len(found.words)
    return {
        "path": path,
        "old": old,
        "new": old[:at] + found.suggestion + old[end:],
        "before": ("…" if at > _AROUND else "") + old[max(0, at - _AROUND) : at],
        "from": found.words,
        "to": found.suggestion,
        "after": old[end : end + _AROUND] + ("…" if len(old) > end + _AROUND else ""),
    }


def _begin(found: Finding, node: Scalar) -> int:
    """Where in a text the words begin: where the file says, or the only place that has them; -1 if neither."""
    text, where = str(node), found.where
    at = -1
    if isinstance(node, Block):
        row = (where.line or 0) - node.line - 1
        lines = text.split("\n")
        if 0 <= row < len(lines) and where.column:
            at = sum(len(line) + 1 for line in lines[:row]) + where.column - node.place(row)[1]
    elif where.line == node.line and where.column:
        at = where.column - node.begins
    if at >= 0 and text[at : at + len(found.words)] == found.words:
        return at
    return text.find(found.words) if text.count(found.words) == 1 else -1
