"""The departments of a city (課), as ``koho.yaml`` has them under ``departments:``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, ClassVar

from koho_pdf.content.values.contact import Contact
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.completion import group_for_editors
from koho_pdf.manuscript.mistakes import checked
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Node, Scalar, Tree


class _Entry:
    """What an editor completes: a telephone number, or the fields of a contact; made when it is asked for, because the
    schema of a contact takes as long as reading a manuscript."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        group = group_for_editors(Contact.model_json_schema())
        fields = {name: value for name, value in group.items() if name != "required"}
        return {"oneOf": [{"type": ["string", "number", "null"]}, fields]}


DepartmentEntry = Annotated[Any, _Entry()]
"""The value of a department in ``koho.yaml``: a telephone number, or the fields of a contact."""


class _Department(Contact):
    """A department; its key is its name, unless it has another ``name``."""

    word: ClassVar = "値"


def departments_of(tree: Tree) -> tuple[Mapping[str, Contact], tuple[Finding, ...]]:
    """The departments in a ``koho.yaml``, by name, and their mistakes."""
    node = tree.root.get("departments") if isinstance(tree.root, dict) else None
    if node is None:
        return {}, ()
    if not isinstance(node, dict):
        hint = (
            "「税務課:」のように課の名前を並べ、次の行から「telephone: 0164-42-1805」などを字下げして書いてください。"
        )
        where = Where(tree.file, tree.lines.get("departments", 1), field="departments")
        return {}, (error("desk-broken", "koho.yaml の departments が読めません。", where, hint),)
    made: dict[str, Contact] = {}
    found: list[Finding] = []
    for name, given in node.items():
        contact, told = checked(_part(tree, name, given), _Department)
        found += [replace(each, where=_whole(each.where, tree, name)) for each in told]
        if contact is not None:
            made[str(name)] = contact
    return made, tuple(found)


def departments_in(root: Path) -> Mapping[str, Contact]:
    """The departments of a workspace, without those that cannot be read (``open_workspace`` tells them)."""
    try:
        return departments_of(read(root / "koho.yaml", root))[0]
    except KohoError:
        return {}


def _part(tree: Tree, name: str, given: Node) -> Tree:
    """A department as a tree of its own; without a ``name`` it gets its key."""
    path = f"departments.{name}"
    line = tree.lines.get(path, 1)
    if not isinstance(given, dict):  # ``税務課:`` with nothing or a telephone number after it
        given = {"telephone": given} if isinstance(given, Scalar) and given.strip() else {}
    whole: dict[str, Node] = {"department": Scalar(str(name), line, 1, "department"), **given}
    lines = {"": line} | _below(tree.lines, path)
    return Tree(tree.file, whole, lines, (), frozenset(_names_below(tree.unread, path)))


def _below(lines: Mapping[str, int], path: str) -> dict[str, int]:
    return {each.removeprefix(f"{path}."): line for each, line in lines.items() if each.startswith(f"{path}.")}


def _names_below(names: Iterable[str], path: str) -> set[str]:
    return {each.removeprefix(f"{path}.") for each in names if each.startswith(f"{path}.")}


def _whole(where: Where, tree: Tree, name: str) -> Where:
    field = where.field or ""
    if not field.startswith("departments."):
        field = ".".join(filter(None, ("departments", name, field)))
    return replace(where, line=where.line or tree.lines.get(f"departments.{name}"), field=field)
