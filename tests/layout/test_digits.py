"""Digits in the layout's style: what changes and what never does; on real pages too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.content.values.inline import parse_inline
from koho_pdf.content.values.runs import InlineText
from koho_pdf.layout.digits import STYLES, in_style
from koho_pdf.layout.markup import inline
from koho_pdf.layout.readings import Readings

if TYPE_CHECKING:
    from tests.conftest import Told

    from koho_pdf.pipeline import Build

FOLDED = str.maketrans("０１２３４５６７８９", "0123456789")


def text(source: str) -> InlineText:
    return InlineText(source, parse_inline(source) if source else ())


@pytest.mark.parametrize(
    ("typed", "half", "full", "one_full"),
    [
        ("4月１日", "4月1日", "４月１日", "４月１日"),
        ("平成２５年12月3日", "平成25年12月3日", "平成２５年１２月３日", "平成25年12月３日"),
        ("1・2月", "1・2月", "１・２月", "１・２月"),
        ("3,500円と１．５倍", "3,500円と1．5倍", "３,５００円と１．５倍", "3,500円と1．5倍"),
        ("0164-42-1809", "0164-42-1809", "０１６４-４２-１８０９", "0164-42-1809"),
        ("A4判、CO2、5G", "A4判、CO2、5G", "A４判、CO２、５G", "A4判、CO2、5G"),
        ("第２回①Ⅳ三", "第2回①Ⅳ三", "第２回①Ⅳ三", "第２回①Ⅳ三"),
        ("https://a.jp/4/1 は4件", "https://a.jp/4/1 は4件", "https://a.jp/4/1 は４件", "https://a.jp/4/1 は４件"),
        ("A@０,0", "A@０,0", "A@０,０", "A@０,０"),
        ("k1@city.jpへ2通", "k1@city.jpへ2通", "k1@city.jpへ２通", "k1@city.jpへ２通"),
    ],
)
def test_a_text_in_each_style(typed: str, half: str, full: str, one_full: str) -> None:
    assert [in_style(text(typed), style).plain for style in STYLES] == [typed, half, full, one_full]


def test_marks_stay_and_a_number_goes_through_them() -> None:
    source = "**1**0月《《２》》日{3|さん}と{第5回|だい5かい}[1から9](https://a.jp/1/2?n=3)"
    assert inline(in_style(text(source), "one-full")) == (
        '<strong>1</strong>0月<em class="kenten">２</em>日<ruby>３<rt>さん</rt></ruby>と'
        '<ruby>第５回<rt>だい5かい</rt></ruby><a href="https://a.jp/1/2?n=3">１から９</a>'
    )


def test_readings_in_the_line_take_no_words_from_the_text() -> None:
    """Large print has its readings in brackets, which are words of the line."""
    readings = Readings({"岬": "みさき"}, "first")
    printed = in_style(readings.in_brackets(text("{5|いつ}つの岬の3つの道へ")), "one-full")
    assert printed.plain == "５（いつ）つの岬（みさき）の３つの道へ"


@given(st.text(alphabet="0189０１８９.,-A月a@:/。", max_size=40), st.sampled_from(STYLES))
def test_nothing_but_digits_changes(typed: str, style: str) -> None:
    found = in_style(InlineText(typed, text(typed).runs), style)
    assert found.plain.translate(FOLDED) == text(typed).plain.translate(FOLDED)
    assert in_style(found, style) == found


def test_a_layout_chooses_its_digits(
    tiny: Path, edit: Callable[[Path, str, str], None], proved: Callable[..., Build], told: Told, tmp_path: Path
) -> None:
    layout = tiny / "layouts" / "tiny"
    edit(layout / "layout.html", "issue.closing[0]|inline", "issue.closing[0]|body")
    edit(tiny / "content" / "tiny" / "issue.yaml", "短い文です。", "4月１日[12番](https://a.jp/1/2)")

    def printed() -> tuple[str, str]:
        build = proved(tiny, "tiny")
        pdf_path = tmp_path / "screen.pdf"
        pdf_path.write_bytes(build.files["screen.pdf"])
        with pypdfium2.PdfDocument(pdf_path) as pdf:
            words = "".join(pdf[0].get_textpage().get_text_range().split())
        with pikepdf.open(pdf_path) as pdf:
            (address,) = (str(note.A.URI) for note in pdf.pages[0].Annots if "/A" in note)
        assert b'"closing.0"' in build.files["map.json"]
        return words, address

    assert printed() == ("4月１日12番", "https://a.jp/1/2")
    assert [found.code for found in told(tiny, "tiny")] == [
        "digits-of-two-widths"
    ]  # a layout that sets one style mends it
    edit(layout / "layout.yaml", "kind:", "digits: as-typed\nkind:")
    for before, style, expected in (
        ("as-typed", "half", "4月1日12番"),
        ("half", "full", "４月１日１２番"),
        ("full", "one-full", "４月１日12番"),
    ):
        edit(layout / "layout.yaml", f"digits: {before}", f"digits: {style}")
        assert printed() == (expected, "https://a.jp/1/2")
        assert told(tiny, "tiny") == ()
    edit(layout / "layout.yaml", "digits: one-full", "digits: zenkaku")
    (found,) = told(tiny, "tiny")
    assert found.code == "value-not-understood"
    assert found.where.field == "digits"
