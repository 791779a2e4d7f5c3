"""Pictures, tables and charts: files of the issue's folder."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, PlainValidator, WithJsonSchema
from pydantic import Field as Told

from koho_pdf.content.blocks import Block, Pictured, Tabular
from koho_pdf.content.values.charts import Chart
from koho_pdf.content.values.model import OptionalPicture, Picture, Plain, word
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


_FORMS = ("bars", "shares", "columns")
Form = Annotated[
    str,
    PlainValidator(lambda value: str(word(value, {form: form for form in _FORMS}))),
    WithJsonSchema({"enum": list(_FORMS)}),
]


class ChartField(Field):
    """A table whose second column is drawn: as bars, as shares of their sum, as upright columns."""

    called: ClassVar = "chart"
    label: ClassVar = "図（グラフ）"
    about: ClassVar = "表と同じ書き方。1列目が名前、2列目が数。ひな形で図になり、ほかの版では表のままです。"
    one_line: ClassVar = False
    takes_default: ClassVar = False

    form: Form = Told(title="形", description="bars（棒）、shares（割合の帯）、columns（縦の棒）のどれか。")
    unit: Plain = Told(default="", title="単位", description="数の単位。例: 億円")

    def annotation(self) -> Any:
        return Annotated[Chart, AfterValidator(lambda chart: chart.drawn_as(str(self.form), str(self.unit)))]

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return (Tabular(value, name),)
