"""Gradients in inks: in the file four numbers a stop, on the plates the inks they were written in, where they stand."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from tests.conftest import Edit, Told

from koho_pdf.composition.engine.gradients import Ink, inks_among

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

BLUE, RED = "device-cmyk(1 .2 0 0)", "device-cmyk(0 1 .6 0)"
BLUE_INKS, RED_INKS = [1, 0.2, 0, 0], [0, 1, 0.6, 0]
MM = 72 / 25.4


def svg(definition: str, shape: str = '<rect width="60" height="20" fill="url(#g)"/>') -> str:
    """A drawing at 20 mm, 50 mm of the tiny page; one unit is 1 mm."""
    return (
        '<div class="art"><svg aria-hidden="true" width="60mm" height="20mm" viewBox="0 0 60 20"><defs>'
        f"{definition}</defs>{shape}</svg></div>"
    )


def stops(*colours: str) -> str:
    return "".join(f'<stop offset="{n / (len(colours) - 1)}" {colour}/>' for n, colour in enumerate(colours))


TWO = stops(f'stop-color="{BLUE}"', f'stop-color="{RED}"')


@pytest.fixture
def drawn(tiny: Path, edit: Edit, proved: Callable[..., Build]) -> Callable[..., bytes]:
    """``drawn(css, html)``: the finished print PDF of the tiny page with a box of 60 x 20 mm at 20 mm, 50 mm."""

    def draw(css: str, html: str = '<div class="art"></div>') -> bytes:
        layout = tiny / "layouts" / "tiny"
        edit(layout / "layout.html", "</body>", f"{html}</body>")
        place = "position: absolute; left: 20mm; top: 50mm; width: 60mm; height: 20mm"
        edit(layout / "layout.css", ".words {", f".art {{ {place}; {css} }}\n.words {{")
        build = proved(tiny, "tiny", ("print",))
        assert build.findings == ()
        (name,) = (name for name in build.files if name.endswith("print.pdf"))
        return build.files[name]

    return draw


def shadings(pdf: bytes) -> list[tuple[str, list[list[float]]]]:
    """Of each shading its space and the colours of its stops, in the order of the file."""
    found = []
    with pikepdf.open(BytesIO(pdf)) as opened:
        for each in opened.objects:
            if isinstance(each, pikepdf.Dictionary) and "/PatternType" in each:
                each = each.get("/Shading", each)
            if isinstance(each, pikepdf.Dictionary) and "/ShadingType" in each:
                steps = list(each.Function.Functions)
                colours = [[float(ink) for ink in step.C0] for step in steps]
                found.append((str(each.ColorSpace), [*colours, [float(ink) for ink in steps[-1].C1]]))
    return found


def seen(pdf: bytes, x: float, y: float) -> tuple[int, int, int]:
    """The colour at a place of the page, in mm from the trim's top left."""
    with pypdfium2.PdfDocument(pdf) as opened:
        picture = opened[0].render(scale=4).to_pil().convert("RGB")
    found: Any = picture.getpixel((round((x + 3) * MM * 4), round((y + 3) * MM * 4)))
    return found[0], found[1], found[2]


def is_blue(colour: tuple[int, int, int]) -> bool:
    return colour[2] > colour[0] + 80


def is_red(colour: tuple[int, int, int]) -> bool:
    return colour[0] > colour[2] + 80


WHITE = (255, 255, 255)


@pytest.mark.parametrize(
    ("css", "html"),
    [
        (f"background: linear-gradient(to right, {BLUE}, {RED})", '<div class="art"></div>'),
        ("", svg(f'<linearGradient id="g">{TWO}</linearGradient>')),
        ("", svg(f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x2="60">{TWO}</linearGradient>')),
        ("", svg(f'<linearGradient id="g" x1="1" gradientTransform="rotate(180 .5 .5)">{TWO}</linearGradient>')),
    ],
    ids=["css", "svg", "svg in user space", "svg turned"],
)
def test_a_linear_gradient_goes_from_ink_to_ink(drawn: Callable[..., bytes], css: str, html: str) -> None:
    if "x1=" in html:
        html = html.replace('x1="1" ', "")
        html = html.replace(TWO, stops(f'stop-color="{RED}"', f'stop-color="{BLUE}"'))
    pdf = drawn(css, html)
    ((space, colours),) = shadings(pdf)
    assert space == "/DeviceCMYK"
    assert colours in ([BLUE_INKS, RED_INKS], [RED_INKS, BLUE_INKS])
    assert is_blue(seen(pdf, 20.5, 60))
    assert is_red(seen(pdf, 79.5, 60))
    assert [seen(pdf, *at) for at in ((19, 60), (81, 60), (50, 49), (50, 71))] == [WHITE] * 4


@pytest.mark.parametrize(
    ("css", "html"),
    [
        (f"background: radial-gradient(circle 10mm, {BLUE}, {RED})", '<div class="art"></div>'),
        (
            "",
            svg(
                f'<radialGradient id="g">{TWO}</radialGradient>', '<rect x="20" width="20" height="20" fill="url(#g)"/>'
            ),
        ),
    ],
    ids=["css", "svg"],
)
def test_a_radial_gradient_goes_from_its_middle_out(drawn: Callable[..., bytes], css: str, html: str) -> None:
    pdf = drawn(css, html)
    assert shadings(pdf) == [("/DeviceCMYK", [BLUE_INKS, RED_INKS])]
    assert is_blue(seen(pdf, 50, 60))
    assert all(is_red(seen(pdf, *at)) for at in ((50, 50.5), (50, 69.5), (40.5, 60), (59.5, 60)))


@pytest.mark.parametrize(
    ("css", "html"),
    [
        (
            f"background: repeating-linear-gradient(to right, {BLUE} 0, {BLUE} 5mm, {RED} 5mm, {RED} 10mm)",
            '<div class="art"></div>',
        ),
        (
            "",
            svg(
                '<linearGradient id="g" spreadMethod="repeat" gradientUnits="userSpaceOnUse" x1="0" x2="10">'
                f'<stop offset="0" stop-color="{BLUE}"/><stop offset=".5" stop-color="{BLUE}"/>'
                f'<stop offset=".5" stop-color="{RED}"/><stop offset="1" stop-color="{RED}"/></linearGradient>'
            ),
        ),
    ],
    ids=["css", "svg"],
)
def test_a_gradient_repeats(drawn: Callable[..., bytes], css: str, html: str) -> None:
    pdf = drawn(css, html)
    across = [seen(pdf, 22.5 + 5 * n, 60) for n in range(12)]
    assert [is_blue(colour) for colour in across] == [True, False] * 6
    assert [is_red(colour) for colour in across] == [False, True] * 6


@pytest.mark.parametrize(
    ("css", "html"),
    [
        (f"background: linear-gradient(to right, {BLUE}, transparent)", '<div class="art"></div>'),
        (
            "",
            svg(
                f'<linearGradient id="g"><stop offset="0" stop-color="{BLUE}"/>'
                f'<stop offset="1" stop-color="{BLUE}" stop-opacity="0"/></linearGradient>'
            ),
        ),
    ],
    ids=["css", "svg"],
)
def test_opacity_of_a_stop_is_a_soft_mask(drawn: Callable[..., bytes], css: str, html: str) -> None:
    pdf = drawn(css, html)
    assert sorted(shadings(pdf)) == [("/DeviceCMYK", [BLUE_INKS, BLUE_INKS]), ("/DeviceGray", [[1], [0]])]
    assert is_blue(seen(pdf, 20.5, 60))
    assert min(seen(pdf, 79.5, 60)) > 250
    with pikepdf.open(BytesIO(pdf)) as opened:
        states = [
            state
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and "/ExtGState" in each
            for state in each.ExtGState.values()
        ]
        masks = {str(state.SMask.G.Group.CS) for state in states if "/SMask" in state}
        groups = [each.Group.CS for each in opened.objects if isinstance(each, pikepdf.Stream) and "/Group" in each]
    assert masks == {"/DeviceGray"}
    assert sorted(set(map(str, groups))) == [
        "/DeviceCMYK",
        "/DeviceGray",
    ]  # those of the masks, and those that are blended


def test_white_black_and_greys_among_inks_are_black_ink(drawn: Callable[..., bytes]) -> None:
    pdf = drawn(f"background: linear-gradient({BLUE}, white, #808080, black)")
    ((_, colours),) = shadings(pdf)
    assert colours == [BLUE_INKS, [0, 0, 0, 0], [0, 0, 0, pytest.approx(127 / 255, abs=1e-5)], [0, 0, 0, 1]]


def test_a_gradient_that_fills_its_box_has_no_hairline_at_its_edge(drawn: Callable[..., bytes]) -> None:
    """The next tile would begin with the other colour."""
    pdf = drawn("background: linear-gradient(to right, device-cmyk(0 0 0 0), device-cmyk(0 0 0 1))")
    assert min(min(seen(pdf, 19.9 + n / 40, 60)) for n in range(12)) > 250


def test_a_gradient_that_is_no_larger_than_a_tile_is_tiled(drawn: Callable[..., bytes]) -> None:
    pdf = drawn(f"background: linear-gradient(to right, {BLUE}, {RED}) 0 0 / 20mm 20mm")
    assert [is_blue(seen(pdf, 21 + 20 * n, 60)) for n in range(3)] == [True] * 3
    assert [is_red(seen(pdf, 39 + 20 * n, 60)) for n in range(3)] == [True] * 3


def test_the_average_of_a_gradient_without_length_weighs_by_opacity() -> None:
    from weasyprint import images

    from koho_pdf.composition.engine import gradients

    average: Any = gradients.average_of_inks(images.gradient_average_color)
    found = average([Ink((1, 0, 0, 0), 1), Ink((0, 1, 0, 0), 1)], [0, 1])
    assert (found.coordinates, found.alpha) == ((0.5, 0.5, 0, 0), 1)
    found = average([Ink((1, 0, 0, 0), 1), Ink((0, 1, 0, 0), 0)], [0, 0])
    assert (found.coordinates, found.alpha) == ((1, 0, 0, 0), 0.5)


def test_colours_of_a_screen_stay_as_they_are() -> None:
    from tinycss2.color5 import parse_color

    colours = [parse_color("#102030"), parse_color("transparent")]
    assert inks_among(colours) is colours


@pytest.mark.parametrize(("made_of", "told_of"), [("feGaussianBlur", True), ("feOffset", False)])
def test_a_filter_that_is_passed_over_is_told(tiny: Path, edit: Edit, told: Told, made_of: str, told_of: bool) -> None:
    """Otherwise a blurred shadow would be printed with hard edges, without a finding."""
    drawn = f'<filter id="f"><{made_of} stdDeviation="2" dx="1" dy="1"/></filter>'
    square = f'<rect width="9" height="9" filter="url(#f)" fill="{BLUE}"/>'
    svg = f'<svg aria-hidden="true" viewBox="0 0 9 9" width="9mm" height="9mm">{drawn}{square}</svg>'
    edit(tiny / "layouts/tiny/layout.html", "</body>", f"{svg}</body>")
    found = [each for each in told(tiny, "tiny", ("print",)) if each.code == "effect-not-in-inks"]
    assert [made_of in each.message for each in found] == [True] * told_of


@pytest.mark.parametrize(
    ("css", "code", "said"),
    [
        (f"background: linear-gradient({BLUE}, #c02040)", "gradient-not-in-inks", "srgb"),
        (f"box-shadow: 1mm 1mm 2mm {BLUE}", "effect-not-in-inks", "box-shadow"),
        (f"border: 1mm inset {BLUE}", "effect-not-in-inks", "border-top-style: inset"),
        (f"border: 1mm ridge {BLUE}", "effect-not-in-inks", "border-left-style: ridge"),
        (f"color: {BLUE}; border-bottom: 1mm groove", "effect-not-in-inks", "border-bottom-style: groove"),
        (f"outline: 1mm outset {BLUE}", "effect-not-in-inks", "outline-style: outset"),
        ("} @color-profile --spot { src: url(grey.icc) } .none {", "profile-in-css", "--spot"),
    ],
)
def test_what_inks_cannot_do_is_told(tiny: Path, edit: Edit, told: Told, css: str, code: str, said: str) -> None:
    from PIL import ImageCms

    layout = tiny / "layouts" / "tiny"
    (layout / "grey.icc").write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    edit(layout / "layout.css", ".words {", f".art {{ width: 9mm; height: 9mm; {css} }}\n.words {{")
    edit(layout / "layout.html", "</body>", '<div class="art"></div></body>')
    found = told(tiny, "tiny", ("print",))
    assert {each.code for each in found} - {"bleed-missing"} == {code}  # the box touches the trim
    assert any(said in each.message for each in found)
    assert found[0].where.file == "layouts/tiny/layout.css"


@pytest.mark.parametrize("css", [f"box-shadow: 1mm 1mm {BLUE}", f"border: 1mm solid {BLUE}", f"border: 0 inset {BLUE}"])
def test_what_inks_can_do_is_done(drawn: Callable[..., bytes], css: str) -> None:
    assert drawn(css)


def test_a_tile_that_fades_is_as_large_as_it_stands_on_the_page(drawn: Callable[..., bytes]) -> None:
    """Poppler paints a tile that its pattern enlarges only in part."""
    fading = f'<stop offset="0" stop-color="{BLUE}"/><stop offset="1" stop-color="{BLUE}" stop-opacity="0"/>'
    art = svg(f'<linearGradient id="g">{fading}</linearGradient>')
    with pikepdf.open(BytesIO(drawn("", art))) as pdf:
        (pattern,) = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/PatternType" in each]
        across = abs(float(pattern.Matrix[0]) * float(pattern.BBox[2] - pattern.BBox[0]))
        assert across == pytest.approx(60 * 72 / 25.4, abs=0.01)
        assert abs(float(pattern.Matrix[0])) < 1.01
