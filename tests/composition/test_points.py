"""The points of Japanese composition measured on our own pages by the judge that compares engines (bench/judge.py):
the specimen's texts at every measure from 8 to 40 characters, texts of other registers at some, both directions,
no rule broken on any line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.compare import ALL_RULES, count, hanging
from bench.forms import RULES as FORMS
from bench.glyphs import glyphs_of
from bench.judge import Verdict, judged
from bench.ours import set_by_us, specimen
from bench.registers import TUNED

MEASURES = range(8, 41)
OF_REGISTERS = (8, 10, 13, 17, 24)


@pytest.fixture(scope="module", params=["horizontal", "vertical"])
def verdicts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Verdict]]:
    """Of the specimen's texts, and of some with hanging punctuation, by rule."""
    folder = tmp_path_factory.mktemp("specimen")
    boxes = set_by_us(specimen(), MEASURES, vertical=request.param == "vertical", target=folder / "specimen.pdf")
    assert len(boxes) == len(MEASURES) * len(specimen().texts)
    more = hanging(MEASURES, vertical=request.param == "vertical", target=folder / "hanging.pdf")
    vertical = request.param == "vertical"
    others = set_by_us(specimen(), OF_REGISTERS, vertical=vertical, target=folder / "registers.pdf", texts=TUNED)
    sets = (("specimen", boxes), ("hanging", more), ("registers", others))
    each = [count(folder / f"{name}.pdf", of) for name, of in sets]
    found = {rule: [verdict for verdicts in each for verdict in verdicts[rule]] for rule in ALL_RULES}
    return {rule: each for rule, each in found.items() if rule not in FORMS or request.param == "vertical"}


@pytest.mark.parametrize("rule", ALL_RULES)
def test_no_rule_is_broken_on_any_line(verdicts: dict[str, list[Verdict]], rule: str) -> None:
    if rule in FORMS and rule not in verdicts:
        return  # of vertical text only
    assert Counter(verdict.kept for verdict in verdicts[rule])[True] > 20
    assert [(verdict.line, verdict.why) for verdict in verdicts[rule] if not verdict.kept] == []


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
