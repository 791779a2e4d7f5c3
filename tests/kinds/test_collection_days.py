"""The type ``collection_days``: ごみの収集日 by district as a table and as calendars, and what is wrong."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from tests.conftest import Edit, Told
from tests.monthly.test_monthly import NAME, with_pages

from koho_pdf.content.articles import untyped
from koho_pdf.kinds.types.collection_days import rules_of
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace

PAGES = "  - calendar: {wide: [waste]}\n  - back"


def test_every_district_has_its_days(tmp_path: Path) -> None:
    city = with_pages(tmp_path / "city", PAGES)
    files = build(city / "content" / NAME, open_workspace(city), ("data",)).files
    rows = files["data/waste.csv"].decode("utf-8-sig").split("\r\n")
    assert rows[0] == "地区,種類,収集日,曜日"
    harbour = [row.split(",") for row in rows if row.startswith("港・本町,")]
    days = {waste: [row[2][-2:] for row in harbour if row[1] == waste] for waste in ("燃やせる", "資源", "燃やせない")}
    assert days["燃やせる"] == ["01", "04", "08", "11", "15", "18", "22", "25", "29"]  # 月・木
    assert days["資源"] == ["02", "16"]  # 第1・3火
    assert days["燃やせない"] == ["10"]  # 第2水
    assert {row[3] for row in harbour if row[1] == "燃やせる"} == {"月", "木"}
    assert sorted(name for name in files if "waste-" in name) == [f"data/waste-{n}.ics" for n in range(1, 6)]
    read = icalendar.Calendar.from_ical(files["data/waste-1.ics"])
    assert str(read["X-WR-CALNAME"]) == "ごみの収集日　港・本町"
    events: list[Any] = read.walk("VEVENT")
    assert len(events) == 12 and len({str(each["UID"]) for each in events}) == 12
    assert events[0]["DTSTART"].dt == datetime.date(2027, 3, 1)
    assert str(events[0]["DESCRIPTION"]).startswith("朝8時30分までに")


@pytest.mark.parametrize("cell", ["月", "月木", "月、木", "毎週月", "月・木", "月曜"])
def test_days_of_the_week_in_the_short_forms_of_tables(cell: str) -> None:
    days = "MO,TH" if "木" in cell else "MO"
    assert rules_of(untyped(cell, "")) == (f"FREQ=WEEKLY;BYDAY={days}",)


@pytest.mark.parametrize(
    ("cell", "wrong"), [("第1・3木曜", False), ("－", False), ("月にいちど", True), ("３回", True)]
)
def test_a_cell_is_a_rule(tmp_path: Path, edit: Edit, told: Told, cell: str, wrong: bool) -> None:
    city = with_pages(tmp_path / "city", PAGES)
    edit(city / "content" / NAME / "articles/waste.yaml", "[港・本町, 月・木, 第1・3火,", f"[港・本町, 月・木, {cell},")
    found = [each for each in told(city, NAME, ("data",)) if each.code == "collection-not-understood"]
    assert [each.where.line for each in found] == ([10] if wrong else [])
