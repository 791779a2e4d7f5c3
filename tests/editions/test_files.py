"""The other faces of the leaflet: the web page stands on its own, the pictures are the pages, the map is true."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from koho_pdf.pipeline import Build

MM = 72 / 25.4
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def page(built: Path) -> str:
    return (built / "web" / "index.html").read_text(encoding="utf-8")


def test_the_page_asks_for_its_own_files_only(built: Path, page: str) -> None:
    assert sorted(path.name for path in (built / "web").iterdir()) == ["articles", "fonts", "index.html"]
    asked = re.findall(r"""(?:src|href|action|data|poster|srcset)=["']([^"']*)""", page) + re.findall(
        r"url\(([^)]*)\)", page
    )
    own = [each.strip('"\\' + "'") for each in asked if not re.match(r"""["']?(#|data:|tel:|articles/)""", each)]
    assert set(own) == {f"fonts/{path.name}" for path in (built / "web" / "fonts").iterdir()}
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


def test_its_fonts_stand_beside_it_and_none_is_waited_for(built: Path, page: str) -> None:
    faces = FACE.findall(page)
    assert {(family, weight, display) for family, weight, display, *_ in faces} == {
        ("BIZ UDPGothic", "400", "optional"),
        ("BIZ UDPGothic", "700", "optional"),
        ("Shippori Mincho B1", "700", "swap"),
    }
    for family, weight, _, sources, name in faces:
        content = (built / "web" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest().startswith(name.split("-")[-1].removesuffix(".woff"))
        assert len(content) < 120_000
        with TTFont(BytesIO(content)) as font:
            assert font.flavor == "woff"
            assert font["name"].getDebugName(1) == family
            assert font["OS/2"].usWeightClass == int(weight)
            assert f'local("{font["name"].getDebugName(6)}")' in sources
    # A face whose kana are of many widths would move lines: a telephone does not fetch it.
    assert page.count("@media (min-width: 48rem) { @font-face") == 2


def test_every_character_has_a_glyph_in_the_face_it_is_set_in(built: Path, page: str) -> None:
    known = {
        (family, weight): glyphs((built / "web" / name).read_bytes()) for family, weight, *_, name in FACE.findall(page)
    }
    body = page[page.index("<body>") :]
    text = set(re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]*>|\s", "", body, flags=re.S))
    assert text <= known["BIZ UDPGothic", "400"]
    assert text <= known["BIZ UDPGothic", "700"]
    shown = re.findall(r'<p[^>]*data-face="Shippori Mincho B1"[^>]*>(.*?)</p>', body, flags=re.S)
    words = set(re.sub(r"<[^>]*>|\s", "", "".join(shown)))
    assert len(shown) == 4
    assert words <= known["Shippori Mincho B1", "700"] < text


def test_asked_for_the_page_comes_in_one_file(proved: Callable[..., Build], workspace: Path) -> None:
    (workspace / "layouts/policy-leaflet/sample").rename(workspace / "content/sample")
    files = proved(workspace, "sample", ("web-single",)).files
    assert list(files) == ["web-single/sample.html"]
    page = files["web-single/sample.html"].decode()
    asked = re.findall(r'(?:src|href)="([^"]*)"', page) + re.findall(r'url\("([^"]*)"\)', page)
    assert {each for each in asked if not re.match(r"#|data:|tel:|mailto:|https://", each)} == set()
    assert page.count("data:font/woff;base64,") == 3
    assert page.count("data:image/jpeg;base64,") == 4
    assert all(glyphs(base64.b64decode(each)) for each in re.findall(r"font/woff;base64,([^\"]*)", page))
    assert proved(workspace, "sample", ("web-single",)).files == files


def test_the_telephone_is_live(page: str) -> None:
    assert re.findall(r'<a[^>]*href="(tel:[^"]*)"[^>]*>([^<]*)</a>', page) == [("tel:+81164421809", "☎42-1809")]


def test_pictures_are_the_pages_of_the_screen_edition(built: Path) -> None:
    with pypdfium2.PdfDocument(built / "screen.pdf") as pdf:
        for number in range(1, 5):
            with Image.open(built / "pages" / f"p{number}.png") as picture:
                assert picture.size == (827, 1170)
                assert picture.info.keys() <= {"dpi"}
                again = pdf[number - 1].render(scale=100 / 72).to_pil()
                assert picture.convert("RGB").tobytes() == again.convert("RGB").tobytes()


@pytest.fixture(scope="module")
def fields(built: Path) -> list[dict[str, Any]]:
    told = json.loads((built / "map.json").read_text(encoding="utf-8"))
    assert told["issue"] == "2013-policy-leaflet"
    return list(told["fields"])


def names(node: Any, path: str = "") -> list[str]:
    """The dotted path of every text of a manuscript."""
    if isinstance(node, dict):
        return [name for key, value in node.items() for name in names(value, f"{path}.{key}".lstrip("."))]
    if isinstance(node, list):
        return [name for number, value in enumerate(node) for name in names(value, f"{path}.{number}")]
    return [path]


@pytest.mark.parametrize("edition", ["print", "screen"])
def test_the_map_knows_every_field_that_is_printed(
    fields: list[dict[str, Any]], manuscript: dict[str, Any], edition: str
) -> None:
    told = [each["field"] for each in fields if each["edition"] == edition]
    printed = {name for name in names(manuscript) if not name.startswith("printing.")}  # the order is on no page
    assert set(told) >= printed - {"layout", "date"}
    unknown = [name for name in told if name not in names(manuscript) and not re.fullmatch(r"pillars\.\d", name)]
    assert unknown == []


def test_both_editions_stand_alike(fields: list[dict[str, Any]]) -> None:
    paper, screen = (
        [{**each, "edition": ""} for each in fields if each["edition"] == edition] for edition in ("print", "screen")
    )
    assert paper == screen


def test_every_box_lies_on_its_page(fields: list[dict[str, Any]]) -> None:
    for each in fields:
        box = each["box"]
        assert 1 <= each["page"] <= 4
        assert box["x"] >= 5
        assert box["y"] >= 5
        assert box["x"] + box["width"] <= 205
        assert box["y"] + box["height"] <= 292
        assert box["width"] > 0
        assert box["height"] > 0


READING = "るもい"  # of 留萌, where the lead says it first (koho.yaml): painted after the words of its line, the last


def test_boxes_are_where_the_words_are(built: Path, fields: list[dict[str, Any]], manuscript: dict[str, Any]) -> None:
    """The text inside a box, cut out of the finished page by PDFium, is the field's own words."""
    wanted = {
        "fiscal_year": manuscript["fiscal_year"],
        "title": manuscript["title"],
        "lead": manuscript["lead"] + READING,
        "principles.heading": manuscript["principles"]["heading"],
        "contact.section": manuscript["contact"]["section"],
        "contact.telephone": manuscript["contact"]["telephone"],
        "pillars.1.initiatives.2.policies.1": manuscript["pillars"][1]["initiatives"][2]["policies"][1],
        "pillars.3.initiatives.1.policies.0": manuscript["pillars"][3]["initiatives"][1]["policies"][0],
    }
    found = {}
    with pypdfium2.PdfDocument(built / "print.pdf") as pdf:
        for each in fields:
            if each["edition"] == "print" and each["field"] in wanted:
                box, height = each["box"], pdf[each["page"] - 1].get_height()
                text = (
                    pdf[each["page"] - 1]
                    .get_textpage()
                    .get_text_bounded(
                        (box["x"] + 3) * MM,
                        height - (box["y"] + box["height"] + 3) * MM,
                        (box["x"] + box["width"] + 3) * MM,
                        height - (box["y"] + 3) * MM,
                    )
                )
                found[each["field"]] = re.sub(r"\s", "", text).removeprefix("☎")
    assert found == {name: re.sub(r"\s", "", text) for name, text in wanted.items()}


def test_slots_tell_type_measure_and_what_is_left(fields: list[dict[str, Any]]) -> None:
    slots = {each["slot"]["name"]: each["slot"] for each in fields if each["slot"]}
    assert slots["lead"]["size"] == 17
    assert slots["lead"]["measure"] == pytest.approx(85, abs=0.05)
    assert slots["catchphrase"]["direction"] == "vertical"
    assert slots["theme"]["direction"] == "vertical"
    assert slots["lead"]["direction"] == "horizontal"
    for slot in slots.values():
        assert 1 <= slot["lines_used"] <= slot["lines"]
        assert slot["left"] >= 0
    assert slots["pillar-2"]["lines_used"] > slots["pillar-1"]["lines_used"]


def test_identifiers_come_from_the_content(built: Path) -> None:
    """The documents' own identifiers come from their content (ISO 32000-1, 14.4), not from the time."""
    identifiers = []
    for edition in ("print", "screen"):
        with pikepdf.open(built / f"{edition}.pdf") as pdf:
            identifiers.append(bytes(pdf.trailer.ID[0]))
    assert len(set(identifiers)) == 2
