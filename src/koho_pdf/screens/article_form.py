"""READ FIRST of the forms: the pieces of an issue (記事), each as a form made from its kind, whatever the kind is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from koho_pdf.content.article_files import read_issue
from koho_pdf.content.articles import untyped
from koho_pdf.content.check import layout_named
from koho_pdf.content.named_articles import entries_of
from koho_pdf.content.plan import lists_in
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Where, error
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.known import kind_called
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.kinds.types.issue_articles import ArticlesField
from koho_pdf.kinds.types.page_plan import PlanField
from koho_pdf.layout.contract import kind_of_layout, layout_names, read_layout
from koho_pdf.manuscript.paths import joined, of_article
from koho_pdf.manuscript.scalar import Node, Tree
from koho_pdf.screens.form_parts import Control, Part, Piece
from koho_pdf.screens.value_parts import part_of, parts_of
from koho_pdf.workspace.workspace import Workspace

FRONT = "~"
"""The path of the piece that the issue's own first fields make."""
_LONGEST_TITLE = 40


def pieces_of(folder: Path, workspace: Workspace) -> tuple[Piece, ...]:
    """The pieces of the issue in ``folder``, in the order in which they are read. Raises KohoError where there is no
    manuscript, or no layout and so no kind."""
    tree = read_issue(folder, workspace.root)
    name = layout_named(tree)
    if name is None or name not in layout_names(workspace.layouts):
        told = "この原稿が使うレイアウトがありません。"
        raise ManuscriptError(error("unknown-layout", told, Where(tree.file, field="layout")))
    kind = kind_of_layout(read_layout(workspace.layouts / name, workspace.root), workspace.root)
    tree, entries, _ = entries_of(tree, kind.model)
    placed = _in_plan(tree, kind)
    order = {id_: number for number, id_ in enumerate(placed)}
    made = list(_of_issue(kind, tree))
    articles = sorted(entries, key=lambda entry: order.get(entry.id, len(order)))
    for entry in articles:
        written = entry.model.described if entry.model is not None else None
        if isinstance(written, Kind):
            made.append(_article(entry.id, kind_called(written.name, workspace.layouts, workspace.root), tree))
    return tuple(made)


def _in_plan(tree: Tree, kind: Kind) -> list[str]:
    """The ids of the articles in the order of the page plan."""
    planned = next((name for name, each in kind.fields.items() if isinstance(each, PlanField)), "")
    lists = lists_in(tree.at(planned), planned) if planned else ()
    return list(dict.fromkeys(str(each) for _, ids in lists for each in ids if isinstance(each, str)))


def _article(id_: str, kind: Kind, tree: Tree) -> Piece:
    """An article of a kind of its own."""
    path = of_article(id_)
    node = tree.articles[id_].root if id_ in tree.articles else None
    held = node if isinstance(node, dict) else {}
    return Piece(path, kind.title, _title(held, kind.heading) or kind.title, parts_of(kind.fields, path, held))


def _of_issue(kind: Kind, tree: Tree) -> Iterator[Piece]:
    """The pieces of the issue's own fields: those of the cover together, then each that is an article or a section."""
    root = tree.root if isinstance(tree.root, dict) else {}
    own = {name: each for name, each in kind.fields.items() if not _stands_alone(kind, name, each)}
    first = [part_of(field, name, root.get(name)) for name, field in own.items()]
    parts: tuple[Part, ...] = tuple(each for each in first if each is not None)
    yield Piece(FRONT, "", "表紙とはじめの言葉", (*parts, *_setting(root)))
    for name, field in kind.fields.items():
        if _stands_alone(kind, name, field) and not isinstance(field, (ArticlesField, PlanField)):
            yield from _own_piece(name, field, root.get(name))


def _setting(root: Mapping[str, Node]) -> Iterator[Part]:
    """The day of issue, which every issue has."""
    date = root.get("date")
    hint = "発行する日。紙面には印刷されず、PDFの日付になります。"
    if isinstance(date, str):
        yield Control("date", "発行日", "line", str(date), hint, required=True)


def _stands_alone(kind: Kind, name: str, field: Field) -> bool:
    return isinstance(field, (ArticlesField, PlanField)) or kind.makes_articles(name)


def _own_piece(name: str, field: Field, node: Node | None) -> Iterator[Piece]:
    if isinstance(field, ListField) and isinstance(field.of, GroupField) and (field.section or field.article):
        rows = node if isinstance(node, list) else []
        for number, row in enumerate(rows):
            held = row if isinstance(row, dict) else {}
            yield from _item(field, field.of, joined(name, number), number, held)
        return
    part = part_of(field, name, node)
    if part is not None:
        inner = part.parts if part.shape == "group" else (part,)  # type: ignore[union-attr]
        yield Piece(name, "", field.title or name, inner)


def _item(field: ListField, of: GroupField, path: str, number: int, held: Mapping[str, Node]) -> Iterator[Piece]:
    """A section with its articles, or an article of a list."""
    called = f"{field.title}{number + 1}"
    title = _title(held, of.heading)
    inner = {name: each for name, each in of.fields.items() if isinstance(each, ListField) and each.article}
    rest = {name: each for name, each in of.fields.items() if name not in inner}
    yield Piece(path, called, title or called, parts_of(rest, path, held))
    for name, each in inner.items():
        rows = held.get(name)
        for at, row in enumerate(rows if isinstance(rows, list) else []):
            group, below = each.of, row if isinstance(row, dict) else {}
            where = joined(joined(path, name), at)
            own = f"{each.title}{at + 1}"
            words = _title(below, group.heading) if isinstance(group, GroupField) else ""
            parts = parts_of(group.fields, where, below) if isinstance(group, GroupField) else ()
            yield Piece(where, f"{called}　{title}", f"{own}　{words}".strip(), parts)


def _title(held: Mapping[str, Node], heading: str) -> str:
    """The heading of an article in plain words."""
    said = held.get(heading) if heading else None
    if isinstance(said, dict):
        said = said.get("text")
    return untyped(str(said), "").plain[:_LONGEST_TITLE] if isinstance(said, str) else ""
