"""The articles (記事) of an issue in reading order. Large print, article pages, text and data are made from them.

The issue's kind says which they are (``kinds.reading_order``). An article's key is the editor's ``id``, or is made from
its place in the manuscript; never from its words, so that a correction does not change a permalink.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from koho_pdf.content.blocks import (
    Block,
    Part,
    Passage,
    Pictured,
    Refers,
    Tabular,
    fields_of,
    paragraphs_of,
    passages_of,
    texts_of,
    within,
)
from koho_pdf.content.values.runs import InlineText, Text, readings_of
from koho_pdf.manuscript.paths import is_in

if TYPE_CHECKING:
    from koho_pdf.content.values.dates import CalendarDate
    from koho_pdf.content.values.model import Picture
    from koho_pdf.content.values.tables import Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading over several articles; ``number`` counts such headings from 1; 0 means no number."""

    key: str
    heading: InlineText
    number: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What the manuscript of an article says of it for programs: see ``article_keys``. ``corrects`` are the past
    articles that it corrects (2027-02-koho/snow-festival).
    """

    importance: str = ""
    deadline: CalendarDate | None = None
    department: Mapping[str, object] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    plain: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()


NOTHING_SAID = About()


@dataclass(frozen=True, slots=True)
class Article:
    """記事: ``key`` is its permalink (ASCII lower case, digits, hyphens; unique in the issue), ``field`` its beginning.

    ``sections`` are the headings above it, outermost first; ``printed_heading`` is false if the pages show no heading
    and ``title`` is only a name for the article. ``department`` is 担当課, plain. The last ``beside`` blocks stand on
    no page (``article_keys``); ``about`` is what else its manuscript says of it.
    """

    key: str
    field: str
    title: InlineText
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    number: int = 0
    printed_heading: bool = True
    department: str = ""
    beside: int = 0
    about: About = NOTHING_SAID

    @property
    def on_pages(self) -> Article:
        """The article without what stands on no page."""
        return replace(self, blocks=self.blocks[: -self.beside], beside=0) if self.beside else self

    def leading(self, headings: Mapping[str, str]) -> Article:
        """The article with the headings of those that it refers to, by their keys."""
        if not any(isinstance(each, Refers) for each in within(self.blocks)):
            return self
        return replace(self, blocks=_leading(self.blocks, headings))

    def within(self, section: Section) -> Article:
        """The article below a section around its other sections."""
        return replace(self, sections=(section, *self.sections))

    @property
    def heading(self) -> str:
        """The heading in plain words."""
        return self.title.plain

    @property
    def above(self) -> tuple[str, ...]:
        """The headings above it in plain words, outermost first."""
        return tuple(section.heading.plain for section in self.sections)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its blocks in plain words: a sentence for each row of a table, captions for pictures."""
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
        """Its words one after another, for templates of format 0 (docs/formats.md)."""
        return tuple(passages_of(self.blocks))


def _leading(blocks: tuple[Block, ...], headings: Mapping[str, str]) -> tuple[Block, ...]:
    return tuple(
        replace(block, heading=headings.get(block.to, ""))
        if isinstance(block, Refers)
        else replace(block, blocks=_leading(block.blocks, headings))
        if isinstance(block, Part)
        else block
        for block in blocks
    )


def readings_in(article: Article, names: Mapping[str, str]) -> tuple[str, ...]:
    """The readings (ruby) in an article, each once, with those of the ``names`` that occur in its words."""
    words = "\n".join((article.heading, *article.paragraphs))
    named = (reading for name, reading in {**names, **article.about.readings}.items() if name in words)
    texts = (article.title, *texts_of(article.blocks))
    return tuple(dict.fromkeys([*(reading for text in texts for reading in readings_of(text.runs)), *named]))


_DESCRIPTION = 120  # characters that search engines, shared links and lists of files show


def shortened(article: Article) -> str:
    """The beginning of an article, for lists."""
    words = " ".join(article.on_pages.paragraphs) or article.heading
    return words if len(words) <= _DESCRIPTION else words[: _DESCRIPTION - 1] + "…"


def about(articles: Sequence[Article]) -> tuple[str, tuple[str, ...]]:
    """A description of an issue: the beginning of its first article, and the headings of its articles."""
    heads = dict.fromkeys(article.above[0] if article.above else article.heading for article in articles)
    return shortened(articles[0]) if articles else "", tuple(heads)


def pages_of(articles: Iterable[Article], placed: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The page on which each article begins, by its key, found from the pages of fields (``Document.placed``). If no
    field of an article is known (its template has no ``data-field``), it is the page of the article before it."""
    stands, known = tuple(placed), dict[str, int]()
    page = 1
    for article in articles:
        begins = _pages_below((article.field,), stands) or _pages_below(fields_of(article.blocks), stands)
        page = known[article.key] = min(begins, default=page)
    return known


def _pages_below(fields: Iterable[str], stands: Sequence[tuple[str, int]]) -> list[int]:
    """The pages on which something of these fields stands."""
    return [page for root in fields for field, page in stands if is_in(field, root)]


def untyped(words: str, field: str) -> InlineText:
    """Plain words as a text without marks: a date, a field's own name."""
    return InlineText(words, (Text(words),), field)
