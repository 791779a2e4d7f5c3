"""Days and years, as a city hall writes them."""

from __future__ import annotations

from typing import Any, ClassVar

from koho_pdf.kinds.types.field import Field
from koho_pdf.manuscript.model import IssueDate, IssueFiscalYear


class DateField(Field):
    """A day: 平成25年4月1日, 2013-04-01."""

    called: ClassVar = "date"

    def annotation(self) -> Any:
        return IssueDate


class FiscalYearField(Field):
    """A fiscal year: 平成25年度, 2013年度."""

    called: ClassVar = "fiscal_year"

    def annotation(self) -> Any:
        return IssueFiscalYear
