"""The pages of the archive's site and their links: computed from the records; nothing is read or written.

An address is made from an issue's name and an article's key, never from its words, and never changes.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from koho_pdf.archive.bags.holdings import Issue, missing_numbers, newest_revisions, revision_of
from koho_pdf.archive.bags.record import address_keys
from koho_pdf.archive.site.published import Published
from koho_pdf.content.values.dates import ERAS, CalendarDate

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")  # not allowed in HTML or XML text


@dataclass(frozen=True, slots=True)
class ArticleAt:
    """記事 with its place: ``name`` is its address below the site, ``text`` its paragraphs, ``corrects`` the articles
    of past issues that it corrects."""

    name: str
    heading: str
    text: tuple[str, ...]
    page: int
    department: str
    readings: str = ""
    corrects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueAt:
    """号 with its place below the site (``name``), pictures by page (name, width, height), published files by name.

    ``newer`` is the revision that replaced it, or "": its addresses lead there, and nothing else is shown. If something
    is ``withheld``, ``gone`` lists the addresses of withheld articles.
    """

    name: str
    title: str
    number: int | None
    date: datetime.date
    kind: str
    pages: int
    articles: tuple[ArticleAt, ...]
    pictures: Mapping[int, tuple[str, int, int]]
    files: tuple[str, ...]
    grade: str
    newer: str
    gone: tuple[str, ...] = ()
    withheld: bool = False

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.date.year

    @property
    def day(self) -> str:
        """The day by the common calendar: 2013年4月1日."""
        return CalendarDate(self.date, "").seireki

    @property
    def wareki(self) -> str:
        """The day by its era; "" for days before the first era we know."""
        return CalendarDate(self.date, "").wareki if self.date >= ERAS[0].first else ""

    @property
    def called(self) -> str:
        """The title with the number, unless the title already has it."""
        number = "" if self.number is None else f"第{self.number}号"
        return self.title if number in self.title else f"{self.title} {number}"

    def on_page(self, page: int) -> tuple[ArticleAt, ...]:
        """The articles that begin on a page."""
        return tuple(article for article in self.articles if article.page == page)


@dataclass(frozen=True, slots=True)
class Around:
    """The neighbours of an issue: the one before and after of its kind, and those of the same month a year away."""

    before: IssueAt | None
    after: IssueAt | None
    year_before: tuple[IssueAt, ...]
    year_after: tuple[IssueAt, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """年: the calendar year in both calendars, its issues newest first, and the nearest years with issues."""

    year: int
    wareki: str
    issues: tuple[IssueAt, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class SiteMap:
    """Every issue oldest first (replaced ones too), the neighbours of each current one by name, the years newest first,
    the missing numbers (欠号) by kind in words, and for the address of an article those that correct it, with their
    issues, oldest first.
    """

    issues: tuple[IssueAt, ...]
    around: Mapping[str, Around]
    years: tuple[Year, ...]
    missing: Mapping[str, tuple[tuple[int, int], ...]]
    corrections: Mapping[str, tuple[tuple[IssueAt, ArticleAt], ...]]

    @property
    def current(self) -> tuple[IssueAt, ...]:
        """The issues that no revision replaced, newest first."""
        return tuple(issue for year in self.years for issue in year.issues)


def site_map(published: Sequence[Published]) -> SiteMap:
    """The pages of a site of these issues (oldest first)."""
    newest = newest_revisions(each.record.name for each in published)
    issues = tuple(_issue_at(each, newest.get(each.record.name, "")) for each in published)
    current = [issue for issue in issues if not issue.newer]
    by_year: dict[int, list[IssueAt]] = defaultdict(list)
    by_kind: dict[str, list[IssueAt]] = defaultdict(list)
    by_month: dict[tuple[str, int, int], list[IssueAt]] = defaultdict(list)
    for issue in current:
        by_year[issue.year].append(issue)
        by_kind[issue.kind].append(issue)
        by_month[issue.kind, issue.year, issue.date.month].append(issue)
    around = {}
    for issue in current:
        key, month, row = issue.kind, issue.date.month, by_kind[issue.kind]
        place = row.index(issue)
        around[issue.name] = Around(
            row[place - 1] if place else None,
            row[place + 1] if place + 1 < len(row) else None,
            tuple(by_month.get((key, issue.year - 1, month), ())),
            tuple(by_month.get((key, issue.year + 1, month), ())),
        )
    held = [Issue(i.name, i.number, i.date, i.title, i.kind, i.pages, len(i.articles)) for i in current]
    missing = {kind: tuple(gaps) for kind, gaps in missing_numbers(held).items()}
    return SiteMap(issues, around, _years(by_year), missing, _corrections(current))


def _corrections(current: Sequence[IssueAt]) -> dict[str, tuple[tuple[IssueAt, ArticleAt], ...]]:
    """By the address of a corrected article. What a correction names is the issue, in whichever revision it is here."""
    addresses = {
        f"{revision_of(issue.name)[0]}{article.name.removeprefix(issue.name)}": article.name
        for issue in current
        for article in issue.articles
    }
    found: dict[str, tuple[tuple[IssueAt, ArticleAt], ...]] = {}
    for issue in current:
        for article in issue.articles:
            for said in article.corrects:
                if (name := addresses.get(f"{said}.html")) and name != article.name:
                    found[name] = (*found.get(name, ()), (issue, article))
    return found


def _years(by_year: Mapping[int, Sequence[IssueAt]]) -> tuple[Year, ...]:
    order = sorted(by_year, reverse=True)
    return tuple(
        Year(
            year,
            wareki(year),
            tuple(reversed(by_year[year])),
            order[place + 1] if place + 1 < len(order) else None,
            order[place - 1] if place else None,
        )
        for place, year in enumerate(order)
    )


def wareki(year: int) -> str:
    """A calendar year by its eras: 平成25年; both for a year with two: 平成31年・令和元年."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    eras = [era for era in ERAS if era.first <= last and (era.last is None or era.last >= first)]
    return "・".join(f"{era.name}{era.count(year)}年" for era in eras)


def _issue_at(published: Published, newer: str) -> IssueAt:
    record = published.record
    keys = address_keys([article.key for article in record.articles])
    return IssueAt(
        record.name,
        plain(record.title) or record.name,
        record.number,
        record.date,
        record.kind,
        max([record.pages, *published.pictures]),
        tuple(
            ArticleAt(
                f"{record.name}/{key}.html",
                plain(article.heading) or f"{article.page}ページの記事",
                tuple(filter(str.strip, plain(article.text).split("\n"))),
                article.page,
                plain(article.department),
                plain(article.readings),
                article.corrects,
            )
            for key, article in zip(keys, record.articles, strict=True)
        ),
        {page: (f"{record.name}/pages/p{page}.png", *size) for page, size in published.pictures.items()},
        tuple(published.files),
        published.grade,
        newer,
        tuple(f"{record.name}/{key}.html" for key in published.gone),
        published.withheld,
    )


def plain(text: str) -> str:
    """The text without characters that HTML and XML cannot hold."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
