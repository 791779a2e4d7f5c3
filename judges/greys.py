"""Ghostscript and LittleCMS: is a grey of a photograph as light on paper as it is on a screen?

A page with four greys, as the press profile gets them, takes the place of the print PDF's own; Ghostscript makes its
plates, and LittleCMS says their L* by the output profile, and that of the same numbers in sRGB.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
from PIL import Image, ImageCms, features

from judges.ghostscript import Refused, sides
from judges.verdict import Case, Judge, Verdict
from koho_pdf.composition.pictures.print_pictures import printed
from koho_pdf.press.profile import PROCESS

LEVELS = (224, 192, 160, 128)
MOST = 2.0
LIGHTS = 75.0
"""L*: above it every press can print what is meant; below it one whose black is dark (``DEEP``)."""
DEEP = 22.0
_POINTS = 72


def _lightness(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> float:
    lab = ImageCms.createProfile("LAB")
    shown = ImageCms.profileToProfile(picture, profile, lab, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="LAB")
    assert shown is not None
    return shown.tobytes()[0] / 2.55


def with_greys(case: Case, folder: Path, raw: bool = False) -> Path:
    """The file with one page: four greys side by side; ``raw`` as numbers of ink, as they must not be."""
    assert case.press is not None
    steps = Image.new("L", (400, 100))
    for place, level in enumerate(LEVELS):
        steps.paste(level, (100 * place, 0, 100 * place + 100, 100))
    steps.save(folder / "greys.png")
    made = printed(folder / "greys.png", case.press, 300, folder)
    path = folder / "greys.pdf"
    with pikepdf.open(case.path) as pdf:
        del pdf.pages[:]
        page = pdf.add_blank_page(page_size=(4 * _POINTS, _POINTS))
        page.TrimBox = page.BleedBox = page.MediaBox
        picture = pdf.make_stream(steps.tobytes() if raw else made.samples)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height = 400, 100
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name(f"/{made.space}"), 8
        if not raw:
            picture.write(made.samples, filter=pikepdf.Name(f"/{made.filter}"))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Greys=picture))
        page.Contents = pdf.make_stream(f"{4 * _POINTS} 0 0 {_POINTS} 0 0 cm /Greys Do".encode())
        pdf.save(path)
    return path


def _fault(case: Case, path: Path) -> str:
    assert case.press is not None
    output = ImageCms.getOpenProfile(str(case.press.condition.profile))
    (side,) = sides(path)
    size = side.plates["Black"].size
    bare = Image.new("L", size)
    page = Image.merge("CMYK", [side.plates.get(name, bare) for name in PROCESS])
    darkest = _lightness(Image.new("CMYK", (1, 1), (0, 0, 0, 255)), output)
    for place, level in enumerate(LEVELS):
        x, y = (2 * place + 1) * size[0] // 8, size[1] // 2
        found = _lightness(page.crop((x, y, x + 1, y + 1)), output)
        meant = _lightness(Image.new("RGB", (1, 1), (level,) * 3), ImageCms.createProfile("sRGB"))  # type: ignore[arg-type]
        if (meant > LIGHTS or darkest < DEEP) and abs(found - meant) > MOST:
            return f"sRGB {level} prints as L* {found:.0f}, {meant:.0f} is meant"
    return ""


def _judge(cases: Sequence[Case]) -> Sequence[Verdict]:
    verdicts = []
    for case in cases:
        with tempfile.TemporaryDirectory() as name:
            try:
                path = case.path if case.name == _SPOILT else with_greys(case, Path(name))
                fault = _fault(case, path)
            except Refused as refusal:
                fault = str(refusal)
        verdicts.append(Verdict(not fault, fault))
    return verdicts


_SPOILT = "numbers of a screen as numbers of ink"


def _spoil(case: Case, folder: Path) -> Case:
    return replace(case, name=_SPOILT, path=with_greys(case, folder, raw=True))


def _version() -> str:
    return str(features.version("littlecms2"))


JUDGE = Judge(
    "LittleCMS: greys",
    "is a grey photograph (sRGB 224, 192, 160, 128) within 2 L* of what a screen shows, by Ghostscript's plates and the"
    " output profile (of a press whose black is lighter than L* 22, as on newsprint, the lights alone)?",
    _version,
    lambda case: case.press is not None,
    _judge,
    _SPOILT,
    _spoil,
)
