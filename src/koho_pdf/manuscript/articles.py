"""The articles (記事) of an issue in reading order: what every edition that is not a page is made of.

Each kind of issue says its own (``Issue.as_articles``). A key is made of an article's place in the manuscript and never
of its words, so that a permalink outlives every correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from koho_pdf.manuscript.runs import InlineText, Text, readings_of
from koho_pdf.manuscript.telephone import Telephone

if TYPE_CHECKING:
    from koho_pdf.manuscript.model import Issue, Picture
    from koho_pdf.manuscript.tables import Table

Form = Literal["text", "display", "bullet", "number"]
"""How a passage stands: running text, a display line, an item of a list, an item of a numbered list."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, display line or list item, with the marks that the editor wrote in it; ``field`` is its own."""

    words: InlineText | Telephone
    form: Form = "text"
    field: str = ""

    @property
    def plain(self) -> str:
        """Its words; ☎ stands before a telephone number, as on paper."""
        return f"☎{self.words}" if isinstance(self.words, Telephone) else self.words.plain


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that several articles stand under; ``number`` counts it among its like from 1, 0 counts nothing."""

    key: str
    heading: InlineText
    number: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """記事: ``key`` is its permalink (ASCII lower case, digits, hyphens; unique in the issue), ``field`` its beginning.

    ``sections`` are the headings above it, outermost first; ``printed_heading`` is false where the pages show none and
    ``title`` is only what the article is called. ``department`` is 担当課, plain. Tables stand below the passages,
    pictures below them.
    """

    key: str
    field: str
    title: InlineText
    passages: tuple[Passage, ...]
    sections: tuple[Section, ...] = ()
    number: int = 0
    printed_heading: bool = True
    department: str = ""
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def heading(self) -> str:
        """The heading in plain words."""
        return self.title.plain

    @property
    def above(self) -> tuple[str, ...]:
        """The headings it stands under in plain words, outermost first."""
        return tuple(section.heading.plain for section in self.sections)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its passages in plain words, after them its tables, a sentence a row, and the captions of its pictures."""
        said = (sentence for table in self.tables for sentence in table.sentences())
        captions = (picture.caption.plain for picture in self.pictures if picture.caption)
        return (*(passage.plain for passage in self.passages), *said, *captions)


def readings_in(article: Article, names: Mapping[str, str]) -> tuple[str, ...]:
    """The readings (ruby) in an article, each once, with those of the ``names`` that stand in its words."""
    texts = [article.title, *(each.words for each in article.passages if not isinstance(each.words, Telephone))]
    words = "\n".join((article.heading, *article.paragraphs))
    named = (reading for name, reading in names.items() if name in words)
    return tuple(dict.fromkeys([*(reading for text in texts for reading in readings_of(text.runs)), *named]))


def articles_of(issue: Issue) -> tuple[Article, ...]:
    """Every article of an issue, in reading order; every printed word of the manuscript is in one of them."""
    return issue.as_articles()


_DESCRIPTION = 120  # characters: what search engines, shared links and lists of files show


def shortened(article: Article) -> str:
    """The beginning of an article, for those who list it."""
    words = " ".join(article.paragraphs) or article.heading
    return words if len(words) <= _DESCRIPTION else words[: _DESCRIPTION - 1] + "…"


def about(issue: Issue) -> tuple[str, tuple[str, ...]]:
    """What an issue is about: the beginning of its first article, and the headings its articles stand under."""
    articles = articles_of(issue)
    heads = dict.fromkeys(article.above[0] if article.above else article.heading for article in articles)
    return shortened(articles[0]) if articles else "", tuple(heads)


def page_of(article: Article, placed: Iterable[tuple[str, int]]) -> int:
    """The page an article begins on, of fields and the pages they stand on (``Document.placed``); 1 where unknown."""
    begins = [page for field, page in placed if field == article.field or field.startswith(f"{article.field}.")]
    return min(begins, default=1)


def passages(texts: Sequence[InlineText], form: Form = "text") -> tuple[Passage, ...]:
    """Texts of the manuscript as passages of one form."""
    return tuple(Passage(text, form, text.field) for text in texts)


def untyped(words: str, field: str) -> InlineText:
    """Plain words as a text without marks: a date, a field's own name."""
    return InlineText(words, (Text(words),), field)
