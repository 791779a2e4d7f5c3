"""What of an issue everyone may have: the issue, its manuscript, pictures and tables without what is for print alone.

The print edition is made of the whole issue; everything else, whatever it is, only of ``public(issue)``. What is marked
is gone from that value, so no later stage needs to know of marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from koho_pdf.content.values.csv_cells import Cells
from koho_pdf.content.values.model import Closed, Issue, Picture
from koho_pdf.content.values.tables import Table
from koho_pdf.content.values.written import Written
from koho_pdf.manuscript.yaml_values import in_quotes

C = TypeVar("C", bound=Closed)

WITHHELD = "（紙面に掲載）"
"""What stands in place of a text that every issue must have; short, because it goes where a name or a few words go."""

_HEAD = "# 紙面だけに載せるものと、覚え書きを除いた原稿です。\n"
_UNQUOTED = re.compile(r"[^\W_]((?!: | #).)*(?<![\s:])")  # begins as a word, and nothing in it is YAML's


def public(group: C) -> C:
    """The issue (or a group of it) without what is marked ``media: [print]``.

    Items of lists go, pictures, tables, and whatever may be left out; a text that may not becomes ``WITHHELD``. So a
    list may be shorter than a manuscript's may be, even empty. What stays keeps the ``field`` it has in the manuscript.
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
    return public(value) if isinstance(value, Closed) else value


def _print_only(value: object) -> bool:
    return bool(getattr(value, "print_only", False) or getattr(value, "media", ()))


def _withheld(value: object) -> Written:
    assert isinstance(value, Written)  # a required group takes no mark: tests/manuscript/test_public.py
    return value.withheld(WITHHELD)


def pictures_of(group: Closed) -> tuple[str, ...]:
    """The files of all pictures of an issue, by their names in its folder, in reading order, each once."""
    return tuple(dict.fromkeys(each.file for each in _groups(group) if isinstance(each, Picture)))


def tables_of(group: Closed) -> tuple[Cells, ...]:
    """The cells of all tables of an issue, in reading order, each file once."""
    return tuple({each.file.file: each.file for each in _groups(group) if isinstance(each, Table)}.values())


def _groups(value: object) -> Iterator[Closed]:
    """A group and all groups in it, in reading order."""
    if isinstance(value, Closed):
        yield value
        for name in type(value).model_fields:
            yield from _groups(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _groups(each)


def public_manuscript(issue: Issue) -> str:
    """The manuscript of ``public(issue)`` as YAML, written anew from its values: the editor's own file may tell of what
    is for print alone in its comments too."""
    return _HEAD + "".join(line + "\n" for line in _lines(public(issue)))


def whole_manuscript(issue: Issue) -> str:
    """The manuscript as print is made of it: all of it, without the marks that say what is for print alone."""
    return "".join(line + "\n" for line in _lines(issue, marks=False))


def _lines(group: Closed, *, marks: bool = True) -> Iterator[str]:
    """A group's fields, one name a line, with or without ``media``; what was not written in the manuscript is not
    written here."""
    for name in type(group).model_fields:
        value = getattr(group, name)
        if name not in group.model_fields_set or value is None or (name == "media" and not marks):
            continue
        if isinstance(value, Closed):
            inside = list(_lines(value, marks=marks))
            yield f"{name}:" if inside else f"{name}: {{}}"
            yield from (f"  {line}" for line in inside)
        elif isinstance(value, tuple):
            yield f"{name}:" if value else f"{name}: []"
            for each in value:
                first, *rest = (list(_lines(each, marks=marks)) or ["{}"]) if isinstance(each, Closed) else _text(each)
                yield f"  - {first}"
                yield from (f"    {line}".rstrip(" ") for line in rest)
        else:
            first, *rest = _text(value)
            yield f"{name}: {first}"
            yield from (f"  {line}".rstrip(" ") for line in rest)


def _text(value: object) -> list[str]:
    """A value that is no group: on one line, or as a block text and its lines."""
    if isinstance(value, Written) and "\n" in value.source:
        return ["|", *value.source.split("\n")]
    return [_scalar(value)]


def _scalar(value: object) -> str:
    """A value as the editor wrote it, in quotes where YAML would take it for something else."""
    if isinstance(value, Written):
        text = value.source
    else:
        text = (
            f"{value:g}" if isinstance(value, float) else str(value).lower() if value in (True, False) else str(value)
        )
    return text if _UNQUOTED.fullmatch(text) else in_quotes(text)
