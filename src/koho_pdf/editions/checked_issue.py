"""The manuscript of an issue checked, and its layout: as it is, or with something in the place of its mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from koho_pdf.content.check import Checked, check, layout_named
from koho_pdf.content.issue import Issue
from koho_pdf.content.patched import patched
from koho_pdf.editions.following import Patches
from koho_pdf.editions.meant_layout import meant_layout
from koho_pdf.errors import LayoutError, ManuscriptError
from koho_pdf.findings import Finding, errors_in
from koho_pdf.kinds.known import kinds_of
from koho_pdf.kinds.reading_order import astray, keys_twice
from koho_pdf.layout.contract import Layout, kind_of_layout, layout_names, read_layout
from koho_pdf.layout.palette import painted, unknown
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Scalar, Tree
from koho_pdf.plan.misplanned import misplanned, otherwise_folded, touching, unlike_leaves
from koho_pdf.workspace.workspace import Workspace

_OF_WHOLE = ("id-twice", "reference-nowhere", "reference-unknown")  # told of a whole manuscript alone
_PATCHES = 100  # places of a manuscript that are patched before it is given up


def checked_whole(
    tree: Tree, folder: Path, workspace: Workspace, *, looking: bool = False
) -> tuple[Checked[Issue], Layout, tuple[Finding, ...]]:
    """The issue and its layout, and what there is to tell; without a layout a manuscript is still checked, as the kind
    it looks most like. Who is only ``looking`` is told of a reference to an article without a page, and goes on."""
    names = layout_names(workspace.layouts)
    name = layout_named(tree)
    layout = None
    if name in names:
        try:
            layout = painted(read_layout(workspace.layouts / name, workspace.root), workspace.city)
            model = kind_of_layout(layout, workspace.root).model
        except LayoutError as fault:
            raise LayoutError(*fault.findings, *_of_manuscript(tree, name, folder, workspace)) from fault
    else:
        keys = set(tree.root) if isinstance(tree.root, dict) else set()
        kinds = kinds_of(workspace.layouts, workspace.root)
        fronts = [kind for kind in kinds.values() if kind.front]
        model = max(fronts, key=lambda kind: len(keys & set(kind.fields))).model if fronts else Issue
    try:
        checked = check(tree, model, folder=folder, layouts=names, departments=workspace.city.departments)
    except ManuscriptError as fault:
        raise ManuscriptError(*_with_layouts(fault.findings, tree, folder, workspace)) from None
    assert layout is not None  # check has refused a manuscript without one
    styled = layout.digits != "as-typed"  # then the layout prints both widths in one style
    told = tuple(each for each in checked.findings if not (styled and each.code == "digits-of-two-widths"))
    told += tuple(unknown(workspace.city, workspace.layouts, workspace.root))
    told += tuple(misplanned(checked.issue, layout, checked.tree))
    told += tuple(unlike_leaves(checked.issue, layout, checked.tree))
    told += tuple(otherwise_folded(checked.issue, layout, checked.tree))
    told += tuple(touching(checked.issue, layout, workspace.root))
    same = (*keys_twice(checked.issue, checked.tree), *astray(checked.issue, checked.tree))
    if any(not looking or each.code != "reference-nowhere" for each in same):
        raise ManuscriptError(*same, *told)
    return checked, layout, (*same, *told)


def _with_layouts(found: tuple[Finding, ...], tree: Tree, folder: Path, workspace: Workspace) -> tuple[Finding, ...]:
    """The findings; that there is no layout says which one the manuscript was probably written for."""
    if not any(each.code == "missing-field" and each.where.field == "layout" for each in found):
        return found
    name, could_be = meant_layout(tree, folder, workspace)
    there = "・".join(could_be or (each for each in layout_names(workspace.layouts) if not each.startswith("_")))
    hint = f"いちばん上に「layout: {name or 'レイアウトの名前'}」と書き足してください。"
    hint += "" if name else f"合いそうなレイアウト: {there}" if could_be else f"使えるレイアウト: {there}"
    return tuple(
        replace(each, hint=hint) if each.code == "missing-field" and each.where.field == "layout" else each
        for each in found
    )


def checked_somehow(
    tree: Tree, folder: Path, workspace: Workspace, *, short: bool = False
) -> tuple[Checked[Issue], Layout, tuple[Finding, ...], frozenset[str]]:
    """The same, with something in the place of what is wrong in the manuscript (as ``short`` as may be), and the layout
    it was probably written for; and the paths of all that was put in, empty for a sound manuscript.

    Raises ManuscriptError if that is not enough.
    """
    tried = Counter[str]()
    first: ManuscriptError | None = None
    later: list[Finding] = []
    while True:
        try:
            checked, layout, told = checked_whole(tree, folder, workspace, looking=not short)
        except ManuscriptError as fault:
            first = first or fault
            later += [each for each in fault.findings if each.code in _OF_WHOLE]
            before = tried.total()
            if not isinstance(tree.root, dict):
                raise first from None
            name = layout_named(tree)
            if name not in layout_names(workspace.layouts):
                name, _ = meant_layout(tree, folder, workspace)
                if not name:
                    raise first from None
                tree = replace(tree, root={**tree.root, "layout": Scalar(name, field="layout")})
                tried["layout"] += 1
                continue
            model = kind_of_layout(read_layout(workspace.layouts / name, workspace.root), workspace.root).model
            tree = patched(tree, errors_in(fault.findings), model, tried, short=short)
            if tried.total() == before or tried.total() > _PATCHES:
                raise first from None
        else:
            if not first:
                return checked, layout, told, frozenset()
            kind = type(checked.issue)
            patches = Patches(frozenset(tried), frozenset({kind.planned, *kind.takes}))
            return checked, layout, _with_later(first.findings, [*later, *told], patches), patches.paths


def _with_later(first: tuple[Finding, ...], later: Sequence[Finding], patches: Patches) -> tuple[Finding, ...]:
    """The findings of a manuscript, with those that could only be found after its mistakes were mended somehow: what is
    wrong between its articles, if all are there."""
    if any(path.split(".")[0] in patches.lists or path.endswith((":", "id", "kind")) for path in patches.paths):
        return first
    more = (each for each in later if each not in first and not patches.touches(each.where.field))
    return (*first, *dict.fromkeys(more))


def _of_manuscript(tree: Tree, layout: str, folder: Path, workspace: Workspace) -> tuple[Finding, ...]:
    """What there is to tell of a manuscript whose layout is broken, if the kind that this names can be read."""
    try:
        named = str(read(workspace.layouts / layout / "layout.yaml", workspace.root).at("kind"))
        kind = kinds_of(workspace.layouts, workspace.root).get(named)
        if kind is None or not kind.front:
            return errors_in(tree.findings)
        names = layout_names(workspace.layouts)
        check(tree, kind.model, folder=folder, layouts=names, departments=workspace.city.departments)
    except LayoutError:
        return errors_in(tree.findings)
    except ManuscriptError as fault:
        return fault.findings
    return ()
