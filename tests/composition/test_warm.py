"""What a session keeps from one composition to the next is not seen on the pages, and is not read again."""

from __future__ import annotations

from pathlib import Path
from random import Random
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
    "p + p { color: #a00 }",
    "p:first-child, li:nth-child(2) { font-weight: 700 }",
    "p:last-of-type { letter-spacing: 1mm }",
    "div:has(b) p { margin-left: 5mm }",
    "p:has(+ ul) { text-indent: 2em }",
    "h2 ~ p::before { content: '◆' }",
    "[class~=k] > p, p.k { background: #cde }",
    "p:empty { height: 3mm; background: #0a0 }",
    "div { width: 80vw; counter-increment: d } div::before { content: counter(d) '番' }",
    ".note { float: footnote } li::marker { color: #00f }",
    "p:first-line { color: #080 }",
    "table { border-collapse: collapse } td { border: 1pt solid; padding: 1mm }",
)
"""Rules by which an element looks as what is around it or in it does."""
PIECES = (
    "<p>春</p>",
    "<p class='k'>夏<b>海</b></p>",
    "<p></p>",
    "<h2>秋</h2>",
    "<ul><li>一</li><li>二</li></ul>",
    "<p style='color: #777'>冬<span class='note'>注</span></p>",
    "<table><tr><td>表</td><td>裏</td></tr></table>",
    "<p id='q' lang='en'>q</p>",
)


@pytest.mark.parametrize("seed", range(4))
def test_styles_are_those_of_a_single_composition(home: Path, tmp_path: Path, seed: int) -> None:
    """Pieces are put in, moved and changed, and sometimes the stylesheet or the size of the page."""
    random, warm = Random(seed), Warm()
    divisions = [[random.choice(PIECES[:7]) for _ in range(4)] for _ in range(3)]
    rules = random.sample(LOOKED_AT, 5)
    for step in range(12):
        division = random.choice(divisions)
        if step % 4 == 3:
            rules[random.randrange(5)] = random.choice(LOOKED_AT)
        elif random.random() < 0.5:
            division[random.randrange(4)] = random.choice(PIECES[:7])
        else:
            random.shuffle(division)
        body = "".join(f"<div class='{'kx'[at % 2]}'>{''.join(each)}</div>" for at, each in enumerate(divisions))
        size = "" if step % 6 else "@page { size: 120mm }"
        html = page(f"</p>{body}{PIECES[7]}<p>終", "", STYLE + size + " ".join(rules))
        alone, kept = composed(html, tmp_path, None), composed(html, tmp_path, warm)
        assert kept.findings == alone.findings
        assert page_pictures(kept.preview()) == page_pictures(alone.preview())


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
