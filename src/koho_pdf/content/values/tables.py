"""Tables (表): a group with its cells, which stand in a file of the issue's folder or in the manuscript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema

from koho_pdf.content.values.aligned import rooms
from koho_pdf.content.values.heads import Head, head_rows, heads_above, own_heads
from koho_pdf.content.values.model import FIELD_LIMIT, Answer, Closed, Inline, Media, text_given, word
from koho_pdf.content.values.row_cells import rows_given
from koho_pdf.content.values.runs import InlineText
from koho_pdf.content.values.table_cells import Cells
from koho_pdf.content.values.table_files import read_cells
from koho_pdf.findings import error
from koho_pdf.manuscript.refusal import Refusal

EMPTY = "空欄"
"""The words for an empty cell."""

_FIGURES = re.compile(
    r"[(（約¥￥△▲+＋−\uff0d-]*[0-9０-９][0-9０-９.,．，]*(?:[兆億万][0-9０-９][0-9０-９.,．，]*)*[^\s0-9０-９]{0,5}|皆[増減]|[\u2010\u2014\u2015\uff0d-]"
)
"""A figure, or what a budget says in its place: 皆増 (nothing before), 皆減 (nothing now), a dash."""


def _sheet(value: object) -> str:
    return str(text_given(value)).strip()


def _cells(value: object, given: ValidationInfo) -> Cells:
    name = text_given(value)
    if not given.context or not {"sheet", "head_rows"} <= given.data.keys():  # what cannot be read is told by itself
        return Cells(str(name))
    sheet, heads = given.data["sheet"] or "", given.data["head_rows"]
    return read_cells(given.context["folder"], str(name), getattr(name, "field", ""), sheet, heads)


_WORDS: dict[str, object] = {"type": ["string", "number", "boolean"], "maxLength": FIELD_LIMIT}

TableFile = Annotated[Cells, PlainValidator(_cells), WithJsonSchema(_WORDS)]
"""A table's file name inside the issue's folder, with its cells, which are read if the context has the folder."""


def _rows(value: object, given: ValidationInfo) -> Cells | None:
    """The rows of a table without a file. Raises ``Refusal``: missing-field, table-twice, those of ``rows_given``."""
    if not {"file", "head_rows"} <= given.data.keys():  # told already
        return None
    if value is None and given.data["file"] is None:
        hint = "「file: tables/yosan.csv」のようにファイルの名前を書くか、「rows:」の下に行を並べてください。"
        raise Refusal(error("missing-field", "表の中身（file か rows）がありません。", hint=hint))
    if value is None:
        return None
    if given.data["file"] is not None or given.data.get("sheet") is not None:
        hint = "ファイルの表なら rows を、ここに書く表なら file と sheet を、消してください。"
        raise Refusal(error("table-twice", "表の中身が、ファイルと rows の両方にあります。", hint=hint))
    return rows_given(value, given.data["head_rows"])


TableRows = Annotated[
    Cells | None,
    PlainValidator(_rows),
    WithJsonSchema({"type": "array", "minItems": 2, "items": {"type": "array", "minItems": 1, "items": _WORDS}}),
]
"""The rows of a table as the manuscript writes them, the heads first."""


def _head_rows(value: object) -> int:
    found = word(str(text_given(value)), {"1": 1, "2": 2})
    assert isinstance(found, int)
    return found


class Table(Closed):
    """A table: a file in the issue's folder, or rows in the manuscript."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["file"]}, {"required": ["rows"]}]})

    unprinted: ClassVar = Closed.unprinted | {"sheet", "head_rows"}

    sheet: Annotated[str, PlainValidator(_sheet), WithJsonSchema(_WORDS)] | None = Field(
        default=None,
        title="シート",
        description="Excel ブックに見えているシートがいくつもあるとき、載せるシートの名前。",
        examples=["予算"],
    )
    head_rows: Annotated[int, PlainValidator(_head_rows), WithJsonSchema({"enum": [1, 2]})] = Field(
        default=1,
        title="見出しの行数",
        description="見出しが2段の表なら 2。1行目の空いたセルは、左の見出しの続き（いくつもの列にかかる見出し）に、"
        "2行目の空いたセルは、上の見出しの続きになります。Excel の結合したセルも、そう読みます。",
    )
    file: TableFile | None = Field(
        default=None,
        title="表のファイル",
        description="issue.yaml と同じフォルダーの中の CSV ファイルか Excel ブック（.xlsx）。1行目が列の見出しです。"
        "CSV は Excel の「CSV UTF-8」でも「CSV」でも読めます。例: tables/yosan.csv",
        examples=["tables/yosan.csv", "tables/yosan.xlsx"],
    )
    caption: Inline = Field(title="表の題", description="何の表か。表の上に印刷します。例: おもな事業と予算額")
    row_heads: Answer = Field(
        default=False,
        title="行の見出し",
        description="1列目が行の見出し（事業の名前など）なら true。読み上げのとき、どの行の値かが伝わります。",
    )
    note: Inline | None = Field(
        default=None, title="表の注", description="表の下に印刷する短い注。なくてもかまいません。"
    )
    rows: TableRows = Field(
        default=None,
        validate_default=True,
        title="表の行",
        description="ファイルを使わず、ここに表を書くとき。「- [事業, 予算額]」のように、1行に1つずつ。"
        '1行目は列の見出しです。コンマのある言葉は " で囲みます。',
    )

    @property
    def cells(self) -> Cells:
        """Its cells, wherever they are written."""
        found = self.file or self.rows
        assert found is not None  # else it was refused
        return found

    @property
    def head(self) -> tuple[InlineText, ...]:
        """The heads of the columns: of two rows of heads the nearest ones."""
        return own_heads(self.cells.over, self.cells.head)

    @property
    def above(self) -> tuple[InlineText | None, ...]:
        """For each column the head above its own one, if it has two."""
        return heads_above(self.cells.over, self.cells.head)

    @property
    def heads_set(self) -> tuple[tuple[Head, ...], ...]:
        """The rows of heads as they are set."""
        return head_rows(self.cells.over, self.cells.head)

    def names(self, said: Callable[[InlineText], str] = str) -> tuple[str, ...]:
        """The heads of the columns in words, the upper one first: 「予算額 令和9年度」."""
        each = zip(self.above, self.head, strict=True)
        return tuple(f"{said(over)} {said(own)}" if over else said(own) for over, own in each)

    @property
    def body(self) -> tuple[tuple[InlineText, ...], ...]:
        """The rows below the head."""
        return self.cells.rows

    @property
    def figures(self) -> tuple[bool, ...]:
        """For each column whether it holds figures, which are aligned right: 1,200万円, 3.5％, △20, 皆増."""
        columns = [[cell.plain for cell in column if cell.plain] for column in zip(*self.body, strict=True)]
        return tuple(bool(column) and all(map(_FIGURES.fullmatch, column)) for column in columns)

    @property
    def rooms(self) -> tuple[tuple[str, ...], ...]:
        """For each cell below the heads what is left free behind its figures, so that they stand below each other."""
        columns = [
            rooms([cell.plain for cell in column]) if figures else ("",) * len(self.body)
            for column, figures in zip(zip(*self.body, strict=True), self.figures, strict=True)
        ]
        return tuple(zip(*columns, strict=True))

    def sentence(self, row: Sequence[InlineText], said: Callable[[InlineText], str] = str) -> str:
        """A row in words, each value after the head of its column: 「道路の整備、予算額 1,200万円。」

        ``said`` turns a cell into words. The head of a row (``row_heads``) comes first, by itself.
        """
        cells = [said(cell) or EMPTY for cell in row]
        values = [f"{head} {cell}" for head, cell in zip(self.names(said), cells, strict=True)]
        return "、".join((cells[0], *values[1:]) if self.row_heads else values) + "。"

    def sentences(self) -> Iterator[str]:
        """All of it in plain words: its caption, a sentence for each row, its note."""
        yield self.caption.plain
        yield from map(self.sentence, self.body)
        if self.note:
            yield self.note.plain


class OptionalTable(Table):
    """A table that an issue may do without may be for print alone."""

    media: Media = ()
