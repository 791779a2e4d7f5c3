"""A turned face's glyphs lie on their side: turned back as a line, they stand as vertical setting stands them."""

from __future__ import annotations

import hashlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from koho_pdf.composition.fonts import Face, read_faces
from koho_pdf.composition.turned import turned_face

REPOSITORY = Path(__file__).parents[2]
FACES = read_faces(REPOSITORY / "fonts", REPOSITORY)
MINCHO = next(face for face in FACES if face.family == "Shippori Mincho B1")
WORDS = "留萌まるごと、。「」ー・1A"

Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> TTFont:
    return TTFont(turned_face(MINCHO, WORDS, tmp_path_factory.mktemp("cache")))


def ink(font: TTFont, character: str) -> Box:
    """The bounds of a character's ink in a turned face, in font units."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    assert pen.bounds is not None
    box: Box = pen.bounds
    return box


def upright(face: Face, character: str) -> Box:
    """The bounds of the vertical form that HarfBuzz chooses, upright, in font units."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    buffer.direction = "ttb"
    uharfbuzz.shape(font, buffer, {"vert": True})
    extents = font.get_glyph_extents(buffer.glyph_infos[0].codepoint)
    return (extents.x_bearing, extents.y_bearing + extents.height, extents.x_bearing + extents.width, extents.y_bearing)


@pytest.mark.parametrize("character", "留萌まるごと、。「」ー・")
def test_a_character_advances_by_its_em(turned: TTFont, character: str) -> None:
    name = turned.getBestCmap()[ord(character)]
    assert turned["hmtx"][name][0] == turned["head"].unitsPerEm


@pytest.mark.parametrize("character", WORDS)
def test_ink_is_the_vertical_form_turned_a_quarter(turned: TTFont, character: str) -> None:
    """(x, y) upright is (top of the em - y, x) turned: what is at the top comes first on the line."""
    em = turned["head"].unitsPerEm
    left, foot, right, head = upright(MINCHO, character)
    x0, y0, x1, y1 = ink(turned, character)
    assert (x0, x1) == pytest.approx((0.88 * em - head, 0.88 * em - foot), abs=5)
    assert (x1 - x0, y1 - y0) == pytest.approx((head - foot, right - left), abs=5)
    if character not in "1A":
        assert (y0, y1) == pytest.approx((left - 0.12 * em, right - 0.12 * em), abs=5)


@pytest.mark.parametrize("character", "1A")
def test_narrow_characters_stand_in_the_middle_of_the_line(turned: TTFont, character: str) -> None:
    em = turned["head"].unitsPerEm
    _, y0, _, y1 = ink(turned, character)
    assert (y0 + y1) / 2 == pytest.approx(0.38 * em, abs=0.04 * em)


@pytest.mark.parametrize("character", "、。")
def test_stops_stand_at_the_head_and_right_of_their_em(turned: TTFont, character: str) -> None:
    """Turned: in the first half of the advance, in the upper half of the em (which becomes the right)."""
    em = turned["head"].unitsPerEm
    x0, y0, x1, y1 = ink(turned, character)
    assert x1 < em / 2
    assert y0 > 0.38 * em
    assert x0 >= 0
    assert y1 <= 0.88 * em


def test_the_prolonged_sound_mark_runs_along_the_line(turned: TTFont) -> None:
    x0, y0, x1, y1 = ink(turned, "ー")
    assert x1 - x0 > 3 * (y1 - y0)


def test_brackets_open_and_close_along_the_line(turned: TTFont) -> None:
    em = turned["head"].unitsPerEm
    assert ink(turned, "「")[0] > em / 2 - 0.02 * em
    assert ink(turned, "」")[2] < em / 2 + 0.02 * em


def test_it_says_the_plain_characters(turned: TTFont) -> None:
    assert set(turned.getBestCmap()) == {ord(character) for character in " " + WORDS}
    assert turned["name"].getDebugName(1) == "Shippori Mincho B1 Turned"
    assert turned["OS/2"].usWeightClass == 700


def test_characters_that_the_face_lacks_are_left_out(tmp_path: Path) -> None:
    font = TTFont(turned_face(MINCHO, "留\U0001f600", tmp_path))
    assert set(font.getBestCmap()) == {ord(" "), ord("留")}


def made(folder: Path) -> str:
    return hashlib.sha256(turned_face(MINCHO, WORDS, folder).read_bytes()).hexdigest()


def test_the_same_bytes_twice_whatever_the_order(tmp_path: Path) -> None:
    one = turned_face(MINCHO, WORDS, tmp_path / "one")
    other = turned_face(MINCHO, reversed(WORDS + WORDS), tmp_path / "other")
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


def test_made_once(tmp_path: Path) -> None:
    path = turned_face(MINCHO, WORDS, tmp_path)
    before = path.stat().st_mtime_ns
    assert turned_face(MINCHO, WORDS, tmp_path).stat().st_mtime_ns == before


def test_two_processes_at_once_make_one_whole_file(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        sums = list(pool.map(made, [tmp_path] * 4))
    assert len(set(sums)) == 1
    assert [path.suffix for path in (tmp_path / "turned").iterdir()] == [".ttf"]
