"""The parts of one value: which control a field of a kind has, and what pictures, tables and contacts consist of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from koho_pdf.content.values.contact import Contact
from koho_pdf.content.values.model import Picture
from koho_pdf.content.values.tables import Table
from koho_pdf.desk.change import Value
from koho_pdf.kinds.types.choices import AnswerField, ChoiceField
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.files import ChartField, PictureField, TableField
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.kinds.types.people import ContactField
from koho_pdf.kinds.types.texts import ParagraphsField, TextField
from koho_pdf.manuscript.paths import joined
from koho_pdf.screens.form_parts import Control, Grid, Group, Listing, Part, Said, Widget

_MODELS: tuple[tuple[type[Field], Any], ...] = (
    (PictureField, Picture),
    (TableField, Table),
    (ChartField, Table),
    (ContactField, Contact),
)
_WITH_MARKS = {"caption", "credit", "note", "department", "section", "address", "hours", "text"}
"""Parts of such values whose words may have ruby and other marks."""
_QUIET = {"focus", "keep", "sheet", "head_rows", "row_heads", "media", "id"}


PHOTO = re.compile(r"(?!.*\.\.)[^./\\\x00-\x1f][^\\\x00-\x1f?#%]*\.(?:jpe?g|png|svg)", re.IGNORECASE)
"""The names of pictures that a browser can show, in the issue's folder or below it."""
_CODE = re.compile(r"[a-z_]{3,}|「- 」|と書く|行ごと")
"""Sentences for people who write the file: nobody does here."""


def in_words(description: str) -> str:
    """What a kind says of a field, without what concerns the file alone."""
    return "".join(each for each in re.findall("[^。]*。|[^。]+$", description) if not _CODE.search(each))


def part_of(field: Field, path: str, node: Value | None, title: str = "") -> Part | None:
    """The part of a field at ``path``, with what is written there (None: nothing); None where it cannot be edited here
    because nothing is written."""
    title = title or field.title or path.rpartition(".")[2]
    if isinstance(node, dict) and "text" in node and set(node) <= {"text", "media"}:
        return part_of(field, joined(path, "text"), node["text"], title)
    if isinstance(field, GroupField):
        held: Mapping[str, Value] = node if isinstance(node, dict) else {}
        if node is None and field.optional:
            return None
        parts = parts_of(field.fields, path, held)
        return Group(path, title, parts, in_words(field.description)) if parts else None
    if isinstance(field, ListField):
        return _listing(field, path, node, title)
    if isinstance(node, dict):
        return _of_model(field, path, node, title)
    if isinstance(node, list):
        items = tuple(_control(field, joined(path, number), each, "") for number, each in enumerate(node))
        return Listing(path, title, items, 1, 0, in_words(field.description), "")
    if node is None and any(isinstance(field, each) for each, _ in _MODELS):
        return None
    return _control(field, path, node, title)


def parts_of(fields: Mapping[str, Field], path: str, node: Mapping[str, Value]) -> tuple[Part, ...]:
    """The parts of the fields of a group."""
    found = (part_of(field, joined(path, name), node.get(name)) for name, field in fields.items())
    return tuple(each for each in found if each is not None)


def _listing(field: ListField, path: str, node: Value | None, title: str) -> Part | None:
    if node is None and field.optional:
        return None
    rows = node if isinstance(node, list) else []
    of = field.of
    items = []
    for number, each in enumerate(rows):
        named = f"{number + 1}つ目"
        part = part_of(of, joined(path, number), each, named)
        items.append(part if part is not None else Said(joined(path, number), named, ""))
    blank: object = "" if not isinstance(of, GroupField) else _blank(of)
    return Listing(path, title, tuple(items), field.least, field.most or 0, in_words(field.description), blank)


def _blank(group: GroupField) -> dict[str, object]:
    """A new item of a list of groups: what must be written, each still empty."""
    made: dict[str, object] = {}
    for name, field in group.fields.items():
        if field.optional or field.default is not None:
            continue
        if isinstance(field, GroupField):
            made[name] = _blank(field)
        elif isinstance(field, ListField):
            made[name] = [] if field.least == 0 else [_blank(field.of) if isinstance(field.of, GroupField) else ""]
        else:
            made[name] = ""
    return made


def _control(field: Field, path: str, node: Value | None, title: str) -> Part:
    if isinstance(node, (dict, list)):
        return Said(path, title, _in_words(node))
    value = None if node is None else str(node)
    widget: Widget = "line"
    options: tuple[str, ...] = ()
    if isinstance(field, ChoiceField):
        widget, options = "choice", tuple(str(each) for each in field.of)
    elif isinstance(field, AnswerField):
        widget = "answer"
    elif isinstance(field, ParagraphsField) or _has_lines(node):
        widget = "lines"
    elif isinstance(field, TextField):
        widget = "text"
    needed = not field.optional and field.default is None
    example = str(field.examples[0]) if field.examples else ""
    return Control(path, title, widget, value, in_words(str(field.description)), example, options, needed)


def _of_model(field: Field, path: str, node: Mapping[str, Value], title: str) -> Part:
    """The parts of a value that consists of several, with the titles that its model has."""
    model = next((model for type_, model in _MODELS if isinstance(field, type_)), None)
    names = model.model_fields if model is not None else {}
    parts: list[Part] = []
    for name in dict.fromkeys([*(each for each in names if each in node), *node]):
        told = names.get(name)
        label = (told.title if told is not None else "") or name
        parts.append(
            _own(path, name, label, node[name], in_words((told.description if told is not None else "") or ""))
        )
    if isinstance(field, PictureField):
        parts += [
            _own(path, name, names[name].title or name, None, in_words(names[name].description or ""))
            for name in ("caption", "credit")
            if name not in node
        ]
    file = node.get("file")
    shown = isinstance(field, PictureField) and isinstance(file, str) and PHOTO.fullmatch(file)
    return Group(path, title, tuple(parts), in_words(str(field.description)), str(file) if shown else "")


def _own(path: str, name: str, title: str, node: Value | None, hint: str) -> Part:
    here = joined(path, name)
    if name == "rows" and isinstance(node, list) and all(isinstance(row, list) for row in node):
        return Grid(here, title, tuple(_row(here, number, row) for number, row in enumerate(node)), hint)
    if isinstance(node, list) and all(isinstance(each, str) for each in node):
        items = tuple(
            Control(joined(here, number), f"{number + 1}つ目", "line", str(each)) for number, each in enumerate(node)
        )
        return Listing(here, title, items, 1, 0, hint, "")
    if isinstance(node, (dict, list)):
        return Said(here, title, _in_words(node))
    widget: Widget = "text" if name in _WITH_MARKS else "line"
    if _has_lines(node):
        widget = "lines"
    elif name == "row_heads":
        widget = "answer"
    return Control(here, title, widget, None if node is None else str(node), hint, quiet=name in _QUIET)


def _has_lines(node: Value | None) -> bool:
    return isinstance(node, str) and "\n" in node


def _row(path: str, number: int, row: Value) -> tuple[Control, ...]:
    cells = row if isinstance(row, list) else []
    return tuple(
        Control(f"{path}.{number}.{column}", f"{number + 1}行目の{column + 1}列目", "text", str(cell))
        for column, cell in enumerate(cells)
        if isinstance(cell, str)
    )


def _in_words(node: Value) -> str:
    """A value in words: all its texts."""
    if isinstance(node, dict):
        return "　".join(filter(None, (_in_words(each) for each in node.values())))
    if isinstance(node, list):
        return "、".join(filter(None, (_in_words(each) for each in node)))
    return str(node)
