"""A kind of manuscript (原稿の型) as its ``kind.yaml`` describes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from koho_pdf.content.article_keys import DELIVERY, keys_beside
from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.content.values.model import Closed
from koho_pdf.kinds.read_aloud import NOT_SAID, Spoken, heard
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField, model_of
from koho_pdf.kinds.types.issue_articles import ArticlesField
from koho_pdf.kinds.types.page_plan import PlanField
from koho_pdf.manuscript.paths import article_in

_NAMED = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Cover:
    """The article made of top-level fields: its permalink, and the fields in order."""

    id: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """``name`` is its folder's. ``front`` says that a manuscript of it is a whole issue (``issue.yaml``), else it is an
    article; ``takes`` are the kinds of articles that may stand in an issue, by name.

    ``called`` is what an issue is called, its fields in braces; ``department`` the dotted field that names 担当課,
    empty where none does. ``spoken`` says how it is read aloud. An article that ``repeats`` goes into the next issue.
    One for ``print_only`` is in no other edition. ``mark`` is what pages say beside it (広告).
    """

    name: str
    title: str
    fields: Mapping[str, Field]
    front: bool = True
    called: str = ""
    department: str = ""
    cover: Cover | None = None
    spoken: Spoken = NOT_SAID
    repeats: bool = False
    print_only: bool = False
    mark: str = ""
    takes: Mapping[str, Kind] = field(default_factory=dict)

    @cached_property
    def model(self) -> type[Issue]:
        """The closed, frozen model of its manuscripts, of a kind of issue."""
        more = {} if "delivery" in self.fields else {"delivery": DELIVERY}
        model: type[Issue] = model_of(self._class_name, self.fields, Issue, more=more)
        model.kind = self.name
        model.takes = {
            name: {each: self.takes[each].article_model for each in place.of} for name, place in self.places.items()
        }
        model.described = self
        model.planned = next((name for name, each in self.fields.items() if isinstance(each, PlanField)), "")
        return model

    @cached_property
    def article_model(self) -> type[ArticleManuscript]:
        """The closed, frozen model of its manuscripts, of a kind of article."""
        model: type[ArticleManuscript] = model_of(
            self._class_name, self.fields, ArticleManuscript, may_go=True, more=keys_beside(self.fields)
        )
        model.described = self
        return model

    @cached_property
    def heard(self) -> Kind:
        """The kind as its articles are read aloud."""
        if self.spoken == NOT_SAID:
            return self
        return replace(self, fields=heard(self.fields, self.spoken), spoken=NOT_SAID)

    @property
    def places(self) -> dict[str, ArticlesField]:
        """The fields in which articles stand."""
        return {name: each for name, each in self.fields.items() if isinstance(each, ArticlesField)}

    @property
    def _class_name(self) -> str:
        return "".join(part.title() for part in self.name.split("-"))

    @property
    def written(self) -> type[Issue | ArticleManuscript]:
        """The model of its manuscripts."""
        return self.model if self.front else self.article_model

    @property
    def heading(self) -> str:
        """The name of the field that is the heading of an article; empty if there is none."""
        return next((name for name, each in self.fields.items() if each.role == "heading"), "")

    @property
    def named(self) -> tuple[str, ...]:
        """The fields that ``called`` names."""
        return tuple(_NAMED.findall(self.called))

    def title_of(self, issue: Closed) -> str:
        """The name of an issue, in plain words."""
        return _NAMED.sub(lambda field: str(getattr(issue, field[1])), self.called)

    def astray(self, path: str) -> tuple[str, tuple[str, ...]] | None:
        """The part of a dotted path that leaves the fields of the kind, and what could stand there; None if the path
        leads somewhere. Numbers of items may be left out; an article is named by its id or by its kind."""
        if named := article_in(path):
            kinds = [self.takes[named]] if named in self.takes else list(self.takes.values())
            rest = path.partition(":")[2]
            found = [each.astray(rest) for each in kinds] if rest else [None]
            return None if None in found else found[0] if found else (named, tuple(self.takes))
        if path.split(".")[0] in self.written.model_fields and path.split(".")[0] not in self.fields:
            return None
        return _astray([part for part in path.split(".") if not part.isdigit()], self.fields)

    def astray_in_fields(self, path: str) -> tuple[str, tuple[str, ...]] | None:
        """The same for a path of its own fields alone."""
        return _astray(path.split("."), self.fields)

    def makes_articles(self, name: str) -> bool:
        """Whether a top-level field becomes articles of its own."""
        field: Any = self.fields[name]
        return isinstance(field, ArticlesField) or bool(
            field.article or (isinstance(field, ListField) and field.section)
        )


def _astray(path: list[str], fields: Mapping[str, Field]) -> tuple[str, tuple[str, ...]] | None:
    name, *rest = path or [""]
    field = fields.get(name)
    if field is None:
        return name, tuple(fields)
    held = field.of if isinstance(field, ListField) else field
    return _astray(rest, held.fields) if isinstance(held, GroupField) and rest else None
