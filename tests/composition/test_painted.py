"""No text is lost on its way to paper: overset text is counted to the character, other lost text is told with its
words.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.composition.conftest import CSS, ROOT
from tests.conftest import read_marks

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.errors import LayoutError
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

Laid = Callable[..., Document]

FOOT = "left: 0; top: 600pt; width: 240pt; height: 60pt"  # 20 characters x 3 lines, the last at the margin's edge
PLACES = {
    "absolute": f"position: absolute; {FOOT}",
    "fixed": f"position: fixed; {FOOT}",
    "absolute, held by its foot": "position: absolute; left: 0; bottom: 0; width: 240pt; height: 60pt",
    "absolute flex": f"position: absolute; display: flex; {FOOT}",
    "absolute grid": f"position: absolute; display: grid; {FOOT}",
    "absolute in columns": "position: absolute; left: 0; top: 0; width: 288pt; columns: 2; column-gap: 48pt;"
    " height: 60pt",
    "float": "float: left; width: 240pt; height: 60pt",
    "flow": "width: 240pt; height: 60pt",
    "flow flex": "display: flex; width: 240pt; height: 60pt",
    "flow grid": "display: grid; width: 240pt; height: 60pt",
    "table cell": "display: table-cell; width: 240pt; height: 60pt",
    "table": "display: table; width: 240pt; height: 60pt",
    "no higher than": "width: 240pt; max-height: 60pt",
    "inline-block": "display: inline-block; width: 240pt; height: 60pt",
    "vertical": "position: absolute; left: 0; top: 440pt; width: 60pt; height: 240pt; writing-mode: vertical-rl",
}
"""Slots of 60 characters."""


@pytest.fixture
def laid(home: Path) -> Laid:
    """``laid(body, css)``: some HTML on pages, with or without findings."""

    def lay(body: str, css: str = "") -> Document:
        folder = ROOT / "layouts" / "policy-leaflet"
        shared = (ROOT / "layouts" / "_shared" / "text.css").read_text(encoding="utf-8")
        head = f"<head><title>見本</title><style>{CSS}{shared}{css}</style></head>"
        html = f'<!doctype html><html lang="ja">{head}<body>{body}</body></html>'
        galley = Galley("screen", html, folder, (folder,), read_press("offset-coated", ROOT / "press", ROOT))
        return compose(galley, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), ROOT, home / "cache")

    return lay


def drawn(document: Document) -> str:
    with pikepdf.open(BytesIO(document.write())) as pdf:
        return "".join(mark.text for page in pdf.pages for mark in read_marks(page))


@pytest.mark.parametrize("place", PLACES)
def test_what_a_slot_lacks_room_for_is_counted_to_the_character(laid: Laid, place: str) -> None:
    words = '<div class="s" data-slot="s" data-field="closing.0">{}</div>'
    assert laid(words.format("字" * 60), f".s {{ {PLACES[place]} }}").findings == ()
    document = laid(words.format("字" * 871), f".s {{ {PLACES[place]} }}")
    (found,) = document.findings
    assert (found.code, found.where.field) == ("overset", "closing.0")
    assert "約811字あふれています" in found.message
    assert drawn(document) == "字" * 871


@pytest.mark.parametrize(
    "holder", ["display: flex", "display: grid", "float: left", "columns: 1", "display: table-cell"]
)
def test_a_slot_is_counted_in_whatever_it_stands(laid: Laid, holder: str) -> None:
    slot = f'<div class="s" data-slot="s" data-field="closing.0">{"字" * 871}</div>'
    (found,) = laid(f'<section style="{holder}">{slot}</section>', ".s { width: 240pt; height: 60pt }").findings
    assert "約811字あふれています" in found.message


@pytest.mark.parametrize("way", ["display: block", "display: flex", "display: grid", "float: left"])
def test_a_slot_in_the_flow_goes_to_the_next_page_whole(laid: Laid, way: str) -> None:
    slot = f'<div class="s" data-slot="s">{"字" * 60}</div>'
    document = laid("<p>行</p>" * 33 + slot, f".s {{ width: 240pt; height: 60pt; {way} }}")
    assert document.findings == ()
    with pikepdf.open(BytesIO(document.write())) as pdf:
        assert ["".join(mark.text for mark in read_marks(page)).count("字") for page in pdf.pages] == [0, 60]


@pytest.mark.parametrize("align", ["left", "right", "center"])
def test_a_line_beyond_its_measure_is_told_on_whichever_side(laid: Laid, align: str) -> None:
    css = f".s {{ width: 240pt; height: 20pt; margin: 0 60pt; white-space: nowrap; text-align: {align} }}"
    (found,) = laid(f'<p class="s" data-slot="s">{"字" * 24}</p>', css).findings
    assert found.code == "overset"
    assert "約4字あふれています" in found.message


def test_a_line_that_begins_with_a_bracket_is_within_its_measure(laid: Laid) -> None:
    css = ".s { width: 240pt; height: 40pt; text-align: justify }"
    assert laid(f'<p class="s" data-slot="s">「{"字" * 18}」と「字」</p>', css).findings == ()


def test_a_display_line_near_the_foot_is_drawn_whole_and_told_once(laid: Laid) -> None:
    face = "font-size: 30pt; line-height: 40pt"
    css = f"@page {{ margin: 0 }} .d {{ position: absolute; left: 40pt; top: 780pt; width: 300pt; {face} }}"
    document = laid('<p class="d" data-field="title">港のまつりと花火の夕べ二日間つづけて開く</p>', css)
    (found,) = document.findings
    assert (found.code, found.where.field) == ("text-off-page", "title")
    assert drawn(document) == "港のまつりと花火の夕べ二日間つづけて開く"


LOST = {
    "float": ('<div class="s">{}</div>', ".s { float: left; width: 240pt }"),
    "float of columns": ('<div class="s">{}</div>', ".s { float: left; width: 300pt; columns: 2 }"),
    "fixed height, no slot": ('<div class="s">{}</div>', ".s { width: 240pt; height: 60pt }"),
    "line-clamp": ('<div class="s">{}</div>', ".s { width: 240pt; line-clamp: 2 }"),
    "running": ('<p>本文</p><div class="s">{}</div>', ".s { position: running(head) }"),
    "footnote of an absolute box": (
        '<div style="position: absolute; width: 300pt"><p>本文<span class="s">{}</span></p></div>',
        ".s { float: footnote } .s::footnote-marker, .s::footnote-call { content: none }",
    ),
    "break in an absolute box": (
        '<div style="position: absolute; width: 300pt"><p style="break-after: page">本文</p><p class="s">{}</p></div>',
        "",
    ),
    "no size": ('<p>本文</p><div class="s">{}</div>', ".s { font-size: 0 }"),
}


@pytest.mark.parametrize("kind", LOST)
def test_what_the_engine_has_no_place_for_is_told(laid: Laid, kind: str) -> None:
    body, css = LOST[kind]
    words = "".join(f"{number:03d}字" for number in range(500))
    document = laid(body.replace('class="s"', 'class="s" data-field="lead"').format(words), css)
    found = next(each for each in document.findings if each.code == "text-lost")
    assert (found.where.file, found.where.field) == ("layouts/policy-leaflet/layout.html", "lead")
    there = drawn(document).replace("本文", "").removesuffix("…")
    missing = words[len(there) :]
    assert words.startswith(there[:12])
    assert f"「{missing[:12]}」（lead）など{len(missing)}字が" in found.message


@pytest.mark.parametrize(
    "css", ["visibility: hidden", "opacity: 0", "color: transparent", "transform: scale(0)", "color: #ff000000"]
)
def test_what_takes_room_and_is_not_to_be_seen_is_told(laid: Laid, css: str) -> None:
    (found,) = laid(f'<p data-field="lead" style="{css}">見えない<b>文字</b></p><p>見える</p>').findings
    assert (found.code, found.where.field, found.where.page) == ("text-unpainted", "lead", 1)
    assert "「見えない文字」（lead）など6字" in found.message
    assert found.where.file == "layouts/policy-leaflet/layout.css"


def test_what_is_on_a_page_and_not_drawn_stops_the_file(laid: Laid, monkeypatch: pytest.MonkeyPatch) -> None:
    document = laid('<p data-field="lead">絵かき</p><p>見える</p>')
    assert document.findings == ()
    from weasyprint import draw

    draw_text = draw.draw_text
    monkeypatch.setattr(
        draw, "draw_text", lambda stream, box, *more: None if "絵" in box.text else draw_text(stream, box, *more)
    )
    with pytest.raises(LayoutError) as caught:
        document.write()
    (found,) = caught.value.findings
    assert (found.code, found.where.field) == ("text-unpainted", "lead")


ALL_THERE = {
    "a table whose head is repeated": (
        "<table><thead><tr><th>頭</th></tr></thead><tbody>" + "<tr><td>字</td></tr>" * 90 + "</tbody></table>",
        "",
    ),
    "a fixed line on each page": ('<p class="s">柱</p>' + "<p>字</p>" * 90, ".s { position: fixed; top: -40pt }"),
    "a running title": (
        '<p class="s">柱の題</p>' + "<p>字</p>" * 90,
        ".s { position: running(head) } @page { @top-left { content: element(head) } }",
    ),
    "soft hyphens": (f"<p>{'hyphen&shy;ation ' * 90}</p>", "p { width: 130pt }"),
    "a first letter": ("<p>初めの字</p>", "p::first-letter { font-size: 24pt }"),
    "ruby, kenten, notes": (
        '<p>{}<ruby>留萌<rt>るもい</rt></ruby>で<span class="kenten">点</span>（<small class="warichu">割注の語'
        "</small>）</p>",
        ".warichu { font-size: 7pt }",
    ),
    "footnotes on the next page": (
        "<p>字</p>" * 29 + '<p>本文<span class="s">注の文</span></p>' + "<p>字</p>" * 29,
        ".s { float: footnote }",
    ),
    "capitals": ("<p>koho と letters</p>", "p { text-transform: uppercase }"),
    "page numbers of other pages": (
        '<p class="s"><a href="#t">あとの章</a></p>' + "<p>字</p>" * 90 + '<p id="t">章</p>',
        ".s a::after { content: target-counter(attr(href), page) }",
    ),
    "a vertical block": (
        '<div class="s">縦の文12と<b>太い</b>字</div>',
        ".s { writing-mode: vertical-rl; height: 60pt }",
    ),
    "a list": ("<ol><li>一つ</li><li>二つ</li></ol>", ""),
    "spaces": ("<p>字　字  字&nbsp;字\n　字</p><p> </p>", "p { width: 24pt }"),
}


@pytest.mark.parametrize("kind", ALL_THERE)
def test_what_is_there_is_not_missed(laid: Laid, kind: str) -> None:
    body, css = ALL_THERE[kind]
    document = laid(body, css)
    assert not {each.code for each in document.findings} & {"text-lost", "text-unpainted"}
    document.write()


COLUMNS = {
    "absolute": "position: absolute; left: 0; top: 0",
    "float": "float: left",
    "inline-block": "display: inline-block",
    "flex item": "",
    "grid item": "",
    "table cell": "display: table-cell",
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_columns_are_columns_wherever_they_stand(laid: Laid, kind: str) -> None:
    holder = {"flex item": "display: flex", "grid item": "display: grid"}.get(kind, "")
    css = f"section {{ {holder} }} .s {{ width: 288pt; columns: 2; column-gap: 48pt; {COLUMNS[kind]} }}"
    document = laid(f'<section><div class="s" data-field="lead">{"字" * 40}</div></section>', css)
    assert document.findings == ()
    with pikepdf.open(BytesIO(document.write())) as pdf:
        starts = {(round(mark.place[4]), round(mark.place[5])) for mark in read_marks(pdf.pages[0])}
    (left, right) = sorted({x for x, _ in starts})
    assert right - left == 168
    assert len({y for _, y in starts}) == 2


def test_columns_are_read_aloud_as_those_in_the_flow_are(laid: Laid, structure: Any, tmp_path: Path) -> None:
    read = []
    for way in ("static", "absolute"):
        css = f".s {{ position: {way}; width: 288pt; columns: 2; column-gap: 48pt }}"
        document = laid(f'<div class="s"><p>{"字" * 40}</p><p>つぎ</p></div>', css)
        path = tmp_path / f"{way}.pdf"
        path.write_bytes(document.write())
        read.append([(each.kind, each.text) for each in structure(path).walk()])
    assert read[0] == read[1]


def test_a_title_that_runs_in_the_margin_is_an_artifact(laid: Laid, structure: Any, tmp_path: Path) -> None:
    document = laid(*ALL_THERE["a running title"])
    path = tmp_path / "running.pdf"
    path.write_bytes(document.write())
    assert structure(path).text == "字" * 90
