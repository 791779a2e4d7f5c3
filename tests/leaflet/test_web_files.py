"""The leaflet's web page stands on its own: it asks for its own files only, and its fonts have every character."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont


@pytest.fixture(scope="module")
def page(leaflet: Path) -> str:
    return (leaflet / "web" / "index.html").read_text(encoding="utf-8")


def test_the_page_asks_for_its_own_files_only(leaflet: Path, page: str) -> None:
    assert sorted(path.name for path in (leaflet / "web").iterdir()) == ["articles", "fonts", "index.html"]
    asked = re.findall(r"""(?:src|href|action|data|poster|srcset)=["']([^"']*)""", page) + re.findall(
        r"url\(([^)]*)\)", page
    )
    own = [each.strip('"\\' + "'") for each in asked if not re.match(r"""["']?(#|data:|tel:|articles/)""", each)]
    assert set(own) == {f"fonts/{path.name}" for path in (leaflet / "web" / "fonts").iterdir()}
    assert page.count("<script") == page.count("<script>") == 1  # for a reader without a Japanese face
    assert "@import" not in page
    assert len(page.encode()) < 75_000  # everything before the first word


FACE = re.compile(
    r'@font-face \{ font-family: "([^"]+)"; font-weight: (\d+); font-display: (\w+);'
    r' src: ([^}]*?url\("([^"]+)"\)[^}]*)\}'
)


def glyphs(content: bytes) -> set[str]:
    with TTFont(BytesIO(content)) as font:
        return {chr(code) for code in font.getBestCmap()}


def test_its_fonts_stand_beside_it_and_none_is_waited_for(leaflet: Path, page: str) -> None:
    faces = FACE.findall(page)
    assert {(family, weight, display) for family, weight, display, *_ in faces} == {
        ("BIZ UDPGothic", "400", "optional"),
        ("BIZ UDPGothic", "700", "optional"),
        ("Shippori Mincho B1", "700", "swap"),
    }
    for family, weight, _, sources, name in faces:
        content = (leaflet / "web" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest().startswith(name.split("-")[-1].removesuffix(".woff"))
        assert len(content) < 120_000
        with TTFont(BytesIO(content)) as font:
            assert font.flavor == "woff"
            assert font["name"].getDebugName(1) == family
            assert font["OS/2"].usWeightClass == int(weight)
            assert f'local("{font["name"].getDebugName(6)}")' in sources
    # A face whose kana are of many widths would move lines: a telephone does not fetch it.
    assert page.count("@media (min-width: 48rem) { @font-face") == 2


def test_every_character_has_a_glyph_in_the_face_it_is_set_in(leaflet: Path, page: str) -> None:
    known = {
        (family, weight): glyphs((leaflet / "web" / name).read_bytes())
        for family, weight, *_, name in FACE.findall(page)
    }
    body = page[page.index("<body>") :]
    text = set(re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]*>|\s", "", body, flags=re.S))
    assert text <= known["BIZ UDPGothic", "400"]
    assert text <= known["BIZ UDPGothic", "700"]
    shown = re.findall(r'<p[^>]*data-face="display"[^>]*>(.*?)</p>', body, flags=re.S)
    words = set(re.sub(r"<[^>]*>|\s", "", "".join(shown)))
    assert len(shown) == 4
    assert words <= known["Shippori Mincho B1", "700"] < text


def test_the_telephone_is_live(page: str) -> None:
    assert re.findall(r'<a[^>]*href="(tel:[^"]*)"[^>]*>([^<]*)</a>', page) == [("tel:+81164421809", "☎42-1809")]
