"""The articles of an issue that is still being written: whose they are, and what the issue is called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from koho_pdf.intake.awaiting_issue import tree_of
from koho_pdf.manuscript.scalar import Node, Tree
from koho_pdf.workspace.workspace import Workspace


def articles_by_department(folder: Path, workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """The ids of the articles that name each department of the city, or another one, in files of their own or not."""
    found: dict[str, list[str]] = {name: [] for name in workspace.city.departments}
    for id_, each in tree_of(folder, workspace).articles.items():
        for name in dict.fromkeys((*workspace.city.departments, *_said_in(each.root))):
            if _names(each.root, name):
                found.setdefault(name, []).append(id_)
    return {name: tuple(ids) for name, ids in found.items()}


def called(folder: Path, workspace: Workspace) -> str:
    """What people call the issue: its title and month, as far as they are written."""
    tree: Tree = tree_of(folder, workspace)
    root = tree.root if isinstance(tree.root, dict) else {}
    said = [str(root[each]) for each in ("title", "month") if isinstance(root.get(each), str)]
    return " ".join(said) or folder.name


def _said_in(node: Node) -> Iterator[str]:
    """The departments that an article names itself: ``department: 税務課``, in its contact or beside it."""
    if isinstance(node, dict):
        for name, each in node.items():
            if name == "department" and isinstance(each, str) and each.strip():
                yield str(each).split()[0]
            yield from _said_in(each) if isinstance(each, dict) else ()


def _names(node: Node, department: str) -> bool:
    """Whether a group says that a department answers: ``ask: 税務課``, ``department: 税務課``."""
    if isinstance(node, dict):
        own = any(isinstance(each, str) and str(each).split()[:1] == [department] for each in node.values())
        return own or any(_names(each, department) for each in node.values() if isinstance(each, dict))
    return False
