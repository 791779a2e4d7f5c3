"""スミノセ: small things in pure black overprint, and nothing else does; read from the operators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from koho_pdf.finishing.overprint import overprint_black

PAINTS = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Tj", "TJ", "Do", "sh", "'", '"'}
BUILDS = {"m", "l", "c", "v", "y", "h", "re"}
K100 = "/DeviceCMYK cs 0 0 0 1 scn "
K100_LINE = "/DeviceCMYK CS 0 0 0 1 SCN "
TEXT = "BT /F 12 Tf (a) Tj ET "
RULE = "0 0 50 .5 re f "


def a_page(content: str) -> Pdf:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.Contents = pdf.make_stream(content.encode())
    page.Resources = Dictionary(
        ExtGState=Dictionary(Half=Dictionary(ca=0.5), Whole=Dictionary(ca=1), Thick=Dictionary(LW=3))
    )
    return pdf


def paintings(content: Any, resources: Any) -> Iterator[tuple[str, bool]]:
    """Each painting of a content stream and whether it overprints (fills and strokes alike, OPM 1)."""
    over, outer, before = False, [], ""
    for each in pikepdf.parse_content_stream(content):
        operator = str(each.operator)
        if operator == "q":
            outer.append(over)
        elif operator == "Q":
            over = outer.pop()
        elif operator == "gs":
            assert before not in BUILDS, "no graphics state may stand within a path (8.2)"
            state: Any = resources.ExtGState[str(each.operands[0])]
            if "/OP" in state:
                over = bool(state.OP)
                assert state.op == state.OP
                assert int(over) == state.OPM
        elif operator in PAINTS:
            yield operator, over
        before = operator


def overprinted(content: str) -> list[bool]:
    """Whether each painting of the content overprints afterwards."""
    pdf = a_page(content)
    overprint_black(pdf)
    return [over for _, over in paintings(pdf.pages[0], pdf.pages[0].Resources)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(K100 + TEXT, [True], id="black text"),
        pytest.param("0 0 0 1 k " + TEXT, [True], id="black text, by k"),
        pytest.param("BT " + K100 + "/F 12 Tf (a) Tj ET ", [True], id="colour within the text object"),
        pytest.param("/DeviceCMYK cs " + TEXT, [True], id="the initial colour of DeviceCMYK"),
        pytest.param(K100 + TEXT + "0 0 0 0 scn " + TEXT, [True, False], id="white after black"),
        pytest.param("q " + K100 + TEXT + "Q " + TEXT, [True, False], id="restored"),
        pytest.param(K100 + "q " + TEXT + "Q " + TEXT, [True, True], id="kept"),
        pytest.param("0 0 0 .99 k " + TEXT, [False], id="a tint"),
        pytest.param("0 .01 0 1 k " + TEXT, [False], id="another ink"),
        pytest.param("0 g " + TEXT, [False], id="grey"),
        pytest.param(TEXT, [False], id="no colour said"),
        pytest.param(K100 + "/Half gs " + TEXT + "/Whole gs " + TEXT, [False, True], id="seen through"),
        pytest.param(K100 + RULE, [True], id="a rule drawn as an area"),
        pytest.param(K100 + "0 0 50 50 re f ", [False], id="an area"),
        pytest.param(K100 + "4 0 0 4 0 0 cm " + RULE, [False], id="a rule drawn larger"),
        pytest.param(K100 + ".1 0 0 .1 0 0 cm 0 0 500 15 re f ", [True], id="an area drawn smaller"),
        pytest.param(K100 + RULE + "0 0 50 50 re f ", [True, False], id="area after rule"),
        pytest.param("0 0 0 0 k " + RULE, [False], id="a white rule"),
        pytest.param(K100_LINE + "1.9 w 0 0 m 9 9 l S ", [True], id="a thin line"),
        pytest.param(K100_LINE + "2 w 0 0 m 9 9 l S ", [False], id="a thick line"),
        pytest.param(K100_LINE + "/Thick gs 0 0 m 9 9 l S ", [False], id="a line thick by its state"),
        pytest.param(K100_LINE + "3 0 0 3 0 0 cm 1 w 0 0 m 9 9 l S ", [False], id="a line drawn larger"),
        pytest.param("0 0 0 0 K 1 w 0 0 m 9 9 l S ", [False], id="a white line"),
        pytest.param(K100 + "0 0 m 9 9 l S ", [False], id="a line has a colour of its own"),
        pytest.param(K100 + K100_LINE + "1 w 0 0 50 .5 re B ", [True], id="both black"),
        pytest.param(K100 + "0 0 0 0 K 1 w 0 0 50 .5 re B ", [False], id="edged in white"),
        pytest.param(K100 + "1 Tr " + TEXT, [False], id="text drawn as lines"),
        pytest.param(K100 + K100_LINE + "2 Tr " + TEXT, [True], id="text filled and drawn"),
        pytest.param(K100 + TEXT + "/Im Do ", [True, False], id="a picture after text"),
        pytest.param(K100 + "0 0 50 50 re W n " + RULE, [True], id="clipping is no painting"),
        pytest.param("/Pattern cs /P scn " + TEXT, [False], id="a pattern"),
    ],
)
def test_what_overprints(content: str, expected: list[bool]) -> None:
    assert overprinted(content) == expected


def test_forms_and_patterns_too() -> None:
    pdf = a_page("/Fm Do")
    form = pdf.make_stream(
        (K100 + TEXT).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=Dictionary()
    )
    tiles = pdf.make_stream(
        (K100 + RULE).encode(), PatternType=1, PaintType=1, BBox=[0, 0, 9, 9], XStep=9, YStep=9, Resources=Dictionary()
    )
    pdf.pages[0].Resources.XObject = Dictionary(Fm=form)
    form.Resources.Pattern = Dictionary(P=tiles)
    overprint_black(pdf)
    assert list(paintings(pdf.pages[0], pdf.pages[0].Resources)) == [("Do", False)]
    assert list(paintings(form, form.Resources)) == [("Tj", True)]
    assert list(paintings(tiles, tiles.Resources)) == [("f", True)]


def a_form(pdf: Pdf, content: str, **more: Any) -> Any:
    kept = {"Resources": Dictionary(), **more}
    return pdf.make_stream(content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99], **kept)


@pytest.mark.parametrize(
    ("drawn", "matrix", "over"),
    [
        ("/Fm Do", [1, 0, 0, 1, 0, 0], True),
        ("4 0 0 4 0 0 cm /Fm Do", [1, 0, 0, 1, 0, 0], False),
        ("/Fm Do", [4, 0, 0, 4, 0, 0], False),
        ("4 0 0 4 0 0 cm /Fm Do", [0.25, 0, 0, 0.25, 0, 0], True),
        ("/Fm Do q 4 0 0 4 0 0 cm /Fm Do Q", [1, 0, 0, 1, 0, 0], False),
        ("q 4 0 0 4 0 0 cm Q /Fm Do", [1, 0, 0, 1, 0, 0], True),
    ],
)
def test_what_is_thin_in_a_form_is_thin_on_paper(drawn: str, matrix: list[float], over: bool) -> None:
    pdf = a_page(drawn)
    form = a_form(pdf, K100 + RULE, Matrix=Array(matrix))
    pdf.pages[0].Resources.XObject = Dictionary(Fm=form)
    overprint_black(pdf)
    assert [each for each, overprints in paintings(form, form.Resources) if overprints] == ["f"] * over


def test_a_rule_of_a_pattern_is_measured_on_paper() -> None:
    pdf = a_page("/Pattern cs /P scn 0 0 50 50 re f")
    small, large = (
        pdf.make_stream(
            (K100 + RULE).encode(),
            PatternType=1,
            PaintType=1,
            BBox=[0, 0, 9, 9],
            XStep=9,
            YStep=9,
            Matrix=Array([scale, 0, 0, scale, 0, 0]),
            Resources=Dictionary(),
        )
        for scale in (1, 5)
    )
    pdf.pages[0].Resources.Pattern = Dictionary(P=small, Q=large)
    overprint_black(pdf)
    assert list(paintings(small, small.Resources)) == [("f", True)]
    assert list(paintings(large, large.Resources)) == [("f", False)]


def test_glyphs_that_are_drawings_too() -> None:
    """A coloured Type 3 glyph (d0) paints with colours of its own (ISO 32000-1, 9.6.5)."""
    pdf = a_page("BT /T 12 Tf (a) Tj ET")
    glyph = pdf.make_stream(("9 0 d0 " + K100 + RULE).encode())
    pdf.pages[0].Resources.Font = Dictionary(
        T=pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=glyph), Resources=Dictionary())
        )
    )
    overprint_black(pdf)
    assert list(paintings(glyph, pdf.pages[0].Resources.Font.T.Resources)) == [("f", True)]


def test_a_page_without_black_is_left_alone() -> None:
    pdf = a_page("0 0 0 0 k " + TEXT)
    before = pdf.pages[0].Contents.read_bytes()
    overprint_black(pdf)
    assert pdf.pages[0].Contents.read_bytes() == before
    assert "/SumiNose" not in pdf.pages[0].Resources.ExtGState


def test_a_loop_of_forms_ends() -> None:
    pdf = a_page("/Fm Do")
    form = pdf.make_stream(b"/Fm Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = Dictionary(XObject=Dictionary(Fm=form))
    pdf.pages[0].Resources.XObject = Dictionary(Fm=form)
    overprint_black(pdf)


def test_black_text_overprints_and_no_other(brochure_made: Path, marks: Callable[[Path], list[list[Any]]]) -> None:
    path = brochure_made / "print.pdf"
    fills = set()
    with pikepdf.open(path) as pdf:
        for page, read in zip(pdf.pages, marks(path), strict=True):
            over = list(paintings(page, page.Resources))
            assert [operator for operator, _ in over] == [mark.operator for mark in read]
            for (_, overprints), mark in zip(over, read, strict=True):
                if mark.text:
                    assert overprints == (mark.fill == ("scn", "0", "0", "0", "1"))
                    fills.add(mark.fill)
                elif overprints:
                    assert mark.operator in ("f", "S")
    assert fills == {("scn", "0", "0", "0", "1"), ("scn", "0", "0", "0", "0")}, (
        "text in black, and in white on a colour"
    )
