"""``data/events.ics``: what an issue says takes place, for residents' calendars (RFC 5545).

All day, several days, timed in Japan's one time zone, and repeated; the same bytes for the same issue.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from koho_pdf.content.issue import Issue
from koho_pdf.content.values.times import Time
from koho_pdf.editions.happenings import Happening, happenings
from koho_pdf.layout.city import City
from koho_pdf.layout.reflowed import article_address

_LINE = 75  # octets (RFC 5545, 3.1)
_JAPAN = datetime.timedelta(hours=9)
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//koho-pdf//JA", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Tokyo",
    "BEGIN:STANDARD",
    "DTSTART:19510908T000000",  # the last change of the clocks in Japan
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0900",
    "TZNAME:JST",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar_of(name: str, issue: Issue, city: City) -> bytes:
    """The calendar of the issue called ``name``; without events it has none, and is a calendar all the same."""
    lines = [*_HEAD, f"X-WR-CALNAME:{_text(issue.as_title())}", "X-WR-TIMEZONE:Asia/Tokyo", *_ZONE]
    for each in happenings(issue):
        lines += _event(name, each, issue, city)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def all_day_calendar(
    title: str, events: Iterable[tuple[str, datetime.date, str, str]], issue: Issue, city: City
) -> bytes:
    """A calendar of events that take a whole day: each with its identifier, its day, its name, and what there is to say
    of it."""
    lines = [*_HEAD, f"X-WR-CALNAME:{_text(title)}"]
    for uid, day, summary, told in events:
        lines += ["BEGIN:VEVENT", f"UID:{uid}@{_host(city)}", f"DTSTAMP:{issue.date.day:%Y%m%d}T000000Z"]
        lines += [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + datetime.timedelta(1):%Y%m%d}"]
        lines += [f"SUMMARY:{_text(summary)}", *([f"DESCRIPTION:{_text(told)}"] if told else []), "END:VEVENT"]
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def _event(name: str, each: Happening, issue: Issue, city: City) -> Iterator[str]:
    article = each.article
    address = article_address(city.site, name, article.key)
    yield "BEGIN:VEVENT"
    yield f"UID:{name}-{article.key}-{each.number}@{_host(city)}"
    yield f"DTSTAMP:{issue.date.day:%Y%m%d}T000000Z"  # the issue's day: no clock decides bytes
    yield from _when(each)
    yield f"SUMMARY:{_text(_summary(each))}"
    if each.place:
        yield f"LOCATION:{_text(each.place)}"
    yield f"DESCRIPTION:{_text(each.words)}"
    if article.above:
        yield f"CATEGORIES:{_text(article.above[-1])}"
    if address:
        yield f"URL:{address}"
    yield "END:VEVENT"


def _summary(each: Happening) -> str:
    """Its name; with まで or から where the line says no more than the end or the beginning."""
    if each.span.opens:
        return f"{each.name}（この日から）"
    span = each.span
    only_end = span.last is not None and span.first == span.last and span.repeats is None and not span.through
    return f"{each.name}（この日まで）" if only_end else each.name


def _when(each: Happening) -> Iterator[str]:
    """DTSTART, DTEND (which is not part of it: RFC 5545, 3.6.1) and RRULE."""
    span = each.span
    first, last = span.first, span.last or span.first
    assert first is not None
    assert last is not None
    several = last != first and not span.through and span.repeats is None
    timed = span.begins or (span.ends if several or span.repeats else None)
    if timed is None:
        yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
        end = first if span.repeats else last
        yield f"DTEND;VALUE=DATE:{end + datetime.timedelta(1):%Y%m%d}"
    else:
        begins = span.begins or span.ends
        assert begins is not None
        yield f"DTSTART;TZID=Asia/Tokyo:{_at(first, begins)}"
        if span.begins and span.ends:
            yield f"DTEND;TZID=Asia/Tokyo:{_at(last if span.through else first, span.ends)}"
    rule = span.repeats.rule if span.repeats else "FREQ=DAILY" if several and timed else ""
    if rule:
        until = f"{last:%Y%m%d}"
        if timed:  # in UTC, where the event itself is in a time zone (RFC 5545, 3.3.10)
            until = f"{datetime.datetime.combine(last, datetime.time(23, 59, 59)) - _JAPAN:%Y%m%dT%H%M%SZ}"
        yield f"RRULE:{rule};UNTIL={until}"


def _at(day: datetime.date, time: Time) -> str:
    after, clock = divmod(time.minutes, 24 * 60)
    return f"{day + datetime.timedelta(after):%Y%m%d}T{clock // 60:02}{clock % 60:02}00"


def _host(city: City) -> str:
    """The name that makes identifiers the city's own."""
    found = re.match(r"https?://([^/:]+)", city.site)
    return found[1] if found else "koho-pdf.invalid"


def _text(words: str) -> str:
    r"""A TEXT value (RFC 5545, 3.3.11): \ ; , and line breaks are escaped."""
    return re.sub(r"([\\;,])", r"\\\1", words).replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which ends within a character (RFC 5545, 3.1)."""
    pieces: list[str] = []
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += sign
        size += octets
    return "\r\n".join((*pieces, piece))
