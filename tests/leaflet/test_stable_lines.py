"""Lines are composed one by one: an edited article moves no line of another (house decision: stable beats optimal)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.glyphs import Glyph, glyphs_of
from koho_pdf.pipeline import Build

LEAFLET = "2013-policy-leaflet"
BEFORE = "新しいごみ処理施設の供用開始を受け、円滑なごみ分別への移行に努めます。"
AFTER = "新しいごみ処理場が動き出したので、「分別」への移行をていねいに進めます。"
COLUMN = (106.0, 195.0)  # mm: pillar 2, page 2
PT = 72 / 25.4


def test_an_edited_sentence_moves_no_line_of_another_article(
    workspace: Path, proved: Callable[..., Build], edit: Callable[[Path, str, str], None], tmp_path: Path
) -> None:
    def glyphs(name: str) -> list[Glyph]:
        path = tmp_path / name
        path.write_bytes(proved(workspace, LEAFLET, ("screen",)).files["screen.pdf"])
        return glyphs_of(path)

    def others(found: list[Glyph]) -> list[Glyph]:
        left, right = (edge * PT for edge in COLUMN)
        return [glyph for glyph in found if glyph.page != 2 or not left - 1 < glyph.left < right]

    def articles_above(found: list[Glyph]) -> list[Glyph]:
        """The edited column down to the article before the edited one."""
        left, right = (edge * PT for edge in COLUMN)
        column = [glyph for glyph in found if glyph.page == 2 and left - 1 < glyph.left < right]
        return column[: _count(column, "".join(glyph.text for glyph in column).index("新しいごみ処理"))]

    before = glyphs("before.pdf")
    edit(workspace / "content" / LEAFLET / "issue.yaml", BEFORE, AFTER)
    after = glyphs("after.pdf")

    assert before != after
    assert len(others(before)) > 800
    assert others(before) == others(after)
    assert articles_above(before) == articles_above(after)


def _count(glyphs: list[Glyph], characters: int) -> int:
    """How many glyphs say the first so many characters."""
    said = 0
    for number, glyph in enumerate(glyphs):
        if said >= characters:
            return number
        said += len(glyph.text)
    return len(glyphs)
