"""The points of Japanese composition measured on our own pages by the judge that compares engines (bench/judge.py):
the specimen's texts at every measure from 8 to 40 characters, horizontal and vertical, no rule broken on any line."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from bench.glyphs import glyphs_of
from bench.judge import RULES, Verdict, judged
from bench.ours import set_by_us, specimen

MEASURES = range(8, 41)


@pytest.fixture(scope="module", params=["horizontal", "vertical"])
def verdicts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Verdict]:
    target = tmp_path_factory.mktemp("specimen") / "specimen.pdf"
    boxes = set_by_us(specimen(), MEASURES, vertical=request.param == "vertical", target=target)
    assert len(boxes) == len(MEASURES) * len(specimen().texts)
    by_page = defaultdict(list)
    for glyph in glyphs_of(target):
        by_page[glyph.page].append(glyph)
    return [verdict for box in boxes for verdict in judged(by_page[box.page], box)]


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_is_broken_on_any_line(verdicts: list[Verdict], rule: str) -> None:
    of_rule = [verdict for verdict in verdicts if verdict.rule == rule]
    assert Counter(verdict.kept for verdict in of_rule)[True] > 50
    assert [(verdict.line, verdict.why) for verdict in of_rule if not verdict.kept] == []


def test_hanging_punctuation_stands_outside_alone(tmp_path: Path) -> None:
    """ぶら下げ: 、。 only, at most one, its whole em beyond the measure; everything else as before."""
    issue = specimen().model_copy(update={"hanging": True})
    target = tmp_path / "hanging.pdf"
    boxes = set_by_us(issue, range(8, 24), vertical=False, target=target)
    glyphs = glyphs_of(target)
    outside: Counter[str] = Counter()
    for box in boxes:
        on_page = [glyph for glyph in glyphs if glyph.page == box.page]
        assert [
            each for each in judged(on_page, box) if not each.kept and each.rule in ("flush", "start", "text")
        ] == []
        for glyph in on_page:
            beyond = glyph.left - (box.left + box.measure)
            if box.top < (glyph.top + glyph.bottom) / 2 < box.top + box.height and beyond > -0.1 and glyph.text.strip():
                outside[glyph.text] += 1
                assert beyond == pytest.approx(0, abs=0.1)
    assert set(outside) == {"、", "。"}
