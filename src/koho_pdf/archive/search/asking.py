"""Asks an archive: takes words as they are typed, gives articles as they were written, with the words marked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.archive.bags.holdings import Issue, newest_revisions
from koho_pdf.archive.bags.record import Article
from koho_pdf.archive.bags.withheld import shown_of
from koho_pdf.archive.search.folding import fold, fold_with_places
from koho_pdf.archive.search.index import MOST_COUNTED, Index, with_index
from koho_pdf.archive.search.query import Query, asked
from koho_pdf.content.values.dates import CalendarDate, FiscalYear
from koho_pdf.errors import UsageError
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.refusal import Refusal

MOST_CHARACTERS = 50
"""The most characters of one search: a longer phrase would cost more than it narrows down."""
_BEFORE, _SHOWN = 25, 90  # characters of a snippet before the first mark, and in all


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and whether it is one of the words."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: its issue, heading and a snippet, page, and that page's picture.

    ``picture`` is relative to the archive, with slashes; None if there is no such file, or something on the page is
    withheld. ``newer`` is the revision that replaced the issue, or "".
    """

    issue: Issue
    heading: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    page: int
    department: str
    picture: str | None
    newer: str


@dataclass(frozen=True, slots=True)
class Results:
    """The newest articles found; ``count`` of all; ``more`` says that there are more than that."""

    hits: tuple[Hit, ...]
    count: int
    more: bool
    findings: tuple[Finding, ...]


def search(
    archive: Path,
    words: Sequence[str],
    *,
    year: str = "",
    kind: str = "",
    department: str = "",
    limit: int = 20,
    progress: Callable[[str], None] = lambda stage: None,
) -> Results:
    """The newest ``limit`` articles that hold all words, also inside longer words. Words are separated by white space;
    words in quotation marks belong together; words with a hyphen before them must not occur.

    ``year`` is 2013, 平成25年 or 平成25年度; ``kind`` is a whole name, ``department`` may be a part of one. Raises
    UsageError (``no-search-words``, ``search-too-long``, ``year-not-understood``), ArchiveError (``index.with_index``).
    """
    folded, without = asked(" ".join(words))
    if not folded:
        raise UsageError(error("no-search-words", "探す言葉がありません。", hint="1文字から探せます。例: 敬老の日"))
    if sum(map(len, (*folded, *without))) + len(fold(kind)) + len(fold(department)) > MOST_CHARACTERS:
        raise UsageError(
            error(
                "search-too-long",
                f"探す言葉が長すぎます。合わせて{MOST_CHARACTERS}字までです。",
                hint="文のうち、その記事にしかなさそうな言葉だけを書いてください。",
            )
        )
    days = _days(year) if year else (datetime.date.min, datetime.date.max)
    query = Query(folded, fold("".join(kind.split())), fold("".join(department.split())), days, without)

    def found(index: Index) -> tuple[tuple[Hit, ...], int]:
        articles, count = index.find(query, limit)
        newest = newest_revisions(index.names())
        names = dict.fromkeys(issue.name for issue, _ in articles)
        covers = {name: shown_of(archive / name).covers for name in names}
        return tuple(_hit(archive, folded, newest, covers[each[0].name], *each) for each in articles), count

    (hits, count), findings = with_index(archive, found, progress=progress)
    return Results(hits, min(count, MOST_COUNTED), count > MOST_COUNTED, findings)


def _days(year: str) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a year, or of a fiscal year, as a city hall writes it."""
    plain = year.strip()
    try:
        if plain.endswith("年度"):
            fiscal = FiscalYear.parse(plain)
            return fiscal.first_day.day, fiscal.last_day.day
        plain = plain if plain.endswith("年") else f"{plain}年"
        try:
            of = CalendarDate.parse(f"{plain}12月31日").day.year
        except Refusal:
            of = CalendarDate.parse(f"{plain}1月1日").day.year  # the last year of an era
    except Refusal:
        raise UsageError(
            error(
                "year-not-understood",
                f"「{year[:30]}」は年として読めません。",
                hint="「2013」「平成25年」「平成25年度」のどれかの形で書いてください。",
            )
        ) from None
    return datetime.date(of, 1, 1), datetime.date(of, 12, 31)


def _hit(
    archive: Path,
    words: Sequence[str],
    newest: Mapping[str, str],
    covers: Mapping[int, object],
    issue: Issue,
    article: Article,
) -> Hit:
    picture = f"{issue.name}/{PAYLOAD}/pages/p{article.page}.png"
    return Hit(
        issue,
        marked(article.heading, words),
        snippet(article.text, words),
        article.page,
        article.department,
        picture if (archive / picture).is_file() and article.page not in covers else None,
        newest.get(issue.name, ""),
    )


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text as it was written, in pieces: those that hold the folded words, and those between."""
    pieces: list[Piece] = []
    end = 0
    for first, last in _marks(text, words):
        pieces += [Piece(text[end:first], False), Piece(text[first:last], True)]
        end = last
    return tuple(piece for piece in (*pieces, Piece(text[end:], False)) if piece.text)


def snippet(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """About a line of the text around the first found word, or its beginning; 「…」 marks cuts."""
    first = next((start for start, _ in _marks(text, words)), 0)
    start = max(0, first - _BEFORE)
    start = max(start, text.rfind("\n", start, first) + 1)
    cut = text[start : start + _SHOWN]
    pieces = [Piece(re.sub(r"\s+", " ", piece.text), piece.hit) for piece in marked(cut, words)]
    before, after = "…" if start else "", "…" if start + _SHOWN < len(text) else ""
    return tuple(piece for piece in (Piece(before, False), *pieces, Piece(after, False)) if piece.text)


def _marks(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the folded words in the text: spans in order, not overlapping."""
    folded, places = fold_with_places(text)
    spans: list[tuple[int, int]] = []
    found = sorted(
        (at.start(), at.start() + len(word), word)
        for word in words
        for at in re.finditer(f"(?={re.escape(word)})", folded)
    )
    for start, end, word in found:
        first = places[start]
        last = next(place for place in places[end:] if place > places[end - 1])  # all of a character such as ㈱
        last = first + len(text[first:last].rstrip())
        if not word.endswith(","):
            last = first + len(text[first:last].rstrip(",，"))  # between figures, not in a word
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans
