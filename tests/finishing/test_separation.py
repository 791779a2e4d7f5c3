"""A spot ink has a plate of its own, and nothing is left on the plate it rode on; read from operators and pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from tests.kinds import quiz

from koho_pdf.editions.papers import inspected
from koho_pdf.finishing.contents import contents
from koho_pdf.finishing.separation import separate
from koho_pdf.pipeline import build
from koho_pdf.preflight.inspect import inspect
from koho_pdf.preflight.pdf.facts import Text
from koho_pdf.preflight.pdf.reading import read_facts
from koho_pdf.preflight.plates.plates import separations
from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.profile import Inks, Press, Spot, read_press
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[2]
ORANGE = ProcessColour(0, 76, 85, 0)


def spot(plate: str = "Cyan", separation: bool = True) -> Inks:
    return Inks("spot", Spot("DIC 156s", ORANGE, separation, plate))


def a_page(content: str, **resources: pikepdf.Object) -> Pdf:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.Contents = pdf.make_stream(content.encode())
    page.Resources = Dictionary({f"/{name}": members for name, members in resources.items()})
    return pdf


def said(pdf: Pdf) -> str:
    return " ".join(pdf.pages[0].Contents.read_bytes().decode().split())


def seen(pdf: Pdf) -> tuple[int, ...]:
    """The pixel in the middle of the first page, as PDFium shows it."""
    target = BytesIO()
    pdf.save(target)
    with pypdfium2.PdfDocument(target.getvalue()) as opened:
        picture = opened[0].render(scale=1).to_pil().convert("RGB")
    pixel = picture.getpixel((50, 50))
    assert isinstance(pixel, tuple)
    return tuple(int(value) for value in pixel)


AREA = " 0 0 100 100 re f"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("/DeviceCMYK cs .6 0 0 0 scn", "/DeviceCMYK cs /Spot cs .6 scn"),
        ("/DeviceCMYK cs .6 0 0 .2 scn", "/DeviceCMYK cs /SpotAndBlack cs .6 .2 scn"),
        ("/DeviceCMYK cs 0 0 0 1 scn", "/DeviceCMYK cs /DeviceCMYK cs 0 0 0 1 scn"),
        ("/DeviceCMYK cs 0 0 0 0 scn", "/DeviceCMYK cs /DeviceCMYK cs 0 0 0 0 scn"),
        ("/DeviceCMYK CS .6 0 0 .2 SCN", "/DeviceCMYK CS /SpotAndBlack CS .6 .2 SCN"),
        ("1 0 0 0 k 1 0 0 .5 K", "/Spot cs 1 scn /SpotAndBlack CS 1 .5 SCN"),
        ("0 .5 0 .2 k", "/DeviceCMYK cs 0 .5 0 .2 scn"),  # an ink that the job does not have; preflight will find it
        ("0 g .5 G", "0 g .5 G"),
        ("/Pattern cs /P0 scn", "/Pattern cs /P0 scn"),
        (
            "/DeviceCMYK cs .1 0 0 0 scn q /DeviceGray cs .5 scn Q .2 0 0 0 scn",
            "/DeviceCMYK cs /Spot cs .1 scn q /DeviceGray cs .5 scn Q /Spot cs .2 scn",
        ),
    ],
)
def test_colours_move_to_the_spots_plate(content: str, expected: str) -> None:
    pdf = a_page(content)
    separate(pdf, spot())
    assert said(pdf).replace("0.", ".") == expected


@pytest.mark.parametrize("inks", [Inks("process4"), Inks("kc"), Inks("k"), spot(separation=False)])
def test_other_jobs_are_left_alone(inks: Inks) -> None:
    pdf = a_page("/DeviceCMYK cs .6 0 0 .2 scn")
    separate(pdf, inks)
    assert said(pdf) == "/DeviceCMYK cs .6 0 0 .2 scn"
    assert "/ColorSpace" not in pdf.pages[0].Resources


def test_the_spot_is_named_once_and_shown_by_its_colour() -> None:
    pdf = a_page("1 0 0 0 k")
    separate(pdf, spot())
    spaces: Any = pdf.pages[0].Resources.ColorSpace
    family, name, alternate, tint = spaces.Spot
    assert [str(family), str(name), str(alternate)] == ["/Separation", "/DIC 156s", "/DeviceCMYK"]
    assert [float(ink) for ink in tint.C1] == [0, 0.76, 0.85, 0]
    family, names, alternate, _, attributes = spaces.SpotAndBlack
    assert [str(family), *map(str, names), str(alternate)] == ["/DeviceN", "/DIC 156s", "/Black", "/DeviceCMYK"]
    assert attributes.Colorants["/DIC 156s"].objgen == spaces.Spot.objgen


@pytest.mark.parametrize("plate", ["Cyan", "Magenta"])
@pytest.mark.parametrize(("tint", "black"), [(1, 0), (0.4, 0), (1, 0.5), (0.3, 0.7), (1, 1)])
def test_it_looks_like_the_spot(plate: str, tint: float, black: float) -> None:
    ink = f"{tint} 0 0" if plate == "Cyan" else f"0 {tint} 0"
    pdf = a_page(f"{ink} {black} k" + AREA)
    separate(pdf, spot(plate))
    alike = a_page(f"0 {0.76 * tint} {0.85 * tint} {black} k" + AREA)
    assert seen(pdf) == pytest.approx(seen(alike), abs=2)


def gradient(plate: str) -> Dictionary:
    inks = [1, 0, 0, 0.25] if plate == "Cyan" else [0, 1, 0, 0.25]
    level = Dictionary(FunctionType=2, Domain=[0, 1], C0=inks, C1=inks, N=1)
    return Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 100, 0], Function=level, Extend=Array([True, True])
    )


@pytest.mark.parametrize("plate", ["Cyan", "Magenta"])
@pytest.mark.parametrize("way", ["sh", "pattern"])
def test_a_gradient_moves_with_its_plate(plate: str, way: str) -> None:
    if way == "sh":
        pdf = a_page("/S sh", Shading=Dictionary(S=gradient(plate)))
    else:
        pattern = Dictionary(PatternType=2, Shading=gradient(plate))
        pdf = a_page("/Pattern cs /P scn" + AREA, Pattern=Dictionary(P=pattern))
    separate(pdf, spot(plate))
    assert seen(pdf) == pytest.approx(seen(a_page("0 .76 .85 .25 k" + AREA)), abs=3)


@pytest.mark.parametrize("way", ["one", "stitched", "four", "sampled"])
def test_a_gradient_of_other_inks_is_left_for_preflight(way: str) -> None:
    """Magenta and yellow of a gradient are not thrown away: they stay, and are found."""
    one = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0, 0], C1=[0, 0.8, 1, 0], N=1)
    stitched = Dictionary(FunctionType=3, Domain=[0, 1], Functions=[one, one], Bounds=[0.5], Encode=[0, 1, 0, 1])
    four = Array([Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[ink], N=1) for ink in (1, 0.8, 0, 0)])
    made = gradient("Cyan")
    pdf = a_page("/S sh", Shading=Dictionary(S=made))
    sampled = pdf.make_stream(
        bytes([255, 0, 0, 0, 0, 204, 255, 0]),
        FunctionType=0,
        Domain=[0, 1],
        Range=[0, 1] * 4,
        Size=[2],
        BitsPerSample=8,
    )
    functions = {"one": one, "stitched": stitched, "four": four, "sampled": sampled}
    pdf.pages[0].Resources.Shading.S.Function = functions[way]
    separate(pdf, spot())
    assert pdf.pages[0].Resources.Shading.S.ColorSpace == Name.DeviceCMYK
    target = BytesIO()
    pdf.save(target)
    press = replace(read_press("offset-two-colour", ROOT / "press", ROOT), inks=spot())
    found = inspected(target.getvalue(), press).findings
    assert "ink-not-in-job" in {each.code for each in found}
    told = {each.code for each in inspect(target.getvalue(), press).findings}  # by the file alone, without its plates
    assert "ink-not-in-job" in told


def picture(pdf: Pdf, inks: tuple[int, int, int, int], jpeg: bool) -> pikepdf.Stream:
    """Eight by eight pixels of these inks (0 to 255), as the engine writes them."""
    made = Image.new("CMYK", (8, 8), inks)
    target = BytesIO()
    made.save(target, "JPEG", quality=92, subsampling=0)
    stream = pdf.make_stream(target.getvalue() if jpeg else made.tobytes())
    stream.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, BitsPerComponent=8, ColorSpace=Name.DeviceCMYK
    )
    if jpeg:
        stream.Filter = Name.DCTDecode
        stream.Decode = Array([1, 0] * 4)  # Adobe's CMYK JPEGs are inverted
    return stream


@pytest.mark.parametrize("jpeg", [True, False])
def test_a_duotone_moves_to_the_spots_plate(jpeg: bool) -> None:
    pdf = a_page("100 0 0 100 0 0 cm /Im Do")
    pdf.pages[0].Resources.XObject = Dictionary(Im=picture(pdf, (204, 0, 0, 51), jpeg))
    separate(pdf, spot())
    space: Any = pdf.pages[0].Resources.XObject.Im.ColorSpace
    assert [str(name) for name in space[1]] == ["/DIC 156s", "/None", "/None", "/Black"]
    assert seen(pdf) == pytest.approx(seen(a_page("0 .608 .68 .2 k" + AREA)), abs=4)


@pytest.mark.parametrize("jpeg", [True, False])
def test_a_picture_of_four_inks_is_left_for_preflight(jpeg: bool) -> None:
    pdf = a_page("100 0 0 100 0 0 cm /Im Do")
    pdf.pages[0].Resources.XObject = Dictionary(Im=picture(pdf, (204, 90, 0, 51), jpeg))
    separate(pdf, spot())
    assert pdf.pages[0].Resources.XObject.Im.ColorSpace == Name.DeviceCMYK


@cache
def made_for(inks: Inks, issue: Path) -> bytes:
    """An issue printed with these inks."""
    opened = open_workspace(issue.parents[1])
    press: Press = replace(read_press("offset-two-colour", ROOT / "press", ROOT), inks=inks)
    files = build(issue, opened, ("print",), press).files
    (printed,) = (content for name, content in files.items() if name.endswith("print.pdf"))
    return printed


def inks_of(content: bytes) -> set[str]:
    """The plates that the colours of a PDF's content have ink on."""
    found: set[str] = set()
    with pikepdf.open(BytesIO(content)) as pdf:
        for stream, resources in contents(pdf):
            named: Any = resources.get("/ColorSpace", {})
            spaces = {"cs": "", "CS": ""}
            for each in pikepdf.parse_content_stream(stream, "cs CS scn SCN k K g G rg RG"):
                operator, operands = str(each.operator), list(each.operands)
                assert operator in ("cs", "CS", "scn", "SCN")
                if operator in spaces:
                    spaces[operator] = str(operands[0])
                    continue
                space = spaces["CS" if operator == "SCN" else "cs"]
                if space == "/DeviceCMYK":
                    plates = ["Cyan", "Magenta", "Yellow", "Black"]
                else:
                    names = named[space][1]
                    plates = [str(name)[1:] for name in (names if isinstance(names, Array) else [names])]
                found |= {plate for plate, ink in zip(plates, operands, strict=True) if float(ink)}
    return found


@pytest.mark.parametrize(
    ("inks", "plates"),
    [
        (Inks("kc"), {"Cyan", "Black"}),
        (Inks("k"), {"Black"}),
        (spot(), {"DIC 156s", "Black"}),
        (spot("Magenta"), {"DIC 156s", "Black"}),
        (spot("Magenta", separation=False), {"Magenta", "Black"}),
    ],
    ids=["kc", "k", "spot", "spot-on-magenta", "standin"],
)
def test_an_issue_has_the_jobs_inks_and_no_other(brochure: Path, inks: Inks, plates: set[str]) -> None:
    assert inks_of(made_for(inks, brochure)) == plates == set(inks.plates)


def test_a_spot_is_made_of_the_same_bytes_again(home: Path, tmp_path: Path) -> None:
    issue = quiz.make(tmp_path)
    layout = tmp_path / "layouts" / "quiz"
    with (layout / "layout.yaml").open("a", encoding="utf-8") as contract:
        contract.write("colours_two: {ink: 0/100, paper: 0/0, leaf: 80/20}\n")
    with (layout / "layout.css").open("a", encoding="utf-8") as style:
        style.write("h3 { color: var(--leaf) }")
    made = made_for.__wrapped__(spot(), issue)
    assert inks_of(made) == {"DIC 156s", "Black"}
    assert made == made_for.__wrapped__(spot(), issue)


BLACK_TEXT = ("DeviceCMYK", (("Cyan", 0.0), ("Magenta", 0.0), ("Yellow", 0.0), ("Black", 1.0)))


@pytest.mark.parametrize("inks", [spot(), Inks("kc")], ids=["spot", "kc"])
def test_the_covers_black_letters_are_black_alone(brochure: Path, inks: Inks) -> None:
    """What the second plate shows where they stand is the sky under them, which they overprint: it is the same with
    the letters and without."""
    made = made_for(inks, brochure)
    texts = [mark for mark in read_facts(made).pages[0].marks if isinstance(mark, Text)]
    black = [(mark, fill) for mark in texts if (fill := mark.paint.fill) and fill.tint("Black") > 0.5]
    assert len(black) > 8
    assert {(fill.space, fill.plates) for _, fill in black} == {BLACK_TEXT}
    assert all(mark.paint.overprint_fill and mark.paint.opm == 1 for mark, _ in black)

    target = BytesIO()
    with pikepdf.open(BytesIO(made)) as pdf:
        read, shown = [], True
        for each in pikepdf.parse_content_stream(pdf.pages[0]):
            operator = str(each.operator)
            if operator == "gs":
                shown = str(each.operands[0]) != "/SumiNose"
            if operator not in ("Tj", "TJ") or shown:
                read.append(each)
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(read))
        pdf.save(target)
    second = inks.plates[1] if inks.spot else "Cyan"
    whole, bare = separations(made)[0].plates, separations(target.getvalue())[0].plates
    assert whole["Black"] != bare["Black"]
    assert whole[second] == bare[second]


def test_it_says_the_same_in_every_ink(
    brochure: Path, brochure_made: Path, tmp_path: Path, marks: Callable[[Path], list[list[Any]]]
) -> None:
    path = tmp_path / "two.pdf"
    path.write_bytes(made_for(spot(), brochure))
    for page, fewer in zip(marks(brochure_made / "print.pdf"), marks(path), strict=True):
        assert [(mark.text, mark.place) for mark in page if mark.text] == [
            (mark.text, mark.place) for mark in fewer if mark.text
        ]
