"""What a model says about one of its places: its field, title, example and number of items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from koho_pdf.manuscript.group import Group

Loc = tuple[int | str, ...]
"""A place as pydantic names it: names of fields, names chosen by the writer, and numbers of list items from 0."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a model; ``field`` is the nearest field around it, ``limits`` the limits of its length."""

    annotation: Any
    field: FieldInfo | None = None
    limits: tuple[Any, ...] = ()
    is_field: bool = False

    @property
    def title(self) -> str:
        return (self.field.title if self.field else None) or ""

    @property
    def description(self) -> str:
        return (self.field.description if self.field else None) or ""

    @property
    def example(self) -> str:
        return _flow(self._example)

    @property
    def entry(self) -> str:
        """An example of a name chosen by the writer, with its value."""
        entries = self._example.items() if isinstance(self._example, dict) else ()
        return next((f"{name}: {_flow(value)}" for name, value in entries), "")

    @property
    def _example(self) -> object:
        return next(iter((self.field.examples if self.field else None) or ()), "")

    @property
    def is_required(self) -> bool:
        """Whether it is a field that must be written."""
        return self.is_field and self.field is not None and self.field.is_required()

    @property
    def takes_lines(self) -> bool:
        """Whether a text over several lines may stand here."""
        return getattr(_bare(self.annotation)[0], "takes_lines", False) is True

    @property
    def model(self) -> type[BaseModel] | None:
        """The model at this place, or the first of several possible ones."""
        found = _models_in(self.annotation)
        return found[0] if found else None

    @property
    def is_list(self) -> bool:
        """Whether a list stands here."""
        return get_origin(_bare(self.annotation)[0]) is tuple

    @property
    def exact_count(self) -> int | None:
        """The exact number of items that the list must have, if there is one."""
        least = next((each.min_length for each in self.limits if hasattr(each, "min_length")), None)
        most = next((each.max_length for each in self.limits if hasattr(each, "max_length")), None)
        return least if least == most else None


def place_at(model: type[BaseModel], loc: Loc) -> Place:
    """The place that ``loc`` leads to; it stops at a step that the model does not know."""
    place = Place(model)
    for part in loc:
        place = _step(place, part)
    return place


def model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The model at a place, or the outermost one if there is none."""
    return place_at(model, loc).model or model


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the names they have in the file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def groups_in(model: type[BaseModel]) -> list[tuple[str, Mapping[str, FieldInfo]]]:
    """Every field of a model that holds a group, with the group's fields; outer groups first, and last those of keys
    that many groups have (``Group.KEYS``)."""
    found = list(_groups_in(model, key=False))
    return [(name, fields) for last in (False, True) for name, fields, key in found if key is last]


def _groups_in(model: type[BaseModel], *, key: bool) -> Iterator[tuple[str, Mapping[str, FieldInfo], bool]]:
    keys = model.KEYS if issubclass(model, Group) else ()
    for name, field in fields_of(model).items():
        for inner in _models_in(field.annotation):
            yield name, fields_of(inner), key or name in keys
            yield from _groups_in(inner, key=key or name in keys)


def _flow(value: object) -> str:
    """A value as YAML has it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]" if isinstance(value, list) else str(value)


def _step(place: Place, part: int | str) -> Place:
    annotation, _ = _bare(place.annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = fields_of(annotation).get(str(part))
        if field is None:
            return place
        _, more = _bare(field.annotation)
        return Place(field.annotation, field, (*field.metadata, *more), is_field=True)
    arguments = [each for each in get_args(annotation) if each is not Ellipsis]
    inner = arguments[-1] if arguments else annotation
    return Place(inner, place.field, _bare(inner)[1])


def _bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """An annotation without ``Annotated`` and ``| None``, and the metadata of ``Annotated``."""
    limits: tuple[Any, ...] = ()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *said = get_args(annotation)
            limits += tuple(said)
            continue
        inner = [each for each in get_args(annotation) if each is not type(None)]
        if type(None) in get_args(annotation) and len(inner) == 1:
            annotation = inner[0]
            continue
        return annotation, limits


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models an annotation holds: ``tuple[Pillar, ...]``, ``Picture | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models_in(inner)]
