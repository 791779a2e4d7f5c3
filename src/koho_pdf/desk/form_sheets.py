"""The sheets of an issue's form: a sheet is what one form shows, an article or a part of the issue itself.

An issue of the policy leaflet has one for its cover, one for each pillar, one for each initiative; a newsletter has one
for itself and one for each article. They are made from the kind alone, so a manuscript with mistakes has them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.content.article_files import read_issue
from koho_pdf.content.check import layout_named
from koho_pdf.content.named_articles import entries_of
from koho_pdf.desk.change import Value
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import error
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.layout.contract import kind_of_layout, layout_names, read_layout
from koho_pdf.manuscript.paths import joined
from koho_pdf.manuscript.scalar import Node, Tree


@dataclass(frozen=True, slots=True)
class FieldAt:
    """A field of a sheet: its dotted ``path`` in the manuscript of its article, the ``field`` of the kind (title,
    description, type, options) and its ``value``: text, list, group; None if it is not written."""

    path: str
    field: Field
    value: Value | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``article`` is the id of an article with its own kind, empty for the issue itself; ``path`` the group in its
    manuscript that the sheet shows, empty for all of it. ``title`` is its heading, ``kind`` what sort of article or
    group it is, ``above`` the heading of what it stands in."""

    article: str
    path: str
    title: str
    kind: str
    above: str
    fields: tuple[FieldAt, ...]

    @property
    def key(self) -> str:
        """Its name, unlike that of every other sheet: ``shakai:``, ``pillars.0.initiatives.1``, empty for the cover."""
        return f"{self.article}:{self.path}" if self.article else self.path


def sheets_of(folder: Path, root: Path) -> tuple[Sheet, ...]:
    """The sheets of the issue in ``folder`` of the workspace ``root``, in the order of the manuscript, then of the
    articles' files. Raises KohoError if ``issue.yaml`` cannot be read, or its layout or kind is not known."""
    tree = read_issue(folder, root)
    kind = kind_of_issue(tree, root)
    tree, entries, _ = entries_of(tree, kind.model)
    articles = [_of_article(entry.id, entry.tree, kind) for entry in entries]
    return (*_of_group(tree.root, kind.fields, "", "", kind.title), *articles)


def kind_of_issue(tree: Tree, root: Path) -> Kind:
    """The kind of an issue of the workspace ``root``, by the layout that it names. Raises KohoError:
    ``unknown-layout``, and what is wrong with layout and kind."""
    layouts, name = root / "layouts", layout_named(tree) or ""
    if name not in layout_names(layouts):
        hint = f"使えるレイアウト: {'・'.join(each for each in layout_names(layouts) if not each.startswith('_'))}"
        raise ManuscriptError(error("unknown-layout", f"「{name[:40]}」というレイアウトはありません。", hint=hint))
    return kind_of_layout(read_layout(layouts / name, root), root)


def _of_article(id_: str, article: Tree, kind: Kind) -> Sheet:
    named = article.root.get("kind") if isinstance(article.root, dict) else None
    own = kind.takes.get(str(named))
    fields: Mapping[str, Field] = own.fields if own else {}
    title = _words(article.root, own.heading if own else "") or id_
    return Sheet(id_, "", title, own.title if own else "", "", _fields(article.root, fields, ""))


def _of_group(node: Node | None, fields: Mapping[str, Field], path: str, above: str, kind: str) -> Iterator[Sheet]:
    """The sheet of a group, then those of the articles in it."""
    own = {name: field for name, field in fields.items() if not _apart(field)}
    heading = next((name for name, field in own.items() if field.role in ("title", "heading")), "")
    title = _words(node, heading) or kind
    yield Sheet("", path, title, kind, above, _fields(node, own, path))
    for name, field in fields.items():
        if not _apart(field):
            continue
        value, below = node.get(name) if isinstance(node, dict) else None, joined(path, name)
        if isinstance(field, GroupField):
            yield from _of_group(value, field.fields, below, title if path else "", field.title)
        elif isinstance(field, ListField) and isinstance(field.of, GroupField):
            for number, each in enumerate(value if isinstance(value, list) else ()):
                called = f"{field.title}{number + 1}"
                yield from _of_group(each, field.of.fields, f"{below}.{number}", title if path else "", called)


def _apart(field: Field) -> bool:
    """Whether a field has sheets of its own."""
    if isinstance(field, ListField):
        return isinstance(field.of, GroupField) and bool(field.section or field.article)
    return isinstance(field, GroupField) and bool(field.article)


def _fields(node: Node | None, fields: Mapping[str, Field], path: str) -> tuple[FieldAt, ...]:
    held = node if isinstance(node, dict) else {}
    return tuple(FieldAt(joined(path, name), field, plain(held.get(name))) for name, field in fields.items())


def _words(node: Node | None, heading: str) -> str:
    found = node.get(heading) if isinstance(node, dict) else None
    return str(found).replace("\n", " ") if isinstance(found, str) else ""


def plain(node: Node | None) -> Value | None:
    """The values of a manuscript without their places."""
    if isinstance(node, dict):
        return {str(name): each for name, node_ in node.items() if (each := plain(node_)) is not None}
    if isinstance(node, list):
        return [each for node_ in node if (each := plain(node_)) is not None]
    return None if node is None else str(node)
