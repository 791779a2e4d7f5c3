"""When something takes place (日時), as a city hall writes it: 4月1日(水)午前10時から正午まで, 毎週水曜 13:00～15:00.

The text is printed as typed. Its meaning is read from it: days with a year, times, repetitions; and the words for a
listener. A day without a year takes it from the issue's date (``days.day_of``); the day of the week is checked. Any
words may follow in brackets or after ※. Text that is not a day, time or note is refused, so that no typing slip
silently drops a date from calendars.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from koho_pdf.content.values.days import DAY, Day, day_of, say_weekday
from koho_pdf.content.values.narrowed import Narrowed
from koho_pdf.content.values.repeating import REPEATED, Repeat, repeat_of
from koho_pdf.content.values.times import ALL_DAY, TIME, Time, time_of
from koho_pdf.content.values.written import Spoken
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.refusal import Refusal

_TO = re.compile(r"から|[~〜～–—―ー−→-](?=[翌午正年月日0-9令平昭(※、]|\Z)")
_UNTIL = re.compile(r"まで|必着|締切|締め?切り?|しめきり")
_AND = re.compile(r"[、,・&/]|および|及び|と(?=[0-9毎第午])")
_LABEL = re.compile(r"開場|開演|開始|開会|集合|受付|出発|スタート|終了|解散|閉会|開門")
_OF = re.compile(
    r"各日|各回|いずれも|両日(?:とも)?|の(?=毎|第|[日月火水木金土平午前0-9])|間の(?=毎)|、(?=毎|午前|午後|正午|[0-9]{1,2}[時:])"
)
_NOTE = re.compile(r"[(※「]|(?:[、。]|に(?:、|$)|ほか|など|ごろ|頃|\Z)")
_OPEN = re.compile(r"随時|通年|未定|常時|年中|後日|※")
_LIKE_A_DAY = re.compile(r"^[、。]?[0-9]|[0-9][月日時:/]|曜|[(（][月火水木金土日][)）]|^[月火水木金土日]$")
_LIMIT = 200  # characters
_OPEN_END = datetime.date.max


@dataclass(frozen=True, slots=True)
class Span:
    """One time of an occasion: from ``first`` to ``last`` (the same day or None for one day), each day from ``begins``
    to ``ends`` (24 hours and more are in the next day); without times it is all day. ``first`` is None if only the end
    is known (3月10日まで), or if ``repeats`` has no beginning. ``through`` means that it goes on without a break from
    the first day's time to the last day's, nights included.
    """

    first: datetime.date | None = None
    last: datetime.date | None = None
    begins: Time | None = None
    ends: Time | None = None
    repeats: Repeat | None = None
    through: bool = False
    opens: bool = False  # 4月1日から, without an end

    def data(self) -> dict[str, object]:
        """ISO 8601: ``begin`` and ``end`` (a day, or a day and time; the last day itself), ``daily`` hours of several
        days, ``repeats`` as iCalendar's RRULE (RFC 5545) writes it. Unknown parts are left out."""
        several = self.repeats is not None or (self.last is not None and self.last != self.first and not self.through)
        begin, end = _iso(self.first), _iso(self.last or self.first)
        if not several:
            begin = _joined(self.first, self.begins)
            end = _joined(self.last or self.first, self.ends) if self.ends or not self.begins else ""
        told: dict[str, object] = {"begin": begin, "end": "" if self.opens else end}
        if several and (self.begins or self.ends):
            told["daily"] = [each.iso if each else "" for each in (self.begins, self.ends)]
        if self.repeats:
            told["repeats"] = self.repeats.rule
            if self.last is None:
                told.pop("end")
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Occasion(Spoken):
    """One line of 日時: the editor's ``source``, its meaning as ``spans``, its spoken form, its ``note``."""

    source: str
    spoken: str
    spans: tuple[Span, ...] = ()
    note: str = ""
    field: str = ""

    def data(self) -> dict[str, object]:
        """Its words and its times, for other programs."""
        told: dict[str, object] = {
            "type": "occasion",
            "text": self.source,
            "times": [span.data() for span in self.spans],
        }
        return {**told, "note": self.note} if self.note else told


def occasion_of(text: str, issue_day: datetime.date | None, field: str = "") -> Occasion:
    """The meaning of a line of 日時; ``issue_day`` gives years that are not written.

    Raises ``Refusal``: occasion-not-understood, occasion-order, weekday-differs, date-does-not-exist, outside-era,
    time-not-understood.
    """
    if len(text) > _LIMIT:
        raise Refusal(_not_understood(text, text, f"日時は{_LIMIT}文字までです。説明は本文に書いてください。"))
    return _Reading(Narrowed(text), issue_day, field).occasion()


class _Reading:
    """One pass from left to right over the text in half width without spaces."""

    def __init__(self, text: Narrowed, issue_day: datetime.date | None, field: str) -> None:
        self._text, self._issue_day, self._field = text, issue_day, field
        self._spans: list[Span] = []
        self._notes: list[str] = []
        self._whole_days = False  # 終日 is written
        self._last: Day | None = None  # the last day: the next one may leave its month out

    def occasion(self) -> Occasion:
        text = self._text
        if text.take(_OPEN):
            return Occasion(text.source, text.source, (), text.source, self._field)
        while True:
            self._item()
            while note := self._text.bracket():
                self._notes.append(note)
            if text.at_end or not text.take(_AND):
                break
            if not text.sees(DAY, REPEATED, TIME):
                text.back()
                break
        self._rest()
        return Occasion(text.source, text.said(), tuple(self._spans), " ".join(self._notes), self._field)

    def _item(self) -> None:
        """Read a day, days or a repetition, then times; or only times, for the days before them."""
        before = self._spans[-1] if self._spans else None
        if self._text.sees(TIME, ALL_DAY) and before is not None:
            self._times(before)
            return
        first = last = None
        opens = False
        through: tuple[Time | None, Time | None] | None = None
        repeats = self._repeat()
        if repeats is None:
            if not self._text.sees(DAY):
                raise Refusal(_not_understood(self._text.source, self._text.rest))
            first, last, through = self._days()
            opens, last = last == _OPEN_END, None if last == _OPEN_END else last
            self._text.take(_OF)
            repeats = self._repeat()
        self._text.take(_OF)
        days = Span(first, last, repeats=repeats, opens=opens)
        if through:
            self._spans.append(Span(first, last, *through, through=True))
        elif self._text.sees(TIME, ALL_DAY):
            self._times(days)
        else:
            self._spans.append(days)

    def _repeat(self) -> Repeat | None:
        found = self._text.take(REPEATED)
        return repeat_of(found, self._text) if found else None

    def _day(self, after: Day | None = None, *, pause: bool = True) -> Day:
        found = self._text.take(DAY)
        assert found is not None
        self._last = day_of(found, self._text, self._issue_day, self._last, after)
        say_weekday(found, self._text, pause=pause)
        return self._last

    def _days(self) -> tuple[datetime.date | None, datetime.date | None, tuple[Time | None, Time | None] | None]:
        """Read a day, or the first and last of several, with the times of both if each has its own."""
        text = self._text
        first = self._day()
        mark = text.mark()
        begins = self._time() if text.sees(TIME) else None
        to = text.take(_TO)
        if to and text.sees(DAY):
            text.say(to, "から")
            last = self._day(after=first, pause=begins is not None)
            if last.date < first.date:
                raise Refusal(_order(text.source))
            ends = self._time() if begins and text.sees(TIME) else None
            if begins and ends and last.date == first.date and ends.minutes <= begins.minutes:
                raise Refusal(_order(text.source))
            self._until()
            end = last.date if begins or last.date > first.date else None  # 3月5日から3月5日まで is a day
            return first.date, end, (begins, ends) if begins else None
        if to and (text.at_end or text.sees(_AND, _NOTE)) and begins is None:
            return first.date, _OPEN_END, None  # 4月1日から
        text.reset(mark)
        if text.take(_UNTIL):
            return None, first.date, None
        return first.date, None, None

    def _time(self, before: Time | None = None) -> Time:
        found = self._text.take(TIME)
        assert found is not None
        return time_of(found, self._text, before)

    def _times(self, days: Span) -> None:
        """Read one or more ranges of time on the days."""
        text = self._text
        if text.take(ALL_DAY):
            self._spans.append(days)
            self._whole_days = True
            return
        found: list[Span] = []
        labelled = False
        while True:
            begins: Time | None = self._time()
            ends = None
            if to := text.take(_TO):
                text.say(to, "から")
                if text.sees(TIME):
                    ends = self._time(begins)
                    if begins and ends.minutes <= begins.minutes:
                        raise Refusal(_order(text.source))
                    self._until()
            elif text.take(_UNTIL):
                begins, ends = None, begins
            label = text.take(_LABEL)
            if label and begins:
                self._notes.append(begins.source + text.typed(label))
                text.take(_TO)
            if not (label and labelled):
                found.append(Span(days.first, days.last, begins, ends, days.repeats))
            labelled = labelled or label is not None
            while note := self._text.bracket():
                self._notes.append(note)
            mark = text.mark()
            also = text.take(_AND)
            if also is None or not text.sees(TIME):
                text.reset(mark)
                break
            if also[0] == "/":
                text.say(also, "、")
        self._share(found)

    def _share(self, found: list[Span]) -> None:
        """Give all of several days the times of the last one: 4月1日・8日・15日 午後1時～3時."""
        if not self._whole_days and all(
            each.begins is None and each.ends is None and not each.repeats for each in self._spans
        ):
            self._spans = [
                Span(each.first, each.last, time.begins, time.ends) for each in self._spans for time in found
            ]
        self._spans += found

    def _until(self) -> None:
        """Say まで after a range, whether it is written or not."""
        if not self._text.take(_UNTIL):
            pause = self._text.sees(TIME) and not self._text.spaced
            self._text.add("まで、" if pause else "まで")

    def _rest(self) -> None:
        """The rest is a note; it must not look like a day or a time that was meant to be read."""
        rest = self._text.rest
        if not rest:
            return
        spaced = self._text.spaced
        begins = _NOTE.match(rest) or spaced
        if not begins or (rest[0] not in "(※「" and _LIKE_A_DAY.search(rest)):
            raise Refusal(_not_understood(self._text.source, rest))
        self._notes.append(rest.strip("、。※ "))


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _joined(day: datetime.date | None, time: Time | None) -> str:
    if day is None or time is None:
        return _iso(day)
    after, clock = divmod(time.minutes, 24 * 60)
    return f"{(day + datetime.timedelta(after)).isoformat()}T{clock // 60:02}:{clock % 60:02}"


def _not_understood(text: str, rest: str, hint: str = "") -> Finding:
    shown = rest if len(rest) <= 20 else rest[:20] + "…"
    return error(
        "occasion-not-understood",
        f"日時の「{shown}」から後ろが読めません。" if rest != text else f"「{shown}」は日時として読めません。",
        hint=hint
        or "「4月1日(水)午前10時から正午まで」「毎週水曜日 13:00～15:00」のように書いてください。"
        "ほかのことは後ろに（ ）か※で、日が決まっていなければ頭に※を付けて書けます。",
    )


def _order(text: str) -> Finding:
    return error(
        "occasion-order",
        f"「{text[:30]}」は、終わりが始まりより前です。",
        hint="日と時刻を確かめてください。次の日に終わるなら「翌午前1時」、次の年に終わるなら年も書いてください。",
    )
