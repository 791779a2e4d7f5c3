"""The base of every group of fields: a closed, frozen model, and the types of its fields.

A field's type reads the editor's text (``Scalar``) and refuses with findings of its own; ``check`` adds file, line and
field. Descriptions are Japanese, because a YAML editor shows them while people type.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import Field, PlainValidator, Strict, ValidationInfo, WithJsonSchema

from koho_pdf.content.values.amount import copies_of
from koho_pdf.content.values.dates import CalendarDate, FiscalYear
from koho_pdf.content.values.inline import InlineText, parse_inline
from koho_pdf.content.values.picture_files import check_picture
from koho_pdf.content.values.shares import FocusPoint, KeepBoxes, position
from koho_pdf.content.values.telephone import Telephone
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Block, Scalar
from koho_pdf.manuscript.syntax import over_lines

FIELD_LIMIT = 2000
"""The most characters in one text field; a layout's slots allow far fewer."""

T = TypeVar("T")


def text_given(value: object) -> str:
    """The value as text. Raises ``Refusal`` if it is not text, empty or too long."""
    if not isinstance(value, str):
        shape = "一覧（「- 」の並び）" if isinstance(value, (list, tuple)) else "項目のまとまり（「名前: 」の並び）"
        hint = "「名前: 文章」の形で、1行の文章を書いてください。文章が [ や { で始まるときは、全体を ' で囲みます。"
        if isinstance(value, dict) and "media" in value:
            raise Refusal(not_here())
        if isinstance(value, dict) and len(value) == 1:
            hint = "文章の中に半角の「: 」があるか、文章が { で始まるときは、文章全体を ' で囲んでください。"
        raise Refusal(error("not-text", f"文章を書くところに、{shape}があります。", hint=hint))
    if isinstance(value, Block):
        raise Refusal(over_lines())
    if not value.strip():
        raise Refusal(
            error("empty-text", "中身がありません。", hint="文章を書くか、要らない項目なら行ごと消してください。")
        )
    if len(value) > FIELD_LIMIT:
        raise Refusal(
            error(
                "field-too-long",
                f"{len(value)}文字あります。1つの項目に書けるのは{FIELD_LIMIT}文字までです。",
                hint="文章を短くするか、項目を分けてください。",
            )
        )
    return value


def not_here() -> Finding:
    """The finding if a field cannot be for print alone."""
    return error(
        "print-only-not-here",
        "ここは、紙面だけに載せることができません。",
        hint="「media: [print]」を付けられるのは、一覧の1つ分、写真、表、文章です。",
    )


def _inline(value: object) -> InlineText:
    """A text, or a group of a text and its media: ``{text: …, media: [print]}``."""
    if isinstance(value, dict) and {"text"} <= set(value) <= {"text", "media"}:
        words = _inline(value["text"])
        print_only = "media" in value and bool(media_given(value["media"]))
        return replace(words, field=words.field.removesuffix(".text"), print_only=print_only)
    text = text_given(value)
    place = (value.field, value.line) if isinstance(value, Scalar) else ("", 1)
    return InlineText(str(text), parse_inline(text), *place)


def media_given(value: object) -> tuple[Literal["print"], ...]:
    """The media of a group. Raises ``Refusal``: media-not-known."""
    if value != ["print"]:
        raise Refusal(
            error(
                "media-not-known",
                "「media」の値が読めません。",
                hint="紙面だけに載せるなら「media: [print]」と書き、どこにでも載せるなら行ごと消してください。",
            )
        )
    return ("print",)


def _read_by(parse: Callable[[str], T]) -> PlainValidator:
    return PlainValidator(lambda value: parse(text_given(value)))


def _schema(**more: Any) -> WithJsonSchema:
    """The schema of a text for a YAML editor, which takes ``2013`` or ``no`` for another type while we read text."""
    return WithJsonSchema({"type": ["string", "number", "boolean"], **more})


_MEDIA_SCHEMA = {"type": "array", "items": {"enum": ["print"]}, "minItems": 1, "maxItems": 1}
Media = Annotated[
    tuple[Literal["print"], ...],
    PlainValidator(media_given),
    WithJsonSchema(_MEDIA_SCHEMA),
    Field(
        title="載せるところ",
        description="[print] と書くと紙面だけに載り、ウェブ・画面用・保存用には載りません。",
    ),
]
"""The media of a group: empty means everywhere, ``("print",)`` the print edition alone (see ``public``)."""


def words_schema(most: int) -> dict[str, Any]:
    """The schema of a text with at most this many characters, or of a group of a text and its media."""
    text = {"type": ["string", "number", "boolean"], "maxLength": most}
    group = {
        "type": "object",
        "properties": {
            "text": {**text, "title": "文章", "description": "印を付ける文章。"},
            "media": {**_MEDIA_SCHEMA, "title": "載せるところ", "description": "[print] は、紙面だけ。"},
        },
        "required": ["text"],
        "additionalProperties": False,
    }
    return {"oneOf": [text, group]}


WORDS_SCHEMA = words_schema(FIELD_LIMIT)

Inline = Annotated[InlineText, PlainValidator(_inline), WithJsonSchema(WORDS_SCHEMA)]
"""A text that may have marks (ruby, strong, kenten, links), and may be for print alone."""

Plain = Annotated[str, PlainValidator(lambda value: str(text_given(value))), _schema(maxLength=FIELD_LIMIT)]
"""A text without marks: every character is itself."""

IssueDate = Annotated[
    CalendarDate, _read_by(CalendarDate.parse), _schema(examples=["平成25年4月1日", "2013年4月1日", "2013-04-01"])
]
IssueFiscalYear = Annotated[FiscalYear, _read_by(FiscalYear.parse), _schema(examples=["平成25年度", "2013年度"])]
IssueTelephone = Annotated[Telephone, _read_by(Telephone.parse), _schema(examples=["42-1809", "0164-42-1809"])]


Copies = Annotated[int, _read_by(copies_of), _schema(examples=["12,000部", "12000"])]


def word(value: object, words: dict[str, object]) -> object:
    """The meaning of one of the allowed ``words``. Raises ``Refusal`` for any other."""
    if not isinstance(value, str) or value.strip() not in words:
        raise Refusal(
            error(
                "word-not-known",
                f"「{str(value)[:20]}」は、ここでは使えません。",
                hint=f"書けるのは {'・'.join(words)} です。",
            )
        )
    return words[value.strip()]


_ANSWERS: dict[str, object] = {"false": False, "true": True}


def _answer(value: object) -> bool:
    try:
        return bool(word(value, _ANSWERS))
    except Refusal as refused:
        (told,) = refused.findings
        raise Refusal(replace(told, hint="はい、なら true、いいえ、なら false と書いてください。")) from None


Answer = Annotated[bool, PlainValidator(_answer), WithJsonSchema({"type": "boolean"})]


def _picture_file(value: object, given: ValidationInfo) -> str:
    text = text_given(value)
    name = str(text)
    if given.context and "folder" in given.context:
        found = check_picture(given.context["folder"], name)
        field = text.field if isinstance(text, Scalar) else ""
        given.context["warnings"].extend((field, each) for each in found)
    return name


PictureFile = Annotated[str, PlainValidator(_picture_file), _schema(maxLength=FIELD_LIMIT)]
"""A picture's name inside the issue's folder; the file is checked if the context has the folder."""

Several = Annotated[tuple[T, ...], Strict(False), Field(min_length=1)]
"""A list with at least one item."""


class Closed(Group):
    """A group of fields of a manuscript."""

    word: ClassVar[str] = "文章"

    unprinted: ClassVar[frozenset[str]] = frozenset({"media"})
    """The fields whose words no edition shows; every edition must hold all others (see ``owed``)."""
    furniture: ClassVar[frozenset[str]] = frozenset()
    """Its fields that only a layout's pages show: running heads, labels."""
    OFF_PAGES: ClassVar[frozenset[str]] = frozenset()
    """Its fields that every edition but a layout's pages shows (``article_keys``)."""

    @classmethod
    def out_of_place(cls, name: str) -> Finding | None:
        """The finding for ``media`` where it is not allowed."""
        return not_here() if name == "media" else None


class Picture(Closed):
    """A photograph or drawing in the issue's folder."""

    unprinted: ClassVar = Closed.unprinted | {"file", "alt", "focus", "keep"}

    file: PictureFile = Field(
        title="写真のファイル",
        description="issue.yaml と同じフォルダーの中の、JPEG・PNG・TIFF のファイル。ロゴは SVG・PDF も。"
        "例: photos/minato.jpg",
        examples=["photos/minato.jpg"],
    )
    alt: Plain = Field(
        title="写真の説明",
        description="写真に何が写っているか。目の見えない方に読み上げられます。紙面には印刷されません。",
    )
    caption: Inline | None = Field(
        default=None, title="キャプション", description="写真の下に印刷する短い文章。なくてもかまいません。"
    )
    credit: Inline | None = Field(
        default=None, title="写真の提供", description="撮った人や、写真を貸してくれた人。例: 写真提供　留萌観光協会"
    )
    focus: FocusPoint | None = Field(
        default=None,
        title="写真の中心",
        description="写真のいちばん大事なところ。左から何％、上から何％かを「30 40」のように書きます。"
        "縁を切るとき、ここが残ります。",
        examples=["30 40"],
    )
    keep: KeepBoxes = Field(
        default=(),
        title="切らない範囲",
        description="切ったり、折り目や穴を当てたりしてはいけない範囲（顔など）。左・上・右・下を、写真の左上からの％で"
        "「20 10 60 50」のように書きます。いくつもあれば「- 」で並べます。",
        examples=["20 10 60 50"],
    )

    @property
    def position(self) -> str:
        """As ``object-position`` takes it: the part that stays in sight; empty where the middle may."""
        return position(self.focus, self.keep)


class OptionalPicture(Picture):
    """A picture that an issue may do without may be for print alone."""

    media: Media = ()
