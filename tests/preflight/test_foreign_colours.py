"""Colours that are not inks are found wherever they hide in a PDF; a PDF with only inks has no finding."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image
from tests.preflight.faults import press

from koho_pdf.findings import Finding
from koho_pdf.preflight.inspect import inspect

pytestmark = pytest.mark.usefixtures("at_once")


def foreign_colours(pdf: Pdf) -> list[Finding]:
    target = BytesIO()
    pdf.save(target)
    found = inspect(target.getvalue(), press("offset-coated")).findings
    return [finding for finding in found if finding.code == "colour-not-process"]


def a_page(content: bytes, **resources: pikepdf.Object) -> Pdf:
    """A PDF of one page with this content; ``resources`` by category (``XObject=…``)."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.Contents = pdf.make_stream(content)
    page.Resources = Dictionary({f"/{name}": members for name, members in resources.items()})
    return pdf


def image(pdf: Pdf, space: pikepdf.Object, samples: bytes) -> Stream:
    return pdf.make_stream(
        samples, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=space
    )


def with_image(space: pikepdf.Object, samples: bytes) -> Pdf:
    pdf = a_page(b"q 10 0 0 10 0 0 cm /Im0 Do Q")
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=image(pdf, space, samples)))
    return pdf


def icc_based(pdf: Pdf) -> Array:
    return Array([Name.ICCBased, pdf.make_stream(b"", N=3)])


def in_a_form(content: bytes, depth: int = 1) -> Pdf:
    """The content inside a form XObject, ``depth`` forms deep, each with resources of its own."""
    pdf = a_page(b"/Fm0 Do")
    for _ in range(depth):
        form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = Dictionary()
        if "/XObject" in pdf.pages[0].Resources:
            form.Resources = pdf.pages[0].Resources
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Fm0=form))
        content = b"/Fm0 Do"
    return pdf


def shading(space: pikepdf.Object) -> Dictionary:
    blend = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 1, 1], N=1)
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=[0, 0, 9, 9], Function=blend)


def named_icc_space() -> Pdf:
    pdf = a_page(b"/CS0 cs 1 0 0 sc 0 0 9 9 re f")
    pdf.pages[0].Resources = Dictionary(ColorSpace=Dictionary(CS0=icc_based(pdf)))
    return pdf


def icc_image() -> Pdf:
    pdf = with_image(Name.DeviceGray, b"\0\0\0")
    pdf.pages[0].Resources.XObject.Im0.ColorSpace = icc_based(pdf)
    return pdf


def tiling(content: bytes) -> Pdf:
    pdf = a_page(b"/Pattern cs /P0 scn 0 0 9 9 re f")
    cell = pdf.make_stream(
        content, PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 5, 5], XStep=5, YStep=5, Resources=Dictionary()
    )
    pdf.pages[0].Resources = Dictionary(Pattern=Dictionary(P0=cell))
    return pdf


def jpeg(mode: str, space: pikepdf.Object) -> Pdf:
    target = BytesIO()
    Image.new(mode, (8, 8)).save(target, "JPEG")
    pdf = with_image(space, target.getvalue())
    pdf.pages[0].Resources.XObject.Im0.write(target.getvalue(), filter=Name.DCTDecode)
    return pdf


INDEXED_RGB = Array([Name.Indexed, Name.DeviceRGB, 0, pikepdf.String(b"\xff\0\0")])
INDEXED_CMYK = Array([Name.Indexed, Name.DeviceCMYK, 0, pikepdf.String(b"\xff\0\0\0")])
LAB = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])

FOREIGN: dict[str, Callable[[], Pdf]] = {
    "fill": lambda: a_page(b"1 0 0 rg 0 0 9 9 re f"),
    "stroke": lambda: a_page(b"1 0 0 RG 0 0 m 9 9 l S"),
    "black that is RGB": lambda: a_page(b"0 0 0 rg 0 0 9 9 re f"),
    "DeviceRGB by name": lambda: a_page(b"/DeviceRGB cs 1 0 0 sc 0 0 9 9 re f"),
    "ICCBased, fill": named_icc_space,
    "Lab, stroke": lambda: a_page(b"/CS0 CS 50 60 60 SC 0 0 m 9 9 l S", ColorSpace=Dictionary(CS0=LAB)),
    "RGB picture": lambda: with_image(Name.DeviceRGB, b"\xff\0\0"),
    "picture with an ICC profile": icc_image,
    "Indexed RGB picture": lambda: with_image(INDEXED_RGB, b"\0"),
    "RGB JPEG that is called CMYK": lambda: jpeg("RGB", Name.DeviceCMYK),
    "in a form": lambda: in_a_form(b"1 0 0 rg 0 0 9 9 re f"),
    "in a form in a form": lambda: in_a_form(b"1 0 0 rg 0 0 9 9 re f", depth=2),
    "RGB shading": lambda: a_page(b"/Sh0 sh", Shading=Dictionary(Sh0=shading(Name.DeviceRGB))),
    "RGB shading pattern": lambda: a_page(
        b"/Pattern cs /P0 scn 0 0 9 9 re f",
        Pattern=Dictionary(P0=Dictionary(PatternType=2, Shading=shading(Name.DeviceRGB))),
    ),
    "RGB in a tiling pattern": lambda: tiling(b"1 0 0 rg 0 0 5 5 re f"),
    "inline RGB picture": lambda: a_page(b"q BI /W 1 /H 1 /BPC 8 /CS /RGB ID \xff\0\0 EI Q"),
}

CLEAN: dict[str, Callable[[], Pdf]] = {
    "process colours": lambda: a_page(b"1 0 0 0 k 0 0 9 9 re f 0 0 0 1 K 0 0 m 9 9 l S 0.5 g 0 0 9 9 re f"),
    "DeviceCMYK by name": lambda: a_page(b"/DeviceCMYK cs 1 0 0 0 sc 0 0 9 9 re f"),
    "CMYK picture": lambda: with_image(Name.DeviceCMYK, b"\xff\0\0\0"),
    "grey picture": lambda: with_image(Name.DeviceGray, b"\x80"),
    "Indexed CMYK picture": lambda: with_image(INDEXED_CMYK, b"\0"),
    "CMYK JPEG": lambda: jpeg("CMYK", Name.DeviceCMYK),
    "grey JPEG": lambda: jpeg("L", Name.DeviceGray),
    "in a form": lambda: in_a_form(b"1 0 0 0 k 0 0 9 9 re f"),
    "CMYK shading": lambda: a_page(b"/Sh0 sh", Shading=Dictionary(Sh0=shading(Name.DeviceCMYK))),
    "CMYK in a tiling pattern": lambda: tiling(b"1 0 0 0 k 0 0 5 5 re f"),
    "spot colour by name": lambda: a_page(
        b"/CS0 cs 1 scn 0 0 9 9 re f",
        ColorSpace=Dictionary(CS0=Array([Name.Separation, Name("/DIC 156"), Name.DeviceCMYK, Dictionary()])),
    ),
    "inline grey picture": lambda: a_page(b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_foreign_colour_is_found(kind: str) -> None:
    with FOREIGN[kind]() as pdf:
        (found,) = foreign_colours(pdf)
    assert (found.code, found.where.page) == ("colour-not-process", 1)


@pytest.mark.parametrize("kind", CLEAN)
def test_inks_are_not_blamed(kind: str) -> None:
    with CLEAN[kind]() as pdf:
        assert foreign_colours(pdf) == []


def test_every_page_is_named() -> None:
    with FOREIGN["fill"]() as pdf:
        pdf.add_blank_page()
        pdf.pages.append(pdf.pages[0])
        assert [found.where.page for found in foreign_colours(pdf)] == [1, 3]


@pytest.mark.parametrize(("inks", "count"), [(".04 0 0 1", 2), (".4 .4 0 1", 3), (".4 .3 .3 1", 4)])
def test_black_text_is_called_by_its_number_of_inks(inks: str, count: int) -> None:
    """A black over a little of a second ink is not a four-colour black."""
    simple = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf = a_page(f"{inks} k BT /F 20 Tf 20 50 Td (a) Tj ET".encode(), Font=Dictionary(F=simple))
    target = BytesIO()
    pdf.save(target)
    told = [
        each for each in inspect(target.getvalue(), press("offset-coated")).findings if each.code == "rich-black-text"
    ]
    assert [f"文字の黒が{count}色のインキの重ね刷りです" in each.message for each in told] == [True]


def test_every_spot_that_the_job_has_not_is_named() -> None:
    pdf = a_page(b" ".join(b"/S%d cs 1 scn %d 0 9 9 re f" % (n, 10 * n) for n in range(3)))
    level = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 0, 0], N=1)
    names = ("PANTONE 185 C", "Green", "Orange")
    spaces = {
        f"/S{n}": Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, level]) for n, name in enumerate(names)
    }
    pdf.pages[0].Resources = Dictionary(ColorSpace=Dictionary(spaces))
    target = BytesIO()
    pdf.save(target)
    told = [
        each for each in inspect(target.getvalue(), press("offset-coated")).findings if each.code == "spot-not-in-job"
    ]
    assert [all(f"「{name}」" in each.message for name in names) for each in told] == [True]


def test_a_page_in_units_of_its_own_is_measured_on_paper() -> None:
    """/UserUnit 2: half the numbers, the same page; only the unit itself has a finding."""
    content = b"0 0 0 1 k BT /F 20 Tf 20 50 Td (a) Tj ET 2 w 0 0 m 50 50 l S q 30 0 0 30 60 60 cm /Im0 Do Q"
    found = []
    for unit in (1, 2):
        pdf = with_image(Name.DeviceCMYK, b"\x40\x00\x00\x00")
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(f"{1 / unit} 0 0 {1 / unit} 0 0 cm ".encode() + content)
        page.MediaBox = [0, 0, 100 / unit, 100 / unit]
        page.TrimBox = [9 / unit, 9 / unit, 91 / unit, 91 / unit]
        page.BleedBox = [0.5 / unit, 0.5 / unit, 99.5 / unit, 99.5 / unit]
        page.Resources.Font = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        page.UserUnit = unit
        target = BytesIO()
        pdf.save(target)
        found.append(inspect(target.getvalue(), press("offset-coated")))
    plain, doubled = found
    assert len(plain.facts.pages[0].marks) == 3
    assert doubled.facts.pages[0].marks == plain.facts.pages[0].marks
    assert doubled.facts.pages[0].boxes == plain.facts.pages[0].boxes
    assert {each.code for each in doubled.findings} - {each.code for each in plain.findings} == {"user-unit"}
