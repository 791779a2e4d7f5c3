"""Texts: with marks, without."""

from __future__ import annotations

from typing import Any, ClassVar

from koho_pdf.content.blocks import Block
from koho_pdf.content.values.model import Inline, Plain
from koho_pdf.content.values.paragraphs import ParagraphsText
from koho_pdf.kinds.types.field import Field, said


class TextField(Field):
    """One line of text in which marks may stand (ruby, strong, links)."""

    called: ClassVar = "text"
    label: ClassVar = "1行の文章"
    about: ClassVar = "ルビや強調などの印を付けられる、1行の文章。"

    def annotation(self) -> Any:
        return Inline


class ParagraphsField(Field):
    """Text of one or more paragraphs, in which marks may stand: a blank line between them (``body: |``)."""

    called: ClassVar = "paragraphs"
    label: ClassVar = "段落のある文章"
    about: ClassVar = "「|」の次の行から書く、いくつもの段落の文章。段落の間は空の行。"
    one_line: ClassVar = False

    def annotation(self) -> Any:
        return ParagraphsText

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return tuple(said(each, self.role or "body", name) for each in value)


class PlainField(Field):
    """One line of text in which every character is itself."""

    called: ClassVar = "plain"
    label: ClassVar = "印のない1行"
    about: ClassVar = "どの字もそのまま印刷される、1行の文章。"

    def annotation(self) -> Any:
        return Plain
