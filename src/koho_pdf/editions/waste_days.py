"""The days on which waste is collected, by district, in the month of an issue: ``data/waste.csv`` with a row for each,
and a calendar for each district (``data/waste-1.ics``), as residents want one."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass

from koho_pdf.content.issue import Issue
from koho_pdf.content.values.month_grid import WEEKDAYS
from koho_pdf.content.values.months import Month
from koho_pdf.content.values.tables import Table
from koho_pdf.editions.event_csv import safe_cell
from koho_pdf.editions.happenings import on_rule
from koho_pdf.editions.icalendar import all_day_calendar
from koho_pdf.kinds.types.collection_days import CollectionDaysField, rules_of
from koho_pdf.layout.city import City
from koho_pdf.layout.planned import articles_by_id

_COLUMNS = ("地区", "種類", "収集日", "曜日")


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection: the ``district``, the sort of ``waste``, the day, and what the article notes."""

    district: str
    waste: str
    day: datetime.date
    note: str


def collections(issue: Issue) -> tuple[Collection, ...]:
    """All of the issue's month, by district, then by day."""
    return tuple(
        each
        for article in articles_by_id(issue).values()
        for name, field in article.described.fields.items()
        if isinstance(field, CollectionDaysField) and isinstance(table := getattr(article, name), Table)
        for each in _of(table, _days(issue), str(getattr(article, "note", None) or ""))
    )


def _days(issue: Issue) -> list[datetime.date]:
    """The days of the month that the issue is for."""
    months = (getattr(issue, name) for name in type(issue).model_fields)
    first = next((each.first for each in months if isinstance(each, Month)), issue.date.day.replace(day=1))
    every = (first + datetime.timedelta(number) for number in range(31))
    return [day for day in every if day.month == first.month]


def _of(table: Table, days: list[datetime.date], note: str) -> Iterator[Collection]:
    for row in table.body:
        rules = [(head, rules_of(cell)) for head, cell in zip(table.names()[1:], row[1:], strict=True)]
        for day in days:
            for waste, own in rules:
                if any(on_rule(rule, day) for rule in own):
                    yield Collection(row[0].plain, waste, day, note)


def waste_files(name: str, issue: Issue, city: City) -> dict[str, bytes]:
    """The files by their names; none for an issue without such a table."""
    found = collections(issue)
    if not found:
        return {}
    files = {"waste.csv": _table(found)}
    for number, district in enumerate(dict.fromkeys(each.district for each in found), 1):
        own = [each for each in found if each.district == district]
        events = [(f"{name}-waste-{number}-{at}", each.day, each.waste, each.note) for at, each in enumerate(own, 1)]
        files[f"waste-{number}.ics"] = all_day_calendar(f"ごみの収集日　{district}", events, issue, city)
    return files


def _table(found: tuple[Collection, ...]) -> bytes:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for each in found:
        cells = (each.district, each.waste, each.day.isoformat(), WEEKDAYS[each.day.weekday()])
        table.writerow([safe_cell(cell) for cell in cells])
    return b"\xef\xbb\xbf" + written.getvalue().encode()
