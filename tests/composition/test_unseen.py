"""Invisible characters take no room and break nothing; a character's form is drawn and copied as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from tests.composition.conftest import EM, Composed, lines_of, read_page
from tests.composition.test_vertical import POINT, read_glyphs
from tests.conftest import Edit, Told

from koho_pdf.manuscript.invisible import UNSEEN

if TYPE_CHECKING:
    pass


PLAIN = "あいう、えおか、きくけこさ、しすせそ、たちつてと。"
VERTICAL = "p { writing-mode: vertical-rl; height: 96pt }"
CODES = [0xAD, 0x34F, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x3164]


def lines(path: Path) -> list[tuple[str, tuple[float, ...]]]:
    """Each character that is seen, and the edges of its ink (mm)."""
    return [(UNSEEN.sub("", glyph.text), tuple(round(edge, 1) for edge in glyph.ink)) for glyph in read_glyphs(path)]


@pytest.mark.parametrize("css", ["p { width: 96pt }", VERTICAL], ids=["horizontal", "vertical"])
@pytest.mark.parametrize("code", [*CODES, 0xFE0E, 0xFE0F], ids="U+{:04X}".format)
def test_what_nobody_sees_moves_nothing(composed: Composed, code: int, css: str) -> None:
    text = PLAIN.replace("お", f"お{chr(code)}")
    if code not in (0x2060, 0xFEFF):  # which forbid a break
        text = text.replace("せ", f"せ{chr(code)}")
    assert lines(composed(f"<p>{text}</p>", css)) == lines(composed(f"<p>{PLAIN}</p>", css))


@pytest.mark.parametrize("sign", ["☎", "№"])
def test_a_sign_from_a_telephone_is_the_sign(composed: Composed, sign: str) -> None:
    body = "<p>{}</p><p>{} 0164-42-1809</p>"
    path = composed(body.format(f"電話は{sign}\ufe0eです", f"{sign}\ufe0e"))
    assert lines(path) == lines(composed(body.format(f"電話は{sign}です", sign)))


@pytest.mark.parametrize(
    ("text", "expected"), [("1234\u200b5678字", ["1234", "5678字"]), ("あいう\u2060え字", ["あい", "うえ字"])]
)
def test_what_nobody_sees_asks_for_a_break_or_forbids_one(composed: Composed, text: str, expected: list[str]) -> None:
    shown = lines_of(read_page(composed(f"<p>{text}</p>", "p { width: 40pt }"))[0])
    assert ["".join(glyph.text[0] for glyph in line) for line in shown] == expected


FORMS = "渡邊\U000e0100さんと渡邊さんと渡邊\U000e0101さん"


@pytest.mark.parametrize("size", ["12pt", "10pt"])
@pytest.mark.parametrize(
    "css", ["", "div { writing-mode: vertical-rl; height: 480pt }"], ids=["horizontal", "vertical"]
)
def test_forms_that_share_a_glyph_are_copied_each_as_it_is(composed: Composed, css: str, size: str) -> None:
    body = f'<div><p>{FORMS}</p><p style="font-size: {size}">{FORMS[5:]}{FORMS[:5]}</p></div>'
    with pypdfium2.PdfDocument(composed(body, css)) as pdf:
        copied = "".join(pdf[0].get_textpage().get_text_range().split())
    assert copied == FORMS + FORMS[5:] + FORMS[:5]


def test_an_accent_stands_on_its_letter_in_a_note_too(composed: Composed) -> None:
    glyphs = read_page(composed('<p>前の（<small class="warichu">北海x\u0302道</small>）の後</p>'))[0]
    letter, accent = (next(glyph for glyph in glyphs if glyph.text == text) for text in ("x", "\u0302"))
    assert letter.left - 1 < accent.middle < letter.right + 1


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_a_stand_in_draws_what_the_face_lacks(tiny: Path, edit: Edit, told: Told, direction: str) -> None:
    if direction == "vertical":
        edit(tiny / "layouts" / "tiny" / "layout.yaml", "lines: 3", "lines: 3, direction: vertical")
    path = tiny / "content" / "tiny" / "issue.yaml"
    edit(path, "短い文です。", "𠮷野と渡邊\U000e0106")
    line = next(number for number, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "𠮷" in text)
    found = told(tiny, "tiny", ("print", "screen"))
    assert [each.code for each in found] == ["glyph-stands-in"] * 2
    assert [each.message.split("は紙面の")[0] for each in found] == [
        "「𠮷」（U+20BB7）",
        "「邊\U000e0106」（U+908A U+E0106）",
    ]
    assert all("Koho Stand-in Gothic" in each.message for each in found)
    assert {(each.where.file, each.where.line) for each in found} == {("content/tiny/issue.yaml", line)}


@pytest.mark.parametrize(
    "css", ["", "div { writing-mode: vertical-rl; height: 480pt }"], ids=["horizontal", "vertical"]
)
@pytest.mark.parametrize("family", ["BIZ UDGothic", "BIZ UDMincho"])
def test_a_stand_in_is_an_em_and_copied_as_written(composed: Composed, family: str, css: str) -> None:
    text = "𠮷野と渡邊\U000e0106とCO₂"
    path = composed(f"<div><p>{text}</p></div>", css + f'p {{ font-family: "{family}" }}')
    glyphs = {glyph.text: glyph for glyph in read_glyphs(path)}
    for unit in ("𠮷", "野", "邊\U000e0106"):
        assert glyphs[unit].foot - glyphs[unit].head == pytest.approx(EM * POINT, abs=0.01)
    with pypdfium2.PdfDocument(path) as pdf:
        assert "".join(pdf[0].get_textpage().get_text_range().split()) == text
    fonts = {font.split("+")[-1] for font in names(path)}
    assert any("Stand-in" in font or "StandIn" in font for font in fonts)


def names(path: Path) -> set[str]:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}


def test_a_form_that_no_face_has_is_told_with_its_base(tiny: Path, edit: Edit, told: Told) -> None:
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "渡邊\U000e01efさん")
    (found,) = told(tiny, "tiny")
    assert found.code == "glyph-missing"
    assert "（U+908A U+E01EF）" in found.message
    assert "もとの字は「邊」" in found.message


@pytest.mark.parametrize(
    ("code", "name"),
    [(0xAD, "ソフトハイフン"), (0x200B, "ゼロ幅スペース"), (0x200D, "ゼロ幅接合子"), (0x2060, "単語結合子")],
)
def test_an_invisible_character_is_told_by_its_name(tiny: Path, edit: Edit, told: Told, code: int, name: str) -> None:
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", f"短い{chr(code)}文です。")
    (found,) = told(tiny, "tiny")
    assert (found.code, found.severity) == ("invisible-character", "warning")
    assert f"短い」の後に、目に見えない文字「{name}」（U+{code:04X}）" in found.message
    assert found.where.line
    assert found.where.column


def test_a_bom_within_a_text_is_told_by_its_name(tiny: Path, edit: Edit, told: Told) -> None:
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "短い\ufeff文です。")
    (found,) = told(tiny, "tiny")
    assert found.code == "control-character"
    assert "「BOM" in found.message
    assert "U+FEFF" in found.message
