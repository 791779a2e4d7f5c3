"""Text goes on in columns of another width: its lines are measured again there, no word is lost or set twice."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.plan.stories import LINE, body, make, placed, region
from tests.plan.test_flow import characters

from koho_pdf.composition.rows import Row
from koho_pdf.pipeline import build
from koho_pdf.plan.bands import Frame
from koho_pdf.plan.flowing import flowed
from koho_pdf.workspace.workspace import open_workspace


def story(random: Random, paragraphs: int) -> str:
    text = "".join(f"      {body(random, 12, 40)}\n\n" for _ in range(paragraphs))
    return f"kind: story\nheading: 港の話\nparts:\n  - heading: その一\n    body: |\n{text}"


def paragraphs_of(story_: str) -> list[str]:
    return [line.strip() for line in story_.splitlines() if line.startswith("      ") and line.strip()]


@pytest.mark.parametrize("way", ["wide first", "narrow first", "another page"])
def test_every_word_stands_once_in_lines_of_its_column(home: Path, tmp_path: Path, way: str) -> None:
    wide = region("15 30 86 120", 1, overflow="{to: side, says: 右へ続く}")
    narrow = region("109 30 60 120", 1, overflow="{to: next}").replace("gutter: 6", "gutter: 6")
    last = region("15 30 60 240", 1)
    regions = {"main": wide, "side": narrow}
    plan = ["cover", "feature: {main: [n]}", "rest"]
    if way == "narrow first":
        regions = {
            "main": region("15 30 60 120", 1, overflow="{to: side}"),
            "side": region("79 30 116 120", 1, overflow="{to: next}"),
        }
    if way == "another page":
        regions = {"side": region("15 30 116 90", 1, overflow="{to: next}")}
        plan = ["cover", "feature: {side: [n]}", "rest"]
    text = story(Random(7), 11).replace("{留萌|るもい}", "留萌")
    folder = make(tmp_path, {"n": text}, plan, {"feature": regions, "rest": {"side": last}})
    made = build(folder, open_workspace(tmp_path), ("screen",))
    assert [each for each in made.findings if each.severity == "error"] == []
    found = [each for page in (2, 3) for each in characters(made.files["screen.pdf"], page)]
    said = "".join(each for each, *_ in found)
    for paragraph in paragraphs_of(text):
        assert said.count(paragraph.replace(" ", "")) == 1, paragraph
    boxes = {"wide first": [(15, 101), (109, 169)], "narrow first": [(15, 75), (79, 195)], "another page": [(15, 131)]}
    for left, right in boxes[way]:
        lines: dict[float, float] = {}
        for each, x, y, size in characters(made.files["screen.pdf"], 2):
            if left - 1 < x < right + 1 and each != "→" and y < 150:
                lines[round(y)] = max(lines.get(round(y), 0.0), x + size / 2)
        full = [edge for edge in lines.values() if edge > right - 1.5]
        assert len(full) >= 3 and max(lines.values()) < right + 2.5, (left, right, lines)  # hanging stops
        grid = {
            round((y - 30) % LINE, 1)
            for _, x, y, size in characters(made.files["screen.pdf"], 2)
            if left < x < right and abs(size - 4.25) < 0.3 and 60 < y < 150
        }
        assert max(grid) - min(grid) < 0.7, grid


def test_the_column_before_ends_with_a_paragraph() -> None:
    """At the first width two paragraphs have 6 lines each, at the other 4."""

    def rows(lines: int) -> list[Row]:
        return [Row(7.0, text=True, paragraph=number) for number in (1, lines + 1) for _ in range(lines)]

    frames = [Frame(70.0, 1, 0.0, 7.0), Frame(70.0, 1, 0.0, 7.0, width=1)]
    first, second = flowed([rows(6)], [0], frames, {1: [rows(4)]})
    assert [(part.first, part.end) for band in first.bands for column in band.columns for part in column] == [(0, 6)]
    assert [(part.first, part.end) for band in second.bands for column in band.columns for part in column] == [(4, 8)]
    assert (first.goes, second.comes, second.over) == (0, 0, 0.0)


def test_a_paragraph_that_is_longer_than_the_first_region_begins_in_the_second() -> None:
    def rows(lines: int) -> list[Row]:
        return [Row(7.0, text=True, paragraph=1) for _ in range(lines)]

    frames = [Frame(21.0, 1, 0.0, 7.0), Frame(70.0, 1, 0.0, 7.0, width=1)]
    first, second = flowed([rows(6)], [0], frames, {1: [rows(9)]})
    assert first.bands == ()
    assert [(part.first, part.end) for band in second.bands for column in band.columns for part in column] == [(0, 9)]
    assert second.over == 0.0


def test_the_characters_that_still_fit_are_not_told_where_lines_change(home: Path, tmp_path: Path) -> None:
    regions = {"main": region("15 30 86 60", 1, overflow="{to: side}"), "side": region("109 30 60 200", 1)}
    folder = make(tmp_path, {"n": story(Random(3), 4)}, ["cover", "feature: {main: [n]}"], {"feature": regions})
    _, where = placed(folder)
    assert [each.articles[0].characters for each in where.uses if each.articles] == [None]
    assert where.findings == ()


def test_what_spans_all_columns_is_as_wide_as_those_it_stands_above(home: Path, tmp_path: Path) -> None:
    """Three columns, and below them two of the same width: a head there is as wide as the two."""
    regions = {"main": region("15 30 180 63", 3, overflow="{to: side}"), "side": region("15 105 118 168", 2)}
    css = "h3 { column-span: all; text-align: right }\n"
    parts = "".join(f"  - heading: その{n}\n    body: {body(Random(n), 50, 60)}\n" for n in range(1, 5))
    stories = {"n": f"kind: story\nheading: 港の話\nparts:\n{parts}"}
    folder = make(tmp_path, stories, ["cover", "feature: {main: [n]}"], {"feature": regions}, css)
    made = build(folder, open_workspace(tmp_path), ("screen",))
    heads = [(x, y) for said, x, y, _ in characters(made.files["screen.pdf"], 2) if said == "そ"]
    right = {y < 100: 0.0 for _, y in heads}
    for said, x, y, _ in characters(made.files["screen.pdf"], 2):
        if said in "1234" and any(abs(y - line) < 3 for _, line in heads):
            right[y < 100] = max(right[y < 100], x)
    assert right == {True: pytest.approx(194, abs=2), False: pytest.approx(132, abs=2)}
