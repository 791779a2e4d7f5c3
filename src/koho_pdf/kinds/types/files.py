"""Pictures, tables and charts: files of the issue's folder."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic import Field as Told

from koho_pdf.content.blocks import Block, Pictured, Tabular
from koho_pdf.content.values.charts import Chart
from koho_pdf.content.values.model import OptionalPicture, Picture, Plain, text_given, word
from koho_pdf.content.values.picture_files import proportions_of
from koho_pdf.content.values.tables import OptionalTable, Table
from koho_pdf.findings import error
from koho_pdf.kinds.types.field import Field
from koho_pdf.manuscript.refusal import Refusal


def _size(value: object) -> tuple[float, float]:
    found = _SIZE.fullmatch(str(text_given(value)).strip())
    if not found or not float(found[1]) or not float(found[2]):
        raise Refusal(
            error("value-not-understood", "大きさとして読めません。", hint="「56 x 26」のように、横 x 縦（mm）を。")
        )
    return float(found[1]), float(found[2])


_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)")
Size = Annotated[
    tuple[float, float], PlainValidator(_size), WithJsonSchema({"type": "string", "examples": ["56 x 26"]})
]
_TOLERANCE = 0.02


class PictureField(Field):
    """A photograph or drawing, with its description and caption."""

    called: ClassVar = "picture"
    label: ClassVar = "写真・ロゴ"
    about: ClassVar = "file、alt（説明）、caption、credit、focus、keep のまとまり。"
    one_line: ClassVar = False
    takes_default: ClassVar = False

    size: Size | None = Told(
        default=None,
        title="大きさ",
        description="枠の横 x 縦（mm）。絵がこの形でなければ、間違いになります（広告など）。",
    )

    def annotation(self) -> Any:
        return self._sized(OptionalPicture if self.optional else Picture)

    def item_annotation(self) -> Any:
        return self._sized(OptionalPicture)

    def _sized(self, model: Any) -> Any:
        return Annotated[model, AfterValidator(self._of_this_size)] if self.size else model

    def _of_this_size(self, picture: Picture, given: ValidationInfo) -> Picture:
        """The picture, if it has the shape of its frame. Raises ``Refusal``: picture-not-this-size."""
        folder = given.context.get("folder") if given.context else None
        assert self.size
        across, down = self.size
        width, height = proportions_of(folder, picture.file) if folder else (0.0, 0.0)
        if width and height and abs(width / height / (across / down) - 1) > _TOLERANCE:
            told = f"絵「{picture.file[-60:]}」の形（{width:g} x {height:g}）が、枠の形と違います。"
            hint = f"横{across:g} mm、縦{down:g} mm の絵を作り直してもらってください。"
            raise Refusal(error("picture-not-this-size", told, hint=hint))
        return picture

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
