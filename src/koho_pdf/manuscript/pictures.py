"""Whether a picture that a manuscript names can be printed: found, inside the issue's folder, whole, of sane size.

Only the file's structure is read (JPEG markers, ITU-T T.81 annex B; PNG chunks, ISO/IEC 15948; fields of TIFF 6.0),
never its pixels: a header that promises a billion pixels costs nothing.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
import unicodedata
from pathlib import Path
from typing import Literal

from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.refusal import Refusal

BYTES_LIMIT = 40_000_000
PIXELS_LIMIT = 100_000_000
_NAMES_LOOKED_AT = 2000
_SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff")
_TIFF_TYPES = {1: 1, 3: 2, 4: 4}  # BYTE, SHORT, LONG and their bytes
_WIDTH, _HEIGHT, _KIND, _STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES = 256, 257, 262, 273, 279, 324, 325
_COMPRESSION, _OLD_JPEG = 259, 6  # scattered over the file, obsolete since TIFF technical note 2 (1995)
_LOOKED_AT = (_WIDTH, _HEIGHT, _KIND, _COMPRESSION, _STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES)
_TIFF_KINDS = (0, 1, 2, 3, 5, 6)  # greys, RGB, palette, CMYK, YCbCr; not Lab


def check_picture(folder: Path, name: str) -> None:
    """Look at the picture ``name`` (with slashes) of the issue in ``folder``.

    Raises ``Refusal``: picture-outside, picture-missing, picture-name-differs, picture-too-large, not-a-picture,
    picture-truncated.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\~]", name) or ".." in re.split(r"[/\\]", name):
        raise Refusal(_outside(name))
    if "\\" in name:
        slashed = name.replace("\\", "/")
        raise Refusal(_name_differs(name, slashed) if slashed in _pictures(folder) else _missing(folder, slashed))
    path = folder / name
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve(strict=True)):
            raise Refusal(_outside(name))
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise Refusal(_no_picture(name))
        if state.st_size > BYTES_LIMIT:
            raise Refusal(_too_large(name, f"{state.st_size / 1_000_000:,.0f} MB"))
        if (differs := _name_on_disk(folder, name)) != name:
            raise Refusal(_name_differs(name, differs))
        with path.open("rb") as opened:
            _check_content(opened.read(BYTES_LIMIT), name)
    except (OSError, RuntimeError, ValueError) as failure:
        if isinstance(failure, Refusal):
            raise
        raise Refusal(_missing(folder, name)) from None


def _check_content(content: bytes, name: str) -> None:
    if content.startswith(b"\xff\xd8\xff"):
        size, whole = _jpeg(content)
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        size, whole = _png(content)
    elif content.startswith((b"II*\0", b"MM\0*")):
        size, whole = _tiff(content)
    else:
        raise Refusal(_no_picture(name))
    if size is not None and size[0] * size[1] > PIXELS_LIMIT:
        raise Refusal(_too_large(name, f"{size[0]:,}×{size[1]:,} 画素"))
    if not whole:
        raise Refusal(
            error(
                "picture-truncated",
                f"写真「{name[-60:]}」が途中で切れているか、壊れています。",
                hint="元の写真を、もう一度フォルダーに写してください。",
            )
        )
    if size is None or 0 in size:
        raise Refusal(_no_picture(name))


def _jpeg(content: bytes) -> tuple[tuple[int, int] | None, bool]:
    """Width and height from the frame header (None without one), and whether the end of image follows the scan."""
    at, size = 2, None
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC) and at + 9 <= len(content):
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            size = int.from_bytes(width, "big"), int.from_bytes(height, "big")
        if marker == 0xDA:
            return size, content.rfind(b"\xff\xd9") > at
        at += 2 + max(length, 2)
    return size, False


def _png(content: bytes) -> tuple[tuple[int, int] | None, bool]:
    """Width and height from IHDR (None without one), and whether every chunk up to IEND is there."""
    at, size, has_pixels = 8, None, False
    while at + 12 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if kind == b"IHDR" and length == 13:
            size = int.from_bytes(content[at + 8 : at + 12], "big"), int.from_bytes(content[at + 12 : at + 16], "big")
        has_pixels = has_pixels or kind == b"IDAT"
        at += 12 + length
        if kind == b"IEND":
            return size, has_pixels and at <= len(content)
    return size, False


def _tiff(content: bytes) -> tuple[tuple[int, int] | None, bool]:
    """Width and height of the first picture (None without, or of a kind we cannot print), and whether every strip or
    tile lies within the file."""
    order: Literal["little", "big"] = "little" if content.startswith(b"II") else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(content[at : at + size], order)

    start = number(4, 4)
    if not 8 <= start <= len(content) - 2:
        return None, False
    fields: dict[int, list[int]] = {}
    for at in range(start + 2, start + 2 + 12 * number(start, 2), 12):
        size, count = _TIFF_TYPES.get(number(at + 2, 2), 0), number(at + 4, 4)
        values = at + 8 if size * count <= 4 else number(at + 8, 4)
        if at + 12 > len(content) or values + size * count > len(content):
            return None, False
        if size and number(at, 2) in _LOOKED_AT:
            fields[number(at, 2)] = [number(values + size * index, size) for index in range(count)]
    places = fields.get(_STRIPS, []) + fields.get(_TILES, [])
    lengths = fields.get(_STRIP_BYTES, []) + fields.get(_TILE_BYTES, [])
    whole = 0 < len(places) == len(lengths) and all(
        place + length <= len(content) for place, length in zip(places, lengths, strict=True)
    )
    if fields.get(_KIND, [-1])[0] not in _TIFF_KINDS or fields.get(_COMPRESSION, [1])[0] == _OLD_JPEG:
        return None, whole
    if not fields.get(_WIDTH) or not fields.get(_HEIGHT):
        return None, whole
    return (fields[_WIDTH][0], fields[_HEIGHT][0]), whole


def _name_on_disk(folder: Path, name: str) -> str:
    """The name as the folders spell it: some disks find ``Minato.JPG`` by ``minato.jpg``, others do not."""
    spelled: list[str] = []
    for part in name.split("/"):
        if part in ("", "."):
            continue
        entries = [entry.name for entry in folder.joinpath(*spelled).iterdir()]
        spelled.append(part if part in entries else next((e for e in entries if _same(e, part)), part))
    return "/".join(spelled)


def _same(one: str, other: str) -> bool:
    """Whether two names differ only in case, width or composition (Macs decompose が into か and ゛)."""
    return unicodedata.normalize("NFKC", one).casefold() == unicodedata.normalize("NFKC", other).casefold()


def _pictures(folder: Path) -> list[str]:
    """Names of the pictures there are, sorted; not more than a few thousand files are looked at."""
    names: list[str] = []
    for here, folders, files in os.walk(folder):
        folders.sort()
        relative = Path(here).relative_to(folder)
        names += [(relative / file).as_posix() for file in sorted(files)[:_NAMES_LOOKED_AT]]
        if len(names) > _NAMES_LOOKED_AT:
            break
    return sorted(name for name in names if name.lower().endswith(_SUFFIXES))


def _missing(folder: Path, name: str) -> Finding:
    names = _pictures(folder)
    same = [there for there in names if there != name and _same(there, name)]
    by_file = {Path(there).name: there for there in reversed(names)}
    near = difflib.get_close_matches(name, names, 1, 0.5)
    near_file = difflib.get_close_matches(Path(name).name, list(by_file), 1, 0.6)
    if same:
        return _name_differs(name, same[0])
    if near or near_file:
        hint = f"「{near[0] if near else by_file[near_file[0]]}」のことではありませんか。"
    elif names:
        hint = "このフォルダーにある写真は " + "、".join(f"「{there}」" for there in names[:5]) + " です。"
    else:
        hint = "写真を issue.yaml と同じフォルダーの中に置いてください。"
    return error("picture-missing", f"写真「{name[-60:]}」がありません。", hint=hint)


def _name_differs(name: str, there: str) -> Finding:
    return error(
        "picture-name-differs",
        f"写真の名前「{name[-60:]}」の書き方が、ファイルの名前と違います。",
        hint=f"ファイルの名前のとおり「{there}」と書いてください（大文字と小文字、全角と半角も区別します）。",
    )


def _outside(name: str) -> Finding:
    return error(
        "picture-outside",
        f"写真「{name[-60:]}」は、号のフォルダーの外にあります。",
        hint="写真を issue.yaml と同じフォルダーの中に写して、photos/minato.jpg のように書いてください。",
    )


def _no_picture(name: str) -> Finding:
    return error(
        "not-a-picture",
        f"「{name[-60:]}」は、JPEG・PNG・TIFF の写真ではありません。",
        hint="写真のソフトで開き、JPEG・PNG・TIFF のどれかで保存し直してください。",
    )


def _too_large(name: str, size: str) -> Finding:
    return error(
        "picture-too-large",
        f"写真「{name[-60:]}」が大きすぎます（{size}）。",
        hint=f"{PIXELS_LIMIT // 10_000:,}万画素、{BYTES_LIMIT // 1_000_000} MB までに縮めてください。",
    )
