"""A manuscript as an ``Issue``, or all that is wrong with it at once."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from koho_pdf.content.habits import habits
from koho_pdf.content.values.contact import Contact
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.content.values.model import Issue
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, error, errors_in
from koho_pdf.manuscript.encoding import capped
from koho_pdf.manuscript.formats import newer_format
from koho_pdf.manuscript.mistakes import checked, where_of
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Scalar, Tree

I = TypeVar("I", bound=Issue)  # noqa: E741


@dataclass(frozen=True, slots=True)
class Checked(Generic[I]):
    """An issue that can be printed, with the warnings there are about its manuscript."""

    issue: I
    findings: tuple[Finding, ...]


def check(
    tree: Tree,
    kind: type[I],
    *,
    folder: Path,
    layouts: Sequence[str],
    departments: Mapping[str, Contact] = MappingProxyType({}),
) -> Checked[I]:
    """Check a tree against the kind of issue it is to be.

    ``folder`` is the issue's own, where its pictures are; ``layouts`` are the names of those there are; ``departments``
    those of the city (``departments_in``).
    Raises ``ManuscriptError`` with every mistake, those of reading included.
    """
    if newer := newer_format(tree):
        raise ManuscriptError(newer)
    issue, found = checked(tree, kind, {"folder": folder, "date": _day_of(tree), "departments": departments})
    told = capped([*found, *_unknown_layout(tree, layouts), *habits(tree, kind, issue)], tree.file)
    if issue is None or errors_in(told):
        raise ManuscriptError(*told)
    return Checked(issue, told)


def _day_of(tree: Tree) -> datetime.date | None:
    """The date that a manuscript says it has, known before anything else is checked: days without a year need it."""
    said = tree.root.get("date") if isinstance(tree.root, dict) else None
    try:
        return CalendarDate.parse(said).day if isinstance(said, str) else None
    except Refusal:
        return None


def layout_named(tree: Tree) -> str | None:
    """The name of the layout a manuscript asks for, if it says one; known before anything else is checked."""
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
