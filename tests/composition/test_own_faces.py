"""A city's own faces (``fonts/own.yaml``): what is wrong with one is told with its line and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from tests.composition.own_face import (
    KANA,
    LICENCE,
    REPOSITORY,
    allowing,
    folder_of_fonts,
    listed,
    postscript,
    renamed,
    variable,
)

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.errors import LayoutError
from koho_pdf.findings import Finding

GOTHIC = "BIZUDGothic-Regular.ttf"


def small() -> TTFont:
    return renamed(GOTHIC, "Shiomi Gothic", KANA)


def wrong(root: Path) -> list[Finding]:
    with pytest.raises(LayoutError) as raised:
        read_faces(root / "fonts", root)
    assert all(found.where.file == "fonts/own.yaml" and found.hint for found in raised.value.findings)
    return list(raised.value.findings)


def test_a_citys_own_face_is_found_by_the_name_that_the_city_gives_it(tmp_path: Path) -> None:
    fonts = folder_of_fonts(tmp_path)
    folder_of_fonts(tmp_path, listed(fonts, "own.ttf", small()))
    *shipped, own = read_faces(fonts, tmp_path)
    assert (own.family, own.weight, own.in_file, own.path.name) == (
        "汐見ゴシック",
        400,
        ("Shiomi Gothic", 400),
        "own.ttf",
    )
    assert own.licence.read_text(encoding="utf-8") == LICENCE
    assert own.is_vertical
    assert own.fallback == ("Koho Stand-in Gothic", "Koho Stand-in Mincho", "BIZ UDGothic")
    assert own.listed is not None
    assert (own.listed.file, own.listed.line) == ("fonts/own.yaml", 2)
    assert [face.listed for face in shipped] == [None] * len(shipped)


@pytest.mark.parametrize("text", ["", "# fonts:\n#   - family: 汐見ゴシック\n", "\ufeff# 書体\n\n", "fonts: []\n"])
def test_a_list_with_nothing_in_it_adds_nothing(tmp_path: Path, text: str) -> None:
    fonts = folder_of_fonts(tmp_path)
    (fonts / "own.yaml").write_text(text, encoding="utf-8")
    assert all(face.listed is None for face in read_faces(fonts, tmp_path))


def _truncated() -> bytes:
    return (REPOSITORY / "fonts" / GOTHIC).read_bytes()[:100_000]


FILES: dict[str, tuple[Callable[[], TTFont | bytes], str, str]] = {
    "restricted": (lambda: allowing(small(), 0x0002), "font-embedding-forbidden", "PDFに埋め込むこと"),
    "no subsets": (lambda: allowing(small(), 0x0108), "font-embedding-forbidden", "使う字だけを埋め込むこと"),
    "bitmaps": (lambda: allowing(small(), 0x0200), "font-embedding-forbidden", "輪郭を埋め込むこと"),
    "variable": (lambda: variable(small()), "font-unusable", "可変フォント"),
    "no outlines": (lambda: renamed(GOTHIC, "X", KANA, without=("glyf", "loca")), "font-unusable", "輪郭のない"),
    "PostScript": (lambda: postscript(GOTHIC, "X", KANA), "font-unusable", "PostScript の輪郭"),
    "collection": (lambda: b"ttcf\0\1\0\0" + bytes(100), "font-unusable", "TTC"),
    "of the web": (lambda: b"wOF2" + bytes(100), "font-unusable", "WOFF"),
    "cut short": (_truncated, "font-not-read", "読めません"),
    "no font": (lambda: b"<html>404</html>", "font-not-read", "読めません"),
    "empty": (lambda: b"", "font-not-read", "読めません"),
    "a shipped one": (lambda: (REPOSITORY / "fonts" / GOTHIC).read_bytes(), "font-twice", "「BIZ UDGothic」と同じ"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    make, code, words = FILES[name]
    fonts = folder_of_fonts(tmp_path)
    folder_of_fonts(tmp_path, listed(fonts, "own.ttf", make()))
    (found,) = wrong(tmp_path)
    assert (found.code, found.where.line, found.where.field) == (code, 4, "fonts.0.file")
    assert words in found.message


@pytest.mark.parametrize("bits", [0x0000, 0x0004, 0x0008, 0x000C])
def test_what_may_be_embedded_is_taken(tmp_path: Path, bits: int) -> None:
    """Bit 1 alone forbids; of several bits the least restrictive counts (OpenType 1.9, OS/2)."""
    fonts = folder_of_fonts(tmp_path)
    folder_of_fonts(tmp_path, listed(fonts, "own.ttf", allowing(small(), bits)))
    assert read_faces(fonts, tmp_path)[-1].family == "汐見ゴシック"


ENTRIES: dict[str, tuple[dict[str, str | None], str, str]] = {
    "no file": ({"file": "none.ttf"}, "font-file-missing", "fonts.0.file"),
    "elsewhere": ({"file": "../own.ttf"}, "value-not-understood", "fonts.0.file"),
    "no licence": ({"licence": "none.txt"}, "font-file-missing", "fonts.0.licence"),
    "licence left out": ({"licence": None}, "missing-field", "fonts.0.licence"),
    "licence is the font": ({"licence": "own.ttf"}, "font-licence-empty", "fonts.0.licence"),
    "licence is empty": ({"licence": "empty.txt"}, "font-licence-empty", "fonts.0.licence"),
    "another file": ({"sha256": "0" * 64}, "font-file-changed", "fonts.0.sha256"),
    "a name of ours": ({"family": "BIZ UDGothic"}, "font-twice", "fonts.0.family"),
    "a name that CSS cannot say": ({"family": "A, B"}, "value-not-understood", "fonts.0.family"),
    "another weight": ({"weight": "500"}, "value-not-understood", "fonts.0.weight"),
    "no such stand-in": ({"fallback": "[Koho]"}, "font-list-broken", "fonts.0.fallback.0"),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_a_slip_in_an_entry_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    other, code, field = ENTRIES[name]
    fonts = folder_of_fonts(tmp_path)
    (fonts / "empty.txt").write_text("OFL\n", encoding="utf-8")
    folder_of_fonts(tmp_path, listed(fonts, "own.ttf", small(), **other))
    (found,) = wrong(tmp_path)
    assert (found.code, found.where.field) == (code, field)


@pytest.mark.parametrize(("said", "code"), [(None, "font-sum-missing"), ("0" * 64, "font-file-changed")])
def test_the_checksum_to_write_is_told(tmp_path: Path, said: str | None, code: str) -> None:
    fonts = folder_of_fonts(tmp_path)
    folder_of_fonts(tmp_path, listed(fonts, "own.ttf", small(), sha256=said))
    (found,) = wrong(tmp_path)
    written = re.search(r"「sha256: ([0-9a-f]{64})」", found.hint)
    assert found.code == code
    assert written
    folder_of_fonts(tmp_path, listed(fonts, "own.ttf", small(), sha256=written[1].upper()))
    assert read_faces(fonts, tmp_path)[-1].sha256 == written[1]


def test_two_of_the_same_name_are_told(tmp_path: Path) -> None:
    fonts = folder_of_fonts(tmp_path)
    other = renamed(GOTHIC, "Other Gothic", KANA)
    folder_of_fonts(tmp_path, listed(fonts, "own.ttf", small()), listed(fonts, "other.ttf", other))
    assert [(each.code, each.where.field) for each in wrong(tmp_path)] == [("font-twice", "fonts.1.family")]
    other = renamed(GOTHIC, "Shiomi Gothic", KANA + "市")
    two = listed(fonts, "own.ttf", small()), listed(fonts, "other.ttf", other, family="汐見の別のゴシック")
    folder_of_fonts(tmp_path, *two)
    assert [(each.code, each.where.field) for each in wrong(tmp_path)] == [("font-twice", "fonts.1.file")]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    fonts = folder_of_fonts(tmp_path)
    entry = listed(fonts, "own.ttf", allowing(variable(small()), 2), sha256="1" * 64, licence="none.txt")
    folder_of_fonts(tmp_path, entry, "  - family: 汐見明朝\n")
    codes = {each.code for each in wrong(tmp_path)}
    assert codes == {"font-file-missing", "font-file-changed", "font-unusable", "missing-field"}
