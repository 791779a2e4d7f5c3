"""Problems that the engine would hide or only log are told: fonts, glyphs, sizes, CSS, pictures, files out of reach."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageFile

if TYPE_CHECKING:
    from tests.conftest import Edit, Told


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def words(tiny: Path, text: str, edit: Edit) -> int:
    """Write the words of the tiny issue; the line they stand in."""
    path = tiny / "content" / "tiny" / "issue.yaml"
    edit(path, "短い文です。", text)
    return next(number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text in line)


def test_the_tiny_layout_has_nothing_to_tell(tiny: Path, told: Told) -> None:
    assert told(tiny, "tiny", ("print", "screen", "web")) == ()


@pytest.mark.parametrize("character", ["\U0001f600", "\U0002a6d6", "\U00030ede", "ᚠ"], ids=lambda c: f"U+{ord(c):04X}")
def test_a_glyph_that_no_face_has(tiny: Path, edit: Edit, told: Told, character: str) -> None:
    line = words(tiny, f"字が{character}ない", edit)
    (found,) = told(tiny, "tiny")
    assert found.code == "glyph-missing"
    assert (found.where.file, found.where.line, found.where.field) == ("content/tiny/issue.yaml", line, "closing.0")
    assert f"「{character}」（U+{ord(character):04X}）" in found.message


def test_a_glyph_that_the_turned_face_lacks_too(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    edit(layout / "layout.css", '"BIZ UDGothic"', '"Shippori Mincho B1"; font-weight: 700')
    edit(layout / "layout.yaml", "lines: 3", "lines: 3, direction: vertical")
    words(tiny, "字\U0001f600", edit)
    assert [found.code for found in told(tiny, "tiny")] == ["glyph-missing"]


def test_glyphs_of_all_weights_in_use_are_looked_for(tiny: Path, edit: Edit, told: Told) -> None:
    words(tiny, "字**\U0001f600**と\U0001f601", edit)
    assert [found.message[1] for found in told(tiny, "tiny")] == ["\U0001f600", "\U0001f601"]


def test_variation_selectors_are_no_missing_glyphs(tiny: Path, edit: Edit, told: Told) -> None:
    words(tiny, "葛\U000e0100城市", edit)
    assert "glyph-missing" not in [found.code for found in told(tiny, "tiny")]


@pytest.mark.parametrize(
    ("css", "code", "said"),
    [
        ('font-family: "Noto Sans CJK JP"', "font-family-unknown", "Noto Sans CJK JP"),
        ("font-family: sans-serif", "font-family-unknown", "sans-serif"),
        ("font-weight: 500", "font-weight-missing", "500"),
        ("font-weight: 900", "font-weight-missing", "900"),
        ('font-family: "BIZ UDMincho"; font-weight: 700', "font-weight-missing", "BIZ UDMincho"),
        ("font-style: italic", "font-slant-missing", "短い文です"),
        ("font-style: oblique", "font-slant-missing", "短い文です"),
        ("top: 2mm", "text-near-trim", "短い文です"),
        ("left: 4.5mm", "text-near-trim", "短い文です"),
        ("left: 140mm", "text-off-page", "短い文です"),
        ("left: 117mm", "text-near-trim", "短い文です"),
        ("top: 94mm", "text-near-trim", "短い文です"),
    ],
)
def test_what_a_style_asks_for_and_cannot_have(
    tiny: Path, layout: Path, edit: Edit, told: Told, css: str, code: str, said: str
) -> None:
    edit(layout / "layout.css", "left: 20mm; top: 20mm", f"left: 20mm; top: 20mm; {css}")
    found = told(tiny, "tiny")
    assert [each.code for each in found] == [code]
    assert said in found[0].message
    if code in ("font-family-unknown", "font-weight-missing"):
        assert found[0].where.file == "layouts/tiny/layout.css"
    else:
        assert found[0].where.field == "closing.0"


@pytest.mark.parametrize(("size", "codes"), [("12.9", ["type-too-small"]), ("13", [])])
def test_type_has_a_least_size(tiny: Path, layout: Path, edit: Edit, told: Told, size: str, codes: list[str]) -> None:
    edit(layout / "layout.css", "left: 20mm; top: 20mm", f"left: 20mm; top: 20mm; font-size: calc({size} * var(--q))")
    edit(layout / "layout.css", ".words", "p.words")
    assert [each.code for each in told(tiny, "tiny")] == codes


def test_ruby_may_be_half_of_its_base(tiny: Path, edit: Edit, told: Told) -> None:
    words(tiny, "'{留萌|るもい}の字'", edit)
    assert told(tiny, "tiny") == ()


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("colour: red", "colour: red"),
        ("width: 12 mm", "width: 12 mm"),
        ("display: grit", "display: grit"),
        ("text-shadow: 1px 1px black", "text-shadow"),
    ],
)
def test_css_that_is_not_understood_is_told_with_its_line(
    tiny: Path, layout: Path, edit: Edit, told: Told, css: str, said: str
) -> None:
    edit(layout / "layout.css", ".words {", f".words {{\n  {css};\n ")
    (found,) = told(tiny, "tiny")
    assert found.code == "css-not-understood"
    assert said in found.message
    assert (found.where.file, found.where.line) == ("layouts/tiny/layout.css", 3)


@pytest.fixture
def secret(tiny: Path) -> Path:
    """A picture outside of everything a layout may read, inside the workspace."""
    folder = tiny / "layouts" / "other-layout"
    folder.mkdir()
    (folder / "secret.svg").write_text(SVG, encoding="utf-8")
    return folder / "secret.svg"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "https://example.jp/a.svg",
        "http://127.0.0.1:9/a.svg",
        "ftp://example.jp/a.svg",
        "../other-layout/secret.svg",
        "%2e%2e/other-layout/secret.svg",
        "link.svg",
    ],
)
def test_a_layout_reads_no_file_but_its_own(
    tiny: Path, layout: Path, secret: Path, edit: Edit, told: Told, url: str
) -> None:
    (layout / "link.svg").symlink_to(secret)
    edit(layout / "layout.html", "</body>", f'<img src="{url}" alt="絵"></body>')
    found = {each.code: each for each in told(tiny, "tiny")}
    assert "resource-outside" in found
    assert url.replace("%2e", "").rsplit("/", 1)[-1] in found["resource-outside"].message


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="stylesheet" href="{}">',
        '<style>@import "{}";</style>',
        '<style>.words {{ background: url("{}") }}</style>',
        '<style>@font-face {{ font-family: x; src: url("{}") }} .words {{ font-family: x }}</style>',
        '<svg width="9" height="9"><title>絵</title><image href="{}" width="9" height="9"/></svg>',
        '<object data="{}">絵</object>',
        '<embed src="{}">',
    ],
    ids=["link", "import", "background", "font", "svg", "object", "embed"],
)
def test_no_way_of_naming_a_file_leads_out(tiny: Path, layout: Path, edit: Edit, told: Told, markup: str) -> None:
    edit(layout / "layout.html", "</body>", markup.format("file:///etc/passwd") + "</body>")
    assert "resource-outside" in [each.code for each in told(tiny, "tiny")]


def test_a_layout_reads_its_own_picture(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    (layout / "own.svg").write_text(SVG, encoding="utf-8")
    edit(layout / "layout.html", "</body>", '<img src="own.svg" alt="絵"></body>')
    assert told(tiny, "tiny") == ()


@pytest.mark.parametrize("content", [None, "これは絵ではありません", "<svg"], ids=["missing", "no picture", "broken"])
def test_a_picture_that_cannot_be_read(tiny: Path, layout: Path, edit: Edit, told: Told, content: str | None) -> None:
    if content:
        (layout / "own.svg").write_text(content, encoding="utf-8")
    edit(layout / "layout.html", "</body>", '<img src="own.svg" alt="絵" style="margin: 60mm 20mm"></body>')
    found = told(tiny, "tiny")
    assert [each.code for each in found] == ["picture-unreadable"]
    assert "own.svg" in found[0].message


def own_picture(layout: Path, edit: Edit, content: bytes, name: str = "own.png") -> None:
    (layout / name).write_bytes(content)
    edit(layout / "layout.html", "</body>", f'<img src="{name}" alt="絵" style="margin: 60mm 20mm; width: 9mm"></body>')


def png_of(**how: object) -> bytes:
    target = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(target, "PNG", **how)
    return target.getvalue()


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_a_layouts_own_picture_that_is_damaged(tiny: Path, layout: Path, edit: Edit, told: Told, edition: str) -> None:
    whole = png_of()
    own_picture(layout, edit, whole[:-300] + bytes(100) + whole[-200:])
    (found,) = told(tiny, "tiny", (edition,))
    assert (found.code, found.where.file) == ("picture-truncated", "layouts/tiny/own.png")


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_a_layouts_own_picture_whose_profile_is_damaged(
    tiny: Path, layout: Path, edit: Edit, told: Told, edition: str
) -> None:
    own_picture(layout, edit, png_of(icc_profile=b"no profile"))
    (found,) = told(tiny, "tiny", (edition,))
    assert (found.code, found.where.file) == ("picture-part-left-out", "layouts/tiny/own.png")


def test_a_layouts_own_picture_of_another_kind(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    target = BytesIO()
    Image.linear_gradient("L").save(target, "GIF")
    own_picture(layout, edit, target.getvalue(), "own.gif")
    assert [found.code for found in told(tiny, "tiny")] == ["not-a-picture"]


def test_a_tiny_picture_is_too_coarse_as_any_other(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    target = BytesIO()
    Image.new("L", (1, 1)).save(target, "PNG")
    own_picture(layout, edit, target.getvalue())
    assert [found.code for found in told(tiny, "tiny", ("print",))] == ["picture-resolution"]


def test_nobody_makes_pillow_guess(tiny: Path, told: Told) -> None:
    assert told(tiny, "tiny") == ()  # the folder of the engine
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


@pytest.mark.parametrize("picture", ['<img src="own.svg">', '<img src="own.svg" alt="">', SVG])
def test_a_picture_without_words(tiny: Path, layout: Path, edit: Edit, told: Told, picture: str) -> None:
    (layout / "own.svg").write_text(SVG, encoding="utf-8")
    edit(layout / "layout.html", "</body>", f"{picture}</body>")
    assert {each.code for each in told(tiny, "tiny")} == {"picture-without-words"}


@pytest.mark.parametrize(
    ("new", "code", "words"),
    [
        ('<p style="margin: 20mm"><a href="#p9">次へ</a></p></body>', "link-to-nowhere", "「#p9」"),
        (
            "<style>.t::after { content: target-counter(attr(href url), page) }</style>"
            '<p style="margin: 20mm"><a class="t" href="#p9">次へ</a></p></body>',
            "link-to-nowhere",
            "「#p9」",
        ),
        ('<div style="margin: 20mm"><p id="p2">一</p><p id="p2">二</p></div></body>', "anchor-twice", "「p2」"),
    ],
    ids=["link", "counter", "twice"],
)
def test_ids_that_do_not_fit_are_told_once_and_in_japanese(
    tiny: Path, layout: Path, edit: Edit, told: Told, new: str, code: str, words: str
) -> None:
    edit(layout / "layout.html", "</body>", new)
    (found,) = [each for each in told(tiny, "tiny") if each.code != "words-unseen"]
    assert (found.code, found.where.file) == (code, "layouts/tiny/layout.html")
    assert words in found.message


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("layout.css", "html {", "@import nothing;\nhtml {"),
        (
            "layout.html",
            "</body>",
            '<svg width="9" height="9"><title>絵</title><style>p::: {fill: red}</style></svg></body>',
        ),
    ],
    ids=["import", "svg"],
)
def test_whatever_else_the_engine_mutters(
    tiny: Path, layout: Path, edit: Edit, told: Told, file: str, old: str, new: str
) -> None:
    edit(layout / file, old, new)
    found = told(tiny, "tiny")
    assert [each.code for each in found] == ["engine-muttered"]


def test_a_selector_that_is_none_is_told_at_its_line(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    edit(layout / "layout.css", "html {", "\np:::x { color: red }\nhtml {")
    (found,) = told(tiny, "tiny")
    assert (found.code, found.where.file, found.where.line) == ("css-not-understood", "layouts/tiny/layout.css", 2)


def test_an_engine_that_stops_is_told(tiny: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """No CSS that stops it is known; the next one is not either."""

    def stop(*_: object, **__: object) -> None:
        raise TypeError("no such box")

    monkeypatch.setattr("weasyprint.document.layout_document", stop)
    (found,) = told(tiny, "tiny")
    assert (found.code, found.where.file) == ("engine-stopped", "layouts/tiny/layout.html")
    assert "TypeError" in found.message


def test_more_pages_than_the_layout_promises(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    edit(layout / "layout.html", "</p>", "</p><div>&nbsp;</div><div style='break-before: page'>&nbsp;</div>")
    (found,) = told(tiny, "tiny")
    assert found.code == "page-count"
    assert "2ページになりました。このレイアウトは1ページです" in found.message


def test_all_is_told_at_once(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    words(tiny, "字" * 31 + "\U0001f600", edit)
    edit(layout / "layout.css", "left: 20mm", "left: 2mm; colour: red; font-style: italic")
    codes = {each.code for each in told(tiny, "tiny")}
    assert codes == {"overset", "glyph-missing", "text-near-trim", "css-not-understood", "font-slant-missing"}
