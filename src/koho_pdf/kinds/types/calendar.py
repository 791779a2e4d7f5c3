"""Days and years, as a city hall writes them."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from koho_pdf.content.blocks import Block
from koho_pdf.content.values.dates import DATE_HINT, CalendarDate
from koho_pdf.content.values.days import day_given
from koho_pdf.content.values.model import IssueFiscalYear, text_given
from koho_pdf.content.values.months import Month
from koho_pdf.content.values.occasions import Occasion, occasion_of
from koho_pdf.content.values.times import Time, time_given
from koho_pdf.findings import Finding, Where
from koho_pdf.kinds.types.field import Field, said
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Scalar

_ONE: dict[str, Any] = {"type": ["string", "number", "boolean"]}


def _issue_day(given: ValidationInfo) -> datetime.date | None:
    return given.context.get("date") if given.context else None


_ONE_DAY = (
    "「3月31日(水)」「令和9年3月31日」「2027-03-31」のように、1つの日だけを書いてください。"
    "「必着」などの言葉は、ほかの項目に書きます。"
)


def _day(value: object, given: ValidationInfo) -> CalendarDate:
    try:
        return day_given(text_given(value), _issue_day(given))
    except Refusal as refused:
        raise Refusal(
            *(replace(each, hint=_ONE_DAY) if each.hint == DATE_HINT else each for each in refused.findings)
        ) from None


def _month(value: object) -> Month:
    return Month.parse(text_given(value))


def _time(value: object) -> Time:
    text = text_given(value)
    return time_given(text, getattr(text, "field", ""))


def _occasions(value: object, given: ValidationInfo) -> tuple[Occasion, ...]:
    """One text or several; mistakes have the line of their text."""
    read: list[Occasion] = []
    found: list[Finding] = []
    for each in value if isinstance(value, list) and value else [value]:
        place = Where(line=each.line, column=each.column, field=each.field) if isinstance(each, Scalar) else Where()
        try:
            text = text_given(each)
            read.append(occasion_of(text, _issue_day(given), getattr(text, "field", "")))
        except Refusal as refusal:
            found += [replace(one, where=place) for one in refusal.findings]
    if found:
        raise Refusal(*found)
    return tuple(read)


class DateField(Field):
    """A day: 平成25年4月1日, 2013-04-01, 4月1日(月); a missing year is found from the issue's date."""

    called: ClassVar = "date"
    label: ClassVar = "1日"
    about: ClassVar = "「3月10日(水)」「令和9年3月10日」のような、1つの日。"

    def annotation(self) -> Any:
        examples = ["令和9年4月1日", "4月1日(木)", "2027-04-01"]
        return Annotated[CalendarDate, PlainValidator(_day), WithJsonSchema({**_ONE, "examples": examples})]


class MonthField(Field):
    """A month of a year: 2027年4月, 令和9年4月."""

    called: ClassVar = "month"
    label: ClassVar = "月"
    about: ClassVar = "「2027年4月」「令和9年4月」のような、ある年の月。ひな形でカレンダーになります。"

    def annotation(self) -> Any:
        examples = ["令和9年4月", "2027年4月", "2027-04"]
        return Annotated[Month, PlainValidator(_month), WithJsonSchema({**_ONE, "examples": examples})]


class TimeField(Field):
    """A time of day: 午前10時30分, 13:30, 正午."""

    called: ClassVar = "time"
    label: ClassVar = "時刻"
    about: ClassVar = "「13:30」「午後1時半」「正午」のような時刻。"

    def annotation(self) -> Any:
        examples = ["午前10時30分", "13:30", "正午"]
        return Annotated[Time, PlainValidator(_time), WithJsonSchema({**_ONE, "examples": examples})]


class OccasionsField(Field):
    """When something takes place: one line, or several."""

    called: ClassVar = "occasions"
    label: ClassVar = "日時"
    about: ClassVar = "催しの日時。「4月1日(木)10:00～11:30」「毎週水曜日」のように。いくつもあれば「- 」で並べます。"
    one_line: ClassVar = False
    in_lists: ClassVar = False

    def annotation(self) -> Any:
        examples = ["4月1日(木)午前10時から正午まで", "毎週水曜日 13:00～15:00"]
        schema = {"oneOf": [_ONE, {"type": "array", "items": _ONE, "minItems": 1}], "examples": examples}
        return Annotated[tuple[Occasion, ...], PlainValidator(_occasions), WithJsonSchema(schema)]

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return tuple(said(each, self.role or "body", name) for each in value)


class FiscalYearField(Field):
    """A fiscal year: 平成25年度, 2013年度."""

    called: ClassVar = "fiscal_year"
    label: ClassVar = "年度"
    about: ClassVar = "「令和9年度」のような年度。"

    def annotation(self) -> Any:
        return IssueFiscalYear
