"""Dates and fiscal years as a city hall writes them: by era (和暦) or by the common calendar (西暦), read and printed.

Eras run from the true first day to the true last day (改元の日): 平成31年4月30日 exists, 平成31年5月1日 does not.
Japan has used the Gregorian calendar since 1873-01-01 (明治6年1月1日); days before it were counted by the moon and are
refused. The fiscal year runs from April to March since 1886 (明治19年度); earlier ones ran otherwise and are refused.

A fiscal year may be named by any era that has a day in it and in which its April falls in year 1 or later: 2019 is both
平成31年度 and 令和元年度, while 昭和64年度 (from April 1989) has no day of 昭和 and does not exist.
Shortened eras (H25, 平25, ㍻) are refused with the full writing as the hint.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from koho_pdf.content.values.written import Written
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.refusal import Refusal

FIRST_DAY = datetime.date(1873, 1, 1)
FIRST_FISCAL_YEAR = 1886
LAST_YEAR = 2199
"""A guard against typing slips (20133年度), not a limit of the calendar."""


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era with its first and last day; the present one has no last day."""

    name: str
    letter: str
    first: datetime.date
    last: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Whether the day is in this era."""
        return self.first <= day and (self.last is None or day <= self.last)

    def names_fiscal_year(self, year: int) -> bool:
        """Whether the fiscal year that begins in April of ``year`` may be named by this era."""
        begins, ends = datetime.date(year, 4, 1), datetime.date(year + 1, 3, 31)
        return year >= self.first.year and self.first <= ends and (self.last is None or self.last >= begins)

    def count(self, year: int) -> str:
        """A year of the common calendar in this era's count: ``25``, or ``元`` for the first."""
        number = year - self.first.year + 1
        return "元" if number == 1 else str(number)


ERAS = (
    Era("明治", "M", datetime.date(1868, 10, 23), datetime.date(1912, 7, 29)),
    Era("大正", "T", datetime.date(1912, 7, 30), datetime.date(1926, 12, 24)),
    Era("昭和", "S", datetime.date(1926, 12, 25), datetime.date(1989, 1, 7)),
    Era("平成", "H", datetime.date(1989, 1, 8), datetime.date(2019, 4, 30)),
    Era("令和", "R", datetime.date(2019, 5, 1), None),
)
_BY_NAME = {era.name: era for era in ERAS}
_LETTERS = {era.letter: era.name for era in ERAS} | {era.name[0]: era.name for era in ERAS}
_LETTERS |= dict(zip("㍾㍽㍼㍻㋿", (era.name for era in ERAS), strict=True))

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_NAMED = r"(?:(?P<era>明治|大正|昭和|平成|令和)\s*(?P<count>元|[0-9]{1,3})|(?:西暦\s*)?(?P<year>[0-9]{4}))\s*年"
_FISCAL_YEAR = re.compile(rf"{_NAMED}\s*度")
_DATE = re.compile(rf"{_NAMED}\s*(?P<month>[0-9]{{1,2}})\s*月\s*(?P<day>[0-9]{{1,2}})\s*日")
_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})([-/])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})")
_WEEKDAY = re.compile(r"[(（]([月火水木金土日])(?:曜日?)?[)）]")
DATE_HINT = "「平成25年4月1日」「2013年4月1日」「2013-04-01」のどれかの形で書いてください。"
_SHORT = re.compile(r"(?P<letter>[MTSHRmtshr明大昭平令㍾㍽㍼㍻㋿])\s*\.?(?=[0-9元])")


@dataclass(frozen=True, slots=True)
class CalendarDate(Written):
    """A day; ``source`` is the editor's own writing of it."""

    day: datetime.date
    source: str

    @classmethod
    def parse(cls, text: str) -> CalendarDate:
        """Read 平成25年4月1日, 2013年4月1日, 2013-04-01 or 2013/4/1 (full-width digits too).

        Raises ``Refusal``: date-not-understood, date-does-not-exist, outside-era.
        """
        plain = text.strip().translate(_DIGITS)
        found = _DATE.fullmatch(plain) or _ISO_DATE.fullmatch(plain)
        if found is None:
            raise Refusal(
                error(
                    "date-not-understood",
                    f"「{_shown(text)}」は日付として読めません。",
                    hint=_full_writing(plain, _DATE) or DATE_HINT,
                )
            )
        parts = found.groupdict()
        era = _BY_NAME.get(parts.get("era") or "")
        year = _year(era, parts)
        try:
            day = datetime.date(year, int(parts["month"]), int(parts["day"]))
        except ValueError:
            raise Refusal(
                error(
                    "date-does-not-exist",
                    f"「{_shown(text)}」という日はありません。",
                    hint="月と日を確かめてください（2月は28日か29日まで、4・6・9・11月は30日まで）。",
                )
            ) from None
        _within_the_calendar(day, text)
        if era is not None and not era.holds(day):
            raise Refusal(_outside(era, text, cls(day, "").wareki, cls(day, "").seireki))
        return cls(day, text)

    @property
    def era(self) -> Era:
        """The era of the day."""
        return next(era for era in reversed(ERAS) if era.holds(self.day))

    @property
    def wareki(self) -> str:
        """The day by its era: 平成25年4月1日."""
        return f"{self.era.name}{self.era.count(self.day.year)}年{self.day.month}月{self.day.day}日"

    @property
    def seireki(self) -> str:
        """The day by the common calendar: 2013年4月1日."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"

    @property
    def iso(self) -> str:
        """The day as ISO 8601 writes it: 2013-04-01."""
        return self.day.isoformat()

    @property
    def said(self) -> str:
        """As typed, with the full day of the week; plain figures (2027-04-01) are said in words."""
        if _ISO_DATE.fullmatch(self.source.strip().translate(_DIGITS)):
            return self.seireki
        return _WEEKDAY.sub(r"\1曜日", self.source)

    def data(self) -> dict[str, object]:
        """The day as ISO 8601 writes it."""
        return {"type": "date", "text": self.source, "date": self.iso}

    @property
    def ways(self) -> tuple[str, ...]:
        """As typed, by its era, by the common calendar, without its year, as said."""
        return (self.source, self.wareki, self.seireki, f"{self.day.month}月{self.day.day}日", self.said)


@dataclass(frozen=True, slots=True)
class FiscalYear(Written):
    """The fiscal year (会計年度) beginning in April of ``year``; ``source`` is the editor's own writing, for print."""

    year: int
    source: str

    @classmethod
    def parse(cls, text: str) -> FiscalYear:
        """Read 平成25年度, 平成元年度 or 2013年度 (full-width digits too).

        Raises ``Refusal``: fiscal-year-not-understood, outside-era, date-does-not-exist.
        """
        plain = text.strip().translate(_DIGITS)
        found = _FISCAL_YEAR.fullmatch(plain)
        if found is None:
            raise Refusal(
                error(
                    "fiscal-year-not-understood",
                    f"「{_shown(text)}」は年度として読めません。",
                    hint=_full_writing(plain, _FISCAL_YEAR)
                    or "「平成25年度」か「2013年度」のように、「年度」まで書いてください。",
                )
            )
        era = _BY_NAME.get(found["era"] or "")
        year = _year(era, found.groupdict())
        if not FIRST_FISCAL_YEAR <= year <= LAST_YEAR:
            raise Refusal(
                error(
                    "date-does-not-exist",
                    f"「{_shown(text)}」は扱える年度ではありません。",
                    hint=f"4月に始まる年度は明治19年度（{FIRST_FISCAL_YEAR}年度）からです。{LAST_YEAR}年度まで書けます。",
                )
            )
        if era is not None and not era.names_fiscal_year(year):
            raise Refusal(_outside(era, text, cls(year, "").wareki, cls(year, "").seireki))
        return cls(year, text)

    @property
    def era(self) -> Era:
        """The era that the editor named; otherwise the newest one that may name the year (2019: 令和)."""
        named = [era for era in ERAS if era.name in self.source]
        return named[0] if named else next(era for era in reversed(ERAS) if era.names_fiscal_year(self.year))

    @property
    def wareki(self) -> str:
        """The year by its era: 平成25年度."""
        return f"{self.era.name}{self.era.count(self.year)}年度"

    @property
    def seireki(self) -> str:
        """The year by the common calendar: 2013年度."""
        return f"{self.year}年度"

    @property
    def first_day(self) -> CalendarDate:
        """April 1st of the year."""
        day = datetime.date(self.year, 4, 1)
        return CalendarDate(day, day.isoformat())

    @property
    def last_day(self) -> CalendarDate:
        """March 31st of the next year."""
        day = datetime.date(self.year + 1, 3, 31)
        return CalendarDate(day, day.isoformat())

    @property
    def ways(self) -> tuple[str, ...]:
        """As typed, by its era, by the common calendar."""
        return (self.source, self.wareki, self.seireki)


def _year(era: Era | None, parts: dict[str, str | None]) -> int:
    """The year of the common calendar for the matched text."""
    if era is None:
        return int(parts["year"] or "")
    count = parts["count"] or ""
    number = 1 if count == "元" else int(count)
    if number == 0:
        raise Refusal(
            error("outside-era", f"{era.name}に0年はありません。", hint=f"最初の年は「{era.name}元年」です。")
        )
    return era.first.year + number - 1


def _within_the_calendar(day: datetime.date, text: str) -> None:
    if not FIRST_DAY <= day <= datetime.date(LAST_YEAR, 12, 31):
        raise Refusal(
            error(
                "date-does-not-exist",
                f"「{_shown(text)}」は扱える日付ではありません。",
                hint=f"明治6年1月1日（1873年、太陽暦の始まり）から{LAST_YEAR}年12月31日までの日付を書けます。",
            )
        )


def _outside(era: Era, text: str, wareki: str, seireki: str) -> Finding:
    last = f"{CalendarDate(era.last, '').wareki}まで" if era.last else ""
    return error(
        "outside-era",
        f"「{_shown(text)}」は{era.name}の期間の外です。",
        hint=f"{era.name}は{CalendarDate(era.first, '').seireki}から{last}です。"
        f"「{wareki}」または「{seireki}」のことではありませんか。",
    )


def _full_writing(plain: str, form: re.Pattern[str]) -> str:
    """A hint for shortened eras (H25年度 -> 平成25年度); empty when the text is not one."""
    found = _SHORT.match(plain)
    if found is None:
        return ""
    era = _LETTERS[found["letter"].upper()]
    rest = plain[found.end() :]
    full = era + re.sub(r"^([0-9]+|元)[./-]([0-9]+)[./-]([0-9]+)$", r"\1年\2月\3日", rest)
    return f"元号は略さずに「{full if form.fullmatch(full) else era}」と書いてください。"


def _shown(text: str) -> str:
    """The text as a message quotes it: cut when long."""
    return text if len(text) <= 30 else text[:30] + "…"
