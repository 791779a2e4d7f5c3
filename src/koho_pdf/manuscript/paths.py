"""Dotted paths of a manuscript: ``pillars.0.name``, and in an article ``shakai:photo.file``.

A path begins with the article's id and a colon, so it says to which article a field belongs, whatever file it is in.
``shakai:`` is the article itself.
"""

from __future__ import annotations

_END = ":"


def of_article(id_: str) -> str:
    """The path of an article itself."""
    return f"{id_}{_END}"


def article_in(path: str) -> str:
    """The id of the article that a path belongs to; empty for a field of the issue itself."""
    return path.partition(_END)[0] if _END in path else ""


def joined(above: str, name: object) -> str:
    """The path of ``name`` (or of the item with this number) below another path."""
    return f"{above}.{name}" if above and not above.endswith(_END) else f"{above}{name}"


def above(path: str) -> str:
    """The path of the group around a field; empty for the whole manuscript."""
    if path.endswith(_END):
        return ""
    before, dot, _ = path.rpartition(".")
    return before if dot else path[: path.rfind(_END) + 1]


def is_in(path: str, group: str) -> bool:
    """Whether a path is that of a group, or of something in it."""
    return path == group or path.startswith(group if group.endswith(_END) else f"{group}.")
