"""Tables (表): a group that names a CSV file in the issue's folder, and its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from koho_pdf.content.values.csv_cells import Cells, read_cells
from koho_pdf.content.values.model import FIELD_LIMIT, Answer, Closed, Inline, Media, text_given
from koho_pdf.content.values.runs import InlineText

EMPTY = "空欄"
"""The words for an empty cell."""

_FIGURES = re.compile(r"[約¥￥△▲+＋−-]*[0-9０-９][0-9０-９.,．，]*[^\s0-9０-９]{0,5}")


def _cells(value: object, given: ValidationInfo) -> Cells:
    name = text_given(value)
    return read_cells(given.context["folder"], str(name), getattr(name, "field", "")) if given.context else Cells(name)


TableFile = Annotated[
    Cells,
    PlainValidator(_cells),
    WithJsonSchema({"type": ["string", "number", "boolean"], "maxLength": FIELD_LIMIT}),
]
"""A table's file name inside the issue's folder, with its cells, which are read if the context has the folder."""


class Table(Closed):
    """A table from a file in the issue's folder."""

    file: TableFile = Field(
        title="表のファイル",
        description="issue.yaml と同じフォルダーの中の CSV ファイル。1行目が列の見出しです。"
        "Excel の「CSV UTF-8」でも「CSV」でも読めます。例: tables/yosan.csv",
        examples=["tables/yosan.csv"],
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
    media: Media = ()

    @property
    def head(self) -> tuple[InlineText, ...]:
        """The heads of the columns."""
        return self.file.head

    @property
    def body(self) -> tuple[tuple[InlineText, ...], ...]:
        """The rows below the head."""
        return self.file.rows

    @property
    def figures(self) -> tuple[bool, ...]:
        """For each column whether it holds figures, which are aligned right: 1,200万円, 3.5％, △20."""
        columns = [[cell.plain for cell in column if cell.plain] for column in zip(*self.body, strict=True)]
        return tuple(bool(column) and all(map(_FIGURES.fullmatch, column)) for column in columns)

    def sentence(self, row: Sequence[InlineText], said: Callable[[InlineText], str] = str) -> str:
        """A row in words, each value after the head of its column: 「道路の整備、予算額 1,200万円。」

        ``said`` turns a cell into words. The head of a row (``row_heads``) comes first, by itself.
        """
        cells = [said(cell) or EMPTY for cell in row]
        values = [f"{said(head)} {cell}" for head, cell in zip(self.head, cells, strict=True)]
        return "、".join((cells[0], *values[1:]) if self.row_heads else values) + "。"

    def sentences(self) -> Iterator[str]:
        """All of it in plain words: its caption, a sentence for each row, its note."""
        yield self.caption.plain
        yield from map(self.sentence, self.body)
        if self.note:
            yield self.note.plain
