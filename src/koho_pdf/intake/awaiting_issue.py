"""What must be known of an issue before files are taken in for it: its kinds of articles, its ids, its date; however
unfinished or broken its manuscript is.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from koho_pdf.content.article_files import FOLDER, read_issue
from koho_pdf.content.check import layout_named
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.errors import KohoError
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.known import kinds_of
from koho_pdf.layout.contract import kind_of_layout, layout_names, read_layout
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Node, Tree
from koho_pdf.workspace.workspace import Workspace


def tree_of(folder: Path, workspace: Workspace) -> Tree:
    """The issue's manuscript, however broken."""
    try:
        return read_issue(folder, workspace.root)
    except KohoError:
        return Tree(f"{folder.name}/issue.yaml", {}, {"": 1})


def kinds_for(tree: Tree, workspace: Workspace) -> Mapping[str, Kind]:
    """The kinds of articles that the issue may hold, as its kind names them; without a known layout, all there are."""
    name = layout_named(tree)
    if name in layout_names(workspace.layouts):
        kind = kind_of_layout(read_layout(workspace.layouts / str(name), workspace.root), workspace.root)
        if kind.takes:
            return kind.takes
    kinds = kinds_of(workspace.layouts, workspace.root)
    return {name: each for name, each in kinds.items() if not each.front}


def ids_in(tree: Tree, folder: Path) -> set[str]:
    """Every id that the issue uses already: files, and articles that are written out in ``issue.yaml``."""
    found = set(tree.articles)
    place = folder / FOLDER
    if place.is_dir():
        found |= {each.name.partition(".")[0] for each in place.iterdir()}

    def _look(node: Node) -> None:
        if isinstance(node, dict):
            if isinstance(id_ := node.get("id"), str):
                found.add(str(id_))
            for each in node.values():
                _look(each)
        elif isinstance(node, list):
            for each in node:
                _look(each)

    _look(tree.root)
    return found


def day_of(tree: Tree) -> datetime.date | None:
    """The issue's date, if it can be read."""
    said = tree.root.get("date") if isinstance(tree.root, dict) else None
    try:
        return CalendarDate.parse(str(said)).day if said else None
    except Refusal:
        return None
