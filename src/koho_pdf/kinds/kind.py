"""A kind of manuscript (原稿の型) as its ``kind.yaml`` describes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from koho_pdf.content.values.model import Closed, Issue
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField, model_of

_NAMED = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Cover:
    """The article that top-level fields make: its permalink, and the fields, in their order."""

    id: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """``name`` is its folder's. ``front`` says that a manuscript of it is a whole issue (``issue.yaml``).

    ``called`` is what an issue is called, its fields in braces; ``department`` the dotted field that names 担当課,
    empty where none does.
    """

    name: str
    title: str
    fields: Mapping[str, Field]
    front: bool = True
    called: str = ""
    department: str = ""
    cover: Cover | None = None

    @cached_property
    def model(self) -> type[Issue]:
        """The closed, frozen model of its manuscripts."""
        model: type[Issue] = model_of("".join(part.title() for part in self.name.split("-")), self.fields, Issue)
        model.kind = self.name
        model.described = self
        return model

    @property
    def named(self) -> tuple[str, ...]:
        """The fields that ``called`` names."""
        return tuple(_NAMED.findall(self.called))

    def title_of(self, issue: Closed) -> str:
        """What an issue is called, in plain words."""
        return _NAMED.sub(lambda field: str(getattr(issue, field[1])), self.called)

    def astray(self, path: str) -> tuple[str, tuple[str, ...]] | None:
        """The part of a dotted place at which it leaves the fields of the kind, and what could stand there; None where
        it leads somewhere. Numbers of items may be left out."""
        if path.split(".")[0] in Issue.model_fields:
            return None
        return _astray([part for part in path.split(".") if not part.isdigit()], self.fields)

    def makes_articles(self, name: str) -> bool:
        """Whether a top-level field becomes articles of its own."""
        field: Any = self.fields[name]
        return bool(field.article or (isinstance(field, ListField) and field.section))


def _astray(path: list[str], fields: Mapping[str, Field]) -> tuple[str, tuple[str, ...]] | None:
    name, *rest = path or [""]
    field = fields.get(name)
    if field is None:
        return name, tuple(fields)
    held = field.of if isinstance(field, ListField) else field
    return _astray(rest, held.fields) if isinstance(held, GroupField) and rest else None
