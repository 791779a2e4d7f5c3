"""The articles of an issue, with their own kinds: their place among its fields, and which kinds are allowed."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field as Told
from pydantic import PlainValidator, Strict, ValidationInfo, WithJsonSchema

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.schema import ARTICLES
from koho_pdf.content.values.model import Plain
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import Count
from koho_pdf.manuscript.refusal import Refusal


def _article(value: object, given: ValidationInfo) -> ArticleManuscript:
    """The article with this name, or written out here; ``content.check`` has already read it, and tells its mistakes
    under its own path.
    """
    id_ = value.get("id") if isinstance(value, dict) else value
    known = (given.context or {}).get("articles", {})
    found = known.get(id_.strip()) if isinstance(id_, str) else None
    if found is None:
        raise Refusal()
    made: ArticleManuscript = found
    return made


class ArticlesField(Field):
    """Articles, each by its name (its file is ``articles/<name>.yaml``) or written out with ``id`` and ``kind``."""

    called: ClassVar = "articles"
    label: ClassVar = "記事の並び"
    about: ClassVar = "記事のファイルの名前か、そこに書いた記事。of に記事の型。号の型の、いちばん上の項目だけ。"
    takes_default: ClassVar = False
    one_line: ClassVar = False
    in_lists: ClassVar = False

    of: tuple[Plain, ...] = Told(
        strict=False, min_length=1, title="記事の型", description="ここに載せられる記事の型の名前を並べます。"
    )
    least: Count = Told(default=1, title="少なくとも", description="いくつ以上か。書かなければ 1。")
    most: Count | None = Told(default=None, title="多くとも", description="いくつまでか。書かなければ、いくつでも。")

    @property
    def default_text(self) -> object:
        return () if self.least == 0 or self.optional else None

    def annotation(self) -> Any:
        item = Annotated[ArticleManuscript, PlainValidator(_article), WithJsonSchema({ARTICLES: list(self.of)})]
        least = None if self.least == 0 else self.least
        return Annotated[
            tuple.__class_getitem__((item, ...)), Strict(False), Told(min_length=least, max_length=self.most)
        ]
