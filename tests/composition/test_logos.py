"""Logos on finished pages: lines and areas in the inks of the job, a figure with its words, one file for the web."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from tests.composition.poster import make
from tests.conftest import Told

from koho_pdf.composition.pictures.drawn import in_inks, on_screen
from koho_pdf.media.drawings import drawing_of
from koho_pdf.press.profile import Inks, read_press
from koho_pdf.release.releasing import archival_pdf
from koho_pdf.workspace.sources import source_of
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

ROOT = Path(__file__).parents[2]
LOGO = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:by="SECRET"
 width="60mm" height="40mm" viewBox="0 0 60 40"><style>.r{fill:#E60012}.k{fill:none;stroke:#231815}</style>
<circle class="r" cx="15" cy="20" r="12"/><path class="k" d="M30 5h25v30h-25z"/>
<rect x="32" y="10" width="8" height="20" fill="device-cmyk(1 .2 0 0)"/>
<rect x="45" y="10" width="8" height="20"/><script>SECRET()</script></svg>
"""
STYLE = ".photo { width: 60mm }\n"


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Build]:
    root = tmp_path_factory.mktemp("logos") / "city"
    folder = make(root, "keep: 0 0 100 100", STYLE, file="logo.svg")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    return root, proved(root, "poster", ("print", "screen", "web", "large", "data", "web-single"))


def drawn(pdf: bytes) -> str:
    """The content of the first page, and of what it draws."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        page = opened.pages[0]
        forms = [form.read_bytes() for form in page.Resources.get("/XObject", {}).values()]
        return b"\n".join([page.Contents.read_bytes(), *forms]).decode("latin-1")


def test_print_has_it_in_inks_and_the_preflight_has_nothing_to_tell(made: tuple[Path, Build]) -> None:
    assert [each.code for each in made[1].findings] == ["logo-part-left-out"]
    content = drawn(made[1].files["print.pdf"])
    assert not re.search(r"\b(rg|RG|sRGB)\b|/Image", content)
    assert "1 0.2 0 0 scn" in content, "inks stay inks"
    assert re.search(r"\n0 0 0 1 SCN", content), "Illustrator's black line is black ink alone"
    red = re.search(r"\n0 (0\.9\d+) (0\.9\d+) 0\.0\d+ scn", content)
    assert red, "RGB goes through the output profile"
    assert " c\n" in content, "the circle is curves"


def test_black_of_it_overprints(made: tuple[Path, Build]) -> None:
    with pikepdf.open(BytesIO(made[1].files["print.pdf"])) as opened:
        states = opened.pages[0].Resources.ExtGState
        assert any(state.get("/OP") and state.get("/OPM") == 1 for state in states.values())


def test_on_a_screen_it_is_a_figure_with_its_words(made: tuple[Path, Build]) -> None:
    for name in ("screen.pdf", "large.pdf"):
        with pikepdf.open(BytesIO(made[1].files[name])) as opened:
            figures = [
                each
                for each in opened.objects
                if isinstance(each, pikepdf.Dictionary) and each.get("/S") == pikepdf.Name.Figure
            ]
            assert [str(each.Alt) for each in figures] == ["港の朝"]
            assert not any(
                each.get("/Subtype") == pikepdf.Name.Image
                for each in opened.objects
                if isinstance(each, pikepdf.Stream)
            )
    assert "0.901961 0 0.070588 rg" in drawn(made[1].files["screen.pdf"])


def test_the_web_has_it_as_a_file_without_notes(made: tuple[Path, Build]) -> None:
    files = made[1].files
    logo = files["web/logo.svg"].decode()
    assert "#e60012" in logo
    assert not re.search("SECRET|device-cmyk|script|inkscape", logo)
    assert 'src="logo.svg" width="227" height="151"' in files["web/index.html"].decode()
    assert 'src="../logo.svg" width="227" height="151"' in files["web/articles/photo.html"].decode()
    assert 'src="data:image/svg+xml;base64,' in files["web-single/poster.html"].decode()


def test_what_is_kept_of_it_makes_the_same_page(made: tuple[Path, Build]) -> None:
    root, build = made
    workspace = open_workspace(root)
    source = source_of(root / "content/poster", workspace, build.layout, workspace.city.press, ())
    kept = source["content/poster/logo.svg"]
    assert b"SECRET" not in kept
    press = workspace.city.press
    assert in_inks(drawing_of(kept), press) == in_inks(drawing_of(LOGO.encode()), press)
    with pikepdf.open(BytesIO(archival_pdf(build, root / "content/poster"))) as opened:
        inside = opened.attachments["logo.svg"].get_file()
        assert (inside.read_bytes(), inside.mime_type) == (kept, "image/svg+xml")


BLACKS = {
    "RGB": "#000000",
    "Illustrator's": "#231815",
    "rich": "device-cmyk(0.6 0.4 0.4 1)",
    "registration": "device-cmyk(1 1 1 1)",
    "separated by others": "device-cmyk(0.75 0.68 0.67 0.9)",
}


def one(fill: str) -> bytes:
    rect = f'<rect fill="{fill}" width="1" height="1"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{rect}</svg>'.encode()


def inks(fill: str, press: str = "offset-coated", **more: object) -> str:
    profile = replace(read_press(press, ROOT / "press", ROOT), **more)  # type: ignore[arg-type]
    found = re.search(r'<rect[^>]*fill="([^"]*)"', in_inks(drawing_of(one(fill)), profile).decode())
    assert found
    return found[1].replace(" )", ")")  # blanks tell apart what has the same inks (``drawn.in_inks``)


@pytest.mark.parametrize("black", BLACKS.values(), ids=BLACKS)
def test_a_black_is_black_ink_alone(black: str) -> None:
    assert inks(black) == "device-cmyk(0 0 0 1)"


def test_other_darks_stay_what_they_are() -> None:
    assert inks("device-cmyk(1 0.9 0.2 0.3)") == "device-cmyk(1 0.9 0.2 0.3)"
    assert re.fullmatch(r"device-cmyk\(0 0 0 0\.5\d*\)", inks("#999999")), "a grey is a tint of black"
    assert inks("#ffffff") == "device-cmyk(0 0 0 0)"
    heavy = [float(each) for each in inks("device-cmyk(1 1 1 0.5)")[12:-1].split()]
    assert sum(heavy) <= 3.0 + 1e-6


def test_a_job_of_fewer_inks() -> None:
    for kind, plates in (("k", (3,)), ("kc", (0, 3))):
        made = [float(each) for each in inks("#e60012", inks=Inks(kind))[12:-1].split()]
        assert sum(made) > 0
        assert not any(ink for plate, ink in enumerate(made) if plate not in plates)


def test_inks_look_on_a_screen_as_those_of_the_layout_do() -> None:
    shown = on_screen(
        drawing_of(one("device-cmyk(0 0 0 1)")), read_press("offset-coated", ROOT / "press", ROOT).condition.profile
    ).decode()
    (fill,) = re.findall(r'<rect[^>]*fill="([^"]*)"', shown)
    assert re.fullmatch("#[0-9a-f]{6}", fill)
    assert fill != "#000000"


WRONG = {
    "words": ("<text>るもい</text>", "logo-with-text", "アウトライン"),
    "a picture": ('<image href="a.png"/>', "logo-with-picture", "写真（画素の画像）"),
    "an effect": ('<filter id="f"/><g filter="url(#f)"/>', "logo-not-drawable", "filter"),
    "outside": ('<use href="http://x.jp/a.svg#a"/>', "logo-reaches-outside", "http://x.jp"),
    "too much": ("<g/>" * 30_000, "logo-too-complex", "20,000個"),
    "nothing": ("", "logo-empty", "何も描かれていません"),
    "broken": ("<g>", "logo-broken", "読めません"),
}


@pytest.mark.parametrize(("inner", "code", "words"), WRONG.values(), ids=WRONG)
def test_a_logo_that_cannot_be_printed_is_told_with_its_line(
    told: Told, tmp_path: Path, inner: str, code: str, words: str
) -> None:
    folder = make(tmp_path / "city", style=STYLE, file="logo.svg")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'
    (folder / "logo.svg").write_text(svg, encoding="utf-8")
    (found,) = told(tmp_path / "city", "poster")
    assert (found.code, found.where.file, found.where.line) == (code, "content/poster/issue.yaml", 5)
    assert words in found.message
    assert "「logo.svg」" in found.message


def test_a_photograph_that_is_called_a_logo_and_a_logo_that_is_called_a_photograph(told: Told, tmp_path: Path) -> None:
    folder = make(tmp_path / "city", style=STYLE, file="logo.png")
    (folder / "logo.png").write_text(LOGO, encoding="utf-8")
    (found,) = told(tmp_path / "city", "poster")
    assert (found.code, "中身は SVG" in found.message) == ("not-a-picture", True)
    folder = make(tmp_path / "other", style=STYLE, file="logo.svg")
    (folder / "logo.svg").write_bytes(b"\x89PNG\r\n\x1a\n")
    (found,) = told(tmp_path / "other", "poster")
    assert found.code == "logo-broken"


def test_a_standard_without_transparency(told: Told, tmp_path: Path) -> None:
    """PDF/X-1a refuses transparency, in a logo too; nothing else is changed for it."""
    folder = make(tmp_path / "city", style=STYLE, file="logo.svg")
    (folder / "logo.svg").write_text(LOGO.replace('class="r"', 'class="r" opacity=".5"'), encoding="utf-8")
    city = tmp_path / "city/koho.yaml"
    text = city.read_text(encoding="utf-8")
    city.write_text(re.sub("press: .*", "press: offset-coated-x1a", text), encoding="utf-8")
    assert "transparency-refused" in {each.code for each in told(tmp_path / "city", "poster", ("print",))}
