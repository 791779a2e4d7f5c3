"""Drawings of drawing programs: their names are their own, their gradients are in inks, and what cannot be printed is
told in Japanese with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from koho_pdf.layout.art_inks import inked
from koho_pdf.layout.own_art import clashing, own, tidied
from koho_pdf.press.profile import Press, read_press

if TYPE_CHECKING:
    from tests.conftest import Edit, Told

ROOT = Path(__file__).parents[2]
ILLUSTRATOR = """\
<?xml version="1.0" encoding="utf-8"?>
<svg version="1.1" id="レイヤー_1" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"
 style="enable-background:new 0 0 9 9;" xml:space="preserve"><style type="text/css">
.st0{{fill:url(#SVGID_1_);}} .st1{{fill:{colour};enable-background:new;}}
</style><linearGradient id="SVGID_1_"><stop offset="0" style="stop-color:#FFFFFF"/>
<stop  offset="1" style="stop-color:{colour};stop-opacity:0.5"/></linearGradient>
<rect class="st0" width="9" height="9"/><circle class="st1" r="3"/></svg>
"""


@pytest.fixture(scope="module")
def press() -> Press:
    return read_press("offset-coated", ROOT / "press", ROOT)


def drawn(colour: str) -> str:
    return ILLUSTRATOR.format(colour=colour)


def test_a_drawing_has_names_of_its_own_and_gradients_in_inks(press: Press) -> None:
    made = inked(drawn("#c0392b").encode(), "sun", press)
    assert len(made.colours) == 2
    for each in ('id="sun-レイヤー_1"', ".sun-st0{fill:url(#sun-SVGID_1_)", 'class="sun-st1"', "#sun-SVGID_1_"):
        assert each in made.art
    assert 'stop-color="{{ colours.sun[0] }}" stop-opacity="0.5"/>' in made.art
    assert [each for each in ("enable-background", "style=", "#c0392b", '"st0') if each in made.art] == []


@pytest.mark.parametrize(
    ("css", "made"),
    [
        ("svg,path{x:y}", "svg.n-art,.n-art path{x:y}"),
        (".a.b:not(.c) > #d{x:url(#e)}", ".n-a.n-b:not(.n-c) > #n-d{x:url(#n-e)}"),
        ("@media print{.a{x:#fff}}", "@media print{.n-a{x:#fff}}"),
        ("<![CDATA[.a{x:y}]]>", "<![CDATA[.n-a{x:y}]]>"),
    ],
)
def test_whatever_its_style_sheet_says_of_it_holds_in_it_only(css: str, made: str) -> None:
    art = own(
        f'<svg><!-- id="x" --><style>{css}</style><use xlink:href="#d" href="a.svg"/><a clip-path="url(#e)"/></svg>',
        "n",
    )
    assert f"<style>{made}</style>" in art
    assert '<!-- id="x" -->' in art
    assert '<use xlink:href="#n-d" href="a.svg"/><a clip-path="url(#n-e)"/>' in art
    assert ('class="n-art"' in art) == ("n-art" in made)


def test_a_stops_style_goes_over_its_attribute() -> None:
    assert tidied('<stop stop-color="#fff" style="stop-color:#000;a:b" />') == '<stop style="a:b" stop-color="#000" />'


def test_names_that_clash_are_known(press: Press) -> None:
    one, other = drawn("#c0392b"), drawn("#1e824c")
    assert clashing(one + one) == ()
    assert set(clashing(one + other)) == {("st1", False), ("SVGID_1_", True)}
    assert clashing(one + '<svg><path class="st1"/></svg>') == (("st1", False),)
    names = {"sun": one, "sea": other}
    assert clashing("".join(inked(art.encode(), name, press).art for name, art in names.items())) == ()


def test_two_drawings_of_a_web_page_that_share_names_are_told(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    (layout / "art").mkdir()
    for name, colour in (("sun", "var(--ink)"), ("sea", "none")):
        art = drawn(colour).partition("?>\n")[2].replace("#FFFFFF", "none")
        (layout / "art" / f"{name}.svg").write_text(art, encoding="utf-8")
    edit(layout / "web.html", "<body>", '<body>{% include "art/sun.svg" %}{% include "art/sea.svg" %}')
    found = [each for each in told(tiny, "tiny", ("web",)) if each.code == "drawings-share-names"]
    assert [(each.where.file, each.where.line) for each in found] == [
        ("layouts/tiny/art/sea.svg", 3),
        ("layouts/tiny/art/sea.svg", 4),
    ]
    assert "クラス「st1」" in found[0].message
    assert "id「SVGID_1_」" in found[1].message


def test_styles_of_a_drawing_are_not_those_of_the_page(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    """What the drawing is made with is no mistake; what print cannot do is told where it is written."""
    (layout / "art").mkdir()
    style = (
        "fill:none;stroke-width:2;stop-color:black;enable-background:new;-inkscape-stroke:none;mix-blend-mode:normal"
    )
    art = f'<svg width="9" height="9" aria-hidden="true">\n<path style="{style}" d="M0 0"/></svg>'
    (layout / "art" / "a.svg").write_text(art, encoding="utf-8")
    edit(layout / "layout.html", "</p>", '</p>{% include "art/a.svg" %}')
    assert told(tiny, "tiny") == ()
    edit(layout / "art" / "a.svg", "mix-blend-mode:normal", "mix-blend-mode:multiply")
    (found,) = told(tiny, "tiny")
    assert (found.code, found.where.file, found.where.line) == ("css-not-understood", "layouts/tiny/art/a.svg", 2)
    assert "印刷では、色の重ね合わせ" in found.message


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (".words { font-wieght: 700 }", "そのような名前の指定はありません"),
        (".words { width: wide }", "値が読めません"),
        (".words { margin: 1mm 1mm 1mm 1mm 1mm }", "値が5個"),
        (".words { text-shadow: 1px 1px black }", "印刷では、文字に影は付けられません"),
        (".words { filter: blur(1px) }", "印刷では、ぼかしや色の加工はできません"),
        ('@font-face { font-family: "Neue"; src: url(neue.woff) }', "書体「Neue」は読めません"),
        (".words { font: caption }", "パソコンの書体の名前は使えません"),
        ("@page foo:bar { margin: 0 }", "「@page foo:bar」は使えません"),
        (".words { color: red; } }", "余った「}」"),
    ],
)
def test_what_the_engine_mutters_is_told_in_japanese_at_its_line(
    tiny: Path, layout: Path, told: Told, css: str, said: str
) -> None:
    with (layout / "layout.css").open("a", encoding="utf-8") as file:
        file.write(f"{css}\n")
    found = [each for each in told(tiny, "tiny") if each.code in ("css-not-understood", "engine-muttered")]
    assert found
    assert said in found[0].message
    for each in found:
        assert each.where.file == "layouts/tiny/layout.css"
        assert each.where.line == (None if "余った" in said else 3)
        assert not any(word in each.message for word in ("property", "cannot", "unknown", "エンジンの言葉"))
