"""A slot whose text does not fit is set tighter, as its layout allows (``fit``), in every edition alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from koho_pdf.cli.fit_table import fit_table
from koho_pdf.errors import KohoError
from koho_pdf.findings import Severity
from koho_pdf.layout.slot import Slot
from koho_pdf.pipeline import Build, Fit, build
from koho_pdf.workspace.workspace import open_workspace

Edit = Callable[[Path, str, str], None]
SLOT = "line_feed: 32, chars_per_line: 10, lines: 3"


def made(root: Path, edit: Edit, count: int, fit: str, feed: int = 32) -> tuple[Build, Fit]:
    """The tiny issue with so many characters in a slot that may be set tighter."""
    edit(
        root / "layouts" / "tiny" / "layout.yaml", SLOT, f"line_feed: {feed}, chars_per_line: 10, lines: 3, fit: {fit}"
    )
    edit(root / "content" / "tiny" / "issue.yaml", "短い文です。", "字" * count)
    fits: list[Fit] = []
    workspace = open_workspace(root)
    return build(root / "content" / "tiny", workspace, ("print", "screen"), fit=fits.append), fits[0]


def test_the_first_setting_that_fits_is_taken_and_told(tiny: Path, edit: Edit) -> None:
    done, fit = made(tiny, edit, 33, "{feed: 30, condense: [95, 90]}")
    (told,) = done.findings
    assert (told.code, told.severity, told.where.field) == ("slot-fitted", Severity.NOTE, "closing.0")
    assert "文字を90％の長体に詰めて" in told.message  # 30 H and 95 % gain nothing in three lines of ten characters
    told_in_map = json.loads(done.files["map.json"])
    assert told_in_map["slots"] == {"words": {"condense": 90.0}}
    assert {each["edition"] for each in told_in_map["fields"]} == {"print", "screen"}
    assert {each["slot"]["left"] for each in told_in_map["fields"]} == {0}
    assert "closing.0（words、長体90％）" in "\n".join(fit_table((), fit.placed, fit.tight))
    for name in ("print.pdf", "screen.pdf"):
        page = pypdfium2.PdfDocument(done.files[name])[0]
        text, (left, _, _, top) = page.get_textpage(), page.get_trimbox()
        assert text.get_text_range().split() == ["字" * 11] * 3
        boxes = [
            text.get_charbox(number) for number in range(text.count_chars()) if text.get_text_range(number, 1) == "字"
        ]
        assert max(box[2] for box in boxes) - left < 70 / 25.4 * 72  # the slot: 20 mm from the left, 50 mm wide
        assert top - min(box[1] for box in boxes) < 44 / 25.4 * 72


def test_a_line_feed_makes_room_for_lines_and_what_fits_is_left_alone(tiny: Path, edit: Edit) -> None:
    done, _ = made(tiny, edit, 40, "{feed: [30, 36], tracking: 97}", feed=40)
    assert "行送りを30Hに詰めて" in done.findings[0].message
    (slot, *_) = (each["slot"] for each in json.loads(done.files["map.json"])["fields"])
    assert (slot["lines_used"], slot["lines"]) == (4, 4)
    edit(tiny / "content" / "tiny" / "issue.yaml", "字" * 40, "字" * 30)
    assert build(tiny / "content" / "tiny", open_workspace(tiny), ("screen",)).findings == ()


def test_none_that_fits_is_an_error_that_says_what_is_over_in_the_tightest(tiny: Path, edit: Edit) -> None:
    with pytest.raises(KohoError) as failure:
        made(tiny, edit, 34, "{condense: 90}")
    (told,) = failure.value.findings
    assert told.code == "overset"
    assert "約2字あふれています" in told.message


@pytest.mark.parametrize(
    ("fit", "code"), [("{feed: 33}", "fit-wider"), ("{feed: 29}", "fit-below-floor"), ("{gap: 0}", "unknown-field")]
)
def test_a_ladder_that_cannot_work_is_told(tiny: Path, edit: Edit, fit: str, code: str) -> None:
    with pytest.raises(KohoError) as failure:
        made(tiny, edit, 5, fit)
    (told,) = failure.value.findings
    assert (told.code, told.where.file) == (code, "layouts/tiny/layout.yaml")


def test_a_slot_is_as_large_as_ever() -> None:
    slot = Slot(20, 32, 10, 3, fit=(("condense", (90.0,)),))
    plain, tight = slot.css("words"), slot.tightened((("feed", 30.0), ("condense", 90.0))).css("words")
    assert tight == plain.replace("line-height: 8.0000mm", "line-height: 7.5000mm; condense: 90%")
