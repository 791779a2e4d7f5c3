"""A month as a grid: its weeks from Sunday, and what takes place in them: events of one day, bars over several days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WEEKDAYS = "月火水木金土日"  # as datetime counts them


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of an ``event`` over several days within one week: its first and last column (0 is Sunday), its lane from
    0, and whether the event begins and ends in it. ``text`` says which words stand on it: all of them, the name alone,
    or the rest of them; ``repeats``, that another piece says them too and is the one to be read.
    """

    event: Any
    first: int
    last: int
    lane: int
    opens: bool
    closes: bool
    text: str = "all"
    repeats: bool = False

    @property
    def days(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: its date, the name of its holiday (empty for none), whether it is one of rest, and its events."""

    day: datetime.date
    column: int
    holiday: str
    off: bool
    events: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a week that are in the month, and the bars on them."""

    cells: tuple[Cell, ...]
    bars: tuple[Bar, ...]


def weeks_of(days: Sequence[tuple[datetime.date, str]], events: Sequence[Any]) -> tuple[Week, ...]:
    """The weeks of a month's days (each with the name of its holiday). ``events`` have a ``day``, maybe a day ``until``
    which they last, and ``name`` and ``where``; what lies outside the month is left out."""
    first, last = days[0][0], days[-1][0]
    holidays = dict(days)
    sunday = first - datetime.timedelta((first.weekday() + 1) % 7)
    several = [each for each in events if each.until and each.until.day >= first and each.day.day <= last]
    words = {id(each): _words(each, first, last) for each in several}
    weeks = []
    while sunday <= last:
        week = [day for n in range(7) if first <= (day := sunday + datetime.timedelta(n)) <= last]
        cells = tuple(
            Cell(
                day,
                (day - sunday).days,
                holidays[day],
                bool(holidays[day]) or day.weekday() == 6,
                tuple(each for each in events if not each.until and each.day.day == day),
            )
            for day in week
        )
        weeks.append(Week(cells, _bars(several, week, sunday, words)))
        sunday += datetime.timedelta(7)
    return tuple(weeks)


def _bars(
    events: Sequence[Any],
    week: Sequence[datetime.date],
    sunday: datetime.date,
    words: Mapping[int, tuple[Any, ...]],
) -> tuple[Bar, ...]:
    """The bars of one week, each in the lowest lane that is free."""
    bars: list[Bar] = []
    here = [each for each in events if each.day.day <= week[-1] and each.until.day >= week[0]]
    for each in sorted(here, key=lambda one: one.day.day):
        begin, end = max(each.day.day, week[0]), min(each.until.day, week[-1])
        first, last = (begin - sunday).days, (end - sunday).days
        taken = {bar.lane for bar in bars if bar.first <= last and bar.last >= first}
        lane = next(n for n in range(len(taken) + 1) if n not in taken)
        read, rest, length = words[id(each)]
        fits = length <= (last - first + 1) * _WIDE
        text = "rest" if begin == rest else "all" if fits or (begin == read and not rest) else "name"
        again = begin not in (read, rest)
        bars.append(Bar(each, first, last, lane, each.day.day == begin, each.until.day == end, text, again))
    return tuple(bars)


_WIDE = 6.4
"""Characters of a bar in one day."""


def _words(event: Any, first: datetime.date, last: datetime.date) -> tuple[Any, ...]:
    """The first day of the piece of an event that is read, that of one with the rest of its words (None: no rest), and
    how many characters all words are. The first piece with room for all words is read; where none has it, the name
    stands on the first and the rest on the longest other one.
    """
    begin, end = max(event.day.day, first), min(event.until.day, last)
    length = len(event.name.plain) + (len(event.where.plain) + 1 if event.where else 0)
    length += 8 if event.until.day > last else 0
    pieces: list[tuple[datetime.date, int]] = []
    while begin <= end:
        saturday = begin + datetime.timedelta(6 - (begin.weekday() + 1) % 7)
        pieces.append((begin, (min(saturday, end) - begin).days + 1))
        begin = saturday + datetime.timedelta(1)
    room = next((day for day, days in pieces if length <= days * _WIDE), None)
    if room or len(pieces) == 1:
        return room or pieces[0][0], None, length
    return pieces[0][0], max(pieces[1:], key=lambda each: each[1])[0], length
