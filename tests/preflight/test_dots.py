"""Dots too small for the press are found in solids, pictures, gradients and transparent things."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from tests.preflight.faults import press

from koho_pdf.editions.papers import inspected
from koho_pdf.findings import Finding

pytestmark = pytest.mark.usefixtures("at_once")
CMYK = Name.DeviceCMYK
PLACED = b"q 100 0 0 100 50 50 cm /I Do Q"
CLIPPED = b"q 20 50 160 100 re W n /S sh Q"


def a_page(content: bytes, **resources: pikepdf.Object) -> Pdf:
    """A page of 200 pt with something black on it beside the content."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.TrimBox = page.BleedBox = page.MediaBox
    page.Contents = pdf.make_stream(content + b" 0 0 0 1 k 5 5 5 5 re f")
    page.Resources = Dictionary({f"/{name}": members for name, members in resources.items()})
    return pdf


def with_picture(*inks: int, jpeg: bool = False, **more: pikepdf.Object) -> Pdf:
    pdf = a_page(PLACED)
    made = Image.new("CMYK", (64, 64), inks)
    target = BytesIO()
    made.save(target, "JPEG", quality=95)
    picture = pdf.make_stream(target.getvalue() if jpeg else made.tobytes(), Width=64, Height=64, BitsPerComponent=8)
    picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, CMYK
    if jpeg:
        picture.Filter, picture.Decode = Name.DCTDecode, Array([1, 0] * 4)
    for name, value in more.items():
        picture[f"/{name}"] = value
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(I=picture))
    return pdf


def fade(start: list[float], end: list[float]) -> Pdf:
    level = Dictionary(FunctionType=2, Domain=[0, 1], C0=start, C1=end, N=1)
    whole = Dictionary(ShadingType=2, ColorSpace=CMYK, Coords=[20, 0, 180, 0], Function=level)
    return a_page(CLIPPED, Shading=Dictionary(S=whole))


def mesh(level: int) -> Pdf:
    """A square of four corners (ShadingType 5), all of them cyan at this level of 255."""
    corners = b"".join(bytes([x, y, level, 0, 0, 0]) for x, y in ((0, 0), (255, 0), (0, 255), (255, 255)))
    pdf = a_page(CLIPPED)
    lattice = pdf.make_stream(corners, ShadingType=5, ColorSpace=CMYK, BitsPerCoordinate=8, BitsPerComponent=8)
    lattice.VerticesPerRow, lattice.Decode = 2, Array([20, 180, 20, 180, 0, 1, 0, 1, 0, 1, 0, 1])
    pdf.pages[0].Resources = Dictionary(Shading=Dictionary(S=lattice))
    return pdf


def pale(tint: float, alpha: float) -> Pdf:
    state = Dictionary(G=Dictionary(ca=alpha))
    return a_page(b"/G gs %.3f 0 0 0 k 50 50 100 100 re f /N gs" % tint, ExtGState=state)


FAINT = {
    "solid": lambda: a_page(b".02 0 0 0 k 50 50 100 100 re f"),
    "picture": lambda: with_picture(4, 0, 0, 0),
    "yellow": lambda: with_picture(0, 0, 5, 100),
    "jpeg": lambda: with_picture(4, 0, 0, 0, jpeg=True),
    "gradient": lambda: fade([0.025, 0, 0, 0], [0.01, 0, 0, 0]),
    "fade": lambda: fade([0, 0, 0.15, 0], [0, 0, 0, 0]),  # a fifth of it is under the least dot
    "mesh": lambda: mesh(4),
    "transparent": lambda: pale(0.5, 0.04),
}
SOUND = {
    "picture": lambda: with_picture(8, 0, 0, 0),  # 3.1 %
    "paper": lambda: with_picture(0, 0, 0, 0),
    "jpeg": lambda: with_picture(90, 8, 0, 20, jpeg=True),
    "to paper": lambda: fade([1, 0, 0, 0], [0, 0, 0, 0]),  # its end is too small to be seen
    "to the least dot": lambda: fade([0.5, 0, 0, 0], [0.03, 0, 0, 0]),
    "mesh": lambda: mesh(9),
    "transparent": lambda: pale(0.5, 0.2),
    "lines": lambda: a_page(b"0 0 0 1 k " + b" ".join(b"%d 20 .02 160 re f" % x for x in range(20, 180, 4))),
}


def told(pages: dict[str, Callable[[], Pdf]], name: str) -> dict[str, list[Finding]]:
    """The findings about dots on each of these pages; they are one file, which saves time."""
    whole = Pdf.new()
    drawn = [make() for make in pages.values()]
    for each in drawn:
        whole.pages.extend(each.pages)
    target = BytesIO()
    whole.save(target)
    found = [each for each in inspected(target.getvalue(), press(name)).findings if each.code == "dot-too-small"]
    return {name: [each for each in found if each.where.page == page] for page, name in enumerate(pages, 1)}


def test_faint_ink_is_told_once_and_where_it_is() -> None:
    for name, findings in told(FAINT, "coarse").items():
        (finding,) = findings
        box = finding.where.box
        assert box is not None
        assert finding.severity.value == "warning"
        assert "ほか" not in finding.message
        middle = (box.x + box.width / 2, box.y + box.height / 2)
        assert all(6 < each < 64 for each in middle), (name, "mm, of 70 mm")


def test_ink_that_prints_is_not_blamed() -> None:
    assert told(SOUND, "coarse") == {name: [] for name in SOUND}


def test_a_press_that_prints_every_dot_says_nothing() -> None:
    assert told(FAINT, "offset-coated") == {name: [] for name in FAINT}
