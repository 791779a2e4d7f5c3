"""The layout that a manuscript without one, or with a misspelt one, was probably written for."""

from __future__ import annotations

import difflib
from contextlib import suppress
from pathlib import Path

from koho_pdf.content.check import layout_named
from koho_pdf.errors import KohoError
from koho_pdf.layout.contract import kind_of_layout, layout_names, read_layout
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.workspace.workspace import Workspace


def meant_layout(tree: Tree, folder: Path, workspace: Workspace) -> tuple[str, tuple[str, ...]]:
    """The name of the layout, and all that could be meant, best first. It is empty where nothing decides between them.

    A layout that can be read is meant if its name is like the one that is written; else if its kind has most of the
    manuscript's fields. Of several, the one whose name is part of the folder's name; else the only one with which other
    issues of the workspace are made.
    """
    name = layout_named(tree)
    names = [each for each in layout_names(workspace.layouts) if not each.startswith("_")]
    if name is not None and (near := difflib.get_close_matches(name, names, 1, 0.5)):
        return near[0], (near[0],)
    keys = set(tree.root) if isinstance(tree.root, dict) else set()
    shared = {each: len(keys & _fields(each, workspace)) for each in names}
    most = max(shared.values(), default=0)
    fit = tuple(each for each in names if most and shared[each] == most)
    if len(fit) < 2:
        return "".join(fit), fit
    named = [each for each in fit if each in folder.name]
    used = [each for each in fit if each in _of_others(folder, workspace)]
    decided = next((each[0] for each in (named, used) if len(each) == 1), "")
    return decided, (decided, *(each for each in fit if each != decided)) if decided else fit


def _fields(layout: str, workspace: Workspace) -> set[str]:
    """The fields of a layout's kind; none where it cannot be read."""
    with suppress(KohoError):
        kind = kind_of_layout(read_layout(workspace.layouts / layout, workspace.root), workspace.root)
        return set(kind.fields)
    return set()


def _of_others(folder: Path, workspace: Workspace) -> set[str]:
    """The layouts of the other issues beside this one."""
    found: set[str] = set()
    for path in sorted(folder.parent.glob("*/issue.yaml")):
        if path.parent != folder:
            with suppress(KohoError):
                found.add(layout_named(read(path, workspace.root)) or "")
    return found
