"""The blocks of an article, an ordered tree. An edition shows each type of block in one way, for all kinds of issues.

A block knows its ``field``, its dotted place in the manuscript.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from koho_pdf.content.values.addresses import Mail, WebAddress
from koho_pdf.content.values.person import Person
from koho_pdf.content.values.runs import InlineText, Link, Text
from koho_pdf.content.values.written import Written

if TYPE_CHECKING:
    from koho_pdf.content.values.model import Picture
    from koho_pdf.content.values.occasions import Occasion, Span
    from koho_pdf.content.values.tables import Table


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, a display line or an item of a list, with the marks that the editor wrote in it.

    ``role`` says what it is: lead, body, display, quote, note. ``told`` is its value for other programs, if that
    differs from its words: a contact's name carries the whole contact, its other lines nothing. ``signed`` is false if
    a label before it already says what it is: 電話.
    """

    words: Written
    role: str = "body"
    field: str = ""
    told: Mapping[str, object] | None = None
    signed: bool = True

    @property
    def plain(self) -> str:
        """Its words; ☎ stands before a telephone number, as on paper."""
        return self.words.shown

    @property
    def spoken(self) -> str:
        """Its words for those who listen."""
        return self.words.said if self.signed else self.words.plain

    @property
    def beside_its_label(self) -> str:
        """Its words in a line with its label: no sign says again what that says."""
        return self.plain if self.signed else self.words.plain

    @property
    def text(self) -> InlineText:
        """Its words with their marks; an address becomes a link."""
        if isinstance(self.words, (InlineText, Person)):
            return self.words if isinstance(self.words, InlineText) else self.words.text
        leads = self.words.uri() if isinstance(self.words, (Mail, WebAddress)) else ""
        word = Text(self.plain)
        return InlineText(self.plain, (Link((word,), leads),) if leads else (word,), self.field)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of words, with bullets or, ``numbered``, with numbers from 1."""

    items: tuple[Words, ...]
    numbered: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line of ``Fields``: its label (日時) and its words."""

    label: str
    words: tuple[Words, ...]
    field: str = ""

    @property
    def plain(self) -> str:
        """日時: 4月1日(水) 午前10時"""
        return f"{self.label}：{'、'.join(each.beside_its_label for each in self.words)}"


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values one below another: 日時, 場所, 問合せ."""

    rows: tuple[Labelled, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Tabular:
    """A table with its caption and note."""

    table: Table
    field: str = ""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture with its caption."""

    picture: Picture
    field: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of a month calendar that takes place, for calendars and tables: its name, when, and where; ``told``
    says all of it, the article ``see`` more."""

    name: str
    span: Span
    when: Occasion
    place: str
    told: str
    see: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that belong together, with an optional ``heading``. ``role`` is quote, aside or advertisement if they are
    set apart from the text around them. ``heard`` is the heading for those who listen, if that differs; ``entries``
    take place on the day that it is about.
    """

    blocks: tuple[Block, ...]
    heading: InlineText | None = None
    field: str = ""
    role: str = ""
    heard: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Refers:
    """A reference to the article with the key ``to``, which is called ``heading`` (empty where there is none)."""

    to: str
    field: str = ""
    heading: str = ""

    @property
    def plain(self) -> str:
        """→ 鰊がきた町"""
        return f"→ {self.heading}"


Block: TypeAlias = "Words | Listing | Fields | Tabular | Pictured | Refers | Part"


def within(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in order; a part itself, then the blocks in it."""
    for block in blocks:
        yield block
        if isinstance(block, Part):
            yield from within(block.blocks)


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Blocks as plain paragraphs: a sentence for each row of a table, captions for pictures."""
    for block in within(blocks):
        if isinstance(block, Words):
            yield block.plain
        elif isinstance(block, Listing):
            yield from (item.plain for item in block.items)
        elif isinstance(block, Fields):
            yield from (row.plain for row in block.rows)
        elif isinstance(block, Tabular):
            yield from block.table.sentences()
        elif isinstance(block, Pictured):
            yield from (each.plain for each in (block.picture.caption, block.picture.credit) if each)
        elif isinstance(block, Refers):
            yield block.plain
        elif block.heading:
            yield block.heading.plain


def words_of(blocks: tuple[Block, ...]) -> Iterator[Words]:
    """The words in blocks, also those of lists and fields, in order; without tables, captions and headings."""
    for block in within(blocks):
        if isinstance(block, Words):
            yield block
        elif isinstance(block, Listing):
            yield from block.items
        elif isinstance(block, Fields):
            yield from (words for row in block.rows for words in row.words)


def fields_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The fields of blocks, and of the items of lists."""
    for block in within(blocks):
        yield block.field
        if isinstance(block, Listing):
            yield from (item.field for item in block.items)


def texts_of(blocks: tuple[Block, ...]) -> Iterator[InlineText]:
    """The texts with marks in blocks, without tables and captions."""
    for block in within(blocks):
        if not isinstance(block, Part):  # of a reference there are none: its words are those of another article
            yield from (each.text for each in words_of((block,)))
        elif block.heading:
            yield block.heading


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or an item of a list, for templates of format 0; ``form``: text, display, bullet, number."""

    words: Written
    form: str = "text"
    field: str = ""

    @property
    def plain(self) -> str:
        """Its words; ☎ stands before a telephone number."""
        return Words(self.words).plain


def passages_of(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """Blocks as passages, without tables and pictures; labels stand before their words."""
    for block in within(blocks):
        if isinstance(block, Words):
            yield Passage(block.words, "display" if block.role == "display" else "text", block.field)
        elif isinstance(block, Listing):
            form = "number" if block.numbered else "bullet"
            yield from (Passage(item.words, form, item.field) for item in block.items)
        elif isinstance(block, Fields):
            for row in block.rows:
                yield Passage(InlineText(row.plain, (Text(row.plain),), row.field), "text", row.field)
        elif isinstance(block, Part) and block.heading:
            yield Passage(block.heading, "display", block.heading.field)
