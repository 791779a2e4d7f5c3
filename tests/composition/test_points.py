"""The points of Japanese composition measured on our own pages by the judge that compares engines (bench/judge.py):
the specimen's texts at two of three measures from 8 to 40 characters, each in one direction, texts of other registers
at some in both, no rule broken on any line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.compare import ALL_RULES, count, hanging
from bench.forms import RULES as FORMS
from bench.glyphs import glyphs_of
from bench.judge import judged
from bench.ours import set_by_us, specimen
from bench.registers import TUNED

MEASURES = range(8, 41)
OF_REGISTERS = (8, 10, 13, 17, 24)


@pytest.fixture
def unpictured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks at the pictures of a hundred pages here."""
    monkeypatch.setattr("koho_pdf.editions.every.page_pictures", lambda pdf: ())


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
@pytest.mark.usefixtures("unpictured")
def test_no_rule_is_broken_on_any_line(direction: str, tmp_path: Path) -> None:
    """Of the specimen's texts at every third measure in each direction; of some with hanging punctuation, which have
    fewer lines to ask about, at every other one."""
    vertical = direction == "vertical"
    measures = MEASURES[vertical::3]
    boxes = set_by_us(specimen(), measures, vertical=vertical, target=tmp_path / "specimen.pdf")
    assert len(boxes) == len(measures) * len(specimen().texts)
    more = hanging(MEASURES[vertical::2], vertical=vertical, target=tmp_path / "hanging.pdf")
    target = tmp_path / "registers.pdf"
    others = set_by_us(specimen(), OF_REGISTERS, vertical=vertical, target=target, texts=TUNED)
    sets = (("specimen", boxes), ("hanging", more), ("registers", others))
    each = [count(tmp_path / f"{name}.pdf", of) for name, of in sets]
    found = {rule: [verdict for verdicts in each for verdict in verdicts[rule]] for rule in ALL_RULES}
    asked = [rule for rule in ALL_RULES if rule not in FORMS or vertical]  # forms are of vertical text only
    assert [rule for rule in asked if sum(verdict.kept for verdict in found[rule]) <= 10] == []
    assert [(rule, each.line, each.why) for rule in asked for each in found[rule] if not each.kept] == []


@pytest.mark.usefixtures("unpictured")
def test_hanging_punctuation_stands_outside_alone(tmp_path: Path) -> None:
    """ぶら下げ: 、。 only, at most one, its whole em beyond the measure; everything else as before."""
    issue = specimen().model_copy(update={"hanging": True})
    target = tmp_path / "hanging.pdf"
    boxes = set_by_us(issue, range(8, 24, 2), vertical=False, target=target)
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
