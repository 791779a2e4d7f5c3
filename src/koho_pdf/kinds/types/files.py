"""Pictures and tables: files of the issue's folder."""

from __future__ import annotations

from typing import Any, ClassVar

from koho_pdf.content.blocks import Block, Pictured, Tabular
from koho_pdf.content.values.model import OptionalPicture, Picture
from koho_pdf.content.values.tables import OptionalTable, Table
from koho_pdf.kinds.types.field import Field


class PictureField(Field):
    """A photograph or drawing, with its description and caption."""

    called: ClassVar = "picture"
    label: ClassVar = "写真・ロゴ"
    about: ClassVar = "file、alt（説明）、caption、credit、focus、keep のまとまり。"
    one_line: ClassVar = False
    takes_default: ClassVar = False

    def annotation(self) -> Any:
        return OptionalPicture if self.optional else Picture

    def item_annotation(self) -> Any:
        return OptionalPicture

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return (Pictured(value, name),)


class TableField(Field):
    """A table out of a CSV file, with its caption and note."""

    called: ClassVar = "table"
    label: ClassVar = "表"
    about: ClassVar = "CSV か Excel のファイル、または原稿に書く行。caption が表の題。"
    one_line: ClassVar = False
    takes_default: ClassVar = False

    def annotation(self) -> Any:
        return OptionalTable if self.optional else Table

    def item_annotation(self) -> Any:
        return OptionalTable

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return (Tabular(value, name),)
