"""The text edition: the issue for volunteers who read aloud (音訳) or write braille (点訳), and for screen readers.

Plain text, UTF-8, LF, one line for each paragraph, in the order of the pages. As in text DAISY books
(全国視覚障害者情報提供施設協会「サピエ図書館登録テキストデイジー製作手順書」): the contents come first, with pages,
and say where they end; a page begins with its mark; a reading stands in brackets after its word; what we add to the
printed words stands in 〔〕. Marks are in words (``spoken``); a list says how many it has, a picture what it shows; a
table is read row by row, each value after the head of its column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from koho_pdf.content.articles import Article, Section
from koho_pdf.content.blocks import Block, Fields, Listing, Pictured, Refers, Tabular, Words
from koho_pdf.content.issue import Issue
from koho_pdf.content.spoken import spoken
from koho_pdf.content.values.model import Picture
from koho_pdf.content.values.person import Person
from koho_pdf.content.values.runs import InlineText, Kenten, Link, Run, Strong, Text, Tongue, plain_of
from koho_pdf.content.values.tables import Table
from koho_pdf.kinds.reading_order import heard_articles_of, own_readings
from koho_pdf.kinds.types.groups import SPOKEN
from koho_pdf.layout.city import City
from koho_pdf.layout.readings import Readings

_APART = {"quote": "引用", "aside": "囲み記事", "advertisement": "広告"}
_LEVELS = ("大見出し", "中見出し", "小見出し")
_ABOUT = (
    "これは、音訳・点訳と音声での読み上げのために、号の言葉をすべて文字にしたものです。"
    "この括弧の中は、印刷にはない案内です。"
)


def text_edition(issue: Issue, pages: Mapping[str, int], city: City) -> bytes:
    """The whole text; ``pages`` says on which page each article begins, by its key."""
    return ("\n".join(_Text(issue, pages, city).lines()) + "\n").encode()


def _aside(words: str) -> str:
    """Mark our own words among the printed ones."""
    return f"〔{words}〕"


def _heading(level: int, number: int) -> str:
    """What is said before a heading: its level, and its number if it has one."""
    return _aside(_LEVELS[min(level, len(_LEVELS) - 1)]) + (f"{number}　" if number else "")


def _counted(number: int) -> str:
    return f"{number}つ" if number < 10 else f"{number}個"  # 1つ to 9つ, then 10個: つ does not count beyond nine


class _Text:
    """One issue; readings are given where a name is first said, in the order of the file."""

    def __init__(self, issue: Issue, pages: Mapping[str, int], city: City) -> None:
        self._issue, self._pages, self._city = issue, pages, city
        self._articles = heard_articles_of(issue)
        self._readings = Readings(city.readings, "first", own_readings(issue))

    def lines(self) -> Iterator[str]:
        yield self._said(self._issue.as_title())
        yield self._said(self._city.municipality)
        yield _aside(f"{self._issue.date.wareki}発行")
        yield _aside(_ABOUT)
        yield ""
        yield from self._contents()
        page, above = 0, tuple[Section, ...]()
        for article in self._articles:
            yield ""
            if self._pages[article.key] != page:
                page = self._pages[article.key]
                yield f"［{page}ページ］"
            for level, section in enumerate(article.sections):
                if article.sections[: level + 1] != above[: level + 1]:
                    yield _heading(level, section.number) + self._said(section.heading)
            above = article.sections
            yield from self._article(article)
        yield ""
        yield _aside("終わり")

    def _contents(self) -> Iterator[str]:
        yield _aside(f"目次　記事{len(self._articles)}件")
        for sections, group in groupby(enumerate(self._articles, 1), lambda each: each[1].sections):
            under = list(group)
            if sections:
                yield _aside(f"{spoken(sections[-1].heading.plain)}　記事{len(under)}件")
            for number, article in under:
                yield _aside(f"{number}　{spoken(article.heading)}　{self._pages[article.key]}ページ")
        yield _aside("目次終わり")

    def _article(self, article: Article) -> Iterator[str]:
        level = len(article.sections)
        if article.printed_heading:
            yield _heading(level, article.number) + self._said(article.title)
        else:
            yield _heading(level, article.number) + _aside(spoken(article.heading))
        yield from self._blocks(article.blocks, level)

    def _blocks(self, blocks: tuple[Block, ...], level: int) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Words) and block.role == SPOKEN:
                yield _aside(spoken(block.plain))
            elif isinstance(block, Words):
                said = self._words(block)
                marked = block.role == "note" and not said.startswith("注、")  # ※ says so itself
                yield (_aside("注") if marked else "") + said
            elif isinstance(block, Listing):
                yield from self._listing(block)
            elif isinstance(block, Fields):
                for row in block.rows:
                    values = [self._words(each) for each in row.words]
                    pause = "。" if any("、" in each for each in values) else "、"
                    yield f"{self._said(row.label)}：{pause.join(values)}"
            elif isinstance(block, Tabular):
                yield from self._table(block.table)
            elif isinstance(block, Pictured):
                yield from self._picture(block.picture)
            elif isinstance(block, Refers):
                yield _aside(f"{spoken(block.heading)}の記事、{self._pages.get(block.to, 1)}ページもどうぞ")
            else:
                apart = _APART.get(block.role)
                if apart:
                    yield _aside(apart)
                if block.heading:
                    yield _heading(level + 1, 0) + (block.heard or self._said(block.heading))
                yield from self._blocks(block.blocks, level + 1)
                if apart:
                    yield _aside(f"{apart}終わり")

    def _listing(self, listing: Listing) -> Iterator[str]:
        told = len(listing.items) > 1
        if told:
            yield _aside(f"{_counted(len(listing.items))}あります")
        for number, item in enumerate(listing.items, 1):
            yield (_aside(f"{_counted(number)}目") if told else "") + self._words(item)

    def _words(self, words: Words) -> str:
        if isinstance(words.words, Person):
            return spoken(words.words.said)
        return self._said(words.text if isinstance(words.words, InlineText) else words.spoken)

    def _table(self, table: Table) -> Iterator[str]:
        """One sentence for each row, each value after the head of its column, so that a listener need not see the
        table.
        """
        yield _aside("表") + f"「{self._said(table.caption)}」" + _aside(f"{len(table.body)}行{len(table.head)}列")
        yield _aside("列の見出し") + "、".join(table.names(self._said)) + "。"
        for number, row in enumerate(table.body, 1):
            yield _aside(f"{number}行目") + table.sentence(row, self._said)
        if table.note:
            yield _aside("表に添えた文") + self._said(table.note)
        yield _aside("表終わり")

    def _picture(self, picture: Picture) -> Iterator[str]:
        yield _aside(f"写真の説明　{spoken(picture.alt)}")
        if picture.caption:
            yield _aside("写真に添えた文") + self._said(picture.caption)
        if picture.credit:
            yield _aside("写真の提供") + self._said(picture.credit)

    def _said(self, text: InlineText | str) -> str:
        return spoken(plain_of(tuple(_with_addresses(self._readings.in_brackets(text).runs))))


def _with_addresses(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs, each link followed by its address unless its words already say it, because a listener cannot click."""
    for run in runs:
        if isinstance(run, (Strong, Kenten, Link, Tongue)):
            run = replace(run, runs=tuple(_with_addresses(run.runs)))
        yield run
        if isinstance(run, Link):
            address = run.url.removeprefix("mailto:").removeprefix("tel:")
            if address not in plain_of((run,)):
                yield Text(_aside(f"リンク先　{address}"))
