"""Pictures and horizontal blocks in vertical text, and sizes in percentages: where they stand on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from tests.composition.conftest import Shape, read_page
from tests.composition.test_vertical import EM, FEED, MM, TEXT, Glyph, Setter, composed, lines_of, read_glyphs, said

if TYPE_CHECKING:
    from tests.conftest import Element

__all__ = ["composed"]
HEIGHT = 297.0  # mm: of the page
GREEN, RED = (0.0, 0.53333, 0.0), (1.0, 0.0, 0.0)
Box = tuple[float, float, float, float]


def picture(width: float, height: float, style: str = "", size: str = "") -> str:
    """A green picture with a red corner at its upper left; millimetres."""
    size = size or f"width: {width}mm; height: {height}mm"
    return (
        f"<svg viewBox='0 0 {width} {height}' style='{size}; {style}'><title>図</title>"
        f"<rect width='{width}' height='{height}' fill='#080'/><rect width='1' height='1' fill='#f00'/></svg>"
    )


def painted(path: Path, colour: tuple[float, ...]) -> list[Box]:
    """What is filled with a colour: left, top, right, bottom in mm from the page's upper left."""
    return [
        (shape.left / MM, HEIGHT - shape.head / MM, shape.right / MM, HEIGHT - shape.foot / MM)
        for shape in read_page(path)[1]
        if _is(shape, colour)
    ]


def _is(shape: Shape, colour: tuple[float, ...]) -> bool:
    return shape.fill == pytest.approx(colour, abs=0.001) and shape.operator.startswith("f")


def in_order(found: list[Glyph], text: str) -> list[Glyph]:
    """The glyphs of the first place that says ``text``, in the order of the content."""
    start = said(found).index(text)
    return found[start : start + len(text)]


def test_a_picture_among_vertical_words_stands_upright_in_the_middle_of_its_line(composed: Setter) -> None:
    document, path = composed(f"<p class='v' style='height: 60mm'>上の{picture(6, 3)}、下</p>")
    assert document.findings == ()
    (box,), (corner,) = painted(path, GREEN), painted(path, RED)
    before, comma = (in_order(read_glyphs(path), text)[0] for text in "の、")
    assert (box[2] - box[0], box[3] - box[1]) == pytest.approx((6, 3), abs=0.02)
    assert corner[:2] == pytest.approx(box[:2], abs=0.02), "not lying on its side"
    assert (box[0] + box[2]) / 2 == pytest.approx(before.line, abs=0.05)
    assert box[1] == pytest.approx(before.foot, abs=0.02)
    assert comma.head == pytest.approx(box[3], abs=0.02)


def test_a_wide_picture_makes_its_line_wider(composed: Setter) -> None:
    body = "<p class='v' style='height: 20mm; width: 60mm'>一二三四五あ{}うえおかきく</p>"
    plain, grown = (read_glyphs(composed(body.format(inside))[1]) for inside in ("", picture(12, 4)))
    first, second, third = (in_order(grown, text)[0] for text in "一あき")
    assert first.line == pytest.approx(in_order(plain, "一")[0].line, abs=0.02)
    assert first.line - second.line == pytest.approx(FEED / 2 + 6, abs=0.05)
    assert second.line - third.line == pytest.approx(FEED / 2 + 6, abs=0.05)


@pytest.mark.parametrize("characters", [8, 11, 16, 25])
def test_lines_with_pictures_are_flush(composed: Setter, characters: int) -> None:
    text = TEXT.replace("、", f"{picture(3, 3)}、", 1).replace("「", f"「{picture(3, 3)}", 1)
    style = f"height: {characters * EM}mm; text-align: justify"
    document, path = composed(f"<p class='v' style='{style}'>{text}</p>")
    assert {found.code for found in document.findings} <= {"loose-line"}
    assert len(painted(path, GREEN)) == 2
    lines = lines_of(read_glyphs(path))
    columns = sorted({round(line[0].line, 1) for line in lines}, reverse=True)
    for column in columns[:-1]:
        ends = [line[-1] for line in lines if round(line[0].line, 1) == column]
        ink = max(end.foot - (0.5 * EM if end.text in "）」』、。" else 0) for end in ends)
        pictures = [box[3] for box in painted(path, GREEN) if box[0] < column < box[2]]
        assert max([ink, *pictures]) == pytest.approx(10 + characters * EM, abs=0.04)


def test_a_picture_between_paragraphs_keeps_its_margins(composed: Setter) -> None:
    style = "display: block; margin: 5mm 3mm 0 2mm"
    body = f"<p>あ</p>{picture(20, 10, style)}<p>い</p>"
    document, path = composed(f"<div class='v' style='height: 40mm; width: 60mm'>{body}</div>")
    assert document.findings == ()
    (box,), (before, after) = painted(path, GREEN), read_glyphs(path)
    right = 10 + 60 - FEED - 3
    assert box == pytest.approx((right - 20, 10 + 5, right, 10 + 5 + 10), abs=0.02)
    assert before.line == pytest.approx(70 - FEED / 2, abs=0.05)
    assert after.line == pytest.approx(right - 20 - 2 - FEED / 2, abs=0.05)


def test_a_horizontal_block_is_horizontal_and_as_large_as_it_needs(composed: Setter) -> None:
    """Orthogonal flows (CSS Writing Modes 4, 7.3): as wide as its words, as high as its lines."""
    style = "writing-mode: horizontal-tb; background: #080; padding: 1mm; margin-right: 2mm"
    block = f"<div style='{style}'>横組みの枠<br>二行</div>"
    document, path = composed(f"<div class='v' style='height: 40mm'><p>縦あ</p>{block}<p>縦い</p></div>")
    assert document.findings == ()
    found = read_glyphs(path)
    assert "".join(glyph.text for glyph in found if not glyph.down) == "横組みの枠二行"
    (box,) = painted(path, GREEN)
    assert (box[2] - box[0], box[3] - box[1]) == pytest.approx((5 * EM + 2, 2 * FEED + 2), abs=0.02)
    assert in_order(found, "横")[0].head == pytest.approx(box[0] + 1, abs=0.02)
    first, second = in_order(found, "横")[0], in_order(found, "二")[0]
    assert second.line - first.line == pytest.approx(FEED, abs=0.02)
    above, below = in_order(found, "縦あ")[0], in_order(found, "縦い")[0]
    assert above.line - FEED / 2 - 2 == pytest.approx(box[2], abs=0.05)
    assert below.line + FEED / 2 == pytest.approx(box[0], abs=0.05), "the next paragraph begins beside it"
    assert box[0] == pytest.approx(10 + FEED, abs=0.05), "and the block is as wide as all of that"


def test_a_horizontal_block_breaks_its_lines_at_its_width(composed: Setter) -> None:
    block = f"<p style='writing-mode: horizontal-tb; width: 40mm'>{TEXT}</p>"
    _, path = composed(f"<div class='v' style='height: 80mm; width: 60mm'>{block}</div>")
    lines = lines_of(read_glyphs(path))
    assert len(lines) > 6
    for line in lines[:-1]:
        blank = 0.5 * EM if line[-1].text in "）」』、。" else 0
        assert line[-1].foot - blank == pytest.approx(10 + 60, abs=0.05), said(line)


def test_an_inline_block_is_a_word_of_its_line(composed: Setter) -> None:
    block = "<span style='writing-mode: horizontal-tb; display: inline-block; line-height: 5mm'>横<br>組</span>"
    _, path = composed(f"<p class='v' style='height: 60mm'>上{block}下</p>")
    above, below, first, second = (in_order(read_glyphs(path), text)[0] for text in "上下横組")
    assert [glyph.down for glyph in (above, first, second, below)] == [True, False, False, True]
    assert (first.head + first.foot) / 2 == pytest.approx(above.line, abs=0.05)
    assert second.line - first.line == pytest.approx(5, abs=0.02)
    assert below.head - above.foot == pytest.approx(10, abs=0.02)


def test_a_vertical_block_stands_in_a_horizontal_one_in_a_vertical_one(composed: Setter) -> None:
    inner = "<p class='v' style='height: 20mm; width: 14mm'>内の縦</p>"
    block = f"<div style='writing-mode: horizontal-tb; width: 30mm'><p>横</p>{inner}</div>"
    document, path = composed(f"<div class='v' style='height: 40mm'><p>外</p>{block}</div>")
    assert document.findings == ()
    assert [glyph.down for glyph in read_glyphs(path)] == [True, False, True, True, True]


@pytest.mark.parametrize(
    ("style", "size"),
    [
        ("width: 50%; height: 20%", (30, 8)),
        ("width: 50%", (30, 15)),
        ("height: 25%", (20, 10)),
        ("width: 50mm; max-width: 40%", (24, 12)),
    ],
)
def test_percentages_of_a_picture_are_of_its_block(composed: Setter, style: str, size: tuple[float, float]) -> None:
    body = picture(20, 10, "display: block", style)
    document, path = composed(f"<div class='v' style='height: 40mm; width: 60mm'>{body}</div>")
    assert document.findings == ()
    (box,) = painted(path, GREEN)
    if style == "width: 50%; height: 20%":  # the drawing keeps its shape in it (SVG 2, 8.7)
        assert box[3] - box[1] == pytest.approx(8, abs=0.02)
        assert (box[0] + box[2]) / 2 == pytest.approx(70 - 15, abs=0.02)
    else:
        assert (box[2] - box[0], box[3] - box[1]) == pytest.approx(size, abs=0.02)
        assert box[2] == pytest.approx(70, abs=0.02)


@pytest.mark.parametrize(
    ("outer", "own", "right", "characters"),
    [
        ("height: 80mm", "height: 50%; width: 40mm", 40, 10),
        ("width: 100mm", "height: 40mm; width: 50%", 50, 10),
        ("height: 80mm; width: 100mm", "height: 75%; width: 25%", 25, 15),
        ("height: 80mm; width: 100mm; position: relative", "position: absolute; height: 50%; width: 50%", 50, 10),
    ],
)
def test_percentages_of_a_vertical_block(composed: Setter, outer: str, own: str, right: float, characters: int) -> None:
    document, path = composed(f"<div style='{outer}'><p class='v' style='{own}'>{'あ' * 31}</p></div>")
    assert document.findings == ()
    lines = lines_of(read_glyphs(path))
    assert len(lines[0]) == characters
    assert lines[0][0].line == pytest.approx(10 + right - FEED / 2, abs=0.05)


def test_the_structure_and_the_copied_text_have_all_in_order(
    composed: Setter, structure: Callable[[Path], Element]
) -> None:
    block = "<p style='writing-mode: horizontal-tb'>横の文。</p>"
    _, path = composed(
        f"<div class='v' style='height: 40mm'><p>前{picture(3, 3)}の文。</p>{block}<p>後の文。</p></div>"
    )
    tree = structure(path)
    assert [each.text for each in tree.every("P")] == ["前の文。", "横の文。", "後の文。"]
    assert [figure.alt for figure in tree.every("Figure")] == ["図"]
    with pypdfium2.PdfDocument(path) as pdf:
        copied = "".join(pdf[0].get_textpage().get_text_range().split())
    assert sorted(copied) == sorted("前の文。横の文。後の文。")
    assert "横の文。" in copied


def test_what_is_beyond_a_vertical_slot_is_told(composed: Setter) -> None:
    block = "<p style='writing-mode: horizontal-tb; width: 20mm'>横の文です</p>"
    body = "<div class='v' data-slot='a' style='height: 40mm; width: {}mm'><p>前の文。</p>{}</div>"
    assert composed(body.format(28, block))[0].findings == ()
    (found,) = composed(body.format(26, block))[0].findings
    assert found.code == "overset"
