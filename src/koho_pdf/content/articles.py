"""The articles (記事) of an issue in reading order: what every edition that is not a page is made of.

Its kind says which they are (``kinds.reading_order``). A key is what the editor says (``id``), or is made of an
article's place in the manuscript, and never of its words, so that a permalink outlives every correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from koho_pdf.content.blocks import (
    Block,
    Passage,
    Pictured,
    Tabular,
    fields_of,
    paragraphs_of,
    passages_of,
    texts_of,
    within,
)
from koho_pdf.content.values.runs import InlineText, Text, readings_of

if TYPE_CHECKING:
    from koho_pdf.content.values.model import Picture
    from koho_pdf.content.values.tables import Table


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
    ``title`` is only what the article is called. ``department`` is 担当課, plain.
    """

    key: str
    field: str
    title: InlineText
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    number: int = 0
    printed_heading: bool = True
    department: str = ""

    def within(self, section: Section, blocks: tuple[Block, ...]) -> Article:
        """The article with these blocks, below a section that stands around all it has."""
        return replace(self, sections=(section, *self.sections), blocks=blocks)

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
        """Its blocks in plain words: tables a sentence a row, pictures by their captions."""
        return tuple(paragraphs_of(self.blocks))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its pictures, in order."""
        return tuple(block.picture for block in within(self.blocks) if isinstance(block, Pictured))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order."""
        return tuple(block.table for block in within(self.blocks) if isinstance(block, Tabular))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its words one after another, as templates of format 0 ask for them (docs/formats.md)."""
        return tuple(passages_of(self.blocks))


def readings_in(article: Article, names: Mapping[str, str]) -> tuple[str, ...]:
    """The readings (ruby) in an article, each once, with those of the ``names`` that stand in its words."""
    words = "\n".join((article.heading, *article.paragraphs))
    named = (reading for name, reading in names.items() if name in words)
    texts = (article.title, *texts_of(article.blocks))
    return tuple(dict.fromkeys([*(reading for text in texts for reading in readings_of(text.runs)), *named]))


_DESCRIPTION = 120  # characters: what search engines, shared links and lists of files show


def shortened(article: Article) -> str:
    """The beginning of an article, for those who list it."""
    words = " ".join(article.paragraphs) or article.heading
    return words if len(words) <= _DESCRIPTION else words[: _DESCRIPTION - 1] + "…"


def about(articles: Sequence[Article]) -> tuple[str, tuple[str, ...]]:
    """What an issue is about: the beginning of its first article, and the headings its articles stand under."""
    heads = dict.fromkeys(article.above[0] if article.above else article.heading for article in articles)
    return shortened(articles[0]) if articles else "", tuple(heads)


def pages_of(articles: Iterable[Article], placed: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The page each article begins on, by its key, of fields and the pages they stand on (``Document.placed``). Where
    no field of an article is told of (its template has no ``data-field``), it is the page of the one read before it."""
    stands, known = tuple(placed), dict[str, int]()
    page = 1
    for article in articles:
        begins = _pages_below((article.field,), stands) or _pages_below(fields_of(article.blocks), stands)
        page = known[article.key] = min(begins, default=page)
    return known


def _pages_below(fields: Iterable[str], stands: Sequence[tuple[str, int]]) -> list[int]:
    """The pages on which something of these fields stands."""
    return [page for root in fields for field, page in stands if field == root or field.startswith(f"{root}.")]


def untyped(words: str, field: str) -> InlineText:
    """Plain words as a text without marks: a date, a field's own name."""
    return InlineText(words, (Text(words),), field)
