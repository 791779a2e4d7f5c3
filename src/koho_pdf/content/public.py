"""The public part of an issue: the issue, its manuscript, pictures and tables without what is for print alone.

The print edition is made of the whole issue; everything else only of ``public(issue)``. Marked parts are gone from that
value, so no later stage needs to know about the marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from koho_pdf.content.article_keys import LEFTOVER
from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import INKS, PAGE, Plan
from koho_pdf.content.values.model import Closed, Picture
from koho_pdf.content.values.occasions import Occasion
from koho_pdf.content.values.table_cells import Cells
from koho_pdf.content.values.tables import Table
from koho_pdf.content.values.written import Written
from koho_pdf.manuscript.yaml_writing import Writable, yaml_of
from koho_pdf.platform.of_each import OfEach

C = TypeVar("C", bound=Closed)

_INSIDE, _PUBLIC = OfEach[tuple[Closed, ...]](), OfEach[Closed]()
"""Of each article."""

WITHHELD = "（紙面に掲載）"
"""Replaces a required text; short, because it stands where a name or a few words would."""

_HEAD = "# 紙面だけに載せるものと、覚え書きを除いた原稿です。\n"


def public(group: C) -> C:
    """The issue (or a group of it) without parts marked ``media: [print]``. Items of lists, pictures, tables and
    optional fields are removed; a required text becomes ``WITHHELD``. So a list may be shorter than in a valid
    manuscript, even empty. The other parts keep their ``field`` from the manuscript.
    """
    changed: dict[str, object] = {}
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        if isinstance(value, tuple):
            kept: object = tuple(_public(each) for each in value if not _print_only(each))
        elif _print_only(value):
            kept = _withheld(value) if field.is_required() or field.validate_default else field.default
        else:
            kept = _public(value)
        if kept != value:
            changed[name] = kept
    return group.model_copy(update=changed) if changed else group


def _public(value: object) -> object:
    if isinstance(value, ArticleManuscript):
        return _PUBLIC.of(lambda: public(value), value)
    return public(value) if isinstance(value, Closed) else value


def _print_only(value: object) -> bool:
    return bool(getattr(value, "print_only", False) or getattr(value, "media", ()))


def _withheld(value: object) -> Written:
    assert isinstance(value, Written)  # a required group takes no mark (test_public.py)
    return value.withheld(WITHHELD)


def pictures_of(group: Closed) -> tuple[str, ...]:
    """The files of all pictures of an issue, by their names in its folder, in reading order, each once."""
    return tuple(dict.fromkeys(each.file for each in every_picture(group)))


def every_picture(group: Closed) -> Iterator[Picture]:
    """All pictures of an issue, in reading order."""
    return (each for each in groups_in(group) if isinstance(each, Picture))


def tables_of(group: Closed) -> tuple[Cells, ...]:
    """The cells of all tables of an issue, in reading order, each file once."""
    return tuple({each.cells.csv_name: each.cells for each in groups_in(group) if isinstance(each, Table)}.values())


def groups_in(value: object) -> Iterator[Closed]:
    """A group and all groups in it, in reading order."""
    if isinstance(value, ArticleManuscript):
        yield from _INSIDE.of(lambda: tuple(_inside(value)), value)
    else:
        yield from _inside(value)


def _inside(value: object) -> Iterator[Closed]:
    if isinstance(value, Closed):
        yield value
        for name in type(value).model_fields:
            yield from groups_in(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from groups_in(each)


def public_manuscript(issue: Issue) -> str:
    """The manuscript of ``public(issue)`` as YAML, written from its values, because comments in the editor's own file
    may mention what is for print alone.
    """
    return _HEAD + yaml_of(_tree(public(issue)))


def whole_manuscript(issue: Issue) -> str:
    """The whole manuscript, as for print, without the marks ``media: [print]``."""
    return yaml_of(_tree(issue, marks=False))


def _planned(issue: Issue, plan: Plan, *, marks: bool) -> Writable:
    """An issue with a page plan: its articles stand in the plan, written out, and not in their list a second time."""
    written = _group(issue, marks=marks)
    articles = {each.id: _tree(each, marks=marks) for name in issue.takes for each in getattr(issue, name)}
    pages: list[Writable] = []
    for page in plan.pages:
        regions: dict[str, Writable] = {
            name: [articles[each] for each in ids if each in articles] for name, ids in page.regions.items()
        }
        pages.append({PAGE: page.type, **({INKS: page.inks} if page.inks else {}), **regions})
    kept = {name: each for name, each in written.items() if name not in issue.takes}
    return {**kept, issue.planned: pages}


def _group(group: Closed, *, marks: bool) -> dict[str, Writable]:
    named = {name: getattr(group, name) for name in type(group).model_fields if name in group.model_fields_set}
    if isinstance(group, Table):
        named.pop("sheet", None)  # its file is then a CSV of this sheet alone
    named.pop(LEFTOVER, None)
    return {
        name: _tree(each, marks=marks)
        for name, each in named.items()
        if each is not None and (marks or name != "media")
    }


def _tree(value: object, *, marks: bool = True) -> Writable:
    """A value as the editor wrote it; for a group its fields, with or without ``media``, and only those that the
    manuscript has.
    """
    if isinstance(value, Issue) and isinstance(plan := getattr(value, type(value).planned or "kind", None), Plan):
        return _planned(value, plan, marks=marks)
    if isinstance(value, Closed):
        return _group(value, marks=marks)
    if isinstance(value, Cells) and not value.file:
        return value.written
    if isinstance(value, tuple):
        if len(value) == 1 and isinstance(value[0], Occasion) and not value[0].field.endswith(".0"):
            return value[0].source  # written as one text, which its path says
        return [_tree(each, marks=marks) for each in value]
    if isinstance(value, Written):
        return value.source
    if isinstance(value, Mapping):
        return {name: str(each) for name, each in value.items()}
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
