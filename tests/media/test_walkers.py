"""JPEG, PNG and TIFF are each read in one place: its parts, put together again, are the file."""

from __future__ import annotations

import ast
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.media.photograph import camera_jpeg
from tests.media.test_spoilt_pictures import MAKES, coded

import koho_pdf
from koho_pdf.media import jpeg, png, tiff
from koho_pdf.media.camera_notes import stripped
from koho_pdf.media.pixels import check_pixels
from koho_pdf.media.unsound import Unsound
from koho_pdf.preflight.pdf.rasters import jpeg_facts


def of(ending: str) -> dict[str, Callable[[], bytes]]:
    return {name: make for name, make in MAKES.items() if name.endswith(ending)}


@pytest.mark.parametrize("make", [*of(".jpg").values(), camera_jpeg])
def test_the_segments_of_a_jpeg_are_the_jpeg(make: Callable[[], bytes]) -> None:
    whole = make()
    parts = list(jpeg.segments(whole))
    first = b"".join((jpeg.START, *(jpeg.segment(marker, body) for marker, body in parts), jpeg.END))
    assert whole.startswith(first)
    assert [marker for marker, _ in parts].count(jpeg.SCAN) == [marker for marker, _ in parts].count(jpeg.PIXELS) > 0


@pytest.mark.parametrize("make", of(".png").values(), ids=of(".png"))
def test_the_chunks_of_a_png_are_the_png(make: Callable[[], bytes]) -> None:
    whole = make()
    assert b"".join((png.START, *(png.chunk(kind, body) for kind, body in png.chunks(whole)))) == whole
    assert png.size_of(whole[:24]) == (96, 72)
    assert (png.size_of(whole[:23]), png.size_of(b"GIF89a" + whole[6:])) == (None, None)


@pytest.mark.parametrize("make", of(".tif").values(), ids=of(".tif"))
def test_the_fields_of_a_tiff_are_kept_by_writing_them(make: Callable[[], bytes]) -> None:
    whole = make()
    found, order = tiff.fields(whole), tiff.order_of(whole)
    again = tiff.written(found, order)
    assert len(again) == tiff.length_of(found)
    assert tiff.fields(again) == found
    assert tiff.numbers(found[tiff.WIDTH], order) == (96,)
    with Image.open(BytesIO(whole)) as picture:
        assert set(picture.tag_v2) == set(found)  # type: ignore[attr-defined]


def test_what_breaks_off_is_told_up_to_there() -> None:
    whole = coded("JPEG", "L")
    parts = list(jpeg.segments(whole))
    for kept in range(2, len(whole), 7):
        told: list[tuple[int, bytes]] = []
        with pytest.raises(ValueError, match="end of image"):
            told.extend(jpeg.segments(whole[:kept]))
        assert told[:-1] == parts[: max(0, len(told) - 1)]
    assert len(told) == len(parts)


def filled(whole: bytes, at: bytes, fill: int) -> bytes:
    """The file with so many fill bytes before a marker (T.81, B.1.1.2)."""
    return whole.replace(at, b"\xff" * fill + at, 1)


@pytest.mark.parametrize("marker", [b"\xff\xd9", b"\xff\xda", b"\xff\xc0", b"\xff\xdb"])
def test_fill_bytes_may_stand_before_any_marker(marker: bytes) -> None:
    whole = filled(coded("JPEG"), marker, 3)
    assert check_pixels(whole) == ()
    assert jpeg_facts(whole) == jpeg_facts(coded("JPEG")) == (3, 75)
    for made in (jpeg.bare(whole), stripped(whole)):
        with Image.open(BytesIO(made)) as picture, Image.open(BytesIO(coded("JPEG"))) as plain:
            assert picture.tobytes() == plain.tobytes()


def test_a_frame_behind_a_long_profile_is_found() -> None:
    """Notes of a camera and a press profile stand before the frame; they are longer than what is read first."""
    whole = coded("JPEG", quality=90)
    notes = b"".join(jpeg.segment(0xE2, bytes(65_000)) for _ in range(12))
    assert jpeg_facts(jpeg.START + notes + whole[2:]) == (3, 90)
    assert jpeg_facts(whole[:100]) == (0, 90)
    assert jpeg_facts(b"%PDF") == (0, 0)


@pytest.mark.parametrize("make", of(".tif").values(), ids=of(".tif"))
def test_every_field_of_a_tiff_may_be_empty_or_of_any_kind(make: Callable[[], bytes]) -> None:
    """Such a file is refused or read, and never makes a traceback."""
    whole, refused = make(), 0
    (start,) = struct.unpack_from("<I", whole, 4)
    (count,) = struct.unpack_from("<H", whole, start)
    for at in range(start + 2, start + 2 + 12 * count, 12):
        for offset, form, value in [(4, "<I", 0), (4, "<I", 2**32 - 1), *((2, "<H", kind) for kind in (2, 3, 5))]:
            spoilt = bytearray(whole)
            struct.pack_into(form, spoilt, at + offset, value)
            try:
                check_pixels(bytes(spoilt))
            except Unsound:
                refused += 1
            else:
                assert stripped(bytes(spoilt))
    assert refused > count


def test_nobody_else_knows_how_a_picture_begins() -> None:
    """Whoever looks for a JPEG, PNG or TIFF takes its first bytes from the module that walks it."""
    starts = (jpeg.START, png.START[:4], *tiff.STARTS)
    rooms = Path(koho_pdf.__file__).parent
    knowing = {
        path.relative_to(rooms).as_posix()
        for path in rooms.rglob("*.py")
        if any(sign in path.read_text(encoding="utf-8") for sign in ("xd8", "PNG", "II*", "MM\\0"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, bytes) and node.value.startswith(starts)
    }
    assert knowing == {"media/jpeg.py", "media/png.py", "media/tiff.py"}
