"""A text of the manuscript that knows its place, and the tree of these texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Union

from koho_pdf.findings import Finding
from koho_pdf.manuscript.paths import article_in


class Scalar(str):
    """A value of the YAML file, always text; ``line`` and ``column`` count from 1, ``field`` is its dotted path.
    ``quoted`` is whether a quotation mark stands at that column."""

    __slots__ = ("column", "field", "line", "quoted")

    line: int
    column: int
    field: str
    quoted: bool

    def __new__(cls, text: str, line: int = 1, column: int = 1, field: str = "", *, quoted: bool = False) -> Scalar:
        """The text with its place in the file."""
        made = super().__new__(cls, text)
        made.line, made.column, made.field, made.quoted = line, column, field, quoted
        return made

    @property
    def begins(self) -> int:
        """The column at which its words begin."""
        return self.column + self.quoted


class Block(Scalar):
    """A text over several lines (``body: |``), its line ends ``\\n``; ``line`` and ``column`` are those of ``|``.

    ``columns`` are the columns at which its lines begin in the file, from the line after ``|`` on.
    """

    __slots__ = ("columns",)

    columns: tuple[int, ...]

    @classmethod
    def of(cls, text: str, line: int, column: int, field: str, columns: tuple[int, ...]) -> Block:
        """The text with its place, and that of its lines."""
        made = cls(text, line, column, field)
        made.columns = columns
        return made

    def place(self, number: int) -> tuple[int, int]:
        """The line and column in the file of a line of the text, counted from 0."""
        return self.line + 1 + number, self.columns[number] if number < len(self.columns) else 1


Node = Union[Scalar, "list[Node]", "dict[str, Node]"]


@dataclass(frozen=True, slots=True)
class Tree:
    """A manuscript as read, before the model has seen it.

    ``file`` is the path from the workspace, with slashes. ``root`` holds dicts, lists and ``Scalar``. ``lines`` gives
    the line of every dotted path (of the key, or of the list item; ``""`` is line 1). ``findings`` are mistakes after
    which the rest could still be read; ``unread`` are the paths whose values were lost.

    The tree of an issue has its ``articles`` by their ids, trees of their own; its ``lines`` have theirs too. An
    article's paths all begin with its ``prefix`` (``shakai:``, see ``paths``); ``folder`` is the issue's, in which the
    files lie that it names.
    """

    file: str
    root: Node
    lines: Mapping[str, int]
    findings: tuple[Finding, ...] = ()
    unread: frozenset[str] = frozenset()
    prefix: str = ""
    above: str | None = None
    articles: Mapping[str, Tree] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The folder in which the files lie that it names, as findings name it."""
        return str(PurePosixPath(self.file).parent) if self.above is None else self.above

    def of(self, path: str) -> Tree:
        """The tree that a path is of: an article's, or this one."""
        return self.articles.get(article_in(path), self)

    def with_articles(self, articles: Mapping[str, Tree]) -> Tree:
        """The tree of an issue with these articles beside those it has."""
        lines = {path: line for each in articles.values() for path, line in each.lines.items()}
        return replace(self, lines={**self.lines, **lines}, articles={**self.articles, **articles})

    def at(self, path: str) -> Node | None:
        """The node at a dotted path; None if there is none."""
        if (tree := self.of(path)) is not self:
            return tree.at(path)
        node: Node = self.root
        for part in path.removeprefix(self.prefix).split("."):
            if isinstance(node, dict) and part in node:
                node = node[part]
            elif isinstance(node, list) and part.isdigit() and int(part) < len(node):
                node = node[int(part)]
            else:
                return None
        return node
