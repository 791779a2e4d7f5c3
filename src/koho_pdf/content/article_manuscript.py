"""The manuscript of one article, in a file of its own or in that of its issue."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from koho_pdf.content.values.ids import Id
from koho_pdf.content.values.model import Closed, Plain
from koho_pdf.manuscript.formats import Format
from koho_pdf.manuscript.paths import of_article


class ArticleManuscript(Closed):
    """The fields of every kind of article; a kind adds its own (``kinds``)."""

    described: ClassVar[Any]
    """Its kind (``kinds.kind.Kind``), from which the model was made."""

    unprinted: ClassVar = Closed.unprinted | {"id", "kind", "format"}

    id: Id = Field(
        title="記事の名前",
        description="アドレスになる名前（半角の英小文字と数字と -）。記事のファイルでは、ファイルの名前です。",
        examples=["shakai-fukushi"],
    )
    kind: Plain = Field(title="記事の型", description="どの型の記事か。")
    format: Format = Field(
        default=0,
        title="書き方の番号",
        description="この原稿の書き方の番号。書かなくてもかまいません。紙面には印刷されません。",
        examples=[1],
    )

    @property
    def print_only(self) -> bool:
        """Whether all articles of its kind are for print alone."""
        return bool(self.described.print_only)

    @property
    def field(self) -> str:
        """Its place in the manuscript: ``shakai:``."""
        return of_article(self.id)


def path_of(group: Closed, path: str) -> str:
    """The path of a group; an article has its own path, wherever it stands."""
    return group.field if isinstance(group, ArticleManuscript) else path
