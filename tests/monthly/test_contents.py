"""The contents on the cover, which only pages show, name articles that are there and have a page."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Edit, Told
from tests.monthly.test_monthly import NAME, city_in


def test_an_entry_of_the_contents_names_an_article_with_a_page(tmp_path: Path, edit: Edit, told: Told) -> None:
    city = city_in(tmp_path / "city")
    issue = city / "content" / NAME / "issue.yaml"
    edit(issue, "{to: budget, note", "{to: bugdet, note")
    edit(issue, "appliances, garden]", "appliances]")
    edit(issue, "{to: mayor, heading", "{to: garden, heading")
    found = [(each.code, each.where.field) for each in told(city, NAME, ("data",)) if each.severity == "error"]
    assert found == [("reference-unknown", "contents.1.to"), ("reference-nowhere", "contents.5.to")]
