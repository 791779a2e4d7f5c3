"""The faces that a city chooses for the roles of stylesheets (``faces:`` of koho.yaml)."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.ttLib import TTFont
from tests.composition.own_face import KANA, embedded, folder_of_fonts, listed, renamed
from tests.conftest import REPOSITORY
from tests.kinds import brochure

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.errors import LayoutError
from koho_pdf.layout.face_roles import USUAL, used, with_faces
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.faces_of_city import faces_of
from koho_pdf.workspace.sources import source_of
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

FACES = """\
faces:
  gothic: [BIZ UDMincho, Shippori Mincho B1]
  mincho: BIZ UDPGothic
"""
EDITIONS = ("print", "screen", "web", "large")


def with_faces_of(root: Path, faces: str) -> Path:
    """The brochure in a workspace whose koho.yaml ends with these lines; the folder of its issue."""
    folder = brochure.make(root)
    with (root / "koho.yaml").open("a", encoding="utf-8") as file:
        file.write(faces)
    return folder


def bag(root: Path, build: Build) -> dict[str, bytes]:
    """The files of which the brochure is made again."""
    opened = open_workspace(root)
    faces = faces_of(opened.fonts, opened.root, opened.city)
    press = read_press("offset-coated", opened.press, opened.root)
    return source_of(opened.content / brochure.NAME, opened, build.layout, press, faces)


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, proved: Callable[..., Build]) -> tuple[Path, Build]:
    root = tmp_path_factory.mktemp("city")
    with_faces_of(root, FACES)
    return root, proved(root, brochure.NAME, EDITIONS)


@pytest.mark.parametrize(
    ("edition", "wanted"),
    [
        ("print", {"BIZ-UDMincho", "BIZ-UDPGothic"}),
        ("screen", {"BIZ-UDMincho", "BIZ-UDPGothic"}),
        ("large", {"BIZ-UDMincho", "Shippori-Mincho-B1-Bold", "BIZ-UDGothic-Bold"}),  # ☎, which no Mincho has
    ],
)
def test_only_chosen_faces_are_embedded(made: tuple[Path, Build], edition: str, wanted: set[str]) -> None:
    assert embedded(made[1].files[f"{edition}.pdf"]) == wanted
    assert made[1].findings == ()


def test_the_web_page_ships_the_chosen_faces_with_all_their_characters(made: tuple[Path, Build]) -> None:
    page = made[1].files["web/index.html"].decode()
    rules = re.findall(r'@font-face { font-family: "([^"]*)"; font-weight: (\d+);.*?url\("([^"]*)"\)', page)
    assert {(family, weight) for family, weight, _ in rules} == {
        ("BIZ UDMincho + Shippori Mincho B1", "400"),
        ("BIZ UDMincho + Shippori Mincho B1", "700"),
    }
    names = [TTFont(BytesIO(made[1].files[f"web/{file}"]))["name"].getDebugName(1) for _, _, file in rules]
    assert names == ["BIZ UDMincho", "Shippori Mincho B1"]
    assert page.count("--pgothic: ") == 1
    assert "--display: " not in page  # no style asks for it


def test_a_bag_holds_the_chosen_faces_and_makes_the_same_again(
    made: tuple[Path, Build], tmp_path: Path, proved: Callable[..., Build]
) -> None:
    root, build = made
    files = bag(root, build)
    kept = {name for name in files if name.startswith("fonts/") and name.endswith(".ttf")}
    assert {"fonts/BIZUDMincho-Regular.ttf", "fonts/ShipporiMinchoB1-Bold.ttf", "fonts/BIZUDPGothic-Bold.ttf"} <= kept
    again = proved(unpacked(files, tmp_path), brochure.NAME, EDITIONS)
    assert [name for name in build.files if again.files[name] != build.files[name]] == []


@pytest.mark.parametrize(
    ("faces", "field", "hint"),
    [
        ("faces: {gothic: BIZ UD Gothic}\n", "faces.gothic", "「BIZ UDGothic」のことではありませんか。"),
        ("faces:\n  display: [BIZ UDMincho, Helvetica]\n", "faces.display.1", "使える書体: BIZ UDPGothic・"),
        ("faces: {mincho: [BIZ UDMincho, BIZ UDGothic, BIZ UDMincho]}\n", "faces.mincho", "2つを書いてください。"),
    ],
)
def test_a_face_that_is_not_there_is_told(home: Path, tmp_path: Path, faces: str, field: str, hint: str) -> None:
    with_faces_of(tmp_path, faces)
    with pytest.raises(LayoutError) as raised:
        open_workspace(tmp_path)
    (found,) = raised.value.findings
    where = found.where
    assert (found.code, where.file, where.field) == ("face-unknown", "koho.yaml", field)
    assert where.line == (tmp_path / "koho.yaml").read_text(encoding="utf-8").count("\n")
    assert hint in found.hint


@pytest.mark.parametrize(
    ("faces", "code"),
    [
        ("faces: BIZ UDGothic\n", "not-a-group"),
        ("faces: {gothic: 'BIZ UDGothic, BIZ UDMincho'}\n", "value-not-understood"),
        ("faces: {gothic: {bold: BIZ UDMincho}}\n", "not-text"),
        ("faces: {serif: BIZ UDMincho}\n", "unknown-field"),
        ("faces:\n  gothic:\n", "empty-text"),
    ],
)
def test_faces_of_another_shape_are_told(home: Path, tmp_path: Path, faces: str, code: str) -> None:
    with_faces_of(tmp_path, faces)
    with pytest.raises(LayoutError) as raised:
        open_workspace(tmp_path)
    assert [found.code for found in raised.value.findings] == [code]


def test_a_family_without_bold_is_told_to_the_city_with_what_to_write(
    home: Path, tmp_path: Path, told: Callable[..., tuple[Any, ...]]
) -> None:
    """Headings in large print are bold: the CSS is not wrong, and the hint itself mends it."""
    with_faces_of(tmp_path, "faces:\n  gothic: BIZ UDMincho\n")
    found = [each for each in told(tmp_path, brochure.NAME, ("large",)) if each.code == "font-weight-missing"]
    lines = (tmp_path / "koho.yaml").read_text(encoding="utf-8").splitlines()
    assert {(each.where.file, each.where.line) for each in found} == {("koho.yaml", len(lines))}
    written = re.search(r"「(gothic: \[BIZ UDMincho, BIZ UDMincho\])」", found[0].hint)
    assert written
    lines[-1] = f"  {written[1]}"
    (tmp_path / "koho.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [each.code for each in told(tmp_path, brochure.NAME, ("large",)) if each.severity == "error"] == []


def test_a_gothic_is_also_the_proportional_one_unless_that_is_chosen(home: Path, tmp_path: Path) -> None:
    with_faces_of(tmp_path, "faces: {gothic: BIZ UDMincho}\n")
    chosen = open_workspace(tmp_path).city.faces
    assert chosen == {**USUAL, "gothic": ("BIZ UDMincho",), "pgothic": ("BIZ UDMincho",)}


def test_the_usual_faces_are_there() -> None:
    families = {face.family for face in read_faces(REPOSITORY / "fonts", REPOSITORY)}
    assert {family for chosen in USUAL.values() for family in chosen} <= families


def test_a_page_declares_the_roles_it_uses_and_no_others() -> None:
    page = "<head><style>p { font-family: var( --mincho ), serif } h1 { font: 2rem/1 var(--display) }</style></head>"
    assert used(page) == ("mincho", "display")
    made = with_faces(page, {**USUAL, "display": ("A", "B")})
    assert '<style>:root { --mincho: "BIZ UDMincho"; --display: "A + B"; }' in made
    assert with_faces("<head></head>", USUAL) == "<head></head>"
    bare = with_faces('<head></head><p style="font-family: var(--gothic)">', USUAL)
    assert bare.startswith('<head><style>:root { --gothic: "BIZ UDGothic"; }')


READERS_OWN = (
    "_archive",
    "_preflight/report.css",
    "_rounds/department-file.css",
    "_rounds/compare.css",
)  # pages that bring no fonts: in whatever the reader has


def test_shipped_layouts_name_no_family() -> None:
    families = [face.family for face in read_faces(REPOSITORY / "fonts", REPOSITORY)]
    found = [
        (path.relative_to(REPOSITORY / "layouts").as_posix(), family)
        for path in sorted((REPOSITORY / "layouts").rglob("*"))
        if path.suffix in (".css", ".html", ".svg")
        for family in families
        if family in path.read_text(encoding="utf-8")
    ]
    assert [each for each in found if not each[0].startswith(READERS_OWN)] == []


def with_own_faces(root: Path, faces: str, *entries: Callable[[Path], str]) -> None:
    """The brochure in a workspace with faces of its own; what is shipped is linked."""
    with_faces_of(root, faces)
    (root / "fonts").unlink()
    fonts = folder_of_fonts(root)
    folder_of_fonts(root, *(entry(fonts) for entry in entries))


def shiomi(fonts: Path) -> str:
    return listed(fonts, "Shiomi.ttf", renamed("BIZUDGothic-Regular.ttf", "Shiomi Gothic"))


def shiomi_bold(fonts: Path) -> str:
    font = renamed("BIZUDPGothic-Bold.ttf", "Shiomi Gothic")
    return listed(fonts, "ShiomiBold.ttf", font, weight="700")


def slogan(fonts: Path) -> str:
    """A face of few characters, for the vertical line 港とともに."""
    font = renamed("BIZUDMincho-Regular.ttf", "Shiomi Brush", f"{KANA} 港夕日鰊一年")
    return listed(fonts, "Brush.ttf", font, family="汐見の筆文字")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, proved: Callable[..., Build]) -> tuple[Path, Build]:
    root = tmp_path_factory.mktemp("own")
    faces = "faces:\n  gothic: 汐見ゴシック\n  mincho: 汐見の筆文字\n"
    with_own_faces(root, faces, shiomi, shiomi_bold, slogan)
    return root, proved(root, brochure.NAME, EDITIONS)


def test_a_citys_own_faces_alone_are_embedded(own: tuple[Path, Build]) -> None:
    files = own[1].files
    assert embedded(files["print.pdf"]) == {"Shiomi-Gothic", "Shiomi-Brush"}
    assert embedded(files["large.pdf"]) == {"Shiomi-Gothic", "Shiomi-Gothic-Bold"}
    page = files["web/index.html"].decode()
    assert set(re.findall(r'font-family: "([^"]*)"; font-weight: (\d+)', page)) == {
        ("汐見ゴシック", "400"),
        ("汐見ゴシック", "700"),
    }
    assert [(each.code, each.where.line) for each in own[1].findings] == [("face-thin", 16)]
    assert "筆文字" in own[1].findings[0].message


def test_the_bag_of_a_city_holds_its_faces_and_their_licences(
    own: tuple[Path, Build], tmp_path: Path, proved: Callable[..., Build]
) -> None:
    root, build = own
    files = bag(root, build)
    assert {"fonts/own.yaml", "fonts/Shiomi.ttf", "fonts/Brush.ttf", "fonts/LICENCE-own.txt"} <= set(files)
    assert "fonts/BIZUDMincho-Regular.ttf" not in files
    again = proved(unpacked(files, tmp_path), brochure.NAME, EDITIONS)
    assert [name for name in build.files if again.files[name] != build.files[name]] == []


@pytest.mark.parametrize("without", [("GSUB",), ("vmtx", "vhea")])
def test_a_face_that_cannot_stand_is_told_where_it_is_set_vertically(
    home: Path, tmp_path: Path, told: Callable[..., tuple[Any, ...]], without: tuple[str, ...]
) -> None:
    def lying(fonts: Path) -> str:
        font = renamed("BIZUDMincho-Regular.ttf", "Shiomi Brush", f"{KANA} 港", without=without)
        return listed(fonts, "Brush.ttf", font, family="汐見の筆文字")

    with_own_faces(tmp_path, "faces:\n  mincho: 汐見の筆文字\n", lying)
    found = [each for each in told(tmp_path, brochure.NAME, ("print",)) if each.severity == "error"]
    assert [(each.code, each.where.file, each.where.line) for each in found] == [
        ("font-not-vertical", "fonts/own.yaml", 2)
    ]


def test_a_face_without_kana_cannot_be_chosen(home: Path, tmp_path: Path) -> None:
    def latin(fonts: Path) -> str:
        return listed(fonts, "Latin.ttf", renamed("BIZUDGothic-Regular.ttf", "Shiomi Latin", "ABC 0123"))

    with_own_faces(tmp_path, "faces: {display: 汐見ゴシック}\n", latin)
    with pytest.raises(LayoutError) as raised:
        open_workspace(tmp_path)
    (found,) = raised.value.findings
    assert (found.code, found.where.file, found.where.field) == ("face-thin", "koho.yaml", "faces.display")
