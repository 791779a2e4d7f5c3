"""Pages of print drawn once more for a screen are, byte for byte, those that are composed for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from tinycss2.color5 import parse_color
from weasyprint.images import SVGImage

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import compose, drawn_art
from koho_pdf.composition.engine.recoloured import exchanged
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.layout.unpaged import NO_LINE, Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

Composed = Callable[[Galley], Document]
ROOT = Path(__file__).parents[2]
INKS = {"blue": "device-cmyk(1 0.2 0 0)", "red": "device-cmyk(0 1 0.6 0)", "line": NO_LINE, "bleed": "3.0"}
SHOWN = {"blue": "#0078be", "red": "#d7063b", "line": "currentcolor", "bleed": "0"}
LOOKS = """
@page { size: 100.0mm 120.0mm; margin: 0; bleed: BLEEDmm }
:root { --blue: BLUE; --red: RED }
@page { margin: 10mm; background: var(--blue); @bottom-center { content: counter(page); color: var(--red) } }
html { font-family: "BIZ UDGothic"; font-size: 9pt; line-height: 15pt; color: var(--blue) }
a { text-decoration: underline .05em LINE; text-underline-offset: .12em; color: inherit }
.tall { writing-mode: vertical-rl; height: 30mm; width: 30mm; border: 1mm double var(--red) }
.box { background: var(--red); border-left: 2mm dashed var(--blue); border-radius: 2mm; opacity: .8 }
.box { box-shadow: 1mm 1mm 0 var(--blue); text-emphasis: filled sesame var(--blue) }
table { border-collapse: collapse } td { border: .3mm solid var(--red) }
svg { width: 30mm; height: 10mm }
"""
WORDS = """
<h1>見出し</h1><p>本文の<ruby>留萌<rt>るもい</rt></ruby>と<a href="https://example.jp/">リンク</a>です。</p>
<div class="tall">縦組みの『文章』は、20日から。</div><p class="box">影のある枠</p>
<table><thead><tr><th>曜日</th></tr></thead><tbody><tr><td>月</td></tr></tbody></table>
<svg viewBox="0 0 30 10" role="img" aria-label="絵"><clipPath id="c"><circle cx="5" cy="5" r="4"/></clipPath>
<g clip-path="url(#c)"><rect width="30" height="10" fill="BLUE" fill-opacity=".5"/></g>
<path d="M12 2C14 0 16 8 18 4" fill="none" stroke="RED"/></svg>
<p style="break-before: page">次のページ</p>
"""


def galley(edition: str, colours: dict[str, str], words: str = WORDS, looks: str = LOOKS, about: str = "") -> Galley:
    style = f"<style>{looks}</style>"
    html = f'<!doctype html><html lang="ja"><head><title>見本</title>\n{about}{style}</head><body>{words}</body></html>'
    for name, colour in colours.items():
        html = html.replace(name.upper(), colour)
    folder = ROOT / "layouts" / "policy-leaflet"
    return Galley(edition, html, folder, (folder,), read_press("offset-coated", ROOT / "press", ROOT))


@pytest.fixture
def composed(home: Path) -> Composed:
    def compose_it(made: Galley) -> Document:
        return compose(made, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), ROOT, home / "cache")

    return compose_it


def test_the_screen_drawn_from_the_pages_of_print_is_the_screen_composed(composed: Composed) -> None:
    about = '<meta name="description" content="何の号か">\n<meta name="keywords" content="留萌, 号">\n'
    screen = galley("screen", SHOWN, about=about)
    printed = composed(galley("print", INKS))
    before = printed.write()
    again, apart = printed.again(screen), composed(screen)
    assert again is not None
    assert (again.edition, again.pages, again.placed, again.sizes) == ("screen", 2, apart.placed, apart.sizes)
    assert again.findings == apart.findings
    assert again.write() == apart.write()
    assert printed.write() == before  # and nothing of it is left in those of print


def test_a_link_is_underlined_on_a_screen_only(composed: Composed) -> None:
    looks = LOOKS.partition(".tall")[0]
    printed = composed(galley("print", INKS, "<p><a href='https://example.jp/'>留萌</a></p>", looks))
    shown = printed.again(galley("screen", SHOWN, "<p><a href='https://example.jp/'>留萌</a></p>", looks))
    assert shown is not None
    assert [_strokes(each.write()) for each in (printed, shown)] == [0, 1]


def _strokes(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return sum(str(each.operator) == "S" for page in opened.pages for each in pikepdf.parse_content_stream(page))


@pytest.mark.parametrize(
    ("words", "looks", "colours"),
    [
        (WORDS.replace("次の", "後の"), LOOKS, SHOWN),
        (WORDS + " ", LOOKS, SHOWN),
        (WORDS, LOOKS.replace("9pt", "9.1pt"), SHOWN),
        (WORDS, LOOKS + "p { bleed: 3mm }", SHOWN),
        (WORDS.replace('fill="BLUE"', 'fill="#0078bf"'), LOOKS, SHOWN),  # one ink in two colours
        (WORDS.replace('fill="BLUE"', 'fill="device-cmyk(1 .2 0 0)"'), LOOKS, SHOWN),
        (WORDS.replace("LINE", "blue"), LOOKS.replace("LINE", "#000"), SHOWN),
    ],
)
def test_pages_that_differ_in_more_than_colours_are_composed(
    composed: Composed,
    words: str,
    looks: str,
    colours: dict[str, str],
) -> None:
    assert composed(galley("print", INKS)).again(galley("screen", colours, words, looks)) is None


@pytest.mark.parametrize(
    ("words", "looks"),
    [
        ("<p>紙</p>", "p { background: url(a.png) }"),
        ("<p>紙</p>", "p { background: linear-gradient(BLUE, RED) }"),
        ('<svg viewBox="0 0 9 9"><image href="a.png"/></svg>', ""),
    ],
)
def test_grounds_and_gradients_are_composed_for_their_edition(words: str, looks: str) -> None:
    looks = LOOKS + looks
    assert exchanged(galley("print", INKS, "<p>紙</p>"), galley("screen", SHOWN, "<p>紙</p>")) is not None
    assert exchanged(galley("print", INKS, words, looks), galley("screen", SHOWN, words, looks)) is None


TIDE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}
<rect width="40" height="20" fill="#182147"/><path d="M0 12C10 6 20 16 40 9V20H0" fill="#1b7c6b" opacity="{}"/></svg>"""
FADES = '<linearGradient id="g"><stop stop-color="#fab113"/><stop offset="1" stop-color="#fff"/></linearGradient>'


DIM = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#000000"/>
<path d="M0 12H40V20H0" fill="#231815" stroke="#ff0000"/><circle cx="9" cy="9" r="4" fill="#0a0a0a"/></svg>"""


def test_colours_of_the_same_inks_are_told_apart_on_a_screen(
    composed: Composed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three blacks of a screen are black ink alone in print; the drawing is not read anew for the screen."""
    issue = tmp_path / "issue"
    issue.mkdir()
    (issue / "dim.svg").write_text(DIM)
    shown = f'<img src="{(issue / "dim.svg").as_uri()}" alt="絵" style="width: 20mm">'

    def with_issue(made: Galley) -> Galley:
        return replace(made, reach=(*made.reach, made.folder, issue))

    printed = composed(with_issue(galley("print", INKS, WORDS + shown)))
    screen = with_issue(galley("screen", SHOWN, WORDS + shown))
    printed.write()
    apart = composed(screen).write()
    again = printed.again(screen)
    assert again is not None
    monkeypatch.setattr(SVGImage, "draw", drawn_art.once_drawn(_not_drawn))
    assert again.write() == apart


def _not_drawn(*_: object) -> None:
    pytest.fail("drawn anew")


def test_pictures_are_those_of_the_screen(composed: Composed, tmp_path: Path) -> None:
    """Drawings that are written again in other colours, one that is not (a gradient), and photographs; each twice."""
    issue = tmp_path / "issue"
    issue.mkdir()
    (issue / "tide.svg").write_text(TIDE.format("", 1))
    (issue / "haze.svg").write_text(TIDE.format("", 0.5))
    (issue / "glow.svg").write_text(TIDE.format(FADES, 1).replace('"#182147"', '"url(#g)"'))
    Image.new("RGB", (40, 20), (12, 120, 90)).save(issue / "sea.png")
    Image.new("RGB", (60, 20), (200, 90, 40)).save(issue / "dusk.jpg")
    names = ("tide.svg", "sea.png", "haze.svg", "glow.svg", "dusk.jpg", "tide.svg", "sea.png")
    shown = "".join(f'<img src="{(issue / name).as_uri()}" alt="絵" style="width: 20mm">' for name in names)
    icon = '<svg viewBox="0 0 9 9"><symbol id="s" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3" fill="RED"/></symbol>'
    icon += '<use href="#s" width="5" height="5"/><use href="#s" x="3" width="4" height="4" opacity=".5"/></svg>'

    def with_issue(made: Galley) -> Galley:
        return replace(made, reach=(*made.reach, made.folder, issue))

    printed = composed(with_issue(galley("print", INKS, WORDS + shown + icon)))
    screen = with_issue(galley("screen", SHOWN, WORDS + shown + icon))
    before = printed.write()
    again, apart = printed.again(screen), composed(screen)
    assert again is not None
    assert again.write() == apart.write()
    assert printed.write() == before


@pytest.mark.parametrize("ink", ["0 0.76 0.85 0", "1 .2 0 0", "10% 0 0 0", "2 0 0 0", "0,0,0,1", "0 0 0 1.0"])
def test_inks_are_found_as_the_engine_reads_them(ink: str) -> None:
    written = f"<style>device-cmyk({ink})"
    shown = replace(galley("screen", SHOWN), html="<style>#0078be")
    palette = exchanged(replace(galley("print", INKS), html=written), shown)
    assert palette is not None
    assert {key: tuple(each.coordinates) for key, each in palette.items()} == {
        tuple(parse_color(f"device-cmyk({ink})").coordinates): tuple(parse_color("#0078be").coordinates)
    }


def test_a_colour_of_the_text_around_it_is_not_the_colour_of_an_ink() -> None:
    words = "<p style='color: BLUE'>紙</p>"
    assert exchanged(galley("print", INKS, words), galley("screen", SHOWN | {"blue": "currentcolor"}, words)) is None
