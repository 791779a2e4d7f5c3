"""The list of faces, the files it names, and a fontconfig that sees no other."""

from __future__ import annotations

import ctypes
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from fontTools.ttLib import TTFont
from tests.conftest import Koho

from koho_pdf.composition.engine.seen_faces import strangers
from koho_pdf.composition.fonts.faces import faults, font_configuration, read_faces
from koho_pdf.errors import LayoutError

REPOSITORY = Path(__file__).parents[2]
FILE = "BIZUDGothic-Regular.ttf"
MINCHO = "    fallback: [Koho Stand-in Mincho, BIZ UDGothic]"


@pytest.fixture
def fonts(workspace: Path) -> Path:
    """The fonts folder of a throwaway workspace, files of its own."""
    (workspace / "fonts").unlink()
    shutil.copytree(REPOSITORY / "fonts", workspace / "fonts")
    return workspace / "fonts"


def codes(fonts: Path) -> list[str]:
    with pytest.raises(LayoutError) as raised:
        read_faces(fonts, fonts.parent)
    assert all(found.where.file == "fonts/fonts.yaml" for found in raised.value.findings)
    return [found.code for found in raised.value.findings]


def test_faces_are_read_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    """What a library says about a face would stand, in English, among the findings."""
    for file in (REPOSITORY / "fonts").glob("*.ttf"):
        assert TTFont(file)["head"].created > 0
    assert caplog.messages == []


def test_every_face_says_what_it_is(fonts: Path) -> None:
    faces = read_faces(fonts, fonts.parent)
    assert {(face.family, face.weight) for face in faces} >= {("BIZ UDGothic", 400), ("BIZ UDPGothic", 700)}
    for face in faces:
        if not face.family.startswith("Koho Stand-in"):
            assert {ord(character) for character in "留萌市あア、。「」0Aa"} <= face.characters
        assert 0x1F600 not in face.characters


def test_koho_fonts_lists_them_and_finds_nothing(fonts: Path, koho: Koho) -> None:
    done = koho("fonts", folder=fonts.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split("\t")[3] for line in done.stdout.splitlines()] == [
        face.path.name for face in read_faces(fonts, fonts.parent)
    ]


def test_a_flipped_byte_is_found(fonts: Path, koho: Koho) -> None:
    content = bytearray((fonts / FILE).read_bytes())
    content[-100] ^= 1
    (fonts / FILE).write_bytes(content)
    done = koho("fonts", folder=fonts.parent)
    assert done.returncode == 3
    assert f"fonts/{FILE}" in done.stderr
    assert "(font-file-changed)" in done.stderr
    (found,) = faults(read_faces(fonts, fonts.parent), fonts.parent)
    assert (found.code, found.where.file) == ("font-file-changed", f"fonts/{FILE}")


@pytest.mark.parametrize("name", [FILE, "OFL-BIZUDGothic.txt"])
def test_a_missing_file_or_licence_is_told(fonts: Path, name: str) -> None:
    (fonts / name).unlink()
    assert set(codes(fonts)) == {"font-file-missing"}


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("    weight: 400", "    weight: 500", "value-not-understood", "weight"),
        ("    weight: 400", "    weight: bold", "value-not-understood", "weight"),
        ("    weight: 400\n", "", "missing-field", "weight"),
        ("    weight: 400", "    weight: 400\n    style: italic", "unknown-field", "style"),
        ("    file: BIZUDMincho-Regular.ttf", "    file: [BIZUDMincho-Regular.ttf]", "not-text", "file"),
        ("    file: BIZUDMincho-Regular.ttf", "    file: ../koho.yaml", "value-not-understood", "file"),
        ("    file: BIZUDMincho-Regular.ttf", "    file: /etc/hostname", "value-not-understood", "file"),
        ("    file: BIZUDMincho-Regular.ttf", "    file: ..", "value-not-understood", "file"),
        ("    licence: OFL-BIZUDMincho.txt", "    licence:", "empty-text", "licence"),
        ("    licence: OFL-BIZUDMincho.txt", f"    licence: {'x' * 300}", "font-file-missing", "licence"),
        (
            "    fallback: [Koho Stand-in Mincho, BIZ UDGothic]",
            "    fallback: Koho Stand-in Mincho",
            "not-a-list",
            "fallback",
        ),
        (
            "    fallback: [Koho Stand-in Mincho, BIZ UDGothic]",
            "    fallback: [Koho Mincho]",
            "font-list-broken",
            "fallback.0",
        ),
    ],
)
def test_a_broken_entry_is_told(fonts: Path, old: str, new: str, code: str, field: str) -> None:
    before, entry, after = (fonts / "fonts.yaml").read_text(encoding="utf-8").partition("  - family: BIZ UDMincho\n")
    assert old in after
    (fonts / "fonts.yaml").write_text(before + entry + after.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LayoutError) as raised:
        read_faces(fonts, fonts.parent)
    (found,) = raised.value.findings
    assert (found.code, found.where.field) == (code, f"fonts.4.{field}")
    assert found.hint


@pytest.mark.parametrize(
    ("text", "code"),
    [("fonts: []\n", "empty-list"), ("fonts: none\n", "not-a-list"), ("faces:\n  - a\n", "unknown-field")],
)
def test_a_list_without_a_face_is_told(fonts: Path, text: str, code: str) -> None:
    (fonts / "fonts.yaml").write_text(text, encoding="utf-8")
    assert code in codes(fonts)


@pytest.mark.parametrize("also_the_folder", [False, True])
def test_a_workspace_without_its_faces_blames_no_manuscript(fonts: Path, also_the_folder: bool) -> None:
    (fonts / "fonts.yaml").unlink()
    if also_the_folder:
        shutil.rmtree(fonts)
    with pytest.raises(LayoutError) as raised:
        read_faces(fonts, fonts.parent)
    (found,) = raised.value.findings
    assert (found.code, found.where.file, "原稿" in found.message) == ("font-list-broken", "fonts/fonts.yaml", False)
    assert "もとの作業場から写して" in found.hint


def test_a_slip_of_yaml_in_the_list_is_told(fonts: Path) -> None:
    text = (fonts / "fonts.yaml").read_text(encoding="utf-8")
    (fonts / "fonts.yaml").write_text(text.replace("    weight: 700", "    weight：700", 1), encoding="utf-8")
    assert codes(fonts) == ["wide-colon"]


def test_a_file_that_is_no_font_is_told(fonts: Path, koho: Koho) -> None:
    (fonts / FILE).write_bytes(b"<html>404</html>")
    done = koho("fonts", folder=fonts.parent)
    assert done.returncode == 3
    assert "(font-file-changed)" in done.stderr
    assert "Traceback" not in done.stderr


class FontSet(ctypes.Structure):
    """FcFontSet (fontconfig/fontconfig.h)."""

    _fields_: ClassVar = [("count", ctypes.c_int), ("room", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p))]


def seen_by_fontconfig(configuration: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of all fonts that the library itself finds under a configuration."""
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))
    library = ctypes.CDLL("libfontconfig.so.1")
    library.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    library.FcConfigGetFonts.restype = ctypes.POINTER(FontSet)
    loaded = ctypes.c_void_p(library.FcInitLoadConfigAndFonts())
    found = library.FcConfigGetFonts(loaded, 0).contents
    files = []
    for font in found.fonts[: found.count]:
        name = ctypes.c_char_p()
        assert library.FcPatternGetString(ctypes.c_void_p(font), b"file", 0, ctypes.byref(name)) == 0
        files.append((name.value or b"").decode())
    return sorted(files)


def test_composition_sees_these_files_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces = read_faces(REPOSITORY / "fonts", REPOSITORY)
    path = font_configuration(faces, tmp_path / "cache")
    assert seen_by_fontconfig(path, monkeypatch) == sorted(str(face.path.resolve()) for face in faces)


def test_one_face_is_admitted_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces = [face for face in read_faces(REPOSITORY / "fonts", REPOSITORY) if face.path.name == FILE]
    path = font_configuration(faces, tmp_path / "cache & <co>")
    assert seen_by_fontconfig(path, monkeypatch) == [str(faces[0].path.resolve())]


def test_the_configuration_is_named_by_what_it_says(tmp_path: Path) -> None:
    faces = read_faces(REPOSITORY / "fonts", REPOSITORY)
    one = font_configuration(faces, tmp_path)
    assert font_configuration(tuple(reversed(faces)), tmp_path) == one
    assert font_configuration(faces[:2], tmp_path) != one
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".conf", ".conf"]


def test_a_file_that_is_no_font_is_an_error_of_a_build(
    tiny: Path, told: Callable[..., tuple[Any, ...]], capfd: pytest.CaptureFixture[str]
) -> None:
    (tiny / "fonts").unlink()
    shutil.copytree(REPOSITORY / "fonts", tiny / "fonts")
    for path in (tiny / "fonts").glob("*.ttf"):
        path.write_bytes(b"<html>404</html>")
    found = told(tiny, "tiny")
    assert {each.code for each in found} == {"font-not-read"}
    assert "fonts/BIZUDGothic-Regular.ttf" in {each.where.file for each in found}
    assert capfd.readouterr().err == "", "nothing in English"


def test_a_face_that_is_not_ours_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces = read_faces(REPOSITORY / "fonts", REPOSITORY)
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_configuration(faces, tmp_path)))
    from weasyprint.text.fonts import FontConfiguration

    assert strangers(FontConfiguration(), faces, REPOSITORY) == ()
    ours = [face for face in faces if face.path.name != FILE]
    (found,) = strangers(FontConfiguration(), ours, REPOSITORY)
    assert found.code == "font-not-ours"
    assert FILE in found.message
