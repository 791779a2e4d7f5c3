"""The leaflet's lines as they stand on its pages: flush at the measure, on the grid, never a stray character or two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.composition.conftest import Glyph, read_page

from koho_pdf.composition.paragraph.classes import Kind, kind_of
from koho_pdf.composition.paragraph.spacing import blank_after, blank_before

if TYPE_CHECKING:
    from tests.conftest import Mark

MM = 72 / 25.4
HEAD, LINE_FEED = 15.0, 7.0  # mm: the margin at the head, the grid
BODY = 17 * 0.25 * MM  # points
HEADING = 22 * 0.25 * MM


@dataclass(frozen=True)
class Line:
    """A line of 17Q text: its page, its glyphs, the edges of its ink in mm from the trim's left (a full-width sign's
    blank half is none)."""

    page: int
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def left(self) -> float:
        return self.glyphs[0].left / MM - 3 + blank_before(kind_of(self.text[0])) * BODY / MM

    @property
    def right(self) -> float:
        return self.glyphs[-1].right / MM - 3 - blank_after(kind_of(self.text[-1])) * BODY / MM


def read_lines(path: Path) -> list[Line]:
    """Every line of body text of the print PDF, in the order of its content."""
    found: list[Line] = []
    for number in range(4):
        line: list[Glyph] = []
        for glyph in read_page(path, number)[0]:
            if abs(glyph.em - BODY) > 0.1:
                continue
            if line and (
                abs(glyph.baseline - line[-1].baseline) > 0.1 or not -BODY < glyph.left - line[-1].right < 2 * BODY
            ):
                found.append(Line(number + 1, tuple(line)))
                line = []
            line.append(glyph)
        found.append(Line(number + 1, tuple(line)))
    return found


@pytest.fixture(scope="module")
def lines(leaflet: Path) -> list[Line]:
    found = read_lines(leaflet / "print.pdf")
    assert len(found) > 60
    return found


COLUMNS = {(2, 17): 85.0, (2, 110): 85.0, (3, 19): 85.0, (3, 112): 85.0}  # policies: (page, left) -> measure


def policies(lines: list[Line]) -> list[list[Line]]:
    """The paragraphs of the four columns of the spread, each as its lines."""
    paragraphs: list[list[Line]] = []
    for line in lines:
        if (line.page, round(line.left)) in COLUMNS:
            if paragraphs and not paragraphs[-1][-1].text.endswith("。"):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
    return paragraphs


def test_every_line_but_the_last_is_flush_at_its_measure(lines: list[Line]) -> None:
    found = policies(lines)
    assert len(found) == 19
    for paragraph in found:
        for line in paragraph[:-1]:
            measure = COLUMNS[line.page, round(line.left)]
            assert line.right - line.left == pytest.approx(measure, abs=0.1 / MM), line.text


def test_a_last_line_is_not_stretched(lines: list[Line]) -> None:
    """Solid-set: no space between two characters of which none is punctuation or Latin."""
    solid = {Kind.KANA, Kind.IDEOGRAPH, Kind.SMALL_KANA, Kind.PROLONGED}
    for paragraph in policies(lines):
        for before, after in pairwise(paragraph[-1].glyphs):
            if {kind_of(before.text), kind_of(after.text)} <= solid:
                assert after.left - before.right == pytest.approx(0, abs=0.05), paragraph[-1].text


def test_no_paragraph_ends_with_a_stray_character(lines: list[Line]) -> None:
    assert [paragraph[-1].text for paragraph in policies(lines) if len(paragraph[-1].text) < 3] == []


def test_the_lead_is_flush(lines: list[Line]) -> None:
    lead = [line for line in lines if line.page == 1][:4]
    assert [line.right - line.left for line in lead[:3]] == pytest.approx([85.0] * 3, abs=0.1 / MM)
    assert lead[3].right - lead[3].left < 70


def test_no_line_begins_or_ends_with_what_may_not_stand_there(lines: list[Line]) -> None:
    """禁則 (JLREQ 3.1.7 and 3.1.8)."""
    for line in lines:
        assert line.text[0] not in "、。，．・：；？！）」』】〕》〉ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
        assert line.text[-1] not in "（「『【〔《〈"


def baselines(page: list[Mark], size: float) -> list[float]:
    """The baselines of all text of a size (points) in mm from the head of the trim."""
    found = []
    for mark in page:
        scale = abs(mark.place[3]) * mark.size
        if mark.text and mark.place[1] == 0 and scale == pytest.approx(size, abs=0.05):
            found.append(300 - mark.place[5] / MM)
    return found


def off_the_grid(baseline: float, first: float) -> float:
    beside = (baseline - first) % LINE_FEED
    return min(beside, LINE_FEED - beside)


def test_every_baseline_stands_on_the_grid(leaflet: Path, marks: Callable[[Path], list[list[Mark]]]) -> None:
    """Body text of all pages and columns, and the headings among it, on lines 7 mm apart from the head margin."""
    pages = marks(leaflet / "print.pdf")
    first = baselines(pages[3], BODY)[0]
    assert 0 < first - HEAD < LINE_FEED
    body = [baseline for page in pages[1:3] for baseline in baselines(page, BODY)]
    headings = [baseline for page in pages[1:3] for baseline in baselines(page, HEADING)]
    assert len(body) >= 45
    assert len(headings) >= 12
    assert max(off_the_grid(baseline, first) for baseline in body) < 0.1 / MM
    assert max(off_the_grid(baseline, first) for baseline in headings) < 0.3 / MM


def test_the_text_of_the_covers_stands_on_the_same_grid(
    leaflet: Path, marks: Callable[[Path], list[list[Mark]]]
) -> None:
    pages = marks(leaflet / "print.pdf")
    (first, *_), lead = baselines(pages[3], BODY), baselines(pages[0], BODY)
    on_grid = [baseline for baseline in lead if baseline < 235]  # the cards below have a rhythm of their own
    assert len(on_grid) >= 8
    assert max(off_the_grid(baseline, first) for baseline in on_grid) < 0.1 / MM
