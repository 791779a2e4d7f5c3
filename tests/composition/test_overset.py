"""Text that does not fit its slot is an error that says where and by how much; text that just fits is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.conftest import Edit, Told

from koho_pdf.findings import Severity
from koho_pdf.layout.contract import read_layout

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

REPOSITORY = Path(__file__).parents[2]
LEAFLET = "2013-policy-leaflet"
SLOTS = read_layout(REPOSITORY / "layouts" / "policy-leaflet", REPOSITORY).slots


def write_words(root: Path, words: str, edit: Edit) -> None:
    edit(root / "content" / "tiny" / "issue.yaml", "短い文です。", words)


@pytest.mark.parametrize("count", [1, 10, 29, 30])
def test_text_up_to_the_limit_fits(tiny: Path, edit: Edit, proved: Callable[..., Build], count: int) -> None:
    write_words(tiny, "字" * count, edit)
    made = proved(tiny, "tiny")
    assert made.findings == ()
    (place,) = json.loads(made.files["map.json"])["fields"]
    assert place["slot"]["left"] == 30 - count
    assert place["slot"]["lines_used"] == -(-count // 10)


@pytest.mark.parametrize(("count", "over"), [(31, "1行、約2字"), (39, "1行、約9字"), (45, "2行、約15字")])
def test_text_beyond_the_limit_is_told_with_how_much(tiny: Path, edit: Edit, told: Told, count: int, over: str) -> None:
    write_words(tiny, "字" * count, edit)
    (found,) = told(tiny, "tiny")
    assert (found.code, found.where.field, found.where.page) == ("overset", "closing.0", 1)
    assert "枠「words」" in found.message
    assert f"{over}あふれています" in found.message
    line = yaml_line(tiny / "content" / "tiny" / "issue.yaml", "字字")
    assert (found.where.file, found.where.line) == ("content/tiny/issue.yaml", line)


def yaml_line(path: Path, start: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if start in line)


def test_a_line_too_long_for_its_measure_is_told(tiny: Path, edit: Edit, told: Told) -> None:
    """A word that cannot be broken leaves the slot at its side."""
    edit(tiny / "layouts" / "tiny" / "layout.css", ".words {", ".words { white-space: nowrap;")
    write_words(tiny, "字" * 12, edit)
    (found,) = told(tiny, "tiny")
    assert found.code == "overset"
    assert "約2字あふれています" in found.message
    assert "そこに {改行} と書いてください" in found.hint
    edit(tiny / "content" / "tiny" / "issue.yaml", "字" * 12, "字" * 6 + "{改行}" + "字" * 6)
    assert told(tiny, "tiny") == ()


@pytest.mark.parametrize(("rows", "over"), [(3, False), (4, True)])
def test_slots_within_a_slot_must_stay_in_both(tiny: Path, edit: Edit, told: Told, rows: int, over: bool) -> None:
    """Each row fits its own slot of a line; the fourth is below the slot of three lines around them."""
    row = '<p data-slot="row">{{ issue.closing[0]|inline }}</p>'
    layout = tiny / "layouts" / "tiny"
    edit(layout / "layout.yaml", "slots: {", "slots: {row: {size: 20, line_feed: 32, chars_per_line: 10, lines: 1}, ")
    edit(layout / "layout.html", '<p class="words"', '<div class="words"')
    edit(layout / "layout.html", "{{ issue.closing[0]|inline }}</p>", f"{row * rows}</div>")
    found = told(tiny, "tiny")
    assert [each.code for each in found if each.code != "contrast-low"] == ["overset"] * over
    assert all("枠「words」" in each.message and each.where.field == "closing.0" for each in found)


def test_the_fields_of_a_list_share_their_slot(tiny: Path, edit: Edit, told: Told) -> None:
    """The field named is the one in which the slot runs over, not the first in it."""
    edit(
        tiny / "layouts" / "tiny" / "layout.html",
        "{{ issue.closing[0]|inline }}",
        '{{ issue.closing[0]|inline }}<br><b style="white-space: pre-wrap"> </b>'
        '<span data-field="lead">{{ issue.lead|inline }}</span>',
    )
    found = {finding.code: finding for finding in told(tiny, "tiny")}
    assert found["overset"].where.field == "lead"
    assert (
        found["line-not-composed"].severity is Severity.WARNING
    )  # we do not set preserved spaces, and a finding says so


LONG = "長い文章は枠に入りません。" * 8


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
    found = [each for each in told(workspace) if each.code == "overset"]
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
    path.write_bytes(proved(workspace).files["screen.pdf"])
    (mark,) = [mark for mark in marks(path)[3] if mark.text == name]
    assert mark.place[4] * 25.4 / 72 > 133 + 4  # mm: the card's edge, and some air
    assert mark.size >= 30 * 0.25 * 72 / 25.4 - 0.01


def test_furniture_too_long_is_told_to_whoever_wrote_it(workspace: Path, edit: Edit, told: Told) -> None:
    """The layout, the manuscript, or the city's name in koho.yaml."""
    edit(workspace / "koho.yaml", "municipality: 留萌市", "municipality: 北海道市町村広域連合")
    layout = workspace / "layouts" / "policy-leaflet"
    edit(layout / "four.html", "{{ left // 2 + 2 }}</p>", "二ページめ</p>")
    edit(layout / "four.html", "{{ whole_title }}</p>", "{{ whole_title }}{{ whole_title }}{{ whole_title }}</p>")
    overset = {each.message.partition("枠「")[2].partition("」")[0]: each for each in told(workspace)}
    assert {each.code for each in overset.values()} == {"overset"}
    assert overset.keys() == {"folio", "header", "issuer-long"}
    assert "約3字あふれています" in overset["issuer-long"].message
    found = {slot: each.where for slot, each in overset.items()}
    assert (found["issuer-long"].file, found["issuer-long"].line) == ("koho.yaml", 3)
    assert (found["folio"].file, found["folio"].page) == ("layouts/policy-leaflet/layout.html", 3)  # and on page 2
    assert (found["header"].file, found["header"].field) == (f"content/{LEAFLET}/issue.yaml", "title")
    assert found["header"].line


@pytest.mark.parametrize("typed", ["(0164)42-1809", "（０１６４）４２－１８０９", "(0164) 42-1809"])
def test_a_telephone_number_too_long_for_its_slot_is_told_how_it_is_written_shorter(
    tiny: Path, edit: Edit, told: Told, typed: str
) -> None:
    layout = tiny / "layouts" / "tiny"
    slots = "slots: {telephone: {size: 20, line_feed: 32, chars_per_line: 6, lines: 1}, "
    edit(layout / "layout.yaml", "slots: {", slots)
    edit(
        layout / "layout.html",
        'data-slot="words" data-field="closing.0">{{ issue.closing[0]|inline }}',
        'data-slot="telephone" data-field="contact.telephone">{{ issue.contact.telephone }}',
    )
    edit(tiny / "content" / "tiny" / "issue.yaml", "telephone: 42-1809", f"telephone: '{typed}'")
    (found,) = [each for each in told(tiny, "tiny") if each.code == "overset"]
    assert (found.code, found.where.field) == ("overset", "contact.telephone")
    assert "「0164-42-1809」" in found.hint
    assert "字ほど短く" not in found.hint
