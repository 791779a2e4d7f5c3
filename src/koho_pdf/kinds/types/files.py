"""Pictures and tables: files of the issue's folder."""

from __future__ import annotations

from typing import Any, ClassVar

from koho_pdf.kinds.types.field import Field
from koho_pdf.manuscript.blocks import Block, Pictured, Tabular
from koho_pdf.manuscript.model import Picture
from koho_pdf.manuscript.tables import Table


class PictureField(Field):
    """A photograph or drawing, with its description and caption."""

    called: ClassVar = "picture"

    def annotation(self) -> Any:
        return Picture

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return (Pictured(value, name),)


class TableField(Field):
    """A table out of a CSV file, with its caption and note."""

    called: ClassVar = "table"

    def annotation(self) -> Any:
        return Table

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return (Tabular(value, name),)
