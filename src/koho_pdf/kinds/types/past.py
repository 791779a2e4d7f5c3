"""An article of an issue that is out already, by the issue's name and its own id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import PlainValidator, WithJsonSchema

from koho_pdf.content.values.ids import PATTERN, wrong_id
from koho_pdf.content.values.model import text_given
from koho_pdf.content.values.written import Written
from koho_pdf.findings import error
from koho_pdf.kinds.types.field import Field
from koho_pdf.manuscript.refusal import Refusal


@dataclass(frozen=True, slots=True)
class PastArticle(Written):
    """The article ``key`` of the issue called ``issue``: 2027-02-koho/snow-festival."""

    source: str
    issue: str
    key: str
    field: str = ""

    def on(self, site: str) -> str:
        """Its address on the city's site (``site`` of koho.yaml); empty if that is not known."""
        return f"{site.replace('{issue}', self.issue)}articles/{self.key}.html" if site else ""


def _past(value: object) -> PastArticle:
    if isinstance(value, PastArticle):
        return value
    text = text_given(value)
    issue, slash, key = text.strip().partition("/")
    if not slash or wrong_id(issue) or wrong_id(key):
        hint = "「2027-02-koho/snow-festival」のように、号のフォルダーの名前、/、記事の名前（id）を書いてください。"
        raise Refusal(error("past-article-not-understood", f"「{text[:40]}」が、どの記事か分かりません。", hint=hint))
    return PastArticle(text.strip(), issue, key, getattr(text, "field", ""))


class PastArticleField(Field):
    """An article that is out already; no page says it, a web page leads to it (``article.corrects.on(city.site)``)."""

    called: ClassVar = "past_article"
    label: ClassVar = "前の号の記事"
    about: ClassVar = "「2027-02-koho/snow-festival」のような、前に出た号の名前と記事の名前（id）。"
    printed: ClassVar = False
    takes_default: ClassVar = False

    def annotation(self) -> Any:
        return Annotated[
            PastArticle,
            PlainValidator(_past),
            WithJsonSchema({"type": "string", "pattern": f"^{PATTERN}/{PATTERN}$"}),
        ]
