"""What a session keeps from one composition to the next is not seen on the pages, and is not read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import compose
from koho_pdf.composition.engine.few import Few
from koho_pdf.composition.engine.kept_art import taken_out
from koho_pdf.composition.engine.warm import Warm
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.editions.page_pictures import page_pictures
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.reader import read
from koho_pdf.press.profile import read_press

ROOT = Path(__file__).parents[2]
ART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" role="img"><title>丘</title><linearGradient id="g">'
    '<stop offset="0" stop-color="#246"/><stop offset="1" stop-color="#9cf"/></linearGradient>'
    '<rect width="20" height="10" fill="url(#g)"/><path d="M0 8L20 3V10H0z" fill="#264" opacity=".6"/></svg>'
)
OTHER = ART.replace('"g"', '"h"').replace("#g", "#h")
STYLE = 'html { font-family: "BIZ UDGothic" } svg { width: 60mm } @page { size: 100mm; margin: 10mm }'


def page(words: str, art: str = ART, style: str = STYLE) -> str:
    return (
        f'<!doctype html><html lang="ja"><head><title>一</title><style>{style}</style></head>'
        f"<body><p>{words}</p>{art}<p>{OTHER}</p></body></html>"
    )


def composed(html: str, cache: Path, warm: Warm | None) -> Document:
    press = read_press("offset-coated", ROOT / "press", ROOT)
    galley = Galley("screen", html, ROOT / "layouts" / "specimen", (ROOT / "layouts",), press)
    return compose(galley, read_faces(ROOT / "fonts", ROOT), read(ROOT / "koho.yaml", ROOT), ROOT, cache, warm)


def test_pages_of_a_session_are_those_of_a_single_composition(home: Path, tmp_path: Path) -> None:
    """Words, styles and art that change and come back; drawn, and drawn once more."""
    warm = Warm()
    vertical = STYLE + " p { writing-mode: vertical-rl; height: 40mm }"
    small = ART.replace("20 10", "40 20")
    for html in (
        page("春"),
        page("夏が来た"),
        page("夏", small),
        page("秋の、雨", style=vertical),
        page("春"),
        page("春", ""),
    ):
        alone = composed(html, tmp_path, None)
        kept = composed(html, tmp_path, warm)
        assert kept.findings == alone.findings
        assert page_pictures(kept.preview()) == page_pictures(alone.preview())
        assert page_pictures(kept.preview()) == page_pictures(alone.write())


LOOKED_AT = (
    ("p + p { color: #a00 }", "<p>春</p><h2>夏</h2><p>秋</p>", "<p>春</p><p>夏</p><p>秋</p>"),
    ("p:nth-child(2) { color: #a00 }", "<p>春</p><p>夏</p><p>秋</p>", "<h2>初</h2><p>春</p><p>夏</p>"),
    ("p:last-of-type { color: #a00 }", "<p>春</p><p>夏</p><h2>秋</h2>", "<p>春</p><h2>夏</h2><h2>秋</h2>"),
    ("div:has(b) p { margin-left: 9mm }", "<p>春</p><p>夏</p>", "<p>春</p><p><b>夏</b></p>"),
    ("p:has(+ ul li) { color: #a00 }", "<p>春</p><ul></ul>", "<p>春</p><ul><li>夏</li></ul>"),
    ("p:empty { height: 9mm; background: #0a0 }", "<p>春</p><p>夏</p>", "<p>春</p><p></p>"),
    (".k > p { color: #a00 }", "<div><p>春</p></div>", "<div class='k'><p>春</p></div>"),
    (
        "@page w { size: 60mm } .w { page: w } b { display: block; width: 80vw; background: #cde }",
        "<section><h2>春</h2></section><div><b>夏</b></div>",
        "<section><h2 class='w'>春</h2></section><div><b>夏</b></div>",
    ),
    (
        "html { overflow: hidden } h2 { position: absolute; left: -9mm; width: 30mm; background: #cde }",
        "<p>春</p><h2>夏</h2>",
        "<p>秋</p><h2>夏</h2>",
    ),
    ("i { float: footnote }", "<p>春<i>夏</i></p>", "<p>春は<i>夏</i></p>"),
    (
        "li { list-style: decimal outside; margin-left: 20mm } li::marker { color: #a00 }",
        "<ul><li>春</li></ul>",
        "<ul><li>夏</li></ul>",
    ),
    ("table { border: 1mm solid }", "<table><tr><td>春</table>", "<table><tr><td>夏</table>"),
)
"""Rules by which an element looks as what is in it or around it does, or whose style the engine changes."""


@pytest.mark.parametrize(("rule", "before", "after"), LOOKED_AT)
def test_styles_are_those_of_a_single_composition(
    home: Path, tmp_path: Path, rule: str, before: str, after: str
) -> None:
    warm, seen = Warm(), []
    for inside in (before, after, before):
        html = page(f"</p><div>{inside}</div><p>", "", STYLE + rule)
        alone, kept = composed(html, tmp_path, None), composed(html, tmp_path, warm)
        seen.append(page_pictures(kept.preview()))
        assert kept.findings == alone.findings
        assert seen[-1] == page_pictures(alone.preview())
    assert seen[0] == seen[2] != seen[1]


def test_styles_are_found_once(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also beside a word that is another; where the elements are others, those around them are found."""
    import cssselect2

    warm, asked = Warm(), list[str]()
    style = f"{STYLE} p + p {{ color: #123 }} a:not(:has(b)) {{ color: #00f }}"
    composed(page("春", style=style), tmp_path, warm)
    match = cssselect2.Matcher.match

    def noted(self: object, element: Any) -> object:
        asked.append(element.local_name)
        return match(self, element)

    monkeypatch.setattr(cssselect2.Matcher, "match", noted)
    composed(page("夏", style=style), tmp_path, warm)
    assert asked == []
    composed(page("夏<a href='#'>山</a>", style=style), tmp_path, warm)
    assert set(asked) == {"a"}


def test_styles_and_art_are_read_once(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint.css
    import weasyprint.html

    warm = Warm()
    composed(page("春"), tmp_path, warm)
    made: list[str] = []
    for module, name in ((weasyprint.html, "SVGImage"), (weasyprint.css, "CSS")):
        original = getattr(module, name)

        def noted(*given: object, original: object = original, name: str = name, **more: object) -> object:
            made.append(name)
            return original(*given, **more)  # type: ignore[operator]

        monkeypatch.setattr(module, name, noted)
    composed(page("夏"), tmp_path, warm)
    assert made == []
    composed(page("夏", style=STYLE + "p { color: #123 }"), tmp_path, warm)
    assert made == ["CSS"]


def test_what_is_wrong_with_a_kept_style_or_art_is_told_each_time(home: Path, tmp_path: Path) -> None:
    warm = Warm()
    broken = page("春", ART.replace("M0 8L", "M0 8Lx"), STYLE + "p { colour: red }")
    first, second = (composed(broken, tmp_path, warm) for _ in range(2))
    assert [each.code for each in first.findings] == [each.code for each in second.findings]
    assert "css-not-understood" in {each.code for each in first.findings}


def test_only_art_that_depends_on_its_text_alone_is_taken_out() -> None:
    """Art with words, pictures, styles, or addresses of other files is read with its page."""
    warm = Warm()
    assert taken_out(f"<p>{ART}</p>", warm).count("<rect") == 0
    assert "<title>丘</title></svg>" in taken_out(ART, warm)
    nested = f"<svg>{ART}</svg>"
    assert "<rect" in taken_out(nested, warm)  # its title is not its own
    words = "<text>字</text>", "<title>二</title>", "<style>a{}</style>"
    for more in (*words, '<image href="a.png"/>', '<use href="b.svg#c"/>'):
        assert taken_out(ART.replace("<rect", f"{more}<rect"), warm) == ART.replace("<rect", f"{more}<rect")
    assert taken_out(f"<!-- {ART} -->", warm) == f"<!-- {ART} -->"
    assert taken_out("<svg><rect>", warm) == "<svg><rect>"


def test_a_few_are_kept() -> None:
    few = Few[list[str]](2)
    made = [(few.of(key, list)) for key in "abacab"]
    assert made[0] is made[2] is made[4]
    assert made[1] is not made[5]
