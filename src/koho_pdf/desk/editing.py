"""Changes written into the texts of an issue's files: which file, which place in it, and the text with the change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from koho_pdf.content.article_files import file_of
from koho_pdf.content.article_keys import BESIDE
from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.desk.change import Change, Conflict, Value
from koho_pdf.desk.form_sheets import kind_of_issue, plain
from koho_pdf.errors import KohoError, ManuscriptError
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.manuscript.encoding import writable
from koho_pdf.manuscript.reader import read_bytes
from koho_pdf.manuscript.scalar import Node, Tree
from koho_pdf.manuscript.yaml_splicing import Unspliced, with_item, with_item_moved, with_value_at, without

ISSUE = "issue.yaml"


class Collision(Exception):
    """Something else stands on the disk than the window showed."""

    def __init__(self, told: Conflict) -> None:
        super().__init__(told.field)
        self.told = told


class Editing:
    """Some changes together, upon the texts that ``text`` gives; ``root`` is the workspace."""

    def __init__(self, root: Path, text: Callable[[str], str | None], revision: int) -> None:
        self._root, self._text, self._revision = root, text, revision
        self.files: dict[str, str] = {}
        self.fields: list[tuple[str, str]] = []

    def make(self, change: Change) -> None:
        """Make one change. Raises ``Collision``, ``Unspliced``."""
        file, path = self.place(change.article, change.field)
        tree, old, new = self._tree(file), kept(change.old), kept(change.new)
        theirs = kept(plain(tree.at(path))) if path else None
        listed = path.rpartition(".")[0]
        whole = change.field if change.act == "set" else change.field.rpartition(".")[0]
        if change.act == "set" and theirs == new:
            self.fields.append((change.article, whole))
            return
        if change.act != "insert" and theirs != old:
            raise Collision(Conflict(change.article, change.field, old, new, theirs, self._revision))
        raw = bytes_of(self._current(file))
        if change.act == "insert":
            raw = (
                with_item(raw, path, new or "")
                if listed and tree.at(listed) is not None
                else self._first(raw, listed, new)
            )
        elif change.act == "move":
            raw = with_item_moved(raw, path, change.to)
        elif new is None or change.act == "remove":
            raw = raw if theirs is None else without(raw, path)
        else:
            raw = with_value_at(raw, path, new, self._order(file, change.article))
        self.files[file] = raw.decode("utf-8", "surrogateescape")
        self.fields.append((change.article, whole))

    def _first(self, raw: bytes, listed: str, new: Value | None) -> bytes:
        """The first item of a list that is not written yet."""
        if not listed:
            raise Unspliced("no-text")
        return with_value_at(raw, listed, [new or ""])

    def values(self) -> tuple[Value | None, ...]:
        """What stands at the changed fields now."""
        return tuple(self.value(article, field) for article, field in self.fields)

    def value(self, article: str, field: str) -> Value | None:
        """What stands at a field."""
        try:
            file, path = self.place(article, field)
            return plain(self._tree(file).at(path))
        except Unspliced:
            return None

    def place(self, article: str, field: str) -> tuple[str, str]:
        """The file of a field, and its path there. An article that is written out in the issue's file has none of its
        own. Raises ``Unspliced``."""
        if not article:
            return ISSUE, field
        if self._current(file_of(article)) is not None:
            return file_of(article), field
        if self._current(ISSUE) is not None:
            for path in _written_out(self._tree(ISSUE).root, article):
                return ISSUE, f"{path}.{field}"
        raise Unspliced("no-text")

    def _current(self, file: str) -> str | None:
        return self.files.get(file, self._text(file))

    def _tree(self, file: str) -> Tree:
        try:
            return read_bytes(bytes_of(self._current(file)), "")
        except ManuscriptError:
            raise Unspliced("not-read") from None

    def _order(self, file: str, article: str) -> Callable[[str], Sequence[str]]:
        """The names that each group may have, in the order of the kind; none where the kind is not known."""
        try:
            kind = kind_of_issue(self._tree(ISSUE), self._root)
        except KohoError:
            return lambda path: ()
        own = kind
        if article:
            named = self._tree(file).at("kind")
            if str(named) not in kind.takes:
                return lambda path: ()
            own = kind.takes[str(named)]
        return lambda path: _names(own, path)


def _names(kind: Kind, path: str) -> Sequence[str]:
    if not path:
        base = Issue if kind.front else ArticleManuscript
        first = [name for name in base.model_fields if name not in kind.fields]
        first += [] if kind.front else ["media"]
        return [
            *first,
            *kind.fields,
            *(name for name in kind.written.model_fields if name not in (*first, *kind.fields)),
        ]
    fields: Mapping[str, Field] = kind.fields
    for part in path.split("."):
        if part.isdecimal():
            continue
        field = fields.get(part)
        held = field.of if isinstance(field, ListField) else field
        if not isinstance(held, GroupField):
            return list(held.within) if held else ()
        fields = held.fields
    return ["id", *fields, *BESIDE]


def _written_out(node: Node, article: str, path: str = "") -> Iterator[str]:
    pairs: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, each in pairs:
        below = f"{path}.{name}" if path else str(name)
        if isinstance(each, dict) and "kind" in each and str(each.get("id", "")).strip() == article:
            yield below
        yield from _written_out(each, article, below)


def kept(value: Value | None) -> Value | None:
    """A value as a manuscript can hold it."""
    if isinstance(value, dict):
        return {name: each for name, value_ in value.items() if (each := kept(value_)) is not None}
    if isinstance(value, list):
        return [each for value_ in value if (each := kept(value_)) is not None]
    return None if value is None else writable(value)


def bytes_of(text: str | None) -> bytes:
    """The bytes of a file's text; bytes that are not UTF-8 stay as they are."""
    return (text or "").encode("utf-8", "surrogateescape")
