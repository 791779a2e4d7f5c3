"""Each page has only the resources that it draws with: taken out of the file, it takes nothing else along."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from koho_pdf.finishing.resources import only_own


def picture(pdf: Pdf, ink: int) -> Stream:
    noise = bytes((ink * place * place + place) % 251 for place in range(90_000))
    return pdf.make_stream(
        noise, Subtype=Name.Image, Width=300, Height=300, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )


def form(pdf: Pdf, content: bytes, **more: Any) -> Stream:
    return pdf.make_stream(content, Subtype=Name.Form, BBox=Array([0, 0, 100, 100]), **more)


def shared() -> Pdf:
    """Three pages with one dictionary, as the engine makes them: pictures, a form that has no resources of its own, a
    pattern, a soft mask, an inline image in a space by name."""
    pdf = Pdf.new()
    everything = pdf.make_indirect(Dictionary())
    mask = form(pdf, b"/Second Do", Resources=everything, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    everything.XObject = Dictionary(
        First=picture(pdf, 3), Second=picture(pdf, 7), Within=form(pdf, b"q 50 0 0 50 0 0 cm /First Do Q")
    )
    everything.ExtGState = Dictionary(
        Clear=Dictionary(ca=0.5),
        Masked=Dictionary(SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=mask)),
        Full=Dictionary(ca=1),
    )
    everything.ColorSpace = Dictionary(
        Red=Array(
            [
                Name.Separation,
                Name.Red,
                Name.DeviceCMYK,
                Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 1, 1, 0]),
            ]
        ),
        DefaultGray=Array([Name.CalGray, Dictionary(WhitePoint=[0.95, 1, 1.09])]),
        Unused=Name.DeviceCMYK,
    )
    everything.Pattern = Dictionary(
        Tile=pdf.make_stream(
            b"/Red cs 1 scn 0 0 5 5 re f",
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=[0, 0, 10, 10],
            XStep=10,
            YStep=10,
            Resources=everything,
        )
    )
    everything.ProcSet = Array([Name.PDF])
    drawn = (
        b"q 80 0 0 80 10 10 cm /First Do Q /Full gs",
        b"/Clear gs /Within Do /Pattern cs /Tile scn 0 60 100 40 re f",
        b"/Masked gs q 20 0 0 20 5 5 cm BI /W 1 /H 1 /CS /Red /BPC 8 ID \xff EI Q 0.2 g 50 50 50 50 re f",
    )
    for content in drawn:
        page = pdf.add_blank_page(page_size=(100, 100))
        page.Contents, page.obj.Resources = pdf.make_stream(content), everything
    return pdf


def written(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(target)
    return target.getvalue()


def looks(pdf: Pdf) -> list[bytes]:
    with pypdfium2.PdfDocument(written(pdf)) as opened:
        return [page.render(scale=1).to_pil().tobytes() for page in opened]


def named(pdf: Pdf, number: int) -> dict[str, set[str]]:
    resources: Any = pdf.pages[number].Resources
    return {group: set(members.keys()) for group, members in resources.items() if isinstance(members, Dictionary)}


def test_a_page_names_what_it_draws_with_and_looks_the_same() -> None:
    pdf = shared()
    before = looks(pdf)
    only_own(pdf)
    assert looks(pdf) == before
    greys = {"/ColorSpace": {"/DefaultGray"}}
    assert named(pdf, 0) == {"/XObject": {"/First"}, "/ExtGState": {"/Full"}, **greys}
    assert named(pdf, 1) == {"/XObject": {"/Within"}, "/ExtGState": {"/Clear"}, "/Pattern": {"/Tile"}, **greys}
    assert named(pdf, 2) == {"/ExtGState": {"/Masked"}, "/ColorSpace": {"/Red", "/DefaultGray"}}
    within: Any = pdf.pages[1].Resources.XObject.Within.Resources
    assert set(within.XObject.keys()) == {"/First"}
    assert set(pdf.pages[1].Resources.Pattern.Tile.Resources.keys()) == {"/ColorSpace", "/ProcSet"}
    assert set(pdf.pages[2].Resources.ExtGState.Masked.SMask.G.Resources.XObject.keys()) == {"/Second"}


def test_a_page_taken_out_takes_its_own_pictures_only() -> None:
    """Of two pictures of 90 kB each, pages 1 and 2 have one, and page 3 the other."""
    pdf = shared()
    only_own(pdf)
    for page in pdf.pages:
        alone = Pdf.new()
        alone.pages.append(page)
        with pikepdf.open(BytesIO(written(alone))) as taken:
            pictures = [each for each in taken.objects if isinstance(each, Stream) and "/Width" in each]
        assert len(pictures) == 1
