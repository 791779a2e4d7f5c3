"""What takes place in a month: entries of one day, with a time or not, and of several days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, ValidationInfo
from pydantic import Field as Told

from koho_pdf.content.articles import untyped
from koho_pdf.content.blocks import Block, Entry, Fields, Labelled, Part, Refers, Words
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.content.values.model import Plain
from koho_pdf.content.values.month_grid import WEEKDAYS
from koho_pdf.content.values.months import Month
from koho_pdf.content.values.occasions import Occasion, Span
from koho_pdf.content.values.written import Told as Heard
from koho_pdf.findings import Finding, error
from koho_pdf.kinds.types.calendar import DateField, TimeField
from koho_pdf.kinds.types.choices import ChoiceField
from koho_pdf.kinds.types.groups import GroupField, ListField, Member
from koho_pdf.kinds.types.references import ReferenceField
from koho_pdf.kinds.types.texts import TextField

_MAY: Any = "true"  # as kind.yaml writes it


class _EntryDay(DateField):
    """The day of an entry: the heading above it says it, and the grid."""

    printed: ClassVar = False


def _entry(colours: Sequence[str]) -> GroupField:
    """The fields of an entry, whose bar has one of these colours."""
    where = "場所。行事の名前と合わせて、紙面の升に入る長さで。"
    fields: dict[str, Any] = {
        "name": TextField(type="text", title="行事", description="6字で2行まで。", role="heading"),
        "day": _EntryDay(type="date", title="日"),
        "until": _EntryDay(
            type="date", title="最後の日", optional=_MAY, description="書くと、日をまたぐ帯になります。"
        ),
        "time": TimeField(type="time", title="時刻", optional=_MAY, role="field"),
        "where": TextField(type="text", title="場所", optional=_MAY, role="field", description=where),
    }
    see = "くわしい記事の名前（id）。書くと、カレンダーのデータには、その記事の日時だけが入ります。"
    fields["see"] = ReferenceField(type="reference", title="くわしい記事", optional=_MAY, description=see)
    if colours:
        fields["colour"] = ChoiceField(type="choice", of=tuple(colours), default=colours[0], title="帯の色")
    return GroupField(type="group", name="CalendarEntry", fields=fields)


class MonthCalendarField(ListField):
    """The entries of a month, which another field of the same group names (``month``). A layout draws them as a grid
    (``month.html``); every other edition tells them day by day, with the national holidays."""

    called: ClassVar = "month_calendar"
    label: ClassVar = "月のカレンダー"
    about: ClassVar = "「- {name: 市民スキー, day: 3月6日（土）}」のような行事の並び。祝日と振替休日は自動で入ります。"

    fixed: ClassVar = frozenset({"of", "section", "numbered"})

    of: Member = Told(default_factory=lambda: _entry(()), title="中身", description="書きません。")
    month: Plain = Told(default="month", title="月", description="どの月かを書く項目（type: month）の名前。")
    colours: tuple[Plain, ...] = Told(
        default=(), strict=False, title="帯の色", description="帯の色の名前。初めのものが、書かないときの色になります。"
    )

    def model_post_init(self, context: Any, /) -> None:
        """Its entries have a colour where it says colours."""
        super().model_post_init(context)
        object.__setattr__(self, "of", _entry(self.colours))

    def annotation(self) -> Any:
        return Annotated[super().annotation(), AfterValidator(self._in_month)]

    def _in_month(self, entries: tuple[Any, ...], given: ValidationInfo) -> tuple[Any, ...]:
        """The entries; those that are wrong are told, each at its own line."""
        month = given.data.get(self.month)
        if isinstance(month, Month) and given.context and "warnings" in given.context:
            for each in entries:
                given.context["warnings"].extend(_wrong(each, month))
        return entries

    def blocks_among(self, value: Any, name: str, group: Any) -> tuple[Block, ...]:
        month = getattr(group, self.month, None)
        return tuple(_days(value, month, name)) if isinstance(month, Month) else ()


def _wrong(entry: Any, month: Month) -> Iterator[tuple[str, Finding]]:
    first, last = entry.day.day, entry.until.day if entry.until else entry.day.day
    days = [day for day, _ in month.days]
    if last < first:
        told = f"「{entry.name.plain[:20]}」の最後の日（{entry.until}）が、初めの日（{entry.day}）より前です。"
        yield f"{entry.field}.until", error("entry-order", told, hint="日を確かめてください。")
    elif last < days[0] or first > days[-1]:
        shown = str(entry.day) if first.year == month.first.year else entry.day.seireki  # 3月1日 of another year
        told = f"「{entry.name.plain[:20]}」（{shown}）は、{month.seireki}の行事ではありません。"
        hint = "日か月を直すか、この行を次の号に移してください。月をまたぐ行事なら、until に最後の日を書きます。"
        yield f"{entry.field}.day", error("entry-in-other-month", told, hint=hint)


def _days(entries: Sequence[Any], month: Month, name: str) -> Iterator[Part]:
    """A part for each day on which something begins, and for each holiday."""
    days = dict(month.days)
    first = month.first
    by_day: dict[datetime.date, list[Any]] = {day: [] for day, holiday in days.items() if holiday}
    for each in entries:
        by_day.setdefault(max(each.day.day, first), []).append(each)
    for day in sorted(by_day):
        if day not in days:
            continue
        holiday = _named(days[day])
        rest = ("・休" if "振替" in holiday else "・祝") if holiday else ""
        shown = f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}{rest}）"
        heard = f"{day.month}月{day.day}日{WEEKDAYS[day.weekday()]}曜日"
        path = by_day[day][0].field if by_day[day] else name
        blocks: list[Block] = [Words(untyped(holiday, path))] if holiday else []
        for each in by_day[day]:
            blocks.append(_told(each, first))
            blocks += [Refers(each.see.source, f"{each.field}.see")] if each.see else []
        yield Part(
            tuple(blocks),
            untyped(shown, path),
            path,
            heard=heard,
            entries=tuple(_entry_of(each) for each in by_day[day]),
        )


def _named(holiday: str) -> str:
    """The name of a holiday; jpholiday says 「春分の日 振替休日」 of the day after one."""
    return "振替休日" if "振替" in holiday else holiday


def _told(entry: Any, first: datetime.date) -> Block:
    """An entry in one line: its name; when it ends, its time, its place."""
    words: list[Words] = []
    if entry.until:
        begun = entry.day.day < first
        shown = f"{entry.day}から{entry.until}まで" if begun else f"{entry.until}まで"
        heard = f"{_heard(entry.day)}から{_heard(entry.until)}まで" if begun else f"{_heard(entry.until)}まで"
        words.append(Words(Heard(shown, heard), "field", f"{entry.field}.until"))
    if entry.time:
        words.append(Words(entry.time, "field", f"{entry.field}.time"))
    if entry.where:
        words.append(Words(entry.where, "field", entry.where.field))
    if not words:
        return Words(entry.name, "body", entry.name.field)
    return Fields((Labelled(entry.name.plain, tuple(words), entry.name.field),), entry.field)


def _heard(date: CalendarDate) -> str:
    return f"{date.day.month}月{date.day.day}日{WEEKDAYS[date.day.weekday()]}曜日"


def _entry_of(entry: Any) -> Entry:
    last = entry.until.day if entry.until and entry.until.day != entry.day.day else None
    span = Span(entry.day.day, last, entry.time or None)
    source = f"{entry.day}から{entry.until}まで" if last else str(entry.day)
    source += f" {entry.time}" if entry.time else ""
    place = entry.where.plain if entry.where else ""
    told = "　".join(filter(None, (entry.name.plain, source, place)))
    see = entry.see.source if entry.see else ""
    return Entry(entry.name.plain, span, Occasion(source, source, (span,)), place, told, see)
