"""A manuscript with something in the place of what is wrong in it: for looking at its pages (``koho look``), and for
what else is wrong with them (``koho build``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from pydantic import BaseModel

from koho_pdf.content.issue import Issue
from koho_pdf.findings import Finding
from koho_pdf.manuscript.paths import above, article_in
from koho_pdf.manuscript.places import Place, place_at
from koho_pdf.manuscript.scalar import Node, Scalar, Tree

GAP = "（間違い）"
"""Stands where words are missing or wrong."""

_OTHERS = (GAP, "1", "令和9年3月1日", "午前10時", "42-1809", "https://example.jp", "koho@example.jp")
"""What is tried in turn where a value of some type is asked for and its field gives no example."""


def patched(
    tree: Tree, errors: Iterable[Finding], model: type[Issue], tried: Counter[str], *, short: bool = False
) -> Tree:
    """The tree with each of the errors mended somehow: a wrong text becomes the example of its field, or ``GAP``; what
    cannot be mended so goes. ``tried`` counts how often each path was mended before. ``short``: ``GAP`` comes before
    the example, so that what stands there takes hardly any room.
    """
    trees = {"": _copy(tree)} | {id_: _copy(each) for id_, each in tree.articles.items()}
    for found in errors:
        path = found.where.field or ""
        times, id_ = tried[path], article_in(path)
        tried[path] += 1
        if not path:  # about a line that was not read
            continue
        own = (trees[id_].root if id_ in trees else _written_out(trees[""].root, id_)) if id_ else None
        root, inner = (own, path.partition(":")[2]) if own is not None else (trees[""].root, path)
        kind = _kind_of(root, model) if own is not None else model
        if inner.endswith(".file"):  # a picture or table that cannot be read: nothing of it can be shown
            inner = above(inner)
        if own is not None and inner == "kind" and isinstance(root, dict):
            root["kind"] = Scalar(str(cast(Any, kind).described.name), 1, 1, path)
            continue
        holder, name = _holder(root, inner)
        place = place_at(kind, tuple(int(part) if part.isdigit() else part for part in inner.split(".")))
        if isinstance(holder, dict):
            _mend(holder, name, found, place, times, short)
        elif isinstance(holder, list) and name.isdigit() and int(name) < len(holder):
            text = _text(place, holder[int(name)], path, times, short)
            if text is None or not isinstance(holder[int(name)], str):
                del holder[int(name)]
            else:
                holder[int(name)] = text
    lines = {key: line for each in trees.values() for key, line in each.lines.items()}
    articles = {id_: each for id_, each in trees.items() if id_}
    return replace(trees[""], articles=articles, lines=lines)


def _mend(holder: dict[str, Node], name: str, found: Finding, place: Place, times: int, short: bool) -> None:
    node = holder.get(name)
    if found.code == "unknown-field":
        holder.pop(name, None)
    elif place.is_list and not isinstance(node, str) and (isinstance(node, list) or times == 0):
        least, most = (_limit(place, each) for each in ("min_length", "max_length"))
        one: Node = {} if place.model else Scalar(GAP, 1, 1, found.where.field or "")
        items = node if isinstance(node, list) and node else [one]
        holder[name] = [*items, *items[-1:] * max(0, (least or 0) - len(items))][: most or None]
    elif isinstance(node, dict):
        holder.pop(name)
    elif place.is_field and place.model is not None and node is None:
        holder[name] = {}
    elif (text := _text(place, node, found.where.field or "", times, short)) is not None:
        holder[name] = text
    else:
        holder.pop(name, None)


def _text(place: Place, node: Node | None, path: str, times: int, short: bool) -> Scalar | None:
    """The text that is tried after so many others in a place: its example, then ``GAP`` and others (``short``: first
    ``GAP``); None if there is no more.
    """
    example = () if place.example.startswith(("[", "{")) or not place.example else (place.example,)
    line, column = (node.line, node.column) if isinstance(node, Scalar) else (1, 1)
    texts = (GAP, *example, *_OTHERS[1:]) if short else (*example, *_OTHERS)
    return Scalar(texts[times], line, column, path) if times < len(texts) else None


def _limit(place: Place, name: str) -> int | None:
    return next((getattr(each, name) for each in place.limits if getattr(each, name, None) is not None), None)


def _copy(tree: Tree) -> Tree:
    return replace(tree, root=_copied(tree.root), findings=(), unread=frozenset())


def _copied(node: Node) -> Node:
    if isinstance(node, dict):
        return {name: _copied(each) for name, each in node.items()}
    return [_copied(each) for each in node] if isinstance(node, list) else node


def _holder(node: Node | None, path: str) -> tuple[Node | None, str]:
    """The group or list in which a path ends, and its last name there, which may itself hold a dot or a colon."""
    while isinstance(node, (dict, list)):
        if isinstance(node, dict):
            name = next((each for each in node if path.startswith(f"{each}.")), "")
            if path in node or not name:
                return node, path
            node = node[name]
        else:
            name = path.partition(".")[0]
            if name == path or not name.isdigit() or int(name) >= len(node):
                return node, path
            node = node[int(name)]
        path = path.removeprefix(f"{name}.")
    return None, path


def _written_out(node: Node, id_: str) -> dict[str, Node] | None:
    """The article with this id that is written out among others."""
    if isinstance(node, dict):
        if str(node.get("id", "")).strip() == id_:
            return node
        node = list(node.values())
    if isinstance(node, list):
        return next((found for each in node if (found := _written_out(each, id_)) is not None), None)
    return None


def _kind_of(article: Node | None, model: type[Issue]) -> type[BaseModel]:
    """The kind that an article says it is of, else the one it looks most like."""
    kinds: dict[str, Any] = {name: each for models in model.takes.values() for name, each in models.items()}
    said = str(article.get("kind", "")).strip() if isinstance(article, dict) else ""
    written = article.keys() if isinstance(article, dict) else set()
    like = max(kinds, key=lambda each: len(written & kinds[each].model_fields.keys()), default="")
    found: type[BaseModel] = kinds.get(said) or kinds.get(like) or model
    return found
