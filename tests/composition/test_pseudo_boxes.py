"""``::marker`` and ``::first-letter`` of a layout's CSS: the right result or a finding, and the engine never stops."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from tests.composition.conftest import Composed, read_page

from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

ROOT = Path(__file__).parents[2]
LINE = "港で祭りをひらきます。"
DOWN = "<div style='writing-mode: vertical-rl; height: 300pt'>{}</div>"
LISTS = f"<ul><li>{LINE}</li></ul><ol><li><p>二</p></li></ol>" + DOWN.format("<ol><li>三</li></ol>")


def said(path: Path) -> str:
    return "".join(glyph.text for glyph in read_page(path)[0])


@pytest.mark.parametrize(
    ("content", "signs"),
    [
        ('"●"', "●●●"),
        ('"（" counter(list-item) "）"', "（1）（1）（1）"),
        ("none", ""),
        ('""', ""),
        ("attr(data-no)", ""),
    ],
)
def test_the_sign_of_a_list_is_what_the_layout_says(composed: Composed, content: str, signs: str) -> None:
    words = said(composed(LISTS, f"li::marker {{ content: {content} }}"))
    for each in (LINE, "二", "三"):
        assert each in words
        words = words.replace(each, "")
    assert sorted(words) == sorted(signs)


def test_a_sign_stands_outside_before_its_item(composed: Composed) -> None:
    glyphs, _ = read_page(composed(f"<ul><li>{LINE}</li></ul>", 'li::marker { content: "●" }'))
    glyphs.sort(key=lambda glyph: glyph.left)
    assert [glyph.text for glyph in glyphs[:2]] == ["●", "港"]
    assert glyphs[0].right <= glyphs[1].left + 0.1
    assert glyphs[0].baseline == pytest.approx(glyphs[1].baseline, abs=0.1)


LETTER = "p::first-letter, li::first-letter {{ {} }}"
FIRST = {
    "plain": (f"<p>{LINE}</p>", "港"),
    "bracket": (f"<p>「{LINE}</p>", "「港"),
    "one letter": ("<p>港</p>", "港"),
    "in an element": (f'<p><a href="https://example.jp">港</a>{LINE}</p>', "港"),
    "an item": (f"<ul><li>{LINE}</li><li>二</li></ul>", "港二"),
    "columns": (f'<div style="columns: 2"><p>{LINE * 9}</p></div>', "港"),
    "flex": (f'<div style="display: flex"><p>{LINE}</p></div>', "港"),
    "vertical": (DOWN.format(f"<p>{LINE}</p>"), "港"),
    "behind a break": (f"<p><br>{LINE}</p>", ""),
    "behind a box": (f'<p><span style="display: inline-block">箱</span>{LINE}</p>', ""),
}


@pytest.mark.parametrize("style", ["font-size: 24pt", "float: left; font-size: 40pt; line-height: 40pt"])
@pytest.mark.parametrize("name", FIRST)
def test_the_first_letter_is_set_once_and_no_word_is_lost(composed: Composed, name: str, style: str) -> None:
    body, letters = FIRST[name]
    glyphs, _ = read_page(composed(body, LETTER.format(style)))
    large = [glyph.text for glyph in glyphs if glyph.em > 20]
    if name == "vertical":  # the next character stands so far below
        large = [one.text for one, other in pairwise(glyphs) if 16 < abs(one.baseline - other.baseline) < 100][:1]
    assert "".join(large) == letters
    plain = said(composed(body))
    assert sorted("".join(glyph.text for glyph in glyphs)) == sorted(plain)


def test_a_first_letter_with_a_reading_is_told_to_the_designer(home: Path, tmp_path: Path) -> None:
    layout = tmp_path / "layouts" / "mihon"
    layout.mkdir(parents=True)
    css = "p { margin: 0 }\np::first-letter { font-size: 24pt }\n"
    (layout / "layout.css").write_text(css, encoding="utf-8")
    faces = f'html {{ font-family: "BIZ UDGothic"; font-size: 12pt }}{css}'
    html = f"<html lang='ja'><style>{faces}</style><p><ruby>港<rt>みなと</rt></ruby>で祭りをひらきます。</p></html>"
    galley = Galley("screen", html, layout, (layout,), read_press("offset-coated", ROOT / "press", ROOT))
    document = compose(galley, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), tmp_path, home / "cache")
    (found,) = [each for each in document.findings if each.code == "first-letter-not-set"]
    assert (found.where.file, found.where.line) == ("layouts/mihon/layout.css", 2)
    assert "港" in found.message
    assert document.write().startswith(b"%PDF")
