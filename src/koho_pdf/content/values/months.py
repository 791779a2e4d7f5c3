"""A month of a year as a city hall writes it (2027年4月, 令和9年4月, 2027-04), and its days for a calendar."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.content.values.month_grid import Week, weeks_of
from koho_pdf.content.values.written import Written
from koho_pdf.findings import error
from koho_pdf.manuscript.refusal import Refusal

_ISO = re.compile(r"[0-9０-９]{4}[-/][0-9０-９]{1,2}")
_HINT = "「2027年4月」「令和9年4月」「2027-04」のどれかの形で、年から書いてください。"


@dataclass(frozen=True, slots=True)
class Month(Written):
    """A month, by its ``first`` day; ``source`` is the editor's own writing of it."""

    first: datetime.date
    source: str

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read 2027年4月, 令和9年4月 or 2027-04 (full-width digits too).

        Raises ``Refusal``: date-not-understood, date-does-not-exist, outside-era.
        """
        plain = text.strip()
        try:
            day = CalendarDate.parse(f"{plain}{plain[4]}1" if _ISO.fullmatch(plain) else f"{plain}1日")
        except Refusal as refused:
            codes = {each.code for each in refused.findings}
            if "date-does-not-exist" in codes:
                told = f"「{plain[:20]}」という月はありません。"
                raise Refusal(error("date-does-not-exist", told, hint=_HINT)) from None
            if "date-not-understood" in codes:
                told = f"「{plain[:20]}」は月として読めません。"
                raise Refusal(error("date-not-understood", told, hint=_HINT)) from None
            raise
        return cls(day.day, plain)

    @property
    def days(self) -> tuple[tuple[datetime.date, str], ...]:
        """Its days, each with the name of its national holiday (empty for other days)."""
        import jpholiday  # so that only a calendar loads it

        every = (self.first + datetime.timedelta(number) for number in range(31))
        return tuple((day, jpholiday.is_holiday_name(day) or "") for day in every if day.month == self.first.month)

    def weeks(self, events: Sequence[Any] = ()) -> tuple[Week, ...]:
        """Its weeks from Sunday with these events in them (``month_grid``)."""
        return weeks_of(self.days, events)

    @property
    def seireki(self) -> str:
        """By the common calendar: 2027年4月."""
        return f"{self.first.year}年{self.first.month}月"

    @property
    def wareki(self) -> str:
        """By its era on its first day: 令和9年4月."""
        return CalendarDate(self.first, "").wareki.removesuffix("1日")

    @property
    def said(self) -> str:
        """As typed; plain figures (2027-04) are said in words."""
        return self.seireki if _ISO.fullmatch(self.source) else self.source

    def data(self) -> dict[str, object]:
        """The month as ISO 8601 writes it."""
        return {"type": "month", "text": self.source, "month": f"{self.first:%Y-%m}"}

    @property
    def ways(self) -> tuple[str, ...]:
        """As typed, by the common calendar, by its era."""
        return (self.source, self.seireki, self.wareki)
