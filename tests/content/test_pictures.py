"""Pictures: found, inside the issue's folder, whole and of sane size, known by their structure alone."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tests.kinds.brochure import MANUSCRIPT

from koho_pdf.content.values.picture_files import check_picture
from koho_pdf.findings import Finding
from koho_pdf.manuscript.refusal import Refusal

Told = Callable[[str | bytes], tuple[Finding, ...]]


@pytest.fixture
def photos(folder: Path) -> Path:
    """The issue's photos: a JPEG and a PNG, made by Pillow."""
    made = folder / "photos"
    made.mkdir()
    picture = Image.linear_gradient("L").resize((64, 48))
    picture.convert("RGB").save(made / "minato.jpg", quality=90)
    picture.convert("CMYK").save(made / "cmyk.jpeg", progressive=True)
    picture.convert("RGBA").save(made / "港.png")
    picture.convert("CMYK").save(made / "inks.tif", compression="tiff_lzw")
    picture.convert("1").save(made / "line.tiff", compression="group4")
    return made


def code(folder: Path, name: str) -> tuple[str, str]:
    """The code and the hint of the refusal of a picture."""
    with pytest.raises(Refusal) as refusal:
        check_picture(folder, name)
    (found,) = refusal.value.findings
    return found.code, found.hint


@pytest.mark.usefixtures("photos")
@pytest.mark.parametrize(
    "name", ["photos/minato.jpg", "photos/cmyk.jpeg", "photos/港.png", "photos/inks.tif", "photos/line.tiff"]
)
def test_a_sound_picture_is_taken(folder: Path, name: str) -> None:
    check_picture(folder, name)


@pytest.mark.usefixtures("photos")
@pytest.mark.parametrize(
    ("name", "wanted", "offer"),
    [
        ("photos/minatp.jpg", "picture-missing", "photos/minato.jpg"),
        ("minato.jpg", "picture-missing", "photos/minato.jpg"),
        ("photos/minato.png", "picture-missing", "photos/minato.jpg"),
        ("photos\\minato.jpg", "picture-name-differs", "photos/minato.jpg"),
        ("photos/Minato.JPG", "picture-name-differs", "photos/minato.jpg"),
        ("photos/ｍinato.jpg", "picture-name-differs", "photos/minato.jpg"),
        ("photos//minato.jpg", "picture-name-differs", "photos/minato.jpg"),
        ("zzz", "picture-missing", "photos/cmyk.jpeg"),
        ("photos", "not-a-picture", "JPEG"),
        ("x\0y", "picture-missing", "photos"),
        ("p" * 1000, "picture-missing", "photos"),
        ("../issue/photos/minato.jpg", "picture-outside", "photos/"),
        ("photos/../../issue/photos/minato.jpg", "picture-outside", "photos/"),
        ("/etc/passwd", "picture-outside", "photos/"),
        ("~/minato.jpg", "picture-outside", "photos/"),
        ("C:\\minato.jpg", "picture-outside", "photos/"),
        ("C:minato.jpg", "picture-outside", "photos/"),
        ("\\\\server\\minato.jpg", "picture-outside", "photos/"),
        ("..\\minato.jpg", "picture-outside", "photos/"),
        ("https://example.jp/minato.jpg", "picture-outside", "photos/"),
        ("file:///etc/passwd", "picture-outside", "photos/"),
    ],
)
def test_a_name_that_leads_nowhere_or_outside_is_refused(folder: Path, name: str, wanted: str, offer: str) -> None:
    found, hint = code(folder, name)
    assert found == wanted
    assert offer in hint


def test_a_link_that_leads_out_is_refused_and_one_that_stays_is_taken(folder: Path, photos: Path) -> None:
    secret = folder.parent / "secret.jpg"
    secret.write_bytes((photos / "minato.jpg").read_bytes())
    (photos / "out.jpg").symlink_to(secret)
    (folder / "away").symlink_to(folder.parent)
    (photos / "in.jpg").symlink_to("minato.jpg")
    (photos / "round.jpg").symlink_to("round.jpg")
    assert code(folder, "photos/out.jpg")[0] == "picture-outside"
    assert code(folder, "away/secret.jpg")[0] == "picture-outside"
    assert code(folder, "photos/round.jpg")[0] == "picture-missing"
    check_picture(folder, "photos/in.jpg")


def png(width: int, height: int) -> bytes:
    """A PNG whose header promises a size, and that has a single byte of pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def jpeg(content: bytes, width: int, height: int) -> bytes:
    """A JPEG with another size in its frame header."""
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def test_what_is_no_picture_or_broken_or_absurd_is_refused_by_its_structure(folder: Path, photos: Path) -> None:
    sound, drawn = (photos / "minato.jpg").read_bytes(), (photos / "港.png").read_bytes()
    contents = {
        "text.jpg": (b"not a picture", "not-a-picture"),
        "empty.jpg": (b"", "not-a-picture"),
        "web.jpg": (b"GIF89a" + sound, "not-a-picture"),
        "drawing.png": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-picture"),
        "half.jpg": (sound[: len(sound) // 2], "picture-truncated"),
        "end.jpg": (sound[:-2], "picture-truncated"),
        "head.jpg": (sound[:20], "picture-truncated"),
        "half.png": (drawn[: len(drawn) // 2], "picture-truncated"),
        "end.png": (drawn[:-12], "picture-truncated"),
        "head.png": (drawn[:10], "picture-truncated"),
        "bomb.png": (png(2**31 - 1, 2**31 - 1), "picture-too-large"),
        "wide.png": (png(100_000_001, 1), "picture-too-large"),
        "none.png": (png(0, 10), "not-a-picture"),
        "bomb.jpg": (jpeg(sound, 65500, 65500), "picture-too-large"),
        "none.jpg": (jpeg(sound, 0, 10), "not-a-picture"),
    }
    for name, (content, wanted) in contents.items():
        (folder / name).write_bytes(content)
        assert (name, code(folder, name)[0]) == (name, wanted)


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        (b"\0\0\0\x18ftypheic", "（中身は iPhone などの HEIC です）"),
        (b"\0\0\0\x20ftypmif1", "HEIC"),
        (b"RIFF\x0a\0\x0d\0WEBP", "（中身は WebP です）"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04", "Word"),
        (b"", "写真ではありません。"),
    ],
)
def test_what_is_called_a_photograph_and_is_another_kind_is_told_as_what_it_is(
    folder: Path, begins: bytes, said: str
) -> None:
    (folder / "IMG_0001.jpg").write_bytes(begins)
    with pytest.raises(Refusal) as refused:
        check_picture(folder, "IMG_0001.jpg")
    assert said in refused.value.findings[0].message


def test_a_file_of_many_bytes_or_a_pipe_is_never_read(folder: Path) -> None:
    with (folder / "huge.jpg").open("wb") as huge:
        huge.truncate(5_000_000_000)
    os.mkfifo(folder / "pipe.jpg")
    assert code(folder, "huge.jpg")[0] == "picture-too-large"
    assert code(folder, "pipe.jpg")[0] == "not-a-picture"


def test_a_pictures_mistake_is_told_with_its_line_beside_all_others(told: Told, folder: Path, photos: Path) -> None:
    with_photo = MANUSCRIPT.replace(
        "  - name: 安心な道\n",
        "  - name: 安心な道\n    photo:\n      file: photos/minatp.jpg\n      alt: 港\n      caption: '**港**'\n",
    )
    findings = told(with_photo.replace("lead: ", "laed: "))
    line = with_photo.splitlines().index("      file: photos/minatp.jpg") + 1
    assert ("picture-missing", "chapters.1.photo.file", line) in [
        (f.code, f.where.field, f.where.line) for f in findings
    ]
    assert {found.code for found in findings} == {"picture-missing", "unknown-field"}
    assert told(with_photo.replace("minatp", "minato")) == ()
    assert photos.is_dir()


@pytest.mark.usefixtures("photos")
def test_a_tiff_is_known_by_its_structure(folder: Path) -> None:
    path = folder / "photos" / "inks.tif"
    whole = path.read_bytes()
    for kept in range(8, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:kept])
        assert code(folder, "photos/inks.tif")[0] == "picture-truncated"
    path.write_bytes(whole[:4])
    assert code(folder, "photos/inks.tif")[0] == "picture-truncated"
    Image.linear_gradient("L").convert("RGB").convert("LAB").save(path)
    found, hint = code(folder, "photos/inks.tif")
    assert found == "not-a-picture"
    assert "TIFF" in hint


def test_a_warning_is_told_with_its_line(told: Told, folder: Path) -> None:
    Image.linear_gradient("L").convert("RGB").save(folder / "a.jpg", icc_profile=b"no profile")
    text = MANUSCRIPT.replace(
        "  - name: 安心な道\n",
        "  - name: 安心な道\n    photo:\n      file: a.jpg\n      alt: 港\n",
    )
    (found,) = told(text)
    assert found.code == "picture-part-left-out"
    assert found.where.line == text.splitlines().index("      file: a.jpg") + 1
    assert found.where.field == "chapters.1.photo.file"
