"""Photographs of every make: upright, in inks on paper, in colour on screen, without the camera's notes on the web."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
import yaml
from PIL import Image, ImageCms

from koho_pdf.composition.pictures import separated, shown

if TYPE_CHECKING:
    from tests.conftest import Element

    from koho_pdf.pipeline import Proof

MM = 72 / 25.4
PROFILE = Path(__file__).parents[2] / "press" / "profiles" / "fogra39-coated-300.icc"
LEAFLET = "2013-policy-leaflet"
ALTS = ["港に戻る船", "雪の商店街", "校庭で遊ぶ子ども", "朝の体操"]
Pixel = tuple[int, int, int]


def quadrants(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red and green above, blue and white below: shows which way up a picture is."""
    picture = Image.new("RGB", (width, height), "white")
    half = (width // 2, height // 2)
    for colour, at in [("#d02020", (0, 0)), ("#20a020", (half[0], 0)), ("#2020d0", (0, half[1]))]:
        picture.paste(Image.new("RGB", half, colour), at)
    return picture.convert(mode)


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


def with_photographs(root: Path, manuscript: dict[str, Any]) -> None:
    """The leaflet with a photograph to each pillar, its text shortened to leave them room."""
    folder = root / "content" / LEAFLET
    (folder / "photos").mkdir(exist_ok=True)
    issue = json.loads(json.dumps(manuscript))
    for pillar, (name, make), alt in zip(issue["pillars"], MAKERS.items(), ALTS, strict=True):
        make(folder / "photos" / name)
        pillar["photo"] = {"file": f"photos/{name}", "alt": alt, "caption": f"{alt}。"}
        for initiative in pillar["initiatives"]:
            initiative["policies"] = ["短い文です。"]
    text = yaml.safe_dump(issue, allow_unicode=True, sort_keys=False, width=10_000)
    (folder / "issue.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def made(
    home: Path, tmp_path_factory: pytest.TempPathFactory, manuscript: dict[str, Any], throwaway: Any, proved: Any
) -> Path:
    """The files of the leaflet with photographs."""
    root: Path = throwaway(tmp_path_factory.mktemp("photographs") / "desk")
    with_photographs(root, manuscript)
    proof: Proof = proved(root, LEAFLET, ("print", "screen", "web"))
    assert proof.findings == ()
    for name, content in proof.files.items():
        path = root / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root / "out"


def places(made: Path, edition: str) -> list[tuple[int, dict[str, float]]]:
    """Page and box (mm) of each photograph."""
    fields = json.loads((made / "map.json").read_text(encoding="utf-8"))["fields"]
    found = {each["field"]: each for each in fields if each["edition"] == edition}
    return [(found[name]["page"], found[name]["box"]) for name in (f"pillars.{n}.photo.file" for n in range(4))]


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
        assert stored == ["CMYK"] * 3  # what lies in the file, not what the file calls it
        assert spaces == ["/DeviceCMYK", "/DeviceCMYK", "/DeviceCMYK", "/DeviceGray"]
        assert not [image for image in images(pdf) if "/SMask" in image]  # paper knows no transparency
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
    """A middle grey in RGB, with this profile in it."""

    def make(profile: bytes | None) -> Path:
        path = tmp_path / "grey.png"
        more: dict[str, Any] = {"icc_profile": profile} if profile else {}
        Image.new("RGB", (8, 8), (128, 128, 128)).save(path, "PNG", **more)
        return path

    return make


def first_pixel(content: bytes) -> Any:
    with Image.open(BytesIO(content)) as picture:
        return picture.getpixel((4, 4))


def test_a_profile_of_the_pictures_own_is_honoured(grey: Callable[[bytes | None], Path]) -> None:
    """The same numbers on a scale without sRGB's curve are a lighter grey; on paper, less ink."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    gamma = b"\x00\x02\x66\x66"  # 2.4 in the curve of each colour
    assert gamma in srgb
    linear = srgb.replace(gamma, b"\x00\x01\x00\x00")
    plain, same, lighter = (
        (first_pixel(shown(grey(profile), PROFILE)), first_pixel(separated(grey(profile), PROFILE)))
        for profile in (None, srgb, linear)
    )
    assert plain == same
    assert plain[0] == (128, 128, 128)
    assert min(lighter[0]) > 160
    assert sum(lighter[1]) < sum(plain[1]) - 60


def test_a_profile_that_does_not_fit_the_picture_is_left_aside(grey: Callable[[bytes | None], Path]) -> None:
    xyz = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert first_pixel(shown(grey(xyz), PROFILE)) == (128, 128, 128)
    assert len(first_pixel(separated(grey(xyz), PROFILE))) == 4


@pytest.mark.parametrize(("mode", "middle"), [("I;16", 32768), ("L", 128), ("LA", (128, 255)), ("1", 1)])
def test_grey_stays_grey_and_as_light_as_it_was(tmp_path: Path, mode: str, middle: Any) -> None:
    path = tmp_path / "grey.png"
    Image.new(mode, (8, 8), middle).save(path, "PNG")
    wanted = 255 if mode == "1" else 128
    assert first_pixel(separated(path, PROFILE)) == pytest.approx(wanted, abs=1)
    assert first_pixel(shown(path, PROFILE)) in (wanted, (wanted,) * 3, (wanted, wanted, wanted, 255))


def test_what_shows_through_becomes_paper(tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (8, 8), (200, 0, 0, 0)).save(path, "PNG")
    assert first_pixel(separated(path, PROFILE)) == (0, 0, 0, 0)
    assert first_pixel(shown(path, PROFILE))[3] == 0


def test_a_large_picture_is_made_smaller_for_the_web(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    Image.new("RGB", (4000, 1000), "red").save(path, "JPEG")
    with Image.open(BytesIO(shown(path, PROFILE, 1600))) as picture:
        assert picture.size == (1600, 400)
