"""The contents on the cover, which only pages show, name articles that are there and have a page."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Told
from tests.monthly.test_monthly import NAME, with_pages


def test_an_entry_of_the_contents_names_an_article_with_a_page(tmp_path: Path, told: Told) -> None:
    contents = "contents: [{to: library, note: 本}, {to: libary, note: 本}, {to: garden, heading: 畑}]\n"
    city = with_pages(tmp_path / "city", f"  - back: {{left: [library]}}\n{contents}")
    found = [(each.code, each.where.field) for each in told(city, NAME, ("data",)) if each.severity == "error"]
    assert found == [("reference-unknown", "contents.1.to"), ("reference-nowhere", "contents.2.to")]
