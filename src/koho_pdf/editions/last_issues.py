"""The issues that came out before, for figures that go on from month to month: from releases and the archive."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.archive.bags.holdings import newest_revisions
from koho_pdf.archive.bags.record import Record, read_record
from koho_pdf.errors import KohoError
from koho_pdf.gate.rule import Earlier
from koho_pdf.workspace.workspace import Folders

_DAY = re.compile(rb'"date": "([0-9]{4}-[0-9]{2}-[0-9]{2})"')
_HEAD = 4096
"""The bytes of a record in which its date stands."""
_LOOKS_BACK = datetime.timedelta(days=100)


def earlier_issues(folders: Folders, name: str, date: datetime.date) -> tuple[Earlier, ...]:
    """The issues of the last months before ``date``, the newest first, each in its last revision; without the issue
    ``name`` itself. What cannot be read is left out: ``koho archive verify`` tells it.
    """
    places = ((folders.out / "releases", ""), (folders.archive, PAYLOAD))
    found: dict[str, Earlier] = {}
    for place, payload in places:
        names = sorted(each.name for each in place.iterdir() if each.is_dir()) if place.is_dir() else []
        replaced = newest_revisions(names)
        for each in names:
            if each not in replaced and each != name and not each.startswith(("_", f"{name}-r")):
                found |= {issue.name: issue for issue in _read(place / each, payload, date)}
    return tuple(sorted(found.values(), key=lambda each: (each.date, each.name), reverse=True))


def _read(folder: Path, payload: str, date: datetime.date) -> Iterator[Earlier]:
    try:
        with (folder / payload / "record.json").open("rb") as file:
            head = _DAY.search(file.read(_HEAD))
        day = datetime.date.fromisoformat(head[1].decode()) if head else None
        if day is None or not datetime.timedelta() < date - day <= _LOOKS_BACK:
            return
        record = read_record(folder, payload)
    except (OSError, ValueError, KohoError):
        return
    text = "\n".join(f"{article.heading}\n{article.text}" for article in record.articles)
    yield Earlier(record.name, record.date, text)


def a_year_before(folders: Folders, date: datetime.date, kind: str) -> Record | None:
    """The archived issue of this kind from the same month of the year before, the last of them; None for none."""
    if not folders.archive.is_dir():
        return None
    replaced = newest_revisions(sorted(each.name for each in folders.archive.iterdir() if each.is_dir()))
    found: list[Record] = []
    for bag in folders.archive.iterdir():
        if bag.is_dir() and bag.name not in replaced and not bag.name.startswith("_"):
            try:
                record = read_record(bag)
            except (OSError, KohoError):  # ``koho archive verify`` tells it
                continue
            if (record.date.year, record.date.month, record.kind) == (date.year - 1, date.month, kind):
                found.append(record)
    return max(found, key=lambda each: (each.date, each.name), default=None)
