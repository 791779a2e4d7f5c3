"""What is too long for the leaflet is told, field by field; its furniture and the names of cities have room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import LEAFLET, Edit, Told

from koho_pdf.layout.contract import read_layout
from koho_pdf.pipeline import Build

REPOSITORY = Path(__file__).parents[2]
SLOTS = read_layout(REPOSITORY / "layouts" / "policy-leaflet", REPOSITORY).slots
LONG = "長い文章は枠に入りません。" * 11


def lengthened(node: Any, key: str = "") -> Any:
    """A manuscript in which every text is far too long."""
    if isinstance(node, dict):
        printed = {key: value for key, value in node.items() if key != "printing"}  # the order is on no page
        return {key: lengthened(value, key) for key, value in printed.items()}
    if isinstance(node, list):
        return [lengthened(value, key) for value in node]
    if key in ("layout", "date", "fiscal_year"):
        return node
    return "0164-42-1809" if key == "telephone" else node + LONG


@pytest.fixture(scope="module")
def too_long(manuscript: dict[str, Any]) -> str:
    return yaml.safe_dump(lengthened(manuscript), allow_unicode=True, sort_keys=False, width=10_000)


def test_every_field_of_the_leaflet_tells_what_is_too_long_for_it(workspace: Path, too_long: str, told: Told) -> None:
    (workspace / "content" / LEAFLET / "issue.yaml").write_text(too_long, encoding="utf-8")
    found = [each for each in told(workspace, LEAFLET) if each.code == "overset"]
    assert all(each.where.field and each.where.line and each.where.page for each in found)
    assert all(any(f"枠「{slot}」" in each.message for slot in SLOTS) for each in found)
    fields = {each.where.field for each in found}
    assert {"title", "lead", "catchphrase", "theme", "principles.heading", "contact.place"} <= fields
    assert {f"pillars.{number}.name" for number in range(4)} <= fields


NAMES = ["つがる市", "いちき串木野市"]  # the longest in the large slot, and the longest of all


@pytest.mark.parametrize("name", NAMES)
def test_the_names_of_cities_stand_clear_of_what_is_beside_them(
    workspace: Path, edit: Edit, proved: Callable[..., Build], marks: Any, tmp_path: Path, name: str
) -> None:
    edit(workspace / "koho.yaml", "municipality: 留萌市", f"municipality: {name}")
    path = tmp_path / "screen.pdf"
    path.write_bytes(proved(workspace, LEAFLET).files["screen.pdf"])
    (mark,) = [mark for mark in marks(path)[3] if mark.text == name]
    assert mark.place[4] * 25.4 / 72 > 133 + 4  # mm: the card's edge, and some air
    assert mark.size >= 30 * 0.25 * 72 / 25.4 - 0.01


def test_furniture_too_long_is_told_to_whoever_wrote_it(workspace: Path, edit: Edit, told: Told) -> None:
    """The layout, the manuscript, or the city's name in koho.yaml."""
    edit(workspace / "koho.yaml", "municipality: 留萌市", "municipality: 北海道市町村広域連合")
    layout = workspace / "layouts" / "policy-leaflet"
    edit(layout / "four.html", "{{ left // 2 + 2 }}</p>", "二ページめ</p>")
    edit(layout / "four.html", "{{ whole_title }}</p>", "{{ whole_title }}{{ whole_title }}{{ whole_title }}</p>")
    overset = {each.message.partition("枠「")[2].partition("」")[0]: each for each in told(workspace, LEAFLET)}
    assert {each.code for each in overset.values()} == {"overset"}
    assert overset.keys() == {"folio", "header", "issuer-long"}
    assert "約3字あふれています" in overset["issuer-long"].message
    found = {slot: each.where for slot, each in overset.items()}
    assert (found["issuer-long"].file, found["issuer-long"].line) == ("koho.yaml", 3)
    assert (found["folio"].file, found["folio"].page) == ("layouts/policy-leaflet/layout.html", 3)  # and on page 2
    assert (found["header"].file, found["header"].field) == (f"content/{LEAFLET}/issue.yaml", "title")
    assert found["header"].line
