"""Files that are not manuscripts (koho.yaml, layout.yaml, press/*.yaml, fonts.yaml): their base class, and reading
them.

Each is a closed model made with ``key``: title, description and examples are Japanese, and a YAML editor shows them
while people type (``completion``). Each room makes its own value from the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import Field, Strict

from koho_pdf.errors import LayoutError, ManuscriptError
from koho_pdf.findings import Finding, errors_in
from koho_pdf.manuscript.encoding import capped
from koho_pdf.manuscript.formats import FORMAT, Format, newer_format
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.mistakes import checked
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Tree

T = TypeVar("T")
S = TypeVar("S", bound="Settings")

Items = Annotated[tuple[T, ...], Strict(False)]
"""A list of any length."""

_MUST: Any = object()
"""Stands for the default of a key that must be written."""


def key(
    title: str, description: str, *examples: object, default: Any = _MUST, alias: str | None = None, least: int = 0
) -> Any:
    """One key of a group: its title, what it is for, examples; ``least`` is the least number of items of a list."""
    said: dict[str, Any] = {"title": title, "description": description, "examples": list(examples) or None}
    said |= {"alias": alias} if alias else {}
    said |= {"min_length": least} if least else {}
    return Field(**said) if default is _MUST else Field(default=default, **said)


class Settings(Group):
    """A whole file."""

    called: ClassVar[str]
    """The name of the file, for people."""

    owner: ClassVar[str]
    """A sentence that says whose file it is, because the maker of an issue may hear of a mistake that is not theirs."""

    format: Format = key(
        "書き方の番号", "このファイルの書き方の番号。書かなければ、番号ができる前の書き方です。", FORMAT, default=0
    )


def read_settings(
    path: Path, root: Path, model: type[S], also: Callable[[Tree, S | None], Iterable[Finding]] = lambda tree, value: ()
) -> tuple[S, Tree]:
    """The file as its model, and the tree it was. ``root`` is the workspace that findings name files from.

    ``also`` finds contradictions in the file or with other files; its value is None if there are other mistakes. Raises
    LayoutError with every mistake of the file; the first says whose file it is. Warnings are not told.
    """
    try:
        tree = read(path, root)
    except ManuscriptError as failure:
        raise LayoutError(*_with_owner(failure.findings, model, "")) from None
    value, found = checked(tree, model)
    if not newer_format(tree):
        found += also(tree, value)
    told = capped(list(errors_in(found)), tree.file)
    if value is None or told:
        raise LayoutError(*_with_owner(told, model, tree.file))
    return value, tree


def _with_owner(told: Sequence[Finding], model: type[Settings], file: str) -> list[Finding]:
    """The findings; the first about this file says whose it is, others about their own files say it themselves."""
    found = list(told)
    at = next((number for number, each in enumerate(found) if each.where.file == file), 0 if not file else None)
    if at is not None:
        found[at] = replace(found[at], hint=f"{found[at].hint}\n{model.owner}")
    return found
