"""Whether a picture that a manuscript names can be printed: found, inside the issue's folder, whole, of sane size.

Only the file's structure is read (JPEG markers, ITU-T T.81 annex B; PNG chunks, ISO/IEC 15948; fields of TIFF 6.0),
never its pixels: a header that promises a billion pixels costs nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.own_files import Unread, content_of, files_in, nearest, same_name
from koho_pdf.manuscript.refusal import Refusal

BYTES_LIMIT = 40_000_000
PIXELS_LIMIT = 100_000_000
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
    try:
        content = content_of(folder, name, BYTES_LIMIT)
    except Unread as fault:
        raise Refusal(_unread(folder, name, fault)) from None
    _check_content(content, name)


def _unread(folder: Path, name: str, fault: Unread) -> Finding:
    """Why a picture's file is not read, in words."""
    if fault.why == "outside":
        return error(
            "picture-outside",
            f"写真「{name[-60:]}」は、号のフォルダーの外にあります。",
            hint="写真を issue.yaml と同じフォルダーの中に写して、photos/minato.jpg のように書いてください。",
        )
    if fault.why == "no-file":
        return _no_picture(name)
    if fault.why == "too-large":
        return _too_large(name, f"{fault.size / 1_000_000:,.0f} MB")
    if there := fault.there or same_name(folder, name, _SUFFIXES):
        return error(
            "picture-name-differs",
            f"写真の名前「{name[-60:]}」の書き方が、ファイルの名前と違います。",
            hint=f"ファイルの名前のとおり「{there}」と書いてください（大文字と小文字、全角と半角も区別します）。",
        )
    if near := nearest(folder, name, _SUFFIXES):
        hint = f"「{near}」のことではありませんか。"
    elif names := files_in(folder, _SUFFIXES):
        hint = "このフォルダーにある写真は " + "、".join(f"「{there}」" for there in names[:5]) + " です。"
    else:
        hint = "写真を issue.yaml と同じフォルダーの中に置いてください。"
    return error("picture-missing", f"写真「{name[-60:]}」がありません。", hint=hint)


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
