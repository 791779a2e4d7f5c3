"""The type ``month``: read as a city hall writes it, and its days with their holidays."""

from __future__ import annotations

import pytest

from koho_pdf.content.values.months import Month
from koho_pdf.manuscript.refusal import Refusal


@pytest.mark.parametrize("typed", ["2027年4月", "令和9年4月", "２０２７年４月", "2027-04", "2027/4", " 2027年4月 "])
def test_a_month_is_read(typed: str) -> None:
    month = Month.parse(typed)
    assert (month.seireki, month.wareki) == ("2027年4月", "令和9年4月")
    assert month.data() == {"type": "month", "text": typed.strip(), "month": "2027-04"}
    assert Month.parse(month.source) == month


def test_its_days_have_their_holidays() -> None:
    days = Month.parse("2027年5月").days
    assert len(days) == 31
    assert {day.day: name for day, name in days if name} == {3: "憲法記念日", 4: "みどりの日", 5: "こどもの日"}
    assert len(Month.parse("2028年2月").days) == 29


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("4月", "date-not-understood"),
        ("2027年13月", "date-does-not-exist"),
        ("平成40年4月", "outside-era"),
        ("2027年4月1日", "date-not-understood"),
        ("", "date-not-understood"),
    ],
)
def test_what_is_no_month_is_refused_with_a_hint(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Month.parse(typed)
    (found,) = refused.value.findings
    assert found.code == code
    assert found.hint
