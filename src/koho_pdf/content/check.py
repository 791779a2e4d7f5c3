"""Makes a manuscript an ``Issue``, or tells all its mistakes at once."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.habits import habits
from koho_pdf.content.issue import Issue
from koho_pdf.content.named_articles import entries_of, is_kept_back
from koho_pdf.content.public import groups_in
from koho_pdf.content.values.contact import Contact
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.content.values.model import Closed, Picture
from koho_pdf.content.values.tables import Table
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, Severity, error, errors_in
from koho_pdf.manuscript.encoding import capped
from koho_pdf.manuscript.formats import newer_format
from koho_pdf.manuscript.mistakes import checked, where_of
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Scalar, Tree
from koho_pdf.platform.of_each import OfEach

I = TypeVar("I", bound=Issue)  # noqa: E741


@dataclass(frozen=True, slots=True)
class Checked(Generic[I]):
    """An issue that can be printed, with the warnings there are about its manuscript, and its tree with all its
    articles by their ids. ``waiting`` are those that it does not name and that do not say why (``unplaced``)."""

    issue: I
    findings: tuple[Finding, ...]
    tree: Tree
    waiting: tuple[ArticleManuscript, ...] = ()


def check(
    tree: Tree,
    kind: type[I],
    *,
    folder: Path,
    layouts: Sequence[str],
    departments: Mapping[str, Contact] = MappingProxyType({}),
) -> Checked[I]:
    """Check a tree against the model of its kind. ``folder`` is the issue's folder with its pictures; ``layouts`` are
    the names of all layouts; ``departments`` those of the city (``departments_in``). Raises ``ManuscriptError`` with
    every mistake, including those of reading.
    """
    if newer := newer_format(tree):
        raise ManuscriptError(newer)
    tree, entries, found = entries_of(tree, kind)
    context = {"folder": folder, "date": _day_of(tree), "departments": departments}
    articles: dict[str, object] = {}
    for entry in entries:
        told = list(entry.tree.findings)
        if entry.model:
            articles[entry.id], told = _article(entry.tree, entry.model, context)
        found += told if entry.placed else map(_of_no_page, told)
    issue, mistakes = checked(tree, kind, {**context, "articles": articles})
    parts: list[tuple[Tree, type[Closed]]] = [(tree, kind)]
    parts += [(entry.tree, entry.model) for entry in entries if entry.model and entry.placed]
    found += [*mistakes, *_unknown_layout(tree, layouts), *habits(parts, issue)]
    ordered = capped(found, tree.file, [entry.tree.file for entry in entries])
    if issue is None or errors_in(ordered):
        raise ManuscriptError(*ordered)
    waiting = (articles.get(each.id) for each in entries if not each.placed and not is_kept_back(each.tree))
    return Checked(issue, ordered, tree, tuple(each for each in waiting if isinstance(each, ArticleManuscript)))


_LAST = OfEach[list[Any]]()


def _article(
    tree: Tree, model: type[ArticleManuscript], context: Mapping[str, object]
) -> tuple[ArticleManuscript | None, list[Finding]]:
    """An article as its model, and what is found: of one that has not changed what was found before, unless it shows
    files, which may have changed."""
    last, around = _LAST.of(list, tree, model), (context["date"], context["departments"])
    if not last or last[0] != around:
        value, found = checked(tree, model, context)
        if value is None or any(isinstance(each, (Picture, Table)) for each in groups_in(value)):
            return value, found
        last[:] = around, value, tuple(found)
    return last[1], list(last[2])


def _of_no_page(found: Finding) -> Finding:
    """A mistake in an article that the issue does not name: it stops nothing."""
    return replace(found, severity=Severity.WARNING)


def _day_of(tree: Tree) -> datetime.date | None:
    """The date of a manuscript, read before anything else, because days without a year need it."""
    said = tree.root.get("date") if isinstance(tree.root, dict) else None
    try:
        return CalendarDate.parse(said).day if isinstance(said, str) else None
    except Refusal:
        return None


def layout_named(tree: Tree) -> str | None:
    """The name of the layout that a manuscript asks for, if any; read before anything else."""
    name = tree.root.get("layout") if isinstance(tree.root, dict) else None
    return str(name) if isinstance(name, Scalar) and name.strip() else None


def _unknown_layout(tree: Tree, layouts: Sequence[str]) -> list[Finding]:
    name = layout_named(tree)
    if name is None or name in layouts or "layout" in tree.unread:
        return []
    near = difflib.get_close_matches(name, layouts, 1, 0.5)
    there = "、".join(f"「{layout}」" for layout in sorted(layouts)) or "まだ1つもありません"
    hint = f"「{near[0]}」のことではありませんか。" if near else ""
    return [
        error(
            "unknown-layout",
            f"「{name[:40]}」というレイアウトはありません。",
            where_of(tree, "layout"),
            f"{hint}使えるレイアウト: {there}",
        )
    ]
