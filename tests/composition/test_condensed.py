"""``condense`` (長体, in vertical text 平体) and ``tracking`` (字間を詰める): flush lines, the same text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.composition.conftest import EM, lines_of, read_page

Composed = Callable[..., Path]

TEXT = (
    "市長は「まちづくりの主役は、市民の皆さんです。」と述べ、（仮称）地域づくり会議の設置を約束した。"
    "総額は3,500円、気温は18℃で、あたらしい計画は、四月の一日から。"
)


@pytest.mark.parametrize("share", [95, 90, 80])
def test_condensed_lines_are_flush_and_every_glyph_is_as_narrow(composed: Composed, share: int) -> None:
    css = f"p {{ width: 240pt; text-align: justify; condense: {share}% }}"
    plain, _ = read_page(composed(f"<p>{TEXT}</p>", css.replace(f"{share}%", "100%")))
    glyphs, _ = read_page(composed(f"<p>{TEXT}</p>", css))
    widths = [(glyph.text, glyph.right - glyph.left) for glyph in plain]
    assert [glyph.text for glyph in glyphs] == [text for text, _ in widths]
    narrow = [width * share / 100 for _, width in widths]
    assert [glyph.right - glyph.left for glyph in glyphs] == pytest.approx(narrow, abs=0.001)
    lines = lines_of(glyphs)
    for line in lines[:-1]:
        ends = line[-1].right - (EM * share / 200 if line[-1].text in "、。）」" else 0)
        assert (line[0].left, ends) == pytest.approx((72, 312), abs=0.02)
    assert len(lines) <= len(lines_of(plain))
