"""Photographs of every make: upright, in inks on paper, in colour on screen, without the camera's notes on the web."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
import yaml
from PIL import Image, ImageChops, ImageCms
from tests.conftest import write_files
from tests.kinds import brochure
from tests.media.photograph import quadrants

from koho_pdf.composition.pictures.print_pictures import Printed, limited, printed, size_of
from koho_pdf.composition.pictures.screen_pictures import shown, upright
from koho_pdf.editions.web import web_edition
from koho_pdf.preflight.pdf.facts import Picture
from koho_pdf.preflight.pdf.reading import read_facts
from koho_pdf.preflight.plates.plates import separations
from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.inks import reduced
from koho_pdf.press.profile import Inks, Press, Spot, read_press

if TYPE_CHECKING:
    from tests.conftest import Element

    from koho_pdf.pipeline import Build

MM = 72 / 25.4
ROOT = Path(__file__).parents[2]
PROFILE = ROOT / "press" / "profiles" / "fogra39-coated-300.icc"
ALTS = ["港に戻る船", "雪の商店街", "校庭で遊ぶ子ども", "朝の体操"]
Pixel = tuple[int, int, int]


def camera_jpeg(path: Path) -> None:
    """Held upright: the sensor's picture lies on its side and EXIF says so (orientation 6), with a place in it."""
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "SECRET-CAMERA"
    notes.get_ifd(0x8825)[1] = "N"
    quadrants(890, 490).rotate(90, expand=True).save(path, "JPEG", quality=95, exif=notes)


def alpha_png(path: Path) -> None:
    picture = quadrants(890, 490, "RGBA")
    picture.paste((0, 0, 0, 0), (445, 245, 890, 490))
    picture.save(path, "PNG")


def grey_png(path: Path) -> None:
    quadrants(890, 490, "L").save(path, "PNG")


def cmyk_jpeg(path: Path) -> None:
    picture = Image.new("CMYK", (890, 490), (0, 0, 0, 0))
    for inks, at in [((0, 255, 255, 0), (0, 0)), ((255, 0, 255, 0), (445, 0)), ((255, 255, 0, 0), (0, 245))]:
        picture.paste(Image.new("CMYK", (445, 245), inks), at)
    picture.save(path, "JPEG", quality=95)


MAKERS = {"minato.jpg": camera_jpeg, "yuki.png": alpha_png, "kotei.png": grey_png, "taiso.jpg": cmyk_jpeg}


def with_photographs(root: Path) -> Path:
    """The small brochure with four chapters, a photograph in each; the folder of its issue."""
    folder = brochure.make(root)
    (folder / "photos").mkdir()
    issue = brochure.as_typed()
    issue["chapters"] = [
        {
            "name": f"第{number}の話",
            "photo": {"file": f"photos/{name}", "alt": alt, "caption": f"{alt}。"},
            "parts": [{"name": "話", "points": ["短い文です。"]}],
        }
        for number, (name, alt) in enumerate(zip(MAKERS, ALTS, strict=True), 1)
    ]
    for name, make in MAKERS.items():
        make(folder / "photos" / name)
    text = yaml.safe_dump(issue, allow_unicode=True, sort_keys=False, width=10_000)
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(home: Path, tmp_path_factory: pytest.TempPathFactory, proved: Any) -> Path:
    """The files of the brochure with photographs."""
    root = tmp_path_factory.mktemp("photographs") / "city"
    with_photographs(root)
    build: Build = proved(root, brochure.NAME, ("print", "screen", "web"))
    assert build.findings == ()
    return write_files(build.files, root / "out")


def places(made: Path, edition: str) -> list[tuple[int, dict[str, float]]]:
    """Page and box (mm) of each photograph."""
    fields = json.loads((made / "map.json").read_text(encoding="utf-8"))["fields"]
    found = {each["field"]: each for each in fields if each["edition"] == edition}
    return [(found[name]["page"], found[name]["box"]) for name in (f"chapters.{n}.photo.file" for n in range(4))]


def corners(path: Path, page: int, box: dict[str, float], bleed: float) -> list[Pixel]:
    """The pixels in the middle of the four quarters of a box of a rendered page, row by row."""
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[page - 1].render(scale=1).to_pil().convert("RGB")
    return [
        picture.getpixel(
            (round((box["x"] + box["width"] * x + bleed) * MM), round((box["y"] + box["height"] * y + bleed) * MM))
        )
        for y in (0.25, 0.75)
        for x in (0.25, 0.75)
    ]


def names_of(pixels: list[Pixel]) -> list[str]:
    """What a person would call each colour."""
    words = []
    for red, green, blue in pixels:
        most = max(red, green, blue)
        if most - min(red, green, blue) < 25:
            words.append("white" if most > 230 else "grey")
        else:
            words.append({red: "red", green: "green", blue: "blue"}[most])
    return words


UPRIGHT = ["red", "green", "blue", "white"]


@pytest.mark.parametrize(("edition", "bleed"), [("print", 3.0), ("screen", 0.0)])
def test_photographs_stand_upright_in_their_colours(made: Path, edition: str, bleed: float) -> None:
    seen = [names_of(corners(made / f"{edition}.pdf", page, box, bleed)) for page, box in places(made, edition)]
    assert seen == [UPRIGHT, UPRIGHT, ["grey", "grey", "grey", "white"], UPRIGHT]


def images(pdf: pikepdf.Pdf) -> list[Any]:
    return [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]


def test_on_paper_they_are_inks(made: Path) -> None:
    with pikepdf.open(made / "print.pdf") as pdf:
        spaces = sorted(str(image.ColorSpace) for image in images(pdf))
        stored = [
            Image.open(BytesIO(image.read_raw_bytes())).mode for image in images(pdf) if image.Filter == "/DCTDecode"
        ]
        assert stored == ["CMYK"] * 2  # those that came as JPEG, by their content, not by their names
        assert spaces == ["/DeviceCMYK"] * 3 + ["/DeviceGray"] * 2  # the grey one, and the mask of the clear one
        (clear,) = (image for image in images(pdf) if "/SMask" in image)
        assert (str(clear.ColorSpace), str(clear.SMask.ColorSpace)) == ("/DeviceCMYK", "/DeviceGray")
        for each in pdf.objects:
            assert b"/DeviceRGB" not in each.unparse(resolved=True)
            assert b"/ICCBased" not in each.unparse(resolved=True)


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_no_pdf_tells_on_the_camera(made: Path, edition: str) -> None:
    with pikepdf.open(made / f"{edition}.pdf") as pdf:
        said = b"".join(each.read_raw_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream))
    assert b"SECRET-CAMERA" not in said
    assert b"Exif" not in said


def test_the_web_shows_copies_without_the_cameras_notes(made: Path) -> None:
    html = (made / "web" / "index.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in (made / "web" / "photos").iterdir()) == sorted(MAKERS)
    for name in MAKERS:
        assert f'src="photos/{name}"' in html
        with Image.open(made / "web" / "photos" / name) as picture:
            assert dict(picture.getexif()) == {}
            assert "exif" not in picture.info
            assert picture.size == (890, 490)
            shown = picture.convert("RGB")
        seen = [shown.getpixel((x, y)) for y in (122, 367) for x in (222, 667)]
        assert names_of(seen)[:2] == (["grey", "grey"] if name == "kotei.png" else UPRIGHT[:2])  # type: ignore[arg-type]


def test_the_web_shows_what_every_browser_shows(made: Path) -> None:
    for path in (made / "web" / "photos").iterdir():
        with Image.open(path) as picture:
            assert picture.mode in ("RGB", "RGBA", "L"), f"{path.name}: no browser promises to show {picture.mode}"


def test_their_words_are_everywhere(made: Path, structure: Callable[[Path], Element]) -> None:
    figures = [each.alt for each in structure(made / "screen.pdf").every("Figure")]
    assert [alt for alt in figures if alt in ALTS] == ALTS
    html = (made / "web" / "index.html").read_text(encoding="utf-8")
    assert [alt for alt in ALTS if f'alt="{alt}"' in html] == ALTS
    said = structure(made / "screen.pdf").text
    assert [alt for alt in ALTS if f"{alt}。" in said] == ALTS  # the captions


@pytest.fixture
def grey(tmp_path: Path) -> Callable[[bytes | None], Path]:
    """A medium red in RGB, with this profile in it."""

    def make(profile: bytes | None) -> Path:
        path = tmp_path / "grey.png"
        more: dict[str, Any] = {"icc_profile": profile} if profile else {}
        Image.new("RGB", (8, 8), (128, 100, 100)).save(path, "PNG", **more)
        return path

    return make


def first_pixel(content: bytes) -> Any:
    with Image.open(BytesIO(content)) as picture:
        return picture.getpixel((4, 4))


def press_with(**changes: Any) -> Press:
    return replace(read_press("offset-coated", ROOT / "press", ROOT), **changes)


PRESS = press_with()
TWO = press_with(inks=Inks("kc"), total_ink=200.0)


@pytest.fixture
def inked(tmp_path: Path) -> Callable[..., Any]:
    """``inked(path)``: a picture as it is printed; ``inked.made`` is how the PDF holds it."""

    def make(path: Path, press: Press = PRESS, ppi: float = 300) -> Image.Image:
        made = printed(path, press, ppi, tmp_path / "cache")
        assert printed(path, press, ppi, tmp_path / "cache") == made  # the second time from the cache
        return as_picture(made)

    return make


def as_picture(made: Printed) -> Image.Image:
    if made.filter == "DCTDecode":
        picture = Image.open(BytesIO(made.samples))
        assert picture.size == (made.width, made.height)
        return picture
    mode = {("DeviceGray", 1): "1", ("DeviceGray", 8): "L", ("DeviceCMYK", 8): "CMYK"}[made.space, made.bits]
    return Image.frombytes(mode, (made.width, made.height), zlib.decompress(made.samples))


def test_a_profile_of_the_pictures_own_is_honoured(
    grey: Callable[[bytes | None], Path], inked: Callable[..., Any]
) -> None:
    """The same numbers on a scale without sRGB's curve are a lighter grey; on paper, less ink."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    gamma = b"\x00\x02\x66\x66"  # 2.4 in the curve of each colour
    assert gamma in srgb
    linear = srgb.replace(gamma, b"\x00\x01\x00\x00")
    plain, same, lighter = (
        (first_pixel(shown(grey(profile), PROFILE)), inked(grey(profile)).getpixel((4, 4)))
        for profile in (None, srgb, linear)
    )
    assert plain == same
    assert plain[0] == (128, 100, 100)
    assert min(lighter[0]) > 140
    assert sum(lighter[1]) < sum(plain[1]) - 60


def test_a_profile_that_does_not_fit_the_picture_is_left_aside(
    grey: Callable[[bytes | None], Path], inked: Callable[..., Any]
) -> None:
    xyz = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert first_pixel(shown(grey(xyz), PROFILE)) == (128, 100, 100)
    assert inked(grey(xyz)).mode == "CMYK"


def on_paper(picture: Image.Image, profile: Path = PROFILE) -> float:
    """L* of a picture's middle, through the output profile; greys are black ink."""
    bare = Image.new("L", (1, 1))
    x, y = picture.width // 2, picture.height // 2
    one = picture.crop((x, y, x + 1, y + 1))
    inks = one if one.mode == "CMYK" else Image.merge("CMYK", [bare] * 3 + [ImageChops.invert(one)])
    lab = ImageCms.createProfile("LAB")
    shown = ImageCms.profileToProfile(inks, str(profile), lab, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="LAB")
    assert shown is not None
    return shown.tobytes()[0] / 2.55


def grey_profile(device: bytes, gamma: float) -> bytes:
    """A profile of greys (ISO 15076-1, 8.3): of a screen (``mntr``) or of dot gain (``prtr``)."""

    def number(value: float) -> bytes:
        return round(value * 65536).to_bytes(4, "big")

    white = number(0.9642) + number(1) + number(0.8249)
    tags = {
        b"desc": b"desc\0\0\0\0\0\0\0\x05grey\0" + bytes(78),
        b"wtpt": b"XYZ \0\0\0\0" + white,
        b"kTRC": b"curv\0\0\0\0\0\0\0\1" + round(gamma * 256).to_bytes(2, "big") + b"\0\0",
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
    }
    table, body, at = b"", b"", 132 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += name + at.to_bytes(4, "big") + len(content).to_bytes(4, "big")
        body, at = body + content, at + len(content)
    head = bytes(8) + b"\2\x20\0\0" + device + b"GRAYXYZ " + bytes(12) + b"acsp" + bytes(28) + white
    made = head.ljust(128, b"\0") + len(tags).to_bytes(4, "big") + table + body
    return len(made).to_bytes(4, "big") + made[4:]


@pytest.mark.parametrize(
    ("mode", "grey_level"),
    [
        ("I;16", 128 * 256),
        ("L", 128),
        ("LA", (128, 255)),
        ("RGB", (128,) * 3),
        ("RGBA", (128, 128, 128, 255)),
        ("P", 128),
    ],
)
def test_a_grey_prints_as_light_as_it_is_on_a_screen(
    tmp_path: Path, inked: Callable[..., Any], mode: str, grey_level: Any
) -> None:
    """sRGB 128 is L* 53.6; K 50 % is L* 65. Of every make, on black alone, in jobs of four inks, of two and of one."""
    path = tmp_path / "grey.png"
    picture = Image.new(mode, (8, 8), grey_level)
    if mode == "P":
        picture.putpalette([level for level in range(256) for _ in range(3)])
    picture.save(path, "PNG")
    for press in (PRESS, TWO, press_with(inks=Inks("k"))):
        made = inked(path, press)
        assert made.mode == "L"
        assert on_paper(made) == pytest.approx(53.6, abs=1)
    assert first_pixel(shown(path, PROFILE)) in (128, (128,) * 3, (128, 128, 128, 255))


@pytest.mark.parametrize(("level", "lightness"), [(255, 100), (224, 89.2), (192, 77.7), (160, 65.9), (96, 40.7)])
def test_every_grey_is_as_light_as_its_neighbour_in_colours(
    tmp_path: Path, inked: Callable[..., Any], level: int, lightness: float
) -> None:
    """A picture all grey, and the same with one tinted pixel, which is separated as a whole."""
    picture = Image.new("RGB", (8, 8), (level,) * 3)
    picture.save(tmp_path / "grey.png")
    picture.putpixel((0, 0), (level, level, 0))
    picture.save(tmp_path / "tinted.png")
    grey, tinted = inked(tmp_path / "grey.png"), inked(tmp_path / "tinted.png")
    assert (grey.mode, tinted.mode) == ("L", "CMYK")
    assert on_paper(grey) == pytest.approx(lightness, abs=1)
    assert on_paper(tinted) == pytest.approx(on_paper(grey), abs=2.5)


def test_shadows_bend_towards_the_darkest_that_black_ink_is(tmp_path: Path, inked: Callable[..., Any]) -> None:
    news = read_press("newsprint", ROOT / "press", ROOT)
    Image.linear_gradient("L").save(tmp_path / "ramp.png")
    for press in (PRESS, news):
        made = inked(tmp_path / "ramp.png", press)
        down = [made.getpixel((4, y)) for y in range(256)]
        assert (down[0], down[-1]) == (0, 255)
        assert all(one <= after for one, after in pairwise(down))
        assert len(set(down[:96])) > 30, "no shadow closes up"


@pytest.mark.parametrize(
    "inks", [Inks("kc"), Inks("k"), Inks("spot", Spot("DIC 156s", PRESS.rich_black, False, "Cyan"))]
)
def test_colours_in_fewer_inks_are_as_light_as_they_were(tmp_path: Path, inked: Callable[..., Any], inks: Inks) -> None:
    """RGB 128/128/100 is L* 53; of a spot, its look counts."""
    Image.new("RGB", (8, 8), (128, 128, 100)).save(tmp_path / "olive.png")
    made = inked(tmp_path / "olive.png", press_with(inks=inks))
    if inks.spot:
        cyan, _, _, black = made.getpixel((4, 4))
        look = [share * cyan / 100 for share in inks.spot.colour.inks]
        made = Image.new("CMYK", (1, 1), (*(round(ink) for ink in look[:3]), min(255, round(look[3]) + black)))
    assert on_paper(made) == pytest.approx(53, abs=1.5)


def test_a_grey_with_a_profile_of_its_own_keeps_what_it_says(tmp_path: Path, inked: Callable[..., Any]) -> None:
    """Dot gain is ink already; a screen's grey is as light as its own curve says."""
    for name, device, gamma in (("ink.png", b"prtr", 1.8), ("screen.png", b"mntr", 1.0)):
        Image.new("L", (8, 8), 128).save(tmp_path / name, icc_profile=grey_profile(device, gamma))
    assert inked(tmp_path / "ink.png").getpixel((4, 4)) == 128
    light = 116 * (128 / 255) ** (1 / 3) - 16
    assert on_paper(inked(tmp_path / "screen.png")) == pytest.approx(light, abs=1)
    assert first_pixel(shown(tmp_path / "screen.png", PROFILE)) == pytest.approx(188, abs=1)


def test_a_plate_of_a_grey_is_as_another_program_makes_it(tmp_path: Path) -> None:
    """Ghostscript separates the PDF; the black it finds is L* 53.6 through the profile."""
    Image.new("L", (300, 300), 128).save(tmp_path / "grey.png")
    made = printed(tmp_path / "grey.png", PRESS, 300, tmp_path / "cache")
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(72, 72))
        picture = pdf.make_stream(made.samples, Subtype=pikepdf.Name.Image, Width=300, Height=300)
        picture.write(made.samples, filter=pikepdf.Name(f"/{made.filter}"))
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name(f"/{made.space}"), made.bits
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        page.Contents = pdf.make_stream(b"72 0 0 72 0 0 cm /P Do")
        target = BytesIO()
        pdf.save(target)
    (plates,) = separations(target.getvalue(), pages=1)
    black = Image.frombytes("L", (plates.width, plates.height), plates.plates["Black"])
    assert on_paper(ImageChops.invert(black)) == pytest.approx(53.6, abs=1)


def test_one_bit_is_ink_or_paper(tmp_path: Path, inked: Callable[..., Any]) -> None:
    Image.new("1", (8, 8), 1).save(tmp_path / "line.png", icc_profile=grey_profile(b"mntr", 2.2))
    made = inked(tmp_path / "line.png")
    assert (made.mode, made.getpixel((4, 4))) == ("1", 255)


def test_what_shows_through_becomes_paper_where_it_must(tmp_path: Path, inked: Callable[..., Any]) -> None:
    path = tmp_path / "clear.png"
    picture = Image.new("RGBA", (8, 8), (200, 0, 0, 0))
    picture.putpixel((0, 0), (200, 0, 0, 255))
    picture.save(path, "PNG")
    flat = press_with(standard="PDF/X-1a:2003")
    assert inked(path, flat).getpixel((4, 4)) == (0, 0, 0, 0)
    assert printed(path, flat, 300, tmp_path / "cache").mask == b""
    assert first_pixel(shown(path, PROFILE))[3] == 0


@pytest.mark.parametrize(("profile", "ground"), [("offset-coated", 255), ("offset-coated-x1a", 0)])
def test_the_ground_shows_through_what_is_clear_in_a_picture(
    tiny: Path, edit: Callable[[Path, str, str], None], proved: Any, profile: str, ground: int
) -> None:
    """Read off the plates of the finished file: a cut-out on magenta stands in no white box; where the standard has no
    transparency it does, and that is told."""
    layout = tiny / "layouts" / "tiny"
    for name, mode in (("colours.png", "RGBA"), ("greys.png", "LA")):
        picture = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
        picture.paste((0, 160, 0, 255) if mode == "RGBA" else (90, 90, 90, 255), (100, 100, 300, 300))
        picture.convert(mode).save(layout / name)
    (layout / "layout.yaml").write_text(
        (layout / "layout.yaml").read_text("utf-8").replace("ink: 0/0/0/100", "ink: 0/0/0/100, red: 0/100/0/0"), "utf-8"
    )
    place = 'alt="" aria-hidden="true" style="position: absolute; top: 10mm; width: 20mm'
    box = '<div style="position: absolute; left: 50mm; top: 50mm; width: 60mm; height: 40mm; background: var(--red)">'
    shown = f'<img src="colours.png" {place}; left: 5mm"><img src="greys.png" {place}; left: 35mm">'
    edit(layout / "layout.html", "</body>", f"{box}{shown}</div></body>")
    edit(tiny / "koho.yaml", "press: offset-coated", f"press: {profile}")
    build = proved(tiny, "tiny", ("print",))
    told = [each.code for each in build.findings if each.code == "picture-on-paper"]
    assert told == (["picture-on-paper"] * 2 if ground == 0 else [])
    (name,) = (name for name in build.files if name.endswith("print.pdf"))
    (plates,) = separations(build.files[name], pages=1)

    def ink(plate: str, x: float, y: float) -> int:
        mm = 72 / 25.4
        return plates.plates[plate][round(y * mm) * plates.width + round(x * mm)]

    for left in (55, 85):
        assert ink("Magenta", left - 2, 70) == 255
        assert ink("Magenta", left + 2.5, 62.5) == ground, "the clear edge of the picture"
    assert ink("Cyan", 65, 70) > 150, "its green middle"
    assert ink("Black", 95, 70) > 150, "its grey middle"


def test_a_large_picture_is_made_smaller_for_the_web(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    Image.new("RGB", (4000, 1000), "red").save(path, "JPEG")
    with Image.open(BytesIO(shown(path, PROFILE, 1600))) as picture:
        assert picture.size == (1600, 400)


def test_greys_in_rgb_such_as_a_qr_code_stay_on_black(tmp_path: Path, inked: Callable[..., Any]) -> None:
    path = tmp_path / "qr.png"
    code = Image.effect_noise((40, 40), 200).point(lambda value: 255 * (value > 127))
    code.convert("RGB").save(path, "PNG")
    made = inked(path)
    assert made.mode == "L"
    assert made.tobytes() == code.tobytes()


def test_one_bit_stays_one_bit_and_as_it_was(tmp_path: Path, inked: Callable[..., Any]) -> None:
    drawing = Image.effect_noise((61, 40), 200).point(lambda value: 255 * (value > 127)).convert("1")
    for name, options in [("line.png", {}), ("line.tif", {"compression": "group4"})]:
        drawing.save(tmp_path / name, **options)
        made = inked(tmp_path / name, ppi=1200)
        assert made.mode == "1"
        assert made.tobytes() == drawing.tobytes()


@pytest.mark.parametrize(
    ("mode", "ppi", "wanted"),
    [("RGB", 800, 0.5), ("RGB", 400, 1), ("RGB", 72, 1), ("L", 1600, 0.25), ("1", 2400, 1), ("1", 4800, 0.5)],
)
def test_what_is_too_fine_is_brought_down(
    tmp_path: Path, inked: Callable[..., Any], mode: str, ppi: float, wanted: float
) -> None:
    path = tmp_path / "fine.png"
    quadrants(120, 80, mode).save(path, "PNG")
    assert inked(path, ppi=ppi).size == (120 * wanted, 80 * wanted)


def test_fine_lines_are_averaged_before_they_are_thinned_out(tmp_path: Path, inked: Callable[..., Any]) -> None:
    path = tmp_path / "lines.png"
    lines = Image.new("L", (120, 120), 255)
    for x in range(0, 120, 2):
        lines.paste(0, (x, 0, x + 1, 120))
    lines.save(path, "PNG")
    low, high = inked(path, ppi=1600).crop((5, 5, 25, 25)).getextrema()
    assert 80 < low <= high < 105


@pytest.mark.parametrize("limit", [250.0, 200.0])
def test_no_place_has_more_ink_than_the_press_takes(tmp_path: Path, inked: Callable[..., Any], limit: float) -> None:
    path = tmp_path / "dark.png"
    dark = Image.merge(
        "RGB", [Image.linear_gradient("L").rotate(90 * turn).point(lambda v: v // 3) for turn in range(3)]
    )
    dark.save(path, "PNG")
    plates = zip(*(plate.tobytes() for plate in inked(path, press_with(total_ink=limit)).split()), strict=True)
    most = max(sum(pixel) for pixel in plates) / 2.55
    assert limit - 20 < most <= limit + 1e-9


def test_the_limit_leaves_black_and_the_hue_as_they_are() -> None:
    picture = Image.new("CMYK", (2, 1), (200, 100, 200, 255))
    picture.putpixel((1, 0), (100, 50, 0, 20))
    made = limited(picture, 200.0)
    cyan, magenta, yellow, black = made.getpixel((0, 0))  # type: ignore[misc]
    assert black == 255
    assert cyan == yellow == pytest.approx(2 * magenta, abs=1)
    assert 250 <= cyan + magenta + yellow <= 255
    assert made.getpixel((1, 0)) == (100, 50, 0, 20)


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_cmyk_passes_through(tmp_path: Path, inked: Callable[..., Any], form: str) -> None:
    path = tmp_path / f"inks.{form.lower()}"
    Image.new("CMYK", (16, 16), (200, 100, 50, 20)).save(path, form)
    made = inked(path)
    assert made.mode == "CMYK"
    assert made.getpixel((4, 4)) == pytest.approx((200, 100, 50, 20), abs=2)


def quadrants_in_inks(path: Path, **how: Any) -> bytes:
    """Cyan and magenta above, yellow and black below: 240 by 160 pixels of a CMYK JPEG, and its bytes."""
    picture = Image.new("CMYK", (240, 160))
    for plate in range(4):
        ink = tuple(255 * (number == plate) for number in range(4))
        picture.paste(Image.new("CMYK", (120, 80), ink), (120 * (plate % 2), 80 * (plate // 2)))
    picture.save(path, "JPEG", **{"quality": 88, **how})
    return path.read_bytes()


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"subsampling": 2}, {"restart_marker_blocks": 3}])
def test_a_jpeg_of_inks_that_needs_nothing_is_not_coded_again(tmp_path: Path, how: dict[str, Any]) -> None:
    file = quadrants_in_inks(tmp_path / "inks.jpg", **how)
    made = printed(tmp_path / "inks.jpg", PRESS, 350, tmp_path / "cache")
    assert made.samples == file
    assert (made.space, made.filter, made.inverted) == ("DeviceCMYK", "DCTDecode", True)


def test_a_grey_jpeg_of_ink_is_not_coded_again_in_any_job(tmp_path: Path) -> None:
    path = tmp_path / "grey.jpg"
    Image.linear_gradient("L").save(path, "JPEG", quality=85, icc_profile=grey_profile(b"prtr", 1.8))
    for press in (PRESS, TWO, press_with(inks=Inks("k"))):
        made = printed(path, press, 300, tmp_path / "cache")
        with Image.open(path) as file, Image.open(BytesIO(made.samples)) as kept:
            assert (kept.tobytes(), kept.quantization) == (file.tobytes(), file.quantization)  # type: ignore[attr-defined]
        assert (made.space, made.inverted) == ("DeviceGray", False)


def test_what_a_camera_wrote_beside_the_picture_stays_behind(tmp_path: Path) -> None:
    """Tables and scans are those of the file, to the byte; notes, comments and what follows the picture are gone."""
    notes = Image.Exif()
    notes[0x010F] = "SECRET-CAMERA"
    plain = quadrants_in_inks(tmp_path / "plain.jpg")
    noted = quadrants_in_inks(tmp_path / "noted.jpg", exif=notes, comment=b"SECRET-PLACE", icc_profile=b"SECRET" * 20)
    (tmp_path / "noted.jpg").write_bytes(noted + b"SECRET-THUMBNAIL")
    assert noted.count(b"SECRET") > 20
    made = printed(tmp_path / "noted.jpg", PRESS, 350, tmp_path / "cache")
    assert made.samples == plain


REASONS: dict[str, tuple[dict[str, Any], dict[str, Any], float]] = {
    "too fine": ({}, {}, 1600),
    "too much ink": ({}, {"total_ink": 90.0}, 350),
    "fewer inks": ({}, {"inks": Inks("kc")}, 350),
    "on its side": ({"exif": {0x0112: 6}}, {}, 350),
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_jpeg_of_inks_that_needs_something_is_coded_anew(tmp_path: Path, reason: str) -> None:
    how, changes, ppi = REASONS[reason]
    if "exif" in how:
        notes = Image.Exif()
        notes.update(how["exif"])
        how = {"exif": notes}
    file = quadrants_in_inks(tmp_path / "inks.jpg", **how)
    made = printed(tmp_path / "inks.jpg", press_with(**changes), ppi, tmp_path / "cache")
    assert made.samples != file
    scan = file[file.index(b"\xff\xda") :]
    assert scan not in made.samples


def test_a_jpeg_of_inks_stands_upright_on_its_plates_and_is_the_file_in_the_pdf(
    tiny: Path, edit: Callable[[Path, str, str], None], proved: Any
) -> None:
    layout = tiny / "layouts" / "tiny"
    file = quadrants_in_inks(layout / "inks.jpg")
    edit(layout / "layout.css", ".words {", "img { position: absolute; top: 60mm; left: 10mm; width: 24mm }\n.words {")
    edit(layout / "layout.html", "</body>", '<img src="inks.jpg" alt="" aria-hidden="true"></body>')
    made = proved(tiny, "tiny", ("print",))
    (name,) = (name for name in made.files if name.endswith("print.pdf"))
    with pikepdf.open(BytesIO(made.files[name])) as pdf:
        (image,) = images(pdf)
        assert image.read_raw_bytes() == file
        assert [int(value) for value in image.Decode] == [1, 0] * 4
    page = separations(made.files[name])[0]
    plates = {name: Image.frombytes("L", (page.width, page.height), plate) for name, plate in page.plates.items()}
    for number, inked in enumerate(("Cyan", "Magenta", "Yellow", "Black")):
        at = round((16 + 12 * (number % 2)) * MM), round((64 + 8 * (number // 2)) * MM)
        for name, plate in plates.items():
            assert plate.getpixel(at) == pytest.approx(255 if name == inked else 0, abs=3)


@pytest.mark.parametrize("limit", [300.0, 250.0, 220.0])
def test_coding_puts_no_pixel_over_the_limit(tmp_path: Path, inked: Callable[..., Any], limit: float) -> None:
    """Hard edges and grain in the dark, where a JPEG differs most from its source."""
    grain = [Image.effect_noise((240, 240), 60).point(lambda value: value // 3) for _ in range(3)]
    dark = Image.merge("RGB", grain)
    for at in range(0, 240, 24):
        dark.paste("white", (at, at, at + 9, 240))
    dark.save(tmp_path / "dark.jpg", "JPEG", quality=98, subsampling=0)
    separated = inked(tmp_path / "dark.jpg", press_with(total_ink=400.0))
    made = inked(tmp_path / "dark.jpg", press_with(total_ink=limit))

    def most(picture: Image.Image) -> float:
        return float(max(map(sum, zip(*(plate.tobytes() for plate in picture.split()), strict=True))) / 2.55)

    assert most(limited(separated, limit)) > limit - 12
    assert limit - 20 < most(made) <= limit + 1e-9


@pytest.mark.parametrize("second", ["Cyan", "Magenta"])
def test_with_two_inks_a_photograph_is_a_duotone(tmp_path: Path, inked: Callable[..., Any], second: str) -> None:
    path = tmp_path / "colours.jpg"
    ramp = Image.linear_gradient("L")
    Image.merge("RGB", [ramp, ramp.point(lambda v: v * 9 // 10), ramp]).save(path, "JPEG", quality=100, subsampling=0)
    inks = Inks("kc") if second == "Cyan" else Inks("spot", Spot("DIC 156s", PRESS.rich_black, False, "Magenta"))
    plates = dict(
        zip(("Cyan", "Magenta", "Yellow", "Black"), inked(path, replace(TWO, inks=inks)).split(), strict=True)
    )
    used = {name for name, plate in plates.items() if plate.getextrema() != (0, 0)}
    assert used == {second, "Black"}
    for name in used:
        down = [int(plates[name].getpixel((100, y))) for y in range(8, 250, 8)]
        assert all(one >= next_ - 1 for one, next_ in pairwise(down)), "darker above, on each plate"
    assert plates["Black"].getpixel((100, 3)) > plates[second].getpixel((100, 3))
    assert plates["Black"].getpixel((100, 200)) < plates[second].getpixel((100, 200))


def test_with_black_alone_a_photograph_is_grey(tmp_path: Path, inked: Callable[..., Any]) -> None:
    camera_jpeg(tmp_path / "colours.jpg")
    made = inked(tmp_path / "colours.jpg", press_with(inks=Inks("k")))
    assert made.mode == "L"
    assert made.size == size_of(tmp_path / "colours.jpg") == (890, 490)


def test_a_turned_picture_is_as_fine_as_it_is_large(
    home: Path, tiny: Path, edit: Callable[[Path, str, str], None], proved: Any
) -> None:
    """1200 pixels on 50.8 mm are 600 an inch, turned or not; of two places on a page, the larger counts."""
    layout = tiny / "layouts" / "tiny"
    quadrants(1200, 600).save(layout / "fine.jpg", "JPEG")
    place = "position: absolute; top: 60mm; height: 25.4mm"
    edit(
        layout / "layout.css",
        ".words {",
        f"img {{ {place}; left: 10mm }} .small {{ left: 90mm; height: 9mm }}\n.words {{",
    )
    image = '<img src="fine.jpg" alt="" aria-hidden="true"'
    edit(layout / "layout.html", "</body>", f'{image} style="transform: rotate(90deg)">{image} class="small"></body>')
    build = proved(tiny, "tiny", ("print",))
    assert build.findings == ()
    (name,) = (name for name in build.files if name.endswith("print.pdf"))
    with pikepdf.open(BytesIO(build.files[name])) as pdf:
        ((width, height),) = {(int(each.Width), int(each.Height)) for each in images(pdf)}
    assert (width, height) == (800, 400)


GROUPED = {
    "a group in a transform": (
        '<div style="transform: scale(.5)"><div style="opacity: .9">',
        "</div></div>",
        (400, 200),
    ),
    "a transform in a group": (
        '<div style="opacity: .9"><div style="transform: scale(2)">',
        "</div></div>",
        (1200, 600),
    ),
    "a group in a group": (
        '<div style="opacity: .9"><div style="opacity: .9; transform: scale(.5)">',
        "</div></div>",
        (400, 200),
    ),
}


@pytest.mark.parametrize("how", GROUPED)
def test_a_picture_in_a_group_is_as_fine_as_it_is_large_on_paper(
    tiny: Path, edit: Callable[[Path, str, str], None], proved: Any, how: str
) -> None:
    """1200 pixels on 50.8 mm are 600 an inch: at half the size 1200, of which 400 are kept, at twice 300."""
    before, after, wanted = GROUPED[how]
    layout = tiny / "layouts" / "tiny"
    quadrants(1200, 600).save(layout / "fine.jpg", "JPEG")
    image = '<img src="fine.jpg" alt="" aria-hidden="true" style="height: 25.4mm; display: block">'
    place = '<div style="position: absolute; top: 70mm; left: 55mm; width: 50.8mm">'
    edit(layout / "layout.html", "</body>", f"{place}{before}{image}{after}</div></body>")
    build = proved(tiny, "tiny", ("print",))
    assert build.findings == ()
    (name,) = (name for name in build.files if name.endswith("print.pdf"))
    with pikepdf.open(BytesIO(build.files[name])) as pdf:
        assert [(int(each.Width), int(each.Height)) for each in images(pdf)] == [wanted]
    (judged,) = (
        mark for page in read_facts(build.files[name]).pages for mark in page.marks if isinstance(mark, Picture)
    )
    assert judged.ppi == pytest.approx(400 if wanted[0] == 400 else 300, abs=1)


def test_a_tiled_picture_is_as_fine_as_its_tiles(
    tiny: Path, edit: Callable[[Path, str, str], None], proved: Any
) -> None:
    layout = tiny / "layouts" / "tiny"
    quadrants(1200, 600).save(layout / "fine.jpg", "JPEG")
    tiles = "width: 38mm; height: 19mm; background: url(fine.jpg) 0 0 / 25.4mm 12.7mm; transform: scale(2)"
    place = f'<div style="position: absolute; top: 70mm; left: 60mm; {tiles}"></div>'
    edit(layout / "layout.html", "</body>", f"{place}</body>")
    build = proved(tiny, "tiny", ("print",))
    (name,) = (name for name in build.files if name.endswith("print.pdf"))
    with pikepdf.open(BytesIO(build.files[name])) as pdf:
        assert [(int(each.Width), int(each.Height)) for each in images(pdf)] == [(800, 400)]


def test_inks_of_another_press_are_told_by_their_profiles_name(
    tiny: Path, edit: Callable[[Path, str, str], None], told: Callable[..., tuple[Any, ...]]
) -> None:
    """Their numbers stay; a picture with the press's own profile has no finding."""
    layout = tiny / "layouts" / "tiny"
    news = (ROOT / "press" / "profiles" / "tr002-newsprint-250.icc").read_bytes()
    picture = Image.new("CMYK", (300, 300), (0, 120, 120, 0))
    picture.save(layout / "news.jpg", icc_profile=news)
    picture.save(layout / "ours.jpg", icc_profile=PROFILE.read_bytes())
    place = 'alt="" aria-hidden="true" style="position: absolute; top: 70mm; left: 55mm; width: 20mm"'
    edit(layout / "layout.html", "</body>", f'<img src="news.jpg" {place}><img src="ours.jpg" {place}></body>')
    (found,) = told(tiny, "tiny", ("print",))
    assert (found.code, found.severity.value) == ("picture-of-other-inks", "warning")
    assert "TR" in found.message
    assert "news.jpg" in found.message
    assert found.where.file == "layouts/tiny/news.jpg"


def test_a_picture_with_more_ink_than_the_press_takes_is_told_with_how_much(
    tiny: Path, edit: Callable[[Path, str, str], None], told: Callable[..., tuple[Any, ...]]
) -> None:
    """314 % is not printed: the other three inks are lowered, and a finding says so; 298 % is no mistake."""
    layout = tiny / "layouts" / "tiny"
    news = (ROOT / "press" / "profiles" / "tr002-newsprint-250.icc").read_bytes()
    for name, ink, profile in (("heavy.jpg", 200, news), ("drawn.tif", 200, None), ("sound.tif", 190, None)):
        picture = Image.new("CMYK", (1200, 1200), (0, 0, 0, 100))
        picture.paste((ink,) * 4, (300, 300, 900, 900))
        picture.save(layout / name, icc_profile=profile)
    place = 'alt="" aria-hidden="true" style="position: absolute; top: 70mm; left: 55mm; width: 20mm"'
    shown = "".join(f'<img src="{name}" {place}>' for name in ("heavy.jpg", "drawn.tif", "sound.tif", "drawn.tif"))
    edit(layout / "layout.html", "</body>", f"{shown}</body>")
    found = {(each.code, Path(each.where.file).name): each.message for each in told(tiny, "tiny", ("print",))}
    assert set(found) == {
        ("picture-of-other-inks", "heavy.jpg"),
        ("picture-ink-lowered", "heavy.jpg"),
        ("picture-ink-lowered", "drawn.tif"),
    }
    assert "314 %" in found["picture-ink-lowered", "drawn.tif"]
    assert "数値は変えずに" not in found["picture-of-other-inks", "heavy.jpg"]


def test_dots_too_small_to_print_are_paper(tmp_path: Path, inked: Callable[..., Any]) -> None:
    """Newsprint cannot print tints below 3 %: in pictures in greys and in inks, and in the layout's colours."""
    coarse = press_with(least_dot=3.0)
    Image.new("L", (8, 8), 253).save(tmp_path / "light.png")
    picture = Image.new("CMYK", (8, 8), (5, 120, 4, 0))
    picture.save(tmp_path / "inks.tif")
    assert (
        inked(tmp_path / "light.png").getpixel((4, 4)) < 255,
        inked(tmp_path / "light.png", coarse).getpixel((4, 4)),
    ) == (
        True,
        255,
    )
    assert inked(tmp_path / "inks.tif", coarse).getpixel((4, 4)) == (0, 120, 0, 0)
    assert reduced([ProcessColour(1, 2, 4, 0)], coarse) == [ProcessColour(0, 0, 4, 0)]


def test_the_web_shows_a_tiff_as_png(tmp_path: Path) -> None:
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(tmp_path / "inks.tif")
    article = '<html><head></head><img src="../inks.tif" alt=""></html>'
    files = web_edition(
        '<html><head></head><img src="inks.tif" alt=""></html>', {"one": article}, (), {}, tmp_path, PROFILE
    )
    assert set(files) == {"index.html", "articles/one.html", "inks.tif.png"}
    assert b'src="inks.tif.png"' in files["index.html"]
    assert b'src="../inks.tif.png"' in files["articles/one.html"]
    with Image.open(BytesIO(files["inks.tif.png"])) as picture:
        assert (picture.format, picture.mode) == ("PNG", "RGB")


def test_a_photograph_that_is_too_coarse_is_told_with_its_name_and_line(
    home: Path, tmp_path: Path, told: Callable[..., tuple[Any, ...]]
) -> None:
    folder = with_photographs(tmp_path)
    quadrants(90, 50).save(folder / "photos" / "minato.jpg")
    lines = (folder / "issue.yaml").read_text(encoding="utf-8").splitlines()
    (found,) = told(tmp_path, brochure.NAME, ("print",))
    assert found.code == "picture-resolution"
    assert "photos/minato.jpg" in found.message
    assert found.where.file == f"content/{brochure.NAME}/issue.yaml"
    assert lines[found.where.line - 1].strip() == "file: photos/minato.jpg"


def peak_of(work: str, *arguments: object) -> float:
    """Megabytes that a process takes at most for some work on a picture."""
    code = f"import sys; from pathlib import Path\n{work}\nprint(Path('/proc/self/status').read_text())"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.stderr == b""
    return int(done.stdout.partition(b"VmHWM:")[2].split()[0]) / 1024


def test_the_largest_pictures_take_little_memory(tmp_path: Path) -> None:
    """All that is done to a picture; the engine and its fonts take some 200 MB beside that."""
    Image.new("RGB", (6500, 4990), "#804020").save(tmp_path / "colours.png", compress_level=1)
    Image.new("L", (10000, 9900), 128).save(tmp_path / "greys.jpg")
    work = """
from koho_pdf.composition.pictures.print_pictures import printed
from koho_pdf.composition.pictures.screen_pictures import shown, upright
from koho_pdf.media.pixels import check_pixels
from koho_pdf.press.profile import read_press
picture, root = Path(sys.argv[1]), Path(sys.argv[2])
check_pixels(picture.read_bytes())
press = read_press("offset-coated", root / "press", root)
assert shown(picture, press.condition.profile)
assert printed(picture, press, 900, picture.parent / "cache").samples
"""
    for name in ("colours.png", "greys.jpg"):
        assert peak_of(work, tmp_path / name, ROOT) < 300


def test_a_picture_larger_than_is_worked_on_keeps_its_look(tmp_path: Path) -> None:
    """A picture made smaller band by band is the same as in one step."""
    whole = quadrants(1200, 800)
    whole.save(tmp_path / "a.png")
    small, _ = upright(tmp_path / "a.png", colours=240_000)
    assert small.size == (600, 400)
    difference = ImageChops.difference(small, whole.resize((600, 400), Image.Resampling.LANCZOS))
    assert {difference.getpixel((x, y)) for x in range(600) for y in range(0, 400, 3)} <= set(product((0, 1), repeat=3))
