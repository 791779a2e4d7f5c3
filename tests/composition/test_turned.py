"""A turned face's glyphs lie on their side: turned back as a line, they stand as vertical setting stands them."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from koho_pdf.composition.fonts import turned as room
from koho_pdf.composition.fonts.faces import Face, read_faces
from koho_pdf.composition.fonts.turned import ALL, Wanted, turned_face

REPOSITORY = Path(__file__).parents[2]
FACES = read_faces(REPOSITORY / "fonts", REPOSITORY)
MINCHO = next(face for face in FACES if face.family == "Shippori Mincho B1")
WORDS = "留萌まるごと、。「」ー・"
ALONE = "1、A"  # each stands alone: upright
LYING = "Rumoi 2013"


def wanted(*texts: str, combine: str = "digits 2") -> Wanted:
    found = Wanted()
    for text in texts:
        found.add(text, combine)
    return found


Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> TTFont:
    texts = wanted(WORDS, ALONE, LYING, "25年")
    return TTFont(turned_face(MINCHO, texts, tmp_path_factory.mktemp("cache")))


def shaped(font: TTFont, text: str, **features: bool) -> list[tuple[str, int]]:
    """The glyphs of a text and their advances, as HarfBuzz sets them."""
    assert font.reader is not None
    face = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font.reader.file.name)))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(face, buffer, features)
    names = [font.getGlyphName(info.codepoint) for info in buffer.glyph_infos]
    return [(name, position.x_advance) for name, position in zip(names, buffer.glyph_positions, strict=True)]


def ink(font: TTFont, text: str) -> Box:
    """The bounds of the first glyph of a text in a turned face, in font units."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[shaped(font, text)[0][0]].draw(pen)
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


@pytest.mark.parametrize("character", WORDS + "1A")
def test_ink_is_the_vertical_form_turned_a_quarter(turned: TTFont, character: str) -> None:
    """(x, y) upright is (top of the em - y, x) turned: the top of a character comes first on the line."""
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
    assert set(turned.getBestCmap()) == {ord(character) for character in " " + WORDS + ALONE + LYING + "25年"}
    assert turned["name"].getDebugName(1) == "Shippori Mincho B1 Turned"
    assert turned["OS/2"].usWeightClass == 700


def test_characters_that_the_face_lacks_are_left_out(tmp_path: Path) -> None:
    font = TTFont(turned_face(MINCHO, wanted("留\U0001f600"), tmp_path))
    assert set(font.getBestCmap()) == {ord(" "), ord("留")}


def made(folder: Path) -> str:
    return hashlib.sha256(turned_face(MINCHO, wanted(WORDS), folder).read_bytes()).hexdigest()


def test_the_same_bytes_twice_whatever_the_order(tmp_path: Path) -> None:
    one = turned_face(MINCHO, wanted(WORDS, LYING), tmp_path / "one")
    other = turned_face(MINCHO, wanted(LYING, *reversed(WORDS + WORDS)), tmp_path / "other")
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


def test_made_once(tmp_path: Path) -> None:
    path = turned_face(MINCHO, wanted(WORDS), tmp_path)
    path.write_bytes(b"not made again")
    assert turned_face(MINCHO, wanted(WORDS), tmp_path).read_bytes() == b"not made again"


def test_the_cache_keeps_what_was_asked_for_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_KEPT", 2)
    paths = [turned_face(MINCHO, wanted(text), tmp_path) for text in ("一", "二")]
    for age, path in enumerate(paths):
        os.utime(path, (1_000 + age, 1_000 + age))
    turned_face(MINCHO, wanted("一"), tmp_path)  # asked for again
    third = turned_face(MINCHO, wanted("三"), tmp_path)
    assert set((tmp_path / "turned").iterdir()) == {paths[0], third}


def test_two_digits_are_one_glyph_in_one_em(turned: TTFont) -> None:
    em = turned["head"].unitsPerEm
    ((_, advance), (year, _)) = shaped(turned, "25年")
    assert advance == em
    assert year == turned.getBestCmap()[ord("年")]
    x0, y0, x1, y1 = ink(turned, "25年")
    assert 0 <= x0 < x1 <= em
    assert -0.12 * em <= y0 < y1 <= 0.88 * em
    assert (y0 + y1) / 2 == pytest.approx(0.38 * em, abs=0.05 * em)
    assert y1 - y0 > 0.6 * em, "side by side across the line"
    assert shaped(turned, "25年", rlig=False)[0][0] == turned.getBestCmap()[ord("2")]


@pytest.mark.parametrize("text", ["Rumoi", "2013", "25Rumoi", "25 Rumoi", "Rumoi 25", "1 2", "A1"])
def test_what_is_part_of_a_word_lies(turned: TTFont, text: str) -> None:
    cmap = turned.getBestCmap()
    assert [name for name, _ in shaped(turned, text)] == [cmap[ord(character)] for character in text]


@pytest.mark.parametrize("text", ["1", "A", "1年", "年A", "年 1 年"])
def test_what_stands_alone_stands_upright(turned: TTFont, text: str) -> None:
    cmap = turned.getBestCmap()
    changed = [
        name for name, character in zip(shaped(turned, text), text, strict=True) if name[0] != cmap[ord(character)]
    ]
    assert len(changed) == 1
    assert changed[0][1] == turned["head"].unitsPerEm


def test_a_lying_word_is_set_as_the_plain_face_sets_it(turned: TTFont) -> None:
    """Outlines, advances and kerning."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(MINCHO.path))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str("Rumoi")
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"liga": False})
    assert [advance for _, advance in shaped(turned, "Rumoi")] == [p.x_advance for p in buffer.glyph_positions]
    extents = font.get_glyph_extents(buffer.glyph_infos[0].codepoint)
    x0, y0, x1, y1 = ink(turned, "Rumoi")
    assert (x0, y1) == pytest.approx((extents.x_bearing, extents.y_bearing), abs=5)
    assert (x1 - x0, y1 - y0) == pytest.approx((extents.width, -extents.height), abs=5)


def test_a_whole_text_is_one_cell_only_where_that_is_asked_for(tmp_path: Path) -> None:
    font = TTFont(turned_face(MINCHO, wanted("平成", combine="all"), tmp_path))
    assert len(shaped(font, "平成")) == 2
    ((_, advance),) = shaped(font, "平成", **{ALL: True})
    assert advance == font["head"].unitsPerEm


def test_variation_selectors_choose_their_form(tmp_path: Path) -> None:
    gothic = next(face for face in FACES if face.family == "BIZ UDGothic" and face.weight == 400)
    font = TTFont(turned_face(gothic, wanted("葛葛\U000e0101辻\U000e0100"), tmp_path))
    selected = shaped(font, "葛葛\U000e0101")
    assert len(selected) == 2
    assert selected[0][0] != selected[1][0]


def test_two_processes_at_once_make_one_whole_file(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        sums = list(pool.map(made, [tmp_path] * 4))
    assert len(set(sums)) == 1
    assert [path.suffix for path in (tmp_path / "turned").iterdir()] == [".ttf"]
