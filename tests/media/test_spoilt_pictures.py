"""Spoilt pictures: 1,500 mutants of every make of picture, each refused in our words or decoded to its last pixel.

What is promised differs: a PNG has checksums, so what passes has every pixel of the sound one. A JPEG or TIFF has none:
what is cut is always refused; of other damage, what leaves a sound file of another picture passes.
"""

from __future__ import annotations

import random
import struct
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from koho_pdf.composition.pictures.print_pictures import printed
from koho_pdf.composition.pictures.screen_pictures import shown, upright
from koho_pdf.content.values.picture_files import check_content
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.media.pixels import opened, own_profile
from koho_pdf.press.profile import read_press

ROOT = Path(__file__).parents[2]
PROFILE = ROOT / "press" / "profiles" / "fogra39-coated-300.icc"
EACH = 85  # mutants of a make; with 18 makes, some 1,500
REFUSED = {"picture-truncated", "not-a-picture", "picture-too-large"}


@cache
def scene(width: int = 96, height: int = 72) -> Image.Image:
    """Something of a photograph: slopes, an edge, noise."""
    red, green = Image.linear_gradient("L").resize((width, height)), Image.radial_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (red, green, red.transpose(Image.Transpose.ROTATE_180)))
    picture.paste((200, 30, 40), (width // 2, height // 3, width - 9, height - 7))
    grain = bytes(random.Random(1).randrange(60) for _ in range(3 * width * height))
    return Image.blend(picture, Image.frombytes("RGB", picture.size, grain), 0.3)


def coded(form: str, mode: str = "RGB", **how: Any) -> bytes:
    target = BytesIO()
    made = scene().convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else None
    (made or scene().convert(mode)).save(target, form, **how)
    return target.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def interlaced() -> bytes:
    """A PNG in Adam7 (ISO/IEC 15948, 8.2), which Pillow reads and does not write."""
    picture, rows = scene(), []
    for left, top, across, down in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:  # fmt: skip # noqa: E501
        for y in range(top, picture.height, down):
            pixels = [picture.getpixel((x, y)) for x in range(left, picture.width, across)]
            rows.append(b"\0" + bytes(value for pixel in pixels for value in pixel))  # type: ignore[union-attr]
    head = struct.pack(">IIBBBBB", *picture.size, 8, 2, 0, 0, 1)
    body = zlib.compress(b"".join(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


MAKES: dict[str, Callable[[], bytes]] = {
    "colours.jpg": lambda: coded("JPEG", quality=90),
    "full.jpg": lambda: coded("JPEG", quality=95, subsampling=0, optimize=True),
    "progressive.jpg": lambda: coded("JPEG", quality=85, progressive=True),
    "restarts.jpg": lambda: coded("JPEG", restart_marker_blocks=3),
    "grey.jpg": lambda: coded("JPEG", "L"),
    "inks.jpg": lambda: coded("JPEG", "CMYK"),
    "colours.png": lambda: coded("PNG"),
    "clear.png": lambda: coded("PNG", "RGBA"),
    "palette.png": lambda: coded("PNG", "P", transparency=3),
    "deep.png": lambda: coded("PNG", "I;16"),
    "line.png": lambda: coded("PNG", "1"),
    "interlaced.png": interlaced,
    "plain.tif": lambda: coded("TIFF"),
    "lzw.tif": lambda: coded("TIFF", compression="tiff_lzw"),
    "deflate.tif": lambda: coded("TIFF", "CMYK", compression="tiff_adobe_deflate"),
    "packed.tif": lambda: coded("TIFF", "P", compression="packbits"),
    "fax.tif": lambda: coded("TIFF", "1", compression="group4"),
    "jpeg.tif": lambda: coded("TIFF", compression="jpeg"),
}


def mutants(sound: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Damage as copying, disks and networks cause it; the same at every run."""
    for number in range(EACH):
        chance = random.Random(f"{name} {number}")
        at = chance.randrange(4, len(sound) - 4)
        length = min(chance.choice((1, 4, 40, 400)), len(sound) - 4 - at)
        kinds = {
            "bit": sound[:at] + bytes([sound[at] ^ 1 << chance.randrange(8)]) + sound[at + 1 :],
            "lost": sound[:at] + sound[at + length :],
            "zeros": sound[:at] + bytes(length) + sound[at + length :],
            "noise": sound[:at] + chance.randbytes(length) + sound[at + length :],
            "twice": sound[: at + length] + sound[at:],
            "cut": sound[:at],
            "ended": sound[:at] + {"j": b"\xff\xd9", "p": chunk(b"IEND", b""), "t": b""}[name.split(".")[1][0]],
            "lines": sound.replace(b"\n", b"\r\n") if b"\n" in sound else sound[:at],
        }
        kind = list(kinds)[number % len(kinds)]
        yield kind, kinds[kind]


def pixels(content: bytes) -> bytes:
    with opened(BytesIO(content)) as picture:
        return picture.convert("RGBA" if picture.has_transparency_data else picture.mode).tobytes()


@pytest.mark.parametrize("name", MAKES)
def test_a_spoilt_picture_is_refused_or_whole(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sound = MAKES[name]()
    assert check_content(sound, name) == ()
    known, press = pixels(sound), read_press("offset-coated", ROOT / "press", ROOT)
    passed: Counter[str] = Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for number, (kind, mutant) in enumerate(mutants(sound, name)):
            if mutant == sound:
                continue
            try:
                told = check_content(mutant, name)
            except Refusal as refusal:
                assert {found.code for found in refusal.findings} <= REFUSED
                continue
            passed[kind] += 1
            assert {found.code for found in told} <= {"picture-part-left-out"}
            if name.endswith(".png"):
                assert pixels(mutant) == known, (kind, number)
            path = tmp_path / name
            path.write_bytes(mutant)
            assert upright(path)[0].size
            if number % 5 == 0:
                assert shown(path, PROFILE)
                assert printed(path, press, 300, tmp_path / "cache").samples
    assert capfd.readouterr().err == ""
    if name not in ("plain.tif", "jpeg.tif", "lzw.tif", "deflate.tif", "packed.tif", "fax.tif"):
        assert passed["cut"] + passed["ended"] == 0, "what ends early is always refused"
    assert sum(passed.values()) < 0.75 * EACH, passed


def jpeg_of(scans: int, **how: Any) -> bytes:
    """A JPEG that has only its first scans, with a correct end."""
    whole = coded("JPEG", **how)
    starts = [at for at in range(len(whole)) if whole[at : at + 2] == b"\xff\xda"]
    assert len(starts) > scans
    return whole[: starts[scans]] + b"\xff\xd9"


def test_what_never_comes_is_missed(tmp_path: Path) -> None:
    """Files that are sound but too short: libjpeg says nothing, and prints them grey or coarse."""
    for content in (jpeg_of(0), jpeg_of(1, progressive=True), jpeg_of(8, progressive=True)):
        with pytest.raises(Refusal) as refusal:
            check_content(content, "a.jpg")
        assert [found.code for found in refusal.value.findings] == ["picture-truncated"]


def test_a_jpeg_of_endlessly_many_scans_is_not_decoded() -> None:
    whole = coded("JPEG", progressive=True)
    start = whole.index(b"\xff\xda")
    end = whole.index(b"\xff\xda", start + 2)
    at = whole.index(b"\xff\xc2") + 5
    large = whole[:at] + struct.pack(">HH", 5000, 5000) + whole[at + 4 :]
    with pytest.raises(Refusal) as refusal:
        check_content(large[:start] + large[start:end] * 5000 + large[end:], "a.jpg")
    assert [found.code for found in refusal.value.findings] == ["picture-too-large"]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("kept", [0, 128, 300])
def test_a_damaged_profile_is_left_out_and_told(form: str, kept: int) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert check_content(coded(form, icc_profile=profile), "a") == ()
    sound = coded(form, icc_profile=profile[:kept] + b"no profile" * 40)
    (found,) = check_content(sound, "photos/a.jpg")
    assert (found.code, found.severity.value) == ("picture-part-left-out", "warning")
    assert "photos/a.jpg" in found.message
    assert "ICC" in found.message
    with opened(BytesIO(sound)) as picture:
        assert own_profile(picture) == (None, True)


def test_a_profile_of_other_colours_is_no_damage() -> None:
    assert check_content(coded("JPEG", icc_profile=PROFILE.read_bytes()), "a.jpg") == ()


def test_damaged_notes_are_left_out_and_told(tmp_path: Path) -> None:
    sound = coded("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0")
    assert check_content(sound, "a.jpg") == ()
    (tmp_path / "a.jpg").write_bytes(sound)
    assert upright(tmp_path / "a.jpg")[0].size == (72, 96)
    for old, new in [
        (b"Exif\0\0MM\0*", b"Exif\0\0XX\0*"),
        (b"MM\0*\0\0", b"MM\0*\0\xff"),
        (b"\0\x01\x01\x12", b"\0\x09\x01\x12"),
    ]:
        assert old in sound
        (tmp_path / "a.jpg").write_bytes(sound.replace(old, new))
        (found,) = check_content((tmp_path / "a.jpg").read_bytes(), "a.jpg")
        assert found.code == "picture-part-left-out"
        assert "Exif" in found.message
        assert upright(tmp_path / "a.jpg")[0].size in {(96, 72), (72, 96)}
