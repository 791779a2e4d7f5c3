"""The groups of a kind's model: each knows its place in the manuscript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from pydantic import ModelWrapValidatorHandler, PrivateAttr, model_validator

from koho_pdf.content.values.model import Closed
from koho_pdf.manuscript.paths import above
from koho_pdf.manuscript.scalar import Scalar


class Grouped(Closed):
    """Fields that belong together."""

    _field: str = PrivateAttr(default="")

    @model_validator(mode="wrap")
    @classmethod
    def _placed(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        made = handler(value)
        made._field = next(_places(value), "")
        return made

    @property
    def field(self) -> str:
        """Its dotted place in the manuscript: ``pillars.2``."""
        return self._field


class Item(Grouped):
    """One group of several."""

    @property
    def place(self) -> int:
        """Its number in the manuscript, from 0; it stays the same when an item before it is for print alone."""
        return int(self._field.rpartition(".")[2])


def _places(node: object) -> Iterator[str]:
    """The place of a group, taken from the texts in it; a name that the writer chose may hold a dot."""
    if isinstance(node, Scalar):
        yield node.field
    elif isinstance(node, (dict, list)):
        for name, each in node.items() if isinstance(node, dict) else enumerate(node):
            for place in _places(each):
                yield above(place) if place.endswith(":") else place.removesuffix(str(name)).removesuffix(".")
