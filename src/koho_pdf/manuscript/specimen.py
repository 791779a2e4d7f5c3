"""The specimen (組見本): the same texts set at several measures, for choosing a face and judging composition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, cast

from pydantic import Field, PlainValidator, WithJsonSchema

from koho_pdf.findings import error
from koho_pdf.manuscript.articles import Article, passages, untyped
from koho_pdf.manuscript.model import FIELD_LIMIT, Answer, Inline, Issue, Plain, Several, word
from koho_pdf.manuscript.refusal import Refusal

_LINE_FEED = 1.75  # of the size of the type: 行間二分四分
_FAMILY = re.compile(r"[A-Za-z0-9 ]{1,60}")


def _number(value: object, least: float, most: float) -> float:
    try:
        number = float(str(value)) if isinstance(value, str) else float("nan")
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise Refusal(
            error(
                "number-not-understood",
                f"「{str(value)[:20]}」は、ここに書ける数ではありません。",
                hint=f"{least:g}から{most:g}までの数を、半角の数字で書いてください。",
            )
        )
    return number


def _whole(value: object, least: int, most: int) -> int:
    number = _number(value, least, most)
    return int(number) if number == int(number) else int(_number("", least, most))


def _measures(value: object) -> tuple[int, ...]:
    values = value if isinstance(value, Sequence) and not isinstance(value, str) and value else [value]
    return tuple(_whole(each, 6, 60) for each in values)


def _family(value: object) -> str:
    """A family's name only: it stands in a style sheet."""
    if not isinstance(value, str) or not _FAMILY.fullmatch(value.strip()):
        raise Refusal(
            error(
                "word-not-known",
                f"「{str(value)[:20]}」は書体の名前ではありません。",
                hint="使える書体は koho fonts で見られます。",
            )
        )
    return value.strip()


def _typed(kind: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, "maxLength": FIELD_LIMIT, **more} if kind == "string" else {"type": kind})


_DIRECTIONS: dict[str, object] = {"horizontal": "horizontal", "vertical": "vertical"}

Size = Annotated[float, PlainValidator(lambda value: _number(value, 7, 200)), _typed("number")]
Measures = Annotated[
    tuple[int, ...],
    PlainValidator(_measures),
    WithJsonSchema({"type": ["integer", "array"], "items": {"type": "integer"}}),
]
Direction = Annotated[
    Literal["horizontal", "vertical"],
    PlainValidator(lambda value: cast(Literal["horizontal", "vertical"], word(value, _DIRECTIONS))),
    WithJsonSchema({"enum": list(_DIRECTIONS)}),
]
Family = Annotated[str, PlainValidator(_family), _typed("string", examples=["BIZ UDMincho"])]
Columns = Annotated[int, PlainValidator(lambda value: _whole(value, 1, 6)), _typed("integer")]
Weight = Annotated[
    int,
    PlainValidator(lambda value: cast(int, word(value, {"400": 400, "700": 700}))),
    WithJsonSchema({"enum": [400, 700]}),
]


class Specimen(Issue):
    """Texts set at measures: each text justified in a box of exactly each measure, as many pages as that takes."""

    kind: ClassVar[str] = "specimen"
    unprinted: ClassVar = Issue.unprinted | {"direction", "face"}

    title: Plain = Field(title="題名", description="見本の題名。")
    texts: Several[Inline] = Field(title="文章", description="組む文章。1つずつ、字詰めごとに組まれます。")
    size: Size = Field(title="文字の大きさ", description="文字の大きさ（級、1級は0.25ミリ）。")
    chars_per_line: Measures = Field(
        title="字詰め",
        description="1行の字数。1つの数か、数の一覧（6から60まで）。一覧なら、どの文章もどの字詰めでも組みます。",
    )
    direction: Direction = Field(
        default="horizontal", title="組方向", description="horizontal（横組み）か vertical（縦組み）。"
    )
    face: Family = Field(default="BIZ UDMincho", title="書体", description="書体の名前（koho fonts で見られます）。")
    weight: Weight = Field(default=400, title="太さ", description="書体の太さ。400 か 700。")
    columns: Columns = Field(default=1, title="段数", description="1つの文章を何段に組むか。")
    hanging: Answer = Field(
        default=False, title="ぶら下げ", description="行末の句読点を字詰めの外へ出すかどうか。true か false。"
    )

    @property
    def line_feed(self) -> float:
        """行送り in H: the line grid of the whole specimen."""
        return round(self.size * _LINE_FEED)

    def as_title(self) -> str:
        """The title."""
        return self.title

    def as_articles(self) -> tuple[Article, ...]:
        """One article: the texts, each once."""
        return (Article("texts", "texts", untyped(self.title, "title"), passages(self.texts, "number")),)
