"""The value of a text of several paragraphs (``body: |``), with their marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from pydantic import PlainValidator, WithJsonSchema

from koho_pdf.content.values.inline import InlineText, Text, parse_inline
from koho_pdf.content.values.model import FIELD_LIMIT, media_given, text_given, words_schema
from koho_pdf.content.values.written import Written
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.paragraph_lines import Lines, lines_of, plainly_spaced
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Block, Scalar

BLOCK_LIMIT = 20_000
"""The most characters in a text of paragraphs."""


@dataclass(frozen=True, slots=True)
class Paragraphs(Written):
    """A text of paragraphs: the editor's ``source`` with its line ends, and each paragraph with its marks.
    ``print_only`` means that only the print edition has it (see ``public``).
    """

    takes_lines: ClassVar[bool] = True
    """An editor may write this value with ``|``, over several lines (see ``manuscript.places``)."""

    source: str
    paragraphs: tuple[InlineText, ...]
    field: str = ""
    print_only: bool = False

    @property
    def plain(self) -> str:
        """The words, one line for each paragraph."""
        return "\n".join(each.plain for each in self.paragraphs)

    @property
    def parts(self) -> tuple[InlineText, ...]:
        """The paragraphs."""
        return self.paragraphs

    def withheld(self, words: str) -> Paragraphs:
        """These words in one paragraph."""
        return Paragraphs(words, (InlineText(words, (Text(words),), f"{self.field}.0"),), self.field)

    def __iter__(self) -> Iterator[InlineText]:
        return iter(self.paragraphs)

    def __len__(self) -> int:
        return len(self.paragraphs)

    def __str__(self) -> str:
        return self.plain


def _paragraphs(value: object, *, within: str = "") -> Paragraphs:
    """A text of paragraphs, or a group of it and its media."""
    if isinstance(value, dict) and {"text"} <= set(value) <= {"text", "media"}:
        print_only = "media" in value and bool(media_given(value["media"]))
        return replace(_paragraphs(value["text"], within=".text"), print_only=print_only)
    text = value if isinstance(value, Block) else text_given(value)
    if len(text) > BLOCK_LIMIT:
        told = f"{len(text)}文字あります。1つの項目に書けるのは{BLOCK_LIMIT}文字までです。"
        raise Refusal(error("field-too-long", told, hint="文章を短くするか、項目を分けてください。"))
    place = text if isinstance(text, Scalar) else Scalar(text)
    field = place.field.removesuffix(within)
    read: list[InlineText] = []
    found: list[Finding] = []
    for number, lines in enumerate(lines_of(place)):
        try:
            read.append(_paragraph(lines, f"{field}.{number}" if field else ""))
        except Refusal as refusal:
            found += refusal.findings
    if found:
        raise Refusal(*found)
    if not read:
        raise Refusal(error("empty-text", "中身がありません。", hint=_NO_PARAGRAPH))
    return Paragraphs(plainly_spaced(str(text)), tuple(read), field)


_NO_PARAGRAPH = "「|」の次の行から字下げして文章を書くか、要らない項目なら行ごと消してください。"


def _paragraph(lines: Lines, field: str) -> InlineText:
    """One paragraph; its findings know their line and column."""
    if len(lines.text) > FIELD_LIMIT:
        told = f"1つの段落に{len(lines.text)}文字あります。書けるのは{FIELD_LIMIT}文字までです。"
        hint = "空の行を入れて、段落を分けてください。"
        raise Refusal(error("field-too-long", told, Where(line=lines.line, field=field), hint))
    try:
        return InlineText(lines.text, parse_inline(lines.text), field, lines.line)
    except Refusal as refusal:
        raise Refusal(*(_placed(each, lines, field) for each in refusal.findings)) from None


def _placed(found: Finding, lines: Lines, field: str) -> Finding:
    """A finding of a paragraph (its column counts in the paragraph's text) with its place in the file."""
    line, column = lines.at((found.where.column or 1) - 1)
    return replace(found, where=Where(line=line, column=column, field=field))


ParagraphsText = Annotated[
    Paragraphs, PlainValidator(lambda value: _paragraphs(value)), WithJsonSchema(words_schema(BLOCK_LIMIT))
]
"""A text of one or more paragraphs (``|``), each with marks, which may be for print alone."""
