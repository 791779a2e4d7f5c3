"""SVG files read: what everyday programs write is drawn, what is hostile or cannot be printed is refused, quickly."""

# ruff: noqa: E501 - files as programs write them

from __future__ import annotations

import re
from xml.etree.ElementTree import fromstring

import pytest

from koho_pdf.media.drawings import begins_as_drawing, drawing_of
from koho_pdf.media.line_art import Undrawable

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RECT = '<rect width="10" height="10"/>'


def svg(inner: str = RECT, more: str = 'viewBox="0 0 20 10"') -> bytes:
    return f"<svg {NS} {more}>{inner}</svg>".encode()


def drawn(inner: str = RECT, more: str = 'viewBox="0 0 20 10"') -> str:
    """The drawing of it, without the head of the file; it is the same when it is written again."""
    made = drawing_of(svg(inner, more)).written()
    assert drawing_of(made).written() == made
    assert begins_as_drawing(made)
    return re.sub(r"^<svg[^>]*>|</svg>$", "", made.decode().strip())


ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/"> <!ENTITY ns_svg "http://www.w3.org/2000/svg">]>
<svg xmlns:i="&ns_ai;" xmlns="&ns_svg;" x="0px" y="0px" viewBox="0 0 20 10" style="enable-background:new 0 0 20 10;">
<style type="text/css">.st0{fill:#E60012;} .st1{fill:none;stroke:#231815;stroke-width:2;}</style>
<switch><foreignObject requiredExtensions="&ns_ai;" width="1" height="1"/>
<g i:extraneous="self"><path class="st0" d="M0,0h5v5z"/><line class="st1" x1="1" y1="2" x2="3" y2="4"/></g></switch></svg>
"""
EVERYDAY = {
    "classes": (
        '<style>.a{fill:#E60012} rect.a{fill:blue} #x{fill:green !important}</style>'
        '<rect class="a" width="1" height="1"/><circle class="a" r="1"/><rect id="x" style="fill:red" width="1" height="1"/>',
        '<rect width="1" height="1" fill="#0000ff" /><circle r="1" fill="#e60012" /><rect width="1" height="1" fill="#008000" />',
    ),
    "the colour around it": (
        '<g color="#0a0"><path fill="currentColor" d="M0 0h1v1z"/></g>',
        '<g><path d="M0 0h1v1z" fill="#00aa00" /></g>',
    ),
    "inks": (
        '<rect fill="device-cmyk(0 1 0.5 0)" width="1" height="1"/>'
        '<rect fill="#CD853F icc-color(cmyk, 0.11, 0.48, 0.83, 0)" width="1" height="1"/>',
        '<rect width="1" height="1" fill="device-cmyk(0 1 0.5 0)" />'
        '<rect width="1" height="1" fill="device-cmyk(0.11 0.48 0.83 0)" />',
    ),
    "opacity in a colour": (
        '<rect fill="rgba(255,0,0,.5)" fill-opacity="50%" width="1" height="1"/>',
        '<rect width="1" height="1" fill="#ff0000" fill-opacity="0.25" />',
    ),
    "what it stands for": (
        '<defs><path id="p" d="m0 0 1 1z"/></defs><use xlink:href="#p" x="3" fill="red"/>',
        '<g fill="#ff0000" transform="translate(3 0)"><path d="m0 0 1 1z" /></g>',
    ),
    "what it stands for, again in another colour": (
        '<defs><path id="p" d="m0 0 1 1z" fill="currentColor"/></defs>'
        '<use xlink:href="#p" color="red"/><use xlink:href="#p" color="blue"/><use xlink:href="#p" color="red" x="3"/>',
        '<g><path d="m0 0 1 1z" fill="#ff0000" /></g><g><path d="m0 0 1 1z" fill="#0000ff" /></g>'
        '<g transform="translate(3 0)"><path d="m0 0 1 1z" fill="#ff0000" /></g>',
    ),
    "a gradient of another": (
        '<linearGradient id="a"><stop offset="5%" stop-color="red"/><stop offset="1" style="stop-opacity:.5"/></linearGradient>'
        '<linearGradient id="b" xlink:href="#a" x2="50%"/><rect fill="url(#b) blue" width="1" height="1"/>',
        '<defs><linearGradient id="d0" x2="50%"><stop offset="0.05" stop-color="#ff0000" />'
        '<stop offset="1" stop-color="#000000" stop-opacity="0.5" /></linearGradient></defs>'
        '<rect width="1" height="1" fill="url(#d0)" />',
    ),
    "flags without blanks": ('<path d="M10-2.5.5.5a1 1 0 0110 10z"/>', '<path d="M10 -2.5 0.5 0.5a1 1 0 0 1 10 10z" />'),
    "units": ('<rect width="10mm" height="50%" stroke-width="1pt"/>', '<rect width="37.7953" height="5" stroke-width="1.33333" />'),
    "notes and links": ('<title>SECRET</title><desc>SECRET</desc><metadata>SECRET</metadata><a href="http://x.jp">' + RECT + "</a>", f'<g>{RECT[:-2]} /></g>'),
    "a mask that only cuts, as Figma writes it": (
        '<mask id="m" style="mask-type:luminance"><path d="M0 0h5v5z" fill="white"/></mask><g mask="url(#m)">' + RECT + "</g>",
        '<defs><clipPath id="d0"><path d="M0 0h5v5z" fill="#ffffff" /></clipPath></defs>'
        '<g clip-path="url(#d0)"><rect width="10" height="10" /></g>',
    ),
    "not shown": ('<rect display="none" width="9" height="9"/><text> </text>' + RECT, RECT[:-2] + " />"),
}  # fmt: skip


@pytest.mark.parametrize(("inner", "wanted"), EVERYDAY.values(), ids=EVERYDAY)
def test_what_programs_write(inner: str, wanted: str) -> None:
    assert drawn(inner) == wanted


def test_an_illustrator() -> None:
    made = drawing_of(ILLUSTRATOR.encode())
    assert (made.width, made.height, made.colours) == (20, 10, ("#000000", "#e60012", "#231815"))
    assert b"adobe" not in made.written().lower()


def test_bytes_of_other_codes_and_marks() -> None:
    plain = drawing_of(svg()).written()
    assert drawing_of(b"\xef\xbb\xbf" + svg()).written() == plain
    assert drawing_of(svg().decode().encode("utf-16")).written() == plain
    assert drawing_of(b'<?xml version="1.0" encoding="utf-8"?>\n<!-- made by x -->\n' + svg()).written() == plain


SIZES = {
    "viewBox alone": ('viewBox="0 0 20 10"', (20, 10)),
    "millimetres": ('viewBox="0 0 20 10" width="25.4mm" height="12.7mm"', (96, 48)),
    "no viewBox": ('width="20" height="10px"', (20, 10)),
    "per cent": ('viewBox="0 0 20 10" width="100%" height="100%"', (20, 10)),
    "larger than a sheet": ('viewBox="0 0 20 10" width="80000" height="40000"', (4000, 2000)),
    "a width of no sense": ('viewBox="0 0 20 10" width="1e9" height="1"', (20, 10)),
}


@pytest.mark.parametrize(("more", "size"), SIZES.values(), ids=SIZES)
def test_its_size(more: str, size: tuple[float, float]) -> None:
    made = drawing_of(svg(more=more))
    assert (made.width, made.height) == size


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
USES = f'<g id="u0">{RECT}</g>' + "".join(
    f'<g id="u{n}">' + f'<use href="#u{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
)
HOSTILE = {
    "billion laughs": (f"<!DOCTYPE svg [{LAUGHS}]><svg>&l9;</svg>", "unsafe"),
    "quadratic": (f'<!DOCTYPE svg [<!ENTITY a "{"x" * 300_000}">]><svg>{"&a;" * 1000}</svg>', "unsafe"),
    "many of a short one": (f'<!DOCTYPE svg [<!ENTITY a "{"x" * 300}">]><svg><desc>{"&a;" * 100_000}</desc></svg>', "too-complex"),
    "an external entity": ('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><text>&x;</text></svg>', "unsafe"),
    "an external subset": ('<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://x.jp/x.dtd">%x;]><svg/>', "unsafe"),
    "depth": (svg("<g>" * 5000 + "</g>" * 5000), "too-complex"),
    "elements": (svg("<g/>" * 30_000), "too-complex"),
    "use of use": (svg(USES), "too-complex"),
    "itself": (svg('<g id="a"><use href="#a"/></g>'), "too-complex"),
    "points": (svg(f'<path d="M0 0{"l1 1" * 250_000}"/>'), "too-complex"),
    "bytes": (svg(f"<desc>{'x' * 6_000_000}</desc>"), "too-complex"),
    "rules": (svg(f"<style>{'.a{fill:red}' * 6000}</style>{RECT}"), "too-complex"),
    "a picture from outside": (svg('<image href="http://x.jp/a.png" width="1" height="1"/>'), "picture"),
    "a picture inside": (svg('<image href="data:image/png;base64,AAAA" width="1" height="1"/>'), "picture"),
    "a drawing from outside": (svg('<use href="file:///etc/logo.svg#a"/>'), "outside"),
    "a colour from outside": (svg('<rect fill="url(http://x.jp/g.svg#a)" width="1" height="1"/>'), "outside"),
    "HTML": (svg("<foreignObject><body/></foreignObject>"), "effects"),
    "words": (svg("<text>るもい</text>"), "text"),
    "words that are used": (svg('<defs><text id="t">るもい</text></defs><use href="#t"/>'), "text"),
    "a blur": (svg('<filter id="f"/><rect filter="url(#f)" width="1" height="1"/>'), "effects"),
    "a blend": (svg('<rect style="mix-blend-mode:multiply" width="1" height="1"/>'), "effects"),
    "a mask": (svg('<mask id="m"><rect fill="#888" width="9" height="9"/></mask><g mask="url(#m)">' + RECT + "</g>"), "effects"),
    "rules for each of many": (svg("<style>" + "* > g{fill:red}" * 1000 + "</style>" + "<g/>" * 3000), "too-complex"),
    "a pattern": (svg('<pattern id="p"/><rect fill="url(#p)" width="1" height="1"/>'), "effects"),
    "no size": (svg(more=""), "without-size"),
    "nought": (svg(more='viewBox="0 0 0 10"'), "without-size"),
    "below nought": (svg(more='viewBox="0 0 -5 10"'), "without-size"),
    "a hundred million": (svg(more='viewBox="0 0 1e9 1e9"'), "broken"),
    "no number": (svg(more='viewBox="0 0 nan inf"'), "broken"),
    "a number without end": (svg('<rect width="1e999" height="1"/>'), "broken"),
    "a path of letters": (svg('<path d="M0 0 L javascript"/>'), "broken"),
    "nested brackets": (svg(f'<rect width="1" height="1" style="fill:{"(" * 50_000}"/>'), "too-complex"),
    "a number of dots": (svg('<rect width="1" height="1" stroke-miterlimit="..."/>'), "broken"),
    "a colour that is not converted": (svg('<rect width="1" height="1" fill="oklch(60% 0.4 200)"/>'), "effects"),
    "a clip of itself": (svg(f'<clipPath id="a" clip-path="url(#a)">{RECT}</clipPath><g clip-path="url(#a)">{RECT}</g>'), "broken"),
    "nothing": (svg(""), "empty"),
    "nothing in it": (b"", "broken"),
    "cut off": (svg()[:60], "broken"),
    "zeros": (b"\0" * 100, "broken"),
    "compressed": (b"\x1f\x8b\x08" + b"\0" * 50, "broken"),
    "another document": ("<html/>", "broken"),
    "an unknown code": ('<?xml version="1.0" encoding="x-nobody"?><svg/>', "broken"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "why"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_refused(content: str | bytes, why: str) -> None:
    with pytest.raises(Undrawable) as refused:
        drawing_of(content.encode() if isinstance(content, str) else content)
    assert refused.value.why == why


LEFT_OUT = {
    "a script": ("<script>alert(1)</script>", "script"),
    "a script in definitions": ("<defs><script>alert(1)</script></defs>", "script"),
    "a handler": ('<g onclick="alert(1)"/>', "script"),
    "an animation": ('<rect width="1" height="1"><animate attributeName="x"/></rect><animate/>', "animation"),
}


@pytest.mark.parametrize(("inner", "part"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_moves_is_left_out_and_told(inner: str, part: str) -> None:
    made = drawing_of(svg(RECT + inner))
    assert made.left_out == (part,)
    assert not re.search(b"alert|script|onclick|animate", made.written())


def test_nothing_but_what_is_named_comes_out() -> None:
    """Attributes that are not known are removed."""
    made = drawing_of(svg('<rect width="1" height="1" foo="x" style="background:url(http://x.jp)" xlink:title="x"/>'))
    (rect,) = fromstring(made.written())
    assert rect.attrib == {"width": "1", "height": "1"}
