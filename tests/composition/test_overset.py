"""Text that does not fit its slot is an error that says where and by how much; text that just fits is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Edit, Told

from koho_pdf.findings import Severity

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

REPOSITORY = Path(__file__).parents[2]


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
        'data-slot="telephone" data-field="ask.telephone">{{ issue.ask.telephone }}',
    )
    edit(tiny / "content" / "tiny" / "issue.yaml", "telephone: 42-1809", f"telephone: '{typed}'")
    (found,) = [each for each in told(tiny, "tiny") if each.code == "overset"]
    assert (found.code, found.where.field) == ("overset", "ask.telephone")
    assert "「0164-42-1809」" in found.hint
    assert "字ほど短く" not in found.hint


def test_an_address_that_is_wider_than_its_slot_is_told_by_mm(tiny: Path, edit: Edit, told: Told) -> None:
    """40 letters of BIZ UDGothic at 20Q are 40 x 2.5 mm; the slot has 50 mm."""
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "x" * 40)
    (found,) = [each for each in told(tiny, "tiny") if each.code == "overset"]
    assert found.message.startswith(f"「{'x' * 40}」が枠の幅より 50.0 mm 長くて")
    assert "字ほど短く" not in found.hint
