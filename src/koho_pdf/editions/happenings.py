"""What an issue says takes place, for calendars and tables: each time of each 日時 of its articles, with place, contact
and the article's other labelled lines.

A line whose label speaks of applying (申込, 締切) is no event.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from koho_pdf.content.articles import Article
from koho_pdf.content.blocks import Block, Fields, Labelled, Part, Words, within, words_of
from koho_pdf.content.issue import Issue
from koho_pdf.content.values.occasions import Occasion, Span
from koho_pdf.content.values.telephone import Telephone
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.planned import articles_by_id

_NO_EVENT = re.compile("申込|申し込み|申請|受付|締切|締め切り|〆切|期限|応募|募集|予約")
_PLACE = re.compile("場所|会場|ところ|開催地|集合")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NTH = re.compile("(-?[0-9])([A-Z]{2})")


@dataclass(frozen=True, slots=True)
class Happening:
    """One time of an event: its ``name``, the ``article`` that tells it, its ``span`` and the line that says it
    (``when``), its ``place``, ``telephone``, and the article's labelled ``lines``. ``number`` counts the times of an
    article from 1.

    A span that repeats, or has no first day, is bounded: it begins with the issue and ends with its month.
    """

    name: str
    article: Article
    number: int
    span: Span
    when: Occasion
    place: str
    telephone: str
    lines: Mapping[str, str]
    told: str = ""
    see: str = ""

    @property
    def words(self) -> str:
        """What there is to say of it: all of its article, of an entry of a month calendar its own words."""
        return self.told or "\n".join(self.article.on_pages.paragraphs)


def happenings(issue: Issue) -> tuple[Happening, ...]:
    """All of an issue, in the order of its articles. An entry of a month calendar is left out where the article that it
    names tells that day itself, and so is what was over before the issue's month: a report."""
    day, title = issue.date.day, issue.as_title()
    own = articles_by_id(issue)  # the parts of a brochure of one event are called what the brochure is
    found = [
        each
        for article in articles_of(issue)
        for each in _of(article, article.heading if article.key in own else title, day)
    ]
    told = {(each.article.key, each.span.first) for each in found if not each.told}
    month = day.replace(day=1)
    return tuple(
        each
        for each in found
        if (each.see, each.span.first) not in told and (each.span.last or each.span.first or month) >= month
    )


def _of(article: Article, name: str, issued: datetime.date) -> Iterator[Happening]:
    blocks = article.on_pages.blocks
    number = 0
    for called, own, rows in _apart(blocks, name, ()):
        lines = {row.label: "、".join(each.beside_its_label for each in row.words) for row in rows}
        place = next((said for label, said in lines.items() if _PLACE.search(label)), "")
        said = (each for row in reversed(rows) for each in row.words)
        telephones = (each.words.plain for each in (*words_of(own), *said) if isinstance(each.words, Telephone))
        telephone = next(telephones, "")
        for occasion in _occasions(own):
            for span in occasion.spans:
                bounded = _bounded(span, issued)
                if bounded is not None:
                    number += 1
                    yield Happening(called, article, number, bounded, occasion, place, telephone, lines)
    for block in within(blocks):
        for each in block.entries if isinstance(block, Part) else ():
            number += 1
            yield Happening(each.name, article, number, each.span, each.when, each.place, "", {}, each.told, each.see)


def _apart(
    blocks: tuple[Block, ...], name: str, above: tuple[Labelled, ...]
) -> Iterator[tuple[str, tuple[Block, ...], tuple[Labelled, ...]]]:
    """The events of blocks: a part that says its own time (one of several 相談) is one, named with its heading, and has
    its own place and telephone; what is said above all parts holds for each. Each with its name, its blocks, and its
    labelled lines after those above it."""
    parts = [each for each in blocks if isinstance(each, Part) and any(_occasions(each.blocks))]
    own = tuple(each for each in blocks if each not in parts)
    rows = (*above, *_rows(own))
    yield name, own, rows
    for part in parts:
        yield from _apart(part.blocks, f"{name}　{part.heading.plain}" if part.heading else name, rows)


def _rows(blocks: tuple[Block, ...]) -> Iterator[Labelled]:
    return (row for block in within(blocks) if isinstance(block, Fields) for row in block.rows)


def _occasions(blocks: tuple[Block, ...]) -> Iterator[Occasion]:
    """The times of events; not those of applications."""
    for row in _rows(blocks):
        if not _NO_EVENT.search(row.label):
            yield from (each.words for each in row.words if isinstance(each.words, Occasion))
    for block in within(blocks):
        if isinstance(block, Words) and isinstance(block.words, Occasion):
            yield block.words


def _bounded(span: Span, issued: datetime.date) -> Span | None:
    """A span with a first day, and with a last one if it repeats; None if no day of it is left."""
    last = calendar.monthrange(issued.year, issued.month)[1]
    ends = span.last or issued.replace(day=last)
    if span.repeats is None:
        return span if span.first else replace(span, first=span.last)
    begins = span.first or issued
    days = (begins + datetime.timedelta(number) for number in range(max(0, (ends - begins).days + 1)))
    first = next((day for day in days if on_rule(span.repeats.rule, day)), None)
    return replace(span, first=first, last=ends) if first else None


def on_rule(rule: str, day: datetime.date) -> bool:
    """Whether a day can be one of a rule of iCalendar (RFC 5545, 3.3.10) as ``values.repeating`` makes them; every week
    counts for every other week (隔週), since nobody says with which it begins."""
    parts = dict(part.split("=") for part in rule.split(";"))
    if dates := parts.get("BYMONTHDAY"):
        return day.day in map(int, dates.split(","))
    named = parts.get("BYDAY", "").split(",")
    if parts["FREQ"] != "MONTHLY":
        return parts["FREQ"] == "DAILY" or _DAYS[day.weekday()] in named
    last = calendar.monthrange(day.year, day.month)[1]
    places = {(day.day + 6) // 7, -((last - day.day) // 7 + 1)}
    found = (_NTH.fullmatch(each) for each in named)
    return any(each and each[2] == _DAYS[day.weekday()] and int(each[1]) in places for each in found)
